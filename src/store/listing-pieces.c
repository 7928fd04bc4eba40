/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lists by source and of what is unread first: pieces, each a list by date.  By source they may be
 * very many with nothing in them, if the counters do not know; then they are sorted after all.
 */
#include "config.h"

#include "store/hits.h"
#include "store/listing-sql.h"

#define NAME "crier_fold(coalesce(s.title, s.feed_title, s.url))"

struct piece {
    struct listing listing;
    int64_t count; /* -1: not known yet */
};

struct pieces {
    GArray *pieces;    /* struct piece */
    GPtrArray *groups; /* struct listing_group, which they borrow from; or NULL */
    GArray *few;       /* int64_t, the same: the only articles there are; or NULL */
};

static void
pieces_clear(struct pieces *p)
{
    g_clear_pointer(&p->pieces, g_array_unref);
    g_clear_pointer(&p->groups, g_ptr_array_unref);
    g_clear_pointer(&p->few, g_array_unref);
}
DEFINE_AUTO_CLEAR(pieces, pieces_clear)

static void
add(struct pieces *p, const struct listing *l, const struct listing *whole, int64_t count)
{
    struct piece piece = {*l, count};
    piece.listing.sort = LISTING_DATE;
    piece.listing.whole = whole;
    g_array_append_val(p->pieces, piece);
}

bool
listing_is_in_pieces(const struct listing *l)
{
    return l->sort == LISTING_UNREAD || l->sort == LISTING_SOURCE;
}

static bool
cut(struct store *store, const struct listing *l, struct pieces *p, GError **error)
{
    p->pieces = g_array_new(FALSE, FALSE, sizeof(struct piece));
    p->groups = NULL;
    p->few = NULL;
    if (l->sort == LISTING_UNREAD) {
        struct listing unread = *l, read = *l;
        unread.unread_only = true;
        unread.kept = NULL;
        read.unread_only = false;
        read.read_only = true;
        read.among = l->unread_only ? l->kept : NULL;
        read.kept = NULL;
        add(p, &unread, listing_whole(l), -1);
        if (!l->unread_only || listing_keeps(l))
            add(p, &read, listing_whole(l), -1);
        return true;
    }
    bool counted = listing_is_of_counters(l);
    const struct hits *set = listing_needs_set(l) ? listing_set(store, l) : NULL;
    p->few = listing_set_few(set);
    const struct listing all = {
        .source = l->source, .portal = l->portal, .edition = l->edition, .sources = l->sources};
    p->groups = listing_tally_sources(store, counted ? l : &all, error);
    for (guint i = 0; p->groups && i < p->groups->len; i++) {
        const struct listing_group *group = g_ptr_array_index(p->groups, i);
        struct listing own = *l;
        own.one_by_one = !p->few;
        own.set = p->few ? NULL : set;
        own.among = p->few ? p->few : l->among;
        if (group->sources->len == 1) {
            own.source = g_array_index(group->sources, int64_t, 0);
            own.sources = NULL;
        } else {
            own.sources = group->sources;
        }
        add(p, &own, listing_whole(l), counted && !listing_is_folded(l) ? group->hits : -1);
    }
    return p->groups != NULL;
}

static int64_t
count_of(struct store *store, struct piece *piece, GError **error)
{
    if (piece->count < 0)
        piece->count = listing_dated_count(store, &piece->listing, -1, error);
    return piece->count;
}

static GPtrArray *
read_first(struct store *store, const struct listing *l, int64_t offset, int64_t limit,
           GError **error)
{
    AUTO(pieces_clear) struct pieces p = {NULL, NULL, NULL};
    if (!cut(store, l, &p, error))
        return NULL;
    g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(listing_free_item);
    for (guint i = 0; i < p.pieces->len && (limit < 0 || (int64_t)rows->len < limit); i++) {
        struct piece *piece = &g_array_index(p.pieces, struct piece, i);
        if (piece->count >= 0 && offset >= piece->count) {
            offset -= piece->count;
            continue;
        }
        GPtrArray *some = listing_dated_rows(store, &piece->listing, offset,
                                             limit < 0 ? -1 : limit - rows->len, error);
        if (!some)
            return NULL;
        /* behind its end it says nothing of where that is */
        if (!some->len && offset && count_of(store, piece, error) < 0) {
            g_ptr_array_unref(some);
            return NULL;
        }
        offset = some->len || !offset ? 0 : MAX(offset - piece->count, 0);
        g_ptr_array_extend_and_steal(rows, some);
    }
    return g_steal_pointer(&rows);
}

