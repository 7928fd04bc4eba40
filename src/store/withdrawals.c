/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Doubts, withdrawals and returns, and whose page is asked for again. */
#include "config.h"

#include "store/withdrawals.h"
#include "base/number.h"
#include "base/url.h"
#include "store/changes.h"
#include "store/db.h"

#include <string.h>

/*
 * Seconds: a page is asked for again six hours after it was new, then when the time since then has
 * doubled: five times in a week.  A doubt is looked at after an hour, then likewise, and so is from
 * its beginning on what was withdrawn.  A page of which a title tells that it is another waits for
 * an hour since it was asked for last, and when it fails then, likewise, counted from that failure.
 */
#define FIRST_AGAIN "21600"
#define DOUBT_AGAIN "3600"

#define UNLISTED G_STRINGIFY(6)
_Static_assert(WITHDRAWAL_UNLISTED == 6, "its number is in SQL");

/* --- what is written ---------------------------------------------------------------------- */

static bool
run_for(struct store *store, const char *sql, int64_t article, int64_t now, int kind,
        GError **error)
{
    sqlite3_stmt *s = store_prepare(store, sql, error);
    if (!s)
        return false;
    int64_t values[] = {article, now, kind};
    for (int i = 1; i <= sqlite3_bind_parameter_count(s); i++)
        sqlite3_bind_int64(s, i, values[i - 1]);
    return store_run(store, s, error);
}

/* Behind an UPDATE of `withdrawn`: whether it changed anything, it is noted. */
static bool
note(struct store *store, int64_t article, enum change_kind kind,
     const struct withdrawal_sign *sign, int64_t now, GError **error)
{
    if (!sqlite3_changes(store->db))
        return true;
    sqlite3_stmt *s = store_prepare(
        store,
        "INSERT INTO changes(article, kind, revision, at, evidence, status, place)"
        " SELECT id, ?2, revisions, ?3, nullif(?4, 0), nullif(?5, 0), ?6 FROM articles WHERE id = ?1",
        error);
    if (!s)
        return false;
    g_autofree char *place = sign->place ? url_public(sign->place) : NULL;
    sqlite3_bind_int64(s, 1, article);
    sqlite3_bind_int(s, 2, kind);
    sqlite3_bind_int64(s, 3, now);
    sqlite3_bind_int(s, 4, (int)sign->kind);
    sqlite3_bind_int(s, 5, sign->status);
    store_bind_text(s, 6, place);
    return store_run(store, s, error);
}

static bool
withdraw(struct store *store, int64_t article, const struct withdrawal_sign *sign, int64_t now,
         GError **error)
{
    return run_for(store, "UPDATE articles SET withdrawn = ?2 WHERE id = ?1 AND withdrawn IS NULL",
                   article, now, 0, error) &&
           note(store, article, CHANGE_WITHDRAWN, sign, now, error);
}

/* Since when there is a doubt that may be believed, `now` when there was none. */
static int64_t
doubted_since(struct store *store, int64_t article, int64_t now)
{
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store, "SELECT since FROM rechecks WHERE article = ?1 AND since IS NOT NULL", NULL);
    if (!s)
        return now;
    sqlite3_bind_int64(s, 1, article);
    return sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : now;
}

bool
withdrawals_take_sign(struct store *store, int64_t article, const struct withdrawal_sign *sign,
                      int64_t after, int64_t now, GError **error)
{
    /* a list does not say when the page was asked for, which the next fetch does */
    static const char of_list[] =
        "INSERT INTO rechecks(article, asked, kind, since) VALUES(?1, 0, ?3, ?2)"
        " ON CONFLICT(article) DO UPDATE SET kind = ?3, since = coalesce(since, ?2) WHERE kind IS NULL";
    static const char of_page[] =
        "INSERT INTO rechecks(article, asked, kind, since) VALUES(?1, ?2, ?3, ?2)"
        " ON CONFLICT(article) DO UPDATE SET asked = ?2, kind = coalesce(kind, ?3), since = coalesce(since, ?2)";
    static const char of_fault[] =
        "INSERT INTO rechecks(article, asked, kind) VALUES(?1, ?2, ?3)"
        " ON CONFLICT(article) DO UPDATE SET asked = ?2, kind = coalesce(kind, ?3)";
    if (sign->kind != WITHDRAWAL_UNLISTED && !withdrawals_missed_page(store, article, now, error))
        return false;
    int64_t since = doubted_since(store, article, now);
    const char *sql = after == WITHDRAWAL_NEVER           ? of_fault
                      : sign->kind == WITHDRAWAL_UNLISTED ? of_list
                                                          : of_page;
    if (!run_for(store, sql, article, now, (int)sign->kind, error))
        return false;
    if (after == WITHDRAWAL_NEVER || now - since < after)
        return true;
    return run_for(store,
                   "UPDATE rechecks SET kind = ?3 WHERE article = ?1 AND kind <> ?3"
                   " AND (SELECT withdrawn IS NULL FROM articles WHERE id = ?1)",
                   article, now, (int)sign->kind, error) &&
           withdraw(store, article, sign, now, error);
}

