/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands typed by name. */
#include "config.h"

#include "ui/command-line.h"
#include "base/i18n.h"
#include "base/near.h"
#include "base/paths.h"
#include "ui/list-view.h"
#include "ui/programs.h"
#include "ui/theme.h"
#include "ui/typed-number.h"

#include <string.h>

/*
 * Whether a word is how the name, or with `inner` a later part of it, begins: "star" in
 * "toggle-star".
 */
static bool
begins(const char *name, const char *word, bool inner)
{
    if (!inner)
        return g_str_has_prefix(name, word);
    for (const char *dash = strchr(name, '-'); dash; dash = strchr(dash + 1, '-'))
        if (g_str_has_prefix(dash + 1, word))
            return true;
    return false;
}

#define SET "set" /* the one command that is no action */

static void
add_name(GString *several, const char *name)
{
    g_string_append_printf(several, "%s%s", several->len ? _(", ") : "", name);
}

/*
 * An action by its name, else by the only beginning, else the only part, that it could be; of
 * several the names are put into `several`, and that of SET alone is there if it could be nothing
 * else.
 */
static enum action
find_action(const struct app *app, const char *word, GString *several)
{
    enum action found = action_find(word);
    for (int inner = 0; inner < 2 && found == ACTION_NONE && !several->len; inner++) {
        guint count = 0;
        for (int i = 0; i < ACTION_COUNT; i++) {
            if (!begins(actions_table[i].name, word, inner) ||
                !(actions_table[i].contexts & app_top(app)->ops->context))
                continue;
            add_name(several, actions_table[i].name);
            found = (enum action)i;
            count++;
        }
        if (!inner && begins(SET, word, false)) {
            add_name(several, SET);
            found = ACTION_NONE;
        } else if (count == 1)
            g_string_truncate(several, 0);
        else
            found = ACTION_NONE;
    }
    return found;
}

/* what: "there is no … 'word'"; then, which one may be meant. */
static void
show_unknown(struct app *app, const char *what, const struct near *best)
{
    g_autofree char *sentence = near_sentence(best, what);
    app_refuse(app, "%s", sentence);
}

/* Where no name is near, the help has them all. */
static void
show_unknown_action(struct app *app, const char *word)
{
    struct near best = {0};
    for (int i = 0; i < ACTION_COUNT; i++)
        if (actions_table[i].contexts & app_top(app)->ops->context)
            near_try(&best, word, actions_table[i].name);
    near_try(&best, word, SET);
    g_autofree char *what = g_strdup_printf(_("there is no action '%s'"), word);
    g_autofree char *helps =
                        keymap_text(app->keymap, app_top(app)->ops->context, _("{help} helps")),
                    *more = g_strdup_printf(_("%s; %s"), what, helps);
    show_unknown(app, best.name ? what : more, &best);
}

static void
show_unknown_setting(struct app *app, const char *word)
{
    struct near best = {0};
    for (int i = 0; i < SETTING_COUNT; i++)
        near_try(&best, word, settings_table[i].name);
    g_autofree char *what = g_strdup_printf(_("there is no setting '%s'"), word);
    show_unknown(app, what, &best);
}

/*
 * Whether the reader itself does what a setting says.  What fetches, syncs and starts programs are
 * other processes, which believe it nothing and have their settings from the files.
 */
static bool
is_of_reader(const char *key)
{
    static const char *const others[] = {"fetch.", "store.", "watch.", "mail.", "sync.", "bundle."};
    enum setting id = settings_find(key);
    if (id == SETTING_FETCH_AUTO || id == SETTING_SYNC_AUTO)
        return true;
    for (size_t i = 0; i < G_N_ELEMENTS(others); i++)
        if (g_str_has_prefix(key, others[i]))
            return false;
    return id != SETTING_UI_BROWSER && id != SETTING_UI_CLIPBOARD;
}

/* What a setting says, in the words of a screen or of lines. */
static const char *
help_of(const struct app *app, enum setting id)
{
    return app->plain && id == SETTING_READ_NEXT
               ? _("at the end of an article, an empty line goes on to the next unread article")
               : gettext(settings_table[id].help);
}

/* Whether there is the theme that is set. */
static bool
is_theme(const struct app *app, GError **error)
{
    const struct context *context = app->session->context;
    struct theme theme;
    return theme_load(&theme, context->config_dir, context->settings->values.ui_theme, error);
}

/* What keys have chosen gives way to what is stated now, be it what was stated before, too. */
static void
prefer_stated(struct app *app, enum setting id)
{
    const struct settings *settings = app->session->context->settings;
    switch (id) {
    case SETTING_LIST_SORT:
        app->state->sort = STATE_UNKNOWN;
        for (guint i = 0; i < app->views->len; i++)
            list_sort(g_ptr_array_index(app->views, i), app,
                      (enum listing_sort)settings->values.list_sort);
        break;
    case SETTING_LIST_FOLD_EDITIONS:
        app->folds = settings->values.list_fold_editions;
        break;
    case SETTING_UI_LAYOUT:
        app->state->layout = STATE_UNKNOWN;
        app->layout = (int)settings->values.ui_layout; /* panes; UI_LAYOUT_AUTO: 0 */
        break;
    case SETTING_UI_PICTURES:
        app->state->pictures = STATE_UNKNOWN;
        break;
    default:
        break;
    }
}

