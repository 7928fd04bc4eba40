/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing the groups of watches. */
#include "config.h"

#include "base/i18n.h"
#include "config/conf-edit.h"
#include "config/settings.h"
#include "config/watches.h"

bool
watch_add(const char *config_dir, const struct watch_rule *rule, GError **error)
{
    if (!watch_is_whole(rule, error))
        return false;
    g_autofree char *group = g_strconcat(WATCH_GROUP, rule->name, NULL);
    struct conf_change all[] = {
        {(char *)"query", rule->query}, {(char *)"exec", rule->exec}, {(char *)"mail", rule->mail}};
    struct conf_change stated[G_N_ELEMENTS(all)];
    guint count = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(all); i++)
        if (all[i].value)
            stated[count++] = all[i];
    g_autoptr(GError) why = NULL;
    if (conf_add_group(config_dir, group, stated, count, &why))
        return true;
    if (g_error_matches(why, CONFIG_ERROR, CONFIG_ERROR_EXISTS))
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_EXISTS, _("there is a watch '%s' already"),
                    rule->name);
    else
        g_propagate_error(error, g_steal_pointer(&why));
    return false;
}

bool
watch_remove(const char *config_dir, const char *name, GError **error)
{
    g_autofree char *group = g_strconcat(WATCH_GROUP, name, NULL);
    g_autoptr(GError) why = NULL;
    if (conf_remove_group(config_dir, group, &why))
        return true;
    if (g_error_matches(why, CONFIG_ERROR, CONFIG_ERROR_UNKNOWN))
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_UNKNOWN, _("there is no watch '%s'"), name);
    else
        g_propagate_error(error, g_steal_pointer(&why));
    return false;
}
