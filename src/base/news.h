/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a fetch has brought, counted, and as people are told it. */
#pragma once

#include <glib.h>

struct news {
    guint added; /* articles that nobody has had before */
    guint revised, withdrawn,
        returned; /* those that were there: what their portals did with them */
};

/* "12 new articles, 2 revised, 1 withdrawn": new ones even when there are none. Newly allocated. */
char *news_sentence(const struct news *news);
