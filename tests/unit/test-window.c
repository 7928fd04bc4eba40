/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A long list as the reader walks through it, and articles as files. */
#include "config.h"

#include "reader/save.h"
#include "reader/window.h"
#include "store/db.h"
#include "unit/kit.h"
#include "unit/store-kit.h"

#define ARTICLES 400 /* several windows long */

struct list {
    struct fixture store;
    struct session session;
    struct window window;
};

static void
set_up_list(struct list *l, gconstpointer data)
{
    set_up(&l->store, data);
    for (int i = 0; i < ARTICLES; i++) {
        g_autofree char *id = g_strdup_printf("n%d", i), *title = g_strdup_printf("Notice %d", i);
        int64_t article = put(&l->store, id, NULL, title, NOW - i * 60);
        struct mark_change read = {.article = article, .mark = MARK_READ, .on = true};
        if (i % 150 != 100) /* the 100th and the 250th stay unread */
            g_assert_true(marks_apply(l->store.store, &read, 1, NULL));
    }
    l->session = (struct session){.store = l->store.store,
                                  .pending = g_array_new(FALSE, FALSE, sizeof(struct mark_change))};
    window_init(&l->window, &l->session);
    l->window.height = 20;
    window_load(&l->window, 0);
}

static void
tear_down_list(struct list *l, gconstpointer data)
{
    window_clear(&l->window);
    g_array_unref(l->session.pending);
    tear_down(&l->store, data);
}

static void
shows(struct list *l, int64_t place)
{
    const struct article_row *row = window_row(&l->window, place);
    g_autofree char *title = g_strdup_printf("Notice %" G_GINT64_FORMAT, place);
    g_assert_nonnull(row);
    g_assert_cmpstr(row->title, ==, title);
    g_assert_cmpint(window_place(&l->window, row->id), ==, place);
}

/* Step by step in both directions and by leaps, each place has its own row. */
static void
test_rows(struct list *l, gconstpointer data)
{
    (void)data;
    g_assert_cmpint(l->window.count, ==, ARTICLES);
    for (int64_t i = 0; i < ARTICLES; i++)
        shows(l, i);
    for (int64_t i = ARTICLES; i-- > 0;)
        shows(l, i);
    for (int64_t i = 0; i < ARTICLES; i++)
        shows(l, i * 149 % ARTICLES);
    g_assert_null(window_row(&l->window, -1));
    g_assert_null(window_row(&l->window, ARTICLES));
    g_assert_cmpuint(l->window.rows->len, <, ARTICLES / 2);
    g_assert_cmpint(window_place(&l->window, 1000000), ==, -1);
}

/* In an order that has no neighbours to ask for, too. */
static void
test_sorted(struct list *l, gconstpointer data)
{
    (void)data;
    l->window.listing.sort = LISTING_UNREAD;
    window_load(&l->window, 0);
    g_assert_cmpstr(window_row(&l->window, 0)->title, ==, "Notice 100");
    g_assert_cmpstr(window_row(&l->window, 1)->title, ==, "Notice 250");
    g_assert_cmpstr(window_row(&l->window, 2)->title, ==, "Notice 0");
    g_assert_cmpstr(window_row(&l->window, ARTICLES - 1)->title, ==, "Notice 399");
    g_assert_cmpint(window_find_unread(&l->window, 5, -1), ==, 1);
    /* 100 and 250 stand before it */
    g_assert_cmpint(window_find_title(&l->window, 0, 1, false, "notice 39"), ==, 41);
}

/* In every order the rows around an article come without those before them. */
static void
test_reach(struct list *l, gconstpointer data)
{
    static const enum listing_sort sorts[] = {LISTING_DATE, LISTING_TITLE, LISTING_SOURCE,
                                              LISTING_UNREAD};
    (void)data;
    for (size_t s = 0; s < G_N_ELEMENTS(sorts); s++) {
        for (int64_t place = 0; place < ARTICLES; place += 57) {
            l->window.listing.sort = sorts[s];
            window_load(&l->window, 0);
            int64_t article = window_row(&l->window, place)->id;
            window_load(&l->window, 0);
            g_assert_cmpint(window_reach(&l->window, article), ==, place);
            g_assert_cmpint(l->window.from, <=, place);
            for (int64_t near = MAX(place - 30, 0); near < MIN(place + 30, ARTICLES); near++) {
                const struct article_row *row = window_row(&l->window, near);
                g_assert_cmpint(listing_position(l->store.store, &l->window.listing, row->id), ==,
                                near);
            }
        }
    }
    g_assert_cmpint(window_reach(&l->window, 1000000), ==, -1);
}

