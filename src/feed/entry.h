/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An item or entry while it is read.  Each format has a table of its own elements; what
 * modules (Dublin Core, content, media, iTunes, …) say is read the same way in all of
 * them.  Where several elements may say the same, each has a rank and the lowest wins,
 * wherever it stands.  Inside this room only.
 */
#pragma once

#include "feed/value.h"

struct ranked {
    char *html, *base;
    char *plain;  /* what it was written as, when that is plain text */
    bool wrapped; /* whose lines may have been broken for their length alone */
    int rank;
};

struct entry {
    struct feed *feed;
    const struct feed_options *options;
    const char *base; /* of the document: its URL, or RSS's channel link */
    struct feed_item *item;
    char *titles[4]; /* by rank; 0 is the format's own */
    struct ranked summary, content;
    GPtrArray *authors[3]; /* by rank; NULL for none */
    int64_t dc_date;
};

struct entry_row {
    enum feed_ns ns;
    const char *name;
    void (*read)(struct entry *entry, const struct element *element, int rank);
    int rank;
};

/* Adds an item to the feed. */
void entry_begin(struct entry *entry, struct feed *feed, const struct feed_options *options, const char *base);

/* Reads an element by the row for it; false when no row is. NS_NONE rows are the format's own elements. */
bool entry_read(struct entry *entry, const struct element *element, const struct entry_row *rows, size_t count);
bool entry_read_module(struct entry *entry, const struct element *element);

/* Puts together what was kept by rank. */
void entry_finish(struct entry *entry);

/* What rows of formats use too. */
void entry_offer(struct ranked *slot, int rank, char *html, const char *base); /* takes html */
void entry_offer_plain(struct ranked *slot, int rank, char *plain, bool wrapped, const char *base); /* takes plain */
void entry_add_author(struct entry *entry, int rank, struct feed_person *person);
void entry_title(struct entry *entry, const struct element *element, int rank);
void entry_summary(struct entry *entry, const struct element *element, int rank);
void entry_content(struct entry *entry, const struct element *element, int rank);
void entry_published(struct entry *entry, const struct element *element, int rank);
void entry_updated(struct entry *entry, const struct element *element, int rank);
void entry_rights(struct entry *entry, const struct element *element, int rank);

/* Categories of modules, which channels have too; true when the element was one. */
bool module_read_category(GPtrArray *categories, const struct element *element);

/* The URL of an itunes:image in its old and new forms, newly allocated; NULL for other elements. */
char *module_image(const struct element *element, const char *document_base);
bool module_is_podcast(const struct element *element, const char *name); /* itunes: or googleplay: */
