/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The log of changes, read with the articles that are new; cursors.  New articles and changes are
 * two series, each in the order of its ids; they are merged by time, so that wherever a limit cuts
 * the merged one, both are cut at a number.
 */
#include "config.h"

#include "store/changes.h"
#include "store/db.h"
#include "store/listing-sql.h"

#include <string.h>

#define CURSOR_NAME 64 /* characters */

/* parameters behind those of a query */
#define FROM    "?996"
#define TO      "?997"
#define ARTICLE "?998"
/* whether articles from before are counted: what happens to them then is told all the same */
#define COUNTS_OLD "?995"

bool
changes_note(struct store *store, int64_t article, enum change_kind kind, int revision, int64_t at,
             GError **error)
{
    sqlite3_stmt *s = store_prepare(
        store, "INSERT INTO changes(article, kind, revision, at) VALUES(?1, ?2, ?3, ?4)", error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, article);
    sqlite3_bind_int(s, 2, kind);
    sqlite3_bind_int(s, 3, revision);
    sqlite3_bind_int64(s, 4, at);
    return store_run(store, s, error);
}

/* --- places ------------------------------------------------------------------------------- */

static bool
read_place(struct store *store, sqlite3_stmt *statement, struct changes_place *place,
           GError **error)
{
    AUTO_RESET sqlite3_stmt *s = statement;
    if (store_step(store, s, error) != SQLITE_ROW)
        return false;
    *place = (struct changes_place){sqlite3_column_int64(s, 0), sqlite3_column_int64(s, 1)};
    return true;
}

/* One statement, and so one moment. */
#define LAST_ARTICLE "coalesce((SELECT max(id) FROM articles), 0)"
#define LAST_CHANGE  "coalesce((SELECT max(id) FROM changes), 0)"

bool
changes_end(struct store *store, struct changes_place *place, GError **error)
{
    sqlite3_stmt *s = store_prepare(store, "SELECT " LAST_ARTICLE ", " LAST_CHANGE, error);
    return s && read_place(store, s, place, error);
}

bool
changes_at(struct store *store, int64_t time, struct changes_place *place, GError **error)
{
    sqlite3_stmt *s = store_prepare(
        store,
        "SELECT coalesce((SELECT min(id) FROM articles WHERE first_seen >= ?1) - 1, " LAST_ARTICLE
        "), coalesce((SELECT min(id) FROM changes WHERE at >= ?1) - 1, " LAST_CHANGE ")",
        error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, time);
    return read_place(store, s, place, error);
}

bool
changes_count(struct store *store, const struct changes_place *from, guint counts[CHANGE_KINDS],
              GError **error)
{
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store, "SELECT kind, count(DISTINCT article) FROM changes WHERE id > ?1 GROUP BY kind",
        error);
    int status;
    memset(counts, 0, CHANGE_KINDS * sizeof *counts);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, from->change);
    while ((status = store_step(store, s, error)) == SQLITE_ROW) {
        int64_t kind = sqlite3_column_int64(s, 0);
        if (kind > CHANGE_NEW && kind < CHANGE_KINDS)
            counts[kind] = (guint)sqlite3_column_int64(s, 1);
    }
    return status == SQLITE_DONE;
}

/* --- what has come ------------------------------------------------------------------------ */

/* Both series before they are merged. */
struct series {
    GArray *fresh;       /* struct change: may be millions, of which there is no second copy */
    GArray *changed;     /* the same */
    GArray *changed_ids; /* int64_t: the last change of each of `changed` */
    GArray *old;         /* struct old_article, in the order of ids */
};

struct old_article {
    int64_t id, source;
};

static void
series_clear(struct series *series)
{
    GArray *arrays[] = {series->fresh, series->changed, series->changed_ids, series->old};
    for (size_t i = 0; i < G_N_ELEMENTS(arrays); i++)
        g_clear_pointer(&arrays[i], g_array_unref);
}
DEFINE_AUTO_CLEAR(series, series_clear)

/*
 * A day without time (DATE_DAY is 1) counts to its end.
 */
#define IS_OLD \
    "(a.first_seen <= s.first_success AND (a.published IS NULL OR" \
    " a.published + CASE a.published_precision WHEN 1 THEN 86400 ELSE 0 END < a.first_seen - 86400))"

