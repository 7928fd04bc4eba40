/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of signs, and a sign out of what a statement gives. */
#include "config.h"

#include "store/withdrawal.h"
#include "base/i18n.h"
#include "base/number.h"

#include <glib.h>

static const struct {
    const char *word, *phrase;
} kinds[WITHDRAWAL_COUNT] = {
#define WITHDRAWAL(id, number, word, words) [number] = {word, words},
#include "store/withdrawal.def"
#undef WITHDRAWAL
};

const char *
withdrawal_word(enum withdrawal kind)
{
    return kind < WITHDRAWAL_COUNT ? kinds[kind].word : NULL;
}

const char *
withdrawal_phrase(enum withdrawal kind)
{
    return kind < WITHDRAWAL_COUNT ? kinds[kind].phrase : NULL;
}

void
withdrawal_sign_read(const char *text, struct withdrawal_sign *sign)
{
    *sign = (struct withdrawal_sign){0};
    if (!text)
        return;
    g_auto(GStrv) parts = g_strsplit(text, " ", 3);
    gint64 number;
    if (g_strv_length(parts) < 3)
        return;
    if (number_parse(parts[0], 1, WITHDRAWAL_COUNT - 1, &number))
        sign->kind = (enum withdrawal)number;
    if (number_parse(parts[1], 1, 999, &number))
        sign->status = (int)number;
    if (*parts[2])
        sign->place = g_strdup(parts[2]);
}
