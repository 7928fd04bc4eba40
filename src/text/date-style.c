/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Deciding how a document writes its dates. A number above 12 says where the day stands; else
 * dates of a list that go one way in one order and to and fro in the other; else the region of the
 * language, where it says more than the program that made the page: "en" and "en-US" are what many
 * programs write unless somebody changes it, so that the country of the address counts more than
 * they do.
 */
#include "config.h"

#include "text/date-style.h"
#include "text/date-months.h"
#include "text/date-zone.h"
#include "text/date.h"

#include <string.h>

static const struct region {
    char domain[3], language[4];
    const char *zone; /* "": its people's clocks differ */
    int minutes;      /* in winter */
    enum date_order order;
    bool generic;
} regions[] = {
#define REGION(domain, language, zone, minutes, order, generic) \
    {domain, language, zone, minutes, order, generic},
#define ORDER(language, order)
#define DOMAIN(name, domain)
#include "text/regions.def"
#undef REGION
#undef ORDER
#undef DOMAIN
};

static const struct {
    const char *language;
    enum date_order order;
} orders[] = {
#define REGION(domain, language, zone, minutes, order, generic)
#define ORDER(language, order) {language, order},
#define DOMAIN(name, domain)
#include "text/regions.def"
#undef REGION
#undef ORDER
#undef DOMAIN
};

static const struct {
    const char *name, *domain;
} domains[] = {
#define REGION(domain, language, zone, minutes, order, generic)
#define ORDER(language, order)
#define DOMAIN(name, domain) {name, domain},
#include "text/regions.def"
#undef REGION
#undef ORDER
#undef DOMAIN
};

/* --- zones ----------------------------------------------------------------------------------- */

bool
date_style_set_zone(struct date_style *style, const char *text)
{
    int minutes = 0;
    bool place = strchr(text, '/') && strlen(text) < 60 && date_zone_named(text);
    if (!place && !date_parse_offset(text, &minutes))
        return false;
    style->offset = minutes;
    style->zone = place ? g_intern_string(text) : NULL;
    style->zoned = true;
    return true;
}

static void
settle_zone(struct date_style *style, const struct region *region, const char *dated)
{
    struct date date;
    bool stated = dated && date_parse(dated, DATE_AT(0), &date) && date.zoned && date.offset;
    struct date_style home = {0};
    if (region && *region->zone) {
        home.zone = region->zone;
        home.offset = region->minutes;
    }
    /* the summer of one date is not that of all */
    bool same = stated && date_style_offset(&home, date.time) == date.offset;
    if (stated && !same)
        home = (struct date_style){.offset = date.offset};
    style->zone = home.zone;
    style->offset = home.offset;
    style->zoned = stated || (region && *region->zone);
}

/* --- regions --------------------------------------------------------------------------------- */

/* The host of a URL, in lower case, without login and port; NULL when it has none. */
static char *
host_of(const char *url)
{
    const char *start = url ? strstr(url, "://") : NULL;
    if (!start)
        return NULL;
    start += 3;
    g_autofree char *authority = g_strndup(start, strcspn(start, "/?#"));
    char *login = strrchr(authority, '@'), *host = login ? login + 1 : authority;
    host[strcspn(host, ":")] = '\0';
    gsize length = strlen(host);
    if (length && host[length - 1] == '.')
        host[length - 1] = '\0';
    return g_utf8_validate(host, -1, NULL) ? g_utf8_strdown(host, -1) : NULL;
}

/* Whether a name below a domain that is sold to everybody is one of the country: "x.gov.tv". */
static bool
is_official(const char *host, const char *top)
{
    static const char *const names[] = {"gov", "gob", "gouv", "govt", "go",  "mil", "edu",
                                        "ac",  "com", "co",   "org",  "net", NULL};
    g_autofree char *below = g_strndup(host, (gsize)(top - 1 - host));
    const char *dot = strrchr(below, '.');
    return dot && g_strv_contains(names, dot + 1);
}

