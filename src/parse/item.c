/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Items of feeds as entries: text made clean, titles made up, dates judged, pictures and
 * attachments taken.
 */
#include "config.h"

#include "parse/item.h"
#include "base/detail.h"
#include "base/clean.h"
#include "base/url.h"
#include "document/html-import.h"

#include <string.h>

/* bytes of documents that whoever stores them packs, and need not unpack to look at them */
#define MAX_PLAIN (2 << 20)

/* "2027-01-01 10:00", in its own zone, for people. */
static char *
stated(const struct date *date)
{
    g_autoptr(GDateTime)
        moment = g_date_time_new_from_unix_utc(date->time + (int64_t)date->offset * 60);
    char *text = moment ? g_date_time_format(moment, date->precision == DATE_DAY ? "%Y-%m-%d"
                                                                                 : "%Y-%m-%d %H:%M")
                        : NULL;
    return text ? text : g_strdup("?");
}

bool
item_is_plausible(struct item_reading *reading, const struct date *date, const char *title)
{
    if (date_is_plausible(date, reading->now))
        return true;
    bool ahead = date->time > reading->now;
    g_autofree char *text = stated(date);
    problems_add(reading->warnings,
                 problem_newf(PROBLEM_BAD_DATE, NULL, PROBLEM_NO_NUMBER,
                              ahead ? DETAIL_DATE_AHEAD : DETAIL_DATE_EARLY, text, title));
    reading->redate |= ahead;
    return false;
}

/* "/2025/06/new-bridge.html" -> "new bridge"; NULL when it is a number or nothing. */
static char *
title_of_link(const char *link)
{
    g_autoptr(GUri) uri = link ? g_uri_parse(link, G_URI_FLAGS_PARSE_RELAXED, NULL) : NULL;
    g_auto(GStrv) parts = g_strsplit(uri ? g_uri_get_path(uri) : "", "/", -1);
    const char *last = NULL;
    for (char **part = parts; *part; part++)
        if (**part)
            last = *part;
    if (!last)
        return NULL;
    g_autofree char *words = g_strndup(last, strcspn(last, "."));
    g_strdelimit(words, "-_+", ' ');
    g_autofree char *clean = text_squeeze(words, -1);
    return strpbrk(clean, " ") ? g_steal_pointer(&clean) : NULL;
}

char *
item_title_from(const struct document *document, const char *link)
{
    g_autofree char *plain = document ? document_plain(document) : NULL,
                    *line = plain ? text_squeeze(plain, -1) : NULL;
    if (!line || !*line) {
        char *words = title_of_link(link);
        return words ? words : g_strdup("");
    }
    if (g_utf8_strlen(line, -1) <= 60)
        return g_steal_pointer(&line);
    g_autofree char *cut = g_utf8_substring(line, 0, 60);
    return g_strconcat(cut, "…", NULL);
}

char *
item_clean(const char *text)
{
    char *clean = text ? text_squeeze(text, -1) : NULL;
    if (clean && !*clean)
        g_clear_pointer(&clean, g_free);
    return clean;
}

/* The text of an item: what is plain keeps its lines. */
static struct document *
document_of(const struct feed_item *item, const char *link, bool *cut)
{
    *cut = false;
    bool content = item->content_html;
    const char *plain = content ? item->content_plain : item->summary_plain,
               *html = content ? item->content_html : item->summary_html;
    const char *base = content ? item->content_base : item->summary_base;
    if (plain)
        return document_from_plain(plain, content ? item->content_wrapped : item->summary_wrapped);
    return html ? html_import_told(html, base ? base : link, cut) : document_new();
}

static bool
is_image(const struct feed_enclosure *media)
{
    return media->medium ? g_str_equal(media->medium, "image")
                         : media->type && g_str_has_prefix(media->type, "image/");
}

/* Whether two addresses differ in nothing but how large a picture is asked for. */
static bool
is_same_picture(const char *one, const char *other)
{
    gsize length = strcspn(one, "?#");
    return length == strcspn(other, "?#") && !strncmp(one, other, length);
}

