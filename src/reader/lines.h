/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Articles, and what has happened to them, as the lines of JSON that all commands print and that
 * programs are told.
 */
#pragma once

#include <jansson.h>

#include "reader/digest.h"

json_t *lines_text(const char *text); /* null when NULL or empty */
json_t *lines_time(int64_t time);     /* RFC 3339 in UTC; null when 0 */

/* The fields of `list --format=json`. */
json_t *lines_article(const struct article_row *row);

/* Those of an item of `digest --format=json`; NULL and an error when its text cannot be read. */
json_t *lines_item(struct store *store, const struct digest_item *item, enum digest_body how,
                   GError **error);

/* The last line, which counts: what was told between two places of a cursor (or NULL). */
json_t *lines_end(const struct digest *digest, const char *cursor, const struct changes_place *from,
                  const struct changes_place *to);

/* An object as a line; newly allocated, the object is released. */
char *lines_line(json_t *object);
