/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Titles, rows, lines and pages as words. */
#include "config.h"

#include "ui/linear-say.h"
#include "base/clean.h"
#include "base/i18n.h"
#include "base/message.h"
#include "text/cells.h"
#include "text/match.h"
#include "ui/action-groups.h"

#include <stdio.h>
#include <string.h>

#define TERMINAL_WIDTH 80 /* cells: how many lines of a terminal a line of text takes */

void
linear_init(struct linear *l, struct app *app)
{
    *l = (struct linear){.app = app, .rest = g_string_new(NULL)};
    l->lines = g_ptr_array_new_with_free_func(g_free);
}

void
linear_clear(struct linear *l)
{
    g_free(l->title);
    g_free(l->row);
    g_ptr_array_unref(l->lines);
    g_string_free(l->rest, TRUE);
    g_free(l->typed);
}

/* --- pages ------------------------------------------------------------------------------- */

/* How many bytes of a text are a page. */
static gsize
page_of(const char *text, int page)
{
    const char *end = text;
    int lines = 0;
    while (*end) {
        const char *next = strchrnul(end, '\n');
        int width = cells_width(end, next - end);
        lines += MAX((width + TERMINAL_WIDTH - 1) / TERMINAL_WIDTH, 1);
        if (page && lines > page && end > text)
            break;
        end = *next ? next + 1 : next;
    }
    return (gsize)(end - text);
}

bool
linear_read_on(struct linear *l)
{
    if (!l->rest->len)
        return false;
    int page = (int)l->app->session->context->settings->values.plain_page;
    gsize length = page_of(l->rest->str, page);
    print_textf(stdout, "%.*s", (int)length, l->rest->str);
    g_string_erase(l->rest, 0, (gssize)length);
    l->spoke = true;
    return true;
}

void
linear_say(struct linear *l, const char *text)
{
    l->spoke = true;
    if (l->rest->len) { /* what waits to be read goes on afterwards */
        print_textf(stdout, "%s\n", text);
        return;
    }
    g_string_append_printf(l->rest, "%s\n", text);
    linear_read_on(l);
}

char *
linear_end_words(const struct app *app, bool rows)
{
    static const struct {
        enum action action;
        const char *words;
    } ways[] = {{ACTION_NEXT_UNREAD, N_("next unread article")},
                {ACTION_BACK, N_("back to where one came from")}};
    enum action_context context = app_top(app)->ops->context;
    GString *text =
        g_string_new(rows ? _("this is the end of the list") : _("this is the end of the text"));
    for (size_t i = 0; i < G_N_ELEMENTS(ways); i++) {
        const struct action_info *info = &actions_table[ways[i].action];
        bool leads = ways[i].action != ACTION_BACK || app->focus > 0;
        if (!(info->contexts & context) || !leads)
            continue;
        g_autofree char *key = action_typed_key(app->keymap, context, ways[i].action);
        g_string_append_printf(text, "; %s: %s", key ? key : info->name, gettext(ways[i].words));
    }
    return g_string_free(text, FALSE);
}

/* --- rows -------------------------------------------------------------------------------- */

/* The row under the cursor, or NULL. */
static char *
current_row(struct linear *l, struct view *view)
{
    GString *text = g_string_new(NULL);
    if (!view->ops->row_to_text || view->scroll.cursor >= view->scroll.count)
        return g_string_free(text, TRUE);
    view->ops->row_to_text(view, l->app, view->scroll.cursor, text);
    return g_string_free(text, FALSE);
}

static void
remember(struct linear *l, struct view *view, char *title, char *row)
{
    g_free(l->title);
    g_free(l->row);
    l->view = view;
    l->title = title;
    l->row = row;
    l->count = view->scroll.count;
    l->cursor = view->scroll.cursor;
}

#define MOST_CHOICES 100 /* that one listens to: a menu, but not all portals */

/* Behind the last row that is said at once: choices are narrowed down, not gone through. */
static int64_t
end_of_page(const struct view *view)
{
    return view->ops->context == CONTEXT_CHOICE && view->scroll.count <= MOST_CHOICES
               ? view->scroll.count
               : MIN(view->scroll.cursor + LINEAR_ROWS, view->scroll.count);
}

static void
append_rows(struct linear *l, struct view *view, GString *text)
{
    for (int64_t i = view->scroll.cursor; i < end_of_page(view); i++) {
        g_string_append_printf(text, "\n%ld. ", (long)i + 1);
        view->ops->row_to_text(view, l->app, i, text);
    }
}

