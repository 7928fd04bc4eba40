/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The log of changes: what is noted, what has come since a place, and cursors. */
#include "config.h"

#include "store/changes.h"
#include "store/db.h"
#include "store/lock.h"
#include "store/schema.h"
#include "store/withdrawals.h"
#include "unit/kit.h"
#include "unit/store-kit.h"

#define DAY 86400

/* An article that came at a time, dated so (0: not at all). */
static int64_t
arrive(struct fixture *f, const char *id, int64_t published, int64_t now)
{
    AUTO(entry_free) struct entry *entry = entry_new();
    entry->id = g_strdup(id);
    entry->title = g_strdup(id);
    if (published)
        entry->published = (struct date){.time = published, .precision = DATE_SECOND};
    bool is_new;
    articles_identify(f->store, f->source, entry);
    int64_t article = articles_put(f->store, f->source, entry, 0, NULL, now, &is_new, NULL);
    g_assert_cmpint(article, >, 0);
    return article;
}

static void
text_at(struct fixture *f, int64_t article, const char *text, const char *origin, bool again,
        int64_t now)
{
    AUTO(document_free) struct document *document = document_from_text(text);
    bool changed;
    AUTO(stored_document_free) struct stored_document *stored = stored_document_new(document);
    g_assert_true(articles_put_document(f->store, article, stored, origin, NULL, again, now, NULL,
                                        &changed, NULL));
}

static void
page_stands(struct fixture *f, int64_t article, int64_t now)
{
    g_assert_true(articles_page_stands(f->store, article, now, NULL));
}

static void
withdraw(struct fixture *f, int64_t article, int64_t now)
{
    const struct withdrawal_sign sign = {.kind = WITHDRAWAL_STATUS, .status = 410};
    g_assert_true(withdrawals_take_sign(f->store, article, &sign, 0, now, NULL));
}

static void
sql(struct fixture *f, const char *text)
{
    g_assert_true(store_exec(f->store, text, NULL));
}

/* What came, as a line: "new 1, revised 2 1>3, older 4, more 5". */
static char *
line_of(const struct changes *changes)
{
    static const char *const words[] = {"new", "revised", "withdrawn", "returned"};
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < changes->events->len; i++) {
        const struct change *c = &g_array_index(changes->events, struct change, i);
        g_string_append_printf(out, "%s%s %d", out->len ? ", " : "", words[c->kind],
                               (int)c->article);
        if (c->previous)
            g_string_append_printf(out, " %d>%d", c->previous, c->revision);
    }
    for (guint i = 0; i < changes->older->len; i++)
        g_string_append_printf(out, "%solder %u", out->len ? ", " : "",
                               g_array_index(changes->older, struct changes_older, i).count);
    if (changes->more)
        g_string_append_printf(out, ", more %u", changes->more);
    return g_string_free(out, FALSE);
}

/* Reads on from a place, which moves. */
static void
reads_with(struct fixture *f, struct changes_place *place, const char *text, gint64 limit,
           bool with_old, const char *expected)
{
    g_autoptr(GError) error = NULL;
    AUTO(query_free) struct query *query = text ? query_parse(text, NOW, &error) : NULL;
    g_assert_no_error(error);
    AUTO(changes_clear) struct changes changes = {0};
    struct changes_request request = {query, *place, limit, with_old};
    g_assert_true(changes_read(f->store, &request, &changes, &error));
    g_autofree char *got = line_of(&changes);
    g_assert_cmpstr(got, ==, expected);
    *place = changes.end;
}

static void
reads(struct fixture *f, struct changes_place *place, const char *expected)
{
    reads_with(f, place, NULL, 0, false, expected);
}

