/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The linear mode: lines that are typed, and what they do. */
#include "config.h"

#include "ui/linear.h"
#include "base/i18n.h"
#include "base/message.h"
#include "base/number.h"
#include "base/status.h"
#include "ui/action-groups.h"
#include "ui/choice.h"
#include "ui/end-signal.h"
#include "ui/jobs.h"
#include "ui/fetching.h"
#include "ui/keep.h"
#include "ui/line-input.h"
#include "ui/linear-say.h"
#include "ui/osc52.h"
#include "ui/programs.h"
#include "ui/progress.h"
#include "ui/reader.h"
#include "ui/term.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define MAX_COUNT        1000000
#define TELL_AFTER       (10 * G_USEC_PER_SEC) /* that something has run without a word */
#define PROGRAM_PATIENCE G_USEC_PER_SEC /* that a program beside is waited for: most have ended */

static void
say_message(struct linear *l)
{
    struct app *app = l->app;
    if (app->message) {
        g_autofree char *error =
            app->message_is_error ? g_strdup_printf(_("error: %s"), app->message) : NULL;
        linear_say(l, error ? error : app->message);
    }
    g_clear_pointer(&app->message, g_free);
}

/* Beside the words: a screen reader's terminal may have a clipboard too. */
static void
copy(struct app *app)
{
    g_autofree char *text = g_steal_pointer(&app->clipboard);
    g_autofree char *sequence = text ? osc52_sequence(text, osc52_way()) : NULL;
    if (sequence)
        print_raw(sequence);
}

/* What is asked; that more of a page follows; or that a line is waited for. */
static void
say_prompt(const struct linear *l)
{
    const struct prompt *prompt = &l->app->prompt;
    if (prompt->active && prompt->text->len)
        print_textf(stdout, _("%s[an empty line: %s; a full stop: not at all] "),
                    prompt->request.label, prompt->text->str);
    else if (prompt->active && prompt->request.kind != PROMPT_CONFIRM)
        print_textf(stdout, _("%s[a full stop: not at all] "), prompt->request.label);
    else if (prompt->active)
        print_textf(stdout, "%s", prompt->request.label);
    else
        print_textf(stdout, "%s", linear_waits(l) ? _("an empty line reads on > ") : "> ");
    fflush(stdout);
}

/* The answer to what is asked. */
static void
answer(struct app *app, const char *line)
{
    struct prompt *prompt = &app->prompt;
    g_autofree char *fallback = g_strdup(prompt->text->str);
    if (g_str_equal(line, ".") || (!*line && !*fallback)) {
        bool ends = prompt->request.kind == PROMPT_FIND && !*line && app_top(app)->find;
        prompt_key(prompt, "Esc");
        if (ends)
            g_clear_pointer(&app_top(app)->find, g_free);
        app_say(app, "%s", ends ? _("the search has ended") : _("nothing was done"));
    } else {
        prompt_answer(prompt, *line ? line : fallback);
    }
}

/* --- keys ------------------------------------------------------------------------------------ */

#define MAX_SEQUENCE 4 /* keys that are typed as one line */

/* The key that a line is in a context; those of a sequence with blanks between them: "S d" of "Sd". */
static char *
key_in(const struct app *app, enum action_context context, const char *line)
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

static char *
key_of(const struct app *app, const char *line)
{
    return key_in(app, app_top(app)->ops->context, line);
}

/* The action that a line names by its key or its name in this view. */
static enum action
action_of(const struct app *app, const char *key, const char *word)
{
    bool more;
    enum action action = keymap_action(app->keymap, app_top(app)->ops->context, key, &more);
    return action != ACTION_NONE ? action : action_find(word);
}

/* --- children ---------------------------------------------------------------------------- */

static void
say_progress(struct linear *l)
{
    g_autofree char *text = progress_text(l->app);
    linear_say(l, text);
    fflush(stdout);
}

