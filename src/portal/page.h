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
#include "document/html-name.h"
#include "text/charset.h"
#include "text/date.h"

#define PAGE_ERROR page_error_quark()
GQuark page_error_quark(void);
enum page_error {
    PAGE_ERROR_EMPTY,   /* no article text, or no list */
    PAGE_ERROR_SCRIPT,  /* nor could there be: a script would fill the page */
    PAGE_ERROR_BLOCKED, /* a guard answered instead of the portal */
    PAGE_ERROR_RULE,    /* an XPath of the portal file is wrong */
};

/*
 * The word for an error's code in machine output: "empty", "filled-by-script", "blocked", "rule".
 * Messages are for gettext().
 */
const char *page_error_word(const GError *error);

struct page {
    xmlDoc *doc;            /* owned */
    xmlXPathContext *xpath; /* owned */
    char *url;              /* may be NULL */
    char *base;             /* <base href> resolved, else url; may be NULL */
    const char *encoding;   /* static */
    char *encoding_evidence;
    struct arena *features; /* of page_count_features(), else NULL */
    /* of page_elements(), else NULL: all elements in document order, and their names' numbers */
    GPtrArray *elements;
    GByteArray *numbers;
    char *source; /* the text that was parsed: clean UTF-8 */
    /* where the JSON of a page begins that is JSON, else NULL; borrowed of source */
    const char *json;
    bool plain;          /* it is text/plain, and holds no HTML */
    GHashTable *metas;   /* of page_meta(), else NULL */
    GPtrArray *warnings; /* owned struct page_warning * */
};

struct page_warning {
    const char *code; /* "encoding", "rule", "limit", … */
    char *message;
};

struct page *page_open(const char *bytes, gsize length, const struct charset_hints *hints,
                       const char *url);
void page_free(struct page *page);
DEFINE_AUTO_FREE(page, page_free)

void page_warn(struct page *page, const char *code, const char *format, ...) G_GNUC_PRINTF(3, 4);

/* The same, unless the page has a warning of this message. */
void page_warn_once(struct page *page, const char *code, const char *message);

xmlNode *page_root(const struct page *page);

/* Counts what its elements hold (portal/features.h), once. */
void page_count_features(struct page *page);

/*
 * The nodes that an XPath selects from context (NULL: the document), in document order;
 * empty if none; NULL and error if the expression is wrong or exceeds its limit.
 */
GPtrArray *page_select(struct page *page, xmlNode *context, const char *xpath, GError **error);

/*
 * The elements of these names (a literal; separated by blanks), in document order; what "//a | //b"
 * selects, without its price.
 */
#define page_elements(page, literal) \
    ({ \
        static struct html_names names_ = {.names = literal}; \
        page_elements_of(page, &names_); \
    })
GPtrArray *page_elements_of(struct page *page, struct html_names *names);

/* To be called after elements of the page were taken out or renamed. */
void page_changed(struct page *page);

/* The value of an XPath, to be freed with xmlXPathFreeObject(); NULL and error as above. */
xmlXPathObject *page_evaluate(struct page *page, xmlNode *context, const char *xpath,
                              GError **error);

/*
 * Whether a text of the page matches a portal file's expression.  One that is given up, because the
 * text makes it try too much or the rules of the page took too long, does not, and sets the error.
 */
bool page_match(struct page *page, const GRegex *regex, const char *text, GMatchInfo **match,
                GError **error);

/* The content of the first <meta> whose name, property or itemprop is one of `names`
   (separated by blanks, compared without case), squeezed; NULL if blank or "null". */
char *page_meta(struct page *page, const char *names);

/* What <html lang> states, with hyphens; NULL for none. */
char *page_language(const struct page *page);

/*
 * Decides how the page writes its dates, as far as it is not known yet: by its dates together, its
 * language (what is stated of the edition, may be NULL, before what the page states), its address.
 */
void page_settle_dates(struct page *page, const char *language, struct date_style *style);

/* A web URL, or NULL; of a page without URL and base a relative reference stays what it is. */
char *page_resolve(const struct page *page, const char *reference);

/*
 * {"error": {"code", "message"}, "warnings": […]} with a final newline: what `extract` and
 * `entries` say of a page that holds nothing.
 */
char *page_error_to_json(const struct page *page, const GError *error);

/* Tree helpers. */
#define node_is(node, literal) html_named(node, literal) /* an element of one of these names */
/* Whether class or id match an expression that is kept (base/regex.h). */
bool node_matches(const xmlNode *node, const GRegex *regex);
const xmlNode *node_next(const xmlNode *node, const xmlNode *root); /* depth first */
