/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The action table and the keymap made from it. */
#include "config.h"

#include "reader/actions.h"
#include "base/i18n.h"

#include <string.h>

#define ALL CONTEXT_ALL
#define SECTIONS CONTEXT_SECTIONS
#define LIST CONTEXT_LIST
#define READER CONTEXT_READER
#define PAGE CONTEXT_PAGE
const struct action_info actions_table[ACTION_COUNT] = {
#define ACTION(id, name, contexts, keys, help) [ACTION_##id] = {name, contexts, keys, help},
#include "reader/actions.def"
#undef ACTION
};
#undef ALL
#undef SECTIONS
#undef LIST
#undef READER
#undef PAGE

static const struct {
    enum action_context context;
    const char *name;
} contexts[] = {{CONTEXT_SECTIONS, "sections"}, {CONTEXT_LIST, "list"}, {CONTEXT_READER, "reader"}, {CONTEXT_PAGE, "page"}};

struct keymap {
    GHashTable *bindings; /* "context key" -> action + 1; 0 in place of an action unbinds */
};

enum action
action_find(const char *name)
{
    for (int i = 0; i < ACTION_COUNT; i++)
        if (g_str_equal(actions_table[i].name, name))
            return (enum action)i;
    return ACTION_NONE;
}

const char *
context_name(enum action_context context)
{
    for (size_t i = 0; i < G_N_ELEMENTS(contexts); i++)
        if (contexts[i].context == context)
            return contexts[i].name;
    return "";
}

static void
bind(struct keymap *keymap, guint where, const char *keys, int action)
{
    g_auto(GStrv) words = g_strsplit(keys, " ", -1);
    for (char **key = words; *key; key++)
        for (size_t i = 0; i < G_N_ELEMENTS(contexts) && **key; i++)
            if (where & contexts[i].context)
                g_hash_table_insert(keymap->bindings, g_strconcat(contexts[i].name, " ", *key, NULL),
                                    GINT_TO_POINTER(action + 1));
}

static bool
is_key(const char *key)
{
    static const char *const names[] = {"Space", "Enter", "Esc", "Tab", "S-Tab", "Backspace", "Backslash", "Up", "Down", "Left", "Right",
                                        "PgUp", "PgDn", "Home", "End", "F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9",
                                        "F10", "F11", "F12", NULL};
    if (g_strv_contains(names, key))
        return true;
    if (key[0] == '^' && key[1] >= 'A' && key[1] <= 'Z' && !key[2])
        return true;
    return g_utf8_strlen(key, -1) == 1 && g_unichar_isgraph(g_utf8_get_char(key));
}

static bool
bind_user(struct keymap *keymap, const struct binding *binding, GError **error)
{
    guint where = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(contexts); i++)
        if (!*binding->context || g_str_equal(binding->context, contexts[i].name))
            where |= contexts[i].context;
    const char *what = NULL, *which = NULL;
    enum action action = action_find(binding->action);
    if (!where) {
        what = _("%s: unknown context '%s'; there are sections, list, reader and page");
        which = binding->context;
    } else if (!is_key(binding->keys)) {
        what = _("%s: '%s' is not a key");
        which = binding->keys;
    } else if (action == ACTION_NONE && !g_str_equal(binding->action, "none")) {
        what = _("%s: unknown action '%s'");
        which = binding->action;
    }
    if (what) {
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX, what, binding->origin, which);
        return false;
    }
    bind(keymap, action == ACTION_NONE ? where : where & actions_table[action].contexts, binding->keys, action);
    return true;
}

struct keymap *
keymap_new(const struct context *context, GError **error)
{
    AUTO(keymap_free) struct keymap *keymap = g_new0(struct keymap, 1);
    keymap->bindings = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (int i = 0; i < ACTION_COUNT; i++)
        bind(keymap, actions_table[i].contexts, actions_table[i].keys, i);
    for (guint i = 0; i < context->bindings->len; i++)
        if (!bind_user(keymap, g_ptr_array_index(context->bindings, i), error))
            return NULL;
    return g_steal_pointer(&keymap);
}

void
keymap_free(struct keymap *keymap)
{
    g_hash_table_unref(keymap->bindings);
    g_free(keymap);
}

static bool
lookup(const struct keymap *keymap, enum action_context context, const char *key, enum action *action)
{
    g_autofree char *id = g_strconcat(context_name(context), " ", key, NULL);
    gpointer value;
    if (!g_hash_table_lookup_extended(keymap->bindings, id, NULL, &value))
        return false;
    *action = (enum action)(GPOINTER_TO_INT(value) - 1);
    return true;
}

/* The Latin letter on the key of a Cyrillic one (ЙЦУКЕН), or 0. */
static char
latin_of(gunichar c)
{
    static const char cyrillic[] = "йцукенгшщзхъфывапролджэячсмитьбю";
    static const char latin[] = "qwertyuiop[]asdfghjkl;'zxcvbnm,.";
    gunichar lower = g_unichar_tolower(c);
    int i = 0;
    for (const char *p = cyrillic; *p; p = g_utf8_next_char(p), i++)
        if (g_utf8_get_char(p) == lower)
            return lower == c ? latin[i] : g_ascii_toupper(latin[i]);
    return '\0';
}

enum action
keymap_action(const struct keymap *keymap, enum action_context context, const char *key)
{
    enum action action = ACTION_NONE;
    if (lookup(keymap, context, key, &action))
        return action;
    char fallback[2] = {g_utf8_validate(key, -1, NULL) ? latin_of(g_utf8_get_char(key)) : '\0', '\0'};
    if (*fallback)
        lookup(keymap, context, fallback, &action);
    return action;
}

char *
keymap_keys(const struct keymap *keymap, enum action_context context, enum action action)
{
    /* the order of the defaults first, then what the user added */
    GString *keys = g_string_new(NULL);
    g_auto(GStrv) defaults = g_strsplit(actions_table[action].keys, " ", -1);
    g_autofree char *prefix = g_strconcat(context_name(context), " ", NULL);
    g_autoptr(GPtrArray) added = g_ptr_array_new();
    GHashTableIter iter;
    gpointer id, value;
    g_hash_table_iter_init(&iter, keymap->bindings);
    while (g_hash_table_iter_next(&iter, &id, &value)) {
        const char *key = (const char *)id + strlen(prefix);
        if (g_str_has_prefix(id, prefix) && GPOINTER_TO_INT(value) - 1 == (int)action &&
            !g_strv_contains((const char *const *)defaults, key))
            g_ptr_array_add(added, (gpointer)key);
    }
    for (char **key = defaults; *key; key++) {
        enum action bound;
        if (lookup(keymap, context, *key, &bound) && bound == action)
            g_string_append_printf(keys, "%s%s", keys->len ? " " : "", *key);
    }
    for (guint i = 0; i < added->len; i++)
        g_string_append_printf(keys, "%s%s", keys->len ? " " : "", (const char *)g_ptr_array_index(added, i));
    return g_string_free(keys, FALSE);
}
