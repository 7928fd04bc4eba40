/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The distance of Damerau and Levenshtein, between neighbours. */
#include "config.h"

#include "base/near.h"
#include "base/i18n.h"

#include <stdbool.h>

enum { MOST = 64 };

/* The characters of a word, as far as they are looked at, or bytes that are none; how many. */
static guint
read_word(const char *word, gunichar *out)
{
    guint length = 0;
    while (*word && length < MOST) {
        gunichar c = g_utf8_get_char_validated(word, -1);
        bool valid = c < (gunichar)-2;
        out[length++] = valid ? c : (guchar)*word;
        word = valid ? g_utf8_next_char(word) : word + 1;
    }
    return length;
}

/* Letters that were left out, added, changed or swapped, to make one word of the other. */
static guint
distance(const gunichar *a, guint la, const gunichar *b, guint lb)
{
    guint rows[3][MOST + 1];
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
    gunichar a[MOST], b[MOST];
    guint la = read_word(word, a), d = distance(a, la, b, read_word(name, b));
    if (d <= MAX(la / 3, 1) && (!best->name || d < best->distance))
        *best = (struct near){name, d};
}

char *
near_sentence(const struct near *best, const char *what)
{
    return best->name ? g_strdup_printf(_("%s; did you mean '%s'?"), what, best->name)
                      : g_strdup(what);
}
