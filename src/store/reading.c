/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading articles for dates and numbers, and noting what they say. */
#include "config.h"

#include "store/reading.h"
#include "base/url.h"
#include "document/document.h"
#include "store/blob.h"
#include "store/db.h"
#include "store/search.h"
#include "text/agenda.h"
#include "text/citation.h"
#include "text/date-style.h"
#include "text/date.h"

/*
 * Changes with text/agenda.def, text/citation.def and what reads them: all is read again then.  New
 * stores begin with it (store/schema.c).
 */
#define READING_FORM "2"

#define DAY 86400

/* --- reading an article ------------------------------------------------------------------ */

/* What is read of articles a of sources s. */
#define READ \
    "SELECT a.id, a.title, coalesce(a.language, s.language), coalesce(a.published, a.first_seen)," \
    " a.published_offset, a.link, a.starts, a.starts_offset, a.starts_precision, a.ends, a.ends_offset," \
    " a.ends_precision, a.place, " TEXT_OF ", a.number"

static bool
put_date(struct store *store, int64_t article, int position, const struct agenda_date *date,
         GError **error)
{
    sqlite3_stmt *s = store_prepare(
        store,
        "INSERT INTO agenda(article, position, role, at, offset, precision, computed, sentence)"
        " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, article);
    sqlite3_bind_int(s, 2, position);
    sqlite3_bind_int(s, 3, (int)date->role);
    sqlite3_bind_int64(s, 4, date->date.time);
    sqlite3_bind_int(s, 5, date->date.offset);
    sqlite3_bind_int(s, 6, (int)date->date.precision);
    sqlite3_bind_int(s, 7, date->computed);
    store_bind_text(s, 8, date->sentence);
    return store_run(store, s, error);
}

static bool
put_citation(struct store *store, int64_t article, int position, const struct citation *citation,
             GError **error)
{
    sqlite3_stmt *s = store_prepare(
        store,
        "INSERT INTO citations(article, position, key, shown, own) VALUES(?1, ?2, ?3, ?4, ?5)",
        error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, article);
    sqlite3_bind_int(s, 2, position);
    store_bind_text(s, 3, citation->key);
    store_bind_text(s, 4, citation->shown);
    sqlite3_bind_int(s, 5, citation->own);
    return store_run(store, s, error);
}

/* Forgets what was read of articles, which SQL selects by up to two numbers. */
#define FORGET(table, articles) "DELETE FROM " table " WHERE article IN (" articles ")"

static bool
run_with(struct store *store, const char *sql, int64_t one, int64_t two, GError **error)
{
    sqlite3_stmt *s = store_prepare(store, sql, error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, one);
    if (sqlite3_bind_parameter_count(s) > 1)
        sqlite3_bind_int64(s, 2, two);
    return store_run(store, s, error);
}

#define FORGET_ALL(store, articles, one, two, error) \
    (run_with(store, FORGET("agenda", articles), one, two, error) && \
     run_with(store, FORGET("citations", articles), one, two, error))

static struct date
column_date(sqlite3_stmt *s, int column)
{
    struct date date = {.time = sqlite3_column_int64(s, column),
                        .offset = (int16_t)sqlite3_column_int(s, column + 1),
                        .precision = (enum date_precision)sqlite3_column_int(s, column + 2)};
    return sqlite3_column_type(s, column) == SQLITE_NULL ? (struct date){0} : date;
}

static char *
text_of(sqlite3_stmt *s)
{
    g_autoptr(GBytes)
        bytes = sqlite3_column_type(s, 13) == SQLITE_NULL
                    ? NULL
                    : blob_decompress(sqlite3_column_blob(s, 13),
                                      (gsize)sqlite3_column_bytes(s, 13), DOCUMENT_CAP);
    char *plain =
        bytes ? document_stored_plain(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes))
              : NULL;
    return plain ? plain : g_strdup("");
}

/* The event that the source states, with its place as evidence, else the title. */
static bool
put_event(struct store *store, sqlite3_stmt *s, int *position, GError **error)
{
    g_autofree char *title = store_column_text(s, 1), *place = store_column_text(s, 12);
    char *sentence = place ? place : title ? title : (char *)"";
    struct agenda_date starts = {AGENDA_EVENT, column_date(s, 6), false, sentence},
                       ends = {AGENDA_ENDS, column_date(s, 9), false, sentence};
    int64_t article = sqlite3_column_int64(s, 0);
    return (!date_is_known(&starts.date) ||
            put_date(store, article, (*position)++, &starts, error)) &&
           (!date_is_known(&ends.date) || ends.date.time - starts.date.time < DAY ||
            put_date(store, article, (*position)++, &ends, error));
}

static bool
read_dates(struct store *store, sqlite3_stmt *s, const char *language, const char *title,
           const char *text, GError **error)
{
    int64_t article = sqlite3_column_int64(s, 0), published = sqlite3_column_int64(s, 3);
    g_autofree char *link = store_column_text(s, 5),
                    *whole = g_strconcat(title, "\n\n", text, NULL);
    struct date_style style = {0};
    if (sqlite3_column_int(s, 4)) {
        style.offset = sqlite3_column_int(s, 4);
        style.zoned = true;
    }
    const struct date_evidence evidence = {.language = language, .url = link};
    date_style_settle(&style, &evidence);
    int position = 0;
    if (!put_event(store, s, &position, error))
        return false;
    bool stated = position > 0;
    g_autoptr(GPtrArray) dates = agenda_find(whole, language, &style, published);
    for (guint i = 0; i < dates->len; i++) {
        const struct agenda_date *date = g_ptr_array_index(dates, i);
        if (!(stated && date->role == AGENDA_EVENT) &&
            !put_date(store, article, position++, date, error))
            return false;
    }
    return true;
}