/* Rows, with others before or behind them, which may be NULL: then there are none. */
static GPtrArray *
join(GPtrArray *rows, GPtrArray *more, bool before)
{
    GPtrArray *first = before ? more : rows, *second = before ? rows : more;
    if (!more) {
        g_ptr_array_unref(rows);
        return NULL;
    }
    g_ptr_array_extend_and_steal(first, second);
    return first;
}

static GPtrArray *
read_last(struct store *store, const struct listing *l, int64_t skip, int64_t limit, GError **error)
{
    AUTO(pieces_clear) struct pieces p = {NULL, NULL, NULL};
    if (!cut(store, l, &p, error))
        return NULL;
    GPtrArray *rows = g_ptr_array_new_with_free_func(listing_free_item);
    for (guint i = p.pieces->len; rows && i-- && (int64_t)rows->len < limit;) {
        struct piece *piece = &g_array_index(p.pieces, struct piece, i);
        if (piece->count >= 0 && skip >= piece->count) {
            skip -= piece->count;
            continue;
        }
        GPtrArray *some =
            listing_dated_last(store, &piece->listing, skip, limit - (int64_t)rows->len, error);
        if (some && !some->len && skip && count_of(store, piece, error) < 0)
            g_clear_pointer(&some, g_ptr_array_unref);
        skip = !some || some->len || !skip ? 0 : MAX(skip - piece->count, 0);
        rows = join(rows, some, true);
    }
    return rows;
}

/* The number of the first column of a statement about an article; 0: there is none. */
static int64_t
number_of(struct store *store, const char *sql, int64_t article)
{
    AUTO_RESET sqlite3_stmt *s = store_prepare(store, sql, NULL);
    if (!s)
        return 0;
    sqlite3_bind_int64(s, 1, article);
    return sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
}

static int64_t
source_of(struct store *store, int64_t article)
{
    return number_of(store, "SELECT source FROM articles WHERE id = ?1", article);
}

/* Whether a piece, of those by source, is of that one. */
static bool
has_source(const struct pieces *p, guint piece, int64_t source)
{
    const struct listing_group *group = g_ptr_array_index(p->groups, piece);
    for (guint i = 0; i < group->sources->len; i++)
        if (g_array_index(group->sources, int64_t, i) == source)
            return true;
    return false;
}

/* The piece in which a row of the list stands. */
static guint
piece_of(struct store *store, const struct pieces *p, const struct article_row *row)
{
    guint last = p->pieces->len ? p->pieces->len - 1 : 0;
    if (!p->groups)
        return number_of(store, "SELECT read FROM marks WHERE article = ?1", row->id) ? last : 0;
    for (guint i = 0; i < last; i++)
        if (has_source(p, i, row->source))
            return i;
    return last;
}

static GPtrArray *
read_beside(struct store *store, const struct listing *l, const struct article_row *row,
            bool before, int64_t limit, GError **error)
{
    AUTO(pieces_clear) struct pieces p = {NULL, NULL, NULL};
    if (!cut(store, l, &p, error))
        return NULL;
    GPtrArray *rows = g_ptr_array_new_with_free_func(listing_free_item);
    guint i = piece_of(store, &p, row);
    for (bool first = true; rows && i < p.pieces->len && (int64_t)rows->len < limit;
         first = false) {
        const struct listing *own = &g_array_index(p.pieces, struct piece, i).listing;
        int64_t rest = limit - (int64_t)rows->len;
        GPtrArray *some = first    ? listing_dated_beside(store, own, row, before, rest, error)
                          : before ? listing_dated_last(store, own, 0, rest, error)
                                   : listing_dated_rows(store, own, 0, rest, error);
        rows = join(rows, some, before);
        i = before ? i - 1 : i + 1; /* before the first one there is none either */
    }
    return rows;
}

