/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A list page -> its entries: by the rules of a portal file, else by the repeated
 * structure of rows with links and dates.  A menu is never taken for the list.
 */
#pragma once

#include "portal/list-model.h"

/* NULL and the reason (PAGE_ERROR_EMPTY, _SCRIPT, _BLOCKED) when the page has no list. */
struct list *list_extract(struct page *page, const struct list_options *options, GError **error);
/*
 * By the profile of the system that made the page, where its rules find rows with dates; else NULL.
 */
struct list *list_by_profile(struct page *page, const struct list_options *options);

/* The JSON object of `crier entries`, with a final newline. */
char *list_to_json(const struct list *list, const struct page *page);
