/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `crier-worker discover [--all] ADDRESS`, as people type one (config/typed.h): a feed as it is, a
 * page by the feeds that it announces or links to, else by its list, else by a feed at one of the
 * addresses where such systems have one.
 *
 * Prints one object, of what is best: {"kind": "feed"|"list", "url", "title", "entries", "sample",
 * "page", "feeds"}: sample holds the titles of the first entries; feeds, all that the page has, in its
 * order, those of comments last: {"url", "title", "name", "comments", "entries"}.  name is what the
 * page calls one whose own title does not tell it from the others.  Without --all only the best
 * one is looked at, and of the others those are named that say of themselves that they are feeds,
 * with null entries.
 */
#include "config.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/message.h"
#include "base/status.h"
#include "base/url.h"
#include "config/catalogue.h"
#include "config/typed.h"
#include "document/html.h"
#include "feed/feed.h"
#include "fetch/http.h"
#include "portal/discover.h"
#include "portal/list.h"
#include "portal/interstitial.h"
#include "worker/commands.h"

#include <jansson.h>

#define SAMPLE    5
#define MAX_TRIES 5  /* of the links that may lead to a feed, until one does */
#define MAX_ALL   40 /* of them when all are wanted */
#define MAX_GUESS 2  /* of the addresses where there might be one, though nothing says so */
#define MAX_HOPS  5

/* A feed that was looked at, or one that is only announced. */
struct known {
    char *url, *title;           /* its own title, or NULL */
    const struct discovered *as; /* what the page says of it, borrowed, or NULL */
    guint entries;
    bool seen;
};

struct search {
    struct context *context;
    bool all;
};

static void
known_free(gpointer data)
{
    struct known *known = data;
    g_free(known->url);
    g_free(known->title);
    g_free(known);
}

/* --- what is printed -------------------------------------------------------------------------- */

static json_t *
string_or_null(const char *text)
{
    return text && *text ? json_string(text) : json_null();
}

static json_t *
url_string(const char *url)
{
    g_autofree char *written = worker_written(url);
    return json_string(written);
}

/* What the page calls a feed whose own title another one bears too, or that has none. */
static const char *
name_of(const GPtrArray *feeds, const struct known *feed)
{
    bool alone = feed->title != NULL || !feed->seen;
    for (guint i = 0; i < feeds->len && alone; i++) {
        const struct known *other = g_ptr_array_index(feeds, i);
        alone = other == feed || g_strcmp0(other->title, feed->title) || !feed->title;
    }
    return alone || !feed->as ? NULL : feed->as->title;
}

static json_t *
feeds_json(const GPtrArray *feeds)
{
    json_t *array = json_array();
    for (guint i = 0; i < feeds->len; i++) {
        const struct known *feed = g_ptr_array_index(feeds, i);
        json_t *o = json_object();
        json_object_set_new(o, "url", url_string(feed->url));
        json_object_set_new(o, "title",
                            string_or_null(feed->title ? feed->title
                                           : feed->as  ? feed->as->title
                                                       : NULL));
        json_object_set_new(o, "name", string_or_null(name_of(feeds, feed)));
        json_object_set_new(o, "comments", json_boolean(feed->as && feed->as->comments));
        json_object_set_new(o, "entries", feed->seen ? json_integer(feed->entries) : json_null());
        json_array_append_new(array, o);
    }
    return array;
}

/* Takes sample. */
static int
print_found(const char *kind, const char *url, const char *title, guint entries, json_t *sample,
            const char *page, const GPtrArray *feeds)
{
    json_t *o = json_object();
    json_object_set_new(o, "kind", json_string(kind));
    json_object_set_new(o, "url", url_string(url));
    json_object_set_new(o, "title", title ? json_string(title) : json_null());
    json_object_set_new(o, "entries", json_integer(entries));
    json_object_set_new(o, "sample", sample);
    json_object_set_new(o, "page", page ? url_string(page) : json_null());
    json_object_set_new(o, "feeds", feeds ? feeds_json(feeds) : json_array());
    char *text = json_dumps(o, JSON_COMPACT);
    json_decref(o);
    print_rawf("%s\n", text);
    free(text);
    return STATUS_OK;
}

