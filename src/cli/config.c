/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `crier config` and `crier keys`: what is in effect and where it comes from. */
#include "config.h"

#include "base/i18n.h"
#include "base/message.h"
#include "base/status.h"
#include "cli/cli.h"
#include "reader/keymap.h"

#include <string.h>

static void
print_setting(const struct settings *settings, enum setting id)
{
    print_textf(stdout, "%s=%s\t# %s\n", settings_table[id].name, settings_text(settings, id),
                settings_origin(settings, id));
}

static bool
has_tag(const struct urls *urls, const char *tag)
{
    for (guint i = 0; i < urls->subscriptions->len; i++)
        if (g_strv_contains((const char *const *)((const struct subscription *)g_ptr_array_index(
                                                      urls->subscriptions, i))
                                ->tags,
                            tag))
            return true;
    return false;
}

/* Groups that nothing falls under are most likely misspelt. */
static void
warn_of_groups(const struct context *context)
{
    AUTO(urls_free) struct urls *urls = context->groups->len ? urls_load(context->config_dir, NULL)
                                                             : NULL;
    for (guint i = 0; urls && i < context->groups->len; i++) {
        const struct conf_group *group = g_ptr_array_index(context->groups, i);
        const char *name = strchr(group->name, ' ') + 1;
        if (g_str_has_prefix(group->name, "source ") ? !urls_find(urls, name)
                                                     : !has_tag(urls, name))
            message_warning(_("crier.conf: line %d: [%s] is of nothing that is subscribed to"),
                            group->line, group->name);
    }
}

int
cli_config(struct context *context, int argc, char **argv)
{
    int status;
    if (!command_parse(context, COMMAND_CONFIG, NULL, &argc, &argv, &status))
        return status;
    cli_fence(context, ENCLOSE_CONFIG);
    g_autoptr(GError) error = NULL;
    if (!context_load(context, &error))
        return cli_fail(error);
    warn_of_groups(context);
    if (argc > 2) {
        message_error(_("'%s' takes one setting"), "config");
        return STATUS_USAGE;
    }
    if (argc == 2) {
        enum setting id = settings_find(argv[1]);
        if (id == SETTING_COUNT) {
            message_error(_("unknown setting '%s'"), argv[1]);
            return STATUS_USAGE;
        }
        print_setting(context->settings, id);
        return STATUS_OK;
    }
    for (int i = 0; i < SETTING_COUNT; i++)
        print_setting(context->settings, (enum setting)i);
    return STATUS_OK;
}

int
cli_keys(struct context *context, int argc, char **argv)
{
    int status;
    if (!command_parse(context, COMMAND_KEYS, NULL, &argc, &argv, &status))
        return status;
    cli_fence(context, ENCLOSE_CONFIG);
    if (!cli_takes_nothing("keys", argc))
        return STATUS_USAGE;
    g_autoptr(GError) error = NULL;
    AUTO(keymap_free) struct keymap *keymap =
        context_load(context, &error) ? keymap_new(context, &error) : NULL;
    if (!keymap)
        return cli_fail(error);
    for (int i = 0; i < ACTION_COUNT; i++) {
        for (guint bit = 1; bit < CONTEXT_ALL; bit <<= 1) {
            if (!(actions_table[i].contexts & bit))
                continue;
            g_autofree char *keys = keymap_keys(keymap, (enum action_context)bit, (enum action)i);
            print_rawf("%s\t%s\t%s\n", context_name((enum action_context)bit),
                       actions_table[i].name, keys);
        }
    }
    return STATUS_OK;
}
