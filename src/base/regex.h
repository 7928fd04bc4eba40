/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Regular expressions of the program's own, compiled when they are first used. */
#pragma once

#include <glib.h>

/*
 * The expression in *where, which is compiled from the pattern, without case, if it is not yet; in
 * one thread alone.  A pattern that is wrong is a fault of the program.
 *
 *     static GRegex *digits;
 *     if (g_regex_match(regex_once(&digits, "\\d+"), text, 0, NULL))
 */
const GRegex *regex_once(GRegex **where, const char *pattern);
