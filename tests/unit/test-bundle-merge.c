/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bundles: how what they say is merged into a store, in whatever order they come. */
#include "config.h"

#include "unit/bundle-kit.h"
#include "unit/kit.h"

static enum bundle_outcome
apply(struct fixture *f, const struct bundle_item *item)
{
    enum bundle_outcome outcome;
    g_autoptr(GError) error = NULL;
    AUTO(bundle_merge_clear) struct bundle_merge merge;
    bundle_merge_init(&merge, NOW);
    g_assert_true(bundle_put_article(f->store, f->source, item, &merge, &outcome, &error));
    g_assert_no_error(error);
    g_assert_true(bundle_put_end(f->store, &merge, &error));
    return outcome;
}

static int64_t
number_of(struct fixture *f, const char *sql)
{
    AUTO_RESET sqlite3_stmt *s = store_prepare(f->store, sql, NULL);
    g_assert_nonnull(s);
    g_assert_cmpint(store_step(f->store, s, NULL), ==, SQLITE_ROW);
    return sqlite3_column_int64(s, 0);
}

static void
revise(struct fixture *f, int64_t article, const char *text, const char *origin, int64_t now)
{
    AUTO(document_free) struct document *document = document_from_text(text);
    AUTO(stored_document_free) struct stored_document *stored = stored_document_new(document);
    bool changed;
    g_assert_true(articles_put_document(f->store, article, stored, origin, NULL, false, now, NULL,
                                        &changed, NULL));
    g_assert_true(changed);
}

static void
expect_text(struct fixture *f, int64_t article, const char *text)
{
    AUTO(document_free)
    struct document *document = articles_document(f->store, article, 0, NULL);
    g_autofree char *plain = document_plain(document);
    g_assert_nonnull(strstr(plain, text));
}

static void
test_merge(struct fixture *f, gconstpointer data)
{
    (void)data;
    struct fixture newest, late;
    set_up(&newest, NULL);
    set_up(&late, NULL);
    int64_t article = put(f, "1", "http://a.example/1", "Trams", NOW);
    revise(f, article, "The trams run.", "feed", NOW);
    AUTO(bundle_item_clear) struct bundle_item first = item_of(f, article);
    revise(f, article, "The trams run every five minutes, the city says.", "page", NOW + 5);
    AUTO(bundle_item_clear) struct bundle_item whole = item_of(f, article);
    revise(f, article, "The buses are late today, and the ferry has left.", "page", NOW + 10);
    AUTO(bundle_item_clear) struct bundle_item second = item_of(f, article);
    /* one after the other, each twice */
    g_assert_cmpint(apply(&newest, &first), ==, BUNDLE_NEW);
    g_assert_cmpint(apply(&newest, &first), ==, BUNDLE_SAME);
    g_assert_cmpint(apply(&newest, &whole), ==, BUNDLE_CHANGED);
    g_assert_cmpint(apply(&newest, &whole), ==, BUNDLE_SAME);
    g_assert_cmpint(hits(&newest, "state:revised"), ==, 0); /* the page's for the feed's */
    g_assert_cmpint(apply(&newest, &second), ==, BUNDLE_CHANGED);
    g_assert_cmpint(apply(&newest, &second), ==, BUNDLE_SAME);
    g_assert_cmpint(hits(&newest, "state:revised"), ==, 1);
    /* older ones change nothing */
    g_assert_cmpint(apply(&newest, &first), ==, BUNDLE_SAME);
    expect_text(&newest, 1, "buses");
    g_assert_cmpint(apply(&late, &second), ==, BUNDLE_NEW);
    g_assert_cmpint(apply(&late, &whole), ==, BUNDLE_SAME);
    expect_text(&late, 1, "buses");
    g_assert_cmpint(hits(&late, "ferry"), ==, 1);
    g_assert_cmpint(hits(&newest, "ferry"), ==, 1);
    g_assert_cmpint(hits(&newest, "minutes"), ==, 0);
    tear_down(&newest, NULL);
    tear_down(&late, NULL);
}

