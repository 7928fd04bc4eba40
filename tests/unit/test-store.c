/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The store: keys, revisions, marks, search, what it refuses. */
#include "config.h"

#include "config/settings.h"
#include "store/articles.h"
#include "store/listing.h"
#include "store/marks.h"
#include "store/sources.h"
#include "unit/kit.h"

#include <glib/gstdio.h>

#define NOW 1761350400

struct fixture {
    char *folder, *path;
    struct store *store;
    int64_t source;
};

static void
set_up(struct fixture *f, gconstpointer data)
{
    (void)data;
    g_autoptr(GError) error = NULL;
    f->folder = g_dir_make_tmp("crier-store.XXXXXX", NULL);
    f->path = g_build_filename(f->folder, "articles.db", NULL);
    f->store = store_open(f->path, STORE_WRITE, 0, &error);
    g_assert_no_error(error);
    AUTO(urls_free) struct urls *urls = urls_parse("/nowhere", "urls", "http://a.example/feed \"city\" \"~City\"\n");
    g_assert_true(sources_sync(f->store, urls, &error));
    g_autoptr(GPtrArray) list = sources_list(f->store, false, &error);
    g_assert_cmpuint(list->len, ==, 1);
    f->source = ((const struct source *)g_ptr_array_index(list, 0))->id;
}

static void
tear_down(struct fixture *f, gconstpointer data)
{
    (void)data;
    store_close(f->store);
    static const char *const suffixes[] = {"", "-wal", "-shm"};
    for (size_t i = 0; i < G_N_ELEMENTS(suffixes); i++) {
        g_autofree char *path = g_strconcat(f->path, suffixes[i], NULL);
        g_unlink(path);
    }
    g_rmdir(f->folder);
    g_free(f->folder);
    g_free(f->path);
}

static int64_t
put(struct fixture *f, const char *id, const char *link, const char *title, int64_t published)
{
    struct entry_values values = {.id = id, .link = link, .title = title, .published = published, .updated = G_MININT64,
                                  .published_precision = 3};
    bool is_new;
    g_autoptr(GError) error = NULL;
    int64_t article = articles_put(f->store, f->source, &values, NOW, &is_new, &error);
    g_assert_no_error(error);
    g_assert_cmpint(article, >, 0);
    return article;
}

static void
put_text(struct fixture *f, int64_t article, const char *text, const char *origin)
{
    AUTO(document_free) struct document *document = document_from_text(text);
    bool changed;
    AUTO(stored_document_free) struct stored_document *stored = stored_document_new(document);
    g_assert_true(articles_put_document(f->store, article, stored, origin, NULL, false, NOW, &changed, NULL));
}

static int64_t
hits(struct fixture *f, const char *text)
{
    g_autoptr(GError) error = NULL;
    AUTO(query_free) struct query *query = query_parse(text, NOW, &error);
    g_assert_no_error(error);
    struct listing listing = {.query = query};
    int64_t count = listing_count(f->store, &listing, &error);
    g_assert_no_error(error);
    return count;
}

static void
test_keys(struct fixture *f, gconstpointer data)
{
    (void)data;
    int64_t a = put(f, "id-1", "http://a.example/1", "One", 100);
    g_assert_cmpint(put(f, "id-1", "http://a.example/moved", "One, corrected", 100), ==, a);
    int64_t b = put(f, NULL, "http://a.example/2?utm_source=x", "Two", 100);
    g_assert_cmpint(put(f, NULL, "https://a.example/2", "Two", 100), ==, b);
    int64_t c = put(f, NULL, NULL, "Three", 100);
    g_assert_cmpint(put(f, NULL, NULL, "Three", 100), ==, c);
    g_assert_cmpint(put(f, NULL, NULL, "Three", 200), !=, c);
    g_assert_cmpint(articles_by_link(f->store, f->source, "http://a.example/moved"), ==, a);
}