/* Stops what was started by the last line and has a name for who waits: fetches. */
static void
stop(struct linear *l)
{
    static const enum job_slot others[] = {JOB_DISCOVER, JOB_WORK};
    struct app *app = l->app;
    fetching_stop(app);
    for (size_t i = 0; i < G_N_ELEMENTS(others); i++)
        if (job_runs(&app->jobs[others[i]])) {
            job_abandon(&app->jobs[others[i]]);
            app_say(app, "%s", _("the fetch was stopped"));
        }
    say_message(l);
    fflush(stdout);
}

/*
 * A line that stops what runs is not kept for later.  Who types may have typed others before; in a
 * file each is for what was done by those before it.
 */
static void
take_cancel(struct linear *l, struct line_input *input)
{
    const struct app *app = l->app;
    for (GList *at = input->lines->head; at; at = app->terminal ? at->next : NULL) {
        g_autofree char *line = g_strstrip(g_strdup(at->data)), *key = key_of(app, line);
        if (action_of(app, key, line) != ACTION_CANCEL)
            continue;
        g_free(at->data);
        g_queue_delete_link(input->lines, at);
        stop(l);
        return;
    }
}

/* Whether nothing runs but programs beside the reader, which may go on for hours. */
static bool
only_programs(const struct app *app)
{
    bool other = app->session->pending->len > 0;
    for (int i = 0; i < JOB_PROGRAM; i++)
        other |= job_runs(&app->jobs[i]);
    return !other;
}

/*
 * Until nothing runs that was started by the last line; now and then it is said how far it is, and
 * at once unless the line was answered (`said`).
 */
static void
wait_for_children(struct linear *l, struct line_input *input, bool said)
{
    struct app *app = l->app;
    gint64 begun = g_get_monotonic_time(), told = begun;
    jobs_poll(app, false);
    if (job_runs(&app->jobs[JOB_FETCH]) && !said && !app->message)
        say_progress(l);
    while (!jobs_idle(app) && !end_signal) {
        struct pollfd polls[JOBS_DESCRIPTORS + 1];
        int fds[JOBS_DESCRIPTORS];
        int count = jobs_descriptors(app, fds);
        for (int i = 0; i < count; i++)
            polls[i] = (struct pollfd){.fd = fds[i], .events = POLLIN};
        if (count) {
            polls[count] =
                (struct pollfd){.fd = input->ended ? -1 : STDIN_FILENO, .events = POLLIN};
            if (poll(polls, (nfds_t)count + 1, 100) > 0 && polls[count].revents)
                line_input_read(input);
            take_cancel(l, input);
        }
        jobs_poll(app, false);
        if (job_runs(&app->jobs[JOB_FETCH]) && g_get_monotonic_time() - told > TELL_AFTER) {
            say_progress(l);
            told = g_get_monotonic_time();
        }
        if (!count) /* marks that meet another program wait with the next line */
            return;
        if (only_programs(app) && g_get_monotonic_time() - begun > PROGRAM_PATIENCE)
            return; /* what it comes to is told with a later line */
    }
}

static void
say_no_number(struct app *app, gint64 number, int64_t last)
{
    app_say(app, _("there is no number %ld here; the last one is %ld"), (long)number, (long)last);
}

/* An empty line reads on, and takes what is left where that is one row, or text alone. */
static void
choose_what_is_left(struct linear *l)
{
    const struct view *view = app_top(l->app);
    bool narrowed = *choice_typed(view);
    if (narrowed && (view->scroll.count == 1 || (!view->scroll.count && choice_takes_text(view))))
        reader_act(l->app, ACTION_CHOOSE, 0);
    else if (view->scroll.count)
        linear_turn_page(l, 1);
    else
        app_say(l->app, "%s", _("Nothing matches."));
}

