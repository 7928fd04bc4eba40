/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The reader's children: a fetch, a discovery, an errand, followed through pipes.  Nothing
 * here waits for the network.
 */
#include "config.h"

#include "base/clean.h"
#include "base/i18n.h"
#include "base/problem.h"
#include "base/status.h"
#include "document/document.h"
#include "ui/app.h"

#include <jansson.h>
#include <string.h>

#define FLUSH_TIMEOUT 8            /* ms that queued marks wait for a turn: half of a 60 Hz frame */
#define RELOAD_PAUSE (100 * 1000) /* microseconds between two looks at a store that a fetch is filling */

static void
on_event(const char *line, gpointer user)
{
    struct app *app = user;
    json_t *event = json_loads(line, 0, NULL);
    const char *kind = json_string_value(json_object_get(event, "event"));
    if (!kind) {
        json_decref(event);
        return;
    }
    if (g_str_equal(kind, "start")) {
        const char *version = json_string_value(json_object_get(event, "version"));
        app->fetch_total = (guint)json_integer_value(json_object_get(event, "sources"));
        if (!version || !g_str_equal(version, PACKAGE_VERSION))
            app_complain(app, _("crier-worker is version %s, this is %s: check the installation"), version ? version : "?", PACKAGE_VERSION);
    } else if (g_str_equal(kind, "source")) {
        app->fetch_done = (guint)json_integer_value(json_object_get(event, "done"));
        app->fetch_new += (guint)json_integer_value(json_object_get(event, "new"));
        AUTO(problem_free) struct problem *error = problem_from_json(json_object_get(event, "error"));
        const char *title = json_string_value(json_object_get(event, "title"));
        g_free(app->fetch_title);
        app->fetch_title = title ? text_squeeze(title, -1) : NULL;
        if (error) {
            app->fetch_failed++;
            g_autofree char *sentence = problem_sentence(error);
            app_complain(app, "%s: %s", title ? title : "", sentence);
        }
    }
    json_t *bytes = json_object_get(event, "bytes");
    if (bytes)
        app->fetch_bytes = json_integer_value(bytes);
    json_decref(event);
}

/* The last line of what a child said on its standard error, without the program's name. */
static char *
last_words(const struct child *child)
{
    g_autofree char *text = g_strchomp(g_strdup(child->errors->str));
    const char *line = strrchr(text, '\n');
    line = line ? line + 1 : text;
    if (g_str_has_prefix(line, "crier: "))
        line += strlen("crier: ");
    return text_squeeze(line, -1);
}

static void
fetch_ended(struct app *app)
{
    g_autofree char *words = last_words(app->fetch);
    bool stopping = app->fetch->stopping;
    int status = child_finish(app->fetch);
    app->fetch = NULL;
    app_reload(app);
    if (status == STATUS_OK || status == STATUS_SOME || status == STATUS_ALL) {
        if (app->fetch_failed)
            app_complain(app, ngettext("%u source failed; e tells why", "%u sources failed; e tells why", app->fetch_failed), app->fetch_failed);
        else if (app->fetch_total == 0)
            app_say(app, _("nothing was due"));
        else
            app_say(app, ngettext("%u new article", "%u new articles", app->fetch_new), app->fetch_new);
    } else if (status == STATUS_BUSY) {
        app_say(app, _("another fetch is running; its articles will show up here"));
    } else if (stopping) {
        app_say(app, _("the fetch was stopped"));
    } else if (status > 128) {
        app_complain(app, _("the fetch was ended by signal %d; R starts it again, and what it had stored is kept"), status - 128);
    } else {
        app_complain(app, _("the fetch ended with status %d: %s"), status, words);
    }
}

void
app_fetch(struct app *app, int64_t source)
{
    if (app->fetch) {
        app_say(app, _("a fetch is running"));
        return;
    }
    if (!app->session->urls->subscriptions->len) {
        app_say(app, _("nothing is subscribed to"));
        return;
    }
    g_autoptr(GError) error = NULL;
    g_autofree char *number = g_strdup_printf("%" G_GINT64_FORMAT, source);
    const char *const one[] = {"fetch", "--progress=json", number, NULL};
    const char *const all[] = {"fetch", "--progress=json", "--all", NULL};
    app->fetch = child_start(app->session->context, source ? one : all, &error);
    if (!app->fetch) {
        app_complain(app, "%s", error->message);
        return;
    }
    app->fetch_done = app->fetch_total = app->fetch_new = app->fetch_failed = 0;
    app->fetch_bytes = 0;
    g_clear_pointer(&app->fetch_title, g_free);
}

