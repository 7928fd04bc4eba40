/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is wrong with an XPath, without a page: its syntax, by libxml2, and names that evaluation
 * would ask for and nobody defines.  Those are found in the text itself, since libxml2 says so only
 * when it meets a node that needs them, which a page may not have.
 */
#include "config.h"

#include "portal/rule.h"
#include "base/regex.h"
#include "portal/xpath-words.h"

#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

#include <string.h>

/* XPath 1.0: functions, the tests of nodes that look like some, operators before a bracket. */
static const char *const known[] = {"last",
                                    "position",
                                    "count",
                                    "id",
                                    "local-name",
                                    "namespace-uri",
                                    "name",
                                    "string",
                                    "concat",
                                    "starts-with",
                                    "contains",
                                    "substring-before",
                                    "substring-after",
                                    "substring",
                                    "string-length",
                                    "normalize-space",
                                    "translate",
                                    "boolean",
                                    "not",
                                    "true",
                                    "false",
                                    "lang",
                                    "number",
                                    "sum",
                                    "floor",
                                    "ceiling",
                                    "round",
                                    "comment",
                                    "text",
                                    "processing-instruction",
                                    "node",
                                    "and",
                                    "or",
                                    "mod",
                                    "div",
                                    NULL};

/* The expression with its texts in quotation marks empty. */
static char *
without_texts(const char *xpath)
{
    GString *out = g_string_new(NULL);
    for (const char *p = xpath; *p; p++) {
        g_string_append_c(out, *p);
        const char *end = *p == '\'' || *p == '"' ? strchr(p + 1, *p) : NULL;
        if (end) {
            g_string_append_c(out, *end);
            p = end;
        }
    }
    return g_string_free(out, FALSE);
}

static char *
undefined(const char *xpath)
{
    static GRegex *called, *variable, *prefix;
    g_autofree char *bare = without_texts(xpath);
    g_autoptr(GMatchInfo) call = NULL, name = NULL;
    g_regex_match(regex_once(&called, "([a-z_][\\w.:-]*)\\s*\\("), bare, 0, &call);
    for (; g_match_info_matches(call); g_match_info_next(call, NULL)) {
        g_autofree char *function = g_match_info_fetch(call, 1);
        const char *axis = strstr(function, "::");
        if (!g_strv_contains(known, axis ? axis + 2 : function))
            return g_strdup_printf("there is no function '%s' in XPath 1.0", function);
    }
    if (g_regex_match(regex_once(&variable, "\\$\\s*([\\w.:-]+)"), bare, 0, &name)) {
        g_autofree char *text = g_match_info_fetch(name, 1);
        return g_strdup_printf("there is no variable '%s'", text);
    }
    g_clear_pointer(&name, g_match_info_unref);
    if (g_regex_match(regex_once(&prefix, "(?<![\\w:.-])([a-z_][\\w.-]*):(?!:)"), bare, 0, &name)) {
        g_autofree char *text = g_match_info_fetch(name, 1);
        return g_strdup_printf("there is no namespace '%s'", text);
    }
    return NULL;
}

static void
quiet(void *data, const char *format, ...)
{
    (void)data;
    (void)format;
}

char *
rule_xpath_fault(const char *xpath)
{
    xmlSetGenericErrorFunc(NULL, quiet);
    xmlResetLastError();
    /* without a context libxml2 does not bound how deep an expression is */
    xmlXPathContext *context = xmlXPathNewContext(NULL);
    xmlXPathCompExpr *compiled = xmlXPathCtxtCompile(context, (const xmlChar *)xpath);
    xmlXPathFreeContext(context);
    if (compiled) {
        xmlXPathFreeCompExpr(compiled);
        return undefined(xpath);
    }
    return g_strdup(xpath_words(xmlGetLastError()));
}

/* Adds what is wrong with a rule, once: sections share what their profile says. */
static void
add_faults(GPtrArray *faults, const struct portal_rule *rule)
{
    for (guint i = 0; rule->paths && i < rule->paths->len; i++) {
        const char *xpath = g_ptr_array_index(rule->paths, i);
        g_autofree char *why = rule_xpath_fault(xpath);
        if (!why)
            continue;
        char *fault =
            g_strdup_printf("%s:%d: %s: %s: %s", rule->file, rule->line, rule->key, xpath, why);
        if (g_ptr_array_find_with_equal_func(faults, fault, g_str_equal, NULL))
            g_free(fault);
        else
            g_ptr_array_add(faults, fault);
    }
}

GPtrArray *
rule_faults(const struct portal *portal)
{
    GPtrArray *faults = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < portal->sections->len; i++) {
        const struct portal_section *s = g_ptr_array_index(portal->sections, i);
        const struct portal_rule *rules[] = {&s->rows, &s->title, &s->link, &s->date, &s->summary};
        bool paths = s->format == PORTAL_HTML || s->html;
        for (size_t n = 0; n < G_N_ELEMENTS(rules) && paths; n++)
            add_faults(faults, rules[n]);
        add_faults(faults, &s->next);
    }
    for (guint i = 0; i < portal->articles->len; i++) {
        const struct portal_article *a = g_ptr_array_index(portal->articles, i);
        const struct portal_rule *rules[] = {
            &a->title,   &a->date, &a->source,      &a->author, &a->body,           &a->remove,
            &a->section, &a->next, &a->attachments, &a->number, &a->ignore_elements};
        for (size_t n = 0; n < G_N_ELEMENTS(rules) && a->format == PORTAL_HTML; n++)
            add_faults(faults, rules[n]);
    }
    return faults;
}
