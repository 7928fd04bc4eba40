/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the worker's `discover` found behind an address. */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "base/auto.h"

/* One of the feeds of a page. */
struct discovered_feed {
    char *url;
    char *title;   /* its own, else what the page calls it; NULL for none */
    char *name;    /* what tells it from others that bear its title, or NULL */
    bool comments; /* of readers: no news */
    int entries;   /* -1: nobody has looked at it */
};

struct discovery {
    bool list;         /* an HTML list, else a feed */
    char *url, *title; /* title may be NULL */
    char *page;        /* that has the feeds, or NULL: it is a feed or a list itself */
    unsigned entries;
    char **sample;    /* the titles of the first ones, with their dates */
    GPtrArray *feeds; /* owned struct discovered_feed *, as the page has them; none of a list */
};

/* From the line that the worker prints; NULL when it is none. */
struct discovery *discovery_parse(const char *line);
void discovery_free(struct discovery *discovery);
DEFINE_AUTO_FREE(discovery, discovery_free)
