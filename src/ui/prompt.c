/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The editing of the line, and its keys. */
#include "config.h"

#include "ui/prompt.h"
#include "base/clean.h"
#include "reader/history.h"
#include "text/cells.h"
#include "ui/answer.h"
#include "ui/question.h"

#include <string.h>

#define MAX_TEXT       4000
#define MAX_HISTORY    100
#define MIN_TYPED      20 /* cells in which one sees what one types, however much is asked */
#define QUESTION_LINES 3  /* at most, that a question takes */

const char *const prompt_kind_names[PROMPT_KINDS] = {
    [PROMPT_COMMAND] = "command", [PROMPT_SEARCH] = "search", [PROMPT_FILTER] = "filter",
    [PROMPT_FIND] = "find",       [PROMPT_TAG] = "tag",       [PROMPT_FILE] = "file",
    [PROMPT_NAME] = "name",       [PROMPT_PROGRAM] = "run",
};

void
prompt_init(struct prompt *p, struct app *app)
{
    *p = (struct prompt){.app = app, .text = g_string_new(NULL)};
    p->fresh = g_ptr_array_new_with_free_func(g_free);
    for (int i = 0; i < PROMPT_KINDS; i++)
        p->history[i] = g_ptr_array_new_with_free_func(g_free);
}

static void
free_data(struct prompt *p)
{
    if (p->request.free_data && p->request.data)
        p->request.free_data(p->request.data);
    p->request.data = NULL;
}

void
prompt_clear(struct prompt *p)
{
    g_string_free(p->text, TRUE);
    g_ptr_array_unref(p->fresh);
    for (int i = 0; i < PROMPT_KINDS; i++)
        g_ptr_array_unref(p->history[i]);
    free_data(p);
    g_free((char *)p->request.label);
    g_free((char *)p->request.quoted);
    g_free(p->kept);
    g_clear_pointer(&p->candidates, g_ptr_array_unref);
}

static void
set_text(struct prompt *p, const char *text)
{
    g_string_assign(p->text, text);
    p->cursor = p->text->len;
    p->dirty = true;
}

void
prompt_open(struct prompt *p, const struct prompt_request *request)
{
    char *label = g_strdup(request->label), *quoted = g_strdup(request->quoted);
    g_free((char *)p->request.label);
    g_free((char *)p->request.quoted);
    free_data(p);
    p->request = *request;
    p->request.label = label;
    p->request.quoted = quoted;
    set_text(p, request->text ? request->text : "");
    p->dirty = false;
    p->active = true;
    p->back = 0;
    g_clear_pointer(&p->candidates, g_ptr_array_unref);
}

static void
remember(struct prompt *p, enum prompt_kind kind, const char *text)
{
    GPtrArray *history = p->history[kind];
    if (!*text || kind == PROMPT_CONFIRM)
        return;
    for (guint i = history->len; i-- > 0;)
        if (g_str_equal(g_ptr_array_index(history, i), text))
            g_ptr_array_remove_index(history, i);
    if (history->len == MAX_HISTORY)
        g_ptr_array_remove_index(history, 0);
    g_ptr_array_add(history, g_strdup(text));
    if (history_may_keep(text))
        g_ptr_array_add(p->fresh, g_strconcat(prompt_kind_names[kind], "\t", text, NULL));
}

void
prompt_answer(struct prompt *p, const char *text)
{
    g_autofree char *answer = g_strdup(text);
    p->active = p->dirty = false;
    /* the answer may ask something else */
    enum prompt_kind kind = p->request.kind;
    GDestroyNotify free_it = p->request.free_data;
    gpointer data = g_steal_pointer(&p->request.data);
    p->refused = false;
    p->request.done(p->app, p->request.view, answer, data);
    if (!p->refused)
        remember(p, kind, answer);
    if (p->refused && !p->active) {
        set_text(p, answer);
        p->dirty = false;
        p->active = true;
        p->back = 0;
        p->request.data = data;
    } else if (free_it && data) {
        free_it(data);
    }
}

