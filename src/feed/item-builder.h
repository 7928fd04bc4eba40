/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A feed's item while it is read.  Each format has a table of its own elements; what modules
 * (module.h) say is read the same way in all of them.  Where several elements may say the same,
 * each has a rank and the lowest wins, wherever it stands.  Inside this room only.
 */
#pragma once

#include "feed/value.h"

struct ranked {
    char *html, *base;
    char *plain;  /* what it was written as, when that is plain text */
    bool wrapped; /* whose lines may have been broken for their length alone */
    int rank;
};

struct item_builder {
    struct feed *feed;
    const char *base; /* of the document: its URL, or RSS's channel link */
    struct feed_item *item;
    char *titles[4]; /* by rank; 0 is the format's own */
    struct ranked summary, content;
    GPtrArray *authors[3]; /* by rank; NULL for none */
    struct date dc_date;
};

struct item_row {
    enum feed_ns ns;
    const char *name;
    void (*read)(struct item_builder *b, const struct element *element, int rank);
    int rank;
};

/* Adds an item to the feed. */
void item_begin(struct item_builder *b, struct feed *feed, const char *base);

/*
 * Reads an element by the row for it; false when no row is. NS_NONE rows are the format's own
 * elements.
 */
bool item_read(struct item_builder *b, const struct element *element, const struct item_row *rows,
               size_t count);

/* Puts together what was kept by rank. */
void item_finish(struct item_builder *b);

/*
 * Readers of elements that several formats have in their tables, and what such readers are made of.
 */
void item_offer(struct ranked *slot, int rank, char *html, const char *base); /* takes html */
/* takes plain */
void item_offer_plain(struct ranked *slot, int rank, char *plain, bool wrapped, const char *base);
void item_add_author(struct item_builder *b, int rank, struct feed_person *person);
void item_title(struct item_builder *b, const struct element *element, int rank);
void item_summary(struct item_builder *b, const struct element *element, int rank);
void item_content(struct item_builder *b, const struct element *element, int rank);
void item_published(struct item_builder *b, const struct element *element, int rank);
void item_updated(struct item_builder *b, const struct element *element, int rank);
void item_rights(struct item_builder *b, const struct element *element, int rank);
