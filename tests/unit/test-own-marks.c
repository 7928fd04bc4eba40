/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Marks of a reader's own beside a store: what lists and counters say, and what becomes of them. */
#include "config.h"

#include "store/changes.h"
#include "store/own-marks.h"
#include "unit/kit.h"
#include "unit/store-kit.h"

#define ARTICLES 40

/* Another reader of the fixture's store. */
static struct store *
open_own(struct fixture *f, const char *name)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = g_build_filename(f->folder, name, NULL);
    struct store *store = store_open(f->path, STORE_LOOK, 1000, &error);
    g_assert_no_error(error);
    g_assert_true(store_is_read_only(store));
    own_marks_attach(store, path, NOW, &error);
    g_assert_no_error(error);
    g_assert_true(store_takes_marks(store));
    return store;
}

static void
fill(struct fixture *f)
{
    for (int i = 0; i < ARTICLES; i++) {
        g_autofree char *id = g_strdup_printf("id-%d", i),
                        *link = g_strdup_printf("http://a.example/%d", i);
        put(f, id, link, "Title", NOW - i * 60);
    }
}

static void
mark(struct store *store, int64_t article, enum mark what, bool on)
{
    g_autoptr(GError) error = NULL;
    struct mark_change change = {
        .article = article, .mark = what, .on = on, .tag = "park", .block = 3, .offset = 7};
    marks_apply(store, &change, 1, &error);
    g_assert_no_error(error);
}

static void
assert_counts(struct store *store, const char *words, int64_t expected)
{
    g_autoptr(GError) error = NULL;
    AUTO(query_free) struct query *query = query_parse(words, NOW, &error);
    g_assert_no_error(error);
    struct listing listing = {.query = query};
    g_assert_cmpint(listing_count(store, &listing, &error), ==, expected);
    g_autoptr(GPtrArray) rows = listing_rows(store, &listing, 0, -1, &error);
    g_assert_no_error(error);
    g_assert_cmpint(rows->len, ==, expected);
}

static void
assert_counters(struct store *store, int64_t total, int64_t unread)
{
    g_autoptr(GPtrArray) list = sources_list(store, false, NULL);
    const struct source *source = g_ptr_array_index(list, 0);
    g_assert_cmpint(source->total, ==, total);
    g_assert_cmpint(source->unread, ==, unread);
    assert_counts(store, "is:unread", unread);
    assert_counts(store, "", total);
}

static void
test_random(struct fixture *f, gconstpointer data)
{
    (void)data;
    fill(f);
    AUTO(store_close) struct store *own = open_own(f, "marks.db");
    bool read[ARTICLES] = {0}, deleted[ARTICLES] = {0};
    /* what the store's own reader marks is nothing to this one */
    mark(f->store, 1, MARK_DELETED, true);
    mark(f->store, 2, MARK_READ, true);
    g_autoptr(GRand) dice = g_rand_new_with_seed(17);
    for (int round = 0; round < 200; round++) {
        int i = g_rand_int_range(dice, 0, ARTICLES);
        bool *state = g_rand_boolean(dice) ? read : deleted;
        state[i] = !state[i];
        mark(own, i + 1, state == read ? MARK_READ : MARK_DELETED, state[i]);
        int total = 0, unread = 0;
        for (int k = 0; k < ARTICLES; k++) {
            total += !deleted[k];
            unread += !deleted[k] && !read[k];
        }
        assert_counters(own, total, unread);
    }
    assert_counters(f->store, ARTICLES - 1, ARTICLES - 2);
}

static void
test_kept(struct fixture *f, gconstpointer data)
{
    (void)data;
    fill(f);
    guint block, offset;
    for (int again = 0; again < 2; again++) {
        AUTO(store_close) struct store *own = open_own(f, "marks.db");
        if (!again) {
            mark(own, 5, MARK_TAG, true);
            mark(own, 5, MARK_PLACE, true);
            mark(own, 6, MARK_STARRED, true);
        }
        assert_counts(own, "tag:park", 1);
        assert_counts(own, "is:starred", 1);
        g_assert_true(marks_place(own, 5, &block, &offset));
        g_assert_cmpuint(block, ==, 3);
        g_assert_cmpuint(offset, ==, 7);
        AUTO(store_close) struct store *other = open_own(f, "other.db");
        assert_counts(other, "tag:park", 0);
    }
    assert_counts(f->store, "tag:park", 0);
    g_assert_false(marks_place(f->store, 5, &block, &offset));
}

