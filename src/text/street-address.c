/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading an address as people write theirs: between commas, one part is the street. */
#include "config.h"

#include "text/fold.h"
#include "text/street-parts.h"

#include <string.h>

gsize
street_stem(const char *word)
{
    static const char *const ends[] = {"ая", "яя",  "ой",  "ей",  "ою",  "ую",  "юю", "ый",
                                       "ий", "ом",  "ем",  "ым",  "им",  "ые",  "ие", "ых",
                                       "их", "ого", "его", "ому", "ему", "ыми", "ими"};
    for (size_t i = G_N_ELEMENTS(ends); i-- > 0;) {
        gsize length = strlen(word), size = strlen(ends[i]);
        if (length >= size + 2 * strlen("ж") && g_str_has_suffix(word, ends[i]))
            return length - size;
    }
    return 0;
}

void
street_free(struct street_address *address)
{
    g_ptr_array_unref(address->name);
    g_free(address->word);
    g_free(address);
}

bool
street_is_address(const struct street_address *address)
{
    return address->has_house || address->kinds || address->han;
}

const char *
street_word(const struct street_address *address)
{
    return address->word;
}

/* A part of the address between commas: its name and kind. */
struct part {
    guint begin, end;
    unsigned kinds;
    guint kind_at; /* its word for the kind; end: none */
};

static bool
is_only_house(const GArray *tokens, const struct part *part)
{
    const struct street_token *first = token_at(tokens, part->begin);
    struct house house;
    return part->begin >= part->end || token_is(first, USE_HOUSE) || token_is(first, USE_BLOCK) ||
           street_house(tokens, part->begin, part->end, &house) == part->end;
}

static void
find_kind(const GArray *tokens, struct part *part)
{
    part->kind_at = part->end;
    for (guint i = part->begin; i < part->end; i++) {
        const struct street_token *t = token_at(tokens, i);
        bool is_first = i == part->begin || (i == part->begin + 1 &&
                                             token_at(tokens, part->begin)->kind == TOKEN_NUMBER);
        unsigned kinds = is_first ? t->before : t->behind;
        if (!kinds || (part->kind_at < part->end && is_first))
            continue;
        part->kinds = kinds;
        part->kind_at = i;
        if (is_first)
            return;
    }
}

/* The part that has a kind, else the first that is no house. */
static bool
choose_part(const GArray *tokens, struct part *chosen)
{
    bool found = false;
    struct part part = {0};
    for (guint i = 0; i <= tokens->len; i++) {
        if (i < tokens->len && !token_is_sign(token_at(tokens, i), ','))
            continue;
        part.end = i;
        part.kinds = 0;
        if (!is_only_house(tokens, &part)) {
            find_kind(tokens, &part);
            if (!found || (part.kinds && !chosen->kinds))
                *chosen = part;
            found = true;
        }
        part.begin = i + 1;
    }
    return found;
}

bool
street_is_latin(const char *word)
{
    return g_utf8_get_char(word) < 0x370;
}

static void
add_name(struct street_address *address, const GArray *tokens, guint begin, guint end)
{
    for (guint i = begin; i < end; i++) {
        const struct street_token *t = token_at(tokens, i);
        if (t->kind != TOKEN_SIGN && !token_is(t, USE_NAMED))
            g_ptr_array_add(address->name, g_strdup(t->text));
    }
}

/* A house stands behind the name, with or without a comma; in Latin script before it too. */
static void
read_part_of(struct street_address *address, const GArray *tokens, struct part *part)
{
    guint begin = part->begin, end = part->end, kind = part->kind_at;
    struct house house;
    guint behind = street_house(tokens, begin, end, &house);
    if (behind > begin && behind < end && token_at(tokens, behind)->kind == TOKEN_WORD &&
        street_is_latin(token_at(tokens, behind)->text)) {
        address->house = house;
        address->has_house = true;
        begin = behind;
    }
    if (kind == begin)
        begin++;
    if (token_is_sign(token_at(tokens, begin), '.'))
        begin++;
    for (guint i = begin + 1; i < end && !address->has_house; i++) {
        enum parity none = PARITY_ANY;
        g_autoptr(GArray) ranges = g_array_new(FALSE, TRUE, sizeof(struct house_range));
        const struct street_token *t = token_at(tokens, i);
        bool begins = t->kind == TOKEN_NUMBER || (token_is(t, USE_HOUSE) && i + 1 < end &&
                                                  token_at(tokens, i + 1)->kind != TOKEN_WORD);
        if (!begins || street_houses(tokens, i, tokens->len, &none, ranges) < end || !ranges->len)
            continue;
        address->house = g_array_index(ranges, struct house_range, 0).first;
        address->has_house = true;
        end = i;
    }
    if (kind > begin && kind < end) { /* behind the name */
        add_name(address, tokens, begin, kind);
        return;
    }
    add_name(address, tokens, begin, end);
}

static void
read_house_behind(struct street_address *address, const GArray *tokens, guint at)
{
    enum parity none = PARITY_ANY;
    g_autoptr(GArray) ranges = g_array_new(FALSE, TRUE, sizeof(struct house_range));
    street_houses(tokens, at, tokens->len, &none, ranges);
    if (!ranges->len)
        return;
    address->house = g_array_index(ranges, struct house_range, 0).first;
    address->has_house = true;
}

/* What the index is asked for: the longest word, as far as it does not change. */
static char *
word_of(const struct street_address *address)
{
    const char *longest = g_ptr_array_index(address->name, 0);
    for (guint i = 1; i < address->name->len; i++)
        if (strlen(g_ptr_array_index(address->name, i)) > strlen(longest))
            longest = g_ptr_array_index(address->name, i);
    gsize stem = street_stem(longest);
    return g_strndup(longest, stem ? stem : strcspn(longest, "-"));
}

/* Flats and offices are not looked for. */
static void
cut_flat(GArray *tokens)
{
    for (guint i = 1; i < tokens->len; i++)
        if (token_is(token_at(tokens, i), USE_FLAT))
            g_array_set_size(tokens, i);
}

static struct street_address *
parse_words(const char *text)
{
    g_autoptr(GArray) tokens = street_tokens(text);
    cut_flat(tokens);
    struct part part = {0};
    if (!choose_part(tokens, &part))
        return NULL;
    AUTO(street_free) struct street_address *address = g_new0(struct street_address, 1);
    address->name = g_ptr_array_new_with_free_func(g_free);
    address->kinds = part.kinds;
    read_part_of(address, tokens, &part);
    if (!address->name->len)
        return NULL;
    if (!address->has_house)
        read_house_behind(address, tokens, part.end);
    char **last = (char **)&address->name->pdata[address->name->len - 1];
    gsize length;
    unsigned kinds = address->kinds ? 0 : street_suffix(*last, &length);
    if (kinds) {
        address->kinds = kinds;
        address->suffix = true;
        (*last)[strlen(*last) - length] = '\0';
    }
    address->word = word_of(address);
    return *address->word ? g_steal_pointer(&address) : NULL;
}

struct street_address *
street_parse(const char *text)
{
    g_autofree char *folded = text_search_form(text);
    struct street_address *address = han_parse(folded);
    return address ? address : parse_words(text);
}
