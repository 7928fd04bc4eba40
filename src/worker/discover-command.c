/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `crier-worker discover ADDRESS`, as people type one (url_typed()): a feed as it is, a page by the
 * feed that it announces, else by its list.  Prints {"kind": "feed"|"list", "url", "title",
 * "entries", "sample"}: sample holds the titles of the first entries.
 */
#include "config.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/message.h"
#include "base/status.h"
#include "base/url.h"
#include "document/html.h"
#include "feed/feed.h"
#include "fetch/http.h"
#include "portal/discover.h"
#include "portal/list.h"
#include "portal/interstitial.h"
#include "worker/commands.h"

#include <jansson.h>

#define SAMPLE    5
#define MAX_TRIES 5 /* of the links that may lead to a feed */
#define MAX_HOPS  5

static int
print_found(const char *kind, const char *url, const char *title, guint entries, json_t *sample)
{
    json_t *o = json_object();
    json_object_set_new(o, "kind", json_string(kind));
    g_autofree char *written = worker_written(url);
    json_object_set_new(o, "url", json_string(written));
    json_object_set_new(o, "title", title ? json_string(title) : json_null());
    json_object_set_new(o, "entries", json_integer(entries));
    json_object_set_new(o, "sample", sample);
    char *text = json_dumps(o, JSON_COMPACT);
    json_decref(o);
    print_rawf("%s\n", text);
    free(text);
    return STATUS_OK;
}

static int
print_feed(const char *url, const struct feed *feed)
{
    json_t *sample = json_array();
    for (guint i = 0; i < MIN(feed->items->len, SAMPLE); i++) {
        const struct feed_item *item = g_ptr_array_index(feed->items, i);
        if (item->title)
            json_array_append_new(sample, json_string(item->title));
    }
    return print_found("feed", url, feed->title, feed->items->len, sample);
}

enum which { NEWS, CALENDARS, COMMENTS };

/* Of the feeds that a page knows, and that are of this kind, the first that is one. */
static int
try_feeds(const struct context *context, const GPtrArray *feeds, enum which which)
{
    guint tried = 0;
    for (guint i = 0; i < feeds->len && tried < MAX_TRIES; i++) {
        const struct discovered *candidate = g_ptr_array_index(feeds, i);
        enum which own = candidate->comments ? COMMENTS : candidate->calendar ? CALENDARS : NEWS;
        if (own != which)
            continue;
        tried++;
        AUTO(response_free) struct response *answer = worker_get(context, candidate->url);
        AUTO(feed_free) struct feed *found = answer ? worker_feed(answer) : NULL;
        if (found && (found->items->len || candidate->rank == 1))
            return print_feed(candidate->url, found);
    }
    return STATUS_SOME;
}

static int
print_list(const char *where, struct page *page, const struct list *list)
{
    g_autoptr(GPtrArray) titles = page_select(page, NULL, "//title", NULL);
    g_autofree char *title = titles && titles->len ? html_text(g_ptr_array_index(titles, 0)) : NULL;
    json_t *sample = json_array();
    for (guint i = 0; i < MIN(list->entries->len, SAMPLE); i++)
        json_array_append_new(
            sample,
            json_string(((const struct list_entry *)g_ptr_array_index(list->entries, i))->title));
    return print_found("list", where, title, list->entries->len, sample);
}

static int discover(const struct context *context, const struct response *r, int hops);

static int
follow(const struct context *context, const char *url, int hops)
{
    AUTO(response_free) struct response *r = worker_get(context, url);
    return r ? discover(context, r, hops) : worker_request_status();
}

/* hops: pages that led on to this one by a refresh. */
static int
discover(const struct context *context, const struct response *r, int hops)
{
    const char *where = r->moved_to ? r->moved_to : r->request->url;
    AUTO(feed_free) struct feed *feed = worker_feed(r);
    if (feed)
        return print_feed(where, feed);
    AUTO(page_free) struct page *page = worker_page(r);
    g_autoptr(GPtrArray) feeds = discover_feeds(page);
    if (try_feeds(context, feeds, NEWS) == STATUS_OK)
        return STATUS_OK;
    g_autofree char *refresh = hops < MAX_HOPS ? interstitial_refresh(page) : NULL;
    if (refresh)
        return follow(context, refresh, hops + 1);
    struct list_options options = {.now = clock_now()};
    g_autoptr(GError) error = NULL;
    AUTO(list_free) struct list *list = list_extract(page, &options, &error);
    if (list)
        return print_list(where, page, list);
    if (try_feeds(context, feeds, CALENDARS) == STATUS_OK ||
        try_feeds(context, feeds, COMMENTS) == STATUS_OK)
        return STATUS_OK;
    message_error(_("%s: neither a feed nor a page with one, and %s"), r->request->url,
                  _(error->message));
    worker_propose_endpoints(page, r->request->url);
    return STATUS_SOME;
}

int
worker_discover(struct context *context, int argc, char **argv)
{
    (void)argc;
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) urls = url_typed(argv[1] ? argv[1] : "");
    if (!urls->len) {
        message_error(_("'%s' is not an http or https URL"), argv[1] ? argv[1] : "");
        return STATUS_USAGE;
    }
    if (!context_load(context, &error)) {
        message_error("%s", error->message);
        return STATUS_USAGE;
    }
    AUTO(response_free) struct response *r = worker_get_first(context, urls);
    return r ? discover(context, r, 0) : worker_request_status();
}
