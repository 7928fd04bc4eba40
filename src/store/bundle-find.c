/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which article of the store one of a bundle is: by its key, or by signs. */
#include "config.h"

#include "store/bundle-find.h"
#include "base/url.h"
#include "store/bundle-record.h"
#include "store/db.h"

void
bundle_bind_identity(sqlite3_stmt *s, int index, const json_t *row)
{
    const char *link = bundle_text(row, "link");
    g_autofree char *identity = link ? url_identity(link) : NULL;
    store_bind_text(s, index, identity);
}

/*
 * Signs by which an article is known that its source names differently now (articles-entry.c): when
 * it was found, link and title.  They say something only where they are those of one.  The index
 * goes by the link: all of a fetch were found at one moment.
 */
#define ALIKE "identity = ?2 AND +source = ?1 AND +first_seen = ?3 AND title = ?4"

static sqlite3_stmt *
select_alike(struct store *store, const char *sql, int64_t source, const json_t *row,
             GError **error)
{
    sqlite3_stmt *s = store_prepare(store, sql, error);
    if (!s)
        return NULL;
    sqlite3_bind_int64(s, 1, source);
    bundle_bind_identity(s, 2, row);
    sqlite3_bind_int64(s, 3, bundle_number(row, "first_seen"));
    store_bind_text(s, 4, bundle_text(row, "title"));
    return s;
}

/* How many are alike, up to 2, and one of them. */
static bool
count_alike(struct store *store, int64_t source, const json_t *row, guint *count, int64_t *id,
            GError **error)
{
    AUTO_RESET sqlite3_stmt *s =
        select_alike(store, "SELECT id FROM articles WHERE " ALIKE " LIMIT 2", source, row, error);
    int code = SQLITE_ERROR;
    *count = 0;
    while (s && (code = store_step(store, s, error)) == SQLITE_ROW) {
        *id = sqlite3_column_int64(s, 0);
        ++*count;
    }
    return s && code == SQLITE_DONE;
}

/* A row of purged articles, as one key. */
static char *
purged_name(int64_t source, const char *key)
{
    return g_strdup_printf("%" G_GINT64_FORMAT "\n%s", source, key);
}

/* That the bundle has brought one that was purged. */
static void
claim_purged(struct bundle_merge *merge, int64_t source, const char *key)
{
    g_hash_table_add(merge->purged, purged_name(source, key));
}

/* The key of one that was purged, is alike and did not come yet; owned, or NULL. */
static bool
find_purged(struct store *store, int64_t source, const json_t *row,
            const struct bundle_merge *merge, char **key, GError **error)
{
    AUTO_RESET sqlite3_stmt *s =
        select_alike(store, "SELECT key FROM purged WHERE " ALIKE, source, row, error);
    int code = SQLITE_ERROR;
    while (s && !*key && (code = store_step(store, s, error)) == SQLITE_ROW) {
        g_autofree char *one = store_column_text(s, 0), *name = purged_name(source, one);
        if (!g_hash_table_contains(merge->purged, name))
            *key = g_steal_pointer(&one);
    }
    return *key || (s && code == SQLITE_DONE);
}

/* One that was purged is known by its new key, too. */
static bool
add_purged_key(struct store *store, int64_t source, const char *former, const char *key,
               struct bundle_merge *merge, GError **error)
{
    claim_purged(merge, source, former);
    claim_purged(merge, source, key); /* the next one that is alike is another */
    sqlite3_stmt *s = store_prepare(
        store,
        "INSERT OR IGNORE INTO purged(source, key, identity, first_seen, title)"
        " SELECT source, ?3, identity, first_seen, title FROM purged WHERE source = ?1 AND key = ?2",
        error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, source);
    store_bind_text(s, 2, former);
    store_bind_text(s, 3, key);
    return store_run(store, s, error);
}

static bool
set_key(struct store *store, int64_t id, const char *key, GError **error)
{
    sqlite3_stmt *s = store_prepare(store, "UPDATE articles SET key = ?2 WHERE id = ?1", error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, id);
    store_bind_text(s, 2, key);
    return store_run(store, s, error);
}

/*
 * Whether it is the only one that is alike, of those that are here and of those that were purged:
 * then it is that one, and gets the key.  Not one that the bundle has brought already, be it by its
 * key: that is another one.
 */
static bool
find_renamed(struct store *store, int64_t source, const json_t *row, struct bundle_merge *merge,
             int64_t *id, bool *purged, GError **error)
{
    const char *key = bundle_text(row, "key");
    g_autofree char *former = NULL;
    int64_t one = 0;
    guint count;
    if (!bundle_text(row, "link"))
        return true;
    if (!count_alike(store, source, row, &count, &one, error) ||
        !find_purged(store, source, row, merge, &former, error))
        return false;
    bool is_here = count == 1 && !g_hash_table_contains(merge->claimed, &one);
    if (is_here && !former) {
        *id = one;
        return set_key(store, one, key, error);
    }
    *purged = former && !is_here && count < 2;
    return !*purged || add_purged_key(store, source, former, key, merge, error);
}

bool
bundle_find_article(struct store *store, int64_t source, const json_t *row,
                    struct bundle_merge *merge, int64_t *id, bool *purged, GError **error)
{
    {
        AUTO_RESET sqlite3_stmt *s =
            store_prepare(store,
                          "SELECT (SELECT id FROM articles WHERE source = ?1 AND key = ?2),"
                          " EXISTS (SELECT 1 FROM purged WHERE source = ?1 AND key = ?2)",
                          error);
        if (!s)
            return false;
        sqlite3_bind_int64(s, 1, source);
        store_bind_text(s, 2, bundle_text(row, "key"));
        if (store_step(store, s, error) != SQLITE_ROW)
            return false;
        *id = sqlite3_column_int64(s, 0);
        *purged = !*id && sqlite3_column_int(s, 1);
    }
    if (*purged)
        claim_purged(merge, source, bundle_text(row, "key"));
    return *id || *purged || find_renamed(store, source, row, merge, id, purged, error);
}
