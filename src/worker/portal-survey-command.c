/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `crier portal check --all`: whether the sections of the catalogue still answer, one request after
 * the other, the first page of each alone.  Where one is gone its portal's home page is asked for
 * what it announces now.  While no host at all has been reached nothing is said of any: where the
 * first few cannot be, it is the network that is gone.
 */
#include "config.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/message.h"
#include "base/problem.h"
#include "base/status.h"
#include "base/url.h"
#include "config/catalogue.h"
#include "config/command.h"
#include "feed/feed.h"
#include "fetch/request-builder.h"
#include "portal/discover.h"
#include "portal/list.h"
#include "portal/page.h"
#include "transfer/exchange.h"
#include "worker/commands.h"

#include <string.h>

#define DELAY    2 /* seconds between two requests to one host, unless its file wants more */
#define PROPOSED 5 /* feeds of a home page that are named */

#define UNREACHED 5 /* hosts, after which the others are not tried */

struct survey {
    struct context *context;
    guint answered, gone, skipped;
    bool reached;      /* some host has answered */
    GHashTable *hosts; /* owned char *: that could not be reached before one was */
    GString *held;     /* what is said once one is */
    GPtrArray *why;    /* owned char *: and of which errors */
};

/* What a section's page is. */
enum finding { ENTRIES, EMPTY, NOTHING, UNASKED };

static guint
count_list(const struct portal *portal, const struct portal_section *section,
           const struct response *r)
{
    AUTO(page_free) struct page *page = worker_page(r);
    struct list_options o = {
        .portal = portal, .section = section, .dates = portal->dates, .now = clock_now()};
    g_autoptr(GError) error = NULL;
    AUTO(list_free) struct list *list = list_extract(page, &o, &error);
    return list ? list->entries->len : 0;
}

/* Whether a request that failed did not get to its host. */
static bool
is_unreached(const struct problem *why)
{
    return why && (g_str_equal(problem_class(why->code), "dns") ||
                   g_str_equal(problem_class(why->code), "connect") ||
                   g_str_equal(problem_class(why->code), "timeout"));
}

static void
say(struct survey *s, const char *text)
{
    if (s->reached)
        print_textf(stdout, "%s", text);
    else
        g_string_append(s->held, text);
}

/* The network is there: what was held back is so. */
static void
note_reached(struct survey *s)
{
    if (s->reached)
        return;
    s->reached = true;
    for (guint i = 0; i < s->why->len; i++)
        message_error("%s", (const char *)g_ptr_array_index(s->why, i));
    print_textf(stdout, "%s", s->held->str);
    g_string_truncate(s->held, 0);
}

/* Asks, and tells what went wrong; NULL then. */
static struct response *
get(struct survey *s, struct request *request)
{
    g_autofree char *host = url_authority(request->url);
    struct response *r = worker_ask_quietly(s->context, request);
    const struct problem *why = r ? NULL : worker_why();
    g_autofree char *sentence = why ? problem_sentence(why) : NULL;
    if (r || !is_unreached(why))
        note_reached(s);
    else if (!s->reached && host)
        g_hash_table_add(s->hosts, g_steal_pointer(&host));
    if (sentence && s->reached)
        message_error("%s", sentence);
    else if (sentence)
        g_ptr_array_add(s->why, g_steal_pointer(&sentence));
    return r;
}

static bool
is_without_network(const struct survey *s)
{
    return !s->reached && g_hash_table_size(s->hosts) >= UNREACHED;
}

static enum finding
ask(struct survey *s, const struct portal *portal, const struct portal_section *section,
    guint *count)
{
    struct request *request =
        portal_token_url(portal, section) ? NULL : request_for_page(portal, section, 0, NULL);
    if (!request)
        return UNASKED;
    request->delay = MAX(request->delay, DELAY);
    AUTO(response_free) struct response *r = get(s, request);
    if (!r)
        return NOTHING;
    AUTO(feed_free) struct feed *feed = section->kind == PORTAL_FEED ? worker_feed(r) : NULL;
    if (section->kind == PORTAL_FEED && !feed)
        return NOTHING;
    *count = feed ? feed->items->len : count_list(portal, section, r);
    return *count ? ENTRIES : EMPTY;
}

