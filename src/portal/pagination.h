/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page that follows: the next part of an article, the next page of a list. */
#pragma once

#include "portal/page.h"

/*
 * The URL of the part that follows this one of the article that begins at `first` (NULL: here), or
 * NULL.
 */
char *pagination_part(struct page *page, const char *first);

/* The URL of the list page that follows, by its links or its pager's script, or NULL. */
char *pagination_list(struct page *page);
