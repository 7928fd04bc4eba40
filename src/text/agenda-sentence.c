/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A sentence with dates is asked for the words of the table with its dates masked: each is an @,
 * each stretch @~.  The first rule in which a date stands says its role.
 */
#include "config.h"

#include "base/number.h"
#include "base/regex.h"
#include "text/agenda-parts.h"
#include "text/cues.h"
#include "text/date-months.h"
#include "text/date-scan.h"
#include "text/date.h"

#include <string.h>

#define NEXT       12  /* bytes between a verb and the date that follows it */
#define NEXT_YEAR  270 /* days: so far ahead a day without a year is one of this year */
#define STILL_NEWS 31  /* days: what has begun to hold before that is known */

#define RULE(language, meaning, pattern) {language, meaning, pattern},
const struct agenda_rule agenda_rules[] = {
#include "text/agenda.def"
};
#undef RULE
const size_t agenda_rule_count = G_N_ELEMENTS(agenda_rules);

/* --- the table, compiled ----------------------------------------------------------------- */

/* "@" in a pattern is a date of which it speaks; "…" some words without another date, "‥" also with one. */
static GRegex *
compile(const char *pattern)
{
    GString *text = g_string_new(pattern);
    g_string_replace(text, "@", "(?<d>\001)", 0);
    g_string_replace(text, "…", "[^\001;；。]{0,90}?", 0);
    g_string_replace(text, "‥", "[^;；。]{0,140}?", 0);
    g_autoptr(GError) error = NULL;
    GRegex *regex = g_regex_new(text->str, G_REGEX_CASELESS | G_REGEX_DUPNAMES, 0, &error);
    if (!regex)
        g_error("text/agenda.def: %s: %s", pattern, error->message);
    g_string_free(text, TRUE);
    return regex;
}

const GRegex *
agenda_regex(GRegex **where, const char *pattern)
{
    if (g_once_init_enter(where))
        g_once_init_leave(where, compile(pattern));
    return *where;
}

const GRegex *
agenda_rule_regex(size_t rule)
{
    static GRegex *compiled[G_N_ELEMENTS(agenda_rules)];
    return agenda_regex(&compiled[rule], agenda_rules[rule].pattern);
}

/* The words of the rules of a language, NULL when it has none. */
static const struct cues *
cues_of(const char *language)
{
    static struct {
        const char *language;
        struct cues *cues;
    } known[32];
    G_LOCK_DEFINE_STATIC(known);
    G_LOCK(known);
    size_t i = 0;
    while (known[i].cues && !g_str_equal(known[i].language, language))
        i++;
    for (size_t r = 0; !known[i].cues && r < G_N_ELEMENTS(agenda_rules); r++)
        if (g_str_equal(agenda_rules[r].language, language))
            known[i].language = agenda_rules[r].language;
    if (!known[i].cues && known[i].language) {
        known[i].cues = cues_new();
        for (size_t r = 0; r < G_N_ELEMENTS(agenda_rules); r++)
            if (g_str_equal(agenda_rules[r].language, language))
                cues_add(known[i].cues, (guint)r, agenda_rules[r].pattern);
    }
    const struct cues *cues = known[i].cues;
    G_UNLOCK(known);
    return cues;
}

bool
agenda_has_rules(const char *language)
{
    for (size_t r = 0; r < G_N_ELEMENTS(agenda_rules); r++)
        if (g_str_equal(agenda_rules[r].language, language))
            return true;
    return agenda_has_cues(language);
}

bool *
agenda_rules_for(const char *sentence, const char *language)
{
    bool *found = g_new0(bool, G_N_ELEMENTS(agenda_rules));
    const struct cues *cues = cues_of(language);
    if (cues)
        cues_find(cues, sentence, found);
    return found;
}

/* One line, cut at a character. */
char *
agenda_evidence(const char *sentence)
{
    GString *line = g_string_new(NULL);
    bool blank = true;
    for (const char *p = sentence; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (g_unichar_isspace(c)) {
            if (!blank)
                g_string_append_c(line, ' ');
            blank = true;
            continue;
        }
        if (line->len > AGENDA_SENTENCE - 10) {
            g_string_append(line, "…");
            break;
        }
        g_string_append_unichar(line, c);
        blank = false;
    }
    return g_strchomp(g_string_free(line, FALSE));
}

void
agenda_add(struct agenda_finder *finder, enum agenda_role role, const struct date *date,
           bool computed, const char *sentence)
{
    if (!date_is_known(date) || finder->out->len >= AGENDA_MAX)
        return;
    for (guint i = 0; i < finder->out->len; i++) {
        const struct agenda_date *other = g_ptr_array_index(finder->out, i);
        if (other->role == role && other->date.time == date->time &&
            other->date.precision == date->precision)
            return;
    }
    struct agenda_date *found = g_new0(struct agenda_date, 1);
    *found = (struct agenda_date){role, *date, computed, agenda_evidence(sentence)};
    g_ptr_array_add(finder->out, found);
}

