/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The store: keys, revisions, marks, windows, what it refuses. */
#include "config.h"

#include "store/changes.h"
#include "store/db.h"
#include "store/health.h"
#include "store/revisions.h"
#include "store/source-names.h"
#include "store/watch.h"
#include "unit/kit.h"
#include "unit/store-kit.h"

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

/* Another title of the list or feed is not from the page, also where an attachment came with it. */
static void
test_retitled(struct fixture *f, gconstpointer data)
{
    (void)data;
    int64_t a = put(f, "1", "http://a.example/1", "One", 100);
    put_text(f, a, "from the page", "page");
    put(f, "1", "http://a.example/1", "Two", 100);
    struct stored_attachment attachment = {.url = (char *)"http://a.example/1.pdf", .length = -1};
    g_autoptr(GPtrArray) list = g_ptr_array_new();
    g_ptr_array_add(list, &attachment);
    g_assert_true(articles_put_attachments(f->store, a, list, NAMED_BY_FEED, NULL));
    bool changed = false;
    g_assert_true(revisions_settle(f->store, a, false, NOW, NULL, &changed, NULL));
    g_assert_true(changed);
    AUTO(revision_free) struct revision *r = revisions_read(f->store, a, 2, NULL);
    g_assert_cmpuint(r->attachments->len, ==, 1);
    g_assert_cmpstr(r->origin, ==, "title");
}

static void
test_marks(struct fixture *f, gconstpointer data)
{
    (void)data;
    int64_t a = put(f, "1", NULL, "One", 100), b = put(f, "2", NULL, "Two", 200);
    struct mark_change changes[] = {{.article = a, .mark = MARK_READ, .on = true},
                                    {.article = b, .mark = MARK_DELETED, .on = true},
                                    {.article = a, .mark = MARK_STARRED, .on = true}};
    g_assert_true(marks_apply(f->store, changes, 3, NULL));
    g_autoptr(GPtrArray) list = sources_list(f->store, false, NULL);
    const struct source *source = g_ptr_array_index(list, 0);
    g_assert_cmpint(source->total, ==, 1);
    g_assert_cmpint(source->unread, ==, 0);
    g_assert_cmpint(hits(f, "is:starred"), ==, 1);
    g_assert_cmpint(hits(f, "is:deleted"), ==, 1);
    g_autoptr(GPtrArray) faults = maintenance_check(f->store, NULL);
    g_assert_cmpuint(faults->len, ==, 0);
    struct mark_change wrong[] = {{.article = a, .mark = MARK_READ},
                                  {.article = 4711, .mark = MARK_READ, .on = true}};
    g_assert_false(marks_apply(f->store, wrong, 2, NULL)); /* all or none */
    g_assert_cmpint(hits(f, "is:read"), ==, 1);
}

/* What a store says after marks, as one text. */
static char *
marked(struct fixture *f)
{
    GString *text = g_string_new(NULL);
    static const char *const tables[] = {
        "SELECT group_concat(article || read || starred || deleted, ' ') FROM (SELECT * FROM marks"
        " WHERE read OR starred OR deleted ORDER BY article)",
        "SELECT group_concat(sort || ':' || article, ' ') FROM unread",
        "SELECT group_concat(source || language || total || ':' || unread, ' ') FROM languages",
        "SELECT group_concat(id || ':' || total || ':' || unread, ' ') FROM sources",
        "SELECT group_concat(article || field || (at > 0), ' ') FROM (SELECT * FROM sync_log ORDER BY article)",
        "SELECT group_concat(sql, ' ') FROM sqlite_schema WHERE type = 'trigger'"
        " AND tbl_name = 'marks' ORDER BY name"};
    for (size_t i = 0; i < G_N_ELEMENTS(tables); i++) {
        sqlite3_stmt *s = store_prepare(f->store, tables[i], NULL);
        g_assert_nonnull(s);
        g_assert_cmpint(sqlite3_step(s), ==, SQLITE_ROW);
        g_string_append_printf(text, "%s\n", (const char *)sqlite3_column_text(s, 0));
        sqlite3_reset(s);
    }
    return g_string_free(text, FALSE);
}

