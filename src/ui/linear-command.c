/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A line that acts: a number, which opens, or a key or the name of an action with what it takes.
 * What leads through a text does so by its lines here, not by those of a screen.
 */
#include "config.h"

#include "base/i18n.h"
#include "ui/action-argument.h"
#include "ui/action-groups.h"
#include "ui/choice.h"
#include "ui/linear-parts.h"
#include "ui/reader.h"
#include "ui/typed-number.h"
#include "text/typed-sign.h"

static void
find_done(struct app *app, struct view *view, const char *text, gpointer data)
{
    struct linear *l = data;
    (void)app;
    g_free(view->find);
    view->find = g_strstrip(g_strdup(text));
    int64_t read = l->line;
    if (read < 0 || read + 1 >= (int64_t)l->lines->len) /* it was read to its end */
        l->line = 0;
    if (!linear_find(l, 1, true, 1))
        l->line = read; /* it still was */
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
        app_refresh(app, view);
        linear_take_again(l);
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
        linear_find(l, action == ACTION_NEXT_UNREAD || action == ACTION_NEXT_CHANGE ? 1 : -1, false,
                    MAX(argument->count, 1));
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
        app_say(app, _("numbers open nothing here; {back} leads back"));
    else if (!rows && !number)
        typed_number_say_no_link(app, 0);
    else if (!rows || typed_number_go(app, view, number))
        reader_act(app, ACTION_OPEN, number);
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

/* --- what a line means ------------------------------------------------------------------ */

/* What a line means in the view that is on. */
struct meaning {
    const char *line;         /* borrowed */
    char **words;             /* its first word, and all behind it */
    char *key, *named, *ways; /* as linear-parts.h tells, owned */
    char *where;              /* where else it acts, or NULL */
    const char *argument;     /* borrowed from the words; "": none */
    bool is_key, is_macro;    /* the line; its first word */
    bool here;                /* it does something in this view */
    enum action action;       /* ACTION_NONE: none, or a macro */
    bool foreign;             /* of another view */
    struct action_argument read;
};

static void
meaning_clear(struct meaning *m)
{
    g_strfreev(m->words);
    g_free(m->key);
    g_free(m->named);
    g_free(m->ways);
    g_free(m->where);
}
DEFINE_AUTO_CLEAR(meaning, meaning_clear)

/* Its key, and what its first word is if something stands behind that. */
static enum action
find_names(const struct app *app, struct meaning *m)
{
    enum action_context context = app_top(app)->ops->context;
    const char *word = m->words[0] ? m->words[0] : "";
    bool more;
    m->key = linear_key(app, m->line);
    m->is_key = keymap_action(app->keymap, context, m->key, &more) != ACTION_NONE;
    m->argument = !m->is_key && *word && m->words[1] ? m->words[1] : "";
    g_autofree char *first = *m->argument ? linear_key(app, word) : g_strdup(m->key);
    enum action by_first = keymap_action(app->keymap, context, first, &more);
    m->is_macro = by_first >= ACTION_COUNT && by_first != ACTION_NONE;
    m->named = m->is_key ? NULL : linear_with_name(app, m->words, m->argument);
    m->ways = linear_ways_on(app, m->key);
    if (!m->ways && *m->argument)
        m->ways = linear_ways_on(app, first);
    return linear_action(app, first, word);
}

static void
find_meaning(const struct app *app, const char *line, struct meaning *m)
{
    *m = (struct meaning){.line = line, .words = g_strsplit(line, " ", 2)};
    if (m->words[0] && m->words[1])
        g_strstrip(m->words[1]);
    enum action action = find_names(app, m);
    bool known = action != ACTION_NONE && action < ACTION_COUNT;
    m->foreign = known && !(actions_table[action].contexts & app_top(app)->ops->context);
    m->here = m->is_key || m->ways || m->named || (action != ACTION_NONE && !m->foreign);
    if (!m->here)
        m->where = where_else(app, line, *m->argument ? m->words[0] : "", action);
    m->action = known                   ? action
                : !m->here && !m->where ? linear_screen_action(app, line)
                                        : ACTION_NONE;
}

static bool
is_of_screen(const struct meaning *m)
{
    return m->action != ACTION_NONE && action_is_of_screen(m->action);
}

/* --- what is done of it ----------------------------------------------------------------- */

/* "3j" and "3 j", as one types on a screen. */
static bool
refuse_count(struct linear *l, struct meaning *m)
{
    struct app *app = l->app;
    const char *end = m->line;
    while (g_ascii_isdigit(typed_sign(end, NULL)))
        end = g_utf8_next_char(end);
    if (m->here || end == m->line)
        return false;
    g_autofree char *digits = g_strndup(m->line, (gsize)(end - m->line)),
                    *rest = g_strstrip(g_strdup(end)), *key = linear_key(app, rest);
    enum action action = *rest ? linear_action(app, key, rest) : ACTION_NONE;
    if (action == ACTION_NONE)
        return false;
    if (action_takes_number(app, action))
        app_refuse(app, _("a number stands behind what it is for: %s %s"), rest, digits);
    else
        app_refuse(app, _("nothing was done: '%s' has no use for a number here"), rest);
    return true;
}

/* ":tag water", as on the screen, in one line. */
static bool
run_behind_colon(struct linear *l, struct meaning *m)
{
    const char *rest;
    if (typed_sign(m->line, &rest) != ':' || !*rest)
        return false;
    reader_run_command(l->app, rest);
    take_added(l->app, ACTION_ADD);
    return true;
}

/* "2-4" and "1,3": a line is for one row. */
static bool
refuse_several(struct linear *l, struct meaning *m)
{
    bool several = typed_number_are_several(m->line);
    if (several)
        typed_number_refuse_several(l->app);
    return several;
}

/* What leaves a question where none is asked. */
static bool
answer_full_stop(struct linear *l, struct meaning *m)
{
    if (!typed_sign_is(m->line, '.') || (m->here && !is_of_screen(m)))
        return false;
    app_say(l->app, l->app->focus > 0
                        ? _("nothing is asked that a full stop leaves; {back} leads back")
                        : _("nothing is asked that a full stop leaves"));
    return true;
}

static bool
refuse_elsewhere(struct linear *l, struct meaning *m)
{
    if (m->where)
        app_refuse(l->app, _("'%s' does nothing here; it acts in: %s"), m->line, m->where);
    return m->where != NULL;
}

static bool
refuse_of_screen(struct linear *l, struct meaning *m)
{
    if (is_of_screen(m))
        app_refuse(l->app, _("'%s' (%s) acts on a screen only"), m->line,
                   linear_action_name(l->app, m->action));
    return is_of_screen(m);
}

static bool
refuse_behind_macro(struct linear *l, struct meaning *m)
{
    bool refused = m->is_macro && *m->argument;
    if (refused)
        app_refuse(l->app, _("nothing was done: nothing can stand behind '%s' here"), m->words[0]);
    return refused;
}

/* Refuses what an action cannot take. */
static bool
read_argument(struct linear *l, struct meaning *m)
{
    return m->action != ACTION_NONE && !m->foreign &&
           !action_argument_read(l->app, m->action, m->argument, &m->read);
}

static bool
go_through_text(struct linear *l, struct meaning *m)
{
    return m->action != ACTION_NONE && act_on_text(l, m->action, &m->read);
}

static bool
turn_page(struct linear *l, struct meaning *m)
{
    bool turns = m->action == ACTION_PAGE_DOWN || m->action == ACTION_PAGE_UP;
    if (!turns || !app_top(l->app)->ops->row_to_text)
        return false;
    linear_turn_page(l, m->action == ACTION_PAGE_DOWN ? 1 : -1);
    return true;
}

static bool
press(struct linear *l, struct meaning *m)
{
    g_auto(GStrv) keys = g_strsplit(m->is_key ? m->key : "", " ", -1);
    for (char **key = keys; *key; key++)
        reader_key(l->app, *key);
    return m->is_key;
}

static bool
tell_ways_on(struct linear *l, struct meaning *m)
{
    if (m->ways)
        app_say(l->app, "%s", m->ways);
    return m->ways != NULL;
}

/* By its name, or what begins as one. */
static bool
run(struct linear *l, struct meaning *m)
{
    reader_run_command(l->app, m->named ? m->named : m->line);
    take_added(l->app, m->action);
    return true;
}

/* "/water" and "\\water" as one types them on a screen: the key, and behind it what it takes. */
static char *
with_key_apart(const struct app *app, const char *line)
{
    const char *rest;
    char sign = typed_sign(line, &rest);
    g_autofree char *whole = linear_key(app, line), *own = sign ? g_strndup(&sign, 1) : NULL,
                    *key = own ? linear_key(app, own) : NULL;
    bool more, parts = key && g_ascii_ispunct(sign) && *rest && *rest != ' ';
    enum action_context context = app_top(app)->ops->context;
    enum action action = parts ? keymap_action(app->keymap, context, key, &more) : ACTION_NONE;
    parts &= (action == ACTION_FIND || action == ACTION_SEARCH) &&
             keymap_action(app->keymap, context, whole, &more) == ACTION_NONE;
    return parts ? g_strdup_printf("%s %s", own, rest) : g_strdup(line);
}

void
linear_take_command(struct linear *l, const char *typed)
{
    /* each takes a line or leaves it to those behind it */
    static bool (*const takers[])(struct linear *, struct meaning *) = {
        refuse_several,
        refuse_count,
        run_behind_colon,
        answer_full_stop,
        refuse_elsewhere,
        refuse_of_screen,
        refuse_behind_macro,
        read_argument,
        go_through_text,
        turn_page,
        press,
        tell_ways_on,
        run,
    };
    g_autofree char *line = with_key_apart(l->app, typed);
    AUTO(meaning_clear) struct meaning m;
    find_meaning(l->app, line, &m);
    l->action = m.action;
    l->typed = g_strdup(typed);
    for (size_t i = 0; i < G_N_ELEMENTS(takers); i++)
        if (takers[i](l, &m))
            return;
}
