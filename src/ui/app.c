/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The state of the reader, and the services that views ask for. */
#include "config.h"

#include "ui/app.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/number.h"
#include "base/url.h"
#include "config/languages.h"
#include "reader/heading.h"
#include "store/edition-groups.h"
#include "store/lock.h"
#include "store/own-marks.h"
#include "store/source-names.h"
#include "store/sync-log.h"
#include "ui/confirm.h"

#include <stdio.h>
#include <string.h>

#define MAX_ERRORS 50
/* Articles that are marked as read at once without a question: more than are seen at a glance. */
#define MOST_MARKED 200
/* Microseconds between two looks at what sources are called. */
#define NAMES_PAUSE G_USEC_PER_SEC

static void
free_source(gpointer source)
{
    source_free(source);
}

/* Of each portal the editions in the user's language come first; else the order stays. */
static void
put_own_first(GPtrArray *sources)
{
    for (guint from = 0, to; from < sources->len; from = to) {
        const char *portal = ((const struct source *)g_ptr_array_index(sources, from))->portal;
        guint own = from;
        for (to = from; to < sources->len; to++) {
            const struct source *s = g_ptr_array_index(sources, to);
            if (g_strcmp0(s->portal, portal))
                break;
            if (portal && s->language && heading_is_own(s->language))
                g_ptr_array_insert(sources, (int)own++, g_ptr_array_steal_index(sources, to));
        }
    }
}

/*
 * The sections of an edition stand where its first one does: several lines of `urls` may bring some
 * of them each.
 */
static void
put_editions_together(GPtrArray *sources)
{
    g_autoptr(GHashTable) editions = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GPtrArray) groups = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    gsize count;
    g_autofree gpointer *all = g_ptr_array_steal(sources, &count);
    for (gsize i = 0; i < count; i++) {
        const struct source *s = all[i];
        g_autofree char *edition = s->portal ? g_strconcat(s->portal, "/", s->edition, NULL) : NULL;
        GPtrArray *group = edition ? g_hash_table_lookup(editions, edition) : NULL;
        if (!group) {
            group = g_ptr_array_new();
            g_ptr_array_add(groups, group);
            if (edition)
                g_hash_table_insert(editions, g_steal_pointer(&edition), group);
        }
        g_ptr_array_add(group, all[i]);
    }
    for (guint i = 0; i < groups->len; i++)
        g_ptr_array_extend(sources, g_ptr_array_index(groups, i), NULL, NULL);
}

/* What is subscribed to, for the views and the bars. */
static void
load_sources(struct app *app)
{
    g_autoptr(GError) error = NULL;
    GPtrArray *sources = app->session->store ? sources_list(app->session->store, false, &error)
                                             : NULL;
    if (error)
        app_show_error(app, "%s", error->message);
    if (sources)
        sources_tell_missing(sources, app->session->urls);
    if (sources && heading_has_language())
        put_own_first(sources);
    if (sources)
        put_editions_together(sources);
    if (app->sources)
        g_ptr_array_unref(app->sources);
    app->sources = sources ? sources : g_ptr_array_new_with_free_func(free_source);
    app->due &= ~(unsigned)APP_LOAD_SOURCES;
}

bool
app_apply_settings(struct app *app, GError **error)
{
    const struct settings *settings = app->session->context->settings;
    struct keymap *keymap = keymap_new(app->session->context, error);
    if (!keymap)
        return false;
    if (app->keymap)
        keymap_free(app->keymap);
    app->keymap = keymap;
    app->ascii = app->ascii_terminal || settings->values.ui_ascii;
    app->wide = settings->values.ui_ambiguous == UI_AMBIGUOUS_WIDE;
    app->hints = settings->values.ui_hints;
    g_autofree char *languages = languages_wanted(settings);
    app->languages = g_intern_string(languages);
    app->due |= APP_THEME;
    for (guint i = 0; i < app->views->len; i++)
        ((struct view *)g_ptr_array_index(app->views, i))->due |= VIEW_LAYOUT;
    return true;
}