/* Many at once leave what one after the other does. */
static void
test_many(struct fixture *f, gconstpointer data)
{
    enum { ALL = 1200 };
    (void)data;
    struct mark_change *changes = g_new0(struct mark_change, ALL);
    for (int i = 0; i < ALL; i++) {
        g_autofree char *id = g_strdup_printf("%d", i);
        changes[ALL - 1 - i].article = put(f, id, NULL, id, 1000 + i);
        changes[ALL - 1 - i].mark = MARK_READ;
    }
    g_assert_true(store_exec(f->store,
                             "UPDATE articles SET language = iif(id % 3, 'ru', NULL) WHERE id % 2;"
                             "INSERT INTO meta(key, value) VALUES('sync_server', 'x')",
                             NULL));
    for (int i = 0; i < ALL; i += 7) { /* some are read, deleted or starred before */
        struct mark_change before = {
            .article = changes[i].article,
            .mark = (enum mark[]){MARK_READ, MARK_DELETED, MARK_STARRED}[i / 7 % 3],
            .on = true};
        g_assert_true(marks_apply(f->store, &before, 1, NULL));
    }
    g_assert_true(store_exec(f->store, "DELETE FROM sync_log", NULL));
    for (int on = 1; on >= 0; on--) {
        for (int i = 0; i < ALL; i++)
            changes[i].on = on;
        g_assert_true(store_begin(f->store, NULL));
        for (int i = 0; i < ALL; i++)
            g_assert_true(marks_put(f->store, &changes[i], NULL));
        g_autofree char *expected = marked(f);
        store_rollback(f->store);
        g_assert_true(marks_apply(f->store, changes, ALL, NULL));
        g_autofree char *got = marked(f);
        g_assert_true(g_str_equal(got, expected));
        g_autoptr(GPtrArray) faults = maintenance_check(f->store, NULL);
        g_assert_cmpuint(faults->len, ==, 0);
    }
    changes[ALL / 2].article = 4711;
    changes[ALL / 2].on = true;
    for (int i = 0; i < ALL; i++)
        changes[i].on = true;
    g_autofree char *before = marked(f);
    g_assert_false(marks_apply(f->store, changes, ALL, NULL)); /* all or none */
    g_autofree char *after = marked(f);
    g_assert_true(g_str_equal(after, before));
    g_free(changes);
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
            g_assert_cmpint(
                ((struct article_row *)g_ptr_array_index(before, i))->id, ==,
                ((struct article_row *)g_ptr_array_index(all, at - before->len + i))->id);
        for (guint i = 0; i < after->len; i++)
            g_assert_cmpint(((struct article_row *)g_ptr_array_index(after, i))->id, ==,
                            ((struct article_row *)g_ptr_array_index(all, at + 1 + i))->id);
        g_assert_cmpint(((struct article_row *)g_ptr_array_index(last, 0))->id, ==, row->id);
        g_assert_cmpint(listing_position(f->store, &l, row->id), ==, at);
    }
    g_assert_cmpint(listing_position(f->store, &l, 9999), ==, -1);
}

static void
test_queries(void)
{
    static const char *const wrong[] = {"is:", "is:odd", "has:legs",   "nonsense:1", "(a",
                                        "a)",  "\"open", "since:soon", "a OR",       "OR",
                                        "()",  "id:5x",  "id:9..3",    "id:>8",      "lang:5"};
    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(query_parse(wrong[i], NOW, &error));
        g_assert_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX);
    }
    /* each is asked for by address, number, title and so on, and statements take no more values */
    for (int count = 100; count <= 200; count += 100) {
        g_autoptr(GString) many = g_string_new("source:1");
        for (int i = 1; i < count; i++)
            g_string_append_printf(many, " OR source:%d", i);
        AUTO(query_free) struct query *query = query_parse(many->str, NOW, NULL);
        g_assert_cmpint(query != NULL, ==, count < 200);
    }
    static const char *const right[] = {"",      "a",           "http://x.example/a?b=c",
                                        "10:30", "(a OR b) -c", "lang:ru since:3d",
                                        "all",   "id:3..9",     "a'b;--"};
    for (size_t i = 0; i < G_N_ELEMENTS(right); i++) {
        AUTO(query_free) struct query *query = query_parse(right[i], NOW, NULL);
        g_assert_nonnull(query);
    }
}

