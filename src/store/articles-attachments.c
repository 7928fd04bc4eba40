/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The attachments that articles have, by address; what is kept of them is in files.c. */
#include "config.h"

#include "store/articles.h"
#include "store/db.h"

GPtrArray *
articles_attachments(struct store *store, int64_t article)
{
    GPtrArray *list = g_ptr_array_new_with_free_func(stored_attachment_free);
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store,
        "SELECT url, title, type, coalesce(length, -1) FROM attachments WHERE article = ?1 ORDER BY position",
        NULL);
    if (!s)
        return list;
    sqlite3_bind_int64(s, 1, article);
    while (sqlite3_step(s) == SQLITE_ROW) {
        struct stored_attachment *a = g_new0(struct stored_attachment, 1);
        *a = (struct stored_attachment){store_column_text(s, 0), store_column_text(s, 1),
                                        store_column_text(s, 2), sqlite3_column_int64(s, 3)};
        g_ptr_array_add(list, a);
    }
    return list;
}

static bool
same_list(const GPtrArray *a, const GPtrArray *b)
{
    for (guint i = 0; a->len == b->len && i < a->len; i++) {
        const struct stored_attachment *one = g_ptr_array_index(a, i),
                                       *other = g_ptr_array_index(b, i);
        if (g_strcmp0(one->url, other->url) || g_strcmp0(one->title, other->title) ||
            g_strcmp0(one->type, other->type) || MAX(one->length, -1) != MAX(other->length, -1))
            return false;
    }
    return a->len == b->len;
}

bool
articles_put_attachments(struct store *store, int64_t article, const GPtrArray *attachments,
                         GError **error)
{
    g_autoptr(GPtrArray) stored = articles_attachments(store, article);
    if (same_list(stored, attachments))
        return true;
    sqlite3_stmt *s = store_prepare(store, "DELETE FROM attachments WHERE article = ?1", error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, article);
    if (!store_run(store, s, error))
        return false;
    for (guint i = 0; i < attachments->len; i++) {
        const struct stored_attachment *a = g_ptr_array_index(attachments, i);
        s = store_prepare(store,
                          "INSERT INTO attachments(article, position, url, title, type, length)"
                          " VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
                          error);
        if (!s)
            return false;
        sqlite3_bind_int64(s, 1, article);
        sqlite3_bind_int(s, 2, (int)i + 1);
        store_bind_text(s, 3, a->url);
        store_bind_text(s, 4, a->title);
        store_bind_text(s, 5, a->type);
        if (a->length >= 0)
            sqlite3_bind_int64(s, 6, a->length);
        if (!store_run(store, s, error))
            return false;
    }
    s = store_prepare(
        store, "UPDATE articles SET attachments = ?2 WHERE id = ?1 AND attachments <> ?2", error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, article);
    sqlite3_bind_int(s, 2, (int)attachments->len);
    return store_run(store, s, error);
}

static void
append_field(GString *out, const char *text, char end)
{
    g_autofree char *field = g_strdelimit(g_strdup(text ? text : ""), "\t\n", ' ');
    g_string_append_printf(out, "%s%c", field, end);
}

char *
articles_kept_attachments(struct store *store, int64_t article)
{
    GString *out = g_string_new(NULL);
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store,
        "SELECT t.url, f.sha256, t.title FROM attachments t LEFT JOIN files f ON f.url = t.url"
        " WHERE t.article = ?1 ORDER BY t.position",
        NULL);
    if (s)
        sqlite3_bind_int64(s, 1, article);
    while (s && sqlite3_step(s) == SQLITE_ROW)
        for (int i = 0; i < 3; i++) {
            g_autofree char *text = store_column_text(s, i);
            append_field(out, text, i < 2 ? '\t' : '\n');
        }
    return g_string_free(out, FALSE);
}
