/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The locks that keep two fetches off one store, and two digests off one cursor: files beside the
 * store, released by the kernel when the holder ends, however it ends.  Who waits to write says so
 * in the first of them, so that who writes much ends a long transaction for it.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* the ends of their names */
#define LOCK_SUFFIX    ".lock"
#define CURSORS_SUFFIX ".cursors"

/* Whether a program fetches into a store now. */
bool lock_is_held(const char *store_file);

/* The descriptor that holds the lock, or -1: STORE_ERROR_LOCKED when another fetch holds it. */
int lock_take(const char *store_file, GError **error);

/* The same for a cursor (changes.h): STORE_ERROR_LOCKED when another program has it. */
int lock_cursor(const char *store_file, const char *name, GError **error);

/*
 * The file in which wishes to write are told, to be closed by the caller; -1: it is not there,
 * since nothing was ever fetched, or cannot be read.
 */
int lock_open_wishes(const char *store_file);
/* Tells that this process waits to write, or no longer; where it fails the wish is not heard. */
void lock_wish(int fd, bool wished);
/* Whether another process does. */
bool lock_is_wished(int fd);

/* Within a transaction that yields: whether nobody waits for its end, else STORE_ERROR_YIELDED. */
struct store;
bool lock_may_go_on(struct store *store, GError **error);