void
prompt_refuse(struct prompt *p)
{
    p->refused = true;
}

static void
cancel(struct prompt *p)
{
    p->active = p->dirty = false;
    free_data(p);
    if (p->request.cancel)
        p->request.cancel(p->app, p->request.view);
}

void
prompt_forget(struct prompt *p, const struct view *view)
{
    if (!p->active || p->request.view != view)
        return;
    p->active = p->dirty = false;
    free_data(p);
    p->request.view = NULL;
}

/* step 1: to an older answer, -1: to a newer one or back to what was typed */
static void
walk_history(struct prompt *p, int step)
{
    const GPtrArray *history = p->history[p->request.kind];
    if ((step > 0 && p->back >= history->len) || (step < 0 && p->back == 0))
        return;
    if (p->back == 0) {
        g_free(p->kept);
        p->kept = g_strdup(p->text->str);
    }
    p->back += (guint)step;
    set_text(p, p->back ? g_ptr_array_index(history, history->len - p->back) : p->kept);
}

static void
complete(struct prompt *p, int step)
{
    if (!p->request.complete)
        return;
    if (!p->candidates) {
        p->candidates = p->request.complete(p->app, p->text->str);
        p->candidate = step > 0 ? 0 : p->candidates->len - 1;
    } else if (p->candidates->len) {
        p->candidate = (p->candidate + p->candidates->len + (guint)step) % p->candidates->len;
    }
    if (p->candidates->len)
        set_text(p, g_ptr_array_index(p->candidates, p->candidate));
    if (p->candidates->len == 1) /* what follows it is completed next */
        g_clear_pointer(&p->candidates, g_ptr_array_unref);
}

static void
erase(struct prompt *p, gsize from, gsize to)
{
    g_string_erase(p->text, (gssize)from, (gssize)(to - from));
    p->cursor = from;
    p->dirty = true;
}

static gsize
cluster_before(const struct prompt *p)
{
    gsize at = 0, last = 0;
    int cells;
    while (at < p->cursor) {
        last = at;
        at += cells_next_cluster(p->text->str + at, &cells);
    }
    return last;
}

static gsize
word_before(const struct prompt *p)
{
    gsize at = p->cursor;
    while (at > 0 && p->text->str[at - 1] == ' ')
        at--;
    while (at > 0 && p->text->str[at - 1] != ' ')
        at--;
    return at;
}

static gsize
word_behind(const struct prompt *p)
{
    gsize at = p->cursor;
    while (p->text->str[at] == ' ')
        at++;
    while (p->text->str[at] && p->text->str[at] != ' ')
        at++;
    return at;
}

void
prompt_insert(struct prompt *p, const char *text)
{
    g_autofree char *some =
        text_beginning(text, strlen(text), MAX_TEXT - MIN(p->text->len, MAX_TEXT));
    g_string_insert(p->text, (gssize)p->cursor, some);
    p->cursor += strlen(some);
    p->dirty = true;
    g_clear_pointer(&p->candidates, g_ptr_array_unref);
}

static void
insert_key(struct prompt *p, const char *key)
{
    const char *text = g_str_equal(key, "Space") ? " " : g_str_equal(key, "Backslash") ? "\\" : key;
    if (g_utf8_strlen(text, -1) == 1)
        prompt_insert(p, text);
}

/* A question is answered by one key; what is no answer leaves it. */
static void
answer_key(struct prompt *p, const char *key)
{
    static const char *const leave[] = {"Enter", "Esc", "^G", "^C", "q", NULL};
    enum answer answer = answer_of(key);
    if (answer == ANSWER_YES)
        prompt_answer(p, key);
    else if (answer == ANSWER_NO || g_strv_contains(leave, key))
        cancel(p);
}

