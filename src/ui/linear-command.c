/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A line that acts: a number, which opens, or a key or the name of an action with what it takes.
 * What leads through a text does so by its lines here, not by those of a screen.
 */
#include "config.h"

#include "base/i18n.h"
#include "base/number.h"
#include "ui/action-argument.h"
#include "ui/action-groups.h"
#include "ui/choice.h"
#include "ui/linear-parts.h"
#include "ui/reader.h"
#include "ui/typed-number.h"

static void
find_done(struct app *app, struct view *view, const char *text, gpointer data)
{
    struct linear *l = data;
    (void)app;
    g_free(view->find);
    view->find = g_strdup(text);
    if (l->line < 0 || l->line + 1 >= (int64_t)l->lines->len) /* it was read to its end */
        l->line = 0;
    linear_find(l, 1, true);
}

/* What leads through a text by its lines, not by those of a screen; false for other actions. */
static bool
act_on_text(struct linear *l, enum action action, const struct action_argument *argument)
{
    struct app *app = l->app;
    struct view *view = app_top(app);
    if (view->ops->row_to_text || view->ops->context == CONTEXT_CHOICE)
        return false;
    switch (action) {
    case ACTION_DOWN:
    case ACTION_UP:
        linear_step(l, action == ACTION_DOWN ? 1 : -1, (guint)MAX(argument->count, 1));
        return true;
    case ACTION_FIRST:
    case ACTION_LAST:
        linear_go(l, action == ACTION_LAST, (guint)argument->count);
        return true;
    case ACTION_PAGE_DOWN:
        if (linear_say_onwards(l))
            return true;
        scroller_move(&view->scroll, ACTION_LAST, 0); /* it was read to its end */
        return false;
    case ACTION_PAGE_UP:
        return linear_say_again(l);
    case ACTION_COPY_QUOTATION: /* the paragraph that it takes is the one at the top */
        view->scroll.top = MAX(l->line - MAX((int64_t)l->lines->len - view->scroll.count, 0), 0);
        return false;
    case ACTION_FIND:
        prompt_open(&app->prompt, &(struct prompt_request){.kind = PROMPT_FIND,
                                                           .label = _("Find: "),
                                                           .view = view,
                                                           .done = find_done,
                                                           .data = l});
        if (*argument->text)
            prompt_answer(&app->prompt, argument->text);
        return true;
    case ACTION_NEXT_UNREAD:
    case ACTION_PREVIOUS_UNREAD:
    case ACTION_NEXT_CHANGE:
    case ACTION_PREVIOUS_CHANGE:
        if (!view->find)
            return false;
        linear_find(l, action == ACTION_NEXT_UNREAD || action == ACTION_NEXT_CHANGE ? 1 : -1,
                    false);
        return true;
    case ACTION_BACK:
        g_clear_pointer(&view->find, g_free);
        return false;
    default:
        return false;
    }
}

/* A number opens the row, or in an article the link, that it names. */
void
linear_open_number(struct linear *l, const char *text)
{
    struct app *app = l->app;
    struct view *view = app_top(app);
    bool rows = view->ops->row_to_text && view->scroll.count;
    int number = typed_number_take(app, text);
    if (!rows && view->ops->context != CONTEXT_READER)
        app_say(app, _("numbers open nothing here"));
    else if (!rows && !number)
        typed_number_say_no_link(app, 0);
    else if (!rows || typed_number_go(app, view, number))
        reader_act(app, ACTION_OPEN, number);
}

static void
press(struct app *app, const char *keys)
{
    g_auto(GStrv) all = g_strsplit(keys, " ", -1);
    for (char **key = all; *key; key++)
        reader_key(app, *key);
}

/* An address behind `add` is looked at, as one that is typed when asked for. */
static void
take_added(struct app *app, enum action action)
{
    const struct view *view = app_top(app);
    if (action != ACTION_ADD || view->ops->context != CONTEXT_CHOICE)
        return;
    g_autofree char *typed = g_strdup(choice_typed(view));
    if (*typed)
        linear_narrow_down(app, typed);
}

/* Where a line does nothing else but here, by its first word if not as a whole; or NULL. */
static char *
where_else(const struct app *app, const char *line, const char *word, enum action action)
{
    char *where = linear_where_it_acts(app, line, action);
    return where || !*word ? where : linear_where_it_acts(app, word, action);
}

