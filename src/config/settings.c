/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of settings at work: checking, storing and looking up values by scope. */
#include "config.h"

#include "config/settings.h"
#include "base/i18n.h"
#include "base/near.h"
#include "base/number.h"
#include "base/url.h"
#include "config/settings-scope.h"
#include "text/charset.h"
#include "text/date.h"
#include "text/street.h"

#include <string.h>

const struct setting_info settings_table[SETTING_COUNT] = {
#define SETTING(id, member, name, type, fallback, range, unit, scope, help) \
    [SETTING_## \
        id] = {name, SETTING_TYPE_##type, fallback, range, unit, SETTING_SCOPE_##scope, help},
    SETTINGS_TABLE(SETTING)
#undef SETTING
};

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

/* A choice with the words yes and no takes what else says so. */
static bool
is_word(const char *text, const char *word)
{
    return g_str_equal(text, word) || (g_str_equal(word, "yes") && is_true(text)) ||
           (g_str_equal(word, "no") && is_false(text));
}

/* The number of a word among those of the choice. */
static bool
parse_choice(const struct setting_info *info, const char *text, gint64 *number, GError **error)
{
    g_auto(GStrv) words = g_strsplit(info->range, " ", -1);
    for (int i = 0; words[i]; i++) {
        if (is_word(text, words[i])) {
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

char *
setting_path(const char *config_dir, const char *value)
{
    if (!*value)
        return NULL;
    if (g_str_has_prefix(value, "~/"))
        return g_build_filename(g_get_home_dir(), value + 2, NULL);
    return g_canonicalize_filename(value, config_dir);
}

bool
setting_is_cookie_file(const char *value)
{
    return !g_str_equal(value, SETTING_COOKIES_NO) && !g_str_equal(value, SETTING_COOKIES_SESSION);
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

/* Whether each word has the form of a tag: zh, zh-Hant. */
static bool
are_languages(const char *text)
{
    g_auto(GStrv) tags = g_strsplit_set(text, LANGUAGES_APART, -1);
    bool fine = true;
    for (char **tag = tags; *tag; tag++) {
        g_auto(GStrv) parts = g_strsplit(*tag, "-", -1);
        for (char **part = parts; *part; part++)
            fine &= **part && strlen(*part) <= 8 &&
                    strspn(*part, part == parts
                                      ? G_CSET_A_2_Z G_CSET_a_2_z
                                      : G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS) == strlen(*part);
    }
    return fine;
}

/* Addresses of people, between semicolons. */
static bool
are_addresses(const char *text, GError **error)
{
    g_auto(GStrv) parts = g_strsplit(text, ";", -1);
    for (char **part = parts; *part; part++) {
        if (!*g_strstrip(*part))
            continue;
        AUTO(street_free) struct street_address *address = street_parse(*part);
        if (address && street_is_address(address))
            continue;
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX,
                    address ? _("a house is missing in '%s'") : _("'%s' names no street"), *part);
        return false;
    }
    return true;
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
    if (id == SETTING_FETCH_COOKIES && !*text) {
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX,
                    _("'%s' is one of no and session, or names a file"), settings_table[id].name);
        return false;
    }
    if (id == SETTING_UI_LANGUAGES && !are_languages(text)) {
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX,
                    _("'%s' are no languages as zh ru en"), text);
        return false;
    }
    if (id == SETTING_NEAR_ADDRESSES && !are_addresses(text, error))
        return false;
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
    settings->headers = settings_headers_new();
    scopes_init(settings);
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
    g_ptr_array_unref(settings->headers);
    g_hash_table_unref(settings->sources);
    g_hash_table_unref(settings->sections);
    g_hash_table_unref(settings->hosts);
    g_free(settings);
}

bool
settings_is_name(const char *name)
{
    return settings_find(name) != SETTING_COUNT || g_str_has_prefix(name, SETTING_HEADER);
}

static bool
set_header(struct settings *settings, struct scope *scope, const char *name, const char *value,
           const char *origin, GError **error)
{
    return settings_header_put(scope ? scope->headers : settings->headers, name, value, origin,
                               error);
}

char *
settings_unknown(const char *name)
{
    struct near best = {0};
    for (int i = 0; i < SETTING_COUNT; i++)
        near_try(&best, name, settings_table[i].name);
    g_autofree char *what = g_strdup_printf(_("unknown setting '%s'"), name);
    return near_sentence(&best, what);
}

bool
settings_set(struct settings *settings, const char *group, const char *name, const char *value,
             const char *origin, GError **error)
{
    enum setting id = settings_find(name);
    if (!settings_is_name(name)) {
        g_autofree char *unknown = settings_unknown(name);
        g_set_error_literal(error, CONFIG_ERROR, CONFIG_ERROR_UNKNOWN, unknown);
        return false;
    }
    if (group && id != SETTING_COUNT && settings_table[id].scope != SETTING_SCOPE_SOURCE) {
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX,
                    _("'%s' cannot be set for one source"), name);
        return false;
    }
    struct scope *scope = group ? scope_of(settings, group, error) : NULL;
    if (group && !scope)
        return false;
    if (id == SETTING_COUNT)
        return set_header(settings, scope, name, value, origin, error);
    if (!put(scope ? &scope->values : &settings->values, scope ? scope->texts : settings->texts, id,
             value, error))
        return false;
    char **origins = scope ? scope->origins : settings->origins;
    g_free(origins[id]);
    origins[id] = g_strdup(origin);
    return true;
}

struct setting_values
settings_for(const struct settings *settings, const struct settings_subject *subject)
{
    struct setting_values values = settings->values;
    g_autoptr(GPtrArray) scopes = scopes_for(settings, subject);
    for (guint i = scopes->len; i > 0; i--) /* the narrowest last: it has the say */
        override(&values, g_ptr_array_index(scopes, i - 1));
    return values;
}

const char *
settings_text_for(const struct settings *settings, enum setting id,
                  const struct settings_subject *subject, const char **origin)
{
    g_autoptr(GPtrArray) scopes = scopes_for(settings, subject);
    for (guint i = 0; i < scopes->len; i++) {
        const struct scope *scope = g_ptr_array_index(scopes, i);
        if (!scope->texts[id])
            continue;
        *origin = scope->origins[id];
        return scope->texts[id];
    }
    *origin = settings_origin(settings, id);
    return settings->texts[id];
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

static void
add_value(GPtrArray *values, const char *text, const char *origin)
{
    struct setting_value *value = g_new(struct setting_value, 1);
    *value = (struct setting_value){text, origin};
    g_ptr_array_add(values, value);
}

GPtrArray *
settings_values_of(const struct settings *settings, enum setting id)
{
    GPtrArray *values = g_ptr_array_new_with_free_func(g_free);
    GHashTable *const tables[] = {settings->hosts, settings->sections, settings->sources};
    add_value(values, settings->texts[id], settings_origin(settings, id));
    for (size_t i = 0; i < G_N_ELEMENTS(tables); i++) {
        GHashTableIter iter;
        gpointer scope;
        g_hash_table_iter_init(&iter, tables[i]);
        while (g_hash_table_iter_next(&iter, NULL, &scope))
            if (((struct scope *)scope)->texts[id])
                add_value(values, ((struct scope *)scope)->texts[id],
                          ((struct scope *)scope)->origins[id]);
    }
    return values;
}

static int
compare_names(gconstpointer a, gconstpointer b)
{
    const struct header_setting *one = *(const struct header_setting *const *)a,
                                *other = *(const struct header_setting *const *)b;
    return g_ascii_strcasecmp(one->name, other->name);
}

GPtrArray *
settings_headers_for(const struct settings *settings, const struct settings_subject *subject)
{
    GPtrArray *found = g_ptr_array_new();
    g_autoptr(GPtrArray) scopes = scopes_for(settings, subject);
    for (guint i = 0; i < scopes->len; i++)
        settings_headers_add(found, ((const struct scope *)g_ptr_array_index(scopes, i))->headers);
    settings_headers_add(found, settings->headers);
    g_ptr_array_sort(found, compare_names);
    return found;
}