/* Counts what is asked of the store behind an offset. */
static int
note_offset(unsigned event, void *data, void *statement, void *text)
{
    (void)event;
    (void)text;
    char *sql = sqlite3_expanded_sql(statement);
    const char *offset = strstr(sql, "OFFSET ");
    if (offset && g_ascii_strtoll(offset + strlen("OFFSET "), NULL, 10) > 0)
        ++*(int *)data;
    sqlite3_free(sql);
    return 0;
}

/* The rows in memory stand where the list has them. */
static void
are_in_place(struct list *l)
{
    g_autoptr(GPtrArray) all = listing_rows(l->store.store, &l->window.listing, 0, -1, NULL);
    g_assert_cmpint(l->window.count, ==, all->len);
    if (l->window.rows->len)
        g_assert_cmpint(l->window.from + l->window.rows->len, <=, all->len);
    for (guint i = 0; i < l->window.rows->len; i++) {
        const struct article_row *row = l->window.rows->pdata[i],
                                 *its = all->pdata[l->window.from + i];
        g_assert_cmpint(row->id, ==, its->id);
        g_assert_cmpint(row->unread, ==, its->unread);
    }
}

/* Loads around a place, which needs no offset. */
static void
loads_again(struct list *l, int64_t place)
{
    int offsets = 0;
    sqlite3_trace_v2(l->store.store->db, SQLITE_TRACE_STMT, note_offset, &offsets);
    window_load(&l->window, place);
    sqlite3_trace_v2(l->store.store->db, 0, NULL, NULL);
    g_assert_cmpint(offsets, ==, 0);
    are_in_place(l);
}

/* The article at a place, which is in memory. */
static int64_t
article_at(struct list *l, int64_t place)
{
    g_assert_cmpint(place, >=, l->window.from);
    g_assert_cmpint(place, <, l->window.from + l->window.rows->len);
    return window_row(&l->window, place)->id;
}

static void
mark(struct list *l, int64_t article, enum mark mark, bool on)
{
    const struct mark_change change = {.article = article, .mark = mark, .on = on};
    g_assert_true(marks_apply(l->store.store, &change, 1, NULL));
}

/*
 * In the middle of a list in every order what is read again needs nothing of what stands before:
 * with the rows as they were, beside those that have gone, and where others have come before them.
 */
static void
test_again(struct list *l, gconstpointer data)
{
    static const enum listing_sort sorts[] = {LISTING_DATE, LISTING_TITLE, LISTING_SOURCE,
                                              LISTING_UNREAD};
    (void)data;
    for (size_t s = 0; s < G_N_ELEMENTS(sorts); s++) {
        l->window.listing.sort = sorts[s];
        window_load(&l->window, 0);
        window_load(&l->window, 200);
        int64_t here = article_at(l, 200), next = article_at(l, 203);
        loads_again(l, 200);
        g_assert_cmpint(article_at(l, 200), ==, here);
        for (int64_t place = 198; place < 203; place++)
            mark(l, article_at(l, place), MARK_DELETED, true);
        loads_again(l, 200);
        g_assert_cmpint(article_at(l, 198), ==, next);
        for (int i = 0; i < 5; i++) {
            g_autofree char *id = g_strdup_printf("%zu more%d", s, i);
            put(&l->store, id, NULL, "A title that is the first one", NOW + 1000 + i);
        }
        loads_again(l, 200);
        g_assert_cmpint(article_at(l, 203), ==, next);
    }
}

/* Counts how often it is counted what stands before a place by date or by title. */
static int
note_count(unsigned event, void *data, void *statement, void *text)
{
    (void)event;
    (void)text;
    const char *sql = sqlite3_sql(statement);
    *(int *)data +=
        strstr(sql, "count(*)") &&
        (strstr(sql, "(SELECT sort FROM articles WHERE id") || strstr(sql, "(?994, ?995)"));
    return 0;
}

/* The list read again around a place; whether what stands before was counted. */
static bool
counts_again(struct list *l, int64_t place)
{
    int counts = 0;
    sqlite3_trace_v2(l->store.store->db, SQLITE_TRACE_STMT, note_count, &counts);
    window_reload(&l->window, place);
    sqlite3_trace_v2(l->store.store->db, 0, NULL, NULL);
    are_in_place(l);
    return counts > 0;
}

