/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The reader without a terminal or a store: scrolling, the prompt, panes, messages; widths in
 * narrow places.
 */
#include "config.h"

#include "base/clock.h"
#include "document/layout.h"
#include "text/cells.h"
#include "ui/action-groups.h"
#include "ui/jobs.h"
#include "ui/osc52.h"
#include "ui/panes.h"
#include "ui/progress.h"
#include "ui/reader.h"
#include "unit/kit.h"

/* --- the clipboard of the terminal ------------------------------------------------------ */

/* "aé\033" in Base64 is "YcOpGw==" (RFC 4648), whatever stands between. */
static void
test_osc52(void)
{
    g_autofree char *direct = osc52_sequence("a\303\251\033", OSC52_DIRECT),
                    *tmux = osc52_sequence("a\303\251\033", OSC52_TMUX),
                    *screen = osc52_sequence("a\303\251\033", OSC52_SCREEN);
    g_assert_cmpstr(direct, ==, "\033]52;c;YcOpGw==\a");
    g_assert_cmpstr(tmux, ==, "\033]52;c;YcOpGw==\a\033Ptmux;\033\033]52;c;YcOpGw==\a\033\\");
    g_assert_cmpstr(screen, ==, "\033P\033]52;c;YcOpGw==\a\033\\");
    g_autofree char *most = g_strnfill(OSC52_MAX, 'x'),
                    *longest = osc52_sequence(most, OSC52_DIRECT);
    g_assert_cmpuint(strlen(longest), <=, 100000);
    g_autofree char *pieces = osc52_sequence(most, OSC52_SCREEN);
    for (const char *p = pieces; *p;) {
        const char *end = strstr(p, "\033\\");
        g_assert_nonnull(end);
        g_assert_cmpuint((guint64)(end - p), <, 256); /* the room that screen 4.0 has */
        p = end + 2;
    }
}

/* --- scrolling ------------------------------------------------------------------------- */

static void
test_rows(void)
{
    struct scroller s = {.count = 10};
    scroller_fit(&s, 4);
    g_assert_true(scroller_move(&s, ACTION_DOWN, 0));
    g_assert_cmpint(s.cursor, ==, 1);
    g_assert_true(scroller_move(&s, ACTION_PAGE_DOWN, 0)); /* one row of the page before stays */
    g_assert_cmpint(s.cursor, ==, 4);
    scroller_fit(&s, 4);
    g_assert_cmpint(s.top, ==, 1);
    g_assert_true(scroller_move(&s, ACTION_HALF_UP, 0));
    g_assert_cmpint(s.cursor, ==, 2);
    g_assert_true(scroller_move(&s, ACTION_UP, 50));
    g_assert_cmpint(s.cursor, ==, 0);
    g_assert_true(scroller_move(&s, ACTION_LAST, 0));
    scroller_fit(&s, 4);
    g_assert_cmpint(s.cursor, ==, 9);
    g_assert_cmpint(s.top, ==, 6);
    g_assert_true(scroller_move(&s, ACTION_FIRST, 3)); /* with a count: that row */
    g_assert_cmpint(s.cursor, ==, 2);
    g_assert_false(scroller_move(&s, ACTION_OPEN, 3));
    s.count = 2; /* rows have gone */
    scroller_fit(&s, 4);
    g_assert_cmpint(s.cursor, ==, 1);
    g_assert_cmpint(s.top, ==, 0);
    g_assert_cmpint(scroller_shown(&s), ==, 2);
    s.count = 0;
    scroller_fit(&s, 4);
    g_assert_cmpint(s.cursor, ==, 0);
    g_assert_cmpint(scroller_shown(&s), ==, 0);
}

static void
test_lines(void)
{
    struct scroller s = {.count = 10, .lines = true};
    scroller_fit(&s, 4);
    g_assert_true(scroller_move(&s, ACTION_LAST, 0)); /* the last line stands at the bottom */
    g_assert_cmpint(s.top, ==, 6);
    g_autofree char *end = scroller_percent(&s);
    g_assert_cmpstr(end, ==, "100%");
    g_assert_true(scroller_move(&s, ACTION_HALF_UP, 0));
    g_autofree char *before = scroller_percent(&s);
    g_assert_cmpstr(before, ==, "80%");
    scroller_fit(&s, 20);
    g_assert_cmpint(s.top, ==, 0);
    g_autofree char *all = scroller_percent(&s);
    g_assert_cmpstr(all, ==, "all");
    g_assert_false(scroller_click(&s, 1));
}

