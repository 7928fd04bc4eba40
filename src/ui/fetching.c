/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reader's fetches: what was asked for, what waits for them, and what is due. */
#include "config.h"

#include "ui/fetching.h"
#include "base/clean.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/problem.h"
#include "base/status.h"
#include "store/sources.h"
#include "ui/fetching-said.h"
#include "ui/jobs.h"

#include <jansson.h>
#include <string.h>

/* seconds between two fetches of what is due: what stays due although it was tried is no reason */
#define AUTO_PAUSE 300
/* sources that are named to the worker; of more it takes all that are due, as new ones are */
#define MAX_NAMED 200

static void
fetch_began(struct app *app, const json_t *event)
{
    const char *version = json_string_value(json_object_get(event, "version"));
    app->fetch.begun = true;
    app->fetch.total = (guint)json_integer_value(json_object_get(event, "sources"));
    g_clear_pointer(&app->elsewhere, g_free); /* the one that this one has waited for */
    if (!version || !g_str_equal(version, PACKAGE_VERSION))
        app_show_error(app, _("crier-worker is version %s, this is %s: check the installation"),
                       version ? version : "?", PACKAGE_VERSION);
}

/* What was announced has begun: how far it is, is told in the place of that. */
static void
end_announcement(struct app *app)
{
    if (app->fetch.announced && !g_strcmp0(app->message, app->fetch.announced))
        g_clear_pointer(&app->message, g_free);
    g_clear_pointer(&app->fetch.announced, g_free);
}

/* Whether a source is known to fail: that it does so once more is no news. */
static bool
failed_before(const struct app *app, int64_t source)
{
    for (guint i = 0; app->fetch.failing && i < app->fetch.failing->len; i++)
        if (g_array_index(app->fetch.failing, int64_t, i) == source)
            return true;
    return false;
}

static void
source_fetched(struct app *app, const json_t *event)
{
    AUTO(problem_free) struct problem *error = problem_from_json(json_object_get(event, "error"));
    const char *title = json_string_value(json_object_get(event, "title"));
    end_announcement(app);
    app->fetch.done = (guint)json_integer_value(json_object_get(event, "done"));
    app->fetch.news.added += (guint)json_integer_value(json_object_get(event, "new"));
    if (!error)
        return;
    app->fetch.newly += !failed_before(app, json_integer_value(json_object_get(event, "id")));
    g_autofree char *sentence = problem_sentence_of(title, error);
    if (!app->fetch.automatic)
        app_show_error(app, "%s", sentence);
    g_free(app->fetch.why);
    app->fetch.why = app->fetch.failed++ ? NULL : g_steal_pointer(&sentence);
}

static guint
count_of(const json_t *event, const char *member)
{
    return (guint)json_integer_value(json_object_get(event, member));
}

static void
fetch_ends(struct app *app, const json_t *event)
{
    app->fetch.news.revised = count_of(event, "revised");
    app->fetch.news.withdrawn = count_of(event, "withdrawn");
    app->fetch.news.returned = count_of(event, "returned");
    app->fetch.waiting = count_of(event, "waiting");
    app->fetch.no_network = json_is_true(json_object_get(event, "no_network"));
}

/* Of which source more is waited for. */
static void
fetch_goes_on(struct app *app, const json_t *event)
{
    const char *source = json_string_value(json_object_get(event, "source"));
    g_free(app->fetch.title);
    app->fetch.title = source ? text_squeeze(source, -1) : NULL;
}

/* A line of JSON with which the worker tells of its progress. */
static void
on_fetch_event(struct app *app, const char *line, gpointer data)
{
    json_t *event = json_loads(line, 0, NULL);
    const char *kind = json_string_value(json_object_get(event, "event"));
    (void)data;
    if (kind && g_str_equal(kind, "start"))
        fetch_began(app, event);
    else if (kind && g_str_equal(kind, "source"))
        source_fetched(app, event);
    else if (kind && g_str_equal(kind, "progress"))
        fetch_goes_on(app, event);
    else if (kind && g_str_equal(kind, "end"))
        fetch_ends(app, event);
    json_t *bytes = kind ? json_object_get(event, "bytes") : NULL;
    if (bytes)
        app->fetch.bytes = json_integer_value(bytes);
    json_decref(event);
}

static void
on_watch_line(struct app *app, const char *line, gpointer data)
{
    (void)data;
    app_say(app, "%s", line);
}

