/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rules for a portal file from what repetition has found on a page: paths that give the same rows,
 * titles, links, days and next page.  A rule is drafted where one path says it of every row; what
 * none says is left to the structure of the rows, as it would be read without rules.
 */
#pragma once

#include "portal/list-model.h"

struct list_draft {
    char *rows;                /* NULL: no path gives these rows */
    char *title, *link, *date; /* relative to a row; NULL: as its structure says */
    char *next;                /* of the page, or NULL */
    struct list *list;         /* what these rules give, owned, or NULL: nothing */
    guint same;                /* its entries that are as repetition has them */
};

/* list: by repetition, with its rows (list_options.want_path). Owned by the caller. */
struct list_draft *list_draft(struct page *page, const struct list *list,
                              const struct list_options *options);
void list_draft_free(struct list_draft *draft);
DEFINE_AUTO_FREE(list_draft, list_draft_free)

/* Rows that repeat on a page, whether they are its list or not. */
struct list_offer {
    char *rows;  /* an XPath of them */
    char *title; /* of the first of them */
    guint count; /* of those that have a title and a link */
};
void list_offer_free(gpointer offer); /* a GDestroyNotify */

/* The largest of them, most rows first; owned struct list_offer *, empty if none. */
GPtrArray *list_offers(struct page *page, const struct list_options *options);

/* The draft as lines of a [Section] group, with a final newline; owned. */
char *list_draft_lines(const struct list_draft *draft);