/* What an input method types means the same; what is quoted, and texts, are as they are. */
static void
test_wide_queries(void)
{
    static const char *const same[][2] = {
        {"is：unread", "is:unread"},
        {"ｉｓ：unread", "is:unread"},
        {"since：３d　道路", "since:3d 道路"},
        {"id：５．．９", "id:5..9"},
        {"title：维修", "title:维修"},
        {"－is：read", "-is:read"},
        {"（道路 ＯＲ 桥梁）－水", "(道路 OR 桥梁) -水"},
        {"（is：unread OR （is：starred））", "(is:unread OR (is:starred))"},
        {"＂道路 维修＂", "\"道路 维修\""},
        {"“道路 维修”", "\"道路 维修\""},
        {"title：＂is：unread＂", "title:\"is：unread\""},
        {"source：“城市（新闻）”", "source:\"城市（新闻）\""},
        {"(source:城市（新闻）)", "(source:\"城市（新闻）\")"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(same); i++) {
        AUTO(query_free) struct query *wide = query_parse(same[i][0], NOW, NULL),
                                      *narrow = query_parse(same[i][1], NOW, NULL);
        g_assert_nonnull(wide);
        g_assert_cmpstr(wide->condition, ==, narrow->condition);
        g_assert_cmpuint(wide->values->len, ==, narrow->values->len);
        for (guint v = 0; v < wide->values->len; v++)
            g_assert_cmpstr(g_ptr_array_index(wide->values, v), ==,
                            g_ptr_array_index(narrow->values, v));
    }
    /* one word each */
    static const char *const texts[] = {
        "时间：三点", "app：下载", "http：//x.example", "关于（试行）的通知", "一）二", "“一",
        "五＂",       "一－二",    "２０：００"};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        AUTO(query_free) struct query *query = query_parse(texts[i], NOW, NULL);
        g_assert_nonnull(query);
        g_assert_cmpstr(query->words[0], ==, texts[i]);
        g_assert_null(query->words[1]);
    }
    static const char *const wrong[] = {"（a", "＂open", "is：odd", "since：soon", "（）"};
    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(query_parse(wrong[i], NOW, &error));
        g_assert_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX);
    }
    AUTO(query_free) struct query *broken = query_parse("is:unread \xe5\x8c", NOW, NULL);
    g_assert_nonnull(broken);
}

/* An article is the edition of one that names it, though it names none itself. */
static void
test_editions(struct fixture *f, gconstpointer data)
{
    (void)data;
    g_autoptr(GError) error = NULL;
    int64_t en = put(f, "en", "http://city.example/en/1.html", "One", NOW),
            ru = put(f, "ru", "http://city.example/ru/1.html", "Odin", NOW);
    struct page_facts facts = {.language = "ru"};
    g_assert_true(articles_put_facts(f->store, ru, &facts, &error));
    g_assert_true(articles_put_edition(f->store, ru, "en", "http://city.example/en/1.html",
                                       "article", &error));
    g_autoptr(GPtrArray) forth = articles_editions(f->store, ru),
                         back = articles_editions(f->store, en);
    g_assert_cmpuint(forth->len, ==, 1);
    g_assert_cmpint(((const struct stored_edition *)g_ptr_array_index(forth, 0))->article, ==, en);
    g_assert_cmpuint(back->len, ==, 1);
    const struct stored_edition *e = g_ptr_array_index(back, 0);
    g_assert_cmpint(e->article, ==, ru);
    g_assert_cmpstr(e->language, ==, "ru");
    /* an edition's home names no article */
    g_assert_true(
        articles_put_edition(f->store, ru, "en", "http://city.example/en/1.html", "home", &error));
    g_autoptr(GPtrArray) none = articles_editions(f->store, en);
    g_assert_cmpuint(none->len, ==, 0);
}

/*
 * Whether a step of a query plan reads a table from end to end; sources and their languages are
 * few, as are l and own, which are languages; p is a window, g a group of editions, t are titles in
 * their order, hits are an inner SELECT with steps of its own.
 */
static bool
is_scan(const char *step, const char *text)
{
    static const char *const fine[] = {
        "SCAN s",           "SCAN sources",   "SCAN p", "SCAN hits", "SCAN CONSTANT ROW",  "SCAN w",
        "SCAN search_wait", "SCAN languages", "SCAN t", "SCAN g",    "SCAN editions_wait", "SCAN l",
        "SCAN own",         "SCAN its"};
    if (g_str_equal(step, "SCAN m") && strstr(text, "(SELECT 0 AS read, "))
        return false; /* two rows that stand for marks */
    if (!g_str_has_prefix(step, "SCAN ") || strstr(step, " USING ") ||
        strstr(step, "VIRTUAL TABLE"))
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(fine); i++)
        if (g_str_equal(step, fine[i]))
            return false;
    return true;
}

