/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ways to find a list in a page, a file each.  Inside this room only. */
#pragma once

#include "portal/list-model.h"

/*
 * Whether an entry is one that a section (or NULL) keeps, and does not drop; page (or NULL): is
 * warned of expressions that are given up.
 */
bool list_wants(struct page *page, const struct portal_section *section, const char *title,
                const char *link);

/* Each adds the entries that it finds. */
void list_by_rules(struct list *list, struct page *page, const struct list_options *options);
/*
 * Where the rules say that the rows are HTML in a string of the JSON, that HTML, the caller's; else
 * NULL.
 */
char *list_by_json_rules(struct list *list, struct page *page, const struct list_options *options);
void list_by_repetition(struct list *list, struct page *page, const struct list_options *options);
/*
 * Of dated rows, headings and paragraphs that lead nowhere; leading: or of a table whose rows do,
 * where nothing else was found.
 */
void list_by_dates(struct list *list, struct page *page, bool leading,
                   const struct list_options *options);
/* Where the lists of years or months are to which a page leads. */
void list_find_index(struct list *list, struct page *page, const struct list_options *options);
/* Whether these links are nearly all that the list holds. */
bool list_is_of_periods(const struct list *list);

/*
 * Warns of what may be wrong with a list that was found without rules: "near-tie", "no-dates",
 * "rows-dropped", "same-title".
 */
void list_warn(const struct list *list, struct page *page);

/* The URL of the page after this one, or NULL. */
char *list_find_next(struct page *page, const struct list_options *options);
