/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `crier add`: what is behind an address, and which of it is subscribed to. */
#include "config.h"

#include "base/i18n.h"
#include "base/message.h"
#include "base/status.h"
#include "base/url.h"
#include "cli/add-fetch.h"
#include "cli/cli.h"
#include "config/typed.h"
#include "reader/child.h"
#include "reader/discovery.h"
#include "reader/known-address.h"
#include "reader/outside.h"

#include <poll.h>
#include <string.h>
#include <unistd.h>

/* Something that can be subscribed to. */
struct offer {
    const char *kind; /* "feed", "list", "portal"; NULL: nobody has looked */
    char *url, *title;
    char *name; /* to be given to it, since its own would not do; or NULL */
    bool comments;
    int entries; /* -1: not known */
    bool wanted, taken;
};

static void
offer_free(gpointer data)
{
    struct offer *offer = data;
    g_free(offer->url);
    g_free(offer->title);
    g_free(offer->name);
    g_free(offer);
}

static void
add_offer(GPtrArray *offers, const struct offer *offer)
{
    g_ptr_array_add(offers, g_memdup2(offer, sizeof *offer));
}

/* --- what is there ---------------------------------------------------------------------------- */

static void
on_line(const char *text, gpointer user)
{
    char **line = user;
    g_free(*line);
    *line = g_strdup(text);
}

/* Asks the worker what an address is; NULL and *status when it is nothing to subscribe to. */
static struct discovery *
discover(struct context *context, const char *address, bool all, int *status)
{
    g_autoptr(GError) error = NULL;
    const char *const one[] = {"discover", address, NULL}, *const every[] = {"discover", "--all",
                                                                             address, NULL};
    struct child *child = child_start(context, all ? every : one, &error);
    if (!child) {
        *status = STATUS_INTERNAL;
        message_error("%s", error->message);
        return NULL;
    }
    g_autofree char *line = NULL;
    struct pollfd wait = {.fd = child->fd, .events = POLLIN};
    while (child_read(child, on_line, &line))
        poll(&wait, 1, -1);
    g_autofree char *errors = g_strdup(child->errors->str);
    *status = child_finish(child);
    fputs(errors, stderr);
    struct discovery *found = *status == STATUS_OK ? discovery_parse(line) : NULL;
    if (!found && !*errors)
        message_error(_("the worker failed and did not say why"));
    if (!found && *status == STATUS_OK)
        *status = STATUS_INTERNAL;
    return found;
}

static void
offer_feeds(GPtrArray *offers, const struct discovery *found, bool all)
{
    for (guint i = 0; i < found->feeds->len; i++) {
        const struct discovered_feed *feed = g_ptr_array_index(found->feeds, i);
        add_offer(offers, &(struct offer){.kind = "feed",
                                          .url = g_strdup(feed->url),
                                          .title = g_strdup(feed->title),
                                          .name = all ? g_strdup(feed->name) : NULL,
                                          .comments = feed->comments,
                                          .entries = feed->entries,
                                          .wanted = all || g_str_equal(feed->url, found->url)});
    }
}

/* Adds what the worker finds; an exit status. */
static int
offer_found(struct context *context, GPtrArray *offers, const char *what, bool all)
{
    int status;
    AUTO(discovery_free) struct discovery *found = discover(context, what, all, &status);
    if (!found)
        return status;
    if (found->list)
        add_offer(offers, &(struct offer){.kind = "list",
                                          .url = g_strdup(found->url),
                                          .title = g_strdup(found->title),
                                          .name = g_strdup(found->title),
                                          .entries = (int)found->entries,
                                          .wanted = true});
    else
        offer_feeds(offers, found, all);
    return STATUS_OK;
}

/* What a portal has at one of the addresses, what is subscribed to before the others; or NULL. */
static struct known_address *
known_portal(const struct session *session, const GPtrArray *urls)
{
    AUTO(known_address_free) struct known_address *first = NULL;
    for (guint i = 0; i < urls->len; i++) {
        AUTO(known_address_free)
        struct known_address *known = known_address_find(
            session->urls, session->context->config_dir, g_ptr_array_index(urls, i));
        if (!known || !known->name)
            continue;
        if (known->subscribed)
            return g_steal_pointer(&known);
        if (!first)
            first = g_steal_pointer(&known);
    }
    return g_steal_pointer(&first);
}

/* The addresses that are wanted; borrowed. */
static GPtrArray *
wanted_urls(const GPtrArray *offers)
{
    GPtrArray *urls = g_ptr_array_new();
    for (guint i = 0; i < offers->len; i++) {
        const struct offer *offer = g_ptr_array_index(offers, i);
        if (offer->wanted)
            g_ptr_array_add(urls, offer->url);
    }
    return urls;
}