/* What stands between a key and the screen reads no table from end to end. */
static void
test_plans(struct fixture *f, gconstpointer data)
{
    (void)data;
    for (int i = 0; i < 20; i++) {
        g_autofree char *id = g_strdup_printf("%d", i);
        put_text(f, put(f, id, NULL, "Bridge 停水", 1000 + i), "The bridge, 停水通知.", "page");
    }
    bool more;
    g_assert_true(search_index_slice(f->store, 100, &more, NULL));
    static const enum listing_sort sorts[] = {LISTING_TITLE, LISTING_UNREAD, LISTING_SOURCE};
    static const char *const queries[] = {NULL,
                                          "bridge",
                                          "停",
                                          "停水通知",
                                          "title:bridge",
                                          "bridge is:unread",
                                          "bridge is:starred",
                                          "is:starred",
                                          "is:unread",
                                          "is:read",
                                          "lang:ru",
                                          "lang:ru is:unread -source:2",
                                          "has:attachment is:unread",
                                          "source:1",
                                          "portal:beiling",
                                          "state:revised",
                                          "since:1970-01-01",
                                          "seen:1970-01-01",
                                          "changed:1970-01-01",
                                          "id:3",
                                          "tag:city",
                                          "has:attachment",
                                          "state:withdrawn",
                                          "\"the bridge\" -停水"};
    for (size_t q = 0; q < G_N_ELEMENTS(queries); q++) {
        AUTO(query_free) struct query *query = queries[q] ? query_parse(queries[q], NOW, NULL)
                                                          : NULL;
        for (int kind = 0; kind < 10; kind++) {
            struct listing l = {.query = query,
                                .source = kind & 1 ? f->source : 0,
                                .unread_only = kind & 2,
                                .starred_only = kind & 4,
                                .portal = kind == 8 ? "beiling" : NULL,
                                .edition = kind == 8 ? "ru" : NULL,
                                .languages = kind % 2 ? NULL : "zh ru",
                                .sort = queries[q] && kind == 9 ? LISTING_RELEVANCE : LISTING_DATE};
            if (kind == 0 && (!query || query->of_counters))
                l.sort = sorts[q % G_N_ELEMENTS(sorts)];
            g_autoptr(GPtrArray) rows = listing_rows(f->store, &l, 0, 10, NULL);
            g_assert_nonnull(rows);
            g_autoptr(GPtrArray) last = listing_rows_last(f->store, &l, 0, 10, NULL);
            g_assert_nonnull(last);
            AUTO(article_row_free) struct article_row *row = listing_article(f->store, 3, NULL);
            g_autoptr(GPtrArray) before = listing_rows_beside(f->store, &l, row, true, 10, NULL);
            g_assert_nonnull(before);
            g_autoptr(GPtrArray) after = listing_rows_beside(f->store, &l, row, false, 10, NULL);
            g_assert_nonnull(after);
            listing_count(f->store, &l, NULL);
            listing_position(f->store, &l, 3);
        }
        /* nor what has come since a place or a time */
        AUTO(changes_clear) struct changes changes = {0};
        struct changes_request request = {.query = query};
        g_assert_true(changes_at(f->store, NOW - 1, &request.from, NULL));
        g_assert_true(changes_read(f->store, &request, &changes, NULL));
    }
    /* lists by title, along the languages that they may have, and when some wait for their place */
    static const char *const by_title[] = {NULL,
                                           "lang:zh",
                                           "lang:zh OR lang:ru",
                                           "-lang:ru",
                                           "lang:zh is:unread",
                                           "lang:zh is:starred",
                                           "lang:zh source:1",
                                           "lang:zh has:attachment",
                                           "is:unread since:1970-01-01",
                                           "bridge"};
    for (size_t q = 0; q < 2 * G_N_ELEMENTS(by_title); q++) {
        const char *text = by_title[q / 2];
        AUTO(query_free) struct query *query = text ? query_parse(text, NOW, NULL) : NULL;
        struct listing l = {
            .query = query, .sort = LISTING_TITLE, .languages = q % 2 ? "zh ru" : NULL};
        if (q == G_N_ELEMENTS(by_title))
            put(f, "waits", NULL, "Bridge", NOW);
        AUTO(article_row_free) struct article_row *row = listing_article(f->store, 3, NULL);
        g_autoptr(GPtrArray) rows = listing_rows(f->store, &l, 0, 10, NULL);
        g_autoptr(GPtrArray) last = listing_rows_last(f->store, &l, 0, 10, NULL);
        g_autoptr(GPtrArray) before = listing_rows_beside(f->store, &l, row, true, 10, NULL);
        g_autoptr(GPtrArray) after = listing_rows_beside(f->store, &l, row, false, 10, NULL);
        g_assert_true(rows && last && before && after);
        listing_position(f->store, &l, 3);
        listing_position_from(f->store, &l, 3, row, 0);
    }
    g_assert_true(search_forget(f->store, 3, NULL));
    struct listing by_arrival = {.sort = LISTING_ARRIVAL};
    g_autoptr(GPtrArray) newest = listing_rows(f->store, &by_arrival, 0, 10, NULL);
    g_assert_cmpuint(newest->len, ==, 10);
    AUTO(document_free) struct document *document = articles_document(f->store, 3, 0, NULL);
    g_autoptr(GPtrArray) attachments = articles_attachments(f->store, 3);
    g_autoptr(GPtrArray) editions = articles_editions(f->store, 3);
    g_assert_true(document && attachments && editions);
    struct mark_change change = {.article = 3, .mark = MARK_READ, .on = true};
    g_assert_true(marks_apply(f->store, &change, 1, NULL));

    GHashTableIter iter;
    gpointer sql;
    guint seen = 0;
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) scans = g_ptr_array_new_with_free_func(g_free);
    g_hash_table_iter_init(&iter, f->store->statements);
    while (g_hash_table_iter_next(&iter, &sql, NULL))
        g_ptr_array_add(texts, g_strconcat("EXPLAIN QUERY PLAN ", (const char *)sql, NULL));
    for (guint i = 0; i < texts->len; i++) {
        const char *text = g_ptr_array_index(texts, i);
        if (strstr(text, "PLAN PRAGMA") || strstr(text, "INSERT INTO search"))
            continue;
        AUTO_RESET sqlite3_stmt *s = store_prepare(f->store, text, NULL);
        while (s && sqlite3_step(s) == SQLITE_ROW)
            if (is_scan((const char *)sqlite3_column_text(s, 3), text))
                g_ptr_array_add(
                    scans,
                    g_strdup_printf("%s: %s", (const char *)sqlite3_column_text(s, 3), text));
        seen++;
    }
    for (guint i = 0; i < scans->len; i++)
        g_test_message("%s", (const char *)g_ptr_array_index(scans, i));
    g_assert_cmpuint(scans->len, ==, 0);
    g_assert_cmpuint(seen, >, 50);
}

