/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The import of an HTML tree into a document, for the files that make it up.  html-import.c looks
 * at each element and calls the file that imports its kind (import-inline.c, import-list.c,
 * import-table.c, import-picture.c, import-media.c).  These stand below it: children are handed
 * back to it through `walk`.
 */
#pragma once

#include "document/document.h"
#include "document/html.h"

#define IMPORT_DEPTH 512

/* A style bit of the import alone: underlined is inserted only where something is struck out. */
#define SPAN_UNDERLINED (1u << 30)

struct importer {
    void (*walk)(struct importer *in, const xmlNode *node); /* imports a node of any kind */
    struct document *document;
    const char *base;
    struct rich_text *target; /* a table cell's or a caption's, or NULL: blocks are made */
    GString *text;            /* inline content collected so far */
    GString *scratch;         /* of import_text() */
    GArray *spans;
    enum block_type type;
    guint level, item_level, quote_level;
    guint item_quotes;  /* quote_level of the item that is open */
    guint quote_begins; /* the outermost quotation of which nothing has come yet, or 0 */
    const char *marker; /* that waits for the item's first text, or NULL */
    bool in_item;
    /* blocks that there were when the last list ended, 0: none did; and its level */
    guint list_end;
    guint list_level;
    guint style, link;
    guint quotes; /* <q> that are open */
    bool preformatted;
    int depth;
    /* blocks that there were when the figure began that is open, G_MAXUINT: none is */
    guint figure;
    GHashTable *seen;         /* URLs of pictures and of what is embedded so far, NULL: none */
    guint pictures, embedded; /* that there are */
};

/* Whether there is room for one more of what was counted so far; else it is left out. */
static inline bool
import_has_room(struct importer *in, guint *count)
{
    bool room = *count < DOCUMENT_MAX_PICTURES;
    *count += room;
    in->document->left_out += !room;
    return room;
}

/* Whether html_mark_fleeting() was told of an element, or of one around it. */
bool import_is_fleeting(const xmlNode *node);

/* What attributes say of how an element is shown. */
struct import_looks {
    bool hidden;
    guint style;
};
void import_look(const xmlNode *node, struct import_looks *looks);

/* One node, all children of a node: of any kind. */
void import_walk(struct importer *in, const xmlNode *node);
void import_children(struct importer *in, const xmlNode *node);
/* A block that is more than a line between others, within the quotations that are open. */
struct block *import_add(struct importer *in, enum block_type type, guint level);
/* Children as a block of their own. */
void import_block(struct importer *in, const xmlNode *node, enum block_type type, guint level);
/* Appends inline text: white space folded unless preformatted, then cleaned. */
void import_text(struct importer *in, const char *raw);
/* Ends the block that inline text was collected for. */
void import_flush(struct importer *in);
/* Children as the text of a cell or caption. */
void import_into(struct importer *in, const xmlNode *node, struct rich_text *target);

/* An attribute as an absolute URL of a scheme that may be shown, or NULL. */
char *import_url(const struct importer *in, const xmlNode *node, const char *name);
char *import_resolve(const struct importer *in, const char *raw);

/* Whether a thing with this URL is met for the first time. */
bool import_is_new(struct importer *in, const char *url);

/*
 * Whether attributes or style make a side of an element smaller than so many pixels.
 * nothing_hides: a side of 0 hides it; with pictures, that is mostly a size that nobody knew.
 */
bool import_is_tiny(const xmlNode *node, int least, bool nothing_hides);

void import_quotation(struct importer *in, const xmlNode *node);
void import_ruby(struct importer *in, const xmlNode *node);
void import_list(struct importer *in, const xmlNode *list);
void import_table(struct importer *in, const xmlNode *table);
void import_picture(struct importer *in, const xmlNode *node);
void import_figure(struct importer *in, const xmlNode *node);
void import_caption(struct importer *in, const xmlNode *node);
void import_embedded(struct importer *in, const xmlNode *node);
void import_noscript(struct importer *in, const xmlNode *node);
