/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rules for pages without a feed, as FreshRSS has them in its OPML and as portal files have them:
 * the one is made of the other, as far as either has a word for it.
 */
#include "config.h"

#include "base/clean.h"
#include "base/i18n.h"
#include "base/url.h"
#include "config/outline.h"
#include "config/portal.h"
#include "config/settings.h"

#include <string.h>

#define MAX_RULES (64 << 10) /* bytes of a portal file that another program's rules become */

static const struct {
    const char *attribute; /* behind "xPath" or "json" */
    const char *key;       /* of a portal file; NULL: made of it otherwise */
} table[OUTLINE_RULES] = {
    [OUTLINE_ITEM] = {"Item", "Rows"},
    [OUTLINE_ITEM_TITLE] = {"ItemTitle", "Title"},
    [OUTLINE_ITEM_URI] = {"ItemUri", "Link"},
    [OUTLINE_ITEM_TIME] = {"ItemTimestamp", "Date"},
    [OUTLINE_ITEM_FORMAT] = {"ItemTimeFormat", NULL},
    [OUTLINE_ITEM_CONTENT] = {"ItemContent", "Summary"},
};

/* Letters of PHP's date formats and of strptime(3). */
static const struct {
    char php, ours;
} letters[] = {{'Y', 'Y'}, {'y', 'y'}, {'m', 'm'}, {'n', 'm'}, {'d', 'd'}, {'j', 'e'}, {'H', 'H'},
               {'G', 'H'}, {'h', 'I'}, {'g', 'I'}, {'i', 'M'}, {'s', 'S'}, {'A', 'p'}, {'a', 'p'}};

char *
outline_rule_attribute(enum outline_rule rule, bool json)
{
    return g_strconcat(json ? "json" : "xPath", table[rule].attribute, NULL);
}

/* A format of PHP's as strptime(3) has it; NULL for one that says what it cannot. */
static char *
format_of_php(const char *php)
{
    g_autoptr(GString) out = g_string_new(NULL);
    for (const char *p = php; *p; p++) {
        size_t i = 0;
        if (*p == '\\' && p[1]) {
            g_string_append_c(out, *++p);
            continue;
        }
        if (strchr("!|+?*", *p)) { /* what is not said is zero, or does not matter */
            if (*p == '?' || *p == '*')
                return NULL;
            continue;
        }
        while (i < G_N_ELEMENTS(letters) && letters[i].php != *p)
            i++;
        if (i < G_N_ELEMENTS(letters))
            g_string_append_printf(out, "%%%c", letters[i].ours);
        else if (g_ascii_isalpha(*p))
            return NULL;
        else {
            if (*p == '%')
                g_string_append_c(out, '%');
            g_string_append_c(out, *p);
        }
    }
    return out->len ? g_string_free(g_steal_pointer(&out), FALSE) : NULL;
}

static char *
format_to_php(const char *format)
{
    GString *out = g_string_new(NULL);
    for (const char *p = format; *p; p++) {
        size_t i = 0;
        if (*p != '%' || !p[1]) {
            g_string_append_printf(out, g_ascii_isalpha(*p) ? "\\%c" : "%c", *p);
            continue;
        }
        p++;
        while (i < G_N_ELEMENTS(letters) && letters[i].ours != *p)
            i++;
        g_string_append_c(out, i < G_N_ELEMENTS(letters) ? letters[i].php : *p);
    }
    return g_string_free(out, FALSE);
}

/* "$.a.b[0]" as a portal file has it, a.b.0; NULL for what is no such path. */
static char *
json_path(const char *dotted)
{
    g_autoptr(GString) out = g_string_new(NULL);
    dotted += g_str_has_prefix(dotted, "$.") ? 2 : 0;
    for (const char *p = dotted; *p; p++) {
        if (*p == '[')
            g_string_append_c(out, '.');
        else if (*p == ']' && (p[1] == '\0' || p[1] == '.' || p[1] == '['))
            continue;
        else if (g_ascii_isalnum(*p) || strchr("._-$", *p) || !g_ascii_isprint(*p))
            g_string_append_c(out, *p);
        else
            return NULL;
    }
    return g_string_free(g_steal_pointer(&out), FALSE);
}

static void
append_key(GString *out, const char *key, const char *value)
{
    g_autofree char *line = value ? text_squeeze(value, -1) : NULL;
    if (line && *line)
        g_string_append_printf(out, "%s=%s\n", key, line);
}

