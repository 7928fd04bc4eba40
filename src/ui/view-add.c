/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * To subscribe: the catalogue's portals, those of the user's country and language first, by part of
 * a name in any of their languages, sorted as the locale sorts; or a URL, which the worker looks at
 * and which is shown before it is subscribed to.  At the first start it is the first screen.
 */
#include "config.h"

#include "base/i18n.h"
#include "base/url.h"
#include "config/catalogue-table.h"
#include "config/catalogue.h"
#include "config/typed.h"
#include "reader/discovery.h"
#include "reader/heading.h"
#include "reader/known-address.h"
#include "ui/app.h"
#include "ui/choice.h"
#include "ui/confirm.h"
#include "ui/fetching.h"
#include "ui/jobs.h"
#include "ui/views.h"

#include <string.h>

struct offer {
    struct choice *choice;
    bool own, near;       /* of the user's language, of the user's country */
    char *country, *name; /* collation keys */
};

static int
rank_of(const struct offer *offer)
{
    return offer->near && offer->own ? 0 : offer->near ? 1 : offer->own ? 2 : 3;
}

/* The user's country, then countries as the locale sorts their names, in each its portals. */
static int
compare_offers(gconstpointer a, gconstpointer b)
{
    const struct offer *one = a, *other = b;
    if (rank_of(one) != rank_of(other))
        return rank_of(one) - rank_of(other);
    int order = strcmp(one->country, other->country);
    if (!order)
        order = strcmp(one->name, other->name);
    return order ? order : strcmp(one->choice->value, other->choice->value);
}

static void
clear_offer(gpointer data)
{
    struct offer *offer = data; /* its choice was handed on */
    g_free(offer->country);
    g_free(offer->name);
}

/* "Denmark, Midtjylland", or NULL. */
static char *
where_of(const struct portal_place *place)
{
    if (!place->country)
        return NULL;
    const char *country = catalogue_country(place->country);
    return place->region ? g_strconcat(country, _(", "), catalogue_region(place->region), NULL)
                         : g_strdup(country);
}

/* What a row says of a portal or an edition that is subscribed to; NULL: it is not. */
static const char *
known_note(const struct app *app, const struct portal *portal, const struct portal_edition *edition)
{
    switch (known_part_of(app->session->urls, portal, edition)) {
    case KNOWN_ALL:
        /* TRANSLATORS: of a portal or an edition of one that could be chosen */
        return _("subscribed to already");
    case KNOWN_PART:
        /* TRANSLATORS: of a portal or an edition of one that could be chosen */
        return _("subscribed to in part");
    default:
        return NULL;
    }
}

/*
 * A portal as a choice: its name, where it is and its languages; its names in other languages and
 * spellings are looked through too, and those of its country, by which one browses.
 */
static struct offer
offer_of(const struct app *app, const struct portal *portal)
{
    const char *country = portal->place.country ? catalogue_country(portal->place.country) : "",
               *name = portal_name(portal->names);
    struct offer offer = {.country = g_utf8_collate_key(country, -1),
                          .name = g_utf8_collate_key(name, -1),
                          .near = heading_is_own_country(portal->place.country)};
    const char *dot = app_dot(app), *known = known_note(app, portal, NULL);
    GString *detail = g_string_new(known); /* what is cut stands last */
    g_string_append_printf(detail, "%s%s", known ? dot : "", portal->id);
    g_autofree char *where = where_of(&portal->place), *more = catalogue_search_text(portal);
    if (where)
        g_string_append_printf(detail, "%s%s", dot, where);
    for (guint i = 0; i < portal->editions->len; i++) {
        const struct portal_edition *edition = g_ptr_array_index(portal->editions, i);
        g_string_append_printf(detail, "%s%s", dot, heading_language(edition->language));
        offer.own |= heading_is_own(edition->language);
    }
    offer.choice = choice_new(name, detail->str, more, portal->id);
    g_string_free(detail, TRUE);
    return offer;
}

