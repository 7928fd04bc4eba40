/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `crier config` and `crier keys`: what is in effect and where it comes from, setting it, and what
 * is wrong with it.
 */
#include "config.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/message.h"
#include "base/status.h"
#include "base/url.h"
#include "cli/cli.h"
#include "config/conf-edit.h"
#include "config/converters.h"
#include "config/credentials.h"
#include "config/watches.h"
#include "reader/keymap.h"
#include "store/query.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define PATIENCE 5000 /* ms, for a store that another program writes */

/* Whether a group is about a subscription. */
static bool
is_about(const char *group, const struct subscription *sub)
{
    const char *name = strchr(group, ' ') + 1;
    if (g_str_has_prefix(group, "source "))
        return g_str_equal(sub->url, name);
    if (g_str_has_prefix(group, "section "))
        return g_strv_contains((const char *const *)sub->tags, name);
    g_autofree char *host = settings_host(name);
    return host && settings_host_is_of(host, subscription_address(sub));
}

/* Groups that nothing falls under are most likely misspelt; how many there are. */
static guint
warn_of_groups(const struct context *context, const struct urls *urls)
{
    guint count = 0;
    for (guint i = 0; i < context->groups->len; i++) {
        const struct conf_group *group = g_ptr_array_index(context->groups, i);
        bool any = false;
        for (guint j = 0; !any && j < urls->subscriptions->len; j++)
            any = is_about(group->name, g_ptr_array_index(urls->subscriptions, j));
        if (any)
            continue;
        g_autofree char *shown = url_public(group->name);
        g_autofree char *file = context_path(context, group->file);
        message_warning(_("%s:%d: [%s] is of nothing that is subscribed to"), file, group->line,
                        shown);
        count++;
    }
    return count;
}

/* --- showing ------------------------------------------------------------------------------ */

/* Whom the settings are of that are asked for or set. */
struct target {
    GPtrArray *sources; /* owned struct source *, or NULL: all */
    struct urls *urls;  /* of which they are */
    char *tag, *host;   /* or NULL */
};

static void
target_clear(struct target *target)
{
    if (target->sources)
        g_ptr_array_unref(target->sources);
    if (target->urls)
        urls_free(target->urls);
    g_free(target->tag);
    g_free(target->host);
}
DEFINE_AUTO_CLEAR(target, target_clear)

static void
print_setting(const struct settings *settings, enum setting id,
              const struct settings_subject *subject)
{
    const char *origin;
    const char *text = settings_text_for(settings, id, subject, &origin);
    g_autofree char *shown = url_public(text); /* a proxy may have a login */
    print_textf(stdout, "%s=%s\t# %s\n", settings_table[id].name, shown, origin);
}

/* The header that is named, or all; what they say is between the user and the server. */
static void
print_headers(const struct settings *settings, const char *only,
              const struct settings_subject *subject)
{
    g_autoptr(GPtrArray) headers = settings_headers_for(settings, subject);
    for (guint i = 0; i < headers->len; i++) {
        const struct header_setting *header = g_ptr_array_index(headers, i);
        if (!only || !g_ascii_strcasecmp(only + strlen(SETTING_HEADER), header->name))
            print_textf(stdout, SETTING_HEADER "%s=%s\t# %s\n", header->name,
                        *header->value ? "***" : "", header->origin);
    }
}

/* The setting, or all when it is NULL. */
static void
print_settings(const struct settings *settings, const char *only,
               const struct settings_subject *subject)
{
    enum setting id = only ? settings_find(only) : SETTING_COUNT;
    for (int i = 0; i < SETTING_COUNT; i++)
        if (!only || id == (enum setting)i)
            print_setting(settings, (enum setting)i, subject);
    if (!only || id == SETTING_COUNT)
        print_headers(settings, only, subject);
}

