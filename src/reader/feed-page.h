/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The page of a folder of feeds: which there are, for people who look for one to subscribe to.  It
 * is written in languages of its own, whatever the locale, a page each; a web server may choose
 * among them.  Of the same feeds it is the same byte for byte.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

struct listed_feed {
    char *file; /* its name in the folder */
    char *title, *home;
    char *languages; /* "en, ru", or empty */
    guint articles;
    int64_t updated; /* of the newest article; 0: there is none */
};
void listed_feed_free(gpointer feed);

/* The name of the n-th page; NULL: there is none. */
const char *feed_page_name(guint n);

/* The n-th page, newly allocated; feeds: struct listed_feed *, in the order in which they stand. */
char *feed_page(guint n, const GPtrArray *feeds);

/* Whether a page of such a name was written here. */
bool feed_page_is_ours(const char *text);
