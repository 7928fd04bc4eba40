/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What went wrong: with `urls`, with sources, in this session; and what could not be done. */
#include "config.h"

#include "base/i18n.h"
#include "ui/app.h"
#include "ui/page-view.h"
#include "ui/source-actions.h"
#include "ui/views.h"

#include <string.h>

/* Why it failed, what to do about it, and what was put right: lines, owned. */
static GPtrArray *
trouble_of(const struct app *app, const struct source *s)
{
    GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) troubles = source_action_troubles(app, s);
    if (s->last_error) {
        bool named = !g_strcmp0(s->last_error->subject, s->public_url);
        g_autofree char *why = named ? problem_words(s->last_error)
                                     : problem_sentence(s->last_error);
        char *advice = source_action_advice(app, CONTEXT_PAGE, s, s->last_error);
        g_ptr_array_add(lines, g_strdup_printf(_("failed: %s"), why));
        if (advice)
            g_ptr_array_add(lines, advice);
    }
    for (guint i = 0; i < troubles->len; i++) {
        const struct trouble *trouble = g_ptr_array_index(troubles, i);
        g_ptr_array_add(lines, g_strdup_printf(_("warning: %s"), trouble->words));
        if (trouble->advice)
            g_ptr_array_add(lines, g_strdup(trouble->advice));
    }
    return lines;
}

/* All of it in one row, a line each: each row has a number, and one source is one. */
static void
add_source_row(struct view *v, const char *name, const GPtrArray *lines)
{
    g_autoptr(GString) row = g_string_new(name);
    for (guint i = 0; i < lines->len; i++)
        g_string_append_printf(row, "%s%s", i ? "\n" : _(": "),
                               (const char *)g_ptr_array_index(lines, i));
    page_view_add(v, "%s", row->str);
}

static void
add_source(struct view *v, const struct app *app, const struct source *s)
{
    g_autofree char *edition = s->portal ? app_edition_title(app, s) : NULL,
                    *name = g_strdup_printf("%s%s%s", edition ? edition : "",
                                            edition ? _(": ") : "", s->label);
    g_autoptr(GPtrArray) lines = trouble_of(app, s);
    page_view_of(v, s->id);
    if (app->plain) {
        add_source_row(v, name, lines);
    } else {
        page_view_add(v, "#%s", name);
        for (guint i = 0; i < lines->len; i++)
            page_view_add(v, "%s", (const char *)g_ptr_array_index(lines, i));
    }
    page_view_of(v, 0);
    if (!app->plain)
        page_view_add(v, "%s", "");
}

/* A portal's file that cannot be used is told once, with the line of `urls` that names it. */
static bool
has_trouble(const struct source *s)
{
    return s->last_error ? s->last_error->code != PROBLEM_PORTAL_FILE : s->warnings->len > 0;
}

/* Whether a message of this session stands in the row of a source already. */
static bool
is_told(struct app *app, const char *message)
{
    for (guint i = 0; i < app_sources(app)->len; i++) {
        const struct source *s = g_ptr_array_index(app_sources(app), i);
        g_autofree char *words = s->last_error ? problem_words(s->last_error) : NULL;
        if (words && g_str_has_suffix(message, words) && strstr(message, s->label))
            return true;
    }
    return false;
}

/* Lines of `urls`. */
static void
add_urls(struct view *v, const struct app *app)
{
    const GPtrArray *problems = app->session->urls->problems;
    for (guint i = 0; i < problems->len; i++)
        page_view_add(v, "%s", ((const struct urls_problem *)g_ptr_array_index(problems, i))->text);
    if (problems->len && !app->plain)
        page_view_add(v, "%s", "");
}

static void
add_sources(struct view *v, struct app *app)
{
    for (guint i = 0; i < app_sources(app)->len; i++) {
        const struct source *s = g_ptr_array_index(app_sources(app), i);
        if (has_trouble(s))
            add_source(v, app, s);
    }
}

/* Whether a message was about a line of `urls`, which is told by itself. */
static bool
is_of_urls(const struct app *app, const char *message)
{
    const GPtrArray *problems = app->session->urls->problems;
    for (guint i = 0; i < problems->len; i++)
        if (g_str_equal(((const struct urls_problem *)g_ptr_array_index(problems, i))->text,
                        message))
            return true;
    return false;
}

/* What was said in this session and does not stand here already, the newest first. */
static void
add_messages(struct view *v, struct app *app)
{
    bool any = false;
    for (guint i = app->errors->len; i-- > 0;) {
        const char *message = g_ptr_array_index(app->errors, i);
        if (is_of_urls(app, message) || (app->plain && is_told(app, message)))
            continue;
        if (!any)
            page_view_add(v, "#%s", _("Messages of this session"));
        page_view_add(v, "%s", message);
        any = true;
    }
}

static void
fill(struct view *v, struct app *app)
{
    add_urls(v, app);
    add_sources(v, app);
    add_messages(v, app);
    if (!page_view_lines(v))
        page_view_add(v, "%s", _("Nothing is wrong."));
}

struct view *
errors_view_new(struct app *app)
{
    bool any = false;
    for (guint i = 0; i < app_sources(app)->len && !any; i++)
        any = has_trouble(g_ptr_array_index(app_sources(app), i));
    return page_view_new_filled(
        app, &(struct page_request){.title = _("Errors and warnings"), .fill = fill, .rows = any});
}

struct view *
notice_view_new(const char *text)
{
    struct view *v = page_view_new(_("Not done"));
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line; line++)
        page_view_add(v, "%s", *line);
    return v;
}
