/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading the groups of programs, and their command lines. */
#include "config.h"

#include "config/programs.h"
#include "base/i18n.h"
#include "base/near.h"
#include "config/keyfile.h"
#include "config/settings.h"
#include "config/watches.h"

#include <string.h>

#define GROUP "command "
#define URL   "%u"

const char *const program_fields[PROGRAM_FIELDS] = {
    [PROGRAM_FIELD_TITLE] = "CRIER_TITLE",       [PROGRAM_FIELD_URL] = "CRIER_URL",
    [PROGRAM_FIELD_LINK] = "CRIER_LINK",         [PROGRAM_FIELD_SOURCE] = "CRIER_SOURCE",
    [PROGRAM_FIELD_DATE] = "CRIER_DATE",         [PROGRAM_FIELD_AUTHOR] = "CRIER_AUTHOR",
    [PROGRAM_FIELD_LANGUAGE] = "CRIER_LANGUAGE", [PROGRAM_FIELD_NUMBER] = "CRIER_NUMBER"};

static const char *const inputs[] = {[PROGRAM_NOTHING] = "none",
                                     [PROGRAM_TEXT] = "text",
                                     [PROGRAM_MARKDOWN] = "markdown",
                                     [PROGRAM_HTML] = "html",
                                     [PROGRAM_LINK] = "link"};

static void
rule_free(gpointer data)
{
    struct program_rule *rule = data;
    g_free(rule->name);
    g_free(rule->exec);
    g_free(rule);
}

GPtrArray *
program_rules_new(void)
{
    return g_ptr_array_new_with_free_func(rule_free);
}

const struct program_rule *
program_rules_find(const GPtrArray *rules, const char *name)
{
    for (guint i = 0; i < rules->len; i++) {
        const struct program_rule *rule = g_ptr_array_index(rules, i);
        if (g_str_equal(rule->name, name))
            return rule;
    }
    return NULL;
}

bool
program_is_group(const char *group)
{
    return g_str_has_prefix(group, GROUP);
}

char **
program_words(const char *command, const char *url, GError **error)
{
    char **words = watch_argv(command, error);
    for (char **word = words; word && *word; word++) {
        if (g_str_equal(*word, URL)) {
            g_free(*word);
            *word = g_strdup(url);
        } else if (strstr(*word, URL)) {
            g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX,
                        _("'%s': %%u is a word of its own; a shell has $CRIER_URL"), command);
            g_strfreev(words);
            return NULL;
        }
    }
    return words;
}

/* --- reading -------------------------------------------------------------------------------- */

static bool
read_input(struct program_rule *rule, const char *value, GError **error)
{
    for (size_t i = 0; i < G_N_ELEMENTS(inputs); i++) {
        if (g_str_equal(value, inputs[i])) {
            rule->input = (enum program_input)i;
            return true;
        }
    }
    g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX,
                _("input is none, text, markdown, html or link, not '%s'"), value);
    return false;
}

static void
refuse_key(const char *key, GError **error)
{
    static const char *const known[] = {"exec", "input", "terminal"};
    g_autofree char *wrong =
        g_strdup_printf(_("a command has no '%s', but exec, input and terminal"), key);
    struct near best = {0};
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++)
        near_try(&best, key, known[i]);
    g_autofree char *sentence = near_sentence(&best, wrong);
    g_set_error_literal(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX, sentence);
}

static bool
read_key(struct program_rule *rule, const char *key, const char *value, GError **error)
{
    if (g_str_equal(key, "input"))
        return read_input(rule, value, error);
    if (g_str_equal(key, "exec")) {
        g_free(rule->exec);
        rule->exec = g_strdup(value);
        g_auto(GStrv) words = program_words(value, "", error);
        return words != NULL;
    }
    bool yes = g_str_equal(value, "yes");
    if (!g_str_equal(key, "terminal"))
        refuse_key(key, error);
    else if (!yes && !g_str_equal(value, "no"))
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX, _("terminal is yes or no, not '%s'"),
                    value);
    else {
        rule->terminal = yes;
        return true;
    }
    return false;
}

static bool
fail(const struct keyfile *file, int line, const char *why, GError **error)
{
    g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX, _("%s:%d: %s"), keyfile_name(file), line,
                why);
    return false;
}

bool
program_read(GPtrArray *rules, const struct keyfile *file, const char *group, GError **error)
{
    struct program_rule *rule = g_new0(struct program_rule, 1);
    g_autoptr(GPtrArray) holder = program_rules_new(); /* frees it on all ways out but one */
    g_ptr_array_add(holder, rule);
    rule->name = g_strdup(group + strlen(GROUP));
    rule->line = keyfile_line(file, group, NULL);
    if (!watch_name_is_right(rule->name))
        return fail(file, rule->line,
                    _("a command's name is of a to z, 0 to 9, '.', '_' and '-', of 64 at most"),
                    error);
    g_auto(GStrv) keys = keyfile_keys(file, group);
    for (char **key = keys; *key; key++) {
        g_autofree char *value = keyfile_value(file, group, *key);
        g_autoptr(GError) why = NULL;
        if (!read_key(rule, *key, value, &why))
            return fail(file, keyfile_line(file, group, *key), why->message, error);
    }
    if (!rule->exec)
        return fail(file, rule->line, _("a command needs a line exec="), error);
    for (guint i = 0; i < rules->len; i++) /* what is read later has the say */
        if (g_str_equal(((const struct program_rule *)g_ptr_array_index(rules, i))->name,
                        rule->name))
            g_ptr_array_remove_index(rules, i--);
    g_ptr_array_add(rules, g_ptr_array_steal_index(holder, 0));
    return true;
}
