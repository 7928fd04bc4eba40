/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A choice among things: what is typed narrows it down, in any order of words, in whatever case,
 * width or script variant.
 */
#include "config.h"

#include "base/i18n.h"
#include "base/near.h"
#include "base/url.h"
#include "text/cells.h"
#include "text/fold.h"
#include "ui/answer.h"
#include "ui/app.h"
#include "ui/choice.h"
#include "ui/shown-url.h"
#include "ui/typed-number.h"
#include "text/typed-sign.h"
#include "ui/views.h"

#include <string.h>

#define MIN_ROWS 3 /* of the choices, before the introduction gives way to them */
/* cells of a choice's text in `room`, before the host beside it gives way to it */
#define LEAST_TEXT(room) CLAMP((room) / 3, 4, 12)
#define MAX_TYPED        2000
#define LEAST_NEAR       4 /* characters of a word that may be misspelt */

struct choice_view {
    struct view base;
    struct choice_request request; /* its strings and choices owned */
    GString *typed;
    GPtrArray *shown;          /* borrowed struct choice * */
    bool near;                 /* they are only near what was typed, which none has */
    const struct choice *seen; /* of which moved() was told; only to be compared */
    const char *note;          /* what is said in place of the choices when there are none */
    bool hinted[2];            /* whether its hint was said, without choices and with some */
};

/* Each is folded once: there are hundreds, and they are looked through at every key. */
static const char *
folded(struct choice *choice)
{
    if (!choice->folded) {
        g_autofree char *all =
            g_strjoin("\n", choice->text, choice->detail ? choice->detail : "", choice->more, NULL);
        choice->folded = text_search_form(all);
    }
    return choice->folded;
}

static bool
is_met(struct choice *choice, char *const *words)
{
    for (char *const *word = words; *word; word++)
        if (**word && !strstr(folded(choice), *word))
            return false;
    return true;
}

/* Whether one of its names begins so: that is more likely meant than what has it somewhere. */
static bool
is_begun(struct choice *choice, const char *form)
{
    const char *all = folded(choice);
    for (const char *at = all; (at = strstr(at, form)); at++)
        if (at == all || at[-1] == '\n')
            return true;
    return false;
}

/* How far a word is from the nearest of a choice's, or from its beginning; G_MAXUINT: too far. */
static guint
distance_of(struct choice *choice, const char *word)
{
    struct near best = {0};
    glong length = g_utf8_strlen(word, -1);
    g_auto(GStrv) own = g_strsplit_set(folded(choice), " \n,()", -1);
    for (char **name = own; *name; name++) {
        near_try(&best, word, *name);
        if (g_utf8_strlen(*name, -1) > length) {
            *g_utf8_offset_to_pointer(*name, length) = '\0';
            near_try(&best, word, *name);
        }
    }
    return best.name ? best.distance : G_MAXUINT;
}

/* What is nearest to words of which nothing has all: people do not spell as portals do. */
static void
add_near(struct choice_view *v, char *const *words)
{
    guint least = G_MAXUINT;
    for (guint i = 0; i < v->request.choices->len; i++) {
        struct choice *choice = g_ptr_array_index(v->request.choices, i);
        guint far = 0;
        for (char *const *word = words; *word && far < G_MAXUINT; word++) {
            guint its = strstr(folded(choice), *word)            ? 0
                        : g_utf8_strlen(*word, -1) >= LEAST_NEAR ? distance_of(choice, *word)
                                                                 : G_MAXUINT;
            far = its < G_MAXUINT ? far + its : its;
        }
        if (far < least)
            g_ptr_array_set_size(v->shown, 0);
        least = MIN(least, far);
        if (far == least && far < G_MAXUINT)
            g_ptr_array_add(v->shown, choice);
    }
    v->near = v->shown->len > 0;
}

