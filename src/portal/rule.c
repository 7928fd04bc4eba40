/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Alternatives first, then the page's source, then its URL; then the filters. */
#include "config.h"

#include "portal/rule.h"
#include "base/clean.h"
#include "base/i18n.h"
#include "config/template.h"
#include "document/html.h"
#include "text/date-format.h"

#include <libxml/xpathInternals.h>

#include <string.h>

#define MAX_JSON (64u << 20)

/* --- warnings ----------------------------------------------------------------------- */

static void
warn(struct page *page, const struct portal_rule *rule, const char *why)
{
    g_autofree char *message =
        g_strdup_printf("%s:%d: %s: %s", rule->file, rule->line, rule->key, why);
    page_warn_once(page, "rule", message);
}

void
rule_warn_empty(struct page *page, const struct portal_rule *rule)
{
    warn(page, rule, "matches nothing on this page");
}

/* --- JSON --------------------------------------------------------------------------- */

const json_t *
rule_json_at(const json_t *root, const char *path)
{
    g_auto(GStrv) steps = g_strsplit(path, ".", -1);
    const json_t *at = root;
    for (char **step = steps; *step && at; step++) {
        gint64 index;
        if (!**step || g_str_equal(*step, "$"))
            continue; /* "." and "$" are the value itself */
        if (json_is_array(at))
            at = g_ascii_string_to_signed(*step, 10, 0, G_MAXINT32, &index, NULL)
                     ? json_array_get(at, (size_t)index)
                     : NULL;
        else
            at = json_object_get(at, *step);
    }
    return at;
}

char *
rule_json_text(const json_t *value)
{
    if (json_is_string(value))
        return g_strdup(json_string_value(value));
    if (json_is_integer(value))
        return g_strdup_printf("%" JSON_INTEGER_FORMAT, json_integer_value(value));
    if (json_is_real(value)) {
        char number[G_ASCII_DTOSTR_BUF_SIZE];
        return g_strdup(g_ascii_dtostr(number, sizeof number, json_real_value(value)));
    }
    return json_is_boolean(value) ? g_strdup(json_is_true(value) ? "true" : "false") : NULL;
}

const json_t *
rule_json(const struct rule_scope *scope, const struct portal_rule *rule)
{
    for (guint i = 0; rule->paths && i < rule->paths->len; i++) {
        const json_t *value = rule_json_at(scope->json, g_ptr_array_index(rule->paths, i));
        if (value && !json_is_null(value))
            return value;
    }
    return NULL;
}

json_t *
rule_page_json(struct page *page, const GRegex *within)
{
    g_autofree char *part = NULL;
    if (within) {
        g_autoptr(GMatchInfo) match = NULL;
        if (g_regex_match(within, page->source, 0, &match))
            part = g_match_info_fetch(match, g_match_info_get_match_count(match) > 1 ? 1 : 0);
    }
    const char *text = within ? part : page->json;
    json_error_t why = {.text = "there is none"};
    json_t *root = text && strlen(text) <= MAX_JSON ? json_loads(text, JSON_DISABLE_EOF_CHECK, &why)
                                                    : NULL;
    if (!root)
        page_warn(page, "json", "the page's JSON cannot be read: %s", why.text);
    return root;
}

/* --- filters ------------------------------------------------------------------------ */

struct values {
    const struct rule_scope *scope;
    const GMatchInfo *match;
    const char *text;
};

/* {0}, {1}: groups of the last match; {name}: a field of the row in JSON. */
static char *
value_of(const char *name, gpointer data)
{
    const struct values *v = data;
    gint64 number;
    if (!g_ascii_string_to_signed(name, 10, 0, 99, &number, NULL))
        return v->scope->json ? rule_json_text(rule_json_at(v->scope->json, name)) : NULL;
    if (v->match)
        return g_match_info_fetch(v->match, (int)number);
    return number == 0 ? g_strdup(v->text) : NULL;
}

static char *
unescaped(const char *text)
{
    AUTO(xmlFreeDoc) struct _xmlDoc *doc = html_parse(text, strlen(text));
    xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
    return root ? html_text(root) : g_strdup(text);
}

/* Whether a text matches; one that was given up does not, and that is a warning of the page. */
static bool
matches(const struct rule_scope *scope, const struct portal_rule *rule, const GRegex *regex,
        const char *text, GMatchInfo **match)
{
    g_autoptr(GError) error = NULL;
    bool found = page_match(scope->page, regex, text, match, &error);
    if (error)
        warn(scope->page, rule, error->message);
    return found;
}

/* The first group of a match, or all of it when the expression has no group. */
static char *
captured(const GMatchInfo *match)
{
    return g_match_info_fetch(match,
                              g_regex_get_capture_count(g_match_info_get_regex(match)) ? 1 : 0);
}

