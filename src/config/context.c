/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading crier.conf and joining it with the global options. */
#include "config.h"

#include "config/context.h"
#include "base/i18n.h"
#include "base/near.h"
#include "base/message.h"
#include "base/paths.h"
#include "config/catalogue.h"
#include "config/faults.h"
#include "config/keyfile.h"
#include "config/programs.h"
#include "config/watches.h"

#include <string.h>

#define NAME "crier.conf"

static void
binding_free(gpointer data)
{
    struct binding *binding = data;
    g_free(binding->context);
    g_free(binding->keys);
    g_free(binding->action);
    g_free(binding->origin);
    g_free(binding);
}

static void
group_free(gpointer data)
{
    struct conf_group *group = data;
    g_free(group->name);
    g_free(group->file);
    g_free(group);
}

struct context *
context_new(void)
{
    struct context *context = g_new0(struct context, 1);
    context->config_dir = paths_config_dir();
    context->system_dirs = paths_system_configs();
    context->store_file = paths_store_file();
    context->settings = settings_new();
    context->bindings = g_ptr_array_new_with_free_func(binding_free);
    context->globals = g_ptr_array_new_with_free_func(g_free);
    context->groups = g_ptr_array_new_with_free_func(group_free);
    context->watches = watch_rules_new();
    context->programs = program_rules_new();
    return context;
}

void
context_free(struct context *context)
{
    g_free(context->config_dir);
    g_strfreev(context->system_dirs);
    g_free(context->store_file);
    settings_free(context->settings);
    g_ptr_array_unref(context->bindings);
    g_ptr_array_unref(context->globals);
    g_ptr_array_unref(context->groups);
    g_ptr_array_unref(context->watches);
    g_ptr_array_unref(context->programs);
    if (context->profiles)
        g_ptr_array_unref(context->profiles);
    g_free(context);
}

void
context_load_profiles(struct context *context)
{
    g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);
    context->profiles = catalogue_profiles(context->config_dir, problems);
    for (guint i = 0; i < problems->len; i++)
        message_error("%s", (const char *)g_ptr_array_index(problems, i));
}

bool
context_set(struct context *context, const char *assignment, GError **error)
{
    const char *equals = strchr(assignment, '=');
    if (!equals) {
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX, _("'%s' is not KEY=VALUE"),
                    assignment);
        return false;
    }
    g_autofree char *name = g_strndup(assignment, equals - assignment);
    return settings_set(context->settings, NULL, name, equals + 1, "--set", error);
}

/*
 * Whether a setting that names a file of the configuration or the installation names one that is
 * there.
 */
static bool
names_file(const struct context *context, enum setting id, const char *kind, const char *suffix,
           GError **error)
{
    const char *name = settings_text(context->settings, id);
    const char *origin = settings_origin(context->settings, id);
    if (g_str_equal(name, settings_table[id].fallback))
        return true;
    g_autofree char *path = paths_find(context->config_dir, kind, name, suffix);
    if (path)
        return true;
    g_autofree char *whole = context_path(context, origin);
    g_autofree char *list =
        paths_names_text(context->config_dir, kind, suffix, settings_table[id].fallback);
    g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX,
                _("%s: %s: there is no '%s'; there are %s"), whole, settings_table[id].name, name,
                list);
    return false;
}

bool
context_check(const struct context *context, GError **error)
{
    return names_file(context, SETTING_UI_THEME, "themes", "theme", error) &&
           names_file(context, SETTING_UI_KEYMAP, "keymaps", "keys", error);
}

char *
context_path(const struct context *context, const char *origin)
{
    return g_str_has_prefix(origin, NAME) ? g_build_filename(context->config_dir, origin, NULL)
                                          : g_strdup(origin);
}

static bool
is_of_keys(const char *group)
{
    return g_str_equal(group, "keys") || g_str_has_prefix(group, "keys ");
}

/* A group whose first word is that of none: which may be meant. */
static bool
refuse_group(const struct keyfile *file, const char *group, GError **error)
{
    static const char *const known[] = {"settings", "keys",  "section", "source",
                                        "host",     "watch", "command"};
    g_autofree char *word = g_strndup(group, strcspn(group, " ")),
                    *wrong = g_strdup_printf(_("%s:%d: unknown group [%s]"), keyfile_name(file),
                                             keyfile_line(file, group, NULL), group);
    struct near best = {0};
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++)
        near_try(&best, word, known[i]);
    g_autofree char *sentence = near_sentence(&best, wrong);
    g_set_error_literal(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX, sentence);
    return false;
}

static void
read_keys(GPtrArray *bindings, const struct keyfile *file, const char *group)
{
    g_auto(GStrv) names = keyfile_keys(file, group);
    for (char **name = names; *name; name++) {
        struct binding *binding = g_new0(struct binding, 1);
        binding->context = g_strdup(group[4] ? group + 5 : "");
        binding->keys = g_strdup(*name);
        binding->action = keyfile_value(file, group, *name);
        binding->origin =
            g_strdup_printf("%s:%d", keyfile_name(file), keyfile_line(file, group, *name));
        g_ptr_array_add(bindings, binding);
    }
}

