/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Elements of a page that repeat, as rows of what may be its list.  Inside this room only. */
#pragma once

#include "portal/page.h"
#include "portal/row.h"

/* Rows of one kind, in document order. */
struct list_group {
    GPtrArray *rows;    /* owned struct row * */
    GHashTable *labels; /* row_form() of texts that most of its links have; owned keys */
    GHashTable *values; /* texts that stand in several of the rows; owned keys */
    guint more;         /* rows that are not among them, because there are too many */
    bool doubtful;      /* they stand in what may be no contents */
    bool headed;        /* the rows were found by what heads them, and their links are within */
};

/*
 * All groups of two rows and more, owned struct list_group *, in the order in which they begin.
 * now and offset: for days in the headings above rows.
 */
GPtrArray *list_groups(const struct page *page, const struct row_context *context);

/* Notes what stands beside rows (struct row *) and belongs to them. */
void list_add_beside(GPtrArray *rows);
/* Notes what the headings above rows say of their year and day. */
void list_add_periods(GPtrArray *rows, const struct row_context *context);
/* Whether a heading says of when the rows below it are: a year, a month, a day. */
bool list_is_period(const char *text, const struct date_style *style);

/*
 * An XPath that selects these rows (struct row *) and, if one can be found, nothing else; owned.
 */
char *list_path(struct page *page, const GPtrArray *rows);