static void
on_watch_end(struct app *app, const struct job_end *end, gpointer data)
{
    (void)data;
    if (*end->words)
        app_show_error(app, "%s", end->words);
}

/* Tells what the fetch has brought for watches, in a process of its own. */
static void
run_watches(struct app *app)
{
    g_autofree char *since = g_strdup_printf("%" G_GINT64_FORMAT, app->fetch.since);
    const char *const arguments[] = {"watch", since, NULL};
    if (app->session->context->watches->len && !job_runs(&app->jobs[JOB_WATCH]))
        jobs_start(app, JOB_WATCH, arguments,
                   &(struct job){.on_line = on_watch_line, .on_end = on_watch_end});
}

/* --- how it ends ---------------------------------------------------------------------------- */

static void start_waiting(struct app *app);

static void
on_fetch_end(struct app *app, const struct job_end *end, gpointer data)
{
    (void)data;
    app->fetch.due_after = clock_now() + AUTO_PAUSE;
    session_follow(app->session, NULL); /* the worker has read `urls` anew */
    app_reload(app);
    fetching_say_end(app, end);
    if (end->status == STATUS_OK || end->status == STATUS_SOME || end->status == STATUS_ALL)
        run_watches(app);
    const struct setting_values *values = &app->session->context->settings->values;
    if (end->status <= STATUS_ALL && values->sync_auto && *values->sync_server)
        jobs_sync(app, true);
    start_waiting(app);
}

/* --- how it begins --------------------------------------------------------------------------- */

/* " 3 12 " of words that are numbers of sources; NULL of others, and of none. */
static char *
numbers_of(const GPtrArray *words)
{
    if (!words->len || !g_ascii_isdigit(*(const char *)g_ptr_array_index(words, 0)))
        return NULL;
    GString *text = g_string_new(" ");
    for (guint i = 0; i < words->len; i++)
        g_string_append_printf(text, "%s ", (const char *)g_ptr_array_index(words, i));
    return g_string_free(text, FALSE);
}

/* Those of which the last fetch failed. */
static GArray *
failing_sources(struct app *app)
{
    GArray *failing = g_array_new(FALSE, FALSE, sizeof(int64_t));
    for (guint i = 0; i < app_sources(app)->len; i++) {
        const struct source *source = g_ptr_array_index(app_sources(app), i);
        if (source->last_error)
            g_array_append_val(failing, source->id);
    }
    return failing;
}

/* words: owned char *, what the worker is to fetch; nothing: what is due. */
static bool
begin(struct app *app, GPtrArray *words, bool automatic)
{
    g_autoptr(GPtrArray) arguments = g_ptr_array_new();
    g_ptr_array_add(arguments, (char *)"fetch");
    g_ptr_array_add(arguments, (char *)"--progress=json");
    if (!automatic) /* another program's fetch may not know what is wanted: this one follows it */
        g_ptr_array_add(arguments, (char *)"--wait");
    for (guint i = 0; i < words->len; i++)
        g_ptr_array_add(arguments, g_ptr_array_index(words, i));
    g_ptr_array_add(arguments, NULL);
    if (!jobs_start(app, JOB_FETCH, (const char *const *)arguments->pdata,
                    &(struct job){.on_line = on_fetch_event, .on_end = on_fetch_end}))
        return false;
    g_free(app->fetch.title);
    g_free(app->fetch.asked);
    g_free(app->fetch.announced);
    g_clear_pointer(&app->fetch.failing, g_array_unref);
    g_free(app->fetch.why);
    app->fetch = (struct fetch_progress){.asked = numbers_of(words),
                                         .failing = failing_sources(app),
                                         .since = clock_now(),
                                         .automatic = automatic,
                                         .due_after = app->fetch.due_after};
    app_follow_fetch(app);
    return true;
}

static bool
is_wanted(const struct fetch_queue *queue, const struct source *source)
{
    if (queue->fresh && !source->last_attempt)
        return true;
    for (guint i = 0; queue->sources && i < queue->sources->len; i++)
        if (g_array_index(queue->sources, int64_t, i) == source->id)
            return true;
    return false;
}

static void
forget_waiting(struct app *app)
{
    if (app->fetch_queue.sources)
        g_array_unref(app->fetch_queue.sources);
    app->fetch_queue = (struct fetch_queue){0};
}

static bool
waits(const struct fetch_queue *queue)
{
    return queue->all || queue->fresh || queue->sources;
}

