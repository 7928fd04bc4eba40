/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Building the SELECT of a listing, and reading its rows. */
#include "config.h"

#include "store/listing-sql.h"
#include "base/url.h"
#include "config/portal.h"
#include "config/settings.h"
#include "store/edition-groups.h"
#include "store/hits.h"
#include "store/search.h"
#include "store/source-names.h"

#include <string.h>

#define TITLE_PATTERNS 900 /* the number of the parameter */
#define MAX_TWICE      400 /* values of a query that can be bound twice before it */

void
article_row_free(struct article_row *row)
{
    char *strings[] = {row->title,   row->link,     row->author,       row->publisher,
                       row->section, row->language, row->source_title, row->source_label,
                       row->portal,  row->edition,  row->others,       row->source_name};
    for (size_t i = 0; i < G_N_ELEMENTS(strings); i++)
        g_free(strings[i]);
    event_clear(&row->event);
    g_free(row->withdrawal.place);
    g_strfreev(row->tags);
    if (row->copies)
        g_array_unref(row->copies);
    g_free(row);
}

bool
article_row_is_starred(const struct article_row *row)
{
    bool starred = row->starred;
    for (guint i = 0; row->copies && i < row->copies->len; i++)
        starred |= g_array_index(row->copies, struct edition_copy, i).starred;
    return starred;
}

static void
add_tags(GPtrArray *all, char *const *tags)
{
    for (; tags && *tags; tags++)
        if (!g_ptr_array_find_with_equal_func(all, *tags, g_str_equal, NULL))
            g_ptr_array_add(all, g_strdup(*tags));
}

char **
article_row_tags(const struct article_row *row)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new();
    add_tags(all, row->tags);
    for (guint i = 0; row->copies && i < row->copies->len; i++)
        add_tags(all, g_array_index(row->copies, struct edition_copy, i).tags);
    g_ptr_array_add(all, NULL);
    return (char **)g_ptr_array_steal(all, NULL);
}

void
listing_free_item(gpointer row)
{
    if (row) /* a window may have given it away */
        article_row_free(row);
}

struct date
listing_read_date(sqlite3_stmt *s, int *column)
{
    struct date date = {0};
    int c = *column;
    *column += 3;
    if (sqlite3_column_type(s, c) == SQLITE_NULL)
        return date;
    int precision = sqlite3_column_int(s, c + 2);
    date.time = sqlite3_column_int64(s, c);
    date.offset = (int16_t)sqlite3_column_int(s, c + 1);
    date.precision = precision >= DATE_DAY && precision <= DATE_SECOND
                         ? (enum date_precision)precision
                         : DATE_SECOND;
    return date;
}

struct article_row *
listing_read_row(struct store *store, sqlite3_stmt *s)
{
    struct article_row *row = g_new0(struct article_row, 1);
    int c = 0;
    row->id = sqlite3_column_int64(s, c++);
    row->source = sqlite3_column_int64(s, c++);
    char **strings[] = {&row->title,        &row->link,    &row->author,
                        &row->publisher,    &row->section, &row->language,
                        &row->source_title, &row->portal,  &row->edition};
    for (size_t i = 0; i < G_N_ELEMENTS(strings); i++)
        *strings[i] = store_column_text(s, c++);
    if (strstr(row->source_title, "://")) { /* its URL, which may hold a login */
        char *public = url_public(row->source_title);
        g_free(row->source_title);
        row->source_title = public;
    }
    g_autofree char *names = store_column_text(s, c++);
    row->source_label = portal_names_pick(names);
    if (!row->source_label)
        row->source_label = url_shown(row->source_title);
    const char *apart = source_names_find(store, row->source);
    row->source_name = g_strdup(apart ? apart : row->source_label);
    row->published = listing_read_date(s, &c);
    row->updated = sqlite3_column_int64(s, c++);
    row->first_seen = sqlite3_column_int64(s, c++);
    row->order = sqlite3_column_int64(s, c++);
    row->unread = !sqlite3_column_int(s, c++);
    row->starred = sqlite3_column_int(s, c++);
    row->deleted = sqlite3_column_int(s, c++);
    row->revisions = sqlite3_column_int(s, c++);
    row->revised = row->revisions > 1;
    row->withdrawn_at = sqlite3_column_int64(s, c);
    row->withdrawn = sqlite3_column_type(s, c++) != SQLITE_NULL;
    row->attachments = sqlite3_column_int(s, c++);
    g_autofree char *tags = store_column_text(s, c++);
    row->tags = tags ? g_strsplit(tags, "\n", -1) : g_new0(char *, 1);
    row->event.starts = listing_read_date(s, &c);
    row->event.ends = listing_read_date(s, &c);
    row->event.place = store_column_text(s, c++);
    g_autofree char *sign = row->withdrawn ? store_column_text(s, c) : NULL;
    c++;
    withdrawal_sign_read(sign, &row->withdrawal);
    row->group = sqlite3_column_int64(s, c++);
    row->others = row->group ? edition_groups_languages(store, row->group, row->language) : NULL;
    if (!row->title)
        row->title = g_strdup("");
    return row;
}

