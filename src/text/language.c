/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Comparing language tags. */
#include "config.h"

#include "text/language.h"

#include <glib.h>
#include <string.h>

static bool
is_of(const char *language, const char *range, size_t length)
{
    return language && !g_ascii_strncasecmp(language, range, length) &&
           (!language[length] || language[length] == '-');
}

bool
language_is_of(const char *language, const char *range)
{
    return is_of(language, range, strlen(range));
}

bool
language_is_alike(const char *one, const char *other)
{
    return one && is_of(other, one, strcspn(one, "-"));
}

int
language_rank(const char *language, const char *ranges)
{
    int rank = 0;
    for (const char *p = ranges + strspn(ranges, " "); *p; rank++) {
        size_t length = strcspn(p, " ");
        if (is_of(language, p, length))
            break;
        p += length;
        p += strspn(p, " ");
    }
    return rank;
}
