/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which marks differ between an article and its item on the server, who changed them, and bringing
 * both sides into step.  What is being told the server is noted before it is told: who finds it
 * there afterwards knows that it was told from here, and that what stands here now is later.
 */
#include "config.h"

#include "store/db.h"
#include "store/marks.h"
#include "store/sync-items.h"

void
sync_batch_clear(struct sync_batch *batch)
{
    if (batch->rows)
        g_array_unref(batch->rows);
    g_free(batch->stream);
}

/* Rolls back what is not fine. */
static bool
end_transaction(struct store *store, bool fine, GError **error)
{
    if (fine && store_commit(store, error))
        return true;
    store_rollback(store);
    return false;
}

/* --- comparing -------------------------------------------------------------------------------- */

/*
 * here and there are what both sides say, base what they last agreed on.  Only one of them differs
 * from it, unless somebody changed a mark and changed it back, which the log tells: then that holds
 * by which nothing is lost (safe), since servers do not say when theirs was changed.  One that is
 * deleted here counts as read.
 */
#define PLAN(number, name, here, there, safe) \
    "INSERT INTO sync_plans(item, article, field, value, send, log)" \
    " SELECT item, article, " number \
    ", CASE WHEN send THEN here ELSE there END, send, coalesce(log, 0) FROM (" \
    "SELECT *, CASE WHEN there = base THEN 1 WHEN log IS NULL THEN 0 ELSE here = " safe \
    " END AS send FROM (" \
    "SELECT i.item AS item, i.article AS article, " here " AS here, " there " AS there," \
    " CASE WHEN i.sent_" name " = " there " THEN i.sent_" name " ELSE i." name \
    " END AS base, l.id AS log" \
    " FROM sync_items i JOIN sync_seen v ON v.item = i.item LEFT JOIN marks m ON m.article = i.article" \
    " LEFT JOIN sync_log l ON l.article = i.article AND l.field = '" name "'" \
    " WHERE i.article IS NOT NULL) WHERE here <> there);" \
    "UPDATE sync_items SET " name " = " there ", sent_" name " = NULL FROM sync_seen v" \
    " WHERE v.item = sync_items.item AND article IS NOT NULL" \
    " AND (sync_items." name " <> " there " OR sent_" name " IS NOT NULL)" \
    " AND sync_items.item NOT IN (SELECT item FROM sync_plans WHERE field = " number ")"

static bool
count(struct store *store, struct sync_counts *counts, GError **error)
{
    *counts = (struct sync_counts){0};
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store, "SELECT field, value, send, count(*) FROM sync_plans GROUP BY 1, 2, 3", error);
    if (!s)
        return false;
    int code;
    while ((code = store_step(store, s, error)) == SQLITE_ROW) {
        int field = sqlite3_column_int(s, 0), value = sqlite3_column_int(s, 1) != 0;
        guint *to = sqlite3_column_int(s, 2) ? counts->send[field] : counts->receive[field];
        to[value] = (guint)sqlite3_column_int64(s, 3);
    }
    AUTO_RESET sqlite3_stmt *t = store_prepare(
        store,
        "SELECT count(*), count(i.article) FROM sync_seen v LEFT JOIN sync_items i ON i.item = v.item",
        error);
    if (code != SQLITE_DONE || !t || store_step(store, t, error) != SQLITE_ROW)
        return false;
    counts->items = (guint)sqlite3_column_int64(t, 0);
    counts->matched = (guint)sqlite3_column_int64(t, 1);
    return true;
}

bool
sync_plan(struct store *store, struct sync_counts *counts, GError **error)
{
    if (!store_begin(store, error))
        return false;
    bool fine =
        store_exec(store, "DELETE FROM sync_plans", error) &&
        store_exec(store,
                   PLAN("0", "read", "(coalesce(m.read, 0) OR coalesce(m.deleted, 0))",
                        "(NOT v.unread)", "0"),
                   error) &&
        store_exec(store, PLAN("1", "starred", "coalesce(m.starred, 0)", "v.starred", "1"), error);
    return end_transaction(store, fine, error) && (!counts || count(store, counts, error));
}

/* --- marks of the server ---------------------------------------------------------------------- */

static bool
drop_plan(struct store *store, int64_t id, GError **error)
{
    sqlite3_stmt *s = store_prepare(store, "DELETE FROM sync_plans WHERE id = ?1", error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, id);
    return store_run(store, s, error);
}

