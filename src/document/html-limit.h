/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The limits of a page, beyond which it is cut before it is parsed, because parsing would take too
 * long or too much.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "base/auto.h"
#include "document/html-raw.h"

/*
 * The most of each in one page; together they keep its tree, and what is noted beside it, below 200
 * MB.
 */
/* also few enough for XPaths: libxml2 counts no operations while it joins sets */
#define HTML_MAX_ELEMENTS   240000u
#define HTML_MAX_ATTRIBUTES 300000u
#define HTML_MAX_COMMENTS   60000u

struct html_limits {
    /* owned: the text with surplus attributes blanked, as long as it; NULL when there are none */
    char *copy;
    /* bytes of the text that are within the limits: it ends before a '<', or is whole */
    gsize kept;
    guint elements, attributes, comments;
    GArray *raw; /* owned: struct html_part, what the parser need not see; NULL: nothing */
};

/* Counts and cuts. */
void html_limit(const char *text, gsize length, struct html_limits *limits);
void html_limits_clear(struct html_limits *limits);
DEFINE_AUTO_CLEAR(html_limits, html_limits_clear)
