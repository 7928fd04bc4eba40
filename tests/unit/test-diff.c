/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What changed between two texts: the shortest script, blocks, words, clusters, cells, bounds. */
#include "config.h"

#include "document/align.h"
#include "document/diff.h"
#include "document/html-import.h"
#include "unit/kit.h"

#include <time.h>

/* --- aligning ----------------------------------------------------------------------------- */

/* The length of the longest common subsequence, by the definition. */
static guint
longest(const guint *a, guint n, const guint *b, guint m)
{
    guint table[32][32] = {{0}};
    for (guint i = 1; i <= n; i++)
        for (guint j = 1; j <= m; j++)
            table[i][j] = a[i - 1] == b[j - 1] ? table[i - 1][j - 1] + 1
                                               : MAX(table[i - 1][j], table[i][j - 1]);
    return table[n][m];
}

/* How many stay; fails when what stays differs. */
static guint
stays(const guint *a, guint n, const guint *b, guint m)
{
    g_autofree guint8 *gone = g_malloc0(n + 1), *fresh = g_malloc0(m + 1);
    struct align_sequence old = {a, n, gone}, new = {b, m, fresh};
    align(&old, &new);
    guint count = 0;
    for (guint i = 0, j = 0; i < n || j < m;) {
        if (i < n && gone[i]) {
            i++;
        } else if (j < m && fresh[j]) {
            j++;
        } else {
            g_assert_true(i < n && j < m && a[i] == b[j]);
            i++, j++, count++;
        }
    }
    return count;
}

static void
test_shortest(void)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(18);
    for (int round = 0; round < 3000; round++) {
        guint a[30], b[30], n = (guint)g_rand_int_range(random, 0, 30),
                            m = (guint)g_rand_int_range(random, 0, 30);
        gint32 letters = g_rand_int_range(random, 1, 9);
        for (guint i = 0; i < n; i++)
            a[i] = (guint)g_rand_int_range(random, 0, letters);
        for (guint i = 0; i < m; i++)
            b[i] = (guint)g_rand_int_range(random, 0, letters);
        g_assert_cmpuint(stays(a, n, b, m), ==, longest(a, n, b, m));
    }
}

/* Common elements in another order throughout: nothing that a bound may turn into nonsense. */
static void
test_align_bounds(void)
{
    enum { MANY = 200000 };
    g_autoptr(GRand) random = g_rand_new_with_seed(1);
    g_autofree guint *a = g_new(guint, MANY), *b = g_new(guint, MANY);
    for (int i = 0; i < MANY; i++) {
        a[i] = (guint)g_rand_int_range(random, 0, 300);
        b[i] = (guint)g_rand_int_range(random, 0, 300);
    }
    g_assert_cmpuint(stays(a, MANY, b, MANY), >, MANY / 20);
}

/* --- texts -------------------------------------------------------------------------------- */

/* Checks the changes as words, between marks; NULL: nothing differs. */
static void
changes_are(const char *old, const char *new, const char *expected)
{
    AUTO(document_free) struct document *before = html_import_fragment(old, "http://example.org/");
    AUTO(document_free) struct document *after = html_import_fragment(new, "http://example.org/");
    struct diff_version a = {.document = before}, b = {.document = after};
    AUTO(diff_free) struct diff *diff = diff_new(&a, &b, NULL);
    g_autofree char *words = diff_words(diff, &diff_marks_plain);
    g_assert_cmpstr(words, ==, expected ? expected : "");
    g_assert_true(diff->differs == (expected != NULL));
}

