/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Days in prose: whole, without a year, ends of months and years, and what leans on today. */
#include "config.h"

#include "text/date-moment.h"
#include "text/date.h"

#define BEFORE_YEAR_TURNS 60 /* days: a date without a year that is older is one of next year */

#define EARLIEST 1990

#define MONTHS "месяца month місяця monats mois mes"

#define YEAR    0x5e74
#define MONTH   0x6708
#define DAY     0x65e5
#define DAY_HAO 0x53f7
#define BOTTOM  0x5e95 /* 底 */
#define TAIL    0x672b /* 末 */

/* --- days --------------------------------------------------------------------------------- */

bool
moment_is_zh_day(const struct token *t)
{
    return token_is_sign(t, DAY) || token_is_sign(t, DAY_HAO) || token_is_sign(t, 0x865f) ||
           token_is_sign(t, 0xc77c);
}

static int
days_between(int y, int m, int d, const struct scan *scan)
{
    GDate from, to;
    g_date_clear(&from, 1);
    g_date_clear(&to, 1);
    g_date_set_dmy(&from, (GDateDay)scan->day, (GDateMonth)scan->month, (GDateYear)scan->year);
    g_date_set_dmy(&to, (GDateDay)d, (GDateMonth)m, (GDateYear)y);
    return g_date_days_between(&from, &to);
}

/* The year of a day that is written without one; false when no year near has it. */
static bool
assume_year(const struct scan *scan, struct parser *p)
{
    for (int y = scan->year - 1; y <= scan->year + 1; y++) {
        if (!parser_valid_day(y, p->mo, p->d))
            continue;
        int days = days_between(y, p->mo, p->d, scan);
        if (days >= -BEFORE_YEAR_TURNS && days <= 366 - BEFORE_YEAR_TURNS) {
            p->y = y;
            return true;
        }
    }
    return false;
}

/* "15.06" is a day where both have two digits; "5.6" is a number, and "15.06.04.12" an address. */
static bool
may_be_pair(const struct token *t)
{
    return token_is_sign(t + 1, '.') && t->digits == 2 && t[2].kind == NUMBER && t[2].digits == 2 &&
           t[2].value >= 1 && t[2].value <= 12 && !t[1].space && !t[2].space &&
           !(token_is_sign(t + 3, '.') && t[4].kind == NUMBER && !t[4].space) &&
           !token_is_sign(t + 3, ':') && !token_is_sign(t + 3, '%');
}

/* "8月12—20日": the day stands behind the last of them. */
static bool
leads_to_zh_day(const struct token *t)
{
    const struct token *next = moment_past_connector(t);
    return next > t && next->kind == NUMBER && next->digits <= 2 && moment_is_zh_day(next + 1);
}

static bool
take_day_without_year(const struct scan *scan, struct moment *m)
{
    struct parser *p = &m->p;
    const struct token *t = p->t;
    bool pair =
        t->kind == NUMBER && t[1].kind == SIGN && t[2].kind == NUMBER &&
        (token_is_sign(t + 1, '-') || token_is_sign(t + 1, '/') || token_is_sign(t + 1, '.'));
    const struct token *numeral = t;
    bool zh = !pair && parser_cjk_month(&numeral);
    if ((pair && !(scan->pairs && may_be_pair(t))) || (t->kind == WORD && !scan->month_first) ||
        !parser_take_day(p) || p->persian)
        return false;
    if (zh && !moment_is_zh_day(p->t - 1) && !leads_to_zh_day(p->t))
        return false; /* "6月12家" */
    /* "Route 9 October 7": the day stands behind its month */
    bool other = scan->month_first && t->kind == NUMBER && t[1].kind == WORD && t[1].value &&
                 p->t->kind == NUMBER && p->t->digits <= 2 && !token_is_sign(p->t + 1, ':') &&
                 !token_is_word(p->t + 1, "a p am pm");
    if (other)
        return false;
    m->assumed = true;
    return assume_year(scan, p);
}

/* Numbers that only look like a date: of telephones, of networks. */
static bool
is_no_date(const struct scan *scan, const struct token *start, const struct token *end)
{
    bool within = start > scan->first + 1 && token_is_sign(start - 1, '.') && !start->space &&
                  start[-2].kind == NUMBER && !start[-1].space;
    bool dashes = start->kind == NUMBER && start->digits <= 2 && token_is_sign(start + 1, '-') &&
                  end[-1].kind == NUMBER && end[-1].digits == 2 && end - start == 5;
    bool goes_on = (token_is_sign(end, '.') || token_is_sign(end, '-')) && !end->space &&
                   end[1].kind == NUMBER && !end[1].space && start->kind == NUMBER &&
                   start->digits <= 3;
    return within || dashes || goes_on;
}

bool
moment_is_weekday(const struct token *t)
{
    return token_is_word(
        t,
        "понедельник понедельника вторник вторника среда среду среды четверг четверга пятница пятницу "
        "пятницы суббота субботу субботы воскресенье воскресенья понеділок вівторок середу четвер п'ятницю "
        "суботу неділю mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday "
        "montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi "
        "samedi dimanche lunes martes miércoles jueves viernes sábado domingo");
}

