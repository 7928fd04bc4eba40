/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Articles as evidence, for archives of the web: WARC 1.1 (ISO 28500:2017).  Of each source and
 * each article's page a `response` record with the `request` that it answers, of attachments
 * `resource` records; what was stored before headers were kept is a `resource` too.  Bodies are
 * without their content coding, as they are stored: the headers that spoke of it are called
 * X-Archive-Orig-….  There are no cookies, logins and secrets of addresses in it.  The same store
 * gives the same bytes.
 */
#pragma once

#include "store/listing.h"

/* Who takes the bytes; false ends the writing. */
struct warc_writer {
    bool (*put)(const void *bytes, gsize length, gpointer data);
    gpointer data;
};

/* rows: struct article_row *.  False when bytes were not taken, or with an error. */
bool warc_write(struct store *store, const GPtrArray *rows, const struct warc_writer *to,
                GError **error);