static int
show(const struct context *context, const struct target *target, const char *name)
{
    if (name && !settings_is_name(name)) {
        g_autofree char *unknown = settings_unknown(name);
        message_error("%s", unknown);
        return STATUS_USAGE;
    }
    for (guint i = 0; target->sources && i < target->sources->len; i++) {
        const struct source *source = g_ptr_array_index(target->sources, i);
        const struct subscription *sub = urls_find(target->urls, source->url);
        const struct settings_subject subject = {source->url, source->tags,
                                                 sub ? subscription_address(sub) : NULL};
        if (target->sources->len > 1)
            print_textf(stdout, "# %s\n", source->public_url);
        print_settings(context->settings, name, &subject);
    }
    g_autofree char *address = target->host ? g_strdup_printf("http://%s/", target->host) : NULL;
    const struct settings_subject subject = {.tags = (char *[]){target->tag, NULL},
                                             .address = address};
    if (!target->sources)
        print_settings(context->settings, name, &subject);
    return STATUS_OK;
}

/* --- setting ------------------------------------------------------------------------------ */

static void
free_change(gpointer data)
{
    struct conf_change *change = data;
    g_free(change->key);
    g_free(change->value);
}

/* The groups of crier.conf that are about the target, owned. */
static char **
groups_of(const struct target *target)
{
    g_autoptr(GPtrArray) groups = g_ptr_array_new();
    for (guint i = 0; target->sources && i < target->sources->len; i++)
        g_ptr_array_add(
            groups,
            g_strconcat("source ",
                        ((const struct source *)g_ptr_array_index(target->sources, i))->url, NULL));
    if (target->tag)
        g_ptr_array_add(groups, g_strconcat("section ", target->tag, NULL));
    if (target->host)
        g_ptr_array_add(groups, g_strconcat("host ", target->host, NULL));
    if (!groups->len)
        g_ptr_array_add(groups, g_strdup("settings"));
    g_ptr_array_add(groups, NULL);
    return (char **)g_ptr_array_free(g_steal_pointer(&groups), FALSE);
}

static int
change(const struct context *context, const struct target *target, char *const *unset, int argc,
       char **argv)
{
    g_autoptr(GArray) changes = g_array_new(FALSE, TRUE, sizeof(struct conf_change));
    g_array_set_clear_func(changes, free_change);
    for (char *const *key = unset; key && *key; key++) {
        struct conf_change gone = {.key = message_decode_argument(*key)};
        g_array_append_val(changes, gone);
    }
    for (int i = 1; i < argc; i++) {
        g_autofree char *text = message_decode_argument(argv[i]);
        char *equals = strchr(text, '=');
        if (!equals) {
            message_error(_("'%s' is not KEY=VALUE"), text);
            return STATUS_USAGE;
        }
        struct conf_change set = {g_strchomp(g_strndup(text, (gsize)(equals - text))),
                                  g_strdup(equals + 1)};
        g_array_append_val(changes, set);
        if (!settings_is_name(set.key)) {
            g_autofree char *unknown = settings_unknown(set.key);
            message_error("%s", unknown);
            return STATUS_USAGE;
        }
    }
    g_auto(GStrv) groups = groups_of(target);
    g_autoptr(GError) error = NULL;
    bool fine = conf_edit(context->config_dir, groups,
                          &g_array_index(changes, struct conf_change, 0), changes->len, &error);
    return fine ? STATUS_OK : cli_fail(error);
}

/* --- checking ----------------------------------------------------------------------------- */

/* Says what is wrong, if anything is, and forgets it. */
static guint
tell(GError **error)
{
    if (!*error)
        return 0;
    message_error("%s", (*error)->message);
    g_clear_error(error);
    return 1;
}