/* An article that the writer ends takes its marks along; so do counters follow while it is open. */
static void
test_ended(struct fixture *f, gconstpointer data)
{
    (void)data;
    fill(f);
    AUTO(store_close) struct store *own = open_own(f, "marks.db");
    int64_t version = store_version(own);
    for (int i = 1; i <= 10; i++)
        mark(own, i, MARK_READ, true);
    g_autoptr(GError) error = NULL;
    mark(f->store, 3, MARK_DELETED, true);
    assert_counters(own, ARTICLES, ARTICLES - 10);
    maintenance_purge(f->store, &error);
    g_assert_no_error(error);
    g_assert_cmpint(store_version(own), !=, version);
    own_marks_follow(own, NOW, &error);
    g_assert_no_error(error);
    assert_counters(own, ARTICLES - 1, ARTICLES - 10);
}

static void
test_cursor(struct fixture *f, gconstpointer data)
{
    (void)data;
    fill(f);
    AUTO(store_close) struct store *own = open_own(f, "marks.db");
    struct changes_place place = {.article = 12, .change = 3}, read;
    bool found;
    g_assert_true(cursor_put(own, "me", &place, NOW, NULL));
    g_assert_true(cursor_get(f->store, "me", &read, &found, NULL));
    g_assert_false(found);
    g_assert_true(cursor_get(own, "me", &read, &found, NULL));
    g_assert_true(found);
    g_assert_cmpint(read.article, ==, 12);
}

/* A store that moves keeps its marks; one that is copied has none. */
static void
test_moved(struct fixture *f, gconstpointer data)
{
    (void)data;
    fill(f);
    store_close(open_own(f, "marks.db"));
    struct store *own = open_own(f, "marks.db");
    mark(own, 7, MARK_STARRED, true);
    store_close(own);
    store_close(f->store);
    g_autofree char *path = f->path, *bytes = NULL;
    gsize length;
    g_assert_true(g_file_get_contents(path, &bytes, &length, NULL));
    f->path = g_build_filename(f->folder, "other.db", NULL);
    g_assert_true(g_file_set_contents(f->path, bytes, (gssize)length, NULL));
    own = open_own(f, "marks.db");
    assert_counts(own, "is:starred", 0);
    store_close(own);
    g_unlink(f->path);
    g_free(f->path);
    f->path = g_build_filename(f->folder, "moved.db", NULL);
    g_assert_cmpint(g_rename(path, f->path), ==, 0);
    f->store = store_open(f->path, STORE_WRITE, 0, NULL);
    own = open_own(f, "marks.db");
    assert_counts(own, "is:starred", 1);
    store_close(own);
}

/* A file that is something else is left alone. */
static void
test_foreign(struct fixture *f, gconstpointer data)
{
    (void)data;
    g_autoptr(GError) error = NULL;
    AUTO(store_close) struct store *own = store_open(f->path, STORE_LOOK, 1000, &error);
    g_autofree char *other = g_build_filename(f->folder, "other.db", NULL);
    AUTO(store_close) struct store *theirs = store_open(other, STORE_WRITE, 1000, &error);
    g_assert_nonnull(theirs);
    g_assert_false(own_marks_attach(own, other, NOW, &error));
    g_assert_error(error, STORE_ERROR, STORE_ERROR_FOREIGN);
    g_assert_false(store_takes_marks(own));
    assert_counts(own, "", 0);
}

static void
end(struct fixture *f, gconstpointer data)
{
    static const char *const names[] = {"marks.db", "other.db", "other.db-wal", "other.db-shm"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *path = g_build_filename(f->folder, names[i], NULL);
        g_unlink(path);
    }
    tear_down(f, data);
}

void
add_tests(void)
{
    g_test_add("/own-marks/random", struct fixture, NULL, set_up, test_random, end);
    g_test_add("/own-marks/kept", struct fixture, NULL, set_up, test_kept, end);
    g_test_add("/own-marks/ended", struct fixture, NULL, set_up, test_ended, end);
    g_test_add("/own-marks/cursor", struct fixture, NULL, set_up, test_cursor, end);
    g_test_add("/own-marks/moved", struct fixture, NULL, set_up, test_moved, end);
    g_test_add("/own-marks/foreign", struct fixture, NULL, set_up, test_foreign, end);
}
