/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Houses in a line of tokens: "20, 22, 24–36 (чётные), 41 корп. 2".  What may be a day, a time or a
 * number of something else is none.
 */
#include "config.h"

#include "text/street-parts.h"

#include <string.h>

#define MAX_RANGES 400 /* of one list */

static bool
has_parity(gint64 number, enum parity parity)
{
    return parity == PARITY_ANY || (number % 2 == 0) == (parity == PARITY_EVEN);
}

bool
house_is_in(const struct house *house, const struct house_range *range)
{
    const struct house *first = &range->first;
    if (range->last)
        return house->number >= first->number && house->number <= range->last &&
               has_parity(house->number, range->parity);
    return house->number == first->number && g_str_equal(house->letter, first->letter) &&
           g_str_equal(house->part, first->part);
}

/* --- one house ------------------------------------------------------------------------------ */

static bool
is_single(const struct street_token *token)
{
    return token && token->kind == TOKEN_WORD && !token->ordinal && !*g_utf8_next_char(token->text);
}

static bool
is_quote(const struct street_token *token)
{
    static const char *const quotes[] = {"«", "»", "\"", "“", "”", "„", "'", NULL};
    return token && token->kind == TOKEN_SIGN && g_strv_contains(quotes, token->text);
}

/* Its letter: "24а", "24 а,", "24-а", "24 «А»". */
static guint
read_letter(const GArray *tokens, guint at, guint end, struct house *house)
{
    const struct street_token *t = token_at(tokens, at), *next = token_at(tokens, at + 1);
    guint behind = at;
    if (at >= end)
        return at;
    bool open = !next || next->kind == TOKEN_SIGN || at + 1 >= end;
    if (is_single(t) && (t->joined || (open && !(t->uses & (1u << USE_AND | 1u << USE_FROM)))) &&
        !(token_is(t, USE_BLOCK) && next &&
          (next->kind == TOKEN_NUMBER || token_is_sign(next, '.'))))
        behind = at + 1;
    else if (token_is_sign(t, '-') && t->joined && is_single(next) && next->joined)
        behind = at + 2;
    else if (is_quote(t) && is_single(next) && is_quote(token_at(tokens, at + 2)))
        behind = at + 3;
    if (behind == at)
        return at;
    const struct street_token *letter = behind == at + 1 ? t : next;
    g_strlcpy(house->letter, letter->text, sizeof house->letter);
    return behind;
}

/* Its block: "/2", "к. 2", ", корп. А"; a building is another thing. */
static guint
read_part(const GArray *tokens, guint at, guint end, struct house *house)
{
    const struct street_token *t = token_at(tokens, at);
    if (at + 1 < end && token_is_sign(t, '/') && t->joined) {
        const struct street_token *part = token_at(tokens, at + 1);
        if (part->kind == TOKEN_NUMBER || (is_single(part) && part->joined)) {
            g_strlcpy(house->part, part->text, sizeof house->part);
            return at + 2;
        }
        return at;
    }
    guint i = token_is_sign(t, ',') ? at + 1 : at;
    t = i < end ? token_at(tokens, i) : NULL;
    bool building = token_is(t, USE_BUILDING);
    if (!building && !token_is(t, USE_BLOCK))
        return at;
    i++;
    if (token_is_sign(token_at(tokens, i), '.'))
        i++;
    const struct street_token *part = i < end ? token_at(tokens, i) : NULL;
    if (!part || (part->kind != TOKEN_NUMBER && !is_single(part)))
        return at;
    g_snprintf(house->part, sizeof house->part, "%s%s", building ? "b" : "", part->text);
    return i + 1;
}

/* What stands behind a number says that it counts or dates something. */
static bool
is_other_number(const GArray *tokens, guint at, guint behind)
{
    const struct street_token *next = token_at(tokens, behind),
                              *after = token_at(tokens, behind + 1),
                              *before = at ? token_at(tokens, at - 1) : NULL;
    if (token_is(before, USE_DATED))
        return true;
    if (next && next->kind == TOKEN_SIGN && next->joined && after && after->joined &&
        after->kind == TOKEN_NUMBER && strchr(".:", next->text[0]))
        return true; /* 9:00, 12.05 */
    if (token_is_sign(next, '-') && next->joined && after && after->joined &&
        after->kind == TOKEN_WORD && !is_single(after))
        return true; /* 5-этажный */
    if (next && (g_str_equal(next->text, "%") || g_str_equal(next->text, "°")))
        return true;
    return token_is(next, USE_UNIT) && !(next->joined && is_single(next));
}

