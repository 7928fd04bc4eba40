/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Subscriptions, both ways.  A feed is the same on both sides when its address is the same page
 * (url_identity()).  What only one side has is new there, or was taken away on the other: the store
 * remembers what both had.  A folder of the server is a tag here.  A portal that no server can
 * fetch is offered as the feed that is published of it, where there is one (sync/published.h).
 */
#include "config.h"

#include "base/step.h"
#include "base/url.h"
#include "store/sources.h"
#include "sync/published.h"
#include "sync/run.h"

#include <string.h>

/* Both sides, side by side. */
struct sides {
    GPtrArray *there;     /* owned struct sync_feed * */
    GPtrArray *former;    /* the same, of the last sync */
    GPtrArray *sources;   /* owned struct source * */
    GPtrArray *published; /* owned struct published * */
    GHashTable *here;     /* owned identity -> borrowed struct subscription * */
};

static void
sides_clear(struct sides *sides)
{
    g_clear_pointer(&sides->there, g_ptr_array_unref);
    g_clear_pointer(&sides->former, g_ptr_array_unref);
    g_clear_pointer(&sides->sources, g_ptr_array_unref);
    g_clear_pointer(&sides->published, g_ptr_array_unref);
    g_clear_pointer(&sides->here, g_hash_table_unref);
}
DEFINE_AUTO_CLEAR(sides, sides_clear)

/* --- what there is ---------------------------------------------------------------------------- */

static int64_t
source_of(const struct sides *sides, const char *url)
{
    for (guint i = 0; i < sides->sources->len; i++) {
        const struct source *source = g_ptr_array_index(sides->sources, i);
        if (g_str_equal(source->url, url))
            return source->id;
    }
    return 0;
}

static char *
identity_of(const struct subscription *sub)
{
    g_autofree char *login = NULL, *bare = url_without_login(subscription_address(sub), &login);
    return url_is_web(bare) ? url_identity(bare) : NULL;
}

static const struct sync_feed *
find_feed(const GPtrArray *feeds, const char *identity)
{
    for (guint i = 0; i < feeds->len; i++) {
        const struct sync_feed *feed = g_ptr_array_index(feeds, i);
        if (!g_strcmp0(feed->identity, identity))
            return feed;
    }
    return NULL;
}

/* Those of the portals whose sections are feeds, too: the server may have them. */
static GHashTable *
subscriptions_here(const struct urls *urls)
{
    GHashTable *here = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < urls->subscriptions->len; i++) {
        struct subscription *sub = g_ptr_array_index(urls->subscriptions, i);
        char *identity = !sub->section || sub->section->kind == PORTAL_FEED ? identity_of(sub)
                                                                            : NULL;
        if (identity && !g_hash_table_contains(here, identity))
            g_hash_table_insert(here, identity, sub);
        else
            g_free(identity);
    }
    return here;
}

/* What the server calls the folder of those that are in none. */
static void
drop_no_folders(const struct sync_run *run, GPtrArray *feeds)
{
    g_auto(GStrv) names = g_strsplit(run->context->settings->values.sync_no_folder, ",", -1);
    for (char **name = names; *name; name++)
        g_strstrip(*name);
    for (guint i = 0; i < feeds->len; i++) {
        struct sync_feed *feed = g_ptr_array_index(feeds, i);
        if (g_strv_contains((const char *const *)names, feed->folder))
            *feed->folder = '\0';
    }
}

/* Puts both sides side by side; what the server has is asked for anew. */
static bool
look(struct sync_run *run, struct sides *sides, struct problem **problem, GError **error)
{
    sides_clear(sides);
    *problem = api_feeds(run->server, &sides->there);
    if (*problem)
        return false;
    drop_no_folders(run, sides->there);
    sides->former = sync_feeds(run->store, error);
    sides->sources = sides->former ? sources_list(run->store, false, error) : NULL;
    if (!sides->sources)
        return false;
    sides->here = subscriptions_here(run->urls);
    sides->published = published_portals(run->urls, run->context->settings->values.sync_feeds);
    for (guint i = 0; i < sides->there->len; i++) {
        struct sync_feed *feed = g_ptr_array_index(sides->there, i);
        const struct subscription *sub = g_hash_table_lookup(sides->here, feed->identity);
        feed->source = sub ? source_of(sides, sub->url) : 0;
        feed->agreed = sub || published_find(sides->published, feed->identity);
    }
    return true;
}

/*
 * Whether a server could fetch it as it is: a feed of the web without secrets, no list of a portal,
 * no calendar.  That it is one its first fetch tells.
 */