/* --- where they are not known to be few --------------------------------------------------- */

static GPtrArray *
read_pieces(struct store *store, const struct listing *l, const struct listing_reach *reach,
            const void *data, GError **error)
{
    (void)data;
    if (reach->from)
        return read_beside(store, l, reach->from, !reach->forth, reach->limit, error);
    return reach->forth ? read_first(store, l, reach->offset, reach->limit, error)
                        : read_last(store, l, reach->offset, reach->limit, error);
}

/* All that a list by source has, in order. */
static GPtrArray *
read_sorted(struct store *store, const struct listing *l, const struct listing_reach *reach,
            const void *data, GError **error)
{
    (void)data;
    static const char *const order[] = {" ORDER BY its DESC, a.sort, a.id",
                                        " ORDER BY its, a.sort DESC, a.id DESC"};
    GString *sql = g_string_new("SELECT " ROW_COLUMNS " FROM (SELECT a.id AS pick, " NAME
                                " AS its" ROW_TABLES);
    listing_condition(sql, l);
    if (reach->from)
        g_string_append_printf(sql,
                               " AND (" NAME ", -a.sort, -a.id) %c ((SELECT " NAME
                               " FROM sources s WHERE s.id = ?995), ?996, ?997)",
                               reach->forth ? '>' : '<');
    g_string_append_printf(
        sql,
        "%s LIMIT ?998 OFFSET ?999) p CROSS JOIN articles a ON a.id = p.pick"
        " JOIN sources s ON s.id = a.source LEFT JOIN marks m ON m.article = a.id"
        " ORDER BY p.its, a.sort DESC, a.id DESC",
        order[reach->forth]);
    sqlite3_stmt *s = listing_statement(store, sql, l, error);
    if (!s)
        return NULL;
    if (reach->from) {
        sqlite3_bind_int64(s, 995, reach->from->source);
        sqlite3_bind_int64(s, 996, -reach->from->order);
        sqlite3_bind_int64(s, 997, -reach->from->id);
    }
    sqlite3_bind_int64(s, 998, reach->limit);
    sqlite3_bind_int64(s, 999, reach->offset);
    return listing_read(store, s, error);
}

/*
 * Thousands of steps after which to read and sort all of a set costs no more than to go on: for an
 * article that is looked up, and for one whose text is read.
 */
static int
steps_beside_sorting(const struct hits *set, const struct query *query)
{
    return set ? MAX(SOME_STEPS, (int)(hits_count(set) / (query->exact ? 40 : 4))) : SOME_STEPS;
}

static GPtrArray *
read_soonest(struct store *store, const struct listing *l, const struct listing_reach *reach,
             GError **error)
{
    if (l->sort == LISTING_UNREAD || listing_is_of_counters(l))
        return read_pieces(store, l, reach, NULL, error);
    struct listing own = *l;
    const struct hits *set = listing_needs_set(l) ? listing_set(store, l) : NULL;
    g_autoptr(GArray) few = listing_set_few(set);
    if (few) {
        own.among = few;
        own.whole = listing_whole(l);
    }
    const struct listing_reader readers[] = {{read_sorted, FEW_STEPS},
                                             {read_pieces, steps_beside_sorting(set, l->query)},
                                             {read_sorted, 0}};
    bool rare = own.starred_only || own.among || (l->query && l->query->rare),
         picks = !set && l->query && l->query->picks;
    return listing_read_soonest(store, &own, reach,
                                readers + (rare || reach->limit < 0 ? 2
                                           : picks                  ? 0
                                                                    : 1),
                                NULL, error);
}

GPtrArray *
listing_rows_in_pieces(struct store *store, const struct listing *l, int64_t offset, int64_t limit,
                       GError **error)
{
    return read_soonest(store, l, &(struct listing_reach){true, NULL, offset, limit}, error);
}