/* Fetches what waits, if nothing runs. */
static void
start_waiting(struct app *app)
{
    struct fetch_queue *queue = &app->fetch_queue;
    g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);
    if (job_runs(&app->jobs[JOB_FETCH]) || !waits(queue))
        return;
    const GPtrArray *sources = app_sources(app);
    for (guint i = 0; i < sources->len && !queue->all; i++) {
        const struct source *source = g_ptr_array_index(sources, i);
        if (is_wanted(queue, source))
            g_ptr_array_add(words, g_strdup_printf("%" G_GINT64_FORMAT, source->id));
    }
    /* a store that somebody else writes may not know yet what is new: the worker does */
    bool nothing = !words->len && !queue->all && !queue->fresh;
    if (words->len > MAX_NAMED)
        g_ptr_array_set_size(words, 0);
    if (queue->all)
        g_ptr_array_add(words, g_strdup("--all"));
    forget_waiting(app);
    if (!nothing)
        begin(app, words, false);
}

static bool
may_fetch(struct app *app)
{
    const GPtrArray *problems = app->session->urls->problems;
    if (!app->session->urls->subscriptions->len && problems->len)
        app_show_error(app, "%s",
                       ((const struct urls_problem *)g_ptr_array_index(problems, 0))->text);
    else if (!app->session->urls->subscriptions->len)
        app_say(app, _("nothing is subscribed to"));
    return app->session->urls->subscriptions->len > 0;
}

/* sources: NULL for all */
static void
ask(struct app *app, const int64_t *sources, guint count)
{
    struct fetch_queue *queue = &app->fetch_queue;
    bool behind = job_runs(&app->jobs[JOB_FETCH]);
    if (!behind)
        session_follow(app->session, NULL); /* what could not be used may be mended */
    if (!may_fetch(app))
        return;
    if (!sources)
        queue->all = true;
    else if (!queue->sources)
        queue->sources = g_array_new(FALSE, FALSE, sizeof(int64_t));
    if (sources)
        g_array_append_vals(queue->sources, sources, count);
    start_waiting(app);
    if (behind)
        app_say(app, _("a fetch is running; this one follows it"));
}

void
fetching_ask(struct app *app, int64_t source)
{
    ask(app, source ? &source : NULL, 1);
}

/* What has begun, by a sentence with the number of sources in it. */
static void
announce(struct app *app, const char *format, guint sources)
{
    if (!job_runs(&app->jobs[JOB_FETCH]) || app_fetch_follows(app))
        return;
    app_say(app, format, sources);
    g_free(app->fetch.announced);
    app->fetch.announced = g_strdup(app->message);
}

void
fetching_ask_all(struct app *app)
{
    bool behind = job_runs(&app->jobs[JOB_FETCH]);
    guint sources = app_sources(app)->len;
    ask(app, NULL, 0);
    if (!behind && sources)
        announce(app, ngettext("fetching the only source", "fetching all %u sources", sources),
                 sources);
}

void
fetching_ask_several(struct app *app, const GArray *sources)
{
    bool behind = job_runs(&app->jobs[JOB_FETCH]);
    if (!sources->len) {
        app_say(app, _("there is no source here that could be fetched"));
        return;
    }
    ask(app, (const int64_t *)(const void *)sources->data, sources->len);
    if (!behind && sources->len > 1)
        announce(app, ngettext("fetching %u source", "fetching %u sources", sources->len),
                 sources->len);
}

static bool
holds(const GArray *numbers, int64_t number)
{
    for (guint i = 0; numbers && i < numbers->len; i++)
        if (g_array_index(numbers, int64_t, i) == number)
            return true;
    return false;
}

/* Of which sources the articles of a listing are. */
static GArray *
sources_of_rows(struct app *app, const struct listing *listing)
{
    g_autoptr(GError) error = NULL;
    GArray *sources = g_array_new(FALSE, FALSE, sizeof(int64_t));
    GPtrArray *rows =
        app->session->store ? listing_rows(app->session->store, listing, 0, -1, &error) : NULL;
    for (guint i = 0; rows && i < rows->len; i++) {
        const struct article_row *row = g_ptr_array_index(rows, i);
        if (!holds(sources, row->source))
            g_array_append_val(sources, row->source);
    }
    g_clear_pointer(&rows, g_ptr_array_unref);
    if (error)
        app_show_error(app, "%s", error->message);
    return sources;
}

