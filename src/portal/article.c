/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The order in which a page is asked for its article, and the tidying of the result. */
#include "config.h"

#include "portal/article.h"
#include "base/i18n.h"
#include "document/html-import.h"
#include "text/clean.h"

#include <string.h>

#define MIN_CHARACTERS 20

static void
edition_link_free(gpointer data)
{
    struct edition_link *link = data;
    g_free(link->language);
    g_free(link->url);
    g_free(link);
}

static void
attachment_free(gpointer data)
{
    struct attachment *attachment = data;
    g_free(attachment->url);
    g_free(attachment->title);
    g_free(attachment->type);
    g_free(attachment);
}

static void
fact_free(gpointer data)
{
    struct fact *fact = data;
    g_free(fact->label);
    g_free(fact->value);
    g_free(fact);
}

void
article_free(struct article *article)
{
    g_free(article->url);
    g_free(article->title);
    g_free(article->source);
    g_free(article->author);
    g_free(article->section);
    g_free(article->language);
    if (article->document)
        document_free(article->document);
    g_ptr_array_unref(article->editions);
    g_ptr_array_unref(article->attachments);
    g_ptr_array_unref(article->facts);
    g_free(article);
}

static char *
page_language(struct page *page)
{
    xmlNode *root = page_root(page);
    g_autofree char *lang = root ? html_attribute(root, "lang") : NULL;
    if (lang && *g_strstrip(lang)) {
        g_strdelimit(lang, "_", '-');
        return g_ascii_isalpha(*lang) && strlen(lang) < 20 ? g_steal_pointer(&lang) : NULL;
    }
    return NULL;
}

/* Lines that end an article: never content, and only looked for in its last part. */
static bool
is_stop_line(const char *text)
{
    static GRegex *regex;
    if (g_once_init_enter(&regex))
        g_once_init_leave(&regex, g_regex_new(
            "^[\\s\\[【(（]*(责任编辑|责编|编辑[:：]|纠错|打印本页|打印|关闭窗口|关闭本页|关闭|扫一扫|分享到|分享|相关链接|相关阅读|相关新闻|"
            "上一篇|下一篇|Sponsored by|All Rights Reserved|Technical Support|Organized by|Copyright|版权所有|主办单位|"
            "Новости по теме|Читайте также|Поделиться|Share this|Related (news|articles))",
            G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, NULL));
    return g_regex_match(regex, text, 0, NULL);
}

/* A line at the top that repeats the title or prints date and source. */
static bool
is_info_line(const struct block *block, const struct article *article, const struct article_options *o)
{
    const char *text = block->content.text->str;
    if (article->title && g_str_equal(text, article->title))
        return true;
    if (block->content.text->len > 160 || block->type == BLOCK_TABLE || block->type == BLOCK_PICTURE)
        return false;
    struct date date;
    gsize start, end;
    if (date_find(text, o->offset, &date, &start, &end) && start < 40 &&
        block->content.text->len - (end - start) < 90 && !strstr(text, "。") && !g_str_has_suffix(text, "."))
        return article->published.precision != DATE_NONE;
    static GRegex *regex;
    if (g_once_init_enter(&regex))
        g_once_init_leave(&regex, g_regex_new("^(来源|信息来源|作者|字号|浏览次数|Updated|Source|Источник|By)\\s*[:：(（]",
                                              G_REGEX_CASELESS, 0, NULL));
    return g_regex_match(regex, text, 0, NULL);
}

static void
trim_document(struct article *article, const struct article_options *o)
{
    GPtrArray *blocks = article->document->blocks;
    for (guint looked = 0; looked < 4 && blocks->len;) {
        struct block *first = g_ptr_array_index(blocks, 0);
        if (is_info_line(first, article, o)) {
            g_ptr_array_remove_index(blocks, 0);
        } else {
            break;
        }
    }
    guint from = MAX(blocks->len * 3 / 10, 1);
    for (guint i = from; i < blocks->len; i++) {
        const struct block *block = g_ptr_array_index(blocks, i);
        /* what follows a stop line must be short: chrome, not half an article */
        gsize rest = 0;
        for (guint j = i; j < blocks->len; j++)
            rest += ((const struct block *)g_ptr_array_index(blocks, j))->content.text->len;
        if (block->content.text->len && rest < 1200 && is_stop_line(block->content.text->str)) {
            g_ptr_array_remove_range(blocks, i, blocks->len - i);
            return;
        }
    }
}

