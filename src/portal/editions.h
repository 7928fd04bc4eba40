/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The editions of a portal in other languages that a page links to. */
#pragma once

#include "portal/article-model.h"

/*
 * Adds them (struct edition_link *): of the article itself where the page says so, else their home
 * pages.
 */
void editions_find(struct page *page, GPtrArray *editions, const char *own_language);
