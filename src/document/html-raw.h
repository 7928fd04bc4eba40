/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What scripts and style sheets hold, kept from libxml2's parser: a third of the bytes of most
 * pages, each of which it would look at several times to copy it.
 */
#pragma once

#include <glib.h>
#include <libxml/tree.h>
#include <stdbool.h>

/*
 * A text without these parts (struct html_part, not empty); each is a number in it instead.  Owned;
 * NULL when one of them holds what the parser would not copy.
 */
char *html_raw_take(const char *text, gsize length, const GArray *parts, gsize *new_length);

/* The parts on their way back into the tree of that text. */
struct html_raw {
    const char *text;
    const GArray *parts;
    guint next;
};

/*
 * To be called with each element of the tree, in document order: gives a script or a style sheet
 * back what it holds.  False when it is none of those whose part was taken: then, or when not all
 * parts are back in the end, the parser has read the text in another way, and the tree is to be
 * thrown away.
 */
bool html_raw_give_back(struct html_raw *raw, xmlNode *element);
