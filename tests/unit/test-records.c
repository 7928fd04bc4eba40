/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entries in data: interfaces whose keys nobody has listed, XML that is no feed, scripts. */
#include "config.h"

#include "portal/list.h"
#include "unit/kit.h"

#define NOW 1795600000 /* 2026-11-25 */

static const struct {
    const char *what, *text;
    guint count;
    const char *title, *link, *published, *starts; /* of the first */
} cases[] = {
    {"Legistar's form",
     "[{\"EventId\":11,\"EventGuid\":\"A\",\"EventLastModifiedUtc\":\"2026-10-01T17:00:00.1\",\"EventBodyId"
     "\":138,\"EventBodyName\":\"City Council\",\"EventDate\":\"2026-11-17T00:00:00\",\"EventTime\":\"6:00 P"
     "M\",\"EventAgendaStatusName\":\"Final\",\"EventInSiteURL\":\"https://town.example/MeetingDetail.as"
     "px?LEGID=11\"},{\"EventId\":12,\"EventGuid\":\"B\",\"EventBodyName\":\"Planning Board\",\"EventDate\":\""
     "2026-11-10T00:00:00\",\"EventInSiteURL\":\"https://town.example/MeetingDetail.aspx?LEGID=12\"},"
     "{\"EventId\":13,\"EventBodyName\":\"Zoning\",\"EventDate\":\"2026-11-03T00:00:00\",\"EventInSiteURL\":"
     "\"https://town.example/MeetingDetail.aspx?LEGID=13\"}]",
     3, "City Council", "https://town.example/MeetingDetail.aspx?LEGID=11", "2026-11-17", NULL},
    {"JSON:API",
     "{\"jsonapi\":{\"version\":\"1.0\"},\"data\":[{\"type\":\"node--news\",\"id\":\"a-1\",\"attributes\":{\"drupal"
     "_internal__nid\":5,\"created\":\"2026-11-10T08:00:00+00:00\",\"changed\":\"2026-11-11T08:00:00+00:"
     "00\",\"title\":\"Bridge closed\",\"path\":{\"alias\":\"/news/bridge\",\"pid\":3}},\"links\":{\"self\":{\"hre"
     "f\":\"https://town.example/jsonapi/node/news/a-1\"}}},{\"type\":\"node--news\",\"id\":\"a-2\",\"attrib"
     "utes\":{\"created\":\"2026-11-09T08:00:00+00:00\",\"title\":\"New bus\",\"path\":{\"alias\":\"/news/bus\""
     "}}}],\"links\":{\"next\":{\"href\":\"https://town.example/jsonapi?page=2\"}}}",
     2, "Bridge closed", "http://town.example/news/bridge", "2026-11-10T08:00:00+00:00", NULL},
    {"WordPress's form",
     "[{\"id\":7,\"date\":\"2026-11-10T10:00:00\",\"date_gmt\":\"2026-11-10T08:00:00\",\"guid\":{\"rendered\":"
     "\"https://t.example/?p=7\"},\"link\":\"https://t.example/a/\",\"title\":{\"rendered\":\"Rain &#8211; "
     "again\"},\"excerpt\":{\"rendered\":\"<p>It rains.</p>\"},\"author\":3},{\"id\":6,\"date\":\"2026-11-09T1"
     "0:00:00\",\"date_gmt\":\"2026-11-09T08:00:00\",\"link\":\"https://t.example/b/\",\"title\":{\"rendered"
     "\":\"Sun\"},\"excerpt\":{\"rendered\":\"\"}}]",
     2, "Rain – again", "https://t.example/a/", "2026-11-10T08:00:00+00:00", NULL},
    {"edges and nodes, seconds since 1970",
     "{\"data\":{\"allPosts\":{\"edges\":[{\"node\":{\"headline\":\"One thing\",\"slugUrl\":\"/p/1\",\"postedAt\":"
     "1708527600}},{\"node\":{\"headline\":\"Other\",\"slugUrl\":\"/p/2\",\"postedAt\":1708427600}}],\"pageIn"
     "fo\":{\"hasNextPage\":true}}}}",
     2, "One thing", "http://town.example/p/1", "2024-02-21T15:00:00+00:00", NULL},
    {".NET, no links",
     "{\"d\":{\"results\":[{\"Id\":4,\"Subject\":\"Council minutes\",\"MeetingDate\":\"/Date(1708527600000)/\""
     "},{\"Id\":5,\"Subject\":\"Council agenda\",\"MeetingDate\":\"/Date(1708427600000)/\"},{\"Id\":6,\"Subje"
     "ct\":\"Budget\",\"MeetingDate\":\"/Date(1708327600000+0100)/\"}]}}",
     3, "Council minutes", "http://town.example/api/a#row-1b6453892473",
     "2024-02-21T15:00:00+00:00", NULL},
    {"XML that is no feed",
     "<?xml version=\"1.0\"?><meetings><meeting id=\"M1\" order=\"1\"><name>Regular Meeting</name><des"
     "cription>Agenda</description><start><date>2026-11-10</date><time>19:00</time></start><link"
     ">https://b.example/goto?open&amp;id=M1</link><category name=\"x\"><agendaitems><item><title>"
     "Roll call</title></item></agendaitems></category></meeting><meeting id=\"M2\"><name>Special "
     "Meeting</name><start><date>2026-10-10</date></start><link>https://b.example/goto?open&amp;"
     "id=M2</link></meeting><meeting id=\"M3\"><name>Third</name><start><date>2026-09-10</date></s"
     "tart><link>https://b.example/goto?open&amp;id=M3</link></meeting></meetings>",
     3, "Regular Meeting", "https://b.example/goto?open&id=M1", NULL, "2026-11-10"},
    {"data that a framework left in the page",
     "<html><body><div id=\"__next\"></div><script id=\"__NEXT_DATA__\" type=\"application/json\">{\"pr"
     "ops\":{\"pageProps\":{\"menu\":[{\"title\":\"Home\",\"url\":\"/\"},{\"title\":\"About\",\"url\":\"/about\"},{\"t"
     "itle\":\"A\",\"url\":\"/a\"}],\"posts\":{\"items\":[{\"id\":1,\"headline\":\"Snow\",\"date\":\"2026-11-10\",\"hr"
     "ef\":\"/p/1\"},{\"id\":2,\"headline\":\"Ice\",\"date\":\"2026-11-09\",\"href\":\"/p/2\"}]}}}}</script></bod"
     "y></html>",
     2, "Snow", "http://town.example/p/1", "2026-11-10", NULL},
    {"events in JSON-LD",
     "<html><body><h1>Events</h1><script type=\"application/ld+json\">[{\"@context\":\"http://schema."
     "org\",\"@type\":\"Event\",\"name\":\"Concert\",\"url\":\"https://t.example/e/1\",\"startDate\":\"2026-12-1"
     "0T19:00:00-06:00\"},{\"@type\":\"Event\",\"name\":\"Market\",\"url\":\"https://t.example/e/2\",\"startDa"
     "te\":\"2026-12-11\"}]</script></body></html>",
     2, "Concert", "https://t.example/e/1", NULL, "2026-12-10T19:00:00-06:00"},
};

