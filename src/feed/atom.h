/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Atom's constructs, which RSS feeds borrow as modules.  Inside this room only. */
#pragma once

#include "feed/value.h"

struct feed_link *atom_read_link(const xmlNode *node, const char *document_base);
struct feed_person *atom_read_person(const xmlNode *node, const char *document_base);
char *atom_text(const xmlNode *node);
char *atom_html(const xmlNode *node);
bool atom_is(const xmlNode *node, const char *name);
void atom_choose_links(struct feed *feed);
