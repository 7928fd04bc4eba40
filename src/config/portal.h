/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A portal file as data: editions, sections and rules.  Rules are XPath 1.0 as text;
 * nothing here evaluates them, so that crier itself can list portals without libxml2.
 * The format is described in crier-portal(5).
 */
#pragma once

#include <glib.h>

#include "base/auto.h"

/* One rule with its numbered alternatives: Title, Title.2, … */
struct portal_rule {
    char *key;
    GPtrArray *xpaths; /* char *, in the order of their numbers; empty if not given */
    int line;          /* of the first, for messages */
};

enum portal_kind { PORTAL_FEED, PORTAL_LIST };

struct portal_edition {
    char *id;       /* "zh" */
    char *language; /* BCP 47; the id unless stated */
    char *home;     /* absolute URL or NULL */
    char *charset;  /* default label or NULL */
    GHashTable *names;
};

struct portal_section {
    char *id; /* "news" */
    struct portal_edition *edition; /* borrowed */
    GHashTable *names;
    enum portal_kind kind;
    char *url;
    char *charset; /* default label or NULL */
    int depth;     /* list pages to follow on a first fetch; 0: the setting decides */
    struct portal_rule rows, title, link, date, summary, next;
};

struct portal_article {
    char *edition; /* id, or NULL for every edition */
    GRegex *match; /* of the URL, or NULL */
    struct portal_rule title, date, source, author, section, body, remove;
};

/* What a page must yield: a check that lies in the portal file itself. */
struct portal_test {
    char *name;
    int line;
    char *url;
    char *page;        /* a saved copy, relative to $CRIER_CORPORA, or NULL */
    const struct portal_section *section; /* a list page of this section; NULL: an article */
    char *edition;     /* of an article, or NULL */
    char *title, *date; /* of the article, or of the first row; NULL: not tested */
    int rows;          /* of the list; 0: not tested */
};

struct portal {
    char *id;   /* the file's name without .portal */
    char *file; /* its path */
    char *home;
    char *charset;
    int offset;        /* minutes east of UTC */
    GHashTable *names; /* language -> name; "" is the untranslated one */
    GPtrArray *editions; /* owned struct portal_edition * */
    GPtrArray *sections; /* owned struct portal_section * */
    GPtrArray *articles; /* owned struct portal_article *, first match wins */
    GPtrArray *tests;    /* owned struct portal_test * */
};

struct portal *portal_load(const char *path, GError **error);
struct portal *portal_parse(const char *path, const char *text, GError **error);
void portal_free(struct portal *portal);
DEFINE_AUTO_FREE(portal, portal_free)

/* A name in the user's language (LANGUAGE, LC_MESSAGES), else the untranslated one. Borrowed. */
const char *portal_name(GHashTable *names);

const struct portal_edition *portal_find_edition(const struct portal *portal, const char *id);
const struct portal_section *portal_find_section(const struct portal *portal, const char *edition,
                                                 const char *id);

/* The article rules for a page, or NULL. */
const struct portal_article *portal_article_rules(const struct portal *portal, const char *edition,
                                                  const char *url);
