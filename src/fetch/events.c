/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Event lines and the progress bar. */
#include "config.h"

#include "fetch/events.h"
#include "base/i18n.h"
#include "base/message.h"
#include "text/cells.h"

#include <jansson.h>
#include <sys/ioctl.h>
#include <unistd.h>

struct events {
    enum events_mode mode;
    guint total, done, failed, added;
    gint64 last_progress; /* monotonic microseconds */
    bool bar_shown;
};

bool
events_mode_parse(const char *word, enum events_mode *mode)
{
    static const struct {
        const char *word;
        enum events_mode mode;
    } words[] = {{"none", EVENTS_NONE}, {"bar", EVENTS_BAR}, {"lines", EVENTS_LINES}, {"json", EVENTS_JSON}};
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
    print_rawf("%s\n", text);
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
        put_json(json_pack("{s:s,s:s,s:i}", "event", "start", "version", PACKAGE_VERSION, "sources", (int)sources));
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

/* The error names the URL already. */
static void
report_failure(const struct event_source *s)
{
    if (g_strcmp0(s->title, s->url))
        message_error("%s: %s", s->title, s->error);
    else
        message_error("%s", s->error);
}

void
events_source(struct events *events, const struct event_source *s)
{
    events->done++;
    events->failed += s->error != NULL;
    events->added += s->added;
    switch (events->mode) {
    case EVENTS_JSON: {
        json_t *warnings = json_array();
        for (char *const *w = s->warnings; w && *w; w++)
            json_array_append_new(warnings, json_string(*w));
        json_t *event = json_object();
        json_object_set_new(event, "event", json_string("source"));
        json_object_set_new(event, "id", json_integer(s->id));
        json_object_set_new(event, "url", text_or_null(s->url));
        json_object_set_new(event, "title", text_or_null(s->title));
        json_object_set_new(event, "status", json_string(s->error ? "failed" : s->unchanged ? "unchanged" : "ok"));
        json_object_set_new(event, "new", json_integer(s->added));
        json_object_set_new(event, "updated", json_integer(s->updated));
        json_object_set_new(event, "error", text_or_null(s->error));
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
            report_failure(s);
        }
        break;
    case EVENTS_LINES:
        if (s->error)
            report_failure(s);
        else if (s->unchanged)
            print_textf(stderr, _("[%u/%u] %s: unchanged\n"), events->done, events->total, s->title);
        else
            print_textf(stderr, ngettext("[%u/%u] %s: %u new article\n", "[%u/%u] %s: %u new articles\n", s->added),
                        events->done, events->total, s->title, s->added);
        for (char *const *w = s->warnings; w && *w; w++)
            message_warning("%s: %s", s->title, *w);
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
events_progress(struct events *events, gsize bytes, const char *what)
{
    gint64 now = g_get_monotonic_time();
    if (now - events->last_progress < 100000)
        return;
    events->last_progress = now;
    if (events->mode == EVENTS_JSON) {
        put_json(json_pack("{s:s,s:i,s:i,s:I,s:s}", "event", "progress", "done", (int)events->done, "total",
                           (int)events->total, "bytes", (json_int_t)bytes, "title", what ? what : ""));
    } else if (events->mode == EVENTS_BAR) {
        g_autofree char *size = g_format_size(bytes);
        g_autofree char *line = g_strdup_printf("%u/%u  %s  %s", events->done, events->total, size, what ? what : "");
        g_autofree char *cut = cells_ellipsize(line, terminal_width() - 1, "…");
        clear_bar(events);
        print_text(stderr, cut);
        fflush(stderr);
        events->bar_shown = true;
    }
}

void
events_end(struct events *events, bool interrupted)
{
    clear_bar(events);
    if (events->mode == EVENTS_JSON) {
        put_json(json_pack("{s:s,s:i,s:i,s:i,s:i,s:b}", "event", "end", "done", (int)events->done, "total",
                           (int)events->total, "failed", (int)events->failed, "new", (int)events->added, "interrupted",
                           interrupted));
    } else if (events->mode == EVENTS_BAR || events->mode == EVENTS_LINES) {
        g_autofree char *added = g_strdup_printf(ngettext("%u new article", "%u new articles", events->added), events->added);
        g_autofree char *failed = g_strdup_printf(ngettext("%u source failed", "%u sources failed", events->failed), events->failed);
        print_textf(stderr, events->failed ? "%s, %s\n" : "%s\n", added, failed);
    }
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
