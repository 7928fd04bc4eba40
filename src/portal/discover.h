/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The feeds that a page announces with <link rel="alternate"> or a Link header, or links to. */
#pragma once

#include "portal/page.h"

struct discovered {
    char *url, *title; /* title may be NULL */
    bool comments;     /* of readers, by its address or title: no news */
    bool calendar;     /* that is linked and not announced: a list on the page says more */
    bool copy;         /* it says in another format what another one says that is better */
    bool likely; /* its type or its address says that it is a feed: it can be offered unseen */
    /* how surely it is a feed: 1 its type says so, … 5 only the words of a link do */
    int rank;
    int format;  /* of discover.c alone */
    guint place; /* in the page, among the others; of a copy and its original the earlier one */
};

/*
 * Owned struct discovered *; empty if none.  The surest first, then copies, those of comments last.
 * links: the value of the page's Link headers (RFC 8288), or NULL.
 */
GPtrArray *discover_feeds(struct page *page, const char *links);

/* The order in which they are offered: as they stand in the page, those of comments last. */
int discover_compare_places(const struct discovered *a, const struct discovered *b);
