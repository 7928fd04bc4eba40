/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of answers. */
#include "config.h"

#include "ui/answer.h"

#include <glib.h>
#include <locale.h>
#include <stdbool.h>

/*
 * Letters and words of all languages together: none of them means yes in one and no in another.
 * Folded by g_utf8_casefold() after NFKC, so that wide letters are meant too.  What is a key
 * elsewhere, as j and the letter that stands on a Cyrillic keyboard where n does, is an answer in
 * its language alone.
 */
static const struct {
    const char *text;
    enum answer answer;
    const char *language; /* or NULL */
} answers[] = {
    {"y", ANSWER_YES, NULL},     {"yes", ANSWER_YES, NULL},   {"д", ANSWER_YES, NULL},
    {"да", ANSWER_YES, NULL},    {"是", ANSWER_YES, NULL},    {"好", ANSWER_YES, NULL},
    {"はい", ANSWER_YES, NULL},  {"예", ANSWER_YES, NULL},    {"네", ANSWER_YES, NULL},
    {"ja", ANSWER_YES, NULL},    {"oui", ANSWER_YES, NULL},   {"sí", ANSWER_YES, NULL},
    {"si", ANSWER_YES, NULL},    {"так", ANSWER_YES, NULL},   {"иә", ANSWER_YES, NULL},
    {"j", ANSWER_YES, "de"},     {"o", ANSWER_YES, "fr"},     {"s", ANSWER_YES, "es"},
    {"т", ANSWER_YES, "uk"},     {"и", ANSWER_YES, "kk"},     {"n", ANSWER_NO, NULL},
    {"no", ANSWER_NO, NULL},     {"н", ANSWER_NO, NULL},      {"нет", ANSWER_NO, NULL},
    {"否", ANSWER_NO, NULL},     {"不", ANSWER_NO, NULL},     {"nein", ANSWER_NO, NULL},
    {"non", ANSWER_NO, NULL},    {"ні", ANSWER_NO, NULL},     {"жоқ", ANSWER_NO, NULL},
    {"いいえ", ANSWER_NO, NULL}, {"아니요", ANSWER_NO, NULL}, {"ж", ANSWER_NO, "kk"},
};

static bool
is_spoken(const char *language)
{
    const char *locale = setlocale(LC_MESSAGES, NULL);
    return !language || (locale && g_str_has_prefix(locale, language));
}

enum answer
answer_of(const char *text)
{
    g_autofree char *plain = g_utf8_normalize(text, -1, G_NORMALIZE_ALL_COMPOSE);
    g_autofree char *folded = plain ? g_utf8_casefold(g_strstrip(plain), -1) : NULL;
    for (gsize i = 0; folded && i < G_N_ELEMENTS(answers); i++)
        if (g_str_equal(answers[i].text, folded) && is_spoken(answers[i].language))
            return answers[i].answer;
    return ANSWER_NONE;
}
