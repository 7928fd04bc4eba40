/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Event lines and the progress bar. */
#include "config.h"

#include "fetch/events.h"
#include "base/i18n.h"
#include "base/message.h"
#include "base/news.h"
#include "base/url.h"
#include "text/cells.h"
#include "text/date.h"

#include <jansson.h>
#include <sys/ioctl.h>
#include <unistd.h>

struct events {
    enum events_mode mode;
    guint total, done, failed, waiting;
    struct news news;
    gint64 last_progress; /* monotonic microseconds */
    bool bar_shown, no_network;
};

bool
events_mode_parse(const char *word, enum events_mode *mode)
{
    static const struct {
        const char *word;
        enum events_mode mode;
    } words[] = {
        {"none", EVENTS_NONE}, {"bar", EVENTS_BAR}, {"lines", EVENTS_LINES}, {"json", EVENTS_JSON}};
    if (g_str_equal(word, "auto")) {
        *mode = isatty(STDERR_FILENO) ? EVENTS_BAR : EVENTS_FAILURES;
        return true;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        if (g_str_equal(word, words[i].word)) {
            *mode = words[i].mode;
            return true;
        }
    }
    return false;
}

/* One line of JSON on stdout; a closed pipe is not an error of the fetch. */
static void
put_json(json_t *event)
{
    char *text = json_dumps(event, JSON_COMPACT);
    json_decref(event);
    print_rawf("%s\n", text ? text : "{}");
    bool gone;
    message_output_fails(&gone);
    free(text);
}

struct events *
events_new(enum events_mode mode, guint sources)
{
    struct events *events = g_new0(struct events, 1);
    events->mode = mode;
    events->total = sources;
    if (mode == EVENTS_JSON)
        put_json(json_pack("{s:s,s:s,s:i}", "event", "start", "version", PACKAGE_VERSION, "sources",
                           (int)sources));
    return events;
}

void
events_free(struct events *events)
{
    g_free(events);
}

static void
clear_bar(struct events *events)
{
    if (events->bar_shown)
        fputs("\r\033[K", stderr);
    events->bar_shown = false;
}

static json_t *
text_or_null(const char *text)
{
    return text ? json_string(text) : json_null();
}

/* "TITLE: URL: why", or without the title where it is the URL. */
static void
report(const struct event_source *s, const struct problem *problem)
{
    g_autofree char *sentence = problem_sentence(problem);
    g_autofree char *url = url_shown(s->url),
                    *subject = problem->subject ? url_shown(problem->subject) : NULL;
    bool named = subject && (!g_strcmp0(s->label, url) || !g_strcmp0(s->label, subject));
    g_autofree char *prefix = named ? g_strdup("") : g_strconcat(s->label, ": ", NULL);
    if (problem == s->error)
        message_error("%s%s", prefix, sentence);
    else
        message_warning("%s%s", prefix, sentence);
}

void
events_source(struct events *events, const struct event_source *s)
{
    events->done++;
    events->failed += s->error != NULL;
    events->waiting += s->waiting;
    events->news.added += s->added;
    if (events->no_network && events->mode != EVENTS_JSON)
        return;
    switch (events->mode) {
    case EVENTS_JSON: {
        json_t *warnings = json_array();
        for (guint i = 0; s->warnings && i < s->warnings->len; i++)
            json_array_append_new(warnings, problem_json(g_ptr_array_index(s->warnings, i)));
        json_t *event = json_object();
        json_object_set_new(event, "event", json_string("source"));
        json_object_set_new(event, "id", json_integer(s->id));
        json_object_set_new(event, "url", text_or_null(s->url));
        json_object_set_new(event, "title", text_or_null(s->title));
        json_object_set_new(event, "status",
                            json_string(s->error       ? "failed"
                                        : s->waiting   ? "waiting"
                                        : s->unchanged ? "unchanged"
                                                       : "ok"));
        json_object_set_new(event, "new", json_integer(s->added));
        json_object_set_new(event, "updated", json_integer(s->updated));
        json_object_set_new(event, "error", s->error ? problem_json(s->error) : json_null());
        json_object_set_new(event, "warnings", warnings);
        json_object_set_new(event, "done", json_integer(events->done));
        json_object_set_new(event, "total", json_integer(events->total));
        put_json(event);
        break;
    }
    case EVENTS_BAR:
    case EVENTS_FAILURES:
        if (s->error) {
            clear_bar(events);
            report(s, s->error);
        }
        break;
    case EVENTS_LINES:
        if (s->error)
            report(s, s->error);
        else if (s->waiting)
            print_textf(stderr, _("[%u/%u] %s: its host wants no requests now\n"), events->done,
                        events->total, s->label);
        else if (s->unchanged)
            print_textf(stderr, _("[%u/%u] %s: unchanged\n"), events->done, events->total,
                        s->label);
        else
            print_textf(
                stderr,
                ngettext("[%u/%u] %s: %u new article\n", "[%u/%u] %s: %u new articles\n", s->added),
                events->done, events->total, s->label, s->added);
        for (guint i = 0; s->warnings && i < s->warnings->len; i++)
            report(s, g_ptr_array_index(s->warnings, i));
        break;
    case EVENTS_NONE:
        break;
    }
}

