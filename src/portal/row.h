/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a row of a list says: which of its parts is the title, which the date, the summary, the
 * link.  A row may be an element around a link, a card that is a link itself, or something that a
 * script makes one.
 */
#pragma once

#include "portal/page.h"
#include "text/date-near.h"

/*
 * Elements in document order: the row's own, and those beside it that belong to it (dt and dd, a
 * heading and what follows).
 */
struct row {
    const xmlNode *node;
    GPtrArray *beside;   /* const xmlNode *, borrowed; NULL for none */
    bool before;         /* these stand before the node */
    const xmlNode *head; /* what names the row and is no link, or NULL: it is looked for */
    /* what the heading above it says of when: a day (DATE_NONE: none), a year (0: none) */
    struct date day;
    int year;
};

struct row_parts {
    char *title, *href, *summary; /* owned; href as it is written; NULL for none */
    char *second;                 /* another address, for when the first is that of another row */
    char *uncut;                  /* the title with the date that was cut off it, or NULL */
    const xmlNode *link;          /* borrowed, or NULL */
    bool apart;                   /* the title does not stand in the link */
    bool prose;                   /* the link stands within a sentence */
    struct date published;
    struct date spoken;    /* the first day that the title speaks of, where nothing else says one */
    bool dated;            /* the row prints it, or the heading above it */
    bool near;             /* without a year, or by words */
    enum date_order order; /* what its numbers say of the order of days and months */
};

struct row_context {
    struct date_style dates;
    int64_t now;
    /* row_form() of texts that most links of the list have, so that they name none; or NULL */
    GHashTable *labels;
    /* texts that stand in several rows of the list; or NULL */
    GHashTable *values;
    const char *host; /* the page's, or NULL */
};

void row_read(const struct row *row, const struct row_context *context, struct row_parts *out);
void row_parts_clear(struct row_parts *parts);
/*
 * Puts dates back into the titles of a list's rows (struct row_parts *) where titles are the same
 * without.
 */
void row_settle_titles(const GPtrArray *parts);
DEFINE_AUTO_CLEAR(row_parts, row_parts_clear)

/*
 * A link's @title where the visible text is cut ("…") and begins like it, else the text, which is
 * taken.
 */
char *row_whole_title(const xmlNode *link, char *text);

/*
 * The address to which an element leads when one clicks it, as it is written: its href, or what its
 * script opens; else NULL.
 */
char *row_href(const xmlNode *node);
/* Whether an element may lead somewhere: a link, or another element with an attribute for that. */
bool row_is_link(const xmlNode *node);

/* Whether an element's own style hides it, as a link to a file that is not there. */
bool row_is_hidden(const xmlNode *node);

/* Whether an address is that of a document and no page. */
bool row_is_file(const char *href);

/* Whether a text is no title but says what a link does: "Read more", "PDF (1.9 MB)", "19/47". */
bool row_is_label(const char *text);
/* A text with a sign for each number in it, in lower case: what numbered texts have in common. */
char *row_form(const char *text);

/*
 * The day that a URL states, as "/2026/11/20/", "/202611/t20261120_1.html"; false when it states
 * none that can be true.
 */
bool row_url_day(const char *url, const struct date_style *style, int64_t now, struct date *out);

/*
 * The cell of a tr whose column's head says that it names the row, NULL for none; adds those to
 * `others` that name nothing, by their heads: places, kinds, documents.
 */
const xmlNode *row_columns(const xmlNode *row, GPtrArray *others);

/* --- inside this room's files on rows ----------------------------------------------- */

/* The text of a node without that of nodes in `skip`; one line. */
char *row_text(const xmlNode *node, GHashTable *skip);

/* Whether an element begins a line; whether class or id say that it is a summary. */
bool row_is_block(const xmlNode *node);
bool row_is_named_summary(const xmlNode *node);

/* A part of a card: a block, or what stands between blocks. */
struct row_part {
    char *text;
    const xmlNode *node; /* of a block, or NULL */
};

/* The parts of an element (struct row_part *) in order, without nodes in `skip` and labels. */
GPtrArray *row_parts_of(const xmlNode *node, GHashTable *skip);

/* How sure it is that a date is that of the row; the surest is taken, of equals the first. */
enum row_date_rank {
    ROW_DATE_MACHINE, /* <time>, datetime=…: written for machines */
    ROW_DATE_NAMED,   /* an attribute, class or id says that it is a date */
    ROW_DATE_ALONE,   /* a whole element, or the edge of a title, is a date */
    ROW_DATE_FORM,    /* it stands among other words, and only its form says so */
};

/* Whether a text is a date and nothing else, in full. */
bool row_is_date(const char *text, const struct row_context *context);

/* A date within a row, and the nodes that print it. */
struct row_date {
    struct date date;
    enum row_date_rank rank;
    bool near;
    bool worded; /* among other words, of which it may be a part */
    enum date_order order;
};

/*
 * Finds the date of a row and adds every node that prints one to `nodes`; false when there is none.
 */
bool row_find_date(const struct row *row, const struct row_context *context, GHashTable *nodes,
                   struct row_date *out);
/*
 * Finds a date among other words, as in "Admin | 20 ноября | 5 views", in the row's text without
 * `skip` and the title.
 */
bool row_find_in_rest(const struct row *row, const struct row_context *context, GHashTable *skip,
                      const char *title, struct row_date *out);
/*
 * Takes a date from the beginning or end of a title, where brackets or its place say that it is
 * none of its words.
 */
bool row_cut_date(char **title, const struct row_context *context, struct row_date *out);
