/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a date to come is of which no rule speaks: how it stands there (until, from, a stretch,
 * alone) says what it may be, and the nearest of the words that go with each meaning says which.
 */
#include "config.h"

#include "text/agenda-parts.h"
#include "text/date.h"
#include "text/street.h"

#include <string.h>

/* Letters; a word farther away says nothing.  Tuned on tests/notices/building.tsv and made.tsv. */
#define FARTHEST 90
/* What a boundary between a word and the date counts, in letters. */
#define BOUNDARY 30
#define OTHER    40
/* Days ahead as far as a day is believed whose year is not written. */
#define AHEAD 150

enum form { ALONE, UNTIL, FROM, DAYS, HOURS };

#define CUE(language, meaning, pattern)
#define FORM(language, form, pattern) {language, form, pattern},
static const struct {
    const char *language;
    enum form form;
    const char *pattern;
} forms[] = {
#include "text/agenda-cues.def"
};
#undef CUE
#undef FORM

#define FORM(language, form, pattern)
#define CUE(language, meaning, pattern) {language, meaning, pattern},
static const struct {
    const char *language;
    enum meaning meaning;
    const char *pattern;
} cues[] = {
#include "text/agenda-cues.def"
};

static const GRegex *
form_regex(size_t i)
{
    static GRegex *compiled[G_N_ELEMENTS(forms)];
    return agenda_regex(&compiled[i], forms[i].pattern);
}

static const GRegex *
cue_regex(size_t i)
{
    static GRegex *compiled[G_N_ELEMENTS(cues)];
    return agenda_regex(&compiled[i], cues[i].pattern);
}

/* The masked sentence with all dates but one as \002, and where that one stands. */
static char *
single_out(const char *masked, guint number, gsize *place)
{
    char *single = g_strdup(masked);
    guint n = 0;
    for (char *p = single; *p; p++) {
        if (*p != '\001')
            continue;
        if (n++ == number)
            *place = (gsize)(p - single);
        else
            *p = '\002';
    }
    return single;
}

static enum form
form_of(const char *language, const char *single, const struct date_stretch *date)
{
    if (date_is_known(&date->to))
        return agenda_day(&date->from) == agenda_day(&date->to) ? HOURS : DAYS;
    for (size_t i = 0; i < G_N_ELEMENTS(forms); i++)
        if (!strcmp(forms[i].language, language) && g_regex_match(form_regex(i), single, 0, NULL))
            return forms[i].form;
    return ALONE;
}

/* How far two places are apart, in letters and what stands between. */
static guint
distance(const char *from, const char *to)
{
    guint sum = 0;
    for (const char *p = from; p < to; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        /* an ideograph is half a word */
        sum += c == '\002'                                          ? OTHER
               : c == ';' || c == 0xff1b || c == 0x3002             ? BOUNDARY
               : c == ',' || c == 0xff0c || c == ':' || c == 0xff1a ? 6
               : c >= 0x2e80                                        ? 3
                                                                    : 1;
    }
    return sum;
}

/* The meaning of the nearest word; VETO: there is none. */
static bool
nearest(const char *language, const char *single, gsize place, enum meaning *meaning)
{
    guint best = FARTHEST;
    bool any = false;
    for (size_t i = 0; i < G_N_ELEMENTS(cues); i++) {
        if (strcmp(cues[i].language, language))
            continue;
        g_autoptr(GMatchInfo) match = NULL;
        g_regex_match(cue_regex(i), single, 0, &match);
        for (int start, end; g_match_info_matches(match); g_match_info_next(match, NULL)) {
            g_match_info_fetch_pos(match, 0, &start, &end);
            guint far = (gsize)start < place
                            ? distance(single + MIN((gsize)end, place), single + place)
                            : distance(single + place + 1, single + start);
            if (far >= best)
                continue;
            best = far;
            *meaning = cues[i].meaning;
            any = true;
        }
    }
    return any;
}

bool
agenda_has_cues(const char *language)
{
    for (size_t i = 0; i < G_N_ELEMENTS(cues); i++)
        if (!strcmp(cues[i].language, language))
            return true;
    return false;
}

enum meaning
agenda_topic(const char *language, const char *above)
{
    enum meaning meaning = VETO;
    g_autofree char *what = street_leave_out(above, false);
    return nearest(language, what, strlen(what), &meaning) ? meaning : VETO;
}

unsigned
agenda_says(const char *language, const char *text)
{
    unsigned said = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(cues); i++)
        if (!strcmp(cues[i].language, language) && g_regex_match(cue_regex(i), text, 0, NULL))
            said |= 1u << cues[i].meaning;
    return said;
}

enum meaning
agenda_in_row(const struct agenda_finder *finder, const struct date_stretch *date,
              enum meaning meaning)
{
    bool hours = date_is_known(&date->to) && agenda_day(&date->from) == agenda_day(&date->to);
    if (hours && meaning == EVENT && (finder->topic == BEGINS || finder->topic == ENDS))
        return BEGINS;
    return hours && meaning == BEGINS && finder->topic == EVENT ? EVENT : meaning;
}

enum meaning
agenda_settle(const struct agenda_finder *finder, const char *masked, guint number,
              const struct date_stretch *date, enum meaning meaning)
{
    if (meaning != EVENT || date_is_known(&date->to) || g_str_equal(finder->language, "zh"))
        return meaning;
    gsize place = 0;
    g_autofree char *single = single_out(masked, number, &place);
    return form_of(finder->language, single, date) == UNTIL ? ENDS : meaning;
}

bool
agenda_guess(const struct agenda_finder *finder, const char *masked, guint number,
             const struct date_stretch *date, enum meaning *meaning)
{
    int64_t ahead = agenda_day(&date->from) - finder->day;
    if (ahead < 1 || date->rough || (date->assumed && ahead > AHEAD))
        return false;
    gsize place = 0;
    g_autofree char *single = single_out(masked, number, &place);
    enum form form = form_of(finder->language, single, date);
    enum meaning said = VETO;
    bool any = nearest(finder->language, single, place, &said);
    if (any && said == VETO)
        return false;
    static const enum meaning without[] = {
        [UNTIL] = DEADLINE, [FROM] = BEGINS, [DAYS] = BEGINS, [HOURS] = EVENT, [ALONE] = EVENT};
    if (!any) {
        *meaning = without[form];
        return form != ALONE || date->from.precision != DATE_DAY;
    }
    *meaning = form == UNTIL   ? said == DEADLINE ? DEADLINE : ENDS
               : form == FROM  ? BEGINS
               : form == ALONE ? said
               : said == ENDS  ? BEGINS
                               : said;
    return true;
}