bool
withdrawals_asked(struct store *store, int64_t article, int64_t now, GError **error)
{
    return run_for(store,
                   "INSERT INTO rechecks(article, asked) VALUES(?1, ?2)"
                   " ON CONFLICT(article) DO UPDATE SET asked = ?2",
                   article, now, 0, error);
}

bool
withdrawals_want_page(struct store *store, int64_t article, int64_t now, GError **error)
{
    /* one that failed has an error; a sign, or that it is as it was, has been noted */
    return run_for(
        store,
        "INSERT INTO rechecks(article, asked, wanted, source) SELECT p.article, 0, ?2, a.source"
        " FROM pages p JOIN articles a ON a.id = p.article LEFT JOIN rechecks r ON r.article = p.article"
        " WHERE p.article = ?1 AND p.data IS NOT NULL AND coalesce(r.asked, 0) < ?2"
        " AND (p.fetched < ?2 OR p.error IS NOT NULL)"
        " ON CONFLICT(article) DO UPDATE SET wanted = ?2, source = excluded.source",
        article, now, 0, error);
}

bool
withdrawals_missed_page(struct store *store, int64_t article, int64_t now, GError **error)
{
    return run_for(store,
                   "UPDATE rechecks SET wanted = ?2 WHERE article = ?1 AND wanted > max(asked,"
                   " coalesce((SELECT fetched FROM pages WHERE article = ?1), 0))",
                   article, now, 0, error);
}

/* By what it is back is told by that of which it is the end. */
static bool
note_return(struct store *store, int64_t article, enum withdrawal kind, const char *place,
            int64_t now, GError **error)
{
    struct withdrawal_sign sign = {.kind = kind, .place = (char *)place};
    return note(store, article, CHANGE_RETURNED, &sign, now, error);
}

static enum withdrawal
last_kind(struct store *store, int64_t article)
{
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store,
        "SELECT coalesce(evidence, 0) FROM changes WHERE article = ?1 AND kind = 2 ORDER BY id DESC LIMIT 1",
        NULL);
    if (!s)
        return WITHDRAWAL_NONE;
    sqlite3_bind_int64(s, 1, article);
    int kind = sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int(s, 0) : 0;
    return kind > 0 && kind < WITHDRAWAL_COUNT ? (enum withdrawal)kind : WITHDRAWAL_NONE;
}

bool
withdrawals_saw_page(struct store *store, int64_t article, bool unchanged, int64_t now,
                     GError **error)
{
    if (!run_for(store,
                 "UPDATE articles SET withdrawn = NULL WHERE id = ?1 AND withdrawn IS NOT NULL"
                 " AND NOT EXISTS (SELECT 1 FROM rechecks WHERE article = ?1 AND kind = " UNLISTED
                 ")",
                 article, 0, 0, error))
        return false;
    if (sqlite3_changes(store->db) &&
        !note_return(store, article, last_kind(store, article), NULL, now, error))
        return false;
    if (unchanged && !withdrawals_asked(store, article, now, error))
        return false;
    return run_for(store,
                   "UPDATE rechecks SET asked = ?2, wanted = NULL, since = CASE kind WHEN " UNLISTED
                   " THEN since END, kind = CASE kind WHEN " UNLISTED
                   " THEN kind END WHERE article = ?1",
                   article, now, 0, error);
}

