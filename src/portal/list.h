/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A list page -> its entries: by the rules of a portal file, else by the repeated
 * structure of rows with links and dates.  A menu is never taken for the list.
 */
#pragma once

#include "portal/page.h"
#include "text/date.h"

struct list_entry {
    char *title, *link, *summary;
    struct date published;
};

struct list {
    GPtrArray *entries; /* owned struct list_entry *, in page order */
    char *next;         /* URL of the next page, or NULL */
    char *rows;         /* an XPath of the rows that were found by repetition, or NULL */
    guint cut;          /* entries that were left out, because a list may have no more than so many */
    const char *carrier; /* "rows", "cdata", "comment", "script", "json" */
};

struct list_options {
    const struct portal *portal;          /* or NULL */
    const struct portal_section *section; /* or NULL */
    int offset;
    int64_t now;
    const GPtrArray *profiles; /* struct portal *: tried where there is no section, by fingerprint; or NULL */
};

/* NULL and the reason (PAGE_ERROR_EMPTY, _SCRIPT, _BLOCKED) when the page has no list. */
struct list *list_extract(struct page *page, const struct list_options *options, GError **error);
/* By the profile of the system that made the page, where its rules find rows with dates; else NULL. */
struct list *list_by_profile(struct page *page, const struct list_options *options);
void list_free(struct list *list);
DEFINE_AUTO_FREE(list, list_free)

/* The JSON object of `crier entries`, with a final newline. */
char *list_to_json(const struct list *list, const struct page *page);