bool
prompt_knows_alt(const struct prompt *p, const char *key)
{
    static const char *const keys[] = {"M-b", "M-f", "M-d", "M-Backspace", NULL};
    return p->request.kind != PROMPT_CONFIRM && g_strv_contains(keys, key);
}

void
prompt_key(struct prompt *p, const char *key)
{
    int cells;
    if (p->request.kind == PROMPT_CONFIRM) {
        answer_key(p, key);
        return;
    }
    if (g_str_equal(key, "Tab") || g_str_equal(key, "S-Tab")) {
        complete(p, *key == 'T' ? 1 : -1);
        return;
    }
    g_clear_pointer(&p->candidates, g_ptr_array_unref);
    if (g_str_equal(key, "Enter")) {
        prompt_answer(p, p->text->str);
    } else if (g_str_equal(key, "Esc") || g_str_equal(key, "^G") || g_str_equal(key, "^C")) {
        cancel(p);
    } else if (g_str_equal(key, "Backspace")) {
        if (!p->text->len)
            cancel(p);
        else
            erase(p, cluster_before(p), p->cursor);
    } else if (g_str_equal(key, "Delete") || g_str_equal(key, "^D")) {
        erase(p, p->cursor, p->cursor + cells_next_cluster(p->text->str + p->cursor, &cells));
    } else if (g_str_equal(key, "Left") || g_str_equal(key, "^B")) {
        p->cursor = cluster_before(p);
    } else if (g_str_equal(key, "Right") || g_str_equal(key, "^F")) {
        p->cursor += cells_next_cluster(p->text->str + p->cursor, &cells);
    } else if (g_str_equal(key, "Home") || g_str_equal(key, "^A")) {
        p->cursor = 0;
    } else if (g_str_equal(key, "End") || g_str_equal(key, "^E")) {
        p->cursor = p->text->len;
    } else if (g_str_equal(key, "Up") || g_str_equal(key, "^P")) {
        walk_history(p, 1);
    } else if (g_str_equal(key, "Down") || g_str_equal(key, "^N")) {
        walk_history(p, -1);
    } else if (g_str_equal(key, "^U")) {
        erase(p, 0, p->cursor);
    } else if (g_str_equal(key, "^K")) {
        erase(p, p->cursor, p->text->len);
    } else if (g_str_equal(key, "^W") || g_str_equal(key, "M-Backspace")) {
        erase(p, word_before(p), p->cursor);
    } else if (g_str_equal(key, "M-d")) {
        erase(p, p->cursor, word_behind(p));
    } else if (g_str_equal(key, "M-b")) {
        p->cursor = word_before(p);
    } else if (g_str_equal(key, "M-f")) {
        p->cursor = word_behind(p);
    } else {
        insert_key(p, key);
    }
}

void
prompt_run_change(struct prompt *p)
{
    if (!p->active || !p->dirty)
        return;
    p->dirty = false;
    if (p->request.change)
        p->request.change(p->app, p->request.view, p->text->str);
}

/* The last word, which alone differs; a name in quotation marks is one. */
static const char *
last_word(const char *text)
{
    const char *word = text;
    bool quoted = false;
    for (const char *p = text; *p; p++) {
        quoted ^= *p == '"';
        if (!quoted && *p == ' ' && p[1])
            word = p + 1;
    }
    return word;
}

static void
draw_candidates(const struct prompt *p, struct grid *grid, int y)
{
    grid_fill(grid, 0, y, grid->width, STYLE_BAR);
    /* only the last word differs; what comes before the chosen one scrolls out to the left */
    guint from = p->candidate > 2 ? p->candidate - 2 : 0;
    guint shown = from;
    int x = 1;
    for (guint i = from; i < p->candidates->len && x < grid->width; i++) {
        const char *text = g_ptr_array_index(p->candidates, i);
        x = grid_put(grid, x, y, last_word(text), grid->width - x - 1,
                     i == p->candidate ? STYLE_TITLE : STYLE_BAR) +
            2;
        shown = i + 1;
    }
    /* that there are more on either side */
    if (from > 0)
        grid_put(grid, 0, y, "<", 1, STYLE_BAR);
    if (shown < p->candidates->len || x > grid->width)
        grid_put(grid, grid->width - 1, y, ">", 1, STYLE_BAR);
}