static void
test_words(void)
{
    changes_are("<p>The bridge opens on Monday, 3 March.</p>",
                "<p>The bridge opens on Tuesday, 4 March.</p>",
                "The bridge opens on [-Monday-]{+Tuesday+}, [-3-]{+4+} March.\n");
    changes_are("<p>Приём заявлений до 12.03.2025 в кабинете 5.</p>",
                "<p>Приём заявлений до 15.03.2025 в кабинете 5.</p>",
                "Приём заявлений до [-12.03.2025-]{+15.03.2025+} в кабинете 5.\n");
    /* what two sentences share by chance is not left standing between */
    changes_are(
        "<p>Fees: the council of the town raised them for all.</p>",
        "<p>Fees: a court has stopped the increase of them at once.</p>",
        "Fees: [-the council of the town raised them for all-]{+a court has stopped the increase of them at once+}.\n");
    changes_are("<p>Same</p>", "<p>Same</p>", NULL);
    changes_are("<p>Views: 101</p>", "<p>Views: 102</p>", NULL);
}

/* Clusters, of scripts without spaces, and of what stands upon a letter. */
static void
test_clusters(void)
{
    changes_are("<p>报名截止时间为3月12日。</p>", "<p>报名截止时间为3月15日。</p>",
                "报名截止时间为3月[-12-]{+15+}日。\n");
    changes_are("<p>关于调整公交线路的通知</p>", "<p>关于暂停公交线路的通知</p>",
                "关于[-调整-]{+暂停+}公交线路的通知\n");
    changes_are("<p>ปิดถนนวันจันทร์นี้</p>", "<p>ปิดถนนวันอังคารนี้</p>", "ปิดถนนวัน[-จันทร์-]{+อังคาร+}นี้\n");
    changes_are("<p>cafe\xcc\x81 one</p>", "<p>cafe one</p>", "[-cafe\xcc\x81-]{+cafe+} one\n");
}

static void
test_blocks(void)
{
    changes_are(
        "<p>First words stay.</p><p>The second is there.</p><p>The end.</p>",
        "<p>First words stay.</p><p>A new one came in between.</p><p>The second is there.</p><p>The end.</p>",
        "First words stay.\n\n{+A new one came in between.+}\n\nThe second is there.\n");
    changes_are("<p>One stays here.</p><p>Tax office closes at noon.</p>", "<p>One stays here.</p>",
                "One stays here.\n\n[-Tax office closes at noon.-]\n");
    /* which of several is which */
    changes_are(
        "<ul><li>Bread costs 10 crowns</li><li>Milk costs 20 crowns</li></ul>",
        "<ul><li>Butter is sold out today</li><li>Bread costs 11 crowns</li><li>Milk costs 21 crowns</li></ul>",
        "• {+Butter is sold out today+}\n• Bread costs [-10-]{+11+} crowns\n• Milk costs [-20-]{+21+} crowns\n");
    changes_are("<p>a<br>b c d</p>", "<p>a<br>b c e</p>", "a\nb c [-d-]{+e+}\n");
    /* where a link leads is told only when that changed */
    changes_are("<p>See <a href='/plan-1.pdf'>the plan</a>.</p>",
                "<p>See <a href='/plan-2.pdf'>the plan</a>.</p>",
                "See the plan.\nLink: http://example.org/plan-[-1-]{+2+}.pdf\n");
    changes_are("<p>See <a href='/plan.pdf?token=1'>the plan</a>.</p>",
                "<p>See <a href='/plan.pdf?token=2'>the plan</a>.</p>", NULL);
}

static void
test_tables(void)
{
    const char *old =
        "<table><tr><th>Route</th><th>Every</th></tr><tr><td>5</td><td>10 min</td></tr>"
        "<tr><td>7</td><td>20 min</td></tr></table>";
    changes_are(old,
                "<table><tr><th>Route</th><th>Every</th></tr><tr><td>5</td><td>10 min</td></tr>"
                "<tr><td>6</td><td>9 min</td></tr><tr><td>7</td><td>25 min</td></tr></table>",
                "Route: {+6+}\nEvery: {+9 min+}\n\nRoute: 7\nEvery: [-20-]{+25+} min\n");
    changes_are("<table><tr><td>a</td><td>b</td></tr></table>",
                "<table><tr><td>a</td><td>c</td></tr></table>",
                "Column 1: a\nColumn 2: [-b-]{+c+}\n");
}

