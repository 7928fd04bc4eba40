/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An entry as a source yields it: the one value that goes from the parsers to the store.  It is
 * filled and its text packed beside the thread that writes; articles.h stores it.  All in it is
 * owned by it.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/auto.h"
#include "document/document.h"
#include "text/date.h"
#include "text/event.h"

/* A document as it is stored: packed, which may be left to the process that stores it. */
struct stored_document {
    GBytes *packed; /* or NULL: */
    GBytes *plain;  /* document_serialize() */
};
struct stored_document *stored_document_new(const struct document *document);
/* The same, not packed. */
struct stored_document *stored_document_plain(const struct document *document);
struct document *stored_document_read(const struct stored_document *stored); /* NULL: damaged */
void stored_document_free(struct stored_document *document);
DEFINE_AUTO_FREE(stored_document, stored_document_free)

/* Who names an attachment: what one no longer names stays as long as the other does. */
enum attachment_naming {
    NAMED_UNKNOWN = 0, /* by a former version, or another store */
    NAMED_BY_FEED = 1 << 0,
    NAMED_BY_PAGE = 1 << 1,
};

struct stored_attachment {
    char *url, *title, *type;
    int64_t length; /* bytes, or -1 */
    int named;      /* enum attachment_naming, as the store has it */
};
void stored_attachment_free(gpointer attachment);

struct entry {
    char *id, *link, *title, *author, *publisher, *section, *language; /* title is never NULL */
    bool untitled; /* the title is made up, or "": it does not replace one that is there */
    struct date published, updated; /* of `updated` only the time is stored */
    struct event event;             /* when and where it takes place */
    struct stored_document
        *document;          /* what the source itself says, or NULL; packed to be stored */
    GPtrArray *attachments; /* owned struct stored_attachment *, or NULL */

    /* What tells the entry from the others of its document. */
    char *identity; /* of the link; NULL: url_identity(), by articles_identify() */
    char *digest;   /* of the text, where there is neither id nor link; or NULL */
    /* others in its document have the same: it is no key */
    bool shared_id, shared_link, shared_title;

    /* What the store makes of it. */
    char *key;       /* by which it is found again: of articles_identify() */
    int64_t article; /* the article that it is, once that was looked up; or 0 */
};

struct entry *entry_new(void);
void entry_free(struct entry *entry);
DEFINE_AUTO_FREE(entry, entry_free)

/* Adds an attachment; takes the strings. */
void entry_add_attachment(struct entry *entry, char *url, char *title, char *type, int64_t length);

/* The bytes of a response as they are stored (store/raw.h), and how they were obtained; owned. */
struct raw_packed {
    GBytes *bytes, *evidence; /* packed; evidence: the lines of the exchange, or NULL */
    char *sha256;             /* of the bytes as they came, in hexadecimal */
};
void raw_packed_free(struct raw_packed *packed);