static void
narrow(struct choice_view *v)
{
    g_autofree char *form = text_search_form(v->typed->str);
    g_auto(GStrv) words = g_strsplit(form, " ", -1);
    g_ptr_array_set_size(v->shown, 0);
    v->near = false;
    guint begun = 0;
    for (guint i = 0; i < v->request.choices->len; i++) {
        struct choice *choice = g_ptr_array_index(v->request.choices, i);
        if (*form && is_begun(choice, form))
            g_ptr_array_insert(v->shown, (gint)begun++, choice);
        else if (is_met(choice, words))
            g_ptr_array_add(v->shown, choice);
    }
    if (!v->shown->len && !strpbrk(form, ".:/")) /* else it is an address */
        add_near(v, words);
    v->base.scroll.count = v->shown->len;
    scroller_go(&v->base.scroll, v->base.scroll.cursor);
}

static const struct choice *
current(const struct choice_view *v)
{
    return v->shown->len ? g_ptr_array_index(v->shown, v->base.scroll.cursor) : NULL;
}

/* The cells of `room` that are for what stands beside a choice and two blanks; 0: nothing does. */
static int
detail_room(const struct choice *choice, int room, const char *ellipsis)
{
    int text = cells_width(choice->text, -1);
    int all = choice->detail ? cells_width(choice->detail, -1) : 0;
    int least = all && choice->address ? shown_url_least(choice->detail, ellipsis) : 0;
    /* what an address has behind its host gives way to the text, and the text to the host */
    int beside = MIN(room - text - 2, all),
        kept = MIN(least, room - 2 - MIN(text, LEAST_TEXT(room)));
    beside = MAX(beside, kept);
    return beside >= MIN(all, 4) ? beside : 0;
}

static void
draw_choice(const struct choice_view *v, const struct app *app, struct grid *grid,
            const struct area *area, int y, guint number)
{
    const struct choice *choice = g_ptr_array_index(v->shown, number - 1);
    const char *ellipsis = app_sign(app, "…", "~");
    int x = area->x + 2, room = area->width - 4;
    if (v->request.menu && number <= 9) { /* the key that chooses it */
        g_autofree char *key = g_strdup_printf("%u ", number);
        x = grid_put(grid, x, y, key, room, STYLE_DIM);
        room -= 2;
    }
    int beside = detail_room(choice, room, ellipsis);
    g_autofree char *detail = beside <= 0       ? NULL
                              : choice->address ? shown_url_fit(choice->detail, beside, ellipsis)
                                                : cells_ellipsize(choice->detail, beside, ellipsis);
    int text_room = detail ? room - 2 - cells_width(detail, -1) : room;
    g_autofree char *text = cells_ellipsize(choice->text, text_room, ellipsis);
    int after = grid_put(grid, x, y, text, text_room, STYLE_NORMAL);
    if (detail)
        grid_put(grid, after + 2, y, detail, beside, STYLE_DIM);
    if (choice == current(v))
        grid_restyle(grid, area->x, y, area->width, STYLE_FOCUS);
}

/* A line of the introduction as it is shown. */
static const char *
without_mark(const char *line)
{
    return line + (*line == '#' || *line == CHOICE_LINE);
}

/* The rows of choices, before there is an introduction: of a menu all, if they have room. */
static int
rows_kept(const struct choice_view *v, const struct area *area)
{
    int all = v->request.menu ? MIN((int)v->shown->len, area->height / 2) : MIN_ROWS;
    return MAX(all, MIN_ROWS);
}

/*
 * The introduction, as far as it leaves room for choices; grid may be NULL.  Returns the line after
 * it.
 */
static int
draw_intro(const struct choice_view *v, const struct app *app, struct grid *grid,
           const struct area *area)
{
    int left, width, y = area->y + (area->height > 12);
    int end = area->y + area->height - rows_kept(v, area) - 1;
    app_measure(app, area, &left, &width);
    if (!v->request.intro)
        return area->y;
    g_auto(GStrv) paragraphs = g_strsplit(v->request.intro, "\n", -1);
    for (char **paragraph = paragraphs; *paragraph; paragraph++) {
        const char *text = without_mark(*paragraph);
        g_autofree char *line = **paragraph == CHOICE_LINE
                                    ? cells_ellipsize(text, width, app_sign(app, "…", "~"))
                                    : NULL;
        if (!**paragraph)
            y++;
        else
            y = grid_put_paragraph(grid, left, y, width, end, line ? line : text,
                                   **paragraph == '#' ? STYLE_HEADING : STYLE_NORMAL);
    }
    return MIN(y + (area->height > 12), MAX(end, area->y));
}

