/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counting what saved queries have, one number at a time. */
#include "config.h"

#include "ui/query-counts.h"
#include "base/clock.h"

#define MOST 1000 /* articles, which are counted; of more it is said that they are more */
/* so many times what counting took passes before it is counted anew: a fetch writes all the time */
#define REST 5

struct query_count {
    char *query;
    bool unread;   /* of it, else all that it has */
    int64_t count; /* -1: nothing is known */
    bool more, asked;
    bool stale; /* it is to be counted */
    int64_t due;
};

struct query_counts {
    GPtrArray *all; /* owned struct query_count *, in the order in which they are shown */
};

static void
free_count(gpointer data)
{
    struct query_count *count = data;
    g_free(count->query);
    g_free(count);
}

struct query_counts *
query_counts_new(void)
{
    struct query_counts *counts = g_new(struct query_counts, 1);
    counts->all = g_ptr_array_new_with_free_func(free_count);
    return counts;
}

void
query_counts_free(struct query_counts *counts)
{
    g_ptr_array_unref(counts->all);
    g_free(counts);
}

void
query_counts_renew(struct query_counts *counts)
{
    for (guint i = 0; i < counts->all->len; i++) {
        struct query_count *count = g_ptr_array_index(counts->all, i);
        count->stale = true;
        count->asked = false;
    }
}

int64_t
query_counts_of(struct query_counts *counts, const char *query, bool unread, bool *more)
{
    struct query_count *count = NULL;
    for (guint i = 0; i < counts->all->len && !count; i++) {
        struct query_count *one = g_ptr_array_index(counts->all, i);
        count = one->unread == unread && g_str_equal(one->query, query) ? one : NULL;
    }
    if (!count) {
        count = g_new(struct query_count, 1);
        *count = (struct query_count){
            .query = g_strdup(query), .unread = unread, .count = -1, .stale = true};
        g_ptr_array_add(counts->all, count);
    }
    count->asked = true;
    *more = count->more;
    return count->count;
}

void
query_counts_keep_asked(struct query_counts *counts)
{
    for (guint i = counts->all->len; i-- > 0;)
        if (!((const struct query_count *)g_ptr_array_index(counts->all, i))->asked)
            g_ptr_array_remove_index(counts->all, i);
}

/* Of those that wait, the one whose turn is soonest. */
static struct query_count *
next_of(const struct query_counts *counts)
{
    struct query_count *next = NULL;
    for (guint i = 0; i < counts->all->len; i++) {
        struct query_count *count = g_ptr_array_index(counts->all, i);
        if (count->stale && (!next || count->due < next->due))
            next = count;
    }
    return next;
}

int64_t
query_counts_due(const struct query_counts *counts)
{
    const struct query_count *next = next_of(counts);
    return next ? next->due : G_MAXINT64;
}

struct patience {
    bool (*is_over)(gpointer data);
    gpointer data;
    int64_t end;
    bool interrupted;
};

static bool
is_over(gpointer data)
{
    struct patience *patience = data;
    patience->interrupted = patience->interrupted ||
                            (patience->is_over && patience->is_over(patience->data));
    return patience->interrupted || g_get_monotonic_time() >= patience->end;
}

void
query_counts_go_on(struct query_counts *counts, struct app *app, int milliseconds,
                   bool (*interrupt)(gpointer data), gpointer data)
{
    struct query_count *count = next_of(counts);
    int64_t begin = g_get_monotonic_time();
    if (!count)
        return;
    struct patience patience = {interrupt, data, begin + milliseconds * (int64_t)1000, false};
    AUTO(query_free) struct query *query = query_parse(count->query, clock_now(), NULL);
    struct listing listing = {
        .query = query, .unread_only = count->unread, .languages = app_folded(app)};
    bool more = false;
    int64_t found = query && app->session->store
                        ? listing_count_patiently(app->session->store, &listing, MOST + 1, is_over,
                                                  &patience, &more)
                        : -1;
    if (patience.interrupted)
        return;
    int64_t end = g_get_monotonic_time();
    count->stale = false;
    count->due = end + REST * (end - begin);
    /* none so far is not none */
    count->count = more && !found ? -1 : more && found > MOST ? MOST : found;
    count->more = more;
}