/*
 * A question that is too long for its line, in lines above it too: its end says which keys answer
 * it.  Where one types, it stands above that alone, and above why an answer was refused.  The
 * number of lines above; -1: they have no room either.
 */
static int
draw_long_question(const struct prompt *p, struct grid *grid, int y, bool said)
{
    bool typed = p->request.kind != PROMPT_CONFIRM;
    int last = y - typed - (typed && said), room = grid->width - 1;
    int most = MIN(QUESTION_LINES, last + 1);
    g_autofree char *text =
        most > 0 ? question_fit_lines(p->request.label, p->request.quoted, room, most) : NULL;
    if (!text)
        return -1;
    int lines = grid_put_paragraph(NULL, 0, 0, room, most, text, STYLE_STRONG);
    for (int i = 0; i < lines; i++)
        grid_fill(grid, 0, last - i, grid->width, STYLE_NORMAL);
    grid_put_paragraph(grid, 0, last - lines + 1, room, last + 1, text, STYLE_STRONG);
    return y - last + lines - 1;
}

/* What is before the text where there is no room above: cut, but for the keys that answer it. */
static char *
shown_label(const struct prompt *p, int most)
{
    const char *label = p->request.label, *end = label + strlen(label), *keys = end;
    if (p->request.kind == PROMPT_CONFIRM)
        while (keys > label && *keys != '(' && *keys != '[')
            keys--;
    if (keys == label)
        keys = end;
    /* three dots, which terminals of ASCII have too */
    int used, room = most - 4 - cells_width(keys, -1);
    if (room < 1)
        return g_strdup(keys);
    gsize cut = cells_fit(label, (gsize)(keys - label), room, &used);
    return g_strdup_printf("%.*s... %s", (int)cut, label, keys);
}

/* What is typed; the end of a long text stays in sight, with a sign that it is not all. */
static void
draw_typed(const struct prompt *p, struct grid *grid, int x, int y)
{
    const char *text = p->text->str, *end = text + p->cursor;
    int room = MAX(grid->width - x - 1, 1), cells;
    if (cells_width(text, end - text) > room && room > 4) {
        x = grid_put(grid, x, y, "...", 3, STYLE_STRONG);
        room -= 3;
    }
    while (text < end && cells_width(text, end - text) > room)
        text += cells_next_cluster(text, &cells);
    grid_put(grid, x, y, text, room, STYLE_NORMAL);
    grid->cursor_x = x + cells_width(text, end - text);
    grid->cursor_y = y;
}

void
prompt_draw(const struct prompt *p, struct grid *grid, int y, bool said)
{
    bool asks = p->request.kind == PROMPT_CONFIRM; /* in lines there is room for what it names */
    int most = grid->width - (asks ? 4 : MIN(grid->width / 2, MIN_TYPED));
    g_autofree char *label = question_fit(p->request.label, asks ? NULL : p->request.quoted, most);
    grid_fill(grid, 0, y, grid->width, STYLE_NORMAL);
    int above = label ? 0 : draw_long_question(p, grid, y, said);
    if (p->candidates && p->candidates->len > 1 && y > MAX(above, 0))
        draw_candidates(p, grid, y - 1 - MAX(above, 0));
    if (asks && !label && above >= 0) {
        grid->cursor_x = grid->width - 1;
        grid->cursor_y = y;
        return;
    }
    if (!label)
        label = above >= 0 ? g_strdup("") : shown_label(p, most);
    draw_typed(p, grid, grid_put(grid, 0, y, label, most, STYLE_STRONG), y);
}
