/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The modules: Dublin Core and its terms, content, Media RSS, iTunes and Google Play,
 * events, slash, wfw, thr (RFC 4685), FeedBurner, Yandex, XHTML bodies.
 */
#include "config.h"

#include "feed/module.h"
#include "feed/feed-dates.h"

#include <string.h>

#define MAX_NESTING 8

/* --- Dublin Core, FeedBurner, discussions ------------------------------------------------ */

static void
read_dc_date(struct item_builder *b, const struct element *element, int rank)
{
    (void)rank;
    if (!date_is_known(&b->dc_date))
        b->dc_date = value_date(b->feed, element_text(element), element->line);
}

static void
read_language(struct item_builder *b, const struct element *element, int rank)
{
    (void)rank;
    const char *raw = element_text(element);
    value_take(&b->item->language, raw ? g_strdelimit(g_strdup(raw), "_", '-') : NULL);
}

static void
read_author(struct item_builder *b, const struct element *element, int rank)
{
    item_add_author(b, rank, value_person(element_text(element)));
}

static void
read_original_link(struct item_builder *b, const struct element *element, int rank)
{
    (void)rank;
    g_autofree char *base = element_base(element, b->base);
    value_take(&b->item->orig_link, value_url(element_text(element), base));
}

static void
read_comments_feed(struct item_builder *b, const struct element *element, int rank)
{
    (void)rank;
    g_autofree char *base = element_base(element, b->base);
    value_take(&b->item->comments_feed, value_url(element_text(element), base));
}

static void
read_comments_count(struct item_builder *b, const struct element *element, int rank)
{
    (void)rank;
    if (b->item->comments_count == FEED_NO_NUMBER)
        b->item->comments_count = value_number(element_text(element));
}

static void
read_xhtml(struct item_builder *b, const struct element *element, int rank)
{
    g_autofree char *base = element_base(element, b->base);
    item_offer(&b->content, rank, element_inner_xml(element), base);
}

/* --- media --------------------------------------------------------------------------------- */

static void
add_media(struct feed_item *item, const struct element *element, char *url)
{
    const char *medium = element_attribute(element, "medium"),
               *type = element_attribute(element, "type");
    if (medium ? g_str_equal(medium, "image") : type && g_str_has_prefix(type, "image/"))
        value_take(&item->image, g_strdup(url));
    if (item->media->len >= MAX_LIST) {
        g_free(url);
        return;
    }
    char *title = NULL;
    for (const struct element *child = element_first(element); child; child = element_next(child))
        if (element_is(child, NS_MEDIA, "title") || element_is(child, NS_MEDIA, "description"))
            value_take(&title, value_rss_text(child));
    const char *chosen = element_attribute(element, "isDefault");
    struct feed_enclosure *media = g_new0(struct feed_enclosure, 1);
    *media = (struct feed_enclosure){url,
                                     g_strdup(type),
                                     title,
                                     g_strdup(medium),
                                     value_number(element_attribute(element, "fileSize")),
                                     value_duration(element_attribute(element, "duration")),
                                     value_number(element_attribute(element, "width")),
                                     value_number(element_attribute(element, "height")),
                                     chosen && g_str_equal(chosen, "true"),
                                     false};
    g_ptr_array_add(item->media, media);
}

static void
read_thumbnail(struct item_builder *b, const struct element *element, int rank)
{
    (void)rank;
    g_autofree char *base = element_base(element, b->base);
    value_take(&b->item->image, value_url(element_attribute(element, "url"), base));
}

static void
read_player(struct item_builder *b, const struct element *element, int rank)
{
    (void)rank;
    g_autofree char *base = element_base(element, b->base);
    const char *url = element_attribute(element, "url");
    value_take(&b->item->player, value_url(url ? url : element_text(element), base));
}

static bool
is_picture(const struct feed_enclosure *media)
{
    return media->medium ? g_str_equal(media->medium, "image")
                         : media->type && g_str_has_prefix(media->type, "image/");
}

/* A group is one thing in several forms: of films and sound, and of pictures, one is meant. */
static void
choose_in_group(GPtrArray *list, guint from)
{
    for (int picture = 0; picture < 2; picture++) {
        const struct feed_enclosure *chosen = NULL;
        for (guint i = from; i < list->len; i++) {
            const struct feed_enclosure *media = g_ptr_array_index(list, i);
            if (is_picture(media) == (picture == 1) &&
                (!chosen || (media->is_default && !chosen->is_default)))
                chosen = media;
        }
        for (guint i = from; i < list->len; i++) {
            struct feed_enclosure *media = g_ptr_array_index(list, i);
            media->alternative |= is_picture(media) == (picture == 1) && media != chosen;
        }
    }
}

