/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Groups as what hangs together by names that are believed. */
#include "config.h"

#include "store/edition-groups.h"
#include "base/host.h"
#include "base/url.h"
#include "store/db.h"
#include "text/language.h"

/*
 * The most articles of a group, in as many languages, and of an address.  What names more is a
 * template's doing.
 */
#define MAX_GROUP 64

struct member {
    int64_t id, group, source;           /* group: the one that it has; 0: none */
    char *identity, *language, *link;    /* may be NULL */
    char *portal, *section, *url, *home; /* of its source; may be NULL but for url */
};

static void
member_free(gpointer data)
{
    struct member *m = data;
    if (!m) /* the group has taken it */
        return;
    char *texts[] = {m->identity, m->language, m->link, m->portal, m->section, m->url, m->home};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        g_free(texts[i]);
    g_free(m);
}

#define MEMBER \
    "SELECT b.id, coalesce(b.edition_group, 0), b.source, b.identity, coalesce(b.language, s.language)," \
    " b.link, s.portal, s.section, s.url, s.home"
#define SOURCE " CROSS JOIN sources s ON s.id = b.source"

static struct member *
read_member(sqlite3_stmt *s)
{
    struct member *m = g_new0(struct member, 1);
    m->id = sqlite3_column_int64(s, 0);
    m->group = sqlite3_column_int64(s, 1);
    m->source = sqlite3_column_int64(s, 2);
    char **texts[] = {&m->identity, &m->language, &m->link, &m->portal,
                      &m->section,  &m->url,      &m->home};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        *texts[i] = store_column_text(s, 3 + (int)i);
    return m;
}

/* --- whom to believe ---------------------------------------------------------------------- */

/* What a page says of the language of another: 1 that it is that one, -1 another, 0 nothing. */
static int
says(struct store *store, const struct member *page, const struct member *other)
{
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store, "SELECT language, identity FROM editions WHERE article = ?1 AND scope = 'article'",
        NULL);
    int said = 0;
    if (!s)
        return -1;
    sqlite3_bind_int64(s, 1, page->id);
    while (said != 1 && sqlite3_step(s) == SQLITE_ROW) {
        if (g_strcmp0((const char *)sqlite3_column_text(s, 1), other->identity) == 0)
            said = 1;
        else if (language_is_alike((const char *)sqlite3_column_text(s, 0), other->language))
            said = -1;
    }
    return said;
}

/* Whether another article of a page's language names the same one. */
static bool
is_one_of_many(struct store *store, const struct member *page, const struct member *named)
{
    /* of what more name than can be in a group, each would see others than the next one */
    AUTO_RESET sqlite3_stmt *hub = store_prepare(
        store, "SELECT 1 FROM editions WHERE identity = ?1 AND scope = 'article' LIMIT 1 OFFSET ?2",
        NULL);
    if (!hub)
        return true;
    store_bind_text(hub, 1, named->identity);
    sqlite3_bind_int(hub, 2, MAX_GROUP);
    if (sqlite3_step(hub) == SQLITE_ROW)
        return true;
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store,
        "SELECT 1 FROM editions e CROSS JOIN articles b ON b.id = e.article" SOURCE
        " WHERE e.identity = ?1 AND e.scope = 'article' AND b.identity IS NOT ?2 AND b.id <> ?3"
        " AND coalesce(b.language, s.language) IS ?4 LIMIT 1",
        NULL);
    if (!s)
        return true;
    store_bind_text(s, 1, named->identity);
    store_bind_text(s, 2, page->identity);
    sqlite3_bind_int64(s, 3, page->id);
    store_bind_text(s, 4, page->language);
    return sqlite3_step(s) == SQLITE_ROW;
}

/* --- who stands for an address ------------------------------------------------------------ */

/* How near a member is to another as its edition, the nearest first. */
enum nearness { OF_SOURCE, OF_SECTION, OF_PORTAL, OF_SITE, OF_ELSEWHERE };

/* Whether its source links to pages of its own, and not to those of others. */
static bool
is_at_home(const struct member *m)
{
    if (m->portal)
        return true;
    g_autofree char *there = m->link ? url_host(m->link) : NULL, *feed = url_host(m->url),
                    *home = m->home ? url_host(m->home) : NULL;
    return there && ((feed && host_is_akin(feed, there)) || (home && host_is_akin(home, there)));
}

