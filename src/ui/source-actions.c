/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening a source's page, unsubscribing, and the advice that names the keys for it. */
#include "config.h"

#include "ui/source-actions.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/url.h"
#include "ui/browser.h"
#include "ui/confirm.h"
#include "ui/diff-lines.h"

#include <string.h>

#define SOON 3600 /* seconds */

const struct source *
source_action_find(struct app *app, int64_t source)
{
    for (guint i = 0; source && i < app_sources(app)->len; i++) {
        const struct source *s = g_ptr_array_index(app_sources(app), i);
        if (s->id == source)
            return s;
    }
    return NULL;
}

/* Whether its address leads nowhere any more, so that a new one has to be looked for. */
static bool
has_moved(const struct source *s)
{
    return s->last_error &&
           (s->last_error->code == PROBLEM_NOT_FOUND || s->last_error->code == PROBLEM_GONE ||
            s->last_error->code == PROBLEM_REDIRECTS);
}

/* The home page of its portal, borrowed, or NULL. */
static const char *
portal_of(const struct app *app, const struct source *s)
{
    const struct subscription *sub = urls_find(app->session->urls, s->url);
    if (!sub || !sub->section)
        return NULL;
    const char *own = sub->section->edition->home;
    return own ? own : sub->portal->home;
}

/* The page of a source, borrowed: it, its site or its portal. */
static const char *
page_of(const struct app *app, const struct source *s)
{
    const struct subscription *sub = urls_find(app->session->urls, s->url);
    const char *address = sub ? subscription_address(sub) : s->url,
               *site = s->home ? s->home : portal_of(app, s);
    if (strchr(address, '{')) /* a template: there is no such page */
        return site ? site : address;
    if (has_moved(s))
        return site ? site : address;
    return s->home && !s->last_error ? s->home : address;
}

/* Who looks at processes sees what a browser was started with: no login is. */
static void
open_address(struct app *app, const char *address)
{
    g_autofree char *login = NULL, *url = url_without_login(address, &login);
    browser_open(app, url);
}

void
source_action_browse(struct app *app, int64_t source)
{
    const struct source *s = source_action_find(app, source);
    if (!s) {
        app_say(app, _("there is no source here whose page could be opened"));
        return;
    }
    open_address(app, page_of(app, s));
}

void
source_action_browse_site(struct app *app, int64_t source)
{
    const struct source *s = source_action_find(app, source);
    const char *site = s ? portal_of(app, s) : NULL;
    if (site)
        open_address(app, site);
    else
        source_action_browse(app, source);
}

static bool
has_articles(struct app *app, char *const *urls)
{
    for (guint i = 0; i < app_sources(app)->len; i++) {
        const struct source *s = g_ptr_array_index(app_sources(app), i);
        if (s->total > 0 && g_strv_contains((const char *const *)urls, s->url))
            return true;
    }
    return false;
}

/* What people know it by, or NULL; newly allocated. */
static char *
name_of(struct app *app, const char *name, const char *url)
{
    for (guint i = 0; !name && i < app_sources(app)->len; i++) {
        const struct source *s = g_ptr_array_index(app_sources(app), i);
        if (g_str_equal(s->url, url))
            name = s->name;
    }
    return g_strdup(name);
}

/* To who hears it, and then another row, it is named; articles: there are some of it. */
static void
say_removed(struct app *app, const char *url, const char *name, bool articles)
{
    if (g_str_has_prefix(url, "query:"))
        app_say(app, _("the saved query is removed; {undo} undoes it"));
    else if (app->plain && name && articles)
        app_say(
            app,
            _("unsubscribed: %s; its articles stay in the last row ({remove} deletes them); {undo} undoes it"),
            name);
    else if (app->plain && name)
        app_say(app, _("unsubscribed: %s; {undo} undoes it"), name);
    else
        app_say(
            app,
            articles
                ? _("unsubscribed; its articles stay in the last row ({remove} deletes them); {undo} undoes it")
                : _("unsubscribed; {undo} undoes it"));
}