/* The setting list.sort has the same numbers. */
_Static_assert((int)LISTING_DATE == (int)LIST_SORT_DATE &&
                   (int)LISTING_TITLE == (int)LIST_SORT_TITLE &&
                   (int)LISTING_SOURCE == (int)LIST_SORT_SOURCE &&
                   (int)LISTING_UNREAD == (int)LIST_SORT_UNREAD,
               "the words of list.sort are those of enum listing_sort");

bool
listing_sort_parse(const char *word, enum listing_sort *sort)
{
    static const char *const words[] = {"date",   "title",     "source",
                                        "unread", "relevance", "arrival"};
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        if (g_str_equal(words[i], word)) {
            *sort = (enum listing_sort)i;
            return true;
        }
    }
    return false;
}

bool
listing_keeps(const struct listing *l)
{
    return l->kept && l->kept->len;
}

const struct listing *
listing_whole(const struct listing *l)
{
    return l->whole ? l->whole : l;
}

struct listing
listing_unfolded(const struct listing *l)
{
    struct listing all = *l;
    all.languages = NULL;
    all.whole = NULL;
    return all;
}

bool
listing_is_folded(const struct listing *l)
{
    return l->languages && (!l->query || l->query->values->len <= MAX_TWICE);
}

bool
listing_folds(struct store *store, const struct listing *l)
{
    return listing_is_folded(l) && edition_groups_any(store);
}

/* Has each article asked for what is in tables of few, where else all of these would be listed. */
static void
ask_each(GString *condition)
{
    static const char *const tables[] = {"tags", "changes", "agenda", "marks"};
    for (size_t i = 0; i < G_N_ELEMENTS(tables); i++) {
        g_autofree char *picked =
            g_strdup_printf("a.id IN (SELECT article FROM %s WHERE ", tables[i]);
        g_autofree char *asked =
            g_strdup_printf("EXISTS (SELECT 1 FROM %s WHERE article = a.id AND ", tables[i]);
        g_string_replace(condition, picked, asked, 0);
    }
    g_string_replace(condition, "a.id IN (SELECT article FROM agenda)",
                     "EXISTS (SELECT 1 FROM agenda WHERE article = a.id)", 0);
}

/* The same of words: each text is read for them; of_set: a set has only what the index knows. */
static void
read_each(GString *condition, bool of_set)
{
    g_string_replace(condition, SEARCH_HAS_NOT, "(? IS NOT NULL AND " SEARCH_READ_LAST ")", 0);
    g_string_replace(condition, SEARCH_HAS,
                     of_set ? "(? IS NOT NULL AND ? IS NOT NULL)"
                            : "(? IS NOT NULL AND " SEARCH_READ_LAST ")",
                     0);
    g_string_replace(condition, SEARCH_MAY_HAVE, "? IS NOT NULL", 0);
}

/* A query's condition for articles that are met one after the other. */
static char *
condition_of_each(const struct query *query, bool of_set)
{
    GString *condition = g_string_new(query->condition);
    ask_each(condition);
    if (query->sets->len)
        read_each(condition, of_set);
    return g_string_free(condition, FALSE);
}

/* Appends the condition for articles of any language. */
static void
append_condition(GString *sql, const struct listing *l)
{
    g_autofree char *each = l->query && l->one_by_one ? condition_of_each(l->query, l->set) : NULL;
    g_string_append(sql, "WHERE ");
    if (l->query)
        g_string_append_printf(sql, "(%s)", each ? each : l->query->condition);
    else
        g_string_append(sql, "1");
    if (l->set)
        g_string_append(sql, " AND crier_hits_has(?, a.id)");
    if (!l->query || !l->query->deleted)
        g_string_append(sql, " AND coalesce(m.deleted, 0) = 0");
    if (l->source)
        g_string_append(sql, " AND a.source = ?");
    if (l->portal)
        g_string_append(sql, " AND s.portal = ?");
    if (l->edition)
        g_string_append(sql, " AND s.edition = ?");
    if (l->unread_only && listing_keeps(l))
        g_string_append(
            sql, " AND (coalesce(m.read, 0) = 0 OR a.id IN (SELECT value FROM json_each(?)))");
    else if (l->unread_only)
        g_string_append(sql, " AND coalesce(m.read, 0) = 0");
    if (l->read_only)
        g_string_append(sql, " AND coalesce(m.read, 0) = 1");
    if (l->sources)
        g_string_append(sql, " AND a.source IN (SELECT value FROM json_each(?))");
    if (l->among)
        g_string_append(sql, " AND a.id IN (SELECT value FROM json_each(?))");
    if (l->starred_only)
        g_string_append(sql, " AND a.id IN (SELECT article FROM marks WHERE starred = 1)");
}

static void
append_first_of_group(GString *sql, const struct listing *l)
{
    GString *condition = g_string_new(NULL);
    const struct listing *whole = listing_whole(l);
    append_condition(condition, whole);
    ask_each(condition); /* a group has few, and is asked again and again */
    if (whole->query && whole->query->sets->len)
        read_each(condition, false);
    g_string_append_printf(sql, FIRST_OF_GROUP("%s", "?"), condition->str);
    g_string_free(condition, TRUE);
}

