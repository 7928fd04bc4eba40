/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading and writing what is kept. */
#include "config.h"

#include "ui/keep.h"
#include "base/paths.h"
#include "reader/history.h"

char *
keep_folder(void)
{
    char *folder = paths_state_dir();
    g_mkdir_with_parents(folder, 0700);
    return folder;
}

static char *
file_of(const char *name)
{
    g_autofree char *folder = paths_state_dir();
    return g_build_filename(folder, name, NULL);
}

static guint
most(const struct app *app)
{
    return (guint)app->session->context->settings->values.ui_history;
}

/* Whether nobody has stated a setting, so that what was left holds. */
static bool
is_free(const struct app *app, enum setting id)
{
    const char *origin = settings_origin(app->session->context->settings, id);
    return !origin || g_str_equal(origin, "default");
}

void
keep_load(struct app *app)
{
    if (!most(app))
        return;
    g_autofree char *state = file_of("reader"), *history = file_of("history");
    state_free(app->state);
    app->state = state_load(state);
    if (!is_free(app, SETTING_LIST_SORT))
        app->state->sort = STATE_UNKNOWN;
    if (!is_free(app, SETTING_UI_LAYOUT))
        app->state->layout = STATE_UNKNOWN;
    if (!is_free(app, SETTING_UI_PICTURES))
        app->state->pictures = STATE_UNKNOWN;
    if (app->state->layout != STATE_UNKNOWN)
        app->layout = app->state->layout;
    for (int i = 0; i < PROMPT_KINDS; i++) {
        if (!prompt_kind_names[i])
            continue;
        g_ptr_array_unref(app->prompt.history[i]);
        app->prompt.history[i] = history_read(history, prompt_kind_names[i], most(app));
    }
    app_reload(app);
}

void
keep_save(struct app *app)
{
    if (!most(app))
        return;
    g_autofree char *state = file_of("reader"), *history = file_of("history");
    state_save(app->state, state, NULL);
    if (app->prompt.fresh->len)
        history_add(history, app->prompt.fresh, most(app), NULL);
}
