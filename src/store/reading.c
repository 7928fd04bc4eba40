/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading articles for dates and numbers, and noting what they say. */
#include "config.h"

#include "store/reading.h"
#include "base/url.h"
#include "document/document.h"
#include "store/blob.h"
#include "store/db.h"
#include "store/lock.h"
#include "store/search.h"
#include "text/agenda.h"
#include "text/citation.h"
#include "text/date-style.h"
#include "text/date.h"

/*
 * Changes with text/agenda.def, text/citation.def and what reads them: all is read again then.  New
 * stores begin with it (store/schema.c).
 */
#define READING_FORM "5"

#define DAY 86400

/* --- what is known of an article, and what it says -------------------------------------- */

/* What is read of articles a of sources s: the columns of row_of(). */
#define READ \
    "SELECT a.id, a.title, coalesce(a.language, s.language), coalesce(a.published, a.first_seen)," \
    " a.published_offset, a.link, a.starts, a.starts_offset, a.starts_precision, a.ends, a.ends_offset," \
    " a.ends_precision, a.place, " TEXT_OF ", a.number"

/* An article on its way through a thread that reads; all is owned. */
struct reading {
    int64_t article, published;
    int offset; /* minutes east of UTC, of `published`; 0: not known */
    char *stored_title, *title, *language, *link, *place, *number;
    struct date starts, ends;
    GBytes *packed; /* the text; NULL: none */
    /* what it says */
    char *terms;
    GPtrArray *dates, *citations;
    bool indexed; /* whether the terms are wanted */
    bool read;
};

static void
reading_free(struct reading *r)
{
    g_free(r->stored_title);
    g_free(r->title);
    g_free(r->language);
    g_free(r->link);
    g_free(r->place);
    g_free(r->number);
    g_clear_pointer(&r->packed, g_bytes_unref);
    g_free(r->terms);
    g_clear_pointer(&r->dates, g_ptr_array_unref);
    g_clear_pointer(&r->citations, g_ptr_array_unref);
    g_free(r);
}

static struct date
column_date(sqlite3_stmt *s, int column)
{
    struct date date = {.time = sqlite3_column_int64(s, column),
                        .offset = (int16_t)sqlite3_column_int(s, column + 1),
                        .precision = (enum date_precision)sqlite3_column_int(s, column + 2)};
    return sqlite3_column_type(s, column) == SQLITE_NULL ? (struct date){0} : date;
}

static struct reading *
row_of(sqlite3_stmt *s)
{
    struct reading *r = g_new0(struct reading, 1);
    r->article = sqlite3_column_int64(s, 0);
    r->stored_title = g_strdup((const char *)sqlite3_column_text(s, 1));
    r->title = store_column_text(s, 1);
    r->language = store_column_text(s, 2);
    r->published = sqlite3_column_int64(s, 3);
    r->offset = sqlite3_column_int(s, 4);
    r->link = store_column_text(s, 5);
    r->starts = column_date(s, 6);
    r->ends = column_date(s, 9);
    r->place = store_column_text(s, 12);
    if (sqlite3_column_type(s, 13) != SQLITE_NULL)
        r->packed = g_bytes_new(sqlite3_column_blob(s, 13), (gsize)sqlite3_column_bytes(s, 13));
    r->number = store_column_text(s, 14);
    return r;
}

static char *
text_of(GBytes *packed)
{
    gsize length = 0;
    const void *data = packed ? g_bytes_get_data(packed, &length) : NULL;
    g_autoptr(GBytes) bytes = packed ? blob_decompress(data, length, DOCUMENT_CAP) : NULL;
    char *plain =
        bytes ? document_stored_plain(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes))
              : NULL;
    return plain ? plain : g_strdup("");
}

static GPtrArray *
dates_of(const struct reading *r, const char *title, const char *text)
{
    g_autofree char *whole = g_strconcat(title, "\n\n", text, NULL);
    struct date_style style = {0};
    if (r->offset) {
        style.offset = r->offset;
        style.zoned = true;
    }
    const struct date_evidence evidence = {.language = r->language, .url = r->link};
    date_style_settle(&style, &evidence);
    return agenda_find(whole, r->language, &style, r->published);
}

/* The numbers in the text, and the one that the page states beside it. */
static GPtrArray *
citations_of(const struct reading *r, const char *title, const char *text)
{
    GPtrArray *citations = citations_find(title, text, r->language);
    g_autofree char *host = r->link ? url_authority(r->link) : NULL;
    g_autoptr(GDateTime) day = g_date_time_new_from_unix_utc(r->published);
    struct citation *own = r->number ? citation_stated(r->number, r->language, host ? host : "",
                                                       day ? g_date_time_get_year(day) : 0)
                                     : NULL;
    if (own)
        citations_add(citations, own);
    return citations;
}

/* Reads it, without the store: in any thread. */
static void
read_row(struct reading *r)
{
    const char *title = r->title ? r->title : "";
    g_autofree char *text = text_of(r->packed);
    if (r->indexed)
        r->terms = search_terms(r->stored_title, text);
    r->dates = dates_of(r, title, text);
    r->citations = citations_of(r, title, text);
}

/* --- noting it -------------------------------------------------------------------------- */

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

