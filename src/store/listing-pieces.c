/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lists by source and of what is unread first are pieces, each a list by date; a list of what is
 * unread in which some read articles are kept is two lists by date laid into each other.
 */
#include "config.h"

#include "store/listing-sql.h"

struct piece {
    struct listing listing;
    int64_t count; /* -1: not known yet */
};

struct pieces {
    GArray *pieces;    /* struct piece */
    GPtrArray *groups; /* struct listing_group, which they borrow from; or NULL */
};

static void
pieces_clear(struct pieces *p)
{
    g_array_unref(p->pieces);
    g_clear_pointer(&p->groups, g_ptr_array_unref);
}
DEFINE_AUTO_CLEAR(pieces, pieces_clear)

static void
add(struct pieces *p, const struct listing *l, int64_t count)
{
    struct piece piece = {*l, count};
    piece.listing.sort = LISTING_DATE;
    g_array_append_val(p->pieces, piece);
}

bool
listing_is_in_pieces(const struct listing *l)
{
    return l->sort == LISTING_UNREAD || (l->sort == LISTING_SOURCE && listing_is_of_counters(l));
}

static bool
cut(struct store *store, const struct listing *l, struct pieces *p, GError **error)
{
    p->pieces = g_array_new(FALSE, FALSE, sizeof(struct piece));
    p->groups = NULL;
    if (l->sort == LISTING_UNREAD) {
        struct listing unread = *l, read = *l;
        unread.unread_only = true;
        unread.kept = NULL;
        read.unread_only = false;
        read.read_only = true;
        read.among = l->unread_only ? l->kept : NULL;
        read.kept = NULL;
        add(p, &unread, -1);
        if (!l->unread_only || listing_keeps(l))
            add(p, &read, -1);
        return true;
    }
    p->groups = listing_tally_sources(store, l, error);
    for (guint i = 0; p->groups && i < p->groups->len; i++) {
        const struct listing_group *group = g_ptr_array_index(p->groups, i);
        struct listing own = *l;
        own.sources = group->sources;
        add(p, &own, group->hits);
    }
    return p->groups != NULL;
}

static int64_t
count_of(struct store *store, struct piece *piece, GError **error)
{
    if (piece->count < 0)
        piece->count = listing_count(store, &piece->listing, error);
    return piece->count;
}

GPtrArray *
listing_rows_in_pieces(struct store *store, const struct listing *l, int64_t offset, int64_t limit,
                       GError **error)
{
    AUTO(pieces_clear) struct pieces p = {NULL, NULL};
    if (!cut(store, l, &p, error))
        return NULL;
    g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(listing_free_item);
    for (guint i = 0; i < p.pieces->len && (limit < 0 || (int64_t)rows->len < limit); i++) {
        struct piece *piece = &g_array_index(p.pieces, struct piece, i);
        if (piece->count >= 0 && offset >= piece->count) {
            offset -= piece->count;
            continue;
        }
        GPtrArray *some =
            listing_rows(store, &piece->listing, offset, limit < 0 ? -1 : limit - rows->len, error);
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

int64_t
listing_position_in_pieces(struct store *store, const struct listing *l, int64_t article)
{
    AUTO(pieces_clear) struct pieces p = {NULL, NULL};
    AUTO(article_row_free) struct article_row *row = listing_article(store, article, NULL);
    if (!row || !cut(store, l, &p, NULL))
        return -1;
    int64_t before = 0;
    for (guint i = 0; i < p.pieces->len; i++) {
        struct piece *piece = &g_array_index(p.pieces, struct piece, i);
        bool there = !p.groups;
        for (guint s = 0; !there && s < piece->listing.sources->len; s++)
            there = g_array_index(piece->listing.sources, int64_t, s) == row->source;
        int64_t place = there ? listing_position(store, &piece->listing, article) : -1;
        if (place >= 0)
            return before + place;
        if (count_of(store, piece, NULL) < 0)
            return -1;
        before += piece->count;
    }
    return -1;
}

/* --- what is kept ------------------------------------------------------------------------- */

void
listing_part(const struct listing *l, struct listing *unread, struct listing *kept)
{
    *unread = *kept = *l;
    unread->kept = kept->kept = NULL;
    kept->unread_only = false;
    kept->read_only = true;
    kept->among = l->kept;
}

static bool
is_newer(const struct article_row *a, const struct article_row *b)
{
    return a->order != b->order ? a->order > b->order : a->id > b->id;
}

GPtrArray *
listing_merge(GPtrArray *one, GPtrArray *other, bool newest_first, int64_t limit)
{
    GPtrArray *rows = one && other ? g_ptr_array_new_with_free_func(listing_free_item) : NULL;
    guint i = 0, j = 0;
    while (rows && (i < one->len || j < other->len) && (limit < 0 || (int64_t)rows->len < limit)) {
        bool first = j == other->len ||
                     (i < one->len && is_newer(one->pdata[i], other->pdata[j]) == newest_first);
        gpointer *from = first ? &one->pdata[i++] : &other->pdata[j++];
        g_ptr_array_add(rows, g_steal_pointer(from));
    }
    g_clear_pointer(&one, g_ptr_array_unref);
    g_clear_pointer(&other, g_ptr_array_unref);
    return rows;
}

/*
 * Rows of the two lists from one end: of the unread ones those that may be in the window are read,
 * as the kept ones, which are few, may push them on.
 */
GPtrArray *
listing_rows_with_kept(struct store *store, const struct listing *l, dated_rows *read_rows,
                       bool newest_first, int64_t offset, int64_t limit, GError **error)
{
    struct listing unread, kept;
    listing_part(l, &unread, &kept);
    GPtrArray *few = read_rows(store, &kept, 0, -1, error);
    if (!few)
        return NULL;
    int64_t skipped = MAX(offset - (int64_t)few->len, 0);
    GPtrArray *many =
        read_rows(store, &unread, skipped, limit < 0 ? -1 : limit + (int64_t)few->len, error);
    if (!many) {
        g_ptr_array_unref(few);
        return NULL;
    }
    int64_t base = skipped;
    while (skipped && many->len && few->len &&
           is_newer(few->pdata[0], many->pdata[0]) == newest_first) {
        g_ptr_array_remove_index(few, 0);
        base++;
    }
    GPtrArray *rows =
        listing_merge(many, few, newest_first, limit < 0 ? -1 : offset - base + limit);
    if (offset > base)
        g_ptr_array_remove_range(rows, 0, (guint)MIN(offset - base, (int64_t)rows->len));
    return rows;
}
