/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sitemaps (sitemaps.org 0.9) with the news and image extensions, and their indexes.  Many
 * portals without feeds keep one for search engines: it names every page and when it
 * changed; a news sitemap has titles too.
 */
#include "config.h"

#include "feed/sitemap.h"

#include <string.h>

static const char *
child_text(const struct element *parent, enum feed_ns ns, const char *name)
{
    for (const struct element *e = element_first(parent); e; e = element_next(e))
        if (ns == NS_NONE ? element_is_core(e, name) : element_is(e, ns, name))
            return element_text(e);
    return NULL;
}

static void
read_news(struct feed *feed, struct feed_item *item, const struct element *news)
{
    item->title = value_text(child_text(news, NS_NEWS, "title"), false);
    item->published = value_date(feed, child_text(news, NS_NEWS, "publication_date"), news->line);
    const char *keywords = child_text(news, NS_NEWS, "keywords");
    g_auto(GStrv) words = g_strsplit(keywords ? keywords : "", ",", MAX_LIST);
    for (char **word = words; *word; word++)
        value_add_category(item->categories, value_text(*word, false), NULL, NULL);
    for (const struct element *e = element_first(news); e; e = element_next(e)) {
        if (!element_is(e, NS_NEWS, "publication"))
            continue;
        const char *language = child_text(e, NS_NEWS, "language");
        value_take(&item->language, g_strdup(language));
        value_take(&item->source_title, value_text(child_text(e, NS_NEWS, "name"), false));
        value_take(&feed->title, g_strdup(item->source_title));
    }
}

void
sitemap_read_url(struct feed *feed, const struct element *url, const struct feed_options *options)
{
    char *link = value_url(child_text(url, NS_NONE, "loc"), options->url);
    if (!link)
        return;
    struct feed_item *item = feed_add_item(feed);
    item->link = link;
    item->updated = value_date(feed, child_text(url, NS_NONE, "lastmod"), url->line);
    for (const struct element *e = element_first(url); e; e = element_next(e)) {
        if (element_is(e, NS_NEWS, "news"))
            read_news(feed, item, e);
        else if (element_is(e, NS_IMAGE, "image"))
            value_take(&item->image, value_url(child_text(e, NS_IMAGE, "loc"), options->url));
    }
}

void
sitemap_read_part(struct feed *feed, const struct element *part, const struct feed_options *options)
{
    g_autofree char *url = value_url(child_text(part, NS_NONE, "loc"), options->url);
    if (!url)
        return;
    struct date changed = value_date(feed, child_text(part, NS_NONE, "lastmod"), part->line);
    bool is_news = strstr(url, "news") != NULL, was_news = feed->next && strstr(feed->next, "news");
    bool better = !feed->next || (is_news && !was_news) ||
                  (is_news == was_news && date_compare(&changed, &feed->updated) > 0);
    if (!better)
        return;
    g_free(feed->next);
    feed->next = g_steal_pointer(&url);
    feed->updated = changed;
}

static const struct date *
latest(const struct feed_item *item)
{
    return date_compare(&item->published, &item->updated) > 0 ? &item->published : &item->updated;
}

static int
by_newest(gconstpointer a, gconstpointer b)
{
    const struct feed_item *x = *(const struct feed_item *const *)a,
                           *y = *(const struct feed_item *const *)b;
    return date_compare(latest(y), latest(x));
}

void
sitemap_finish(struct feed *feed, bool index)
{
    feed->format = index ? "sitemapindex" : "sitemap";
    feed->version = g_strdup("0.9");
    g_ptr_array_sort(feed->items, by_newest);
    if (feed->items->len > SITEMAP_ENTRIES) {
        feed_warn(feed, "limit", 0, "the newest %d of %u pages were taken", SITEMAP_ENTRIES,
                  feed->items->len);
        g_ptr_array_set_size(feed->items, SITEMAP_ENTRIES);
    }
}
