/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said of how a fetch ended, in one sentence. */
#include "config.h"

#include "ui/fetching-said.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/status.h"
#include "base/url.h"
#include "store/health.h"
#include "store/sources.h"
#include "ui/diff-lines.h"

#include <string.h>

static bool
has_news(const struct news *news)
{
    return news->added || news->revised || news->withdrawn || news->returned;
}

/* How many failed, and the key that tells more where one is. */
static const char *
failures_format(const struct app *app, guint count)
{
    if (app->fetch.no_network)
        return app_takes(app, ACTION_FETCH_ALL)
                   ? ngettext(
                         "no network: %u source was not fetched; {fetch-all} tries again once there is one",
                         "no network: %u sources were not fetched; {fetch-all} tries again once there is one",
                         count)
                   : ngettext("no network: %u source", "no network: %u sources", count);
    return app_takes(app, ACTION_ERRORS) ? ngettext("%u source failed; {errors} tells why",
                                                    "%u sources failed; {errors} tells why", count)
                                         : ngettext("%u source failed", "%u sources failed", count);
}

/* What failed, with the keys that are bound. */
static char *
failures(const struct app *app, guint count)
{
    const struct fetch_progress *fetch = &app->fetch;
    enum action_context context = app_top(app)->ops->context;
    if (fetch->why && fetch->total == 1 && !fetch->no_network) { /* that one knows which it is */
        if (!app_takes(app, ACTION_ERRORS))
            return g_strdup(fetch->why);
        g_autofree char *more = keymap_text(app->keymap, context, _("{errors} tells what to do"));
        return g_strdup_printf(_("%s; %s"), fetch->why, more);
    }
    g_autofree char *words = g_strdup_printf(failures_format(app, count), count);
    return keymap_text(app->keymap, context, words);
}

/* What came; where none of it is new, with the way to what is: new articles stand in lists. */
static char *
news_words(const struct app *app)
{
    const struct news *news = &app->fetch.news;
    g_autofree char *came = news_sentence(news);
    if (news->added || !news->revised || !app_takes(app, ACTION_SEARCH))
        return g_steal_pointer(&came);
    g_autofree char *way = keymap_text(app->keymap, app_top(app)->ops->context,
                                       _("{search} is:revised lists what was revised"));
    return g_strdup_printf(_("%s; %s"), came, way);
}

static void
say_news(struct app *app)
{
    g_autofree char *news = news_words(app);
    app_say(app, "%s", news);
}

/*
 * Of a fetch that nobody asked for only what is news; what one reads now is not written over.  Who
 * was told that it runs is told its end, and what failed that had not failed before.
 */
static void
say_automatic(struct app *app)
{
    if (app->message)
        return;
    const struct fetch_progress *fetch = &app->fetch;
    bool all_failed = fetch->failed && fetch->failed == fetch->total;
    guint count = !app->plain || all_failed || fetch->no_network ? fetch->failed : fetch->newly;
    g_autofree char *failed = failures(app, count), *came = news_words(app);
    bool none_came = all_failed && !has_news(&fetch->news),
         tells = none_came || (app->plain && fetch->newly);
    if (tells && has_news(&fetch->news))
        app_say(app, _("%s; %s"), failed, came);
    else if (tells)
        app_say(app, "%s", failed);
    else if (has_news(&fetch->news) || app->plain)
        app_say(app, "%s", came);
}

/*
 * Until when the hosts of what was asked for want no request, and which of them waits the shortest
 * time; 0: they have not said so.
 */
static int64_t
waits_until(struct app *app, char **host)
{
    int64_t now = clock_now(), first = 0;
    g_autoptr(GHashTable) hosts = sources_waiting_hosts(app->session->store, now, NULL);
    for (guint i = 0; hosts && i < app_sources(app)->len; i++) {
        const struct source *source = g_ptr_array_index(app_sources(app), i);
        g_autofree char *number = g_strdup_printf(" %" G_GINT64_FORMAT " ", source->id);
        int64_t until =
            source_waits_until(source, urls_find(app->session->urls, source->url), hosts, now);
        if (!until || (app->fetch.asked && !strstr(app->fetch.asked, number)) ||
            (first && first <= until))
            continue;
        first = until;
        g_free(*host);
        *host = url_host_shown(source->url);
    }
    return first;
}

