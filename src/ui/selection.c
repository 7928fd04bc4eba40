/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sets of rows. */
#include "config.h"

#include "ui/selection.h"

void
selection_init(struct selection *s)
{
    s->ids = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
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

bool
selection_has(const struct selection *s, int64_t article, int64_t place, int64_t cursor)
{
    if (s->anchor >= 0 && place >= MIN(s->anchor, cursor) && place <= MAX(s->anchor, cursor))
        return true;
    return g_hash_table_contains(s->ids, &article);
}

int64_t
selection_size(const struct selection *s, int64_t cursor)
{
    return g_hash_table_size(s->ids) + (s->anchor >= 0 ? ABS(cursor - s->anchor) + 1 : 0);
}

int64_t
selection_first(const struct selection *s, int64_t cursor)
{
    return s->anchor >= 0 ? MIN(s->anchor, cursor) : cursor;
}

void
selection_toggle(struct selection *s, int64_t article)
{
    if (!g_hash_table_remove(s->ids, &article))
        g_hash_table_add(s->ids, g_memdup2(&article, sizeof article));
}

/* Takes the rows of the open range in. */
static void
end_range(struct selection *s, struct window *window, int64_t cursor)
{
    int64_t from = MIN(s->anchor, cursor), to = MAX(s->anchor, cursor);
    s->anchor = -1;
    for (int64_t i = from; from >= 0 && i <= to; i++) {
        const struct article_row *row = window_row(window, i);
        if (row)
            g_hash_table_add(s->ids, g_memdup2(&row->id, sizeof row->id));
    }
}

void
selection_toggle_range(struct selection *s, struct window *window, int64_t cursor)
{
    if (s->anchor < 0)
        s->anchor = cursor;
    else
        end_range(s, window, cursor);
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
    if (row)
        session_overlay(window->session, row);
    return row;
}

GPtrArray *
selection_rows(struct selection *s, struct window *window, int64_t cursor)
{
    GPtrArray *rows = g_ptr_array_new_with_free_func(free_row);
    if (s->anchor >= 0)
        end_range(s, window, cursor);
    GHashTableIter iter;
    gpointer id;
    g_hash_table_iter_init(&iter, s->ids);
    while (g_hash_table_iter_next(&iter, &id, NULL)) {
        struct article_row *row = current_row(window, *(int64_t *)id);
        if (row)
            g_ptr_array_add(rows, row);
    }
    const struct article_row *current = g_hash_table_size(s->ids) ? NULL
                                                                  : window_row(window, cursor);
    struct article_row *row = current ? current_row(window, current->id) : NULL;
    if (row)
        g_ptr_array_add(rows, row);
    return rows;
}
