/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The pipeline: its threads are made, fed with what was chosen, and ended.  What they do is in
 * read-stage.c, write-stage.c and steps.c.
 */
#include "config.h"

#include "fetch/fetch.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/message.h"
#include "base/number.h"
#include "base/status.h"
#include "config/languages.h"
#include "fetch/choose.h"
#include "fetch/pipeline.h"
#include "fetch/role.h"
#include "store/clock.h"
#include "store/early-marks.h"
#include "store/edition-groups.h"
#include "store/search.h"
#include "text/date.h"

#define MAX_IN_FLIGHT (6 << 20) /* inflated bytes */

volatile sig_atomic_t fetch_signal;

static struct http_options
transfer_options(const struct setting_values *s, struct starter *starter, const GPtrArray *files)
{
    /* so little that one page fills it, for tests */
    const char *room = g_getenv("CRIER_TEST_IN_FLIGHT");
    gint64 bytes;
    return (struct http_options){
        .starter = starter,
        .role = ROLE_TRANSFER,
        .connections = s->fetch_connections,
        .host_connections = s->fetch_host_connections,
        .limits.timeout = s->fetch_timeout,
        .limits.stall = s->fetch_stall,
        .limits.max_size = (gsize)s->fetch_max_size << 20,
        .max_in_flight = room && number_parse(room, 1, MAX_IN_FLIGHT, &bytes) ? (gsize)bytes
                                                                              : MAX_IN_FLIGHT,
        .user_agent = s->fetch_user_agent,
        .files = files,
    };
}

static void
tell_waits(struct http *http, GHashTable *hosts)
{
    GHashTableIter iter;
    gpointer authority, until;
    g_hash_table_iter_init(&iter, hosts);
    while (g_hash_table_iter_next(&iter, &authority, &until))
        http_host_waits(http, authority, *(const int64_t *)until);
}

static void
make_jobs(struct pipeline *p, const struct context *context, const struct credentials *credentials,
          const struct urls *urls, GPtrArray *sources, bool full)
{
    for (guint i = 0; i < sources->len; i++) {
        struct source *source = g_ptr_array_index(sources, i);
        const struct subscription *sub = urls_find(urls, source->url);
        if (!sub) { /* named, but no longer subscribed to */
            source_free(source);
            continue;
        }
        g_ptr_array_add(p->jobs,
                        job_new(context, credentials, sub, source, full, p->jumped, p->now));
        p->left++;
    }
}

/* The zones by which pages may be read, which portal files and settings name; borrowed. */
static GPtrArray *
zones_of(const struct pipeline *p)
{
    GPtrArray *zones = g_ptr_array_new();
    for (guint i = 0; i < p->jobs->len; i++) {
        const char *zone = ((const struct job *)g_ptr_array_index(p->jobs, i))->rules.dates.zone;
        if (zone && !g_ptr_array_find(zones, zone, NULL))
            g_ptr_array_add(zones, (gpointer)zone);
    }
    return zones;
}

static void
start_jobs(struct pipeline *p, enum events_mode mode)
{
    p->events = events_new(mode, p->left);
    for (guint i = 0; i < p->jobs->len; i++)
        steps_begin(p, g_ptr_array_index(p->jobs, i));
}

/* What was read in one language is read in those that come later, if that is wanted. */
static void
read_all_editions(struct store *store, const struct settings *settings)
{
    if (!settings->values.read_all_editions)
        return;
    g_autofree char *languages = languages_wanted(settings);
    edition_groups_read_all(store, languages);
}

/* Makes the queues, the threads and the jobs of the sources, which it takes. */
static void
pipeline_begin(struct pipeline *p, const struct fetch_choice *choice,
               const struct credentials *credentials, GPtrArray *sources)
{
    const struct fetch_options *options = choice->options;
    p->responses = g_async_queue_new();
    p->parsed = g_async_queue_new();
    p->jobs = g_ptr_array_new();
    p->held = g_ptr_array_new();
    if (options->max_time)
        p->deadline = g_get_monotonic_time() + (gint64)options->max_time * G_USEC_PER_SEC;
    p->starter = options->starter;
    p->idle = g_async_queue_new();
    for (guint i = 0; i < CONVERTERS; i++)
        g_async_queue_push(p->idle, helper_new(p->starter, ROLE_CONVERT, NULL));
    p->converting = g_thread_pool_new(convert_stage, p, CONVERTERS, FALSE, NULL);
    make_jobs(p, choice->context, credentials, choice->urls, sources, options->full);
    p->zones = zones_of(p);
    read_all_editions(p->store, choice->context->settings);
    g_autoptr(GPtrArray) files = manner_files(choice->context);
    const struct http_options transfer =
        transfer_options(&choice->context->settings->values, options->starter, files);
    p->http = http_new(&transfer, p->responses);
    for (guint i = 0; i < MIN(g_get_num_processors(), G_N_ELEMENTS(p->parsers)); i++)
        p->parsers[i] = g_thread_new("parse", parse_stage, p);
    tell_waits(p->http, choice->hosts);
    start_jobs(p, options->mode);
}