static void
set(struct app *app, const char *text)
{
    g_auto(GStrv) parts = g_strsplit(text, "=", 2);
    const char *key = parts[0] ? g_strstrip(parts[0]) : "";
    enum setting id = settings_find(key);
    if (parts[0] && parts[1] && settings_is_name(key) && !is_of_reader(key)) {
        app_show_error(app, _("%s can be changed in crier.conf and by --set only"), key);
        return;
    }
    if (!*key) {
        app_refuse(app, _("behind 'set' stands the name of a setting, as in: set %s"),
                   settings_table[app->plain ? SETTING_PLAIN_PAGE : SETTING_READ_MEASURE].name);
        return;
    }
    if (id == SETTING_COUNT) {
        show_unknown_setting(app, key);
        return;
    }
    struct settings *settings = app->session->context->settings;
    const char *now = settings_text(settings, id);
    if (!parts[1]) {
        app_say(app, "%s=%s (%s)", key, now, help_of(app, id));
        return;
    }
    g_autoptr(GError) error = NULL;
    g_autofree char *before = g_strdup(now);
    if (!settings_set(settings, NULL, key, g_strstrip(parts[1]), ":set", &error)) {
        app_show_error(app, "%s", error->message);
        return;
    }
    if ((id == SETTING_UI_THEME && !is_theme(app, &error)) || !app_apply_settings(app, &error)) {
        app_show_error(app, "%s", error->message);
        settings_set(settings, NULL, key, before, ":set", NULL);
        return;
    }
    prefer_stated(app, id);
    app_reload(app);
    app_say(app, _("%s=%s until crier ends; write it into crier.conf to keep it"), key,
            settings_text(settings, id));
}

bool
command_line_parse(struct app *app, const char *text, struct command *command)
{
    g_autofree char *line = g_strstrip(g_strdup(text));
    g_auto(GStrv) words = g_strsplit(line, " ", 2);
    const char *rest = words[0] && words[1] ? g_strchug(words[1]) : "";
    if (!*line)
        return false;
    if (typed_number_is(line)) {
        *command = (struct command){.action = ACTION_FIRST, .count = typed_number_take(app, line)};
        return true;
    }
    g_autoptr(GString) several = g_string_new(NULL);
    enum action action = find_action(app, words[0], several);
    if (g_str_equal(words[0], SET) || g_str_equal(several->str, SET)) {
        set(app, rest);
        return false;
    }
    if (action == ACTION_NONE) {
        if (several->len)
            app_refuse(app,
                       g_str_has_prefix(several->str, words[0])
                           ? _("several actions begin with '%s': %s")
                           : _("'%s' may mean several actions: %s"),
                       words[0], several->str);
        else
            show_unknown_action(app, words[0]);
        return false;
    }
    *command = (struct command){.action = action, .argument = g_strdup(rest)};
    return true;
}

static void
offer(GPtrArray *candidates, const char *head, const char *typed, const char *word,
      const char *tail)
{
    if (g_str_has_prefix(word, typed))
        g_ptr_array_add(candidates, g_strconcat(head, word, tail, NULL));
}

/* The values of a choice, the files there are for a theme or keymap, or the value it has. */
static void
offer_values(const struct app *app, GPtrArray *candidates, const char *key, const char *typed)
{
    const struct context *context = app->session->context;
    enum setting id = settings_find(key);
    if (id == SETTING_COUNT)
        return;
    g_autofree char *head = g_strdup_printf("set %s=", key);
    if (id == SETTING_UI_THEME || id == SETTING_UI_KEYMAP) {
        bool theme = id == SETTING_UI_THEME;
        g_autoptr(GPtrArray)
            names = paths_names(context->config_dir, theme ? "themes" : "keymaps",
                                theme ? "theme" : "keys", settings_table[id].fallback);
        for (guint i = 0; i < names->len; i++)
            offer(candidates, head, typed, g_ptr_array_index(names, i), "");
        return;
    }
    const char *range = settings_table[id].type == SETTING_TYPE_CHOICE ? settings_table[id].range
                        : settings_table[id].type == SETTING_TYPE_BOOL
                            ? "yes no"
                            : settings_text(context->settings, id);
    g_auto(GStrv) words = g_strsplit(range, " ", -1);
    for (char **word = words; *word; word++)
        offer(candidates, head, typed, *word, "");
}

static GPtrArray *
offer_programs(struct app *app, const char *typed)
{
    GPtrArray *names = programs_complete(app, typed);
    for (guint i = 0; i < names->len; i++) {
        char **name = (char **)&names->pdata[i], *line = g_strconcat("run ", *name, NULL);
        g_free(*name);
        *name = line;
    }
    return names;
}

GPtrArray *
command_line_complete(struct app *app, const char *text)
{
    GPtrArray *candidates = g_ptr_array_new_with_free_func(g_free);
    if (g_str_has_prefix(text, "run ")) {
        g_ptr_array_unref(candidates);
        return offer_programs(app, text + strlen("run "));
    }
    const char *setting = g_str_has_prefix(text, "set ") ? text + strlen("set ") : NULL;
    const char *equals = setting ? strchr(setting, '=') : NULL;
    if (equals) {
        g_autofree char *key = g_strndup(setting, (gsize)(equals - setting));
        offer_values(app, candidates, key, equals + 1);
    } else if (setting) {
        for (int i = 0; i < SETTING_COUNT; i++)
            if (is_of_reader(settings_table[i].name))
                offer(candidates, "set ", setting, settings_table[i].name, "=");
    } else {
        for (int i = 0; i < ACTION_COUNT; i++)
            if (actions_table[i].contexts & app_top(app)->ops->context)
                offer(candidates, "", text, actions_table[i].name, "");
        offer(candidates, "", text, SET, " ");
    }
    return candidates;
}
