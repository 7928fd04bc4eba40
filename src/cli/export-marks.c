/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `crier export --what=state`: what is marked, as lines of JSON. */
#include "config.h"

#include "base/status.h"
#include "base/url.h"
#include "cli/export.h"
#include "config/mark-line.h"
#include "store/exchange.h"

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

int
export_marks(struct store *store, const struct options_export *options, const GPtrArray *rows)
{
    g_autoptr(GString) out = g_string_new(NULL);
    g_autoptr(GError) error = NULL;
    for (guint i = 0; i < rows->len; i++)
        if (!append_marks(out, store, g_ptr_array_index(rows, i), &error))
            return cli_fail(error);
    int status = export_deliver(options->output, out->str);
    return status || out->len ? status : STATUS_NOTHING;
}
