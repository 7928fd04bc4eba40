/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Articles as a feed that other programs read: Atom (RFC 4287, with RFC 6721 for what was
 * withdrawn) and JSON Feed 1.1.  Written twice of the same articles it is the same byte for byte:
 * nothing in it depends on when or by whom it is written.
 */
#pragma once

#include "store/listing.h"

struct published {
    const struct article_row *row; /* borrowed */
    char *id;                      /* an IRI: the source's own where that is one */
    int64_t updated;               /* when its text last changed */
    int64_t withdrawn;             /* 0: it was not */
};

struct publication {
    char *id, *title, *home; /* home may be NULL */
    char *language;          /* that all articles share, or NULL */
    int64_t updated;         /* of the newest of them; 0: there are none */
    GPtrArray *entries;      /* owned struct published *, in the order in which they were added */
    GHashTable *ids;         /* those that are taken */
    bool several;            /* languages */
};

/* name: what the feed is of, and its identity; all copied. */
struct publication *publication_new(const char *name, const char *title, const char *home);
void publication_free(struct publication *publication);
DEFINE_AUTO_FREE(publication, publication_free)

/* row: must live as long as the publication. */
bool publication_add(struct publication *publication, struct store *store,
                     const struct article_row *row, GError **error);

/* NULL and error when an article cannot be read; one whose text is not kept has none. */
char *publication_atom(const struct publication *publication, struct store *store, GError **error);
/* Without what was withdrawn: JSON Feed has no word for it. */
char *publication_json_feed(const struct publication *publication, struct store *store,
                            GError **error);

/* "urn:uuid:…", the same of the same kind and text; newly allocated. */
char *publish_uuid(const char *kind, const char *text);

/* The text of an article, empty where none is kept; NULL and error when it cannot be read. */
struct document *publish_document(struct store *store, int64_t article, GError **error);
