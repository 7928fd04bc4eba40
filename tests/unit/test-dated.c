/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists whose rows lead nowhere: dated rows, headings and paragraphs. */
#include "config.h"

#include "portal/list.h"
#include "unit/kit.h"

#define NOW 1795600800 /* 2026-11-25T10:00:00Z */

/* A page with a menu whose links are as long as titles; the caller's, or NULL without a list. */
static struct list *
list_of(const char *language, const char *body)
{
    g_autofree char *html = g_strdup_printf(
        "<!doctype html><html lang='%s'><head><title>Town</title></head><body><nav><ul>"
        "<li><a href='/'>Home of the town council</a></li><li><a href='/news'>News and announcements "
        "of the town</a></li><li><a href='/reach'>How to reach the members of the council</a></li>"
        "</ul></nav><main><h1>Notices</h1>%s</main></body></html>",
        language, body);
    AUTO(page_free) struct page *page =
        page_open(html, strlen(html), NULL, "http://town.example/notices#top");
    struct list_options options = {.now = NOW, .dates = {.zoned = true}};
    return list_extract(page, &options, NULL);
}

/* The rows {d} = 12, 13, 14 between two texts. */
static struct list *
rows(const char *language, const char *before, const char *row, const char *after)
{
    g_autoptr(GString) body = g_string_new(before);
    for (int day = 12; day <= 14; day++) {
        g_autoptr(GString) one = g_string_new(row);
        g_autofree char *number = g_strdup_printf("%d", day);
        g_string_replace(one, "{d}", number, 0);
        g_string_append(body, one->str);
    }
    g_string_append(body, after);
    return list_of(language, body->str);
}

static const struct list_entry *
entry(const struct list *list, guint index)
{
    g_assert_nonnull(list);
    g_assert_cmpuint(list->entries->len, ==, 3);
    return g_ptr_array_index(list->entries, index);
}

static void
assert_day(const struct date *date, const char *expected)
{
    g_autofree char *text = date_is_known(date) ? date_iso(date) : NULL;
    g_assert_cmpstr(text, ==, expected);
}

/* Checks the second row. */
static void
check(const char *language, const char *before, const char *row, const char *after,
      const char *title, const char *published, const char *starts, const char *summary)
{
    AUTO(list_free) struct list *list = rows(language, before, row, after);
    const struct list_entry *second = entry(list, 1);
    g_assert_cmpstr(second->title, ==, title);
    assert_day(&second->published, published);
    assert_day(&second->starts, starts);
    g_assert_cmpstr(second->summary, ==, summary);
    g_assert_true(second->own);
    g_assert_true(g_str_has_prefix(second->link, "http://town.example/notices#row-"));
}

static void
test_tables(void)
{
    check("en", "<table><tr><th>Date</th><th>Street</th><th>Hours</th></tr>",
          "<tr><td>2026-11-{d}</td><td>Harbour Street {d}</td><td>9:00-15:00</td></tr>", "</table>",
          "Harbour Street 13 · 9:00-15:00", "2026-11-13", NULL,
          "Street: Harbour Street 13\n\nHours: 9:00-15:00");
    check("de", "<table><thead><tr><td>Nr</td><td>Datum</td><td>Sitzung</td></tr></thead>",
          "<tr><td>{d}</td><td>Do, {d}.12.2026</td><td>Ausschuss für Bau</td></tr>", "</table>",
          "Ausschuss für Bau", NULL, "2026-12-13", "Sitzung: Ausschuss für Bau");
    check("ru", "<table>",
          "<tr><td>{d}.11.2026 с 9:00 до 17:00</td><td>ул. Ленина, дома 1–{d}</td></tr>",
          "</table>", "с 9:00 до 17:00 · ул. Ленина, дома 1–13", "2026-11-13", NULL,
          "с 9:00 до 17:00\n\nул. Ленина, дома 1–13");
    check("zh", "<table>", "<tr><td>2026年11月{d}日</td><td>人民路{d}号停水</td></tr>", "</table>",
          "人民路13号停水", "2026-11-13", NULL, NULL);
}