static void
test_revisions(struct fixture *f, gconstpointer data)
{
    (void)data;
    int64_t a = put(f, "1", "http://a.example/1", "One", 100);
    put_text(f, a, "from the feed", "feed");
    put_text(f, a, "from the page", "page");
    put_text(f, a, "from the feed again", "feed"); /* never over the page's */
    put_text(f, a, "from the page", "page");
    put_text(f, a, "the page has changed", "page");
    AUTO(article_row_free) struct article_row *row = listing_article(f->store, a, NULL);
    g_assert_cmpint(row->revisions, ==, 2);
    g_assert_true(row->revised);
    AUTO(document_free) struct document *first = articles_document(f->store, a, 1, NULL);
    g_autofree char *text = document_plain(first);
    g_assert_cmpstr(text, ==, "from the page");
    g_autoptr(GError) error = NULL;
    g_assert_null(articles_document(f->store, a, 7, &error));
    g_assert_error(error, STORE_ERROR, STORE_ERROR_UNKNOWN);
}

static void
test_search(struct fixture *f, gconstpointer data)
{
    (void)data;
    int64_t a = put(f, "1", NULL, "关于计划停水的通知", 100);
    put_text(f, a, "因管网检修，下列街道将分时段停水。", "page");
    int64_t b = put(f, "2", NULL, "Ещё один паром", 200);
    put_text(f, b, "Паромы ходят шесть раз в день", "page");
    /* scanned before, matched after indexing: the same hits */
    for (int round = 0; round < 2; round++) {
        g_assert_cmpint(hits(f, "停水"), ==, 1);
        g_assert_cmpint(hits(f, "水"), ==, 1);
        g_assert_cmpint(hits(f, "分时段停水"), ==, 1);
        g_assert_cmpint(hits(f, "паром"), ==, 1);
        g_assert_cmpint(hits(f, "еще"), ==, 1);
        g_assert_cmpint(hits(f, "title:день"), ==, 0);
        g_assert_cmpint(hits(f, "-停水"), ==, 1);
        g_assert_cmpint(hits(f, "\"шесть раз\""), ==, 1);
        g_assert_cmpint(hits(f, "\"\\\" OR x\""), ==, 0);
        bool more = true;
        g_assert_true(index_slice(f->store, 100, &more, NULL));
        g_assert_false(more);
    }
    put_text(f, a, "改为停电", "page"); /* what the index held of the old text is gone */
    g_assert_cmpint(hits(f, "管网"), ==, 0);
    g_assert_cmpint(hits(f, "停电"), ==, 1);
    g_autoptr(GPtrArray) faults = store_check(f->store, NULL);
    g_assert_cmpuint(faults->len, ==, 0);
}

static void
test_marks(struct fixture *f, gconstpointer data)
{
    (void)data;
    int64_t a = put(f, "1", NULL, "One", 100), b = put(f, "2", NULL, "Two", 200);
    struct mark_change changes[] = {{a, MARK_READ, true}, {b, MARK_DELETED, true}, {a, MARK_STARRED, true}};
    g_assert_true(marks_apply(f->store, changes, 3, NULL));
    g_autoptr(GPtrArray) list = sources_list(f->store, false, NULL);
    const struct source *source = g_ptr_array_index(list, 0);
    g_assert_cmpint(source->total, ==, 1);
    g_assert_cmpint(source->unread, ==, 0);
    g_assert_cmpint(hits(f, "is:starred"), ==, 1);
    g_assert_cmpint(hits(f, "is:deleted"), ==, 1);
    g_autoptr(GPtrArray) faults = store_check(f->store, NULL);
    g_assert_cmpuint(faults->len, ==, 0);
    struct mark_change wrong[] = {{a, MARK_READ, false}, {4711, MARK_READ, true}};
    g_assert_false(marks_apply(f->store, wrong, 2, NULL)); /* all or none */
    g_assert_cmpint(hits(f, "is:read"), ==, 1);
}