/* What was typed, its end visible; the cursor stands there. */
static void
draw_typed(const struct choice_view *v, struct grid *grid, const struct area *area, int y)
{
    if (v->request.menu) { /* nothing is typed */
        grid->cursor_x = area->x;
        grid->cursor_y = y + 1 + (int)(v->base.scroll.cursor - v->base.scroll.top);
        return;
    }
    int x = grid_put(grid, area->x + 1, y, v->request.label, area->width - 6, STYLE_STRONG), cells;
    const char *text = v->typed->str;
    int room = MAX(area->x + area->width - x - 1, 1);
    while (cells_width(text, -1) > room)
        text += cells_next_cluster(text, &cells);
    grid->cursor_x = grid_put(grid, x, y, text, room, STYLE_NORMAL);
    grid->cursor_y = y;
}

static void
lay_out(struct view *view, struct app *app)
{
    struct choice_view *v = (struct choice_view *)view;
    const struct choice *now = current(v);
    if (v->request.moved && now != v->seen)
        v->request.moved(app, &v->request, now);
    v->seen = now;
    int first = draw_intro(v, app, NULL, &view->area) + 1 - view->area.y;
    view->scroll.first = first;
    scroller_fit(&view->scroll, MAX(view->area.height - first, 1));
    v->note = v->shown->len      ? NULL
              : v->request.empty ? v->request.empty(app, v->typed->str)
                                 : _("Nothing matches.");
}

static void
draw(const struct view *view, const struct app *app, struct grid *grid, bool focused)
{
    const struct choice_view *v = (const struct choice_view *)view;
    const struct area *area = &view->area;
    int y = area->y + view->scroll.first;
    (void)focused;
    draw_intro(v, app, grid, area);
    draw_typed(v, grid, area, y - 1);
    if (v->note)
        grid_put_paragraph(grid, area->x + 2, y, area->width - 3, area->y + area->height, v->note,
                           STYLE_DIM);
    for (int i = 0; i < scroller_shown(&view->scroll); i++)
        draw_choice(v, app, grid, area, y + i, (guint)(view->scroll.top + i) + 1);
}

static unsigned
act(struct view *view, struct app *app, enum action action, int count)
{
    struct choice_view *v = (struct choice_view *)view;
    (void)count;
    switch (action) {
    case ACTION_CHOOSE: {
        bool none = !v->shown->len && !v->request.empty;
        g_autofree char *typed = g_strdup(v->typed->str);
        v->request.chosen(app, &v->request, current(v), typed); /* which may close this view */
        if (none && !app->message)
            app_say(app, _("Nothing matches."));
        return VIEW_DONE;
    }
    case ACTION_LEAVE:
        if (v->request.moved)
            v->request.moved(app, &v->request, NULL);
        app_pop(app);
        return VIEW_DONE;
    default:
        return 0;
    }
}

static bool
offers(const struct view *view, const struct app *app, enum action action)
{
    const struct choice_view *v = (const struct choice_view *)view;
    return action == ACTION_CHOOSE &&
           (v->shown->len || (v->request.takes && v->request.takes(app, v->typed->str)));
}

/* The first thing that is chosen by an answer: by yes the first, by no the last. */
static bool
answer(struct choice_view *v, struct app *app, enum answer answer)
{
    if (answer == ANSWER_NONE || v->shown->len != 2)
        return false;
    scroller_go(&v->base.scroll, answer == ANSWER_YES ? 0 : v->shown->len - 1);
    act(&v->base, app, ACTION_CHOOSE, 0);
    return true;
}

