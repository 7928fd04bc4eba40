/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a portal file's rule says of a page: XPath 1.0 on its tree, or a path ("data.0.title")
 * in its JSON, then the rule's filters.  Pure.  A rule that is wrong is a warning of the
 * page, with file, line and key.
 */
#pragma once

#include <jansson.h>

#include "portal/page.h"
#include "text/date.h"

/* What a rule is asked of. */
struct rule_scope {
    struct page *page;
    xmlNode *node;      /* XPaths are relative to it; NULL: the document */
    const json_t *json; /* paths are relative to it; NULL: rules are XPaths */
    const char *url;    /* of the row or the page, or NULL */
};

/* The text of the first alternative that gives one, filtered and squeezed, or NULL. */
char *rule_text(const struct rule_scope *scope, const struct portal_rule *rule);

/* The nodes of the first alternative that selects any, as they stand in the page; never NULL. */
GPtrArray *rule_nodes(const struct rule_scope *scope, const struct portal_rule *rule);

/* What a path of the rule leads to in the scope's JSON, borrowed, or NULL; of `path` alone. */
const json_t *rule_json(const struct rule_scope *scope, const struct portal_rule *rule);
const json_t *rule_json_at(const json_t *root, const char *path);

/* The text of a JSON string, number or boolean, newly allocated; else NULL. */
char *rule_json_text(const json_t *value);

/*
 * The date that a rule's text is.  False when it gives none; a text that is no date, or an
 * absurd one, is a warning of the page and *out has precision DATE_NONE.
 */
bool rule_date(const struct rule_scope *scope, const struct portal_rule *rule,
               const struct date_style *style, int64_t now, struct date *out);

/*
 * The JSON of a page: of the whole text, without a callback around it (JSONP), or of what
 * the first group of `within` matches.  Owned by the caller; NULL with a warning if it is none.
 */
json_t *rule_page_json(struct page *page, const GRegex *within);

/* What is wrong with an XPath, in English, newly allocated; NULL for nothing. */
char *rule_xpath_fault(const char *xpath);

/*
 * What is wrong with the XPaths of a portal file, whatever the page; owned char *, in English, with
 * file, line and key.
 */
GPtrArray *rule_faults(const struct portal *portal);

/* A rule that should match here and does not: a warning of the page. */
void rule_warn_empty(struct page *page, const struct portal_rule *rule);
