/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of answers. */
#include "config.h"

#include "ui/answer.h"

#include <glib.h>

/*
 * Letters and words of all languages together: none of them means yes in one and no in another.
 * Folded by g_utf8_casefold() after NFKC, so that wide letters are meant too.
 */
static const struct {
    const char *text;
    enum answer answer;
} answers[] = {
    {"y", ANSWER_YES},     {"yes", ANSWER_YES},   {"д", ANSWER_YES},    {"да", ANSWER_YES},
    {"是", ANSWER_YES},    {"好", ANSWER_YES},    {"j", ANSWER_YES},    {"ja", ANSWER_YES},
    {"o", ANSWER_YES},     {"oui", ANSWER_YES},   {"s", ANSWER_YES},    {"sí", ANSWER_YES},
    {"si", ANSWER_YES},    {"т", ANSWER_YES},     {"так", ANSWER_YES},  {"и", ANSWER_YES},
    {"иә", ANSWER_YES},    {"ия", ANSWER_YES},    {"はい", ANSWER_YES}, {"예", ANSWER_YES},
    {"네", ANSWER_YES},    {"n", ANSWER_NO},      {"no", ANSWER_NO},    {"н", ANSWER_NO},
    {"нет", ANSWER_NO},    {"否", ANSWER_NO},     {"不", ANSWER_NO},    {"nein", ANSWER_NO},
    {"non", ANSWER_NO},    {"ні", ANSWER_NO},     {"жоқ", ANSWER_NO},   {"ж", ANSWER_NO},
    {"いいえ", ANSWER_NO}, {"아니요", ANSWER_NO},
};

enum answer
answer_of(const char *text)
{
    g_autofree char *plain = g_utf8_normalize(text, -1, G_NORMALIZE_ALL_COMPOSE);
    g_autofree char *folded = plain ? g_utf8_casefold(g_strstrip(plain), -1) : NULL;
    for (gsize i = 0; folded && i < G_N_ELEMENTS(answers); i++)
        if (g_str_equal(answers[i].text, folded))
            return answers[i].answer;
    return ANSWER_NONE;
}
