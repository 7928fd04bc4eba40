/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Values of feed elements: text and HTML constructs, URLs, persons, dates.  Shared by the
 * readers of this room.
 */
#pragma once

#include "feed/element.h"
#include "feed/model.h"

#define MAX_LIST 500 /* of anything that an entry lists */

char *value_text(const char *raw, bool html); /* display text; NULL if blank */
/* display text of an RSS element, HTML if it looks so */
char *value_rss_text(const struct element *element);
bool value_looks_like_html(const char *text);
char *value_escape(const char *text); /* plain text as HTML */
/* HTML without elements as the text that it is, its white space kept */
char *value_dereference(const char *html);

char *value_url(const char *raw, const char *base); /* resolved; NULL if blank or no URL */

struct feed_person *value_person(const char *text); /* "a@b (Name)" and its like; NULL if blank */
/* Takes person (may be NULL); one that is there already is not added. */
void value_add_person(GPtrArray *people, struct feed_person *person);
/* A link that says nothing but where it leads; NULL when the list is full. */
struct feed_link *value_add_link(GPtrArray *links, const char *url, const char *rel);
/* takes all */
void value_add_category(GPtrArray *categories, char *term, char *scheme, char *label);
/* The moment that a feed means, to the second; none, and a warning, when raw is no date. */
struct date value_date(struct feed *feed, const char *raw, int line);
gint64 value_number(const char *text);
gint64 value_duration(const char *text);

/* Sets *to when it is NULL and value is not; frees value otherwise. */
void value_take(char **to, char *value);