struct app *
app_new(struct session *session, int width, int height, make_view_func *make_view, GError **error)
{
    AUTO(app_free) struct app *app = g_new0(struct app, 1);
    app->session = session;
    app->make_view = make_view;
    app->views = g_ptr_array_new();
    app->programs = g_ptr_array_new_with_free_func(program_free);
    app->errors = g_ptr_array_new_with_free_func(g_free);
    prompt_init(&app->prompt, app);
    app->sequence = g_string_new(NULL);
    app->typed_number = g_string_new(NULL);
    app->state = state_load("");
    app->copies = true;
    app->foreground = g_ptr_array_new();
    app->grid = grid_new(width, height);
    if (!app_apply_settings(app, error))
        return NULL;
    app->folds = session->context->settings->values.list_fold_editions;
    app->layout = (int)session->context->settings->values.ui_layout; /* UI_LAYOUT_AUTO: 0 */
    if (session->store)
        app->version = store_version(session->store);
    load_sources(app);
    return g_steal_pointer(&app);
}

void
app_free(struct app *app)
{
    for (int i = 0; i < JOB_COUNT; i++)
        job_abandon(&app->jobs[i]);
    g_ptr_array_unref(app->programs);
    g_clear_pointer(&app->fetch_queue.sources, g_array_unref);
    g_clear_pointer(&app->addresses.urls, g_ptr_array_unref);
    app_close_from(app, 0);
    g_ptr_array_unref(app->views);
    if (app->keymap)
        keymap_free(app->keymap);
    if (app->sources)
        g_ptr_array_unref(app->sources);
    grid_free(app->grid);
    prompt_clear(&app->prompt);
    g_string_free(app->sequence, TRUE);
    g_string_free(app->typed_number, TRUE);
    state_free(app->state);
    g_ptr_array_unref(app->errors);
    g_ptr_array_unref(app->foreground);
    g_free(app->clipboard);
    g_free(app->message);
    g_free(app->fetch.title);
    g_free(app->fetch.asked);
    g_free(app->fetch.announced);
    g_clear_pointer(&app->fetch.failing, g_array_unref);
    g_free(app->fetch.why);
    g_free(app->elsewhere);
    g_free(app->sync);
    g_free(app);
}

/* --- what is said ---------------------------------------------------------------------- */

static void set_message(struct app *app, bool is_error, const char *format, va_list args)
    G_GNUC_PRINTF(3, 0);

static void
set_message(struct app *app, bool is_error, const char *format, va_list args)
{
    g_autofree char *words = g_strdup_vprintf(format, args),
                    *said = strchr(format, '{') && app->views->len
                                ? keymap_text(app->keymap, app_top(app)->ops->context, words)
                                : g_strdup(words);
    g_free(app->message);
    app->message_is_aside = false;
    app->told = 0;
    app->message = url_shown(said); /* whoever quotes an address */
    app->message_is_error = is_error;
}

void
app_say(struct app *app, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    set_message(app, false, format, args);
    va_end(args);
}

void
app_refuse(struct app *app, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    set_message(app, true, format, args);
    va_end(args);
}

void
app_refuse_answer(struct app *app, const char *why)
{
    app_refuse(app, "%s", why);
    if (!app->plain)
        prompt_refuse(&app->prompt);
}

void
app_show_error(struct app *app, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    set_message(app, true, format, args);
    va_end(args);
    if (app->errors->len == MAX_ERRORS)
        g_ptr_array_remove_index(app->errors, 0);
    g_ptr_array_add(app->errors, g_strdup(app->message));
}

void
app_say_no_unread(struct app *app, int direction, int64_t beyond)
{
    unsigned long n = (unsigned long)MAX(beyond, 0);
    if (!beyond)
        app_say(app, _("no more unread articles here"));
    else if (beyond < 0)
        app_say(app,
                direction > 0
                    ? _("no more unread articles below; there are some above: {previous-unread}")
                    : _("no more unread articles above; there are some below: {next-unread}"));
    else if (direction > 0)
        app_say(app,
                ngettext("no more unread articles below; %lu above: {previous-unread}",
                         "no more unread articles below; %lu above: {previous-unread}", n),
                n);
    else
        app_say(app,
                ngettext("no more unread articles above; %lu below: {next-unread}",
                         "no more unread articles above; %lu below: {next-unread}", n),
                n);
}

