/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What lies in a bundle, and in which order: what it is, portal files by name, sources, articles,
 * each with its object of JSON first and then the bytes that this speaks of.  All is numbered, so
 * that a part that is missing, comes twice or stands elsewhere is seen.  No store is known here.
 *
 *     crier-bundle.json            {"format": 1, "program": …, "made": …}
 *     portals/NAME                 files of portals and profiles
 *     sources/0000001/source.json  a member a column (bundle-record.h), "list", "response"
 *     sources/0000001/response     what it sent last
 *     articles/0000001/article.json   "source", "revisions", "attachments", "editions", "changes",
 *                                  "page", "files"
 *     articles/0000001/text.1      document_serialize() of the first revision
 *     articles/0000001/page        its page as it came
 *     articles/0000001/file.1      an attachment that is kept; its text: file.1.text
 */
#pragma once

#include <jansson.h>

#include "store/bundle-file.h"

#define BUNDLE_FORMAT 1

enum bundle_item_kind { BUNDLE_ITEM_PORTAL, BUNDLE_ITEM_SOURCE, BUNDLE_ITEM_ARTICLE };

struct bundle_item {
    enum bundle_item_kind kind;
    char *name;       /* of a portal file, without a folder; owned; else NULL */
    json_t *json;     /* of the others; owned */
    GPtrArray *parts; /* owned GBytes *: those that the object speaks of, in their order */
};
void bundle_item_clear(struct bundle_item *item);
DEFINE_AUTO_CLEAR(bundle_item, bundle_item_clear)

/* --- writing ------------------------------------------------------------------------------ */

/* What it is; made: seconds UTC. */
bool bundle_put_head(struct bundle_writer *writer, gint64 made);
/*
 * number: from 1, each kind for itself.  What whoever reads would refuse is not written, which *why
 * says; false and errno.
 */
bool bundle_put_item(struct bundle_writer *writer, const struct bundle_item *item, guint number,
                     GError **why);

/* Whether it can be the name of a portal file or profile in a bundle. */
bool bundle_is_portal_name(const char *name);

/* --- reading ------------------------------------------------------------------------------ */

struct bundle_items;
struct bundle_items *bundle_items_new(int fd, GError **error);
void bundle_items_free(struct bundle_items *items);
DEFINE_AUTO_FREE(bundle_items, bundle_items_free)

/* The next, which is as it has to be; false at the end, and with an error. */
bool bundle_items_next(struct bundle_items *items, struct bundle_item *item, GError **error);
/* From the beginning once more: bundle_reader_again(). */
bool bundle_items_again(struct bundle_items *items, GError **error);