/* The event that the source states, with its place as evidence, else the title. */
static bool
put_event(struct store *store, const struct reading *r, int *position, GError **error)
{
    char *sentence = r->place ? r->place : r->title ? r->title : (char *)"";
    struct agenda_date starts = {AGENDA_EVENT, r->starts, false, sentence},
                       ends = {AGENDA_ENDS, r->ends, false, sentence};
    return (!date_is_known(&starts.date) ||
            put_date(store, r->article, (*position)++, &starts, error)) &&
           (!date_is_known(&ends.date) || ends.date.time - starts.date.time < DAY ||
            put_date(store, r->article, (*position)++, &ends, error));
}

static bool
put_row(struct store *store, struct reading *r, reading_index index, GError **error)
{
    int position = 0;
    if ((index && !index(store, r->article, g_steal_pointer(&r->terms), error)) ||
        !put_event(store, r, &position, error))
        return false;
    bool stated = position > 0;
    for (guint i = 0; i < r->dates->len; i++) {
        const struct agenda_date *date = g_ptr_array_index(r->dates, i);
        if (!(stated && date->role == AGENDA_EVENT) &&
            !put_date(store, r->article, position++, date, error))
            return false;
    }
    for (guint i = 0; i < r->citations->len; i++)
        if (!put_citation(store, r->article, (int)i, g_ptr_array_index(r->citations, i), error))
            return false;
    return lock_may_go_on(store, error);
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

/* --- reading ahead ---------------------------------------------------------------------- */

/*
 * A thread reads while this one writes: the index takes most of the time, and reading a fifth of
 * it.
 */
#define AHEAD 32 /* articles */

struct ahead {
    GThreadPool *thread; /* NULL: for few articles, or the system has none to give */
    GQueue rows;         /* struct reading: in their order, read and to be read */
    GMutex lock;         /* of what is read */
    GCond is_read;
};

static void
read_in_thread(gpointer data, gpointer user)
{
    struct reading *r = data;
    struct ahead *ahead = user;
    read_row(r);
    g_mutex_lock(&ahead->lock);
    r->read = true;
    g_cond_signal(&ahead->is_read);
    g_mutex_unlock(&ahead->lock);
}

static void
open_pool(struct ahead *ahead)
{
    g_autoptr(GError) none = NULL;
    ahead->thread = g_thread_pool_new(read_in_thread, ahead, 1, TRUE, &none);
    if (none) {
        g_thread_pool_free(ahead->thread, TRUE, TRUE);
        ahead->thread = NULL;
    }
}

static struct reading *
take_oldest(struct ahead *ahead)
{
    struct reading *r = g_queue_pop_head(&ahead->rows);
    g_mutex_lock(&ahead->lock);
    while (!r->read)
        g_cond_wait(&ahead->is_read, &ahead->lock);
    g_mutex_unlock(&ahead->lock);
    return r;
}

static bool
put_oldest(struct ahead *ahead, struct store *store, reading_index index, GError **error)
{
    struct reading *r = take_oldest(ahead);
    bool fine = put_row(store, r, index, error);
    reading_free(r);
    return fine;
}

/* Reads the articles of a statement that selects READ; index: or NULL. */
static bool
read_all(struct store *store, sqlite3_stmt *statement, reading_index index, GError **error)
{
    AUTO_RESET sqlite3_stmt *s = statement;
    struct ahead ahead = {.rows = G_QUEUE_INIT};
    g_mutex_init(&ahead.lock);
    g_cond_init(&ahead.is_read);
    bool fine = s && lock_may_go_on(store, error);
    if (fine && index)
        open_pool(&ahead);
    int code = SQLITE_DONE;
    while (fine && (code = store_step(store, s, error)) == SQLITE_ROW) {
        struct reading *r = row_of(s);
        r->indexed = index != NULL;
        g_queue_push_tail(&ahead.rows, r);
        if (ahead.thread)
            g_thread_pool_push(ahead.thread, r, NULL);
        else
            read_in_thread(r, &ahead);
        if (ahead.rows.length == AHEAD)
            fine = put_oldest(&ahead, store, index, error);
    }
    fine = fine && code == SQLITE_DONE;
    while (fine && ahead.rows.length)
        fine = put_oldest(&ahead, store, index, error);
    if (ahead.thread) /* what it has not begun is not read any more */
        g_thread_pool_free(ahead.thread, !fine, TRUE);
    while (ahead.rows.length)
        reading_free(g_queue_pop_head(&ahead.rows));
    g_mutex_clear(&ahead.lock);
    g_cond_clear(&ahead.is_read);
    return fine;
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
reading_forget(struct store *store, int64_t article, GError **error)
{
    return FORGET_ALL(store, "?1", article, 0, error);
}

bool
reading_again(struct store *store, int64_t article, reading_index index, GError **error)
{
    if (!reading_forget(store, article, error))
        return false;
    sqlite3_stmt *s = store_prepare(
        store, READ " FROM articles a CROSS JOIN sources s ON s.id = a.source WHERE a.id = ?1",
        error);
    if (s)
        sqlite3_bind_int64(s, 1, article);
    return read_all(store, s, index, error);
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