#define MS 1000

/* Whether what the watch waits for has come. */
static bool
tells(const struct watch *watch)
{
    GPollFD fd = {.fd = watch_descriptor(watch), .events = G_IO_IN};
    return fd.fd >= 0 && g_poll(&fd, 1, 0) > 0;
}

/* Looks whenever it is time, until it is never time again or has been twenty times. */
static guint
look_on(struct watch *watch, struct store *store, gint64 *now)
{
    guint looks = 0;
    for (int wait; (wait = watch_timeout(watch, *now)) >= 0 && looks < 20; looks++) {
        *now += wait * MS;
        watch_look(watch, store, *now);
    }
    return looks;
}

/* Who shows a store sleeps, is woken by what another writes, and looks until that is valid. */
static void
test_watch(struct fixture *f, gconstpointer data)
{
    (void)data;
    g_autoptr(GError) error = NULL;
    AUTO(watch_free) struct watch *watch = watch_new(f->path, f->path);
    AUTO(store_close) struct store *shown = store_open(f->path, STORE_WRITE, 0, &error);
    g_assert_no_error(error);
    gint64 now = 5000 * MS;
    watch_look(watch, shown, now);
    look_on(watch, shown, &now);
    g_assert_false(tells(watch));
    g_assert_cmpint(watch_timeout(watch, now), ==, -1);

    int64_t version = store_version(shown);
    put(f, "a", NULL, "A", 1);
    g_assert_true(tells(watch));
    watch_look(watch, shown, now);
    g_assert_cmpint(store_version(shown), !=, version);
    /* who writes on and on is looked at ten times a second */
    g_assert_cmpint(watch_descriptor(watch), ==, -1);
    g_assert_cmpint(watch_timeout(watch, now), ==, 100);
    put(f, "b", NULL, "B", 1);
    now += 100 * MS;
    watch_look(watch, shown, now);
    g_assert_cmpint(watch_timeout(watch, now), ==, 100);
    gint64 since = now;
    g_assert_cmpuint(look_on(watch, shown, &now), <, 10);
    g_assert_cmpint(now - since, ==, 1500 * MS);

    /* what is in the log before it is valid is looked for until it is */
    g_assert_true(store_begin(f->store, NULL));
    put(f, "c", NULL, "C", 1);
    g_assert_cmpint(sqlite3_db_cacheflush(f->store->db), ==, SQLITE_OK);
    g_assert_true(tells(watch));
    watch_look(watch, shown, now);
    g_assert_cmpuint(look_on(watch, shown, &now), ==, 20);
    g_assert_true(store_commit(f->store, NULL));
    look_on(watch, shown, &now);
    g_assert_cmpint(watch_timeout(watch, now), ==, -1);
    g_assert_false(tells(watch));
}

