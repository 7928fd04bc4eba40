/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables laid out: drawn, wider than the screen, and as records. */
#include "config.h"

#include "document/html-import.h"
#include "document/layout.h"
#include "unit/kit.h"

static char *
laid_out(const char *html, const struct layout_options *options)
{
    AUTO(document_free) struct document *document =
        html_import_fragment(html, "http://example.org/");
    AUTO(layout_free) struct layout *layout = layout_new(document, options);
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < layout->lines->len; i++)
        g_string_append_printf(
            out, "%s\n", ((const struct layout_line *)g_ptr_array_index(layout->lines, i))->text);
    return g_string_free(out, FALSE);
}

static void
test_table_modes(void)
{
    const char *html =
        "<table><tr><th>Day</th><th>Households</th></tr><tr><td>16</td><td><a href='/x'>1240 in Riverside Road</a></td></tr></table>";
    AUTO(document_free) struct document *document =
        html_import_fragment(html, "http://example.org/");
    struct layout_options whole = {.width = 10, .tables = LAYOUT_TABLES_WHOLE},
                          records = {.width = 80, .tables = LAYOUT_TABLES_RECORDS};
    AUTO(layout_free) struct layout *drawn = layout_new(document, &whole);
    const struct layout_line *last = g_ptr_array_index(drawn->lines, 2);
    g_assert_cmpstr(last->text, ==, "16  │ 1240 in Riverside Road[1]");
    guint linked = 0; /* what leads on in a cell can be focused */
    for (guint i = 0; i < last->runs->len; i++)
        linked += g_array_index(last->runs, struct layout_run, i).link == 1 &&
                  !(g_array_index(last->runs, struct layout_run, i).style & LAYOUT_DIM);
    g_assert_cmpuint(linked, ==, 1);
    AUTO(layout_free) struct layout *told = layout_new(document, &records);
    g_assert_cmpstr(((const struct layout_line *)g_ptr_array_index(told->lines, 1))->text, ==,
                    "Households: 1240 in Riverside Road[1]");
    /* a column is not made so narrow that a word is cut */
    for (int width = 8; width < 60; width++) {
        g_autofree char *text = laid_out(html, &(struct layout_options){.width = width});
        if (width >= 10)
            g_assert_nonnull(strstr(text, "Households"));
    }
    g_autofree char *rules = laid_out("<p>a</p><hr><hr><hr><p>b</p>",
                                      &(struct layout_options){.width = 4, .ascii = true});
    g_assert_cmpstr(rules, ==, "a\n\n----\n\nb\n");
}

/* The text of a table of such rows. */
static char *
table_of(const char *rows, enum layout_tables tables)
{
    g_autofree char *html = g_strdup_printf("<table>%s</table>", rows);
    return laid_out(html, &(struct layout_options){.width = 80, .ascii = true, .tables = tables});
}

