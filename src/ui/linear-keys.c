/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a line of the linear mode is: a key, the name of an action, or either in other views. */
#include "config.h"

#include "base/i18n.h"
#include "ui/action-groups.h"
#include "ui/linear-parts.h"
#include "ui/typed-number.h"

#include <string.h>

#define MAX_SEQUENCE 4 /* keys that are typed as one line */

/* The key that a line is in a context; those of a sequence have blanks: "S d" of "Sd". */
static char *
linear_key_in(const struct app *app, enum action_context context, const char *line)
{
    const char *key = !*line ? "Space" : g_str_equal(line, "\\") ? "Backslash" : line;
    bool more;
    if (keymap_action(app->keymap, context, key, &more) != ACTION_NONE ||
        g_utf8_strlen(line, -1) > MAX_SEQUENCE)
        return g_strdup(key);
    GString *keys = g_string_new(NULL);
    for (const char *p = line; *p; p = g_utf8_next_char(p))
        g_string_append_printf(keys, "%s%.*s", keys->len ? " " : "", (int)(g_utf8_next_char(p) - p),
                               p);
    if (keymap_action(app->keymap, context, keys->str, &more) != ACTION_NONE)
        return g_string_free(keys, FALSE);
    g_string_free(keys, TRUE);
    return g_strdup(key);
}

char *
linear_key(const struct app *app, const char *line)
{
    return linear_key_in(app, app_top(app)->ops->context, line);
}

/* The action that a line names by its key or its name in this view. */
enum action
linear_action(const struct app *app, const char *key, const char *word)
{
    bool more;
    enum action action = keymap_action(app->keymap, app_top(app)->ops->context, key, &more);
    return action != ACTION_NONE ? action : action_find(word);
}

/* What a line may go on with that is the beginning of a sequence: "S: d date, t title"; or NULL. */
char *
linear_ways_on(const struct app *app, const char *key)
{
    enum action_context context = app_top(app)->ops->context;
    bool more;
    if (keymap_action(app->keymap, context, key, &more) != ACTION_NONE || !more)
        return NULL;
    g_autoptr(GPtrArray) ways = keymap_continuations(app->keymap, context, key);
    if (!ways->len) /* by the letters of another layout they are not listed */
        return NULL;
    GString *text = g_string_new(key);
    for (guint i = 0; i < ways->len; i++) {
        const struct continuation *way = g_ptr_array_index(ways, i);
        g_string_append_printf(text, "%s%s %s", i ? _(", ") : _(": "), way->key,
                               keymap_word(app->keymap, way->action));
    }
    return g_string_free(text, FALSE);
}

/* The name of an action, or what a macro does; borrowed. */
const char *
linear_action_name(const struct app *app, enum action action)
{
    return action < ACTION_COUNT ? actions_table[action].name : keymap_word(app->keymap, action);
}

/* Where a line that does nothing here is a key: "an article (links)"; or where `named` acts. */
char *
linear_where_it_acts(const struct app *app, const char *line, enum action named)
{
    enum action_context here = app_top(app)->ops->context;
    if (named != ACTION_NONE)
        return action_is_of_screen(named) ? NULL : action_places(named, here);
    GString *text = g_string_new(NULL);
    enum action last = ACTION_NONE;
    for (int i = 0; CONTEXT_ALL >> i; i++) {
        enum action_context context = (enum action_context)(1 << i);
        if (context == CONTEXT_CHOICE || context == here)
            continue;
        g_autofree char *key = linear_key_in(app, context, line);
        bool more;
        enum action action = keymap_action(app->keymap, context, key, &more);
        if ((action == ACTION_NONE && !more) || action_is_of_screen(action))
            continue;
        if (last != ACTION_NONE && last != action)
            g_string_append_printf(text, " (%s)", linear_action_name(app, last));
        g_string_append_printf(text, "%s%s", text->len ? _(", ") : "", action_place(context));
        last = action;
    }
    if (last != ACTION_NONE) /* what it does there */
        g_string_append_printf(text, " (%s)", linear_action_name(app, last));
    if (!text->len) {
        g_string_free(text, TRUE);
        return NULL;
    }
    return g_string_free(text, FALSE);
}

/* What a line that does nothing in lines is a key of, in any view. */
enum action
linear_screen_action(const struct app *app, const char *line)
{
    for (int i = 0; CONTEXT_ALL >> i; i++) {
        enum action_context context = (enum action_context)(1 << i);
        g_autofree char *key = linear_key_in(app, context, line);
        bool more;
        enum action action = keymap_action(app->keymap, context, key, &more);
        if (context != CONTEXT_CHOICE && action_is_of_screen(action))
            return action;
    }
    return ACTION_NONE;
}

/* A key with an argument behind it, by the name of its action: "tag water"; or NULL. */
char *
linear_with_name(const struct app *app, char *const *words, const char *argument)
{
    bool more;
    if (!words[0] || !*argument)
        return NULL;
    g_autofree char *key = linear_key(app, words[0]);
    enum action action = keymap_action(app->keymap, app_top(app)->ops->context, key, &more);
    return action < ACTION_COUNT && action != ACTION_NONE
               ? g_strdup_printf("%s %s", actions_table[action].name, argument)
               : NULL;
}