static enum nearness
nearness(const struct member *to, const struct member *m)
{
    if (to->source == m->source)
        return OF_SOURCE;
    if (to->portal && g_strcmp0(to->portal, m->portal) == 0)
        return to->section && g_strcmp0(to->section, m->section) == 0 ? OF_SECTION : OF_PORTAL;
    return is_at_home(m) ? OF_SITE : OF_ELSEWHERE;
}

/* Whether of two that link to the same page the first is the one that is meant. */
static bool
is_nearer(const struct member *to, const struct member *m, const struct member *other)
{
    enum nearness own = nearness(to, m), its = nearness(to, other);
    return own < its || (own == its && m->id < other->id);
}

/*
 * Whether of all articles that link to the same page as this one it is the nearest to another: a
 * page names addresses, which the articles of several sections and of other sites may have.
 */
static bool
is_nearest(struct store *store, const struct member *to, const struct member *m)
{
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store, MEMBER " FROM articles b" SOURCE " WHERE b.identity = ?1 LIMIT ?2", NULL);
    int count = 0;
    bool nearest = s && nearness(to, m) != OF_ELSEWHERE;
    if (!nearest)
        return false;
    store_bind_text(s, 1, m->identity);
    sqlite3_bind_int(s, 2, MAX_GROUP + 1); /* what more link to is no page of one article */
    while (nearest && sqlite3_step(s) == SQLITE_ROW) {
        struct member *other = read_member(s);
        nearest = ++count <= MAX_GROUP && !is_nearer(to, other, m);
        member_free(other);
    }
    return nearest;
}

/* Whether a page that names another is believed. */
static bool
is_believed(struct store *store, const struct member *page, const struct member *named)
{
    if (g_strcmp0(page->language, named->language) == 0)
        return false;
    if (g_strcmp0(page->identity, named->identity) == 0) /* one page in both languages */
        return nearness(page, named) <= OF_PORTAL;
    int said = says(store, named, page);
    return (said > 0 || (said == 0 && !is_one_of_many(store, page, named))) &&
           is_nearest(store, page, named) && is_nearest(store, named, page);
}

/* --- what hangs together ------------------------------------------------------------------ */

static bool
has(const GPtrArray *group, int64_t article)
{
    for (guint i = 0; i < group->len; i++)
        if (((const struct member *)g_ptr_array_index(group, i))->id == article)
            return true;
    return false;
}

static int
by_number(gconstpointer a, gconstpointer b)
{
    const struct member *x = *(struct member *const *)a, *y = *(struct member *const *)b;
    return x->id < y->id ? -1 : x->id > y->id;
}

/* Takes what a page names (`named`), or what names it, into its group. */
static bool
take(struct store *store, GPtrArray *group, const struct member *page, const char *sql, bool named,
     GError **error)
{
    g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(member_free);
    AUTO_RESET sqlite3_stmt *s = store_prepare(store, sql, error);
    int code;
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, page->id);
    store_bind_text(s, 2, page->identity);
    sqlite3_bind_int(s, 3, MAX_GROUP + 1);
    while ((code = store_step(store, s, error)) == SQLITE_ROW)
        g_ptr_array_add(found, read_member(s));
    if (code != SQLITE_DONE)
        return false;
    for (guint i = 0; i < found->len; i++) {
        struct member *m = g_ptr_array_index(found, i);
        if (has(group, m->id) || !is_believed(store, named ? page : m, named ? m : page))
            continue;
        g_ptr_array_add(group, m);
        found->pdata[i] = NULL;
    }
    return true;
}

/* The group of an article, with it; more than MAX_GROUP: none. */
static bool
collect(struct store *store, GPtrArray *group, GError **error)
{
    static const char in[] = MEMBER
        " FROM editions e CROSS JOIN articles b ON b.id = e.article" SOURCE
        " WHERE e.identity = ?2 AND e.scope = 'article' AND b.id <> ?1 LIMIT ?3";
    static const char out[] = MEMBER
        " FROM editions e CROSS JOIN articles b ON b.identity = e.identity" SOURCE
        " WHERE e.article = ?1 AND e.scope = 'article' AND b.id <> ?1 LIMIT ?3";
    static const char same[] = MEMBER " FROM articles b" SOURCE
                                      " WHERE b.identity = ?2 AND b.id <> ?1 LIMIT ?3";
    for (guint i = 0; i < group->len && group->len <= MAX_GROUP; i++) {
        const struct member *page = g_ptr_array_index(group, i);
        if (!take(store, group, page, out, true, error) ||
            !take(store, group, page, in, false, error) ||
            !take(store, group, page, same, true, error))
            return false;
    }
    return true;
}

