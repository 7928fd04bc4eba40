/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of settings at work: checking, storing and looking up values by scope. */
#include "config.h"

#include "config/settings.h"
#include "base/i18n.h"
#include "text/charset.h"
#include "text/date.h"

#include <string.h>

const struct setting_info settings_table[SETTING_COUNT] = {
#define SETTING(id, name, type, fallback, range, unit, scope, help)                                \
    [SETTING_##id] = {name, SETTING_TYPE_##type, fallback, range, unit, SETTING_SCOPE_##scope, help},
#include "config/settings.def"
#undef SETTING
};

struct value {
    char *text;
    char *origin;
};

struct settings {
    GHashTable *values; /* owned: "group\nname" -> struct value */
};

G_DEFINE_QUARK(crier-config-error, config_error)

static void
value_free(gpointer data)
{
    struct value *value = data;
    g_free(value->text);
    g_free(value->origin);
    g_free(value);
}

struct settings *
settings_new(void)
{
    struct settings *settings = g_new0(struct settings, 1);
    settings->values = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, value_free);
    return settings;
}

void
settings_free(struct settings *settings)
{
    g_hash_table_unref(settings->values);
    g_free(settings);
}

enum setting
settings_find(const char *name)
{
    for (int i = 0; i < SETTING_COUNT; i++)
        if (g_str_equal(settings_table[i].name, name))
            return (enum setting)i;
    return SETTING_COUNT;
}

static bool
is_true(const char *text)
{
    return !g_ascii_strcasecmp(text, "yes") || !g_ascii_strcasecmp(text, "true") ||
           !g_ascii_strcasecmp(text, "on") || g_str_equal(text, "1");
}

static bool
is_false(const char *text)
{
    return !g_ascii_strcasecmp(text, "no") || !g_ascii_strcasecmp(text, "false") ||
           !g_ascii_strcasecmp(text, "off") || g_str_equal(text, "0");
}

static bool
check(enum setting id, const char *value, GError **error)
{
    const struct setting_info *info = &settings_table[id];
    switch (info->type) {
    case SETTING_TYPE_INT: {
        gint64 min = 0, max = G_MAXINT;
        const char *space = strchr(info->range, ' ');
        if (space) {
            min = g_ascii_strtoll(info->range, NULL, 10);
            max = g_ascii_strtoll(space, NULL, 10);
        }
        gint64 number;
        if (g_ascii_string_to_signed(value, 10, min, max, &number, NULL))
            return true;
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX,
                    _("'%s' is not a number from %d to %d, as '%s' needs"), value, (int)min, (int)max,
                    info->name);
        return false;
    }
    case SETTING_TYPE_BOOL:
        if (is_true(value) || is_false(value))
            return true;
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX, _("'%s' is neither yes nor no, as '%s' needs"),
                    value, info->name);
        return false;
    case SETTING_TYPE_CHOICE: {
        g_auto(GStrv) words = g_strsplit(info->range, " ", -1);
        if (g_strv_contains((const char *const *)words, value))
            return true;
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX, _("'%s' is not one of '%s', as '%s' needs"), value,
                    info->range, info->name);
        return false;
    }
    case SETTING_TYPE_STRING: {
        int minutes;
        if (id == SETTING_FETCH_CHARSET && *value && !charset_for_label(value)) {
            g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX, _("unknown charset '%s'"), value);
            return false;
        }
        if (id == SETTING_FETCH_TIMEZONE && *value && !date_parse_offset(value, &minutes)) {
            g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX, _("'%s' is not an offset as +08:00"), value);
            return false;
        }
        return true;
    }
    }
    return false;
}

bool
settings_set(struct settings *settings, const char *group, const char *name, const char *value,
             const char *origin, GError **error)
{
    enum setting id = settings_find(name);
    if (id == SETTING_COUNT) {
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_UNKNOWN, _("unknown setting '%s'"), name);
        return false;
    }
    if (group && settings_table[id].scope != SETTING_SCOPE_SOURCE) {
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX, _("'%s' cannot be set for one source"), name);
        return false;
    }
    if (!check(id, value, error))
        return false;
    struct value *stored = g_new(struct value, 1);
    stored->text = g_strdup(value);
    stored->origin = g_strdup(origin);
    g_hash_table_insert(settings->values, g_strconcat(group ? group : "", "\n", name, NULL), stored);
    return true;
}

static const struct value *
lookup(const struct settings *settings, const char *kind, const char *scope, enum setting id)
{
    g_autofree char *key = g_strconcat(kind, scope, "\n", settings_table[id].name, NULL);
    return g_hash_table_lookup(settings->values, key);
}

const char *
settings_string(const struct settings *settings, enum setting id, const char *source, char *const *tags)
{
    const struct value *value = NULL;
    if (source)
        value = lookup(settings, "source ", source, id);
    for (char *const *tag = tags; tag && *tag && !value; tag++)
        value = lookup(settings, "section ", *tag, id);
    if (!value)
        value = lookup(settings, "", "", id);
    return value ? value->text : settings_table[id].fallback;
}

int
settings_int(const struct settings *settings, enum setting id, const char *source, char *const *tags)
{
    return (int)g_ascii_strtoll(settings_string(settings, id, source, tags), NULL, 10);
}

bool
settings_bool(const struct settings *settings, enum setting id)
{
    return is_true(settings_string(settings, id, NULL, NULL));
}

const char *
settings_origin(const struct settings *settings, enum setting id)
{
    const struct value *value = lookup(settings, "", "", id);
    return value ? value->origin : "default";
}