/* Where nothing tells of changes, a look is due each second. */
static void
test_watch_of_nothing(void)
{
    g_autofree char *folder = g_dir_make_tmp("crier-watch.XXXXXX", NULL);
    g_autofree char *inner = g_build_filename(folder, "inner", NULL);
    g_autofree char *path = g_build_filename(inner, "articles.db", NULL);
    AUTO(watch_free) struct watch *watch = watch_new(path, path);
    gint64 now = 5000 * MS;
    g_assert_cmpint(watch_timeout(watch, now), ==, -1);
    g_assert_cmpint(g_rmdir(inner), ==, 0);
    g_assert_true(tells(watch));
    watch_look(watch, NULL, now);
    g_assert_cmpint(watch_descriptor(watch), ==, -1);
    now += 1000 * MS;
    watch_look(watch, NULL, now);
    g_assert_cmpint(watch_timeout(watch, now), ==, 1000);
    now += 400 * MS;
    watch_look(watch, NULL, now);
    g_assert_cmpint(watch_timeout(watch, now), ==, 600);
    g_rmdir(folder);
}

/* The newest date of a source, and its days, are those that its articles bear. */
static void
test_newest(struct fixture *f, gconstpointer data)
{
    (void)data;
    guint days[HEALTH_DAYS];
    const int64_t day = 86400, eight = INT64_C(8) * 3600;
    g_assert_cmpint(source_newest(f->store, f->source, NOW).precision, ==, DATE_NONE);
    put_date(f, "undated", &(struct date){0});
    g_assert_cmpint(source_newest(f->store, f->source, NOW).precision, ==, DATE_NONE);
    put_date(f, "old", &(struct date){.time = NOW - 3 * day, .precision = DATE_DAY});
    put_date(f, "announced", &(struct date){.time = NOW + 2 * day, .precision = DATE_DAY});
    put_date(f, "soon", &(struct date){.time = NOW + 3600, .precision = DATE_MINUTE});
    g_assert_cmpint(source_newest(f->store, f->source, NOW).time, ==, NOW - 3 * day);
    /* yesterday where it was written, which began the day before in UTC */
    put_date(f, "east",
             &(struct date){.time = NOW - day - eight, .offset = 480, .precision = DATE_DAY});
    struct date newest = source_newest(f->store, f->source, NOW);
    g_assert_cmpint(newest.time, ==, NOW - day - eight);
    g_assert_cmpint(newest.offset, ==, 480);
    g_assert_cmpint(newest.precision, ==, DATE_DAY);
    source_days(f->store, f->source, NOW, 0, days);
    g_assert_cmpuint(days[HEALTH_DAYS - 1], ==, 1); /* without a date: when it came */
    g_assert_cmpuint(days[HEALTH_DAYS - 2], ==, 1);
    g_assert_cmpuint(days[HEALTH_DAYS - 4], ==, 1);
    /* it is the 24th still in the west: what has the 25th is of today */
    source_days(f->store, f->source, NOW, -300, days);
    g_assert_cmpuint(days[HEALTH_DAYS - 1], ==, 2);
    g_assert_cmpuint(days[HEALTH_DAYS - 3], ==, 1);
    /* a day whose zone nobody knows has begun somewhere */
    put_date(f, "today", &(struct date){.time = NOW, .precision = DATE_DAY});
    g_assert_cmpint(source_newest(f->store, f->source, NOW - 6 * 3600).time, ==, NOW);
    source_days(f->store, f->source, NOW - 6 * 3600, 480, days);
    g_assert_cmpuint(days[HEALTH_DAYS - 1], ==, 1);
}

