/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Text with {names} in it, as portal files have it for URLs and request bodies.  A name is
 * letters, digits, '.', '_' and '-'; other braces stand for themselves, so that a body may be JSON.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* The value of a name, newly allocated, or NULL for an empty one. */
typedef char *template_value(const char *name, gpointer data);

char *template_expand(const char *text, template_value *value, gpointer data);

/* With the groups of a match as {0}, {1}, … */
char *template_expand_match(const char *text, const GMatchInfo *match);

bool template_has(const char *text, const char *name);

/*
 * Checks that every name is among `names` (separated by blanks; NULL: any) or, if groups
 * is not negative, a number up to it.  Otherwise the first that is not, newly allocated.
 */
char *template_unknown_name(const char *text, const char *names, int groups);
