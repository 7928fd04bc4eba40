/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The head of an article as blocks, so that the writers of documents escape it as they do its text.
 */
#include "config.h"

#include "reader/page.h"
#include "base/i18n.h"
#include "base/url.h"
#include "reader/attachment.h"
#include "reader/heading.h"
#include "store/articles.h"

static void
add_paragraph(struct document *page, const char *text)
{
    if (text && *text)
        rich_append(&document_add(page, BLOCK_PARAGRAPH, 0)->content, text, -1, 0, 0);
}

static void
add_link(struct document *page, enum block_type type, const char *text, const char *url)
{
    struct block *block = document_add(page, type, type == BLOCK_ITEM);
    if (type == BLOCK_ITEM)
        block->marker = g_strdup("•");
    rich_append(&block->content, text, -1, 0, url_is_web(url) ? document_link(page, url) : 0);
}

static void
add_attachments(struct document *page, struct store *store, int64_t article)
{
    g_autoptr(GPtrArray) attachments = articles_attachments(store, article);
    if (attachments->len)
        add_paragraph(page, _("Attachments:"));
    for (guint i = 0; i < attachments->len; i++) {
        const struct stored_attachment *a = g_ptr_array_index(attachments, i);
        g_autofree char *trouble = attachment_trouble(store, a);
        add_link(page, BLOCK_ITEM, a->title ? a->title : a->url, a->url);
        add_paragraph(page, trouble);
    }
}

void
page_append(struct document *page, struct store *store, const struct article_row *row,
            struct document *body)
{
    document_append(page, body);
    add_attachments(page, store, row->id);
}

struct document *
page_head(const struct article_row *row)
{
    struct document *page = document_new();
    rich_append(&document_add(page, BLOCK_HEADING, 1)->content, heading_title(row), -1, 0, 0);
    g_autofree char *facts = heading_facts(row, " · "), *notes = heading_notes(row),
                    *event = heading_event(row, " · ");
    add_paragraph(page, facts);
    add_paragraph(page, event);
    g_autofree char *link = row->link ? url_shown(row->link) : NULL;
    if (link)
        add_link(page, BLOCK_PARAGRAPH, link, row->link);
    add_paragraph(page, notes);
    return page;
}

struct document *
page_compose(struct store *store, const struct article_row *row, struct document *body)
{
    struct document *page = page_head(row);
    page_append(page, store, row, body);
    return page;
}

void
page_keep_pictures_away(struct document *document)
{
    for (guint i = 0; i < document->blocks->len; i++) {
        struct block *block = g_ptr_array_index(document->blocks, i);
        if (block->type != BLOCK_PICTURE || !block->url)
            continue;
        if (!block->target)
            block->target = g_steal_pointer(&block->url);
        g_clear_pointer(&block->url, g_free);
        if (!block->alt)
            block->alt = g_strdup(_("[picture]"));
    }
}

char *
page_html_begin(const char *title)
{
    g_autofree char *escaped = g_markup_escape_text(title, -1);
    return g_strdup_printf(
        "<!DOCTYPE html>\n<html>\n<head><meta charset=\"utf-8\"><title>%s</title></head>\n<body>\n",
        escaped);
}

char *
page_html_article(const struct article_row *row, const struct document *page)
{
    g_autofree char *language =
        row->language ? g_markup_printf_escaped(" lang=\"%s\"", row->language) : g_strdup("");
    g_autofree char *html = document_html(page);
    return g_strdup_printf("<article%s>\n%s</article>\n", language, html);
}

const char page_html_end[] = "</body>\n</html>\n";
