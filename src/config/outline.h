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

struct portal;
struct portal_section;

enum outline_outcome { OUTLINE_ADDED, OUTLINE_PRESENT, OUTLINE_REFUSED };

/* What is read of each item of a page without a feed; its dates' format has PHP's letters. */
enum outline_rule {
    OUTLINE_ITEM,
    OUTLINE_ITEM_TITLE,
    OUTLINE_ITEM_URI,
    OUTLINE_ITEM_TIME,
    OUTLINE_ITEM_FORMAT,
    OUTLINE_ITEM_CONTENT,
    OUTLINE_RULES
};

struct outline {
    char *url;        /* the first word of its line: a URL, "portal:…", "query:TITLE:QUERY" */
    char *title;      /* that the user gave, or NULL */
    char **tags;      /* never NULL */
    char *shown;      /* its title where the user gave none, or NULL: for other programs only */
    char *home;       /* the page that belongs to it, or NULL */
    char *page;       /* what is read where its portal file is not there; NULL: only `url` */
    bool withheld;    /* there is such a page, whose address holds a secret */
    GPtrArray *parts; /* owned struct outline *, only to be written: its sections, if several */
    char *rules[OUTLINE_RULES]; /* XPaths, or paths in JSON; NULL where there is none */
    bool json;                  /* they are the latter */
    char *portal;               /* the text of the portal file that they become, or NULL */
    char *file; /* the name of that file, once it has one: "imported-city.example" */
    bool own;   /* it is a line of `urls` that crier has exported */
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

/* Refuses one that has neither an address nor others in it. */
void outline_refuse_nowhere(struct outline *outline);

/*
 * Makes of an address in a file from elsewhere one that can be subscribed to: feed: and its like
 * are taken off.  What is relative, a file of this machine or a command is refused.
 */
void outline_settle(struct outline *outline);

/* --- rules for pages without a feed: outline-rules.c --- */

/* The attribute in which FreshRSS's OPML has a rule, "xPathItem"; newly allocated. */
char *outline_rule_attribute(enum outline_rule rule, bool json);

/* Refuses it where there is no rule of what the items are. */
void outline_need_rules(struct outline *outline);

/* Makes `portal` of `rules`, or refuses it by the rule that cannot be said. */
void outline_make_portal(struct outline *outline);

/*
 * Takes the rules of a list that other programs could read too; false when there are none which say
 * all of it.
 */
bool outline_take_section(struct outline *outline, const struct portal_section *section);

/* The portal of `portal`, which has one section; NULL and CONFIG_ERROR when it is none. */
struct portal *outline_portal(const struct outline *outline, const char *id, GError **error);

/* --- reading text, which need not be UTF-8: outline-text.c --- */

/*
 * A line of `urls`, crier's or newsboat's; NULL for one that yields nothing.  foreign: it
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
 * As newsboat reads them (newsboat-write.c); *left_out: how many it could not, *parts_left_out: how
 * many sections of those that it can; what is withheld is neither.
 */
char *outlines_to_newsboat(const GPtrArray *outlines, guint *left_out, guint *parts_left_out);

/*
 * OPML 2.0.  What other programs cannot know of stands in attributes of the namespace
 * OUTLINE_NAMESPACE, of which `source` is the line of `urls`.
 */
char *outlines_to_opml(const GPtrArray *outlines, const char *title);
#define OUTLINE_NAMESPACE "urn:crier:outline"
#define OUTLINE_FRESHRSS  "https://freshrss.org/opml"

/* Its types of pages without a feed. */
#define OUTLINE_TYPE_XPATH "HTML+XPath"
#define OUTLINE_TYPE_JSON  "JSON+DotNotation"

/* --- between crier-parser and crier: outline.c --- */

/* A line of JSON, with its end. */
char *outline_to_json(const struct outline *outline);
/* Believes nothing; NULL when it is none. */
struct outline *outline_from_json(const char *line);