/* Both sides say this now. */
static bool
agree(struct store *store, int64_t item, enum sync_field field, bool value, GError **error)
{
    static const char *const statements[] = {
        [SYNC_READ] = "UPDATE sync_items SET read = ?2, sent_read = NULL WHERE item = ?1",
        [SYNC_STARRED] = "UPDATE sync_items SET starred = ?2, sent_starred = NULL WHERE item = ?1",
    };
    sqlite3_stmt *s = store_prepare(store, statements[field], error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, item);
    sqlite3_bind_int(s, 2, value);
    return store_run(store, s, error);
}

/* The number of the last change of an article's field, or 0. */
static int64_t
logged(struct store *store, int64_t article, enum sync_field field)
{
    AUTO_RESET sqlite3_stmt *s =
        store_prepare(store, "SELECT id FROM sync_log WHERE article = ?1 AND field = ?2", NULL);
    if (!s)
        return 0;
    sqlite3_bind_int64(s, 1, article);
    sqlite3_bind_text(s, 2, sync_field_name(field), -1, SQLITE_STATIC);
    return sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
}

/* Rows of the plan, of which none was changed here since, unless they are dropped. */
static bool
read_rows(struct store *store, sqlite3_stmt *s, guint most, GArray *rows, GError **error)
{
    int code = SQLITE_DONE;
    while (rows->len < most && (code = store_step(store, s, error)) == SQLITE_ROW) {
        struct sync_row row = {sqlite3_column_int64(s, 0), sqlite3_column_int64(s, 1),
                               sqlite3_column_int64(s, 2), sqlite3_column_int64(s, 3)};
        g_array_append_val(rows, row);
    }
    sqlite3_reset(s);
    return rows->len == most || code == SQLITE_DONE;
}

/* One mark from there: set, and no change that has to be told. */
static bool
receive(struct store *store, const struct sync_row *row, enum sync_field field, bool value,
        GError **error)
{
    struct mark_change change = {.article = row->article,
                                 .mark = field == SYNC_READ ? MARK_READ : MARK_STARRED,
                                 .on = value};
    if (logged(store, row->article, field) != row->log) /* changed meanwhile: the next sync */
        return drop_plan(store, row->plan, error);
    return marks_put(store, &change, error) &&
           sync_log_forget(store, row->article, field, G_MAXINT64, error) &&
           agree(store, row->item, field, value, error) && drop_plan(store, row->plan, error);
}

bool
sync_receive(struct store *store, guint most, guint *done, GError **error)
{
    bool fine = true;
    *done = 0;
    if (!store_begin(store, error))
        return false;
    for (int kind = 0; kind < 2 * SYNC_FIELDS && fine; kind++) {
        g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(struct sync_row));
        sqlite3_stmt *s = store_prepare(
            store,
            "SELECT id, item, article, log FROM sync_plans WHERE send = 0 AND field = ?1 AND value = ?2",
            error);
        if (!s) {
            fine = false;
            break;
        }
        sqlite3_bind_int(s, 1, kind / 2);
        sqlite3_bind_int(s, 2, kind % 2);
        fine = read_rows(store, s, most - *done, rows, error);
        for (guint i = 0; i < rows->len && fine; i++)
            fine = receive(store, &g_array_index(rows, struct sync_row, i),
                           (enum sync_field)(kind / 2), kind % 2, error);
        *done += rows->len;
    }
    return end_transaction(store, fine, error);
}

/* --- marks for the server --------------------------------------------------------------------- */

/* Notes that a mark is being told; *stands: it was not changed since it was compared. */
static bool
note(struct store *store, const struct sync_batch *batch, const struct sync_row *row, bool *stands,
     GError **error)
{
    static const char *const statements[] = {
        [SYNC_READ] = "UPDATE sync_items SET sent_read = ?2 WHERE item = ?1",
        [SYNC_STARRED] = "UPDATE sync_items SET sent_starred = ?2 WHERE item = ?1",
    };
    *stands = logged(store, row->article, batch->field) == row->log;
    if (!*stands)
        return drop_plan(store, row->plan, error);
    sqlite3_stmt *s = store_prepare(store, statements[batch->field], error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, row->item);
    sqlite3_bind_int(s, 2, batch->value);
    return store_run(store, s, error);
}

/*
 * A feed of whose unread items all are to be marked as read, and more than go into one request;
 * none may be unknown.  Their numbers are microseconds of this century.
 */