bool
withdrawals_saw_listed(struct store *store, int64_t article, const char *place, int64_t now,
                       GError **error)
{
    if (!run_for(
            store,
            "UPDATE rechecks SET kind = NULL, since = NULL WHERE article = ?1 AND kind = " UNLISTED,
            article, 0, 0, error))
        return false;
    if (!sqlite3_changes(store->db))
        return true;
    return run_for(store,
                   "UPDATE articles SET withdrawn = NULL WHERE id = ?1 AND withdrawn IS NOT NULL",
                   article, 0, 0, error) &&
           note_return(store, article, WITHDRAWAL_UNLISTED, place, now, error);
}

/* --- whose turn it is --------------------------------------------------------------------- */

void
recheck_free(gpointer recheck)
{
    struct recheck *r = recheck;
    g_free(r->link);
    g_free(r);
}

static GPtrArray *
read_rechecks(sqlite3_stmt *statement)
{
    AUTO_RESET sqlite3_stmt *s = statement;
    GPtrArray *list = g_ptr_array_new_with_free_func(recheck_free);
    while (s && sqlite3_step(s) == SQLITE_ROW) {
        struct recheck *r = g_new0(struct recheck, 1);
        *r = (struct recheck){sqlite3_column_int64(s, 0), store_column_text(s, 1),
                              sqlite3_column_int(s, 2) != 0, sqlite3_column_int(s, 3) != 0};
        g_ptr_array_add(list, r);
    }
    return list;
}

#define ASKED "max(coalesce(r.asked, 0), coalesce(p.fetched, 0))"

GPtrArray *
withdrawals_due(struct store *store, int64_t source, int64_t since, int64_t now)
{
    /* spread by their numbers, so that what came together is not asked for together */
    sqlite3_stmt *s = store_prepare(
        store,
        "SELECT id, link, doubted, retitled FROM (SELECT a.id AS id, a.link AS link,"
        " r.kind IS NOT NULL AND a.withdrawn IS NULL AS doubted, 0 AS retitled,"
        " CASE WHEN r.kind IS NOT NULL AND a.withdrawn IS NULL"
        "  THEN " ASKED " + max(" DOUBT_AGAIN ", " ASKED " - coalesce(r.since, " ASKED "))"
        "  ELSE " ASKED " + max(" FIRST_AGAIN ", " ASKED
        " - coalesce(a.withdrawn, a.first_seen)) * (13 + a.id % 8) / 16 END AS due"
        " FROM articles a CROSS JOIN pages p ON p.article = a.id LEFT JOIN rechecks r ON r.article = a.id"
        " WHERE a.source = ?1 AND a.sort >= ?2 AND a.link IS NOT NULL"
        " AND (p.data IS NOT NULL OR r.kind IS NOT NULL OR a.withdrawn IS NOT NULL)"
        " AND (r.wanted IS NULL OR a.withdrawn IS NOT NULL)"
        " UNION ALL SELECT a.id, a.link, r.kind IS NOT NULL, 1, max(r.wanted, " ASKED
        " + max(" DOUBT_AGAIN ", " ASKED " - max(r.wanted, coalesce(r.since, 0))))"
        " FROM rechecks r CROSS JOIN articles a ON a.id = r.article CROSS JOIN pages p ON p.article = a.id"
        " WHERE r.wanted IS NOT NULL AND r.source = ?1 AND a.link IS NOT NULL AND a.withdrawn IS NULL)"
        " WHERE due <= ?3 ORDER BY doubted DESC, due",
        NULL);
    if (!s)
        return read_rechecks(NULL);
    sqlite3_bind_int64(s, 1, source);
    sqlite3_bind_int64(s, 2, since);
    sqlite3_bind_int64(s, 3, now);
    return read_rechecks(s);
}

GPtrArray *
withdrawals_witnesses(struct store *store, int64_t source, int limit)
{
    sqlite3_stmt *s = store_prepare(
        store,
        "SELECT id, link, 0, 0 FROM (SELECT a.id AS id, a.link AS link, " ASKED
        " AS asked FROM articles a CROSS JOIN pages p ON p.article = a.id LEFT JOIN rechecks r ON r.article = a.id"
        " WHERE a.source = ?1 AND a.link IS NOT NULL AND a.withdrawn IS NULL AND p.data IS NOT NULL AND r.kind IS NULL"
        " AND p.error IS NULL AND a.first_seen <= coalesce((SELECT max(b.first_seen) FROM rechecks q"
        "  CROSS JOIN articles b ON b.id = q.article WHERE b.source = ?1 AND q.kind IS NOT NULL"
        "  AND b.withdrawn IS NULL), a.first_seen)"
        " ORDER BY a.sort DESC LIMIT 100) ORDER BY asked DESC, id DESC LIMIT ?2",
        NULL);
    if (!s)
        return read_rechecks(NULL);
    sqlite3_bind_int64(s, 1, source);
    sqlite3_bind_int(s, 2, limit);
    return read_rechecks(s);
}