/*
 * Leaves of each language the first article of a page: another one that came by way of a third
 * language is a row of its own.
 */
static void
leave_one_each(GPtrArray *group)
{
    g_ptr_array_sort(group, by_number);
    for (guint i = group->len; i-- > 0;) {
        const struct member *a = g_ptr_array_index(group, i);
        bool again = false;
        for (guint k = 0; k < i && !again; k++) {
            const struct member *b = g_ptr_array_index(group, k);
            again = g_strcmp0(a->language, b->language) == 0 &&
                    g_strcmp0(a->identity, b->identity) == 0;
        }
        if (again)
            g_ptr_array_remove_index(group, i);
    }
}

/* Whether it is one article in several languages, of which each has one page. */
static bool
is_sound(const GPtrArray *group)
{
    bool several = false;
    for (guint i = 0; i < group->len; i++) {
        const struct member *a = g_ptr_array_index(group, i);
        for (guint k = 0; k < i; k++) {
            const struct member *b = g_ptr_array_index(group, k);
            bool same = g_strcmp0(a->language, b->language) == 0;
            if (same && g_strcmp0(a->identity, b->identity) != 0)
                return false;
            several |= !same;
        }
    }
    return several && group->len <= MAX_GROUP;
}

/* --- writing it down ---------------------------------------------------------------------- */

#define PUT_GROUP "UPDATE articles SET edition_group = ?2 WHERE id = ?1"
#define WAIT      "INSERT OR IGNORE INTO editions_wait(article) VALUES(?1)"

static bool
run(struct store *store, const char *sql, int64_t article, int64_t group, GError **error)
{
    sqlite3_stmt *s = store_prepare(store, sql, error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, article);
    if (group)
        sqlite3_bind_int64(s, 2, group);
    return store_run(store, s, error);
}

/* Who has a number that is theirs and does not belong to them any more stands alone for now. */
static bool
part(struct store *store, const GPtrArray *members, int64_t group, GError **error)
{
    g_autoptr(GArray) gone = g_array_new(FALSE, FALSE, sizeof(int64_t));
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store, "SELECT id FROM articles INDEXED BY articles_by_group WHERE edition_group = ?1",
        error);
    int code;
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, group);
    while ((code = store_step(store, s, error)) == SQLITE_ROW) {
        int64_t article = sqlite3_column_int64(s, 0);
        if (!has(members, article))
            g_array_append_val(gone, article);
    }
    for (guint i = 0; code == SQLITE_DONE && i < gone->len; i++) {
        int64_t article = g_array_index(gone, int64_t, i);
        if (!run(store, PUT_GROUP, article, 0, error) || !run(store, WAIT, article, 0, error))
            return false;
    }
    return code == SQLITE_DONE;
}

/* Who is new in a group of which something is read. */
static bool
read_with_group(struct store *store, int64_t article, int64_t group, GError **error)
{
    sqlite3_stmt *s = store_prepare(
        store,
        "INSERT INTO marks(article, read) SELECT a.id, 1 FROM articles a CROSS JOIN sources s ON s.id = a.source"
        " WHERE a.id = ?1 AND EXISTS (SELECT 1 FROM articles b INDEXED BY articles_by_group"
        " CROSS JOIN sources t ON t.id = b.source CROSS JOIN marks m ON m.article = b.id"
        " WHERE b.edition_group = ?2 AND b.id <> ?1 AND m.read = 1"
        " AND crier_language_rank(coalesce(b.language, t.language), ?3)"
        " <= crier_language_rank(coalesce(a.language, s.language), ?3))"
        " ON CONFLICT(article) DO UPDATE SET read = 1 WHERE read = 0",
        error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, article);
    sqlite3_bind_int64(s, 2, group);
    store_bind_text(s, 3, store->read_languages);
    return store_run(store, s, error);
}

static bool
put_group(struct store *store, const GPtrArray *members, int64_t group, GError **error)
{
    if (group && !part(store, members, group, error))
        return false;
    for (guint i = 0; i < members->len; i++) {
        const struct member *m = g_ptr_array_index(members, i);
        if (m->group == group)
            continue;
        if ((m->group && !part(store, members, m->group, error)) ||
            !run(store, PUT_GROUP, m->id, group, error))
            return false;
    }
    for (guint i = 0; group && store->read_languages && i < members->len; i++) {
        const struct member *m = g_ptr_array_index(members, i);
        if (m->group != group && !read_with_group(store, m->id, group, error))
            return false;
    }
    return true;
}

