/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the subcommands share. */
#include "config.h"

#include "cli/cli.h"
#include "base/i18n.h"
#include "base/message.h"
#include "base/status.h"
#include "base/url.h"
#include "reader/child.h"
#include "reader/known-address.h"
#include "reader/lines.h"

#include <string.h>
#include <unistd.h>

#define WAIT_FOR_WRITER 5000 /* ms */

int
cli_fail(const GError *error)
{
    message_error("%s", error->message);
    return session_status(error);
}

void
cli_fence(const struct context *context, unsigned places)
{
    context_enclose(context, FENCE_READER, places, NULL, NULL);
}

static struct session *
open_session(struct context *context, bool create, int *status)
{
    g_autoptr(GError) error = NULL;
    struct session *session = session_open(context, create, WAIT_FOR_WRITER, &error);
    if (!session) {
        *status = cli_fail(error);
        return NULL;
    }
    if (session->store && store_is_full(session->store))
        message_warning("%s", session_full_text(session));
    else if (session->store && store_is_immutable(session->store))
        message_note(
            _("'%s' lies in a folder that cannot be written: what a running fetch adds is not seen"),
            store_path(session->store));
    *status = STATUS_OK;
    return session;
}

struct session *
cli_session(struct context *context, bool create, int *status)
{
    cli_fence(context, ENCLOSE_CONFIG | ENCLOSE_STORE | (create ? ENCLOSE_CREATE : 0));
    return open_session(context, create, status);
}

struct session *
cli_session_writing(struct context *context, const char *folder, int *status)
{
    context_enclose(context, FENCE_READER, ENCLOSE_CONFIG | ENCLOSE_STORE, NULL,
                    folder ? (const char *const[]){folder, NULL} : NULL);
    return open_session(context, false, status);
}

bool
cli_has_store(const struct session *session)
{
    if (session->store && !session->absent)
        return true;
    if (cli_is_subscribed(session))
        message_error(_("there is no store yet: 'crier fetch' makes it"));
    else
        cli_say_unsubscribed(); /* nor would a fetch bring anything */
    return false;
}

bool
cli_is_subscribed(const struct session *session)
{
    const struct urls *urls = session->urls;
    return urls->subscriptions->len || urls->problems->len || urls->missing->len;
}

void
cli_say_unsubscribed(void)
{
    message_error(_(
        "nothing is subscribed to: 'crier add' does it, 'crier portal list' shows the catalogue"));
}

void
cli_say_nothing_matched(const struct session *session)
{
    struct listing all = {0};
    if (cli_is_subscribed(session) || listing_count(session->store, &all, NULL))
        message_error(_("nothing matched"));
    else
        cli_say_unsubscribed();
}

void
cli_say_twice(const char *address, const struct known_address *known)
{
    g_autofree char *shown = url_public(address);
    message_warning(_("'%s' is subscribed to already: %s; its articles will be there twice"), shown,
                    known->name);
}

bool
cli_takes_nothing(const char *command, int argc)
{
    if (argc > 1)
        message_error(_("'%s' takes no argument"), command);
    return argc <= 1;
}

char *
cli_tsv_field(const char *text)
{
    char *field = g_strdup(text ? text : "");
    for (char *p = field; *p; p++)
        if (g_ascii_iscntrl(*p))
            *p = ' ';
    return field;
}

bool
cli_choice(enum command_id command, const char *option, const char *word)
{
    g_auto(GStrv) words = command_option_words(command, option);
    if (!word || g_strv_contains((const char *const *)words, word))
        return true;
    g_autofree char *list = g_strjoinv(_(", "), words);
    message_error(_("--%s: '%s' is not one of %s"), option, word, list);
    return false;
}

bool
cli_not_negative(const char *option, int number)
{
    if (number < 0)
        message_error(_("--%s: %d is less than 0"), option, number);
    return number >= 0;
}

int
cli_width(void)
{
    return message_columns();
}

void
cli_print_json(json_t *object)
{
    g_autofree char *line = lines_line(object);
    print_raw(line);
}

json_t *
cli_string(const char *text)
{
    return lines_text(text);
}

json_t *
cli_time(int64_t time)
{
    return lines_time(time);
}

json_t *
cli_source_json(const struct source *s, const struct urls *urls)
{
    const struct subscription *sub = urls ? urls_find(urls, s->url) : NULL;
    json_t *o = json_object(), *tags = json_array();
    for (char **tag = s->tags; *tag; tag++)
        json_array_append_new(tags, json_string(*tag));
    json_object_set_new(o, "id", s->id ? json_integer(s->id) : json_null());
    json_object_set_new(o, "url", json_string(s->public_url));
    json_object_set_new(o, "title", json_string(s->title));
    json_object_set_new(o, "portal", cli_string(s->portal));
    json_object_set_new(o, "tags", tags);
    json_object_set_new(o, "unread", json_integer(s->unread));
    json_object_set_new(o, "total", json_integer(s->total));
    json_object_set_new(o, "last_success", cli_time(s->last_success));
    json_object_set_new(o, "last_error", s->last_error ? problem_json(s->last_error) : json_null());
    json_object_set_new(o, "file", cli_string(sub ? sub->file ? sub->file : urls->file : NULL));
    return o;
}

int
cli_worker(struct context *context, int argc, char **argv)
{
    if (g_str_equal(argv[0], "fetch"))
        return cli_fetch(context, argc, argv);
    return child_run(context, "crier-worker", argv);
}

int
cli_parser(struct context *context, int argc, char **argv)
{
    (void)argc;
    return child_run(context, "crier-parser", argv);
}

int
cli_sync(struct context *context, int argc, char **argv)
{
    (void)argc;
    return child_run(context, "crier-sync", argv);
}