static json_t *
sample_of(const struct feed *feed)
{
    json_t *sample = json_array();
    for (guint i = 0; i < MIN(feed->items->len, SAMPLE); i++) {
        const struct feed_item *item = g_ptr_array_index(feed->items, i);
        if (item->title)
            json_array_append_new(sample, json_string(item->title));
    }
    return sample;
}

static int
print_feed(const char *url, const struct feed *feed, const struct discovered *as)
{
    g_autoptr(GPtrArray) feeds = g_ptr_array_new_with_free_func(known_free);
    struct known *only = g_new0(struct known, 1);
    *only = (struct known){g_strdup(url), g_strdup(feed->title), as, feed->items->len, true};
    g_ptr_array_add(feeds, only);
    return print_found("feed", url, feed->title, feed->items->len, sample_of(feed), NULL, feeds);
}

/* --- feeds of a page -------------------------------------------------------------------------- */

/* What has been found of a page's feeds. */
struct haul {
    GPtrArray *feeds; /* owned struct known *: those that were looked at, in that order */
    json_t *sample;   /* of the first of them; owned */
    GHashTable *urls; /* url_identity() of where they were in the end */
    guint tried;
};

static struct feed *
ask(const struct search *s, const struct discovered *candidate, char **where)
{
    /* what does not even say that it is a feed need not be one */
    AUTO(response_free) struct response *answer = candidate->likely && s->all
                                                      ? worker_get(s->context, candidate->url)
                                                      : worker_try(s->context, candidate->url);
    *where = answer ? g_strdup(answer->url) : NULL;
    return answer ? worker_feed(answer) : NULL;
}

enum which { NEWS, CALENDARS, COMMENTS };

/*
 * Looks at those that are of this kind, and copies or not, until one is found; all of them if all
 * are wanted.
 */
static void
try_feeds(const struct search *s, struct haul *haul, const GPtrArray *feeds, enum which which,
          bool copies)
{
    guint most = s->all ? MAX_ALL : MAX_TRIES;
    for (guint i = 0; i < feeds->len && haul->tried < most && (s->all || !haul->feeds->len); i++) {
        const struct discovered *candidate = g_ptr_array_index(feeds, i);
        enum which own = candidate->comments ? COMMENTS : candidate->calendar ? CALENDARS : NEWS;
        if (own != which || candidate->copy != copies)
            continue;
        haul->tried++;
        g_autofree char *where = NULL;
        AUTO(feed_free) struct feed *found = ask(s, candidate, &where);
        if (!found || (!found->items->len && candidate->rank != 1) ||
            !g_hash_table_add(haul->urls, url_identity(where)))
            continue;
        struct known *known = g_new0(struct known, 1);
        *known = (struct known){g_strdup(candidate->url), g_strdup(found->title), candidate,
                                found->items->len, true};
        g_ptr_array_add(haul->feeds, known);
        if (!haul->sample)
            haul->sample = sample_of(found);
    }
}

/* Adds those that nobody looked at, but that say of themselves that they are feeds. */
static void
name_others(const struct haul *haul, const GPtrArray *feeds)
{
    for (guint i = 0; i < feeds->len; i++) {
        const struct discovered *feed = g_ptr_array_index(feeds, i);
        bool known = feed->copy || !feed->likely;
        for (guint j = 0; j < haul->feeds->len && !known; j++)
            known = ((const struct known *)g_ptr_array_index(haul->feeds, j))->as == feed;
        if (known)
            continue;
        struct known *other = g_new0(struct known, 1);
        *other = (struct known){.url = g_strdup(feed->url), .as = feed};
        g_ptr_array_add(haul->feeds, other);
    }
}

static int
by_place(gconstpointer a, gconstpointer b)
{
    return discover_compare_places((*(const struct known *const *)a)->as,
                                   (*(const struct known *const *)b)->as);
}

static void
haul_clear(struct haul *haul)
{
    g_ptr_array_unref(haul->feeds);
    g_hash_table_unref(haul->urls);
    json_decref(haul->sample);
}
DEFINE_AUTO_CLEAR(haul, haul_clear)