static bool
find_feed(struct store *store, guint most, struct sync_batch *batch, GError **error)
{
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store,
        "SELECT i.stream, max(i.item) FROM sync_plans p JOIN sync_items i ON i.item = p.item"
        " WHERE p.send = 1 AND p.field = 0 AND p.value = 1 GROUP BY i.stream"
        " HAVING count(*) > ?1 AND min(i.item) > 1000000000000000 AND count(*) ="
        " (SELECT count(*) FROM sync_seen v JOIN sync_items o ON o.item = v.item WHERE v.unread AND o.stream = i.stream)"
        " AND NOT EXISTS (SELECT 1 FROM sync_seen v WHERE v.item NOT IN (SELECT item FROM sync_items)) LIMIT 1",
        error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, most);
    int code = store_step(store, s, error);
    if (code == SQLITE_ROW) {
        batch->stream = store_column_text(s, 0);
        batch->newest = sqlite3_column_int64(s, 1);
    }
    return code == SQLITE_ROW || code == SQLITE_DONE;
}

static bool
fill(struct store *store, guint most, struct sync_batch *batch, GError **error)
{
    sqlite3_stmt *s = store_prepare(
        store,
        "SELECT p.id, p.item, p.article, p.log FROM sync_plans p JOIN sync_items i ON i.item = p.item"
        " WHERE p.send = 1 AND p.field = ?1 AND p.value = ?2 AND (?3 IS NULL OR i.stream = ?3)",
        error);
    if (!s)
        return false;
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(struct sync_row));
    sqlite3_bind_int(s, 1, (int)batch->field);
    sqlite3_bind_int(s, 2, batch->value);
    store_bind_query(s, 3, batch->stream);
    if (!read_rows(store, s, batch->stream ? G_MAXUINT : most, rows, error))
        return false;
    bool all = true;
    for (guint i = 0; i < rows->len; i++) {
        const struct sync_row *row = &g_array_index(rows, struct sync_row, i);
        bool stands;
        if (!note(store, batch, row, &stands, error))
            return false;
        all &= stands;
        if (stands)
            g_array_append_val(batch->rows, *row);
    }
    if (batch->stream && !all) /* one of them is unread again: they are named, in parts */
        g_array_set_size(batch->rows, MIN(batch->rows->len, most));
    if (!all)
        g_clear_pointer(&batch->stream, g_free);
    return true;
}

bool
sync_send_next(struct store *store, guint most, bool whole_feeds, struct sync_batch *batch,
               GError **error)
{
    *batch = (struct sync_batch){.rows = g_array_new(FALSE, FALSE, sizeof(struct sync_row))};
    if (!store_begin(store, error))
        return false;
    bool fine = !whole_feeds || find_feed(store, most, batch, error);
    if (fine && batch->stream) {
        batch->value = true;
        fine = fill(store, most, batch, error);
    }
    for (int kind = 0; kind < 2 * SYNC_FIELDS && fine && !batch->rows->len; kind++) {
        batch->field = (enum sync_field)(kind / 2);
        batch->value = kind % 2;
        fine = fill(store, most, batch, error);
    }
    return end_transaction(store, fine, error);
}

/* A mark that was refused waits: its row stays in the plan, and so does its change in the log. */
static bool
refuse(struct store *store, const struct sync_row *row, GError **error)
{
    sqlite3_stmt *s = store_prepare(store, "UPDATE sync_plans SET send = 2 WHERE id = ?1", error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, row->plan);
    return store_run(store, s, error);
}

bool
sync_send_done(struct store *store, const struct sync_batch *batch, bool taken, GError **error)
{
    if (!store_begin(store, error))
        return false;
    bool fine = true;
    for (guint i = 0; i < batch->rows->len && fine; i++) {
        const struct sync_row *row = &g_array_index(batch->rows, struct sync_row, i);
        fine = !taken ? refuse(store, row, error)
                      : agree(store, row->item, batch->field, batch->value, error) &&
                            sync_log_forget(store, row->article, batch->field, row->log, error) &&
                            drop_plan(store, row->plan, error);
    }
    return end_transaction(store, fine, error);
}

bool
sync_end(struct store *store, int64_t log, GError **error)
{
    if (!store_begin(store, error))
        return false;
    bool fine = store_exec(
        store, "DELETE FROM sync_items WHERE item NOT IN (SELECT item FROM sync_seen)", error);
    sqlite3_stmt *s =
        fine
            ? store_prepare(
                  store,
                  "DELETE FROM sync_log WHERE id <= ?1 AND NOT EXISTS (SELECT 1 FROM sync_plans p"
                  " WHERE p.article = sync_log.article AND p.field = (sync_log.field = 'starred'))",
                  error)
            : NULL;
    if (s) {
        sqlite3_bind_int64(s, 1, log);
        fine = store_run(store, s, error);
    }
    return end_transaction(store, fine && s, error);
}
