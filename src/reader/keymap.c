/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bindings: read, looked up, and written out again for people. */
#include "config.h"

#include "reader/keymap.h"
#include "base/i18n.h"
#include "base/near.h"
#include "base/paths.h"
#include "config/faults.h"

#include <stdbool.h>
#include <string.h>

struct keymap {
    GHashTable *bindings; /* "context keys" -> action + 1 */
    GPtrArray *macros;    /* owned char **: number ACTION_COUNT + n is element n */
    GPtrArray *texts;     /* owned char *: how they are written */
    GHashTable *prefixes; /* "context keys" from which bindings go on */
    GHashTable *origins;  /* "context keys" of crier.conf -> owned char *: where it says so */
    GPtrArray *warnings;  /* owned char * */
};

static const char *const key_names[] = {
    "Space", "Enter", "Esc",  "Tab",  "S-Tab", "Backspace", "Backslash", "Delete", "Up", "Down",
    "Left",  "Right", "PgUp", "PgDn", "Home",  "End",       "F1",        "F2",     "F3", "F4",
    "F5",    "F6",    "F7",   "F8",   "F9",    "F10",       "F11",       "F12",    NULL};

static bool
is_key(const char *key)
{
    if (g_strv_contains(key_names, key))
        return true;
    if (key[0] == '^' && key[1] >= 'A' && key[1] <= 'Z' && !key[2])
        return true;
    if (g_str_has_prefix(key, "M-") && key[2])
        key += 2;
    return g_utf8_validate(key, -1, NULL) && g_utf8_strlen(key, -1) == 1 &&
           g_unichar_isgraph(g_utf8_get_char(key));
}

/* "g<Enter>" -> "g Enter"; NULL when it is no sequence of keys. */
static char *
parse_keys(const char *text)
{
    if (is_key(text))
        return g_strdup(text);
    if (!*text || !g_utf8_validate(text, -1, NULL))
        return NULL;
    GString *keys = g_string_new(NULL);
    for (const char *p = text; *p;) {
        const char *close = *p == '<' ? strchr(p, '>') : NULL;
        gsize step = *p == '^' && p[1] ? 2 : (gsize)(g_utf8_next_char(p) - p);
        g_autofree char *key = close ? g_strndup(p + 1, (gsize)(close - p - 1))
                                     : g_strndup(p, step);
        if (!is_key(key)) {
            g_string_free(keys, TRUE);
            return NULL;
        }
        g_string_append_printf(keys, "%s%s", keys->len ? " " : "", key);
        p = close ? close + 1 : p + step;
    }
    return g_string_free(keys, FALSE);
}

char *
keymap_written(const char *keys)
{
    if (!strchr(keys, ' '))
        return g_strdup(keys);
    g_auto(GStrv) words = g_strsplit(keys, " ", -1);
    GString *text = g_string_new(NULL);
    for (char **word = words; *word; word++)
        g_string_append_printf(text, g_utf8_strlen(*word, -1) > 1 && **word != '^' ? "<%s>" : "%s",
                               *word);
    return g_string_free(text, FALSE);
}

static char *
bind_id(enum action_context context, const char *keys)
{
    return g_strconcat(context_name(context == CONTEXT_AGENDA ? CONTEXT_LIST : context), " ", keys,
                       NULL);
}

static void
bind(struct keymap *keymap, guint where, const char *keys, int action)
{
    for (guint context = 1; context < CONTEXT_KEYED; context <<= 1) {
        if (!(where & context) || (context == CONTEXT_CHOICE && g_utf8_strlen(keys, -1) == 1))
            continue; /* characters are typed there */
        g_hash_table_insert(keymap->bindings, bind_id((enum action_context)context, keys),
                            GINT_TO_POINTER(action + 1));
        for (const char *space = strchr(keys, ' '); space; space = strchr(space + 1, ' ')) {
            g_autofree char *head = g_strndup(keys, (gsize)(space - keys));
            g_hash_table_add(keymap->prefixes, bind_id((enum action_context)context, head));
        }
    }
}

/* Of "toggle-star; tag water" the commands; NULL and the word that begins none. */
static char **
parse_macro(const char *text, guint *where, char **unknown)
{
    g_auto(GStrv) commands = g_strsplit(text, KEYMAP_SEPARATOR, -1);
    for (char **command = commands; *command; command++) {
        g_strstrip(*command);
        g_autofree char *word = g_strndup(*command, strcspn(*command, " "));
        enum action action = action_find(word);
        if (action == ACTION_NONE && !g_str_equal(word, "set")) {
            *unknown = g_steal_pointer(&word);
            return NULL;
        }
        if (command == commands) /* the others may be of the view to which it leads */
            *where = action == ACTION_NONE ? CONTEXT_VIEWS : actions_table[action].contexts;
    }
    return g_steal_pointer(&commands);
}

