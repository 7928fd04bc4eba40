/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What each element of a page holds, counted once from the leaves up and kept beside the
 * tree (node->_private), so that every question about an element costs nothing.  Lengths are
 * weighed by script: a CJK character says as much as three others.
 */
#pragma once

#include <glib.h>
#include <libxml/tree.h>
#include <stdbool.h>

#include "base/arena.h"

/* What the words of class and id say an element is for. */
enum {
    WORD_BODY = 1 << 0,    /* article, content, story, … */
    WORD_UNLIKELY = 1 << 1, /* sidebar, banner, related, share, … */
    WORD_COMMENT = 1 << 2,
    WORD_CAPTION = 1 << 3,
    WORD_BYLINE = 1 << 4,
    WORD_LEAD = 1 << 5,
    WORD_KNOWN = 1 << 6, /* what a known CMS or standard puts bodies in */
    WORD_CONSENT = 1 << 7, /* a window that asks for cookies, as long as an article and longer */
};

struct measure {
    guint text, linked; /* weight of the text, and of that in links */
    guint commas;       /* punctuation within sentences, of any script */
    guint paragraphs;   /* of some length */
    guint tags, links, images, inputs, items, headings;
    guint words;  /* WORD_ bits of this element */
    double score; /* as the container of an article */
    bool candidate;
    bool marked;  /* it is, or holds, what is marked up as the article */
    bool dropped; /* no part of any article; its text is counted nowhere */
};

/* Counts the tree below root and drops what cannot be article text. */
void measure_tree(xmlNode *root, struct arena *arena);

/* Of an element of a measured tree. */
struct measure *measure_of(const xmlNode *element);

/* The share of its text that is linked. */
double measure_link_density(const xmlNode *element);

/* The weight and the punctuation of a text. */
guint measure_weight(const char *text, guint *commas);