/* Pictures that stand beside the text, of each the widest, unless they stand in it. */
static void
add_pictures(struct document *document, const struct feed_item *item)
{
    g_autoptr(GPtrArray) pictures = g_ptr_array_new(); /* of const struct feed_enclosure * */
    for (guint i = 0; i < item->media->len; i++) {
        const struct feed_enclosure *media = g_ptr_array_index(item->media, i);
        if (!is_image(media) || media->alternative || !url_is_web(media->url))
            continue;
        guint at = 0;
        while (
            at < pictures->len &&
            !is_same_picture(((const struct feed_enclosure *)pictures->pdata[at])->url, media->url))
            at++;
        if (at == pictures->len)
            g_ptr_array_add(pictures, (gpointer)media);
        else if (media->width > ((const struct feed_enclosure *)pictures->pdata[at])->width)
            pictures->pdata[at] = (gpointer)media;
    }
    guint own = document->blocks->len;
    for (guint i = 0; i < pictures->len; i++) {
        const struct feed_enclosure *media = g_ptr_array_index(pictures, i);
        g_autofree char *clean = item_clean(media->url), *url = document_safe_url(clean);
        bool known = !url;
        for (guint b = 0; b < own && !known; b++) {
            const struct block *block = g_ptr_array_index(document->blocks, b);
            known = block->type == BLOCK_PICTURE && block->url && is_same_picture(block->url, url);
        }
        if (known)
            continue;
        struct block *block = document_add(document, BLOCK_PICTURE, 0);
        block->url = g_steal_pointer(&url);
        block->alt = item_clean(media->title);
    }
}

static void
add_attachment(struct entry *e, const char *url, const char *title, const char *type, gint64 length)
{
    g_autofree char *clean = url_is_web(url) ? item_clean(url) : NULL;
    bool known = !clean;
    for (guint i = 0; e->attachments && i < e->attachments->len && !known; i++)
        known = g_str_equal(
            ((const struct stored_attachment *)g_ptr_array_index(e->attachments, i))->url, clean);
    if (known)
        return;
    entry_add_attachment(e, g_steal_pointer(&clean), item_clean(title), item_clean(type),
                         MAX(length, -1));
}

/*
 * Enclosures, films and sound of Media RSS, what plays them, and content that lies elsewhere (RFC
 * 4287 §4.1.3.2).
 */
static void
take_attachments(struct entry *e, const struct feed_item *item)
{
    for (guint i = 0; i < item->enclosures->len; i++) {
        const struct feed_enclosure *enclosure = g_ptr_array_index(item->enclosures, i);
        add_attachment(e, enclosure->url, enclosure->title, enclosure->type, enclosure->length);
    }
    bool played = false;
    for (guint i = 0; i < item->media->len; i++) {
        const struct feed_enclosure *media = g_ptr_array_index(item->media, i);
        /* nothing plays it any more; the entry's link does */
        bool flash = media->type && strstr(media->type, "flash");
        if (is_image(media) || media->alternative || (flash && e->link))
            continue;
        add_attachment(e, media->url, media->title, media->type ? media->type : media->medium,
                       media->length);
        played = true;
    }
    if (!played && g_strcmp0(item->player, e->link))
        add_attachment(e, item->player, NULL, NULL, -1);
    if (!item->content_html && g_strcmp0(item->content_src, e->link))
        add_attachment(e, item->content_src, NULL, NULL, -1);
}

struct stored_document *
item_store_document(struct item_reading *reading, const struct document *document)
{
    if (reading->plain >= MAX_PLAIN)
        return stored_document_new(document);
    struct stored_document *stored = stored_document_plain(document);
    reading->plain += g_bytes_get_size(stored->plain);
    return stored;
}

struct entry *
item_take(struct item_reading *reading, const struct feed_item *item)
{
    struct entry *e = entry_new();
    e->id = item_clean(item->id);
    e->link = url_is_web(item->link) ? item_clean(item->link) : NULL;
    bool cut;
    AUTO(document_free) struct document *document = document_of(item, e->link, &cut);
    if (cut)
        problems_add(reading->warnings, problem_newf(PROBLEM_LIMIT, NULL, PROBLEM_NO_NUMBER,
                                                     "the text of '%.60s' has too many elements",
                                                     item->title ? item->title : "?"));
    add_pictures(document, item);
    if (!document_is_empty(document))
        e->document = item_store_document(reading, document);
    e->title = item_clean(item->title);
    e->untitled = !e->title;
    if (!e->title)
        e->title = item_title_from(document, e->link);
    if (!e->id && !e->link && document) {
        g_autofree char *plain = document_plain(document);
        e->digest = g_compute_checksum_for_string(G_CHECKSUM_SHA1, plain, -1);
    }
    if (item->authors->len) {
        const struct feed_person *person = g_ptr_array_index(item->authors, 0);
        e->author = item_clean(person->name ? person->name : person->email);
    }
    e->publisher = item_clean(item->source_title);
    if (item->categories->len)
        e->section = item_clean(
            ((const struct feed_category *)g_ptr_array_index(item->categories, 0))->term);
    e->language = item_clean(item->language);
    e->published = item->published;
    if (!date_is_known(&e->published)) {
        e->published = item->updated;
        e->published.offset = 0;
    }
    if (date_is_known(&e->published) && !item_is_plausible(reading, &e->published, e->title))
        e->published.precision = DATE_NONE;
    e->updated = item->updated;
    e->event = item->event;
    e->event.place = item_clean(item->event.place);
    take_attachments(e, item);
    return e;
}
