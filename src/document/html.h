/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * HTML as a tree: libxml2's parser with the options that hostile pages need, and what is
 * asked of elements again and again.  Only the worker links it.
 */
#pragma once

#include <glib.h>
#include <libxml/tree.h>
#include <stdbool.h>

#include "base/auto.h"
#include "document/html-name.h"

/*
 * To be called first, XML too: libxml2 cannot set itself up in two threads at once, and is given
 * its memory here.
 */
void html_set_up(void);

/* Parses a whole page or a fragment of clean UTF-8. Owned; NULL when there is nothing in it. */
xmlDoc *html_parse(const char *text, gsize length);
/*
 * The same; *read (may be NULL) is how many bytes were read, fewer than length where the page has
 * too many elements.
 */
xmlDoc *html_parse_told(const char *text, gsize length, gsize *read);

DEFINE_AUTO_FREE(_xmlDoc, xmlFreeDoc)

/* What the named character reference &name; stands for, owned; NULL if HTML knows none. */
char *html_entity(const char *name);

/*
 * Whether an element is of those that hold no text themselves but are worth a link or a picture:
 * frames, films, <noscript>.
 */
bool html_is_embedded(const xmlNode *node);

/* An attribute's value, owned, or NULL. */
char *html_attribute(const xmlNode *node, const char *name);

/* The same as it stands in the tree, borrowed; "" of an attribute without a value. */
static inline const char *
html_value_of(const xmlAttr *attribute)
{
    const xmlNode *text = attribute->children; /* one: the parser replaces all references */
    return text && text->content ? (const char *)text->content : "";
}
const char *html_value(const xmlNode *node, const char *name);

/*
 * HTML's rules for integers (2.3.4.1): white space, a sign, digits, and whatever follows, at which
 * *end stands (end may be NULL).  What is larger than an int has its largest or smallest value.
 * False where there are no digits.
 */
bool html_integer(const char *text, int *number, const char **end);

/* Reads an attribute by the same rules; false also where there is none. */
bool html_integer_attribute(const xmlNode *node, const char *name, int *number);

/* A formula in MathML as a line of text, owned. */
char *html_math(const xmlNode *node);

/*
 * The text of node and its children on one line, clean; owned.  What form says is said as in
 * documents: 10⁶, [-struck out-], 漢字(かんじ).
 */
char *html_text(const xmlNode *node);

/* The same of no more than its first so many bytes, white space counted: for titles. */
char *html_text_start(const xmlNode *node, gsize most);

/*
 * The same of a link: no more of it than any link says, as links that nobody ends lie within one
 * another, and each holds the text of all that follow.
 */
char *html_text_of_link(const xmlNode *node);

/* The same text with nothing changed but white space: for output that is not stored. */
char *html_text_whole(const xmlNode *node);
