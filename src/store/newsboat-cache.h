/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cache of newsboat, a foreign SQLite database: what was read there, and what has flags. */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "store/store.h"

struct newsboat_item {
    const char *guid, *link, *feed, *title; /* clean, of that moment; or NULL */
    bool read, flagged;
};

/*
 * Reads a cache as bytes, which it takes (g_free()), without opening a file, and calls take() for
 * each item that was read or has a flag.  STORE_ERROR_FOREIGN for what is none.
 */
bool newsboat_cache_read(void *bytes, gsize length,
                         void (*take)(const struct newsboat_item *item, gpointer data),
                         gpointer data, GError **error);