/* What the filters make of a text (taken); match: that it was captured with, or NULL. */
static char *
filter(const struct rule_scope *scope, const struct portal_rule *rule, char *raw, GMatchInfo *match)
{
    g_autofree char *text = raw;
    g_autoptr(GMatchInfo) own = NULL;
    g_autofree char *subject = NULL; /* what `own` points into */
    if (rule->unescape) {
        char *plain = unescaped(text);
        g_free(text);
        text = plain;
    }
    if (rule->strip && matches(scope, rule, rule->strip, text, NULL)) {
        g_autoptr(GError) error = NULL;
        char *rest = g_regex_replace_literal(rule->strip, text, -1, 0, "", 0, &error);
        if (error)
            warn(scope->page, rule, error->message);
        g_free(text);
        text = rest ? rest : g_strdup("");
    }
    if (rule->capture) {
        subject = g_steal_pointer(&text);
        if (!matches(scope, rule, rule->capture, subject, &own))
            return NULL;
        text = captured(own);
        match = own;
    }
    if (rule->template && text && *text) {
        struct values values = {scope, match, text};
        char *whole = template_expand(rule->template, value_of, &values);
        g_free(text);
        text = whole;
    }
    char *clean = text ? text_squeeze(text, -1) : NULL;
    if (clean && !*clean)
        g_clear_pointer(&clean, g_free);
    return clean;
}

/* --- what gives the text ------------------------------------------------------------ */

static char *
by_xpath(const struct rule_scope *scope, const struct portal_rule *rule, const char *xpath)
{
    g_autoptr(GError) error = NULL;
    xmlXPathObject *object = page_evaluate(scope->page, scope->node, xpath, &error);
    if (!object) {
        warn(scope->page, rule, error->message);
        return NULL;
    }
    char *text = NULL;
    if (object->type == XPATH_NODESET) {
        if (object->nodesetval && object->nodesetval->nodeNr > 0) {
            xmlXPathNodeSetSort(object->nodesetval);
            text = html_text(object->nodesetval->nodeTab[0]);
        }
    } else {
        xmlChar *string = xmlXPathCastToString(object);
        text = string ? text_squeeze((const char *)string, -1) : NULL;
        xmlFree(string);
    }
    xmlXPathFreeObject(object);
    return text;
}

static char *
by_regex(const struct rule_scope *scope, const struct portal_rule *rule, const GRegex *regex,
         const char *subject)
{
    g_autoptr(GMatchInfo) match = NULL;
    if (!regex || !subject || !matches(scope, rule, regex, subject, &match))
        return NULL;
    char *text = captured(match);
    return text ? filter(scope, rule, text, match) : NULL;
}

char *
rule_text(const struct rule_scope *scope, const struct portal_rule *rule)
{
    for (guint i = 0; rule->paths && i < rule->paths->len; i++) {
        const char *path = g_ptr_array_index(rule->paths, i);
        g_autofree char *raw = scope->json ? rule_json_text(rule_json_at(scope->json, path))
                                           : by_xpath(scope, rule, path);
        char *text = raw && *raw ? filter(scope, rule, g_steal_pointer(&raw), NULL) : NULL;
        if (text)
            return text;
    }
    char *text = by_regex(scope, rule, rule->from_page, scope->page->source);
    return text ? text : by_regex(scope, rule, rule->from_url, scope->url);
}

GPtrArray *
rule_nodes(const struct rule_scope *scope, const struct portal_rule *rule)
{
    for (guint i = 0; rule->paths && i < rule->paths->len; i++) {
        g_autoptr(GError) error = NULL;
        GPtrArray *nodes =
            page_select(scope->page, scope->node, g_ptr_array_index(rule->paths, i), &error);
        if (!nodes)
            warn(scope->page, rule, error->message);
        else if (nodes->len)
            return nodes;
        else
            g_ptr_array_unref(nodes);
    }
    return g_ptr_array_new();
}

bool
rule_date(const struct rule_scope *scope, const struct portal_rule *rule,
          const struct date_style *style, int64_t now, struct date *out)
{
    g_autofree char *text = rule_text(scope, rule);
    *out = (struct date){0};
    if (!text)
        return false;
    bool found = false;
    for (guint i = 0; rule->formats && i < rule->formats->len && !found; i++)
        found = date_parse_format(text, g_ptr_array_index(rule->formats, i), style, now, out);
    if (!rule->formats)
        found = date_parse(text, style, out) || date_find(text, style, out, NULL, NULL);
    if (!found || !date_is_plausible(out, now)) {
        page_warn(scope->page, "bad-date", "'%.60s' is no date", text);
        *out = (struct date){0};
    }
    return true;
}