static void
test_click(void)
{
    struct scroller s = {.count = 10, .top = 3, .first = 2, .height = 4};
    g_assert_false(scroller_click(&s, 1)); /* above the rows */
    g_assert_true(scroller_click(&s, 3));
    g_assert_cmpint(s.cursor, ==, 4);
    g_assert_false(scroller_click(&s, 6)); /* below them */
    s.count = 5;
    g_assert_false(scroller_click(&s, 5)); /* where there are no more */
    g_assert_cmpint(s.cursor, ==, 4);
}

static const char *
word_at(const void *words, int64_t place)
{
    return ((const char *const *)words)[place];
}

static void
test_find(void)
{
    static const char *const words[] = {"library", "museum", "Library"};
    struct scroller s = {.count = 3};
    g_assert_cmpint(scroller_find(&s, 0, 1, true, "library", word_at, words), ==, 0);
    g_assert_cmpint(scroller_find(&s, 0, 1, false, "library", word_at, words), ==, 2);
    /* round the end */
    g_assert_cmpint(scroller_find(&s, 2, 1, false, "library", word_at, words), ==, 0);
    g_assert_cmpint(scroller_find(&s, 0, -1, false, "museum", word_at, words), ==, 1);
    /* the same again */
    g_assert_cmpint(scroller_find(&s, 1, 1, false, "museum", word_at, words), ==, 1);
    g_assert_cmpint(scroller_find(&s, 0, 1, true, "theatre", word_at, words), ==, -1);
}

/* --- the prompt ------------------------------------------------------------------------ */

static struct {
    const struct view *view;
    int done, changes, cancelled;
    char *text;
} heard;

static void
note(struct view *view, const char *text)
{
    heard.view = view;
    g_free(heard.text);
    heard.text = g_strdup(text);
}

static void
on_done(struct app *app, struct view *view, const char *text, gpointer data)
{
    (void)app;
    (void)data;
    heard.done++;
    note(view, text);
}

static void
on_change(struct app *app, struct view *view, const char *text)
{
    (void)app;
    heard.changes++;
    note(view, text);
}

static void
on_cancel(struct app *app, struct view *view)
{
    (void)app;
    heard.cancelled++;
    note(view, NULL);
}

static void
press(struct prompt *prompt, const char *keys)
{
    g_auto(GStrv) each = g_strsplit(keys, " ", -1);
    for (char **key = each; *key; key++)
        prompt_key(prompt, *key);
}

static void
ask(struct prompt *prompt, struct view *view, const char *text)
{
    g_clear_pointer(&heard.text, g_free);
    memset(&heard, 0, sizeof heard);
    prompt_open(prompt, &(struct prompt_request){.kind = PROMPT_FILTER,
                                                 .label = "Filter: ",
                                                 .text = text,
                                                 .view = view,
                                                 .done = on_done,
                                                 .change = on_change,
                                                 .cancel = on_cancel});
}

static void
test_editing(void)
{
    struct prompt p;
    struct view view = {0};
    prompt_init(&p, NULL);
    ask(&p, &view, NULL);
    press(&p, "г о р о д Space n e w s ^W x Left Backspace y Home Delete");
    g_assert_cmpstr(p.text->str, ==, "ородyx");
    g_assert_cmpint(heard.changes, ==, 0); /* that waits until all keys were taken */
    prompt_run_change(&p);
    prompt_run_change(&p);
    g_assert_cmpint(heard.changes, ==, 1);
    g_assert_cmpstr(heard.text, ==, "ородyx");
    press(&p, "Enter");
    g_assert_false(p.active);
    g_assert_cmpint(heard.done, ==, 1);
    g_assert_true(heard.view == &view);
    ask(&p, &view, "two");
    press(&p, "Up"); /* what was answered before, and back to what was typed */
    g_assert_cmpstr(p.text->str, ==, "ородyx");
    press(&p, "Down");
    g_assert_cmpstr(p.text->str, ==, "two");
    press(&p, "Esc");
    g_assert_cmpint(heard.cancelled, ==, 1);
    g_assert_cmpint(heard.done, ==, 0);
    ask(&p, &view, NULL);
    press(&p, "a Backspace");
    g_assert_true(p.active);
    press(&p, "Backspace"); /* of nothing: it is given up */
    g_assert_false(p.active);
    prompt_clear(&p);
}

