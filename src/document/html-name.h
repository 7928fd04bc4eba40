/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Names of elements as numbers: what an element is called is asked a hundred times of each, so
 * that its letters are looked at once.  The number is kept in xmlNode.extra, which libxml2 leaves
 * to those who use its trees.
 */
#pragma once

#include <glib.h>
#include <libxml/tree.h>
#include <stdbool.h>

#define HTML_NAMES 256 /* more than there are */

/* Looks an element's number up and keeps it in the element; 1 stands for all that are not known. */
guint html_number_note(xmlNode *element);

static inline guint
html_number(const xmlNode *element)
{
    return element->extra ? element->extra : html_number_note((xmlNode *)element);
}

/* Gives an element another name. */
void html_rename(xmlNode *element, const char *name);

/* Some names, separated by blanks; all of them known to html-name.c.  The rest is made of them. */
struct html_names {
    const char *names;
    gsize ready;
    guint64 bits[HTML_NAMES / 64];
};
void html_names_set_up(struct html_names *set);

static inline bool
html_names_have(struct html_names *set, guint number)
{
    if (g_once_init_enter(&set->ready))
        html_names_set_up(set);
    return set->bits[number / 64] >> number % 64 & 1;
}

/* Whether a node is an element of one of these names, a literal. */
#define html_named(node, literal) \
    ({ \
        static struct html_names names_ = {.names = literal}; \
        const xmlNode *node_ = (node); \
        node_->type == XML_ELEMENT_NODE &&html_names_have(&names_, html_number(node_)); \
    })

/* The same of names that are no literal, and of any name. */
bool html_named_any(const xmlNode *node, const char *names);

/* What is asked of an element's name: names as above, and the bit of those. */
struct html_kind {
    const char *names;
    guint bit;
};

/* Such questions, and the bits of all of them by number. */
struct html_kinds {
    const struct html_kind *kinds;
    gsize count, ready;
    guint bits[HTML_NAMES];
};
void html_kinds_set_up(struct html_kinds *kinds);

static inline guint
html_kinds_of(struct html_kinds *kinds, const xmlNode *element)
{
    if (g_once_init_enter(&kinds->ready))
        html_kinds_set_up(kinds);
    return kinds->bits[html_number(element)];
}