/* Says it of each that is to be added; whether there is any. */
static bool
say_which_twice(const struct session *session, const GPtrArray *urls)
{
    bool any = false;
    for (guint i = 0; i < urls->len; i++) {
        const char *url = g_ptr_array_index(urls, i);
        AUTO(known_address_free)
        struct known_address *known = known_address_subscribed(session->urls, url);
        if (!known || !known->name)
            continue;
        cli_say_twice(url, known);
        any = true;
    }
    return any;
}

/*
 * What is behind an address; an exit status.  urls: those that what was typed may mean.  Of a home
 * page that is not all subscribed to, the feed that it announces may be.
 */
static int
offer_address(struct session *session, const struct options_add *options, const char *what,
              const GPtrArray *urls, GPtrArray *offers)
{
    AUTO(known_address_free) struct known_address *known = known_portal(session, urls);
    int status = offer_found(session->context, offers, what, options->all);
    g_autoptr(GPtrArray) wanted = wanted_urls(offers);
    if (status != STATUS_OK || options->dry_run) /* then nothing is added */
        return status;
    if (known && known->subscribed) {
        cli_say_twice(what, known);
        return status;
    }
    if (say_which_twice(session, wanted))
        return status;
    if (!known)
        known = known_portal(session, wanted);
    if (known)
        message_warning(_("the catalogue has it: 'crier add %s' subscribes to %s"),
                        known->line + strlen("portal:"), known->name);
    return status;
}

/* What the argument of the command stands for; an exit status. */
static int
offer_all(struct session *session, const struct options_add *options, const char *what,
          GPtrArray *offers)
{
    g_autoptr(GError) error = NULL;
    bool portal = !url_is_web(what) && session_is_portal(session, what);
    g_autoptr(GPtrArray) urls = portal ? NULL : typed_address(what, &error);
    if (urls && !options->no_discover)
        return offer_address(session, options, what, urls, offers);
    if (error && !g_error_matches(error, CONFIG_ERROR, CONFIG_ERROR_UNKNOWN))
        return cli_fail(error);
    /* else it is taken as it is */
    bool meant = urls && (!url_is_web(what) || !g_str_is_ascii(what));
    add_offer(offers, &(struct offer){.kind = urls ? NULL : "portal",
                                      .url = g_strdup(meant ? g_ptr_array_index(urls, 0) : what),
                                      .entries = -1,
                                      .wanted = true});
    return STATUS_OK;
}

/* --- subscribing ------------------------------------------------------------------------------ */

/* title: of the user's own, or NULL.  What is there already is no failure where others are new. */
static bool
subscribe(struct session *session, struct offer *offer, const char *title, const GPtrArray *tags,
          GError **error)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new();
    for (guint i = 0; i < tags->len; i++)
        g_ptr_array_add(all, g_ptr_array_index(tags, i));
    if (!g_strcmp0(offer->kind, "list"))
        g_ptr_array_add(all, (char *)"list");
    g_ptr_array_add(all, NULL);
    offer->taken = session_add(session, offer->url, title ? title : offer->name,
                               (char **)all->pdata, true, error);
    return offer->taken;
}

/* Subscribes to what is wanted; an exit status. */
static int
subscribe_all(struct session *session, const GPtrArray *offers, const char *title,
              const GPtrArray *tags)
{
    g_autoptr(GError) first = NULL;
    bool any = false;
    for (guint i = 0; i < offers->len; i++) {
        struct offer *offer = g_ptr_array_index(offers, i);
        g_autoptr(GError) error = NULL;
        if (!offer->wanted)
            continue;
        any |= subscribe(session, offer, title, tags, &error);
        bool known = g_error_matches(error, CONFIG_ERROR, CONFIG_ERROR_EXISTS);
        if (error && !known)
            return cli_fail(error);
        if (error && !first)
            first = g_steal_pointer(&error);
    }
    return any || !first ? STATUS_OK : cli_fail(first);
}

/* --- what is printed -------------------------------------------------------------------------- */

static void
print_json(const GPtrArray *offers)
{
    for (guint i = 0; i < offers->len; i++) {
        const struct offer *offer = g_ptr_array_index(offers, i);
        g_autofree char *url = url_public(offer->url);
        json_t *o = json_object();
        json_object_set_new(o, "kind", cli_string(offer->kind));
        json_object_set_new(o, "url", cli_string(url));
        json_object_set_new(o, "title", cli_string(offer->name ? offer->name : offer->title));
        json_object_set_new(o, "comments", json_boolean(offer->comments));
        json_object_set_new(o, "entries",
                            offer->entries < 0 ? json_null() : json_integer(offer->entries));
        json_object_set_new(o, "subscribed", json_boolean(offer->taken));
        cli_print_json(o);
    }
}