static GPtrArray *
catalogue_choices(struct app *app)
{
    g_autoptr(GArray) offers = g_array_new(FALSE, FALSE, sizeof(struct offer));
    g_array_set_clear_func(offers, clear_offer);
    g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) portals = catalogue_portals(app->session->context->config_dir, problems);
    for (guint i = 0; i < problems->len; i++)
        app_show_error(app, "%s", (const char *)g_ptr_array_index(problems, i));
    for (guint i = 0; i < portals->len; i++) {
        struct offer offer = offer_of(app, g_ptr_array_index(portals, i));
        g_array_append_val(offers, offer);
    }
    g_array_sort(offers, compare_offers);
    GPtrArray *choices = g_ptr_array_new();
    for (guint i = 0; i < offers->len; i++)
        g_ptr_array_add(choices, g_array_index(offers, struct offer, i).choice);
    return choices;
}

/*
 * Adds a line of urls; the title is kept for a list: what else has a name of its own says it.
 * name: what the user knows it by, or NULL.
 */
static bool
add_line(struct app *app, const char *what, const char *title, const char *name, bool list)
{
    g_autoptr(GError) error = NULL;
    char *const tags[] = {(char *)"list", NULL};
    if (session_add(app->session, what, title, list ? tags : NULL, false, &error))
        return true;
    bool known = g_error_matches(error, CONFIG_ERROR, CONFIG_ERROR_EXISTS);
    if (known && name && !url_is_web(what))
        app_show_error(app, _("'%s' is subscribed to already"), name);
    else
        app_show_error(app, "%s", error->message);
    return false;
}

static bool
is_asked(struct app *app)
{
    return app_top(app)->ops->context == CONTEXT_CHOICE && !app->prompt.active;
}

/*
 * Goes back to the first view, unless one has gone on to something else, and fetches what is new;
 * true when that has to wait.
 */
static bool
go_and_fetch(struct app *app)
{
    if (is_asked(app)) {
        app->focus = 0;
        app_close_from(app, 1);
    }
    app_reload(app);
    return fetching_ask_new(app);
}

static void
subscribe(struct app *app, const char *what, const char *title, bool list)
{
    g_autofree char *line = g_strdup(what), *name = g_strdup(title);
    if (!add_line(app, line, list ? name : NULL, name, list))
        return;
    bool waits = go_and_fetch(app);
    app_say(app,
            waits ? _("subscribed: %s; it is fetched after the fetch that runs")
                  : _("subscribed: %s"),
            name ? name : line);
}

/* --- a portal of several editions ------------------------------------------------------ */

static void
edition_chosen(struct app *app, const struct choice_request *request, const struct choice *choice,
               const char *typed)
{
    (void)request;
    (void)typed;
    if (choice)
        subscribe(app, choice->value, choice->text, false);
}

static void
choose_edition(struct app *app, const struct portal *portal)
{
    GPtrArray *choices = g_ptr_array_new();
    g_autofree char *all = g_strdup_printf(_("%s, every edition"), portal_name(portal->names));
    g_ptr_array_add(choices, choice_new(all, known_note(app, portal, NULL), NULL, portal->id));
    for (guint i = 0; i < portal->editions->len; i++) {
        const struct portal_edition *edition = g_ptr_array_index(portal->editions, i);
        g_autofree char *value = g_strdup_printf("%s/%s", portal->id, edition->id);
        g_autofree char *text = g_strconcat(portal_name(portal->names), _(", "),
                                            heading_language(edition->language), NULL);
        g_ptr_array_insert(choices, heading_is_own(edition->language) ? 0 : -1,
                           choice_new(text, known_note(app, portal, edition), NULL, value));
    }
    struct choice_request request = {
        .title = portal_name(portal->names),
        .intro = _("In which language do you want to read it? Editions can be added later."),
        .label = _("Edition: "),
        .menu = choices->len <= 9,
        .choices = choices,
        .chosen = edition_chosen};
    app_open(app, &(struct target){.kind = TARGET_CHOICE, .choice = &request});
}