static void
test_noted(struct fixture *f, gconstpointer data)
{
    (void)data;
    int64_t a = arrive(f, "a", NOW, NOW);
    text_at(f, a, "The feed's", "feed", false, NOW);
    text_at(f, a, "The page's", "page", false, NOW); /* in place of the feed's */
    text_at(f, a, "The page's", "page", false, NOW); /* the same */
    text_at(f, a, "Read again", "page", true, NOW);  /* another reading */
    struct changes_place place = {a, 0};
    reads(f, &place, "");
    g_assert_cmpint(place.change, ==, 0);
    text_at(f, a, "Another", "page", false, NOW + 1);
    text_at(f, a, "And another", "page", false, NOW + 2);
    reads(f, &place, "revised 1 1>3");
    reads(f, &place, "");
    page_stands(f, a, NOW + 3); /* it was never away */
    withdraw(f, a, NOW + 4);
    withdraw(f, a, NOW + 5); /* still */
    g_assert_cmpint(place.change, ==, 2);
    reads(f, &place, "withdrawn 1");
    g_assert_cmpint(place.change, ==, 3);
    page_stands(f, a, NOW + 6);
    reads(f, &place, "returned 1");
    withdraw(f, a, NOW + 7);
    page_stands(f, a, NOW + 8);
    reads(f, &place, ""); /* as it was */
    withdraw(f, a, NOW + 9);
    page_stands(f, a, NOW + 10);
    text_at(f, a, "Another one", "page", false, NOW + 10);
    reads(f, &place, "revised 1 3>4");
    text_at(f, a, "The last one", "page", false, NOW + 11);
    withdraw(f, a, NOW + 11);
    reads(f, &place, "withdrawn 1 4>5");
    struct changes_place begin = {0};
    reads(f, &begin, "new 1");
    g_autoptr(GPtrArray) faults = maintenance_check(f->store, NULL);
    g_assert_cmpuint(faults->len, ==, 0);
}

static void
test_order(struct fixture *f, gconstpointer data)
{
    (void)data;
    for (int i = 0; i < 3; i++) {
        g_autofree char *id = g_strdup_printf("%d", i);
        text_at(f, arrive(f, id, NOW, NOW), "One", "page", false, NOW);
    }
    struct changes_place place, told;
    g_assert_true(changes_end(f->store, &place, NULL));
    text_at(f, 2, "Two", "page", false, NOW + 10);
    arrive(f, "3", NOW - 9 * DAY, NOW + 20);
    text_at(f, 1, "Two", "page", false, NOW + 30);
    arrive(f, "4", NOW, NOW + 40);
    told = place;
    reads(f, &told, "revised 2 1>2, new 4, revised 1 1>2, new 5");
    /* a limit cuts both series; what is left is told next, and nothing twice */
    for (gint64 limit = 1; limit <= 4; limit++) {
        g_autoptr(GString) all = g_string_new(NULL);
        told = place;
        for (int i = 0; i < 4; i++) {
            AUTO(changes_clear) struct changes changes = {0};
            struct changes_request request = {NULL, told, limit, false};
            g_assert_true(changes_read(f->store, &request, &changes, NULL));
            told = changes.end;
            changes.more = 0;
            g_autofree char *line = line_of(&changes);
            g_string_append_printf(all, "%s%s", all->len && *line ? ", " : "", line);
        }
        g_assert_cmpstr(all->str, ==, "revised 2 1>2, new 4, revised 1 1>2, new 5");
    }
    /* a clock that goes back changes no place */
    told = place;
    arrive(f, "5", NOW, NOW - DAY);
    reads_with(f, &told, NULL, 3, false, "revised 2 1>2, new 4, revised 1 1>2, more 2");
    reads(f, &told, "new 5, new 6");
    /* a time is a place too */
    g_assert_true(changes_at(f->store, NOW + 15, &told, NULL));
    reads(f, &told, "new 4, revised 1 1>2, new 5, new 6");
    g_assert_true(changes_at(f->store, NOW + 99, &told, NULL));
    reads(f, &told, "");
}