static void
test_window(struct fixture *f, gconstpointer data)
{
    (void)data;
    for (int i = 0; i < 100; i++) {
        g_autofree char *id = g_strdup_printf("%d", i);
        put(f, id, NULL, id, 1000 + i);
    }
    struct listing listing = {.source = f->source};
    g_autoptr(GPtrArray) rows = listing_rows(f->store, &listing, 10, 5, NULL);
    g_assert_cmpuint(rows->len, ==, 5);
    const struct article_row *row = g_ptr_array_index(rows, 0);
    g_assert_cmpstr(row->title, ==, "89");
    g_assert_cmpint(listing_position(f->store, &listing, row->id), ==, 10);
    g_assert_cmpint(listing_count(f->store, &listing, NULL), ==, 100);
}

/* The numbers of a listing's rows as text, by windows of some length. */
static char *
numbers(struct fixture *f, const struct listing *l, int64_t length)
{
    GString *out = g_string_new(NULL);
    for (int64_t offset = 0;; offset += length) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GPtrArray) rows = listing_rows(f->store, l, offset, length, &error);
        g_assert_no_error(error);
        for (guint i = 0; i < rows->len; i++)
            g_string_append_printf(out, "%" G_GINT64_FORMAT " ", ((const struct article_row *)g_ptr_array_index(rows, i))->id);
        if (length < 0 || (int64_t)rows->len < length)
            return g_string_free(out, FALSE);
    }
}

/* Hits by relevance: titles first, each by date, the same whatever the window and whoever answers. */
static void
test_relevance(struct fixture *f, gconstpointer data)
{
    (void)data;
    for (int i = 0; i < 60; i++) {
        g_autofree char *id = g_strdup_printf("%d", i);
        int64_t article = put(f, id, NULL, i % 3 ? "Other things" : "The bridge opens", 1000 + i * 7 % 60);
        put_text(f, article, i % 2 ? "Nothing of it." : "About the bridge and the river.", "page");
    }
    AUTO(query_free) struct query *words = query_parse("bridge", NOW, NULL), *more = query_parse("bridge since:1970-01-01", NOW, NULL);
    g_assert_cmpstr(words->match, ==, "\"bridge\" *");
    g_assert_null(more->match);
    struct listing l = {.query = words, .sort = LISTING_RELEVANCE}, by_scan = {.query = more, .sort = LISTING_RELEVANCE};
    /* before they are indexed */
    g_assert_cmpint(listing_count(f->store, &l, NULL), ==, 40);
    for (bool waiting = true; waiting;)
        g_assert_true(index_slice(f->store, 25, &waiting, NULL));
    struct mark_change gone = {1, MARK_DELETED, true};
    g_assert_true(marks_apply(f->store, &gone, 1, NULL));
    g_assert_cmpint(listing_count(f->store, &l, NULL), ==, 39);
    g_assert_cmpint(listing_count(f->store, &by_scan, NULL), ==, 39);
    g_autofree char *whole = numbers(f, &l, -1), *scanned = numbers(f, &by_scan, -1);
    g_assert_cmpstr(whole, ==, scanned);
    for (int64_t length = 1; length < 45; length += 6) {
        g_autofree char *windows = numbers(f, &l, length);
        g_assert_cmpstr(windows, ==, whole);
    }
    g_autoptr(GPtrArray) rows = listing_rows(f->store, &l, 0, -1, NULL);
    for (guint i = 0; i < rows->len; i++)
        g_assert_cmpint(g_str_has_prefix(((const struct article_row *)g_ptr_array_index(rows, i))->title, "The bridge"), ==, i < 19);
}

