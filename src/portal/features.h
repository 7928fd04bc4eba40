/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The features by which elements are scored as the container of an article, as Readability does:
 * how much text, how many links, commas and paragraphs an element holds, and what its class and id
 * hint at.  They are counted once from the leaves up and kept beside the tree (node->_private), so
 * that every question about an element costs nothing.  Lengths are weighed by script: a CJK
 * character says as much as three others.
 */
#pragma once

#include <glib.h>
#include <libxml/tree.h>
#include <stdbool.h>

#include "base/arena.h"

/* What the words in class and id say that an element is for. */
enum {
    HINT_BODY = 1 << 0,     /* article, content, story, … */
    HINT_UNLIKELY = 1 << 1, /* sidebar, banner, related, share, … */
    HINT_COMMENT = 1 << 2,
    HINT_CAPTION = 1 << 3,
    HINT_BYLINE = 1 << 4,
    HINT_LEAD = 1 << 5,
    HINT_KNOWN = 1 << 6,   /* what a known CMS or standard puts bodies in */
    HINT_CONSENT = 1 << 7, /* a window that asks for cookies, as long as an article and longer */
};

struct features {
    guint text, linked; /* weight of the text, and of that in links */
    guint commas;       /* punctuation within sentences, of any script */
    guint paragraphs;   /* of some length */
    guint tags, links, images, inputs, items, headings;
    guint hints;  /* HINT_ bits of this element */
    guint kind;   /* bits of its name, portal/features.c's own */
    double score; /* as the container of an article */
    bool candidate;
    bool block;   /* it is, or holds, what begins a new line */
    bool marked;  /* it is, or holds, what is marked up as the article */
    bool titled;  /* it is, or holds, an <h1> */
    bool dropped; /* no part of any article: its text is counted nowhere */
};

/* Counts the tree below root and marks what cannot be article text as dropped. */
void features_count(xmlNode *root, struct arena *arena);

/* The features of an element of a tree that has been counted. */
struct features *features_of(const xmlNode *element);

/* Whether a part is more, or less, than so many percent of a whole. */
static inline bool
features_above(guint part, guint percent, guint whole)
{
    return (guint64)part * 100 > (guint64)whole * percent;
}

static inline bool
features_below(guint part, guint percent, guint whole)
{
    return (guint64)part * 100 < (guint64)whole * percent;
}

/* The share of its text that is linked. */
double features_link_density(const xmlNode *element);

/* The weight and the punctuation of a text. */
guint features_text_weight(const char *text, guint *commas);
