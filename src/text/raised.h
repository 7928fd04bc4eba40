/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is written above or below the line, as plain text that means the same: 10⁶, H₂O, 10^(n+1),
 * x_(ij); ordinals and abbreviations (1st, 2º, Mme) and signs of footnotes in brackets stay as they
 * are, since they read right on the line.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* How a stretch is written on the line. */
enum raised_form {
    RAISED_AS_IS,
    RAISED_SIGNS,  /* each character has a raised or lowered form: raised_sign() */
    RAISED_MARKED, /* behind ^ or _, in brackets if it is more than a character */
    RAISED_SIGN,   /* one sign stands for it: ™, º */
};

/* The form of a stretch that is no white space at its ends; before: what the line holds so far. */
enum raised_form raised_form(const char *before, gsize before_length, const char *text,
                             gsize length, bool raised, const char **sign);

/* The form of a character that is raised (or lowered), itself when it has none. */
gunichar raised_sign(gunichar c, bool raised);

/* The character of which this is the raised (or lowered) form, 0 when it is of none. */
gunichar raised_base(gunichar c, bool *raised);

/*
 * Whether the locale's charset has such characters; where it lacks them, 10⁶ would go out as 106.
 */
bool raised_is_shown(void);

/*
 * The text as who cannot show such characters reads it, 10^6, newly allocated; NULL when it has
 * none of them.  before: the byte that stands before the text, or 0.
 */
char *raised_ascii(const char *text, char before);
