/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a typed number counts, and where it leads. */
#include "config.h"

#include "ui/typed-number.h"
#include "base/i18n.h"
#include "base/number.h"
#include "ui/list-view.h"
#include "text/typed-sign.h"

#include <string.h>

#define MOST 1000000000

bool
typed_number_is(const char *text)
{
    const char *at = text;
    while (g_ascii_isdigit(typed_sign(at, NULL)))
        at = g_utf8_next_char(at);
    return at > text && !*at;
}

bool
typed_number_are_several(const char *text)
{
    guint numbers = 0;
    bool within = false;
    for (const char *at = text; *at; at = g_utf8_next_char(at)) {
        char sign = typed_sign(at, NULL);
        bool digit = g_ascii_isdigit(sign);
        if (!digit && !(sign && strchr(" ,-", sign)))
            return false;
        numbers += digit && !within;
        within = digit;
    }
    return numbers > 1;
}

void
typed_number_refuse_several(struct app *app)
{
    if (app_top(app)->ops->context == CONTEXT_LIST) /* TRANSLATORS: names of actions */
        app_refuse(app, _("nothing was done: one number at a time; %s and %s select several rows"),
                   actions_table[ACTION_SELECT].name, actions_table[ACTION_SELECT_ROW].name);
    else
        app_refuse(app, _("nothing was done: one number at a time"));
}

int
typed_number_take(struct app *app, const char *text)
{
    gint64 number = 0;
    g_string_truncate(app->typed_number, 0);
    for (char digit; g_ascii_isdigit(digit = typed_sign(text, &text));)
        g_string_append_c(app->typed_number, digit);
    number_prefix(app->typed_number->str, MOST, &number, NULL);
    return (int)number;
}

/* As it was typed, if it was. */
static char *
in_words(const struct app *app, gint64 number)
{
    gint64 typed;
    return number_prefix(app->typed_number->str, MOST, &typed, NULL) && typed == number
               ? g_strdup(app->typed_number->str)
               : g_strdup_printf("%" G_GINT64_FORMAT, number);
}

bool
typed_number_has_row(struct app *app, struct view *view, int number)
{
    if (number > view->scroll.count && view->ops->context == CONTEXT_LIST)
        list_count_on(view, number);
    if (number >= 1 && number <= view->scroll.count)
        return true;
    g_autofree char *words = in_words(app, number);
    if (view->scroll.count)
        app_say(app, _("there is no number %s here; the last one is %ld"), words,
                (long)view->scroll.count);
    else
        app_say(app, _("there is no number %s here"), words);
    return false;
}

bool
typed_number_go(struct app *app, struct view *view, int number)
{
    bool there = typed_number_has_row(app, view, number);
    if (there)
        scroller_go(&view->scroll, number - 1);
    return there;
}

void
typed_number_say_no_link(struct app *app, guint number)
{
    g_autofree char *words = in_words(app, number);
    app_say(app, _("there is no link %s"), words);
}