guint
street_house(const GArray *tokens, guint at, guint end, struct house *house)
{
    const struct street_token *t = at < end ? token_at(tokens, at) : NULL;
    *house = (struct house){0};
    if (!t || t->kind != TOKEN_NUMBER || !t->number || is_other_number(tokens, at, at + 1))
        return at;
    house->number = t->number;
    guint behind = read_letter(tokens, at + 1, end, house);
    return read_part(tokens, behind, end, house);
}

/* --- ranges --------------------------------------------------------------------------------- */

/* Words like "дом", "д." and "№". */
static guint
skip_house_words(const GArray *tokens, guint at, guint end)
{
    while (at < end && token_is(token_at(tokens, at), USE_HOUSE)) {
        at++;
        if (at < end && token_is_sign(token_at(tokens, at), '.'))
            at++;
    }
    return at;
}

/* "20", "20-36", "20 по 36": where it ends. */
static guint
read_range(const GArray *tokens, guint at, guint end, bool needs_end, struct house_range *range)
{
    struct house last;
    *range = (struct house_range){0};
    guint behind = street_house(tokens, at, end, &range->first);
    if (behind == at)
        return at;
    const struct street_token *t = behind < end ? token_at(tokens, behind) : NULL;
    bool to = token_is_sign(t, '-') || token_is_sign(t, '~') || token_is(t, USE_TO) ||
              (needs_end && token_is(t, USE_AND));
    guint from = to ? skip_house_words(tokens, behind + 1, end) : behind,
          last_end = to ? street_house(tokens, from, end, &last) : from;
    if (last_end == from) {
        /* "с 10 по 30 июня": the first is none either */
        bool number = to && token_at(tokens, from) &&
                      token_at(tokens, from)->kind == TOKEN_NUMBER && from < end;
        return needs_end || number ? at : behind;
    }
    if (last.number > range->first.number)
        range->last = last.number;
    return last_end;
}

/* "с 9 до 17": of hours, where nothing says that it is of houses. */
static bool
is_time(const GArray *tokens, guint from, guint first, const struct house_range *range)
{
    return first == from + 1 && range->last && range->last <= 24 &&
           g_str_equal(token_at(tokens, from)->text, "с") &&
           g_str_equal(token_at(tokens, first + 1)->text, "до");
}

struct list {
    GArray *ranges;
    guint begin, open; /* those of this list; those since a parity was said last */
    enum parity parity;
};

static void
take_parity(struct list *list, enum parity parity)
{
    bool said_behind = list->parity == PARITY_ANY && list->ranges->len > list->open;
    if (said_behind) {
        for (guint i = list->open; i < list->ranges->len; i++)
            g_array_index(list->ranges, struct house_range, i).parity = parity;
    } else {
        list->parity = parity;
    }
    list->open = list->ranges->len;
}

/* What may stand before the first house and between two. */
static bool
is_between(const struct list *list, const struct street_token *t)
{
    if (t->kind == TOKEN_SIGN) {
        bool first = list->ranges->len == list->begin;
        return (t->text[0] && strchr(",;()&", t->text[0]) && !t->text[1]) ||
               (first &&
                (token_is_sign(t, ':') || token_is_sign(t, '-') || token_is_sign(t, '\t')));
    }
    return t->uses & (1u << USE_HOUSE | 1u << USE_SIDE | 1u << USE_AND) ||
           (t->uses & 1u << USE_ALONG && list->ranges->len == list->begin);
}

static guint
skip_dot(const GArray *tokens, guint at, guint end)
{
    return at < end && token_is_sign(token_at(tokens, at), '.') ? at + 1 : at;
}

guint
street_houses(const GArray *tokens, guint at, guint end, enum parity *parity, GArray *ranges)
{
    struct list list = {ranges, ranges->len, ranges->len, *parity};
    guint done = at;
    bool side = false;
    while (at < end && ranges->len - list.begin < MAX_RANGES) {
        const struct street_token *t = token_at(tokens, at);
        struct house_range range;
        if (token_is(t, USE_EVEN) || token_is(t, USE_ODD)) {
            take_parity(&list, token_is(t, USE_EVEN) ? PARITY_EVEN : PARITY_ODD);
            at = done = skip_dot(tokens, at + 1, end);
            side = true;
            continue;
        }
        bool from = token_is(t, USE_FROM);
        guint first = from ? skip_house_words(tokens, at + 1, end) : at,
              behind = read_range(tokens, first, end, from, &range);
        if (behind > first && !(from && is_time(tokens, at, first, &range))) {
            range.parity = list.parity;
            g_array_append_val(ranges, range);
            at = done = behind;
        } else if (!from && is_between(&list, t)) {
            at = token_is(t, USE_HOUSE) ? skip_dot(tokens, at + 1, end) : at + 1;
            if (token_is(t, USE_SIDE))
                done = at;
        } else {
            break;
        }
    }
    *parity = side || list.parity != PARITY_ANY ? list.parity : PARITY_ANY;
    return done;
}
