/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Base rows: the nearest elements around links that repeat, in kinds by the place where they stand.
 * What becomes of them is portal/list-groups.h's.  Inside this room only.
 */
#pragma once

#include "portal/contents.h"
#include "text/date.h"

#define LIST_MAX_ROWS  2200 /* of a kind: more than a list may have */
#define LIST_MAX_LOOK  300 /* nodes of a row in which something that says something is looked for */
#define LIST_MAX_CLIMB 8   /* elements around one that are looked at */
#define LIST_SAMPLES   5   /* rows that stand for all of a kind */
#define LIST_MIN_TEXT  8   /* weight of a text that says something: three Chinese characters */
#define LIST_COMMON    80  /* percent of rows that are nearly all */

/* A base row, and the link or head by which it was found. */
struct list_base {
    const xmlNode *node, *head;
    char *href, *text; /* owned */
    bool label;        /* the text says only what the link does */
};

struct list_kind {
    GArray *bases; /* of struct list_base, in document order; empty when they joined another kind */
    char *place;   /* owned: name and place, without classes */
    guint more;    /* base rows that are not among them, because there are too many */
    bool headed;   /* they were found by what heads them, and their links are within */
    bool merged;
    bool thinned; /* rows were taken out that are parts of those before them */
};

static inline struct list_base *
list_base_at(const struct list_kind *kind, guint i)
{
    return &g_array_index(kind->bases, struct list_base, i);
}

/* The element around one, or NULL. */
static inline const xmlNode *
list_parent(const xmlNode *node)
{
    return node->parent && node->parent->type == XML_ELEMENT_NODE ? node->parent : NULL;
}

/*
 * The words of an element's class that say of what kind it is, not which it is or its state; owned,
 * NULL for none.
 */
char *list_class_form(const xmlNode *node);
/* Whether a tr holds but the names of columns, by which one sorts. */
bool list_is_header(const xmlNode *row);
/* Whether a row says anything; whether it holds a link. */
bool list_says_enough(const xmlNode *row);
bool list_holds_link(const xmlNode *row);

/*
 * All kinds, owned struct list_kind *, in the order in which they begin.  style: how the page
 * writes dates, for headings that are months.
 */
GPtrArray *list_kinds(const struct page *page, const struct contents *contents,
                      const struct date_style *style);
