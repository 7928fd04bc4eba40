/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the XML formats share while they read an item: what several elements may say is kept by
 * rank.
 */
#include "config.h"

#include "feed/item-builder.h"

#include <string.h>

void
item_begin(struct item_builder *b, struct feed *feed, const char *base)
{
    *b = (struct item_builder){.feed = feed, .base = base};
    b->item = feed_add_item(feed);
}

bool
item_read(struct item_builder *b, const struct element *element, const struct item_row *rows,
          size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct item_row *row = &rows[i];
        if (row->ns == NS_NONE ? element_is_core(element, row->name)
                               : element_is(element, row->ns, row->name)) {
            row->read(b, element, row->rank);
            return true;
        }
    }
    return false;
}

void
item_offer(struct ranked *slot, int rank, char *html, const char *base)
{
    if (!html)
        return;
    if (slot->html && slot->rank <= rank) {
        g_free(html);
        return;
    }
    g_free(slot->html);
    g_free(slot->base);
    g_free(slot->plain);
    *slot = (struct ranked){html, g_strdup(base), NULL, false, rank};
}

/* Notes what the HTML that was just offered is as plain text, if it was taken; takes plain. */
static void
note_plain(struct ranked *slot, const char *html, char *plain, bool wrapped)
{
    if (!html || slot->html != html) {
        g_free(plain);
        return;
    }
    slot->plain = plain;
    slot->wrapped = wrapped;
}

void
item_offer_plain(struct ranked *slot, int rank, char *plain, bool wrapped, const char *base)
{
    char *html = plain ? value_escape(plain) : NULL;
    item_offer(slot, rank, html, base);
    note_plain(slot, html, plain, wrapped);
}

void
item_add_author(struct item_builder *b, int rank, struct feed_person *person)
{
    if (!person)
        return;
    if (!b->authors[rank])
        b->authors[rank] = g_ptr_array_new_with_free_func(feed_person_free);
    value_add_person(b->authors[rank], person);
}

void
item_title(struct item_builder *b, const struct element *element, int rank)
{
    value_take(&b->titles[rank], value_rss_text(element));
}

static void
offer_markup(struct item_builder *b, struct ranked *slot, const struct element *element, int rank)
{
    g_autofree char *markup = element_markup(element);
    if (!markup)
        return;
    g_autofree char *base = element_base(element, b->base);
    /*
     * RSS is written by hand and by mail programs; what describes a film or a podcast has its lines
     * set
     */
    bool set = element->ns == NS_MEDIA || element->ns == NS_ITUNES || element->ns == NS_GOOGLEPLAY;
    if (!value_looks_like_html(markup)) {
        item_offer_plain(slot, rank, g_steal_pointer(&markup), !set, base);
        return;
    }
    /* references, but no element: still plain text, that was escaped once more */
    char *plain = strchr(markup, '<') ? NULL : value_dereference(markup),
         *html = g_steal_pointer(&markup);
    item_offer(slot, rank, html, base);
    note_plain(slot, html, plain, !set);
}

void
item_summary(struct item_builder *b, const struct element *element, int rank)
{
    offer_markup(b, &b->summary, element, rank);
}

void
item_content(struct item_builder *b, const struct element *element, int rank)
{
    offer_markup(b, &b->content, element, rank);
}

static void
take_date(struct item_builder *b, const struct element *element, struct date *to)
{
    if (!date_is_known(to))
        *to = value_date(b->feed, element_text(element), element->line);
}

void
item_published(struct item_builder *b, const struct element *element, int rank)
{
    (void)rank;
    take_date(b, element, &b->item->published);
}

void
item_updated(struct item_builder *b, const struct element *element, int rank)
{
    (void)rank;
    take_date(b, element, &b->item->updated);
}

void
item_rights(struct item_builder *b, const struct element *element, int rank)
{
    (void)rank;
    value_take(&b->item->rights, value_rss_text(element));
}

static void
take_image_of_enclosures(struct feed_item *item)
{
    for (guint i = 0; i < item->enclosures->len && !item->image; i++) {
        const struct feed_enclosure *enclosure = g_ptr_array_index(item->enclosures, i);
        if (enclosure->type && g_str_has_prefix(enclosure->type, "image/"))
            item->image = g_strdup(enclosure->url);
    }
}

void
item_finish(struct item_builder *b)
{
    struct feed_item *item = b->item;
    for (size_t i = 0; i < G_N_ELEMENTS(b->titles); i++)
        value_take(&item->title, g_steal_pointer(&b->titles[i]));
    item->summary_html = b->summary.html;
    item->summary_base = b->summary.base;
    item->summary_plain = b->summary.plain;
    item->summary_wrapped = b->summary.wrapped;
    item->content_plain = b->content.plain;
    item->content_wrapped = b->content.wrapped;
    item->content_html = b->content.html;
    item->content_base = b->content.base;
    if (!date_is_known(&item->published))
        item->published = b->dc_date;
    if (!date_is_known(&item->updated))
        item->updated = b->dc_date;
    for (size_t i = 0; i < G_N_ELEMENTS(b->authors); i++) {
        if (!b->authors[i])
            continue;
        while (b->authors[i]->len)
            value_add_person(item->authors, g_ptr_array_steal_index(b->authors[i], 0));
        g_ptr_array_unref(b->authors[i]);
    }
    take_image_of_enclosures(item);
    if (item->links->len >= MAX_LIST || item->categories->len >= MAX_LIST ||
        item->enclosures->len >= MAX_LIST || item->media->len >= MAX_LIST ||
        item->authors->len >= MAX_LIST)
        feed_warn(b->feed, "limit", 0, "an entry lists more than %d things of a kind", MAX_LIST);
}
