/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the ways to read a list share.  Inside this room only. */
#pragma once

#include "portal/list.h"
#include "portal/row.h"

/* Takes title and summary; false when the row is no entry, or one that is there already. */
bool list_add_entry(struct list *list, struct page *page, char *title, const char *href, char *summary, const struct date *date);

/* What a row says; takes title and summary of parts, which has a link. Where the row prints no day its URL may state one. */
void list_add_row(struct list *list, struct page *page, struct row_parts *parts, const struct list_options *options);

/* Each adds the entries that it finds. */
void list_by_rules(struct list *list, struct page *page, const struct list_options *options);
void list_by_json_rules(struct list *list, struct page *page, const struct list_options *options);
void list_by_repetition(struct list *list, struct page *page, const struct list_options *options);
/* HTML that the page carries hidden, read as a page of its own. */
void list_by_fragment(struct list *list, struct page *page, const char *html, const char *carrier, const struct list_options *options);

/* The URL of the page after this one, or NULL. */
char *list_find_next(struct page *page, const struct list_options *options);