/* The feeds of a page, numbered, those that are subscribed to with a sign. */
static void
print_offers(const GPtrArray *offers, const char *what, bool all)
{
    guint left = 0;
    for (guint i = 0; i < offers->len; i++)
        left += !((const struct offer *)g_ptr_array_index(offers, i))->wanted;
    if (!left && !all)
        return;
    g_autofree char *shown = url_public(what);
    if (left)
        print_textf(stdout,
                    ngettext("%u feed more is there; 'crier add --all %s' takes all of them:\n",
                             "%u feeds more are there; 'crier add --all %s' takes all of them:\n",
                             left),
                    left, shown);
    for (guint i = 0; i < offers->len; i++) {
        const struct offer *offer = g_ptr_array_index(offers, i);
        g_autofree char *url = url_shown(offer->url);
        const char *title = offer->name ? offer->name : offer->title;
        print_textf(stdout, "%3u %s %s%s%s%s\n", i + 1, offer->taken ? "+" : " ",
                    title ? title : "", title ? "  " : "", url,
                    offer->comments ? _("  (comments)") : "");
    }
}

static void
print_text_of(const GPtrArray *offers, const char *what, bool all, bool dry)
{
    for (guint i = 0; i < offers->len && !all && !dry; i++) {
        const struct offer *offer = g_ptr_array_index(offers, i);
        g_autofree char *shown = url_shown(offer->kind ? what : offer->url);
        if (offer->taken)
            print_textf(stdout, _("subscribed: %s\n"), offer->title ? offer->title : shown);
    }
    print_offers(offers, what, all || dry);
}

/* Whether what was asked for goes together; reports it otherwise. */
static bool
is_possible(const struct options_add *options)
{
    if (options->fetch && options->dry_run)
        message_error(_("'%s' and '%s' exclude each other"), "--fetch", "--dry-run");
    else if (options->all && options->no_discover)
        message_error(_("'%s' and '%s' exclude each other"), "--all", "--no-discover");
    else if (options->all && options->title)
        message_error(_("'%s' and '%s' exclude each other"), "--all", "--title");
    else
        return cli_choice(COMMAND_ADD, "format", options->format);
    return false;
}

/* Fetches what was taken, or says on a terminal how that is done; an exit status. */
static int
fetch_taken(struct context *context, const struct options_add *options, const GPtrArray *offers)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    bool text = g_strcmp0(options->format, "json") != 0;
    guint added;
    for (guint i = 0; i < offers->len; i++) {
        const struct offer *offer = g_ptr_array_index(offers, i);
        bool bare = !g_strcmp0(offer->kind, "portal") && !g_str_has_prefix(offer->url, "portal:");
        if (offer->taken)
            g_ptr_array_add(names, g_strconcat(bare ? "portal:" : "", offer->url, NULL));
    }
    if (!names->len)
        return STATUS_OK;
    if (!options->fetch) {
        if (text && isatty(STDOUT_FILENO))
            print_textf(stdout,
                        _("'crier fetch' brings its articles; the reader does so by itself\n"));
        return STATUS_OK;
    }
    int status = add_fetch(context, names, &added);
    if (text && (status == STATUS_OK || status == STATUS_SOME))
        print_textf(stdout, ngettext("%u new article\n", "%u new articles\n", added), added);
    return status;
}

int
cli_add(struct context *context, int argc, char **argv)
{
    AUTO(options_add_clear) struct options_add options = {0};
    int status;
    if (!command_parse(context, COMMAND_ADD, &options, &argc, &argv, &status))
        return status;
    if (argc != 2) {
        message_error(_("'%s' takes one URL or portal"), "add");
        return STATUS_USAGE;
    }
    if (!is_possible(&options))
        return STATUS_USAGE;
    if (!outside_begin(context))
        return STATUS_INTERNAL;
    AUTO(session_close) struct session *session = cli_session(context, !options.dry_run, &status);
    if (!session)
        return status;
    g_autofree char *what = message_decode_argument(argv[1]),
                    *title = options.title ? message_decode_argument(options.title) : NULL;
    g_autoptr(GPtrArray) tags = g_ptr_array_new_with_free_func(g_free),
                         offers = g_ptr_array_new_with_free_func(offer_free);
    for (char **tag = options.tag; tag && *tag; tag++)
        g_ptr_array_add(tags, message_decode_argument(*tag));
    status = offer_all(session, &options, what, offers);
    if (status == STATUS_OK && !options.dry_run)
        status = subscribe_all(session, offers, title, tags);
    if (status != STATUS_OK)
        return status;
    if (!g_strcmp0(options.format, "json"))
        print_json(offers);
    else
        print_text_of(offers, what, options.all, options.dry_run);
    return fetch_taken(context, &options, offers);
}