/* A feed's text that the bundle has as a former one is not replaced by the page's. */
static void
test_former(struct fixture *f, gconstpointer data)
{
    (void)data;
    struct fixture there;
    set_up(&there, NULL);
    int64_t article = put(f, "1", "http://a.example/1", "Trams", NOW);
    revise(f, article, "The trams run.", "feed", NOW);
    AUTO(bundle_item_clear) struct bundle_item first = item_of(f, article);
    revise(f, article, "The buses are late today, and the ferry has left.", "feed", NOW + 5);
    revise(f, article, "The buses are late today, and the ferry has left; more tomorrow.", "page",
           NOW + 10);
    g_assert_cmpint(number_of(f, "SELECT revisions FROM articles"), ==, 2);
    AUTO(bundle_item_clear) struct bundle_item second = item_of(f, article);
    g_assert_cmpint(apply(&there, &first), ==, BUNDLE_NEW);
    g_assert_cmpint(apply(&there, &second), ==, BUNDLE_CHANGED);
    g_assert_cmpint(number_of(&there, "SELECT revisions FROM articles"), ==, 2);
    g_assert_cmpint(apply(&there, &second), ==, BUNDLE_SAME);
    tear_down(&there, NULL);
}

/* A revision in which nothing but an attachment is new. */
static void
test_attachment(struct fixture *f, gconstpointer data)
{
    (void)data;
    struct fixture there;
    set_up(&there, NULL);
    int64_t article = put(f, "1", "http://a.example/1", "Trams", NOW);
    revise(f, article, "The trams run.", "feed", NOW);
    run_sql(f, "UPDATE documents SET heading = 'Trams', attachments = ''");
    AUTO(bundle_item_clear) struct bundle_item first = item_of(f, article);
    run_sql(
        f,
        "INSERT INTO attachments(article, position, url, title, length)"
        " VALUES(1, 0, 'http://a.example/1.pdf', 'plan', 9223372036854775807);"
        "INSERT INTO documents(article, revision, seen, hash, origin, title, data, heading, attachments)"
        " SELECT article, 2, seen + 5, hash, origin, title, data, heading,"
        " 'http://a.example/1.pdf' || char(9) || char(9) || 'plan' || char(10) FROM documents;"
        "UPDATE articles SET revisions = 2");
    AUTO(bundle_item_clear) struct bundle_item second = item_of(f, article);
    g_assert_cmpint(apply(&there, &first), ==, BUNDLE_NEW);
    g_assert_cmpint(apply(&there, &second), ==, BUNDLE_CHANGED);
    g_assert_cmpint(number_of(&there, "SELECT count(*) FROM attachments"), ==, 1);
    g_assert_cmpint(number_of(&there, "SELECT count(*) FROM changes WHERE kind = 1"), ==, 1);
    /* one of which the bytes came later is the same */
    run_sql(&there, "UPDATE documents SET seen = seen - 1, attachments = replace(attachments,"
                    " char(9) || char(9), char(9) || 'abc' || char(9)) WHERE revision = 2");
    g_assert_cmpint(apply(&there, &second), ==, BUNDLE_SAME);
    tear_down(&there, NULL);
}

/* Secrets of addresses stay, and sources that differ in nothing else are two. */
static void
test_secrets(struct fixture *f, gconstpointer data)
{
    (void)data;
    int64_t ids[2];
    char *urls[2];
    g_autoptr(GError) error = NULL;
    run_sql(
        f,
        "INSERT INTO sources(url, active, position) VALUES('http://b.example/f?token=one', 1, 1),"
        " ('http://b.example/f?token=two', 1, 2);"
        "INSERT INTO responses(source, url, fetched, data)"
        " SELECT id, url, 1, x'00' FROM sources WHERE url LIKE '%token%'");
    for (int i = 0; i < 2; i++) {
        ids[i] = number_of(f, i ? "SELECT id FROM sources WHERE url LIKE '%two'"
                                : "SELECT id FROM sources WHERE url LIKE '%one'");
        AUTO(bundle_item_clear) struct bundle_item item = {0};
        g_assert_true(bundle_read_source(f->store, ids[i], &item, &error));
        urls[i] = g_strdup(json_string_value(json_object_get(item.json, "url")));
        g_assert_true(g_str_has_prefix(urls[i], "http://b.example/f?token=***#"));
        g_assert_true(json_is_null(json_object_get(item.json, "response")));
        g_assert_cmpuint(item.parts->len, ==, 0);
    }
    g_assert_cmpstr(urls[0], !=, urls[1]);
    g_free(urls[0]);
    g_free(urls[1]);
}