static int
terminal_width(void)
{
    struct winsize size;
    return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col ? size.ws_col : 80;
}

void
events_progress(struct events *events, gsize bytes, const char *what, const char *source)
{
    gint64 now = g_get_monotonic_time();
    if (now - events->last_progress < 100000)
        return;
    events->last_progress = now;
    if (events->mode == EVENTS_JSON) {
        put_json(json_pack("{s:s,s:i,s:i,s:I,s:s,s:s?}", "event", "progress", "done",
                           (int)events->done, "total", (int)events->total, "bytes",
                           (json_int_t)bytes, "title", what ? what : "", "source", source));
    } else if (events->mode == EVENTS_BAR) {
        g_autofree char *size = message_size(bytes);
        g_autofree char *line = g_strdup_printf("%u/%u  %s  %s", events->done, events->total, size,
                                                what     ? what
                                                : source ? source
                                                         : "");
        g_autofree char *cut = cells_ellipsize(line, terminal_width() - 1, "…");
        clear_bar(events);
        print_text(stderr, cut);
        fflush(stderr);
        events->bar_shown = true;
    }
}

void
events_changes(struct events *events, guint revised, guint withdrawn, guint returned)
{
    events->news.revised = revised;
    events->news.withdrawn = withdrawn;
    events->news.returned = returned;
}

void
events_end(struct events *events, bool interrupted)
{
    clear_bar(events);
    if (events->mode == EVENTS_JSON) {
        put_json(json_pack("{s:s,s:i,s:i,s:i,s:i,s:i,s:b,s:b,s:i,s:i,s:i}", "event", "end", "done",
                           (int)events->done, "total", (int)events->total, "failed",
                           (int)events->failed, "new", (int)events->news.added, "waiting",
                           (int)events->waiting, "interrupted", interrupted, "no_network",
                           events->no_network, "revised", (int)events->news.revised, "withdrawn",
                           (int)events->news.withdrawn, "returned", (int)events->news.returned));
    } else if (events->mode == EVENTS_BAR || events->mode == EVENTS_LINES) {
        g_autofree char *news = news_sentence(&events->news);
        g_autofree char *failed = g_strdup_printf(
            ngettext("%u source failed", "%u sources failed", events->failed), events->failed);
        print_textf(stderr, events->failed ? "%s, %s\n" : "%s\n", news, failed);
    }
}

void
events_waiting(struct events *events, guint count, int64_t until)
{
    events->waiting += count;
    if (events->mode == EVENTS_NONE || events->mode == EVENTS_JSON)
        return;
    g_autofree char *time = date_utc(until);
    clear_bar(events);
    print_textf(stderr,
                ngettext("%u source waits until %s, as its host asks (Retry-After)\n",
                         "%u sources wait until %s, as their hosts ask (Retry-After)\n", count),
                count, time ? time : "?");
}

void
events_no_network(struct events *events, guint count)
{
    events->no_network = true;
    if (events->mode == EVENTS_NONE || events->mode == EVENTS_JSON)
        return;
    clear_bar(events);
    message_error(ngettext("no network: %u source", "no network: %u sources", count), count);
}

guint
events_done(const struct events *events)
{
    return events->done;
}

guint
events_failed(const struct events *events)
{
    return events->failed;
}