/* By number: what is asked for lies at the end of millions, whatever the query names. */
static bool
read_new(struct store *store, const struct changes_request *r, int64_t to, struct series *series,
         GError **error)
{
    struct listing listing = {.query = r->query};
    GString *sql = g_string_new("SELECT a.id, a.first_seen, a.revisions, a.source, " IS_OLD
                                " FROM articles a NOT INDEXED JOIN sources s ON s.id = a.source"
                                " LEFT JOIN marks m ON m.article = a.id ");
    listing_condition(sql, &listing);
    g_string_append(sql, " AND coalesce(m.deleted, 0) = 0 AND a.id > " FROM " AND a.id <= " TO
                         " ORDER BY a.id");
    AUTO_RESET sqlite3_stmt *s = listing_statement(store, sql, &listing, error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 996, r->from.article);
    sqlite3_bind_int64(s, 997, to);
    int code;
    while ((code = store_step(store, s, error)) == SQLITE_ROW) {
        struct old_article old = {sqlite3_column_int64(s, 0), sqlite3_column_int64(s, 3)};
        struct change event = {.article = old.id,
                               .source = old.source,
                               .at = sqlite3_column_int64(s, 1),
                               .kind = CHANGE_NEW,
                               .revision = sqlite3_column_int(s, 2)};
        if (!r->with_old && sqlite3_column_int(s, 4))
            g_array_append_val(series->old, old);
        else
            g_array_append_val(series->fresh, event);
    }
    return code == SQLITE_DONE;
}

/*
 * Whether an article is there or not comes and goes: the first and the last such change tell
 * whether it is different now from what it was; each is id * 4 + kind.
 */
#define PRESENCE "CASE WHEN c.kind <> 1 THEN c.id * 4 + c.kind END"

static bool
sum_up(sqlite3_stmt *s, struct change *event)
{
    enum change_kind first = (enum change_kind)(sqlite3_column_int64(s, 5) % 4),
                     last = (enum change_kind)(sqlite3_column_int64(s, 6) % 4);
    int revised = sqlite3_column_int(s, 4);
    *event = (struct change){.article = sqlite3_column_int64(s, 0),
                             .source = sqlite3_column_int64(s, 7),
                             .at = sqlite3_column_int64(s, 2),
                             .kind = first == last && last ? last : CHANGE_REVISED,
                             .revision = sqlite3_column_int(s, 3),
                             .previous = revised ? revised - 1 : 0};
    return event->kind != CHANGE_REVISED || revised;
}

static bool
read_changed(struct store *store, const struct changes_request *r, int64_t to,
             struct series *series, GError **error)
{
    struct listing listing = {.query = r->query};
    GString *sql = g_string_new(
        "SELECT c.article, max(c.id), max(c.at), a.revisions, min(CASE WHEN c.kind = 1 THEN c.revision END),"
        " min(" PRESENCE "), max(" PRESENCE
        "), a.source FROM changes c NOT INDEXED CROSS JOIN articles a ON a.id = c.article"
        " JOIN sources s ON s.id = a.source LEFT JOIN marks m ON m.article = a.id ");
    listing_condition(sql, &listing);
    g_string_append(sql, " AND coalesce(m.deleted, 0) = 0 AND c.id > " FROM " AND c.id <= " TO
                         " AND (c.article <= " ARTICLE " OR " COUNTS_OLD " AND " IS_OLD
                         ") GROUP BY c.article ORDER BY 2");
    AUTO_RESET sqlite3_stmt *s = listing_statement(store, sql, &listing, error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 996, r->from.change);
    sqlite3_bind_int64(s, 997, to);
    sqlite3_bind_int64(s, 998, r->from.article);
    sqlite3_bind_int(s, 995, !r->with_old);
    int code;
    while ((code = store_step(store, s, error)) == SQLITE_ROW) {
        struct change event;
        int64_t id = sqlite3_column_int64(s, 1);
        if (!sum_up(s, &event))
            continue;
        g_array_append_val(series->changed, event);
        g_array_append_val(series->changed_ids, id);
    }
    return code == SQLITE_DONE;
}

/* Takes `fresh`, in which the others find their places: what is left of it stands behind them. */
static void
merge(struct series *series, gint64 limit, struct changes *changes)
{
    const GArray *changed = series->changed;
    guint shift = changed->len, all = series->fresh->len + shift, i = shift, j = 0,
          room = limit && limit < all ? (guint)limit : all;
    g_array_unref(changes->events);
    changes->events = g_steal_pointer(&series->fresh);
    g_array_set_size(changes->events, all);
    struct change *events = (struct change *)(gpointer)changes->events->data;
    if (shift)
        memmove(events + shift, events, (all - shift) * sizeof *events);
    for (guint n = 0; n < room; n++) {
        const struct change *next = j < shift ? &g_array_index(changed, struct change, j) : NULL;
        bool first = !next || (i < all && events[i].at <= next->at);
        events[n] = first ? events[i] : *next;
        i += first;
        j += !first;
    }
    changes->more = all - room;
    if (i < all)
        changes->end.article = events[i].article - 1;
    if (j < changed->len)
        changes->end.change = g_array_index(series->changed_ids, int64_t, j) - 1;
    g_array_set_size(changes->events, room);
}