/* The first row names the columns where it can: numbers alone are values like those below them. */
static void
test_records_without_heads(void)
{
    static const char *const rows[][2] = {
        {"<tr><td>1<td>2<td>3<tr><td>4<td>5<td>6", "1\n2\n3\n\n4\n5\n6\n"},
        {"<tr><td>Street<td>2024<td>2025<tr><td>East Road<td>5<td>6",
         "Street: East Road\n2024: 5\n2025: 6\n"},
        {"<tr><td>日<td>一<td>二<tr><td>4<td>5<td>6", "日: 4\n一: 5\n二: 6\n"},
        /* with all that it spans, if that is names under one of several columns */
        {"<tr><td rowspan=2>Office<td colspan=2>Open<tr><td>Mon<td>Tue<tr><td>Tax<td>9<td>10",
         "Office: Tax\nOpen, Mon: 9\nOpen, Tue: 10\n"},
        {"<tr><td rowspan=2>Tax<td>Mon<td>9<tr><td>Tue<td>10<tr><td>Pass<td>Mon<td>8",
         "Tax\nMon\n9\n\nTax\nTue\n10\n\nPass\nMon\n8\n"},
        /* where these are all rows there are, they name nothing */
        {"<tr><td rowspan=2>Office<td colspan=2>Open<tr><td>Mon<td>Tue",
         "Office\nOpen\n\nOffice\nMon\nTue\n"},
        {"<tr><td colspan=3>Buses<tr><th rowspan=2>Line<th colspan=2>Runs<tr><th>From<th>To",
         "Buses\n\nLine\nRuns\n\nLine\nFrom\nTo\n"},
        /* what stands above them is a title */
        {"<tr><td colspan=3>Buses<tr><td>Line<td>From<td>To<tr><td>1<td>5:00<td>23:00",
         "Buses\n\nLine: 1\nFrom: 5:00\nTo: 23:00\n"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *text = table_of(rows[i][0], LAYOUT_TABLES_RECORDS);
        g_assert_cmpstr(text, ==, rows[i][1]);
    }
}

/* A cell is told with all that is above it, but for titles, which are told once. */
static void
test_records_with_heads(void)
{
    static const char *const rows[][2] = {
        {"<tr><th rowspan=2>Office<th colspan=2>Open<tr><th>Mon<th>Tue<tr><td>Tax<td>9<td>10",
         "Office: Tax\nOpen, Mon: 9\nOpen, Tue: 10\n"},
        {"<tr><th>Office<th>Mon<th>Tue<tr><th colspan=3>Ground floor<tr><td>Tax<td>9<td>10"
         "<tr><td colspan=3>First floor<tr><td>Pass<td colspan=2>closed",
         "Ground floor\n\nOffice: Tax\nMon: 9\nTue: 10\n\nFirst floor\n\nOffice: Pass\n"
         "Mon, Tue: closed\n"},
        {"<tr><th colspan=3>Buses<tr><th>Line<th>From<th>To<tr><td>1<td>5:00<td>23:00",
         "Buses\n\nLine: 1\nFrom: 5:00\nTo: 23:00\n"},
        {"<tr><th colspan=3>Fees<tr><td>Dog<td>5<td>a year<tr><td>Cat<td>3<td>a year",
         "Fees\n\nDog\n5\na year\n\nCat\n3\na year\n"},
        {"<tr><th>Monday<td>9-12<td>101<tr><th colspan=3>Weekend<tr><th>Saturday<td>9-10<td>102",
         "Monday: 9-12\nMonday: 101\n\nWeekend\n\nSaturday: 9-10\nSaturday: 102\n"},
        {"<tr><th>Monday<th>morning<td>9<tr><th>Tuesday<th>evening<td>18",
         "Monday, morning: 9\n\nTuesday, evening: 18\n"},
        {"<tr><th>Saturday<td>9-12<tr><th>Sunday<td>", "Saturday: 9-12\n\nSunday\n"},
        {"<tr><th>Name<td>Ann<th>Phone<td>112<tr><th>Room<td>5<th>Floor<td>2",
         "Name: Ann\nPhone: 112\n\nRoom: 5\nFloor: 2\n"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *text = table_of(rows[i][0], LAYOUT_TABLES_RECORDS);
        g_assert_cmpstr(text, ==, rows[i][1]);
    }
}

/* The rule stands below the names of columns, a title above them or not. */
static void
test_rule_of_table(void)
{
    static const char *const rows[][2] = {
        {"<tr><th colspan=2>Buses<tr><th>Line<th>From<tr><td>1<td>5:00",
         "Buses\nLine | From\n-----+-----\n1    | 5:00\n"},
        {"<tr><td colspan=2>Buses<tr><td>Line<td>From<tr><td>1<td>5:00",
         "Buses\nLine | From\n-----+-----\n1    | 5:00\n"},
        {"<tr><th>Line<th>From<tr><th colspan=2>Night<tr><td>1<td>5:00",
         "Line | From\n-----+-----\nNight\n1    | 5:00\n"},
        {"<tr><td rowspan=2>A<td colspan=2>B<tr><td>C<td>D<tr><td>1<td>2<td>3",
         "A | B\n  | C | D\n--+---+--\n1 | 2 | 3\n"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *text = table_of(rows[i][0], LAYOUT_TABLES_FIT);
        g_assert_cmpstr(text, ==, rows[i][1]);
    }
}

void
add_tests(void)
{
    g_test_add_func("/table/modes", test_table_modes);
    g_test_add_func("/table/records-without-heads", test_records_without_heads);
    g_test_add_func("/table/records-with-heads", test_records_with_heads);
    g_test_add_func("/table/rule", test_rule_of_table);
}
