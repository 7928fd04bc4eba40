/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A portal file as data: editions, sections and rules.  Rules are XPath 1.0 or paths in
 * JSON, as text; nothing here evaluates them, so that crier itself can list portals without
 * libxml2.  The format is described in crier-portal(5).
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "base/auto.h"
#include "text/date.h"

/*
 * One rule: its numbered alternatives (Title, Title.2, …) and what is done with the text
 * that they give, in the order of the members.
 */
struct portal_rule {
    const char *key, *file; /* interned; for messages */
    int line;               /* of the first alternative */
    /* char *: XPaths or JSON paths, in the order of the file; NULL if not given */
    GPtrArray *paths;
    GRegex *from_page; /* of the page's source, where no alternative says anything; or NULL */
    GRegex *from_url;  /* of the row's or the page's URL, where even that does not; or NULL */
    bool unescape;     /* HTML references once more */
    GRegex *strip;     /* taken out wherever it matches, or NULL */
    /* its first group is what is left; without a match nothing is; or NULL */
    GRegex *capture;
    char *template; /* with the groups as {1}, {2}, all of it as {0}; or NULL */
    /* char *: of a date, as strptime(3) has them; NULL: any that is known */
    GPtrArray *formats;
};

enum portal_kind { PORTAL_FEED, PORTAL_LIST };
enum portal_format { PORTAL_HTML, PORTAL_JSON };

#define PORTAL_NO_LANGUAGE "und" /* an edition of which nobody has said its language (BCP 47) */

struct portal_edition {
    char *id;       /* "zh" */
    char *language; /* BCP 47; the id unless stated */
    char *home;     /* absolute URL or NULL */
    char *charset;  /* default label or NULL */
    GHashTable *names;
};

/*
 * What is asked for beyond a plain GET; templates with {page}, {start}, {end}, {offset}, {token}.
 */
struct portal_transfer {
    char *post, *post_type; /* the body of a POST and its media type, or NULL: a GET */
    GPtrArray *headers;     /* char *: "Name: value"; NULL for none */
};

struct portal_section {
    char *id;                       /* "news" */
    struct portal_edition *edition; /* borrowed */
    GHashTable *names;
    char *profile; /* that it builds on instead of the portal's; "none": on none; or NULL */
    int kind;      /* enum portal_kind */
    char *url;     /* of the first page; a template if there is a token */
    struct portal_transfer transfer;
    struct portal_rule token; /* what url, pages and post need from another page */
    char *token_url;
    char *pages; /* of the second page and those after it, a template; or NULL */
    /* {page} of the first page; what it grows by; rows in a page */
    int pages_first, pages_step, pages_size;
    char *charset; /* default label or NULL */
    int depth;     /* list pages to follow on a first fetch; 0: the setting decides */
    int format;    /* enum portal_format */
    GRegex *json;  /* its first group is the JSON within the page; NULL: all of the page */
    char *html;    /* a JSON path of the string that holds the rows as HTML, or NULL */
    struct portal_rule rows, title, link, date, summary, next;
    GRegex *keep_title, *keep_link, *drop_title, *drop_link; /* which rows are entries; or NULL */
};

struct portal_article {
    char *edition; /* id, or NULL for every edition */
    GRegex *match; /* of the URL, or NULL */
    /* where the article is asked for instead, a template of match's groups; or NULL */
    char *url;
    struct portal_transfer transfer;
    int format; /* enum portal_format */
    GRegex *json;
    /* number: the document's own; ignore_elements: whose change is no change of the article */
    struct portal_rule title, date, source, author, section, number, body, remove, ignore_elements,
        attachments, next;
    /* the block where the body ends; blocks that are left out; or NULL */
    GRegex *stop, *drop;
    /* text that may change without the article being another; or NULL */
    GRegex *ignore;
    /* language -> URL of the same article, a template of match's groups; or NULL */
    GHashTable *counterparts;
};

/* What a page must yield: a check that lies in the portal file itself. */
struct portal_test {
    char *name;
    int line;
    char *url;
    char *page;                           /* a saved copy, relative to $CRIER_CORPORA, or NULL */
    char *section_id;                     /* as it is written, EDITION/SECTION, or NULL */
    const struct portal_section *section; /* a list page of this section; NULL: an article */
    char *edition;                        /* of an article, or NULL */
    /* of the article, or of the first row; NULL: not tested; body: how it begins */
    char *title, *date, *body;
    int rows; /* of the list; 0: not tested */
};

/* Where a portal belongs, for those who look for theirs, and from where its addresses are known. */
struct portal_place {
    char *country;   /* ISO 3166-1 alpha-2, "EU" of the European Union; or NULL */
    char *region;    /* of the country, as it calls it itself; or NULL */
    char *kind;      /* "city", "region", "nation", "ministry", "agency" or "press"; or NULL */
    char *spellings; /* other ways to write its name, by "; "; or NULL */
    char *origin;    /* REPOSITORY:PATH or an address, where the addresses were seen; or NULL */
    char *verified;  /* YYYY-MM-DD, of what was seen there; or NULL */
};

struct portal {
    char *id;   /* the file's name without .portal or .profile, or what the table calls it */
    char *file; /* its path, or that of the table */
    struct portal_place place;
    char *home;
    char *charset;
    char *profile;            /* the id of the profile that it builds on, or NULL */
    struct date_style dates;  /* its zone, and the order of day and month, where they are stated */
    int delay;                /* seconds between two requests */
    int connections;          /* at the same time; 0: the setting decides */
    bool cookies;             /* kept while a fetch runs */
    GPtrArray *headers;       /* char *: "Name: value", of every request; NULL for none */
    GRegex *fingerprint;      /* of a page's source: a profile's own; else NULL */
    struct portal_rule feeds; /* a profile's: paths at which such portals have feeds */
    GHashTable *names;        /* language -> name; "" is the untranslated one */
    GPtrArray *editions;      /* owned struct portal_edition * */
    GPtrArray *sections;      /* owned struct portal_section * */
    GPtrArray *articles;      /* owned struct portal_article *, first match wins */
    GPtrArray *tests;         /* owned struct portal_test * */
};

/*
 * Reads a portal file (*.portal) or a profile (*.profile: [Profile], [List], [Article]).  A
 * profile that a portal names lies beside it or in the installed catalogue.
 */
struct portal *portal_load(const char *path, GError **error);
struct portal *portal_parse(const char *path, const char *text, GError **error);
void portal_free(struct portal *portal);
DEFINE_AUTO_FREE(portal, portal_free)

/* The key of what is wrong in it, or NULL. */
const char *portal_place_fault(const struct portal_place *place);

/* A name in the user's language (LANGUAGE, LC_MESSAGES), else the untranslated one. Borrowed. */
const char *portal_name(GHashTable *names);
const char *portal_plain_name(GHashTable *names); /* the untranslated one */

/*
 * The translated ones as one text, for the store ("\nru=Новости\nzh=新闻\n"), or NULL; the one of a
 * person's language in it, or NULL.
 */
char *portal_names_format(GHashTable *names);
char *portal_names_pick(const char *names);

/* What an edition's language is, or NULL. */
const char *portal_edition_language(const struct portal_edition *edition);

const struct portal_edition *portal_find_edition(const struct portal *portal, const char *id);
const struct portal_section *portal_find_section(const struct portal *portal, const char *edition,
                                                 const char *id);

/* The article rules for a page, or NULL. */
const struct portal_article *portal_article_rules(const struct portal *portal, const char *edition,
                                                  const char *url);

/* Whether a rule says anything. */
bool portal_rule_given(const struct portal_rule *rule);
