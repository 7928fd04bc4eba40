/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The names of zones that feeds write, offsets, and places of the system's zone tables. */
#include "config.h"

#include "text/date-zone.h"

#include <string.h>

static const struct date_zone_meaning zones[] = {
    {"utc", 0},     {"gmt", 0},     {"ut", 0},     {"z", 0},      {"wet", 0},    {"west", 60},
    {"cet", 60},    {"met", 60},    {"mez", 60},   {"cest", 120}, {"mest", 120}, {"mesz", 120},
    {"eet", 120},   {"eest", 180},  {"msk", 180},  {"мск", 180},  {"msd", 240},  {"trt", 180},
    {"et", -300},   {"ct", -360},   {"mt", -420},  {"pt", -480},  {"mdt", -360}, {"pdt", -420},
    {"akst", -540}, {"akdt", -480}, {"hst", -600}, {"adt", -180}, {"nst", -210}, {"ndt", -150},
    {"brt", -180},  {"art", -180},  {"clt", -240}, {"cot", -300}, {"pet", -300}, {"uyt", -180},
    {"jst", 540},   {"kst", 540},   {"hkt", 480},  {"sgt", 480},  {"pht", 480},  {"myt", 480},
    {"ict", 420},   {"wib", 420},   {"wita", 480}, {"wit", 540},  {"pkt", 300},  {"npt", 345},
    {"irst", 210},  {"uzt", 300},   {"azt", 240},  {"samt", 240}, {"yekt", 300}, {"omst", 360},
    {"krat", 420},  {"novt", 420},  {"irkt", 480}, {"yakt", 540}, {"vlat", 600}, {"magt", 660},
    {"pett", 720},  {"aest", 600},  {"aedt", 660}, {"acst", 570}, {"acdt", 630}, {"awst", 480},
    {"nzst", 720},  {"nzdt", 780},  {"sast", 120}, {"eat", 180},  {"cat", 120},  {"wat", 60},
};

/*
 * Names that several parts of the world use for zones of their own; the first meaning is the one
 * that is usual.
 */
static const struct date_zone_meaning
    cst[] = {{"cst", -360}, {"cst", 480}, {"cst", 570}, {NULL, 0}},
    cdt[] = {{"cdt", -300}, {"cdt", 630}, {"cdt", 540}, {NULL, 0}},
    est[] = {{"est", -300}, {"est", 600}, {NULL, 0}},
    edt[] = {{"edt", -240}, {"edt", 660}, {NULL, 0}},
    ist[] = {{"ist", 330}, {"ist", 60}, {"ist", 120}, {NULL, 0}},
    bst[] = {{"bst", 60}, {"bst", 360}, {"bst", 660}, {NULL, 0}},
    mst[] = {{"mst", -420}, {"mst", 480}, {"mst", 390}, {NULL, 0}},
    pst[] = {{"pst", -480}, {"pst", 480}, {NULL, 0}},
    ast[] = {{"ast", -240}, {"ast", 180}, {NULL, 0}},
    wst[] = {{"wst", 480}, {"wst", 780}, {NULL, 0}},
    gst[] = {{"gst", 240}, {"gst", 600}, {NULL, 0}},
    sst[] = {{"sst", -660}, {"sst", 480}, {NULL, 0}},
    amt[] = {{"amt", -240}, {"amt", 240}, {NULL, 0}};
static const struct date_zone_meaning *const shared[] = {cst, cdt, est, edt, ist, bst, mst,
                                                         pst, ast, wst, gst, sst, amt};

/* "Europe/Brussels": the offset that the system's zone tables give for that moment. */
static bool
take_place(const struct token **at, const struct date_local *local, int *minutes)
{
    const struct token *t = *at;
    if (!token_is_word(t,
                       "africa america antarctica asia atlantic australia europe indian pacific") ||
        !token_is_sign(t + 1, '/') || t[2].kind != WORD)
        return false;
    g_autoptr(GString) name = g_string_new(NULL);
    for (bool more = true; more;
         more = (token_is_sign(t, '/') || token_is_sign(t, '_')) && t[1].kind == WORD) {
        if (name->len)
            g_string_append_c(name, (char)t++->sign);
        g_string_append(name, t->word);
        name->str[name->len - strlen(t->word)] = g_ascii_toupper(t->word[0]);
        t++;
    }
    g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(name->str);
    g_autoptr(GDateTime)
        moment = !zone ? NULL
                       : g_date_time_new(zone, local->year, local->month, local->day,
                                         local->hour % 24, local->minute, MIN(local->second, 59));
    if (!moment)
        return false;
    *minutes = (int)(g_date_time_get_utc_offset(moment) / G_TIME_SPAN_MINUTE);
    *at = t;
    return true;
}

