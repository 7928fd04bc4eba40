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
#include "ui/choice.h"

#include <stdio.h>
#include <string.h>

#define TERMINAL_WIDTH 80 /* cells: how many lines of a terminal a line of text takes */

void
linear_init(struct linear *l, struct app *app)
{
    *l = (struct linear){.app = app, .rest = g_queue_new()};
    l->lines = g_ptr_array_new_with_free_func(g_free);
}

void
linear_clear(struct linear *l)
{
    g_free(l->title);
    g_free(l->row);
    g_ptr_array_unref(l->lines);
    g_queue_free_full(l->rest, g_free);
    g_free(l->typed);
}

/* --- pages ------------------------------------------------------------------------------- */

/* A line that waits to be read. */
struct waiting {
    int64_t place; /* the row or line of the view that it ends; -1: none */
    char text[];
};

static void
put(struct linear *l, const char *text, gsize length, int64_t place)
{
    struct waiting *waiting = g_malloc(sizeof *waiting + length + 1);
    waiting->place = place;
    memcpy(waiting->text, text, length);
    waiting->text[length] = '\0';
    g_queue_push_tail(l->rest, waiting);
}

/* All lines of a text; the last is that of a place. */
static void
put_text(struct linear *l, const char *text, int64_t place)
{
    for (const char *end; *(end = strchrnul(text, '\n')); text = end + 1)
        put(l, text, (gsize)(end - text), -1);
    put(l, text, strlen(text), place);
}

/* The place was read: what one reads next stands behind it. */
static void
reach(struct linear *l, int64_t place)
{
    struct view *view = app_top(l->app);
    if (place < 0 || view != l->of)
        return;
    view->said_end = place + 1;
    if (!view->ops->row_to_text)
        l->line = place;
}

bool
linear_read_on(struct linear *l)
{
    int page = (int)l->app->session->context->settings->values.plain_page, lines = 0;
    if (!linear_waits(l))
        return false;
    l->part = -1;
    for (struct waiting *next; (next = g_queue_peek_head(l->rest));) {
        int width = cells_width(next->text, -1);
        int height = MAX((width + TERMINAL_WIDTH - 1) / TERMINAL_WIDTH, 1);
        if (page && lines && lines + height > page)
            break;
        lines += height;
        print_textf(stdout, "%s\n", next->text);
        if (l->part < 0)
            l->part = next->place;
        reach(l, next->place);
        g_free(g_queue_pop_head(l->rest));
    }
    l->spoke = true;
    return true;
}

bool
linear_waits(const struct linear *l)
{
    return !g_queue_is_empty(l->rest);
}

void
linear_forget(struct linear *l)
{
    g_queue_clear_full(l->rest, g_free);
}

void
linear_say(struct linear *l, const char *text)
{
    l->spoke = true;
    if (linear_waits(l)) { /* what waits to be read goes on afterwards */
        print_textf(stdout, "%s\n", text);
        return;
    }
    put_text(l, text, -1);
    linear_read_on(l);
}

