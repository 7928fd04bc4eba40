/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is done, what is left, and how long that may take. */
#include "config.h"

#include "ui/progress.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/message.h"

#define ENOUGH 5 /* seconds, and sources, of which the time that is left is judged */

/* Sources take what they took until now on the average; 0: nobody knows yet. */
static int64_t
seconds_left(const struct fetch_progress *fetch)
{
    int64_t passed = clock_now() - fetch->since;
    if (passed < ENOUGH || fetch->done < ENOUGH || fetch->done >= fetch->total)
        return 0;
    return MAX(passed * (fetch->total - fetch->done) / fetch->done, 1);
}

static void
append_left(GString *text, int64_t seconds)
{
    g_string_append(text, _(", "));
    if (seconds >= 90)
        g_string_append_printf(text, _("about %d min left"), (int)((seconds + 30) / 60));
    else
        g_string_append_printf(text, _("about %d s left"), (int)seconds);
}

char *
progress_text(const struct app *app)
{
    const struct fetch_progress *fetch = &app->fetch;
    if (!fetch->begun && app->elsewhere)
        return g_strdup_printf(_("%s; this one follows it"), app->elsewhere);
    if (!fetch->total)
        return g_strdup(_("fetching"));
    if (fetch->done == fetch->total)
        return g_strdup_printf(ngettext("fetched, %u new article; indexing for the search",
                                        "fetched, %u new articles; indexing for the search",
                                        fetch->news.added),
                               fetch->news.added);
    int64_t left = seconds_left(fetch);
    GString *text = g_string_new(NULL);
    g_string_printf(text, _("fetching %u/%u, %u new"), fetch->done, fetch->total,
                    fetch->news.added);
    if (left)
        append_left(text, left);
    if (fetch->bytes) {
        g_autofree char *size = message_size((guint64)fetch->bytes);
        g_string_append_printf(text, "%s%s", _(", "), size);
    }
    if (fetch->title)
        g_string_append_printf(text, "%s%s", _(": "), fetch->title);
    return g_string_free(text, FALSE);
}
