/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading the table `citations`. */
#include "config.h"

#include "store/citations.h"
#include "store/db.h"

static void
free_cited(gpointer data)
{
    struct cited *cited = data;
    g_free(cited->number);
    g_free(cited->title);
    g_free(cited);
}

GPtrArray *
citations_of(struct store *store, int64_t article, GError **error)
{
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store,
        "SELECT c.shown, c.own, a.id, a.title FROM citations c"
        " LEFT JOIN citations o ON o.key = c.key AND o.article <> c.article AND (o.own OR c.own)"
        " LEFT JOIN articles a ON a.id = o.article"
        " AND NOT EXISTS (SELECT 1 FROM marks m WHERE m.article = a.id AND m.deleted = 1)"
        " WHERE c.article = ?1 ORDER BY c.own DESC, c.position, a.sort DESC, a.id DESC",
        error);
    if (!s)
        return NULL;
    sqlite3_bind_int64(s, 1, article);
    g_autoptr(GPtrArray) out = g_ptr_array_new_with_free_func(free_cited);
    int code;
    while ((code = store_step(store, s, error)) == SQLITE_ROW) {
        struct cited *cited = g_new0(struct cited, 1);
        cited->number = store_column_text(s, 0);
        cited->own = sqlite3_column_int(s, 1);
        cited->article = sqlite3_column_int64(s, 2);
        cited->title = store_column_text(s, 3);
        g_ptr_array_add(out, cited);
    }
    return code == SQLITE_DONE ? g_steal_pointer(&out) : NULL;
}

bool
citations_has_related(struct store *store, int64_t article)
{
    g_autoptr(GPtrArray) cited = citations_of(store, article, NULL);
    for (guint i = 0; cited && i < cited->len; i++)
        if (((const struct cited *)g_ptr_array_index(cited, i))->article)
            return true;
    return false;
}
