/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is no withdrawal though it may look like one: a script that leads home, an address that
 * always led to its folder, a list of days.  Beside each stands what differs in that alone, and is
 * a sign.  Which pages are asked for again.
 */
#include "config.h"

#include "fetch/presence.h"
#include "fetch/rechecks.h"
#include "store/withdrawals.h"
#include "unit/kit.h"
#include "unit/store-kit.h"

#define LINK   "http://a.example/n/2025/1.html"
#define FOLDER "http://a.example/n/"
#define HOME   "http://a.example/"
#define DAY    86400

/* --- pages -------------------------------------------------------------------------------- */

/* An article whose page was read at an address; text: what it said, or NULL: nothing yet. */
static int64_t
article_read_at(struct fixture *f, const char *id, const char *at, const char *text)
{
    g_autofree char *link = g_strdup_printf(FOLDER "2025/%s.html", id);
    int64_t article = put(f, id, link, id, NOW);
    if (!text)
        return article;
    put_text(f, article, text, "page");
    g_autoptr(GBytes) bytes = g_bytes_new_static("x", 1);
    const struct raw_packed packed = {.bytes = bytes};
    struct page_values values = {.url = at, .packed = &packed};
    g_assert_true(articles_put_page(f->store, article, &values, NOW, NULL));
    return article;
}

/* Whether an answer with a sign is one of the article; titled: what was found in it. */
static bool
is_sign(struct fixture *f, int64_t article, enum withdrawal kind, const char *place,
        const char *forward, const char *titled)
{
    struct parse_result *result = parse_result_new(PARSE_ARTICLE, NULL);
    result->page->forward = g_strdup(forward);
    if (titled) {
        result->page->article = article_new(place, NULL);
        result->page->article->title = g_strdup(titled);
    }
    const struct page_arrival page = {.result = result, .sign = {kind, 0, (char *)place}};
    bool sign = presence_is_sign(f->store, article, &page);
    parse_result_free(result);
    return sign;
}

/*
 * A page whose script or refresh leads home says nothing of an article of which nobody has seen
 * more than that; of one that had a text, it does; and so does a redirect of the server.
 */
static void
test_script(struct fixture *f, gconstpointer data)
{
    (void)data;
    int64_t fresh = article_read_at(f, "1", NULL, NULL),
            known = article_read_at(f, "2", FOLDER "2025/2.html", "The bridge is closed.");
    g_assert_false(is_sign(f, fresh, WITHDRAWAL_HOME, HOME, HOME, NULL));
    g_assert_false(is_sign(f, fresh, WITHDRAWAL_LIST, FOLDER, FOLDER, NULL));
    g_assert_true(is_sign(f, fresh, WITHDRAWAL_HOME, HOME, NULL, NULL));
    g_assert_true(is_sign(f, known, WITHDRAWAL_HOME, HOME, HOME, NULL));
    /* what it says in words counts whatever its script does */
    g_assert_true(is_sign(f, fresh, WITHDRAWAL_SAYS, HOME, HOME, NULL));
}

/* An address that led to its folder when the text was read there leads to it as it always did. */
static void
test_folder(struct fixture *f, gconstpointer data)
{
    (void)data;
    int64_t always = article_read_at(f, "1", FOLDER, "The bridge is closed."),
            page = article_read_at(f, "2", FOLDER "2025/2.html", "The bridge is closed.");
    g_assert_false(is_sign(f, always, WITHDRAWAL_LIST, FOLDER, NULL, "Notices"));
    g_assert_true(is_sign(f, page, WITHDRAWAL_LIST, FOLDER, NULL, "Notices"));
    /* and one that leads elsewhere than it did, does not */
    g_assert_true(is_sign(f, always, WITHDRAWAL_LIST, HOME "m/", NULL, "Notices"));
}

/* --- lists -------------------------------------------------------------------------------- */

#define ENTRIES 8

static void
release_result(gpointer result)
{
    parse_result_free(result);
}

/*
 * A list of days in a zone, the newest first, of which the third from the end is taken away: it is
 * `newer` days younger than the one behind it.  How many articles are doubted then.
 */