/* What a binding does, and where it can; ACTION_COUNT and *unknown when that is nothing. */
static int
parse_action(struct keymap *keymap, const char *text, guint *where, char **unknown)
{
    enum action action = action_find(text);
    *where = CONTEXT_KEYED;
    if (g_str_equal(text, "none"))
        return ACTION_NONE;
    if (action != ACTION_NONE) {
        *where = actions_table[action].contexts;
        return action;
    }
    char **commands = parse_macro(text, where, unknown);
    if (!commands)
        return ACTION_COUNT;
    g_ptr_array_add(keymap->macros, commands);
    g_ptr_array_add(keymap->texts, g_strdup(text));
    return ACTION_COUNT + (int)keymap->macros->len - 1;
}

static bool
bind_stated(struct keymap *keymap, const struct binding *binding, bool origins, GError **error)
{
    guint where = *binding->context ? context_find(binding->context) : CONTEXT_KEYED, known;
    const char *what = NULL, *which = NULL;
    struct near best = {0};
    g_autofree char *keys = parse_keys(binding->keys), *unknown = NULL;
    int action = parse_action(keymap, binding->action, &known, &unknown);
    if (!where) {
        what = _("%s: unknown context '%s'; there are sections, list, reader, page and choice");
        which = binding->context;
        for (guint bit = 1; bit < CONTEXT_KEYED; bit <<= 1)
            near_try(&best, which, context_name((enum action_context)bit));
    } else if (!keys) {
        what = _("%s: '%s' is not a key");
        which = binding->keys;
        for (const char *const *name = key_names; *name; name++)
            near_try(&best, which, *name);
    } else if (unknown) {
        what = _("%s: unknown action '%s'");
        which = unknown;
        for (int i = 0; i < ACTION_COUNT; i++)
            near_try(&best, unknown, actions_table[i].name);
    }
    if (what) {
        g_autofree char *wrong = g_strdup_printf(what, binding->origin, which),
                        *sentence = near_sentence(&best, wrong);
        g_set_error_literal(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX, sentence);
        return false;
    }
    bool macro = action >= ACTION_COUNT && *binding->context;
    guint there = macro ? where : where & known;
    bind(keymap, there, keys, action);
    for (guint bit = 1; origins && bit < CONTEXT_KEYED; bit <<= 1)
        if (there & bit)
            g_hash_table_insert(keymap->origins, bind_id((enum action_context)bit, keys),
                                g_strdup(binding->origin));
    return true;
}

static bool
bind_all(struct keymap *keymap, const GPtrArray *bindings, bool origins, GError **error)
{
    g_autoptr(GPtrArray) faults = faults_new();
    for (guint i = 0; i < bindings->len; i++) {
        g_autoptr(GError) why = NULL;
        bind_stated(keymap, g_ptr_array_index(bindings, i), origins, &why);
        faults_take(faults, &why);
    }
    return faults_none(faults, error);
}

static bool
bind_preset(struct keymap *keymap, const struct context *context, GError **error)
{
    const char *name = context->settings->values.ui_keymap;
    if (g_str_equal(name, "crier"))
        return true;
    g_autofree char *path = paths_find(context->config_dir, "keymaps", name, "keys");
    if (!path) {
        g_autofree char *names = paths_names_text(context->config_dir, "keymaps", "keys", "crier");
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_UNKNOWN, _("unknown keymap '%s' (%s)"), name,
                    names);
        return false;
    }
    g_autoptr(GPtrArray) bindings = context_load_keys(path, error);
    return bindings && bind_all(keymap, bindings, false, error);
}

/* The binding to the first keys of a sequence, which does something before the rest is typed. */
static char *
shorter(const struct keymap *keymap, const char *id)
{
    const char *keys = strchr(id, ' ') + 1;
    gpointer value;
    for (const char *space = strchr(keys, ' '); space; space = strchr(space + 1, ' ')) {
        g_autofree char *head = g_strndup(id, (gsize)(space - id));
        if (g_hash_table_lookup_extended(keymap->bindings, head, NULL, &value) &&
            GPOINTER_TO_INT(value) - 1 != ACTION_NONE)
            return g_steal_pointer(&head);
    }
    return NULL;
}

