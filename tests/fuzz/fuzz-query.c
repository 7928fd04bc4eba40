/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The query language, behind the first line the title and behind the next the text of one article:
 * what can be parsed is SQL that runs, a window is as long as what is counted, and the index finds
 * what reading the articles finds.
 */
#include "config.h"

#include "config/settings.h"
#include "fuzz/kit.h"
#include "store/articles.h"
#include "store/listing.h"
#include "store/marks.h"
#include "store/search.h"
#include "store/sources.h"

static int64_t
source_of(struct store *store)
{
    AUTO(urls_free) struct urls *urls =
        urls_parse("/nowhere", "urls", "http://a.example/feed \"city\" \"~City\"\n");
    g_assert_true(sources_sync(store, urls, NULL));
    g_autoptr(GPtrArray) list = sources_list(store, false, NULL);
    return ((const struct source *)g_ptr_array_index(list, 0))->id;
}

static int64_t
put(struct store *store, int64_t source, const char *title, const char *text, int number)
{
    g_autoptr(GError) error = NULL;
    AUTO(entry_free) struct entry *entry = entry_new();
    entry->link = g_strdup_printf("http://a.example/%d", number);
    entry->title = g_strdup(title);
    entry->published = (struct date){.time = FUZZ_NOW - number * 86400, .precision = DATE_SECOND};
    if (number % 2)
        entry_add_attachment(entry, g_strdup("http://a.example/1.pdf"), NULL, NULL, -1);
    articles_identify(store, source, entry);
    bool is_new;
    int64_t article = articles_put(store, source, entry, 0, NULL, FUZZ_NOW, &is_new, &error);
    g_assert_no_error(error);
    AUTO(document_free) struct document *document = document_from_text(text);
    AUTO(stored_document_free) struct stored_document *stored = stored_document_new(document);
    g_assert_true(articles_put_document(store, article, stored, "feed", NULL, false, FUZZ_NOW, NULL,
                                        &is_new, &error));
    return article;
}

/* Some articles that differ in all that a query may ask for. */
static struct store *
make_store(void)
{
    struct store *store = store_new(NULL);
    g_assert_nonnull(store);
    int64_t source = source_of(store);
    g_assert_true(store_begin(store, NULL));
    int64_t first = put(store, source, "Library opens", "The library of the town opens.", 0);
    int64_t second = put(store, source, "图书馆开放", "本市图书馆今天开放。", 1);
    int64_t third = put(store, source, "Ещё новости", "Библиотека открыта", 2);
    put(store, source, "Straße é", "ＡＢＣ naïve cafe\xcc\x81", 3);
    g_assert_true(store_commit(store, NULL));
    const struct mark_change changes[] = {
        {.article = first, .mark = MARK_READ, .on = true},
        {.article = second, .mark = MARK_STARRED, .on = true},
        {.article = second, .mark = MARK_TAG, .on = true, .tag = g_intern_string("a")},
        {.article = third, .mark = MARK_DELETED, .on = true}};
    g_assert_true(marks_apply(store, changes, G_N_ELEMENTS(changes), NULL));
    return store;
}

/* The numbers of what a listing has, in its order. */
static char *
numbers(struct store *store, const struct listing *listing)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) rows = listing_rows(store, listing, 0, -1, &error);
    g_assert_no_error(error);
    g_autoptr(GString) out = g_string_new(NULL);
    for (guint i = 0; i < rows->len; i++) {
        const struct article_row *row = g_ptr_array_index(rows, i);
        g_string_append_printf(out, "%" G_GINT64_FORMAT " ", row->id);
        if (listing->sort != LISTING_RELEVANCE)
            g_assert_cmpint(listing_position(store, listing, row->id), ==, i);
    }
    int64_t count = listing_count(store, listing, &error);
    g_assert_no_error(error);
    g_assert_cmpint(count, ==, rows->len);
    return g_strdup(out->str);
}

static void
ask_sorted(struct store *store, const struct query *query)
{
    for (int sort = LISTING_DATE; sort <= LISTING_RELEVANCE; sort++) {
        struct listing listing = {.query = query, .sort = (enum listing_sort)sort};
        g_autofree char *all = numbers(store, &listing);
        listing.unread_only = true;
        g_autofree char *unread = numbers(store, &listing);
        g_assert_cmpuint(strlen(unread), <=, strlen(all));
    }
}

/* One more article: found alike while it waits and when it is indexed. */
static void
ask_both_ways(const struct query *query, const char *title, const char *text)
{
    AUTO(store_close) struct store *store = store_new(NULL);
    int64_t source = source_of(store);
    g_assert_true(store_begin(store, NULL));
    put(store, source, title, text, 0);
    g_assert_true(store_commit(store, NULL));
    struct listing listing = {.query = query};
    g_autofree char *read = numbers(store, &listing);
    bool more;
    g_assert_true(search_index_slice(store, 10, &more, NULL) && !more);
    g_autofree char *indexed = numbers(store, &listing);
    g_assert_cmpstr(read, ==, indexed);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct store *store;
    if (!store)
        store = make_store();
    struct bytes in = {data, data + size};
    g_autofree char *text = bytes_text(&in, '\n'), *title = bytes_text(&in, '\n'),
                    *body = bytes_text(&in, '\0');
    g_autoptr(GError) error = NULL;
    AUTO(query_free) struct query *query = query_parse(text, FUZZ_NOW, &error);
    g_assert_true((query == NULL) == (error != NULL));
    if (!query) {
        assert_clean(error->message);
        return 0;
    }
    ask_sorted(store, query);
    if (*title || *body)
        ask_both_ways(query, title, body);
    return 0;
}
