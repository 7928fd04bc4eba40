/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Search: what is found waiting and indexed is the same, and is what is there. */
#include "config.h"

#include "store/agenda.h"
#include "store/citations.h"
#include "store/db.h"
#include "store/lock.h"
#include "store/tokenizer.h"
#include "unit/kit.h"
#include "unit/store-kit.h"

#include <sys/wait.h>
#include <unistd.h>

static void
index_all(struct fixture *f, int slice)
{
    g_autoptr(GError) error = NULL;
    for (bool more = true; more;) {
        g_assert_true(search_index_slice(f->store, slice, &more, &error));
        g_assert_no_error(error);
    }
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
        index_all(f, 100);
    }
    put_text(f, a, "改为停电", "page"); /* what the index held of the old text is gone */
    g_assert_cmpint(hits(f, "管网"), ==, 0);
    g_assert_cmpint(hits(f, "停电"), ==, 1);
    g_autoptr(GPtrArray) faults = maintenance_check(f->store, NULL);
    g_assert_cmpuint(faults->len, ==, 0);
}

/* How a text may be written and how it may be asked for. */
static void
test_forms(struct fixture *f, gconstpointer data)
{
    (void)data;
    static const struct {
        const char *text, *query;
        int found;
    } rows[] = {
        /* Traditional and Simplified */
        {"臺灣與廣東", "台湾", 1},
        {"台湾与广东", "臺灣", 1},
        {"台湾与广东", "廣東", 1},
        /* full width */
        {"ＣＯＶＩＤ－１９", "covid", 1},
        {"COVID-19 rules", "ｃｏｖｉｄ", 1},
        {"И\xcc\x86од в соли", "йод", 1},
        {"Йод в соли", "и\xcc\x86од", 1}, /* NFD */
        {"ещё", "ЕЩЕ", 1},
        {"Straße", "STRASSE", 1},
        /* the end of a run */
        {"北京市 朝阳区", "北京市朝阳", 0},
        {"北京市 朝阳区", "\"北京市 朝阳\"", 1},
        {"北京市朝阳区", "京市朝", 1},
        {"北京市朝阳区", "朝市", 0},
        {"北京城市", "\"北\"", 1},
        {"东北", "\"北\"", 1},
        /* pairs that stand apart */
        {"市南区，北京", "市北京", 0},
        {"京市在北京", "北京市", 0},
        {"5G网络", "5g网", 1},
        {"5G网络", "网络", 1},
        {"网络5G", "络5", 1},
        {"e-mail to all", "e-mail", 1},
        {"mail e", "e-mail", 0},
        {"about e-mails", "e-mail", 1},
        {"about e-mails", "\"e-mail\"", 0},
        {"the red bridge", "\"red bridge\"", 1},
        {"bridge red", "\"red bridge\"", 0},
        {"red\nbridge", "\"red bridge\"", 1},
        {"a a b", "\"a b\"", 1},
        {"a b a c", "\"a c\"", 1},
        {"x y x y z", "\"x y z\"", 1},
        {"worth 5 € now", "€", 1},
        {"worth 5 $ now", "€", 0},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *id = g_strdup_printf("%zu", i);
        int64_t article = put(f, id, NULL, "-", 100);
        put_text(f, article, rows[i].text, "page");
        g_autofree char *query =
            g_strdup_printf("id:%" G_GINT64_FORMAT " %s", article, rows[i].query);
        for (int round = 0; round < 2; round++) {
            if (hits(f, query) != rows[i].found)
                g_error("'%s' in '%s' is not found %d times, %s", rows[i].query, rows[i].text,
                        rows[i].found, round ? "indexed" : "waiting");
            index_all(f, 100);
        }
    }
}

static guint64 seed = 1;

static guint
next_number(guint below)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (guint)((seed >> 33) % below);
}

static char *
some_text(guint characters)
{
    static const char *const parts[] = {"水", "停", "市", "北", "。",        " ", "go", "ba", "-",
                                        "5",  "臺", "台", "é",  "e\xcc\x81", "ё", "Е",  "\n"};
    GString *text = g_string_new(NULL);
    while (characters--)
        g_string_append(text, parts[next_number(G_N_ELEMENTS(parts))]);
    return g_string_free(text, FALSE);
}

/*
 * Of any text and any query: the index answers as a scan does, and alone as with other conditions.
 */