static void
test_view_gone(void)
{
    struct prompt p;
    struct view view = {0}, other = {0};
    prompt_init(&p, NULL);
    ask(&p, &view, "x");
    prompt_forget(&p, &other);
    g_assert_true(p.active);
    prompt_forget(&p, &view);
    g_assert_false(p.active);
    g_assert_cmpint(heard.done + heard.cancelled + heard.changes, ==, 0);
    prompt_clear(&p);
}

/* --- an app of views that show a number ------------------------------------------------ */

static int opened; /* views that were made */

static void
fake_lay_out(struct view *view, struct app *app)
{
    (void)app;
    scroller_fit(&view->scroll, view->area.height);
}

static void
fake_draw(const struct view *view, const struct app *app, struct grid *grid, bool focused)
{
    (void)app;
    grid_put(grid, view->area.x, view->area.y, focused ? "here" : "there", view->area.width,
             STYLE_NORMAL);
}

static unsigned
fake_act(struct view *view, struct app *app, enum action action, int count)
{
    (void)view;
    (void)count;
    if (action != ACTION_TOGGLE_STAR)
        return 0;
    app_say(app, "starred");
    return VIEW_DONE | VIEW_CHANGED_STORE;
}

static void
fake_describe(const struct view *view, const struct app *app, struct view_info *info)
{
    (void)view;
    (void)app;
    info->title = g_strdup("title");
}

static void
fake_to_text(struct view *view, struct app *app, GString *out)
{
    (void)view;
    (void)app;
    g_string_append(out, "text");
}

static void
fake_free(struct view *view, struct app *app)
{
    (void)app;
    g_free(view);
}

static int64_t
fake_target(struct view *view, struct target *target)
{
    if (target)
        *target = (struct target){.kind = view->ops->pane == PANE_SECTIONS ? TARGET_LIST
                                                                           : TARGET_ARTICLE};
    return view->scroll.cursor + 1;
}

#define FAKE \
    .lay_out = fake_lay_out, .draw = fake_draw, .act = fake_act, .describe = fake_describe, \
    .to_text = fake_to_text, .free = fake_free
static const struct view_ops fakes[] = {
    {FAKE, .context = CONTEXT_SECTIONS, .pane = PANE_SECTIONS, .target = fake_target},
    {FAKE, .context = CONTEXT_LIST, .pane = PANE_LIST, .target = fake_target},
    {FAKE, .context = CONTEXT_READER, .pane = PANE_ARTICLE},
    {FAKE, .context = CONTEXT_PAGE, .pane = PANE_WHOLE},
};

static struct view *
make_fake(struct app *app, const struct target *target, GError **error)
{
    (void)app;
    (void)error;
    struct view *view = g_new0(struct view, 1);
    view->ops = &fakes[target->kind == TARGET_SECTIONS  ? 0
                       : target->kind == TARGET_LIST    ? 1
                       : target->kind == TARGET_ARTICLE ? 2
                                                        : 3];
    view->scroll.count = 30;
    opened++;
    return view;
}

struct fixture {
    struct context *context;
    struct session session;
    struct app *app;
};

static void
set_up(struct fixture *f, gconstpointer data)
{
    (void)data;
    g_autoptr(GError) error = NULL;
    f->context = context_new();
    f->session = (struct session){.context = f->context,
                                  .urls = urls_parse("/nowhere", "urls", ""),
                                  .pending = g_array_new(FALSE, FALSE, sizeof(struct mark_change))};
    f->app = app_new(&f->session, 180, 24, make_fake, &error);
    g_assert_no_error(error);
    app_open(f->app, &(struct target){.kind = TARGET_SECTIONS});
    opened = 0;
}

