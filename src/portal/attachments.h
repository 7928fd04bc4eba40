/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Documents that a page links to or shows in a frame, and pictures where they are all that it has.
 * Inside this room only.
 */
#pragma once

#include "portal/article-model.h"

/* What is linked and shown in frames in and beside the body. */
void attachments_find(struct page *page, GPtrArray *attachments, const xmlNode *body);
/* One link, unless it is known. */
void attachments_add(struct page *page, GPtrArray *attachments, const xmlNode *link);
/* Whether an element links to, or shows, a document that is no page. */
bool attachments_is_document(const xmlNode *node);
/*
 * The documents of a measured page without a body: the first one's element, or NULL.  *around: what holds
 * them and text of at least that weight, or NULL.
 */
const xmlNode *attachments_find_documents(struct page *page, GPtrArray *attachments, guint least, xmlNode **around);
/* The pictures of such a page, put into the document; false when it has none. */
bool attachments_find_pictures(struct page *page, struct document *document);