/* A letter or a digit of a menu; what it means in a list is what the user has bound it to. */
static bool
press(struct choice_view *v, struct app *app, const char *key)
{
    char digit = typed_sign(key, NULL);
    guint row = g_ascii_isdigit(digit) ? (guint)(digit - '0') : 0;
    bool more;
    if (row) {
        if (typed_number_go(app, &v->base, (int)row))
            act(&v->base, app, ACTION_CHOOSE, 0);
        return true;
    }
    enum action action = keymap_action(app->keymap, CONTEXT_LIST, key, &more);
    if (action != ACTION_DOWN && action != ACTION_UP && answer(v, app, answer_of(key)))
        return true;
    switch (action) {
    case ACTION_OPEN:
    case ACTION_NEXT_PANE:
        act(&v->base, app, ACTION_CHOOSE, 0);
        return true;
    case ACTION_BACK:
    case ACTION_CLOSE:
    case ACTION_PREVIOUS_PANE:
        app_pop(app);
        return true;
    case ACTION_HELP:
        app_open(app, &(struct target){.kind = TARGET_HELP, .context = CONTEXT_CHOICE});
        return true;
    case ACTION_QUIT:
        app->quit = true;
        return true;
    default:
        if (!scroller_move(&v->base.scroll, action, 1) && !app->plain)
            app_say(app, _("%s does nothing here; {help} shows the keys"), key);
        return true; /* what means nothing is not typed */
    }
}

static bool
type(struct view *view, struct app *app, const char *key)
{
    struct choice_view *v = (struct choice_view *)view;
    /* keys with names, such as Enter, are the actions' of a choice */
    if (v->request.menu)
        return g_utf8_strlen(key, -1) == 1 && press(v, app, key);
    const char *text = g_str_equal(key, "Space") ? " " : g_str_equal(key, "Backslash") ? "\\" : key;
    (void)app;
    if (g_str_equal(key, "Backspace")) {
        gsize at = 0, last = 0;
        int cells;
        while (at < v->typed->len) {
            last = at;
            at += cells_next_cluster(v->typed->str + at, &cells);
        }
        g_string_truncate(v->typed, last);
    } else if (g_str_equal(key, "^U")) {
        g_string_truncate(v->typed, 0);
    } else if (g_utf8_strlen(text, -1) == 1 && v->typed->len < MAX_TYPED) {
        g_string_append(v->typed, text);
        v->base.scroll.cursor = 0;
    } else {
        return false;
    }
    narrow(v);
    return true;
}

void
choice_type(struct view *view, const char *text)
{
    struct choice_view *v = (struct choice_view *)view;
    gsize length = MIN(strlen(text), MAX_TYPED);
    g_string_truncate(v->typed, 0);
    g_string_append_len(v->typed, text, g_utf8_find_prev_char(text, text + length + 1) - text);
    v->base.scroll.cursor = 0;
    narrow(v);
}

void
choice_leave(struct app *app)
{
    guint first = app->session->urls->subscriptions->len ? 0 : 1;
    do
        app_top(app)->ops->act(app_top(app), app, ACTION_LEAVE, 0);
    while (app->focus > first && app_top(app)->ops->context == CONTEXT_CHOICE);
    if (app_top(app)->ops->context == CONTEXT_CHOICE)
        choice_type(app_top(app), "");
}

const char *
choice_typed(const struct view *view)
{
    return ((const struct choice_view *)view)->typed->str;
}

bool
choice_is_menu(const struct view *view)
{
    return ((const struct choice_view *)view)->request.menu;
}

bool
choice_takes_text(const struct view *view)
{
    return ((const struct choice_view *)view)->request.empty != NULL;
}

