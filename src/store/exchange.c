/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding articles by what other programs know of them. */
#include "config.h"

#include "store/exchange.h"
#include "store/articles.h"
#include "store/db.h"

#include <string.h>

void
article_origin_clear(struct article_origin *origin)
{
    g_free(origin->source);
    g_free(origin->id);
    g_free(origin->key);
}

bool
exchange_origin(struct store *store, int64_t article, struct article_origin *origin, GError **error)
{
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store,
        "SELECT s.url, a.key, coalesce(a.withdrawn, 0),"
        " coalesce((SELECT d.seen FROM documents d WHERE d.article = a.id ORDER BY d.revision DESC LIMIT 1), 0)"
        " FROM articles a JOIN sources s ON s.id = a.source WHERE a.id = ?1",
        error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, article);
    if (store_step(store, s, error) != SQLITE_ROW)
        return false;
    *origin = (struct article_origin){.source = store_column_text(s, 0),
                                      .key = store_column_text(s, 1),
                                      .withdrawn = sqlite3_column_int64(s, 2),
                                      .revised = sqlite3_column_int64(s, 3)};
    if (origin->key && g_str_has_prefix(origin->key, "i:"))
        origin->id = g_strdup(origin->key + strlen("i:"));
    return true;
}

/* The first column of the only row, or 0. */
static int64_t
number_of(struct store *store, sqlite3_stmt *s)
{
    return store_step(store, s, NULL) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
}

static int64_t
source_of(struct store *store, const char *url)
{
    AUTO_RESET sqlite3_stmt *s =
        store_prepare(store, "SELECT id FROM sources WHERE url = ?1", NULL);
    if (!s)
        return 0;
    store_bind_query(s, 1, url);
    return number_of(store, s);
}

static int64_t
find_by_id(struct store *store, int64_t source, const char *id)
{
    g_autofree char *key = g_strconcat("i:", id, NULL);
    AUTO_RESET sqlite3_stmt *s =
        store_prepare(store, "SELECT id FROM articles WHERE source = ?1 AND key = ?2", NULL);
    if (!s)
        return 0;
    sqlite3_bind_int64(s, 1, source);
    store_bind_query(s, 2, key);
    return number_of(store, s);
}

int64_t
exchange_find(struct store *store, const char *source, const char *id, const char *link)
{
    int64_t number = source ? source_of(store, source) : 0;
    int64_t article = number && id ? find_by_id(store, number, id) : 0;
    if (!article && number && link)
        article = articles_by_link(store, number, link);
    return article || !link ? article : articles_by_identity(store, link);
}