static int
compare_texts(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* A sentence of a list, unless it is there: one for all contexts. */
static void
add_sentence(GPtrArray *list, char *sentence)
{
    if (g_ptr_array_find_with_equal_func(list, sentence, g_str_equal, NULL))
        g_free(sentence);
    else
        g_ptr_array_add(list, sentence);
}

/* What is wrong with a sequence; its letters may be meant as the name of a key. */
static char *
never_typed(const char *origin, const char *keys, const char *first)
{
    g_autofree char *wrong = g_strdup_printf(
        _("%s: '%s' can never be typed, since '%s' does something by itself"), origin, keys, first);
    struct near best = {0};
    for (const char *const *name = key_names; *name; name++)
        near_try(&best, keys, *name);
    return near_sentence(&best, wrong);
}

/*
 * Takes away the sequences that cannot be typed, since their beginning does something by itself:
 * wrong where crier.conf states them, a warning where it states what takes them away.
 */
static bool
drop_unreachable(struct keymap *keymap, GError **error)
{
    g_autoptr(GPtrArray) faults = faults_new();
    GHashTableIter iter;
    gpointer id, value;
    g_hash_table_iter_init(&iter, keymap->bindings);
    while (g_hash_table_iter_next(&iter, &id, &value)) {
        g_autofree char *head = GPOINTER_TO_INT(value) - 1 == ACTION_NONE ? NULL
                                                                          : shorter(keymap, id);
        if (!head)
            continue;
        g_autofree char *keys = keymap_written(strchr(id, ' ') + 1),
                        *first = keymap_written(strchr(head, ' ') + 1);
        const char *origin = g_hash_table_lookup(keymap->origins, id),
                   *taken = g_hash_table_lookup(keymap->origins, head);
        if (origin)
            add_sentence(faults, never_typed(origin, keys, first));
        else if (taken)
            add_sentence(keymap->warnings,
                         g_strdup_printf(_("%s: with '%s' the keys '%s' cannot be typed any more"),
                                         taken, first, keys));
        g_hash_table_iter_remove(&iter);
    }
    g_ptr_array_sort(faults, compare_texts);
    g_ptr_array_sort(keymap->warnings, compare_texts);
    return faults_none(faults, error);
}

const GPtrArray *
keymap_warnings(const struct keymap *keymap)
{
    return keymap->warnings;
}

struct keymap *
keymap_new(const struct context *context, GError **error)
{
    AUTO(keymap_free) struct keymap *keymap = g_new0(struct keymap, 1);
    keymap->bindings = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    keymap->prefixes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    keymap->origins = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    keymap->warnings = g_ptr_array_new_with_free_func(g_free);
    keymap->macros = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);
    keymap->texts = g_ptr_array_new_with_free_func(g_free);
    for (int i = 0; i < ACTION_COUNT; i++) {
        g_auto(GStrv) words = g_strsplit(actions_table[i].keys, " ", -1);
        for (char **word = words; *word; word++) {
            g_autofree char *keys = parse_keys(*word);
            if (keys)
                bind(keymap, actions_table[i].contexts, keys, i);
        }
    }
    if (!bind_preset(keymap, context, error) || !bind_all(keymap, context->bindings, true, error) ||
        !drop_unreachable(keymap, error))
        return NULL;
    return g_steal_pointer(&keymap);
}

void
keymap_free(struct keymap *keymap)
{
    g_hash_table_unref(keymap->bindings);
    g_hash_table_unref(keymap->prefixes);
    g_hash_table_unref(keymap->origins);
    g_ptr_array_unref(keymap->warnings);
    g_ptr_array_unref(keymap->macros);
    g_ptr_array_unref(keymap->texts);
    g_free(keymap);
}

/* Whether something is said of the keys; *action may be ACTION_NONE then. */
static bool
lookup(const struct keymap *keymap, enum action_context context, const char *keys,
       enum action *action, bool *more)
{
    g_autofree char *id = bind_id(context, keys);
    gpointer value;
    *more = g_hash_table_contains(keymap->prefixes, id);
    if (!g_hash_table_lookup_extended(keymap->bindings, id, NULL, &value))
        return *more;
    *action = (enum action)(GPOINTER_TO_INT(value) - 1);
    return true;
}

/*
 * The key of an American keyboard that types the character with another layout or an input method;
 * 0: none.
 */