static void
apply_rules(struct page *page, const struct portal_article *rules, struct article *article, const struct article_options *o,
            GPtrArray **body)
{
    article->title = page_rule_text(page, NULL, &rules->title, o->portal);
    article->source = page_rule_text(page, NULL, &rules->source, o->portal);
    article->author = page_rule_text(page, NULL, &rules->author, o->portal);
    article->section = page_rule_text(page, NULL, &rules->section, o->portal);
    g_autofree char *date = page_rule_text(page, NULL, &rules->date, o->portal);
    if (date && (!date_find(date, o->offset, &article->published, NULL, NULL) ||
                 !date_is_plausible(&article->published, o->now))) {
        page_warn(page, "bad-date", "'%.60s' is no date", date);
        article->published = (struct date){0};
    }
    *body = page_rule_nodes(page, NULL, &rules->body, o->portal);
    if (!(*body)->len && rules->body.xpaths && rules->body.xpaths->len)
        page_warn(page, "rule", "%s: line %d: Body matches nothing on this page", o->portal->file, rules->body.line);
}

static void
remove_nodes(struct page *page, const struct portal_article *rules, const struct portal *portal)
{
    for (guint i = 0; rules->remove.xpaths && i < rules->remove.xpaths->len; i++) {
        struct portal_rule one = rules->remove;
        g_autoptr(GPtrArray) single = g_ptr_array_new();
        g_ptr_array_add(single, g_ptr_array_index(rules->remove.xpaths, i));
        one.xpaths = single;
        g_autoptr(GPtrArray) nodes = page_rule_nodes(page, NULL, &one, portal);
        for (guint n = nodes->len; n-- > 0;) {
            xmlNode *node = g_ptr_array_index(nodes, n);
            if (node->type != XML_ELEMENT_NODE || node == page_root(page))
                continue;
            xmlUnlinkNode(node); /* from the last to the first: inner ones go before outer ones */
            xmlFreeNode(node);
        }
    }
}

struct article *
article_extract(struct page *page, const struct article_options *o, GError **error)
{
    AUTO(article_free) struct article *article = g_new0(struct article, 1);
    article->editions = g_ptr_array_new_with_free_func(edition_link_free);
    article->attachments = g_ptr_array_new_with_free_func(attachment_free);
    article->facts = g_ptr_array_new_with_free_func(fact_free);
    article->document = document_new();
    article->url = g_strdup(page->url);
    article->language = o->language ? g_strdup(o->language) : page_language(page);
    article->method = "none";

    const struct portal_article *rules = o->portal ? portal_article_rules(o->portal, o->edition, page->url) : NULL;
    g_autoptr(GPtrArray) bodies = NULL;
    article_find_editions(page, article->editions, article->language);
    if (rules) {
        remove_nodes(page, rules, o->portal);
        apply_rules(page, rules, article, o, &bodies);
    }
    if (!article->title)
        article->title = article_find_title(page);
    if (!article->section)
        article->section = article_find_section(page, article->title);
    xmlNode *body = bodies && bodies->len ? g_ptr_array_index(bodies, 0) : NULL;
    if (body)
        article->method = "portal";
    else
        body = article_find_body(page, &article->method);
    if (body) {
        article_find_facts(page, article, body, o);
        article_find_attachments(page, article->attachments, body);
        if (!g_str_equal(article->method, "portal"))
            article_prune(body);
        for (guint i = 0; i < (bodies && bodies->len ? bodies->len : 1); i++)
            html_import(article->document, bodies && bodies->len ? g_ptr_array_index(bodies, i) : body, page->base);
        trim_document(article, o);
    }
    bool pictures = false;
    for (guint i = 0; i < article->document->blocks->len; i++)
        pictures |= ((const struct block *)g_ptr_array_index(article->document->blocks, i))->type == BLOCK_PICTURE;
    if (document_characters(article->document) < MIN_CHARACTERS && !pictures && !article->attachments->len) {
        g_set_error(error, PAGE_ERROR, PAGE_ERROR_EMPTY, _("there is no article text on this page"));
        return NULL;
    }
    return g_steal_pointer(&article);
}
