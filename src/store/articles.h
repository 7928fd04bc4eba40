/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing and reading single articles: entries, documents with revisions, raw pages. */
#pragma once

#include "document/compare.h"
#include "document/document.h"
#include "store/entry.h"
#include "store/store.h"

#define ARTICLES_PURGED (-1)
#define ARTICLES_BY_KEY (-2)

/*
 * Gives an entry its key, by which it is found again, and its identity: id, else link, else title
 * and date; a key that entries of one document share, now or formerly, is none, and the next is
 * added to it.
 */
void articles_identify(struct store *store, int64_t source, struct entry *entry);

/* Whether a source has articles. */
bool articles_any(struct store *store, int64_t source);

/* The number of the article that has the entry's key, or 0. */
int64_t articles_find(struct store *store, int64_t source, const struct entry *entry);

/*
 * Stores an entry (articles_identify()) under its source: as the article `known`, of
 * articles_find(), or, if that is 0, as one that is the same by other signs (its id came, went or
 * changed its form, while link and title stayed) and that no entry of the same fetch has (claimed:
 * keys are int64_t *; or NULL), else as a new one; ARTICLES_BY_KEY: as the one with its key or a
 * new one, since the source had no others.  Returns the article's number, 0 on failure,
 * ARTICLES_PURGED when it was purged.  *is_new tells whether it was not there before.  Marks are
 * never touched.
 */
int64_t articles_put(struct store *store, int64_t source, const struct entry *entry, int64_t known,
                     GHashTable *claimed, int64_t now, bool *is_new, GError **error);

/* Whether the page was an article of the source and was purged. */
bool articles_is_purged(struct store *store, int64_t source, const char *link);

char *articles_title(struct store *store, int64_t article); /* newly allocated, or NULL */

/* The number of the article under a source with this link, or 0. */
int64_t articles_by_link(struct store *store, int64_t source, const char *link);

/* The number of an article anywhere whose link is the same page, or 0. */
int64_t articles_by_identity(struct store *store, const char *link);

/*
 * Adds a document as a revision when it differs from the newest one of the same or a
 * worse origin: "page" outranks "feed".  again: it was read again from the same bytes and
 * takes the place of the newest revision.  ignore: what else is no difference, or NULL.  The title,
 * dates and attachments that the article has by then are kept with it.
 */
bool articles_put_document(struct store *store, int64_t article,
                           const struct stored_document *document, const char *origin,
                           const char *title, bool again, int64_t now,
                           const struct compare_rules *ignore, bool *changed, GError **error);

/* What an article page told beside its body; NULL leaves a value as it is, but for the number. */
struct page_facts {
    const char *author, *publisher, *section, *language;
    const char *number; /* of the document that it is, as the page labels it, or NULL: none */
    /* title replaces the one that is there when that is made_up, or always (NULL) */
    const char *title, *made_up;
    struct date published; /* used only if the entry had none */
};
bool articles_put_facts(struct store *store, int64_t article, const struct page_facts *facts,
                        GError **error);

/*
 * When and where an article takes place; replace: instead of what is known of that, else only where
 * nothing is.
 */
bool articles_put_event(struct store *store, int64_t article, const struct event *event,
                        bool replace, GError **error);

/*
 * Those that the feed or the page names, beside those that the other does; NAMED_UNKNOWN: instead
 * of all.
 */
bool articles_put_attachments(struct store *store, int64_t article, const GPtrArray *attachments,
                              enum attachment_naming by, GError **error);
/* owned struct stored_attachment * */
GPtrArray *articles_attachments(struct store *store, int64_t article);
/*
 * The same as revisions keep them: a line each, with tabs between address, digest of the bytes
 * where they are kept, and title; newly allocated.
 */
char *articles_kept_attachments(struct store *store, int64_t article);

/* Links to editions: language, url, scope in threes; replaces the former. */
bool articles_put_edition(struct store *store, int64_t article, const char *language,
                          const char *url, const char *scope, GError **error);

struct stored_edition {
    char *language, *url, *scope;
    int64_t article; /* its number in the store, or 0 */
};
/*
 * What it names as its editions, and what names it, owned struct stored_edition *; of each language
 * one that is in the store: that of its group (store/edition-groups.h), if there is one.
 */
GPtrArray *articles_editions(struct store *store, int64_t article);

/* The page's bytes as they came, with what decoded them. */
struct page_values {
    const char *url, *content_type, *etag, *last_modified, *charset, *charset_evidence;
    const char *error;               /* problem_format() of why there is no data, or NULL */
    bool permanent;                  /* asking again would not help */
    const struct raw_packed *packed; /* raw_pack(); borrowed */
};
bool articles_put_page(struct store *store, int64_t article, const struct page_values *page,
                       int64_t now, GError **error);
/* The page is what it was: an error of a former fetch is over. */
bool articles_page_stands(struct store *store, int64_t article, int64_t now, GError **error);
/* Whether its page was never fetched, or failed in a way that may pass. */
bool articles_needs_page(struct store *store, int64_t article);
bool articles_has_page(struct store *store, int64_t article); /* one was fetched */
bool articles_page_was_at(struct store *store, int64_t article, const char *url); /* that one */
/*
 * Whether it is withdrawn or doubted (store/withdrawals.h), and its page was asked for last before
 * a time (seconds UTC).
 */
bool articles_may_be_back(struct store *store, int64_t article, int64_t before);
/* Whether its title is another than this one, and its page was asked for last before a time. */
bool articles_is_retitled(struct store *store, int64_t article, const char *title, int64_t before);
/* Whether the page of a source's article with that link failed when it was asked for last. */
bool articles_page_failed(struct store *store, int64_t source, const char *link);
/* The links of at most `limit` articles of a source whose pages are missing so; owned strings. */
GPtrArray *articles_missing_pages(struct store *store, int64_t source, int limit);
/* What to ask with whether its page has changed, and the URL that this is of. */
bool articles_page_tag(struct store *store, int64_t article, char **etag, char **last_modified,
                       char **url);

/*
 * The newest text as it lies in the store, by which it is told from others; NULL where there is
 * none.  A page that takes the place of what its feed said is another text, but no other revision.
 */
GBytes *articles_stored_text(struct store *store, int64_t article);
/* The newest revision (0) or the one named; NULL and STORE_ERROR_UNKNOWN if there is none. */
struct document *articles_document(struct store *store, int64_t article, int revision,
                                   GError **error);