/* media:content and media:group, which hold the same elements and each other; rank is the depth. */
static void
read_media(struct item_builder *b, const struct element *element, int rank)
{
    g_autofree char *base = element_base(element, b->base);
    char *url = element_is(element, NS_MEDIA, "content")
                    ? value_url(element_attribute(element, "url"), base)
                    : NULL;
    guint before = b->item->media->len;
    if (url)
        add_media(b->item, element, url);
    for (const struct element *child = element_first(element); child; child = element_next(child)) {
        if (element_is(child, NS_MEDIA, "title"))
            item_title(b, child, 2);
        else if (element_is(child, NS_MEDIA, "description"))
            item_summary(b, child, 6);
        else if (element_is(child, NS_MEDIA, "thumbnail"))
            read_thumbnail(b, child, 0);
        else if (element_is(child, NS_MEDIA, "player") || element_is(child, NS_MEDIA, "embed"))
            read_player(b, child, 0);
        else if (rank < MAX_NESTING &&
                 (element_is(child, NS_MEDIA, "content") || element_is(child, NS_MEDIA, "group")))
            read_media(b, child, rank + 1);
        else
            module_read_category(b->item->categories, child);
    }
    if (element_is(element, NS_MEDIA, "group"))
        choose_in_group(b->item->media, before);
}

/* --- podcasts ------------------------------------------------------------------------------- */

bool
module_is_podcast(const struct element *element, const char *name)
{
    return element_is(element, NS_ITUNES, name) || element_is(element, NS_GOOGLEPLAY, name);
}

char *
module_image(const struct element *element, const char *document_base)
{
    const char *rel = element_attribute(element, "rel");
    bool image = module_is_podcast(element, "image");
    if (!image && !(module_is_podcast(element, "link") && rel && g_str_equal(rel, "image")))
        return NULL;
    g_autofree char *base = element_base(element, document_base);
    const char *href = element_attribute(element, "href");
    if (!href)
        href = element_attribute(element, "url");
    return value_url(href || !image ? href : element_text(element), base);
}

static void
read_image(struct item_builder *b, const struct element *element, int rank)
{
    (void)rank;
    value_take(&b->item->image, module_image(element, b->base));
}

static void
read_duration(struct item_builder *b, const struct element *element, int rank)
{
    (void)rank;
    b->item->duration = value_duration(element_text(element));
}

static void
read_explicit(struct item_builder *b, const struct element *element, int rank)
{
    (void)rank;
    static const char *const yes[] = {"yes", "true", NULL}, *const no[] = {"no", "false", "clean",
                                                                           NULL};
    const char *raw = element_text(element);
    g_autofree char *word = g_ascii_strdown(raw ? raw : "", -1);
    if (g_strv_contains(yes, word) || g_strv_contains(no, word))
        b->item->explicit_content = g_strv_contains(yes, word);
}

/* --- events --------------------------------------------------------------------------------- */

/* A time in its own zone, as precise as it is written; one that is none is said. */
static void
take_event_date(struct item_builder *b, const struct element *element, struct date *to)
{
    const char *raw = element_text(element);
    if (!raw || date_is_known(to))
        return;
    if (!feed_dates_parse(b->feed, raw, element->line, to)) {
        feed_warn(b->feed, "bad-date", element->line, "'%.60s' is no date", raw);
        *to = (struct date){0};
    }
}

static void
read_starts(struct item_builder *b, const struct element *element, int rank)
{
    (void)rank;
    take_event_date(b, element, &b->item->event.starts);
}

static void
read_ends(struct item_builder *b, const struct element *element, int rank)
{
    (void)rank;
    take_event_date(b, element, &b->item->event.ends);
}

static void
read_place(struct item_builder *b, const struct element *element, int rank)
{
    (void)rank;
    value_take(&b->item->event.place, value_rss_text(element));
}

/* --- categories ----------------------------------------------------------------------------- */

static void
add_keywords(GPtrArray *categories, const char *raw)
{
    g_auto(GStrv) words = g_strsplit(raw ? raw : "", ",", MAX_LIST);
    for (char **word = words; *word; word++)
        value_add_category(categories, value_text(*word, false), g_strdup("http://www.itunes.com/"),
                           NULL);
}