static const struct region *
region_of(const char *url)
{
    g_autofree char *host = host_of(url);
    const char *top = host ? strrchr(host, '.') : NULL;
    if (!top)
        return NULL;
    const char *domain = ++top;
    for (size_t i = 0; i < G_N_ELEMENTS(domains); i++)
        if (g_str_equal(domains[i].name, top))
            domain = domains[i].domain;
    for (size_t i = 0; i < G_N_ELEMENTS(regions); i++)
        if (g_str_equal(regions[i].domain, domain))
            return regions[i].generic && !is_official(host, top) ? NULL : &regions[i];
    return NULL;
}

/* A language and its region, "zh-hk"; without a region where the tag has none. */
static char *
short_tag(const char *tag)
{
    g_autofree char *lower = g_ascii_strdown(tag, -1);
    g_strdelimit(lower, "_", '-');
    g_auto(GStrv) parts = g_strsplit(lower, "-", 4);
    for (char **part = parts + (*parts != NULL); *part; part++)
        if (strlen(*part) == 2 || g_ascii_isdigit(**part))
            return g_strdup_printf("%s-%s", parts[0], *part);
    return g_strdup(parts[0] ? parts[0] : "");
}

static enum date_order
order_of_tag(const char *tag)
{
    for (size_t i = 0; i < G_N_ELEMENTS(orders); i++)
        if (g_str_equal(orders[i].language, tag))
            return orders[i].order;
    const char *region = strchr(tag, '-');
    g_autofree char *language = region ? g_strndup(tag, (gsize)(region - tag)) : NULL;
    /* English of a region that is not in the table */
    if (language && g_str_equal(language, "en"))
        return DATE_DAY_FIRST;
    return language ? order_of_tag(language) : DATE_DAY_FIRST;
}

static enum date_order
order_of_region(const char *language, const char *locale, const struct region *region)
{
    if (!language && !locale)
        return region ? region->order : DATE_ORDER_OPEN;
    g_autofree char *tag = short_tag(language ? language : locale),
                    *other = locale ? short_tag(locale) : NULL;
    if (other && !strchr(tag, '-') && strchr(other, '-') && g_str_has_prefix(other, tag) &&
        other[strlen(tag)] == '-') {
        g_free(tag);
        tag = g_steal_pointer(&other);
    }
    bool default_of_programs = g_str_equal(tag, "en") || g_str_equal(tag, "en-us");
    bool own = region && !strchr(tag, '-') && g_str_equal(region->language, tag);
    bool told = region && (region->order == DATE_DAY_FIRST || region->order == DATE_MONTH_FIRST);
    return told && (default_of_programs || own) ? region->order : order_of_tag(tag);
}

/* --- dates together -------------------------------------------------------------------------- */

static guint
digits_at(const char *p, const char *end, guint *value)
{
    guint count = 0;
    for (*value = 0; p + count < end && g_ascii_isdigit(p[count]) && count < 5; count++)
        *value = *value * 10 + (guint)(p[count] - '0');
    return count;
}

static void
vote(struct date_votes *v, guint year, guint digits, guint first, guint second)
{
    bool day = first > 12 && second <= 12, month = second > 12 && first <= 12;
    if (!first || !second || first > 31 || second > 31 || (first > 12 && second > 12))
        return;
    if (digits == 4) {
        v->day_first += day;
        v->month_first += month;
    } else {
        v->short_day_first += day;
        v->short_month_first += month;
    }
    if (v->count < DATE_MAX_VOTES)
        v->dates[v->count++] =
            (struct date_numbers){(guint16)year, (uint8_t)first, (uint8_t)second};
}

/* "21/12/2020" at a digit: the bytes of it, 0 when it is none. */
static gsize
take_numbers(struct date_votes *v, const char *p, const char *end)
{
    guint first, second, year;
    guint a = digits_at(p, end, &first);
    const char *q = p + a;
    if (a > 2 || q >= end || !strchr("/-.", *q) || !*q)
        return 0;
    char sign = *q++;
    guint b = digits_at(q, end, &second);
    q += b;
    if (!b || b > 2 || q >= end || *q != sign)
        return 0;
    guint c = digits_at(++q, end, &year);
    q += c;
    bool more = q < end && (*q == sign && q + 1 < end && g_ascii_isdigit(q[1]));
    if ((c != 2 && c != 4) || more || (c == 4 && (year < 1900 || year > 2199)))
        return 0;
    vote(v, year, c, first, second);
    return (gsize)(q - p);
}

