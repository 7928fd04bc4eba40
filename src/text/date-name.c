/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A word for a street stands right before a day that is its name, and in English behind it.  What
 * may be a place as well («на площади 9 мая пройдёт концерт») makes none without a large letter.
 */
#include "config.h"

#include "text/date-name.h"

/* What stands between such a word and the day, and what does so of names only. */
#define BETWEEN "des du del de la the имени им номер"

static const char *const ways =
    "ул улица улицы улице улицу улицей пр просп проспект проспекта проспекту проспекте пер переулок переулка "
    "переулку переулке вул вулиця вулиці вулицю вулицею проспекті провулок провулку rue avenue boulevard "
    "allée calle avenida av paseo carrera";
static const char *const places =
    "площадь площади площадью пл бульвар бульвара бульваре сквер сквере парк парка парке микрорайон "
    "микрорайоне площа площі площу place square plaza barrio colonia parque";

static bool
is_large(const char *text, const struct token *t)
{
    return t->kind == WORD && g_unichar_isupper(g_utf8_get_char(text + t->start));
}

bool
date_is_name(const char *text, const struct token *first, const struct token *start,
             const struct token *end)
{
    if (is_large(text, end) &&
        token_is_word(end, "street avenue road square boulevard st ave rd lane park"))
        return true;
    const struct token *t = start;
    while (t > first && (token_is_sign(t - 1, '.') || token_is_sign(t - 1, 0xab) ||
                         token_is_sign(t - 1, '"') || token_is_word(t - 1, BETWEEN)))
        t--;
    if (t == first)
        return false;
    if (token_is_word(t - 1, ways))
        return true;
    if (token_is_word(t - 1, places))
        return is_large(text, end - 1) || token_is_word(start - 1, "du");
    bool german = t[-1].kind == WORD && token_is_word(start - 1, "des") &&
                  (g_str_has_suffix(t[-1].word, "straße") ||
                   g_str_has_suffix(t[-1].word, "platz") || g_str_has_suffix(t[-1].word, "allee"));
    return german;
}