/*
 * Nothing is counted after what one does to what is in sight, be it hidden or brought back by
 * that; it is where rows have gone elsewhere.
 */
static void
test_own(struct list *l, gconstpointer data)
{
    static const enum listing_sort sorts[] = {LISTING_DATE, LISTING_TITLE};
    static const char *const queries[] = {NULL, "is:read", "is:read title:notice"};
    (void)data;
    for (size_t q = 0; q < G_N_ELEMENTS(queries); q++) {
        AUTO(query_free) struct query *query = queries[q] ? query_parse(queries[q], NOW, NULL)
                                                          : NULL;
        for (size_t s = 0; s < G_N_ELEMENTS(sorts); s++) {
            l->window.listing = (struct listing){.query = query, .sort = sorts[s]};
            l->window.count_limit = ARTICLES + 1;
            window_load(&l->window, 0);
            window_load(&l->window, 200);
            int64_t here = article_at(l, 200), far = window_row(&l->window, 3)->id;
            window_load(&l->window, 200);
            mark(l, here, MARK_STARRED, true);
            g_assert_false(counts_again(l, 200));
            g_assert_cmpint(article_at(l, 200), ==, here);
            for (int i = -2; i < 5; i++)
                mark(l, article_at(l, 200 + i), MARK_DELETED, true);
            g_assert_false(counts_again(l, 200));
            mark(l, here, MARK_DELETED, false);
            g_assert_false(counts_again(l, 200));
            g_assert_cmpint(article_at(l, 198), ==, here);
            mark(l, far, MARK_DELETED, true);
            g_assert_true(counts_again(l, 198));
            g_assert_cmpint(article_at(l, 197), ==, here);
        }
    }
}

/*
 * What one did elsewhere meanwhile, as in another list: what has gone before this window and come
 * back behind it leaves the list as long as it was.
 */
static void
test_own_elsewhere(struct list *l, gconstpointer data)
{
    (void)data;
    l->window.count_limit = ARTICLES + 1;
    int64_t first = window_row(&l->window, 3)->id, last = window_row(&l->window, ARTICLES - 3)->id;
    mark(l, last, MARK_DELETED, true);
    window_load(&l->window, 0);
    window_load(&l->window, 200);
    int64_t here = article_at(l, 200);
    mark(l, first, MARK_DELETED, true);
    mark(l, last, MARK_DELETED, false);
    counts_again(l, 200);
    g_assert_cmpint(article_at(l, 199), ==, here);
    mark(l, last, MARK_DELETED, true);
    mark(l, first, MARK_DELETED, false);
    counts_again(l, 199);
    g_assert_cmpint(article_at(l, 200), ==, here);
}

static int
note_match(unsigned event, void *data, void *statement, void *text)
{
    (void)event;
    (void)text;
    *(int *)data += strstr(sqlite3_sql(statement), "search MATCH") != NULL;
    return 0;
}

/* What words find stays found whatever one reads or stars; what goes and comes back does not. */
static void
test_words(struct list *l, gconstpointer data)
{
    static const enum mark marks[] = {MARK_READ, MARK_STARRED, MARK_DELETED};
    (void)data;
    AUTO(query_free) struct query *query = query_parse("notice", NOW, NULL);
    bool more;
    g_assert_true(search_index_slice(l->store.store, ARTICLES, &more, NULL) && !more);
    l->window.listing.query = query;
    l->window.count_limit = ARTICLES + 1;
    for (size_t i = 0; i < G_N_ELEMENTS(marks); i++) {
        window_load(&l->window, 0);
        window_load(&l->window, 200);
        int64_t article = article_at(l, 198);
        for (int on = 1; on >= 0; on--) {
            int asked = 0;
            mark(l, article, marks[i], on);
            sqlite3_trace_v2(l->store.store->db, SQLITE_TRACE_STMT, note_match, &asked);
            window_reload(&l->window, 200);
            sqlite3_trace_v2(l->store.store->db, 0, NULL, NULL);
            g_assert_cmpint(asked > 0, ==, marks[i] == MARK_DELETED);
            are_in_place(l);
        }
    }
}

