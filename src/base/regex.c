/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Compiling regular expressions once. */
#include "config.h"

#include "base/regex.h"

const GRegex *
regex_once(GRegex **where, const char *pattern)
{
    if (g_once_init_enter(where)) {
        GRegex *made = g_regex_new(pattern, G_REGEX_CASELESS, 0, NULL);
        g_assert(made);
        g_once_init_leave(where, made);
    }
    return *where;
}