/* --- a moment ------------------------------------------------------------------------------ */

static int
last_day(int y, int m)
{
    return g_date_get_days_in_month((GDateMonth)m, (GDateYear)y);
}

static void
set_end(const struct scan *scan, struct moment *m, int y, int month, const struct token *after)
{
    parser_restart(&m->p, after);
    m->p.y = y;
    m->p.mo = month;
    m->p.d = 1;
    if (!y) {
        m->p.d = month == scan->month ? scan->day : 28;
        if (!assume_year(scan, &m->p))
            m->p.y = scan->year;
    }
    m->p.d = last_day(m->p.y, month);
    m->assumed = m->known = m->rough = true;
}

int
moment_take_year(const struct token **t)
{
    const struct token *at = *t;
    if (at->kind != NUMBER || at->digits != 4 || at->value < EARLIEST || at->value > 2199)
        return 0;
    *t = parser_skip_after(at + 1);
    return at->value;
}

/* The Sunday of this week. */
static void
set_week_end(const struct scan *scan, struct moment *m, const struct token *after)
{
    GDate date;
    g_date_clear(&date, 1);
    g_date_set_dmy(&date, (GDateDay)scan->day, (GDateMonth)scan->month, (GDateYear)scan->year);
    g_date_add_days(&date, (guint)(G_DATE_SUNDAY - g_date_get_weekday(&date)));
    parser_restart(&m->p, after);
    m->p.y = g_date_get_year(&date);
    m->p.mo = (int)g_date_get_month(&date);
    m->p.d = g_date_get_day(&date);
    m->assumed = m->known = m->rough = true;
}

/* The token behind the word for an end and what joins it to its month: "конца", "end of the" */
static const struct token *
past_end_word(const struct token *t)
{
    const struct token *start = t;
    if (token_is_word(t, "end final finales fines") ||
        (token_is_word(t, "fin") && token_is_word(t + 1, "de del d"))) {
        t++;
        if (!token_is_word(t, "of de del d"))
            return start;
        t = moment_past_word(t + 1, "the this este l");
        return t + token_is_sign(t, '\''); /* "fin de l'année" */
    }
    if (!token_is_word(t, "конца концу конце кінця ende fin"))
        return start;
    t = moment_past_word(t + 1, "des der dieses dieser du");
    return moment_past_word(t, "текущего текущей этого этой цього цієї поточного laufenden");
}

/* "конца июня", "end of 2025", "Ende Juni", "fin juin", "конца года", "by the end of the month" */
static bool
take_written_end(const struct scan *scan, struct moment *m)
{
    const struct token *t = past_end_word(m->p.t);
    if (t == m->p.t)
        return false;
    if (token_is_word(t, MONTHS)) {
        const struct token *name = parser_skip_between(t + 1); /* "fin du mois de novembre" */
        t = name->kind == WORD && name->value ? name : t;
    }
    const struct token *year = t;
    int y = moment_take_year(&year);
    if (y) {
        set_end(scan, m, y, 12, year);
    } else if (t->kind == WORD && t->value && !t->persian) {
        year = parser_skip_between(t + 1);
        y = moment_take_year(&year);
        set_end(scan, m, y, t->value, y ? year : t + 1);
    } else if (token_is_word(t, "года year року jahres année año")) {
        set_end(scan, m, scan->year, 12, t + 1);
    } else if (token_is_word(t, MONTHS)) {
        set_end(scan, m, scan->year, scan->month, t + 1);
    } else if (token_is_word(t, "недели week тижня woche")) {
        set_week_end(scan, m, t + 1);
    } else {
        return false;
    }
    return true;
}

/* 6月底, 2025年底, 年底, 月底, 2025年6月底 */
static bool
take_cjk_end(const struct scan *scan, struct moment *m)
{
    const struct token *t = m->p.t;
    int y = 0, month = 0;
    const struct token *year = t;
    if (t->kind == NUMBER && t->digits == 4 && token_is_sign(t + 1, YEAR)) {
        y = t->value;
        year = t + 2;
    }
    const struct token *behind = year;
    month = parser_cjk_month(&behind);
    if (!month && !y && token_is_sign(t, MONTH)) {
        y = scan->year;
        month = scan->month;
        behind = t + 1;
    } else if (!month && (y || token_is_sign(t, YEAR))) {
        behind = y ? year : t + 1;
        y = y ? y : scan->year;
        month = 12;
    }
    if (!month || !(token_is_sign(behind, BOTTOM) || token_is_sign(behind, TAIL)))
        return false;
    set_end(scan, m, y, month, behind + 1);
    return true;
}

