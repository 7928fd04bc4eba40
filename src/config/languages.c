/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settings and locales as language ranges. */
#include "config.h"

#include "config/languages.h"
#include "text/language.h"

#include <string.h>

/* "zh_TW.UTF-8@x" as "zh-TW"; NULL where it is no language, as in the locale C. */
static char *
range_of_locale(const char *locale)
{
    g_autofree char *tag = g_strndup(locale, strcspn(locale, ".@"));
    gsize length = strcspn(tag, "_");
    if (length < 2 || length > 8 || g_str_equal(tag, "POSIX"))
        return NULL;
    g_strdelimit(tag, "_", '-');
    return g_steal_pointer(&tag);
}

char *
languages_wanted(const struct settings *settings)
{
    g_autofree char *stated = g_strdup(settings->values.ui_languages);
    g_strstrip(g_strdelimit(stated, LANGUAGES_APART, ' '));
    if (*stated)
        return g_steal_pointer(&stated);
    GString *ranges = g_string_new(NULL);
    const char *const *locales = g_get_language_names_with_category("LC_MESSAGES");
    for (int i = 0; locales[i]; i++) {
        g_autofree char *range = range_of_locale(locales[i]);
        if (range)
            g_string_append_printf(ranges, "%s%s", ranges->len ? " " : "", range);
    }
    /* who has none of his own rather reads what most others do than what a portal has first */
    if (language_rank("en", ranges->str) == language_rank(NULL, ranges->str))
        g_string_append_printf(ranges, "%sen", ranges->len ? " " : "");
    return g_string_free(ranges, FALSE);
}