static void
tear_down(struct fixture *f, gconstpointer data)
{
    (void)data;
    app_free(f->app);
    urls_free(f->session.urls);
    g_array_unref(f->session.pending);
    context_free(f->context);
}

/* The time that is left is judged by what is done, once that is enough. */
static void
test_progress(struct fixture *f, gconstpointer data)
{
    struct fetch_progress *fetch = &f->app->fetch;
    (void)data;
    *fetch = (struct fetch_progress){.done = 10, .total = 40, .since = clock_now() - 20};
    g_autofree char *soon = progress_text(f->app);
    g_assert_cmpstr(soon, ==, "fetching 10/40, 0 new, about 60 s left");
    fetch->since = clock_now() - 100;
    g_autofree char *late = progress_text(f->app);
    g_assert_cmpstr(late, ==, "fetching 10/40, 0 new, about 5 min left");
    fetch->done = 2;
    g_autofree char *early = progress_text(f->app);
    g_assert_cmpstr(early, ==, "fetching 2/40, 0 new");
    *fetch = (struct fetch_progress){0};
}

/* Every action stands in one group of the help alone, and only that of a screen is left out. */
static void
test_groups(void)
{
    struct action_group groups[ACTION_GROUPS];
    for (int plain = 0; plain < 2; plain++) {
        for (guint context = 1; context <= CONTEXT_ALL; context <<= 1) {
            int seen[ACTION_COUNT] = {0}, all = 0;
            action_groups((enum action_context)context, plain, groups);
            for (int g = 0; g < ACTION_GROUPS; g++)
                for (const enum action *a = groups[g].actions; *a != ACTION_NONE; a++)
                    seen[*a]++;
            for (int i = 0; i < ACTION_COUNT; i++) {
                bool there = actions_table[i].contexts & context;
                g_assert_cmpint(seen[i], <=, there);
                all += there && !seen[i];
            }
            g_assert_true(plain ? true : !all);
            for (const enum action *a = action_first_needs((enum action_context)context);
                 *a != ACTION_NONE; a++)
                g_assert_cmpint(*a, <, ACTION_COUNT);
        }
    }
}

static void
test_pane_widths(struct fixture *f, gconstpointer data)
{
    struct panes panes;
    (void)data;
    reader_draw(f->app);
    panes_arrange(f->app, 1, 20, &panes);
    g_assert_cmpuint(panes.count, ==, 3);
    /* a fifth but not more than 36 cells, what the lines of an article leave, these */
    static const int three[] = {36, 59, 85};
    for (int i = 0, x = 0; i < 3; x += three[i++]) {
        g_assert_cmpint(panes.panes[i].area.x, ==, x);
        g_assert_cmpint(panes.panes[i].area.width, ==, three[i]);
        g_assert_true(panes.panes[i].focused == (i == 0));
    }
    app_resize(f->app, 120, 24);
    reader_draw(f->app);
    panes_arrange(f->app, 1, 20, &panes);
    g_assert_cmpuint(panes.count, ==, 2);
    g_assert_cmpint(panes.panes[0].area.width, ==, 24);
    g_assert_cmpint(panes.panes[1].area.width, ==, 96);
    app_enter(f->app); /* then the list and the article */
    reader_draw(f->app);
    panes_arrange(f->app, 1, 20, &panes);
    g_assert_cmpint(panes.panes[0].area.width, ==, 48);
    g_assert_cmpint(panes.panes[1].area.width, ==, 72);
    app_resize(f->app, 109, 24);
    panes_arrange(f->app, 1, 20, &panes);
    g_assert_cmpuint(panes.count, ==, 1);
    g_assert_cmpint(panes.panes[0].area.width, ==, 109);
    f->app->layout = 3; /* wanted, but that would leave too few cells to each */
    app_resize(f->app, 69, 24);
    g_assert_cmpint(panes_layout(f->app), ==, 1);
    app_resize(f->app, 89, 24);
    g_assert_cmpint(panes_layout(f->app), ==, 2);
    app_resize(f->app, 90, 24);
    g_assert_cmpint(panes_layout(f->app), ==, 3);
}

