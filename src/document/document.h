/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An article's body as blocks: the only form that the reader ever sees.  Built once in the
 * worker, stored in one compact form, laid out at view time.  All text is clean
 * (base/clean.h); all URLs are absolute, those of links http, https, mailto or tel.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "base/auto.h"

/* Both lists are stored by number: what is new is appended. */
enum block_type {
    BLOCK_PARAGRAPH = 1,
    BLOCK_HEADING, /* level 1..6 */
    BLOCK_ITEM,    /* level: depth 1..; marker "•", "1." or "b."; NULL: the item before goes on */
    BLOCK_QUOTE,   /* level: depth 1.. */
    BLOCK_PRE,     /* text keeps its line breaks */
    BLOCK_TABLE,   /* text is the caption */
    BLOCK_PICTURE, /* url, alt, target; text is the caption */
    BLOCK_RULE,
    BLOCK_TERM,       /* of a list of definitions */
    BLOCK_DEFINITION, /* of the term before */
    BLOCK_EMBED,      /* url, alt (its title or NULL); level: enum embed_kind */
    BLOCK_GAP,        /* nothing: the lists on both sides of it are two */
    BLOCK_LAST = BLOCK_GAP,
};

enum embed_kind {
    EMBED_FRAME,
    EMBED_VIDEO,
    EMBED_AUDIO,
    EMBED_DOCUMENT,
    EMBED_LAST = EMBED_DOCUMENT
};

/*
 * What form says in HTML, the text says too (rich_form()): struck-out text stands in [- -],
 * raised and lowered text is 10⁶ or 10^(n+1).  The styles tell those who can show it better.
 */
enum span_style {
    SPAN_STRONG = 1 << 0,
    SPAN_EMPHASIS = 1 << 1,
    SPAN_CODE = 1 << 2,
    SPAN_DELETED = 1 << 3,
    SPAN_INSERTED = 1 << 4,
    SPAN_RAISED = 1 << 5,
    SPAN_LOWERED = 1 << 6,
    SPAN_MARKED = 1 << 7,   /* with a highlighter */
    SPAN_FLEETING = 1 << 8, /* that it changes is no change of the text; shown like any other */
    SPAN_ALL = (1 << 9) - 1,
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
    /*
     * How many quotations it stands in (block_quotations()), and which of them begins with it,
     * from 1, with those in it, where one as deep has ended right before; 0: none does that.
     */
    guint quotes, quote_begins;
    bool in_item; /* of a heading, a rule or a term: it stands in an item of a list */
    char *marker; /* of an item */
    struct rich_text content;
    /*
     * of a picture or what is embedded, and url of the heading of an attachment's text; target:
     * where it leads, or NULL
     */
    char *url, *alt, *target;
    bool fleeting;   /* of a picture or what is embedded: as SPAN_FLEETING */
    GPtrArray *rows; /* of GPtrArray of struct table_cell * */
};

/*
 * The most of each in one document; whoever makes one of more than that leaves out the others and
 * counts them.  Of some 3700 real pages and feeds, one has 800 pictures, one embeds 400 things, one
 * has 4000 links.
 */
#define DOCUMENT_MAX_PICTURES 8000u  /* and as many of what is embedded */
#define DOCUMENT_MAX_LINKS    40000u /* what they stand on stays, as text */

struct document {
    GPtrArray *blocks; /* owned struct block * */
    GPtrArray *links;  /* owned char *: link n is element n-1 */
    GArray *hashes;    /* guint of each of them, by which they are compared first */
    guint left_out;    /* pictures, links and what is embedded that it has no room for */
};

struct document *document_new(void);
void document_free(struct document *document);
DEFINE_AUTO_FREE(document, document_free)

struct block *document_add(struct document *document, enum block_type type, guint level);

/* How many quotations a block stands in, whatever it is; 0: none. */
guint block_quotations(const struct block *block);

/*
 * How many quotations both a block and the one before it stand in, which is no BLOCK_GAP; NULL:
 * there is none.
 */