/* An article whose source names it differently now is the one that was there. */
static void
test_renamed(struct fixture *f, gconstpointer data)
{
    (void)data;
    struct fixture there;
    set_up(&there, NULL);
    int64_t article = put(f, "http://a.example/1", "http://a.example/1", "Trams", NOW);
    AUTO(bundle_item_clear) struct bundle_item first = item_of(f, article);
    g_assert_cmpint(put(f, "https://a.example/1", "http://a.example/1", "Trams", NOW), ==, article);
    AUTO(bundle_item_clear) struct bundle_item second = item_of(f, article);
    g_assert_cmpint(apply(&there, &first), ==, BUNDLE_NEW);
    g_assert_cmpint(apply(&there, &second), ==, BUNDLE_SAME);
    g_assert_cmpint(number_of(&there, "SELECT count(*) FROM articles WHERE key LIKE 'i:https%'"),
                    ==, 1);
    g_assert_cmpint(number_of(&there, "SELECT count(*) FROM articles"), ==, 1);
    tear_down(&there, NULL);
}

/* Two of one link and title, which one bundle brings, are two. */
static void
test_alike(struct fixture *f, gconstpointer data)
{
    (void)data;
    struct fixture there;
    set_up(&there, NULL);
    AUTO(bundle_merge_clear) struct bundle_merge merge;
    bundle_merge_init(&merge, NOW);
    int64_t article = put(f, "1", "http://a.example/1", "Trams", NOW);
    AUTO(bundle_item_clear) struct bundle_item first = item_of(f, article),
                                               second = item_of(f, article);
    json_object_set_new(second.json, "key", json_string("i:2"));
    for (int i = 0; i < 2; i++) {
        enum bundle_outcome outcome;
        g_autoptr(GError) error = NULL;
        g_assert_true(bundle_put_article(there.store, there.source, i ? &second : &first, &merge,
                                         &outcome, &error));
        g_assert_cmpint(outcome, ==, BUNDLE_NEW);
    }
    tear_down(&there, NULL);
}

/* A cursor that a wrong clock has moved says nothing of when. */
static void
test_clock(struct fixture *f, gconstpointer data)
{
    (void)data;
    struct changes_place place = {0};
    g_assert_true(cursor_put(f->store, "bundle:a", &place, NOW, NULL));
    g_assert_cmpint(bundle_moved(f->store, "bundle:a", NOW + 1), ==, NOW);
    g_assert_cmpint(bundle_moved(f->store, "bundle:a", NOW - 1), ==, 0);
    /* what arrives is new for each cursor */
    g_assert_cmpint(bundle_arrival(f->store, NOW + 1), ==, NOW + 1);
    g_assert_cmpint(bundle_arrival(f->store, NOW - 900), ==, NOW);
}

/* What its reader has purged stays away, and marks are his. */
static void
test_own(struct fixture *f, gconstpointer data)
{
    (void)data;
    struct fixture there;
    g_autoptr(GError) error = NULL;
    set_up(&there, NULL);
    int64_t article = put(f, "1", "http://a.example/1", "Trams", NOW);
    revise(f, article, "The trams run.", "feed", NOW);
    AUTO(bundle_item_clear) struct bundle_item first = item_of(f, article);
    struct mark_change star = {.article = article, .mark = MARK_STARRED, .on = true};
    g_assert_true(marks_put(f->store, &star, &error));
    g_assert_cmpint(apply(&there, &first), ==, BUNDLE_NEW);
    g_assert_cmpint(hits(&there, "is:starred"), ==, 0);
    g_assert_cmpint(hits(&there, "is:unread"), ==, 1);
    star.article = 1;
    star.mark = MARK_DELETED;
    g_assert_true(marks_put(there.store, &star, &error));
    g_assert_cmpint(apply(&there, &first), ==, BUNDLE_SAME);
    g_assert_cmpint(maintenance_purge(there.store, &error), >=, 0);
    g_assert_cmpint(apply(&there, &first), ==, BUNDLE_PURGED);
    /* by another key, if its source names its articles differently now */
    json_object_set_new(first.json, "key", json_string("i:2"));
    g_assert_cmpint(apply(&there, &first), ==, BUNDLE_PURGED);
    g_assert_cmpint(apply(&there, &first), ==, BUNDLE_PURGED);
    /* another one of the same link is another one */
    json_object_set_new(first.json, "key", json_string("i:3"));
    json_object_set_new(first.json, "title", json_string("Buses"));
    g_assert_cmpint(apply(&there, &first), ==, BUNDLE_NEW);
    tear_down(&there, NULL);
}