/* What is read there stays where it is in a list that hides it, until it is asked for anew. */
static void
test_again_unread(struct list *l, gconstpointer data)
{
    static const enum listing_sort sorts[] = {LISTING_DATE, LISTING_TITLE};
    (void)data;
    for (size_t s = 0; s < G_N_ELEMENTS(sorts); s++) {
        l->window.listing = (struct listing){.sort = sorts[s]};
        window_keep_none(&l->window);
        window_load(&l->window, 0);
        for (int64_t place = 0; place < ARTICLES; place++)
            mark(l, window_row(&l->window, place)->id, MARK_READ, false);
        l->window.listing.unread_only = true;
        window_load(&l->window, 200);
        int64_t here = article_at(l, 200), next = article_at(l, 201);
        window_keep(&l->window);
        mark(l, here, MARK_READ, true);
        loads_again(l, 200);
        g_assert_cmpint(article_at(l, 200), ==, here);
        window_keep_none(&l->window);
        loads_again(l, 200);
        g_assert_cmpint(article_at(l, 200), ==, next);
    }
}

/* Where a query or folding has its say, too, whichever way is taken. */
static void
test_again_filtered(struct list *l, gconstpointer data)
{
    static const enum listing_sort sorts[] = {LISTING_DATE, LISTING_TITLE, LISTING_SOURCE,
                                              LISTING_UNREAD};
    static const char *const queries[] = {NULL, "is:read", "title:notice", "notice"};
    (void)data;
    for (size_t q = 0; q < G_N_ELEMENTS(queries); q++) {
        AUTO(query_free) struct query *query = queries[q] ? query_parse(queries[q], NOW, NULL)
                                                          : NULL;
        for (size_t s = 0; s < G_N_ELEMENTS(sorts); s++) {
            l->window.listing =
                (struct listing){.query = query, .languages = "en,zh", .sort = sorts[s]};
            l->window.count_limit = ARTICLES;
            window_load(&l->window, 0);
            window_load(&l->window, 200);
            for (int64_t place = 201; place < MIN(l->window.count, 207); place += 2)
                mark(l, window_row(&l->window, place)->id, MARK_DELETED, true);
            window_load(&l->window, 201);
            are_in_place(l);
        }
    }
}

static void
test_unread(struct list *l, gconstpointer data)
{
    (void)data;
    g_assert_cmpint(window_find_unread(&l->window, 0, 1), ==, 100);
    g_assert_cmpint(window_find_unread(&l->window, 99, 1), ==, 100);
    g_assert_cmpint(window_find_unread(&l->window, 100, 1), ==, 250);
    g_assert_cmpint(window_find_unread(&l->window, 250, 1), ==, -1);
    g_assert_cmpint(window_find_unread(&l->window, 399, -1), ==, 250);
    g_assert_cmpint(window_find_unread(&l->window, 250, -1), ==, 100);
    g_assert_cmpint(window_find_unread(&l->window, 100, -1), ==, -1);
}

static void
test_titles(struct list *l, gconstpointer data)
{
    (void)data;
    g_assert_cmpint(window_find_title(&l->window, 0, 1, true, "NOTICE 0"), ==, 0);
    g_assert_cmpint(window_find_title(&l->window, 0, 1, false, "notice 333"), ==, 333);
    /* of those with a 7 the next */
    g_assert_cmpint(window_find_title(&l->window, 399, -1, false, "notice 7"), ==, 79);
    /* from the beginning on */
    g_assert_cmpint(window_find_title(&l->window, 350, 1, false, "notice 12"), ==, 12);
    g_assert_cmpint(window_find_title(&l->window, 0, 1, false, "no such words"), ==, -1);
    g_assert_cmpint(window_find_title(&l->window, 0, 1, false, " "), ==, -1);
    g_assert_cmpint(window_find_title(&l->window, 0, 1, false, "()"), ==, -1);
}

/* Of a list of unread articles, what one has read since stays until the list is asked for anew. */
static void
test_kept(struct list *l, gconstpointer data)
{
    (void)data;
    l->window.listing.unread_only = true;
    window_load(&l->window, 0);
    g_assert_cmpint(l->window.count, ==, 2);
    window_keep(&l->window);
    window_keep(&l->window); /* none twice */
    g_assert_cmpuint(l->window.kept->len, ==, 2);
    struct mark_change read = {
        .article = window_row(&l->window, 0)->id, .mark = MARK_READ, .on = true};
    g_assert_true(marks_apply(l->store.store, &read, 1, NULL));
    window_load(&l->window, 0);
    g_assert_cmpint(l->window.count, ==, 2);
    g_assert_false(window_row(&l->window, 0)->unread);
    window_keep_none(&l->window);
    window_load(&l->window, 0);
    g_assert_cmpint(l->window.count, ==, 1);
}

