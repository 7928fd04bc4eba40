/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which part of a page is its contents, where a list is looked for, and which parts stand around:
 * menus, headers, footers, pagers.  A word in a class or an id condemns only what is small, or
 * nothing but a menu; layouts are full of such words ("page__body", "with-sidebar").
 */
#pragma once

#include "base/auto.h"
#include "portal/page.h"

struct contents;

/* Looks at the whole page once.  Owned; the page must outlive it. */
struct contents *contents_new(const struct page *page);
void contents_free(struct contents *contents);
DEFINE_AUTO_FREE(contents, contents_free)

/* The node after this one, depth first, that is in no part around the contents; NULL: the end. */
const xmlNode *contents_next(const struct contents *contents, const xmlNode *node);

/*
 * Whether an element stands in what only its size has kept among the contents, a menu of teasers or
 * a wide sidebar, or outside of what is marked up as the contents.
 */
bool contents_is_doubtful(const struct contents *contents, const xmlNode *node);
