/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text as the tokens of a date: numbers, words (with the months among them), signs. */
#pragma once

#include "text/date-type.h"

enum token_kind { END, NUMBER, WORD, SIGN };

struct token {
    enum token_kind kind;
    gsize start, end; /* bytes in the text */
    int value;        /* of a number; of a word: month 1..12, or 0 */
    int digits;
    bool native;         /* digits of another script than ours */
    bool persian;        /* digits of Persian; a month of Iran's solar calendar */
    bool thai;           /* a Thai month */
    bool between, after; /* a word that may stand between the parts of a date, behind one */
    gint64 all;          /* a number of up to 18 digits, whole */
    gunichar sign;       /* of a sign, full-width forms folded */
    bool space;          /* white space stood before it */
    char word[32];       /* lower case, cut */
};

/*
 * The tokens of text, at most 4000, with an END after them; owned array of struct token.  Names of
 * months are those of the style's language first; style may be NULL.
 */
GArray *date_tokens(const char *text, const struct date_style *style);

bool token_is_sign(const struct token *token, gunichar sign);
/* Whether a token is one of the words of a list, separated by blanks. */
bool token_is_word(const struct token *token, const char *list);