static bool
find_group(struct store *store, int64_t article, GError **error)
{
    g_autoptr(GPtrArray) group = g_ptr_array_new_with_free_func(member_free);
    AUTO_RESET sqlite3_stmt *s =
        store_prepare(store, MEMBER " FROM articles b" SOURCE " WHERE b.id = ?1", error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, article);
    int code = store_step(store, s, error);
    if (code != SQLITE_ROW)
        return code == SQLITE_DONE;
    g_ptr_array_add(group, read_member(s));
    if (!collect(store, group, error))
        return false;
    leave_one_each(group);
    if (!has(group, article) && !run(store, PUT_GROUP, article, 0, error))
        return false;
    int64_t least = ((const struct member *)g_ptr_array_index(group, 0))->id;
    return put_group(store, group, is_sound(group) ? least : 0, error);
}

/* What a statement finds by an article (?1) and a number (?2), owned; NULL and error. */
static GPtrArray *
read_members(struct store *store, const char *sql, int64_t article, int64_t group, GError **error)
{
    g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(member_free);
    AUTO_RESET sqlite3_stmt *s = store_prepare(store, sql, error);
    int code = SQLITE_ERROR;
    if (!s)
        return NULL;
    sqlite3_bind_int64(s, 1, article);
    sqlite3_bind_int64(s, 2, group);
    while ((code = store_step(store, s, error)) == SQLITE_ROW)
        g_ptr_array_add(found, read_member(s));
    return code == SQLITE_DONE ? g_steal_pointer(&found) : NULL;
}

/*
 * Finds the groups of those that link to the same page as an article and stood for it, where this
 * one is nearer.
 */
static bool
find_displaced(struct store *store, int64_t article, GError **error)
{
    static const char one[] = MEMBER " FROM articles b" SOURCE " WHERE b.id = ?1 AND ?2";
    static const char same[] = MEMBER
        " FROM articles a CROSS JOIN articles b ON b.identity = a.identity" SOURCE
        " WHERE a.id = ?1 AND b.id <> ?1 AND b.edition_group IS NOT NULL LIMIT ?2";
    static const char group[] = MEMBER
        " FROM articles b INDEXED BY articles_by_group CROSS JOIN sources s ON s.id = b.source"
        " WHERE b.edition_group = ?2 AND b.id <> ?1";
    g_autoptr(GPtrArray) self = read_members(store, one, article, 1, error),
                         rivals = self ? read_members(store, same, article, MAX_GROUP, error)
                                       : NULL;
    for (guint i = 0; rivals && self->len && i < rivals->len; i++) {
        const struct member *own = g_ptr_array_index(self, 0),
                            *rival = g_ptr_array_index(rivals, i);
        g_autoptr(GPtrArray) others = read_members(store, group, rival->id, rival->group, error);
        bool displaced = false;
        for (guint k = 0; others && k < others->len; k++)
            displaced |= own->group != rival->group &&
                         is_nearer(g_ptr_array_index(others, k), own, rival);
        if (!others || (displaced && !find_group(store, rival->id, error)))
            return false;
    }
    return rivals != NULL;
}

bool
edition_groups_follow(struct store *store, int limit, GError **error)
{
    g_autoptr(GArray) articles = g_array_new(FALSE, FALSE, sizeof(int64_t));
    AUTO_RESET sqlite3_stmt *s =
        store_prepare(store, "SELECT article FROM editions_wait ORDER BY article LIMIT ?1", error);
    int code;
    if (!s)
        return false;
    sqlite3_bind_int(s, 1, limit);
    while ((code = store_step(store, s, error)) == SQLITE_ROW) {
        int64_t article = sqlite3_column_int64(s, 0);
        g_array_append_val(articles, article);
    }
    for (guint i = 0; code == SQLITE_DONE && i < articles->len; i++) {
        int64_t article = g_array_index(articles, int64_t, i);
        if (!run(store, "DELETE FROM editions_wait WHERE article = ?1", article, 0, error) ||
            !find_group(store, article, error) || !find_displaced(store, article, error))
            return false;
    }
    return code == SQLITE_DONE;
}

bool
edition_groups_are_complete(struct store *store)
{
    AUTO_RESET sqlite3_stmt *s = store_prepare(store, "SELECT 1 FROM editions_wait LIMIT 1", NULL);
    return s && sqlite3_step(s) == SQLITE_DONE;
}

void
edition_groups_read_all(struct store *store, const char *languages)
{
    g_free(store->read_languages);
    store->read_languages = g_strdup(languages);
}

