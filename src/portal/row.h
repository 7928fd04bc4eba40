/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a row of a list says: which of its parts is the title, which the date, the summary, the link.  A row
 * may be an element around a link, a card that is a link itself, or something that a script makes one.
 */
#pragma once

#include "portal/page.h"
#include "text/date-near.h"

/* Elements in document order: the row's own, and those beside it that belong to it (dt and dd, a heading and what follows). */
struct row {
    const xmlNode *node;
    GPtrArray *beside; /* const xmlNode *, borrowed; NULL for none */
};

struct row_parts {
    char *title, *href, *summary; /* owned; href as it is written; NULL for none */
    char *uncut;                  /* the title with the date that was cut off it, or NULL */
    const xmlNode *link;          /* borrowed, or NULL */
    struct date published;
    bool dated;            /* the row prints it */
    bool near;             /* without a year, or by words */
    enum date_order order; /* what its numbers say of the order of days and months */
};

struct row_context {
    int offset;
    int64_t now;
    enum date_order order; /* of the list */
};

void row_read(const struct row *row, const struct row_context *context, struct row_parts *out);
void row_parts_clear(struct row_parts *parts);
/* Of all rows of a list (struct row_parts *): a date that tells titles apart is put back. */
void row_settle_titles(const GPtrArray *parts);
DEFINE_AUTO_CLEAR(row_parts, row_parts_clear)

/* A link's @title where the visible text is cut ("…") and begins like it, else the text, which is taken. */
char *row_whole_title(const xmlNode *link, char *text);

/* Where an element leads that one can click, as it is written: its href, or what its script opens; NULL: nowhere. */
char *row_href(const xmlNode *node);
/* The same, of elements that are no links only when they say so in an attribute of their own. */
bool row_is_link(const xmlNode *node);

/* The day that a URL states, as "/2026/11/20/", "/202611/t20261120_1.html"; false when it states none that can be true. */
bool row_url_day(const char *url, int offset, int64_t now, struct date *out);

/* --- inside this room's files on rows ----------------------------------------------- */

/* A date within a row, and the nodes that print it. */
struct row_date {
    struct date date;
    int rank; /* 0 machines' own … 3 only its form says so */
    bool near;
    enum date_order order;
};

/* Finds the date of a row; every node that prints one is added to `nodes`. False when there is none. */
bool row_find_date(const struct row *row, const struct row_context *context, GHashTable *nodes, struct row_date *out);
/* The same among other words, as "Admin | 20 ноября | 5 views": of what is left but for `skip` and the title. */
bool row_find_in_rest(const struct row *row, const struct row_context *context, GHashTable *skip, const char *title, struct row_date *out);
/* Takes a date from the beginning or end of a title, where brackets or its place say that it is none of its words. */
bool row_cut_date(char **title, const struct row_context *context, struct row_date *out);
/* The text of a node without that of nodes in `skip`; one line. */
char *row_text(const xmlNode *node, GHashTable *skip);
