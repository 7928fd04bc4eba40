/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The lines of a page, as its readers see them: what stands between two breaks, be these elements
 * that are blocks or <br>.  Old pages say with looks what others say with elements, so a line knows
 * how it looks.  Only lines with text; links, pictures and blanks do not make one.
 */
#pragma once

#include <glib.h>
#include <libxml/tree.h>
#include <stdbool.h>

#define LINES_USUAL_SIZE 16 /* pixels */

struct line {
    const xmlNode *first, *last; /* its first and its last text, borrowed of the page */
    const xmlNode *block;        /* the innermost block around it */
    guint weight, linked;        /* of its text, and of that in links (portal/features.h) */
    guint16 links;
    guint8 heading;     /* 1 to 6 in a heading element, else 0 */
    guint8 size;        /* pixels that the markup sets, else 0 */
    bool bold, centred; /* all of it */
    bool dropped;       /* no part of any article (portal/features.h) */
};

/* struct line, in document order; owned by the caller.  Not valid once its nodes are gone. */
GArray *lines_of(const xmlNode *root);

static inline struct line *
lines_at(const GArray *lines, guint index)
{
    return &g_array_index(lines, struct line, index);
}

/* On one line, clean; owned. */
char *lines_text(const struct line *line);

/*
 * The first line with text at or after a node, but not before `from`; lines->len if there is none.
 */
guint lines_find(const GArray *lines, const xmlNode *node, guint from);

/*
 * Whether a line is nothing but what only does something with the page: "[Print] [Close]", "Text
 * size: A- A A+".
 */
bool lines_is_controls(const struct line *line);

/* Takes the text of a line out of the page; the line is empty then. */
void lines_remove(struct line *line);

/* The element after a node and all that is in it, in document order. */
const xmlNode *lines_past(const xmlNode *node);