static void
pipeline_end(struct pipeline *p)
{
    for (guint i = 0; i < G_N_ELEMENTS(p->parsers); i++)
        g_async_queue_push(p->responses, &pipeline_end_mark);
    for (guint i = 0; i < G_N_ELEMENTS(p->parsers); i++)
        if (p->parsers[i])
            g_thread_join(p->parsers[i]);
    helper_stop = 1; /* what waits for it is not stored any more */
    g_thread_pool_free(p->converting, FALSE, TRUE);
    struct helper *helper;
    while ((helper = g_async_queue_try_pop(p->idle)))
        helper_free(helper);
    struct parsed *parsed;
    while ((parsed = g_async_queue_try_pop(p->parsed))) {
        http_release(p->http, parsed->response);
        parsed_free(parsed);
    }
    for (guint i = 0; i < p->jobs->len; i++)
        job_free(g_ptr_array_index(p->jobs, i), p->http);
    http_free(p->http);
    struct response *r;
    while ((r = g_async_queue_try_pop(p->responses)))
        if (r != &pipeline_end_mark)
            response_free(r);
    g_ptr_array_unref(p->jobs);
    g_ptr_array_unref(p->held);
    g_clear_pointer(&p->rechecks, g_hash_table_unref);
    g_async_queue_unref(p->responses);
    g_async_queue_unref(p->parsed);
    g_async_queue_unref(p->idle);
    g_ptr_array_unref(p->zones);
    converters_free(p->converters);
}

/* The time by which a fetch goes, which articles may show to be another than this machine says. */
static bool
take_time(struct store *store, struct pipeline *p, GError **error)
{
    int64_t says = clock_now();
    g_autofree char *text = date_utc(says);
    p->now = says;
    if (says < CLOCK_FLOOR)
        message_warning(_("the clock of this machine is not set: it says %s"), text ? text : "?");
    if (!store_clock_mend(store, &p->now, &p->jumped, error))
        return false;
    if (p->now != says && says >= CLOCK_FLOOR)
        message_warning(_("the clock of this machine is behind the articles: it says %s"), text);
    return true;
}

static int
print_choice(GPtrArray *sources)
{
    for (guint i = 0; i < sources->len; i++) {
        struct source *source = g_ptr_array_index(sources, i);
        print_rawf("%" G_GINT64_FORMAT "\t%s\t%s\n", source->id, source->public_url, source->title);
        source_free(source);
    }
    return STATUS_OK;
}

/* What is left to do without the network, once all is stored; late: the time was over. */
static void
index_rest(struct pipeline *p, bool late)
{
    g_autoptr(GError) why = NULL;
    if (p->store_failed)
        return;
    /* what is left is found by reading until the next fetch */
    if (!late && !search_index_rest(p->store, &p->pace, &fetch_signal, &why))
        message_warning("%s", why->message);
    store_set_meta(p->store, "progress", NULL, NULL); /* one left behind grows stale by itself */
}

/* What became of articles that were there before. */
static void
tell_changes(struct pipeline *p)
{
    guint counts[CHANGE_KINDS];
    if (!p->store_failed && changes_count(p->store, &p->began, counts, NULL))
        events_changes(p->events, counts[CHANGE_REVISED], counts[CHANGE_WITHDRAWN],
                       counts[CHANGE_RETURNED]);
}

/* What an end before all was done has left; of a signal to who looks on alone. */
static void
tell_left(const struct pipeline *p, const struct fetch_options *options, bool late)
{
    bool looks_on = options->mode == EVENTS_BAR || options->mode == EVENTS_LINES;
    if (fetch_signal && p->left && looks_on)
        message_error(ngettext("stopped: %u source was not done: the next fetch goes on",
                               "stopped: %u sources were not done: the next fetch goes on",
                               p->left),
                      p->left);
    else if (late && !fetch_signal && options->mode != EVENTS_NONE)
        message_error(ngettext("%u source was not done within %d s: the next fetch goes on",
                               "%u sources were not done within %d s: the next fetch goes on",
                               p->left),
                      p->left, options->max_time);
}

/* Tells how the fetch ended; an exit status. */
static int
tell_end(struct pipeline *p, const struct fetch_options *options, bool late)
{
    tell_changes(p);
    events_end(p->events, fetch_signal != 0 || late);
    tell_left(p, options, late);
    guint left = late ? p->left : 0, done = events_done(p->events) + left,
          failed = events_failed(p->events) + left;
    events_free(p->events);
    if (p->store_failed)
        return STATUS_STORE;
    if (fetch_signal)
        return 128 + fetch_signal;
    return failed == 0 ? STATUS_OK : failed == done ? STATUS_ALL : STATUS_SOME;
}

int
fetch_run(const struct context *context, struct store *store, const struct urls *urls,
          const struct fetch_options *options, GError **error)
{
    struct pipeline p = {.store = store};
    if (!take_time(store, &p, error) || !changes_end(store, &p.began, error))
        return STATUS_STORE;
    if (!early_marks_forget(store, p.now, error))
        return STATUS_STORE;
    g_autoptr(GHashTable) hosts = sources_forget_hosts(store, p.now, error)
                                      ? sources_waiting_hosts(store, p.now, error)
                                      : NULL;
    if (!hosts)
        return STATUS_STORE;
    struct fetch_choice choice = {
        .options = options, .context = context, .urls = urls, .hosts = hosts, .now = p.now};
    g_autoptr(GPtrArray) sources = fetch_choose(store, &choice, error);
    if (!sources)
        return g_error_matches(*error, STORE_ERROR, STORE_ERROR_UNKNOWN) ? STATUS_USAGE
                                                                         : STATUS_STORE;
    if (options->dry_run)
        return print_choice(sources);
    AUTO(credentials_free)
    struct credentials *credentials = credentials_load(context->config_dir, error);
    p.converters = credentials ? converters_load(context->config_dir, error) : NULL;
    if (!p.converters)
        return STATUS_USAGE;
    memory_give_back();
    pipeline_begin(&p, &choice, credentials, sources);
    if (choice.waiting && (options->all || options->names || options->mode != EVENTS_FAILURES))
        events_waiting(p.events, choice.waiting, choice.until);
    write_stage(&p, error);
    bool late = p.left && pipeline_is_late(&p);
    if (late)
        helper_stop = 1; /* what they read is not stored any more */
    pipeline_end(&p);
    index_rest(&p, late);
    return tell_end(&p, options, late);
}