static void
choose_number(struct app *app, gint64 number)
{
    struct scroller *s = &app_top(app)->scroll;
    if (!s->count) {
        app_say(app, "%s", _("Nothing matches."));
    } else if (number < 1 || number > s->count) {
        say_no_number(app, number, s->count);
    } else {
        scroller_go(s, number - 1);
        reader_act(app, ACTION_CHOOSE, 0);
    }
}

/* A menu takes keys; it may be gone by one. */
static void
press_in_menu(struct app *app, const char *line)
{
    struct view *view = app_top(app);
    int64_t cursor = view->scroll.cursor;
    bool key = g_utf8_strlen(line, -1) == 1 && view->ops->type(view, app, line);
    if (!key || (app_top(app) == view && view->scroll.cursor == cursor && !app->message))
        app_show_error(app, _("'%s' chooses nothing here; a number does"), line);
}

static void
narrow_down(struct app *app, const char *line)
{
    struct view *view = app_top(app);
    choice_type(view, line);
    view->said = false; /* as many rows may be others */
    if (!view->scroll.count && choice_takes_text(view) && strchr(line, '.'))
        reader_act(app, ACTION_CHOOSE, 0); /* an address is taken at once */
}

/* A line to a choice narrows it down, or names a row. */
static void
choose(struct linear *l, const char *line)
{
    struct app *app = l->app;
    gint64 number;
    const char *end;
    if (g_str_equal(line, ".") || g_str_equal(line, "q") ||
        g_str_equal(line, actions_table[ACTION_LEAVE].name))
        reader_act(app, ACTION_LEAVE, 0);
    else if (g_str_equal(line, "?"))
        app_top(app)->said = false;
    else if (number_prefix(line, MAX_COUNT, &number, &end) && !*end)
        choose_number(app, number);
    else if (!*line)
        choose_what_is_left(l);
    else if (choice_is_menu(app_top(app)))
        press_in_menu(app, line);
    else
        narrow_down(app, line);
}

/* --- lines --------------------------------------------------------------------------------- */

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
act_on_text(struct linear *l, enum action action, const char *argument)
{
    struct app *app = l->app;
    struct view *view = app_top(app);
    gint64 count;
    if (view->ops->row_to_text || view->ops->context == CONTEXT_CHOICE)
        return false;
    if (!number_parse(argument, 0, MAX_COUNT, &count))
        count = 0;
    switch (action) {
    case ACTION_DOWN:
    case ACTION_UP:
        linear_step(l, action == ACTION_DOWN ? 1 : -1, (guint)MAX(count, 1));
        return true;
    case ACTION_FIRST:
    case ACTION_LAST:
        linear_go(l, action == ACTION_LAST, (guint)count);
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
        if (*argument)
            prompt_answer(&app->prompt, argument);
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
static void
open_number(struct linear *l, gint64 number)
{
    struct app *app = l->app;
    const struct view *view = app_top(app);
    int64_t rows = view->ops->row_to_text ? view->scroll.count : 0;
    if (rows && (number < 1 || number > rows))
        say_no_number(app, number, rows);
    else if (!rows && view->ops->context != CONTEXT_READER)
        app_say(app, _("numbers open nothing here"));
    else
        reader_act(app, ACTION_OPEN, (int)number);
}

/* What a line may go on with that is the beginning of a sequence: "S: d date, t title"; or NULL. */
static char *
ways_on(const struct app *app, const char *key)
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
        g_string_append_printf(text, "%s%s %s", i ? ", " : ": ", way->key,
                               keymap_word(app->keymap, way->action));
    }
    return g_string_free(text, FALSE);
}

/* Whether an action does something with what stands behind it. */
static bool
takes(enum action action, const char *argument)
{
    gint64 number;
    const char *end;
    switch (action) {
    case ACTION_ADD:
    case ACTION_COMMAND:
    case ACTION_FILTER:
    case ACTION_FIND:
    case ACTION_PIPE:
    case ACTION_PIPE_HTML:
    case ACTION_PIPE_MARKDOWN:
    case ACTION_RUN:
    case ACTION_SAVE:
    case ACTION_SAVE_QUERY:
    case ACTION_SEARCH:
    case ACTION_TAG:
        return true;
    case ACTION_BROWSER:
    case ACTION_DOWN:
    case ACTION_FIRST:
    case ACTION_LAST:
    case ACTION_OPEN:
    case ACTION_UP:
        return number_prefix(argument, MAX_COUNT, &number, &end) && !*end;
    default:
        return false;
    }
}

