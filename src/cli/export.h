/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of `crier export` share: each writes one kind of thing. */
#pragma once

#include "cli/cli.h"

/*
 * Writes all of it at once, beside the file and then in its place; a file that says so already
 * is left as it is, with its time.  NULL: standard output.  An exit status.
 */
int export_deliver(const char *path, const char *text);
/*
 * The same of a file, and beside it as gzip for web servers that hand out what is packed, with the
 * same time; also unless it is to be packed, if it was before: else they would hand out what is
 * old.
 */
#define EXPORT_PACKED ".gz"
int export_deliver_packed(const char *path, const char *text, bool pack);

/* --- each gives an exit status; rows: borrowed struct article_row *, newest first --- */

int export_sources(struct session *session, const struct options_export *options);

/* query: of which these are the articles */
int export_articles(struct store *store, const struct options_export *options, const char *query,
                    const GPtrArray *rows);
/* A folder of feeds. */
int export_split(struct store *store, const struct options_export *options, const GPtrArray *rows);
int export_warc(struct store *store, const struct options_export *options, const GPtrArray *rows);
int export_marks(struct store *store, const struct options_export *options, const GPtrArray *rows);

/*
 * The rows as one feed, "atom" or else JSON Feed; name: its identity; *updated: when its newest
 * article changed, unless updated is NULL.  NULL and error when an article cannot be read.
 */
char *export_feed(struct store *store, const char *format, const char *name, const char *title,
                  const char *home, const GPtrArray *rows, int64_t *updated, GError **error);
