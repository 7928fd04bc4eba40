/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Foreign text made harmless.  After these functions a string is valid UTF-8 and holds no
 * C0 or C1 control (but the newline and tab that text_clean keeps), no bidirectional
 * control (U+202A..202E, U+2066..2069, U+200E/F, U+061C), no U+00AD, U+200B, U+2060,
 * U+FEFF and no non-character.
 */
#pragma once

#include <glib.h>

/* Whether text_clean() would give it back as it is. */
gboolean text_is_clean(const char *text, gsize length);

/* Of how many bytes at its beginning that is so, up to the first character of which it is not. */
gsize text_clean_length(const char *text, gsize length);

/* Keeps line breaks (as LF) and tabs. */
char *text_clean(const char *text, gssize length);

/* The same in place, of text that is valid UTF-8 already. */
void text_clean_valid(GString *text);

/* One line: every run of white space, NBSP and U+3000 included, becomes one space; trimmed. */
char *text_squeeze(const char *text, gssize length);

/* Only the white space of text_squeeze; every other character of valid UTF-8 stays. */
char *text_collapse(const char *text, gssize length);

/* The beginning of valid UTF-8, at most so many bytes, in whole characters; newly allocated. */
char *text_beginning(const char *text, gsize length, gsize most);

/* Whether text is NULL or holds white space only. */
gboolean text_is_blank(const char *text);
