/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is new, composed for people: what changes_read() found as text, Markdown or HTML, in pieces
 * that are printed one after the other, or as the parts of a mail.  Machines get the same items.
 */
#pragma once

#include "document/document.h"
#include "store/changes.h"
#include "store/listing.h"
#include "store/revisions.h"

enum digest_form { DIGEST_TEXT, DIGEST_MARKDOWN, DIGEST_HTML };
enum digest_body { DIGEST_NONE, DIGEST_SUMMARY, DIGEST_FULL };
enum digest_group {
    DIGEST_UNGROUPED,
    DIGEST_BY_SOURCE,
    DIGEST_BY_PORTAL,
    DIGEST_BY_SECTION,
    DIGEST_BY_DAY, /* of arrival, in the local zone */
};

struct digest_style {
    enum digest_form form;
    enum digest_body body;
    bool remote; /* HTML may show pictures of other hosts */
    int width;   /* of text: cells in a line; 0: a line is a paragraph */
};

/* One of millions, perhaps: none is in memory but the one that is being printed. */
struct digest_item {
    struct change change;
    struct article_row *row; /* owned */
    const char *group;       /* its name for people, borrowed from the digest; NULL: none */
};

struct digest {
    struct changes changes; /* owned */
    GPtrArray *groups;      /* owned names, in the order of their first items */
    GArray *order;    /* guint: groups one after the other, each event by its number; or NULL */
    GArray *ends;     /* guint: of each group, in `order` */
    GPtrArray *older; /* owned lines for people: what subscriptions brought from before */
    guint count, kinds[CHANGE_RETURNED + 1], older_count;
};

/* Takes what the changes hold over, unless it fails. */
struct digest *digest_new(struct store *store, struct changes *changes, enum digest_group group,
                          GError **error);
void digest_free(struct digest *digest);
DEFINE_AUTO_FREE(digest, digest_free)

/* Items one after the other. */
struct digest_cursor {
    struct store *store; /* borrowed, and so is the digest */
    const struct digest *digest;
    guint place, group;      /* of the next one */
    struct digest_item item; /* the last one that was read */
    bool begins;             /* it is the first of its group */
};
struct digest_cursor digest_items(struct store *store, const struct digest *digest);
/*
 * Reads the next item that there is: what was purged meanwhile is passed over.  NULL at the end,
 * and with an error when it cannot be read.  Borrowed until the next call.
 */
const struct digest_item *digest_next(struct digest_cursor *cursor, GError **error);
void digest_cursor_clear(struct digest_cursor *cursor);
DEFINE_AUTO_CLEAR(digest_cursor, digest_cursor_clear)

/* "12 new articles, 1 withdrawn" */
char *digest_title(const struct digest *digest);

/* The pieces of the whole, each newly allocated. */
char *digest_begin(const struct digest *digest, const struct digest_style *style);
/* The item that was read last; where a group begins, its name stands above. */
char *digest_print_item(const struct digest_cursor *cursor, const struct digest_style *style,
                        GError **error);
char *digest_end(const struct digest *digest, const struct digest_style *style);

/* All of it in one. */
char *digest_print(struct store *store, const struct digest *digest,
                   const struct digest_style *style, GError **error);

/* How much a revision has changed, in all that is told; false where there is none to compare. */
bool digest_difference(struct store *store, const struct change *change, struct diff_stat *stat);

/* The beginning of a text in one line, newly allocated; NULL when there is none. */
char *digest_summary(const struct document *document);
