/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps of extracting an article, a file each.  Inside this room only. */
#pragma once

#include "portal/article-model.h"
#include "portal/linked-data.h"

/*
 * Applies the rules of a portal file: the fields they give, and for JSON the document.  The
 * body's nodes, empty if no rule selects any; owned by the caller.
 */
GPtrArray *article_apply_rules(struct page *page, const struct portal_article *rules,
                               const struct article_options *options, struct article *article);
/* Takes out the blocks that the rules drop, and all from the one at which they stop. */
void article_cut_blocks(struct document *document, const struct portal_article *rules);

char *article_find_title(struct page *page, const struct linked_data *linked);
/* From the standard tags, else the last part of the breadcrumb that is not the title. */
char *article_find_section(struct page *page, const char *title);
/* before: the text above the body; head: the first lines in it. */
bool article_find_date(struct page *page, const char *before, const char *head,
                       const struct linked_data *linked, const struct article_options *options,
                       struct date *out);
/* Date, source, author and labelled facts; body: its first element, or NULL. */
void article_find_facts(struct page *page, struct article *article, const xmlNode *body,
                        const struct linked_data *linked, const struct article_options *options);

/* The elements that hold the body, in order, and how they were found; empty if there is none. */
GPtrArray *article_find_body(struct page *page, const char *title, const struct linked_data *linked,
                             const char **method);
/* Takes out what is no article text: menus, share bars, related links. */
void article_prune(xmlNode *body);

/* Takes boilerplate out of the imported document, by its words and its place. */
void article_trim(struct article *article, const struct article_options *options);
