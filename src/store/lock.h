/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The locks that keep two fetches off one store, and two digests off one cursor: files beside the
 * store, released by the kernel when the holder ends, however it ends.
 */
#pragma once

#include <glib.h>

/* the ends of their names */
#define LOCK_SUFFIX    ".lock"
#define CURSORS_SUFFIX ".cursors"

/* The descriptor that holds the lock, or -1: STORE_ERROR_LOCKED when another fetch holds it. */
int lock_take(const char *store_file, GError **error);

/* The same for a cursor (changes.h): STORE_ERROR_LOCKED when another program has it. */
int lock_cursor(const char *store_file, const char *name, GError **error);
