/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading the table `agenda`. */
#include "config.h"

#include "store/agenda.h"
#include "base/url.h"
#include "config/portal.h"
#include "store/listing-sql.h"
#include "store/source-names.h"
#include "text/language.h"

static void
free_row(gpointer data)
{
    struct agenda_row *row = data;
    if (!row)
        return;
    g_free(row->title);
    g_free(row->link);
    g_free(row->source);
    g_free(row->source_label);
    g_free(row->source_name);
    g_free(row->language);
    g_free(row->sentence);
    g_free(row->identity);
    g_free(row);
}

static struct agenda_row *
row_of(struct store *store, sqlite3_stmt *s)
{
    struct agenda_row *row = g_new0(struct agenda_row, 1);
    row->article = sqlite3_column_int64(s, 0);
    row->role = (enum agenda_role)CLAMP(sqlite3_column_int(s, 1), 1, AGENDA_ROLES - 1);
    row->date = (struct date){.time = sqlite3_column_int64(s, 2),
                              .offset = (int16_t)sqlite3_column_int(s, 3),
                              .precision = (enum date_precision)sqlite3_column_int(s, 4)};
    row->computed = sqlite3_column_int(s, 5);
    row->sentence = store_column_text(s, 6);
    row->title = store_column_text(s, 7);
    row->link = store_column_text(s, 8);
    row->source = store_column_text(s, 9);
    row->language = store_column_text(s, 10);
    row->withdrawn = sqlite3_column_int64(s, 11);
    row->identity = store_column_text(s, 12);
    row->first_seen = sqlite3_column_int64(s, 13);
    row->group = sqlite3_column_int64(s, 14);
    row->unread = !sqlite3_column_int(s, 15);
    row->starred = sqlite3_column_int(s, 16);
    g_autofree char *names = store_column_text(s, 17);
    row->source_label = portal_names_pick(names);
    if (!row->source_label)
        row->source_label = url_shown(row->source);
    const char *apart = source_names_find(store, sqlite3_column_int64(s, 18));
    row->source_name = g_strdup(apart ? apart : row->source_label);
    return row;
}

/* A day of an article in all of its editions. */
static char *
key_of(const struct agenda_row *row)
{
    struct date day = row->date;
    day.precision = DATE_DAY;
    g_autofree char *iso = date_iso(&day);
    return g_strdup_printf("%" G_GINT64_FORMAT " %s", row->group, iso);
}

/*
 * Leaves of each day of an article what one edition says.  Others may give it another role or hour:
 * their languages have other words, and it is the same event.
 */
static GPtrArray *
fold(GPtrArray *rows, const char *languages)
{
    g_autoptr(GHashTable) best = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    GPtrArray *left = g_ptr_array_new_with_free_func(free_row);
    for (guint i = 0; i < rows->len; i++) {
        const struct agenda_row *row = g_ptr_array_index(rows, i);
        g_autofree char *key = key_of(row);
        const struct agenda_row *other = g_hash_table_lookup(best, key);
        if (row->group && (!other || language_rank(row->language, languages) <
                                         language_rank(other->language, languages)))
            g_hash_table_insert(best, g_steal_pointer(&key), (gpointer)row);
    }
    for (guint i = 0; i < rows->len; i++) {
        struct agenda_row *row = g_ptr_array_index(rows, i);
        g_autofree char *key = key_of(row);
        const struct agenda_row *other = g_hash_table_lookup(best, key);
        if (other && other->article != row->article)
            continue;
        g_ptr_array_add(left, row);
        g_ptr_array_index(rows, i) = NULL;
    }
    g_hash_table_remove_all(best);
    return left;
}

GPtrArray *
agenda_rows(struct store *store, const struct agenda_request *request, GError **error)
{
    GString *sql = g_string_new(
        "SELECT g.article, g.role, g.at, g.offset, g.precision, g.computed, g.sentence, a.title, a.link,"
        " coalesce(s.title, s.feed_title, s.url), coalesce(a.language, s.language), a.withdrawn,"
        " s.url || char(10) || a.key, a.first_seen, a.edition_group, coalesce(m.read, 0), coalesce(m.starred, 0),"
        " s.title_names, a.source FROM agenda g CROSS JOIN articles a ON a.id = g.article CROSS JOIN sources s ON s.id = a.source"
        " LEFT JOIN marks m ON m.article = a.id ");
    const struct listing listing = {.query = request->query};
    listing_condition(sql, &listing);
    if (!request->query || !request->query->deleted)
        g_string_append(sql, " AND coalesce(m.deleted, 0) = 0");
    /* a day lasts until its end */
    g_string_append(sql,
                    " AND g.at < ?997 AND g.at > ?996 - 86400 AND (g.precision = 1 OR g.at >= ?996)"
                    " ORDER BY g.at, g.article, g.position LIMIT ?998");
    AUTO_RESET sqlite3_stmt *s = listing_statement(store, sql, &listing, error);
    if (!s)
        return NULL;
    sqlite3_bind_int64(s, 996, request->from);
    sqlite3_bind_int64(s, 997, request->to);
    sqlite3_bind_int64(s, 998, request->limit ? request->limit : -1);
    g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(free_row);
    int code;
    while ((code = store_step(store, s, error)) == SQLITE_ROW)
        g_ptr_array_add(rows, row_of(store, s));
    if (code != SQLITE_DONE)
        return NULL;
    return request->languages ? fold(rows, request->languages) : g_steal_pointer(&rows);
}
