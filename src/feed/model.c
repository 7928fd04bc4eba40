/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The feed as a value: how it is made, grows and ends, and the errors of this module. */
#include "config.h"

#include "feed/model.h"

G_DEFINE_QUARK(crier_feed_error, feed_error)

const char *
feed_error_word(const GError *error)
{
    switch (error->domain == FEED_ERROR ? (enum feed_error)error->code : FEED_ERROR_MALFORMED) {
    case FEED_ERROR_EMPTY:
        return "empty";
    case FEED_ERROR_NOT_A_FEED:
        return "not-a-feed";
    case FEED_ERROR_LIMIT:
        return "limit";
    case FEED_ERROR_MALFORMED:
        break;
    }
    return "malformed";
}

void
feed_person_free(gpointer data)
{
    struct feed_person *person = data;
    g_free(person->name);
    g_free(person->email);
    g_free(person->url);
    g_free(person);
}

void
feed_category_free(gpointer data)
{
    struct feed_category *category = data;
    g_free(category->term);
    g_free(category->scheme);
    g_free(category->label);
    g_free(category);
}

void
feed_link_free(gpointer data)
{
    struct feed_link *link = data;
    g_free(link->url);
    g_free(link->rel);
    g_free(link->type);
    g_free(link->title);
    g_free(link->hreflang);
    g_free(link);
}

static void
enclosure_free(gpointer data)
{
    struct feed_enclosure *enclosure = data;
    g_free(enclosure->url);
    g_free(enclosure->type);
    g_free(enclosure->title);
    g_free(enclosure->medium);
    g_free(enclosure);
}

static void
warning_free(gpointer data)
{
    struct feed_warning *warning = data;
    g_free(warning->message);
    g_free(warning);
}

static void
item_free(gpointer data)
{
    struct feed_item *item = data;
    char *strings[] = {item->id,           item->title,         item->link,
                       item->orig_link,    item->rights,        item->language,
                       item->summary_html, item->summary_base,  item->content_html,
                       item->content_base, item->summary_plain, item->content_plain,
                       item->player,       item->content_src,   item->image,
                       item->comments,     item->comments_feed, item->source_id,
                       item->source_title, item->source_link};
    for (size_t i = 0; i < G_N_ELEMENTS(strings); i++)
        g_free(strings[i]);
    event_clear(&item->event);
    g_ptr_array_unref(item->links);
    g_ptr_array_unref(item->authors);
    g_ptr_array_unref(item->categories);
    g_ptr_array_unref(item->enclosures);
    g_ptr_array_unref(item->media);
    g_free(item);
}

struct feed_item *
feed_add_item(struct feed *feed)
{
    struct feed_item *item = g_new0(struct feed_item, 1);
    item->id_is_permalink = item->explicit_content = -1;
    item->comments_count = item->duration = FEED_NO_NUMBER;
    item->links = g_ptr_array_new_with_free_func(feed_link_free);
    item->authors = g_ptr_array_new_with_free_func(feed_person_free);
    item->categories = g_ptr_array_new_with_free_func(feed_category_free);
    item->enclosures = g_ptr_array_new_with_free_func(enclosure_free);
    item->media = g_ptr_array_new_with_free_func(enclosure_free);
    g_ptr_array_add(feed->items, item);
    return item;
}

struct feed *
feed_new(void)
{
    struct feed *feed = g_new0(struct feed, 1);
    feed->ttl = FEED_NO_NUMBER;
    feed->links = g_ptr_array_new_with_free_func(feed_link_free);
    feed->authors = g_ptr_array_new_with_free_func(feed_person_free);
    feed->categories = g_ptr_array_new_with_free_func(feed_category_free);
    feed->skip_hours = g_array_new(FALSE, FALSE, sizeof(int));
    feed->skip_days = g_ptr_array_new_with_free_func(g_free);
    feed->items = g_ptr_array_new_with_free_func(item_free);
    feed->warnings = g_ptr_array_new_with_free_func(warning_free);
    return feed;
}

void
feed_image_free(struct feed_image *image)
{
    g_free(image->url);
    g_free(image->title);
    g_free(image->link);
    g_free(image);
}

void
feed_take_image(struct feed *feed, char *url)
{
    if (!url || feed->image) {
        g_free(url);
        return;
    }
    feed->image = g_new0(struct feed_image, 1);
    *feed->image = (struct feed_image){url, NULL, NULL, FEED_NO_NUMBER, FEED_NO_NUMBER};
}

void
feed_free(struct feed *feed)
{
    char *strings[] = {feed->version, feed->encoding,  feed->encoding_evidence,
                       feed->id,      feed->title,     feed->description,
                       feed->link,    feed->self,      feed->next,
                       feed->older,   feed->hub,       feed->language,
                       feed->rights,  feed->generator, feed->icon};
    for (size_t i = 0; i < G_N_ELEMENTS(strings); i++)
        g_free(strings[i]);
    if (feed->image)
        feed_image_free(feed->image);
    g_ptr_array_unref(feed->links);
    g_ptr_array_unref(feed->authors);
    g_ptr_array_unref(feed->categories);
    g_array_unref(feed->skip_hours);
    g_ptr_array_unref(feed->skip_days);
    g_ptr_array_unref(feed->items);
    g_ptr_array_unref(feed->warnings);
    g_free(feed);
}

void
feed_warn(struct feed *feed, const char *code, int line, const char *format, ...)
{
    if (feed->warnings->len >= 50)
        return; /* enough to know that it is broken */
    struct feed_warning *warning = g_new0(struct feed_warning, 1);
    va_list args;
    va_start(args, format);
    warning->code = code;
    warning->line = line;
    warning->message = g_strdup_vprintf(format, args);
    va_end(args);
    g_ptr_array_add(feed->warnings, warning);
}