static void
portal_chosen(struct app *app, const char *id)
{
    g_autoptr(GError) error = NULL;
    AUTO(portal_free) struct portal *portal =
        strchr(id, '/') ? NULL : catalogue_open(app->session->context->config_dir, id, &error);
    if (portal && portal->editions->len > 1)
        choose_edition(app, portal);
    else
        subscribe(app, id, portal ? portal_name(portal->names) : NULL, false);
}

static struct known_address *
find_known(const struct app *app, const char *address)
{
    const struct session *session = app->session;
    return known_address_find(session->urls, session->context->config_dir, address);
}

/* Subscribes to what the catalogue has at an address. */
static void
known_chosen(struct app *app, const char *address)
{
    AUTO(known_address_free)
    struct known_address *known = find_known(app, address);
    const char *id = known ? known->line + strlen("portal:") : "";
    if (known && known->name && strchr(id, '/'))
        subscribe(app, id, known->name, false);
    else if (known && known->name)
        portal_chosen(app, id);
}

/* --- a URL ------------------------------------------------------------------------------- */

/* Subscribes to all feeds of a page; to have one of them already is no failure. */
static void
all_discovered(struct app *app, const char *answer, const char *error)
{
    AUTO(discovery_free) struct discovery *found = answer ? discovery_parse(answer) : NULL;
    guint added = 0;
    for (guint i = 0; found && i < found->feeds->len; i++) {
        const struct discovered_feed *feed = g_ptr_array_index(found->feeds, i);
        added += add_line(app, feed->url, feed->name, NULL, false);
    }
    if (!found)
        app_show_error(app, "%s", error && *error ? error : _("there is nothing to subscribe to"));
    if (!added)
        return;
    go_and_fetch(app);
    app_say(app, ngettext("subscribed to %u feed", "subscribed to %u feeds", added), added);
}

static void discovered(struct app *app, const char *answer, const char *error);

/* Who leaves does not wait for what the address has. */
static void
closed(struct app *app)
{
    if (!job_runs(&app->jobs[JOB_DISCOVER]) || app->addresses.urls)
        return; /* those that were pasted are looked at whatever one reads meanwhile */
    job_abandon(&app->jobs[JOB_DISCOVER]);
    app_say(app, _("the portal is not asked any longer"));
}

/* Who does not want what was found does not look for another. */
static void
leave(struct app *app)
{
    choice_leave(app);
    app_say(app, "%s", _("nothing was done"));
}

static void
preview_chosen(struct app *app, const struct choice_request *request, const struct choice *choice,
               const char *typed)
{
    (void)typed;
    AUTO(discovery_free) struct discovery *found = discovery_parse(request->data);
    if (!choice || !found)
        app_pop(app);
    else if (g_str_equal(choice->value, "no"))
        leave(app);
    else if (g_str_equal(choice->value, "yes"))
        subscribe(app, found->url, found->title, found->list);
    else if (g_str_has_prefix(choice->value, "portal:"))
        known_chosen(app, found->url);
    else if (g_str_equal(choice->value, "all"))
        jobs_discover(app, found->page, true, all_discovered);
    else /* another feed: nobody has looked at it yet */
        jobs_discover(app, choice->value, false, discovered);
}

/* The other feeds of the page, and all of them. */
static void
add_others(GPtrArray *choices, const struct discovery *found)
{
    for (guint i = 0; i < found->feeds->len; i++) {
        const struct discovered_feed *feed = g_ptr_array_index(found->feeds, i);
        g_autofree char *shown = url_shown(feed->url);
        const char *title = feed->title ? feed->title : shown;
        if (!g_str_equal(feed->url, found->url))
            g_ptr_array_add(choices, feed->comments
                                         ? choice_new(title, _("comments"), NULL, feed->url)
                                         : choice_new_address(title, shown, feed->url));
    }
    g_autofree char *all = g_strdup_printf(ngettext("Subscribe to %u feed of the page",
                                                    "Subscribe to all %u feeds", found->feeds->len),
                                           found->feeds->len);
    if (found->feeds->len > 1)
        g_ptr_array_add(choices, choice_new(all, NULL, NULL, "all"));
}

