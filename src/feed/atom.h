/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Atom's constructs, which RSS feeds borrow as modules.  Inside this room only. */
#pragma once

#include "feed/item-builder.h"

/* NULL for a link that says nothing at all; url is NULL for one without address. */
struct feed_link *atom_read_link(const struct element *node, const char *document_base);

/* Adds a link to an item, with the RFC 4685 count that it may carry. */
void atom_add_item_link(struct feed_item *item, const struct element *node,
                        const char *document_base);

/* comments and comments_feed from the links with rel=replies (RFC 4685 §4). */
void atom_take_replies(struct feed_item *item);
struct feed_person *atom_read_person(const struct element *node, const char *document_base);
void atom_offer(struct item_builder *b, struct ranked *slot, const struct element *node, int rank);
bool atom_is(const struct element *node, const char *name);
/* In an Atom document an element without or of an unknown default namespace counts too. */
bool atom_is_core(const struct element *node, const char *name);
void atom_choose_links(struct feed *feed);

void atom_read_entry(struct feed *feed, const struct element *root,
                     const struct feed_options *options);
/* What is not an entry, and what entries inherit; after the last entry. */
void atom_read_feed(struct feed *feed, const struct element *root,
                    const struct feed_options *options);
