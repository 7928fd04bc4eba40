/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dates as feeds and pages write them. */
#include "config.h"

#include <string.h>

#include "text/date.h"
#include "text/date-months.h"
#include "text/date-near.h"
#include "text/date-style.h"
#include "text/date-zone.h"
#include "unit/kit.h"

#define WEDNESDAY 1795600800 /* 2026-11-25T10:00:00Z, 18:00 at +08:00 */

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
    {"12-31-2024", "2024-12-31"},
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
        bool found = date_parse(cases[i].text, DATE_AT(480), &date);
        g_autofree char *iso = found ? date_iso(&date) : NULL;
        if (g_strcmp0(iso, cases[i].iso))
            g_test_message("'%s': %s instead of %s", cases[i].text, iso ? iso : "none",
                           cases[i].iso ? cases[i].iso : "none");
        g_assert_cmpstr(iso, ==, cases[i].iso);
    }
}

/*
 * In the orders, words and numerals of many languages; a language where the words alone do not
 * tell.
 */
static void
test_languages(void)
{
    static const struct {
        const char *language, *text, *iso;
    } rows[] = {
        {"hr", "20. listopada 2026.", "2026-10-20"},
        {"pl", "20 listopada 2026 r.", "2026-11-20"},
        {"cs", "20. listopadu 2026", "2026-11-20"},
        {"uk", "20 листопада 2026 року", "2026-11-20"},
        {"be", "20 лістапада 2026 г.", "2026-11-20"},
        {"", "20 listopada 2026", NULL},
        {"", "2 prosinca 2026", "2026-12-02"},
        {"cs", "1. července 2026", "2026-07-01"},
        {"cs", "1. června 2026", "2026-06-01"},
        {"fi", "14. lokakuuta 2020", "2020-10-14"},
        {"fi", "14. lokakuuta 2020 klo 9.05", "2020-10-14T09:05:00+00:00"},
        {"hu", "2020. október 14.", "2020-10-14"},
        {"hu", "2020. október 14-én", "2020-10-14"},
        {"hu", "2020. X. 14.", "2020-10-14"},
        {"lv", "2020. gada 14. oktobris", "2020-10-14"},
        {"lt", "2020 m. spalio 14 d.", "2020-10-14"},
        {"ca", "14 d'octubre de 2020", "2020-10-14"},
        {"ca", "1 d’abril de 2020", "2020-04-01"},
        {"es", "14 de octubre del 2020", "2020-10-14"},
        {"es", "octubre 14 de 2020", "2020-10-14"},
        {"gl", "14 de outubro de 2020", "2020-10-14"},
        {"pt", "14/out/2020", "2020-10-14"},
        {"vi", "ngày 14 tháng 10 năm 2020", "2020-10-14"},
        {"vi", "14 tháng mười một năm 2020", "2020-11-14"},
        {"vi", "14 tháng 5, 2020", "2020-05-14"},
        {"eu", "2020ko urriaren 14a", "2020-10-14"},
        {"ro", "9 iulie 2020", "2020-07-09"},
        {"bg", "14 януари 2020 г.", "2020-01-14"},
        {"mk", "14 јануари 2020 година", "2020-01-14"},
        {"sr", "14. октобар 2020. године", "2020-10-14"},
        {"el", "14 Οκτωβρίου 2020", "2020-10-14"},
        {"el", "14 ΟΚΤΩΒΡΙΟΥ 2020", "2020-10-14"},
        {"tr", "14 EKİM 2020", "2020-10-14"},
        {"tr", "14 Ağustos 2020", "2020-08-14"},
        {"az", "14 oktyabr 2020-ci il", "2020-10-14"},
        {"kk", "2020 жылғы 14 қазан", "2020-10-14"},
        {"kk", "14 қазан 2020 ж.", "2020-10-14"},
        {"ky", "2020-жылдын 14-октябры", "2020-10-14"},
        {"uz", "2020-yil 14-oktabr", "2020-10-14"},
        {"mn", "2020 оны 10 дугаар сарын 14", "2020-10-14"},
        {"mn", "2020 оны 10-р сарын 14", "2020-10-14"},
        {"mn", "2020 оны аравдугаар сарын 14", "2020-10-14"},
        {"mn", "1-р сарын 1", NULL},
        {"hy", "2020 թ. հոկտեմբերի 14", "2020-10-14"},
        {"ka", "14 ოქტომბერი, 2020", "2020-10-14"},
        {"ka", "2020 წლის 14 ოქტომბერი", "2020-10-14"},
        {"he", "14 באוקטובר 2020", "2020-10-14"},
        {"ar", "14 أكتوبر 2020", "2020-10-14"},
        {"ar", "١٤ اكتوبر ٢٠٢٠", "2020-10-14"},
        {"ar", "14 تشرين الأول 2020", "2020-10-14"},
        {"ar", "14 أكتوبر/تشرين الأول 2020", "2020-10-14"},
        {"ar", "5 كانون الثاني 2021", "2021-01-05"},
        {"ar", "14 جانفي 2021", "2021-01-14"},
        {"ar", "14 من أكتوبر عام 2020", "2020-10-14"},
        {"ar", "14‏/10‏/2020", "2020-10-14"},
        {"ar", "27 صفر 1442", NULL},
        {"fa", "۱۴ اکتبر ۲۰۲۰", "2020-10-14"},
        {"fa", "۲۳ مهر ۱۳۹۹", "2020-10-14"},
        {"fa", "چهارشنبه، ۲۳ مهر ۱۳۹۹", "2020-10-14"},
        {"fa", "1399/07/23", "2020-10-14"},
        {"", "۱۳۹۹/۰۷/۲۳", "2020-10-14"},
        {"fa", "۱ فروردین ۱۴۰۰", "2021-03-21"},
        {"fa", "۳۰ اسفند ۱۴۰۳", "2025-03-20"},
        {"fa", "1404/01/01", "2025-03-21"},
        {"ur", "14 اکتوبر 2020ء", "2020-10-14"},
        {"hi", "08 अक्टूबर 2020", "2020-10-08"},
        {"hi", "८ फ़रवरी २०२०", "2020-02-08"},
        {"bn", "১৪ অক্টোবর ২০২০", "2020-10-14"},
        {"ta", "14 அக்டோபர், 2020", "2020-10-14"},
        {"te", "14 అక్టోబర్, 2020", "2020-10-14"},
        {"ml", "2020, ഒക്‌ടോബർ 14", "2020-10-14"},
        {"si", "2020 ඔක්තෝබර් 14", "2020-10-14"},
        {"th", "14 ตุลาคม 2563", "2020-10-14"},
        {"th", "14 ตุลาคม พ.ศ. 2563", "2020-10-14"},
        {"th", "14 ต.ค. 63", "2020-10-14"},
        {"th", "14 มิ.ย. 2563", "2020-06-14"},
        {"th", "๑๔ ตุลาคม ๒๕๖๓", "2020-10-14"},
        {"th", "14/10/2563", "2020-10-14"},
        {"lo", "14 ຕຸລາ 2020", "2020-10-14"},
        {"km", "ថ្ងៃទី ១៤ ខែ តុលា ឆ្នាំ ២០២០", "2020-10-14"},
        {"km", "ថ្ងៃទី១៤ ខែតុលា ឆ្នាំ២០២០", "2020-10-14"},
        {"my", "၂၀၂၀ ခုနှစ်၊ အောက်တိုဘာလ ၁၄ ရက်", "2020-10-14"},
        {"am", "14 ኦክቶበር 2020", "2020-10-14"},
        {"id", "9 Agustus 2020", "2020-08-09"},
        {"ms", "9 Mac 2020", "2020-03-09"},
        {"", "9 Mac 2020", NULL},
        {"en", "12 Pro 2020", NULL},
        {"hr", "12. pro 2020.", "2020-12-12"},
        {"fil", "ika-14 ng Oktubre 2020", "2020-10-14"},
        {"sw", "14 Oktoba 2020", "2020-10-14"},
        {"nn", "14. desember 2020", "2020-12-14"},
        {"sv", "den 14:e oktober 2020", "2020-10-14"},
        {"is", "14. október 2020", "2020-10-14"},
        {"et", "14. oktoober 2020", "2020-10-14"},
        {"mt", "14 ta' Ottubru 2020", "2020-10-14"},
        {"ga", "14 Deireadh Fómhair 2020", "2020-10-14"},
        {"cy", "14 Hydref 2020", "2020-10-14"},
        {"eo", "14-a de oktobro 2020", "2020-10-14"},
        {"eo", "2020-oktobro-14", "2020-10-14"},
        {"ru", "14-го октября 2020 года", "2020-10-14"},
        {"de", "14.X.2020", "2020-10-14"},
        {"ja", "令和2年10月14日(水)", "2020-10-14"},
        {"ja", "2020年(令和2年)10月14日", "2020-10-14"},
        {"ja", "R2.10.14", "2020-10-14"},
        {"ca", "9 d’ag. 2021", "2021-08-09"},
        {"he", "14 באוק׳ 2020", "2020-10-14"},
        {"hi", "14 अक्तू॰ 2020", "2020-10-14"},
        {"eu", "2020(e)ko urriaren 14(a)", "2020-10-14"},
        {"ps", "د ۱۳۹۹ د تله ۲۳", "2020-10-14"},
        {"ko", "21. 3. 3.", "2021-03-03"},
        {"th", "14/10/63", "2020-10-14"},
        {"", "٠٩/٠٨/٢٠٢١", "2021-08-09"},
        {"ar", "٢٧/٢/١٤٤٢ هـ", NULL},
        {"ja", "令和2.10.14", "2020-10-14"},
        {"ko", "2020년 5월 20일", "2020-05-20"},
        {"en", "in 2020, 14 October 2021", "2021-10-14"},
        {"en", "© 2019 May 5, 2020", "2020-05-05"},
        {"en", "12/25/2020", "2020-12-25"},
        {"fr", "12-25-2020", "2020-12-25"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        const char *language = rows[i].language;
        const struct date_style style = {.zoned = true,
                                         .language = date_language(language),
                                         .order = g_str_equal(language, "ko") ? DATE_YEAR_FIRST
                                                                              : DATE_ORDER_OPEN};
        struct date date;
        g_autofree char *iso = date_find(rows[i].text, &style, &date, NULL, NULL) ? date_iso(&date)
                                                                                  : NULL;
        if (g_strcmp0(iso, rows[i].iso))
            g_test_message("%s '%s': %s instead of %s", rows[i].language, rows[i].text,
                           iso ? iso : "none", rows[i].iso ? rows[i].iso : "none");
        g_assert_cmpstr(iso, ==, rows[i].iso);
    }
}

/* --- what a document says of all its dates ---------------------------------------------------- */

static struct date_style
settled(const char *language, const char *locale, const char *url, const char *dated,
        const char *text)
{
    static struct date_votes votes;
    memset(&votes, 0, sizeof votes);
    date_votes_add(&votes, text, strlen(text));
    struct date_style style = {0};
    date_style_settle(
        &style,
        &(const struct date_evidence){
            .language = language, .locale = locale, .url = url, .dated = dated, .votes = &votes});
    return style;
}

static void
test_order(void)
{
    static const struct {
        const char *language, *locale, *url, *text;
        enum date_order order;
    } rows[] = {
        /* a number above 12, wherever it stands, whatever the language */
        {"en-US", NULL, NULL, "21/12/2020 04/02/2020", DATE_DAY_FIRST},
        {"de", NULL, NULL, "04/02/2020, 12/21/2020", DATE_MONTH_FIRST},
        {"en", NULL, NULL, "4-2-20 21-12-20", DATE_DAY_FIRST},
        /* of both kinds: the one that is not a stranger */
        {"en", NULL, NULL, "21/12/2020 22/12/2020 23/12/2020 24/12/2020 12/25/2020",
         DATE_DAY_FIRST},
        {"en-AU", NULL, NULL, "21/12/2020 12/25/2020", DATE_DAY_FIRST},
        {"en", NULL, NULL, "21/12/2020 12/25/2020", DATE_ORDER_OPEN},
        /* a list that goes one way */
        {"en", NULL, NULL, "12/10/2020 05/10/2020 11/09/2020 04/09/2020 10/08/2020 03/08/2020",
         DATE_DAY_FIRST},
        {"en", NULL, NULL, "10/12/2020 10/05/2020 09/11/2020 09/04/2020 08/10/2020 08/03/2020",
         DATE_MONTH_FIRST},
        {"en", NULL, NULL, "03/02/2020 04/02/2020", DATE_ORDER_OPEN},
        /* regions */
        {"en-AU", NULL, NULL, "", DATE_DAY_FIRST},
        {"en-NZ", NULL, NULL, "", DATE_DAY_FIRST},
        {"en_GB", NULL, NULL, "", DATE_DAY_FIRST},
        {"en-US", NULL, NULL, "", DATE_MONTH_FIRST},
        {"en-PH", NULL, NULL, "", DATE_MONTH_FIRST},
        {"en-CA", NULL, NULL, "", DATE_ORDER_OPEN},
        {"en", NULL, NULL, "", DATE_ORDER_OPEN},
        {"fr", NULL, NULL, "", DATE_DAY_FIRST},
        {"es-PA", NULL, NULL, "", DATE_MONTH_FIRST},
        {"es", NULL, "https://alcaldia.gob.pa/x", "", DATE_MONTH_FIRST},
        {"es", NULL, "https://alcaldia.gob.pe/x", "", DATE_DAY_FIRST},
        {"zh-Hans-CN", NULL, NULL, "", DATE_YEAR_FIRST},
        {"zh-Hant-HK", NULL, NULL, "", DATE_DAY_FIRST},
        {"hu", NULL, NULL, "", DATE_YEAR_FIRST},
        {"en", "en_GB", NULL, "", DATE_DAY_FIRST},
        {"en", "en_US", NULL, "", DATE_MONTH_FIRST},
        {NULL, "de_AT", NULL, "", DATE_DAY_FIRST},
        /* what programs write unless somebody changes it */
        {"en-US", "en_US", "https://council.example.com.au/news", "", DATE_DAY_FIRST},
        {"en", NULL, "https://council.govt.nz", "", DATE_DAY_FIRST},
        {"en-US", NULL, "https://www.town.ca/", "", DATE_MONTH_FIRST},
        {"en", NULL, "https://www.town.gov/", "", DATE_MONTH_FIRST},
        {"en", NULL, "https://town.example.us:8080/x", "", DATE_MONTH_FIRST},
        {NULL, NULL, "https://user:pw@town.example.it/x?y=.us", "", DATE_DAY_FIRST},
        {NULL, NULL, "https://town.tv/", "", DATE_ORDER_OPEN},
        {NULL, NULL, "https://town.gov.tv/", "", DATE_DAY_FIRST},
        {NULL, NULL, "https://xn--80a.xn--p1ai/", "", DATE_DAY_FIRST},
        {NULL, NULL, "https://127.0.0.1/", "", DATE_ORDER_OPEN},
        {NULL, NULL, NULL, "", DATE_ORDER_OPEN},
        /* scripts */
        {NULL, NULL, NULL, "关于市政府会议的通知 11-05", DATE_YEAR_FIRST},
        {NULL, NULL, NULL, "고시공고 목록입니다 26.02.13", DATE_YEAR_FIRST},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_test_message("%" G_GSIZE_FORMAT ": %s %s", i, rows[i].language ? rows[i].language : "",
                       rows[i].text);
        const struct date_style style =
            settled(rows[i].language, rows[i].locale, rows[i].url, NULL, rows[i].text);
        g_assert_cmpint(style.order, ==, rows[i].order);
    }
}

/* In the order of the document; doubtful where nothing tells it. */
static void
test_ordered(void)
{
    static const struct {
        enum date_order order;
        const char *text, *iso;
        bool ambiguous;
    } rows[] = {
        {DATE_DAY_FIRST, "04/02/2020", "2020-02-04", false},
        {DATE_DAY_FIRST, "12/25/2020", "2020-12-25", false},
        {DATE_MONTH_FIRST, "04-02-2020", "2020-04-02", false},
        {DATE_MONTH_FIRST, "25.12.2020", "2020-12-25", false},
        {DATE_ORDER_OPEN, "04/02/2020", "2020-04-02", true},
        {DATE_ORDER_OPEN, "04-02-2020", "2020-02-04", true},
        {DATE_ORDER_OPEN, "04.02.2020", "2020-02-04", false},
        {DATE_ORDER_OPEN, "02/02/2020", "2020-02-02", false},
        {DATE_ORDER_OPEN, "14/02/2020", "2020-02-14", false},
        {DATE_ORDER_OPEN, "2020-04-02", "2020-04-02", false},
        {DATE_YEAR_FIRST, "20.10.14", "2020-10-14", false},
        {DATE_YEAR_FIRST, "20-10-04", "2020-10-04", false},
        {DATE_DAY_FIRST, "20.10.14", "2014-10-20", false},
        {DATE_YEAR_FIRST, "04/02/2020", "2020-04-02", true},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        const struct date_style style = {.zoned = true, .order = rows[i].order};
        struct date date;
        g_test_message("%s", rows[i].text);
        g_assert_true(date_parse(rows[i].text, &style, &date));
        g_autofree char *iso = date_iso(&date);
        g_assert_cmpstr(iso, ==, rows[i].iso);
        g_assert_cmpint(date.ambiguous, ==, rows[i].ambiguous);
    }
    const struct date_style open = {0}, east = {.order = DATE_YEAR_FIRST};
    struct date date;
    g_assert_true(date_parse_near("11-05", &open, WEDNESDAY, &date) && date.ambiguous);
    g_assert_true(date_parse_near("11-05", &east, WEDNESDAY, &date) && !date.ambiguous);
    g_autofree char *iso = date_iso(&date);
    g_assert_cmpstr(iso, ==, "2026-11-05");
    const struct date_style persian = {.language = date_language("fa")};
    g_assert_true(date_parse_near("۲ آذر", &persian, WEDNESDAY, &date));
    g_autofree char *day = date_iso(&date);
    g_assert_cmpstr(day, ==, "2026-11-23");
    g_assert_true(date_parse_near("۲۹ اسفند", &persian, WEDNESDAY, &date));
    g_autofree char *winter = date_iso(&date);
    g_assert_cmpstr(winter, ==, "2026-03-20");
}

/* Of the country of the address, unless the page states another; with its summers. */
static void
test_home(void)
{
    static const struct {
        const char *url, *dated, *summer, *winter;
        bool zoned;
    } rows[] = {
        {"https://city.example.gov.cn/a", NULL, "2026-07-01T12:00:00+08:00",
         "2026-01-01T12:00:00+08:00", true},
        {"https://stadt.example.de/", NULL, "2026-07-01T12:00:00+02:00",
         "2026-01-01T12:00:00+01:00", true},
        {"https://town.example.com/", NULL, "2026-07-01T12:00:00+00:00",
         "2026-01-01T12:00:00+00:00", false},
        {"https://gorod.example.ru/", NULL, "2026-07-01T12:00:00+00:00",
         "2026-01-01T12:00:00+00:00", false},
        {"https://gorod.example.ru/", "2026-05-01T10:00:00+09:00", "2026-07-01T12:00:00+09:00",
         "2026-01-01T12:00:00+09:00", true},
        {"https://stadt.example.de/", "2026-05-01T10:00:00+02:00", "2026-07-01T12:00:00+02:00",
         "2026-01-01T12:00:00+01:00", true},
        {"https://stadt.example.de/", "2026-05-01T10:00:00+00:00", "2026-07-01T12:00:00+02:00",
         "2026-01-01T12:00:00+01:00", true},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        const struct date_style style = settled(NULL, NULL, rows[i].url, rows[i].dated, "");
        struct date date;
        g_assert_cmpint(style.zoned, ==, rows[i].zoned);
        g_assert_true(date_parse("2026-07-01 12:00:00", &style, &date));
        g_autofree char *summer = date_iso(&date);
        g_assert_cmpstr(summer, ==, rows[i].summer);
        g_assert_true(date_parse("2026-01-01 12:00:00", &style, &date));
        g_autofree char *winter = date_iso(&date);
        g_assert_cmpstr(winter, ==, rows[i].winter);
        g_assert_true(date_parse("2026-07-01", &style, &date));
        g_autofree char *day = date_iso(&date);
        g_assert_cmpstr(day, ==, "2026-07-01");
    }
    struct date_style stated = {0};
    g_assert_true(date_style_set_zone(&stated, "Europe/Warsaw"));
    g_assert_cmpint(date_style_offset(&stated, WEDNESDAY), ==, 60);
    g_assert_true(date_style_set_zone(&stated, "-03:30"));
    g_assert_cmpint(date_style_offset(&stated, WEDNESDAY), ==, -210);
    g_assert_false(date_style_set_zone(&stated, "Europe/Nowhere"));
    g_assert_false(date_style_set_zone(&stated, "noon"));
    g_assert_cmpint(stated.offset, ==, -210);
    date_style_settle(&stated, &(const struct date_evidence){.url = "https://stadt.example.de/"});
    g_assert_cmpint(stated.offset, ==, -210);
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
        g_assert_true(date_parse(rows[i].text, DATE_AT(rows[i].stated), &date));
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

static char *
near(const char *text, enum date_order order)
{
    struct date date;
    const struct date_style style = {.offset = 480, .zoned = true, .order = order};
    return date_parse_near(text, &style, WEDNESDAY, &date) ? date_iso(&date) : g_strdup("none");
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
        g_autofree char *iso = date_parse_pieces(rows[i].text, DATE_AT(480), WEDNESDAY, &date)
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
    g_assert_true(date_find("来源：北岭日报 时间：2025-10-08 09:20 阅读 12", DATE_AT(480), &date,
                            &start, &end));
    g_autofree char *iso = date_iso(&date);
    g_assert_cmpstr(iso, ==, "2025-10-08T09:20:00+08:00");
    g_assert_false(
        date_find("on the 22nd the meeting was held in May", DATE_AT(480), &date, NULL, NULL));
    g_assert_false(date_find("phone 8-800-555-35-35", DATE_AT(480), &date, NULL, NULL));
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
    g_assert_true(date_parse("Thu, 25 Feb 2016 00:00:00 Europe/Brussels", DATE_AT(0), &date));
    g_assert_cmpint(date.time, ==, 1456354800);
    g_assert_true(date_parse("2016-07-25 00:00:00 Europe/Brussels", DATE_AT(0), &date));
    g_assert_cmpint(date.offset, ==, 120);
    g_assert_true(date_parse("2016-01-25 00:00 America/New_York", DATE_AT(0), &date));
    g_assert_cmpint(date.offset, ==, -300);
    g_assert_true(date_parse("2016-01-25 00:00 Nowhere/Special", DATE_AT(0), &date) == false ||
                  date.offset == 0);
}

void
add_tests(void)
{
    g_test_add_func("/date/order", test_order);
    g_test_add_func("/date/ordered", test_ordered);
    g_test_add_func("/date/home", test_home);
    g_test_add_func("/date/languages", test_languages);
    g_test_add_func("/date/parse", test_parse);
    g_test_add_func("/date/zones", test_zones);
    g_test_add_func("/date/format", test_format);
    g_test_add_func("/date/near", test_near);
    g_test_add_func("/date/pieces", test_pieces);
    g_test_add_func("/date/find", test_find);
    g_test_add_func("/date/plausible", test_plausible);
    g_test_add_func("/date/places", test_places);
}
