/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What formats share while they read an entry. */
#include "config.h"

#include "feed/entry.h"

#include <string.h>

void
entry_begin(struct entry *entry, struct feed *feed, const struct feed_options *options, const char *base)
{
    *entry = (struct entry){.feed = feed, .options = options, .base = base, .dc_date = FEED_NO_TIME};
    entry->item = feed_add_item(feed);
}

bool
entry_read(struct entry *entry, const struct element *element, const struct entry_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct entry_row *row = &rows[i];
        if (row->ns == NS_NONE ? element_is_core(element, row->name) : element_is(element, row->ns, row->name)) {
            row->read(entry, element, row->rank);
            return true;
        }
    }
    return false;
}

void
entry_offer(struct ranked *slot, int rank, char *html, const char *base)
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
entry_offer_plain(struct ranked *slot, int rank, char *plain, bool wrapped, const char *base)
{
    char *html = plain ? value_escape(plain) : NULL;
    entry_offer(slot, rank, html, base);
    note_plain(slot, html, plain, wrapped);
}

void
entry_add_author(struct entry *entry, int rank, struct feed_person *person)
{
    if (!person)
        return;
    if (!entry->authors[rank])
        entry->authors[rank] = g_ptr_array_new_with_free_func(feed_person_free);
    value_add_person(entry->authors[rank], person);
}

void
entry_title(struct entry *entry, const struct element *element, int rank)
{
    value_take(&entry->titles[rank], value_rss_text(element));
}

static void
offer_markup(struct entry *entry, struct ranked *slot, const struct element *element, int rank)
{
    g_autofree char *markup = element_markup(element);
    if (!markup)
        return;
    g_autofree char *base = element_base(element, entry->base);
    /* RSS is written by hand and by mail programs; what describes a film or a podcast has its lines set */
    bool set = element->ns == NS_MEDIA || element->ns == NS_ITUNES || element->ns == NS_GOOGLEPLAY;
    if (!value_looks_like_html(markup)) {
        entry_offer_plain(slot, rank, g_steal_pointer(&markup), !set, base);
        return;
    }
    /* references, but no element: still plain text, that was escaped once more */
    char *plain = strchr(markup, '<') ? NULL : value_dereference(markup), *html = g_steal_pointer(&markup);
    entry_offer(slot, rank, html, base);
    note_plain(slot, html, plain, !set);
}

void
entry_summary(struct entry *entry, const struct element *element, int rank)
{
    offer_markup(entry, &entry->summary, element, rank);
}

void
entry_content(struct entry *entry, const struct element *element, int rank)
{
    offer_markup(entry, &entry->content, element, rank);
}

static void
take_time(struct entry *entry, const struct element *element, int64_t *to, int *offset)
{
    if (*to == FEED_NO_TIME)
        *to = value_time(entry->feed, element_text(element), entry->options, element->line, offset);
}

void
entry_published(struct entry *entry, const struct element *element, int rank)
{
    (void)rank;
    take_time(entry, element, &entry->item->published, &entry->item->published_offset);
}

void
entry_updated(struct entry *entry, const struct element *element, int rank)
{
    (void)rank;
    take_time(entry, element, &entry->item->updated, NULL);
}

void
entry_rights(struct entry *entry, const struct element *element, int rank)
{
    (void)rank;
    value_take(&entry->item->rights, value_rss_text(element));
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
entry_finish(struct entry *entry)
{
    struct feed_item *item = entry->item;
    for (size_t i = 0; i < G_N_ELEMENTS(entry->titles); i++)
        value_take(&item->title, g_steal_pointer(&entry->titles[i]));
    item->summary_html = entry->summary.html;
    item->summary_base = entry->summary.base;
    item->summary_plain = entry->summary.plain;
    item->summary_wrapped = entry->summary.wrapped;
    item->content_plain = entry->content.plain;
    item->content_wrapped = entry->content.wrapped;
    item->content_html = entry->content.html;
    item->content_base = entry->content.base;
    if (item->published == FEED_NO_TIME)
        item->published = entry->dc_date;
    if (item->updated == FEED_NO_TIME)
        item->updated = entry->dc_date;
    for (size_t i = 0; i < G_N_ELEMENTS(entry->authors); i++) {
        if (!entry->authors[i])
            continue;
        while (entry->authors[i]->len)
            value_add_person(item->authors, g_ptr_array_steal_index(entry->authors[i], 0));
        g_ptr_array_unref(entry->authors[i]);
    }
    take_image_of_enclosures(item);
    if (item->links->len >= MAX_LIST || item->categories->len >= MAX_LIST || item->enclosures->len >= MAX_LIST ||
        item->media->len >= MAX_LIST || item->authors->len >= MAX_LIST)
        feed_warn(entry->feed, "limit", 0, "an entry lists more than %d things of a kind", MAX_LIST);
}
