/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The offline store: one SQLite file in WAL mode.  Every SQL statement of crier is in this
 * room.  Writers use BEGIN IMMEDIATE and never upgrade a read transaction; statements are
 * reset as soon as their rows are read, so that no reader holds a checkpoint back.
 */
#pragma once

#include <glib.h>
#include <sqlite3.h>
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
};

enum store_mode {
    STORE_READ,  /* must exist, else STORE_ERROR_UNKNOWN; opened read-only if it cannot be written */
    STORE_WRITE, /* created if missing or empty, 0600; an error if it cannot be written */
};

struct store {
    sqlite3 *db;
    char *path;
    bool read_only;
    bool immutable; /* a read-only folder: what a writer adds meanwhile is not seen */
    GHashTable *statements; /* SQL text -> sqlite3_stmt * */
    GHashTable *counts;     /* of hits, by what was asked for: listing.c; true for the state below */
    int timeout;            /* milliseconds that a statement waits for another writer */
    int64_t wait_start;     /* of the one that waits now, monotonic microseconds */
    int64_t counts_version; /* store_version() */
    int counts_changes;     /* sqlite3_total_changes() */
};

/* timeout_ms: how long a statement waits for another writer. */
struct store *store_open(const char *path, enum store_mode mode, int timeout_ms, GError **error);
/* One in memory, empty, for what there is no file of yet. */
struct store *store_new(GError **error);
void store_close(struct store *store);
DEFINE_AUTO_FREE(store, store_close)

/* From now on; returns what it was. */
int store_set_timeout(struct store *store, int timeout_ms);

bool store_begin(struct store *store, GError **error); /* BEGIN IMMEDIATE */
bool store_commit(struct store *store, GError **error);
void store_rollback(struct store *store);

/* Changes whenever another connection has committed: PRAGMA data_version. */
int64_t store_version(struct store *store);

/* A small value by name ("progress"); NULL deletes it. */
bool store_set_meta(struct store *store, const char *key, const char *value, GError **error);
char *store_get_meta(struct store *store, const char *key);

/* --- for the files of this room ---------------------------------------------------- */

/* The cached statement for a static SQL text, reset and unbound; NULL and error. */
sqlite3_stmt *store_prepare(struct store *store, const char *sql, GError **error);

/* Steps to SQLITE_ROW or SQLITE_DONE; otherwise sets error and returns its code. */
int store_step(struct store *store, sqlite3_stmt *statement, GError **error);

/* Runs a statement that returns no rows and resets it. */
bool store_run(struct store *store, sqlite3_stmt *statement, GError **error);
bool store_exec(struct store *store, const char *sql, GError **error);
void store_fail(struct store *store, GError **error);

/* Nothing of the log is played into a file that looks damaged when it is closed: the log may be another file's. */
void store_keep_log(struct store *store);

static inline void
auto_statement_reset(sqlite3_stmt **statement)
{
    if (*statement)
        sqlite3_reset(*statement);
}
#define AUTO_RESET __attribute__((cleanup(auto_statement_reset)))

/* No text goes in or comes out but through the gate (base/clean.h), whoever wrote the file. */
void bind_text(sqlite3_stmt *statement, int index, const char *text);
void bind_query(sqlite3_stmt *statement, int index, const char *text); /* as it is: nothing but compared with what is stored */
char *column_text(sqlite3_stmt *statement, int column); /* newly allocated; NULL for NULL */

#define STORE_APPLICATION 0x63726965 /* "crie": PRAGMA application_id of every store from schema 8 on */

bool schema_migrate(struct store *store, GError **error);
int schema_version(void);
const char *schema_migration(int version); /* the SQL that brings a store to it from the one before */
int schema_register_former(sqlite3 *db); /* what migrations before 8 need; an SQLite status */

#define DOCUMENT_CAP (64 << 20)  /* bytes of a serialized document */
#define RAW_CAP (1024u << 20)     /* of a page or a response; fetch.max-size allows no more */

/* A stored blob is a zstd frame; older ones are the inflated length (8 bytes, little-endian) and a zlib stream. */
GBytes *pack(const void *data, gsize length);
GBytes *unpack(const void *data, gsize length, gsize cap); /* NULL when damaged or above cap */
