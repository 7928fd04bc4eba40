/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Atom's constructs, which RSS feeds borrow as modules.  Inside this room only. */
#pragma once

#include "feed/value.h"

/* NULL for a link that says nothing at all; url is NULL for one without address. */
struct feed_link *atom_read_link(const xmlNode *node, const char *document_base);

/* Adds a link to an item, with the RFC 4685 count that it may carry. */
void atom_add_item_link(struct feed_item *item, const xmlNode *node, const char *document_base);

/* comments and comments_feed from the links with rel=replies (RFC 4685 §4). */
void atom_take_replies(struct feed_item *item);
struct feed_person *atom_read_person(const xmlNode *node, const char *document_base);
char *atom_text(const xmlNode *node);
char *atom_html(const xmlNode *node);
bool atom_is(const xmlNode *node, const char *name);
void atom_choose_links(struct feed *feed);
