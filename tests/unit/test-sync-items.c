/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a store knows of a server's items: which of them are looked for again, and when. */
#include "config.h"

#include "store/db.h"
#include "store/sync-feeds.h"
#include "store/sync-items.h"
#include "unit/kit.h"
#include "unit/store-kit.h"

/* A feed of the server, which is the fixture's source, or nobody's here. */
static void
put_feed(struct fixture *f, int64_t source)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) feeds = g_ptr_array_new_with_free_func(sync_feed_free);
    struct sync_feed *feed = g_new0(struct sync_feed, 1);
    *feed = (struct sync_feed){.stream = g_strdup("feed/1"),
                               .url = g_strdup("http://a.example/feed"),
                               .identity = g_strdup("a.example/feed"),
                               .folder = g_strdup(""),
                               .source = source};
    g_ptr_array_add(feeds, feed);
    sync_feeds_put(f->store, feeds, &error);
    g_assert_no_error(error);
}

/* Items of it without a link, as entries have that are no page: "Notice 1" and so on. */
static void
put_items(struct fixture *f, int count)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) items = g_array_new(FALSE, FALSE, sizeof(struct sync_item));
    for (int i = 1; i <= count; i++) {
        struct sync_item item = {
            .item = i, .stream = g_strdup("feed/1"), .title = g_strdup_printf("Notice %d", i)};
        g_array_append_val(items, item);
    }
    sync_items_put(f->store, items, &error);
    g_assert_no_error(error);
    for (guint i = 0; i < items->len; i++)
        sync_item_clear(&g_array_index(items, struct sync_item, i));
    /* of each item that is compared with articles */
    store_exec(f->store,
               "CREATE TEMP TABLE compared(item INTEGER);"
               "CREATE TEMP TRIGGER compare AFTER UPDATE OF article ON main.sync_items BEGIN"
               " INSERT INTO compared VALUES(new.item); END",
               &error);
    g_assert_no_error(error);
}

static int64_t
number(struct fixture *f, const char *sql)
{
    AUTO_RESET sqlite3_stmt *s = store_prepare(f->store, sql, NULL);
    g_assert_nonnull(s);
    g_assert_cmpint(sqlite3_step(s), ==, SQLITE_ROW);
    return sqlite3_column_int64(s, 0);
}

static void
match(struct fixture *f, int compared, int matched)
{
    g_autoptr(GError) error = NULL;
    sync_items_match(f->store, &error);
    g_assert_no_error(error);
    g_assert_cmpint(number(f, "SELECT count(*) FROM compared"), ==, compared);
    g_assert_cmpint(number(f, "SELECT count(article) FROM sync_items"), ==, matched);
    store_exec(f->store, "DELETE FROM compared", &error);
    g_assert_no_error(error);
}

/* Who waits for an article is compared with what came since, and with nothing else. */
static void
test_without_link(struct fixture *f, gconstpointer data)
{
    (void)data;
    put(f, "a", NULL, "Notice 1", NOW);
    put_feed(f, f->source);
    put_items(f, 9);
    g_assert_cmpint(number(f, "SELECT count(article) FROM sync_items"), ==, 1);
    match(f, 0, 1);
    match(f, 0, 1);
    put(f, "b", NULL, "Notice 2", NOW);
    put(f, "c", NULL, "Something else", NOW);
    match(f, 1, 2);
    match(f, 0, 2);
    /* a title that is changed later */
    g_autoptr(GError) error = NULL;
    store_exec(f->store,
               "INSERT INTO changes(article, kind, revision, at) SELECT id, 1, 2, 0 FROM articles"
               " WHERE title = 'Something else';"
               "UPDATE articles SET title = 'Notice 3' WHERE title = 'Something else'",
               &error);
    g_assert_no_error(error);
    match(f, 1, 3);
    match(f, 0, 3);
}

/* Whose feed is another source now may have had its article for long. */
static void
test_new_source(struct fixture *f, gconstpointer data)
{
    (void)data;
    put(f, "a", NULL, "Notice 1", NOW);
    put_feed(f, 0);
    put_items(f, 3);
    match(f, 0, 0);
    put_feed(f, f->source);
    match(f, 1, 1);
    put_feed(f, f->source);
    match(f, 0, 1);
}

void
add_tests(void)
{
    g_test_add("/sync-items/without-link", struct fixture, NULL, set_up, test_without_link,
               tear_down);
    g_test_add("/sync-items/new-source", struct fixture, NULL, set_up, test_new_source, tear_down);
}