/* "завтра", "tomorrow", 明天: days that follow from when the text was published */
static bool
take_day_word(const struct scan *scan, struct moment *m, bool *today)
{
    const struct token *t = m->p.t;
    int ahead = -1, length = 1;
    if (token_is_word(t, "сегодня today tonight heute сьогодні"))
        ahead = 0;
    else if (token_is_word(t, "завтра tomorrow morgen завтрашнего"))
        ahead = 1;
    else if (token_is_word(t, "послезавтра übermorgen післязавтра"))
        ahead = 2;
    else if (token_is_sign(t + 1, 0x5929) || token_is_sign(t + 1, DAY)) { /* 天 日 */
        ahead = token_is_sign(t, 0x4eca)                                   ? 0
                : token_is_sign(t, 0x660e)                                 ? 1
                : token_is_sign(t, 0x540e) && token_is_sign(t + 1, 0x5929) ? 2
                                                                           : -1; /* 今 明 后 */
        length = 2;
    }
    if (ahead < 0)
        return false;
    *today = !ahead;
    GDate date;
    g_date_clear(&date, 1);
    g_date_set_dmy(&date, (GDateDay)scan->day, (GDateMonth)scan->month, (GDateYear)scan->year);
    g_date_add_days(&date, (guint)ahead);
    parser_restart(&m->p, t + length);
    m->p.y = g_date_get_year(&date);
    m->p.mo = (int)g_date_get_month(&date);
    m->p.d = g_date_get_day(&date);
    m->assumed = true;
    return true;
}

const struct token *
moment_past_this_month(const struct token *t)
{
    const struct token *next = moment_past_word(t, "of de числа");
    return token_is_word(next, "this dieses ce este этого цього") &&
                   token_is_word(next + 1, "month monats mois mes месяца місяця")
               ? next + 2
               : t;
}

/* 本月15日, 本月十五日: the token behind it; else t. */
static const struct token *
past_zh_this_month(const struct token *t, int *day)
{
    if (!token_is_sign(t, 0x672c) || !token_is_sign(t + 1, MONTH))
        return t;
    const struct token *number = t + 2;
    *day = parser_cjk_number(&number);
    return moment_is_zh_day(number) ? number + 1 : t;
}

/* "15th of this month", «15 числа этого месяца»: the token behind it; else t. */
static const struct token *
past_written_this_month(const struct token *t, int *day)
{
    if (t->kind != NUMBER || t->digits > 2)
        return t;
    *day = t->value;
    const struct token *joint = t + 1 + (token_is_sign(t + 1, '.') || token_is_sign(t + 1, '-'));
    joint = moment_past_word(joint, "st nd rd th го");
    const struct token *behind = moment_past_this_month(joint);
    return behind > joint ? behind : t;
}

static bool
take_this_month(const struct scan *scan, struct moment *m)
{
    const struct token *t = m->p.t;
    int day = 0;
    const struct token *behind = past_zh_this_month(t, &day);
    behind = behind > t ? behind : past_written_this_month(t, &day);
    if (behind == t || !parser_valid_day(scan->year, scan->month, day))
        return false;
    parser_restart(&m->p, behind);
    m->p.y = scan->year;
    m->p.mo = scan->month;
    m->p.d = day;
    return m->assumed = true;
}

/*
 * What only looks like a year of two digits behind a month: "Route 9 June 26 – July 6", as in English
 * prose none stands there, and the hour in "17 juin à 10h30".
 */
static bool
is_short_year(const struct scan *scan, const struct token *t, const struct token *end)
{
    if (t->kind != NUMBER || t[1].kind != WORD || !t[1].value)
        return false;
    const struct token *year = parser_skip_between(t + 2);
    if (year->kind != NUMBER || year->digits != 2)
        return false;
    return (scan->month_first && year == t + 2 && end == t + 3) ||
           token_is_word(year + 1, "h uhr heures hrs час часов часа ч a p am pm");
}

/* Behind a whole date that is too old to bind, whose day and month would be one of these years. */
const struct token *
moment_past_old(const struct scan *scan, const struct token *t)
{
    struct parser p = {.t = t, .style = scan->style};
    return t->kind != WORD && parser_take_date(&p) && p.y < EARLIEST ? p.t : t;
}

bool
moment_take(const struct scan *scan, const struct token *t, struct moment *m, struct moment *to)
{
    *m = (struct moment){.p = {.t = t, .style = scan->style}};
    *to = (struct moment){.known = false};
    bool today = false;
    if (t->kind == END)
        return false;
    if (take_written_end(scan, m) || take_cjk_end(scan, m))
        return true;
    if (parser_take_date(&m->p) && !is_short_year(scan, t, m->p.t)) {
        if (is_no_date(scan, t, m->p.t) || m->p.y < EARLIEST)
            return false;
    } else {
        *m = (struct moment){.p = {.t = t, .style = scan->style}};
        if (!take_day_without_year(scan, m)) {
            *m = (struct moment){.p = {.t = t, .style = scan->style}};
            if (!take_this_month(scan, m) && !take_day_word(scan, m, &today))
                return false;
        }
    }
    m->known = true;
    if (m->p.timed) {
        struct moment other = *m;
        const struct token *next = moment_past_connector(m->p.t);
        other.p.t = moment_past_word(next, "в at");
        other.p.timed = false;
        if (next > m->p.t && moment_take_hour(&other.p, false)) {
            *to = other;
            m->p.t = other.p.t;
        }
    } else {
        moment_take_hours(m, to);
    }
    return !today || m->p.timed; /* "today" alone means these days */
}
