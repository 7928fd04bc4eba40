/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is handed to programs, and what is said of them. */
#include "config.h"

#include "ui/programs.h"
#include "base/clean.h"
#include "base/i18n.h"
#include "reader/heading.h"
#include "reader/outside.h"
#include "reader/save.h"
#include "ui/copy.h"
#include "ui/jobs.h"
#include "ui/term.h"

#include <string.h>

/* A program with what it gets. */
struct program_request {
    enum outside_program kind;
    char *name;
    char *fields[PROGRAM_FIELDS]; /* NULL: there is none */
    char *input;
    char *said; /* when it has ended well and says nothing itself, or NULL */
};

static void
request_free(struct program_request *request)
{
    g_free(request->name);
    for (int i = 0; i < PROGRAM_FIELDS; i++)
        g_free(request->fields[i]);
    g_free(request->input);
    g_free(request->said);
    g_free(request);
}
DEFINE_AUTO_FREE(program_request, request_free)

static struct program_call
call_of(const struct program_request *request)
{
    struct program_call call = {.kind = request->kind, .name = request->name};
    memcpy(call.fields, request->fields, sizeof call.fields);
    return call;
}

static struct program_request *
request_new(enum outside_program kind, const char *name)
{
    struct program_request *request = g_new0(struct program_request, 1);
    request->kind = kind;
    request->name = g_strdup(name);
    return request;
}

static void
set_fields(struct program_request *request, const struct article_row *row, const char *link)
{
    char **fields = request->fields;
    fields[PROGRAM_FIELD_TITLE] = g_strdup(heading_title(row));
    fields[PROGRAM_FIELD_URL] = g_strdup(row->link);
    fields[PROGRAM_FIELD_LINK] = g_strdup(link ? link : row->link);
    fields[PROGRAM_FIELD_SOURCE] = g_strdup(row->source_label);
    fields[PROGRAM_FIELD_DATE] = heading_date(&row->published);
    fields[PROGRAM_FIELD_AUTHOR] = g_strdup(row->author);
    fields[PROGRAM_FIELD_LANGUAGE] = g_strdup(row->language);
    fields[PROGRAM_FIELD_NUMBER] = g_strdup_printf("%" G_GINT64_FORMAT, row->id);
}

/* --- beside the reader ---------------------------------------------------------------------- */

static void
on_end(struct app *app, const struct job_end *end, gpointer data)
{
    const struct program_request *request = data;
    g_autofree char *answer = end->answer ? text_squeeze(end->answer, -1) : g_strdup("");
    if (end->status != 0 && *end->words)
        app_show_error(app, _("%s failed: %s"), request->name, end->words);
    else if (end->status > 128)
        app_show_error(app, _("%s was ended by signal %d"), request->name, end->status - 128);
    else if (end->status != 0)
        app_show_error(app, _("%s failed and did not say why"), request->name);
    else if (request->said)
        app_say(app, "%s", request->said);
    else
        app_say(app, _("%s: %s"), request->name, *answer ? answer : _("done"));
}

static void
free_request(gpointer data)
{
    request_free(data);
}

static struct job *
free_slot(struct app *app)
{
    for (int i = JOB_PROGRAM; i < JOB_COUNT; i++)
        if (!job_runs(&app->jobs[i]))
            return &app->jobs[i];
    return NULL;
}

/* Takes the request. */
static void
start(struct app *app, struct program_request *request)
{
    struct job *job = free_slot(app);
    struct program_call call = call_of(request);
    const char *input = request->input ? request->input : "";
    g_autoptr(GError) error = NULL;
    if (!job) {
        app_say(app, _("enough programs run already"));
        request_free(request);
        return;
    }
    struct child *child =
        child_start_program(app->session->context, &call, input, strlen(input), &error);
    if (child) {
        job_take(
            job, child,
            &(struct job){
                .on_end = on_end, .data = request, .free_data = free_request, .outlives = true});
        return;
    }
    app_show_error(app, "%s", error->message);
    request_free(request);
}

void
programs_copy(struct app *app, const char *text, const char *said)
{
    struct program_request *request = request_new(OUTSIDE_CLIPBOARD, "ui.clipboard");
    request->input = g_strdup(text);
    request->said = g_strdup(said);
    start(app, request);
}

/* --- with the terminal ---------------------------------------------------------------------- */

bool
programs_run_foreground(struct app *app)
{
    if (!app->foreground->len)
        return false;
    AUTO(request_free) struct program_request *request =
        g_ptr_array_steal_index(app->foreground, 0);
    struct program_call call = call_of(request);
    call.lines = app->plain;
    const char *input = request->input ? request->input : "";
    bool ran;
    g_autoptr(GError) error = NULL;
    struct term_signals before;
    term_signals_lend(&before);
    bool fine =
        outside_run_on_terminal(app->session->context, &call, input, strlen(input), &ran, &error);
    term_signals_take_back(&before);
    if (!fine)
        app_show_error(app, "%s%s%s", request->name, *request->name ? _(": ") : "", error->message);
    else if (ran && *request->name)
        app_say(app, _("%s: %s"), request->name, _("done"));
    else if (app->plain) /* where no picture comes back that says it */
        app_say(app, "%s", ran ? _("done") : _("nothing was done"));
    return true;
}

/* Takes the request. */
static void
wait_for_terminal(struct app *app, struct program_request *request)
{
    g_ptr_array_set_free_func(app->foreground, free_request);
    g_ptr_array_add(app->foreground, request);
}

/* --- what is asked for ---------------------------------------------------------------------- */

