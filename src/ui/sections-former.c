/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of former subscriptions is deleted at once, asked first. */
#include "config.h"

#include "ui/sections-former.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/number.h"
#include "ui/confirm.h"

/*
 * The articles that D deletes there: all but those with a star, be it one that still waits for the
 * store.  None while a line of `urls` cannot be used, which may be the subscription of some.
 */
static GArray *
former_articles(struct app *app, GError **error)
{
    if (!session_follow(app->session, error)) /* it may have been changed meanwhile */
        return NULL;
    const GPtrArray *problems = app->session->urls->problems;
    if (problems->len) {
        const struct urls_problem *first = g_ptr_array_index(problems, 0);
        g_set_error_literal(error, CONFIG_ERROR, CONFIG_ERROR_READ, first->text);
        return NULL;
    }
    if (!session_flush(app->session, error))
        return NULL;
    AUTO(query_free)
    struct query *query = query_parse(SECTIONS_FORMER " is:unstarred", clock_now(), error);
    return query ? listing_articles(app->session->store, &(struct listing){.query = query}, error)
                 : NULL;
}

/* data: how many were asked about; when they are others by now, it is asked again. */
static void
delete_former(struct app *app, const char *data)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) articles = former_articles(app, &error),
                      changes = g_array_new(FALSE, FALSE, sizeof(struct mark_change));
    gint64 asked = 0;
    if (articles && (!number_parse(data, 0, G_MAXUINT32, &asked) || articles->len != asked)) {
        sections_former_ask_delete(app);
        return;
    }
    for (guint i = 0; articles && i < articles->len; i++) {
        struct mark_change change = {
            .article = g_array_index(articles, int64_t, i), .mark = MARK_DELETED, .on = true};
        g_array_append_val(changes, change);
    }
    if (!articles || !session_mark(app->session, (const struct mark_change *)(void *)changes->data,
                                   changes->len, &error))
        app_show_error(app, "%s", error->message);
    else
        app_say(app,
                ngettext("%u article deleted; {undo} undoes it",
                         "%u articles deleted; {undo} undoes it", changes->len),
                changes->len);
    app_reload(app);
}

void
sections_former_ask_delete(struct app *app)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) articles = former_articles(app, &error);
    if (!articles) {
        app_show_error(app, "%s", error->message);
        return;
    }
    if (!articles->len) {
        g_autofree char *text =
            keymap_text(app->keymap, CONTEXT_LIST,
                        _("these have a star; in their list {delete} deletes them one by one"));
        app_say(app, "%s", text);
        return;
    }
    g_autofree char *label = g_strdup_printf(
        ngettext("Delete %u article without a subscription, but none with a star? (y/n) ",
                 "Delete %u articles without a subscription, but none with a star? (y/n) ",
                 articles->len),
        articles->len);
    confirm(app, label, NULL, delete_former, g_strdup_printf("%u", articles->len));
}