static void
test_index_is_scan(struct fixture *f, gconstpointer data)
{
    (void)data;
    g_autoptr(GPtrArray) queries = g_ptr_array_new_with_free_func(g_free),
                         scanned = g_ptr_array_new_with_free_func(g_free);
    for (int i = 0; i < 60; i++) {
        g_autofree char *id = g_strdup_printf("%d", i), *title = some_text(4),
                        *text = some_text(30);
        put_text(f, put(f, id, NULL, title, 1000 + i % 7), text, "page");
        g_autofree char *words = some_text(1 + (guint)i % 4);
        g_strdelimit(words, "\n-", 'x');
        g_strstrip(words);
        const char *where = i % 4 == 3 ? "title:" : "";
        if (*words)
            g_ptr_array_add(queries, g_strdup_printf(i % 3 ? "%s%s" : "%s\"%s\"", where, words));
    }
    guint some = 0;
    for (int round = 0; round < 3; round++) { /* waiting; half; all */
        for (guint i = 0; i < queries->len; i++) {
            g_autoptr(GError) error = NULL;
            AUTO(query_free) struct query *query =
                query_parse(g_ptr_array_index(queries, i), NOW, &error);
            g_assert_no_error(error);
            struct listing l = {.query = query, .sort = LISTING_RELEVANCE};
            g_autofree char *found = numbers(f, &l, -1), *windows = numbers(f, &l, 7);
            g_assert_cmpstr(found, ==, windows);
            g_autoptr(GPtrArray) rows = listing_rows(f->store, &l, 0, -1, NULL);
            g_assert_cmpint(listing_count(f->store, &l, NULL), ==, rows->len);
            bool more;
            g_assert_cmpint(listing_count_to(f->store, &l, 1000, &more, NULL), ==, rows->len);
            g_assert_false(more);
            int64_t some_counted = listing_count_to(f->store, &l, 2, &more, NULL);
            g_assert_true(some_counted == rows->len || (some_counted == 2 && more));
            if (round == 0)
                g_ptr_array_add(scanned, g_strdup(found));
            g_assert_cmpstr(found, ==, g_ptr_array_index(scanned, i));
            some += *found != '\0';
        }
        bool more;
        g_assert_true(search_index_slice(f->store, round == 0 ? 30 : 100, &more, NULL));
    }
    g_assert_cmpuint(some, >, 60);
}

/* Titles, texts and readings that change leave nothing behind in the index. */
static void
test_forget(struct fixture *f, gconstpointer data)
{
    (void)data;
    int64_t a = put(f, "1", "http://a.example/1", "Old title", 100);
    put_text(f, a, "old text", "feed");
    index_all(f, 10);
    g_assert_cmpint(put(f, "1", "http://a.example/1", "New title", 100), ==, a);
    g_assert_cmpint(hits(f, "old"), ==, 1);
    g_assert_cmpint(hits(f, "title:old"), ==, 0);
    index_all(f, 10);
    put_text(f, a, "fresh text", "page");
    index_all(f, 10);
    g_assert_cmpint(hits(f, "old"), ==, 0);
    struct page_facts facts = {.title = "Third title"};
    g_assert_true(articles_put_facts(f->store, a, &facts, NULL));
    index_all(f, 10);
    g_assert_cmpint(hits(f, "title:new"), ==, 0);
    g_assert_cmpint(hits(f, "title:third fresh"), ==, 1);
    /* a title that is there already lets nothing wait */
    g_assert_cmpint(put(f, "1", "http://a.example/1", "Third title", 100), ==, a);
    g_assert_cmpint(search_waiting(f->store), ==, 0);
    /* an index of other rules is begun anew */
    g_assert_true(store_set_meta(f->store, "search_form", "0", NULL));
    put(f, "2", NULL, "Another", 100);
    index_all(f, 1);
    g_assert_cmpint(hits(f, "third"), ==, 1);
    g_assert_cmpint(hits(f, "another"), ==, 1);
    g_autoptr(GPtrArray) faults = maintenance_check(f->store, NULL);
    g_assert_cmpuint(faults->len, ==, 0);
}

/*
 * Hits by relevance: titles first, each by date, the same whatever the window and whoever answers.
 */
static void
test_relevance(struct fixture *f, gconstpointer data)
{
    (void)data;
    for (int i = 0; i < 60; i++) {
        g_autofree char *id = g_strdup_printf("%d", i);
        int64_t article =
            put(f, id, NULL, i % 3 ? "Other things" : "The bridge opens", 1000 + i * 7 % 60);
        put_text(f, article, i % 2 ? "Nothing of it." : "About the bridge and the river.", "page");
    }
    AUTO(query_free) struct query *words = query_parse("bridge", NOW, NULL),
                                  *more = query_parse("bridge since:1970-01-01", NOW, NULL);
    g_assert_nonnull(words->match);
    g_assert_null(more->match);
    struct listing l = {.query = words, .sort = LISTING_RELEVANCE},
                   by_scan = {.query = more, .sort = LISTING_RELEVANCE};
    /* before they are indexed */
    g_assert_cmpint(listing_count(f->store, &l, NULL), ==, 40);
    index_all(f, 25);
    struct mark_change gone = {.article = 1, .mark = MARK_DELETED, .on = true};
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
        g_assert_cmpint(
            g_str_has_prefix(((const struct article_row *)g_ptr_array_index(rows, i))->title,
                             "The bridge"),
            ==, i < 19);
}