static enum sync_deed
kind_of(const struct sync_run *run, const struct sides *sides, const struct subscription *sub)
{
    g_autofree char *public = url_public(sub->url);
    if (sub->section || !url_is_web(sub->url) || !g_str_equal(public, sub->url))
        return SYNC_LOCAL;
    int64_t source = source_of(sides, sub->url);
    g_autofree char *type = source ? sync_source_type(run->store, source) : NULL;
    return !type ? SYNC_UNFETCHED : strstr(type, "calendar") ? SYNC_LOCAL : SYNC_MISSING_THERE;
}

/* --- adding and taking away ------------------------------------------------------------------- */

static bool
had_both(const struct sides *sides, const char *identity)
{
    const struct sync_feed *former = find_feed(sides->former, identity);
    return former && former->agreed;
}

/* Reads `urls` again, after it was changed. */
static bool
follow(struct sync_run *run, GError **error)
{
    struct urls *urls = urls_load(run->context->config_dir, error);
    if (!urls)
        return false;
    urls_free(run->urls);
    run->urls = urls;
    return sources_sync(run->store, urls, error);
}

/*
 * What only the server has; gone: what was taken away here.  While a portal's file cannot be read
 * nobody knows of which it is.
 */
static GPtrArray *
only_there(const struct sync_run *run, const struct sides *sides, bool gone)
{
    GPtrArray *list = g_ptr_array_new();
    for (guint i = 0; i < sides->there->len && !(gone && run->urls->missing->len); i++) {
        struct sync_feed *feed = g_ptr_array_index(sides->there, i);
        if (!feed->agreed && had_both(sides, feed->identity) == gone)
            g_ptr_array_add(list, feed);
    }
    return list;
}

static GPtrArray *
only_here(const struct sync_run *run, const struct sides *sides, bool gone)
{
    GPtrArray *list = g_ptr_array_new();
    for (guint i = 0; i < run->urls->subscriptions->len; i++) {
        struct subscription *sub = g_ptr_array_index(run->urls->subscriptions, i);
        g_autofree char *identity = identity_of(sub);
        if (kind_of(run, sides, sub) == SYNC_MISSING_THERE && identity &&
            !find_feed(sides->there, identity) && had_both(sides, identity) == gone)
            g_ptr_array_add(list, sub);
    }
    return list;
}

/* The feeds of portals that the server has not, and did not take away; borrowed. */
static GPtrArray *
offered(const struct sides *sides)
{
    GPtrArray *list = g_ptr_array_new();
    for (guint i = 0; i < sides->published->len; i++) {
        struct published *feed = g_ptr_array_index(sides->published, i);
        if (!find_feed(sides->there, feed->identity) && !had_both(sides, feed->identity))
            g_ptr_array_add(list, feed);
    }
    return list;
}

static GPtrArray *
urls_of(const GPtrArray *list, bool there)
{
    GPtrArray *urls = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < list->len; i++)
        g_ptr_array_add(
            urls,
            url_public(there ? ((const struct sync_feed *)g_ptr_array_index(list, i))->url
                             : ((const struct subscription *)g_ptr_array_index(list, i))->url));
    return urls;
}

/* Whether it is to be done; else what each is stays said. */
static bool
agreed(struct sync_run *run, const GPtrArray *urls, enum sync_deed deed, enum sync_deed otherwise,
       bool allowed)
{
    if (!urls->len)
        return false;
    if (allowed && !run->dry && sync_asks(run, deed, urls))
        return true;
    for (guint i = 0; i < urls->len; i++)
        sync_note(run, otherwise, g_ptr_array_index(urls, i), NULL);
    return false;
}

static bool
add_here(struct sync_run *run, const struct sides *sides, GError **error)
{
    g_autoptr(GPtrArray) list = only_there(run, sides, false);
    g_autoptr(GPtrArray) urls = urls_of(list, true);
    if (!agreed(run, urls, SYNC_ADDED_HERE, SYNC_MISSING_HERE, true))
        return true;
    for (guint i = 0; i < list->len; i++) {
        const struct sync_feed *feed = g_ptr_array_index(list, i);
        char *tags[] = {*feed->folder && !strchr("~!", *feed->folder) ? feed->folder : NULL, NULL};
        g_autoptr(GError) why = NULL;
        if (urls_append(run->context->config_dir, feed->url, NULL, tags, &why))
            sync_note(run, SYNC_ADDED_HERE, feed->url, NULL);
        else
            sync_note(run, SYNC_REFUSED, feed->url, NULL);
        test_step();
    }
    /* the sides point into what it reads anew, and are looked at again */
    return !sync_count(run, SYNC_ADDED_HERE) || follow(run, error);
}