static void
test_others(void)
{
    check("en", "<ul>", "<li>{d} December – Paper and cardboard, north</li>", "</ul>",
          "Paper and cardboard, north", NULL, "2026-12-13", NULL);
    check("en", "<dl>", "<dt>{d} Nov 2026</dt><dd>Mill Lane is closed for works.</dd>", "</dl>",
          "Mill Lane is closed for works.", "2026-11-13", NULL, NULL);
    check("en", "<p>We keep you informed.</p>",
          "<h3>{d} November 2026</h3><p>The ferry runs again.</p><p>Tickets are sold on board.</p>",
          "", "The ferry runs again.", "2026-11-13", NULL,
          "The ferry runs again.\n\nTickets are sold on board.");
    check("fr", "", "<p><b>{d}/10</b> – La mairie ouvre un centre.</p>", "",
          "La mairie ouvre un centre.", "2026-10-13", NULL, NULL);
    check("en", "<section>",
          "<div><span>{d} Nov 2026</span><p>Mill Lane is closed for works.</p></div>", "</section>",
          "Mill Lane is closed for works.", "2026-11-13", NULL, NULL);
}

/* The same rows in other places are the same entries, and what a row counts is none of it. */
static void
test_identity(void)
{
    AUTO(list_free) struct list *one = rows(
        "en", "<table>", "<tr><td>1</td><td>2026-11-{d}</td><td>Harbour Street, 12 views</td></tr>",
        "</table>");
    AUTO(list_free) struct list *other = rows(
        "en", "<p>Moved</p><table><tr><td>Nr</td><td>Day</td><td>Where</td></tr>",
        "<tr><td>{d}</td><td>{d}.11.2026</td><td>HARBOUR  street, 340 views</td></tr>", "</table>");
    for (guint i = 0; i < 3; i++)
        g_assert_cmpstr(entry(one, i)->link, ==, entry(other, i)->link);
    g_assert_cmpstr(entry(one, 0)->link, !=, entry(one, 1)->link);
}

static void
test_none(void)
{
    static const char *const bodies[] = {
        "<ul><li>Opening hours 9:00-12:00 on working days</li><li>Telephone 555 123 123 of the hall</li>"
        "<li>Room 12 on the second floor of it</li></ul>",
        "<p>On 12 March 1950 the bridge was built over the river.</p><p>The mayor opened it.</p>"
        "<p>On 14 May 1960 the harbour was made larger.</p><p>In 1970 people came here to live.</p>",
        "<h3>12 March 2026</h3><p>One thing was built here.</p><h3>1 May 2025</h3><p>Another was not.</p>"
        "<h3>3 June 2026</h3><p>This one was not either.</p><h3>1 May 2024</h3><p>Nor was this one.</p>",
        "<table><tr><td>12 November 2026</td><td>19 November 2026</td><td>26 November 2026</td></tr>"
        "<tr><td>3 December 2026</td><td>10 December 2026</td><td>17 December 2026</td></tr>"
        "<tr><td>7 January 2027</td><td>14 January 2027</td><td>21 January 2027</td></tr></table>",
        "<div class='comments'><ul><li>12 Nov 2026 Ann says that it is so</li><li>13 Nov 2026 Bob says not</li>"
        "<li>14 Nov 2026 Eve says nothing at all</li></ul></div>"};
    for (size_t i = 0; i < G_N_ELEMENTS(bodies); i++) {
        AUTO(list_free) struct list *list = list_of("en", bodies[i]);
        for (guint k = 0; list && k < list->entries->len; k++)
            g_assert_false(((const struct list_entry *)g_ptr_array_index(list->entries, k))->own);
    }
}

void
add_tests(void)
{
    g_test_add_func("/dated/tables", test_tables);
    g_test_add_func("/dated/others", test_others);
    g_test_add_func("/dated/identity", test_identity);
    g_test_add_func("/dated/none", test_none);
}