static void
assert_date(const struct date *date, const char *expected)
{
    g_autofree char *text = date_is_known(date) ? date_iso(date) : NULL;
    g_assert_cmpstr(text, ==, expected);
}

static struct list *
list_of(const char *text)
{
    AUTO(page_free) struct page *page =
        page_open(text, strlen(text), NULL, "http://town.example/api/a");
    struct list_options options = {.now = NOW};
    return list_extract(page, &options, NULL);
}

static void
test_found(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%s", cases[i].what);
        AUTO(list_free) struct list *list = list_of(cases[i].text);
        g_assert_nonnull(list);
        g_assert_cmpuint(list->entries->len, ==, cases[i].count);
        const struct list_entry *first = g_ptr_array_index(list->entries, 0);
        g_assert_cmpstr(first->title, ==, cases[i].title);
        g_assert_cmpstr(first->link, ==, cases[i].link);
        assert_date(&first->published, cases[i].published);
        assert_date(&first->starts, cases[i].starts);
    }
}

/* Neither settings nor a single object is a list; nor is XML that means harm. */
static void
test_none(void)
{
    static const char *const texts[] = {
        "{\"title\": \"One\", \"url\": \"/1\", \"date\": \"2026-11-10\"}",
        "{\"a\": {\"name\": \"x\"}, \"b\": {\"name\": \"y\"}, \"c\": {\"name\": \"z\"}}",
        "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><a><b><name>&e;</name></b></a>",
        "<config><item><name>x</name></item><item><name>y</name></item></config>",
        "{\"a\": [",
        "[]"};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        AUTO(list_free) struct list *list = list_of(texts[i]);
        g_assert_null(list);
    }
}

void
add_tests(void)
{
    g_test_add_func("/records/found", test_found);
    g_test_add_func("/records/none", test_none);
}
