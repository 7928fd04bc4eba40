/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What an answer with a good status says of an article that is not there: its address leads home or
 * to a list, its page says that it is not there, or is the portal's template without a text.  It is
 * a sign and no more: fetch/presence.h has what is believed.
 */
#pragma once

#include "parse/parse.h"
#include "portal/page.h"

/* HOME or LIST, when an article's link led there instead; rules may name no portal. */
enum withdrawal absence_by_address(const char *url, const char *link,
                                   const struct parse_rules *rules);

/*
 * LIST, when a link led to a folder above it, as portals do it; what is there may be the article
 * nevertheless.
 */
enum withdrawal absence_by_folder(const char *url, const char *link);

/* Whether a text is nothing but how pages say that they are not there. */
bool absence_is_said(const char *line);

/*
 * SAYS or BARE, of a page in which an article was found (with little text), or none; page: anew,
 * since looking for an article changes it.
 */
enum withdrawal absence_by_page(struct page *page, const struct article *article);

/*
 * Whether there is no article, or its text is so short and the page's text (source) such that it is
 * worth being asked.
 */
bool absence_is_possible(const struct article *article, const char *source);

/* Whether a page asks for a login, or is a guard's: then it says nothing of an article. */
bool absence_is_barred(struct page *page);