void
fetching_ask_listing(struct app *app, const struct listing *listing)
{
    g_autoptr(GArray) sources = g_array_new(FALSE, FALSE, sizeof(int64_t));
    g_autoptr(GArray) marked = listing->starred_only ? sources_of_rows(app, listing) : NULL;
    g_autoptr(GError) error = NULL;
    if (listing->query && !marked && app->session->store)
        marked = sources_of_query(app->session->store, listing->query, &error);
    if (error) {
        app_show_error(app, "%s", error->message);
        return;
    }
    if (!listing->source && !listing->sources && !listing->edition && !marked) {
        fetching_ask_all(app);
        return;
    }
    for (guint i = 0; i < app_sources(app)->len; i++) {
        const struct source *s = g_ptr_array_index(app_sources(app), i);
        bool any = !listing->source && !listing->sources && !listing->edition;
        if ((listing->source && s->id == listing->source) || holds(listing->sources, s->id) ||
            (any && holds(marked, s->id)) ||
            (listing->edition && !g_strcmp0(s->portal, listing->portal) &&
             !g_strcmp0(s->edition, listing->edition)))
            g_array_append_val(sources, s->id);
    }
    fetching_ask_several(app, sources);
}

bool
fetching_ask_new(struct app *app)
{
    bool behind = job_runs(&app->jobs[JOB_FETCH]);
    app->fetch_queue.fresh = true;
    start_waiting(app);
    return behind;
}

/* Stops the fetch that runs, or waits for another program's: which of both is looked at anew. */
static void
stop_fetch(struct app *app)
{
    struct job *job = &app->jobs[JOB_FETCH];
    app_follow_fetch(app);
    job_listen(job, app); /* what its own worker writes comes after the word that it has begun */
    job_stop(job);
    if (app_fetch_follows(app))
        fetching_say_let_go(app);
    else if (app->fetch.dropped)
        app_say(
            app,
            _("the fetch is being stopped, and what was asked for meanwhile is dropped; what it has stored stays"));
    else
        app_say(app, _("the fetch is being stopped; what it has stored stays"));
}

void
fetching_stop(struct app *app)
{
    bool asked = jobs_stop_asking(app), waiting = waits(&app->fetch_queue);
    forget_waiting(app);
    if (job_runs(&app->jobs[JOB_FETCH])) {
        app->fetch.dropped |= waiting;
        stop_fetch(app);
    } else if (asked) {
        app_say(app, _("the portal is not asked any longer"));
    } else if (job_runs(&app->jobs[JOB_SYNC])) {
        job_stop(&app->jobs[JOB_SYNC]);
        app_say(app, _("the sync is being stopped"));
    } else {
        app_say(app, app->elsewhere ? _("another program fetches; it can only be stopped there")
                                    : _("no fetch is running"));
    }
}

/* --- what is due ------------------------------------------------------------------------------ */

/* When the first source is due, seconds UTC; 0: none will be, or it is not to be fetched. */
static int64_t
next_due(struct app *app)
{
    const struct settings *settings = app->session->context->settings;
    int64_t first = 0;
    /* what another program fetches it fetches for this one too */
    if (!settings->values.fetch_auto || job_runs(&app->jobs[JOB_FETCH]) || app->elsewhere ||
        !app->session->store || store_is_read_only(app->session->store))
        return 0;
    for (guint i = 0; i < app_sources(app)->len; i++) {
        const struct source *source = g_ptr_array_index(app_sources(app), i);
        if (!urls_find(app->session->urls, source->url))
            continue; /* its portal file cannot be used */
        int64_t due = MAX(MAX(source->next_due, source->retry_after), 1);
        first = first ? MIN(first, due) : due;
    }
    return first ? MAX(first, app->fetch.due_after) : 0;
}

bool
fetching_beside(const struct app *app)
{
    const struct job *job = &app->jobs[JOB_FETCH];
    const struct fetch_queue *queue = &app->fetch_queue;
    return app->fetch.automatic && job_runs(job) && !job->child->stopping &&
           !(queue->all || queue->fresh || queue->sources);
}

void
fetching_due(struct app *app)
{
    g_autoptr(GPtrArray) nothing = g_ptr_array_new();
    int64_t due = next_due(app);
    if (due && due <= clock_now() && !begin(app, nothing, true))
        app->fetch.due_after = clock_now() + AUTO_PAUSE;
}

int
fetching_timeout(struct app *app)
{
    int64_t due = next_due(app);
    if (!due)
        return -1;
    return (int)CLAMP((due - clock_now()) * 1000, 0, G_MAXINT);
}
