/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `crier export --what=state`: what is marked, as lines of JSON; for newsboat, what was read. */
#include "config.h"

#include "base/status.h"
#include "base/url.h"
#include "cli/export.h"
#include "config/mark-line.h"
#include "store/exchange.h"
#include "text/mail.h"

#include <string.h>

static bool
append_marks(GString *out, struct store *store, const struct article_row *row, GError **error)
{
    AUTO(article_origin_clear) struct article_origin origin = {0};
    if (row->unread && !row->starred && !*row->tags)
        return true;
    if (!exchange_origin(store, row->id, &origin, error))
        return false;
    g_autofree char *login = NULL, *source = url_without_login(origin.source, &login);
    const struct mark_line line = {.source = source,
                                   .id = origin.id,
                                   .link = row->link,
                                   .title = *row->title ? row->title : NULL,
                                   .read = !row->unread,
                                   .starred = row->starred,
                                   .tags = row->tags};
    g_autofree char *json = line.id || line.link ? mark_line_to_json(&line) : NULL;
    g_string_append(out, json ? json : "");
    return true;
}

/*
 * Where a feed gives no id, newsboat takes the link and the date as the feed writes it, which
 * nobody has kept: of the forms that feeds have, one is it.
 */
static void
append_made_up(GString *out, const struct article_row *row)
{
    const struct date *published = &row->published;
    g_string_append_printf(out, "%s\n", row->link);
    if (published->precision < DATE_MINUTE)
        return;
    g_autofree char *date = mail_date(published->time, published->offset);
    const char *bare = strchr(date, ',') + 2; /* without the day of the week */
    int length = (int)(strlen(date) - strlen("+0000"));
    g_string_append_printf(out, "%s%s\n%s%s\n", row->link, date, row->link, bare);
    if (!published->offset)
        g_string_append_printf(out, "%s%.*sGMT\n%s%.*sGMT\n", row->link, length, date, row->link,
                               length - (int)(bare - date), bare);
}

/* What `newsboat --import-from-file` takes: the ids of what was read, a line each. */
static bool
append_read(GString *out, struct store *store, const struct article_row *row, GError **error)
{
    AUTO(article_origin_clear) struct article_origin origin = {0};
    if (row->unread)
        return true;
    if (!exchange_origin(store, row->id, &origin, error))
        return false;
    if (origin.id && !strpbrk(origin.id, "\r\n"))
        g_string_append_printf(out, "%s\n", origin.id);
    else if (!origin.id && row->link)
        append_made_up(out, row);
    return true;
}

int
export_marks(struct store *store, const struct options_export *options, const GPtrArray *rows)
{
    g_autoptr(GString) out = g_string_new(NULL);
    g_autoptr(GError) error = NULL;
    bool (*append)(GString *, struct store *, const struct article_row *, GError **) =
        !g_strcmp0(options->format, "newsboat") ? append_read : append_marks;
    for (guint i = 0; i < rows->len; i++)
        if (!append(out, store, g_ptr_array_index(rows, i), &error))
            return cli_fail(error);
    int status = export_deliver(options->output, out->str);
    return status || out->len ? status : STATUS_NOTHING;
}