/* An article of which a bundle tells, and another store, in which it came and was purged. */
struct purged {
    struct fixture there;
    struct bundle_item item;
    struct bundle_merge merge;
};

static void
purged_init(struct purged *p, struct fixture *f)
{
    struct mark_change deleted = {.article = 1, .mark = MARK_DELETED, .on = true};
    set_up(&p->there, NULL);
    p->item = item_of(f, put(f, "1", "http://a.example/1", "Trams", NOW));
    g_assert_cmpint(apply(&p->there, &p->item), ==, BUNDLE_NEW);
    g_assert_true(marks_put(p->there.store, &deleted, NULL));
    g_assert_cmpint(maintenance_purge(p->there.store, NULL), >=, 0);
    bundle_merge_init(&p->merge, NOW);
}

static void
purged_clear(struct purged *p)
{
    bundle_merge_clear(&p->merge);
    bundle_item_clear(&p->item);
    tear_down(&p->there, NULL);
}

/* What comes of it there when this is its key now. */
static void
expect_by_key(struct purged *p, const char *key, enum bundle_outcome expected)
{
    g_autoptr(GError) error = NULL;
    enum bundle_outcome outcome;
    json_object_set_new(p->item.json, "key", json_string(key));
    g_assert_true(
        bundle_put_article(p->there.store, p->there.source, &p->item, &p->merge, &outcome, &error));
    g_assert_cmpint(outcome, ==, expected);
}

/* Of two that are alike but for their keys the one that was purged stays away, the other comes. */
static void
test_purged_alike(struct fixture *f, gconstpointer data)
{
    (void)data;
    struct purged p;
    purged_init(&p, f);
    expect_by_key(&p, "i:1", BUNDLE_PURGED);
    expect_by_key(&p, "i:2", BUNDLE_NEW);
    purged_clear(&p);
}

/* What was purged keeps one away that has another key now, and none where it could be either. */
static void
test_purged_once(struct fixture *f, gconstpointer data)
{
    (void)data;
    struct purged p;
    purged_init(&p, f);
    expect_by_key(&p, "i:7", BUNDLE_PURGED);
    expect_by_key(&p, "i:8", BUNDLE_NEW);
    json_object_set_new(p.item.json, "key", json_string("i:9"));
    g_assert_cmpint(apply(&p.there, &p.item), ==, BUNDLE_NEW);
    purged_clear(&p);
}

/* --- attachments, and what is handed on ------------------------------------------------------- */

#define FILE_URL "http://a.example/plan.pdf"

/* That an article attaches the file. */
static void
attach(struct fixture *f, int64_t article)
{
    g_autofree char *sql =
        g_strdup_printf("INSERT INTO attachments(article, position, url) VALUES(%" G_GINT64_FORMAT
                        ", 1, '" FILE_URL "');"
                        "INSERT OR IGNORE INTO files(url, data, sha256, size, fetched)"
                        " VALUES('" FILE_URL "', x'2550', 'a', 2, %d)",
                        article, NOW);
    run_sql(f, sql);
}