static void
say_nothing_fetched(struct app *app)
{
    g_autofree char *host = NULL;
    int64_t until = app->fetch.waiting && app->session->store ? waits_until(app, &host) : 0;
    g_autofree char *time = until ? diff_time(until) : NULL;
    if (time && host)
        /* TRANSLATORS: a host, what it has said (Retry-After), and until when */
        app_say(app, _("nothing was fetched: %s wants no request before %s"), host, time);
    else
        app_say(app, _("nothing was due"));
}

/* What failed, and what came all the same. */
static void
say_failed(struct app *app)
{
    const struct news *news = &app->fetch.news;
    g_autofree char *failed = failures(app, app->fetch.failed), *came = news_sentence(news);
    if (app->fetch.no_network) /* which is told once, and not by each source */
        app_show_error(app, "%s", failed);
    else if (has_news(news))
        /* TRANSLATORS: "1 source failed; e tells why; 12 new articles" */
        app_refuse(app, _("%s; %s"), failed, came);
    else
        app_refuse(app, "%s", failed);
}

/* The portals whose files could not be used, as the worker has seen, too. */
static void
say_missing(struct app *app)
{
    const GPtrArray *problems = app->session->urls->problems;
    const char *first = ((const struct urls_problem *)g_ptr_array_index(problems, 0))->text;
    g_autofree char *news = has_news(&app->fetch.news) ? news_sentence(&app->fetch.news) : NULL,
                    *failed = app->fetch.failed ? failures(app, app->fetch.failed) : NULL;
    if (failed || news)
        app_show_error(app, _("%s; %s"), first, failed ? failed : news);
    else
        app_show_error(app, "%s", first);
}

static void
say_done(struct app *app)
{
    if (app->fetch.automatic)
        say_automatic(app);
    else if (app->session->urls->missing->len)
        say_missing(app);
    else if (app->fetch.failed)
        say_failed(app);
    else if (app->fetch.total == 0)
        say_nothing_fetched(app);
    else
        say_news(app);
}

void
fetching_say_let_go(struct app *app)
{
    app->fetch.let_go = true;
    app_say(
        app,
        _("nothing is fetched after the fetch of the other program any more; that one goes on"));
}

static void
add_sentence(GString *text, const char *sentence)
{
    if (!sentence)
        return;
    g_autofree char *before = g_strdup(text->str);
    g_string_printf(text, _("%s; %s"), before, sentence);
}

/* How far it came, what failed, what it brought, and that what waited for it went with it. */
static void
say_stopped(struct app *app)
{
    const struct fetch_progress *fetch = &app->fetch;
    if (fetch->let_go)
        return;
    if (app_fetch_follows(app)) { /* which nobody knew yet when it was stopped */
        fetching_say_let_go(app);
        return;
    }
    g_autoptr(GString) text = g_string_new(NULL);
    g_autofree char *news = has_news(&fetch->news) ? news_sentence(&fetch->news) : NULL,
                    *failed = fetch->failed ? failures(app, fetch->failed) : NULL;
    if (fetch->total)
        g_string_printf(text,
                        ngettext("stopped: %u of %u source was fetched; what was stored stays",
                                 "stopped: %u of %u sources were fetched; what was stored stays",
                                 fetch->total),
                        fetch->done - MIN(fetch->failed, fetch->done), fetch->total);
    else
        g_string_assign(text, _("the fetch was stopped"));
    add_sentence(text, failed);
    add_sentence(text, news);
    if (fetch->dropped) /* TRANSLATORS: of what a fetch that was stopped came to */
        app_say(app, _("%s; what was asked for meanwhile is not fetched"), text->str);
    else
        app_say(app, "%s", text->str);
}

void
fetching_say_end(struct app *app, const struct job_end *end)
{
    if (end->stopped)
        say_stopped(app);
    else if (end->status == STATUS_OK || end->status == STATUS_SOME || end->status == STATUS_ALL)
        say_done(app);
    else if (app->fetch.automatic && end->status == STATUS_BUSY)
        return; /* another program does it */
    else if (end->status > 128)
        app_show_error(
            app,
            app_takes(app, ACTION_FETCH_ALL)
                ? _("the fetch was ended by signal %d; {fetch-all} starts it again, and what it had stored is kept")
                : _("the fetch was ended by signal %d; what it had stored is kept"),
            end->status - 128);
    else
        app_show_error(app, _("the fetch ended with status %d: %s"), end->status, end->words);
}
