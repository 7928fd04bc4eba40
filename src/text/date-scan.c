/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dates in prose: at each token a stretch is tried, then a day, then what leans on today. */
#include "config.h"

#include "text/date-scan.h"
#include "text/date-days.h"
#include "text/date-moment.h"
#include "text/date-months.h"
#include "text/date-name.h"
#include "text/date.h"

#include <string.h>

#define YEAR  0x5e74
#define MONTH 0x6708

/* Where a date begins together with the weekday before it, or the article of "the end of June". */
static const struct token *
with_weekday(const struct scan *scan, const struct token *start)
{
    const struct token *t = start;
    if (t > scan->first && token_is_word(t, "end") && token_is_word(t - 1, "the"))
        return t - 1;
    while (t > scan->first && (token_is_sign(t - 1, ',') || token_is_word(t - 1, "the")))
        t--;
    return t > scan->first && moment_is_weekday(t - 1) ? t - 1 : start;
}

/* Whether a stretch may end behind this connector: "до" alone does not join two dates. */
static bool
joins(const struct scan *scan, const struct token *connector, const struct token *start)
{
    start = with_weekday(scan, start);
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
    } else if (to->assumed && from->assumed) { /* what goes on is of its end */
        from->p.y = to->p.y;
        if (day_number(&from->p) > day_number(&to->p))
            from->p.y--;
    } else if (to->assumed) {
        to->p.y = from->p.y;
        if (day_number(&to->p) < day_number(&from->p))
            to->p.y++;
        to->assumed = false;
    }
}

/* The day that ends a stretch and says no month: "June 10–15, 2025", "6月10日至15日". */
static bool
take_last_day(const struct moment *from, const struct token *start, const struct token *t,
              struct moment *to)
{
    const struct token *behind = t;
    int day = parser_cjk_number(&behind);
    bool zh = moment_is_zh_day(behind), month_first = start->kind == WORD && start->value;
    if ((t->kind != NUMBER && !zh) || (t->kind == NUMBER && t->digits > 2) || day <= from->p.d)
        return false;
    if ((!zh && !month_first) || token_is_sign(behind, ':') || (!zh && from->p.timed))
        return false;
    *to = *from;
    to->p.timed = to->p.seconds = false;
    to->p.d = day;
    to->p.t = behind + zh;
    if (month_first) {
        const struct token *year = parser_skip_between(behind);
        int y = moment_take_year(&year);
        if (y) {
            to->p.y = y;
            to->p.t = year;
            to->assumed = false;
        }
    }
    if (!parser_valid_day(to->p.y, to->p.mo, to->p.d))
        return false;
    struct moment hours = {.known = false};
    if (moment_take_hours(to, &hours) && hours.known)
        to->p.timed = to->p.seconds = false; /* each of the days has them */
    return true;
}

/* In Chinese hours stand behind their day. */
static bool
is_cjk_month(const struct token *t)
{
    return parser_cjk_month(&t) != 0;
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
    if (!moment_take_hours(&clock, &until))
        return false;
    const struct token *day = clock.p.t;
    while (token_is_sign(day, ',') || moment_is_weekday(day) ||
           token_is_word(day, "on am le noon local time sharp вечера утра дня часов часа"))
        day++;
    struct moment on;
    bool apart = day > clock.p.t && token_is_sign(day - 1, ',') && is_cjk_month(day);
    if (apart || !moment_take(scan, day, &on, &none) || on.p.timed)
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
    return take_hours_before(scan, t, m, to) || moment_take(scan, t, m, to);
}

