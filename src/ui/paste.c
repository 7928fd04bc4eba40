/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where pasted text goes. */
#include "config.h"

#include "ui/paste.h"
#include "base/clean.h"
#include "base/i18n.h"
#include "base/url.h"
#include "ui/app.h"
#include "ui/choice.h"

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
    if (takes_text(app_top(app))) {
        add_to_choice(app_top(app), line);
    } else if (url_is_web(line)) {
        app_open(app, &(struct target){.kind = TARGET_ADD});
        add_to_choice(app_top(app), line);
    } else {
        app_say(app, _("what is pasted is text and no keys: nothing was done"));
    }
}
