/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the rules of a portal file make of an article's page, HTML or JSON. */
#include "config.h"

#include "config/template.h"
#include "document/html-import.h"
#include "portal/article-parts.h"
#include "portal/attachments.h"
#include "portal/rule.h"

#include <string.h>

/* Elements by each alternative of a rule, as far as they are in the page; the root is none. */
static GPtrArray *
elements_of(const struct rule_scope *scope, const struct portal_rule *rule, const char *path)
{
    g_autoptr(GPtrArray) single = g_ptr_array_new();
    g_ptr_array_add(single, (gpointer)path);
    struct portal_rule one = *rule;
    one.paths = single;
    GPtrArray *nodes = rule_nodes(scope, &one);
    for (guint i = nodes->len; i-- > 0;) {
        const xmlNode *node = g_ptr_array_index(nodes, i);
        if (node->type != XML_ELEMENT_NODE || node == page_root(scope->page))
            g_ptr_array_remove_index(nodes, i);
    }
    return nodes;
}

static void
mark_fleeting(const struct rule_scope *scope, const struct portal_rule *rule)
{
    for (guint i = 0; rule->paths && i < rule->paths->len; i++) {
        g_autoptr(GPtrArray) nodes = elements_of(scope, rule, g_ptr_array_index(rule->paths, i));
        for (guint n = 0; n < nodes->len; n++)
            html_mark_fleeting(g_ptr_array_index(nodes, n));
    }
}

static void
remove_nodes(const struct rule_scope *scope, const struct portal_rule *rule)
{
    for (guint i = 0; rule->paths && i < rule->paths->len; i++) {
        g_autoptr(GPtrArray) nodes = elements_of(scope, rule, g_ptr_array_index(rule->paths, i));
        for (guint n = nodes->len; n-- > 0;) {
            xmlNode *node = g_ptr_array_index(nodes, n);
            xmlUnlinkNode(node); /* from the last to the first: inner ones go before outer ones */
            xmlFreeNode(node);
        }
    }
    page_changed(scope->page);
}

static void
take_fields(const struct rule_scope *scope, const struct portal_article *rules,
            const struct article_options *o, struct article *article)
{
    article->title = rule_text(scope, &rules->title);
    article->source = rule_text(scope, &rules->source);
    article->author = rule_text(scope, &rules->author);
    article->section = rule_text(scope, &rules->section);
    article->number = rule_text(scope, &rules->number);
    bool dated = rule_date(scope, &rules->date, &o->dates, o->now, &article->published);
    if (portal_rule_given(&rules->title) && !article->title)
        rule_warn_empty(scope->page, &rules->title);
    if (portal_rule_given(&rules->date) && !dated)
        rule_warn_empty(scope->page, &rules->date);
    g_autofree char *next = rule_text(scope, &rules->next);
    article->next = next ? page_resolve(scope->page, next) : NULL;
}

static void
take_attachments(const struct rule_scope *scope, const struct portal_rule *rule,
                 struct article *article)
{
    if (!portal_rule_given(rule) || scope->json)
        return;
    g_autoptr(GPtrArray) nodes = rule_nodes(scope, rule);
    for (guint i = 0; i < nodes->len; i++) {
        const xmlNode *node = g_ptr_array_index(nodes, i);
        if (node->type == XML_ELEMENT_NODE)
            attachments_add(scope->page, article->attachments, node);
    }
}

/* Adds the same article in other languages, where the rules make its URL from that of this one. */
static void
take_counterparts(const struct portal_article *rules, struct article *article)
{
    g_autoptr(GMatchInfo) match = NULL;
    if (!rules->counterparts || !article->url ||
        !g_regex_match(rules->match, article->url, 0, &match))
        return;
    GHashTableIter iter;
    gpointer language, template;
    g_hash_table_iter_init(&iter, rules->counterparts);
    while (g_hash_table_iter_next(&iter, &language, &template)) {
        struct edition_link *link = g_new0(struct edition_link, 1);
        *link = (struct edition_link){g_strdup(language), template_expand_match(template, match),
                                      "article"};
        for (guint i = article->editions->len; i-- > 0;) {
            const struct edition_link *other = g_ptr_array_index(article->editions, i);
            if (g_str_equal(other->language, language) && g_str_equal(other->scope, "home"))
                g_ptr_array_remove_index(article->editions, i);
        }
        g_ptr_array_add(article->editions, link);
    }
}

/* Takes out attributes, and nodes within others that are there, whose text would come twice. */
static void
keep_outermost(GPtrArray *nodes)
{
    g_autoptr(GHashTable) chosen = g_hash_table_new(NULL, NULL);
    for (guint i = 0; i < nodes->len; i++)
        g_hash_table_add(chosen, g_ptr_array_index(nodes, i));
    for (guint i = nodes->len; i-- > 0;) {
        const xmlNode *node = g_ptr_array_index(nodes, i);
        bool within = node->type == XML_ATTRIBUTE_NODE;
        for (const xmlNode *outer = node->parent; outer && !within; outer = outer->parent)
            within = g_hash_table_contains(chosen, outer);
        if (within)
            g_ptr_array_remove_index(nodes, i);
    }
}

GPtrArray *
article_apply_rules(struct page *page, const struct portal_article *rules,
                    const struct article_options *o, struct article *article)
{
    struct rule_scope scope = {.page = page, .url = page->url};
    take_counterparts(rules, article);
    if (rules->format == PORTAL_HTML) {
        remove_nodes(&scope, &rules->remove);
        mark_fleeting(&scope, &rules->ignore_elements);
        take_fields(&scope, rules, o, article);
        take_attachments(&scope, &rules->attachments, article);
        GPtrArray *body = rule_nodes(&scope, &rules->body);
        keep_outermost(body);
        if (!body->len && portal_rule_given(&rules->body))
            rule_warn_empty(page, &rules->body);
        return body;
    }
    json_t *root = rule_page_json(page, rules->json);
    scope.json = root;
    if (root) {
        take_fields(&scope, rules, o, article);
        g_autofree char *html = rule_json_text(rule_json(&scope, &rules->body));
        if (html && strchr(html, '<')) {
            document_free(article->document);
            article->document = html_import_fragment(html, page->base);
        } else if (html) {
            document_free(article->document);
            article->document = document_from_text(html);
        } else {
            rule_warn_empty(page, &rules->body);
        }
    }
    json_decref(root);
    return g_ptr_array_new();
}

void
article_cut_blocks(struct document *document, const struct portal_article *rules)
{
    for (guint i = 0; i < document->blocks->len;) {
        const struct block *block = g_ptr_array_index(document->blocks, i);
        if (rules->stop && g_regex_match(rules->stop, block->content.text->str, 0, NULL)) {
            g_ptr_array_set_size(document->blocks, (int)i);
            return;
        }
        if (rules->drop && g_regex_match(rules->drop, block->content.text->str, 0, NULL))
            g_ptr_array_remove_index(document->blocks, i);
        else
            i++;
    }
}