static void
on_answer(const char *line, gpointer user)
{
    struct app *app = user;
    g_free(app->found);
    app->found = g_strdup(line);
}

static void
discover_ended(struct app *app)
{
    g_autofree char *words = last_words(app->discover);
    int status = child_finish(app->discover);
    app->discover = NULL;
    app_discovered(app, status == STATUS_OK ? NULL : words);
}

static void
on_errand_answer(const char *line, gpointer user)
{
    struct app *app = user;
    g_free(app->errand_answer);
    app->errand_answer = g_strdup(line);
}

static void
errand_ended(struct app *app)
{
    g_autofree char *words = last_words(app->errand);
    int status = child_finish(app->errand);
    app->errand = NULL;
    g_autofree gpointer data = g_steal_pointer(&app->errand_data);
    g_autofree char *answer = g_steal_pointer(&app->errand_answer);
    app_reload(app);
    if (status != STATUS_OK)
        app_complain(app, "%s", *words ? words : _("the worker failed without a word"));
    app->errand_done(app, status == STATUS_OK ? answer : NULL, data);
}

bool
app_errand(struct app *app, const char *const *arguments, void (*done)(struct app *app, const char *answer, gpointer data), gpointer data)
{
    g_autoptr(GError) error = NULL;
    if (app->errand) {
        app_say(app, _("wait for the page that is being fetched"));
        g_free(data);
        return false;
    }
    app->errand = child_start(app->session->context, arguments, &error);
    if (!app->errand) {
        app_complain(app, "%s", error->message);
        g_free(data);
        return false;
    }
    app->errand_done = done;
    app->errand_data = data;
    g_clear_pointer(&app->errand_answer, g_free);
    return true;
}

void
app_discover(struct app *app, const char *url)
{
    if (app->discover)
        return;
    g_autoptr(GError) error = NULL;
    const char *const arguments[] = {"discover", url, NULL};
    g_clear_pointer(&app->found, g_free);
    app->discover = child_start(app->session->context, arguments, &error);
    if (!app->discover)
        app_complain(app, "%s", error->message);
}

void
app_open_url(struct app *app, const char *url)
{
    g_autoptr(GError) error = NULL;
    const char *command = settings_string(app->session->context->settings, SETTING_UI_BROWSER, NULL, NULL);
    g_autofree char *safe = document_safe_url(url); /* not every address in a store is one that this program wrote */
    if (!safe)
        app_complain(app, _("not an address of the web: %s"), url);
    else if (child_open_url(command, safe, &error))
        app_say(app, _("opened: %s"), url);
    else
        app_complain(app, "%s", error->message);
}

int
app_descriptors(const struct app *app, int fds[APP_DESCRIPTORS])
{
    int count = 0;
    if (app->fetch)
        fds[count++] = app->fetch->fd;
    if (app->discover)
        fds[count++] = app->discover->fd;
    if (app->errand)
        fds[count++] = app->errand->fd;
    return count;
}

/* Writes the marks that wait, if their turn comes soon. */
static void
flush_marks(struct app *app)
{
    g_autoptr(GError) error = NULL;
    int patience = store_set_timeout(app->session->store, FLUSH_TIMEOUT);
    bool flushed = session_flush(app->session, &error);
    store_set_timeout(app->session->store, patience);
    if (!flushed && !g_error_matches(error, STORE_ERROR, STORE_ERROR_BUSY))
        app_complain(app, "%s", error->message);
}

void
app_poll(struct app *app)
{
    if (app->fetch && !child_read(app->fetch, on_event, app))
        fetch_ended(app);
    if (app->discover && !child_read(app->discover, on_answer, app))
        discover_ended(app);
    if (app->errand && !child_read(app->errand, on_errand_answer, app))
        errand_ended(app);
    if (!app->session->store)
        return;
    if (!app->typing)
        flush_marks(app);
    int64_t pause = app->typing ? 5 * RELOAD_PAUSE : RELOAD_PAUSE;
    if (store_version(app->session->store) != app->version && g_get_monotonic_time() - app->loaded_at >= pause)
        app_reload(app);
}

int
app_patience(const struct app *app)
{
    if (app->session->pending->len)
        return 50;
    return app->fetch || app->elsewhere ? RELOAD_PAUSE / 1000 : 1000;
}

bool
app_idle(const struct app *app)
{
    return !app->fetch && !app->discover && !app->errand && !app->session->pending->len;
}