int64_t
agenda_day(const struct date *date)
{
    int64_t local = date->time + (int64_t)date->offset * 60;
    return (local - (local % 86400 + 86400) % 86400) / 86400;
}

static bool
is_midnight(const struct date *date)
{
    return date->precision >= DATE_MINUTE && (date->time + (int64_t)date->offset * 60) % 86400 == 0;
}

/* What a stretch is by the role of its date. */
static void
take(struct agenda_finder *finder, enum meaning meaning, const struct date_stretch *stretch,
     const char *sentence)
{
    struct date_stretch day = *stretch;
    if ((meaning == DEADLINE || meaning == ENDS) &&
        is_midnight(&day.from)) /* "by midnight on 20 June" is that day */
        day.from.precision = DATE_DAY;
    stretch = &day;
    if (meaning == BOTH) {
        take(finder, DEADLINE, stretch, sentence);
        meaning = EVENT;
    }
    bool both = date_is_known(&stretch->to),
         days = both && agenda_day(&stretch->from) != agenda_day(&stretch->to);
    static const enum agenda_role firsts[] = {[DEADLINE] = AGENDA_DEADLINE,
                                              [EVENT] = AGENDA_EVENT,
                                              [BEGINS] = AGENDA_BEGINS,
                                              [ENDS] = AGENDA_ENDS};
    if (meaning == DEADLINE && both && !days) /* in these hours something takes place */
        meaning = EVENT;
    if (stretch->rough && !both && (meaning == EVENT || meaning == BEGINS))
        return; /* "in the end of June" is no day */
    /* a text tells of what has been, too */
    int64_t since = finder->day - (meaning == BEGINS && !both ? STILL_NEWS : 0);
    if (agenda_day(both ? &stretch->to : &stretch->from) < since)
        return;
    if (stretch->assumed && !both && (meaning == BEGINS || meaning == EVENT) &&
        agenda_day(&stretch->from) - finder->day > NEXT_YEAR)
        return; /* more likely one that has been */
    enum agenda_role first = firsts[meaning],
                     last = meaning == DEADLINE ? AGENDA_DEADLINE : AGENDA_ENDS;
    if (both && meaning != EVENT)
        first = AGENDA_BEGINS;
    agenda_add(finder, first, &stretch->from, stretch->assumed, sentence);
    if (both && (meaning != EVENT || days))
        agenda_add(finder, last, &stretch->to, stretch->assumed, sentence);
}

/* The sentence with its dates masked, which the patterns are written for. */
static char *
mask(const char *sentence, const GArray *dates)
{
    GString *masked = g_string_new(NULL);
    gsize at = 0;
    for (guint i = 0; i <= dates->len; i++) {
        const struct date_stretch *date =
            i < dates->len ? &g_array_index(dates, struct date_stretch, i) : NULL;
        g_string_append_len(masked, sentence + at,
                            date ? (gssize)(date->start - at) : (gssize)strlen(sentence + at));
        if (!date)
            break;
        g_string_append(masked, date_is_known(&date->to) ? "\001~" : "\001");
        at = date->end;
    }
    /* "label<TAB>date" of a table is "label: date" */
    g_string_replace(masked, "\t", ": ", 0);
    return g_string_free(masked, FALSE);
}

/* Which date of the sentence stands at a place of its masked form. */
static guint
number_of(const char *masked, int place)
{
    guint n = 0;
    for (int i = 0; i < place; i++)
        n += masked[i] == '\001';
    return n;
}

/* The word right before a place, which may be a sign. */
static char *
word_before(const char *text, gsize place)
{
    const char *end = text + place;
    while (end > text && g_ascii_isspace(end[-1]))
        end--;
    const char *start = end;
    while (start > text && g_unichar_isalpha(g_utf8_get_char(g_utf8_prev_char(start))))
        start = g_utf8_prev_char(start);
    return g_utf8_strdown(start, end - start);
}

/* Bytes between two dates of which the second one is the same once more; of a list with ";". */
#define GOES_ON 60
#define LISTED  200

/* "с 29 сентября, в жилые дома — с 2 октября", "10 июня, 12 июня и 15 июня", "24 июня с 10 до 16 — A; 26
   июня с 13 до 15 — B" */