static void
add_podcast_category(GPtrArray *categories, const struct element *element, int depth)
{
    value_add_category(categories, value_text(element_attribute(element, "text"), false),
                       g_strdup("http://www.itunes.com/"), NULL);
    for (const struct element *child = element_first(element); child && depth < MAX_NESTING;
         child = element_next(child))
        if (module_is_podcast(child, "category"))
            add_podcast_category(categories, child, depth + 1);
}

bool
module_read_category(GPtrArray *categories, const struct element *element)
{
    if (element_is(element, NS_DC, "subject")) {
        value_add_category(categories, value_text(element_text(element), false), NULL, NULL);
    } else if (module_is_podcast(element, "category")) {
        add_podcast_category(categories, element, 0);
    } else if (module_is_podcast(element, "keywords")) {
        add_keywords(categories, element_text(element));
    } else if (element_is(element, NS_MEDIA, "category")) {
        const char *scheme = element_attribute(element, "scheme");
        value_add_category(
            categories, value_text(element_text(element), false),
            g_strdup(scheme ? scheme : "http://search.yahoo.com/mrss/category_schema"),
            g_strdup(element_attribute(element, "label")));
    } else {
        return false;
    }
    return true;
}

bool
module_read(struct item_builder *b, const struct element *element)
{
    static const struct item_row rows[] = {
        {NS_DC, "title", item_title, 1},
        {NS_DC, "description", item_summary, 1},
        {NS_DC, "creator", read_author, 1},
        {NS_DC, "author", read_author, 1},
        {NS_DC, "date", read_dc_date, 0},
        {NS_DC, "language", read_language, 0},
        {NS_DC, "rights", item_rights, 0},
        {NS_DCTERMS, "issued", item_published, 0},
        {NS_DCTERMS, "created", item_published, 0},
        {NS_DCTERMS, "modified", item_updated, 0},
        {NS_CONTENT, "encoded", item_content, 0},
        {NS_YANDEX, "full-text", item_content, 4},
        {NS_XHTML, "body", read_xhtml, 2},
        {NS_XHTML, "div", read_xhtml, 2},
        {NS_MEDIA, "title", item_title, 2},
        {NS_MEDIA, "description", item_summary, 6},
        {NS_MEDIA, "copyright", item_rights, 0},
        {NS_MEDIA, "thumbnail", read_thumbnail, 0},
        {NS_MEDIA, "player", read_player, 0},
        {NS_MEDIA, "embed", read_player, 0},
        {NS_MEDIA, "content", read_media, 0},
        {NS_MEDIA, "group", read_media, 0},
        {NS_ITUNES, "title", item_title, 3},
        {NS_ITUNES, "summary", item_summary, 3},
        {NS_ITUNES, "subtitle", item_summary, 4},
        {NS_ITUNES, "author", read_author, 2},
        {NS_ITUNES, "image", read_image, 0},
        {NS_ITUNES, "link", read_image, 0},
        {NS_ITUNES, "duration", read_duration, 0},
        {NS_ITUNES, "explicit", read_explicit, 0},
        {NS_GOOGLEPLAY, "title", item_title, 3},
        {NS_GOOGLEPLAY, "summary", item_summary, 3},
        {NS_GOOGLEPLAY, "subtitle", item_summary, 4},
        {NS_GOOGLEPLAY, "description", item_summary, 5},
        {NS_GOOGLEPLAY, "author", read_author, 2},
        {NS_GOOGLEPLAY, "image", read_image, 0},
        {NS_GOOGLEPLAY, "duration", read_duration, 0},
        {NS_GOOGLEPLAY, "explicit", read_explicit, 0},
        {NS_EVENT, "startdate", read_starts, 0},
        {NS_EVENT, "enddate", read_ends, 0},
        {NS_EVENT, "location", read_place, 0},
        {NS_XCAL, "dtstart", read_starts, 0},
        {NS_XCAL, "dtend", read_ends, 0},
        {NS_XCAL, "location", read_place, 0},
        {NS_SLASH, "comments", read_comments_count, 0},
        {NS_THR, "total", read_comments_count, 0},
        {NS_WFW, "commentRss", read_comments_feed, 0},
        {NS_FEEDBURNER, "origLink", read_original_link, 0},
    };
    return item_read(b, element, rows, G_N_ELEMENTS(rows)) ||
           module_read_category(b->item->categories, element);
}