static void
count_script(struct date_votes *v, guchar lead, guchar next)
{
    if (lead >= 0xe4 && lead <= 0xe9)
        v->han++;
    else if (lead >= 0xea && lead <= 0xed)
        v->hangul++;
    else if (lead == 0xe3 && next >= 0x81 && next <= 0x83)
        v->kana++;
    else
        v->letters++;
}

void
date_votes_add(struct date_votes *v, const char *text, gsize length)
{
    const char *end = text + length;
    for (const char *p = text; p < end;) {
        guchar c = (guchar)*p;
        if (c >= 0xc2) {
            count_script(v, c, p + 1 < end ? (guchar)p[1] : 0);
            p++;
        } else if (!g_ascii_isdigit(c)) {
            v->letters += g_ascii_isalpha(c);
            p++;
        } else {
            gsize date = p == text || !strchr("./-", p[-1]) ? take_numbers(v, p, end) : 0;
            p += date;
            while (!date && p < end && g_ascii_isdigit(*p))
                p++;
        }
    }
}

/* How often dates turn from rising to falling or back, in thousandths of their steps. */
static guint
turns(const struct date_votes *v, bool day_first)
{
    guint up = 0, down = 0;
    long last = 0;
    for (guint i = 0; i < v->count; i++) {
        const struct date_numbers *n = &v->dates[i];
        long day = n->year * 10000L +
                   (day_first ? n->second * 100L + n->first : n->first * 100L + n->second);
        up += i && day > last;
        down += i && day < last;
        last = day;
    }
    return up + down ? 1000 * MIN(up, down) / (up + down) : 0;
}

/*
 * The fewest steps that a list goes one way by more than chance: five coins fall alike in 1 of 16.
 */
#define MIN_STEPS 4
/* of 1000 steps, how many may turn; one date of another kind beside ten of a list does so twice */
#define MAX_TURNS 100
#define MIN_TURNS 250

static enum date_order
order_of_votes(const struct date_votes *v, bool short_years)
{
    guint day = v->day_first, month = v->month_first;
    if (!day && !month && short_years) {
        day = v->short_day_first;
        month = v->short_month_first;
    }
    if (day || month) /* of both kinds on one page, one is a stranger */
        return day >= 4 * month   ? DATE_DAY_FIRST
               : month >= 4 * day ? DATE_MONTH_FIRST
                                  : DATE_ORDER_OPEN;
    if (v->count <= MIN_STEPS)
        return DATE_ORDER_OPEN;
    guint by_day = turns(v, true), by_month = turns(v, false);
    return by_day <= MAX_TURNS && by_month >= MIN_TURNS   ? DATE_DAY_FIRST
           : by_month <= MAX_TURNS && by_day >= MIN_TURNS ? DATE_MONTH_FIRST
                                                          : DATE_ORDER_OPEN;
}

/* The language of scripts that have one, "ja", "ko", "zh"; NULL for the others. */
static const char *
language_of_script(const struct date_votes *v)
{
    gsize east = v->han + v->kana + v->hangul;
    if (!east || east * 3 < v->letters)
        return NULL;
    return v->kana * 10 > east ? "ja" : v->hangul * 3 > east ? "ko" : "zh";
}

void
date_style_settle(struct date_style *style, const struct date_evidence *e)
{
    const struct region *region = region_of(e->url);
    const char *language = e->language && *e->language ? e->language : NULL;
    if (!language && e->votes)
        language = language_of_script(e->votes);
    if (!style->home && region)
        style->home = date_language(region->language);
    if (!style->language)
        style->language = language ? date_language(language) : style->home;
    if (!style->zoned)
        settle_zone(style, region, e->dated);
    if (style->order != DATE_ORDER_OPEN)
        return;
    enum date_order usual = order_of_region(language, e->locale, region);
    /* where the year is first, one date with the year last is a stranger */
    bool east = usual == DATE_YEAR_FIRST;
    if (e->votes && (!east || e->votes->day_first + e->votes->month_first > 1))
        style->order = order_of_votes(e->votes, !east);
    if (style->order == DATE_ORDER_OPEN)
        style->order = usual;
}
