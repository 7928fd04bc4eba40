/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The reader's background jobs: a fetch, a look at an address, other work.  Nothing here waits for
 * the network.
 */
#include "config.h"

#include "ui/jobs.h"
#include "base/i18n.h"
#include "base/status.h"
#include "ui/browser.h"
#include "ui/fetching.h"

#define FLUSH_TIMEOUT 8 /* ms that queued marks wait for a turn: half of a 60 Hz frame */
/* microseconds between two looks at a store that a fetch is filling */
#define RELOAD_PAUSE (100 * 1000)
/* microseconds between two looks whether a disk that was full has room */
#define ROOM_PAUSE (5 * G_USEC_PER_SEC)

bool
jobs_start(struct app *app, enum job_slot slot, const char *const *arguments,
           const struct job *callbacks)
{
    g_autoptr(GError) error = NULL;
    if (job_start(&app->jobs[slot], app->session->context, arguments, callbacks, &error))
        return true;
    app_show_error(app, "%s", error->message);
    return false;
}

/* --- a sync ----------------------------------------------------------------------------------- */

/* The marks of one direction, of all kinds. */
static guint
count_marks(const json_t *marks)
{
    const char *name;
    json_t *value;
    guint count = 0;
    json_object_foreach((json_t *)(guintptr)marks, name, value)
        count += (guint)json_integer_value(value);
    return count;
}

/* Subscriptions about which nobody has said yes. */
static guint
count_missing(const json_t *lines)
{
    guint count = 0;
    for (size_t i = 0; i < json_array_size(lines); i++) {
        const char *what = json_string_value(json_object_get(json_array_get(lines, i), "what"));
        count += what && g_str_has_prefix(what, "missing-");
    }
    return count;
}

/* quietly: nobody asked for it, and nothing is said of what changed nothing. */
static void
say_sync(struct app *app, const json_t *said, bool quietly)
{
    guint sent = count_marks(json_object_get(said, "sent")),
          received = count_marks(json_object_get(said, "received")),
          missing = count_missing(json_object_get(said, "subscriptions"));
    if (quietly && app->message)
        return; /* what was asked for, as the result of a fetch, is not written over */
    if (missing)
        app_say(app,
                ngettext("synced: %u sent, %u received; %u subscription waits for 'crier sync'",
                         "synced: %u sent, %u received; %u subscriptions wait for 'crier sync'",
                         missing),
                sent, received, missing);
    else if (sent || received || !quietly)
        app_say(app, _("synced: %u sent, %u received"), sent, received);
}

static void
on_sync_end(struct app *app, const struct job_end *end, gpointer data)
{
    json_t *said = end->answer ? json_loads(end->answer, 0, NULL) : NULL;
    AUTO(problem_free) struct problem *problem = problem_from_json(json_object_get(said, "error"));
    app_reload(app);
    if (end->stopped) {
        app_say(app, _("the sync was stopped; what both sides agreed on stays"));
    } else if (problem) {
        g_autofree char *words = problem_sentence(problem);
        g_autofree char *text = problem_advised(words, problem_advice(problem->code));
        app_show_error(app, "%s", text);
    } else if (end->status == STATUS_OK && said) {
        say_sync(app, said, data != NULL);
    } else {
        app_show_error(app, "%s", *end->words ? end->words : _("the sync failed without a word"));
    }
    json_decref(said);
}

void
jobs_sync(struct app *app, bool quietly)
{
    static const char *const arguments[] = {"sync", "json", NULL};
    if (!*app->session->context->settings->values.sync_server)
        app_say(app, _("there is no server to sync with: sync.server names it"));
    else if (!job_runs(&app->jobs[JOB_SYNC]))
        jobs_start(app, JOB_SYNC, arguments,
                   &(struct job){.on_end = on_sync_end, .data = GINT_TO_POINTER(quietly)});
    else if (!quietly)
        app_say(app, _("a sync is running"));
}

struct discovering {
    jobs_discovered_func *done;
};

static void
on_discover_end(struct app *app, const struct job_end *end, gpointer data)
{
    const struct discovering *discovering = data;
    bool found = end->status == STATUS_OK;
    discovering->done(app, found ? end->answer : NULL, found ? NULL : end->words);
}

void
jobs_discover(struct app *app, const char *url, bool all, jobs_discovered_func *done)
{
    const char *const one[] = {"discover", url, NULL}, *const every[] = {"discover", "--all", url,
                                                                         NULL};
    struct discovering *discovering = g_new(struct discovering, 1);
    discovering->done = done;
    job_abandon(&app->jobs[JOB_DISCOVER]); /* the newer question is the one that is meant */
    jobs_start(app, JOB_DISCOVER, all ? every : one,
               &(struct job){.on_end = on_discover_end, .data = discovering, .free_data = g_free});
}