/* The keys of the section that say how a row is read; refuses what they cannot say. */
static void
append_rules(GString *out, struct outline *outline)
{
    for (int i = 0; i < OUTLINE_RULES; i++) {
        const char *rule = outline->rules[i];
        g_autofree char *attribute = outline_rule_attribute((enum outline_rule)i, outline->json),
                        *path = rule && table[i].key && outline->json ? json_path(rule)
                                                                      : g_strdup(rule);
        if (rule && !path)
            outline_refuse(outline, _("%s: '%s' is no path in JSON"), attribute, rule);
        if (table[i].key)
            append_key(out, table[i].key, path);
    }
    g_autofree char *format = outline->rules[OUTLINE_ITEM_FORMAT]
                                  ? format_of_php(outline->rules[OUTLINE_ITEM_FORMAT])
                                  : NULL;
    if (outline->rules[OUTLINE_ITEM_TIME])
        append_key(out, "Date.Format", format);
}

void
outline_need_rules(struct outline *outline)
{
    g_autofree char *attribute = outline_rule_attribute(OUTLINE_ITEM, outline->json);
    if (!outline->rules[OUTLINE_ITEM])
        outline_refuse(outline, _("%s is missing"), attribute);
}

void
outline_make_portal(struct outline *outline)
{
    const char *page = outline->page ? outline->page : outline->url,
               *title = outline->title ? outline->title : outline->shown;
    g_autofree char *host = url_host(page), *login = NULL, *bare = url_without_login(page, &login),
                    *home = outline->home && url_is_web(outline->home) ? g_strdup(outline->home)
                                                                       : url_resolve(bare, "/");
    g_autoptr(GString) out = g_string_new("# The rules of another program, by `crier import`.\n");
    g_string_append(out, "[Portal]\n");
    append_key(out, "Name", host ? host : page);
    append_key(out, "Home", home);
    g_string_append(out, "\n[Edition " PORTAL_NO_LANGUAGE "]\n");
    append_key(out, "Home", home);
    g_string_append(out, "\n[Section " PORTAL_NO_LANGUAGE "/list]\n");
    append_key(out, "Name", title ? title : host ? host : page);
    append_key(out, "Kind", "list");
    append_key(out, "Url", page);
    append_key(out, "Format", outline->json ? "json" : NULL);
    append_rules(out, outline);
    g_free(outline->portal);
    outline->portal = g_string_free(g_steal_pointer(&out), FALSE);
}

/* The first of a rule's alternatives, where that is all that it says. */
static const char *
only_path(const struct portal_rule *rule)
{
    bool filtered = rule->from_page || rule->from_url || rule->unescape || rule->strip ||
                    rule->capture || rule->template;
    return rule->paths && rule->paths->len == 1 && !filtered ? g_ptr_array_index(rule->paths, 0)
                                                             : NULL;
}

bool
outline_take_section(struct outline *outline, const struct portal_section *section)
{
    const struct portal_rule *rules[OUTLINE_RULES] = {[OUTLINE_ITEM] = &section->rows,
                                                      [OUTLINE_ITEM_TITLE] = &section->title,
                                                      [OUTLINE_ITEM_URI] = &section->link,
                                                      [OUTLINE_ITEM_TIME] = &section->date,
                                                      [OUTLINE_ITEM_CONTENT] = &section->summary};
    if (section->transfer.post || section->json || section->html ||
        portal_rule_given(&section->token))
        return false;
    if (section->kind == PORTAL_FEED)
        return true;
    for (int i = 0; i < OUTLINE_RULES; i++) {
        const char *path = rules[i] ? only_path(rules[i]) : NULL;
        if (rules[i] && portal_rule_given(rules[i]) && !path)
            return false;
        outline->rules[i] = g_strdup(path);
    }
    outline->json = section->format == PORTAL_JSON;
    if (section->date.formats && section->date.formats->len)
        outline->rules[OUTLINE_ITEM_FORMAT] =
            format_to_php(g_ptr_array_index(section->date.formats, 0));
    if (!outline->json && outline->rules[OUTLINE_ITEM]) { /* what crier finds without being told */
        if (!outline->rules[OUTLINE_ITEM_TITLE])
            outline->rules[OUTLINE_ITEM_TITLE] = g_strdup("normalize-space(descendant::a)");
        if (!outline->rules[OUTLINE_ITEM_URI])
            outline->rules[OUTLINE_ITEM_URI] = g_strdup("descendant::a/@href");
    }
    return outline->rules[OUTLINE_ITEM];
}

struct portal *
outline_portal(const struct outline *outline, const char *id, GError **error)
{
    g_autofree char *name = g_strconcat(id, ".portal", NULL);
    struct portal *portal =
        strlen(outline->portal) <= MAX_RULES ? portal_parse(name, outline->portal, error) : NULL;
    if (portal && portal->sections->len == 1 && portal->tests->len == 0)
        return portal;
    if (portal)
        portal_free(portal);
    if (error && !*error)
        g_set_error_literal(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX,
                            _("its rules are not those of one page"));
    return NULL;
}
