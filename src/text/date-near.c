/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dates without a year, by words, in pieces; each a whole short text. */
#include "config.h"

#include "text/date-near.h"
#include "base/number.h"
#include "base/regex.h"
#include "text/date-parser.h"

#include <string.h>

#define LONGEST 100 /* bytes: what is longer is prose */

#define MONTH    0x6708
#define MONTH_KO 0xc6d4

/* --- the day on which it is read --------------------------------------------------------- */

struct today {
    int year, month, day, offset;
    int64_t now, midnight; /* the latter of today, at offset */
};

static struct today
today_of(const struct date_style *style, int64_t now)
{
    int offset = date_style_offset(style, now);
    int64_t local = now + (int64_t)offset * 60;
    g_autoptr(GDateTime) moment = g_date_time_new_from_unix_utc(local);
    struct today today = {1970, 1, 1, offset, now, 0};
    if (moment)
        g_date_time_get_ymd(moment, &today.year, &today.month, &today.day);
    today.midnight = local - ((local % 86400) + 86400) % 86400 - (int64_t)offset * 60;
    return today;
}

/* The newest such day of Iran's calendar that is not after today. */
static bool
newest_persian(const struct today *today, struct parser *p)
{
    for (int before = 621; before <= 622; before++) { /* its year begins in March */
        struct parser day = {.style = p->style};
        if (parser_set_persian_day(&day, today->year - before, p->mo, p->d, p->t) &&
            day.y * 10000 + day.mo * 100 + day.d <=
                today->year * 10000 + today->month * 100 + today->day) {
            p->y = day.y;
            p->mo = day.mo;
            p->d = day.d;
            return true;
        }
    }
    return false;
}

/* The newest such day that is not after today; false when there is none (30 February). */
static bool
newest(const struct today *today, struct parser *p)
{
    if (p->persian)
        return newest_persian(today, p);
    bool later = p->mo > today->month || (p->mo == today->month && p->d > today->day);
    for (int back = later; back <= 8; back++) { /* the 29th of February may be that far */
        if (!parser_valid_day(today->year - back, p->mo, p->d))
            continue;
        p->y = today->year - back;
        return true;
    }
    return false;
}

/* --- what may stand around --------------------------------------------------------------- */

static bool
is_weekday(const struct token *t)
{
    return token_is_word(
        t,
        "mon tue tues wed thu thur thurs fri sat sun monday tuesday wednesday thursday friday saturday sunday "
        "mo di mi do fr sa so montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag "
        "пн вт ср чт пт сб вс понедельник вторник среда четверг пятница суббота воскресенье нд понеділок вівторок середа четвер "
        "lun mar mer jeu ven sam dim lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes "
        "sábado domingo dom sáb seg ter qua qui sex mié jue vie gio lunedì martedì mercoledì giovedì venerdì sabato domenica "
        "pon wt śr czw pt sob ndz maa woe don vrij zat zon");
}

/* 周五, 星期五, 금요일 and weekdays of alphabets, with the signs after them. */
static const struct token *
past_weekday(const struct token *t)
{
    if (is_weekday(t))
        t++;
    else if (token_is_sign(t, 0x5468) && t[1].kind == SIGN)
        t += 2;
    else if (token_is_sign(t, 0x661f) && token_is_sign(t + 1, 0x671f) && t[2].kind == SIGN)
        t += 3;
    else
        return t;
    while (token_is_sign(t, ',') || token_is_sign(t, '.'))
        t++;
    return t;
}

static bool
is_bracket(const struct token *t)
{
    static const gunichar brackets[] = {'[', ']',    '(',    ')',    '{',    '}',    '<',   '>',
                                        '|', 0x3010, 0x3011, 0x3014, 0x3015, 0x300a, 0x300b};
    for (size_t i = 0; i < G_N_ELEMENTS(brackets); i++)
        if (token_is_sign(t, brackets[i]))
            return true;
    return false;
}

static bool
is_between(const struct token *t)
{
    static const gunichar signs[] = {'.', ',', '/', '-'};
    for (size_t i = 0; i < G_N_ELEMENTS(signs); i++)
        if (token_is_sign(t, signs[i]))
            return true;
    return is_bracket(t);
}

