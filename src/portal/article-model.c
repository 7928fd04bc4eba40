/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Making, joining and freeing articles. */
#include "config.h"

#include "portal/article-model.h"

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

struct article *
article_new(const char *url, const char *language)
{
    struct article *article = g_new0(struct article, 1);
    article->editions = g_ptr_array_new_with_free_func(edition_link_free);
    article->attachments = g_ptr_array_new_with_free_func(attachment_free);
    article->facts = g_ptr_array_new_with_free_func(fact_free);
    article->document = document_new();
    article->url = g_strdup(url);
    article->language = g_strdup(language);
    article->method = "none";
    return article;
}

void
article_free(struct article *article)
{
    g_free(article->url);
    g_free(article->title);
    g_free(article->source);
    g_free(article->author);
    g_free(article->section);
    g_free(article->number);
    g_free(article->language);
    g_free(article->next);
    event_clear(&article->event);
    if (article->document)
        document_free(article->document);
    g_ptr_array_unref(article->editions);
    g_ptr_array_unref(article->attachments);
    g_ptr_array_unref(article->facts);
    g_free(article);
}

void
article_append(struct article *article, struct article *part)
{
    document_append(article->document, part->document);
    while (part->attachments->len) {
        struct attachment *attachment = g_ptr_array_steal_index(part->attachments, 0);
        bool known = false;
        for (guint i = 0; i < article->attachments->len && !known; i++)
            known = g_str_equal(
                ((const struct attachment *)g_ptr_array_index(article->attachments, i))->url,
                attachment->url);
        if (known)
            attachment_free(attachment);
        else
            g_ptr_array_add(article->attachments, attachment);
    }
}
