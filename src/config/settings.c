/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of settings at work: checking, storing and looking up values by scope. */
#include "config.h"

#include "config/settings.h"
#include "base/i18n.h"
#include "base/number.h"
#include "text/charset.h"
#include "text/date.h"

#include <string.h>

const struct setting_info settings_table[SETTING_COUNT] = {
#define SETTING(id, member, name, type, fallback, range, unit, scope, help) \
    [SETTING_## \
        id] = {name, SETTING_TYPE_##type, fallback, range, unit, SETTING_SCOPE_##scope, help},
    SETTINGS_TABLE(SETTING)
#undef SETTING
};

/* What a group of crier.conf states. */
struct scope {
    struct setting_values values;
    char *texts[SETTING_COUNT];   /* owned; NULL: nothing */
    char *origins[SETTING_COUNT]; /* owned: where that is */
};

G_DEFINE_QUARK(crier_config_error, config_error)

static void
scope_free(gpointer data)
{
    struct scope *scope = data;
    for (int i = 0; i < SETTING_COUNT; i++) {
        g_free(scope->texts[i]);
        g_free(scope->origins[i]);
    }
    g_free(scope);
}

/* Gives a setting the value that parse() found; text lives as long as the values. */
static void
assign(struct setting_values *values, enum setting id, gint64 number, const char *text)
{
#define SETTING_INT(member)    values->member = (int)number
#define SETTING_BOOL(member)   values->member = number != 0
#define SETTING_STRING(member) values->member = text
#define SETTING_CHOICE(member) values->member = (enum setting_##member)number
#define SETTING(id, member, name, type, ...) \
    case SETTING_##id: \
        SETTING_##type(member); \
        break;
    switch (id) {
        SETTINGS_TABLE(SETTING)
    default:
        break;
    }
#undef SETTING
#undef SETTING_INT
#undef SETTING_BOOL
#undef SETTING_STRING
#undef SETTING_CHOICE
}

/* Puts what a scope states over the values of wider ones. */
static void
override(struct setting_values *values, const struct scope *scope)
{
    if (!scope)
        return;
#define SETTING(id, member, ...) \
    if (scope->texts[SETTING_##id]) \
        values->member = scope->values.member;
    SETTINGS_TABLE(SETTING)
#undef SETTING
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
parse_int(const struct setting_info *info, const char *text, gint64 *number, GError **error)
{
    gint64 min, max;
    const char *end;
    number_prefix(info->range, G_MAXINT, &min, &end);
    number_prefix(end + 1, G_MAXINT, &max, NULL);
    if (number_parse(text, min, max, number))
        return true;
    g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX,
                _("'%s' is not a number from %d to %d, as '%s' needs"), text, (int)min, (int)max,
                info->name);
    return false;
}

static bool
parse_bool(const struct setting_info *info, const char *text, gint64 *number, GError **error)
{
    *number = is_true(text);
    if (*number || is_false(text))
        return true;
    g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX,
                _("'%s' is neither yes nor no, as '%s' needs"), text, info->name);
    return false;
}

/* The number of a word among those of the choice. */
static bool
parse_choice(const struct setting_info *info, const char *text, gint64 *number, GError **error)
{
    g_auto(GStrv) words = g_strsplit(info->range, " ", -1);
    for (int i = 0; words[i]; i++) {
        if (g_str_equal(words[i], text)) {
            *number = i;
            return true;
        }
    }
    g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX,
                _("'%s' is not one of '%s', as '%s' needs"), text, info->range, info->name);
    return false;
}

static const char no_proxy[] = "none";

const char *
setting_proxy(const char *value)
{
    return !*value ? NULL : g_str_equal(value, no_proxy) ? "" : value;
}

static bool
is_proxy(const char *text)
{
    static const char *const schemes[] = {"http://",    "https://",  "socks4://",
                                          "socks4a://", "socks5://", "socks5h://"};
    const char *proxy = setting_proxy(text);
    bool known = !proxy || !*proxy;
    for (size_t i = 0; i < G_N_ELEMENTS(schemes); i++)
        known |= g_str_has_prefix(text, schemes[i]) && text[strlen(schemes[i])];
    return known;
}

static bool
check_string(enum setting id, const char *text, GError **error)
{
    struct date_style style;
    if (id == SETTING_FETCH_CHARSET && *text && !charset_for_label(text)) {
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX, _("unknown charset '%s'"), text);
        return false;
    }
    if (id == SETTING_FETCH_TIMEZONE && *text && !date_style_set_zone(&style, text)) {
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX,
                    _("'%s' is no zone as +08:00 or Europe/Warsaw"), text);
        return false;
    }
    if (id == SETTING_FETCH_PROXY && !is_proxy(text)) {
        g_set_error(
            error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX,
            _("'%s' is no proxy: it begins with http://, https:// or socks5h://, or is none"),
            text);
        return false;
    }
    return true;
}