static void
test_previews(struct fixture *f, gconstpointer data)
{
    (void)data;
    reader_draw_answer(f->app); /* at once: nothing is opened for it */
    g_assert_cmpint(opened, ==, 0);
    reader_draw(f->app);
    g_assert_cmpint(opened, ==, 2);
    g_assert_true(grid_contains(f->app->grid, "there"));
    reader_draw(f->app); /* the same stays */
    g_assert_cmpint(opened, ==, 2);
    const struct view *preview = g_ptr_array_index(f->app->views, 1);
    reader_key(f->app, "j"); /* another row */
    reader_draw_answer(f->app);
    g_assert_true(app_has_view(f->app, preview));
    reader_draw(f->app);
    g_assert_cmpint(opened, ==, 4);
    g_assert_cmpuint(f->app->views->len, ==, 3);
    reader_key(f->app, "Enter"); /* into what stands there already */
    g_assert_cmpint(opened, ==, 4);
    g_assert_cmpuint(f->app->focus, ==, 1);
    g_assert_true(panes_move(f->app, -1));
    g_assert_cmpuint(f->app->focus, ==, 0);
    g_assert_false(panes_move(f->app, -1));
}

static void
test_messages(struct fixture *f, gconstpointer data)
{
    (void)data;
    app_resize(f->app, 80, 24);
    app_show_error(f->app, "it failed: %d", 7);
    reader_draw(f->app);
    g_assert_true(grid_contains(f->app->grid, "it failed: 7"));
    reader_key(f->app, "j"); /* the next key clears a message */
    reader_draw(f->app);
    g_assert_false(grid_contains(f->app->grid, "it failed: 7"));
    g_assert_null(f->app->message);
    /* but the page of errors has it */
    g_assert_cmpstr(g_ptr_array_index(f->app->errors, 0), ==, "it failed: 7");
    app_say(f->app, "done");
    g_assert_cmpuint(f->app->errors->len, ==, 1);
    g_assert_false(f->app->message_is_error);
    reader_key(f->app, "1");
    reader_key(f->app, "2");
    reader_draw(f->app);
    g_assert_true(grid_contains(f->app->grid, "12"));
    reader_key(f->app, "j");
    g_assert_cmpint(app_top(f->app)->scroll.cursor, ==, 13);
    g_assert_cmpint(f->app->count, ==, 0);
}

/* What is longer than the line takes those above it, and on a low screen ends in an ellipsis. */
static void
test_long_messages(struct fixture *f, gconstpointer data)
{
    (void)data;
    app_resize(f->app, 40, 20);
    app_show_error(f->app, "/home/ann/.config/crier/portals/mine.portal:3: %s",
                   "expected a group as [Portal] before all others, then key=value");
    reader_draw(f->app);
    g_assert_true(grid_contains(f->app->grid, "/home/ann"));
    g_assert_true(grid_contains(f->app->grid, "key=value"));
    reader_key(f->app, "j");
    reader_draw(f->app);
    g_assert_false(grid_contains(f->app->grid, "/home/ann"));
    app_resize(f->app, 40, 6);
    g_autofree char *longest = g_strnfill(2000, 'x');
    app_show_error(f->app, "first %s", longest);
    reader_draw(f->app);
    g_assert_true(grid_contains(f->app->grid, "first"));
    g_assert_true(grid_contains(f->app->grid, "…"));
}

/* A sync that follows a fetch does not write over what that has brought. */
static void
test_quiet_sync(struct fixture *f, gconstpointer data)
{
    (void)data;
    struct child child = {.fd = -1};
    settings_set(f->app->session->context->settings, NULL, "sync.server", "http://127.0.0.1:1/",
                 "test", NULL);
    f->app->jobs[JOB_SYNC].child = &child;
    app_say(f->app, "3 new articles");
    jobs_sync(f->app, true);
    g_assert_cmpstr(f->app->message, ==, "3 new articles");
    jobs_sync(f->app, false);
    g_assert_cmpstr(f->app->message, ==, "a sync is running");
    f->app->jobs[JOB_SYNC].child = NULL;
}

