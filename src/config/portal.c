/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asking a portal for its names, editions, sections and the rules of a page. */
#include "config.h"

#include "config/portal.h"

#include <string.h>

static bool
is_day(const char *text)
{
    static const char form[] = "0000-00-00";
    for (size_t i = 0; i < sizeof form - 1; i++)
        if (form[i] == '0' ? !g_ascii_isdigit(text[i]) : text[i] != form[i])
            return false;
    return !text[sizeof form - 1];
}

const char *
portal_place_fault(const struct portal_place *place)
{
    static const char *const kinds[] = {"city",   "region", "nation", "ministry",
                                        "agency", "press",  NULL};
    const char *country = place->country;
    if (country && !(g_ascii_isupper(country[0]) && g_ascii_isupper(country[1]) && !country[2]))
        return "Country";
    if (place->kind && !g_strv_contains(kinds, place->kind))
        return "Kind";
    if (place->verified && !is_day(place->verified))
        return "Verified";
    return NULL;
}

const char *
portal_name(GHashTable *names)
{
    const char *const *languages = g_get_language_names_with_category("LC_MESSAGES");
    for (int i = 0; languages[i]; i++) {
        const char *name = g_hash_table_lookup(names, languages[i]);
        if (name)
            return name;
    }
    const char *name = g_hash_table_lookup(names, "");
    return name ? name : "";
}

const char *
portal_plain_name(GHashTable *names)
{
    const char *name = g_hash_table_lookup(names, "");
    return name ? name : "";
}

static int
compare_strings(gconstpointer a, gconstpointer b)
{
    return strcmp(a, b);
}

char *
portal_names_format(GHashTable *names)
{
    g_autoptr(GList) languages = g_list_sort(g_hash_table_get_keys(names), compare_strings);
    GString *out = g_string_new("\n");
    for (GList *item = languages; item; item = item->next) {
        const char *language = item->data;
        if (*language)
            g_string_append_printf(out, "%s=%s\n", language,
                                   (const char *)g_hash_table_lookup(names, language));
    }
    return g_string_free(out, out->len == 1);
}

char *
portal_names_pick(const char *names)
{
    const char *const *languages = g_get_language_names_with_category("LC_MESSAGES");
    for (int i = 0; names && languages[i]; i++) {
        g_autofree char *line = g_strconcat("\n", languages[i], "=", NULL);
        const char *found = strstr(names, line);
        if (found)
            return g_strndup(found + strlen(line), strcspn(found + strlen(line), "\n"));
    }
    return NULL;
}

const char *
portal_edition_language(const struct portal_edition *edition)
{
    return g_str_equal(edition->language, PORTAL_NO_LANGUAGE) ? NULL : edition->language;
}

const struct portal_edition *
portal_find_edition(const struct portal *portal, const char *id)
{
    for (guint i = 0; i < portal->editions->len; i++) {
        const struct portal_edition *edition = g_ptr_array_index(portal->editions, i);
        if (g_str_equal(edition->id, id))
            return edition;
    }
    return NULL;
}

const struct portal_section *
portal_find_section(const struct portal *portal, const char *edition, const char *id)
{
    for (guint i = 0; i < portal->sections->len; i++) {
        const struct portal_section *section = g_ptr_array_index(portal->sections, i);
        if (g_str_equal(section->edition->id, edition) && g_str_equal(section->id, id))
            return section;
    }
    return NULL;
}

const struct portal_article *
portal_article_rules(const struct portal *portal, const char *edition, const char *url)
{
    for (guint i = 0; i < portal->articles->len; i++) {
        const struct portal_article *article = g_ptr_array_index(portal->articles, i);
        if (article->edition && (!edition || !g_str_equal(article->edition, edition)))
            continue;
        if (article->match && (!url || !g_regex_match(article->match, url, 0, NULL)))
            continue;
        return article;
    }
    return NULL;
}

bool
portal_rule_given(const struct portal_rule *rule)
{
    return (rule->paths && rule->paths->len) || rule->from_page || rule->from_url;
}
