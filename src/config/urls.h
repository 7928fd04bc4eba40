/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The `urls` file: what the user has subscribed to.  The format is newsboat's,
 *
 *     https://example.org/feed.xml "tag" "~Title"
 *     portal:ID[/EDITION[/SECTION]] "tag"
 *     "query:Title:is:unread lang:ru"
 *
 * but lines that would run commands (exec:, filter:) are refused.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "config/portal.h"

/* One source that is subscribed to; a portal: line yields one for each of its sections. */
struct subscription {
    char *url;   /* what identifies it: the feed's URL, or portal:ID/EDITION/SECTION */
    char *title; /* that the user gave, or NULL */
    char **tags;
    int line;
    const struct portal *portal;           /* borrowed from the list, or NULL */
    const struct portal_section *section;  /* borrowed from portal, or NULL */
};

/* A query that stands among the sections under a title. */
struct saved_query {
    char *title, *query;
    int line;
};

struct urls {
    char *file;
    GPtrArray *subscriptions; /* owned struct subscription * */
    GPtrArray *queries;       /* owned struct saved_query * */
    GPtrArray *portals;       /* owned struct portal * that they borrow from */
    GPtrArray *problems;      /* owned char *: a line each that could not be used, with its number */
};

/*
 * Reads `urls` in config_dir.  A missing file is an empty list.  A line that is wrong
 * becomes a problem and the others are used; the error is for a file that cannot be read.
 */
struct urls *urls_load(const char *config_dir, GError **error);
struct urls *urls_parse(const char *config_dir, const char *name, const char *text);
/* The subscription with that URL, or NULL. Borrowed. */
const struct subscription *urls_find(const struct urls *urls, const char *url);
void urls_free(struct urls *urls);
DEFINE_AUTO_FREE(urls, urls_free)

/* Appends a line; creates folder and file.  Atomic: the old file or the new one survives. */
bool urls_append(const char *config_dir, const char *url, const char *title, char *const *tags,
                 GError **error);

/* Appends a saved query; its title has no colon. */
bool urls_append_query(const char *config_dir, const char *title, const char *query, GError **error);

/*
 * Takes out the line that yields `url`, or the saved query "query:Title:QUERY".  When a portal: line yields other sections too,
 * these are written out in its place, so that only the one is gone.
 */
bool urls_remove(const char *config_dir, const char *url, GError **error);
