/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The offline store: one SQLite file in WAL mode, as a handle that only the files of store/ look
 * into (db.h).  Every SQL statement of crier is there.  Writers use BEGIN IMMEDIATE and never
 * upgrade a read transaction; statements are reset as soon as their rows are read, so that no
 * reader holds a checkpoint back.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/auto.h"

#define STORE_ERROR store_error_quark()
GQuark store_error_quark(void);
enum store_error {
    STORE_ERROR_FAILED,    /* anything else; the message tells */
    STORE_ERROR_READ_ONLY, /* cannot be written */
    STORE_ERROR_FULL,      /* the disk is full */
    STORE_ERROR_CORRUPT,   /* not a store, or damaged */
    STORE_ERROR_BUSY,      /* another writer held it too long */
    STORE_ERROR_VERSION,   /* written by a newer crier */
    STORE_ERROR_UNKNOWN,   /* no such source or article */
    STORE_ERROR_LOCKED,    /* another fetch is running */
    STORE_ERROR_FOREIGN,   /* another program's file, or none */
    STORE_ERROR_REFUSED,   /* what is asked for would do harm */
    STORE_ERROR_YIELDED,   /* undone, since another program waits to write: nobody is told */
};

enum store_mode {
    /*
     * must exist, else STORE_ERROR_UNKNOWN; opened read-only if it cannot be written, or if the
     * disk has no room for what SQLite keeps beside it
     */
    STORE_READ,
    STORE_LOOK,  /* the same, and read-only whether it can be written or not */
    STORE_WRITE, /* created if missing or empty, 0600; an error if it cannot be written */
};

struct store; /* one that is open */

/* timeout_ms: how long a statement waits for another writer. */
struct store *store_open(const char *path, enum store_mode mode, int timeout_ms, GError **error);
/* One in memory, empty, for what there is no file of yet. */
struct store *store_new(GError **error);
void store_close(struct store *store);
DEFINE_AUTO_FREE(store, store_close)

const char *store_path(const struct store *store); /* borrowed: as it was opened */
bool store_is_read_only(const struct store *store);
/* Whether marks are kept, in the store or in a file of its reader's (own-marks.h). */
bool store_takes_marks(const struct store *store);
const char *store_marks_path(const struct store *store); /* borrowed: where they are kept */
/* a read-only folder: what a writer adds meanwhile is not seen */
bool store_is_immutable(const struct store *store);
/* Only read for want of room on the disk: what others write meanwhile is not seen. */
bool store_is_full(const struct store *store);
/*
 * Opens such a one anew where there is room by now: true then.  Marks of its reader's own have to
 * be attached again.
 */
bool store_take_up(struct store *store, enum store_mode mode);

/* From now on; returns what it was. */
int store_set_timeout(struct store *store, int timeout_ms);

bool store_begin(struct store *store, GError **error); /* BEGIN IMMEDIATE */
bool store_commit(struct store *store, GError **error);
void store_rollback(struct store *store);

/* Changes whenever another connection has committed articles or marks: PRAGMA data_version. */
int64_t store_version(struct store *store);
/* Whether another connection is about to commit something. */
bool store_is_being_written(struct store *store);

/* A small value by name ("progress"); NULL deletes it. */
bool store_set_meta(struct store *store, const char *key, const char *value, GError **error);
char *store_get_meta(struct store *store, const char *key);