/* What a line means in the view that is on. */
struct meaning {
    char *key, *named, *ways; /* as linear-parts.h tells, owned */
    const char *argument;     /* borrowed from the words; "": none */
    bool is_key, is_macro;    /* the line; its first word */
    enum action action;
};

static void
meaning_clear(struct meaning *m)
{
    g_free(m->key);
    g_free(m->named);
    g_free(m->ways);
}
DEFINE_AUTO_CLEAR(meaning, meaning_clear)

static void
find_meaning(const struct app *app, const char *line, char *const *words, struct meaning *m)
{
    enum action_context context = app_top(app)->ops->context;
    bool more;
    m->key = linear_key(app, line);
    m->is_key = keymap_action(app->keymap, context, m->key, &more) != ACTION_NONE;
    m->argument = !m->is_key && words[0] && words[1] ? words[1] : "";
    g_autofree char *first = *m->argument ? linear_key(app, words[0]) : g_strdup(m->key);
    enum action by_first = keymap_action(app->keymap, context, first, &more);
    m->is_macro = by_first >= ACTION_COUNT && by_first != ACTION_NONE;
    m->named = m->is_key ? NULL : linear_with_name(app, words, m->argument);
    m->ways = linear_ways_on(app, m->key);
    if (!m->ways && *m->argument)
        m->ways = linear_ways_on(app, first);
    m->action = linear_action(app, first, words[0] ? words[0] : "");
}

/* "3j" and "3 j", as one types on a screen; false for other lines. */
static bool
refuse_count(struct app *app, const char *line)
{
    gint64 count;
    const char *end;
    if (!number_prefix(line, G_MAXINT, &count, &end))
        return false;
    g_autofree char *digits = g_strndup(line, (gsize)(end - line)),
                    *rest = g_strstrip(g_strdup(end)), *key = linear_key(app, rest);
    if (!*rest || linear_action(app, key, rest) == ACTION_NONE)
        return false;
    app_refuse(app, _("a number stands behind what it is for: %s %s"), rest, digits);
    return true;
}

void
linear_take_command(struct linear *l, const char *line)
{
    struct app *app = l->app;
    const struct view *view = app_top(app);
    g_auto(GStrv) words = g_strsplit(line, " ", 2);
    if (words[0] && words[1])
        g_strstrip(words[1]);
    AUTO(meaning_clear) struct meaning m = {0};
    find_meaning(app, line, words, &m);
    enum action action = m.action;
    bool known = action != ACTION_NONE && action < ACTION_COUNT,
         foreign = known && !(actions_table[action].contexts & view->ops->context),
         here = m.is_key || m.ways || m.named || (action != ACTION_NONE && !foreign);
    g_autofree char *where = here ? NULL
                                  : where_else(app, line, *m.argument ? words[0] : "", action);
    struct action_argument argument;
    if (!here && !where && !known) {
        action = linear_screen_action(app, line);
        known = action != ACTION_NONE;
    }
    l->action = known ? action : ACTION_NONE;
    l->typed = g_strdup(line);
    if (!here && refuse_count(app, line)) {
        return;
    } else if (*line == ':' && line[1]) { /* as on the screen, in one line */
        reader_run_command(app, line + 1);
        take_added(app, ACTION_ADD);
    } else if (g_str_equal(line, ".") && (!here || (known && action_is_of_screen(action)))) {
        app_say(app, app->focus > 0
                         ? _("nothing is asked that a full stop leaves; {back} leads back")
                         : _("nothing is asked that a full stop leaves"));
    } else if (where) {
        app_refuse(app, _("'%s' does nothing here; it acts in: %s"), line, where);
    } else if (known && action_is_of_screen(action)) {
        app_refuse(app, _("'%s' (%s) acts on a screen only"), line,
                   linear_action_name(app, action));
    } else if (m.is_macro && *m.argument) {
        app_refuse(app, _("nothing was done: nothing can stand behind '%s' here"), words[0]);
    } else if (known && !foreign && !action_argument_read(app, action, m.argument, &argument)) {
        return;
    } else if (known && act_on_text(l, action, &argument)) {
        return;
    } else if ((action == ACTION_PAGE_DOWN || action == ACTION_PAGE_UP) && view->ops->row_to_text) {
        linear_turn_page(l, action == ACTION_PAGE_DOWN ? 1 : -1);
    } else if (m.is_key) {
        press(app, m.key);
    } else if (m.ways) {
        app_say(app, "%s", m.ways);
    } else {
        reader_run_command(app, m.named ? m.named : line);
        take_added(app, action);
    }
}
