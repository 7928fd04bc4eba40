/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A feed as a value, whatever format it was written in: the channel, its items and what they list.
 * "text" fields are clean one-line text, "html" fields are HTML that is not sanitised, dates are
 * moments (precision DATE_SECOND) or none.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/auto.h"
#include "text/charset.h"
#include "text/date.h"
#include "text/event.h"

#define FEED_NO_NUMBER G_MININT64

#define FEED_ERROR feed_error_quark()
GQuark feed_error_quark(void);
enum feed_error {
    FEED_ERROR_EMPTY,
    FEED_ERROR_NOT_A_FEED,
    FEED_ERROR_MALFORMED,
    FEED_ERROR_LIMIT,
};

/* The word for an error code in machine output: "empty", "not-a-feed", … */
const char *feed_error_word(const GError *error);

struct feed_person {
    char *name, *email, *url;
};

struct feed_category {
    char *term, *scheme, *label;
};

struct feed_link {
    char *url, *rel, *type, *title, *hreflang;
    gint64 length;
};

struct feed_enclosure { /* and media:content */
    char *url, *type, *title, *medium;
    gint64 length, duration, width, height;
    /* of a media:group: what is meant unless one chooses; another form of that */
    bool is_default, alternative;
};

struct feed_image {
    char *url, *title, *link;
    gint64 width, height;
};

struct feed_warning {
    const char *code; /* "malformed", "encoding", "bad-date", "bad-url", "limit" */
    int line;
    char *message;
};

struct feed_item {
    char *id, *title, *link, *orig_link, *rights, *language;
    int id_is_permalink; /* -1: no id of that kind */
    GPtrArray *links, *authors, *categories, *enclosures, *media;
    struct date published, updated;
    struct event event;
    char *summary_html, *summary_base, *content_html, *content_base, *content_src;
    /* the same as it was written, where it is plain text; else NULL */
    char *summary_plain, *content_plain;
    /* its lines may have been broken for their length alone */
    bool summary_wrapped, content_wrapped;
    char *player; /* media:player: a page that plays it, or NULL */
    char *image, *comments, *comments_feed;
    gint64 comments_count, duration;
    char *source_id, *source_title, *source_link;
    struct date source_updated;
    bool has_source;
    int explicit_content; /* -1: not stated */
};

struct feed {
    const char *format; /* "rss", "rdf", "atom", "json", "ical", "sitemap", "sitemapindex" */
    char *version, *encoding, *encoding_evidence;
    char *id, *title, *description, *link, *self, *next, *older, *hub, *language, *rights,
        *generator, *icon;
    /* next: the next page (RFC 5005 §3); older: the archive before this document (§4) */
    GPtrArray *links, *authors, *categories;
    struct date published, updated;
    gint64 ttl;
    GArray *skip_hours;   /* int */
    GPtrArray *skip_days; /* char * */
    struct feed_image *image;
    GPtrArray *items;    /* owned struct feed_item * */
    GPtrArray *warnings; /* owned struct feed_warning * */
    struct feed_dates {  /* while it is read: feed/feed-dates.h */
        struct date_style style;
        enum date_order usual;
        const char *text; /* borrowed */
        gsize length;
        bool counted, warned, stated;
    } dates;
};

struct feed_options {
    struct charset_hints charset;
    const char *url;         /* where the bytes came from, after redirects; or NULL */
    struct date_style dates; /* what is known of how they are written */
    int64_t now;             /* of what recurs the next occurrence is told; 0: the first */
    bool sitemaps;           /* they count as feeds too */
    /*
     * ical_read(), or NULL: calendars count as no feeds.  It is said here because what it links
     * costs a tenth of the time that reading a page takes.
     */
    void (*calendars)(struct feed *feed, const char *text, gsize length,
                      const struct feed_options *options);
};

struct feed *feed_new(void);
void feed_free(struct feed *feed);
DEFINE_AUTO_FREE(feed, feed_free)

/* Adds an empty item to the feed, which owns it. */
struct feed_item *feed_add_item(struct feed *feed);

/*
 * Notes what was wrong with the bytes; code is static.  What comes after the first 50 is dropped.
 */
void feed_warn(struct feed *feed, const char *code, int line, const char *format, ...)
    G_GNUC_PRINTF(4, 5);

/* Takes url, which may be NULL; the first image of a feed stays. */
void feed_take_image(struct feed *feed, char *url);

void feed_person_free(gpointer person);
void feed_link_free(gpointer link);
void feed_category_free(gpointer category);
void feed_image_free(struct feed_image *image);
