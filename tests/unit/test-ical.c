/* SPDX-License-Identifier: GPL-3.0-or-later */
/* iCalendar: lines as programs break them, zones, what recurs, and calendars that mean harm. */
#include "config.h"

#include "feed/feed.h"
#include "feed/ical.h"
#include "unit/kit.h"

#define NOW 1795600000 /* 2026-11-25 */

static struct feed *
parse_bytes(const char *bytes, gsize length)
{
    struct feed_options options = {
        .url = "http://example.org/a.ics", .now = NOW, .calendars = ical_read};
    g_autoptr(GError) error = NULL;
    struct feed *feed = feed_parse(bytes, length, &options, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(feed->format, ==, "ical");
    return feed;
}

/* A calendar with one event of these properties. */
static struct feed *
event(const char *properties)
{
    g_autofree char *text = g_strconcat("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", properties,
                                        "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n", NULL);
    return parse_bytes(text, strlen(text));
}

static const struct feed_item *
item(const struct feed *feed, guint index)
{
    g_assert_cmpuint(feed->items->len, >, index);
    return g_ptr_array_index(feed->items, index);
}

static void
assert_date(const struct date *date, const char *expected)
{
    g_autofree char *text = date_is_known(date) ? date_iso(date) : NULL;
    g_assert_cmpstr(text, ==, expected);
}

static void
assert_when(const char *properties, const char *starts, const char *ends)
{
    AUTO(feed_free) struct feed *feed = event(properties);
    assert_date(&item(feed, 0)->event.starts, starts);
    assert_date(&item(feed, 0)->event.ends, ends);
}

static void
test_lines(void)
{
    /* folded within a character of two bytes; by LF, CR and CRLF; a line of blanks */
    AUTO(feed_free) struct feed *folded =
        event("SUMMARY:\xD0\r\n \xA0\xD1\x8B\xD0\xBD\n\t\xD0\xBE\xD0\xBA\r"
              "LOCATION:A\r\n\r\n B\r\nUID:1");
    g_assert_cmpstr(item(folded, 0)->title, ==, "Рынок");
    g_assert_cmpstr(item(folded, 0)->event.place, ==, "AB");
    g_assert_cmpuint(folded->warnings->len, ==, 0);
    AUTO(feed_free) struct feed *typed =
        event("SUMMARY:A\r\nDESCRIPTION:One\r\nNote: two\r\nhttps://a.example/\r\nUID:1");
    g_assert_cmpstr(item(typed, 0)->summary_plain, ==, "One\nNote: two\nhttps://a.example/");
    g_assert_cmpstr(item(typed, 0)->id, ==, "1");
    g_assert_cmpuint(typed->warnings->len, ==, 1);
    static const char small[] = "begin:vcalendar\nbegin:vevent\nsummary:Small letters\n"
                                "dtstart:20261110t190000z\nend:vevent\nend:vcalendar\n";
    AUTO(feed_free) struct feed *lower = parse_bytes(small, strlen(small));
    g_assert_cmpstr(item(lower, 0)->title, ==, "Small letters");
    static const char cut[] = "Notice: undefined index\nBEGIN:VCALENDAR \nBEGIN:VEVENT\n"
                              "SUMMARY:Cut off\nDTSTART:20261110T190000Z\nDESCRIPTION:The e";
    AUTO(feed_free) struct feed *truncated = parse_bytes(cut, strlen(cut));
    g_assert_cmpstr(item(truncated, 0)->title, ==, "Cut off");
    g_assert_cmpuint(truncated->warnings->len, ==, 2);
}

static void
test_charset(void)
{
    static const char text[] = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:\xD1\xEE\xE2\xE5\xF9"
                               "\xE0\xED\xE8\xE5 \xE3\xEE\xF0\xEE\xE4\xF1\xEA\xEE\xE3\xEE "
                               "\xF1\xEE\xE2\xE5\xF2\xE0\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    AUTO(feed_free) struct feed *feed = parse_bytes(text, strlen(text));
    g_assert_cmpstr(feed->encoding, ==, "windows-1251");
    g_assert_cmpstr(item(feed, 0)->title, ==, "Совещание городского совета");
}

static void
test_when(void)
{
    assert_when("DTSTART:20261110T190000Z\r\nDURATION:PT90M", "2026-11-10T19:00:00+00:00",
                "2026-11-10T20:30:00+00:00");
    assert_when("DTSTART;VALUE=DATE:20261110\r\nDTEND;VALUE=DATE:20261111", "2026-11-10", NULL);
    assert_when("DTSTART;VALUE=DATE:20261110\r\nDTEND;VALUE=DATE:20261113", "2026-11-10",
                "2026-11-12");
    assert_when("DTSTART;TZID=/example.org/1/Europe/Berlin:20260710T190000\r\n"
                "DTEND;TZID=Europe/Berlin:20260710T180000",
                "2026-07-10T19:00:00+02:00", NULL);
    assert_when("DTSTART;TZID=No such zone:20260710T190000", "2026-07-10T19:00:00+00:00", NULL);
    assert_when("DTSTART:2026-07-10 19:00", "2026-07-10T19:00:00+00:00", NULL);
    assert_when("DTSTART:20260230T190000Z", NULL, NULL);
}

static void
test_recurring(void)
{
    assert_when(
        "DTSTART;TZID=Europe/Berlin:20200707T180000\r\nDTEND;TZID=Europe/Berlin:20200707T190000\r\n"
        "RRULE:FREQ=MONTHLY;BYDAY=1TU",
        "2026-12-01T18:00:00+01:00", "2026-12-01T19:00:00+01:00");
    assert_when("DTSTART;VALUE=DATE:20260101\r\nRRULE:FREQ=WEEKLY;COUNT=3", "2026-01-15", NULL);
    assert_when("DTSTART:20260101T080000Z\r\nRDATE:20261201T080000Z,20261203T080000Z",
                "2026-12-01T08:00:00+00:00", NULL);
    /* what has no more than one occurrence a second is not followed */
    assert_when("DTSTART:19700101T080000Z\r\nRRULE:FREQ=SECONDLY", "1970-01-01T08:00:00+00:00",
                NULL);
    assert_when("DTSTART:20260101T080000Z\r\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
                "2026-01-01T08:00:00+00:00", NULL);
}

static void
test_written(void)
{
    /* a stamp that all events have is that of the export */
    static const char text[] =
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTAMP:20261125T080000Z\nEND:VEVENT\n"
        "BEGIN:VEVENT\nUID:2\nDTSTAMP:20261125T080000Z\nCREATED:19000101T120000Z\n"
        "LAST-MODIFIED:20261001T080000Z\nDTSTART:20301125T080000Z\nEND:VEVENT\nEND:VCALENDAR\n";
    AUTO(feed_free) struct feed *feed = parse_bytes(text, strlen(text));
    assert_date(&item(feed, 0)->published, NULL);
    assert_date(&item(feed, 1)->published, "2026-10-01T08:00:00+00:00");
}

/* Each is read in no time, and in the memory that it has itself. */
static void
test_hostile(void)
{
    g_autoptr(GString) many = g_string_new("BEGIN:VCALENDAR\n");
    for (int i = 0; i < 3000; i++)
        g_string_append_printf(many,
                               "BEGIN:VEVENT\nUID:%d\nDTSTART:19300101T080000Z\n"
                               "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30\nEND:VEVENT\n",
                               i);
    gint64 began = g_get_monotonic_time();
    AUTO(feed_free) struct feed *feed = parse_bytes(many->str, many->len);
    g_test_message("rules without end: %.3f s", (double)(g_get_monotonic_time() - began) / 1e6);
    g_assert_cmpuint(feed->items->len, ==, 3000);
    g_autoptr(GString) deep = g_string_new("BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Deep\n");
    for (int i = 0; i < 100000; i++)
        g_string_append(deep, "BEGIN:VALARM\n");
    AUTO(feed_free) struct feed *nested = parse_bytes(deep->str, deep->len);
    g_assert_cmpstr(item(nested, 0)->title, ==, "Deep");
    g_autoptr(GString) zone = g_string_new(
        "BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:Z\nBEGIN:STANDARD\nDTSTART:16010101T000000\n"
        "RRULE:FREQ=SECONDLY\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nEND:STANDARD\nEND:VTIMEZONE\n"
        "BEGIN:VEVENT\nDTSTART;TZID=Z:20260101T080000\nEND:VEVENT\nEND:VCALENDAR\n");
    AUTO(feed_free) struct feed *odd = parse_bytes(zone->str, zone->len);
    assert_date(&item(odd, 0)->event.starts, "2026-01-01T08:00:00+00:00");
    /* of which libical copies the rest for each parameter: minutes, if it were read */
    g_autoptr(GString) named = g_string_new("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nSUMMARY");
    for (int i = 0; i < 100000; i++)
        g_string_append_printf(named, ";X%d=1", i);
    g_string_append(named, ":Lost\nLOCATION:Here\nEND:VEVENT\nEND:VCALENDAR\n");
    AUTO(feed_free) struct feed *wordy = parse_bytes(named->str, named->len);
    g_assert_cmpstr(item(wordy, 0)->title, ==, NULL);
    g_assert_cmpstr(item(wordy, 0)->event.place, ==, "Here");
    const struct feed_warning *cut = g_ptr_array_index(wordy->warnings, 0);
    g_assert_cmpstr(cut->code, ==, "limit");
}

void
add_tests(void)
{
    g_test_add_func("/ical/lines", test_lines);
    g_test_add_func("/ical/charset", test_charset);
    g_test_add_func("/ical/when", test_when);
    g_test_add_func("/ical/recurring", test_recurring);
    g_test_add_func("/ical/written", test_written);
    g_test_add_func("/ical/hostile", test_hostile);
}
