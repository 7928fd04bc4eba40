/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Values of feed elements: namespaces, text and HTML constructs, URLs with their base,
 * persons, dates.  Shared by the readers of this room.
 */
#pragma once

#include <libxml/tree.h>

#include "feed/feed.h"

enum feed_ns {
    NS_NONE, /* no namespace, or one of RSS itself */
    NS_ATOM,
    NS_ATOM03,
    NS_RDF,
    NS_DC,
    NS_DCTERMS,
    NS_CONTENT,
    NS_MEDIA,
    NS_ITUNES,
    NS_GOOGLEPLAY,
    NS_SLASH,
    NS_WFW,
    NS_THR,
    NS_FEEDBURNER,
    NS_YANDEX,
    NS_XHTML,
    NS_OTHER,
};

enum feed_ns value_ns(const xmlNode *node);
/* The local name in lower case, without a prefix that was left in it. Static until the next call. */
bool value_is(const xmlNode *node, enum feed_ns ns, const char *name);
const char *value_local_name(const xmlNode *node);

char *value_attribute(const xmlNode *node, const char *name); /* trimmed; NULL if blank */
char *value_raw(const xmlNode *node);                         /* the text inside, trimmed; NULL if blank */
char *value_markup(const xmlNode *node); /* RSS: the text, child elements serialised */
char *value_inner_xml(const xmlNode *node);

char *value_text(const char *raw, bool html); /* display text; NULL if blank; frees nothing */
char *value_rss_text(const xmlNode *node);    /* display text of an RSS element, HTML if it looks so */
bool value_looks_like_html(const char *text);
char *value_escape(const char *text); /* plain text as HTML */

char *value_base(const xmlNode *node, const char *document_base); /* xml:base chain, or NULL */
char *value_url(const char *raw, const char *base);               /* resolved; NULL if blank or no URL */

struct feed_person *value_person(const char *text); /* "a@b (Name)" and its like; NULL if blank */
void value_add_category(GPtrArray *categories, char *term, char *scheme, char *label); /* takes all */
int64_t value_time(struct feed *feed, const char *raw, const struct feed_options *options, int line,
                   int *offset);
gint64 value_number(const char *text);
gint64 value_duration(const char *text);

/* Sets *to when it is NULL and value is not; frees value otherwise. */
void value_take(char **to, char *value);