static void
test_flags(struct fixture *f, gconstpointer data)
{
    (void)data;
    app_resize(f->app, 80, 24);
    app_enter(f->app);
    reader_draw(f->app);
    struct view *list = app_top(f->app);
    g_assert_cmpuint(list->due & VIEW_LOAD, ==, 0);
    g_assert_true(reader_act(f->app, ACTION_TOGGLE_STAR, 0));
    /* its flag said that the store has changed */
    g_assert_cmpuint(list->due & VIEW_LOAD, ==, VIEW_LOAD);
    reader_draw(f->app);
    g_assert_cmpuint(list->due & VIEW_LOAD, ==, 0);
    prompt_open(&f->app->prompt,
                &(struct prompt_request){
                    .kind = PROMPT_FILTER, .label = "", .view = list, .done = on_done});
    app_pop(f->app); /* the view that asks is closed */
    g_assert_false(f->app->prompt.active);
    g_assert_false(app_has_view(f->app, list));
}

/* --- narrow and wide ------------------------------------------------------------------- */

/* How far a list item of that level is indented at a width. */
static int
indent_of(guint level, int width)
{
    AUTO(document_free) struct document *document = document_new();
    struct block *item = document_add(document, BLOCK_ITEM, level);
    item->marker = g_strdup("-");
    g_string_append(item->content.text, "word");
    AUTO(layout_free) struct layout *layout =
        layout_new(document, &(struct layout_options){.width = width});
    const char *line = ((const struct layout_line *)g_ptr_array_index(layout->lines, 0))->text;
    return (int)strspn(line, " ");
}

static void
test_list_depth(void)
{
    g_assert_cmpint(indent_of(1, 80), ==, 0);
    g_assert_cmpint(indent_of(4, 80), ==, 6);
    g_assert_cmpint(indent_of(9, 24), ==, 6); /* an eighth of the width in levels */
    g_assert_cmpint(indent_of(9, 7), ==, 0);
}

static void
test_ambiguous(void)
{
    g_assert_cmpint(cells_width("№ город ‒ 城 a", -1), ==, 14);
    cells_set_ambiguous(true);
    g_assert_cmpint(cells_of_char(0x2116), ==, 2);
    g_assert_cmpint(cells_width("город", -1), ==, 10);
    g_assert_cmpint(cells_width("a城é", -1), ==, 4 + (cells_of_char(0xe9) == 2));
    cells_set_ambiguous(false);
    g_assert_cmpint(cells_width("город", -1), ==, 5);
}

void
add_tests(void)
{
    g_test_add_func("/ui/scroller/rows", test_rows);
    g_test_add_func("/ui/scroller/lines", test_lines);
    g_test_add_func("/ui/scroller/click", test_click);
    g_test_add_func("/ui/scroller/find", test_find);
    g_test_add_func("/ui/action-groups", test_groups);
    g_test_add("/ui/progress", struct fixture, NULL, set_up, test_progress, tear_down);
    g_test_add_func("/ui/prompt/editing", test_editing);
    g_test_add_func("/ui/prompt/view-gone", test_view_gone);
    g_test_add("/ui/panes/widths", struct fixture, NULL, set_up, test_pane_widths, tear_down);
    g_test_add("/ui/panes/previews", struct fixture, NULL, set_up, test_previews, tear_down);
    g_test_add("/ui/messages", struct fixture, NULL, set_up, test_messages, tear_down);
    g_test_add("/ui/messages/long", struct fixture, NULL, set_up, test_long_messages, tear_down);
    g_test_add("/ui/sync/quiet", struct fixture, NULL, set_up, test_quiet_sync, tear_down);
    g_test_add("/ui/flags", struct fixture, NULL, set_up, test_flags, tear_down);
    g_test_add_func("/ui/osc52", test_osc52);
    g_test_add_func("/ui/list-depth", test_list_depth);
    g_test_add_func("/ui/ambiguous-width", test_ambiguous);
}
