/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table `watch_failures`. */
#include "config.h"

#include "store/failures.h"
#include "store/db.h"

void
watch_failure_free(struct watch_failure *failure)
{
    g_free(failure->name);
    problem_free(failure->problem);
    g_free(failure);
}

/* Who reads another's store keeps them where his marks are. */
static bool
make_own(struct store *store, GError **error)
{
    return !store->own ||
           store_exec(store,
                      "CREATE TABLE IF NOT EXISTS own.own_watch_failures("
                      " store INTEGER NOT NULL, name TEXT NOT NULL, failures INTEGER NOT NULL,"
                      " since INTEGER NOT NULL, last INTEGER NOT NULL, problem TEXT NOT NULL,"
                      " PRIMARY KEY(store, name)) WITHOUT ROWID",
                      error);
}

#define WITH_ONE_MORE " failures = failures + 1, last = ?2, problem = ?3"

bool
watch_failure_note(struct store *store, const char *name, const struct problem *problem,
                   int64_t now, GError **error)
{
    if (!make_own(store, error))
        return false;
    sqlite3_stmt *s = store_prepare(
        store,
        store->own
            ? "INSERT INTO own.own_watch_failures(name, failures, since, last, problem, store)"
              " VALUES(?1, 1, ?2, ?2, ?3, ?4) ON CONFLICT(store, name) DO UPDATE SET" WITH_ONE_MORE
            : "INSERT INTO watch_failures(name, failures, since, last, problem)"
              " VALUES(?1, 1, ?2, ?2, ?3) ON CONFLICT(name) DO UPDATE SET" WITH_ONE_MORE,
        error);
    if (!s)
        return false;
    g_autofree char *text = problem_format(problem);
    store_bind_text(s, 1, name);
    sqlite3_bind_int64(s, 2, now);
    store_bind_text(s, 3, text);
    if (store->own)
        sqlite3_bind_int64(s, 4, store->own);
    return store_run(store, s, error);
}

bool
watch_failure_forget(struct store *store, const char *name, GError **error)
{
    sqlite3_stmt *s =
        make_own(store, error)
            ? store_prepare(
                  store,
                  store->own ? "DELETE FROM own.own_watch_failures WHERE name = ?1 AND store = ?2"
                             : "DELETE FROM watch_failures WHERE name = ?1",
                  error)
            : NULL;
    if (!s)
        return false;
    store_bind_text(s, 1, name);
    if (store->own)
        sqlite3_bind_int64(s, 2, store->own);
    return store_run(store, s, error);
}

GPtrArray *
watch_failures(struct store *store, GError **error)
{
    AUTO_RESET sqlite3_stmt *s =
        make_own(store, error)
            ? store_prepare(
                  store,
                  store->own
                      ? "SELECT name, failures, since, last, problem FROM own.own_watch_failures"
                        " WHERE store = ?1 ORDER BY name"
                      : "SELECT name, failures, since, last, problem FROM watch_failures ORDER BY name",
                  error)
            : NULL;
    if (!s)
        return NULL;
    if (store->own)
        sqlite3_bind_int64(s, 1, store->own);
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func((GDestroyNotify)watch_failure_free);
    int code;
    while ((code = store_step(store, s, error)) == SQLITE_ROW) {
        struct watch_failure *failure = g_new0(struct watch_failure, 1);
        g_autofree char *text = store_column_text(s, 4);
        failure->name = store_column_text(s, 0);
        failure->failures = sqlite3_column_int(s, 1);
        failure->since = sqlite3_column_int64(s, 2);
        failure->last = sqlite3_column_int64(s, 3);
        failure->problem = text ? problem_parse(text) : NULL;
        if (!failure->problem)
            failure->problem = problem_new(PROBLEM_OTHER, NULL, PROBLEM_NO_NUMBER, "?");
        g_ptr_array_add(list, failure);
    }
    return code == SQLITE_DONE ? g_steal_pointer(&list) : NULL;
}

const struct watch_failure *
watch_failures_find(const GPtrArray *failures, const char *name)
{
    for (guint i = 0; i < failures->len; i++) {
        const struct watch_failure *failure = g_ptr_array_index(failures, i);
        if (g_strcmp0(failure->name, name) == 0)
            return failure;
    }
    return NULL;
}
