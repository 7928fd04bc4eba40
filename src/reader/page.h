/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An article for other programs: with what stands above it and its attachments, as one document,
 * Markdown or HTML.
 */
#pragma once

#include "document/document.h"
#include "store/listing.h"

/*
 * Title, date, source, address and what is to be known of the text, then the body (which is empty
 * afterwards), then attachments.
 */
struct document *page_compose(struct store *store, const struct article_row *row,
                              struct document *body);

/* What stands above the body alone. */
struct document *page_head(const struct article_row *row);

/* The body (which is empty afterwards) and the attachments alone, behind what is there. */
void page_append(struct document *page, struct store *store, const struct article_row *row,
                 struct document *body);

/* Links instead of pictures, which whoever reads would fetch. */
void page_keep_pictures_away(struct document *document);

/* A whole HTML document, in UTF-8, of articles as page_compose() makes them. */
char *page_html_begin(const char *title);
char *page_html_article(const struct article_row *row, const struct document *page);
extern const char page_html_end[];
