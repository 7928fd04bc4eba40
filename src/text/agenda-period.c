/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Periods that count from publication: "within 30 days", "ten days after", "at once". */
#include "config.h"

#include "base/number.h"
#include "text/agenda-parts.h"
#include "text/date-zone.h"

#include <string.h>

/* A number in digits or words; 0: it is none. */
static int
count_of(const char *text)
{
    static const struct {
        const char *word;
        int value;
    } numbers[] = {
#define COUNT(value, word) {word, value},
#include "text/counts.def"
#undef COUNT
    };
    gint64 value;
    if (number_prefix(text, 400, &value, NULL))
        return (int)value;
    g_autofree char *folded = g_utf8_strdown(text, -1);
    for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++)
        if (g_str_equal(folded, numbers[i].word))
            return numbers[i].value;
    return 0;
}

/* So many days, working days, weeks, months or years after a day, by the unit's first letters. */
static bool
count_on(GDate *day, int count, const char *unit, const char *working)
{
    static const struct {
        const char *prefixes;
        char unit;
    } units[] = {{"дн ден кален day calend tag 日 天 дня", 'd'},
                 {"нед week woch 周 个星期 星期", 'w'},
                 {"мес month monat 个月 月", 'm'},
                 {"год лет year jahr 年", 'y'}};
    g_autofree char *folded = g_utf8_strdown(unit, -1);
    char kind = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(units) && !kind; i++) {
        g_auto(GStrv) prefixes = g_strsplit(units[i].prefixes, " ", 0);
        for (char **prefix = prefixes; *prefix && !kind; prefix++)
            kind = g_str_has_prefix(folded, *prefix) ? units[i].unit : 0;
    }
    if (working && *working && kind == 'd') {
        for (int left = count; left > 0; left -= g_date_get_weekday(day) <= G_DATE_FRIDAY)
            g_date_add_days(day, 1);
        return true;
    }
    if (kind == 'd' || kind == 'w')
        g_date_add_days(day, (guint)(kind == 'w' ? 7 * count : count));
    else if (kind == 'm')
        g_date_add_months(day, (guint)count);
    else if (kind == 'y')
        g_date_add_years(day, (guint)count);
    return kind != 0;
}

static void
take_period(struct agenda_finder *finder, enum meaning meaning, const GMatchInfo *match,
            const char *sentence)
{
    int offset = date_style_offset(finder->style, finder->published);
    int64_t local = finder->published + (int64_t)offset * 60;
    GDate day;
    g_date_clear(&day, 1);
    g_date_set_time_t(&day, 0);
    int64_t number = (local - (local % 86400 + 86400) % 86400) / 86400;
    g_date_set_julian(&day, (guint32)(719163 + number)); /* 1 January 1970 */
    if (meaning != AT_ONCE) {
        g_autofree char *count = g_match_info_fetch_named(match, "n"),
                        *unit = g_match_info_fetch_named(match, "unit"),
                        *working = g_match_info_fetch_named(match, "working");
        int value = count ? count_of(count) : 0;
        if (!value || !unit || !count_on(&day, value, unit, working))
            return;
    }
    struct date date = {.time = ((int64_t)g_date_get_julian(&day) - 719163) * 86400 -
                                (int64_t)offset * 60,
                        .offset = (int16_t)offset,
                        .zoned = finder->style->zoned,
                        .precision = DATE_DAY};
    agenda_add(finder, meaning == WITHIN ? AGENDA_DEADLINE : AGENDA_BEGINS, &date, true, sentence);
}

void
agenda_ask_for_periods(struct agenda_finder *finder, const char *sentence)
{
    g_autofree bool *asked = agenda_rules_for(sentence, finder->language);
    for (size_t r = 0; r < agenda_rule_count; r++) {
        if (!asked[r] || agenda_rules[r].meaning < WITHIN)
            continue;
        g_autoptr(GMatchInfo) match = NULL;
        if (g_regex_match(agenda_rule_regex(r), sentence, 0, &match)) {
            take_period(finder, agenda_rules[r].meaning, match, sentence);
            return;
        }
    }
}

/* What every period has in it, so that not every sentence is asked for them. */
bool
agenda_may_hold_period(const char *sentence, const char *language)
{
    static const char *const signs[][2] = {{"ru", "публикован"},
                                           {"ru", "размещен"},
                                           {"ru", "подписан"},
                                           {"ru", "объявлен"},
                                           {"zh", "之日起"},
                                           {"zh", "即日起"},
                                           {"en", "publi"},
                                           {"en", "immediate"},
                                           {"en", "notice"},
                                           {"en", "posting"},
                                           {"uk", "оприлюднен"},
                                           {"de", "Bekanntmachung"},
                                           {"de", "Veröffentlichung"},
                                           {"uk", "опублік"},
                                           {"en", "announce"}};
    for (size_t i = 0; i < G_N_ELEMENTS(signs); i++)
        if (g_str_equal(signs[i][0], language) && strstr(sentence, signs[i][1]))
            return true;
    return false;
}