/* "+0800", "+8", "-03:30"; the tokens after it, or NULL. */
static const struct token *
take_offset(const struct token *t, int *minutes)
{
    int sign = token_is_sign(t, '+') ? 1 : -1, hours = t[1].value, rest = 0;
    bool four = t[1].digits > 2;
    if (four) {
        hours = t[1].value / 100;
        rest = t[1].value % 100;
    }
    t += 2;
    if (!four && token_is_sign(t, ':') && t[1].kind == NUMBER && t[1].digits == 2) {
        rest = t[1].value;
        t += 2;
    }
    if (hours > 15 || rest > 59)
        return NULL;
    *minutes = sign * (hours * 60 + rest);
    return t;
}

bool
date_zone(const struct token **at, const struct date_local *local, int *minutes,
          const struct date_zone_meaning **meanings)
{
    *meanings = NULL;
    if (take_place(at, local, minutes))
        return true;
    const struct token *t = *at;
    bool paren = token_is_sign(t, '('), named = false;
    int offset = 0;
    t += paren;
    if (t->kind == WORD) {
        for (size_t i = 0; i < G_N_ELEMENTS(zones) && !named; i++) {
            named = g_str_equal(zones[i].name, t->word);
            if (named)
                offset = zones[i].minutes;
        }
        for (size_t i = 0; i < G_N_ELEMENTS(shared) && !named; i++) {
            named = g_str_equal(shared[i]->name, t->word);
            if (named) {
                offset = shared[i]->minutes;
                *meanings = shared[i];
            }
        }
        if (!named)
            return false;
        t++;
    }
    if ((token_is_sign(t, '+') || token_is_sign(t, '-')) && t[1].kind == NUMBER && !t[1].space &&
        t[1].digits <= 4 && (!named || offset == 0)) { /* "GMT+3" */
        t = take_offset(t, &offset);
        if (!t)
            return false;
        named = true;
    }
    if (!named)
        return false;
    *minutes = offset;
    *at = t + (paren && token_is_sign(t, ')'));
    return true;
}

/* --- of a style --------------------------------------------------------------------------- */

GTimeZone *
date_zone_named(const char *identifier)
{
    static GMutex mutex;
    static GHashTable *known;
    g_mutex_lock(&mutex);
    if (!known)
        known = g_hash_table_new(g_str_hash, g_str_equal);
    gpointer zone = NULL;
    if (!g_hash_table_lookup_extended(known, identifier, NULL, &zone)) {
        zone = g_time_zone_new_identifier(identifier);
        g_hash_table_insert(known, g_strdup(identifier), zone);
    }
    g_mutex_unlock(&mutex);
    return zone;
}

void
date_zone_keep_all(void)
{
    const char *folder = g_getenv("TZDIR");
    g_autofree char *file = NULL,
                    *path = g_build_filename(folder && *folder ? folder : "/usr/share/zoneinfo",
                                             "tzdata.zi", NULL);
    if (!g_file_get_contents(path, &file, NULL, NULL))
        return;
    g_auto(GStrv) lines = g_strsplit(file, "\n", -1);
    for (char **line = lines; *line; line++) {
        g_auto(GStrv) words = g_strsplit(*line, " ", 4);
        guint count = g_strv_length(words);
        if (count >= 2 && g_str_equal(words[0], "Z"))
            date_zone_named(words[1]);
        else if (count >= 3 && g_str_equal(words[0], "L"))
            date_zone_named(words[2]);
    }
}

static int
minutes_of(GDateTime *moment)
{
    return (int)(g_date_time_get_utc_offset(moment) / G_TIME_SPAN_MINUTE);
}

int
date_style_offset(const struct date_style *style, int64_t time)
{
    GTimeZone *zone = style->zone ? date_zone_named(style->zone) : NULL;
    g_autoptr(GDateTime) utc = zone ? g_date_time_new_from_unix_utc(time) : NULL;
    g_autoptr(GDateTime) local = utc ? g_date_time_to_timezone(utc, zone) : NULL;
    return local ? minutes_of(local) : style->offset;
}

int
date_style_local_offset(const struct date_style *style, const struct date_local *local)
{
    GTimeZone *zone = style->zone ? date_zone_named(style->zone) : NULL;
    g_autoptr(GDateTime)
        moment = zone ? g_date_time_new(zone, local->year, local->month, local->day,
                                        local->hour % 24, local->minute, MIN(local->second, 59))
                      : NULL;
    return moment ? minutes_of(moment) : style->offset;
}