/* --- lists -------------------------------------------------------------------------------- */

GArray *
withdrawals_unlisted(struct store *store, int64_t source)
{
    GArray *articles = g_array_new(FALSE, FALSE, sizeof(int64_t));
    AUTO_RESET sqlite3_stmt *s =
        store_prepare(store,
                      "SELECT r.article FROM rechecks r CROSS JOIN articles a ON a.id = r.article"
                      " WHERE r.kind = " UNLISTED " AND a.source = ?1",
                      NULL);
    if (!s)
        return articles;
    sqlite3_bind_int64(s, 1, source);
    while (sqlite3_step(s) == SQLITE_ROW) {
        int64_t id = sqlite3_column_int64(s, 0);
        g_array_append_val(articles, id);
    }
    return articles;
}

GArray *
withdrawals_list(struct store *store, int64_t source)
{
    GArray *articles = g_array_new(FALSE, FALSE, sizeof(int64_t));
    AUTO_RESET sqlite3_stmt *s =
        store_prepare(store, "SELECT articles FROM lists WHERE source = ?1", NULL);
    if (!s)
        return articles;
    sqlite3_bind_int64(s, 1, source);
    g_autofree char *text = sqlite3_step(s) == SQLITE_ROW ? store_column_text(s, 0) : NULL;
    g_auto(GStrv) words = g_strsplit(text ? text : "", " ", -1);
    for (char **word = words; *word; word++) {
        gint64 number;
        if (!number_parse(*word, 1, G_MAXINT64, &number))
            continue;
        int64_t id = number;
        g_array_append_val(articles, id);
    }
    return articles;
}

bool
withdrawals_put_list(struct store *store, int64_t source, const GArray *articles, GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < articles->len; i++)
        g_string_append_printf(text, "%s%" G_GINT64_FORMAT, i ? " " : "",
                               g_array_index(articles, int64_t, i));
    sqlite3_stmt *s =
        store_prepare(store,
                      "INSERT INTO lists(source, articles) VALUES(?1, ?2)"
                      " ON CONFLICT(source) DO UPDATE SET articles = ?2 WHERE articles <> ?2",
                      error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, source);
    store_bind_text(s, 2, text->str);
    return store_run(store, s, error);
}

bool
withdrawals_lacking(struct store *store, int64_t article, struct lacking *lacking)
{
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store,
        "SELECT coalesce(a.published, 0), a.title, a.withdrawn IS NOT NULL,"
        " EXISTS (SELECT 1 FROM articles b WHERE b.identity = a.identity AND b.id <> a.id)"
        " FROM articles a WHERE a.id = ?1",
        NULL);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, article);
    if (sqlite3_step(s) != SQLITE_ROW)
        return false;
    *lacking = (struct lacking){sqlite3_column_int64(s, 0), store_column_text(s, 1),
                                sqlite3_column_int(s, 2) != 0, sqlite3_column_int(s, 3) != 0};
    return true;
}

/* --- what is known ------------------------------------------------------------------------ */

static void
presence_free(gpointer presence)
{
    struct presence *p = presence;
    g_free(p->sign.place);
    g_free(p);
}

GPtrArray *
withdrawals_history(struct store *store, int64_t article)
{
    GPtrArray *list = g_ptr_array_new_with_free_func(presence_free);
    AUTO_RESET sqlite3_stmt *s =
        store_prepare(store,
                      "SELECT kind = 3, at, " WITHDRAWAL_SIGN
                      " FROM changes c WHERE article = ?1 AND kind IN (2, 3) ORDER BY id",
                      NULL);
    if (!s)
        return list;
    sqlite3_bind_int64(s, 1, article);
    while (sqlite3_step(s) == SQLITE_ROW) {
        struct presence *p = g_new0(struct presence, 1);
        g_autofree char *sign = store_column_text(s, 2);
        p->back = sqlite3_column_int(s, 0) != 0;
        p->at = sqlite3_column_int64(s, 1);
        withdrawal_sign_read(sign, &p->sign);
        g_ptr_array_add(list, p);
    }
    return list;
}
