/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is searched for, as tokens.  Outside of Chinese, Japanese and Korean script a token is a
 * folded word; inside a run of these scripts each character and its successor make a token, and
 * the last character one alone, so that pairs find any substring of two characters or more and a
 * prefix finds single characters.
 */
#pragma once

#include <glib.h>
#include <sqlite3.h>
#include <stdbool.h>

struct token {
    const char *text; /* borrowed from the folded text, not terminated */
    gsize length;     /* bytes */
    bool tail;        /* the last character of a run, after the pair that it ends */
    bool single, pair; /* one character of these scripts, or two; neither: a word */
};

/* Return false to stop. */
typedef bool (*token_func)(const struct token *token, gpointer data);

/*
 * Calls for each token of text_search_form().  query: tails are left out, the pair before says
 * enough.  False when stopped.
 */
bool tokens_each(const char *folded, bool query, token_func each, gpointer data);

/* The FTS5 tokenizer "crier"; an SQLite status. */
int tokenizer_register(sqlite3 *db);
