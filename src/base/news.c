/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sentence of parts, of which those that count nothing are left out. */
#include "config.h"

#include "base/news.h"
#include "base/i18n.h"

static void
add_part(GString *line, const char *format, guint count)
{
    if (count) {
        g_string_append(line, _(", "));
        g_string_append_printf(line, format, count);
    }
}

char *
news_sentence(const struct news *news)
{
    GString *line = g_string_new(NULL);
    /* TRANSLATORS: these stand one after the other: "12 new articles, 2 revised, 1 withdrawn" */
    g_string_append_printf(line, ngettext("%u new article", "%u new articles", news->added),
                           news->added);
    add_part(line, ngettext("%u revised", "%u revised", news->revised), news->revised);
    add_part(line, ngettext("%u withdrawn", "%u withdrawn", news->withdrawn), news->withdrawn);
    add_part(line, ngettext("%u is back", "%u are back", news->returned), news->returned);
    return g_string_free(line, FALSE);
}