/* By the portal that has it, where one has, and then by itself. */
static void
add_subscribing(GPtrArray *choices, const struct known_address *known)
{
    if (known && !known->subscribed) {
        /* TRANSLATORS: the name of a portal of the catalogue, its edition, its section */
        g_autofree char *text = g_strdup_printf(_("Subscribe to %s"), known->name);
        g_ptr_array_add(choices, choice_new(text, NULL, NULL, known->line));
    }
    if (!known || !known->subscribed)
        g_ptr_array_add(choices, choice_new(known ? _("Subscribe to the address alone")
                                                  : _("Subscribe and fetch"),
                                            NULL, NULL, "yes"));
}

/* Whether it is subscribed to, or can be by a portal of the catalogue; a line, or none. */
static void
add_known(GString *intro, const struct known_address *known)
{
    if (known && known->name && known->subscribed)
        g_string_append_printf(intro, _("You are subscribed to it already: %s."), known->name);
    else if (known && known->name)
        g_string_append_printf(intro, _("It is of a portal of the catalogue: %s."), known->name);
    else if (known)
        g_string_append(intro, _("You are subscribed to it already."));
    if (known)
        g_string_append_c(intro, '\n');
}

/* Opens what can be done with what was found, or nothing; takes intro and choices. */
static void
open_found(struct app *app, GString *intro, GPtrArray *choices,
           void (*chosen)(struct app *app, const struct choice_request *request,
                          const struct choice *choice, const char *typed),
           const char *data)
{
    g_ptr_array_add(choices, choice_new(_("Do not subscribe"), NULL, NULL, "no"));
    struct choice_request request = {.title = _("Found"),
                                     .intro = intro->str,
                                     .label = _("Choice: "),
                                     .menu = choices->len <= 9,
                                     .choices = choices,
                                     .chosen = chosen,
                                     .closed = closed,
                                     .data = g_strdup(data),
                                     .free_data = g_free};
    app_open(app, &(struct target){.kind = TARGET_CHOICE, .choice = &request});
    g_string_free(intro, TRUE);
}

/* What was found, to be looked at before it is subscribed to. */
static void
preview(struct app *app, const struct discovery *found, const char *answer)
{
    GString *intro = g_string_new(NULL);
    g_autofree char *shown = url_shown(found->url);
    g_string_append_printf(intro, "#%s\n%s\n", found->title ? found->title : shown, shown);
    AUTO(known_address_free)
    struct known_address *known = find_known(app, found->url);
    add_known(intro, known);
    g_string_append_printf(
        intro,
        found->list
            ? ngettext(
                  "A news page with %u article:", "A news page with %u articles:", found->entries)
            : ngettext("A feed with %u article:", "A feed with %u articles:", found->entries),
        found->entries);
    for (char **title = found->sample; *title; title++)
        g_string_append_printf(intro, "\n%c%s%s", CHOICE_LINE,
                               app->plain ? "" : app_sign(app, "· ", "- "), *title);
    if (found->feeds->len > 1)
        g_string_append_printf(intro, "\n%s", _("The page has other feeds too."));
    GPtrArray *choices = g_ptr_array_new();
    add_subscribing(choices, known);
    add_others(choices, found);
    open_found(app, intro, choices, preview_chosen, answer);
}

/* --- the address of a portal --------------------------------------------------------------- */

static void
shown_chosen(struct app *app, const struct choice_request *request, const struct choice *choice,
             const char *typed)
{
    (void)typed;
    g_autofree char *address = g_strdup(request->data);
    if (!choice)
        app_pop(app);
    else if (g_str_equal(choice->value, "no"))
        leave(app);
    else if (g_str_equal(choice->value, "look"))
        jobs_discover(app, address, false, discovered);
    else
        known_chosen(app, choice->value);
}