/* "1 to 20 of 33" */
static void
append_place(const struct view *view, GString *text)
{
    /* TRANSLATORS: rows of a list that are read out */
    g_string_append_printf(text, _("%ld to %ld of %ld"), (long)view->scroll.cursor + 1,
                           (long)end_of_page(view), (long)view->scroll.count);
}

void
linear_say_rows(struct linear *l)
{
    struct view *view = app_top(l->app);
    g_autoptr(GString) text = g_string_new(NULL);
    append_place(view, text);
    append_rows(l, view, text);
    linear_say(l, text->str);
    remember(l, view, g_strdup(l->title), current_row(l, view));
}

static void
say_row(struct linear *l, const struct view *view, const char *row)
{
    g_autoptr(GString) text = g_string_new(NULL);
    /* TRANSLATORS: a row of a list, its number and how many there are: "3 of 12: title" */
    g_string_append_printf(text, _("%ld of %ld: %s"), (long)view->scroll.cursor + 1,
                           (long)view->scroll.count, row);
    linear_say(l, text->str);
}

/* --- texts ------------------------------------------------------------------------------- */

static void
take_lines(struct linear *l, const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_ptr_array_set_size(l->lines, 0);
    for (char **line = lines; *line; line++)
        g_ptr_array_add(l->lines, g_strdup(*line));
    while (l->lines->len && text_is_blank(g_ptr_array_index(l->lines, l->lines->len - 1)))
        g_ptr_array_remove_index(l->lines, l->lines->len - 1);
    l->line = l->lines->len ? l->lines->len - 1 : 0; /* it is read out whole */
}

static void
say_line(struct linear *l)
{
    if (l->line < l->lines->len)
        linear_say(l, g_ptr_array_index(l->lines, l->line));
}

/* The next line in a direction that has words; -1: there is none. */
static int64_t
next_line(const struct linear *l, int64_t from, int step)
{
    int64_t to = from;
    do
        to += step;
    while (to >= 0 && to < (int64_t)l->lines->len &&
           text_is_blank(g_ptr_array_index(l->lines, to)));
    return to < (int64_t)l->lines->len ? to : -1;
}

void
linear_step(struct linear *l, int step, guint count)
{
    int64_t to = l->line;
    for (int64_t next; count-- > 0 && (next = next_line(l, to, step)) >= 0;)
        to = next;
    if (to == l->line) {
        g_autofree char *end = linear_end_words(l->app, false);
        linear_say(l, step > 0 ? end : _("this is the beginning of the text"));
        return;
    }
    l->line = (guint)to;
    say_line(l);
}

void
linear_go(struct linear *l, bool last, guint number)
{
    int64_t to = last && !number && l->lines->len ? l->lines->len - 1 : 0;
    for (int64_t next; number > 1 && (next = next_line(l, to, 1)) >= 0; number--)
        to = next;
    l->line = (guint)to;
    say_line(l);
}

/* All from a line on; false: there is none. */
static bool
say_from(struct linear *l, guint from)
{
    if (from >= l->lines->len)
        return false;
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = from; i < l->lines->len; i++)
        g_string_append_printf(text, "%s%s", text->len ? "\n" : "",
                               (const char *)g_ptr_array_index(l->lines, i));
    linear_say(l, text->str);
    l->line = l->lines->len - 1;
    return true;
}

bool
linear_say_onwards(struct linear *l)
{
    return say_from(l, l->line + 1);
}

bool
linear_say_again(struct linear *l)
{
    return say_from(l, 0);
}

void
linear_find(struct linear *l, int step, bool here)
{
    const char *words = app_top(l->app)->find;
    guint all = l->lines->len, found = 0, place = 0, to = all;
    for (guint n = here ? 0 : 1; n <= all && all; n++) {
        guint at = (guint)(((int64_t)l->line + (int64_t)step * n) % all + all) % all;
        if (to == all && text_holds(g_ptr_array_index(l->lines, at), words))
            to = at;
    }
    for (guint i = 0; i < all; i++) {
        found += text_holds(g_ptr_array_index(l->lines, i), words);
        if (i == to)
            place = found;
    }
    if (to == all) {
        linear_say(l, _("not found"));
        return;
    }
    g_autoptr(GString) text = g_string_new(NULL);
    if (!here && (step > 0 ? to <= l->line : to >= l->line))
        g_string_append_printf(text, "%s\n", _("round the end of the text"));
    g_string_append_printf(text, _("%ld of %ld: %s"), (long)place, (long)found,
                           (const char *)g_ptr_array_index(l->lines, to));
    l->line = to;
    linear_say(l, text->str);
}