/* What a portal announces now, once for all of its sections that are gone. */
static void
propose(struct survey *s, const struct portal *portal)
{
    if (!portal->home)
        return;
    struct request *request = request_for_url(portal, portal->home);
    request->delay = MAX(request->delay, DELAY);
    AUTO(response_free) struct response *r = get(s, request);
    if (!r)
        return;
    AUTO(page_free) struct page *page = worker_page(r);
    g_autoptr(GPtrArray) feeds = discover_feeds(page, r->links);
    guint named = 0;
    for (guint i = 0; i < feeds->len && named < PROPOSED; i++) {
        const struct discovered *feed = g_ptr_array_index(feeds, i);
        if (feed->comments || feed->copy)
            continue;
        print_textf(stdout, _("    its home page announces %s  %s\n"), feed->url,
                    feed->title ? feed->title : "");
        named++;
    }
    if (!named)
        print_textf(stdout, _("    its home page announces no feed\n"));
}

static void
survey_portal(struct survey *s, const struct portal *portal)
{
    static const char *const words[] = {
        [ENTRIES] = "ok", [EMPTY] = "empty", [NOTHING] = "gone", [UNASKED] = "-"};
    bool lost = false;
    for (guint i = 0; i < portal->sections->len && !is_without_network(s); i++) {
        const struct portal_section *section = g_ptr_array_index(portal->sections, i);
        guint count = 0;
        enum finding finding = ask(s, portal, section, &count);
        g_autofree char *shown = url_public(section->url);
        g_autofree char *line = g_strdup_printf("%-5s  %s/%s/%s  %u  %s\n", words[finding],
                                                portal->id, section->edition->id, section->id,
                                                count, shown);
        say(s, line);
        s->answered += finding == ENTRIES;
        s->skipped += finding == UNASKED;
        s->gone += finding == EMPTY || finding == NOTHING;
        lost |= finding == EMPTY || finding == NOTHING;
    }
    if (lost && s->reached)
        propose(s, portal);
}

static bool
is_asked(const struct portal *portal, const struct options_portal *options)
{
    const struct portal_place *place = &portal->place;
    return (!options->country ||
            (place->country && !g_ascii_strcasecmp(place->country, options->country))) &&
           (!options->kind || !g_strcmp0(place->kind, options->kind));
}

/* Leaves as many as were asked for (0: all), drawn at random, in the order in which they were. */
static void
draw(GPtrArray *portals, guint sample)
{
    while (sample && portals->len > sample)
        g_ptr_array_remove_index(portals, (guint)g_random_int_range(0, (gint32)portals->len));
}

int
worker_portal_survey(struct context *context, const struct options_portal *options)
{
    g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) portals = catalogue_portals(context->config_dir, problems);
    for (guint i = 0; i < problems->len; i++)
        message_error("%s", (const char *)g_ptr_array_index(problems, i));
    for (guint i = portals->len; i > 0; i--)
        if (!is_asked(g_ptr_array_index(portals, i - 1), options))
            g_ptr_array_remove_index(portals, i - 1);
    draw(portals, (guint)MAX(options->sample, 0));
    setvbuf(stdout, NULL, _IOLBF, 0); /* what is known of a page that is too much */
    worker_enclose(context, ENCLOSE_CONFIG, NULL, NULL);
    g_autoptr(GHashTable) hosts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GPtrArray) why = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GString) held = g_string_new(NULL);
    struct survey s = {.context = context, .hosts = hosts, .held = held, .why = why};
    for (guint i = 0; i < portals->len && !is_without_network(&s); i++)
        survey_portal(&s, g_ptr_array_index(portals, i));
    if (!s.reached && why->len) {
        message_error(
            ngettext("there is no network, or none to the %u host that was tried",
                     "there is no network, or none to any of the %u hosts that were tried",
                     g_hash_table_size(hosts)),
            g_hash_table_size(hosts));
        return STATUS_ALL;
    }
    print_textf(stdout, "%s", held->str);
    print_textf(stdout, _("portals: %u, sections that answer: %u, gone: %u, skipped: %u\n"),
                portals->len, s.answered, s.gone, s.skipped);
    return s.gone || problems->len ? STATUS_SOME : STATUS_OK;
}