static bool
goes_on(const char *sentence, const struct date_stretch *one, const struct date_stretch *other)
{
    gsize gap = other->start - one->end;
    if (gap > 2 && gap <= LISTED && date_is_known(&one->to) && date_is_known(&other->to) &&
        memchr(sentence + other->start - 2, ';', 2))
        return true;
    if (gap > GOES_ON || memchr(sentence + one->end, '\t', gap))
        return false;
    static GRegex *joint;
    g_autofree char *between = g_strndup(sentence + one->end, gap);
    if (g_regex_match(
            regex_once(&joint,
                       "^\\s?(?:,|、|и|and|und|et|y|та|і|й|або|или|or|和|及)\\s?(?:on |с |до )?$"),
            between, 0, NULL))
        return true;
    g_autofree char *first = word_before(sentence, one->start),
                    *second = word_before(sentence, other->start);
    return *first && g_str_equal(first, second);
}

/* "5 мая — Заречье, 6 мая — Центр": a date at the head of what follows a comma. */
static bool
is_listed(const char *sentence, const struct date_stretch *one, const struct date_stretch *other)
{
    gsize gap = other->start - one->end;
    return gap > 2 && gap <= GOES_ON && memchr(",;", sentence[other->start - 2], 2) &&
           sentence[other->start - 1] == ' ';
}

/* Seconds of the day that a clock of a match says. */
static int64_t
seconds_of(const GMatchInfo *match, const char *hour, const char *minute, const char *half)
{
    g_autofree char *h = g_match_info_fetch_named(match, hour),
                    *m = g_match_info_fetch_named(match, minute),
                    *half_day = g_match_info_fetch_named(match, half);
    gint64 hours = 0, minutes = 0;
    number_prefix(h ? h : "", 24, &hours, NULL);
    number_prefix(m ? m : "", 59, &minutes, NULL);
    if (half_day && *half_day)
        hours = hours % 12 + (g_ascii_tolower(*half_day) == 'p' ? 12 : 0);
    return hours * 3600 + minutes * 60;
}

/*
 * Hours that stand behind a day with other words between ("28 сентября на площади с 9:00 до
 * 15:00"), as far as the next date (0: the end).
 */
static void
take_clock(struct date_stretch *date, enum meaning meaning, const char *sentence, gsize end)
{
    static GRegex *clocks;
    if (date->from.precision != DATE_DAY || date_is_known(&date->to) || date->rough ||
        meaning == DEADLINE || meaning == ENDS)
        return;
    g_autofree char *rest = end ? g_strndup(sentence + date->end, end - date->end)
                                : g_strdup(sentence + date->end);
    g_autoptr(GMatchInfo) match = NULL;
    if (!g_regex_match(
            regex_once(
                &clocks,
                "(?<![\\d:.])(?<h>[01]?\\d|2[0-3])"
                "(?::(?<m>[0-5]\\d)(?![\\d:])|(?= (?:часов|часа|час)\\b)|(?=\\s?[ap]\\.?m\\b))"
                "(?: (?:часов|часа|час)\\b)?(?:\\s?(?<half>[ap])\\.?m\\.?)?"
                "(?:\\s*(?:до|[-–—~]|to|until|至|bis)\\s*(?<h2>[01]?\\d|2[0-3]):(?<m2>[0-5]\\d)"
                "(?:\\s?(?<half2>[ap])\\.?m\\.?)?)?"),
            rest, 0, &match))
        return;
    struct date day = date->from;
    int clock = 0;
    g_match_info_fetch_pos(match, 0, &clock, NULL);
    g_autofree char *between = g_strndup(rest, (gsize)clock);
    int behind = 0;
    g_match_info_fetch_pos(match, 0, NULL, &behind);
    if (g_str_has_prefix(rest + behind, "前")) /* until when one has to be there */
        return;
    static GRegex *usual;
    if (g_regex_match(
            regex_once(
                &usual,
                "(?:до|by|until|before|позднее) $|每|周|开放时间|营业|服务时间|\\b(?:daily|hours|weekdays|every|each|"
                "ежедневно|график|режим|понедельник|вторник|\\bср|четверг|пятниц|будн|Monday|Mon-|час[ыо]в? работы|täglich)"),
            between, 0, NULL))
        return;
    g_autofree char *last = g_match_info_fetch_named(match, "h2");
    bool both = last && *last;
    if (meaning != EVENT && !both)
        return; /* of an office, most likely */
    date->from.time = day.time + seconds_of(match, "h", "m", "half");
    date->from.precision = DATE_MINUTE;
    if (!both || meaning == EVENT)
        return;
    date->to = day;
    date->to.time = day.time + seconds_of(match, "h2", "m2", "half2");
    date->to.precision = DATE_MINUTE;
    if (date->to.time <= date->from.time)
        date->to = (struct date){0};
}

/* Whether the words of a match behind its date are those of the next one: "closes on @, reopens @" */
static bool
is_of_next(const char *masked, const GMatchInfo *match, int date)
{
    int end = 0;
    g_match_info_fetch_pos(match, 0, NULL, &end);
    if (end <= date + 3)
        return false;
    gsize gap = strcspn(masked + end, "\001,;.:\xef\xe3"); /* and those of Chinese */
    return gap <= NEXT && masked[end + (int)gap] == '\001';
}