void
listing_condition(GString *sql, const struct listing *l)
{
    append_condition(sql, l);
    if (!listing_is_folded(l))
        return;
    g_string_append(sql, " AND (a.edition_group IS NULL OR a.id = ");
    append_first_of_group(sql, l);
    g_string_append_c(sql, ')');
}

void
listing_condition_hidden(GString *sql, const struct listing *l)
{
    append_condition(sql, l);
    g_string_append(sql, " AND a.edition_group IS NOT NULL AND a.id <> ");
    append_first_of_group(sql, l);
}

static int
bind_values(sqlite3_stmt *s, const struct listing *l, int index)
{
    for (guint i = 0; l->query && i < l->query->values->len; i++)
        store_bind_query(s, index++, g_ptr_array_index(l->query->values, i));
    if (l->set)
        hits_bind(s, index++, (struct hits *)l->set);
    if (l->source)
        sqlite3_bind_int64(s, index++, l->source);
    if (l->portal)
        store_bind_text(s, index++, l->portal);
    if (l->edition)
        store_bind_text(s, index++, l->edition);
    const GArray *numbers[] = {l->unread_only && listing_keeps(l) ? l->kept : NULL, l->sources,
                               l->among};
    for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++)
        if (numbers[i])
            store_bind_numbers(s, index++, numbers[i]);
    return index;
}

static bool
listing_titles_first(const struct listing *l)
{
    return l->sort == LISTING_RELEVANCE && l->query && l->query->title_match;
}

void
listing_order(GString *sql, const struct listing *l)
{
    static const char *const orders[] = {
        [LISTING_DATE] = "a.sort DESC, a.id DESC",
        [LISTING_TITLE] = "crier_fold(a.title), a.id DESC",
        [LISTING_SOURCE] =
            "crier_fold(coalesce(s.title, s.feed_title, s.url)), a.sort DESC, a.id DESC",
        [LISTING_UNREAD] = "coalesce(m.read, 0), a.sort DESC, a.id DESC",
        [LISTING_RELEVANCE] = "a.sort DESC, a.id DESC",
        [LISTING_ARRIVAL] = "a.first_seen DESC, a.id DESC",
    };
    g_string_append(sql, " ORDER BY ");
    if (listing_titles_first(l))
        g_string_append_printf(sql, "crier_matches(a.title, NULL, ?%d) DESC, ", TITLE_PATTERNS);
    g_string_append(sql, orders[l->sort]);
}

sqlite3_stmt *
listing_statement(struct store *store, GString *sql, const struct listing *l, GError **error)
{
    sqlite3_stmt *s = store_prepare(store, sql->str, error);
    g_string_free(sql, TRUE);
    if (!s)
        return NULL;
    int index = bind_values(s, l, 1);
    if (listing_is_folded(l))
        store_bind_text(s, bind_values(s, listing_whole(l), index), l->languages);
    if (listing_titles_first(l))
        store_bind_query(s, TITLE_PATTERNS, l->query->title_patterns);
    return s;
}

GPtrArray *
listing_read(struct store *store, sqlite3_stmt *statement, GError **error)
{
    AUTO_RESET sqlite3_stmt *s = statement;
    GPtrArray *rows = g_ptr_array_new_with_free_func(listing_free_item);
    int code;
    while ((code = store_step(store, s, error)) == SQLITE_ROW)
        g_ptr_array_add(rows, listing_read_row(store, s));
    if (code != SQLITE_DONE)
        g_clear_pointer(&rows, g_ptr_array_unref);
    return rows;
}

static int
is_too_long(void *thousands)
{
    return --*(int *)thousands < 0;
}

int *
listing_begin_steps(struct store *store, int *thousands)
{
    int *before = store->steps;
    store->steps = thousands;
    sqlite3_progress_handler(store->db, 1000, is_too_long, thousands);
    return before;
}

void
listing_end_steps(struct store *store, int *before)
{
    store->steps = before;
    sqlite3_progress_handler(store->db, before ? 1000 : 0, before ? is_too_long : NULL, before);
}

GPtrArray *
listing_read_soonest(struct store *store, const struct listing *l,
                     const struct listing_reach *reach, const struct listing_reader *readers,
                     const void *data, GError **error)
{
    for (const struct listing_reader *reader = readers;; reader++) {
        int thousands = reader->thousands;
        if (!thousands)
            return reader->read(store, l, reach, data, error);
        g_autoptr(GError) why = NULL;
        int *before = listing_begin_steps(store, &thousands);
        GPtrArray *rows = reader->read(store, l, reach, data, &why);
        listing_end_steps(store, before);
        if (!rows && thousands >= 0)
            g_propagate_error(error, g_steal_pointer(&why));
        if (rows || thousands >= 0)
            return rows;
    }
}

void
listing_part(const struct listing *l, struct listing *unread, struct listing *kept)
{
    *unread = *kept = *l;
    unread->kept = kept->kept = NULL;
    unread->whole = kept->whole = listing_whole(l);
    kept->unread_only = false;
    kept->read_only = true;
    kept->among = l->kept;
}