static char
latin_of(gunichar c)
{
    static const char cyrillic[] = "йцукенгшщзхъфывапролджэячсмитьбю";
    static const char latin[] = "qwertyuiop[]asdfghjkl;'zxcvbnm,.";
    static const char chinese[] = "。，、；：？！《》【】（）￥……—";
    static const char ascii[] = ".,\\;:?!<>[]()$^^_";
    if (c >= 0xff01 && c <= 0xff5e)
        return (char)(c - 0xff01 + '!');
    gunichar lower = g_unichar_tolower(c);
    int i = 0;
    for (const char *p = cyrillic; *p; p = g_utf8_next_char(p), i++)
        if (g_utf8_get_char(p) == lower)
            return lower == c ? latin[i] : g_ascii_toupper(latin[i]);
    i = 0;
    for (const char *p = chinese; *p; p = g_utf8_next_char(p), i++)
        if (g_utf8_get_char(p) == c)
            return ascii[i];
    return '\0';
}

/* Keys as the same ones of an American keyboard; newly allocated. */
static char *
latin_keys(const char *keys)
{
    GString *shared = g_string_new(NULL);
    for (const char *p = keys; *p; p = g_utf8_next_char(p)) {
        char c = latin_of(g_utf8_get_char(p));
        if (c == '\\')
            g_string_append(shared, "Backslash");
        else if (c)
            g_string_append_c(shared, c);
        else
            g_string_append_unichar(shared, g_utf8_get_char(p));
    }
    return g_string_free(shared, FALSE);
}

/* Whether keys go on to something that can be done in a context. */
static bool
goes_on(const struct keymap *keymap, enum action_context context, const char *keys)
{
    g_autoptr(GPtrArray) ways = keymap_continuations(keymap, context, keys);
    return ways->len > 0;
}

/* The same as lookup(); the agenda has keys of lists too that it makes nothing of. */
static bool
find_keys(const struct keymap *keymap, enum action_context context, const char *keys,
          enum action *action, bool *more)
{
    bool found = lookup(keymap, context, keys, action, more);
    if (context != CONTEXT_AGENDA)
        return found;
    *more = *more && goes_on(keymap, context, keys);
    if (*action > ACTION_NONE && *action < ACTION_COUNT &&
        !(actions_table[*action].contexts & context))
        *action = ACTION_NONE;
    return found;
}

enum action
keymap_action(const struct keymap *keymap, enum action_context context, const char *keys,
              bool *more)
{
    enum action action = ACTION_NONE;
    if (find_keys(keymap, context, keys, &action, more) || !g_utf8_validate(keys, -1, NULL))
        return action;
    g_autofree char *shared = latin_keys(keys);
    find_keys(keymap, context, shared, &action, more);
    return action;
}

bool
keymap_begins(const struct keymap *keymap, const char *keys)
{
    bool more = false;
    for (unsigned context = 1; context <= CONTEXT_ALL && !more; context <<= 1)
        if (context & CONTEXT_ALL)
            keymap_action(keymap, (enum action_context)context, keys, &more);
    return more;
}

static void
continuation_free(gpointer data)
{
    struct continuation *way = data;
    g_free(way->key);
    g_free(way);
}

static int
compare_ways(gconstpointer a, gconstpointer b)
{
    const struct continuation *one = *(const struct continuation *const *)a,
                              *other = *(const struct continuation *const *)b;
    return one->action != other->action ? (int)one->action - (int)other->action
                                        : strcmp(one->key, other->key);
}

char *const *
keymap_macro(const struct keymap *keymap, enum action action)
{
    return action >= ACTION_COUNT
               ? g_ptr_array_index(keymap->macros, (guint)(action - ACTION_COUNT))
               : NULL;
}

const char *
keymap_word(const struct keymap *keymap, enum action action)
{
    return action == ACTION_NONE ? "…"
           : action < ACTION_COUNT
               ? gettext(actions_table[action].word)
               : g_ptr_array_index(keymap->texts, (guint)(action - ACTION_COUNT));
}

