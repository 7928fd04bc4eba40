/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding {names} and putting values in their place. */
#include "config.h"

#include "config/template.h"
#include "base/number.h"

#include <string.h>

/* The length of the name in a "{name}" at p, 0 if there is none. */
static gsize
name_at(const char *p)
{
    if (*p != '{')
        return 0;
    gsize n = 0;
    while (g_ascii_isalnum(p[n + 1]) || (p[n + 1] && strchr("._-", p[n + 1])))
        n++;
    return p[n + 1] == '}' ? n : 0;
}

char *
template_expand(const char *text, template_value *value, gpointer data)
{
    GString *out = g_string_new(NULL);
    for (const char *p = text; *p; p++) {
        gsize n = name_at(p);
        if (!n) {
            g_string_append_c(out, *p);
            continue;
        }
        g_autofree char *name = g_strndup(p + 1, n);
        g_autofree char *with = value(name, data);
        g_string_append(out, with ? with : "");
        p += n + 1;
    }
    return g_string_free(out, FALSE);
}

static char *
group_value(const char *name, gpointer data)
{
    gint64 number;
    return number_parse(name, 0, 99, &number) ? g_match_info_fetch(data, (int)number) : NULL;
}

char *
template_expand_match(const char *text, const GMatchInfo *match)
{
    return template_expand(text, group_value, (gpointer)match);
}

bool
template_has(const char *text, const char *name)
{
    for (const char *p = text; text && *p; p++)
        if (name_at(p) == strlen(name) && !strncmp(p + 1, name, strlen(name)))
            return true;
    return false;
}

char *
template_unknown_name(const char *text, const char *names, int groups)
{
    g_auto(GStrv) known = g_strsplit(names ? names : "", " ", -1);
    for (const char *p = text; *p; p++) {
        gsize n = name_at(p);
        if (!n)
            continue;
        g_autofree char *name = g_strndup(p + 1, n);
        gint64 number;
        bool group = groups >= 0 && number_parse(name, 0, groups, &number);
        if (!group && names && !g_strv_contains((const char *const *)known, name))
            return g_steal_pointer(&name);
    }
    return NULL;
}
