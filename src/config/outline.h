/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Subscriptions on their way from one reader's file to another's: what `crier import` finds in a
 * file from elsewhere, and what `crier export` writes.  An outline is what a line of `urls` says
 * (crier-urls(5)), whatever the file was that it stood in.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "base/auto.h"

#define OUTLINES_MAX       20000      /* of one file */
#define OUTLINES_MAX_BYTES (16 << 20) /* of a file of them */

enum outline_outcome { OUTLINE_ADDED, OUTLINE_PRESENT, OUTLINE_REFUSED };

struct outline {
    char *url;   /* the first word of its line: a URL, "portal:…", "query:TITLE:QUERY" */
    char *title; /* that the user gave, or NULL */
    char **tags; /* never NULL */
    char *shown; /* its title where the user gave none, or NULL: for other programs only */
    char *home;  /* the page that belongs to it, or NULL */
    enum outline_outcome outcome;
    char *why; /* it is refused: a sentence; else NULL */
};

/* Takes nothing; tags may be NULL. */
struct outline *outline_new(const char *url, const char *title, char *const *tags);
void outline_free(gpointer outline);
GPtrArray *outlines_new(void); /* owned struct outline * */

/* Refuses it; what was said first stays. */
void outline_refuse(struct outline *outline, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* Adds a tag, made one that can stand in `urls`; an empty one is none. */
void outline_add_tag(struct outline *outline, const char *tag);

/* Refuses what OPML says is no feed: another list, or rules for a page. */
void outline_refuse_type(struct outline *outline, const char *type);

/*
 * Makes of an address in a file from elsewhere one that can be subscribed to: feed: and its like
 * are taken off.  What is relative, a file of this machine or a command is refused.
 */
void outline_settle(struct outline *outline);

/* --- reading text, which need not be UTF-8: outline-text.c --- */

/*
 * A line of `urls`, crier's or newsboat's; NULL for an empty one and for a comment.  foreign: it
 * is from elsewhere (outline_settle()), and newsboat's "!" and queries become crier's.
 */
struct outline *outline_of_line(const char *line, bool foreign);
GPtrArray *outlines_of_urls(const char *text, bool foreign);

/* The feeds of sfeed's sfeedrc(5). */
GPtrArray *outlines_of_sfeedrc(const char *text);

/* "opml", "state", "sfeedrc" or "urls", by how a file begins. */
const char *outlines_guess(const char *text);

/* --- writing: outline-write.c --- */

/* A line of `urls`, without its end. */
char *outline_line(const struct outline *outline);
char *outlines_to_urls(const GPtrArray *outlines);

/*
 * OPML 2.0.  What other programs cannot know of stands in attributes of the namespace
 * OUTLINE_NAMESPACE, of which `source` is the line of `urls`.
 */
char *outlines_to_opml(const GPtrArray *outlines, const char *title);
#define OUTLINE_NAMESPACE "urn:crier:outline"

/* --- between crier-parser and crier: outline.c --- */

/* A line of JSON, with its end. */
char *outline_to_json(const struct outline *outline);
/* Believes nothing; NULL when it is none. */
struct outline *outline_from_json(const char *line);
