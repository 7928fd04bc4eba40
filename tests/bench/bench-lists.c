/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What lists take to be shown, every filter in every order:
 *
 *     bench-lists STORE OF STEPS [QUERY…]
 *
 * prints rows for rows.py, CPU milliseconds, of the STEPS that are named ("first last"): the first
 * screens with how many rows there are, the last ones, those in the middle, and finding the place
 * of one of these again.  OF begins their names.
 */
#include "config.h"

#include "reader/window.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#define NOW    1761350400
#define HEIGHT 40
#define RUNS   3
#define LONG   1000 /* milliseconds: what takes so long is not repeated */

static const char *const queries[] = {
    "all",
    "lang:ru",
    "lang:zh",
    "lang:de",
    "lang:ru OR lang:zh",
    "-lang:en",
    "is:unread",
    "is:read",
    "lang:ru is:unread",
    "lang:ru is:starred",
    "lang:ru source:500",
    "lang:ru portal:beiling",
    "source:500",
    "portal:beiling",
    "is:starred",
    "is:revised",
    "is:withdrawn",
    "changed:2025-01-01",
    "tag:city",
    "has:attachment",
    "is:unread has:attachment",
    "lang:ru has:attachment",
    "lang:ru since:2024-01-01",
    "since:2025-10-01",
    "since:2020-01-01",
    "before:2020-01-01",
    "seen:2025-01-01",
    "section:news",
};

static const struct {
    const char *name;
    enum listing_sort sort;
} orders[] = {{"date", LISTING_DATE},
              {"title", LISTING_TITLE},
              {"source", LISTING_SOURCE},
              {"unread", LISTING_UNREAD},
              {"relevance", LISTING_RELEVANCE}}; /* of words alone */

enum step { FIRST, LAST, MIDDLE, PLACE };
static const char *const steps[] = {"first", "last", "middle", "place"};

static double
now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* Does what a key does, and says what it took; what leads there is not counted. */
static double
take(struct window *w, enum step step)
{
    double start = now_ms();
    window_load(w, 0);
    if (step == FIRST)
        return now_ms() - start;
    while (w->more)
        window_count_on(w, w->count);
    if (!w->count)
        return 0;
    if (step != PLACE) {
        start = now_ms();
        window_row(w, step == LAST ? w->count - 1 : w->count / 2);
        return now_ms() - start;
    }
    const struct article_row *row = window_row(w, w->count / 2);
    int64_t article = row ? row->id : 0;
    window_load(w, 0);
    start = now_ms();
    int64_t place = article ? window_place(w, article) : -1;
    double took = now_ms() - start;
    if (place != w->count / 2)
        fprintf(stderr, "bench-lists: article %ld at %ld, not %ld\n", (long)article, (long)place,
                (long)(w->count / 2));
    return took;
}

int
main(int argc, char **argv)
{
    if (argc < 4) {
        fprintf(stderr, "usage: bench-lists STORE OF STEPS [QUERY...]\n");
        return 2;
    }
    g_autoptr(GError) error = NULL;
    AUTO(store_close) struct store *store = store_open(argv[1], STORE_WRITE, 0, &error);
    if (!store) {
        fprintf(stderr, "bench-lists: %s\n", error->message);
        return 1;
    }
    g_autoptr(GArray) pending = g_array_new(FALSE, FALSE, sizeof(struct mark_change));
    struct session session = {.store = store, .pending = pending};
    size_t count = argc > 4 ? (size_t)argc - 4 : G_N_ELEMENTS(queries);
    for (size_t q = 0; q < count; q++) {
        const char *text = argc > 4 ? argv[q + 4] : queries[q];
        AUTO(query_free) struct query *query =
            g_str_equal(text, "all") ? NULL : query_parse(text, NOW, &error);
        for (size_t o = 0; !error && o < G_N_ELEMENTS(orders); o++) {
            if (orders[o].sort == LISTING_RELEVANCE && !(query && query->match))
                continue;
            struct window w;
            window_init(&w, &session);
            w.height = HEIGHT;
            w.listing = (struct listing){.query = query, .sort = orders[o].sort};
            for (int s = 0; s < (int)G_N_ELEMENTS(steps); s++) {
                if (!strstr(argv[3], steps[s]))
                    continue;
                printf("%s, %s by %s, %s\tcrier\tCPU ms", argv[2], text, orders[o].name, steps[s]);
                for (int run = 0; run < RUNS; run++) {
                    double took = take(&w, (enum step)s);
                    printf("\t%.3f", took);
                    if (took > LONG)
                        break;
                }
                printf("\n");
                fflush(stdout);
            }
            window_clear(&w);
        }
        if (error) {
            fprintf(stderr, "bench-lists: %s\n", error->message);
            return 1;
        }
    }
    return 0;
}