/* Windows beside a row and from the end are those that offsets give. */
static void
test_beside(struct fixture *f, gconstpointer data)
{
    (void)data;
    for (int i = 0; i < 50; i++) {
        g_autofree char *id = g_strdup_printf("%d", i);
        put(f, id, NULL, id, 1000 + i / 3); /* three of a date */
    }
    struct listing l = {.source = f->source};
    g_autoptr(GPtrArray) all = listing_rows(f->store, &l, 0, -1, NULL);
    for (int64_t at = 0; at < 50; at += 7) {
        const struct article_row *row = g_ptr_array_index(all, at);
        g_autoptr(GPtrArray) before = listing_rows_beside(f->store, &l, row, true, 5, NULL);
        g_autoptr(GPtrArray) after = listing_rows_beside(f->store, &l, row, false, 5, NULL);
        g_autoptr(GPtrArray) last = listing_rows_last(f->store, &l, 50 - at - 1, 1, NULL);
        g_assert_cmpuint(before->len, ==, MIN(at, 5));
        g_assert_cmpuint(after->len, ==, MIN(49 - at, 5));
        for (guint i = 0; i < before->len; i++)
            g_assert_cmpint(((struct article_row *)g_ptr_array_index(before, i))->id, ==,
                            ((struct article_row *)g_ptr_array_index(all, at - before->len + i))->id);
        for (guint i = 0; i < after->len; i++)
            g_assert_cmpint(((struct article_row *)g_ptr_array_index(after, i))->id, ==, ((struct article_row *)g_ptr_array_index(all, at + 1 + i))->id);
        g_assert_cmpint(((struct article_row *)g_ptr_array_index(last, 0))->id, ==, row->id);
        g_assert_cmpint(listing_position(f->store, &l, row->id), ==, at);
    }
    g_assert_cmpint(listing_position(f->store, &l, 9999), ==, -1);
}

static void
test_queries(void)
{
    static const char *const wrong[] = {"is:", "is:odd", "has:legs", "nonsense:1", "(a", "a)", "\"open", "since:soon", "a OR", "OR", "()"};
    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(query_parse(wrong[i], NOW, &error));
        g_assert_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX);
    }
    static const char *const right[] = {"", "a", "http://x.example/a?b=c", "10:30", "(a OR b) -c", "lang:ru since:3d", "a'b;--"};
    for (size_t i = 0; i < G_N_ELEMENTS(right); i++) {
        AUTO(query_free) struct query *query = query_parse(right[i], NOW, NULL);
        g_assert_nonnull(query);
    }
}

/* An article is the edition of one that names it, though it names none itself. */
static void
test_editions(struct fixture *f, gconstpointer data)
{
    (void)data;
    g_autoptr(GError) error = NULL;
    int64_t en = put(f, "en", "http://city.example/en/1.html", "One", NOW), ru = put(f, "ru", "http://city.example/ru/1.html", "Odin", NOW);
    struct page_facts facts = {.language = "ru", .published = G_MININT64};
    g_assert_true(articles_put_facts(f->store, ru, &facts, &error));
    g_assert_true(articles_put_edition(f->store, ru, "en", "http://city.example/en/1.html", "article", &error));
    g_autoptr(GPtrArray) forth = articles_editions(f->store, ru), back = articles_editions(f->store, en);
    g_assert_cmpuint(forth->len, ==, 1);
    g_assert_cmpint(((const struct stored_edition *)g_ptr_array_index(forth, 0))->article, ==, en);
    g_assert_cmpuint(back->len, ==, 1);
    const struct stored_edition *e = g_ptr_array_index(back, 0);
    g_assert_cmpint(e->article, ==, ru);
    g_assert_cmpstr(e->language, ==, "ru");
    /* an edition's home names no article */
    g_assert_true(articles_put_edition(f->store, ru, "en", "http://city.example/en/1.html", "home", &error));
    g_autoptr(GPtrArray) none = articles_editions(f->store, en);
    g_assert_cmpuint(none->len, ==, 0);
}

void
add_tests(void)
{
    g_test_add("/store/keys", struct fixture, NULL, set_up, test_keys, tear_down);
    g_test_add("/store/revisions", struct fixture, NULL, set_up, test_revisions, tear_down);
    g_test_add("/store/search", struct fixture, NULL, set_up, test_search, tear_down);
    g_test_add("/store/marks", struct fixture, NULL, set_up, test_marks, tear_down);
    g_test_add("/store/window", struct fixture, NULL, set_up, test_window, tear_down);
    g_test_add("/store/relevance", struct fixture, NULL, set_up, test_relevance, tear_down);
    g_test_add("/store/beside", struct fixture, NULL, set_up, test_beside, tear_down);
    g_test_add("/store/editions", struct fixture, NULL, set_up, test_editions, tear_down);
    g_test_add_func("/query", test_queries);
}
