/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Choosing an action by what it does, and a theme by how it looks. */
#include "config.h"

#include "ui/menu.h"
#include "base/i18n.h"
#include "base/paths.h"
#include "text/cells.h"
#include "ui/action-groups.h"
#include "ui/choice.h"
#include "ui/reader.h"

#include <string.h>

/* --- actions ----------------------------------------------------------------------------- */

static void
action_chosen(struct app *app, const struct choice_request *request, const struct choice *choice,
              const char *typed)
{
    enum action action = choice ? action_find(choice->value) : ACTION_NONE;
    (void)typed;
    (void)request;
    if (action == ACTION_NONE)
        return;
    app_pop(app);
    reader_act(app, action, 0);
}

#define KEY_COLUMN 6 /* cells: "Enter " */

/* What it does; a menu is not the help. */
static const char *
help_of(const struct app *app, enum action action)
{
    return action == ACTION_HELP ? gettext(actions_table[action].word)
                                 : action_help(action, app->plain);
}

/* "n     next unread article": its first key, and what it does; "n, next unread article". */
static void
add_action(const struct app *app, GPtrArray *choices, enum action_context context,
           enum action action)
{
    const struct action_info *info = &actions_table[action];
    if (action == ACTION_MENU || !app_takes(app, action))
        return;
    g_autofree char *keys = keymap_keys(app->keymap, context, action);
    keys[strcspn(keys, " ")] = '\0';
    const char *key = g_str_equal(keys, "Backslash") ? "\\" : keys;
    int room = MAX(KEY_COLUMN - cells_width(key, -1), 1);
    const char *help = help_of(app, action);
    g_autofree char *typed = app->plain ? action_typed_key(app->keymap, context, action) : NULL;
    g_autofree char *text =
        app->plain ? g_strdup_printf("%s%s%s", typed ? typed : "", typed ? _(", ") : "", help)
                   : g_strdup_printf("%s%*s%s", key, room, "", help);
    /* the bar's word is that of the view which it opens */
    g_autofree char *names = *info->word ? g_strdup_printf("%s %s", info->name, gettext(info->word))
                                         : g_strdup(info->name);
    g_ptr_array_add(choices, choice_new(text, NULL, names, info->name));
}

void
menu_open(struct app *app)
{
    enum action_context context = app_top(app)->ops->context;
    GPtrArray *choices = g_ptr_array_new();
    struct action_group groups[ACTION_GROUPS];
    action_groups(context, app->plain, groups);
    for (int i = 0; i < ACTION_GROUPS; i++)
        for (const enum action *action = groups[i].actions; *action != ACTION_NONE; action++)
            add_action(app, choices, context, *action);
    struct choice_request request = {.title = _("Menu: what can be done here"),
                                     .label = _("Action: "),
                                     .choices = choices,
                                     .chosen = action_chosen};
    app_open(app, &(struct target){.kind = TARGET_CHOICE, .choice = &request});
}

/* --- themes ------------------------------------------------------------------------------ */

static void
show_theme(struct app *app, const char *name)
{
    struct settings *settings = app->session->context->settings;
    if (!g_strcmp0(settings->values.ui_theme, name))
        return;
    settings_set(settings, NULL, "ui.theme", name, "theme", NULL);
    app->due |= APP_THEME;
}

static void
theme_moved(struct app *app, const struct choice_request *request, const struct choice *choice)
{
    show_theme(app, choice ? choice->value : request->data);
}

static void
theme_chosen(struct app *app, const struct choice_request *request, const struct choice *choice,
             const char *typed)
{
    (void)typed;
    if (!choice)
        return;
    g_autofree char *name = g_strdup(choice->value);
    (void)request;
    show_theme(app, name);
    app_pop(app);
    app_say(app, _("%s=%s until crier ends; write it into crier.conf to keep it"), "ui.theme",
            name);
}

void
menu_open_themes(struct app *app)
{
    const struct context *context = app->session->context;
    GPtrArray *choices = g_ptr_array_new();
    g_autoptr(GPtrArray) names = paths_names(context->config_dir, "themes", "theme",
                                             settings_table[SETTING_UI_THEME].fallback);
    const char *now = context->settings->values.ui_theme;
    for (guint i = 0; i < names->len; i++) {
        const char *name = g_ptr_array_index(names, i);
        bool current = g_str_equal(name, now);
        struct choice *choice = choice_new(name, current ? _("as it is now") : NULL, NULL, name);
        g_ptr_array_insert(choices, current ? 0 : -1, choice);
    }
    struct choice_request request = {.title = _("Themes"),
                                     .intro = _("The one under the cursor is shown."),
                                     .label = _("Theme: "),
                                     .choices = choices,
                                     .chosen = theme_chosen,
                                     .moved = theme_moved,
                                     .data = g_strdup(now),
                                     .free_data = g_free};
    app_open(app, &(struct target){.kind = TARGET_CHOICE, .choice = &request});
}