/* A request that the server refuses is said of its feed; what else goes wrong ends the sync. */
static bool
told(struct sync_run *run, enum sync_deed deed, const char *url, const char *folder,
     struct problem *why, struct problem **problem)
{
    test_step();
    if (why && !server_refuses(why)) {
        *problem = why;
        return false;
    }
    sync_note(run, why ? SYNC_REFUSED : deed, url, folder);
    if (why)
        problem_free(why);
    return true;
}

static bool
add_there(struct sync_run *run, const struct sides *sides, struct problem **problem)
{
    g_autoptr(GPtrArray) list = only_here(run, sides, false), urls = urls_of(list, false),
                         portals = offered(sides);
    for (guint i = 0; i < portals->len; i++)
        g_ptr_array_add(urls,
                        g_strdup(((const struct published *)g_ptr_array_index(portals, i))->url));
    if (!agreed(run, urls, SYNC_ADDED_THERE, SYNC_MISSING_THERE, true))
        return true;
    for (guint i = 0; i < list->len; i++) {
        const struct subscription *sub = g_ptr_array_index(list, i);
        struct problem *why = api_subscribe(run->server, sub->url, sub->title, sub->tags[0]);
        if (!told(run, SYNC_ADDED_THERE, sub->url, NULL, why, problem))
            return false;
    }
    for (guint i = 0; i < portals->len; i++) {
        const struct published *feed = g_ptr_array_index(portals, i);
        struct problem *why = api_subscribe(run->server, feed->url, feed->title, feed->folder);
        if (!told(run, SYNC_ADDED_THERE, feed->url, NULL, why, problem))
            return false;
    }
    return true;
}

static bool
remove_there(struct sync_run *run, const struct sides *sides, struct problem **problem)
{
    g_autoptr(GPtrArray) list = only_there(run, sides, true);
    g_autoptr(GPtrArray) urls = urls_of(list, true);
    if (!agreed(run, urls, SYNC_REMOVED_THERE, SYNC_GONE_HERE, run->prune))
        return true;
    for (guint i = 0; i < list->len; i++) {
        const struct sync_feed *feed = g_ptr_array_index(list, i);
        struct problem *why = api_unsubscribe(run->server, feed->stream);
        if (!told(run, SYNC_REMOVED_THERE, feed->url, NULL, why, problem))
            return false;
    }
    return true;
}

static bool
remove_here(struct sync_run *run, const struct sides *sides, GError **error)
{
    g_autoptr(GPtrArray) list = only_here(run, sides, true);
    g_autoptr(GPtrArray) urls = urls_of(list, false);
    if (!agreed(run, urls, SYNC_REMOVED_HERE, SYNC_GONE_THERE, run->prune))
        return true;
    for (guint i = 0; i < list->len; i++) {
        const struct subscription *sub = g_ptr_array_index(list, i);
        char *names[] = {sub->url, NULL};
        g_autoptr(GError) why = NULL;
        bool fine = urls_remove(run->context->config_dir, names, &why);
        sync_note(run, fine ? SYNC_REMOVED_HERE : SYNC_REFUSED, sub->url, NULL);
        test_step();
    }
    return !sync_count(run, SYNC_REMOVED_HERE) || follow(run, error);
}

/* What stays as it is, and why. */
static void
note_others(struct sync_run *run, const struct sides *sides)
{
    for (guint i = 0; i < run->urls->subscriptions->len; i++) {
        const struct subscription *sub = g_ptr_array_index(run->urls->subscriptions, i);
        g_autofree char *identity = identity_of(sub);
        const struct published *feed = published_of(sides->published, sub);
        enum sync_deed kind = kind_of(run, sides, sub);
        if (kind != SYNC_MISSING_THERE && !(identity && find_feed(sides->there, identity)) &&
            !(feed && find_feed(sides->there, feed->identity)))
            sync_note(run, kind, sub->url, NULL);
    }
}

/* --- folders ---------------------------------------------------------------------------------- */

/* The tags with that of the folder in the place of the former one, or at their end; owned. */
static char **
tags_with(char *const *tags, const char *former, const char *folder)
{
    GStrvBuilder *builder = g_strv_builder_new();
    bool placed = !*folder;
    for (char *const *tag = tags; *tag; tag++) {
        bool replaced = *former && g_str_equal(*tag, former);
        if (!replaced)
            g_strv_builder_add(builder, *tag);
        else if (!placed)
            g_strv_builder_add(builder, folder);
        placed |= replaced;
    }
    if (!placed)
        g_strv_builder_add(builder, folder);
    char **result = g_strv_builder_end(builder);
    g_strv_builder_unref(builder);
    return result;
}

