/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The revisions of an article: what it said, and what was said of it, each time the portal changed
 * that.  A revision is a document with the title, the dates and the attachments of then; it begins
 * when the text, the title or an attachment changes.  Dates alone make none: feeds that stamp what
 * they send with the time would make one each time.
 */
#pragma once

#include "document/diff.h"
#include "store/store.h"

/*
 * From where a row of `documents d` is: "page" or "feed"; "title": the text is the page's of before,
 * and its list or feed gave it another title.
 */
#define REVISION_ORIGIN \
    "CASE WHEN d.origin = 'page' AND EXISTS (SELECT 1 FROM documents e WHERE e.article = d.article" \
    " AND e.revision = d.revision - 1 AND e.origin = d.origin AND e.data = d.data" \
    " AND e.heading <> d.heading) THEN 'title' ELSE d.origin END"

struct revision {
    int number;     /* from 1 */
    int64_t seen;   /* first */
    char *origin;   /* REVISION_ORIGIN */
    int64_t reread; /* when it was last read again from stored bytes, or 0 */
    /* what was said of it; not known of texts of before schema 20 */
    bool has_facts;
    char *title;
    struct date published;
    int64_t updated;
    GPtrArray *attachments;    /* struct diff_attachment * */
    struct document *document; /* of revisions_read() */
};
void revision_free(struct revision *revision);
DEFINE_AUTO_FREE(revision, revision_free)

/* All of an article, the oldest first, without documents; owned struct revision *. */
GPtrArray *revisions_list(struct store *store, int64_t article, GError **error);

/* The newest (0) or the one of a number; NULL and STORE_ERROR_UNKNOWN if there is none. */
struct revision *revisions_read(struct store *store, int64_t article, int number, GError **error);

/* Two revisions and what changed between them. */
struct comparison {
    struct revision *old, *new; /* owned; new NULL: nothing */
    struct diff *diff;          /* owned */
};

/* to 0: nothing, as of an article that was withdrawn.  ignore: see diff_new(). */
struct comparison *revisions_compare(struct store *store, int64_t article, int from, int to,
                                     const struct compare_rules *ignore, GError **error);
void comparison_free(struct comparison *comparison);
DEFINE_AUTO_FREE(comparison, comparison_free)

/*
 * After an article was stored: if title or attachments are others than when its newest revision
 * began, though its text is the same, that is a further revision.  again: it was read again from
 * stored bytes, and the newest one takes them over.  *changed becomes true when there is one.
 */
bool revisions_settle(struct store *store, int64_t article, bool again, int64_t now,
                      const struct compare_rules *ignore, bool *changed, GError **error);

/*
 * An article that was revised at `now` counts as unread when at least `percent` of its words
 * changed by that.
 */
bool revisions_unread_again(struct store *store, int64_t article, guint percent, int64_t now,
                            GError **error);
