/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Documents that a page links to or shows in a frame, and pictures where they are all that it has.
 * Inside this room only.
 */
#pragma once

#include "portal/article-model.h"

/* Adds the documents that are linked or shown in and beside the body. */
void attachments_find(struct page *page, GPtrArray *attachments, const xmlNode *body);
/* Adds what one link leads to, unless it is there already. */
void attachments_add(struct page *page, GPtrArray *attachments, const xmlNode *link);
/* Whether an element links to, or shows, a document that is no page. */
bool attachments_is_document(const xmlNode *node);
/*
 * Adds the documents of a page without a body, whose features are counted.  The element of the
 * first one, or NULL; *around is what holds them all and text of at least that weight, or NULL.
 */
const xmlNode *attachments_find_documents(struct page *page, GPtrArray *attachments, guint least,
                                          xmlNode **around);
/* Puts the pictures of such a page into the document; false when it has none. */
bool attachments_find_pictures(struct page *page, struct document *document);