/* The name of an action, or what a macro does; borrowed. */
static const char *
name_of(const struct app *app, enum action action)
{
    return action < ACTION_COUNT ? actions_table[action].name : keymap_word(app->keymap, action);
}

/* A view of another kind, as the place where a key acts. */
static const char *
place_name(enum action_context context)
{
    return context == CONTEXT_SECTIONS  ? _("the first view")
           : context == CONTEXT_LIST    ? _("a list of articles")
           : context == CONTEXT_READER  ? _("an article")
           : context == CONTEXT_PAGE    ? _("the help and other pages")
           : context == CONTEXT_CHANGES ? _("the texts that an article had")
                                        : _("two editions beside each other");
}

/* Where a line that does nothing here is a key, or the name of `named`: "an article (links)". */
static char *
where_it_acts(const struct app *app, const char *line, enum action named)
{
    GString *text = g_string_new(NULL);
    enum action last = ACTION_NONE;
    for (int i = 0; CONTEXT_ALL >> i; i++) {
        enum action_context context = (enum action_context)(1 << i);
        if (context == CONTEXT_CHOICE || context == app_top(app)->ops->context)
            continue;
        g_autofree char *key = key_in(app, context, line);
        bool more;
        enum action action = keymap_action(app->keymap, context, key, &more);
        bool acts = named == ACTION_NONE ? action != ACTION_NONE || more
                                         : actions_table[named].contexts & context;
        if (!acts)
            continue;
        if (last != ACTION_NONE && last != action)
            g_string_append_printf(text, " (%s)", name_of(app, last));
        g_string_append_printf(text, "%s%s", text->len ? ", " : "", place_name(context));
        last = named == ACTION_NONE ? action : ACTION_NONE;
    }
    if (last != ACTION_NONE) /* what it does there */
        g_string_append_printf(text, " (%s)", name_of(app, last));
    if (!text->len) {
        g_string_free(text, TRUE);
        return NULL;
    }
    return g_string_free(text, FALSE);
}

/* A key with what it would ask for behind it, by the name of its action: "tag water"; or NULL. */
static char *
with_name(const struct app *app, char *const *words, const char *argument)
{
    bool more;
    if (!words[0] || !*argument)
        return NULL;
    g_autofree char *key = key_of(app, words[0]);
    enum action action = keymap_action(app->keymap, app_top(app)->ops->context, key, &more);
    return action < ACTION_COUNT && action != ACTION_NONE && takes(action, argument)
               ? g_strdup_printf("%s %s", actions_table[action].name, argument)
               : NULL;
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
        narrow_down(app, typed);
}