GPtrArray *
keymap_macros(const struct keymap *keymap, enum action_context context)
{
    GPtrArray *ways = g_ptr_array_new_with_free_func(continuation_free);
    g_autofree char *head = bind_id(context, "");
    GHashTableIter iter;
    gpointer id, value;
    g_hash_table_iter_init(&iter, keymap->bindings);
    while (g_hash_table_iter_next(&iter, &id, &value)) {
        if (!g_str_has_prefix(id, head) || GPOINTER_TO_INT(value) <= ACTION_COUNT)
            continue;
        struct continuation *way = g_new0(struct continuation, 1);
        way->key = keymap_written((const char *)id + strlen(head));
        way->action = (enum action)(GPOINTER_TO_INT(value) - 1);
        g_ptr_array_add(ways, way);
    }
    g_ptr_array_sort(ways, compare_ways);
    return ways;
}

GPtrArray *
keymap_continuations(const struct keymap *keymap, enum action_context context, const char *keys)
{
    GPtrArray *ways = g_ptr_array_new_with_free_func(continuation_free);
    g_autofree char *first = bind_id(context, keys), *head = g_strconcat(first, " ", NULL);
    GHashTableIter iter;
    gpointer id, value;
    g_hash_table_iter_init(&iter, keymap->bindings);
    while (g_hash_table_iter_next(&iter, &id, &value)) {
        if (!g_str_has_prefix(id, head) || GPOINTER_TO_INT(value) - 1 == ACTION_NONE)
            continue;
        const char *rest = (const char *)id + strlen(head), *space = strchr(rest, ' ');
        int action = GPOINTER_TO_INT(value) - 1;
        if (action < ACTION_COUNT && !(actions_table[action].contexts & context))
            continue;
        struct continuation *way = g_new0(struct continuation, 1);
        way->key = space ? g_strndup(rest, (gsize)(space - rest)) : g_strdup(rest);
        way->action = space ? ACTION_NONE : (enum action)(GPOINTER_TO_INT(value) - 1);
        g_ptr_array_add(ways, way);
    }
    g_ptr_array_sort(ways, compare_ways);
    return ways;
}

char *
keymap_keys(const struct keymap *keymap, enum action_context context, enum action action)
{
    /* the order of the defaults first, then what was added */
    GString *keys = g_string_new(NULL);
    g_auto(GStrv) defaults = g_strsplit(actions_table[action].keys, " ", -1);
    g_autofree char *head = bind_id(context, "");
    g_autoptr(GPtrArray) added = g_ptr_array_new_with_free_func(g_free);
    GHashTableIter iter;
    gpointer id, value;
    g_hash_table_iter_init(&iter, keymap->bindings);
    while (g_hash_table_iter_next(&iter, &id, &value))
        if (g_str_has_prefix(id, head) && GPOINTER_TO_INT(value) - 1 == (int)action)
            g_ptr_array_add(added, keymap_written((const char *)id + strlen(head)));
    g_ptr_array_sort(added, compare_texts);
    for (char **key = defaults; *key; key++)
        for (guint i = 0; i < added->len; i++)
            if (g_str_equal(g_ptr_array_index(added, i), *key)) {
                g_string_append_printf(keys, "%s%s", keys->len ? " " : "", *key);
                g_ptr_array_remove_index(added, i);
                break;
            }
    for (guint i = 0; i < added->len; i++)
        g_string_append_printf(keys, "%s%s", keys->len ? " " : "",
                               (const char *)g_ptr_array_index(added, i));
    return g_string_free(keys, FALSE);
}

/* The first key of an action in a context, as it is typed. */
static void
append_key(GString *out, const struct keymap *keymap, enum action_context context,
           enum action action)
{
    guint contexts = actions_table[action].contexts;
    if (!(contexts & context)) /* it is known elsewhere, where one goes for it */
        context = (enum action_context)(contexts & -contexts);
    g_autofree char *keys = keymap_keys(keymap, context, action);
    gsize length = strcspn(keys, " ");
    if (!length)
        g_string_append_printf(out, ":%s", actions_table[action].name);
    else if (g_str_has_prefix(keys, "Backslash"))
        g_string_append_c(out, '\\');
    else
        g_string_append_len(out, keys, (gssize)length);
}

char *
keymap_text(const struct keymap *keymap, enum action_context context, const char *text)
{
    GString *out = g_string_new(NULL);
    for (const char *p = text; *p;) {
        const char *close = *p == '{' ? strchr(p, '}') : NULL;
        g_autofree char *name = close ? g_strndup(p + 1, (gsize)(close - p - 1)) : NULL;
        enum action action = name ? action_find(name) : ACTION_NONE;
        if (action == ACTION_NONE) {
            g_string_append_c(out, *p++);
            continue;
        }
        append_key(out, keymap, context, action);
        p = close + 1;
    }
    return g_string_free(out, FALSE);
}