/* Files that settings name and that are not there; how many. */
static guint
check_files(const struct context *context)
{
    static const enum setting names[] = {SETTING_FETCH_CA_FILE, SETTING_FETCH_CLIENT_CERT,
                                         SETTING_FETCH_CLIENT_KEY, SETTING_FETCH_COOKIES};
    guint count = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autoptr(GPtrArray) values = settings_values_of(context->settings, names[i]);
        for (guint j = 0; j < values->len; j++) {
            const struct setting_value *value = g_ptr_array_index(values, j);
            bool file = names[i] != SETTING_FETCH_COOKIES || setting_is_cookie_file(value->text);
            g_autofree char *path = file ? setting_path(context->config_dir, value->text) : NULL;
            if (!path || access(path, R_OK) == 0)
                continue;
            g_autofree char *origin = context_path(context, value->origin);
            message_error(_("%s: %s: '%s' cannot be read: %s"), origin,
                          settings_table[names[i]].name, path, g_strerror(errno));
            count++;
        }
    }
    return count;
}

/* Lines that hide what nobody has subscribed to; how many. */
static guint
check_hidden(const struct urls *urls)
{
    guint count = 0;
    GHashTableIter iter;
    gpointer name, hidden;
    g_hash_table_iter_init(&iter, urls->hidden);
    while (g_hash_table_iter_next(&iter, &name, &hidden)) {
        const struct urls_hidden *line = hidden;
        if (line->used)
            continue;
        g_autofree char *shown = url_public(name);
        message_error(_("%s:%d: '-%s' hides nothing: no file of the system subscribes to it"),
                      urls->file, line->line, shown);
        count++;
    }
    return count;
}

/* Watches whose queries cannot be asked; how many there are. */
static guint
check_watches(const struct context *context)
{
    guint count = 0;
    for (guint i = 0; i < context->watches->len; i++) {
        const struct watch_rule *rule = g_ptr_array_index(context->watches, i);
        g_autoptr(GError) error = NULL;
        AUTO(query_free) struct query *query = query_parse(rule->query, clock_now(), &error);
        if (query)
            continue;
        message_error(_("%s:%d: [watch %s]: %s"), rule->file, rule->line, rule->name,
                      error->message);
        count++;
    }
    return count;
}

/* Keys of crier.conf that take others away; how many. */
static guint
warn_of_keys(const struct keymap *keymap)
{
    const GPtrArray *warnings = keymap_warnings(keymap);
    for (guint i = 0; i < warnings->len; i++)
        message_warning("%s", (const char *)g_ptr_array_index(warnings, i));
    return warnings->len;
}

/* Everything that can be known to be wrong without a network. */
static int
check(struct context *context)
{
    g_autoptr(GError) error = NULL;
    if (!context_load(context, &error)) /* the keymap that may not be there was told of then */
        settings_set(context->settings, NULL, settings_table[SETTING_UI_KEYMAP].name,
                     settings_table[SETTING_UI_KEYMAP].fallback, "", NULL);
    guint faults = tell(&error) + check_watches(context);
    AUTO(urls_free) struct urls *urls = urls_load(context->config_dir, &error);
    faults += tell(&error);
    if (urls) {
        query_check_saved(urls, clock_now());
        for (guint i = 0; i < urls->problems->len; i++)
            message_error(
                "%s", ((const struct urls_problem *)g_ptr_array_index(urls->problems, i))->text);
        faults += urls->problems->len + warn_of_groups(context, urls);
        faults += check_hidden(urls);
    }
    AUTO(keymap_free) struct keymap *keymap = keymap_new(context, &error);
    if (keymap)
        faults += warn_of_keys(keymap);
    faults += tell(&error);
    struct converters *converters = converters_load(context->config_dir, &error);
    if (converters)
        converters_free(converters);
    faults += tell(&error) + check_files(context);
    struct credentials *credentials = credentials_load(context->config_dir, &error);
    if (credentials)
        credentials_free(credentials);
    faults += tell(&error);
    return faults ? STATUS_SOME : STATUS_OK;
}

/* --- the command -------------------------------------------------------------------------- */

