/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list of entries as a page has it, and what is said of the page where it is looked for. */
#pragma once

#include "portal/page.h"
#include "text/date.h"

struct list_entry {
    char *title, *link, *summary;
    struct date published;
};

/* What may be wrong with it. */
struct list_doubts {
    bool guessed;  /* it was found by repetition, not by rules or as data */
    guint doubles; /* rows that were left out, because their links are those of other titles */
    guint rivals;  /* rows of another list that is nearly as likely; 0 for none */
    guint seen;    /* rows that repeat where nothing was taken */
};

struct list {
    GPtrArray *entries; /* owned struct list_entry *, in page order */
    char *next;         /* URL of the next page, or NULL */
    char *rows;         /* an XPath of the rows that were found by repetition, or NULL */
    /* entries that were left out, because a list may have no more than so many */
    guint cut;
    struct list_doubts doubts;
    const char *carrier; /* "rows", "cdata", "comment", "script", "json" */
};

struct list_options {
    const struct portal *portal;          /* or NULL */
    const struct portal_section *section; /* or NULL */
    struct date_style dates;              /* how they are written, as far as it is known */
    int64_t now;
    /* struct portal *: tried where there is no section, by fingerprint; or NULL */
    const GPtrArray *profiles;
    bool want_path; /* list.rows is wanted */
};

void list_free(struct list *list);
DEFINE_AUTO_FREE(list, list_free)

/* --- filling one, inside this room ----------------------------------------------------- */

struct row_parts;

/* An empty one, found in "rows" until it is known better; its entries alone. */
struct list *list_new(void);
GPtrArray *list_new_entries(void);

/* Whether it takes no more entries. */
bool list_is_full(const struct list *list);

/*
 * Adds an entry with what a row says; takes title and summary out of parts, which has a link.
 * Where the row prints no day, its URL may state one.
 */
void list_add_row(struct list *list, struct page *page, struct row_parts *parts,
                  const struct list_options *options);
