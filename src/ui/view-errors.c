/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What went wrong: with `urls`, with sources, in this session; and what could not be done. */
#include "config.h"

#include "base/i18n.h"
#include "ui/app.h"
#include "ui/page-view.h"
#include "ui/source-actions.h"
#include "ui/views.h"

static void
add_source(struct view *v, const struct app *app, const struct source *s)
{
    g_autofree char *edition = s->portal ? app_edition_title(app, s) : NULL;
    page_view_of(v, s->id);
    page_view_add(v, "#%s%s%s", edition ? edition : "", edition ? ": " : "", s->label);
    if (s->last_error) {
        bool named = !g_strcmp0(s->last_error->subject, s->public_url);
        g_autofree char *why = named ? problem_words(s->last_error)
                                     : problem_sentence(s->last_error),
                        *advice = source_action_advice(app, CONTEXT_PAGE, s->last_error->code);
        page_view_add(v, _("failed: %s"), why);
        if (advice)
            page_view_add(v, "%s", advice);
    }
    for (guint w = 0; w < s->warnings->len; w++) {
        g_autofree char *warning = problem_sentence(g_ptr_array_index(s->warnings, w));
        page_view_add(v, _("warning: %s"), warning);
    }
    page_view_of(v, 0);
    if (!app->plain) /* whose rows have numbers */
        page_view_add(v, "%s", "");
}

static bool
has_trouble(const struct source *s)
{
    return s->last_error || s->warnings->len;
}

static void
fill(struct view *v, struct app *app)
{
    for (guint i = 0; i < app->session->urls->problems->len; i++)
        page_view_add(
            v, "%s",
            ((const struct urls_problem *)g_ptr_array_index(app->session->urls->problems, i))
                ->text);
    for (guint i = 0; i < app_sources(app)->len; i++) {
        const struct source *s = g_ptr_array_index(app_sources(app), i);
        if (has_trouble(s))
            add_source(v, app, s);
    }
    if (app->errors->len)
        page_view_add(v, "#%s", _("Messages of this session"));
    for (guint i = app->errors->len; i-- > 0;) /* the newest first */
        page_view_add(v, "%s", (const char *)g_ptr_array_index(app->errors, i));
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
