/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The file of a store: whose it is, found out without touching it; what is beside it; modes, so
 * that a store of several people stays one.
 */
#pragma once

#include "store/store.h"

enum place_content {
    PLACE_EMPTY,   /* no file, one without a byte, or a database without a table */
    PLACE_STORE,   /* a store of crier, of any schema */
    PLACE_DAMAGED, /* a database that SQLite cannot read */
    PLACE_RUIN,    /* a file that is no database, or not any more */
    PLACE_FOREIGN, /* anything else */
};

/*
 * What lies under a name; neither it nor anything beside it is changed.  error is set for all but
 * the first two.
 */
enum place_content place_look(const char *path, GError **error);

/* Makes an empty file, 0600, with the folders that lead to it, 0700.  One that is there stays. */
bool place_make(const char *path, GError **error);

/* A file beside a store ("-wal"), where links lead; newly allocated. */
char *place_beside(const char *path, const char *suffix);
bool place_has_beside(const char *path, const char *suffix);
/* Whether something stands in its log that was not written back. */
bool place_has_log(const char *path);

/* Whether its disk has room for what SQLite keeps beside a store. */
bool place_has_room(const char *path);

/* Sets the error of a file that cannot be written, for the reason in errno; false. */
bool place_fail_to_write(const char *file, GError **error);

/* The ends of the names of what SQLite keeps beside a file; NULL behind them. */
extern const char *const place_journals[];

/* A name beside a file that is free for it to be kept under: "articles.db.before-TIME". */
char *place_former(const char *target, const char *why, int64_t now);

/* Removes a file and what belongs to it as a database. */
void place_remove(const char *file);
void place_remove_journals(const char *file);

/*
 * Puts the file `ready`, a database without a log, in the place of another, which is kept as
 * `former` with its log; target and ready lie in one folder.  At each moment one or the other is
 * there; what fails is undone.  *kept: whether there was another.
 */
bool place_swap(const char *target, const char *ready, const char *former, bool *kept,
                GError **error);

/* Whether the store may be read or written by others than its owner. */
bool place_is_shared(const char *path);

/*
 * Gives what was made beside a store the store's mode and group, as far as it is the caller's to
 * give.  writers_only: to those who may write the store, and to no others.
 */
void place_share(const char *path, const char *suffix, bool writers_only);
