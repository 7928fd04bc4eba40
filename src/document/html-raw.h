/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is kept from libxml2's parser, which looks at each character several times to copy it: what
 * scripts and style sheets hold, a third of the bytes of most pages, and long runs of text.  A mark
 * stands for each in what is parsed, and becomes it in the tree.
 */
#pragma once

#include <glib.h>
#include <libxml/tree.h>
#include <stdbool.h>

/* A part of a text, in bytes. */
struct html_part {
    gsize start, length;
    bool refers; /* it holds references, all of which html_raw_give_back() knows */
};

/* Notes what a script or a style sheet holds; *parts: struct html_part, or NULL so far. */
void html_raw_note(GArray **parts, const char *text, gsize start, gsize stop);
/* Notes what is worth it of text between two tags. */
void html_raw_note_text(GArray **parts, const char *text, gsize start, gsize stop);

/*
 * A text without these parts; owned.  NULL when it has characters that could be taken for marks.
 */
char *html_raw_take(const char *text, gsize length, const GArray *parts, gsize *new_length);

/* The parts on their way back into the tree of that text. */
struct html_raw {
    const char *text;
    const GArray *parts;
    guint next;
};

/*
 * To be called with each text of the tree, in document order: has the parts stand in it for which
 * there are marks.  False when one is not the next: then, or when not all parts are back in the
 * end, the parser has read the text in another way, and the tree is to be thrown away.
 */
bool html_raw_give_back(struct html_raw *raw, xmlNode *node);
