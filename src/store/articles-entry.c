/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which article an entry or an address is, and storing entries as articles. */
#include "config.h"

#include "store/articles.h"
#include "store/articles-parts.h"
#include "base/url.h"
#include "store/db.h"
#include "store/early-marks.h"
#include "store/search.h"

#include <string.h>

static int64_t
find_key(struct store *store, int64_t source, const char *key)
{
    AUTO_RESET sqlite3_stmt *s =
        store_prepare(store, "SELECT id FROM articles WHERE source = ?1 AND key = ?2", NULL);
    if (!s)
        return 0;
    sqlite3_bind_int64(s, 1, source);
    store_bind_text(s, 2, key);
    return sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
}

/* --- what an entry is known by --------------------------------------------------------------- */

/*
 * Whether articles of the source needed more than this key: it was shared once, so it tells nothing
 * now.
 */
static bool
was_shared(struct store *store, int64_t source, const char *key)
{
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store,
        "SELECT 1 FROM articles WHERE source = ?1 AND key > ?2 || char(10) AND key < ?2 || char(11) LIMIT 1",
        NULL);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, source);
    store_bind_text(s, 2, key);
    return sqlite3_step(s) == SQLITE_ROW;
}

/* Makes a shared key longer by the next one. */
static char *
with_next(char *key, const char *next)
{
    char *longer = g_strconcat(key, "\n", next, NULL);
    g_free(key);
    return longer;
}

static char *
entry_key(struct store *store, int64_t source, const struct entry *e, const char *identity)
{
    char *key;
    if (e->id && *e->id) {
        key = g_strconcat("i:", e->id, NULL);
        if (!e->shared_id && !was_shared(store, source, key))
            return key;
        if (identity)
            key = with_next(key, identity);
        return !identity || e->shared_link ? with_next(key, e->title) : key;
    }
    if (identity) {
        key = g_strconcat("l:", identity, NULL);
        return e->shared_link || was_shared(store, source, key) ? with_next(key, e->title) : key;
    }
    /* stores hold keys of entries without a date in this form */
    int64_t time = date_is_known(&e->published) ? e->published.time : G_MININT64;
    key = g_strdup_printf("t:%s\n%" G_GINT64_FORMAT, e->title, time);
    return e->shared_title && e->digest ? with_next(key, e->digest) : key;
}

/* An id that is an address, with the other scheme of the web; NULL for others. */
static char *
with_other_scheme(const char *key)
{
    if (g_str_has_prefix(key, "i:http://"))
        return g_strconcat("i:https://", key + strlen("i:http://"), NULL);
    if (g_str_has_prefix(key, "i:https://"))
        return g_strconcat("i:http://", key + strlen("i:https://"), NULL);
    return NULL;
}

static bool
is_purged(struct store *store, int64_t source, const char *key)
{
    AUTO_RESET sqlite3_stmt *s =
        store_prepare(store, "SELECT 1 FROM purged WHERE source = ?1 AND key = ?2", NULL);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, source);
    store_bind_text(s, 2, key);
    return sqlite3_step(s) == SQLITE_ROW;
}

bool
articles_is_purged(struct store *store, int64_t source, const char *link)
{
    g_autofree char *identity = url_identity(link);
    AUTO_RESET sqlite3_stmt *s =
        store_prepare(store, "SELECT 1 FROM purged WHERE identity = ?2 AND source = ?1", NULL);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, source);
    store_bind_text(s, 2, identity);
    return sqlite3_step(s) == SQLITE_ROW;
}

static int64_t
insert_article(struct store *store, int64_t source, const struct entry *e, int64_t now,
               GError **error)
{
    sqlite3_stmt *s = store_prepare(
        store,
        "INSERT INTO articles(source, key, link, identity, title, author, publisher, section, language, published,"
        " published_offset, published_precision, updated, first_seen, sort)"
        " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, coalesce(?10, ?14))",
        error);
    if (!s)
        return 0;
    sqlite3_bind_int64(s, 1, source);
    const char *texts[] = {e->key,    e->link,      e->identity, e->title,
                           e->author, e->publisher, e->section,  e->language};
    for (int i = 0; i < (int)G_N_ELEMENTS(texts); i++)
        store_bind_text(s, 2 + i, texts[i]);
    article_bind_date(s, 10, &e->published);
    article_bind_time(s, 13, &e->updated);
    sqlite3_bind_int64(s, 14, now);
    if (!store_run(store, s, error))
        return 0;
    int64_t id = sqlite3_last_insert_rowid(store->db);
    /* a link that entries share says nothing of one of them */
    return search_add(store, id, error) &&
                   early_marks_take(store, source, id, e->shared_id ? NULL : e->id,
                                    e->shared_link ? NULL : e->link, error)
               ? id
               : 0;
}

