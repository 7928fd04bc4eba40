/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hours in prose: "9:00", "с 9 до 17 часов", "2 pm", "上午9时至11时". */
#include "config.h"

#include "text/date-moment.h"

const struct token *
moment_past_word(const struct token *t, const char *words)
{
    return token_is_word(t, words) ? t + 1 : t;
}

const struct token *
moment_past_brackets(const struct token *t)
{
    if (!token_is_sign(t, '('))
        return t;
    for (int i = 1; i <= 9 && t[i].kind != END; i++)
        if (token_is_sign(t + i, ')'))
            return t + i + 1;
    return t;
}

bool
moment_take_hour(struct parser *p, bool bare)
{
    if (parser_take_time(p))
        return true;
    const struct token *t = moment_past_word(p->t, "в at um à alle o las");
    if (token_is_word(t, "noon midday midnight полдень midi mittags")) {
        p->h = token_is_word(t, "midnight") ? 0 : 12;
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
    t += dashed ? 3 : named ? 2 : 1;
    /* "16 часов 30 минут", "11 ч. 00 мин." */
    const struct token *minutes = t + token_is_sign(t, '.');
    if (named && minutes->kind == NUMBER && minutes->value < 60 &&
        token_is_word(minutes + 1, "минут мин минуты хвилин хв")) {
        p->mi = minutes->value;
        t = minutes + 2;
    }
    p->t = t;
    return true;
}

const struct token *
moment_past_connector(const struct token *t)
{
    if (token_is_sign(t, 0x8d77) && (token_is_sign(t + 1, 0x81f3) || token_is_sign(t + 1, 0x5230)))
        return t + 2;                                                 /* 起至 起到 */
    if ((token_is_sign(t, 0x304b) && token_is_sign(t + 1, 0x3089)) || /* から */
        (token_is_sign(t, 0xbd80) && token_is_sign(t + 1, 0xd130)))   /* 부터 */
        return t + 2 + token_is_sign(t + 2, ',');
    if (token_is_sign(t, '-') || token_is_sign(t, '~') || token_is_sign(t, 0x301c) ||
        token_is_sign(t, 0x81f3) || token_is_sign(t, 0x5230)) /* 〜 至 到 */
        return t + 1 + (t->kind == SIGN && token_is_sign(t + 1, t->sign));
    return moment_past_word(t, "по до to through thru bis au al a à hasta until till and и do");
}

/* 凌晨 早上 中午: what stands before an hour and leaves it as it is. */
static const struct token *
past_part_of_day(const struct token *t)
{
    static const gunichar parts[][2] = {
        {0x51cc, 0x6668}, {0x65e9, 0x4e0a}, {0x4e2d, 0x5348}, {0x6e05, 0x6668}};
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++)
        if (token_is_sign(t, parts[i][0]) && token_is_sign(t + 1, parts[i][1]))
            return t + 2;
    return t;
}

bool
moment_take_hours(struct moment *from, struct moment *to)
{
    struct parser one = from->p;
    one.t = moment_past_brackets(one.t);
    while (token_is_sign(one.t, ',') || token_is_sign(one.t, ':'))
        one.t++;
    if (token_is_word(one.t, "в у") && token_is_word(one.t + 1, "период часы період"))
        one.t += 2;
    if (token_is_word(one.t, "a desde") && token_is_word(one.t + 1, "las"))
        one.t++;
    bool between = token_is_word(one.t, "zwischen entre між");
    one.t = moment_past_word(one.t, "с со from between von ab de з zwischen entre між");
    one.t = moment_past_word(one.t, "las");
    bool begun = one.t > from->p.t && token_is_word(one.t - 1, "с со from з");
    one.t = past_part_of_day(one.t);
    struct parser lone = one;
    bool clear = moment_take_hour(&one, false);
    if (!clear && !moment_take_hour(&lone, true))
        return false;
    const struct token *after = clear ? one.t : lone.t,
                       *next = between ? moment_past_word(after, "und et y і та")
                                       : moment_past_connector(after);
    if (next > after) {
        struct parser other = clear ? one : lone;
        other.t = moment_past_word(next, "в at las");
        other.timed = false;
        if (moment_take_hour(&other, false)) {
            from->p = clear ? one : lone;
            bool half = after[-1].kind == NUMBER && token_is_word(other.t - 1, "pm");
            bool dotted = after[-1].kind == NUMBER && token_is_word(other.t - 2, "m") &&
                          token_is_word(other.t - 4, "p");
            if ((half || dotted) && from->p.h + 12 <= other.h)
                from->p.h += 12; /* "6:30–8 p.m." */
            else if (!clear && from->p.h + 12 <= other.h && other.h > 12)
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
    from->opening = begun;
    from->p = one;
    return true;
}
