/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dates as feeds and pages write them. */
#include "config.h"

#include "text/date.h"
#include "text/date-near.h"
#include "unit/kit.h"

static const struct {
    const char *text, *iso; /* NULL: no date */
} cases[] = {
    {"Tue, 10 Jun 2003 04:00:00 GMT", "2003-06-10T04:00:00+00:00"},
    {"10 Jun 03 04:00 +0800", "2003-06-10T04:00:00+08:00"},
    {"Tue Jun 10 04:00:00 2003", "2003-06-10T04:00:00+08:00"},
    {"2025-06-01T08:30:00Z", "2025-06-01T08:30:00+00:00"},
    {"2025-06-01T08:30:00.123+03:00", "2025-06-01T08:30:00+03:00"},
    {"2025-06-01", "2025-06-01"},
    {"2025/6/1 8:30", "2025-06-01T08:30:00+08:00"},
    {"2025年6月1日", "2025-06-01"},
    {"发布时间：2025年06月01日 08时30分", "2025-06-01T08:30:00+08:00"},
    {"2017——04——12 21:37", "2017-04-12T21:37:00+08:00"},
    {"２０２５－０６－０１", "2025-06-01"},
    {"中華民國115年3月19日", "2026-03-19"},
    {"115.03.19", "2026-03-19"},
    {"令和6年3月1日", "2024-03-01"},
    {"01.06.2025 08:30", "2025-06-01T08:30:00+08:00"},
    {"1 декабря 2020 г., 17:04", "2020-12-01T17:04:00+08:00"},
    {"13 января 2020", "2020-01-13"},
    {"1. Juni 2025", "2025-06-01"},
    {"Updated: Apr 26, 2024", "2024-04-26"},
    {"December 14, 2023 11:30 AM", "2023-12-14T11:30:00+08:00"},
    {"12/31/2024", "2024-12-31"},
    {"31/12/2024", "2024-12-31"},
    {"mar., 01 déc. 2020 16:11:02 +0000", "2020-12-01T16:11:02+00:00"},
    {"Qua, 10 Set 2003 04:00:00 -0300", "2003-09-10T04:00:00-03:00"},
    {"周二, 10 六月 2003 04:00:00 +0800", "2003-06-10T04:00:00+08:00"},
    {"Mon, 26 January 2004 16:31:00 ET", "2004-01-26T16:31:00-05:00"},
    {"1520932969", "2018-03-13T09:22:49+00:00"},
    {"Nov. 2020", "2020-11-01"},
    {"2003-W24-2", "2003-06-10"}, /* ISO 8601 weeks */
    {"2020-W53", "2020-12-28"},
    {"2009-W01-1", "2008-12-29"},
    {"2003-W54-1", NULL},
    {"Thu, 25 Feb 2016 12:00:00 GMT+3", "2016-02-25T12:00:00+03:00"},
    {"2014-11-05T19+0100", "2014-11-05T19:00:00+01:00"},
    {"2004-július-13T9:15-05:00", "2004-07-13T09:15:00-05:00"},
    {"20240903100000", "2024-09-03T10:00:00+08:00"},
    {"20240903100000Z", "2024-09-03T10:00:00+00:00"},
    {"20240903100000.5+0300", "2024-09-03T10:00:00+03:00"},
    {"202409031000", "2024-09-03T10:00:00+08:00"},
    {"20240903 10:00:00", "2024-09-03T10:00:00+08:00"},
    {"20240903 100000", "2024-09-03T10:00:00+08:00"},
    {"20240903T1000Z", "2024-09-03T10:00:00+00:00"},
    {"99999999999999", NULL},
    {"二〇二四年九月三日", "2024-09-03"},
    {"二零二四年十二月二十一日", "2024-12-21"},
    {"二○二四年十月三十日 10:15", "2024-10-30T10:15:00+08:00"},
    {"二O二四年元月廿一日", "2024-01-21"},
    {"二00四年九月三号", "2004-09-03"},
    {"二ＯＯ四年九月三號", "2004-09-03"},
    {"20 Kasım 2026", "2026-11-20"},
    {"20. listopadu 2026", "2026-11-20"},
    {"20 noiembrie 2026", "2026-11-20"},
    {"20 ноември 2026", "2026-11-20"},
    {"20. desember 2026", "2026-12-20"},
    {"20 نوفمبر 2026", "2026-11-20"},
    {"20 Agustus 2025", "2025-08-20"},
    {"12 programs 2020", NULL},
    {"2024年９月３日", "2024-09-03"},
    {"２０２４年９月３日１０时３０分", "2024-09-03T10:30:00+08:00"},
    {"2024年九月3日", "2024-09-03"},
    {"民國一一三年九月三日", "2024-09-03"},
    {"令和元年五月一日", "2019-05-01"},
    {"昭和64年1月7日", "1989-01-07"},
    {"수, 20 5월 2009 08:47:51 +0900", "2009-05-20T08:47:51+09:00"},
    {"le 3 novembre 2024 à 10h15", "2024-11-03T10:15:00+08:00"},
    /* what programs write for none */
    {"0001-01-01T00:00:00Z", NULL},
    {"-0001-11-30T00:00:00+00:00", NULL},
    {"Wed, 30 Nov -0001 00:00:00 +0000", NULL},
    {"Mon, 01 Jan 0001 00:00:00 GMT", NULL},
    {"01/01/0001 00:00:00", NULL},
    {"1/1/0001 12:00:00 AM", NULL},
    {"0000-00-00 00:00:00", NULL},
    {"0000-01-01", NULL},
    {"00010101000000", NULL},
    {"2003-06-10T04:00:00+99:99", NULL},
    {"2013-01-28T09:xx:00Z", NULL},
    {"Sun, 16 Dec 2012 1:2:3:4 GMT", NULL},
    {"2025-02-30", NULL},
    {"yesterday", NULL},
    {"", NULL},
    {"2025-06-01 25:00", NULL},
};