/* A sign that joins the numbers of a date, right before another token. */
static bool
is_joint(const struct token *t)
{
    return t->kind == SIGN && !t->space && !t[1].space &&
           (token_is_sign(t, '-') || token_is_sign(t, '/') || token_is_sign(t, '.'));
}

static const struct token *
past_brackets(const struct token *t)
{
    while (is_bracket(t))
        t++;
    return t;
}

/* Whether nothing follows but a weekday, a time and brackets. */
static bool
ends(struct parser *p)
{
    p->t = past_weekday(past_brackets(p->t));
    if (p->t->kind != END)
        parser_take_time(p);
    p->t = past_weekday(past_brackets(p->t));
    while (token_is_sign(p->t, ',') || token_is_sign(p->t, '.') || is_bracket(p->t))
        p->t++;
    return p->t->kind == END;
}

/* --- a day without a year ------------------------------------------------------------------ */

/* "11-20", "20.11.", "11/20": the two numbers, in this order; *t after them. */
static bool
take_pair(const struct token **t, int *a, int *b, gunichar *sign)
{
    const struct token *at = *t;
    if (at->kind != NUMBER || at->digits > 2 || !is_joint(at + 1) || at[2].kind != NUMBER ||
        at[2].digits > 2)
        return false;
    *sign = at[1].sign;
    if (at->digits + at[2].digits < 3)
        return false; /* "2-1" is the end of a match */
    *a = at->value;
    *b = at[2].value;
    *t = at + 3;
    if (*sign == '.' && token_is_sign(*t, '.'))
        ++*t;
    return true;
}

static bool
is_day(int month, int day)
{
    return parser_valid_day(2000, month, day); /* a leap year */
}

/* Which of a pair is the month; false when neither can be. */
static bool
order_pair(int a, int b, gunichar sign, enum date_order order, struct parser *p)
{
    bool day_first = order == DATE_DAY_FIRST || (order == DATE_ORDER_OPEN && sign == '.');
    p->ambiguous = order == DATE_ORDER_OPEN && sign != '.' && a <= 12 && b <= 12 && a != b;
    for (int i = 0; i < 2; i++, day_first = !day_first) {
        p->mo = day_first ? b : a;
        p->d = day_first ? a : b;
        if (is_day(p->mo, p->d))
            return true;
    }
    return false;
}

bool
parser_take_day(struct parser *p)
{
    const struct token *t = p->t;
    int a, b, month;
    gunichar sign;
    const struct token *numeral = t;
    if (take_pair(&t, &a, &b, &sign)) {
        if (!order_pair(a, b, sign, p->style->order, p))
            return false;
    } else if ((month = parser_cjk_month(&numeral))) {
        t = numeral;
        p->mo = month;
        p->d = parser_cjk_number(&t);
        if (token_is_sign(t, 0x65e5) || token_is_sign(t, 0x53f7) || token_is_sign(t, 0x865f) ||
            token_is_sign(t, 0xc77c))
            t++;
    } else if (t->kind == NUMBER && t->digits <= 2) {
        p->d = t->value;
        t = parser_skip_between(t + 1);
        if (t->kind != WORD)
            return false;
        p->mo = t->value;
        p->persian = t->persian;
        t++;
    } else if (t->kind == WORD && t->value) {
        p->mo = t->value;
        p->persian = t->persian;
        t = parser_skip_between(t + 1);
        if (t->kind != NUMBER || t->digits > 2)
            return false;
        p->d = t->value;
        t = parser_skip_between(t + 1);
    } else {
        return false;
    }
    p->t = t;
    return is_day(p->mo, p->d) || (p->persian && p->mo && p->d >= 1 && p->d <= 31);
}

/* A day and nothing more than may stand around it. */
static bool
take_yearless(struct parser *p)
{
    const struct token *start = past_brackets(p->t), *later = past_weekday(start);
    for (int i = 0; i < 1 + (later > start); i++) { /* "mar" is a month and a weekday */
        parser_restart(p, i ? later : start);
        if (parser_take_day(p) && ends(p))
            return true;
    }
    return false;
}

