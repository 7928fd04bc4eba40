/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hours in prose: "9:00", "с 9 до 17 часов", "2 pm", "上午9时至11时". */
#include "config.h"

#include "text/date-moment.h"

const struct token *
moment_past_word(const struct token *t, const char *words)
{
    return token_is_word(t, words) ? t + 1 : t;
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

bool
moment_take_hour(struct parser *p, bool bare)
{
    if (parser_take_time(p))
        return true;
    const struct token *t = moment_past_word(p->t, "в at um à alle o");
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

const struct token *
moment_past_connector(const struct token *t)
{
    if (token_is_sign(t, 0x8d77) && (token_is_sign(t + 1, 0x81f3) || token_is_sign(t + 1, 0x5230)))
        return t + 2; /* 起至 起到 */
    if (token_is_sign(t, '-') || token_is_sign(t, '~') || token_is_sign(t, 0x301c) ||
        token_is_sign(t, 0x81f3) || token_is_sign(t, 0x5230)) /* 〜 至 到 */
        return t + 1 + (t->kind == SIGN && token_is_sign(t + 1, t->sign));
    return moment_past_word(t, "по до to through thru bis au al a hasta until till and и do");
}

bool
moment_take_hours(struct moment *from, struct moment *to)
{
    struct parser one = from->p;
    one.t = past_brackets(one.t);
    while (token_is_sign(one.t, ',') || token_is_sign(one.t, ':'))
        one.t++;
    one.t = moment_past_word(one.t, "с со from between von ab de з");
    struct parser lone = one;
    bool clear = moment_take_hour(&one, false);
    if (!clear && !moment_take_hour(&lone, true))
        return false;
    const struct token *after = clear ? one.t : lone.t, *next = moment_past_connector(after);
    if (next > after) {
        struct parser other = clear ? one : lone;
        other.t = moment_past_word(next, "в at");
        other.timed = false;
        if (moment_take_hour(&other, false)) {
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
