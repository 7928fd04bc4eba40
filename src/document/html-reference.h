/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/*
 * References that libxml2's parser does not know as references: the names that HTML lets go
 * without a semicolon (13.2.5.73), some of HTML 5, surrogate pairs and numbers of no character.
 * A copy of text, newly allocated, in which they are written so that it does, and its length; NULL
 * when there is none.
 */
char *html_complete_references(const char *text, gsize length, gsize *new_length);

/*
 * The length of the reference at p when it is one of the commonest that end with a semicolon, and
 * the character that it stands for; 0 for all others.
 */
gsize html_reference_at(const char *p, const char *end, gunichar *c);