static void
test_tokens(void)
{
    static const struct {
        const char *title, *text, *tokens;
    } rows[] = {
        {"", "", ""},
        {"", " - ", ""},
        {"", "a b c d", "a b c d "},
        {"", "The road, the ROAD; roads", "the road roads "},
        {"", "Ёлка и ёлка 5", "елка и 5 "},
        {"", "水", "水 "},
        {"", "停水停水", "停水 水停 水 "},
        {"", "a水b停水", "a 水 b 停水 "},
        {"", "𠀀𠀁 x", "𠀀𠀁 𠀁 x "},
        /* of a title: once as any, once marked, and not again in the text */
        {"The road", "a road", "the §the road §road a "},
        {"停水", "", "停水 §停水 水 §水 "},
        {"§1", "", "1 §1 "},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *tokens = tokens_joined(rows[i].title, rows[i].text);
        g_assert_cmpstr(tokens, ==, rows[i].tokens);
    }
    /* what grows most: pairs without end, each of its own */
    g_autoptr(GString) text = g_string_new(NULL);
    for (gunichar c = 0x4e00; c < 0x9f00; c++)
        g_string_append_unichar(text, c);
    g_autofree char *tokens = tokens_joined("", text->str),
                    *of_title = tokens_joined(text->str, "");
    g_assert_cmpuint(strlen(tokens), <=, text->len / 3 * 7);
    g_assert_cmpuint(strlen(tokens), >, text->len * 2);
    g_assert_cmpuint(strlen(of_title), <=, text->len * 6);
    g_assert_cmpuint(strlen(of_title), >, text->len * 5);
}

static int
count_settings(struct fixture *f)
{
    AUTO_RESET sqlite3_stmt *s =
        store_prepare(f->store, "SELECT count(*) FROM search_config WHERE k <> 'version'", NULL);
    g_assert_cmpint(sqlite3_step(s), ==, SQLITE_ROW);
    return sqlite3_column_int(s, 0);
}

/* How FTS5 merges is settled when something is indexed, once. */
static void
test_settings(struct fixture *f, gconstpointer data)
{
    (void)data;
    g_autoptr(GError) error = NULL;
    g_assert_cmpint(count_settings(f), ==, 0);
    for (int round = 0; round < 2; round++) {
        put(f, round ? "1" : "2", NULL, "road", 100);
        g_assert_true(search_index_rest(f->store, NULL, NULL, &error));
        g_assert_cmpint(count_settings(f), ==, 3);
        int changes = sqlite3_total_changes(f->store->db);
        g_assert_true(search_index_rest(f->store, NULL, NULL, &error));
        g_assert_cmpint(sqlite3_total_changes(f->store->db), ==, changes);
    }
    g_assert_cmpint(hits(f, "road"), ==, 2);
}

/* A process that wishes to write until the pipe is closed. */
static pid_t
begin_to_wish(const struct fixture *f, int *stop)
{
    int told[2], ends[2];
    g_assert_cmpint(pipe(told), ==, 0);
    g_assert_cmpint(pipe(ends), ==, 0);
    char byte = 0;
    pid_t child = fork();
    if (child == 0) {
        close(ends[1]);
        lock_wish(lock_open_wishes(f->path), true);
        bool fine = write(told[1], &byte, 1) == 1 && read(ends[0], &byte, 1) == 0;
        _exit(!fine);
    }
    close(told[1]);
    close(ends[0]);
    g_assert_cmpint(read(told[0], &byte, 1), ==, 1);
    close(told[0]);
    *stop = ends[1];
    return child;
}