static void
test_queries(struct fixture *f, gconstpointer data)
{
    (void)data;
    int64_t a = arrive(f, "bridge", NOW, NOW), b = arrive(f, "tram", NOW, NOW);
    text_at(f, a, "One", "page", false, NOW);
    struct changes_place begin = {0}, place = {0};
    reads_with(f, &place, "bridge", 0, false, "new 1");
    g_assert_cmpint(place.article, ==, b); /* past what it left out */
    reads(f, &place, "");
    place = begin;
    reads_with(f, &place, "(tag:City OR lang:en) -title:tram source:1", 0, false, "");
    place = begin;
    reads_with(f, &place, "tag:city -title:tram source:1", 0, false, "new 1");
    /* deleted ones are not told, whatever is asked for */
    struct mark_change change = {.article = a, .mark = MARK_DELETED, .on = true};
    g_assert_true(marks_apply(f->store, &change, 1, NULL));
    place = begin;
    reads(f, &place, "new 2");
    place = begin;
    reads_with(f, &place, "is:deleted", 0, false, "");
    text_at(f, a, "Two", "page", false, NOW);
    place = (struct changes_place){b, 0};
    reads(f, &place, "");
    g_assert_cmpint(maintenance_purge(f->store, NULL), ==, 1);
    /* the newest is gone: a place does not move back */
    place = (struct changes_place){b + 7, 9};
    reads(f, &place, "");
    g_assert_cmpint(place.article, ==, b + 7);
    g_assert_cmpint(place.change, ==, 9);
    g_autoptr(GError) error = NULL;
    int64_t time;
    g_assert_true(query_moment("2d", NOW, &time, NULL));
    g_assert_cmpint(time, ==, NOW - 2 * DAY);
    g_assert_true(query_moment("2025-10-24", NOW, &time, NULL));
    g_assert_cmpint(time, ==, NOW - DAY);
    g_assert_true(query_moment("2025-10-24T06:00:00+06:00", NOW, &time, NULL));
    g_assert_cmpint(time, ==, NOW - DAY);
    static const struct {
        const char *text;
        int64_t hours;
    } ahead[] = {{"12h", 12},     {"0d", 24},    {"5d", 6 * 24},
                 {"2w", 15 * 24}, {"today", 24}, {"2025-10-27", 72}};
    for (size_t i = 0; i < G_N_ELEMENTS(ahead); i++) {
        g_assert_true(query_moment_ahead(ahead[i].text, NOW, &time, NULL));
        g_assert_cmpint((time - NOW) / 3600, ==, ahead[i].hours);
    }
    /* where clocks go back in the night to the 26th, five days are five of the calendar */
    g_setenv("TZ", "Europe/Berlin", TRUE);
    g_assert_true(query_moment_ahead("1d", NOW, &time, NULL));
    g_assert_cmpint(time - NOW, ==, 47 * 3600);
    g_assert_true(query_moment_ahead("2025-10-26", NOW, &time, NULL));
    g_assert_cmpint(time - NOW, ==, 47 * 3600);
    g_setenv("TZ", "UTC", TRUE);
    g_assert_false(query_moment("soon", NOW, &time, &error));
    g_assert_nonnull(error);
}

/* What came with the first fetch of a source and is from before is counted. */
static void
test_older(struct fixture *f, gconstpointer data)
{
    (void)data;
    sql(f, "UPDATE sources SET first_success = 1761350400");
    arrive(f, "undated", 0, NOW);
    arrive(f, "old", NOW - DAY - 1, NOW);
    arrive(f, "young", NOW - DAY, NOW);
    int64_t day = arrive(f, "day", NOW - 2 * DAY, NOW);
    g_autofree char *set = g_strdup_printf(
        "UPDATE articles SET published_precision = %d WHERE id = %d", DATE_DAY, (int)day);
    sql(f, set); /* until its midnight */
    arrive(f, "later, undated", 0, NOW + 1);
    arrive(f, "later, old", NOW - 9 * DAY, NOW + 1);
    struct changes_place place = {0}, all = {0}, limited = {0};
    reads(f, &place, "new 3, new 4, new 5, new 6, older 2");
    reads_with(f, &all, NULL, 0, true, "new 1, new 2, new 3, new 4, new 5, new 6");
    reads_with(f, &limited, NULL, 1, false, "new 3, older 2, more 3");
    reads(f, &limited, "new 4, new 5, new 6");
    struct changes_place queried = {0};
    reads_with(f, &queried, "old -later", 0, false, "older 1");
    /* what happens to one from before is no less news */
    struct changes_place changed = {0};
    withdraw(f, 1, NOW + 2);
    reads(f, &changed, "new 3, new 4, new 5, new 6, withdrawn 1, older 2");
    reads(f, &changed, "");
    struct changes_place everything = {0};
    reads_with(f, &everything, NULL, 0, true, "new 1, new 2, new 3, new 4, new 5, new 6");
    sql(f, "DELETE FROM changes");
    /* a source is new once */
    struct source_result result = {.id = f->source, .now = NOW + DAY};
    g_assert_true(sources_record(f->store, &result, NULL));
    struct changes_place again = {0};
    reads(f, &again, "new 3, new 4, new 5, new 6, older 2");
}