/* The moment that ends a stretch of days, behind a connector at from's end. */
static bool
take_end(const struct scan *scan, const struct token *start, struct moment *from, struct moment *to)
{
    const struct token *connector = from->p.t;
    while (connector > start + 1 && token_is_sign(connector - 1, '-'))
        connector--; /* which may stand within a date too */
    connector += token_is_sign(connector, ',');
    const struct token *next = moment_past_connector(connector);
    bool moved = start > scan->first + 1 && token_is_word(start - 1, "from") &&
                 token_is_word(start - 2, "changed moved rescheduled postponed extended");
    if (next == connector || moved)
        return false;
    next = moment_past_word(next, "zum einschließlich including включно включительно and");
    next = moment_past_word(next, "zum including");
    while (moment_is_weekday(next) || (token_is_sign(next, ',') && moment_is_weekday(next - 1)))
        next++;
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
    if ((hours.known || end.opening) && !from->p.timed) /* each of the days has them */
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
    connector = moment_past_word(connector, "st nd rd th er");
    *list = token_is_sign(connector, ',') || token_is_word(connector, "and и und et y та і й");
    if (!*list && !joins(scan, connector, t))
        return false; /* "в кабинете 14 до 21 июня" */
    const struct token *next = *list ? connector + 1 : moment_past_connector(connector);
    if (next == connector && t > scan->first + 1 && token_is_word(t - 1, "с со з") &&
        token_is_word(t - 2, "ночь ніч"))
        next = moment_past_word(connector, "на"); /* "в ночь с 5 на 6 февраля" */
    next = next > connector ? moment_past_word(next, "zum the el le") : next;
    struct moment hours;
    if (next == connector || next->kind != NUMBER || next->digits > 2 ||
        !moment_take(scan, next, to, &hours))
        return false;
    if (to->p.mo == 0 || to->p.d <= t->value || !parser_valid_day(to->p.y, to->p.mo, t->value))
        return false;
    /* "20 и 21 сентября" are one stretch */
    if (*list && !token_is_sign(connector, ',') && to->p.d == t->value + 1)
        *list = false;
    *from = *to;
    from->p.d = t->value;
    from->p.timed = from->p.seconds = false;
    if (hours.known || to->opening) /* each of the days has them */
        to->p.timed = to->p.seconds = false;
    return true;
}

/* "24:00" is the end of that day, not a moment of the next one. */
static struct parser
day_of_24(const struct parser *p)
{
    struct parser day = *p;
    if (day.timed && day.h == 24) {
        day.timed = day.seconds = false;
        day.h = 0;
    }
    return day;
}

/* "(пятница)", "（周五）", "（星期五）" */
static bool
is_weekday_in_brackets(const struct token *t)
{
    return moment_is_weekday(t + 1) || token_is_sign(t + 1, 0x5468) ||
           (token_is_sign(t + 1, 0x661f) && token_is_sign(t + 2, 0x671f));
}

static void
add(const struct scan *scan, GArray *out, const struct moment *from, const struct moment *to,
    const struct token *start, const struct token *end)
{
    if (token_is_sign(end, '(') && is_weekday_in_brackets(end))
        end = moment_past_brackets(end);
    struct date_stretch stretch = {.start = with_weekday(scan, start)->start,
                                   .end = end[-1].end,
                                   .rough = from->rough,
                                   .assumed = from->assumed || (to && to->known && to->assumed)};
    struct parser first = day_of_24(&from->p);
    parser_finish(&first, &stretch.from);
    if (to && to->known) {
        struct parser last = day_of_24(&to->p);
        parser_finish(&last, &stretch.to);
    }
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
    if (!moment_take(scan, t, &from, &to))
        return NULL;
    const struct token *end = from.p.t;
    struct moment last;
    if (!to.known && take_end(scan, t, &from, &last)) {
        to = last;
        end = last.p.t;
    }
    if (from.assumed && !from.p.timed && !to.known && date_is_name(scan->text, scan->first, t, end))
        return end;
    add(scan, out, &from, &to, t, end);
    return end;
}