/* What a fetch of another program, a timer's for example, has written of its progress. */
void
app_follow_fetch(struct app *app)
{
    gint64 done, total, when;
    const char *p;
    app->followed_at = g_get_monotonic_time();
    g_clear_pointer(&app->elsewhere, g_free);
    if (!app->session->store)
        return;
    bool own = job_runs(&app->jobs[JOB_FETCH]) && app->fetch.begun;
    g_autofree char *row = own ? NULL : store_get_meta(app->session->store, "progress");
    bool read = row && number_prefix(row, G_MAXUINT, &done, &p) && *p++ == ' ' &&
                number_prefix(p, G_MAXUINT, &total, &p) && *p++ == ' ' &&
                number_parse(p, 0, G_MAXINT64, &when);
    /* one that was killed, or that could not write any more, leaves its row behind */
    if (read && clock_now() - when < PROGRESS_FRESH &&
        lock_is_held(store_path(app->session->store)))
        app->elsewhere =
            g_strdup_printf(_("another fetch: %u/%u"), (unsigned)done, (unsigned)total);
}

bool
app_fetch_follows(const struct app *app)
{
    return !app->fetch.begun && app->elsewhere;
}

/* How a sync stands, where there is a server for one: what waits, and what went wrong. */
static void
follow_sync(struct app *app)
{
    struct store *store = app->session->store;
    g_clear_pointer(&app->sync, g_free);
    if (!*app->session->context->settings->values.sync_server)
        return;
    g_autofree char *text = store_get_meta(store, "sync_problem");
    AUTO(problem_free) struct problem *problem = text ? problem_parse(text) : NULL;
    g_autofree char *words = problem ? problem_words(problem) : NULL;
    int64_t waiting = sync_log_count(store);
    if (words)
        app->sync = g_strdup_printf(_("sync: %s"), words);
    else if (waiting)
        app->sync = g_strdup_printf(
            ngettext("%u mark waits for the sync", "%u marks wait for the sync", (guint)waiting),
            (guint)waiting);
}

/*
 * Beside a fetch of many new sources each reload would read all their names again: that waits for a
 * while.
 */
static bool
follow_names(struct app *app)
{
    int64_t now = g_get_monotonic_time();
    bool busy = app->elsewhere || job_runs(&app->jobs[JOB_FETCH]);
    if (!app->names_due || (busy && now - app->named_at < NAMES_PAUSE))
        return false;
    app->named_at = now;
    app->names_due = false;
    return source_names_follow(app->session->store);
}

void
app_follow_names(struct app *app)
{
    if (follow_names(app))
        app_reload(app);
}

void
app_reload(struct app *app)
{
    if (app->session->store) {
        own_marks_follow(app->session->store, clock_now(), NULL); /* else the next time */
        int64_t version = store_version(app->session->store);
        app->names_due |= version != app->version; /* what another program wrote may name one */
        follow_names(app);
        app->version = version;
        app->loaded_at = g_get_monotonic_time();
        app_follow_fetch(app);
        follow_sync(app);
    }
    app->due |= APP_LOAD_SOURCES;
    for (guint i = 0; i < app->views->len; i++)
        ((struct view *)g_ptr_array_index(app->views, i))->due |= VIEW_LOAD;
}

void
app_refresh(struct app *app, struct view *view)
{
    if (!(view->due & VIEW_LOAD))
        return;
    view->due &= ~(unsigned)VIEW_LOAD;
    if (view->ops->load)
        view->ops->load(view, app);
}

const GPtrArray *
app_sources(struct app *app)
{
    if (app->due & APP_LOAD_SOURCES)
        load_sources(app);
    return app->sources;
}

char *
app_edition_title(const struct app *app, const struct source *source)
{
    const char *edition = source->edition_name;
    if (edition && source->language && heading_is_lost(edition))
        edition = heading_language(source->language);
    return g_strconcat(source->portal_name, edition ? app_dot(app) : NULL, edition, NULL);
}