struct work {
    jobs_done_func *done;
    gpointer data; /* owned */
};

static void
work_free(gpointer data)
{
    struct work *work = data;
    g_free(work->data);
    g_free(work);
}

static void
on_work_end(struct app *app, const struct job_end *end, gpointer data)
{
    const struct work *work = data;
    app_reload(app);
    if (end->status != STATUS_OK)
        app_show_error(app, "%s",
                       *end->words ? end->words : _("the worker failed and did not say why"));
    work->done(app, end->status == STATUS_OK ? end->answer : NULL, work->data);
}

bool
jobs_run_worker(struct app *app, const char *const *arguments, jobs_done_func *done, gpointer data)
{
    if (job_runs(&app->jobs[JOB_WORK])) {
        app_say(app, _("wait for the page that is being fetched"));
        g_free(data);
        return false;
    }
    struct work *work = g_new(struct work, 1);
    *work = (struct work){done, data};
    return jobs_start(app, JOB_WORK, arguments,
                      &(struct job){.on_end = on_work_end, .data = work, .free_data = work_free});
}

bool
jobs_stop_asking(struct app *app)
{
    static const enum job_slot asking[] = {JOB_DISCOVER, JOB_WORK};
    bool any = false;
    g_clear_pointer(&app->addresses.urls, g_ptr_array_unref);
    for (size_t i = 0; i < G_N_ELEMENTS(asking); i++) {
        any |= job_runs(&app->jobs[asking[i]]);
        job_abandon(&app->jobs[asking[i]]);
    }
    return any;
}

int
jobs_descriptors(const struct app *app, int fds[JOBS_DESCRIPTORS])
{
    int count = 0;
    for (int i = 0; i < JOB_COUNT; i++)
        if (job_runs(&app->jobs[i]))
            fds[count++] = app->jobs[i].child->fd;
    return count + browser_descriptors(app, fds + count);
}

/* Writes the marks that wait, if their turn comes soon. */
static void
flush_marks(struct app *app)
{
    g_autoptr(GError) error = NULL;
    int timeout = store_set_timeout(app->session->store, FLUSH_TIMEOUT);
    bool flushed = session_flush(app->session, &error);
    store_set_timeout(app->session->store, timeout);
    if (!flushed && !g_error_matches(error, STORE_ERROR, STORE_ERROR_BUSY))
        app_show_error(app, "%s", error->message);
}

/* A store that is only read for want of room is looked at now and then, or was by a mark. */
static void
take_up_store(struct app *app)
{
    gint64 now = g_get_monotonic_time();
    struct session *session = app->session;
    if (store_is_full(session->store) && now >= app->room_at) {
        app->room_at = now + ROOM_PAUSE;
        session_take_up(session);
    }
    if (!session->taken_up)
        return;
    session->taken_up = false;
    app->version = -1; /* what it was of the former connection */
    app_say(app, store_takes_marks(session->store)
                     ? _("there is room on the disk again: marks are kept")
                     : _("there is room on the disk again"));
    app_reload(app);
}

void
jobs_poll(struct app *app, bool typing)
{
    for (int i = 0; i < JOB_COUNT; i++)
        job_poll(&app->jobs[i], app);
    browser_poll(app);
    if (!app->session->store)
        return;
    take_up_store(app);
    if (!typing)
        flush_marks(app);
    gint64 now = g_get_monotonic_time();
    int64_t pause = typing ? 5 * RELOAD_PAUSE : RELOAD_PAUSE;
    if (app->plain && fetching_beside(app))
        return; /* what was read out keeps its numbers until that has ended */
    if (store_version(app->session->store) != app->version && now - app->loaded_at >= pause)
        app_reload(app);
    else if (app->names_due)
        app_follow_names(app);
    if (app->elsewhere && now - app->followed_at >= PROGRESS_LOOK * G_USEC_PER_SEC)
        app_follow_fetch(app); /* the other one may have ended without a word */
}

int
jobs_poll_timeout(const struct app *app)
{
    if (app->session->pending->len)
        return 50;
    if (job_runs(&app->jobs[JOB_FETCH]))
        return (app->fetch.begun ? 1 : 10) * RELOAD_PAUSE / 1000;
    if (app->elsewhere || app->names_due)
        return PROGRESS_LOOK * 1000;
    bool full = app->session->store && store_is_full(app->session->store);
    return full ? ROOM_PAUSE / 1000 : -1;
}

bool
jobs_idle(const struct app *app)
{
    for (int i = 0; i < JOB_COUNT; i++)
        if (job_runs(&app->jobs[i]))
            return false;
    return !app->session->pending->len;
}
