/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where words that were searched for stand in a text, whatever case, width, script variant or
 * composition either is written in: what is highlighted, and what is shown of a hit.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

struct text_range {
    gsize start, length; /* bytes of the text */
};

/*
 * The ranges of `text` (valid UTF-8) where one of the words (NULL-terminated) stands, in order and
 * apart; at most `limit`, 0 for all.  Unless `anywhere`, a word begins where a word begins, and may
 * go on; Chinese, Japanese and Korean ones stand anywhere.  Owned, of struct text_range.
 */
GArray *text_matches(const char *text, char *const *words, bool anywhere, guint limit);

/* Whether a word stands anywhere in the text: what text_matches() would say, sooner. */
bool text_holds(const char *text, const char *word);

/*
 * One line of about `characters` around the first of these, else the beginning, newly allocated;
 * "…" where it is cut.
 */
char *text_snippet(const char *text, char *const *words, guint characters);