static struct diff_attachment *
attachment(const char *url, const char *title, const char *digest)
{
    struct diff_attachment *a = g_new0(struct diff_attachment, 1);
    *a = (struct diff_attachment){g_strdup(url), g_strdup(title), g_strdup(digest)};
    return a;
}

/* Title, dates and attachments; of the latter digests count only where both are known. */
static void
test_facts(void)
{
    g_autoptr(GPtrArray) before = g_ptr_array_new_with_free_func(diff_attachment_free),
                         after = g_ptr_array_new_with_free_func(diff_attachment_free);
    g_ptr_array_add(before, attachment("http://a.example/1.pdf", "Plan", "aa"));
    g_ptr_array_add(before, attachment("http://a.example/2.pdf", "Form", NULL));
    g_ptr_array_add(before, attachment("http://a.example/3.pdf", "Map", "cc"));
    g_ptr_array_add(after, attachment("http://a.example/1.pdf", "Plan", "bb"));
    g_ptr_array_add(after, attachment("http://a.example/2.pdf?sig=9", "Form", "dd"));
    g_ptr_array_add(after, attachment("http://a.example/moved.pdf", "Map", "cc"));
    struct diff_version old = {.title = "Road closed",
                               .published = {.time = 86400, .precision = DATE_DAY},
                               .attachments = before},
                        new = {.title = "Road open",
                               .published = {.time = 172800, .precision = DATE_DAY},
                               .attachments = after};
    AUTO(diff_free) struct diff *diff = diff_new(&old, &new, NULL);
    g_autofree char *words = diff_words(diff, &diff_marks_plain);
    g_assert_cmpstr(words, ==,
                    "Title: Road [-closed-]{+open+}\n"
                    "Published: 1970-01-[-02-]{+03+}\n"
                    "Attachment: Plan <http://a.example/1.pdf> (sha256 [-aa-]{+bb+})\n");
    g_assert_cmpuint(diff->stat.blocks_added, ==, 0);
    g_assert_cmpuint(diff->stat.words_added, ==, 1);
    AUTO(diff_free) struct diff *same = diff_new(&old, &old, NULL);
    g_assert_false(same->differs);
}

/* A text against nothing. */
static void
test_nothing(void)
{
    AUTO(document_free) struct document *document =
        html_import_fragment("<p>All of it goes.</p>", NULL);
    struct diff_version old = {.title = "Gone", .document = document};
    AUTO(diff_free) struct diff *diff = diff_new(&old, NULL, NULL);
    g_autofree char *words = diff_words(diff, &diff_marks_plain);
    g_assert_cmpstr(words, ==, "Title: [-Gone-]\n\n[-All of it goes.-]\n");
    g_assert_cmpuint(diff_percent(&diff->stat), ==, 100);
}

static void
test_ignored(void)
{
    g_autoptr(GRegex) regex = g_regex_new("^Share:.*|, \\d+ °C", 0, 0, NULL);
    struct compare_rules ignore = {regex};
    AUTO(document_free)
    struct document *before = html_import_fragment("<p>Weather: rain, 5 °C</p>", NULL);
    AUTO(document_free)
    struct document *after =
        html_import_fragment("<p>Weather: rain, 7 °C</p><p>Share: A B C</p>", NULL);
    struct diff_version old = {.document = before}, new = {.document = after};
    AUTO(diff_free) struct diff *diff = diff_new(&old, &new, &ignore);
    g_assert_false(diff->differs);
    AUTO(diff_free) struct diff *all = diff_new(&old, &new, NULL);
    g_assert_true(all->differs);
}

