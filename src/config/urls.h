/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The `urls` file: what the user has subscribed to.  The format is newsboat's,
 *
 *     https://example.org/feed.xml "tag" "~Title"
 *     portal:ID[/EDITION[/SECTION]] "tag"
 *     "query:Title:is:unread lang:ru"
 *
 * but lines that would run commands (exec:, filter:) are refused.  Below the user's file lie those
 * of the system (paths_system_configs()), which nothing here writes; a line "-URL" of the user's
 * hides what one of them subscribes to.
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
    const char *file;                     /* of the system, borrowed; NULL: it is the user's */
    const struct portal *portal;          /* borrowed from the list, or NULL */
    const struct portal_section *section; /* borrowed from portal, or NULL */
};

/* A query that stands among the sections under a title. */
struct saved_query {
    char *title, *query;
    int line;
    const char *file; /* as a subscription has it */
};

struct urls {
    char *file;              /* the user's */
    const char *reading;     /* the one of the system that problems are of now, or NULL */
    GPtrArray *system_files; /* owned char * */
    GHashTable *hidden; /* owned char *: what lines "-URL" name -> owned struct urls_hidden * */
    GPtrArray *subscriptions; /* owned struct subscription * */
    GHashTable *known;        /* their URLs, borrowed -> themselves */
    GPtrArray *queries;       /* owned struct saved_query * */
    GPtrArray *portals;       /* owned struct portal * that they borrow from */
    GPtrArray *problems;      /* owned struct urls_problem *: the lines that could not be used */
    GPtrArray *missing;       /* owned struct urls_missing *, in their order */
    GPtrArray *repeats;       /* owned struct urls_repeat *: of the user's file, in their order */
};

/* A subscription that a line above yields already: it is there still when that line is gone. */
struct urls_repeat {
    char *url;
    int line;
};

/*
 * What a line names of a portal whose file cannot be used: what was subscribed to by it still is.
 */
struct urls_missing {
    char *name; /* portal:ID[/EDITION[/SECTION]] */
    char *why;
    int line;
    guint before; /* so many subscriptions stand above it */
};

/* A line that hides. */
struct urls_hidden {
    int line;
    bool used; /* there was something */
};

struct urls_problem {
    int line;
    char *subject; /* what the line is about: its first word, or the line; may be empty */
    char *why;     /* what is wrong with it */
    char *text;    /* the whole sentence: file, line, why */
};

/*
 * Reads `urls` in config_dir and those of the system.  A missing file is an empty list.  A line
 * that is wrong becomes a problem and the others are used; the error is for a file that cannot be
 * read.
 */
struct urls *urls_load(const char *config_dir, GError **error);
/* One file alone. */
struct urls *urls_parse(const char *config_dir, const char *name, const char *text);
/*
 * A section of a portal by the URL of its source, as if it was subscribed to: with that
 * subscription or, where there is no such portal or section any more, none.
 */
struct urls *urls_of_section(const char *config_dir, const char *url);
/* Puts what the files of the system subscribe to below. */
bool urls_add_system(struct urls *urls, const char *config_dir, GError **error);
/* The address by which it is fetched: its URL, or that of the portal's section. Borrowed. */
const char *subscription_address(const struct subscription *subscription);

/* The subscription with that URL, or NULL. Borrowed. */
const struct subscription *urls_find(const struct urls *urls, const char *url);
/* The saved query that "query:TITLE:QUERY" stands for, or NULL. Borrowed. */
const struct saved_query *urls_find_query(const struct urls *urls, const char *name);
/* Whether there is one of either. */
bool urls_has(const struct urls *urls, const char *name);
/* The line of a portal that cannot be read, by which a source is subscribed to, or NULL. */
const struct urls_missing *urls_find_missing(const struct urls *urls, const char *url);
void urls_free(struct urls *urls);
DEFINE_AUTO_FREE(urls, urls_free)

/*
 * The words of a line, owned char *: double quotes hold blanks, a backslash the next character.
 * NULL and *why (not owned) for a line that cannot be split.
 */
GPtrArray *urls_split_line(const char *line, const char **why);

/* One more line that cannot be used. */
void urls_problem(struct urls *urls, int line, const char *subject, const char *format, ...)
    G_GNUC_PRINTF(4, 5);

/*
 * --- writing: urls-edit.c.  Each reads the file again while no other crier may write it, and
 * replaces it: what others added meanwhile stays, links are followed, and the old file or the new
 * one survives. ---
 */

/*
 * Appends a line; creates folder and file.  Title and tags are cleaned; CONFIG_ERROR_SYNTAX for
 * what the line could not hold, CONFIG_ERROR_EXISTS when there is nothing in it that is not
 * subscribed to already.  Of a portal it takes the place of the lines of parts of it, but for
 * those that give the part a title or tags that it does not give.
 */
bool urls_append(const char *config_dir, const char *url, const char *title, char *const *tags,
                 GError **error);

/* What a saved query is called that somebody wants to have called so: a title has no colon. */
char *urls_query_title(const char *wanted);
/* Appends a saved query under that title. */
bool urls_append_query(const char *config_dir, const char *title, const char *query,
                       GError **error);

/*
 * Appends what is new among outlines (struct outline, config/outline.h), all or nothing, and says
 * of each what came of it; dry: writes nothing.  What one of them repeats is there already.
 */
bool urls_import(const char *config_dir, const GPtrArray *outlines, bool dry, GError **error);

/*
 * Takes out what yields these, in one go: the URLs of subscriptions, or saved queries as
 * "query:Title:QUERY".  When a portal: line yields other sections too, these are written out in its
 * place, so that only the ones named are gone, from every line that yields them.
 */
bool urls_remove(const char *config_dir, char *const *names, GError **error);
/* What that makes of a text; newly allocated, NULL when one of the names is not in it. */
char *urls_without(const char *config_dir, const char *text, char *const *names);
/*
 * A text in which others may have written since urls_without() made one text of another: with the
 * lines that were taken out then, each as it was and where it stood; where that would change what
 * they wrote, with a line for each of the names that is not subscribed to (urls-merge.c).
 */
char *urls_put_back(const char *config_dir, const char *now, const char *with, const char *without,
                    char *const *names);
/* Puts a text in the place of the old one, if that is what the file still says: *done. */
bool urls_exchange(const char *config_dir, const char *old, const char *text, bool *done,
                   GError **error);

/*
 * Gives a subscription of the user's file other tags.  CONFIG_ERROR_UNKNOWN for one of which no
 * line of its own is there.
 */
bool urls_retag(const char *config_dir, const char *url, char *const *tags, GError **error);

/* The text of the file, empty when there is none; for urls-edit.c. */
char *urls_read(const char *path, GError **error);
