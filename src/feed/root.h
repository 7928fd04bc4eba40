/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where a document begins to which its server has put something in front: warnings of PHP, scripts
 * of advertisers, a login's leftovers.  A page of HTML is none of these.
 */
#pragma once

#include <glib.h>

/*
 * Of XML: behind the elements of HTML that stand before the root of a feed, a sitemap or OPML;
 * `text` itself where there are none, or no such root after them.
 */
const char *root_of_xml(const char *text, gsize length);

/*
 * Of JSON: its first '{' or '[', where nothing but blanks, a call ("show({…})"), an assignment or a
 * guard ("while(1);") stands before it.  NULL: it is none.
 */
const char *root_of_json(const char *text, gsize length);

/* The same of a JSON Feed behind elements of HTML or words; NULL: there is none. */
const char *root_of_json_behind(const char *text, gsize length);
