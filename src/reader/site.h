/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Articles as a folder of static pages, which any browser reads without a network or a script:
 *
 *     index.html          the languages, each with its months
 *     ru-2025-10.html     what a month has brought in a language
 *     12.html             an article, by its number
 *     style.css           how they look: light, dark, on paper
 *
 * The same articles give the same bytes.
 */
#pragma once

#include "store/listing.h"

/* Who takes a page; name is a file's. False ends the writing. */
struct site_writer {
    bool (*put)(const char *name, const char *text, gpointer data);
    gpointer data;
};

/* rows: struct article_row *, newest first.  False when a page was not taken, or with an error. */
bool site_write(struct store *store, const GPtrArray *rows, const struct site_writer *to,
                GError **error);
