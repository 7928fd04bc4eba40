/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages of lines to scroll through: the help, the errors, the information. */
#include "config.h"

#include "base/i18n.h"
#include "base/url.h"
#include "document/layout.h"
#include "reader/heading.h"
#include "text/cells.h"
#include "ui/app.h"
#include "ui/views.h"

#include <string.h>

struct page_view {
    struct view base;
    char *title;
    GPtrArray *lines; /* owned char *; a line that starts with '#' is a heading */
    GPtrArray *shown; /* owned char *, wrapped to `width` */
    int width;
};

/* A line "keys<TAB>help" keeps its second column aligned when it wraps. */
static void
wrap_line(struct page_view *v, const char *line)
{
    const char *tab = strchr(line, '\t');
    g_autofree char *first = tab ? g_strndup(line, tab - line) : g_strdup("");
    const char *text = tab ? tab + 1 : line;
    int column = tab ? (v->width >= 60 ? 22 : 0) : 0;
    if (tab && (!column || cells_width(first, -1) >= column)) {
        g_ptr_array_add(v->shown, g_strdup(first));
        g_clear_pointer(&first, g_free);
        first = g_strdup("");
        column = column ? column : 4;
    }
    gsize length = strlen(text), at = 0;
    g_autofree char *breaks = cells_breaks(text, length);
    do {
        gsize next;
        gsize end = cells_line(text, length, at, breaks, v->width - column, &next);
        g_autofree char *part = g_strndup(text + at, end - at);
        int pad = column - cells_width(first, -1);
        g_ptr_array_add(v->shown, g_strdup_printf("%s%*s%s", first, MAX(pad, 0), "", part));
        g_free(first);
        first = g_strdup("");
        at = next;
    } while (at < length);
}

static void
wrap_all(struct page_view *v, int width)
{
    v->width = width;
    g_ptr_array_set_size(v->shown, 0);
    for (guint i = 0; i < v->lines->len; i++)
        wrap_line(v, g_ptr_array_index(v->lines, i));
}

static void
lay_out(struct view *view, struct app *app)
{
    struct page_view *v = (struct page_view *)view;
    int left, width;
    app_measure(app, &view->area, &left, &width);
    if (v->width != width)
        wrap_all(v, width);
    view->scroll.count = v->shown->len;
    scroller_fit(&view->scroll, view->area.height);
}

static void
draw(const struct view *view, const struct app *app, struct grid *grid, bool focused)
{
    const struct page_view *v = (const struct page_view *)view;
    int left, width;
    (void)focused;
    app_measure(app, &view->area, &left, &width);
    grid->cursor_x = left;
    grid->cursor_y = view->area.y;
    for (int i = 0; i < scroller_shown(&view->scroll); i++) {
        const char *line = g_ptr_array_index(v->shown, view->scroll.top + i);
        bool heading = *line == '#';
        int y = view->area.y + i;
        grid_put(grid, left, y, line + heading, width, heading ? STYLE_HEADING : STYLE_NORMAL);
        if (view->find)
            grid_restyle_matches(grid, left, y, line + heading, view->find);
    }
}

static const char *
text_at(const void *data, int64_t place)
{
    return g_ptr_array_index(((const struct page_view *)data)->shown, place);
}

static int64_t
find(struct view *view, int64_t from, int step, bool here)
{
    return scroller_find(&view->scroll, from, step, here, view->find, text_at, view);
}

static unsigned
act(struct view *view, struct app *app, enum action action, int count)
{
    (void)view;
    (void)app;
    (void)count;
    return action == ACTION_HELP ? VIEW_DONE : 0; /* over help it says nothing new */
}

static void
describe(const struct view *view, const struct app *app, struct view_info *info)
{
    (void)app;
    info->title = g_strdup(((const struct page_view *)view)->title);
    info->position = scroller_percent(&view->scroll);
}

static void
to_text(struct view *view, struct app *app, GString *out)
{
    const struct page_view *v = (const struct page_view *)view;
    (void)app;
    for (guint i = 0; i < v->lines->len; i++) {
        const char *line = g_ptr_array_index(v->lines, i), *tab = strchr(line, '\t');
        if (tab)
            g_string_append_printf(out, "%.*s: %s\n", (int)(tab - line), line, tab + 1);
        else
            g_string_append_printf(out, "%s\n", line + (*line == '#'));
    }
}

static void
free_view(struct view *view, struct app *app)
{
    struct page_view *v = (struct page_view *)view;
    (void)app;
    g_ptr_array_unref(v->lines);
    g_ptr_array_unref(v->shown);
    g_free(v->title);
    g_free(v);
}

static struct page_view *
page_new(const char *heading)
{
    static const struct view_ops ops = {
        .context = CONTEXT_PAGE,
        .pane = PANE_WHOLE,
        .lay_out = lay_out,
        .draw = draw,
        .act = act,
        .describe = describe,
        .to_text = to_text,
        .free = free_view,
        .find = find,
    };
    struct page_view *v = g_new0(struct page_view, 1);
    v->base.ops = &ops;
    v->base.scroll.lines = true;
    v->title = g_strdup(heading);
    v->lines = g_ptr_array_new_with_free_func(g_free);
    v->shown = g_ptr_array_new_with_free_func(g_free);
    return v;
}

static void add(struct page_view *v, const char *format, ...) G_GNUC_PRINTF(2, 3);

static void
add(struct page_view *v, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_ptr_array_add(v->lines, g_strdup_vprintf(format, args));
    va_end(args);
}

