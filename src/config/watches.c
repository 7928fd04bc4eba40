/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading the groups of watches. */
#include "config.h"

#include "config/watches.h"
#include "base/clean.h"
#include "base/i18n.h"
#include "base/near.h"
#include "config/keyfile.h"
#include "config/settings.h"
#include "text/mail.h"

#include <string.h>

#define MAX_NAME 64

void
watch_rule_free(struct watch_rule *rule)
{
    g_free(rule->name);
    g_free(rule->query);
    g_free(rule->exec);
    g_free(rule->mail);
    g_free(rule->empty);
    g_free(rule->file);
    g_free(rule);
}

GPtrArray *
watch_rules_new(void)
{
    return g_ptr_array_new_with_free_func((GDestroyNotify)watch_rule_free);
}

bool
watch_name_is_right(const char *name)
{
    gsize length = strlen(name);
    return length >= 1 && length <= MAX_NAME &&
           strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789._-") == length;
}

const struct watch_rule *
watch_rules_find(const GPtrArray *rules, const char *name)
{
    for (guint i = 0; i < rules->len; i++) {
        const struct watch_rule *rule = g_ptr_array_index(rules, i);
        if (g_str_equal(rule->name, name))
            return rule;
    }
    return NULL;
}

bool
watch_is_group(const char *group)
{
    return g_str_has_prefix(group, WATCH_GROUP);
}

char **
watch_argv(const char *command, GError **error)
{
    char **words;
    g_autoptr(GError) why = NULL;
    if (!*command) {
        g_set_error_literal(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX, _("a program is missing"));
        return NULL;
    }
    if (!g_shell_parse_argv(command, NULL, &words, &why)) {
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX, _("'%s' is no command line: %s"),
                    command, why->message);
        return NULL;
    }
    const char *home = g_str_has_prefix(words[0], "~/") ? g_get_home_dir() : NULL;
    char *whole = !strchr(words[0], '/') ? g_strdup(words[0])
                  : home                 ? g_build_filename(home, words[0] + 2, NULL)
                                         : g_canonicalize_filename(words[0], NULL);
    g_free(words[0]);
    words[0] = whole;
    return words;
}

/* --- reading -------------------------------------------------------------------------------- */

static bool
check_command(const char *command, GError **error)
{
    g_auto(GStrv) words = watch_argv(command, error);
    return words != NULL;
}

static bool
check_mail(const char *text, GError **error)
{
    g_autofree char *address = mail_address(text), *clean = text_squeeze(text, -1);
    if (!address)
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX, _("'%s' is not a mail address"),
                    clean);
    return address != NULL;
}

bool
watch_runs_empty(const struct watch_rule *rule)
{
    return rule->exec && !g_strcmp0(rule->empty, "yes");
}

bool
watch_is_whole(const struct watch_rule *rule, GError **error)
{
    if (!watch_name_is_right(rule->name))
        g_set_error(
            error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX,
            _("'%s' is not a name of a to z, 0 to 9, '.', '_' and '-', of 64 characters at most"),
            rule->name);
    else if (text_is_blank(rule->query))
        g_set_error_literal(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX,
                            _("a query is needed; everything is 'all'"));
    else if (rule->empty && !g_str_equal(rule->empty, "yes") && !g_str_equal(rule->empty, "no"))
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX, _("empty is yes or no, not '%s'"),
                    rule->empty);
    else
        return (!rule->exec || check_command(rule->exec, error)) &&
               (!rule->mail || check_mail(rule->mail, error));
    return false;
}

/* The member that a key sets; NULL for an unknown one. */
static char **
member_of(struct watch_rule *rule, const char *key)
{
    return g_str_equal(key, "query")   ? &rule->query
           : g_str_equal(key, "exec")  ? &rule->exec
           : g_str_equal(key, "mail")  ? &rule->mail
           : g_str_equal(key, "empty") ? &rule->empty
                                       : NULL;
}

bool
watch_read(GPtrArray *rules, const struct keyfile *file, const char *group, GError **error)
{
    AUTO(watch_rule_free) struct watch_rule *rule = g_new0(struct watch_rule, 1);
    rule->name = g_strdup(group + strlen(WATCH_GROUP));
    rule->file = g_strdup(keyfile_name(file));
    rule->line = keyfile_line(file, group, NULL);
    g_auto(GStrv) keys = keyfile_keys(file, group);
    for (char **key = keys; *key; key++) {
        char **member = member_of(rule, *key);
        if (!member) {
            static const char *const known[] = {"query", "exec", "mail", "empty"};
            g_autofree char *wrong =
                g_strdup_printf(_("%s:%d: a watch has no '%s', but query, exec, mail and empty"),
                                keyfile_name(file), keyfile_line(file, group, *key), *key);
            struct near best = {0};
            for (size_t i = 0; i < G_N_ELEMENTS(known); i++)
                near_try(&best, *key, known[i]);
            g_autofree char *sentence = near_sentence(&best, wrong);
            g_set_error_literal(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX, sentence);
            return false;
        }
        *member = keyfile_value(file, group, *key);
    }
    g_autoptr(GError) why = NULL;
    if (!watch_is_whole(rule, &why)) {
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX, _("%s:%d: %s"), keyfile_name(file),
                    rule->line, why->message);
        return false;
    }
    for (guint i = 0; i < rules->len; i++) /* what is read later has the say */
        if (g_str_equal(((const struct watch_rule *)g_ptr_array_index(rules, i))->name, rule->name))
            g_ptr_array_remove_index(rules, i--);
    g_ptr_array_add(rules, g_steal_pointer(&rule));
    return true;
}