/* What it is named by does not say that its page is there: withdrawals_saw_page() does. */
static bool
update_article(struct store *store, int64_t id, const struct entry *e, GError **error)
{
    const char *title = e->untitled ? NULL : e->title;
    if (!article_before_title(store, id, title, error))
        return false;
    sqlite3_stmt *s = store_prepare(
        store,
        "UPDATE articles SET link = coalesce(?2, link), identity = coalesce(?3, identity), title = coalesce(?4, title),"
        " author = coalesce(?5, author), publisher = coalesce(?6, publisher), section = coalesce(?7, section),"
        " language = coalesce(?8, language), published = coalesce(?9, published),"
        " published_offset = CASE WHEN ?9 IS NULL THEN published_offset ELSE ?10 END,"
        " published_precision = CASE WHEN ?9 IS NULL THEN published_precision ELSE ?11 END,"
        " updated = coalesce(?12, updated), sort = coalesce(?9, published, first_seen)"
        " WHERE id = ?1 AND (link IS NOT coalesce(?2, link) OR title IS NOT coalesce(?4, title) OR author IS NOT coalesce(?5, author)"
        " OR published IS NOT coalesce(?9, published) OR updated IS NOT coalesce(?12, updated))",
        error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, id);
    const char *texts[] = {e->link,      e->identity, title,      e->author,
                           e->publisher, e->section,  e->language};
    for (int i = 0; i < (int)G_N_ELEMENTS(texts); i++)
        store_bind_text(s, 2 + i, texts[i]);
    article_bind_date(s, 9, &e->published);
    article_bind_time(s, 12, &e->updated);
    return store_run(store, s, error);
}

/*
 * The article that an entry is though its key says otherwise: the same link and title and, where
 * both have one, date; or the only one with that link, when one of the two has no id.
 */
static int64_t
find_by_signs(struct store *store, int64_t source, const struct entry *e, GHashTable *claimed)
{
    g_autofree char *other = with_other_scheme(e->key);
    int64_t id = other ? find_key(store, source, other) : 0;
    if (id && !(claimed && g_hash_table_contains(claimed, &id)))
        return id;
    if (!e->identity || e->shared_link)
        return 0;
    AUTO_RESET sqlite3_stmt *s =
        store_prepare(store,
                      "SELECT id, key LIKE 'i:%' <> ?5 AND instr(key, char(10)) = 0,"
                      " title IS ?3 AND (published IS NULL OR ?4 IS NULL OR published = ?4)"
                      " FROM articles WHERE identity = ?2 AND source = ?1 ORDER BY id DESC",
                      NULL);
    if (!s)
        return 0;
    sqlite3_bind_int64(s, 1, source);
    store_bind_text(s, 2, e->identity);
    store_bind_text(s, 3, e->title);
    article_bind_time(s, 4, &e->published);
    sqlite3_bind_int(s, 5, e->id && *e->id);
    int candidates = 0;
    int64_t found = 0;
    while (sqlite3_step(s) == SQLITE_ROW) {
        id = sqlite3_column_int64(s, 0);
        if (claimed && g_hash_table_contains(claimed, &id))
            continue;
        if (sqlite3_column_int(s, 2))
            return id;
        candidates++;
        found = sqlite3_column_int(s, 1) ? id : 0;
    }
    return candidates == 1 ? found : 0;
}

static bool
set_key(struct store *store, int64_t id, const char *key, GError **error)
{
    sqlite3_stmt *s = store_prepare(
        store, "UPDATE OR IGNORE articles SET key = ?2 WHERE id = ?1 AND key <> ?2", error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, id);
    store_bind_text(s, 2, key);
    return store_run(store, s, error);
}

int64_t
articles_put(struct store *store, int64_t source, const struct entry *e, int64_t known,
             GHashTable *claimed, int64_t now, bool *is_new, GError **error)
{
    bool by_key = known == ARTICLES_BY_KEY;
    *is_new = false;
    if ((!known || by_key) && !(known = find_key(store, source, e->key))) {
        if (is_purged(store, source, e->key))
            return ARTICLES_PURGED;
        known = by_key ? 0 : find_by_signs(store, source, e, claimed);
        if (known && !set_key(store, known, e->key, error))
            return 0;
    }
    *is_new = known == 0;
    if (!known)
        return insert_article(store, source, e, now, error);
    return update_article(store, known, e, error) ? known : 0;
}

bool
articles_any(struct store *store, int64_t source)
{
    AUTO_RESET sqlite3_stmt *s =
        store_prepare(store, "SELECT 1 FROM articles WHERE source = ?1 LIMIT 1", NULL);
    if (!s)
        return true;
    sqlite3_bind_int64(s, 1, source);
    return sqlite3_step(s) != SQLITE_DONE;
}

int64_t
articles_find(struct store *store, int64_t source, const struct entry *entry)
{
    return find_key(store, source, entry->key);
}

void
articles_identify(struct store *store, int64_t source, struct entry *e)
{
    if (!e->identity && e->link)
        e->identity = url_identity(e->link);
    g_free(e->key);
    e->key = entry_key(store, source, e, e->identity);
}

int64_t
articles_by_link(struct store *store, int64_t source, const char *link)
{
    g_autofree char *identity = url_identity(link), *strict = url_strict_identity(link);
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store,
        "SELECT id FROM articles WHERE identity IN (?2, ?3) AND source = ?1 ORDER BY identity = ?3 DESC, id LIMIT 1",
        NULL);
    if (!s)
        return 0;
    sqlite3_bind_int64(s, 1, source);
    store_bind_text(s, 2, identity);
    store_bind_text(s, 3, strict);
    return sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
}

int64_t
articles_by_identity(struct store *store, const char *link)
{
    g_autofree char *identity = url_identity(link);
    AUTO_RESET sqlite3_stmt *s =
        store_prepare(store, "SELECT min(id) FROM articles WHERE identity = ?1", NULL);
    if (!s)
        return 0;
    store_bind_text(s, 1, identity);
    return sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
}