static guint
doubted_in(int zone, int newer)
{
    struct fixture f;
    set_up(&f, NULL);
    int64_t last = NOW / DAY * DAY - 40 * DAY - zone; /* midnight where the portal is */
    g_autoptr(GArray) before = g_array_new(FALSE, FALSE, sizeof(int64_t));
    struct parse_result *result = parse_result_new(PARSE_LIST, NULL);
    for (int i = 0; i < ENTRIES; i++) {
        int back = ENTRIES - 1 - i; /* how many stand behind it */
        int days = back == 2 ? 1 + newer : back > 2 ? back + 1 : back;
        g_autofree char *id = g_strdup_printf("%d", i),
                        *link = g_strdup_printf(FOLDER "%d.html", i);
        int64_t article = put(&f, id, link, id, last + days * DAY);
        g_array_append_val(before, article);
        if (back == 2)
            continue;
        struct entry *entry = entry_new();
        entry->link = g_strdup(link);
        entry->title = g_strdup(id);
        entry->article = article;
        entry->published = (struct date){
            .time = last + days * DAY, .offset = (int16_t)(zone / 60), .precision = DATE_DAY};
        g_ptr_array_add(result->entries, entry);
    }
    g_assert_true(withdrawals_put_list(f.store, f.source, before, NULL));
    struct source source = {.id = f.source};
    struct job job = {.source = &source, .url = (char *)FOLDER};
    job.results = g_ptr_array_new_with_free_func(release_result);
    g_ptr_array_add(job.results, result);
    g_assert_true(presence_store_list(&job, f.store, NOW, NULL));
    g_autoptr(GArray) doubted = withdrawals_unlisted(f.store, f.source);
    g_ptr_array_unref(job.results);
    tear_down(&f, NULL);
    return doubted->len;
}

/*
 * Entries of one day stand in any order, so that one that is gone may only have moved behind the
 * end of the list; whatever the hour of UTC at which the day begins where the portal is.
 */
static void
test_days(struct fixture *f, gconstpointer data)
{
    (void)f, (void)data;
    static const int zones[] = {0, 8 * 3600, 12 * 3600, -5 * 3600};
    for (size_t i = 0; i < G_N_ELEMENTS(zones); i++) {
        g_test_message("zone %d", zones[i]);
        g_assert_cmpuint(doubted_in(zones[i], 0), ==, 0);
        g_assert_cmpuint(doubted_in(zones[i], 1), ==, 1);
    }
}

/* --- what is asked for again ---------------------------------------------------------------- */

#define LAST 20 /* the one with another suffix than those before */

/* Twenty articles and one whose pages came a day ago; wanted: they have had other titles since. */
static void
put_many(struct fixture *f, const char *suffix, const char *other, bool wanted)
{
    for (int i = 0; i <= LAST; i++) {
        g_autofree char *id = g_strdup_printf("%d%s", i, i == LAST ? other : suffix),
                        *link = g_strconcat(FOLDER, id, NULL);
        g_autoptr(GBytes) bytes = g_bytes_new_static("x", 1);
        const struct raw_packed packed = {.bytes = bytes};
        struct page_values values = {.url = link, .packed = &packed};
        int64_t article = put(f, id, link, id, NOW);
        g_assert_true(articles_put_page(f->store, article, &values, NOW - DAY + i, NULL));
        g_assert_true(!wanted || withdrawals_want_page(f->store, article, NOW - 7000 + i, NULL));
    }
}

/* The addresses that are asked for again of a source whose pages are fetched, or are not. */
static char *
chosen_of(struct fixture *f, bool pages)
{
    struct source source = {.id = f->source};
    g_autoptr(GHashTable) articles = g_hash_table_new(g_str_hash, g_str_equal);
    struct job job = {.source = &source,
                      .url = (char *)FOLDER,
                      .articles = articles,
                      .recheck = 7,
                      .pages = pages,
                      .attachments = FETCH_ATTACHMENTS_AUTO};
    g_autoptr(GPtrArray) jobs = g_ptr_array_new();
    g_ptr_array_add(jobs, &job);
    struct pipeline p = {.store = f->store, .jobs = jobs, .now = NOW};
    g_autoptr(GPtrArray) chosen = rechecks_choose(&p, &job);
    g_hash_table_unref(p.rechecks);
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < chosen->len; i++)
        g_string_append_printf(out, "%s%s", i ? " " : "",
                               ((const struct recheck *)g_ptr_array_index(chosen, i))->link);
    return g_string_free(out, FALSE);
}

/* Pages that are wanted where none is fetched take no room from a document that is wanted. */
static void
test_wanted_document(struct fixture *f, gconstpointer data)
{
    (void)data;
    put_many(f, ".html", ".pdf", true);
    g_autofree char *chosen = chosen_of(f, false);
    g_assert_cmpstr(chosen, ==, FOLDER "20.pdf");
}

/* Nor do documents that would come whole take it from a page whose turn it is. */
static void
test_whole_documents(struct fixture *f, gconstpointer data)
{
    (void)data;
    put_many(f, ".pdf", ".html", false);
    g_autofree char *chosen = chosen_of(f, true);
    g_assert_cmpstr(chosen, ==, FOLDER "20.html");
}

void
add_tests(void)
{
    g_test_add("/presence/wanted-document", struct fixture, NULL, set_up, test_wanted_document,
               tear_down);
    g_test_add("/presence/whole-documents", struct fixture, NULL, set_up, test_whole_documents,
               tear_down);
    g_test_add("/presence/script", struct fixture, NULL, set_up, test_script, tear_down);
    g_test_add("/presence/folder", struct fixture, NULL, set_up, test_folder, tear_down);
    g_test_add("/presence/days", struct fixture, NULL, set_up, test_days, tear_down);
}