/* By source, in the order in which they came. */
static void
count_old(const struct series *series, struct changes *changes)
{
    g_autoptr(GHashTable) places = g_hash_table_new(g_int64_hash, g_int64_equal);
    for (guint i = 0; i < series->old->len; i++) {
        struct old_article *old = &g_array_index(series->old, struct old_article, i);
        if (old->id > changes->end.article)
            break;
        guint place = GPOINTER_TO_UINT(g_hash_table_lookup(places, &old->source));
        if (!place) {
            struct changes_older none = {old->source, 0};
            g_array_append_val(changes->older, none);
            place = changes->older->len;
            g_hash_table_insert(places, &old->source, GUINT_TO_POINTER(place));
        }
        g_array_index(changes->older, struct changes_older, place - 1).count++;
    }
}

bool
changes_read(struct store *store, const struct changes_request *r, struct changes *changes,
             GError **error)
{
    *changes = (struct changes){.events = g_array_new(FALSE, FALSE, sizeof(struct change)),
                                .older = g_array_new(FALSE, FALSE, sizeof(struct changes_older))};
    AUTO(series_clear)
    struct series series = {g_array_new(FALSE, FALSE, sizeof(struct change)),
                            g_array_new(FALSE, FALSE, sizeof(struct change)),
                            g_array_new(FALSE, FALSE, sizeof(int64_t)),
                            g_array_new(FALSE, FALSE, sizeof(struct old_article))};
    struct changes_place end;
    if (!changes_end(store, &end, error) || !read_new(store, r, end.article, &series, error) ||
        !read_changed(store, r, end.change, &series, error)) {
        changes_clear(changes);
        return false;
    }
    /* the newest may have been purged */
    changes->end.article = MAX(end.article, r->from.article);
    changes->end.change = MAX(end.change, r->from.change);
    merge(&series, r->limit, changes);
    count_old(&series, changes);
    return true;
}

void
changes_clear(struct changes *changes)
{
    g_clear_pointer(&changes->events, g_array_unref);
    g_clear_pointer(&changes->older, g_array_unref);
}

/* --- cursors ------------------------------------------------------------------------------ */

bool
cursor_name_is_right(const char *name)
{
    gsize length = strlen(name);
    return length >= 1 && length <= CURSOR_NAME &&
           strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789._-") == length;
}

bool
cursor_get(struct store *store, const char *name, struct changes_place *place, bool *found,
           GError **error)
{
    *found = false;
    AUTO_RESET sqlite3_stmt *s =
        store_prepare(store, "SELECT article, change FROM cursors WHERE name = ?1", error);
    if (!s)
        return false;
    store_bind_text(s, 1, name);
    int code = store_step(store, s, error);
    *found = code == SQLITE_ROW;
    if (*found)
        *place = (struct changes_place){sqlite3_column_int64(s, 0), sqlite3_column_int64(s, 1)};
    return *found || code == SQLITE_DONE;
}

bool
cursor_put(struct store *store, const char *name, const struct changes_place *place, int64_t now,
           GError **error)
{
    sqlite3_stmt *s = store_prepare(
        store,
        store->own
            ? "INSERT OR REPLACE INTO own.own_cursors(name, article, change, moved, store) VALUES(?1, ?2, ?3, ?4, ?5)"
            : "INSERT OR REPLACE INTO cursors(name, article, change, moved) VALUES(?1, ?2, ?3, ?4)",
        error);
    if (!s)
        return false;
    store_bind_text(s, 1, name);
    sqlite3_bind_int64(s, 2, place->article);
    sqlite3_bind_int64(s, 3, place->change);
    sqlite3_bind_int64(s, 4, now);
    if (store->own)
        sqlite3_bind_int64(s, 5, store->own);
    return store_run(store, s, error);
}

bool
cursor_forget(struct store *store, const char *name, GError **error)
{
    sqlite3_stmt *s =
        store_prepare(store,
                      store->own ? "DELETE FROM own.own_cursors WHERE name = ?1 AND store = ?2"
                                 : "DELETE FROM cursors WHERE name = ?1",
                      error);
    if (!s)
        return false;
    store_bind_text(s, 1, name);
    if (store->own)
        sqlite3_bind_int64(s, 2, store->own);
    return store_run(store, s, error);
}