/* A slice is given up for who waits to write, and those that follow are short. */
static void
test_yield(struct fixture *f, gconstpointer data)
{
    (void)data;
    g_autoptr(GError) error = NULL;
    for (int i = 0; i < 100; i++) {
        g_autofree char *key = g_strdup_printf("%d", i);
        put(f, key, NULL, "The road", 100 + i);
    }
    int lock = lock_take(f->path, &error), stop, status;
    g_assert_no_error(error);
    struct search_pace pace = {0};
    bool more = false;
    pid_t child = begin_to_wish(f, &stop);
    g_assert_true(search_index_some(f->store, &pace, &more, &error));
    g_assert_no_error(error);
    g_assert_true(more);
    g_assert_cmpint(search_waiting(f->store), ==, 100);
    g_assert_cmpint(pace.until, >, g_get_monotonic_time());
    g_assert_cmpint(hits(f, "road"), ==, 100);
    /* one of a given size does not end by itself */
    g_assert_true(search_index_slice(f->store, 10, &more, &error));
    g_assert_cmpint(search_waiting(f->store), ==, 90);
    /* nor does a short one, which follows, or who waits on and on would end all indexing */
    g_assert_true(search_index_some(f->store, &pace, &more, &error));
    g_assert_cmpint(search_waiting(f->store), <, 90);
    int64_t left = search_waiting(f->store);
    close(stop);
    g_assert_cmpint(waitpid(child, &status, 0), ==, child);
    g_assert_cmpint(status, ==, 0);
    g_assert_true(search_index_some(f->store, &pace, &more, &error));
    g_assert_cmpint(search_waiting(f->store), <, left);
    g_assert_true(search_index_rest(f->store, &pace, NULL, &error));
    g_assert_true(search_is_complete(f->store));
    g_assert_cmpint(hits(f, "road"), ==, 100);
    close(lock);
}

static void
count_reading(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    (void)values;
    ++*(guint *)sqlite3_user_data(context);
    sqlite3_result_int(context, 1);
}

/* No text is read of what another term of the query leaves out, wherever that stands. */
static void
test_read_last(struct fixture *f, gconstpointer data)
{
    (void)data;
    static const char *const reading[] = {"address:\"Guba Street 5\"", "\"guba street\""},
                             *const others[] = {"lang:zh",  "is:read",          "is:starred",
                                                "tag:none", "since:2030-01-01", "source:none"};
    static const enum listing_sort sorts[] = {LISTING_DATE, LISTING_TITLE, LISTING_SOURCE,
                                              LISTING_UNREAD};
    guint read = 0;
    for (int i = 0; i < 40; i++) {
        g_autofree char *key = g_strdup_printf("%d", i);
        put_text(f, put(f, key, NULL, "Water", 100 + i), "Guba Street 5 has none.", "feed");
    }
    index_all(f, 25);
    g_assert_cmpint(hits(f, reading[0]), ==, 40);
    sqlite3_create_function(f->store->db, "crier_address", 3, SQLITE_UTF8, &read, count_reading,
                            NULL, NULL);
    sqlite3_create_function(f->store->db, "crier_matches", 3, SQLITE_UTF8, &read, count_reading,
                            NULL, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(reading) * G_N_ELEMENTS(others) * 2; i++) {
        const char *one = reading[i / 2 % 2], *other = others[i / 4];
        g_autofree char *text = g_strdup_printf("%s %s", i % 2 ? one : other, i % 2 ? other : one);
        AUTO(query_free) struct query *query = query_parse(text, NOW, NULL);
        for (size_t s = 0; s < G_N_ELEMENTS(sorts); s++) {
            struct listing l = {.query = query, .sort = sorts[s]};
            g_autofree char *found = numbers(f, &l, 7);
            g_assert_cmpstr(found, ==, "");
            g_assert_cmpint(listing_count(f->store, &l, NULL), ==, 0);
            if (read)
                g_test_message("%u texts are read for %s", read, text);
            g_assert_cmpuint(read, ==, 0);
        }
    }
    g_assert_cmpint(hits(f, reading[0]), ==, 40);
    g_assert_cmpuint(read, ==, 40); /* else nothing was asked */
}

/* The days of December that the agenda has. */
static char *
days(struct fixture *f)
{
    const struct agenda_request request = {.from = NOW, .to = G_MAXINT64};
    g_autoptr(GPtrArray) rows = agenda_rows(f->store, &request, NULL);
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < rows->len; i++) {
        g_autofree char *iso =
            date_iso(&((const struct agenda_row *)g_ptr_array_index(rows, i))->date);
        g_string_append_printf(out, "%s ", strrchr(iso, '-') + 1);
    }
    return g_string_free(out, FALSE);
}

#define ASSERT_DAYS(f, expected) \
    do { \
        g_autofree char *all = days(f); \
        g_assert_cmpstr(all, ==, expected); \
    } while (0)

#define DUE(day) "Applications must be submitted by December " day ", 2025."

