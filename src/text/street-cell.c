/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whether a cell of a table is an address and nothing else: a name, a comma or none, and houses to
 * its end.  Without a word for its kind an adjective is the name of a street ("Праздничная, 5"),
 * and what stands behind a word for where ("Am Markt 2").
 */
#include "config.h"

#include "text/street-parts.h"

#include <string.h>

#define LAST_HOUSE 999 /* above it is a year */

/* "праздничная", "большой": as it stands alone. */
static bool
is_adjective(const char *word)
{
    static const char *const ends[] = {"ая", "яя", "ый", "ий", "ой", NULL};
    gsize stem = street_stem(word);
    return stem && g_strv_contains(ends, word + stem);
}

/* What is known of the words of a name. */
struct name {
    guint words;
    bool kind, adjectives, at; /* a word for its kind; nothing but such; behind one for where */
};

/* "du", "de la", and "der" of "An der Festwiese"; but "Konzert am Markt" is of something else. */
static bool
is_particle(const struct name *name, const struct street_token *token)
{
    bool where = token_is(token, USE_AT) || token_is(token, USE_ALONG);
    return strlen(token->text) <= 3 && (name->at || name->kind || !where);
}

/* Whether a token is of a name, which it is counted in. */
static bool
take(struct name *name, const struct street_token *token, bool first)
{
    gsize length;
    if (token->kind == TOKEN_SIGN)
        return strchr(".-", token->text[0]) && !first;
    if (token->kind != TOKEN_WORD)
        return false;
    if (first && token->upper && token_is(token, USE_AT)) {
        name->at = true;
        return true;
    }
    if ((token->before || token->behind) && (token->upper || !street_is_latin(token->text))) {
        name->kind = true;
        return true;
    }
    if (!token->upper)
        return token->ordinal || (!first && is_particle(name, token));
    name->words++;
    name->kind |= street_suffix(token->text, &length) != 0;
    name->adjectives &= is_adjective(token->text);
    return true;
}

enum street_cell
street_cell(const char *cell)
{
    g_autoptr(GArray) tokens = street_tokens(cell);
    struct name name = {.adjectives = true};
    guint i = 0;
    while (i < tokens->len && take(&name, token_at(tokens, i), i == 0))
        i++;
    if (!name.words)
        return STREET_OTHER;
    g_autoptr(GArray) houses = g_array_new(FALSE, FALSE, sizeof(struct house_range));
    enum parity parity = PARITY_ANY;
    guint end = street_houses(tokens, i, tokens->len, &parity, houses);
    if (!houses->len || end < tokens->len)
        return STREET_OTHER;
    for (guint n = 0; n < houses->len; n++)
        if (g_array_index(houses, struct house_range, n).first.number > LAST_HOUSE)
            return STREET_OTHER;
    return name.kind || name.adjectives || name.at ? STREET_ADDRESS : STREET_MAYBE;
}
