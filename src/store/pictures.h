/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pictures in articles that somebody wanted to see: their bytes as they came, by article and
 * address.  They end with their article.
 */
#pragma once

#include "store/store.h"

enum picture_kept { PICTURE_UNKNOWN, PICTURE_KEPT, PICTURE_FAILED };

enum picture_kept pictures_find(struct store *store, int64_t article, const char *url);

/* The bytes of one that is kept, else NULL. */
GBytes *pictures_bytes(struct store *store, int64_t article, const char *url);

/* Keeps one; bytes: NULL, it did not come. */
bool pictures_put(struct store *store, int64_t article, const char *url, GBytes *bytes, int64_t now,
                  GError **error);