enum date_order
date_order_of(const char *text)
{
    if (strlen(text) > LONGEST)
        return DATE_ORDER_OPEN;
    g_autoptr(GArray) tokens = date_tokens(text, NULL);
    struct parser p = {.t = &g_array_index(tokens, struct token, 0)};
    const struct token *t = past_weekday(past_brackets(p.t));
    int a, b;
    gunichar sign;
    if (!take_pair(&t, &a, &b, &sign) || !order_pair(a, b, sign, DATE_ORDER_OPEN, &p))
        return DATE_ORDER_OPEN;
    return a > 12 ? DATE_DAY_FIRST : b > 12 ? DATE_MONTH_FIRST : DATE_ORDER_OPEN;
}

/* --- words ------------------------------------------------------------------------------- */

#define NUMBERS \
    "\\d{1,3}|an?|one|half an?|ein(?:e[mnr]?)?|une?|una|um|uma|[一二两兩三四五六七八九十半]{1,3}"
#define ABOUT  "(?:about|over|circa|ca\\.|etwa|около|примерно|约|大约)?\\s*"
#define BEFORE "vor|il y a|hace|há|fa|för|for|przed|před|منذ"
#define AFTER \
    "ago|назад|тому(?: назад)?|前|以前|之前|전|fa|atrás|atras|temu|geleden|önce|trước|sedan|siden|sitten"

/* Names of units, with what follows abbreviations. */
#define SECONDS \
    "s|secs?|seconds?|сек(?:унд[аыу]?)?|секунд[иу]?|秒[钟鐘]?|초|sekunden?|secondes?|segundos?|second[oi]|sekund[yęa]?|seconden|saniye|giây"
#define MINUTES \
    "m|mins?|minutes?|мин(?:ут[аыу]?)?|хв(?:илин[аиу]?)?|分[钟鐘]?|분|minuten?|minutos?|minut[ioyęa]?|dakika|dk|phút|min"
#define HOURS \
    "h|hrs?|hours?|ч(?:ас(?:а|ов)?)?|годин[аиу]?|个?小时|個?小時|時間|시간|stunden?|std|heures?|horas?|or[ae]|godzin[ęya]?|godz|uur|saat|" \
    "giờ|hodin(?:ou|ami|y)?|timm(?:ar|e|er)|tim|timer|tuntia?|ساعات?"
#define DAYS \
    "d|days?|дн(?:я|ей|і|ів|ями)?|день|天|日|일|tag(?:e[ns]?)?|jours?|j|d[ií]as?|giorn[oi]|dni(?:em)?|dzień|dag(?:en|ar|e)?|gün|ngày|dny|päivää"
#define WEEKS \
    "w|wks?|weeks?|недел[юьяи]|тиж(?:день|ні|нів)|周|週|个?星期|個?星期|週間|주|wochen?|semaines?|semanas?|settiman[ae]|tydzień|tygodni[ea]?|" \
    "we(?:ek|ken)|hafta|tuần|veck(?:a|or)|uger?"
#define MONTHS \
    "mos?|months?|месяц(?:а|ев)?|місяц[іяь]в?|个?月|個月|か月|ヶ月|개월|monat(?:e[ns]?)?|mois|m[eê]s(?:es)?|mes[ie]|miesi[ąa]c[ey]?|" \
    "miesięcy|maand(?:en)?|ay|tháng|månad(?:er)?"
#define YEARS \
    "y|yrs?|years?|год(?:а)?|лет|р(?:оки|оків|ік)|年|년|jahr(?:e[ns]?)?|ans?|años?|anos?|ann[oi]|rok|lata?|jaar|yıl|năm|år"

