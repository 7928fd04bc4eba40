/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Words, quotations and fields of a query as they are typed.  Signs that mean something where a
 * term begins are meant in either width (text/typed-sign.h): is：unread, （a OR b）, －c, ＂d＂.
 * What is quoted stays as it is, and so does what stands within a word.  All texts are UTF-8.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "base/near.h"

/* The field that a name is or may be meant for, in any case. */
struct near query_text_near(const char *name);

/* Whether a text begins with a sign in either width; *end: what is behind it. */
bool query_text_has(const char *text, char sign, const char **end);

/* Whether a quotation begins: with a mark in either width, or with “ that a ” closes. */
bool query_text_is_quoted(const char *text);
/* What it says, newly allocated, and *text behind it; NULL: nothing closes it. */
char *query_text_quoted(const char **text);

/*
 * How long a word is, or the value of a field, which may have quotation marks in it; grouped: a
 * parenthesis has been opened before.  A wide parenthesis is text within it, and so is the one that
 * closes that.
 */
gsize query_text_length(const char *text, bool is_value, bool grouped);

/*
 * The name of the field that a word of a length begins with, in small letters and newly allocated,
 * and its *value; NULL: it is text.
 */
char *query_text_field(const char *text, gsize length, const char **value);
/*
 * A value of a length, in ASCII where a field has values of no other, and in small letters where
 * these are words of the query language; newly allocated.
 */
char *query_text_value(const char *field, const char *text, gsize length);
