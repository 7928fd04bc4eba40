/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is behind the handle of store.h, for the files of store/ alone: the connection, statements,
 * errors, and the gate that all text passes.  db.c knows no table but `meta`; open.c makes the
 * handle, and stands above all that use it.
 */
#pragma once

#include <sqlite3.h>

#include "store/store.h"

struct store {
    sqlite3 *db;
    char *path;
    bool read_only;
    bool changed;           /* a transaction of this handle was written */
    bool immutable;         /* a read-only folder: what a writer adds meanwhile is not seen */
    bool full;              /* the same, for want of room on the disk */
    GHashTable *statements; /* SQL text -> sqlite3_stmt * */
    int64_t own;        /* what the store is in the file of its reader's marks; 0: it has none */
    char *own_path;     /* of that file */
    int timeout;        /* milliseconds that a statement waits for another writer */
    int64_t wait_start; /* of the one that waits now, monotonic microseconds */
    int wishes;         /* lock_open_wishes(), where it was needed; -1 else */
    bool yields;        /* what is written now ends for who else wishes to write */
    int schema;         /* the version that it was opened with; 0 before */
    /* what the counters said last: listing-plan.c */
    char *tally_key; /* of what, or NULL */
    int64_t tally_hits, tally_scope, tally_version;
    int tally_changes;    /* sqlite3_total_changes() */
    char *read_languages; /* what is read in one language is in others: edition-groups.h; or NULL */
    gpointer words;       /* what was searched for last: listing-words.c; or NULL */
    GDestroyNotify free_words;
    gpointer set; /* what a query's terms picked last: listing-set.c; or NULL */
    GDestroyNotify free_set;
    int *steps;          /* what listing_begin_steps() counts down, borrowed; or NULL */
    int marked;          /* of sqlite3_total_changes(): those that change no such set */
    int kept;            /* the same: those by which no article has gone or come back */
    GArray *touched;     /* int64_t: what was marked by this handle, the last ones: marks_since() */
    int64_t untold;      /* how many were before these, from a number that only this handle has */
    GHashTable *names;   /* of sources: source-names.h; or NULL */
    char *names_version; /* when they were read: source_names_follow() */
};

/*
 * sqlite3_open_v2() that always gives a connection, on an error too: without memory for one the
 * program ends.
 */
static inline int
store_connect(const char *name, sqlite3 **db, int flags)
{
    int code = sqlite3_open_v2(name, db, flags, NULL);
    if (!*db)
        g_error("no memory for a connection to SQLite");
    return code;
}

/* The cached statement for a static SQL text, reset and unbound; NULL and error. */
sqlite3_stmt *store_prepare(struct store *store, const char *sql, GError **error);

/* Sets the error of a store whose schema is not known. */
void store_fail_version(const struct store *store, int version, int known, GError **error);

/* Steps to SQLITE_ROW or SQLITE_DONE; otherwise sets error and returns its code. */
int store_step(struct store *store, sqlite3_stmt *statement, GError **error);

/* Runs a statement that returns no rows and resets it. */
bool store_run(struct store *store, sqlite3_stmt *statement, GError **error);
bool store_exec(struct store *store, const char *sql, GError **error);
void store_fail(struct store *store, GError **error);
/* Whether what failed last lacked room on the disk, be it for what lies beside the store. */
bool store_lacks_room(sqlite3 *db);

/*
 * Nothing of the log is played into a file that looks damaged when it is closed: the log may be
 * another file's.
 */
void store_keep_log(struct store *store);

static inline void
store_auto_reset(sqlite3_stmt **statement)
{
    if (*statement)
        sqlite3_reset(*statement);
}
#define AUTO_RESET __attribute__((cleanup(store_auto_reset)))

/* No text goes in or comes out but through the gate (base/clean.h), whoever wrote the file. */
void store_bind_text(sqlite3_stmt *statement, int index, const char *text);
/* as it is: nothing but compared with what is stored */
void store_bind_query(sqlite3_stmt *statement, int index, const char *text);
/* int64_t, for json_each(): whole sets of rows in one statement */
void store_bind_numbers(sqlite3_stmt *statement, int index, const GArray *numbers);
char *store_column_text(sqlite3_stmt *statement, int column); /* newly allocated; NULL for NULL */
