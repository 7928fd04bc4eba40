/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The parse stage's work: bytes of a feed, a list page or an article page -> what is to be
 * stored.  Runs in its own thread and touches neither store nor network.
 */
#pragma once

#include "config/portal.h"
#include "document/document.h"
#include "feed/feed.h"
#include "fetch/policy.h"
#include "base/problem.h"
#include "portal/article.h"
#include "store/articles.h"

/* What a fetch needs to know of a source; shared by the stages, not changed by them. */
struct parse_rules {
    const struct portal *portal;          /* or NULL */
    const struct portal_section *section; /* or NULL */
    const GPtrArray *profiles;            /* for lists without a section, or NULL */
    const char *language;                 /* or NULL */
    const char *charset_forced, *charset_default;
    int offset; /* minutes east */
    int64_t now;
};

struct harvest_entry {
    char *id, *link, *title, *author, *publisher, *section, *language;
    int64_t published, updated; /* G_MININT64: none */
    int published_offset, published_precision;
    char *identity;            /* of the link, as tells it from the others of its document (fetch/identity.h); or NULL */
    char *digest;              /* of the text, where there is neither id nor link; or NULL */
    bool shared_id, shared_link, shared_title; /* others in its document have it too: it is no key */
    int64_t article;           /* the article that it is, once that was looked up, or 0 */
    bool untitled;             /* the title is made up, or ""; its page may tell a better one */
    struct stored_document *document; /* from the feed, or NULL */
    GPtrArray *attachments;    /* owned struct stored_attachment *, or NULL */
};

struct parsed_page {
    struct article *article; /* NULL when the page holds none */
    char *forward;               /* where a page without text sends its reader, or NULL */
    bool is_file;            /* a document or picture came instead of a page: its bytes are not kept */
    bool is_home;            /* the link led to the portal's home or to the list itself */
    char *url;               /* by which the page was read */
    char *charset, *charset_evidence;
    struct problem *problem; /* why there is no article, or NULL */
};

struct parse_result {
    GPtrArray *entries; /* owned struct harvest_entry *; empty for a page */
    struct parsed_page *page;
    char *title, *home, *language; /* of the feed */
    char *next;                    /* of a list, a paged feed, an index of sitemaps */
    char *refresh;                 /* where a page without what was looked for sends its readers, or NULL */
    bool is_index;                 /* of sitemaps: what it names is the feed */
    bool needs_pages;              /* its entries are links only */
    struct schedule_hints hints;          /* when it may be asked */
    char *charset, *charset_evidence;
    GBytes *raw;         /* what the source or the article's page sent, packed; NULL for pages between */
    GPtrArray *warnings; /* owned struct problem *, without a subject: they are of what was read */
    struct problem *problem; /* nothing could be used; or NULL */
    bool redate;         /* dates were refused for being in the future: a later clock may judge otherwise */
};

struct parse_result *parse_feed(const char *bytes, gsize length, const char *content_type, const char *url,
                             const struct parse_rules *rules);
struct parse_result *parse_list(const char *bytes, gsize length, const char *content_type, const char *url,
                             const struct parse_rules *rules);
/* link: what the list called the article; the page may be a part of it, or lie elsewhere. */
struct parse_result *parse_article(const char *bytes, gsize length, const char *content_type, const char *url, const char *link,
                                const struct parse_rules *rules);
/* The token that a section's requests need, newly allocated; NULL if the page has none. */
char *parse_token(const char *bytes, gsize length, const char *content_type, const char *url, const struct parse_rules *rules);
/* Words of its link, for an entry that has neither title nor text, or ""; newly allocated. */
char *parse_made_up_title(const char *link);

/* What was not taken of what came, as it was too much; borrowed, or NULL. */
const struct problem *parse_result_limit(const struct parse_result *result);

void parse_result_free(struct parse_result *result);
DEFINE_AUTO_FREE(parse_result, parse_result_free)