/* What must be read to be counted is counted as far as one looks. */
static void
test_counting(struct list *l, gconstpointer data)
{
    (void)data;
    g_autoptr(GError) error = NULL;
    for (int i = 0; i < 300; i++) {
        g_autofree char *id = g_strdup_printf("m%d", i);
        put(&l->store, id, NULL, "水务通知", NOW - i);
    }
    AUTO(query_free) struct query *query = query_parse("务", NOW, &error);
    g_assert_no_error(error);
    l->window.listing.query = query;
    window_load(&l->window, 0);
    window_count_on(&l->window, l->window.count);
    g_assert_false(l->window.more);
    g_assert_cmpint(l->window.count, ==, 300);
}

static void
test_without_store(void)
{
    struct session session = {.pending = g_array_new(FALSE, FALSE, sizeof(struct mark_change))};
    struct window window;
    window_init(&window, &session);
    window_load(&window, 3);
    g_assert_cmpint(window.count, ==, 0);
    g_assert_null(window_row(&window, 0));
    g_assert_cmpint(window_place(&window, 1), ==, -1);
    window_clear(&window);
    g_array_unref(session.pending);
}

/* The article as a file with that name's ending; its text. */
static char *
saved(struct list *l, const char *name)
{
    g_autoptr(GError) error = NULL;
    const struct article_row *row = window_row(&l->window, 0);
    g_autofree char *path = g_build_filename(l->store.folder, name, NULL);
    char *text = NULL;
    g_assert_true(save_article(l->store.store, row, path, &error));
    g_assert_no_error(error);
    /* over itself it does not write */
    g_assert_false(save_article(l->store.store, row, path, &error));
    g_assert_error(error, G_FILE_ERROR, G_FILE_ERROR_EXIST);
    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_unlink(path);
    return text;
}

static void
test_save(struct list *l, gconstpointer data)
{
    (void)data;
    put_text(&l->store, window_row(&l->window, 0)->id, "Water is cut off *tomorrow* & on Friday.",
             "feed");
    g_autofree char *text = saved(l, "a.txt"), *markdown = saved(l, "a.md"),
                    *html = saved(l, "a.html");
    g_assert_true(g_str_has_prefix(text, "Notice 0\n"));
    g_assert_nonnull(strstr(text, "\nWater is cut off *tomorrow* & on Friday.\n"));
    g_assert_true(g_str_has_prefix(markdown, "# Notice 0\n"));
    g_assert_nonnull(strstr(markdown, "\nWater is cut off \\*tomorrow\\* \\& on Friday.\n"));
    g_assert_true(g_str_has_prefix(html, "<!DOCTYPE html>"));
    g_assert_nonnull(strstr(html, "*tomorrow* &amp; on Friday."));
    g_autoptr(GError) error = NULL;
    g_assert_false(
        save_article(l->store.store, window_row(&l->window, 0), "/nowhere/at/all.txt", &error));
    g_assert_nonnull(strstr(error->message, "/nowhere/at/all.txt"));
}

void
add_tests(void)
{
    g_test_add("/window/rows", struct list, NULL, set_up_list, test_rows, tear_down_list);
    g_test_add("/window/sorted", struct list, NULL, set_up_list, test_sorted, tear_down_list);
    g_test_add("/window/reach", struct list, NULL, set_up_list, test_reach, tear_down_list);
    g_test_add("/window/again", struct list, NULL, set_up_list, test_again, tear_down_list);
    g_test_add("/window/own", struct list, NULL, set_up_list, test_own, tear_down_list);
    g_test_add("/window/own-elsewhere", struct list, NULL, set_up_list, test_own_elsewhere,
               tear_down_list);
    g_test_add("/window/words", struct list, NULL, set_up_list, test_words, tear_down_list);
    g_test_add("/window/again-unread", struct list, NULL, set_up_list, test_again_unread,
               tear_down_list);
    g_test_add("/window/again-filtered", struct list, NULL, set_up_list, test_again_filtered,
               tear_down_list);
    g_test_add("/window/unread", struct list, NULL, set_up_list, test_unread, tear_down_list);
    g_test_add("/window/titles", struct list, NULL, set_up_list, test_titles, tear_down_list);
    g_test_add("/window/kept", struct list, NULL, set_up_list, test_kept, tear_down_list);
    g_test_add("/window/counting", struct list, NULL, set_up_list, test_counting, tear_down_list);
    g_test_add_func("/window/without-store", test_without_store);
    g_test_add("/save", struct list, NULL, set_up_list, test_save, tear_down_list);
}
