/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A worker as a child, of whose events failures and new articles matter. */
#include "config.h"

#include "cli/add-fetch.h"
#include "base/message.h"
#include "base/problem.h"
#include "base/status.h"
#include "reader/child.h"

#include <jansson.h>
#include <poll.h>
#include <stdio.h>

static void
on_event(const char *line, gpointer user)
{
    guint *added = user;
    json_t *event = json_loads(line, 0, NULL);
    AUTO(problem_free) struct problem *error = problem_from_json(json_object_get(event, "error"));
    const char *title = json_string_value(json_object_get(event, "title"));
    const char *kind = json_string_value(json_object_get(event, "event"));
    if (kind && g_str_equal(kind, "source"))
        *added += (guint)json_integer_value(json_object_get(event, "new"));
    if (error) {
        g_autofree char *sentence = problem_sentence_of(title, error);
        message_error("%s", sentence);
    }
    json_decref(event);
}

int
add_fetch(const struct context *context, const GPtrArray *names, guint *added)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    g_autoptr(GError) error = NULL;
    static const char *const command[] = {"fetch", "--progress=json", "--wait"};
    for (gsize i = 0; i < G_N_ELEMENTS(command); i++)
        g_ptr_array_add(words, (gpointer)command[i]);
    for (guint i = 0; i < names->len; i++)
        g_ptr_array_add(words, g_ptr_array_index(names, i));
    g_ptr_array_add(words, NULL);
    *added = 0;
    struct child *child = child_start(context, (const char *const *)words->pdata, &error);
    if (!child) {
        message_error("%s", error->message);
        return STATUS_INTERNAL;
    }
    struct pollfd wait = {.fd = child->fd, .events = POLLIN};
    while (child_read(child, on_event, added))
        poll(&wait, 1, -1);
    g_autofree char *errors = g_strdup(child->errors->str);
    int status = child_finish(child);
    fputs(errors, stderr);
    return status;
}
