/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where pasted text goes. */
#include "config.h"

#include "ui/paste.h"
#include "base/clean.h"
#include "base/i18n.h"
#include "base/url.h"
#include "ui/app.h"
#include "ui/choice.h"
#include "ui/views.h"

#include <string.h>

static bool
takes_text(const struct view *view)
{
    return view->ops->context == CONTEXT_CHOICE && !choice_is_menu(view);
}

static void
add_to_choice(struct view *view, const char *text)
{
    g_autofree char *whole = g_strconcat(choice_typed(view), text, NULL);
    choice_type(view, whole);
}

/* The lines that say something, owned. */
static GPtrArray *
lines_of(const char *text)
{
    GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
    g_auto(GStrv) all = g_strsplit_set(text, "\r\n", -1);
    for (char **one = all; *one; one++) {
        g_autofree char *line = text_squeeze(*one, -1);
        if (*line)
            g_ptr_array_add(lines, g_steal_pointer(&line));
    }
    return lines;
}

/*
 * Several lines that begin with an address: whether they were taken.  Where others are addresses,
 * too, all of them are meant; what has blanks is a text beside it, and anything else the rest of an
 * address that was broken.
 */
static bool
take_lines(struct app *app, const char *text)
{
    g_autoptr(GPtrArray) lines = lines_of(text), urls = g_ptr_array_new();
    bool texts = false;
    for (guint i = 0; i < lines->len; i++) {
        const char *line = g_ptr_array_index(lines, i);
        if (url_is_web(line) && !strchr(line, ' '))
            g_ptr_array_add(urls, (gpointer)line);
        else
            texts |= strchr(line, ' ') != NULL;
    }
    const char *first = lines->len ? g_ptr_array_index(lines, 0) : "";
    bool typed = takes_text(app_top(app)) && *choice_typed(app_top(app));
    if (lines->len < 2 || !urls->len || g_ptr_array_index(urls, 0) != first || typed ||
        (urls->len == 1 && !texts))
        return false;
    if (urls->len > 1) {
        add_ask_many(app, urls);
        return true;
    }
    if (!takes_text(app_top(app)))
        app_open(app, &(struct target){.kind = TARGET_ADD});
    add_to_choice(app_top(app), first);
    app_say(app, _("of what was pasted the address alone was taken, and not the lines below it"));
    return true;
}

void
paste_take(struct app *app, const char *text)
{
    g_autofree char *line = text_squeeze(text, -1);
    if (!*line)
        return;
    if (app->prompt.active) {
        if (app->prompt.request.kind != PROMPT_CONFIRM) /* no answer, and the question stands */
            prompt_insert(&app->prompt, line);
        return;
    }
    g_clear_pointer(&app->message, g_free);
    if (take_lines(app, text))
        return;
    if (takes_text(app_top(app))) {
        add_to_choice(app_top(app), line);
    } else if (url_is_web(line)) {
        app_open(app, &(struct target){.kind = TARGET_ADD});
        add_to_choice(app_top(app), line);
    } else {
        app_say(app, _("what is pasted is text and no keys: nothing was done"));
    }
}