/* The numbers in the text, and the one that the page states beside it. */
static bool
read_numbers(struct store *store, sqlite3_stmt *s, const char *language, const char *title,
             const char *text, GError **error)
{
    g_autoptr(GPtrArray) citations = citations_find(title, text, language);
    g_autofree char *stated = store_column_text(s, 14), *link = store_column_text(s, 5),
                    *host = link ? url_authority(link) : NULL;
    g_autoptr(GDateTime) day = g_date_time_new_from_unix_utc(sqlite3_column_int64(s, 3));
    struct citation *own = stated ? citation_stated(stated, language, host ? host : "",
                                                    day ? g_date_time_get_year(day) : 0)
                                  : NULL;
    if (own)
        citations_add(citations, own);
    for (guint i = 0; i < citations->len; i++)
        if (!put_citation(store, sqlite3_column_int64(s, 0), (int)i,
                          g_ptr_array_index(citations, i), error))
            return false;
    return true;
}

static bool
read_article(struct store *store, sqlite3_stmt *s, reading_index index, GError **error)
{
    int64_t article = sqlite3_column_int64(s, 0);
    g_autofree char *language = store_column_text(s, 2), *title = store_column_text(s, 1),
                    *text = text_of(s);
    const char *stored = (const char *)sqlite3_column_text(s, 1);
    return (!index || index(store, article, stored, text, error)) &&
           read_dates(store, s, language, title ? title : "", text, error) &&
           read_numbers(store, s, language, title ? title : "", text, error);
}

/* Reads the articles of a statement that selects READ; index: or NULL. */
static bool
read_all(struct store *store, sqlite3_stmt *statement, reading_index index, GError **error)
{
    AUTO_RESET sqlite3_stmt *s = statement;
    int code = SQLITE_DONE;
    while (s && (code = store_step(store, s, error)) == SQLITE_ROW)
        if (!read_article(store, s, index, error) || !store_may_go_on(store, error))
            return false;
    return s && code == SQLITE_DONE;
}

#define WAITING "SELECT article FROM search_wait ORDER BY article LIMIT ?1"

bool
reading_follow(struct store *store, int limit, reading_index index, GError **error)
{
    if (!FORGET_ALL(store, WAITING, limit, 0, error))
        return false;
    sqlite3_stmt *s = store_prepare(store,
                                    READ " FROM (" WAITING
                                         ") w CROSS JOIN articles a ON a.id = w.article"
                                         " CROSS JOIN sources s ON s.id = a.source",
                                    error);
    if (s)
        sqlite3_bind_int(s, 1, limit);
    return read_all(store, s, index, error);
}

bool
reading_again(struct store *store, int64_t article, GError **error)
{
    if (!FORGET_ALL(store, "?1", article, 0, error))
        return false;
    sqlite3_stmt *s = store_prepare(
        store, READ " FROM articles a CROSS JOIN sources s ON s.id = a.source WHERE a.id = ?1",
        error);
    if (s)
        sqlite3_bind_int64(s, 1, article);
    return read_all(store, s, NULL, error);
}

/* --- what was there before --------------------------------------------------------------- */

/* The number up to which articles are still to be read; 0: none. */
static int64_t
rest_of(struct store *store)
{
    g_autofree char *form = store_get_meta(store, "reading_form");
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store, "SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'reading_rest'", NULL);
    if (g_strcmp0(form, READING_FORM) == 0 && s && sqlite3_step(s) == SQLITE_ROW)
        return sqlite3_column_int64(s, 0);
    AUTO_RESET sqlite3_stmt *last =
        store_prepare(store, "SELECT coalesce(max(id), 0) FROM articles", NULL);
    return last && sqlite3_step(last) == SQLITE_ROW ? sqlite3_column_int64(last, 0) : 0;
}

bool
reading_is_complete(struct store *store)
{
    g_autofree char *form = store_get_meta(store, "reading_form");
    return g_strcmp0(form, READING_FORM) == 0 && rest_of(store) == 0;
}

bool
reading_catch_up(struct store *store, int limit, GError **error)
{
    int64_t rest = rest_of(store), next = 0;
    AUTO_RESET sqlite3_stmt *low = store_prepare(
        store,
        "SELECT min(id), count(*) FROM (SELECT id FROM articles WHERE id <= ?1 ORDER BY id DESC LIMIT ?2)",
        error);
    if (!low)
        return false;
    sqlite3_bind_int64(low, 1, rest);
    sqlite3_bind_int(low, 2, limit);
    if (sqlite3_step(low) == SQLITE_ROW && sqlite3_column_int(low, 1))
        next = sqlite3_column_int64(low, 0);
    if (next) {
        if (!FORGET_ALL(store,
                        "SELECT id FROM articles WHERE id BETWEEN ?1 AND ?2"
                        " AND id NOT IN (SELECT article FROM search_wait)",
                        next, rest, error))
            return false;
        sqlite3_stmt *s = store_prepare(
            store,
            READ
            " FROM articles a CROSS JOIN sources s ON s.id = a.source WHERE a.id BETWEEN ?1 AND ?2"
            " AND a.id NOT IN (SELECT article FROM search_wait)",
            error);
        if (!s)
            return false;
        sqlite3_bind_int64(s, 1, next);
        sqlite3_bind_int64(s, 2, rest);
        if (!read_all(store, s, NULL, error))
            return false;
    }
    g_autofree char *left = g_strdup_printf("%" G_GINT64_FORMAT, next > 1 ? next - 1 : 0);
    return store_set_meta(store, "reading_rest", left, error) &&
           store_set_meta(store, "reading_form", READING_FORM, error);
}
