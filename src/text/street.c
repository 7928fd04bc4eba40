/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Finding where a line names a street.  A name is one with a word for its kind beside it, in a list
 * behind such a word, or right before the very house.
 */
#include "config.h"

#include "text/fold.h"
#include "text/street-parts.h"

#include <string.h>

#define LOOK_BACK 60 /* tokens, for the kind that a list began with, and for houses before a name */

static bool
is_same_word(const char *a, const char *b)
{
    if (g_str_equal(a, b))
        return true;
    gsize stem = street_stem(a);
    return stem && street_stem(b) == stem && !memcmp(a, b, stem);
}

/* "К." for "Карла". */
static bool
is_initial(const char *word, const char *initial)
{
    return !*g_utf8_next_char(initial) && g_utf8_get_char(word) == g_utf8_get_char(initial);
}

/* --- finding -------------------------------------------------------------------------------- */

/* One line, and what it has said so far. */
struct search {
    const struct street_address *address;
    const GArray *tokens;
    bool misses; /* it names other houses of the street */
};

/* Where a street is named. */
struct mention {
    guint begin, name, name_end, end; /* end: behind its kind */
    unsigned kinds;                   /* of it; 0: none is said */
    bool several;                     /* they are of a list of streets */
};

static bool
is_last_with_suffix(const struct search *s, const char *name, const char *word)
{
    gsize size = strlen(name), length;
    return g_str_has_prefix(word, name) && street_suffix(word, &length) & s->address->kinds &&
           strlen(word) == size + length;
}

/* Whether the name stands at a token; where it ends, or the same place. */
static guint
match_name(const struct search *s, guint at)
{
    const GPtrArray *name = s->address->name;
    guint i = at;
    for (guint k = 0; k < name->len; k++) {
        const char *word = g_ptr_array_index(name, k);
        const struct street_token *t = token_at(s->tokens, i);
        if (k && token_is_sign(t, '-') && t->joined) /* Victor-Hugo */
            t = token_at(s->tokens, ++i);
        if (!t || t->kind == TOKEN_SIGN)
            return at;
        bool last = k + 1 == name->len;
        bool same = s->address->suffix && last ? is_last_with_suffix(s, word, t->text)
                                               : is_same_word(word, t->text);
        bool initial = !same && !last && (is_initial(word, t->text) || is_initial(t->text, word));
        bool left_out = !same && !initial && !last && !*g_utf8_next_char(word);
        if (left_out) /* "М. Горького" as "Горького" */
            continue;
        if (!same && !initial)
            return at;
        i++;
        if (!last && token_is_sign(token_at(s->tokens, i), '.') && token_at(s->tokens, i)->joined)
            i++;
    }
    return i;
}

static bool
ends_sentence(const GArray *tokens, guint at)
{
    const struct street_token *t = token_at(tokens, at),
                              *before = at ? token_at(tokens, at - 1) : NULL;
    if (t->kind != TOKEN_SIGN || !strchr(".!?", t->text[0]))
        return false;
    bool abbreviates = before && (before->before || before->behind || before->uses ||
                                  !*g_utf8_next_char(before->text));
    return t->text[0] != '.' || !abbreviates;
}

/* Another name ends with it: "Большая Садовая", "2-я Садовая", "Ново-Садовая". */
static bool
is_end_of_longer(const struct search *s, const struct mention *m)
{
    if (!m->name)
        return false;
    const struct street_token *t = token_at(s->tokens, m->name - 1),
                              *own = token_at(s->tokens, m->name);
    if (token_is_sign(t, '-'))
        return own->joined && m->name > 1 && token_at(s->tokens, m->name - 1)->joined;
    if (t->kind != TOKEN_WORD || t->behind)
        return false;
    if (t->ordinal || token_is(t, USE_LONGER))
        return true;
    /* "ул. 30 лет Победы": all of it is one name */
    for (guint i = m->name; i-- > 0 && i + 5 > m->name;) {
        const struct street_token *word = token_at(s->tokens, i);
        if (word->before || (token_is_sign(word, '.') && i && token_at(s->tokens, i - 1)->before))
            return true;
        if (word->kind == TOKEN_SIGN || token_is(word, USE_AND))
            break;
    }
    bool first = m->name == 1 || ends_sentence(s->tokens, m->name - 2);
    return t->title && own->title && !first && !s->address->suffix && !t->uses;
}

/* Another name begins with it: "Розы Люксембург". */
static bool
is_begin_of_longer(const struct search *s, const struct mention *m)
{
    const struct street_token *t = token_at(s->tokens, m->end),
                              *own = token_at(s->tokens, m->name_end - 1);
    if (!t)
        return false;
    if (token_is_sign(t, '-') && t->joined) {
        const struct street_token *next = token_at(s->tokens, m->end + 1);
        return next && next->kind == TOKEN_WORD && next->joined;
    }
    return t->kind == TOKEN_WORD && t->title && own->title && !t->ordinal && !t->before &&
           !t->uses && m->end == m->name_end;
}