/* Halves of what a number in words says. */
static int
halves_of(const char *number)
{
    static const char *const numerals[] = {"一", "二", "三", "四", "五", "六", "七", "八", "九"};
    gint64 digits;
    if (number_prefix(number, G_MAXINT / 2, &digits, NULL))
        return (int)(2 * digits);
    if (g_str_equal(number, "半") || g_str_has_prefix(number, "half"))
        return 1;
    if (g_str_has_prefix(number, "两") || g_str_has_prefix(number, "兩"))
        return 4;
    int value = 0;
    const char *p = number;
    for (; *p; p = g_utf8_next_char(p)) {
        if (g_str_has_prefix(p, "十"))
            value = (value ? value : 1) * 10;
        for (int i = 0; i < 9; i++)
            value += g_str_has_prefix(p, numerals[i]) ? i + 1 : 0;
    }
    return value ? 2 * value : 2; /* "an hour" */
}

/* "3 часа назад", "vor 3 Stunden", "3小时前" */
static bool
parse_ago(const char *text, const struct today *today, struct date *out)
{
    static GRegex *said, *regex;
    /* what is none of them, as nearly all texts, is not asked for all units */
    regex_once(&said, "^(?:" BEFORE ")\\s|(?:" AFTER ")\\.?$");
    if (!g_regex_match(said, text, 0, NULL))
        return false;
    static const struct {
        const char *name;
        int seconds;
    } units[] = {{"s", 1},         {"m", 60},          {"h", 3600},       {"d", 86400},
                 {"w", 7 * 86400}, {"mo", 30 * 86400}, {"y", 365 * 86400}};
#define UNITS \
    "(?:(?<s>" SECONDS ")|(?<m>" MINUTES ")|(?<h>" HOURS ")|(?<d>" DAYS ")|(?<w>" WEEKS \
    ")|(?<mo>" MONTHS ")|(?<y>" YEARS "))"
#define ANY_UNIT "(?:" SECONDS "|" MINUTES "|" HOURS "|" DAYS "|" WEEKS "|" MONTHS "|" YEARS ")"
    regex_once(&regex, "^(?:(?<before>" BEFORE ")\\s+)?" ABOUT "(?<number>" NUMBERS ")?\\s*" UNITS
                       "\\.?(?:[\\s,]*(?:and|und|и|et|y)?\\s*\\d{1,2}\\s*" ANY_UNIT
                       "\\.?)?(?:\\s*(?<after>" AFTER "))?\\.?$");
    g_autoptr(GMatchInfo) match = NULL;
    if (!g_regex_match(regex, text, 0, &match))
        return false;
    g_autofree char *before = g_match_info_fetch_named(match, "before"),
                    *after = g_match_info_fetch_named(match, "after");
    g_autofree char *number = g_match_info_fetch_named(match, "number");
    bool counted = number && *number;
    if (!((before && *before && counted) || (after && *after)))
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(units); i++) {
        g_autofree char *unit = g_match_info_fetch_named(match, units[i].name);
        if (!unit || !*unit)
            continue;
        int64_t halves = counted ? halves_of(number) : 2, back = halves * units[i].seconds / 2,
                length = units[i].seconds;
        int64_t step = length < 3600 || (length < 86400 && halves % 2) ? 60
                       : length < 86400                                ? 3600
                                                                       : 86400,
                then = today->now - back;
        *out = (struct date){.offset = today->offset};
        out->precision = step < 86400 ? DATE_MINUTE : DATE_DAY;
        /* no more precise than it is said, so that it stays the same while the hour lasts */
        out->time = step < 86400 ? then - then % step : today->midnight - back / 86400 * 86400;
        return true;
    }
    return false;
}

/* "14:30", "2:30 pm", and nothing else: the seconds of the day, or -1 */
static int
time_of_day(const char *text, bool *seconds)
{
    g_autoptr(GArray) tokens = date_tokens(text, NULL);
    struct parser p = {.t = &g_array_index(tokens, struct token, 0), .style = DATE_AT(0)};
    if (!parser_take_time(&p))
        return -1;
    while (token_is_sign(p.t, ',') || token_is_sign(p.t, '.') || is_bracket(p.t))
        p.t++;
    *seconds = p.seconds;
    return p.t->kind == END ? p.h * 3600 + p.mi * 60 + p.s : -1;
}