static void
ask(struct agenda_finder *finder, const char *masked, GArray *dates, const char *sentence)
{
    g_autofree enum meaning *meanings = g_new(enum meaning, dates->len);
    g_autofree bool *settled = g_new0(bool, dates->len);
    g_autofree bool *asked = agenda_rules_for(masked, finder->language);
    guint left = dates->len;
    for (size_t r = 0; r < agenda_rule_count && left; r++) {
        if (!asked[r] || agenda_rules[r].meaning >= WITHIN)
            continue;
        g_autoptr(GMatchInfo) match = NULL;
        g_regex_match(agenda_rule_regex(r), masked, 0, &match);
        for (; g_match_info_matches(match); g_match_info_next(match, NULL)) {
            int start = -1;
            if (!g_match_info_fetch_named_pos(match, "d", &start, NULL) || start < 0)
                continue;
            guint n = number_of(masked, start);
            if (n >= dates->len || settled[n] ||
                (agenda_rules[r].meaning != VETO && is_of_next(masked, match, start)))
                continue;
            settled[n] = true;
            meanings[n] = agenda_rules[r].meaning;
            left--;
        }
    }
    for (guint n = 0; n < dates->len; n++) {
        const struct date_stretch *date = &g_array_index(dates, struct date_stretch, n);
        if (!settled[n] && n && settled[n - 1] && goes_on(sentence, date - 1, date)) {
            settled[n] = true;
            meanings[n] = meanings[n - 1];
        }
        if (settled[n])
            meanings[n] = agenda_settle(finder, masked, n, date, meanings[n]);
        else
            settled[n] = agenda_guess(finder, masked, n, date, &meanings[n]);
        if (!settled[n] && n && settled[n - 1] && is_listed(sentence, date - 1, date)) {
            settled[n] = true;
            meanings[n] = meanings[n - 1];
        }
        if (!settled[n] || meanings[n] == VETO)
            continue;
        meanings[n] = agenda_in_row(finder, date, meanings[n]);
        struct date_stretch timed = *date;
        take_clock(&timed, meanings[n], sentence, n + 1 < dates->len ? date[1].start : 0);
        take(finder, meanings[n], &timed, sentence);
    }
}

/* --- whether to ask ------------------------------------------------------------------------ */

/* Words that make a date without a number; those behind NULL do so beside one alone. */
static const struct {
    const char *language, *words[5], *beside[4];
} day_words[] = {{"zh", {"年底", "明天", "明日"}, {"年末", "今天", "今日", "后天"}},
                 {"ru", {"конца ", "автра", "числа этого "}, {"концу ", "конце ", "егодня"}},
                 {"uk", {"кінця ", "автра", "числа цього "}, {"ьогодні"}},
                 {"en", {"end of ", "omorrow", "of this month"}, {"oday", "onight"}},
                 {"de", {"Ende ", "dieses Monats"}, {"eute", "orgen"}},
                 {"fr", {" fin ", "Fin ", "de ce mois"}, {NULL}},
                 {"es", {"fin de ", "fines de ", "inal de ", "inales de ", "de este mes"}, {NULL}}};

static bool
holds_any(const char *text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count && words[i]; i++)
        if (strstr(text, words[i]))
            return true;
    return false;
}

static bool
has_day_word(const char *text, const char *language, bool beside)
{
    for (size_t i = 0; i < G_N_ELEMENTS(day_words); i++)
        if (g_str_equal(day_words[i].language, language))
            return beside ? holds_any(text, day_words[i].beside, 4)
                          : holds_any(text, day_words[i].words, 5);
    return false;
}

bool
agenda_has_number(const char *text, const char *language)
{
    if (strpbrk(text, "0123456789") || (g_str_equal(language, "zh") && strstr(text, "月")))
        return true;
    const struct date_style style = {.language = date_language(language)};
    if (!has_day_word(text, language, false) && !date_may_stand(text, &style))
        return false;
    g_autoptr(GArray) dates = date_scan(text, &style, 0);
    return dates->len > 0;
}

bool
agenda_may_hold_date(const struct agenda_finder *finder, const char *text)
{
    return date_may_stand(text, finder->style) || has_day_word(text, finder->language, false) ||
           (strpbrk(text, "0123456789") && has_day_word(text, finder->language, true));
}

void
agenda_ask(struct agenda_finder *finder, const char *sentence)
{
    g_autoptr(GArray) dates = date_scan(sentence, finder->style, finder->published);
    if (!dates->len)
        return;
    g_autofree char *masked = mask(sentence, dates);
    ask(finder, masked, dates, sentence);
}