/* A file that two articles attach is in a bundle once, and comes whichever of them comes. */
static void
test_file_once(struct fixture *f, gconstpointer data)
{
    (void)data;
    static const char *const names[] = {"1", "2"};
    int64_t ids[2];
    bool found;
    g_autoptr(GError) error = NULL;
    AUTO(bundle_item_clear) struct bundle_item first = {0}, second = {0};
    struct bundle_item *const items[] = {&first, &second};
    g_autoptr(GHashTable) told = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (int i = 0; i < 2; i++) {
        g_autofree char *link = g_strconcat("http://a.example/", names[i], NULL);
        ids[i] = put(f, names[i], link, names[i], NOW);
        attach(f, ids[i]);
        g_assert_true(bundle_read_article(f->store, ids[i], 1, told, items[i], &found, &error));
        g_assert_cmpuint(json_array_size(json_object_get(items[i]->json, "files")), ==, !i);
        bundle_tell(told, items[i]);
    }
    for (int purged = 0; purged < 4; purged++) {
        struct fixture there;
        AUTO(bundle_merge_clear) struct bundle_merge merge;
        bundle_merge_init(&merge, NOW);
        set_up(&there, NULL);
        for (int i = 0; i < 2; i++) {
            g_autofree char *sql = g_strdup_printf(
                "INSERT INTO purged(source, key) VALUES(%" G_GINT64_FORMAT ", 'i:%s')",
                there.source, names[i]);
            if (purged & (1 << i))
                run_sql(&there, sql);
        }
        for (int i = 0; i < 2; i++) {
            enum bundle_outcome outcome;
            g_assert_true(
                bundle_put_article(there.store, there.source, items[i], &merge, &outcome, &error));
            g_assert_cmpint(outcome, ==, purged & (1 << i) ? BUNDLE_PURGED : BUNDLE_NEW);
        }
        g_assert_true(bundle_put_end(there.store, &merge, &error));
        g_assert_cmpint(number_of(&there, "SELECT count(*) FROM files WHERE data = x'2550'"), ==,
                        purged != 3);
        tear_down(&there, NULL);
    }
}

/* How many articles a bundle of a cursor would get that was moved to the end at `moved`. */
static guint
wanted(struct fixture *f, int64_t moved)
{
    struct changes_place place = {0};
    g_autoptr(GError) error = NULL;
    g_assert_true(changes_end(f->store, &place, &error));
    AUTO(bundle_contents_clear) struct bundle_contents contents;
    g_assert_true(bundle_choose(f->store, NULL, &place, moved, &contents, &error));
    return contents.articles->len;
}

/* What a bundle brings for an article that is there is handed on, however old it is. */
static void
test_handed_on(struct fixture *f, gconstpointer data)
{
    (void)data;
    struct fixture there;
    set_up(&there, NULL);
    int64_t article = put(f, "1", "http://a.example/1", "Trams", NOW);
    AUTO(bundle_item_clear) struct bundle_item bare = item_of(f, article);
    run_sql(f, "INSERT INTO pages(article, url, fetched, data) VALUES(1, 'http://a.example/1', 5,"
               " x'00')");
    attach(f, article);
    AUTO(bundle_item_clear) struct bundle_item with_file = item_of(f, article);
    g_assert_cmpint(apply(&there, &bare), ==, BUNDLE_NEW);
    g_assert_cmpuint(wanted(&there, NOW + 1), ==, 0);
    run_sql(&there, "INSERT INTO attachments(article, position, url) VALUES(1, 1, '" FILE_URL "')");
    g_assert_cmpint(apply(&there, &with_file), ==, BUNDLE_CHANGED);
    g_assert_cmpuint(wanted(&there, NOW), ==, 1);
    g_assert_cmpuint(wanted(&there, NOW + 1), ==, 0);
    g_assert_cmpint(apply(&there, &with_file), ==, BUNDLE_SAME);
    tear_down(&there, NULL);
}

void
add_tests(void)
{
    g_test_add("/bundle/purged-alike", struct fixture, NULL, set_up, test_purged_alike, tear_down);
    g_test_add("/bundle/purged-once", struct fixture, NULL, set_up, test_purged_once, tear_down);
    g_test_add("/bundle/file-once", struct fixture, NULL, set_up, test_file_once, tear_down);
    g_test_add("/bundle/handed-on", struct fixture, NULL, set_up, test_handed_on, tear_down);
    g_test_add("/bundle/merge", struct fixture, NULL, set_up, test_merge, tear_down);
    g_test_add("/bundle/former", struct fixture, NULL, set_up, test_former, tear_down);
    g_test_add("/bundle/attachment", struct fixture, NULL, set_up, test_attachment, tear_down);
    g_test_add("/bundle/secrets", struct fixture, NULL, set_up, test_secrets, tear_down);
    g_test_add("/bundle/renamed", struct fixture, NULL, set_up, test_renamed, tear_down);
    g_test_add("/bundle/alike", struct fixture, NULL, set_up, test_alike, tear_down);
    g_test_add("/bundle/clock", struct fixture, NULL, set_up, test_clock, tear_down);
    g_test_add("/bundle/own", struct fixture, NULL, set_up, test_own, tear_down);
}