/* "вчера, 14:30", "今天 08:30", "Yesterday", "14:30, heute" */
static bool
parse_day_word(const char *text, const struct today *today, struct date *out)
{
    static GRegex *regex;
    regex_once(
        &regex,
        "^(?<early>\\d{1,2}[:.]\\d{2}[\\s,|]+)?(?:"
        "(?<two>day before yesterday|позавчера|前天|一昨日|おととい|vorgestern|avant-hier|anteayer|antes de ayer|l['’]altro ieri|anteontem|"
        "przedwczoraj|그저께|eergisteren|hôm kia)|"
        "(?<one>yesterday|вчера|вчора|昨天|昨日|きのう|gestern|hier(?=[\\s,]+(?:à\\s*)?\\d)|ayer|ieri|ontem|wczoraj|어제|dün|gisteren|hôm qua|včera|"
        "ig[åa]r|i g[åa]r|eilen|أمس)|"
        "(?<none>today|сегодня|сьогодні|今天|今日|きょう|heute|aujourd['’]hui|hoy|oggi|hoje|dzi(?:ś|siaj)|오늘|bugün|vandaag|hôm nay|dnes|idag|i dag|"
        "tänään|اليوم)|"
        "(?<now>just now|moments? ago|a moment ago|только что|щойно|刚刚|剛剛|刚才|たった今|gerade eben|à l['’]instant|ahora mismo|proprio ora|"
        "agora mesmo|przed chwilą|방금|az önce|zojuist)"
        ")(?<late>[\\s,.|–-].*|\\d.*)?$");
    g_autoptr(GMatchInfo) match = NULL;
    if (!g_regex_match(regex, text, 0, &match))
        return false;
    g_autofree char *early = g_match_info_fetch_named(match, "early"),
                    *late = g_match_info_fetch_named(match, "late");
    g_autofree char *two = g_match_info_fetch_named(match, "two"),
                    *one = g_match_info_fetch_named(match, "one"),
                    *now = g_match_info_fetch_named(match, "now");
    const char *clock = early && *early ? early : late ? late + strspn(late, " ,.|-") : "";
    if (g_str_has_prefix(clock, "–"))
        clock += strlen("–");
    bool seconds = false;
    int time = *clock ? time_of_day(clock, &seconds) : 0;
    if (time < 0)
        return false;
    int days = two && *two ? 2 : one && *one ? 1 : 0;
    *out = (struct date){.time = today->midnight - (int64_t)days * 86400 + time,
                         .offset = today->offset,
                         .precision = !*clock   ? DATE_DAY
                                      : seconds ? DATE_SECOND
                                                : DATE_MINUTE};
    if (now && *now)
        *out = (struct date){.time = today->now - today->now % 60,
                             .offset = today->offset,
                             .precision = DATE_MINUTE};
    return true;
}

bool
date_parse_near(const char *text, const struct date_style *style, int64_t now, struct date *out)
{
    *out = (struct date){0};
    if (strlen(text) > LONGEST)
        return false;
    struct today today = today_of(style, now);
    g_autoptr(GArray) tokens = date_tokens(text, style);
    struct parser p = {.t = &g_array_index(tokens, struct token, 0), .style = style};
    if (take_yearless(&p) && newest(&today, &p)) {
        parser_finish(&p, out);
        return true;
    }
    const char *first = text + strspn(text, " [(");
    g_autofree char *bare = g_strndup(first, strlen(first));
    g_strchomp(bare);
    gsize length = strlen(bare);
    if (first > text && length && strchr("])", bare[length - 1]))
        bare[length - 1] = '\0';
    if (parse_day_word(bare, &today, out) || parse_ago(bare, &today, out))
        return true;
    bool seconds = false;
    int time = g_ascii_isdigit(*bare) ? time_of_day(bare, &seconds) : -1;
    if (time < 0)
        return false;
    int64_t then = today.midnight + time;
    *out = (struct date){.time = then > now ? then - 86400 : then,
                         .offset = (int16_t)today.offset,
                         .precision = seconds ? DATE_SECOND : DATE_MINUTE};
    return true;
}

/* --- in pieces ----------------------------------------------------------------------------- */

