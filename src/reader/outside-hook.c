/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Running the programs of watches. */
#include "config.h"

#include "reader/outside-hook.h"
#include "base/i18n.h"
#include "base/number.h"
#include "base/status.h"
#include "reader/hook.h"
#include "reader/outside-answer.h"

#define MAX_TOLD (64u << 20)

/* Where sendmail lies without being in everybody's PATH. */
static const char *const system_folders[] = {"/usr/sbin", "/usr/lib", "/sbin", NULL};

struct problem *
outside_hook_run(const struct context *context, const struct watch_rule *rule,
                 enum outside_hook kind, gint64 hits, const void *bytes, gsize length)
{
    const struct setting_values *values = &context->settings->values;
    const char *command = kind == OUTSIDE_MAIL ? values->mail_sendmail : rule->exec;
    g_autoptr(GError) why = NULL;
    g_auto(GStrv) argv = watch_argv(command, &why);
    if (!argv)
        return problem_new(PROBLEM_HOOK_START, command, PROBLEM_NO_NUMBER, why->message);
    const struct hook hook = {.argv = argv,
                              .folders = kind == OUTSIDE_MAIL ? system_folders : NULL,
                              .name = rule->name,
                              .count = hits,
                              .seconds = values->watch_timeout};
    return hook_run(&hook, bytes, length);
}

/* The watch of the configuration that has such a program. */
static const struct watch_rule *
find_rule(struct context *context, const char *name, gint64 kind, GError **error)
{
    if (!context_load(context, error))
        return NULL;
    const struct watch_rule *rule = watch_rules_find(context->watches, name);
    if (rule && (kind == OUTSIDE_MAIL ? rule->mail : rule->exec))
        return rule;
    g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_UNKNOWN, _("there is no watch '%s'"), name);
    return NULL;
}

int
outside_be_hook(const GPtrArray *arguments, const int *fds, guint count, gpointer data)
{
    gint64 kind, hits;
    if (count != 2 || arguments->len != 3 ||
        !number_parse(g_ptr_array_index(arguments, 1), OUTSIDE_EXEC, OUTSIDE_MAIL, &kind) ||
        !number_parse(g_ptr_array_index(arguments, 2), 0, G_MAXINT, &hits))
        return STATUS_INTERNAL;
    g_autoptr(GError) error = NULL;
    const struct watch_rule *rule = find_rule(data, g_ptr_array_index(arguments, 0), kind, &error);
    if (!rule)
        return outside_answer(fds[1], error, NULL);
    g_autoptr(GByteArray) bytes = outside_read(fds[0], MAX_TOLD);
    AUTO(problem_free) struct problem *problem =
        outside_hook_run(data, rule, (enum outside_hook)kind, hits, bytes->data, bytes->len);
    g_autofree char *text = problem ? problem_format(problem) : NULL;
    return outside_answer(fds[1], NULL, text);
}