/* What a portal has at an address is known before anybody looks. */
static void
show_known(struct app *app, const struct known_address *known, const char *address,
           const char *typed)
{
    GString *intro = g_string_new(NULL);
    g_autofree char *shown = url_shown(address);
    g_string_append_printf(intro, "#%s\n%s\n", known->name, shown);
    g_string_append(intro, known->subscribed ? _("You are subscribed to it already.")
                                             : _("The catalogue has this portal."));
    GPtrArray *choices = g_ptr_array_new();
    if (!known->subscribed)
        g_ptr_array_add(choices, choice_new(_("Subscribe and fetch"), NULL, NULL, address));
    g_ptr_array_add(choices, choice_new(_("Look at the address all the same"), NULL, NULL, "look"));
    open_found(app, intro, choices, shown_chosen, typed);
}

/* An address that was typed, which may mean several. */
static void
look_at(struct app *app, const char *typed)
{
    g_autoptr(GPtrArray) urls = typed_address(typed, NULL);
    for (guint i = 0; urls && i < urls->len; i++) {
        AUTO(known_address_free)
        struct known_address *known = find_known(app, g_ptr_array_index(urls, i));
        if (known && known->name) {
            show_known(app, known, g_ptr_array_index(urls, i), typed);
            return;
        }
    }
    jobs_discover(app, typed, false, discovered);
}

static bool
is_subscribed(const struct app *app, const char *url)
{
    AUTO(known_address_free)
    struct known_address *known = known_address_subscribed(app->session->urls, url);
    return known != NULL;
}

static void
discovered(struct app *app, const char *answer, const char *error)
{
    AUTO(discovery_free) struct discovery *found = answer ? discovery_parse(answer) : NULL;
    if (found && is_asked(app))
        preview(app, found, answer);
    else if (found) { /* who has gone on to something else is not interrupted */
        g_autofree char *shown = url_shown(found->title ? found->title : found->url);
        app_say(app,
                is_subscribed(app, found->url) ? _("found: %s; you are subscribed to it already")
                : app_takes(app, ACTION_ADD)
                    ? _("found: %s; {add} and its address again subscribe to it")
                    : _("found: %s; you are not subscribed to it yet"),
                shown);
    } else {
        app_show_error(app, "%s", error && *error ? error : _("there is nothing to subscribe to"));
    }
}

/* --- several URLs ------------------------------------------------------------------------ */

static void looked_at(struct app *app, const char *answer, const char *error);

/* Looks at the next one; after the last what was subscribed to is fetched. */
static void
look_on(struct app *app)
{
    struct address_queue *queue = &app->addresses;
    while (queue->urls->len) {
        g_autofree char *url = g_ptr_array_steal_index(queue->urls, 0);
        if (!is_subscribed(app, url)) {
            jobs_discover(app, url, false, looked_at);
            return;
        }
        queue->added++;
    }
    g_clear_pointer(&queue->urls, g_ptr_array_unref);
    if (queue->added)
        go_and_fetch(app);
    if (queue->added == queue->all)
        app_say(app, ngettext("subscribed to %u address", "subscribed to %u addresses", queue->all),
                queue->all);
    else if (app_takes(app, ACTION_ERRORS))
        app_say(app, _("subscribed to %u of %u addresses; {errors} tells why not to the others"),
                queue->added, queue->all);
    else
        app_say(app, _("subscribed to %u of %u addresses"), queue->added, queue->all);
}

/* To be subscribed to one already is no failure. */
static void
looked_at(struct app *app, const char *answer, const char *error)
{
    AUTO(discovery_free) struct discovery *found = answer ? discovery_parse(answer) : NULL;
    if (!app->addresses.urls)
        return;
    if (!found)
        app_show_error(app, "%s", error && *error ? error : _("there is nothing to subscribe to"));
    else if (is_subscribed(app, found->url) ||
             add_line(app, found->url, found->list ? found->title : NULL, NULL, found->list))
        app->addresses.added++;
    look_on(app);
}

/* data: the addresses, a line each. */
static void
subscribe_to_all(struct app *app, const char *data)
{
    struct address_queue *queue = &app->addresses;
    g_auto(GStrv) urls = g_strsplit(data, "\n", -1);
    g_clear_pointer(&queue->urls, g_ptr_array_unref);
    queue->urls = g_ptr_array_new_with_free_func(g_free);
    for (char **url = urls; *url; url++)
        g_ptr_array_add(queue->urls, g_strdup(*url));
    queue->all = queue->urls->len;
    queue->added = 0;
    look_on(app);
}