/* Where a name begins with what may stand before it: "им.", "имени В. И.". */
static guint
begin_of_name(const GArray *tokens, guint at)
{
    for (;;) {
        bool dot = at > 1 && token_is_sign(token_at(tokens, at - 1), '.');
        const struct street_token *t = at ? token_at(tokens, at - 1 - dot) : NULL;
        bool initial = dot && t->kind == TOKEN_WORD && t->upper && !*g_utf8_next_char(t->text);
        if (!token_is(t, USE_NAMED) && !initial)
            return at;
        at -= 1 + dot;
    }
}

/* The word for the kind, before the name or behind it. */
static void
find_kinds(const struct search *s, struct mention *m)
{
    guint at = begin_of_name(s->tokens, m->name);
    guint kind = at && token_is_sign(token_at(s->tokens, at - 1), '.') ? at - 1 : at;
    const struct street_token *before = kind ? token_at(s->tokens, kind - 1) : NULL,
                              *behind = token_at(s->tokens, m->name_end);
    if (s->address->suffix) {
        m->kinds = s->address->kinds;
        m->end = token_is_sign(behind, '.') ? m->end + 1 : m->end;
    } else if (before && before->before) {
        m->kinds = before->before;
        m->begin = kind - 1;
    } else if (behind && behind->behind) {
        m->kinds = behind->behind;
        m->end = m->name_end + 1;
        if (token_is_sign(token_at(s->tokens, m->end), '.'))
            m->end++;
    }
}

/* What a list of streets began with: "по улицам Ленина, Мира", "ул. Ленина, 2, Мира, 5". */
static void
find_kinds_of_list(const struct search *s, struct mention *m)
{
    const struct street_token *before = m->name ? token_at(s->tokens, m->name - 1) : NULL;
    if (!before ||
        !(token_is_sign(before, ',') || token_is_sign(before, ';') || token_is(before, USE_AND)))
        return;
    for (guint i = m->name; i-- > 0 && i + LOOK_BACK > m->name && !ends_sentence(s->tokens, i);) {
        const struct street_token *t = token_at(s->tokens, i);
        if (!t->before)
            continue;
        m->kinds = t->before;
        m->several = (t->several & t->before) != 0;
        return;
    }
}

/* A street between whose crossings or up to which something is. */
static bool
is_border(const struct search *s, const struct mention *m)
{
    const struct street_token *t = m->begin ? token_at(s->tokens, m->begin - 1) : NULL;
    if (token_is(t, USE_BORDER))
        return true;
    if (!token_is(t, USE_AND))
        return false;
    for (guint i = m->begin - 1; i-- > 0 && i + 8 > m->begin;)
        if (token_is(token_at(s->tokens, i), USE_BORDER))
            return !token_is(token_at(s->tokens, i), USE_ALONG);
    return false;
}

/* --- houses of a mention -------------------------------------------------------------------- */

/* What a list of houses before a name may consist of. */
static bool
is_of_list(const struct street_token *t)
{
    if (t->kind == TOKEN_SIGN)
        return strchr(",-/()&", t->text[0]) && !t->text[1];
    return t->kind == TOKEN_NUMBER || t->joined ||
           t->uses &
               (1u << USE_HOUSE | 1u << USE_SIDE | 1u << USE_EVEN | 1u << USE_ODD | 1u << USE_FROM |
                1u << USE_TO | 1u << USE_AND | 1u << USE_ALONG | 1u << USE_BLOCK);
}

/*
 * Houses that are said first: "в домах №№ 13, 15 по улице Гагарина", "22, 24 and 26 Main Street".
 */
static enum parity
houses_before(const struct search *s, const struct mention *m, GArray *ranges)
{
    guint end = m->begin, begin = end;
    bool houses = false, latin = street_is_latin(token_at(s->tokens, m->name)->text);
    while (begin && begin + LOOK_BACK > end) {
        const struct street_token *t = token_at(s->tokens, begin - 1);
        bool dot = token_is_sign(t, '.') && begin > 1 && token_at(s->tokens, begin - 2)->uses;
        if (!dot && !is_of_list(t))
            break;
        houses |= (t->uses & (1u << USE_HOUSE | 1u << USE_EVEN | 1u << USE_ODD)) != 0;
        begin--;
    }
    for (guint i = begin; !houses && i-- > 0 && !ends_sentence(s->tokens, i);)
        houses = token_is(token_at(s->tokens, i), USE_HOUSE); /* "в домах 1, 3 по …, 5 по …" */
    if (!houses && !latin)
        return PARITY_ANY;
    for (; begin < end; begin++) {
        enum parity parity = PARITY_ANY;
        g_autoptr(GArray) found = g_array_new(FALSE, TRUE, sizeof(struct house_range));
        guint done = street_houses(s->tokens, begin, end, &parity, found);
        /* nothing but "по", "on" and the like between */
        while (done < end &&
               (token_at(s->tokens, done)->uses & (1u << USE_ALONG | 1u << USE_HOUSE) ||
                token_is_sign(token_at(s->tokens, done), ',')))
            done++;
        if (done < end || (!found->len && parity == PARITY_ANY))
            continue;
        g_array_append_vals(ranges, found->data, found->len);
        return parity;
    }
    return PARITY_ANY;
}