static bool
is_scope(const char *group)
{
    return g_str_has_prefix(group, "section ") || g_str_has_prefix(group, "source ") ||
           g_str_has_prefix(group, "host ");
}

/* A line of [settings] or of a scope; base: what origins call the file. */
static bool
read_setting(struct context *context, const struct keyfile *file, const char *base,
             const char *group, const char *name, GError **error)
{
    bool global = g_str_equal(group, "settings");
    g_autofree char *value = keyfile_value(file, group, name);
    int line = keyfile_line(file, group, name);
    g_autofree char *origin = g_strdup_printf("%s:%d", base, line);
    enum setting id = settings_find(name);
    g_autoptr(GError) why = NULL;
    if ((global && id != SETTING_COUNT &&
         g_str_equal(settings_origin(context->settings, id), "--set")) ||
        settings_set(context->settings, global ? NULL : group, name, value, origin, &why))
        return true;
    g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX, _("%s:%d: %s"), keyfile_name(file), line,
                why->message);
    return false;
}

static void
read_settings(struct context *context, const struct keyfile *file, const char *base,
              const char *group, GPtrArray *faults)
{
    if (is_scope(group)) {
        struct conf_group *noted = g_new0(struct conf_group, 1);
        *noted =
            (struct conf_group){g_strdup(group), g_strdup(base), keyfile_line(file, group, NULL)};
        g_ptr_array_add(context->groups, noted);
    }
    g_auto(GStrv) names = keyfile_keys(file, group);
    for (char **name = names; *name; name++) {
        g_autoptr(GError) why = NULL;
        read_setting(context, file, base, group, *name, &why);
        faults_take(faults, &why);
    }
}

static void
read_group(struct context *context, const struct keyfile *file, const char *base, const char *group,
           GPtrArray *faults)
{
    g_autoptr(GError) why = NULL;
    if (is_of_keys(group))
        read_keys(context->bindings, file, group);
    else if (watch_is_group(group))
        watch_read(context->watches, file, group, &why);
    else if (program_is_group(group))
        program_read(context->programs, file, group, &why);
    else if (g_str_equal(group, "settings") || is_scope(group))
        read_settings(context, file, base, group, faults);
    else
        refuse_group(file, group, &why);
    faults_take(faults, &why);
}

GPtrArray *
context_load_keys(const char *path, GError **error)
{
    AUTO(keyfile_free) struct keyfile *file = keyfile_load(path, error);
    if (!file)
        return NULL;
    g_autoptr(GPtrArray) bindings = g_ptr_array_new_with_free_func(binding_free);
    g_auto(GStrv) groups = keyfile_groups(file);
    for (char **group = groups; *group; group++) {
        if (!is_of_keys(*group)) {
            refuse_group(file, *group, error);
            return NULL;
        }
        read_keys(bindings, file, *group);
    }
    return g_steal_pointer(&bindings);
}

static void
read_file(struct context *context, const struct keyfile *file, const char *base, GPtrArray *faults)
{
    g_auto(GStrv) groups = keyfile_groups(file);
    for (char **group = groups; *group; group++)
        read_group(context, file, base, *group, faults);
}

/* The file in one folder; own: the user's, which is called by its name alone. */
static void
load_from(struct context *context, const char *folder, bool own, GPtrArray *faults)
{
    g_autofree char *path = g_build_filename(folder, NAME, NULL);
    if (own ? !g_file_test(path, G_FILE_TEST_EXISTS) : !paths_is_for_all(path))
        return;
    AUTO(keyfile_free) struct keyfile *file = keyfile_load_noting(path, faults);
    if (file)
        read_file(context, file, own ? NAME : path, faults);
}

bool
context_load(struct context *context, GError **error)
{
    g_autoptr(GPtrArray) faults = faults_new();
    g_autoptr(GError) why = NULL;
    char **dirs = context->system_dirs;
    for (guint i = g_strv_length(dirs); i > 0; i--)
        if (!g_str_equal(dirs[i - 1], context->config_dir))
            load_from(context, dirs[i - 1], false, faults);
    load_from(context, context->config_dir, true, faults);
    names_file(context, SETTING_UI_THEME, "themes", "theme", &why);
    faults_take(faults, &why);
    names_file(context, SETTING_UI_KEYMAP, "keymaps", "keys", &why);
    faults_take(faults, &why);
    return faults_none(faults, error);
}

bool
context_try(const char *config_dir, const char *name, const char *text, GError **error)
{
    AUTO(context_free) struct context *context = context_new();
    g_free(context->config_dir);
    context->config_dir = g_strdup(config_dir);
    AUTO(keyfile_free) struct keyfile *file = keyfile_parse(name, text, error);
    g_autoptr(GPtrArray) faults = faults_new();
    if (file)
        read_file(context, file, NAME, faults);
    return file && faults_none_in_line(faults, error) && context_check(context, error);
}
