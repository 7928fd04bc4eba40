/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of text/street.h share; for them alone. */
#pragma once

#include "text/street.h"

enum street_kind {
    KIND_STREET = 1 << 0,
    KIND_AVENUE = 1 << 1,
    KIND_DRIVE = 1 << 2,
    KIND_LANE = 1 << 3,
    KIND_ROAD = 1 << 4,
    KIND_SQUARE = 1 << 5,
    KIND_QUAY = 1 << 6,
    KIND_HIGHWAY = 1 << 7,
    KIND_BOULEVARD = 1 << 8,
    KIND_ALLEY = 1 << 9,
    KIND_END = 1 << 10,
    KIND_QUARTER = 1 << 11,
};

/* A house; letter and part are empty where it has none.  "24/2" is block 2 of 24. */
struct house {
    gint64 number;
    char letter[8], part[16];
};

enum parity { PARITY_ANY, PARITY_EVEN, PARITY_ODD };

/* One item of a list of houses. */
struct house_range {
    struct house first;
    gint64 last;        /* 0: the first is the only one */
    enum parity parity; /* of a range */
};

bool house_is_in(const struct house *house, const struct house_range *range);

struct street_address {
    GPtrArray *name; /* owned char *: its words, folded */
    unsigned kinds;  /* enum street_kind; 0: any */
    bool suffix;     /* the kind is the end of the last word of the name */
    bool han;        /* the name is one word with its kind, and there are no blanks */
    bool has_house;
    struct house house;
    gint64 unit; /* of a Chinese house; 0: none was said */
    char *word;
};

/* Bytes of what an adjective has in common with its other cases; 0: it is none. */
gsize street_stem(const char *word);

bool street_is_latin(const char *word);

/* --- words between blanks: street-tokens.c ------------------------------------------------- */

enum token_kind { TOKEN_WORD, TOKEN_NUMBER, TOKEN_SIGN };

struct street_token {
    enum token_kind kind;
    char *text;                       /* owned: folded; of a sign itself */
    gint64 number;                    /* of a number */
    bool joined;                      /* nothing stands between it and the one before */
    bool upper;                       /* it begins with a capital */
    bool title;                       /* a capital and small letters */
    bool ordinal;                     /* "2-я" is the word "2-" */
    unsigned uses;                    /* 1 << enum street_use */
    unsigned before, behind, several; /* kinds of streets that it says there */
};

enum street_use {
    USE_NAMED,
    USE_HOUSE,
    USE_SIDE,
    USE_EVEN,
    USE_ODD,
    USE_FROM,
    USE_TO,
    USE_AND,
    USE_BORDER,
    USE_ALONG,
    USE_AT,
    USE_BLOCK,
    USE_BUILDING,
    USE_FLAT,
    USE_LONGER,
    USE_UNIT,
    USE_DATED,
};

/* Of a line; struct street_token, cleared with it. */
GArray *street_tokens(const char *line);

/* The kinds of which a word is a name and a suffix, and how many bytes that is; 0: of none. */
unsigned street_suffix(const char *word, gsize *length);

static inline const struct street_token *
token_at(const GArray *tokens, guint i)
{
    return i < tokens->len ? &g_array_index(tokens, struct street_token, i) : NULL;
}

static inline bool
token_is(const struct street_token *token, enum street_use use)
{
    return token && token->uses & 1u << use;
}

static inline bool
token_is_sign(const struct street_token *token, char sign)
{
    return token && token->kind == TOKEN_SIGN && token->text[0] == sign && !token->text[1];
}

/* --- lists of houses: street-house.c -------------------------------------------------------- */

/* A house at a token; where it ends, or the same place for none. */
guint street_house(const GArray *tokens, guint at, guint end, struct house *house);

/*
 * The houses from a token on, before another, as struct house_range appended to ranges; where they
 * end.  *parity: which side was said before them, and behind.
 */
guint street_houses(const GArray *tokens, guint at, guint end, enum parity *parity, GArray *ranges);

/* --- Chinese: street-han.c ------------------------------------------------------------------ */

struct street_address *han_parse(const char *folded);

/* What a folded line says; *misses: it names other houses of the street. */
enum street_hit han_find(const struct street_address *address, const char *folded, bool *misses);