struct view *
help_view_new(struct app *app, enum action_context context)
{
    struct page_view *v = page_new(_("Help"));
    add(v, "#%s", _("Keys"));
    for (int i = 0; i < ACTION_COUNT; i++) {
        if (!(actions_table[i].contexts & context))
            continue;
        g_autofree char *keys = keymap_keys(app->keymap, context, (enum action)i);
        if (*keys)
            add(v, "%s\t%s", keys, gettext(actions_table[i].help));
        else
            add(v, ":%s\t%s", actions_table[i].name, gettext(actions_table[i].help));
    }
    add(v, "%s\t%s", app_sign(app, "1…9", "1..9"),
        _("before a key: how often, or which row or link"));
    if (app->session->context->settings->values.ui_mouse)
        add(v, "%s\t%s", _("mouse"),
            _("the wheel scrolls, a click goes there, a second one opens; :set ui.mouse=no gives it back to the terminal"));
    add(v, "%s", "");
    add(v, "#%s", _("Signs in lists"));
    add(v, "%s\t%s", app_sign(app, "●", "N"), _("unread"));
    add(v, "%s\t%s", app_sign(app, "★", "*"), _("starred"));
    add(v, "%s\t%s", app_sign(app, "Δ", "~"), _("the portal has changed the text"));
    add(v, "%s\t%s", app_sign(app, "✗", "x"),
        _("the portal has withdrawn it; or: the source failed"));
    add(v, "@\t%s", _("has attachments"));
    add(v, "!\t%s", _("the source needed repair; e tells"));
    add(v, "%s", "");
    add(v, "#%s", _("Queries"));
    add(v, "%s",
        _("Words search title and text. Also is:unread is:starred is:revised source:NAME section:NAME lang:ru tag:T title:W since:3d before:2026-01-01 seen:1d changed:1d has:attachment has:date due:7d related:5 state:withdrawn; -x excludes, \"a phrase\", (a OR b)."));
    return &v->base;
}

struct view *
errors_view_new(struct app *app)
{
    struct page_view *v = page_new(_("Errors and warnings"));
    for (guint i = 0; i < app->session->urls->problems->len; i++)
        add(v, "%s",
            ((const struct urls_problem *)g_ptr_array_index(app->session->urls->problems, i))
                ->text);
    for (guint i = 0; i < app_sources(app)->len; i++) {
        const struct source *s = g_ptr_array_index(app_sources(app), i);
        if (!s->last_error && !s->warnings->len)
            continue;
        add(v, "#%s%s%s", s->edition_name ? s->edition_name : "", s->edition_name ? ": " : "",
            s->label);
        if (s->last_error) {
            bool named = !g_strcmp0(s->last_error->subject, s->public_url);
            g_autofree char *why = named ? problem_words(s->last_error)
                                         : problem_sentence(s->last_error);
            const char *advice = problem_advice(s->last_error->code);
            add(v, _("failed: %s"), why);
            if (advice)
                add(v, "%s", advice);
        }
        for (guint w = 0; w < s->warnings->len; w++) {
            g_autofree char *warning = problem_sentence(g_ptr_array_index(s->warnings, w));
            add(v, _("warning: %s"), warning);
        }
        add(v, "%s", "");
    }
    if (app->errors->len)
        add(v, "#%s", _("Messages of this session"));
    for (guint i = app->errors->len; i-- > 0;) /* the newest first */
        add(v, "%s", (const char *)g_ptr_array_index(app->errors, i));
    if (!v->lines->len)
        add(v, "%s", _("Nothing is wrong."));
    return &v->base;
}

static void
add_fact(struct page_view *v, const char *label, const char *value)
{
    g_autofree char *shown = value && *value ? url_shown(value) : NULL;
    if (shown)
        add(v, "%s\t%s", label, shown);
}

struct view *
info_view_new(struct app *app, int64_t source, int64_t article)
{
    struct page_view *v = page_new(_("Information"));
    struct store *store = app->session->store;
    AUTO(article_row_free) struct article_row *row = article ? listing_article(store, article, NULL)
                                                             : NULL;
    if (row) {
        g_autofree char *number = g_strdup_printf("%" G_GINT64_FORMAT, row->id);
        g_autofree char *date = heading_date(&row->published);
        g_autofree char *seen = date_utc(row->first_seen);
        add(v, "#%s", heading_title(row));
        add_fact(v, _("Number"), number);
        add_fact(v, _("Link"), row->link);
        add_fact(v, _("Published"), date);
        add_fact(v, _("First seen"), seen);
        add_fact(v, _("Language"), row->language);
        add_fact(v, _("Publisher"), row->publisher);
        add_fact(v, _("Author"), row->author);
        add(v, "%s", "");
    }
    g_autofree char *name = g_strdup_printf("%" G_GINT64_FORMAT, source);
    AUTO(source_free) struct source *s = sources_find(store, name, NULL);
    if (s) {
        g_autofree char *success = s->last_success ? date_utc(s->last_success)
                                                   : g_strdup(_("never"));
        g_autofree char *due = s->next_due ? date_utc(s->next_due) : NULL;
        add(v, "#%s", s->label);
        add_fact(v, _("Source"), s->public_url);
        add_fact(v, _("Home page"), s->home);
        add_fact(v, _("Last success"), success);
        add_fact(v, _("Next fetch"), due);
        add_fact(v, _("Charset"), s->charset);
        add_fact(v, _("Evidence"), s->charset_evidence);
        add_fact(v, _("Moved to"), s->moved_to);
        g_autofree char *why = s->last_error ? problem_sentence(s->last_error) : NULL;
        add_fact(v, _("Last error"), why);
        for (guint w = 0; w < s->warnings->len; w++) {
            g_autofree char *warning = problem_sentence(g_ptr_array_index(s->warnings, w));
            add_fact(v, _("Warning"), warning);
        }
    }
    return &v->base;
}