static void
take_command(struct linear *l, const char *line)
{
    struct app *app = l->app;
    g_autofree char *key = key_of(app, line);
    g_auto(GStrv) words = g_strsplit(line, " ", 2);
    const char *argument = words[0] && words[1] ? g_strstrip(words[1]) : "";
    bool more;
    bool is_key = keymap_action(app->keymap, app_top(app)->ops->context, key, &more) != ACTION_NONE;
    g_autofree char *named = is_key ? NULL : with_name(app, words, argument),
                    *ways = ways_on(app, key);
    g_auto(GStrv) parts = g_strsplit(named ? named : line, " ", 2);
    bool has_more = !is_key && *argument && g_utf8_strlen(words[0], -1) == 1;
    enum action action = action_of(app, has_more ? words[0] : key, parts[0] ? parts[0] : "");
    bool foreign = action != ACTION_NONE && action < ACTION_COUNT &&
                   !(actions_table[action].contexts & app_top(app)->ops->context);
    bool here = is_key || ways || named || (action != ACTION_NONE && !foreign);
    g_autofree char *where = here ? NULL : where_it_acts(app, has_more ? words[0] : line, action);
    l->action = action < ACTION_COUNT ? action : ACTION_NONE;
    l->typed = g_strdup(line);
    if (*line == ':' && line[1]) { /* as on the screen, in one line */
        reader_run_command(app, line + 1);
        take_added(app, ACTION_ADD);
    } else if (where) {
        app_refuse(app, _("'%s' does nothing here; it acts in: %s"), line, where);
    } else if (action < ACTION_COUNT && action_is_of_screen(action)) {
        app_refuse(app, _("'%s' (%s) acts on a screen only"), line, name_of(app, action));
    } else if (has_more && !named && action != ACTION_NONE) { /* words that begin like a key */
        app_refuse(app, _("there is no action '%s'"), line);
    } else if (action != ACTION_NONE && act_on_text(l, action, argument)) {
        return;
    } else if ((action == ACTION_PAGE_DOWN || action == ACTION_PAGE_UP) &&
               app_top(app)->ops->row_to_text) {
        linear_turn_page(l, action == ACTION_PAGE_DOWN ? 1 : -1);
    } else if (is_key) {
        press(app, key);
    } else if (ways) {
        app_say(app, "%s", ways);
    } else {
        reader_run_command(app, named ? named : line);
        take_added(app, action);
    }
}

static void
take_line(struct linear *l, char *line)
{
    struct app *app = l->app;
    gint64 number;
    const char *end;
    l->spoke = false;
    l->action = ACTION_NONE;
    g_clear_pointer(&l->typed, g_free);
    g_strstrip(line);
    if (app->prompt.active) {
        l->action = app->prompt.request.kind == PROMPT_FIND ? ACTION_FIND : ACTION_NONE;
        answer(app, line);
        return;
    }
    if (!*line && linear_read_on(l))
        return;
    linear_forget(l);
    if (app_top(app)->ops->context == CONTEXT_CHOICE)
        choose(l, line);
    else if (number_prefix(line, MAX_COUNT, &number, &end) && !*end)
        open_number(l, number);
    else
        take_command(l, line);
}

/* Waits for a line; NULL: there are no more. */
static char *
next_line(struct line_input *input)
{
    char *line = line_input_take(input);
    while (!line && !input->ended && !end_signal) {
        line_input_read(input);
        line = line_input_take(input);
    }
    return line;
}

int
linear_run(struct session *session)
{
    g_autoptr(GError) error = NULL;
    AUTO(app_free) struct app *app = reader_new(session, 80, LINEAR_ROWS + 3, true, &error);
    if (!app) {
        message_error("%s", error->message);
        return STATUS_USAGE;
    }
    app->terminal = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
    app->copies = app->terminal && term_copies();
    keep_load(app);
    app->layout = 1;
    AUTO(linear_clear) struct linear l;
    linear_init(&l, app);
    AUTO(line_input_clear) struct line_input input;
    line_input_init(&input);
    bool gone;
    linear_say_view(&l);
    say_message(&l);
    say_prompt(&l);
    while (!app->quit && !end_signal && !message_output_fails(&gone)) {
        g_autofree char *line = next_line(&input),
                        *text = line ? message_decode_argument(line) : NULL;
        if (!text)
            break;
        take_line(&l, text);
        programs_run_foreground(app);
        copy(app);
        if (app->quit)
            break;
        bool said = app->message != NULL;
        say_message(&l); /* before what children say in its place */
        wait_for_children(&l, &input, said);
        say_message(&l);
        if (!app->prompt.active && !linear_waits(&l))
            linear_say_view(&l);
        say_prompt(&l);
    }
    print_textf(stdout, "\n");
    keep_save(app);
    return STATUS_OK;
}
