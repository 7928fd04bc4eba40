/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is searched for, as tokens.  Outside of Chinese, Japanese and Korean script a token is a
 * folded word; inside a run of these scripts each character and its successor make a token, and
 * the last character one alone, so that pairs find any substring of two characters or more and a
 * prefix finds single characters.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

struct token {
    const char *text;  /* borrowed from the folded text, not terminated */
    gsize length;      /* bytes */
    bool tail;         /* the last character of a run, after the pair that it ends */
    bool single, pair; /* one character of these scripts, or two; neither: a word */
};

/* Return false to stop. */
typedef bool (*token_func)(const struct token *token, gpointer data);

/*
 * Calls for each token of text_search_form().  query: tails are left out, the pair before says
 * enough.  False when stopped.
 */
bool tokens_each(const char *folded, bool query, token_func each, gpointer data);

/* Whether a token begins at a place of a folded text, at which a character of one stands. */
bool tokens_begin(const char *folded, const char *at);

/* What a token of a title begins with where it is told from those of texts: no letter, no digit. */
#define TOKEN_OF_TITLE "\u00a7"

/*
 * The tokens of a title and a text, both valid UTF-8, each with a blank behind it and once however
 * often it stands there, which is all that the index keeps; those of the title again with
 * TOKEN_OF_TITLE.  That is what FTS5 is given: a token has letters and digits and no ASCII sign, so
 * that FTS5's own tokenizer "ascii" finds the same ones, and the index needs nothing that other
 * programs do not have.
 */
char *tokens_joined(const char *title, const char *text);
