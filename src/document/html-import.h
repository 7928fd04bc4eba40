/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * HTML -> document.  The one file of this room that knows libxml2; only the worker links it.
 */
#pragma once

#include <libxml/tree.h>

#include "document/document.h"

/* Parses a whole page or a fragment of clean UTF-8.  Never NULL for length > 0. Owned. */
xmlDoc *html_parse(const char *text, gsize length);

DEFINE_AUTO_FREE(_xmlDoc, xmlFreeDoc)

/*
 * Appends what node and its children hold.  Scripts, styles, forms and hidden elements are
 * left out; links and pictures are resolved against base (may be NULL).
 */
void html_import(struct document *document, const xmlNode *node, const char *base);

/* The document of an HTML fragment, as feeds carry it. */
struct document *html_import_fragment(const char *html, const char *base);

/* What the named character reference &name; stands for, owned; NULL if HTML knows none. */
char *html_entity(const char *name);

/* The text of node and its children on one line, clean; owned. */
char *html_text(const xmlNode *node);

/* The same, but nothing but white space is changed: for output that is not stored. */
char *html_text_whole(const xmlNode *node);

/* An attribute's value, owned, or NULL. */
char *html_attribute(const xmlNode *node, const char *name);