static void
add_side(GArray *ranges, enum parity parity)
{
    struct house_range side = {.first = {.number = 1}, .last = G_MAXINT64, .parity = parity};
    g_array_append_val(ranges, side);
}

/* What is said of it; exact: only the very house counts, since it may be no street. */
static enum street_hit
judge(struct search *s, const struct mention *m, bool exact)
{
    const struct street_address *address = s->address;
    g_autoptr(GArray) ranges = g_array_new(FALSE, TRUE, sizeof(struct house_range));
    bool latin = street_is_latin(token_at(s->tokens, m->name)->text);
    enum parity before = exact && latin ? PARITY_ANY : houses_before(s, m, ranges), behind = before;
    guint said = ranges->len;
    guint end = street_houses(s->tokens, m->end, s->tokens->len, &behind, ranges);
    if (exact && ranges->len && token_is_sign(token_at(s->tokens, end - 1), '('))
        return STREET_NONE;
    if (ranges->len == said && !said && behind != PARITY_ANY)
        add_side(ranges, behind);
    if (!ranges->len)
        return exact || is_border(s, m) ? STREET_NONE : STREET_WHOLE;
    if (!address->has_house)
        return exact ? STREET_NONE : STREET_WHOLE;
    for (guint i = 0; i < ranges->len; i++)
        if (house_is_in(&address->house, &g_array_index(ranges, struct house_range, i)))
            return STREET_HOUSE;
    s->misses |= !exact;
    return STREET_NONE;
}

static enum street_hit
look_at(struct search *s, guint at)
{
    struct mention m = {.begin = at, .name = at, .name_end = match_name(s, at)};
    m.end = m.name_end;
    if (m.name_end == at)
        return STREET_NONE;
    find_kinds(s, &m);
    bool bare = !m.kinds;
    if (bare)
        find_kinds_of_list(s, &m);
    if (m.kinds && s->address->kinds && !(m.kinds & s->address->kinds))
        return STREET_NONE;
    bool before = !bare && m.begin < m.name;
    if ((!before && is_end_of_longer(s, &m)) || is_begin_of_longer(s, &m))
        return STREET_NONE;
    if (!bare || m.several)
        return judge(s, &m, false);
    /* a word of the language may be the name of a street */
    return token_at(s->tokens, m.name)->upper ? judge(s, &m, true) : STREET_NONE;
}

static enum street_hit
find_in_line(const struct street_address *address, const char *line, bool *misses)
{
    g_autoptr(GArray) tokens = street_tokens(line);
    struct search s = {.address = address, .tokens = tokens};
    enum street_hit hit = STREET_NONE;
    for (guint i = 0; i < tokens->len && hit != STREET_HOUSE; i++)
        hit = MAX(hit, token_at(tokens, i)->kind == TOKEN_SIGN ? STREET_NONE : look_at(&s, i));
    *misses |= s.misses;
    return hit;
}

/* Line by line; most have nothing of the street. */
static enum street_hit
find_in(const struct street_address *address, const char *text, bool *misses)
{
    enum street_hit hit = STREET_NONE;
    for (const char *p = text; p && *p && hit != STREET_HOUSE;) {
        gsize length = strcspn(p, "\n");
        g_autofree char *line = g_strndup(p, length), *folded = text_search_form(line);
        enum street_hit one = STREET_NONE;
        if (address->han)
            one = han_find(address, folded, misses);
        else if (strstr(folded, address->word))
            one = find_in_line(address, line, misses);
        hit = MAX(hit, one);
        p += length + (p[length] == '\n');
    }
    return hit;
}

enum street_hit
street_find(const struct street_address *address, const char *title, const char *text)
{
    bool misses = false, none = false;
    enum street_hit in_text = find_in(address, text, &misses),
                    in_title = find_in(address, title, &none);
    if (in_title == STREET_WHOLE && misses)
        in_title = STREET_NONE;
    return MAX(in_text, in_title);
}