static void
test_unified(void)
{
    AUTO(document_free)
    struct document *before = html_import_fragment(
        "<p>1</p><p>2</p><p>3</p><p>4</p><p>five and more</p><p>6</p><p>7</p><p>8</p><p>9</p>",
        NULL);
    AUTO(document_free)
    struct document *after = html_import_fragment(
        "<p>1</p><p>2</p><p>3</p><p>4</p><p>five and less</p><p>6</p><p>7</p><p>8</p><p>9</p><p>10</p>",
        NULL);
    struct diff_version old = {.document = before}, new = {.document = after};
    AUTO(diff_free) struct diff *diff = diff_new(&old, &new, NULL);
    g_autofree char *text = diff_unified(diff, "old", "new");
    g_assert_cmpstr(
        text, ==,
        "--- old\n+++ new\n@@ -2,8 +2,9 @@\n 2\n 3\n 4\n-five and more\n+five and less\n"
        " 6\n 7\n 8\n 9\n+10\n");
    g_autofree char *stat = diff_stat_line(&diff->stat);
    g_assert_cmpstr(stat, ==, "blocks +2 −1, words +2 −1");
}

/* --- its bounds --------------------------------------------------------------------------- */

/* A text of so many blocks; those of one kind say other things than those of another. */
static char *
long_text(guint blocks, guint kind, guint changed_each)
{
    GString *html = g_string_new(NULL);
    for (guint i = 0; i < blocks; i++) {
        guint k = kind + (changed_each && i % changed_each == 0);
        g_string_append_printf(html, "<p>");
        for (guint w = 0; w < 20; w++)
            g_string_append_printf(html, "w%u the ", (i * 31 + w * 7 + k * 9973) % 50021);
        g_string_append(html, "</p>");
    }
    return g_string_free(html, FALSE);
}

static double
seconds_of(const char *old, const char *new)
{
    AUTO(document_free) struct document *before = html_import_fragment(old, NULL);
    AUTO(document_free) struct document *after = html_import_fragment(new, NULL);
    struct diff_version a = {.document = before}, b = {.document = after};
    clock_t start = clock();
    AUTO(diff_free) struct diff *diff = diff_new(&a, &b, NULL);
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    g_assert_true(diff->differs);
    g_test_message("%u steps, %.3f s of the processor", diff->steps->len, seconds);
    return seconds;
}

/* Generous: machines are slow and busy, and builds with sanitizers slower still. */
static void
test_bounds(void)
{
    g_autofree char *text = long_text(10000, 0, 0), *some = long_text(10000, 0, 10),
                    *other = long_text(10000, 5, 0), *all = long_text(10000, 0, 1);
    g_assert_cmpfloat(seconds_of(text, some), <, 10);
    g_assert_cmpfloat(seconds_of(text, other), <, 10);
    g_assert_cmpfloat(seconds_of(text, all), <, 10);
    GString *one = g_string_new("<p>"), *another = g_string_new("<p>");
    for (guint i = 0; i < 100000; i++) {
        g_string_append_printf(one, "%s ", i * 7919 % 13 % 2 ? "of" : "the");
        g_string_append_printf(another, "%s ", i * 104729 % 17 % 3 ? "the" : "of");
    }
    g_assert_cmpfloat(seconds_of(one->str, another->str), <, 10);
    g_string_free(one, TRUE);
    g_string_free(another, TRUE);
}

void
add_tests(void)
{
    g_test_add_func("/diff/shortest", test_shortest);
    g_test_add_func("/diff/align-bounds", test_align_bounds);
    g_test_add_func("/diff/words", test_words);
    g_test_add_func("/diff/clusters", test_clusters);
    g_test_add_func("/diff/blocks", test_blocks);
    g_test_add_func("/diff/tables", test_tables);
    g_test_add_func("/diff/facts", test_facts);
    g_test_add_func("/diff/nothing", test_nothing);
    g_test_add_func("/diff/ignored", test_ignored);
    g_test_add_func("/diff/unified", test_unified);
    g_test_add_func("/diff/bounds", test_bounds);
}