/* What the pieces are, as far as they say so themselves. */
struct parts {
    int year, month, day;
    int loose[2]; /* numbers that say nothing of themselves */
    guint count;
    bool year_first, pair;
};

static bool
put(int *to, int value)
{
    bool first = !*to;
    *to = value;
    return first;
}

/* Takes the piece at *t; false when it is no part of a date, or one too many. */
static bool
take_piece(const struct token **at, enum date_order order, struct parts *parts)
{
    const struct token *t = *at;
    int a, b, month;
    gunichar sign;
    const struct token *numeral = t;
    if (t->kind == NUMBER && t->digits == 4) {
        bool attached = is_joint(t + 1) && t[2].kind == NUMBER && t[2].digits <= 2;
        parts->year_first = !parts->month && !parts->day && !parts->count;
        *at = attached ? t + 3
                       : t + 1 + (token_is_sign(t + 1, 0x5e74) || token_is_sign(t + 1, 0xb144));
        return t->value >= 1990 && t->value < 2200 && put(&parts->year, t->value) &&
               (!attached || put(&parts->month, t[2].value));
    }
    if (t->kind == NUMBER && t->digits <= 2 && is_joint(t + 1) && t[2].kind == NUMBER &&
        t[2].digits == 4) {
        *at = t + 3; /* 11.2026 */
        return put(&parts->month, t->value) && put(&parts->year, t[2].value);
    }
    if (take_pair(&t, &a, &b, &sign)) {
        struct parser p = {0};
        *at = t;
        parts->pair = true;
        return order_pair(a, b, sign, order, &p) && put(&parts->month, p.mo) &&
               put(&parts->day, p.d);
    }
    if ((month = parser_cjk_month(&numeral))) {
        *at = numeral;
        return put(&parts->month, month);
    }
    if (t->kind == WORD && t->value && !t->persian) {
        *at = t + 1;
        return put(&parts->month, t->value);
    }
    if (t->kind != NUMBER || t->digits > 2)
        return false;
    *at = t + 1;
    if (token_is_sign(*at, 0x65e5) || token_is_sign(*at, 0x53f7) || token_is_sign(*at, 0xc77c)) {
        ++*at;
        return put(&parts->day, t->value);
    }
    if (token_is_word(*at, "st nd rd th er"))
        ++*at;
    if (parts->count == G_N_ELEMENTS(parts->loose))
        return false;
    parts->loose[parts->count++] = t->value;
    return true;
}

bool
date_parse_pieces(const char *text, const struct date_style *style, int64_t now, struct date *out)
{
    *out = (struct date){0};
    if (strlen(text) > LONGEST)
        return false;
    g_autoptr(GArray) tokens = date_tokens(text, style);
    struct parts parts = {0};
    enum date_order order = style->order;
    struct parser p = {.t = past_weekday(&g_array_index(tokens, struct token, 0)), .style = style};
    while (p.t->kind != END) {
        struct parser clock = p;
        if (token_is_sign(p.t + 1, ':') && parser_take_time(&clock)) {
            p = clock;
        } else if (is_weekday(p.t) && !p.t->value) {
            p.t++;
        } else if (!take_piece(&p.t, order, &parts)) {
            return false;
        }
        while (is_between(p.t))
            p.t++;
    }
    if (parts.count == 1 && parts.month && !parts.day) {
        parts.day = parts.loose[0];
    } else if (parts.count == 2 && !parts.month && !parts.day) {
        bool day_first = order == DATE_DAY_FIRST || (order == DATE_ORDER_OPEN && !parts.year_first);
        if (parts.loose[day_first] > 12)
            day_first = !day_first;
        parts.month = parts.loose[day_first];
        parts.day = parts.loose[!day_first];
    } else if (parts.count) {
        return false;
    }
    p.y = parts.year;
    p.mo = parts.month;
    p.d = parts.day;
    struct today today = today_of(style, now);
    if (!is_day(p.mo, p.d) || (p.y ? !parser_valid_day(p.y, p.mo, p.d) : !newest(&today, &p)))
        return false;
    parser_finish(&p, out);
    return true;
}
