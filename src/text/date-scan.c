/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dates in prose: at each token a stretch is tried, then a day, then what leans on today. */
#include "config.h"

#include "text/date-scan.h"
#include "text/date-months.h"
#include "text/date-parser.h"
#include "text/date-tokens.h"
#include "text/date.h"

#include <string.h>

#define BEFORE_YEAR_TURNS 60 /* days: a date without a year that is older is one of next year */

#define YEAR    0x5e74
#define MONTH   0x6708
#define DAY     0x65e5
#define DAY_HAO 0x53f7
#define BOTTOM  0x5e95 /* 底 */
#define TAIL    0x672b /* 末 */

struct scan {
    const struct token *first; /* of the text */
    const struct date_style *style;
    int year, month, day; /* of the reference */
    bool month_first;     /* "June 10", which else is none */
    bool pairs;           /* "15.06", which else is a number */
};

/* A moment as it is read: parser.y to parser.s, and what was written of it. */
struct moment {
    struct parser p; /* p.t: behind it */
    bool known, assumed;
};

/* --- days --------------------------------------------------------------------------------- */

static bool
is_zh_day(const struct token *t)
{
    return token_is_sign(t, DAY) || token_is_sign(t, DAY_HAO) || token_is_sign(t, 0x865f);
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
    if (zh && !is_zh_day(p->t - 1))
        return false; /* "6月12家" */
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

/* "(пятница)", "（星期五）": behind a date, what stands in brackets, if it is short. */
static const struct token *
past_brackets(const struct token *t)
{
    if (!token_is_sign(t, '('))
        return t;
    for (int i = 1; i <= 4 && t[i].kind != END; i++)
        if (token_is_sign(t + i, ')'))
            return t + i + 1;
    return t;
}

static const struct token *
past_word(const struct token *t, const char *words)
{
    return token_is_word(t, words) ? t + 1 : t;
}

/* A weekday beside a date, which says nothing new. */
static bool
is_weekday(const struct token *t)
{
    return token_is_word(
        t,
        "понедельник понедельника вторник вторника среда среду среды четверг четверга пятница пятницу "
        "пятницы суббота субботу субботы воскресенье воскресенья понеділок вівторок середу четвер п'ятницю "
        "суботу неділю mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday "
        "montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi "
        "samedi dimanche lunes martes miércoles jueves viernes sábado domingo");
}

/* Where a date begins together with the weekday before it. */
static const struct token *
with_weekday(const struct scan *scan, const struct token *start)
{
    const struct token *t = start;
    while (t > scan->first && token_is_sign(t - 1, ','))
        t--;
    return t > scan->first && is_weekday(t - 1) ? t - 1 : start;
}

/* --- hours -------------------------------------------------------------------------------- */

/* "9:00", "9 часов", "2 pm"; a lone number where another that says more follows. */
static bool
take_hour(struct parser *p, bool bare)
{
    if (parser_take_time(p))
        return true;
    const struct token *t = past_word(p->t, "в at um à alle o");
    if (token_is_word(t, "noon midnight")) {
        p->h = t->word[0] == 'n' ? 12 : 0;
        p->mi = p->s = 0;
        p->timed = true;
        p->t = t + 1;
        return true;
    }
    if (t->kind != NUMBER || t->digits > 2 || t->value > 24)
        return false;
    /* "10-00", "10-30": other numbers that are joined are days */
    bool dashed = token_is_sign(t + 1, '-') && t[2].kind == NUMBER && t[2].digits == 2 &&
                  (t[2].value == 0 || t[2].value == 30) && !t[1].space && !t[2].space;
    bool named = token_is_word(t + 1, "час часа часов ч uhr heures hrs годин години годині h noon");
    if (!dashed && !named && !bare)
        return false;
    p->h = t->value;
    p->mi = dashed ? t[2].value : 0;
    p->s = 0;
    p->timed = true;
    p->t = t + (dashed ? 3 : named ? 2 : 1);
    return true;
}

static const struct token *
past_connector(const struct token *t)
{
    if (token_is_sign(t, 0x8d77) && (token_is_sign(t + 1, 0x81f3) || token_is_sign(t + 1, 0x5230)))
        return t + 2; /* 起至 起到 */
    if (token_is_sign(t, '-') || token_is_sign(t, '~') || token_is_sign(t, 0x301c) ||
        token_is_sign(t, 0x81f3) || token_is_sign(t, 0x5230)) /* 〜 至 到 */
        return t + 1 + (t->kind == SIGN && token_is_sign(t + 1, t->sign));
    return past_word(t, "по до to through thru bis au al a hasta until till and и do");
}

/* Hours behind a day, or before it: one, or from one to another, for which `to` is set. */
static bool
take_hours(struct moment *from, struct moment *to)
{
    struct parser one = from->p;
    one.t = past_brackets(one.t);
    while (token_is_sign(one.t, ',') || token_is_sign(one.t, ':'))
        one.t++;
    one.t = past_word(one.t, "с со from between von ab de з");
    struct parser lone = one;
    bool clear = take_hour(&one, false);
    if (!clear && !take_hour(&lone, true))
        return false;
    const struct token *after = clear ? one.t : lone.t, *next = past_connector(after);
    if (next > after) {
        struct parser other = clear ? one : lone;
        other.t = past_word(next, "в at");
        other.timed = false;
        if (take_hour(&other, false)) {
            from->p = clear ? one : lone;
            if (!clear && from->p.h + 12 <= other.h && other.h > 12)
                from->p.h += 12; /* "6 to 8 p.m." */
            from->p.t = other.t;
            *to = *from;
            to->p = other;
            to->known = true;
            return true;
        }
    }
    if (!clear)
        return false;
    from->p = one;
    return true;
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
    m->assumed = m->known = true;
}

static int
take_year(const struct token **t)
{
    const struct token *at = *t;
    if (at->kind != NUMBER || at->digits != 4 || at->value < 1990 || at->value > 2199)
        return 0;
    *t = parser_skip_after(at + 1);
    return at->value;
}

/* "конца июня", "end of 2025", "конца года", "by the end of the month" */
static bool
take_written_end(const struct scan *scan, struct moment *m)
{
    const struct token *t = m->p.t;
    bool ru = token_is_word(t, "конца концу конце кінця");
    if (!ru && !(token_is_word(t, "end") && token_is_word(t + 1, "of")))
        return false;
    t += ru ? 1 : 2;
    t = past_word(t, "the this текущего этого цього поточного");
    const struct token *year = t;
    int y = take_year(&year);
    if (y) {
        set_end(scan, m, y, 12, year);
    } else if (t->kind == WORD && t->value && !t->persian) {
        const struct token *behind = t + 1;
        y = take_year(&behind);
        set_end(scan, m, y, t->value, behind);
    } else if (token_is_word(t, "года year року")) {
        set_end(scan, m, scan->year, 12, t + 1);
    } else if (token_is_word(t, "месяца month місяця")) {
        set_end(scan, m, scan->year, scan->month, t + 1);
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

/* 本月15日 */
static bool
take_this_month(const struct scan *scan, struct moment *m)
{
    const struct token *t = m->p.t;
    if (!token_is_sign(t, 0x672c) || !token_is_sign(t + 1, MONTH) || t[2].kind != NUMBER ||
        !is_zh_day(t + 3) || !parser_valid_day(scan->year, scan->month, t[2].value))
        return false;
    parser_restart(&m->p, t + 4);
    m->p.y = scan->year;
    m->p.mo = scan->month;
    m->p.d = t[2].value;
    return m->assumed = true;
}

/* A day, with the hours that follow it; to: of hours, the last. */
static bool
take_moment(const struct scan *scan, const struct token *t, struct moment *m, struct moment *to)
{
    *m = (struct moment){.p = {.t = t, .style = scan->style}};
    *to = (struct moment){.known = false};
    bool today = false;
    if (take_written_end(scan, m) || take_cjk_end(scan, m))
        return true;
    if (parser_take_date(&m->p)) {
        if (is_no_date(scan, t, m->p.t) || m->p.y < 1990)
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
        const struct token *next = past_connector(m->p.t);
        other.p.t = past_word(next, "в at");
        other.p.timed = false;
        if (next > m->p.t && take_hour(&other.p, false)) {
            *to = other;
            m->p.t = other.p.t;
        }
    } else {
        take_hours(m, to);
    }
    return !today || m->p.timed; /* "today" alone means these days */
}

/* --- stretches ------------------------------------------------------------------------------ */

/* Whether a stretch may end behind this connector: "до" alone does not join two dates. */
static bool
joins(const struct scan *scan, const struct token *connector, const struct token *start)
{
    bool between = start > scan->first && token_is_word(start - 1, "between між zwischen");
    if (token_is_word(connector, "and и a"))
        return between && token_is_word(connector, "and");
    if (!token_is_word(connector, "до until till do"))
        return true;
    return start > scan->first && token_is_word(start - 1, "с со от from з від od");
}

static int
day_number(const struct parser *p)
{
    return p->y * 10000 + p->mo * 100 + p->d;
}

/* What one end of a stretch does not say, the other does. */
static void
complete(struct moment *from, struct moment *to)
{
    if (from->assumed && !to->assumed) {
        from->p.y = to->p.y;
        if (day_number(&from->p) > day_number(&to->p))
            from->p.y--;
        from->assumed = false;
    } else if (to->assumed) {
        to->p.y = from->p.y;
        if (day_number(&to->p) < day_number(&from->p))
            to->p.y++;
        to->assumed = from->assumed;
    }
}

/* The day that ends a stretch and says no month: "June 10–15, 2025", "6月10日至15日". */
static bool
take_last_day(const struct moment *from, const struct token *start, const struct token *t,
              struct moment *to)
{
    if (t->kind != NUMBER || t->digits > 2 || t->value <= from->p.d)
        return false;
    bool zh = is_zh_day(t + 1), month_first = start->kind == WORD && start->value;
    if ((!zh && !month_first) || token_is_sign(t + 1, ':') || (!zh && from->p.timed))
        return false;
    *to = *from;
    to->p.timed = to->p.seconds = false;
    to->p.d = t->value;
    to->p.t = t + 1 + zh;
    if (month_first) {
        const struct token *year = parser_skip_between(t + 1);
        int y = take_year(&year);
        if (y) {
            to->p.y = y;
            to->p.t = year;
            to->assumed = false;
        }
    }
    if (!parser_valid_day(to->p.y, to->p.mo, to->p.d))
        return false;
    struct moment hours = {.known = false};
    if (take_hours(to, &hours) && hours.known)
        to->p.timed = to->p.seconds = false; /* each of the days has them */
    return true;
}

/* Hours that stand before their day: "at 10:00 on 15 June", "с 9:00 до 17:00 15 июня". */
static bool
take_hours_before(const struct scan *scan, const struct token *t, struct moment *from,
                  struct moment *to)
{
    if (t->kind != NUMBER && !token_is_sign(t, 0x4e0a) && !token_is_sign(t, 0x4e0b) &&
        !token_is_word(t, "noon midnight"))
        return false;
    struct moment clock = {.p = {.t = t, .style = scan->style}}, until = {.known = false}, none;
    if (!take_hours(&clock, &until))
        return false;
    const struct token *day = clock.p.t;
    while (token_is_sign(day, ',') || is_weekday(day) ||
           token_is_word(day, "on am le noon local time sharp вечера утра дня часов часа"))
        day++;
    struct moment on;
    if (!take_moment(scan, day, &on, &none) || on.p.timed)
        return false;
    *from = on;
    from->p.h = clock.p.h;
    from->p.mi = clock.p.mi;
    from->p.timed = true;
    *to = (struct moment){.known = false};
    if (until.known) {
        *to = *from;
        to->p.h = until.p.h;
        to->p.mi = until.p.mi;
    }
    return true;
}

/* A day with the hours before or behind it. */
static bool
take_any_moment(const struct scan *scan, const struct token *t, struct moment *m, struct moment *to)
{
    return take_hours_before(scan, t, m, to) || take_moment(scan, t, m, to);
}

/* The moment that ends a stretch of days, behind a connector at from's end. */
static bool
take_end(const struct scan *scan, const struct token *start, struct moment *from, struct moment *to)
{
    const struct token *connector = from->p.t;
    while (connector > start + 1 && token_is_sign(connector - 1, '-'))
        connector--; /* which may stand within a date too */
    connector += token_is_sign(connector, ',');
    const struct token *next = past_connector(connector);
    if (next == connector)
        return false;
    struct moment end, hours;
    if (take_last_day(from, start, next, &end)) {
        complete(from, &end);
        *to = end;
        return true;
    }
    if (!joins(scan, connector, start) || !take_any_moment(scan, next, &end, &hours))
        return false;
    complete(from, &end);
    if (day_number(&end.p) < day_number(&from->p))
        return false;
    if (hours.known && !from->p.timed) /* each of the days has them */
        end.p.timed = end.p.seconds = false;
    *to = end;
    return true;
}

/* "с 10 по 15 июня", "10–15 июня", "10 и 12 июня": the number before, a day of that month. */
static bool
take_first_day(const struct scan *scan, const struct token *t, struct moment *from,
               struct moment *to, bool *list)
{
    if (t->kind != NUMBER || t->digits > 2 || !t->value || t->value > 31)
        return false;
    const struct token *connector = t + 1;
    if (token_is_sign(connector, '.') && !connector->space && connector[1].kind == WORD)
        connector++; /* "vom 2. bis 20. Juni" */
    *list = token_is_sign(connector, ',') || token_is_word(connector, "and и und et y та");
    const struct token *next = *list ? connector + 1 : past_connector(connector);
    struct moment hours;
    if (next == connector || next->kind != NUMBER || next->digits > 2 ||
        !take_moment(scan, next, to, &hours))
        return false;
    if (to->p.mo == 0 || to->p.d <= t->value || !parser_valid_day(to->p.y, to->p.mo, t->value))
        return false;
    /* "20 и 21 сентября" are one stretch */
    if (*list && !token_is_sign(connector, ',') && to->p.d == t->value + 1)
        *list = false;
    *from = *to;
    from->p.d = t->value;
    from->p.timed = from->p.seconds = false;
    if (hours.known) /* each of the days has them */
        to->p.timed = to->p.seconds = false;
    return true;
}

static void
add(const struct scan *scan, GArray *out, const struct moment *from, const struct moment *to,
    const struct token *start, const struct token *end)
{
    struct date_stretch stretch = {.start = with_weekday(scan, start)->start,
                                   .end = end[-1].end,
                                   .assumed = from->assumed || (to && to->known && to->assumed)};
    parser_finish(&from->p, &stretch.from);
    if (to && to->known)
        parser_finish(&to->p, &stretch.to);
    if (stretch.to.precision != DATE_NONE && stretch.to.time <= stretch.from.time)
        stretch.to = (struct date){0};
    g_array_append_val(out, stretch);
}

/* Takes what begins at t; the token behind it, or NULL. */
static const struct token *
take(const struct scan *scan, const struct token *t, GArray *out)
{
    struct moment from, to = {.known = false};
    bool list;
    if (take_hours_before(scan, t, &from, &to)) {
        struct moment end;
        if (!to.known && take_end(scan, t, &from, &end))
            to = end;
        const struct token *behind = to.known && to.p.t > from.p.t ? to.p.t : from.p.t;
        add(scan, out, &from, &to, t, behind);
        return behind;
    }
    if (take_first_day(scan, t, &from, &to, &list)) {
        const struct token *end = to.p.t;
        if (list) {
            add(scan, out, &from, NULL, t, t + 1);
            return t + 2; /* the other one is read next */
        }
        add(scan, out, &from, &to, t, end);
        return end;
    }
    if (!take_moment(scan, t, &from, &to))
        return NULL;
    const struct token *end = from.p.t;
    struct moment last;
    if (!to.known && take_end(scan, t, &from, &last)) {
        to = last;
        end = last.p.t;
    }
    add(scan, out, &from, &to, t, end);
    return end;
}

/*
 * The text with ～ for the dashes that stand between two dates, and which would begin a zone behind
 * a time; the places stay.
 */
static char *
without_dashes(const char *text)
{
    char *plain = g_strdup(text);
    for (char *p = plain; (p = strstr(p, "\xe2\x80")); p += 3)
        if (p[2] == '\x93' || p[2] == '\x94' || p[2] == '\x95')
            memcpy(p, "\xef\xbd\x9e", 3);
    return plain;
}

GArray *
date_scan(const char *text, const struct date_style *style, int64_t reference)
{
    GArray *out = g_array_new(FALSE, FALSE, sizeof(struct date_stretch));
    g_autofree char *plain = without_dashes(text);
    g_autoptr(GArray) tokens = date_tokens(plain, style);
    int64_t local = reference + (int64_t)date_style_offset(style, reference) * 60;
    g_autoptr(GDateTime) moment = g_date_time_new_from_unix_utc(local);
    struct scan scan = {.first = &g_array_index(tokens, struct token, 0),
                        .style = style,
                        .year = 1970,
                        .month = 1,
                        .day = 1};
    uint16_t english = date_language("en");
    scan.month_first = !style->language || style->language == english;
    scan.pairs = style->language != english;
    if (moment)
        g_date_time_get_ymd(moment, &scan.year, &scan.month, &scan.day);
    for (const struct token *t = scan.first; t->kind != END;) {
        const struct token *next = take(&scan, t, out);
        t = next && next > t ? next : t + 1;
    }
    return out;
}