/* what: the name, and then the URLs, a line each. */
static void
remove_now(struct app *app, const char *what)
{
    g_autoptr(GError) error = NULL;
    g_auto(GStrv) lines = g_strsplit(what, "\n", -1);
    char **urls = lines + 1;
    bool articles = has_articles(app, urls);
    g_autofree char *name = name_of(app, *lines[0] ? lines[0] : NULL, urls[0]);
    bool done = session_unsubscribe(app->session, urls, *lines[0] ? lines[0] : NULL, &error);
    if (done)
        say_removed(app, urls[0], name, articles);
    else
        app_show_error(app, "%s", error->message);
    if (done && app_top(app)->ops->context == CONTEXT_LIST) /* it was the list of this one */
        app_pop(app);
    app_reload(app);
}

void
source_action_ask_remove(struct app *app, const char *label, const char *quoted, const char *name,
                         char *const *urls)
{
    g_autofree char *lines = g_strjoinv("\n", (char **)urls);
    confirm(app, label, quoted, remove_now, g_strconcat(name ? name : "", "\n", lines, NULL));
}

void
source_action_remove(struct app *app, int64_t source)
{
    const struct source *s = source_action_find(app, source);
    if (!s) {
        app_say(app, _("there is no source here to unsubscribe from"));
        return;
    }
    g_autofree char *label = g_strdup_printf(_("Unsubscribe from %s? (y/n) "), s->name);
    source_action_ask_remove(app, label, s->name, NULL, (char *[]){s->url, NULL});
}

/* The text with the actions of a list. */
static char *
in_list(const char *keys)
{
    GString *text = g_string_new(keys);
    g_string_replace(text, "{remove}", "{delete}", 0);
    return g_string_free(text, FALSE);
}

/*
 * When one that failed is fetched again and which key does it now, where nobody would guess it;
 * NULL: within the hour, or nobody knows.
 */
static char *
next_try(const struct app *app, enum action_context context, const struct source *s)
{
    int64_t now = clock_now(), due = MAX(s->next_due, s->retry_after);
    if (!s->active || s->last_error->code == PROBLEM_PORTAL_FILE || due <= now + SOON)
        return NULL;
    g_autofree char *time = diff_time(due),
                    *text =
                        s->retry_after > now /* before which the key does nothing, too */
                            ? g_strdup_printf(_("Its next fetch is due at %s."), time)
                            : g_strdup_printf(
                                  _("Its next fetch is due at %s; {fetch} tries it now."), time);
    return keymap_text(app->keymap, context, text);
}

/* Two sentences, either of which may be NULL; takes both. */
static char *
join(char *one, char *other)
{
    g_autofree char *first = one, *second = other;
    if (!first || !second)
        return first ? g_steal_pointer(&first) : g_steal_pointer(&second);
    /* TRANSLATORS: what to do about an error, and then which keys do it: two sentences */
    return g_strdup_printf(_("%s %s"), first, second);
}

char *
source_action_advice(const struct app *app, enum action_context context,
                     const struct source *source, const struct problem *problem)
{
    bool failed = problem == source->last_error;
    if (!failed && trouble_is_of_part(source, problem))
        return g_strdup(trouble_advice(app->session->store, source, problem));
    char *next = failed ? next_try(app, context, source) : NULL;
    const char *keys = problem_keys(problem->code);
    if (next && problem_is_tried_again(problem->code)) /* which is said with the time */
        keys = NULL;
    /* in a list the key for articles unsubscribes where there are none */
    g_autofree char *here = keys && context == CONTEXT_LIST ? in_list(keys) : g_strdup(keys);
    char *text = here ? keymap_text(app->keymap, context, here) : NULL;
    return join(join(g_strdup(problem_advice(problem->code)), text), next);
}

static char *
advise(const struct source *source, const struct problem *warning, gpointer app)
{
    return source_action_advice(app, CONTEXT_PAGE, source, warning);
}

GPtrArray *
source_action_troubles(const struct app *app, const struct source *source)
{
    return troubles_of(source, advise, (gpointer)app);
}