char *
linear_end_words(const struct app *app, bool rows)
{
    const struct {
        enum action action;
        const char *words;
    } ways[] = {{ACTION_NEXT_UNREAD, N_("next unread article")},
                {ACTION_BACK, N_("back to where one came from")},
                {ACTION_PAGE_UP, rows ? N_("the rows once more, or those before")
                                      : N_("the text again from its beginning")}};
    enum action_context context = app_top(app)->ops->context;
    if (context == CONTEXT_CHOICE)
        return g_strdup_printf("%s\n%s", _("this is the end of the list"),
                               choice_hint(app_top(app)));
    GString *text =
        g_string_new(rows ? _("this is the end of the list") : _("this is the end of the text"));
    for (size_t i = 0; i < G_N_ELEMENTS(ways); i++) {
        const struct action_info *info = &actions_table[ways[i].action];
        bool leads = ways[i].action != ACTION_BACK || app->focus > 0;
        if (!(info->contexts & context) || !leads)
            continue;
        g_autofree char *key = action_typed_key(app->keymap, context, ways[i].action);
        g_string_append_printf(text, _("; %s: %s"), key ? key : info->name, gettext(ways[i].words));
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
    l->cursor = view->scroll.cursor;
    view->said_count = view->scroll.count;
}

/* Behind the last row that is said at once. */
static int64_t
end_of_page(const struct view *view, int64_t from)
{
    return MIN(from + LINEAR_ROWS, view->scroll.count);
}

/* What is no row and stands behind them. */
static void
put_rest(struct linear *l, struct view *view)
{
    g_autoptr(GString) text = g_string_new(NULL);
    view->ops->rest_to_text(view, l->app, text);
    g_string_truncate(text, text->len - (g_str_has_suffix(text->str, "\n") ? 1 : 0));
    if (text->len)
        put_text(l, text->str, -1);
}

/* The rows of a page; they count as read when they are. */
static void
put_rows(struct linear *l, struct view *view, int64_t from)
{
    l->of = view;
    view->said_from = view->said_end = from;
    for (int64_t i = from; i < end_of_page(view, from); i++) {
        g_autoptr(GString) text = g_string_new(NULL);
        g_string_append_printf(text, "%ld. ", (long)i + 1);
        view->ops->row_to_text(view, l->app, i, text);
        put_text(l, text->str, i);
    }
    if (view->ops->rest_to_text && end_of_page(view, from) == view->scroll.count)
        put_rest(l, view);
}

/* "1 to 20 of 33" */
static void
append_place(const struct view *view, int64_t from, GString *text)
{
    /* TRANSLATORS: rows of a list that are read out */
    g_string_append_printf(text, _("%ld to %ld of %ld"), (long)from + 1,
                           (long)end_of_page(view, from), (long)view->scroll.count);
}

/* What leads to the rows before those that are read, where there are such. */
static void
append_way_back(const struct app *app, int64_t from, GString *text)
{
    const struct action_info *info = &actions_table[ACTION_PAGE_UP];
    enum action_context context = app_top(app)->ops->context;
    if (!from || !(info->contexts & context) || context == CONTEXT_CHOICE)
        return;
    g_autofree char *key = action_typed_key(app->keymap, context, ACTION_PAGE_UP);
    g_string_append_printf(text, _("; %s: %s"), key ? key : info->name, _("the rows before"));
}

/*
 * Where the rows begin that stand before those that were read last: these may be a part of what is
 * read at once, by plain.page.
 */
static int64_t
rows_before(const struct linear *l, const struct view *view)
{
    int64_t page = (int64_t)l->app->session->context->settings->values.plain_page;
    bool in_parts = page && view == l->of && l->part > view->said_from;
    return in_parts ? MAX(l->part - page, view->said_from) : MAX(view->said_from - LINEAR_ROWS, 0);
}

void
linear_turn_page(struct linear *l, int step)
{
    struct view *view = app_top(l->app);
    int64_t from = step > 0 ? view->said_end : rows_before(l, view);
    bool at_beginning = !view->said_from && l->part <= 0;
    g_autoptr(GString) text = g_string_new(NULL);
    if (step > 0 && from >= view->scroll.count) {
        g_autofree char *end = linear_end_words(l->app, true);
        linear_say(l, end);
        return;
    }
    if (step < 0 && at_beginning)
        linear_say(l, _("this is the beginning of the list"));
    if (!view->scroll.count)
        return;
    scroller_go(&view->scroll, from);
    append_place(view, from, text);
    put_text(l, text->str, -1);
    put_rows(l, view, from);
    linear_read_on(l);
    remember(l, view, g_strdup(l->title), current_row(l, view));
}

/*
 * One row more that was told by itself, beside those that were read, or elsewhere.  Where these go
 * to the end of the list, reading begins again at that row, whatever led to it.
 */
static void
reach_row(struct view *view)
{
    int64_t row = view->scroll.cursor;
    if (row == view->said_end)
        view->said_end++;
    else if (row < view->said_from || row > view->said_end ||
             view->said_end >= view->scroll.count) {
        view->said_from = row;
        view->said_end = row + 1;
    }
}

/* Names the row under the cursor. */
static void
name_row(struct linear *l, const struct view *view, const char *row)
{
    g_autoptr(GString) text = g_string_new(NULL);
    /* TRANSLATORS: a row of a list, its number and how many there are: "3 of 12: title" */
    g_string_append_printf(text, _("%ld of %ld: %s"), (long)view->scroll.cursor + 1,
                           (long)view->scroll.count, row);
    linear_say(l, text->str);
}

static void
say_row(struct linear *l, struct view *view, const char *row)
{
    reach_row(view);
    name_row(l, view, row);
}

/* --- texts ------------------------------------------------------------------------------- */

static void
take_lines(struct linear *l, struct view *view, const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_ptr_array_set_size(l->lines, 0);
    for (char **line = lines; *line; line++)
        g_ptr_array_add(l->lines, g_strdup(*line));
    while (l->lines->len && text_is_blank(g_ptr_array_index(l->lines, l->lines->len - 1)))
        g_ptr_array_remove_index(l->lines, l->lines->len - 1);
    l->of = view;
    l->line = -1;
    view->said_head = view->head;
}

/* The lines from one on; they count as read when they are. */
static void
put_lines(struct linear *l, int64_t from)
{
    for (int64_t i = from; i < (int64_t)l->lines->len; i++) {
        const char *line = g_ptr_array_index(l->lines, i);
        put(l, line, strlen(line), i);
    }
}

static void
say_line(struct linear *l)
{
    if (l->line >= 0 && l->line < (int64_t)l->lines->len)
        linear_say(l, g_ptr_array_index(l->lines, l->line));
}

static void
go_to_line(struct linear *l, int64_t line)
{
    l->line = line;
    app_top(l->app)->said_end = line + 1;
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
    go_to_line(l, to);
    say_line(l);
}

void
linear_go(struct linear *l, bool last, guint number)
{
    int64_t to = last && !number && l->lines->len ? l->lines->len - 1 : 0;
    for (int64_t next; number > 1 && (next = next_line(l, to, 1)) >= 0; number--)
        to = next;
    go_to_line(l, to);
    say_line(l);
}

/* All from a line on; false: there is none. */
static bool
say_from(struct linear *l, int64_t from)
{
    put_lines(l, from);
    return linear_read_on(l);
}

bool
linear_say_onwards(struct linear *l)
{
    return say_from(l, l->line + 1);
}

bool
linear_say_again(struct linear *l)
{
    struct view *view = app_top(l->app);
    g_autoptr(GString) content = g_string_new(NULL);
    view->ops->to_text(view, l->app, content); /* it may have got a star or a tag meanwhile */
    take_lines(l, view, content->str);
    app_refresh(l->app, view);
    view->said_count = view->scroll.count; /* it is said now, whatever changed in it */
    return say_from(l, 0);
}

bool
linear_find(struct linear *l, int step, bool here, int count)
{
    const char *words = app_top(l->app)->find;
    guint all = l->lines->len, found = 0, place = 0, to = all;
    for (guint n = here ? 0 : 1; n <= all && all; n++) {
        guint at = (guint)((l->line + (int64_t)step * n) % (int64_t)all + all) % all;
        if (count > 0 && text_holds(g_ptr_array_index(l->lines, at), words)) {
            to = at;
            count--;
        }
    }
    for (guint i = 0; i < all; i++) {
        found += text_holds(g_ptr_array_index(l->lines, i), words);
        if (i == to)
            place = found;
    }
    if (to == all) {
        g_clear_pointer(&app_top(l->app)->find, g_free); /* n leads to articles again */
        linear_say(l, _("not found"));
        return false;
    }
    g_autoptr(GString) text = g_string_new(NULL);
    if (!here && (step > 0 ? (int64_t)to <= l->line : (int64_t)to >= l->line))
        g_string_append_printf(text, "%s\n", _("round the end of the text"));
    g_string_append_printf(text, _("%ld of %ld: %s"), (long)place, (long)found,
                           (const char *)g_ptr_array_index(l->lines, to));
    go_to_line(l, to);
    if (here)
        g_string_append_printf(text, "\n%s", _("n: next place; find and an empty line end it"));
    linear_say(l, text->str);
    return true;
}

/* --- views ------------------------------------------------------------------------------- */

/* Where a page of a list begins: at the cursor, unless new rows may be anywhere. */
static int64_t
first_row(const struct view *view)
{
    const struct scroller *s = &view->scroll;
    return view->said && s->count > view->said_count && s->count <= LINEAR_ROWS ? 0 : s->cursor;
}

/*
 * Who has subscribed for the first time has heard of no key yet.  It is the last that is said, as
 * what one hears last one knows when one types.
 */
static void
put_first_keys(struct linear *l, const struct view *view)
{
    if (!l->newcomer || view->ops->context != CONTEXT_SECTIONS || !view->scroll.count)
        return;
    l->newcomer = false;
    g_autofree char *text = keymap_text(
        l->app->keymap, CONTEXT_SECTIONS,
        _("A number opens that row, {next-unread} the next unread article; {help} helps, {quit} quits."));
    put_text(l, text, -1);
}

/* The content of a view that is new, or is another one now. */
static void
say_whole(struct linear *l, struct view *view, const char *title)
{
    g_autoptr(GString) text = g_string_new(NULL), content = g_string_new(NULL);
    bool rows = view->ops->row_to_text != NULL;
    int64_t from = first_row(view);
    view->ops->to_text(view, l->app, content);
    /* an article begins with its title */
    if (view->ops->context != CONTEXT_READER)
        g_string_append_printf(text, "\n%s", title);
    if (rows && view->scroll.count) {
        g_string_append(text, _(": "));
        append_place(view, from, text);
        append_way_back(l->app, from, text);
    }
    while (content->len && content->str[content->len - 1] == '\n')
        g_string_truncate(content, content->len - 1);
    if (rows && content->len)
        g_string_append_printf(text, "\n%s", content->str);
    put_text(l, text->str, -1);
    if (rows) {
        put_rows(l, view, from);
        put_first_keys(l, view);
    } else {
        take_lines(l, view, content->str);
        put_lines(l, 0);
    }
    linear_read_on(l);
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

/*
 * Up to where a text was read, in its lines of now; before its words, where a line may have come or
 * gone on either side, rather one of them again than one too few.
 */
static int64_t
read_end(const struct view *view)
{
    int64_t moved = view->said_end + view->head - view->said_head;
    return view->said_end < view->said_head ? MAX(MIN(moved, view->said_end), 0) : moved;
}

void
linear_take_again(struct linear *l)
{
    struct view *view = app_top(l->app);
    g_autoptr(GString) content = g_string_new(NULL);
    view->ops->to_text(view, l->app, content);
    view->said_end = read_end(view);
    view->said_count = view->scroll.count;
    take_lines(l, view, content->str);
    l->line = MIN(view->said_end, (int64_t)l->lines->len) - 1;
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
    case ACTION_NEXT_CHANGE:
        linear_say(l, end);
        break;
    case ACTION_UP:
    case ACTION_PREVIOUS:
    case ACTION_PREVIOUS_CHANGE:
    case ACTION_FIRST:
        linear_say(l, rows ? _("this is the beginning of the list")
                           : _("this is the beginning of the text"));
        break;
    case ACTION_PREVIOUS_UNREAD:
        linear_say(l, _("no more unread articles here"));
        break;
    case ACTION_COPY_LINK:
    case ACTION_COPY_QUOTATION:
    case ACTION_COPY_TEXT:
    case ACTION_COPY_TITLE: /* of which a program has not said yet that it is done */
        linear_say(l, _("the program of ui.clipboard still runs; its end is told later"));
        break;
    default: {
        g_autofree char *text = g_strdup_printf(_("'%s' (%s) changes nothing here"), l->typed,
                                                actions_table[l->action].name);
        linear_say(l, text);
    }
    }
}

/* What acts on a row and has words that do not name it. */
static bool
leaves_row_unnamed(enum action action)
{
    static const enum action without[] = {ACTION_BOOKMARK,  ACTION_BROWSER,    ACTION_COPY_LINK,
                                          ACTION_COPY_TEXT, ACTION_FETCH_PAGE, ACTION_MAIL,
                                          ACTION_SELECT};
    for (size_t i = 0; i < G_N_ELEMENTS(without); i++)
        if (without[i] == action)
            return true;
    return false;
}

/* Whether the row under the cursor is the article that was named just now. */
static bool
was_named(const struct app *app, struct view *view)
{
    return app->told && view->ops->context & (CONTEXT_LIST | CONTEXT_AGENDA) &&
           view->ops->target(view, NULL) == app->told;
}

/* What was said has left nothing, as an error: where one still is, and how that ends. */
static void
say_still_asked(struct linear *l, const char *title)
{
    g_autofree char *text =
        g_strdup_printf(_("still to be chosen: %s; a full stop leaves, ? reads it again"), title);
    linear_say(l, text);
}

/* What it is, and the same with what changes while it is on: how much of it is unread. */
static char *
title_of(const struct app *app, const struct view *view, char **full)
{
    struct view_info info = {0};
    view->ops->describe(view, app, &info);
    const char *gap = info.note && view_info_is_spaced(&info) ? " " : "";
    *full = g_strdup_printf("%s%s%s", info.title, gap, info.note ? info.note : "");
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
    if (same && !view->ops->row_to_text) /* a text of changes is gone through by itself */
        l->line = MIN(view->said_end, (int64_t)l->lines->len) - 1;
    bool counted = same || view->ops->row_to_text; /* of texts nobody counts while they are left */
    /* after those the row on which one is then is enough */
    bool taken =
        same && row &&
        (l->action == ACTION_DELETE || l->action == ACTION_UNDO || l->action == ACTION_REDO);
    bool counts = taken && view->said_count != view->scroll.count; /* how many are left is news */
    if (taken)
        view->said_count = view->scroll.count;
    bool other = (same && g_strcmp0(l->title, title)) ||
                 (counted && view->said_count != view->scroll.count);
    bool again = view->said && first_row(view) != view->scroll.cursor;
    if (!view->said || other) {
        say_whole(l, view, full);
        if (again && row && !linear_waits(l))
            name_row(l, view, row); /* where one is in what was read just now */
    } else if (!same) {             /* one is back in it */
        linear_say(l, full);
        if (row)
            say_row(l, view, row);
        else if (!view->ops->row_to_text)
            linear_take_again(l);
    } else if (l->message && view->ops->context == CONTEXT_CHOICE) {
        say_still_asked(l, full);
    } else if (row && !counts && was_named(l->app, view)) {
        reach_row(view); /* as if it had been said */
    } else if (!l->spoke && l->cursor == view->scroll.cursor && !g_strcmp0(l->row, row)) {
        say_nothing_changed(l, view->ops->row_to_text != NULL);
        if (row)
            say_row(l, view, row);
        else if (view->ops->row_to_text)
            say_content(l, view);
        else if (!l->spoke)
            say_line(l);
    } else if (row && (l->cursor != view->scroll.cursor || g_strcmp0(l->row, row) || !l->spoke ||
                       counts || leaves_row_unnamed(l->action) ||
                       (view->find && view->found_at == view->scroll.cursor &&
                        (l->action == ACTION_FIND || l->action == ACTION_NEXT_UNREAD ||
                         l->action == ACTION_PREVIOUS_UNREAD)))) {
        say_row(l, view, row);
    }
    g_autofree char *said = current_row(l, view);
    remember(l, view, g_steal_pointer(&title), g_steal_pointer(&said));
}
