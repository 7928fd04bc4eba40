/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lists that a page carries where no browser shows them before a script has run: CDATA
 * records (hanweb), rows in a comment, JSON in a script, or a page that is JSON itself.
 */
#pragma once

#include "portal/page.h"

/* The HTML of <record><![CDATA[…]]></record>s in a text, newly allocated; NULL below two of them. */
char *carrier_cdata(const char *text, gsize length);

/* The HTML of comments that hold rows of links, newly allocated; NULL without any. */
char *carrier_comments(const struct page *page);

struct carrier_row {
    char *title, *link, *date, *summary; /* owned; as they are written */
};

/* Rows of the largest array of objects with titles and links in JSON or in a page's scripts; owned struct carrier_row *. */
GPtrArray *carrier_json(const char *text);
GPtrArray *carrier_scripts(struct page *page);
