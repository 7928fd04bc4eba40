/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a page leads on to: the next part of an article, the next page of a list, the page itself. */
#pragma once

#include "portal/page.h"

/* The URL of the part that follows this one of the article that begins at `first` (NULL: here), or NULL. */
char *onward_part(struct page *page, const char *first);

/* The URL of the list page that follows, by its links or its pager's script, or NULL. */
char *onward_list(struct page *page);

/* Where a page sends its readers by <meta http-equiv="refresh">; NULL when it does not, or only to itself. */
char *onward_refresh(struct page *page);

/*
 * Where a page without text sends its reader: a refresh, a script that sets the location, the
 * one frame that fills it.  NULL when it does not, or only to itself.
 */
char *onward_hop(struct page *page);
