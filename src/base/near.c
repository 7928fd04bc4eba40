/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The distance of Damerau and Levenshtein, between neighbours. */
#include "config.h"

#include "base/near.h"
#include "base/i18n.h"

#include <string.h>

/* Letters that were left out, added, changed or swapped, to make one word of the other. */
static guint
distance(const char *a, const char *b)
{
    enum { MOST = 64 };
    guint rows[3][MOST + 1], la = (guint)MIN(strlen(a), MOST), lb = (guint)MIN(strlen(b), MOST);
    for (guint j = 0; j <= lb; j++)
        rows[0][j] = j;
    for (guint i = 1; i <= la; i++) {
        guint *now = rows[i % 3], *last = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];
        now[0] = i;
        for (guint j = 1; j <= lb; j++) {
            now[j] = MIN(MIN(last[j] + 1, now[j - 1] + 1), last[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                now[j] = MIN(now[j], before[j - 2] + 1);
        }
    }
    return rows[la % 3][lb];
}

void
near_try(struct near *best, const char *word, const char *name)
{
    guint d = distance(word, name);
    if (d <= MAX(strlen(word) / 3, 1) && (!best->name || d < best->distance))
        *best = (struct near){name, d};
}

char *
near_sentence(const struct near *best, const char *what)
{
    return best->name ? g_strdup_printf(_("%s; did you mean '%s'?"), what, best->name)
                      : g_strdup(what);
}