void
add_ask_many(struct app *app, const GPtrArray *urls)
{
    GString *lines = g_string_new(NULL);
    for (guint i = 0; i < urls->len; i++)
        g_string_append_printf(lines, "%s%s", i ? "\n" : "",
                               (const char *)g_ptr_array_index(urls, i));
    g_autofree char *label = g_strdup_printf(
        ngettext("Subscribe to the %u address that was pasted? (y/n) ",
                 "Subscribe to the %u addresses that were pasted? (y/n) ", urls->len),
        urls->len);
    confirm(app, label, NULL, subscribe_to_all, g_string_free(lines, FALSE));
}

/* --- both ---------------------------------------------------------------------------------- */

/* Whether what was typed is an address, with or without its scheme, and no portal's name. */
static bool
is_address(const struct app *app, const char *typed, GError **error)
{
    if (!url_is_web(typed) && session_is_portal(app->session, typed))
        return false;
    g_autoptr(GPtrArray) urls = typed_address(typed, error);
    return urls != NULL;
}

/* Whether it names an edition or a section of a portal ("qiqihar/ru"), or a portal. */
static bool
is_of_portal(const struct app *app, const char *typed)
{
    return *typed && !strchr(typed, ' ') && session_is_portal(app->session, typed);
}

static bool
takes(const struct app *app, const char *typed)
{
    return is_of_portal(app, typed) || is_address(app, typed, NULL);
}

static void
add_chosen(struct app *app, const struct choice_request *request, const struct choice *choice,
           const char *typed)
{
    (void)request;
    g_autofree char *what = g_strstrip(g_strdup(typed));
    if (choice) {
        g_autofree char *id = g_strdup(choice->value);
        portal_chosen(app, id);
        return;
    }
    g_autoptr(GError) error = NULL;
    if (app->addresses.urls && job_runs(&app->jobs[JOB_DISCOVER]))
        app_say(app, _("wait until the addresses that were pasted are looked at"));
    else if (is_address(app, what, &error))
        look_at(app, what);
    else if (error && *what && !g_error_matches(error, CONFIG_ERROR, CONFIG_ERROR_UNKNOWN))
        app_show_error(app, "%s", error->message); /* it was meant to be one */
    else if (*what)
        portal_chosen(app, what);
}

static const char *
nothing_matches(struct app *app, const char *typed)
{
    if (job_runs(&app->jobs[JOB_DISCOVER]))
        return _("Looking at the address.");
    if (is_of_portal(app, typed))
        return app->plain ? _("An empty line subscribes to this edition or section of the portal.")
                          : _("Enter subscribes to this edition or section of the portal.");
    if (!is_address(app, typed, NULL) && strstr(typed, "://"))
        return _("This is no address that can be looked at.");
    return is_address(app, typed, NULL)
               ? app->plain ? _("An empty line looks at this address for a feed or a list of news.")
                            : _("Enter looks at this address for a feed or a list of news.")
               : _("No portal of the catalogue has this name. The address of a news page or a feed works too.");
}

struct view *
add_view_new(struct app *app, bool first)
{
    const char *how =
        _("Type part of a city's name, or paste the address of a news page or a feed.");
    g_autofree char *spoken =
        g_strdup_printf("#%s\n%s\n%s", _("Welcome"), _("Nothing is subscribed to yet."), how);
    return choice_view_new(&(struct choice_request){
        .title = first ? _("crier: municipal news") : _("Subscribe"),
        .intro =
            first && app->plain ? spoken
            : first
                ? _("#Welcome\nNothing is subscribed to yet. Type part of a city's name and choose with Enter, or paste the address of a news page or a feed.")
                : how,
        .label = _("Portal or URL: "),
        .choices = catalogue_choices(app),
        .chosen = add_chosen,
        .closed = closed,
        .empty = nothing_matches,
        .takes = takes});
}