const char *
app_folded(const struct app *app)
{
    /* what is asked for nothing costs time in a large store */
    return app->folds && app->session->store && edition_groups_any(app->session->store)
               ? app->languages
               : NULL;
}

const char *
app_dot(const struct app *app)
{
    /* TRANSLATORS: between the parts of a name, as a language writes its commas, with the space */
    return app->plain ? _(", ") : app_sign(app, " · ", " - ");
}

const char *
app_sign(const struct app *app, const char *glyph, const char *ascii)
{
    return app->ascii ? ascii : glyph;
}

void
app_measure(const struct app *app, const struct area *area, int *left, int *width)
{
    const struct settings *settings = app->session->context->settings;
    int measure = settings->values.read_measure;
    int margin = area->width >= 60 ? 2 : area->width >= 30 ? 1 : 0;
    /* the last column is the scroll bar's */
    *width = MAX(MIN(measure, area->width - MAX(2 * margin, 1)), 1);
    bool center = settings->values.read_align == READ_ALIGN_CENTER;
    *left = area->x + (center ? MAX((area->width - *width) / 2, margin) : margin);
}

bool
app_note_read(struct app *app, int64_t article)
{
    g_autoptr(GError) error = NULL;
    struct mark_change change = {.article = article, .mark = MARK_READ, .on = true};
    if (session_note(app->session, &change, &error))
        return true;
    app_show_error(app, "%s", error->message);
    return false;
}

void
app_say_count(struct app *app, const char *format, bool folded, guint works, guint count)
{
    bool more = folded && works < count;
    g_autofree char *words = g_strdup_printf(format, folded ? works : count),
                    *text = keymap_text(app->keymap, app_top(app)->ops->context, words);
    if (more)
        /* TRANSLATORS: "3 articles deleted; u undoes it (with editions: 9)": in several languages */
        app_say(app, _("%s (with editions: %u)"), text, count);
    else
        app_say(app, "%s", text);
}

/* Articles that are to be marked as read when a question is answered. */
struct to_mark {
    bool folded; /* their list has a row for an article in all of its languages */
    guint count;
    int64_t articles[];
};

static void
mark_read(struct app *app, const char *data)
{
    const struct to_mark *to = (const void *)data;
    guint count, works;
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) articles = g_array_sized_new(FALSE, FALSE, sizeof(int64_t), to->count);
    g_array_append_vals(articles, to->articles, to->count);
    if (!session_mark_read(app->session, articles, &count, &works, &error))
        app_show_error(app, "%s", error->message);
    else
        app_say_count(app,
                      ngettext("%u article marked as read; {undo} undoes it",
                               "%u articles marked as read; {undo} undoes it",
                               to->folded ? works : count),
                      to->folded, works, count);
    app_reload(app);
}

void
app_mark_all(struct app *app, const GArray *articles, bool folded)
{
    if (!articles->len) {
        app_say(app, _("nothing here was unread"));
        return;
    }
    struct to_mark *to = g_malloc(sizeof *to + articles->len * sizeof(int64_t));
    *to = (struct to_mark){.folded = folded, .count = articles->len};
    memcpy(to->articles, articles->data, articles->len * sizeof(int64_t));
    guint shown = folded ? session_works_of(app->session, articles) : articles->len;
    if (shown > MOST_MARKED) {
        g_autofree char *label = g_strdup_printf(
            ngettext("Mark %u article as read? (y/n) ", "Mark %u articles as read? (y/n) ", shown),
            shown);
        confirm(app, label, NULL, mark_read, (char *)to);
    } else {
        mark_read(app, (const char *)to);
        g_free(to);
    }
}

void
app_mark_listing(struct app *app, const struct listing *listing)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray)
        articles = app->session->store ? session_unread_of(app->session, listing, &error) : NULL;
    if (error)
        app_show_error(app, "%s", error->message);
    else if (articles)
        app_mark_all(app, articles, listing->languages);
}

void
app_resize(struct app *app, int width, int height)
{
    grid_free(app->grid);
    app->grid = grid_new(width, height);
    app->due |= APP_REPAINT;
}
