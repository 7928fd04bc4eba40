/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An HTML page, decoded and parsed, with what every rule needs: its URL, its base, XPath.
 * Pure: bytes in, values out.
 */
#pragma once

#include <libxml/xpath.h>

#include "base/arena.h"
#include "base/auto.h"
#include "config/portal.h"
#include "text/charset.h"

#define PAGE_ERROR page_error_quark()
GQuark page_error_quark(void);
enum page_error {
    PAGE_ERROR_EMPTY, /* no article text, or no list; the message says why */
    PAGE_ERROR_RULE,  /* an XPath of the portal file is wrong */
};

struct page {
    xmlDoc *doc;               /* owned */
    xmlXPathContext *xpath;    /* owned */
    char *url;                 /* may be NULL */
    char *base;                /* <base href> resolved, else url; may be NULL */
    const char *encoding;      /* static */
    char *encoding_evidence;
    struct arena *measures;    /* of page_measure(), else NULL */
    char *records;             /* HTML of CDATA records (portal/carrier.h), or NULL */
    char *json;                /* the text of a page that is JSON, or NULL */
    GHashTable *metas;         /* of page_meta(), else NULL */
    GPtrArray *warnings;       /* owned struct page_warning * */
};

struct page_warning {
    const char *code; /* "encoding", "rule", "limit", … */
    char *message;
};

struct page *page_open(const char *bytes, gsize length, const struct charset_hints *hints, const char *url);
void page_free(struct page *page);
DEFINE_AUTO_FREE(page, page_free)

void page_warn(struct page *page, const char *code, const char *format, ...) G_GNUC_PRINTF(3, 4);

xmlNode *page_root(const struct page *page);

/* Measures the tree (portal/measure.h), once. */
void page_measure(struct page *page);

/*
 * The nodes that an XPath selects from context (NULL: the document), in document order;
 * empty if none; NULL and error if the expression is wrong or exceeds its limit.
 */
GPtrArray *page_select(struct page *page, xmlNode *context, const char *xpath, GError **error);

/*
 * The string that the first matching alternative of a rule gives, squeezed, or NULL.  An
 * expression may select nodes or compute a string.
 */
char *page_rule_text(struct page *page, xmlNode *context, const struct portal_rule *rule,
                     const struct portal *portal);

/* The nodes of the first alternative of a rule that selects any; never NULL. */
GPtrArray *page_rule_nodes(struct page *page, xmlNode *context, const struct portal_rule *rule,
                           const struct portal *portal);

/* The content of the first <meta> whose name, property or itemprop is one of `names`
   (separated by blanks, compared without case), squeezed; NULL if blank or "null". */
char *page_meta(struct page *page, const char *names);

/* What <html lang> states, with hyphens; NULL for none. */
char *page_language(const struct page *page);

char *page_resolve(const struct page *page, const char *reference);

/* Tree helpers. */
bool node_is(const xmlNode *node, const char *names); /* an element of one of these names */
bool node_matches(const xmlNode *node, const GRegex *regex); /* class or id */
const xmlNode *node_next(const xmlNode *node, const xmlNode *root); /* depth first */