/* Whether what was asked for goes together; reports it otherwise. */
static bool
is_possible(const struct options_config *options, int argc, char **argv)
{
    bool sets = options->unset || (argc > 1 && strchr(argv[1], '='));
    int targets = !!options->source + !!options->tag + !!options->host;
    if (targets > 1)
        message_error(_("'%s' and '%s' exclude each other"), options->source ? "--source" : "--tag",
                      options->host ? "--host" : "--tag");
    else if (options->check && (sets || targets))
        message_error(_("'%s' checks all there is"), "--check");
    else if (!sets && argc > 2)
        message_error(_("'%s' takes one setting"), "config");
    else if (options->check && argc > 1)
        cli_takes_nothing("config --check", argc);
    else
        return true;
    return false;
}

/* A source that is named by its number or title is one that the store has. */
static bool
find_target(struct context *context, const struct options_config *options, struct target *target,
            int *status)
{
    g_autoptr(GError) error = NULL;
    target->tag = options->tag ? message_decode_argument(options->tag) : NULL;
    g_autofree char *host = options->host ? message_decode_argument(options->host) : NULL;
    target->host = host ? settings_host(host) : NULL;
    if (host && !target->host) {
        message_error(_("'%s' is no host as town.example or *.town.example"), host);
        *status = STATUS_USAGE;
        return false;
    }
    if (!options->source)
        return true;
    AUTO(session_close) struct session *session = session_open(context, false, PATIENCE, &error);
    g_autofree char *name = message_decode_argument(options->source);
    if (session && !session->store)
        g_set_error(&error, CONFIG_ERROR, CONFIG_ERROR_UNKNOWN, _("there is no source '%s'"), name);
    else if (session)
        target->sources = sources_named(session->store, (char *[]){name, NULL}, &error);
    if (!target->sources) {
        *status = cli_fail(error);
        return false;
    }
    target->urls = g_steal_pointer(&session->urls);
    return true;
}

int
cli_config(struct context *context, int argc, char **argv)
{
    AUTO(options_config_clear) struct options_config options = {0};
    AUTO(target_clear) struct target target = {0};
    int status;
    if (!command_parse(context, COMMAND_CONFIG, &options, &argc, &argv, &status))
        return status;
    if (!is_possible(&options, argc, argv))
        return STATUS_USAGE;
    bool sets = options.unset || (argc > 1 && strchr(argv[1], '='));
    cli_fence(context,
              (sets ? ENCLOSE_CHANGE : ENCLOSE_CONFIG) | (options.source ? ENCLOSE_STORE : 0));
    if (options.check)
        return check(context);
    if (!find_target(context, &options, &target, &status))
        return status;
    if (sets)
        return change(context, &target, options.unset, argc, argv);
    g_autoptr(GError) error = NULL;
    if (!options.source && !context_load(context, &error))
        return cli_fail(error);
    AUTO(urls_free) struct urls *urls = context->groups->len ? urls_load(context->config_dir, NULL)
                                                             : NULL;
    if (urls)
        warn_of_groups(context, urls);
    return show(context, &target, argc == 2 ? argv[1] : NULL);
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
    warn_of_keys(keymap);
    for (int i = 0; i < ACTION_COUNT; i++) {
        for (guint bit = 1; bit < CONTEXT_KEYED; bit <<= 1) {
            if (!(actions_table[i].contexts & bit))
                continue;
            g_autofree char *keys = keymap_keys(keymap, (enum action_context)bit, (enum action)i);
            print_rawf("%s\t%s\t%s\n", context_name((enum action_context)bit),
                       actions_table[i].name, keys);
        }
    }
    for (guint bit = 1; bit < CONTEXT_KEYED; bit <<= 1) {
        g_autoptr(GPtrArray) macros = keymap_macros(keymap, (enum action_context)bit);
        for (guint i = 0; i < macros->len; i++) {
            const struct continuation *way = g_ptr_array_index(macros, i);
            print_rawf("%s\t%s\t%s\n", context_name((enum action_context)bit),
                       keymap_word(keymap, way->action), way->key);
        }
    }
    return STATUS_OK;
}
