/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lines of text in terminal cells with styled runs, and how text becomes lines: what laying out
 * blocks, laying out tables and those who print around a document share.
 */
#pragma once

#include "document/document.h"

enum layout_style {
    LAYOUT_STRONG = SPAN_STRONG,
    LAYOUT_EMPHASIS = SPAN_EMPHASIS,
    LAYOUT_CODE = SPAN_CODE,
    LAYOUT_DELETED = SPAN_DELETED,
    LAYOUT_INSERTED = SPAN_INSERTED,
    LAYOUT_MARKED = SPAN_MARKED,
    LAYOUT_HEADING = 1 << 16,
    LAYOUT_QUOTE = 1 << 17,
    LAYOUT_DIM = 1 << 18, /* frames, markers, footnote numbers */
};

struct layout_run {
    guint start, length; /* bytes of the line's text */
    guint style;
    guint link; /* number from 1, or 0 */
};

struct layout_line {
    char *text;   /* clean UTF-8, its indent included */
    GArray *runs; /* struct layout_run, in order, not overlapping */
    guint block;  /* index of the block it shows; the anchor when the width changes */
    guint offset; /* bytes into that block's text, for the same purpose; of a picture, rows
                          and then bytes */
    /* int, of a table or text that is wider than there is room: the cells at which it may be cut
       to be shifted, the first 0; shared with its other lines, or NULL */
    GArray *stops;
    guint picture_row; /* which row of the block's picture it is for, from 1; 0: it is text */
};

enum layout_links { LAYOUT_LINKS_FOOTNOTE, LAYOUT_LINKS_NONE, LAYOUT_LINKS_INLINE };

/*
 * FIT: drawn, wrapped or as records, whichever the width allows; WHOLE: drawn, lines may be wider;
 * RECORDS: `header: value`.
 */
enum layout_tables { LAYOUT_TABLES_FIT, LAYOUT_TABLES_WHOLE, LAYOUT_TABLES_RECORDS };

struct layout_options {
    int width;
    bool ascii;  /* no character outside ASCII for frames and markers; 10^6 for 10⁶ */
    bool raised; /* all the same 10⁶, for who says it in words */
    enum layout_links links;
    enum layout_tables tables;
    GHashTable *pictures; /* address -> struct drawn *: these get room; or NULL */
    guint lines; /* that are enough: the block with which they are reached is the last; 0: all */
};

struct layout {
    GPtrArray *lines; /* owned struct layout_line * */
    guint blocks;     /* of the document that they show: the first so many */
};

/* One without lines. */
struct layout *layout_new_empty(void);
void layout_free(struct layout *layout);
DEFINE_AUTO_FREE(layout, layout_free)

/* Appends a plain line; for what callers print around a document. */
struct layout_line *layout_add(struct layout *layout, const char *text, guint style, guint block);

/* Gives the lines from a number on their stops; taken over. */
void layout_set_stops(struct layout *layout, guint from, GArray *stops);

/* Appends text wrapped to width, its first line after `first`, the others after `rest`. */
void layout_wrap(struct layout *layout, const struct rich_text *content, const char *first,
                 const char *rest, int width, guint style, guint block);

/*
 * Appends content as it is shown: with footnote numbers, or the links themselves, behind what is
 * linked.
 */
void layout_with_links(const struct document *document, const struct rich_text *content,
                       const struct layout_options *options, struct rich_text *out);

/* The styles and links of text[from, to) as runs of a line in which it begins at byte `shift`. */
void layout_copy_runs(GArray *runs, const struct rich_text *content, gsize from, gsize to,
                      guint shift, guint style);
