/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sets of rows. */
#include "config.h"

#include "ui/selection.h"

/* Single rows whose places are looked for; of more the order alone would be told, as it was. */
#define MOST_FOLLOWED 100

void
selection_init(struct selection *s)
{
    s->ids = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
    s->anchor = -1;
}

void
selection_free(struct selection *s)
{
    g_hash_table_unref(s->ids);
}

void
selection_clear(struct selection *s)
{
    g_hash_table_remove_all(s->ids);
    s->anchor = -1;
}

static bool
in_range(const struct selection *s, int64_t place, int64_t cursor)
{
    return s->anchor >= 0 && place >= MIN(s->anchor, cursor) && place <= MAX(s->anchor, cursor);
}

bool
selection_has(const struct selection *s, int64_t article, int64_t place, int64_t cursor)
{
    return in_range(s, place, cursor) || g_hash_table_contains(s->ids, &article);
}

int64_t
selection_size(const struct selection *s, int64_t cursor)
{
    int64_t size = s->anchor >= 0 ? ABS(cursor - s->anchor) + 1 : 0;
    GHashTableIter iter;
    gpointer place;
    g_hash_table_iter_init(&iter, s->ids);
    while (g_hash_table_iter_next(&iter, NULL, &place))
        size += !in_range(s, *(int64_t *)place, cursor);
    return size;
}

static bool
has_at(const struct selection *s, struct window *window, int64_t place, int64_t cursor)
{
    const struct article_row *row = window_row(window, place);
    return row && selection_has(s, row->id, place, cursor);
}

void
selection_block(const struct selection *s, struct window *window, int64_t cursor, int64_t *from,
                int64_t *to)
{
    *from = s->anchor >= 0 ? MIN(s->anchor, cursor) : cursor;
    *to = s->anchor >= 0 ? MAX(s->anchor, cursor) + 1 : cursor;
    if (s->anchor < 0 && !g_hash_table_size(s->ids)) {
        *to = cursor + 1;
        return;
    }
    if (s->anchor < 0 && !has_at(s, window, cursor, cursor))
        return;
    while (has_at(s, window, *to, cursor))
        ++*to;
    while (*from > 0 && has_at(s, window, *from - 1, cursor))
        --*from;
}

static void
take_in(struct selection *s, int64_t article, int64_t place)
{
    g_hash_table_insert(s->ids, g_memdup2(&article, sizeof article),
                        g_memdup2(&place, sizeof place));
}

void
selection_close_range(struct selection *s, struct window *window, int64_t cursor)
{
    if (s->anchor < 0)
        return;
    int64_t from = MIN(s->anchor, cursor), to = MAX(s->anchor, cursor);
    s->anchor = -1;
    for (int64_t i = from; from >= 0 && i <= to; i++) {
        const struct article_row *row = window_row(window, i);
        if (row)
            take_in(s, row->id, i);
    }
}

bool
selection_toggle(struct selection *s, struct window *window, int64_t article, int64_t cursor)
{
    selection_close_range(s, window, cursor); /* the row is in it */
    bool had = g_hash_table_remove(s->ids, &article);
    if (!had)
        take_in(s, article, cursor);
    return !had;
}

void
selection_toggle_range(struct selection *s, struct window *window, int64_t cursor)
{
    const struct article_row *row = s->anchor < 0 ? window_row(window, cursor) : NULL;
    if (s->anchor >= 0) {
        selection_close_range(s, window, cursor);
    } else if (row) {
        s->anchor = cursor;
        s->article = row->id;
    }
}

void
selection_follow(struct selection *s, int64_t last, selection_place_func *place_of, gpointer data)
{
    if (s->anchor >= 0) {
        int64_t now = place_of(data, s->article);
        s->anchor = MAX(now >= 0 ? now : MIN(s->anchor, last), 0);
    }
    GHashTableIter iter;
    gpointer article, place;
    g_hash_table_iter_init(&iter, s->ids);
    while (g_hash_table_size(s->ids) <= MOST_FOLLOWED &&
           g_hash_table_iter_next(&iter, &article, &place)) {
        *(int64_t *)place = place_of(data, *(int64_t *)article); /* -1: the list has it not */
    }
}

static void
free_row(gpointer row)
{
    article_row_free(row);
}

/* An article as it is now, marks that wait included; NULL when it is gone. */
static struct article_row *
current_row(const struct window *window, int64_t article)
{
    struct article_row *row = listing_article(window->store, article, NULL);
    if (row && window->listing.languages)
        session_join(window->session, row);
    if (row)
        session_overlay(window->session, row);
    return row;
}

struct taken {
    int64_t article, place;
};

static int
compare_taken(gconstpointer a, gconstpointer b)
{
    const struct taken *x = a, *y = b;
    return x->place != y->place ? (x->place > y->place ? 1 : -1) : 0;
}

/* What is selected, from the top on: struct taken, owned. */
static GArray *
all_taken(const struct selection *s)
{
    GArray *all = g_array_new(FALSE, FALSE, sizeof(struct taken));
    GHashTableIter iter;
    gpointer article, place;
    g_hash_table_iter_init(&iter, s->ids);
    while (g_hash_table_iter_next(&iter, &article, &place)) {
        struct taken one = {*(int64_t *)article, *(int64_t *)place};
        g_array_append_val(all, one);
    }
    g_array_sort(all, compare_taken);
    return all;
}

GPtrArray *
selection_rows(struct selection *s, struct window *window, int64_t cursor)
{
    GPtrArray *rows = g_ptr_array_new_with_free_func(free_row);
    selection_close_range(s, window, cursor);
    g_autoptr(GArray) taken = all_taken(s);
    const struct article_row *current = taken->len ? NULL : window_row(window, cursor);
    if (current) {
        struct taken one = {current->id, cursor};
        g_array_append_val(taken, one);
    }
    for (guint i = 0; i < taken->len; i++) {
        struct article_row *row =
            current_row(window, g_array_index(taken, struct taken, i).article);
        if (row)
            g_ptr_array_add(rows, row);
    }
    return rows;
}
