/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The trail that shows where a page stands in its portal ("Home > News > Budget"), found by its
 * form, whatever its elements are called.
 */
#pragma once

#include "portal/lines.h"
#include "portal/page.h"

struct trail {
    guint first, count; /* its lines */
    char *section;      /* owned: the last step above the page itself, or NULL */
    bool linked;        /* the section is a link; else it may be what nobody knows for the title */
};

/*
 * The first trail among the lines from `from` to before `end`; title may be NULL.  False if there
 * is none; *out is to be zeroed or have another.
 */
bool trail_find(const struct page *page, const GArray *lines, guint from, guint end,
                const char *title, struct trail *out);

/* What portals call their first page, in any language: "Home", "首页"; text on one line. */
bool trail_is_home(const char *text);
