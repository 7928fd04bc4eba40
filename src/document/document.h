/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An article's body as blocks: the only form that the reader ever sees.  Built once in the
 * worker, stored in one compact form, laid out at view time.  All text is clean
 * (base/clean.h), all URLs are absolute http, https or mailto.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "base/auto.h"

enum block_type {
    BLOCK_PARAGRAPH = 1,
    BLOCK_HEADING, /* level 1..6 */
    BLOCK_ITEM,    /* level: depth 1..; marker "•" or "1." */
    BLOCK_QUOTE,   /* level: depth 1.. */
    BLOCK_PRE,     /* text keeps its line breaks */
    BLOCK_TABLE,
    BLOCK_PICTURE, /* url, alt; text is the caption */
    BLOCK_RULE,
};

enum span_style {
    SPAN_STRONG = 1 << 0,
    SPAN_EMPHASIS = 1 << 1,
    SPAN_CODE = 1 << 2,
};

/* A styled or linked stretch of text; spans are in order and do not overlap. */
struct span {
    guint start, length; /* bytes */
    guint style;         /* enum span_style, or-ed */
    guint link;          /* number of the link from 1, or 0 */
};

struct rich_text {
    GString *text;
    GArray *spans; /* struct span */
};

struct table_cell {
    struct rich_text content;
    guint columns, rows; /* spanned, at least 1 */
    bool header;
};

struct block {
    enum block_type type;
    guint level;
    char *marker;
    struct rich_text content;
    char *url, *alt;
    GPtrArray *rows; /* of GPtrArray of struct table_cell * */
};

struct document {
    GPtrArray *blocks; /* owned struct block * */
    GPtrArray *links;  /* owned char *: link n is element n-1 */
};

struct document *document_new(void);
void document_free(struct document *document);
DEFINE_AUTO_FREE(document, document_free)

struct block *document_add(struct document *document, enum block_type type, guint level);

/* The number of the link to url, added if it is new. */
guint document_link(struct document *document, const char *url);

/* Moves the blocks of another document behind those of this one; the other is empty then. */
void document_append(struct document *document, struct document *other);

struct table_cell *block_add_cell(GPtrArray *row);

/* Appends text (clean already) in a style. */
void rich_append(struct rich_text *rich, const char *text, gssize length, guint style, guint link);

/* A document of one paragraph for each line of text. */
struct document *document_from_text(const char *text);

/* Whether there is nothing to read or see in it. */
bool document_is_empty(const struct document *document);

/* The characters of text in it. */
gsize document_characters(const struct document *document);

/* The stored form.  Deserialising never trusts its input; NULL when it is damaged. */
GBytes *document_serialize(const struct document *document);
struct document *document_deserialize(const void *data, gsize length);

/*
 * Writers.  Plain text has paragraphs separated by a blank line, tables as rows with
 * tabs, no markup: what is searched; document_body() is the same without captions, the
 * `body` of `crier extract`, which lists pictures beside it.
 */
char *document_plain(const struct document *document);
char *document_body(const struct document *document);
char *document_markdown(const struct document *document);
char *document_html(const struct document *document);