const char *
choice_hint(const struct view *view)
{
    if (!((const struct choice_view *)view)->shown->len)
        return _(
            "Other text looks for something else, an asterisk shows all again, a full stop leaves.");
    return choice_is_menu(view)
               ? _("A number chooses, a full stop leaves, ? reads this again.")
               : _("A number chooses, other text narrows down, an empty line reads on or, once one row is left, chooses it; a full stop leaves, ? reads this again.");
}

void
choice_explain(struct view *view)
{
    struct choice_view *v = (struct choice_view *)view;
    view->said = v->hinted[0] = v->hinted[1] = false;
    if (v->request.menu)
        scroller_go(&view->scroll, 0); /* a row of it was chosen, which failed */
}

static void
to_text(struct view *view, struct app *app, GString *out)
{
    struct choice_view *v = (struct choice_view *)view;
    const char *note = v->shown->len      ? NULL
                       : v->request.empty ? v->request.empty(app, v->typed->str)
                                          : _("Nothing matches.");
    g_autofree char *typed = url_shown(v->typed->str);
    bool narrowed = *typed != '\0'; /* who has typed knows what can be */
    g_auto(GStrv)
        lines = g_strsplit(v->request.intro && !narrowed ? v->request.intro : "", "\n", -1);
    for (char **line = lines; *line; line++)
        g_string_append_printf(out, "%s\n", without_mark(*line));
    if (note)
        g_string_append_printf(out, "%s%s%s\n", typed, narrowed ? _(": ") : "", note);
    if (!note && narrowed) {
        g_string_append_printf(
            out,
            v->near
                ? _("nothing is called '%s'; near it is what follows; an asterisk shows all again")
                : _("narrowed down by: %s; an asterisk shows all again"),
            typed);
        g_string_append_c(out, '\n');
    }
    bool *hinted = &v->hinted[v->shown->len > 0];
    if (!*hinted) /* who narrows down further knows how */
        g_string_append(out, choice_hint(view));
    *hinted = true;
}

static void
row_to_text(struct view *view, struct app *app, int64_t place, GString *out)
{
    const struct choice *choice =
        g_ptr_array_index(((const struct choice_view *)view)->shown, place);
    (void)app;
    g_string_append_printf(out, "%s%s%s", choice->text, choice->detail ? _(", ") : "",
                           choice->detail ? choice->detail : "");
}

static void
describe(const struct view *view, const struct app *app, struct view_info *info)
{
    const struct choice_view *v = (const struct choice_view *)view;
    (void)app;
    info->title = g_strdup(v->request.title);
    info->position =
        g_strdup_printf("%u/%u", v->shown->len ? (guint)view->scroll.cursor + 1 : 0, v->shown->len);
}

static void
free_view(struct view *view, struct app *app)
{
    struct choice_view *v = (struct choice_view *)view;
    if (v->request.closed)
        v->request.closed(app);
    g_ptr_array_unref(v->shown);
    g_ptr_array_unref(v->request.choices);
    if (v->request.free_data && v->request.data)
        v->request.free_data(v->request.data);
    g_free((char *)v->request.title);
    g_free((char *)v->request.intro);
    g_free((char *)v->request.label);
    g_string_free(v->typed, TRUE);
    g_free(v);
}

struct view *
choice_view_new(const struct choice_request *request)
{
    static const struct view_ops ops = {
        .context = CONTEXT_CHOICE,
        .pane = PANE_WHOLE,
        .no_scroll_bar = true,
        .lay_out = lay_out,
        .draw = draw,
        .act = act,
        .offers = offers,
        .describe = describe,
        .to_text = to_text,
        .row_to_text = row_to_text,
        .free = free_view,
        .type = type,
    };
    struct choice_view *v = g_new0(struct choice_view, 1);
    v->base.ops = &ops;
    v->request = *request;
    v->request.title = g_strdup(request->title);
    v->request.intro = g_strdup(request->intro);
    v->request.label = g_strdup(request->label);
    g_ptr_array_set_free_func(v->request.choices, choice_free);
    v->typed = g_string_new(NULL);
    v->shown = g_ptr_array_new();
    narrow(v);
    return &v->base;
}
