/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HTML -> document.  Only the worker links it. */
#pragma once

#include "document/document.h"
#include "document/html.h"

/* What stands in an element is fleeting (SPAN_FLEETING), wherever it is imported. */
void html_mark_fleeting(xmlNode *node);
/* To be called before a tree that was marked is freed; doc: or NULL. */
void html_forget_fleeting(xmlDoc *doc);

/*
 * Appends what node and its children hold.  Scripts, styles, forms and hidden elements are
 * left out; links and pictures are resolved against base (may be NULL).
 */
void html_import(struct document *document, const xmlNode *node, const char *base);

/* The document of an HTML fragment, as feeds carry it. */
struct document *html_import_fragment(const char *html, const char *base);
/* The same; *cut says whether it has more elements than are read. */
struct document *html_import_told(const char *html, const char *base, bool *cut);