/* Prints the first that was found, and with it the others; STATUS_SOME when there are none. */
static int
print_feeds(const struct search *s, const char *page, const GPtrArray *feeds, enum which which)
{
    AUTO(haul_clear) struct haul haul = {
        g_ptr_array_new_with_free_func(known_free), NULL,
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL), 0};
    try_feeds(s, &haul, feeds, which, false);
    if (!haul.feeds->len)
        try_feeds(s, &haul, feeds, which, true);
    if (!haul.feeds->len)
        return STATUS_SOME;
    for (int other = (int)which + 1; s->all && other <= COMMENTS; other++)
        try_feeds(s, &haul, feeds, (enum which)other, false);
    const struct known *best = g_ptr_array_index(haul.feeds, 0);
    if (!s->all)
        name_others(&haul, feeds);
    g_ptr_array_sort(haul.feeds, by_place);
    return print_found("feed", best->url, best->title, best->entries, g_steal_pointer(&haul.sample),
                       page, haul.feeds);
}

/* --- pages ------------------------------------------------------------------------------------ */

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
    return print_found("list", where, title, list->entries->len, sample, NULL, NULL);
}

/*
 * A feed that the page says nothing of, where the system that made it has one, else where many do.
 */
static int
guess(const struct search *s, const struct page *page)
{
    static const char *const common[] = {"/feed/", "/rss.xml"};
    context_load_profiles(s->context);
    const struct portal *profile = catalogue_match(s->context->profiles, page->source);
    const GPtrArray *known = profile ? profile->feeds.paths : NULL;
    guint count = known && known->len ? known->len : G_N_ELEMENTS(common);
    for (guint i = 0; i < MIN(count, MAX_GUESS) && url_is_web(page->url); i++) {
        const char *path = known && known->len ? g_ptr_array_index(known, i) : common[i];
        g_autofree char *url = url_resolve(page->url, path);
        AUTO(response_free) struct response *answer = url ? worker_try(s->context, url) : NULL;
        AUTO(feed_free) struct feed *feed = answer ? worker_feed(answer) : NULL;
        if (feed && feed->items->len)
            return print_feed(url, feed, NULL);
    }
    return STATUS_SOME;
}

static int discover(const struct search *s, const struct response *r, int hops);

static int
follow(const struct search *s, const char *url, int hops)
{
    AUTO(response_free) struct response *r = worker_get(s->context, url);
    return r ? discover(s, r, hops) : worker_request_status();
}

/* hops: pages that led on to this one by a refresh. */
static int
discover(const struct search *s, const struct response *r, int hops)
{
    const char *where = r->moved_to ? r->moved_to : r->request->url;
    AUTO(feed_free) struct feed *feed = worker_feed(r);
    if (feed)
        return print_feed(where, feed, NULL);
    AUTO(page_free) struct page *page = worker_page(r);
    g_autoptr(GPtrArray) feeds = discover_feeds(page, r->links);
    if (print_feeds(s, r->url, feeds, NEWS) == STATUS_OK)
        return STATUS_OK;
    g_autofree char *refresh = hops < MAX_HOPS ? interstitial_refresh(page) : NULL;
    if (refresh)
        return follow(s, refresh, hops + 1);
    struct list_options options = {.now = clock_now()};
    g_autoptr(GError) error = NULL;
    AUTO(list_free) struct list *list = list_extract(page, &options, &error);
    if (list)
        return print_list(where, page, list);
    if (print_feeds(s, r->url, feeds, CALENDARS) == STATUS_OK ||
        print_feeds(s, r->url, feeds, COMMENTS) == STATUS_OK || guess(s, page) == STATUS_OK)
        return STATUS_OK;
    g_autofree char *shown = url_public(r->request->url);
    message_error(_("%s: neither a feed nor a page with one, and %s"), shown, _(error->message));
    worker_propose_endpoints(page, r->request->url);
    return STATUS_SOME;
}

int
worker_discover(struct context *context, int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    bool all = argc > 2 && g_str_equal(argv[1], "--all");
    g_autoptr(GPtrArray) urls = typed_address(argc > 1 ? argv[argc - 1] : "", &error);
    if (!urls || !context_load(context, &error)) {
        message_error("%s", error->message);
        return STATUS_USAGE;
    }
    g_auto(GStrv) files = worker_files(urls);
    worker_enclose(context, ENCLOSE_CONFIG, (const char *const *)files, NULL);
    const struct search s = {context, all};
    AUTO(response_free) struct response *r = worker_get_first(context, urls);
    return r ? discover(&s, r, 0) : worker_request_status();
}
