/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list of entries as a page has it, and what is said of the page where it is looked for. */
#pragma once

#include "portal/page.h"
#include "text/date.h"

/* With this the fragment of an entry begins that has no page of its own. */
#define LIST_OWN_FRAGMENT "#row-"

/* Seconds ahead that a day may lie on which something takes place: hearings of next year. */
#define LIST_AHEAD (INT64_C(500) * 86400)

struct list_entry {
    char *title, *link, *summary;
    struct date published;
    struct date starts; /* when it takes place; DATE_NONE: nothing says so */
    /* it leads nowhere: what the page says of it is all; its link is that of the page */
    bool own;
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
    /*
     * Owned char *, newest first: where the lists of single years or months are to which a page
     * leads that has none itself; else NULL.
     */
    GPtrArray *index;
    char *rows; /* an XPath of the rows that were found by repetition, or NULL */
    /* of list_options.want_path: xmlNode *, the row of each entry, borrowed of the page; or NULL */
    GPtrArray *row_nodes;
    /* entries that were left out, because a list may have no more than so many */
    guint cut;
    struct list_doubts doubts;
    const char *carrier; /* "rows", "cdata", "comment", "script", "json", "xml", "none" */
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

/*
 * Adds a row that leads nowhere, known by a digest of what it says; takes summary, which may be
 * NULL.  date: of its publication, or when it takes place.
 */
void list_add_own(struct list *list, struct page *page, const char *title, char *summary,
                  const char *digest, const struct date *date, bool takes_place);