guint block_shared_quotations(const struct block *block, const struct block *before);

/* The number of the link to url, added if it is new; 0 where there are too many. */
guint document_link(struct document *document, const char *url);

/* Adds a link, whether or not it is new; takes url. */
guint document_take_link(struct document *document, char *url);

/* Moves the blocks of another document behind those of this one; the other is empty then. */
void document_append(struct document *document, struct document *other);

/*
 * The texts of attachments stand behind the body, each under a heading whose url is the
 * attachment's.  document_attach() moves the blocks of one behind all that is there,
 * document_detach() takes all of them away; document_finish() is to follow.
 */
void document_attach(struct document *document, const char *title, const char *url,
                     struct document *text);
void document_detach(struct document *document);
bool block_begins_attached(const struct block *block);

struct table_cell *block_add_cell(GPtrArray *row);

void rich_init(struct rich_text *rich);
void rich_clear(struct rich_text *rich);

/* Appends text (clean already) in a style. */
void rich_append(struct rich_text *rich, const char *text, gssize length, guint style, guint link);

/* The stretches of a text, one after the other: spans and what lies between them. */
struct rich_piece {
    const char *text;
    gsize start, length;
    guint style, link;
};
struct rich_cursor {
    const struct rich_text *rich;
    gsize at;
    guint span;
};
bool rich_next(struct rich_cursor *cursor, struct rich_piece *piece); /* false after the last */

/*
 * Turns what is SPAN_DELETED, SPAN_RAISED and SPAN_LOWERED by its style alone into text that says
 * so too.  rich_bare() takes out again what that wrote for some styles; the result is the caller's.
 */
void rich_form(struct rich_text *rich);
struct rich_text rich_bare(const struct rich_text *rich, guint styles);

/* A document of one paragraph for each line of text. */
struct document *document_from_text(const char *text);

/*
 * A document of plain text as its author set it: paragraphs between blank lines, lines as they
 * are, columns preformatted.  wrapped: lines that were broken for their length are joined.
 */
struct document *document_from_plain(const char *text, bool wrapped);

/*
 * To be called once when a document has been built: web and mail addresses and telephone numbers
 * in its prose become links, and links are numbered in the order of the text, without those that
 * nothing leads to.
 */
void document_finish(struct document *document);

/* Numbers for the pictures too, behind those of the text, for those who can open them. */
void document_link_pictures(struct document *document);

/* A URL that a link may have, newly allocated, mail without what would attach files; else NULL. */
char *document_safe_url(const char *url);

/* Whether there is nothing to read or see in it. */
bool document_is_empty(const struct document *document);

/* The characters of text in it. */
gsize document_characters(const struct document *document);

/*
 * The stored form.  Deserialising never trusts its input: NULL when it is damaged, or holds what
 * no document may (controls, other schemes, unknown kinds, spans that cut characters).
 */
GBytes *document_serialize(const struct document *document);
struct document *document_deserialize(const void *data, gsize length);

/* Whether document_deserialize() would give a document, which is not made. */
bool document_is_stored(const void *data, gsize length);

/* document_plain() of the stored form, for which links and styles are not made; NULL: damaged. */
char *document_stored_plain(const void *data, gsize length);

/*
 * Writers.  Plain text has paragraphs separated by a blank line, tables as rows with
 * tabs, no markup: what is searched; document_body() is the same without captions and what is
 * embedded, the `body` of `crier extract`, which lists these beside it, and with numbers of items
 * only where they are not 1, 2, 3.  Markdown is CommonMark
 * with GFM's tables and ~~, and like the HTML holds no markup but its own.
 */
char *document_plain(const struct document *document);
char *document_body(const struct document *document);
char *document_markdown(const struct document *document);
char *document_html(const struct document *document);
char *document_xhtml(const struct document *document); /* the same as XML */

/* Text as Markdown that shows it, newly allocated. */
char *markdown_text(const char *text);
