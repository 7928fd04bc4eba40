/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A monkey at the keyboard. */
#include "config.h"

#include "ui/monkey.h"
#include "ui/jobs.h"
#include "ui/mouse.h"
#include "ui/reader.h"

#include <stdio.h>
#include <string.h>

static const char *const other_keys[] = {
    "Esc",  "Enter", "Space", "Tab", "S-Tab",  "Backspace", "Up", "Down", "Left", "Right",
    "PgUp", "PgDn",  "Home",  "End", "Delete", "F1",        "^G", "^U",   "^W",   "1",
    "9",    "0",     "ж",     "Ы",   "图",     "？",        "é",  "🙂", "S",    "d",
    "t",    "-",     "(",     "\"",  ":",      "=",         "."};

/* What writes files and starts programs. */
static bool
leaves_the_reader(enum action action)
{
    return action == ACTION_BROWSER || action == ACTION_SAVE || action == ACTION_PIPE ||
           action == ACTION_PIPE_MARKDOWN || action == ACTION_PIPE_HTML || action == ACTION_RUN ||
           action == ACTION_BOOKMARK || action == ACTION_MAIL;
}

/*
 * One key of an action's default bindings, by chance; NULL for those that end the program or start
 * others.
 */
static const char *
key_of_action(GRand *rand, char *buffer, gsize size)
{
    enum action action = (enum action)g_rand_int_range(rand, 0, ACTION_COUNT);
    if (action == ACTION_QUIT || leaves_the_reader(action))
        return NULL;
    g_auto(GStrv) keys = g_strsplit(actions_table[action].keys, " ", -1);
    guint count = g_strv_length(keys);
    g_strlcpy(buffer, keys[g_rand_int_range(rand, 0, (gint32)count)], size);
    return buffer;
}

static bool
is_barred(struct app *app, const char *key)
{
    bool more;
    enum action action = keymap_action(app->keymap, app_top(app)->ops->context, key, &more);
    /* what the catalogue has is not to be fetched */
    const struct view *below = app_below(app, app_top(app));
    if (action == ACTION_CHOOSE && (!below || below->ops->context != CONTEXT_READER))
        return true;
    return !app->prompt.active && (action == ACTION_QUIT || leaves_the_reader(action) ||
                                   (action == ACTION_CLOSE && app->focus == 0));
}

void
monkey_press(struct app *app, const char *key)
{
    if (is_barred(app, key))
        return;
    /* an answer could name a file, or quit by a command */
    if (app->prompt.active && app->prompt.request.kind != PROMPT_FILTER &&
        app->prompt.request.kind != PROMPT_FIND && app->prompt.request.kind != PROMPT_SEARCH &&
        g_str_equal(key, "Enter"))
        key = "Esc";
    reader_key(app, key);
}

static void
one_event(struct app *app, GRand *rand, char *what, gsize size)
{
    char buffer[16];
    int kind = g_rand_int_range(rand, 0, 100);
    const char *key = kind < 60 ? key_of_action(rand, buffer, sizeof buffer) : NULL;
    if (kind >= 97) {
        int width = g_rand_int_range(rand, 1, 220), height = g_rand_int_range(rand, 1, 60);
        g_snprintf(what, size, "size %d %d", width, height);
        app_resize(app, width, height);
    } else if (kind >= 90) {
        int x = g_rand_int_range(rand, 0, app->grid->width),
            y = g_rand_int_range(rand, 0, app->grid->height);
        enum mouse mouse = (enum mouse)g_rand_int_range(rand, 0, 3);
        g_snprintf(what, size, "mouse %d at %d %d", mouse, x, y);
        mouse_event(app, mouse, x, y);
    } else {
        key = key ? key : other_keys[g_rand_int_range(rand, 0, G_N_ELEMENTS(other_keys))];
        g_snprintf(what, size, "key %s", key);
        monkey_press(app, key);
    }
}

bool
monkey_run(struct app *app, guint32 seed, int count)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(seed);
    char what[64];
    app_resize(app, 80, 24);
    reader_draw(app);
    for (int i = 0; i < count; i++) {
        one_event(app, rand, what, sizeof what);
        jobs_poll(app, false);
        reader_draw(app);
        if (app->quit || !grid_is_consistent(app->grid)) {
            fprintf(stderr, "monkey: event %d of seed %u: %s: %s\n", i, seed, what,
                    app->quit ? "quit" : "inconsistent screen");
            return false;
        }
    }
    return true;
}