/* What an article no longer says sets no date, be its text read since or not. */
static void
test_stale(struct fixture *f, gconstpointer data)
{
    (void)data;
    int64_t a = put(f, "1", NULL, "Grants", NOW), b = put(f, "2", NULL, "Prizes", NOW);
    put_text(f, a, DUE("1") " Resolution No. 12-345.", "page");
    put_text(f, b, DUE("2"), "page");
    ASSERT_DAYS(f, "");
    index_all(f, 100);
    ASSERT_DAYS(f, "01 02 ");
    g_autoptr(GPtrArray) before = citations_of(f->store, a, NULL);
    g_assert_cmpuint(before->len, ==, 1);
    put_text(f, a, DUE("3"), "page");
    ASSERT_DAYS(f, "02 ");
    g_autoptr(GPtrArray) after = citations_of(f->store, a, NULL);
    g_assert_cmpuint(after->len, ==, 0);
    /* that it takes place is noted at once: of its text what is newest is read then */
    struct event event = {.place = (char *)"Town hall"};
    g_assert_true(articles_put_event(f->store, a, &event, false, NULL));
    ASSERT_DAYS(f, "02 03 ");
    put_text(f, a, DUE("4"), "page");
    ASSERT_DAYS(f, "02 ");
    /* an index that is made anew has nobody's text changed */
    index_all(f, 100);
    g_assert_true(search_reset(f->store, NULL));
    ASSERT_DAYS(f, "02 04 ");
}

/* One is read and indexed while others wait. */
static void
test_one(struct fixture *f, gconstpointer data)
{
    (void)data;
    int64_t a = put(f, "1", NULL, "Grants", NOW), b = put(f, "2", NULL, "Prizes", NOW);
    index_all(f, 100);
    put_text(f, a, DUE("1"), "page");
    put_text(f, b, DUE("2"), "page");
    for (int round = 0; round < 2; round++) {
        g_assert_true(search_index_article(f->store, b, NULL));
        ASSERT_DAYS(f, "02 ");
        g_assert_cmpint(search_waiting(f->store), ==, 1);
        g_assert_cmpint(hits(f, "submitted"), ==, 2);
    }
    struct listing titles = {.sort = LISTING_TITLE};
    g_autofree char *sorted = numbers(f, &titles, -1);
    g_autofree char *expected = g_strdup_printf("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " ", a, b);
    g_assert_cmpstr(sorted, ==, expected);
    g_autoptr(GPtrArray) faults = maintenance_check(f->store, NULL);
    g_assert_cmpuint(faults->len, ==, 0);
    /* who writes on and on is not waited for as long as for a mark */
    AUTO(store_close) struct store *other = store_open(f->path, STORE_WRITE, 0, NULL);
    g_assert_true(store_begin(other, NULL));
    f->store->timeout = 60000;
    gint64 start = g_get_monotonic_time();
    g_assert_false(search_index_article(f->store, a, NULL));
    g_assert_cmpint(g_get_monotonic_time() - start, <, 30 * G_USEC_PER_SEC);
    g_assert_cmpint(f->store->timeout, ==, 60000);
    store_rollback(other);
    g_assert_cmpint(search_waiting(f->store), ==, 1);
    /* an index of other rules is not begun by one; its dates are read */
    g_assert_true(store_set_meta(f->store, "search_form", "0", NULL));
    put_text(f, b, DUE("3"), "page");
    g_assert_true(search_index_article(f->store, b, NULL));
    ASSERT_DAYS(f, "03 ");
    g_assert_cmpint(search_waiting(f->store), ==, 2);
    index_all(f, 100);
    ASSERT_DAYS(f, "01 03 ");
}

void
add_tests(void)
{
    g_test_add("/search/index", struct fixture, NULL, set_up, test_search, tear_down);
    g_test_add_func("/search/tokens", test_tokens);
    g_test_add("/search/settings", struct fixture, NULL, set_up, test_settings, tear_down);
    g_test_add("/search/forms", struct fixture, NULL, set_up, test_forms, tear_down);
    g_test_add("/search/index-is-scan", struct fixture, NULL, set_up, test_index_is_scan,
               tear_down);
    g_test_add("/search/forget", struct fixture, NULL, set_up, test_forget, tear_down);
    g_test_add("/search/relevance", struct fixture, NULL, set_up, test_relevance, tear_down);
    g_test_add("/search/read-last", struct fixture, NULL, set_up, test_read_last, tear_down);
    g_test_add("/search/stale", struct fixture, NULL, set_up, test_stale, tear_down);
    g_test_add("/search/one", struct fixture, NULL, set_up, test_one, tear_down);
    g_test_add("/search/yield", struct fixture, NULL, set_up, test_yield, tear_down);
}
