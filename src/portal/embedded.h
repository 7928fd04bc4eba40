/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lists that are embedded in a page where no browser shows them before a script has run: in CDATA
 * records (hanweb), as rows in a comment, as JSON in a script, or in a page that is JSON or XML
 * itself.
 */
#pragma once

#include "portal/page.h"
#include "portal/records.h"

/*
 * The HTML of <record><![CDATA[…]]></record>s in a page's text, newly allocated; NULL when it has
 * fewer than two.
 */
char *embedded_records(const struct page *page);

/* The HTML of comments that hold rows of links, newly allocated; NULL without any. */
char *embedded_comments(const struct page *page);

/*
 * The best list of objects in JSON, in XML that is no feed, or in a page's scripts; owned struct
 * record *.
 */
GPtrArray *embedded_json(const char *text);
GPtrArray *embedded_xml(const struct page *page);
GPtrArray *embedded_scripts(struct page *page);