/* What a program gets; false and shown when the article cannot be had. */
static bool
render(struct app *app, const struct article_row *row, enum program_input input, char **text)
{
    static const enum save_format formats[] = {
        [PROGRAM_TEXT] = SAVE_TEXT, [PROGRAM_MARKDOWN] = SAVE_MARKDOWN, [PROGRAM_HTML] = SAVE_HTML};
    g_autoptr(GError) error = NULL;
    if (input == PROGRAM_NOTHING)
        return true;
    *text = input == PROGRAM_LINK ? g_strconcat(row->link ? row->link : "", "\n", NULL)
                                  : save_render(app->session->store, row, formats[input], &error);
    if (!*text)
        copy_show_no_text(app, row, error);
    return *text != NULL;
}

static void
pipe_to_typed(struct app *app, const struct article_row *row, const char *link,
              enum program_input input)
{
    if (!app->terminal) {
        app_show_error(app, _("a command can be typed on a terminal only"));
        return;
    }
    struct program_request *request = request_new(OUTSIDE_TYPED, "");
    set_fields(request, row, link);
    if (render(app, row, input, &request->input))
        wait_for_terminal(app, request);
    else
        request_free(request);
}

/* What there are, with commas between them. */
static char *
names(const struct app *app)
{
    const GPtrArray *rules = app->session->context->programs;
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < rules->len; i++)
        g_string_append_printf(text, "%s%s", i ? _(", ") : "",
                               ((const struct program_rule *)g_ptr_array_index(rules, i))->name);
    return g_string_free(text, FALSE);
}

/* It may run for long, and outlive the reader: that it has begun is said. */
static void
start_command(struct app *app, struct program_request *request)
{
    g_autofree char *name = g_strdup(request->name);
    start(app, request);
    if (!app->message)
        app_say(app, _("%s: %s"), name, _("started"));
}

static void
run_command(struct app *app, const struct article_row *row, const char *link, const char *name)
{
    const struct program_rule *rule = program_rules_find(app->session->context->programs, name);
    if (!rule) {
        app_show_error(app, _("crier.conf has no [command %s] yet; crier.conf(5) tells how"), name);
        return;
    }
    struct program_request *request = request_new(OUTSIDE_COMMAND, name);
    set_fields(request, row, link);
    if (!render(app, row, rule->input, &request->input))
        request_free(request);
    else if (rule->terminal)
        wait_for_terminal(app, request);
    else
        start_command(app, request);
}

/* Which article, while somebody types which command. */
struct chosen {
    int64_t article;
    char *link;
};

static void
chosen_free(gpointer data)
{
    struct chosen *chosen = data;
    g_free(chosen->link);
    g_free(chosen);
}

static void
run_done(struct app *app, struct view *view, const char *text, gpointer data)
{
    (void)view;
    const struct chosen *chosen = data;
    g_autofree char *name = g_strstrip(g_strdup(text));
    g_autoptr(GError) error = NULL;
    if (!*name)
        return;
    AUTO(article_row_free) struct article_row *row =
        listing_article(app->session->store, chosen->article, &error);
    if (row)
        run_command(app, row, chosen->link, name);
    else
        app_show_error(app, "%s", error->message);
}

GPtrArray *
programs_complete(struct app *app, const char *text)
{
    const GPtrArray *rules = app->session->context->programs;
    GPtrArray *found = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < rules->len; i++) {
        const struct program_rule *rule = g_ptr_array_index(rules, i);
        if (g_str_has_prefix(rule->name, text))
            g_ptr_array_add(found, g_strdup(rule->name));
    }
    return found;
}

static void
ask_command(struct app *app, const struct article_row *row, const char *link)
{
    g_autofree char *there_are = names(app), *label = g_strdup_printf(_("Run (%s): "), there_are);
    struct chosen *chosen = g_new0(struct chosen, 1);
    if (!*there_are) {
        app_say(app, _("crier.conf has no command yet; crier.conf(5) tells how"));
        chosen_free(chosen);
        return;
    }
    chosen->article = row->id;
    chosen->link = g_strdup(link);
    prompt_open(&app->prompt, &(struct prompt_request){.kind = PROMPT_PROGRAM,
                                                       .label = label,
                                                       .quoted = there_are,
                                                       .done = run_done,
                                                       .complete = programs_complete,
                                                       .data = chosen,
                                                       .free_data = chosen_free});
}

/* By a command of that name, else by what opens addresses of mail. */
static void
send_mail(struct app *app, const struct article_row *row, const char *link)
{
    bool named = program_rules_find(app->session->context->programs, "mail");
    if (named || !browser_takes_mail(app)) { /* which says what to set */
        run_command(app, row, link, "mail");
        return;
    }
    g_autofree char *subject = g_uri_escape_string(heading_title(row), NULL, FALSE),
                    *body = g_uri_escape_string(row->link ? row->link : "", NULL, FALSE),
                    *url = g_strdup_printf("mailto:?subject=%s&body=%s", subject, body);
    browser_open(app, url);
}

bool
programs_act(struct app *app, const struct article_row *row, const char *link, enum action action)
{
    switch (action) {
    case ACTION_PIPE:
        pipe_to_typed(app, row, link, PROGRAM_TEXT);
        return true;
    case ACTION_PIPE_MARKDOWN:
        pipe_to_typed(app, row, link, PROGRAM_MARKDOWN);
        return true;
    case ACTION_PIPE_HTML:
        pipe_to_typed(app, row, link, PROGRAM_HTML);
        return true;
    case ACTION_RUN:
        ask_command(app, row, link);
        return true;
    case ACTION_BOOKMARK:
        run_command(app, row, link, "bookmark");
        return true;
    case ACTION_MAIL:
        send_mail(app, row, link);
        return true;
    default:
        return false;
    }
}