static void
test_parse(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct date date;
        bool found = date_parse(cases[i].text, 480, &date);
        g_autofree char *iso = found ? date_iso(&date) : NULL;
        if (g_strcmp0(iso, cases[i].iso))
            g_test_message("'%s': %s instead of %s", cases[i].text, iso ? iso : "none",
                           cases[i].iso ? cases[i].iso : "none");
        g_assert_cmpstr(iso, ==, cases[i].iso);
    }
}

/* Names that mean several zones mean the one at which the source is said to be. */
static void
test_zones(void)
{
    static const struct {
        const char *text;
        int stated;
        const char *iso;
    } rows[] = {
        {"Tue Nov 03 10:00:00 CST 2026", 480, "2026-11-03T10:00:00+08:00"},
        {"Tue Nov 03 10:00:00 CST 2026", 0, "2026-11-03T10:00:00-06:00"},
        {"Tue Nov 03 10:00:00 CST 2026", -360, "2026-11-03T10:00:00-06:00"},
        {"Tue Nov 03 10:00:00 CST 2026", 60, "2026-11-03T10:00:00-06:00"},
        {"Tue, 03 Nov 2026 10:00:00 IST", 120, "2026-11-03T10:00:00+02:00"},
        {"Tue, 03 Nov 2026 10:00:00 IST", 0, "2026-11-03T10:00:00+05:30"},
        {"Tue, 03 Nov 2026 10:00:00 EST", 600, "2026-11-03T10:00:00+10:00"},
        {"Tue, 03 Nov 2026 10:00:00 EST", 480, "2026-11-03T10:00:00-05:00"},
        {"Tue, 03 Nov 2026 10:00:00 BST", 360, "2026-11-03T10:00:00+06:00"},
        {"Tue, 03 Nov 2026 10:00:00 PST", 480, "2026-11-03T10:00:00+08:00"},
        {"Tue, 03 Nov 2026 10:00:00 GMT", 480, "2026-11-03T10:00:00+00:00"},
        {"2026-11-03 10:00 MESZ", 0, "2026-11-03T10:00:00+02:00"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct date date;
        g_assert_true(date_parse(rows[i].text, rows[i].stated, &date));
        g_autofree char *iso = date_iso(&date);
        g_assert_cmpstr(iso, ==, rows[i].iso);
    }
}

/* Four digits, whatever the time (RFC 3339). */
static void
test_format(void)
{
    g_autofree char *old = date_utc(-62135596800);
    g_assert_cmpstr(old, ==, "0001-01-01T00:00:00Z");
    const struct date date = {.time = -30610224000, .precision = DATE_DAY};
    g_autofree char *day = date_iso(&date);
    g_assert_cmpstr(day, ==, "1000-01-01");
}

#define WEDNESDAY 1795600800 /* 2026-11-25T10:00:00Z, 18:00 at +08:00 */

static char *
near(const char *text, enum date_order order)
{
    struct date date;
    return date_parse_near(text, 480, WEDNESDAY, order, &date) ? date_iso(&date) : g_strdup("none");
}

static void
test_near(void)
{
    static const struct {
        const char *text, *iso;
    } rows[] = {
        {"11-20", "2026-11-20"},
        {"[11-20]", "2026-11-20"},
        {"【11-20】", "2026-11-20"},
        {"11/20", "2026-11-20"},
        {"20.11.", "2026-11-20"},
        {"20.11", "2026-11-20"},
        {"11.20", "2026-11-20"},
        {"20/11", "2026-11-20"},
        {"12-25", "2025-12-25"},
        {"02-29", "2024-02-29"},
        {"11月20日", "2026-11-20"},
        {"11月20日 08:30", "2026-11-20T08:30:00+08:00"},
        {"十一月二十日", "2026-11-20"},
        {"12월 3일", "2025-12-03"},
        {"20 ноя", "2026-11-20"},
        {"20 ноября, 14:30", "2026-11-20T14:30:00+08:00"},
        {"пт, 20 ноября", "2026-11-20"},
        {"Nov 20", "2026-11-20"},
        {"Fri, Nov. 20th", "2026-11-20"},
        {"20 Nov", "2026-11-20"},
        {"20. November", "2026-11-20"},
        {"le 20 novembre", "none"},
        {"mar 3", "2026-03-03"},
        {"mar. 3 nov.", "2026-11-03"},
        {"周五 11-20", "2026-11-20"},
        {"11-25", "2026-11-25"},
        {"11-26", "2025-11-26"},
        {"11-20 08:30", "2026-11-20T08:30:00+08:00"},
        {"14:30", "2026-11-25T14:30:00+08:00"},
        {"23:30", "2026-11-24T23:30:00+08:00"},
        {"2:30 pm", "2026-11-25T14:30:00+08:00"},
        {"3 часа назад", "2026-11-25T15:00:00+08:00"},
        {"час назад", "2026-11-25T17:00:00+08:00"},
        {"5 минут назад", "2026-11-25T17:55:00+08:00"},
        {"2 дня назад", "2026-11-23"},
        {"неделю назад", "2026-11-18"},
        {"вчера", "2026-11-24"},
        {"вчера, 14:30", "2026-11-24T14:30:00+08:00"},
        {"Вчера в 14:30", "2026-11-24T14:30:00+08:00"},
        {"сегодня", "2026-11-25"},
        {"Сегодня, 09:15", "2026-11-25T09:15:00+08:00"},
        {"позавчера", "2026-11-23"},
        {"только что", "2026-11-25T18:00:00+08:00"},
        {"10:15, сегодня", "2026-11-25T10:15:00+08:00"},
        {"3小时前", "2026-11-25T15:00:00+08:00"},
        {"3 小时前", "2026-11-25T15:00:00+08:00"},
        {"半小时前", "2026-11-25T17:30:00+08:00"},
        {"两天前", "2026-11-23"},
        {"十五分钟前", "2026-11-25T17:45:00+08:00"},
        {"2個月前", "2026-09-26"},
        {"昨天", "2026-11-24"},
        {"昨天 08:30", "2026-11-24T08:30:00+08:00"},
        {"今天08:30", "2026-11-25T08:30:00+08:00"},
        {"刚刚", "2026-11-25T18:00:00+08:00"},
        {"前天", "2026-11-23"},
        {"1天前", "2026-11-24"},
        {"3日前", "2026-11-22"},
        {"3時間前", "2026-11-25T15:00:00+08:00"},
        {"yesterday", "2026-11-24"},
        {"Yesterday at 5:30 pm", "2026-11-24T17:30:00+08:00"},
        {"2 hours ago", "2026-11-25T16:00:00+08:00"},
        {"an hour ago", "2026-11-25T17:00:00+08:00"},
        {"about 3 days ago", "2026-11-22"},
        {"1 hour 20 minutes ago", "2026-11-25T17:00:00+08:00"},
        {"2h ago", "2026-11-25T16:00:00+08:00"},
        {"(2 days ago)", "2026-11-23"},
        {"vor 3 Stunden", "2026-11-25T15:00:00+08:00"},
        {"vor einem Tag", "2026-11-24"},
        {"vor 2 Wochen", "2026-11-11"},
        {"gestern, 10:15 Uhr", "2026-11-24T10:15:00+08:00"},
        {"heute", "2026-11-25"},
        {"il y a 3 heures", "2026-11-25T15:00:00+08:00"},
        {"hier à 10h15", "2026-11-24T10:15:00+08:00"},
        {"aujourd'hui", "2026-11-25"},
        {"hace 2 días", "2026-11-23"},
        {"ayer", "2026-11-24"},
        {"3 ore fa", "2026-11-25T15:00:00+08:00"},
        {"há 3 horas", "2026-11-25T15:00:00+08:00"},
        {"2 dni temu", "2026-11-23"},
        {"wczoraj", "2026-11-24"},
        {"3 години тому", "2026-11-25T15:00:00+08:00"},
        {"3시간 전", "2026-11-25T15:00:00+08:00"},
        {"어제", "2026-11-24"},
        {"3 saat önce", "2026-11-25T15:00:00+08:00"},
        {"dün", "2026-11-24"},
        {"3 uur geleden", "2026-11-25T15:00:00+08:00"},
        /* none of them */
        {"2-1", "none"},
        {"30-30", "none"},
        {"hier", "none"},
        {"3 hours", "none"},
        {"in 3 hours", "none"},
        {"today's news", "none"},
        {"page 11-20", "none"},
        {"11-20 more", "none"},
        {"", "none"},
        {"前", "none"},
        {"1:99", "none"},
        {"вчера вечером", "none"},
        {"31.02.", "none"},
        {"今天天气晴朗", "none"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *iso = near(rows[i].text, DATE_ORDER_OPEN);
        if (!g_str_equal(iso, rows[i].iso))
            g_test_fail_printf("'%s': %s instead of %s", rows[i].text, iso, rows[i].iso);
    }
    g_autofree char *day = near("03/11", DATE_DAY_FIRST), *month = near("03/11", DATE_MONTH_FIRST),
                    *dot = near("03.11", DATE_MONTH_FIRST);
    g_assert_cmpstr(day, ==, "2026-11-03");
    g_assert_cmpstr(month, ==, "2026-03-11");
    g_assert_cmpstr(dot, ==, "2026-03-11");
    g_assert_cmpint(date_order_of("20/11"), ==, DATE_DAY_FIRST);
    g_assert_cmpint(date_order_of("[11-20]"), ==, DATE_MONTH_FIRST);
    g_assert_cmpint(date_order_of("03-11"), ==, DATE_ORDER_OPEN);
    g_assert_cmpint(date_order_of("Nov 20"), ==, DATE_ORDER_OPEN);
}

static void
test_pieces(void)
{
    static const struct {
        const char *text, *iso;
    } rows[] = {
        {"20 2026.11", "2026-11-20"},
        {"2026-11 20", "2026-11-20"},
        {"20 2026年11月", "2026-11-20"},
        {"11-20 2026", "2026-11-20"},
        {"2026 11-20", "2026-11-20"},
        {"20 ноя", "2026-11-20"},
        {"20 Nov", "2026-11-20"},
        {"Nov 20", "2026-11-20"},
        {"Nov 20 2025", "2025-11-20"},
        {"20 Nov 2025", "2025-11-20"},
        {"20 11月", "2026-11-20"},
        {"11月 20", "2026-11-20"},
        {"11月 20日 2025年", "2025-11-20"},
        {"20 11.2026", "2026-11-20"},
        {"20 / 11", "2026-11-20"},
        {"2025 11 20", "2025-11-20"},
        {"Fri 20 Nov", "2026-11-20"},
        {"20 2026 / 11", "2026-11-20"},
        {"20th November", "2026-11-20"},
        {"05 Dez", "2025-12-05"},
        {"20", "none"},
        {"2026 11", "none"},
        {"20 Nov 21", "none"},
        {"31 2026.11", "none"},
        {"20 2026.11 12 13", "none"},
        {"20 persons", "none"},
        {"", "none"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct date date;
        g_autofree char *iso =
            date_parse_pieces(rows[i].text, 480, WEDNESDAY, DATE_ORDER_OPEN, &date)
                ? date_iso(&date)
                : g_strdup("none");
        if (!g_str_equal(iso, rows[i].iso))
            g_test_fail_printf("'%s': %s instead of %s", rows[i].text, iso, rows[i].iso);
    }
}

static void
test_find(void)
{
    struct date date;
    gsize start, end;
    g_assert_true(
        date_find("来源：北岭日报 时间：2025-10-08 09:20 阅读 12", 480, &date, &start, &end));
    g_autofree char *iso = date_iso(&date);
    g_assert_cmpstr(iso, ==, "2025-10-08T09:20:00+08:00");
    g_assert_false(date_find("on the 22nd the meeting was held in May", 480, &date, NULL, NULL));
    g_assert_false(date_find("phone 8-800-555-35-35", 480, &date, NULL, NULL));
}

static void
test_plausible(void)
{
    struct date date = {.time = 1760000000, .precision = DATE_DAY};
    g_assert_true(date_is_plausible(&date, 1760000000));
    date.time += 3 * 86400;
    g_assert_false(date_is_plausible(&date, 1760000000));
    date.time = 0;
    g_assert_false(date_is_plausible(&date, 1760000000));
}

/* Zones by place come from the system's tables, which a small machine may lack. */
static void
test_places(void)
{
    g_autoptr(GTimeZone) there = g_time_zone_new_identifier("America/New_York");
    if (!there) {
        g_test_skip("no zone tables (tzdata)");
        return;
    }
    struct date date;
    g_assert_true(date_parse("Thu, 25 Feb 2016 00:00:00 Europe/Brussels", 0, &date));
    g_assert_cmpint(date.time, ==, 1456354800);
    g_assert_true(date_parse("2016-07-25 00:00:00 Europe/Brussels", 0, &date));
    g_assert_cmpint(date.offset, ==, 120);
    g_assert_true(date_parse("2016-01-25 00:00 America/New_York", 0, &date));
    g_assert_cmpint(date.offset, ==, -300);
    g_assert_true(date_parse("2016-01-25 00:00 Nowhere/Special", 0, &date) == false ||
                  date.offset == 0);
}

void
add_tests(void)
{
    g_test_add_func("/date/parse", test_parse);
    g_test_add_func("/date/zones", test_zones);
    g_test_add_func("/date/format", test_format);
    g_test_add_func("/date/near", test_near);
    g_test_add_func("/date/pieces", test_pieces);
    g_test_add_func("/date/find", test_find);
    g_test_add_func("/date/plausible", test_plausible);
    g_test_add_func("/date/places", test_places);
}
