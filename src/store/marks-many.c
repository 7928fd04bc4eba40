/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Many marks in a few statements.  What the triggers of `marks` do for each row, a search for its
 * article and three more, is most of the time that a mark takes: they are away meanwhile, and put
 * back before the transaction ends, so that nobody sees the table without them, and a process that
 * is killed leaves them.
 */
#include "config.h"

#include "store/marks-many.h"
#include "base/clock.h"
#include "store/db.h"
#include "store/schema.h"

/* Those that change are in `marking`; which of them are deleted, too, no counter holds. */
static const char collect[] =
    "INSERT OR IGNORE INTO temp.marking(article) SELECT value FROM json_each(?1) WHERE"
    " coalesce((SELECT read FROM marks WHERE article = value), 0) <> ?2";

#define NOT_DELETED "NOT EXISTS (SELECT 1 FROM marks m WHERE m.article = a.id AND m.deleted)"

struct counted {
    int64_t source, articles;
    char *language;
};

static void
clear_counted(gpointer data)
{
    g_free(((struct counted *)data)->language);
}

static bool
run_with(struct store *store, const char *sql, int64_t number, GError **error)
{
    sqlite3_stmt *s = store_prepare(store, sql, error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, number);
    return store_run(store, s, error);
}

/* --- triggers ------------------------------------------------------------------------------ */

/* Takes them away; how they are made again, owned char *; or NULL and error. */
static GPtrArray *
drop_triggers(struct store *store, GError **error)
{
    g_autoptr(GPtrArray) made = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GString) drop = g_string_new(NULL);
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store,
        "SELECT name, sql FROM main.sqlite_schema WHERE type = 'trigger' AND tbl_name = 'marks'"
        " ORDER BY rowid",
        error);
    int code;
    if (!s)
        return NULL;
    while ((code = store_step(store, s, error)) == SQLITE_ROW) {
        char *one = sqlite3_mprintf("DROP TRIGGER main.\"%w\";", sqlite3_column_text(s, 0));
        g_string_append(drop, one);
        sqlite3_free(one);
        g_ptr_array_add(made, g_strdup((const char *)sqlite3_column_text(s, 1)));
    }
    sqlite3_reset(s);
    if (code != SQLITE_DONE || !store_exec(store, drop->str, error))
        return NULL;
    return g_steal_pointer(&made);
}

static bool
make_triggers(struct store *store, const GPtrArray *made, GError **error)
{
    for (guint i = 0; i < made->len; i++)
        if (!store_exec(store, g_ptr_array_index(made, i), error))
            return false;
    return true;
}

/* --- what they would do -------------------------------------------------------------------- */

/* How many of those that change count, by source and language; owned, or NULL and error. */
static GArray *
count_articles(struct store *store, GError **error)
{
    g_autoptr(GArray) counts = g_array_new(FALSE, FALSE, sizeof(struct counted));
    g_array_set_clear_func(counts, clear_counted);
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store,
        "SELECT a.source, coalesce(a.language, " NO_LANGUAGE "), count(*) FROM temp.marking"
        " CROSS JOIN articles a ON a.id = marking.article WHERE " NOT_DELETED " GROUP BY 1, 2",
        error);
    int code;
    if (!s)
        return NULL;
    while ((code = store_step(store, s, error)) == SQLITE_ROW) {
        struct counted counted = {.source = sqlite3_column_int64(s, 0),
                                  .language = g_strdup((const char *)sqlite3_column_text(s, 1)),
                                  .articles = sqlite3_column_int64(s, 2)};
        g_array_append_val(counts, counted);
    }
    return code == SQLITE_DONE ? g_steal_pointer(&counts) : NULL;
}

static bool
add_unread(struct store *store, const GArray *counts, int sign, GError **error)
{
    static const char *const counters[] = {
        "UPDATE sources SET unread = unread + ?1 WHERE id = ?2",
        "UPDATE languages SET unread = unread + ?1 WHERE source = ?2 AND language = ?3"};
    for (guint i = 0; i < counts->len * 2; i++) {
        const struct counted *counted = &g_array_index(counts, struct counted, i / 2);
        sqlite3_stmt *s = store_prepare(store, counters[i % 2], error);
        if (!s)
            return false;
        sqlite3_bind_int64(s, 1, sign * counted->articles);
        sqlite3_bind_int64(s, 2, counted->source);
        if (i % 2)
            sqlite3_bind_text(s, 3, counted->language, -1, SQLITE_STATIC);
        if (!store_run(store, s, error))
            return false;
    }
    return true;
}

static bool
list_unread(struct store *store, bool read, GError **error)
{
    return store_exec(store,
                      read
                          ? "DELETE FROM unread WHERE article IN (SELECT article FROM temp.marking)"
                          : "INSERT OR IGNORE INTO unread(sort, article) SELECT a.sort, a.id"
                            " FROM temp.marking CROSS JOIN articles a ON a.id = marking.article"
                            " WHERE " NOT_DELETED,
                      error);
}

/* --- all of it ------------------------------------------------------------------------------- */

static int
compare_numbers(gconstpointer a, gconstpointer b)
{
    int64_t one = *(const int64_t *)a, other = *(const int64_t *)b;
    return (one > other) - (one < other);
}

static bool
collect_changes(struct store *store, const GArray *articles, bool read, GError **error)
{
    sqlite3_stmt *s;
    if (!store_exec(store,
                    "CREATE TEMP TABLE IF NOT EXISTS marking(article INTEGER PRIMARY KEY);"
                    " DELETE FROM temp.marking",
                    error) ||
        !(s = store_prepare(store, collect, error)))
        return false;
    g_autoptr(GArray) sorted = g_array_copy((GArray *)articles);
    g_array_sort(sorted, compare_numbers); /* each goes to the end of the table */
    store_bind_numbers(s, 1, sorted);
    sqlite3_bind_int(s, 2, read);
    return store_run(store, s, error);
}

static bool
put_marks(struct store *store, bool read, GError **error)
{
    return run_with(
        store,
        "INSERT INTO marks(article, read) SELECT article, ?1 FROM temp.marking WHERE true"
        " ON CONFLICT(article) DO UPDATE SET read = ?1",
        read, error);
}

static bool
log_marks(struct store *store, GError **error)
{
    return run_with(
        store,
        "INSERT OR REPLACE INTO sync_log(article, field, at) SELECT article, 'read', ?1"
        " FROM temp.marking WHERE EXISTS (SELECT 1 FROM meta WHERE key = 'sync_server')",
        clock_now(), error);
}

bool
marks_put_read(struct store *store, const GArray *articles, bool read, GError **error)
{
    if (!collect_changes(store, articles, read, error))
        return false;
    g_autoptr(GArray) counts = count_articles(store, error);
    g_autoptr(GPtrArray) triggers = counts ? drop_triggers(store, error) : NULL;
    return triggers && add_unread(store, counts, read ? -1 : 1, error) &&
           list_unread(store, read, error) && put_marks(store, read, error) &&
           make_triggers(store, triggers, error) && log_marks(store, error) &&
           store_exec(store, "DELETE FROM temp.marking", error);
}