/* --- views ------------------------------------------------------------------------------- */

/* The content of a view that is new, or is another one now. */
static void
say_whole(struct linear *l, struct view *view, const char *title)
{
    g_autoptr(GString) text = g_string_new(NULL), content = g_string_new(NULL);
    bool rows = view->ops->row_to_text != NULL;
    view->ops->to_text(view, l->app, content);
    /* an article begins with its title */
    g_string_append_printf(text, "\n%s", view->ops->context == CONTEXT_READER ? "" : title);
    if (rows && view->scroll.count) {
        g_string_append(text, ": ");
        append_place(view, text);
    }
    g_string_append_printf(text, "%s%s", content->len && text->len > 1 ? "\n" : "", content->str);
    while (text->len && text->str[text->len - 1] == '\n')
        g_string_truncate(text, text->len - 1);
    if (rows)
        append_rows(l, view, text);
    else
        take_lines(l, content->str);
    linear_say(l, text->str);
    view->said = true;
}

/* Why there are no rows. */
static void
say_content(struct linear *l, struct view *view)
{
    g_autoptr(GString) content = g_string_new(NULL);
    view->ops->to_text(view, l->app, content);
    linear_say(l, content->str);
}

/* A text in which one is back: its lines can be gone through again. */
static void
read_silently(struct linear *l, struct view *view)
{
    g_autoptr(GString) content = g_string_new(NULL);
    view->ops->to_text(view, l->app, content);
    take_lines(l, content->str);
}

/* Why all is as it was after an action. */
static void
say_nothing_changed(struct linear *l, bool rows)
{
    g_autofree char *end = linear_end_words(l->app, rows);
    /* in a list of articles those lead to other sources */
    bool sideways = app_top(l->app)->ops->context == CONTEXT_LIST &&
                    (l->action == ACTION_NEXT || l->action == ACTION_PREVIOUS);
    switch (sideways ? ACTION_COUNT : l->action) {
    case ACTION_NONE:
        break;
    case ACTION_DOWN:
    case ACTION_NEXT:
    case ACTION_LAST:
    case ACTION_PAGE_DOWN:
        linear_say(l, end);
        break;
    case ACTION_UP:
    case ACTION_PREVIOUS:
    case ACTION_FIRST:
        linear_say(l, rows ? _("this is the beginning of the list")
                           : _("this is the beginning of the text"));
        break;
    case ACTION_PREVIOUS_UNREAD:
        linear_say(l, _("no more unread articles here"));
        break;
    default: {
        g_autofree char *text = g_strdup_printf(_("'%s' (%s) changes nothing here"), l->typed,
                                                actions_table[l->action].name);
        linear_say(l, text);
    }
    }
}

/* What it is, and the same with what changes while it is on: how much of it is unread. */
static char *
title_of(const struct app *app, const struct view *view, char **full)
{
    struct view_info info = {0};
    view->ops->describe(view, app, &info);
    *full = info.note ? g_strdup_printf("%s %s", info.title, info.note) : g_strdup(info.title);
    char *title = g_strdup(info.title);
    view_info_clear(&info);
    return title;
}

void
linear_say_view(struct linear *l)
{
    struct view *view = app_top(l->app);
    app_refresh(l->app, view);
    view->scroll.height = view->scroll.lines ? 1 : LINEAR_ROWS;
    g_autofree char *full = NULL, *title = title_of(l->app, view, &full),
                    *row = current_row(l, view);
    bool same = l->view == view;
    bool other = same && (g_strcmp0(l->title, title) || l->count != view->scroll.count);
    if (!view->said || other) {
        say_whole(l, view, full);
    } else if (!same) { /* one is back in it */
        linear_say(l, full);
        if (row)
            say_row(l, view, row);
        else if (!view->ops->row_to_text)
            read_silently(l, view);
    } else if (!l->spoke && l->cursor == view->scroll.cursor && !g_strcmp0(l->row, row)) {
        say_nothing_changed(l, view->ops->row_to_text != NULL);
        if (row)
            say_row(l, view, row);
        else if (view->ops->row_to_text)
            say_content(l, view);
        else if (!l->spoke)
            say_line(l);
    } else if (row && (l->cursor != view->scroll.cursor || g_strcmp0(l->row, row) || !l->spoke)) {
        say_row(l, view, row);
    }
    g_autofree char *said = current_row(l, view);
    remember(l, view, g_steal_pointer(&title), g_steal_pointer(&said));
}
