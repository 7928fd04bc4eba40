/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What modules say (Dublin Core, content, Media RSS, iTunes, …), which is read the same way in all
 * XML formats.  Inside this room only.
 */
#pragma once

#include "feed/item-builder.h"

/* Reads an element of a module into the entry; false when it is of none that is known. */
bool module_read(struct item_builder *b, const struct element *element);

/* Categories of modules, which channels have too; true when the element was one. */
bool module_read_category(GPtrArray *categories, const struct element *element);

/* The URL of an itunes:image in its old and new forms, newly allocated; NULL for other elements. */
char *module_image(const struct element *element, const char *document_base);
/* itunes: or googleplay: */
bool module_is_podcast(const struct element *element, const char *name);
