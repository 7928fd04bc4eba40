/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The parse stage's work: the bytes of a feed, a list page or an article page become what is to be
 * stored and what is to be asked for next.  It runs in processes of their own (parse/helper.h) and
 * touches neither store nor network.
 */
#pragma once

#include "base/problem.h"
#include "document/compare.h"
#include "config/portal.h"
#include "feed/feed.h"
#include "parse/attachment.h"
#include "parse/schedule.h"
#include "portal/article.h"
#include "store/entry.h"
#include "store/withdrawal.h"

/* What parsing needs to know of a source; shared by the stages, not changed by them. */
struct parse_rules {
    const struct portal *portal;          /* or NULL */
    const struct portal_section *section; /* or NULL */
    const GPtrArray *profiles;            /* for lists without a section, or NULL */
    const char *language;                 /* or NULL */
    const char *charset_forced, *charset_default;
    struct date_style dates; /* how they are written, as far as it is known */
    int64_t now;
    bool keeps_files; /* a picture that came instead of a page is an attachment that is kept */
};

/* What else is no change of the article that a link leads to. */
struct compare_rules parse_ignored(const struct parse_rules *rules, const char *link);

enum parse_kind { PARSE_FEED, PARSE_LIST, PARSE_ARTICLE, PARSE_TOKEN };

/* What came, and for what it was asked; all borrowed. */
struct parse_page {
    enum parse_kind kind;
    const char *bytes; /* not NULL */
    gsize length;
    const char *content_type; /* or NULL */
    const char *url;
    const char *link; /* of an article: by which it is known */
};

/* An article page. */
struct parsed_page {
    struct article *article; /* NULL when the page holds none */
    char *forward;           /* the page to which one without text sends its readers, or NULL */
    /* a document or picture came instead of a page: it is kept as the article's attachment */
    bool is_file;
    /* a sign that the article is not there (parse/absence.h), though a text may have been found */
    enum withdrawal absence;
    char *url; /* to which its links are relative: its own, or that in the list */
    char *charset, *charset_evidence;
    struct problem *problem; /* why there is no article, or NULL */
};

/* An attachment that came instead of an article's page, or for an article. */
struct attachment_arrival {
    char *url; /* by which articles name it */
    GBytes *bytes;
    struct attachment_text *text;
};

struct parse_result {
    GPtrArray *entries;            /* owned struct entry *; empty for a page */
    struct parsed_page *page;      /* NULL for a feed or a list */
    char *title, *home, *language; /* of the feed */
    char *next;                    /* of a list, a paged feed, an index */
    /* where a page without what was looked for sends its readers, or NULL */
    char *refresh;
    /* of sitemaps, of years or months: what it names is the feed, or the list */
    bool is_index;
    bool needs_pages;            /* its entries are links only */
    struct schedule_hints hints; /* when the feed says that it may be asked */
    char *charset, *charset_evidence;
    char *token; /* that the section's requests need; NULL if the page has none, or is another */
    struct raw_packed *raw; /* what the source or the article's page sent; or NULL */
    /* of an attachment, or of a page that is one: bytes, text; or NULL */
    struct attachment_arrival *attachment;
    /* owned struct problem *, without a subject: they are of what was read */
    GPtrArray *warnings;
    struct problem *problem; /* nothing could be used; or NULL */
    /* dates were refused as future ones: a later clock may judge otherwise */
    bool redate;
    gint64 cost; /* microseconds of a processor that reading took */
};

/* All results are owned by the caller and never NULL. */
struct parse_result *parse_feed(const char *bytes, gsize length, const char *content_type,
                                const char *url, const struct parse_rules *rules);
struct parse_result *parse_list(const char *bytes, gsize length, const char *content_type,
                                const char *url, const struct parse_rules *rules);
/* link: what the list called the article; the page may be a part of it, or lie elsewhere. */
struct parse_result *parse_article(const char *bytes, gsize length, const char *content_type,
                                   const char *url, const char *link,
                                   const struct parse_rules *rules);
/* Any of them; NULL for what cannot be an article, as a film. */
struct parse_result *parse_any(const struct parse_page *page, const struct parse_rules *rules);

/*
 * A result without anything in it, of the kind that a page of that kind gives; problem (taken, or
 * NULL): why there is nothing.
 */
struct parse_result *parse_result_new(enum parse_kind kind, struct problem *problem);

/*
 * Takes what became of an attachment, or of a file that came instead of an article's page; url: by
 * which articles name it.  text is taken.
 */
void parse_take_attachment(struct parse_result *result, const char *url, const char *bytes,
                           gsize length, struct attachment_text *text);
/* The address of the file that came instead of an article's page; borrowed. */
const char *parse_file_url(const struct parse_result *result);

/* Lets go of its bytes and its text, once they are stored. */
void parse_drop_attachment(struct attachment_arrival *arrival);

/* The token that a section's requests need. */
struct parse_result *parse_token(const char *bytes, gsize length, const char *content_type,
                                 const char *url, const struct parse_rules *rules);

/* Words of its link, for an entry that has neither title nor text, or ""; newly allocated. */
char *parse_made_up_title(const char *link);

/* The problem of what was too much to be taken; borrowed, or NULL when all was taken. */
const struct problem *parse_result_limit(const struct parse_result *result);

void parse_result_free(struct parse_result *result);
DEFINE_AUTO_FREE(parse_result, parse_result_free)
