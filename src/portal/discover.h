/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The feeds that a page announces with <link rel="alternate"> or links to. */
#pragma once

#include "portal/page.h"

struct discovered {
    char *url, *title; /* title may be NULL */
    bool comments;     /* of readers, by its address or title: no news */
    bool calendar;     /* that is linked and not announced: a list on the page says more */
    /* how surely it is a feed: 1 its type says so, … 5 only the words of a link do */
    int rank;
};

/* Owned struct discovered *, best first, those of comments last; empty if none. */
GPtrArray *discover_feeds(struct page *page);