/* Checks a text; *number is its value, but of a string. */
static bool
parse(enum setting id, const char *text, gint64 *number, GError **error)
{
    const struct setting_info *info = &settings_table[id];
    *number = 0;
    switch (info->type) {
    case SETTING_TYPE_INT:
        return parse_int(info, text, number, error);
    case SETTING_TYPE_BOOL:
        return parse_bool(info, text, number, error);
    case SETTING_TYPE_CHOICE:
        return parse_choice(info, text, number, error);
    case SETTING_TYPE_STRING:
        return check_string(id, text, error);
    }
    return false;
}

/* Keeps a value and its text, which is copied. */
static bool
put(struct setting_values *values, char **texts, enum setting id, const char *text, GError **error)
{
    gint64 number;
    if (!parse(id, text, &number, error))
        return false;
    char *copy = g_strdup(text);
    g_free(texts[id]);
    texts[id] = copy;
    assign(values, id, number, texts[id]);
    return true;
}

struct settings *
settings_new(void)
{
    struct settings *settings = g_new0(struct settings, 1);
    settings->sources = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, scope_free);
    settings->sections = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, scope_free);
    for (int i = 0; i < SETTING_COUNT; i++) {
        bool fine = put(&settings->values, settings->texts, (enum setting)i,
                        settings_table[i].fallback, NULL);
        g_assert(fine); /* a default is a value */
    }
    return settings;
}

void
settings_free(struct settings *settings)
{
    for (int i = 0; i < SETTING_COUNT; i++) {
        g_free(settings->texts[i]);
        g_free(settings->origins[i]);
    }
    g_hash_table_unref(settings->sources);
    g_hash_table_unref(settings->sections);
    g_free(settings);
}

/* The scope of a group "section TAG" or "source URL"; made where there is none yet. */
static struct scope *
scope_of(struct settings *settings, const char *group)
{
    static const char source[] = "source ", section[] = "section ";
    bool of_source = g_str_has_prefix(group, source);
    GHashTable *scopes = of_source ? settings->sources : settings->sections;
    const char *name = group + (of_source ? strlen(source) : strlen(section));
    struct scope *scope = g_hash_table_lookup(scopes, name);
    if (!scope) {
        scope = g_new0(struct scope, 1);
        g_hash_table_insert(scopes, g_strdup(name), scope);
    }
    return scope;
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
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX,
                    _("'%s' cannot be set for one source"), name);
        return false;
    }
    if (group) {
        struct scope *scope = scope_of(settings, group);
        g_free(scope->origins[id]);
        scope->origins[id] = g_strdup(origin);
        return put(&scope->values, scope->texts, id, value, error);
    }
    if (!put(&settings->values, settings->texts, id, value, error))
        return false;
    g_free(settings->origins[id]);
    settings->origins[id] = g_strdup(origin);
    return true;
}

struct setting_values
settings_for(const struct settings *settings, const char *source, char *const *tags)
{
    struct setting_values values = settings->values;
    int count = tags ? (int)g_strv_length((char **)tags) : 0;
    while (count > 0) /* the first tag last: it has the say */
        override(&values, g_hash_table_lookup(settings->sections, tags[--count]));
    if (source)
        override(&values, g_hash_table_lookup(settings->sources, source));
    return values;
}

const char *
settings_text_for(const struct settings *settings, enum setting id, const char *source,
                  char *const *tags, const char **origin)
{
    const struct scope *scope = source ? g_hash_table_lookup(settings->sources, source) : NULL;
    for (char *const *tag = tags; tag && *tag && !(scope && scope->texts[id]); tag++)
        scope = g_hash_table_lookup(settings->sections, *tag);
    bool own = scope && scope->texts[id];
    *origin = own ? scope->origins[id] : settings_origin(settings, id);
    return own ? scope->texts[id] : settings->texts[id];
}

const char *
settings_text(const struct settings *settings, enum setting id)
{
    return settings->texts[id];
}

const char *
settings_origin(const struct settings *settings, enum setting id)
{
    return settings->origins[id] ? settings->origins[id] : "default";
}