/* What is not in step stays as it was known, so that the next sync sees who has changed it. */
static void
leave_folder(const struct sync_feed *former, struct sync_feed *feed)
{
    g_free(feed->folder);
    feed->folder = g_strdup(former ? former->folder : "");
    feed->agreed = former != NULL;
}

/*
 * One feed that both have.  The side that left what both said last time has the say; where nothing
 * is known of that, a tag comes to those that there are.  On return its folder is the one that both
 * know.
 */
static bool
settle_folder(struct sync_run *run, const struct subscription *sub, const struct sync_feed *former,
              struct sync_feed *feed, struct problem **problem)
{
    const char *const *tags = (const char *const *)sub->tags;
    bool same = *feed->folder ? g_strv_contains(tags, feed->folder) : !*tags;
    if (same || sub->section || strchr("~!", *feed->folder ? *feed->folder : ' '))
        return true;
    if (run->dry) {
        leave_folder(former, feed);
        return true;
    }
    if (former ? !g_str_equal(former->folder, feed->folder) : *feed->folder != '\0') {
        g_auto(GStrv) new = tags_with(sub->tags, former ? former->folder : "", feed->folder);
        if (urls_retag(run->context->config_dir, sub->url, new, NULL))
            sync_note(run, SYNC_MOVED_HERE, feed->url, feed->folder);
        else /* a line of the system */
            leave_folder(former, feed);
        test_step();
        return true;
    }
    struct problem *why = api_move(run->server, feed->stream, feed->folder, *tags);
    bool refused = why != NULL;
    if (!told(run, SYNC_MOVED_THERE, feed->url, *tags ? *tags : "", why, problem))
        return false;
    if (!refused) {
        g_free(feed->folder);
        feed->folder = g_strdup(*tags ? *tags : "");
    }
    return true;
}

static bool
settle_folders(struct sync_run *run, const struct sides *sides, struct problem **problem,
               GError **error)
{
    for (guint i = 0; i < sides->there->len; i++) {
        struct sync_feed *feed = g_ptr_array_index(sides->there, i);
        const struct subscription *sub = g_hash_table_lookup(sides->here, feed->identity);
        const struct sync_feed *former = find_feed(sides->former, feed->identity);
        if (sub &&
            !settle_folder(run, sub, former && former->agreed ? former : NULL, feed, problem))
            return false;
    }
    return !sync_count(run, SYNC_MOVED_HERE) || follow(run, error);
}

/* --- all of it -------------------------------------------------------------------------------- */

/* What was agreed stays known while one side lacks it, so that it is still told what is gone. */
static void
remember(const struct sides *sides)
{
    for (guint i = 0; i < sides->there->len; i++) {
        struct sync_feed *feed = g_ptr_array_index(sides->there, i);
        feed->agreed |= had_both(sides, feed->identity);
    }
    for (guint i = 0; i < sides->former->len; i++) {
        struct sync_feed *former = g_ptr_array_index(sides->former, i);
        if (!former->agreed || find_feed(sides->there, former->identity) ||
            (!g_hash_table_contains(sides->here, former->identity) &&
             !published_find(sides->published, former->identity)))
            continue;
        /* the server may give its number to another address */
        if (g_str_has_prefix(former->stream, "feed/")) {
            char *gone = g_strconcat("gone/", former->stream, NULL);
            g_free(former->stream);
            former->stream = gone;
        }
        g_ptr_array_add(sides->there, former);
        g_ptr_array_index(sides->former, i) = g_new0(struct sync_feed, 1);
    }
}

bool
sync_subscriptions(struct sync_run *run, struct problem **problem, GError **error)
{
    AUTO(sides_clear) struct sides sides = {NULL};
    if (!look(run, &sides, problem, error) || !add_there(run, &sides, problem) ||
        !remove_there(run, &sides, problem) || !remove_here(run, &sides, error))
        return false;
    /* what is asked for anew has its number there */
    bool changed = sync_count(run, SYNC_ADDED_THERE) + sync_count(run, SYNC_REMOVED_THERE) +
                   sync_count(run, SYNC_REMOVED_HERE);
    if (changed && !look(run, &sides, problem, error))
        return false;
    if (!add_here(run, &sides, error))
        return false;
    if (sync_count(run, SYNC_ADDED_HERE) && !look(run, &sides, problem, error))
        return false;
    note_others(run, &sides);
    if (!settle_folders(run, &sides, problem, error))
        return false;
    remember(&sides);
    test_step();
    return sync_feeds_put(run->store, sides.there, error);
}