/* «14» апреля, "14" апреля: blanks for the marks around a day, which begin at p. */
static void
blank_quotes(char *p)
{
    static const char *const marks[][2] = {{"\"", "\""}, {"«", "»"}, {"“", "”"}, {"„", "“"}};
    for (size_t i = 0; i < G_N_ELEMENTS(marks); i++) {
        gsize first = strlen(marks[i][0]), last = strlen(marks[i][1]);
        gsize digits = g_str_has_prefix(p, marks[i][0]) ? strspn(p + first, "0123456789") : 0;
        if ((digits == 1 || digits == 2) && g_str_has_prefix(p + first + digits, marks[i][1])) {
            memset(p, ' ', first);
            memset(p + first + digits, ' ', last);
        }
    }
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
    for (char *p = plain; (p = strpbrk(p, "\"\xc2\xe2")); p++)
        blank_quotes(p);
    for (char *p = plain; (p = strchr(p, '-')); p++) {
        gsize hour = strspn(p + 1, "0123456789");
        bool clock = p - plain >= 4 && p[-3] == ':' && g_ascii_isdigit(p[-1]) && hour &&
                     hour <= 2 && p[1 + hour] == ':' && !(p - plain >= 6 && p[-6] == 'T');
        if (clock)
            *p = '~';
    }
    return plain;
}

/* Whether a date can begin at a token: most are words and signs of which none does. */
static bool
may_begin(const struct token *t)
{
    static const gunichar signs[] = {0x3007, 0x96f6, 0x25cb, 0x25ef, 0x4e00, 0x4e8c, 0x4e09, 0x56db,
                                     0x4e94, 0x516d, 0x4e03, 0x516b, 0x4e5d, 0x5341, 0x5eff, 0x5345,
                                     0x5143, 0x6c11, 0x4ee4, 0x5e73, 0x662d, YEAR,   MONTH,  0x4eca,
                                     0x660e, 0x540e, 0x672c, 0x4e0a, 0x4e0b};
    if (t->kind == NUMBER)
        return true;
    if (t->kind == WORD)
        return t->value ||
               token_is_word(
                   t,
                   "noon midnight конца концу конце кінця end ende fin final finales fines сегодня today "
                   "tonight heute сьогодні завтра tomorrow morgen завтрашнего "
                   "послезавтра übermorgen післязавтра o oo r h s m t");
    for (size_t i = 0; i < G_N_ELEMENTS(signs); i++)
        if (t->sign == signs[i])
            return true;
    return false;
}

/* "the 26th day of August": what stands between is no word of other dates. */
static void
join_day_of(GArray *tokens)
{
    for (guint i = 2; i + 1 < tokens->len; i++) {
        struct token *t = &g_array_index(tokens, struct token, i);
        t->between |= token_is_word(t, "day") && token_is_word(t + 1, "of") &&
                      (t[-2].kind == NUMBER || t[-1].kind == NUMBER);
    }
}

GArray *
date_scan(const char *text, const struct date_style *style, int64_t reference)
{
    GArray *out = g_array_new(FALSE, FALSE, sizeof(struct date_stretch));
    g_autofree char *plain = without_dashes(text);
    g_autoptr(GArray) tokens = date_tokens(plain, style);
    int64_t local = reference + (int64_t)date_style_offset(style, reference) * 60;
    g_autoptr(GDateTime) moment = g_date_time_new_from_unix_utc(local);
    struct scan scan = {.text = plain,
                        .first = &g_array_index(tokens, struct token, 0),
                        .style = style,
                        .year = 1970,
                        .month = 1,
                        .day = 1};
    uint16_t english = date_language("en");
    scan.month_first = !style->language || style->language == english;
    scan.pairs = style->language != english;
    if (moment)
        g_date_time_get_ymd(moment, &scan.year, &scan.month, &scan.day);
    date_join_days(tokens, plain, style);
    join_day_of(tokens);
    for (const struct token *t = scan.first; t->kind != END;) {
        const struct token *next = may_begin(t) ? take(&scan, t, out) : NULL;
        if (!next && t->kind == NUMBER && t->digits == 4)
            next = moment_past_old(&scan, t);
        t = next && next > t ? next : t + 1;
    }
    return out;
}