static void
test_addresses(struct fixture *f, gconstpointer data)
{
    (void)data;
    static const struct {
        const char *text, *expected; /* NULL: the same */
    } cases[] = {
        {"source:1", "source:http://a.example/feed"},
        {"bridge -(Source:1 OR source:\"1\") \"source:1\"",
         "bridge -(source:http://a.example/feed OR source:http://a.example/feed) \"source:1\""},
        {"source：1 （a OR source：＂1＂）",
         "source:http://a.example/feed （a OR source:http://a.example/feed）"},
        {"source:4711 source:City source:1a source:01 1 title:1", NULL},
        {"source:1 (", NULL},
        {"", NULL},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = query_of_addresses(f->store, cases[i].text);
        g_assert_cmpstr(got, ==, cases[i].expected ? cases[i].expected : cases[i].text);
    }
}

/* Names are read again when another program has changed one, and for nothing else. */
static void
test_names(struct fixture *f, gconstpointer data)
{
    (void)data;
    struct store *other = store_open(f->path, STORE_WRITE, 0, NULL);
    static const struct {
        const char *sql;
        const char *name; /* of the first source */
        bool known;       /* it is so without reading them again */
    } steps[] = {
        {"SELECT 1", NULL, true},
        {"UPDATE sources SET last_error = NULL, last_success = 4711", NULL, true},
        {"INSERT INTO sources(url, feed_title) VALUES('http://b.example/feed', 'City')",
         "a.example: City", false},
        {"UPDATE sources SET feed_title = 'City', failures = 3 WHERE id <> 1", "a.example: City",
         true},
        {"UPDATE sources SET feed_title = 'Town' WHERE id <> 1", NULL, false},
        {"UPDATE sources SET feed_title = 'City' WHERE id <> 1", "a.example: City", false},
        {"UPDATE sources SET active = 0 WHERE id <> 1", NULL, false},
        {"UPDATE sources SET active = 1 WHERE id <> 1", "a.example: City", false},
        {"DELETE FROM sources WHERE id <> 1", NULL, false},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(steps); i++) {
        g_assert_true(store_exec(other, steps[i].sql, NULL));
        source_names_follow(f->store);
        g_assert_cmpint(f->store->names != NULL, ==, steps[i].known);
        g_assert_cmpstr(source_names_find(f->store, f->source), ==, steps[i].name);
    }
    store_close(other);
}

void
add_tests(void)
{
    g_test_add("/store/keys", struct fixture, NULL, set_up, test_keys, tear_down);
    g_test_add("/store/retitled", struct fixture, NULL, set_up, test_retitled, tear_down);
    g_test_add("/store/revisions", struct fixture, NULL, set_up, test_revisions, tear_down);
    g_test_add("/store/marks", struct fixture, NULL, set_up, test_marks, tear_down);
    g_test_add("/store/marks-many", struct fixture, NULL, set_up, test_many, tear_down);
    g_test_add("/store/window", struct fixture, NULL, set_up, test_window, tear_down);
    g_test_add("/store/beside", struct fixture, NULL, set_up, test_beside, tear_down);
    g_test_add("/store/editions", struct fixture, NULL, set_up, test_editions, tear_down);
    g_test_add("/store/plans", struct fixture, NULL, set_up, test_plans, tear_down);
    g_test_add("/store/newest", struct fixture, NULL, set_up, test_newest, tear_down);
    g_test_add("/store/watch", struct fixture, NULL, set_up, test_watch, tear_down);
    g_test_add("/store/addresses", struct fixture, NULL, set_up, test_addresses, tear_down);
    g_test_add("/store/names", struct fixture, NULL, set_up, test_names, tear_down);
    g_test_add_func("/store/watch-of-nothing", test_watch_of_nothing);
    g_test_add_func("/query", test_queries);
    g_test_add_func("/query-signs", test_wide_queries);
}