static void
test_cursors(struct fixture *f, gconstpointer data)
{
    (void)data;
    static const char *const right[] = {"a", "0", "a.b_c-9", ".", "..", "-"},
                             *const wrong[] = {"", "A", "a b", "a/b", "\xd0\xb0", "a\n"};
    for (size_t i = 0; i < G_N_ELEMENTS(right); i++)
        g_assert_true(cursor_name_is_right(right[i]));
    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++)
        g_assert_false(cursor_name_is_right(wrong[i]));
    struct changes_place place = {1, 2};
    bool found = true;
    g_assert_true(cursor_get(f->store, "a", &place, &found, NULL));
    g_assert_false(found);
    g_assert_true(cursor_put(f->store, "a", &place, NOW, NULL));
    place = (struct changes_place){3, 4};
    g_assert_true(cursor_put(f->store, "b", &place, NOW, NULL));
    g_assert_true(cursor_get(f->store, "a", &place, &found, NULL));
    g_assert_true(found && place.article == 1 && place.change == 2);
    /* one that is ahead of what there is would pass over what comes */
    g_autoptr(GPtrArray) faults = maintenance_check(f->store, NULL);
    g_assert_cmpuint(faults->len, ==, 2);
    arrive(f, "one", NOW, NOW);
    arrive(f, "two", NOW, NOW);
    g_assert_true(maintenance_rebuild(f->store, NULL));
    g_autoptr(GPtrArray) none = maintenance_check(f->store, NULL);
    g_assert_cmpuint(none->len, ==, 0);
    g_assert_true(cursor_get(f->store, "b", &place, &found, NULL));
    g_assert_true(found && place.article == 2 && place.change == 0);

    /* two names do not wait for each other; that one name does, another process shows (digest.t) */
    int a = lock_cursor(f->path, "a", NULL), b = lock_cursor(f->path, "b", NULL);
    g_assert_cmpint(a, >=, 0);
    g_assert_cmpint(b, >=, 0);
    close(a);
    close(b);
    g_autofree char *file = g_strconcat(f->path, CURSORS_SUFFIX, NULL);
    g_assert_cmpint(g_unlink(file), ==, 0);
}

/* A store of the schema before knows some of what has happened. */
static void
test_migration(struct fixture *f, gconstpointer data)
{
    (void)data;
    int64_t a = arrive(f, "a", NOW, NOW + 5), b = arrive(f, "b", NOW, NOW + 6);
    text_at(f, a, "One", "page", false, NOW);
    text_at(f, b, "One", "page", false, NOW);
    sql(f, "DROP TABLE changes; DROP TABLE cursors; DROP INDEX articles_by_arrival;"
           "ALTER TABLE sources DROP COLUMN first_success;"
           "INSERT INTO documents(article, revision, seen, hash, origin, data)"
           " SELECT 1, 2, 1761350410, hash, origin, data FROM documents WHERE article = 1;"
           "UPDATE articles SET revisions = 2 WHERE id = 1;"
           "UPDATE articles SET withdrawn = 1761350405 WHERE id = 2");
    for (int i = 1; i <= schema_version(); i++)
        if (strstr(schema_migration(i), "CREATE TABLE changes"))
            sql(f, schema_migration(i));
    struct changes_place place = {2, 0};
    reads(f, &place, "withdrawn 2, revised 1 1>2");
    AUTO_RESET sqlite3_stmt *s = store_prepare(f->store, "SELECT first_success FROM sources", NULL);
    g_assert_cmpint(sqlite3_step(s), ==, SQLITE_ROW);
    g_assert_cmpint(sqlite3_column_int64(s, 0), ==, NOW + 5);
}

void
add_tests(void)
{
    g_test_add("/changes/noted", struct fixture, NULL, set_up, test_noted, tear_down);
    g_test_add("/changes/order", struct fixture, NULL, set_up, test_order, tear_down);
    g_test_add("/changes/queries", struct fixture, NULL, set_up, test_queries, tear_down);
    g_test_add("/changes/older", struct fixture, NULL, set_up, test_older, tear_down);
    g_test_add("/changes/cursors", struct fixture, NULL, set_up, test_cursors, tear_down);
    g_test_add("/changes/migration", struct fixture, NULL, set_up, test_migration, tear_down);
}
