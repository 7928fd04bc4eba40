/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The feeds that a page announces with <link rel="alternate"> or links to. */
#pragma once

#include "portal/page.h"

struct discovered {
    char *url, *title;
};

/* Owned struct discovered *, best first, comment feeds left out; empty if none. */
GPtrArray *discover_feeds(struct page *page);
