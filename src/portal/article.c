/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The order in which a page is asked for its article, and the tidying of the result. */
#include "config.h"

#include "portal/article.h"
#include "base/clean.h"
#include "base/i18n.h"
#include "document/html-import.h"
#include "portal/linked-data.h"
#include "portal/onward.h"

#include <string.h>

#define MIN_CHARACTERS 20
#define MAX_PLAIN_TITLE 300 /* bytes */

void
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
    g_free(article->next);
    if (article->document)
        document_free(article->document);
    g_ptr_array_unref(article->editions);
    g_ptr_array_unref(article->attachments);
    g_ptr_array_unref(article->facts);
    g_free(article);
}

/* The text that a page keeps for machines, when what it shows is next to nothing. */
static void
take_linked_body(struct article *article, const struct linked_data *linked)
{
    if (!linked->body || g_str_equal(article->method, "portal") || g_str_equal(article->method, "standard"))
        return;
    gsize shown = document_characters(article->document), told = (gsize)g_utf8_strlen(linked->body, -1);
    if (told < 200 || shown * 4 > told)
        return;
    g_autofree char *text = text_clean(linked->body, -1);
    document_free(article->document);
    article->document = document_from_text(text);
    article->method = "structured";
}

/* A page of plain text is its article; its first line, when it stands alone, its title. */
static struct article *
take_plain(struct page *page, struct article *taken, GError **error)
{
    AUTO(article_free) struct article *a = taken;
    document_free(a->document);
    a->document = document_from_plain(page->source, false);
    a->method = "standard";
    if (document_is_empty(a->document)) {
        g_set_error(error, PAGE_ERROR, PAGE_ERROR_EMPTY, _("there is no article text on this page"));
        return NULL;
    }
    const struct block *first = a->document->blocks->len > 1 ? g_ptr_array_index(a->document->blocks, 0) : NULL;
    const char *text = first && first->type == BLOCK_PARAGRAPH ? first->content.text->str : NULL;
    if (text && !strchr(text, '\n') && strlen(text) < MAX_PLAIN_TITLE) {
        a->title = text_squeeze(text, -1);
        g_ptr_array_remove_index(a->document->blocks, 0);
        document_finish(a->document);
    }
    return g_steal_pointer(&a);
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
    if (!rules && page->plain)
        return take_plain(page, g_steal_pointer(&article), error);
    g_autoptr(GPtrArray) bodies = NULL;
    AUTO(linked_data_clear) struct linked_data linked;
    linked_data_read(page, &linked);
    article_find_editions(page, article->editions, article->language);
    if (rules)
        bodies = article_apply_rules(page, rules, o, article);
    if (!article->title)
        article->title = article_find_title(page, &linked);
    if (!article->section)
        article->section = article_find_section(page, article->title);
    bool ruled = (bodies && bodies->len) || !document_is_empty(article->document);
    if (ruled) {
        article->method = "portal";
    } else {
        g_clear_pointer(&bodies, g_ptr_array_unref);
        page_measure(page);
        bodies = article_find_body(page, article->title, &linked, &article->method);
    }
    if (bodies->len) {
        const xmlNode *body = g_ptr_array_index(bodies, 0);
        article_find_facts(page, article, body, &linked, o);
        if (!article->attachments->len)
            article_find_attachments(page, article->attachments, body);
        for (guint i = 0; i < bodies->len; i++) {
            if (!ruled)
                article_prune(g_ptr_array_index(bodies, i));
            html_import(article->document, g_ptr_array_index(bodies, i), page->base);
        }
        article_trim(article, o);
    }
    take_linked_body(article, &linked);
    if (rules)
        article_cut_blocks(article->document, rules);
    if (!article->next)
        article->next = onward_part(page, o->first);
    document_finish(article->document);
    bool seen = false; /* what there is beside text */
    for (guint i = 0; i < article->document->blocks->len; i++) {
        const struct block *block = g_ptr_array_index(article->document->blocks, i);
        seen |= block->type == BLOCK_PICTURE || (block->type == BLOCK_EMBED && block->level != EMBED_FRAME);
    }
    if (document_characters(article->document) < MIN_CHARACTERS && !seen && !article->attachments->len) {
        g_set_error(error, PAGE_ERROR, PAGE_ERROR_EMPTY, _("there is no article text on this page"));
        return NULL;
    }
    return g_steal_pointer(&article);
}

void
article_append(struct article *article, struct article *part)
{
    document_append(article->document, part->document);
    while (part->attachments->len) {
        struct attachment *attachment = g_ptr_array_steal_index(part->attachments, 0);
        bool known = false;
        for (guint i = 0; i < article->attachments->len && !known; i++)
            known = g_str_equal(((const struct attachment *)g_ptr_array_index(article->attachments, i))->url, attachment->url);
        if (known)
            attachment_free(attachment);
        else
            g_ptr_array_add(article->attachments, attachment);
    }
}