bool
edition_groups_any(struct store *store)
{
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store,
        "SELECT 1 FROM articles INDEXED BY articles_by_group WHERE edition_group IS NOT NULL LIMIT 1",
        NULL);
    return s && sqlite3_step(s) == SQLITE_ROW;
}

char *
edition_groups_languages(struct store *store, int64_t group, const char *own)
{
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store,
        "SELECT group_concat(DISTINCT coalesce(b.language, s.language))"
        " FROM articles b INDEXED BY articles_by_group" SOURCE
        " WHERE b.edition_group = ?1 AND coalesce(b.language, s.language) IS NOT ?2"
        " AND NOT EXISTS (SELECT 1 FROM marks m WHERE m.article = b.id AND m.deleted = 1)",
        NULL);
    if (!s)
        return NULL;
    sqlite3_bind_int64(s, 1, group);
    store_bind_text(s, 2, own);
    return sqlite3_step(s) == SQLITE_ROW ? store_column_text(s, 0) : NULL;
}

static void
clear_copy(gpointer copy)
{
    g_strfreev(((struct edition_copy *)copy)->tags);
}

GArray *
edition_groups_copies(struct store *store, int64_t group, int64_t article)
{
    GArray *copies = g_array_new(FALSE, FALSE, sizeof(struct edition_copy));
    g_array_set_clear_func(copies, clear_copy);
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store,
        "SELECT b.id, coalesce(m.starred, 0),"
        " (SELECT group_concat(t.tag, char(10)) FROM tags t WHERE t.article = b.id)"
        " FROM articles b INDEXED BY articles_by_group LEFT JOIN marks m ON m.article = b.id"
        " WHERE b.edition_group = ?1 AND b.id <> ?2 AND coalesce(m.deleted, 0) = 0 ORDER BY b.id",
        NULL);
    if (!s)
        return copies;
    sqlite3_bind_int64(s, 1, group);
    sqlite3_bind_int64(s, 2, article);
    while (sqlite3_step(s) == SQLITE_ROW) {
        g_autofree char *tags = store_column_text(s, 2);
        struct edition_copy copy = {sqlite3_column_int64(s, 0), sqlite3_column_int(s, 1),
                                    tags ? g_strsplit(tags, "\n", -1) : g_new0(char *, 1)};
        g_array_append_val(copies, copy);
    }
    return copies;
}

GArray *
edition_groups_others(struct store *store, int64_t article)
{
    GArray *others = g_array_new(FALSE, FALSE, sizeof(int64_t));
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store,
        "SELECT b.id FROM articles a CROSS JOIN articles b INDEXED BY articles_by_group"
        " ON b.edition_group = a.edition_group WHERE a.id = ?1 AND b.id <> ?1 ORDER BY b.id",
        NULL);
    if (!s)
        return others;
    sqlite3_bind_int64(s, 1, article);
    while (sqlite3_step(s) == SQLITE_ROW) {
        int64_t other = sqlite3_column_int64(s, 0);
        g_array_append_val(others, other);
    }
    return others;
}

guint
edition_groups_count(struct store *store, const GArray *articles)
{
    AUTO_RESET sqlite3_stmt *s =
        store_prepare(store,
                      "SELECT count(DISTINCT coalesce(a.edition_group, -j.value))"
                      " FROM json_each(?1) j LEFT JOIN articles a ON a.id = j.value",
                      NULL);
    if (!s)
        return articles->len;
    store_bind_numbers(s, 1, articles);
    return sqlite3_step(s) == SQLITE_ROW ? (guint)sqlite3_column_int64(s, 0) : articles->len;
}

GArray *
edition_groups_rest(struct store *store, const GArray *articles, const bool *unlike)
{
    GArray *rest = g_array_new(FALSE, FALSE, sizeof(int64_t));
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store,
        "SELECT b.id FROM articles b INDEXED BY articles_by_group LEFT JOIN marks m ON m.article = b.id"
        " WHERE b.edition_group IN (SELECT a.edition_group FROM json_each(?1) j CROSS JOIN articles a ON a.id = j.value)"
        " AND b.id NOT IN (SELECT value FROM json_each(?1)) AND (?2 IS NULL OR coalesce(m.read, 0) <> ?2) ORDER BY b.id",
        NULL);
    if (!s)
        return rest;
    store_bind_numbers(s, 1, articles);
    if (unlike)
        sqlite3_bind_int(s, 2, *unlike);
    while (sqlite3_step(s) == SQLITE_ROW) {
        int64_t other = sqlite3_column_int64(s, 0);
        g_array_append_val(rest, other);
    }
    return rest;
}