GPtrArray *
listing_last_in_pieces(struct store *store, const struct listing *l, int64_t skip, int64_t limit,
                       GError **error)
{
    return read_soonest(store, l, &(struct listing_reach){false, NULL, skip, limit}, error);
}

GPtrArray *
listing_beside_in_pieces(struct store *store, const struct listing *l,
                         const struct article_row *row, bool before, int64_t limit, GError **error)
{
    return read_soonest(store, l, &(struct listing_reach){!before, row, 0, limit}, error);
}

/* --- places ------------------------------------------------------------------------------- */

/* How many rows stand in the pieces [from, to): what is not known of them takes one question. */
static int64_t
count_pieces(struct store *store, const struct listing *l, const struct pieces *p, guint from,
             guint to)
{
    int64_t known = 0, more = 0;
    g_autoptr(GArray) sources = g_array_new(FALSE, FALSE, sizeof(int64_t));
    for (guint i = from; i < to; i++) {
        struct piece *piece = &g_array_index(p->pieces, struct piece, i);
        if (piece->count >= 0 || !p->groups) {
            if (count_of(store, piece, NULL) < 0)
                return -1;
            known += piece->count;
            continue;
        }
        const GArray *its =
            ((const struct listing_group *)g_ptr_array_index(p->groups, i))->sources;
        g_array_append_vals(sources, its->data, its->len);
    }
    if (sources->len) {
        struct listing rest = *l;
        rest.sort = LISTING_DATE;
        rest.sources = sources;
        rest.whole = listing_whole(l);
        more = listing_count_in_sources(store, &rest);
    }
    return more < 0 ? -1 : known + more;
}

/* Where an article stands in its piece, whose number is *piece; -1: it does not. */
static int64_t
place_in_piece(struct store *store, const struct pieces *p, int64_t article, guint *piece)
{
    int64_t source = source_of(store, article), place = -1;
    for (guint i = 0; source && place < 0 && i < p->pieces->len; i++) {
        if (p->groups && !has_source(p, i, source))
            continue;
        *piece = i;
        place = listing_dated_position(store, &g_array_index(p->pieces, struct piece, i).listing,
                                       article);
    }
    return place;
}

static int64_t
position_in(struct store *store, const struct listing *l, const struct pieces *p, int64_t article)
{
    guint piece;
    int64_t place = place_in_piece(store, p, article, &piece),
            before = place < 0 ? -1 : count_pieces(store, l, p, 0, piece);
    return before < 0 ? -1 : before + place;
}

int64_t
listing_position_in_pieces(struct store *store, const struct listing *l, int64_t article)
{
    AUTO(pieces_clear) struct pieces p = {NULL, NULL, NULL};
    return cut(store, l, &p, NULL) ? position_in(store, l, &p, article) : -1;
}

int64_t
listing_position_from_in_pieces(struct store *store, const struct listing *l, int64_t article,
                                const struct article_row *row, int64_t known)
{
    AUTO(pieces_clear) struct pieces p = {NULL, NULL, NULL};
    if (l->sort == LISTING_UNREAD) /* the row may have gone to the other piece */
        return listing_position_in_pieces(store, l, article);
    if (!cut(store, l, &p, NULL))
        return -1;
    guint to = 0, from = piece_of(store, &p, row);
    if (from < p.pieces->len && has_source(&p, from, source_of(store, article)))
        return listing_dated_position_from(
            store, &g_array_index(p.pieces, struct piece, from).listing, article, row, known);
    int64_t place = place_in_piece(store, &p, article, &to);
    if (place < 0)
        return -1;
    int64_t other = place_in_piece(store, &p, row->id, &from),
            between = other < 0 ? -1 : count_pieces(store, l, &p, MIN(from, to), MAX(from, to));
    if (between < 0) /* the row is gone */
        return position_in(store, l, &p, article);
    return known - other + (from < to ? between : -between) + place;
}
