/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `crier export --what=articles`: as a feed, lines of JSON, mail, or a folder of pages. */
#include "config.h"

#include "base/message.h"
#include "base/status.h"
#include "cli/export.h"
#include "document/document.h"
#include "reader/mailbox.h"
#include "reader/publish.h"
#include "reader/site.h"

#include <string.h>

/* Where the pages of a site go, and what came of it. */
struct site {
    const char *folder;
    int status;
};

static bool
put_page(const char *name, const char *text, gpointer data)
{
    struct site *site = data;
    g_autofree char *path = g_build_filename(site->folder, name, NULL);
    site->status = export_deliver(path, text);
    return site->status == STATUS_OK;
}

static int
export_site(struct store *store, const struct options_export *options, const GPtrArray *rows)
{
    g_autoptr(GError) error = NULL;
    struct site site = {options->output, STATUS_OK};
    if (!site_write(store, rows, &(struct site_writer){put_page, &site}, &error))
        return error ? cli_fail(error) : site.status;
    return rows->len ? STATUS_OK : STATUS_NOTHING;
}

static int
export_mbox(struct store *store, const struct options_export *options, const GPtrArray *rows)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) all = g_string_new(NULL);
    for (guint i = 0; i < rows->len; i++) {
        const struct article_row *row = g_ptr_array_index(rows, i);
        g_autofree char *line = mailbox_separator(row),
                        *message = mailbox_message(store, row, &error);
        if (!message)
            return cli_fail(error);
        g_string_append_printf(all, "%s%s\n", line, message);
    }
    int status = export_deliver(options->output, all->str);
    return status || rows->len ? status : STATUS_NOTHING;
}

/* Adds the names of the messages in a folder of a maildir, without their flags. */
static void
note_messages(GHashTable *names, const char *maildir, const char *folder)
{
    g_autofree char *path = g_build_filename(maildir, folder, NULL);
    g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir));)
        g_hash_table_add(names, g_strndup(name, strcspn(name, ":")));
}

/* Each message once, wherever its reader has put it since. */
static int
export_maildir(struct store *store, const struct options_export *options, const GPtrArray *rows)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    note_messages(names, options->output, "cur");
    note_messages(names, options->output, "new");
    for (guint i = 0; i < rows->len; i++) {
        const struct article_row *row = g_ptr_array_index(rows, i);
        g_autofree char *name = mailbox_name(row),
                        *path = g_build_filename(options->output, "new", name, NULL);
        if (g_hash_table_contains(names, name))
            continue;
        g_autofree char *message = mailbox_message(store, row, &error);
        if (!message)
            return cli_fail(error);
        int status = export_deliver(path, message);
        if (status)
            return status;
    }
    return rows->len ? STATUS_OK : STATUS_NOTHING;
}

/* The objects of `show --format=json`, a line each. */
static int
export_lines(struct store *store, const struct options_export *options, const GPtrArray *rows)
{
    g_autoptr(GString) all = g_string_new(NULL);
    for (guint i = 0; i < rows->len; i++) {
        g_autoptr(GError) error = NULL;
        const struct article_row *row = g_ptr_array_index(rows, i);
        AUTO(document_free) struct document *document = publish_document(store, row->id, &error);
        if (!document)
            return cli_fail(error);
        json_t *o = cli_whole_article_json(store, row, document);
        char *line = json_dumps(o, JSON_COMPACT | JSON_REAL_PRECISION(6));
        json_decref(o);
        g_string_append_printf(all, "%s\n", line);
        free(line);
        if (!options->output) { /* as it comes */
            print_raw(all->str);
            g_string_truncate(all, 0);
        }
    }
    return options->output ? export_deliver(options->output, all->str) : STATUS_OK;
}

int
export_articles(struct store *store, const struct options_export *options, const char *query,
                const GPtrArray *rows)
{
    g_autoptr(GError) error = NULL;
    const char *format = options->format ? options->format : "atom";
    if (g_str_equal(format, "html"))
        return export_site(store, options, rows);
    if (g_str_equal(format, "mbox"))
        return export_mbox(store, options, rows);
    if (g_str_equal(format, "maildir"))
        return export_maildir(store, options, rows);
    if (g_str_equal(format, "warc"))
        return export_warc(store, options, rows);
    if (g_str_equal(format, "json")) {
        int status = export_lines(store, options, rows);
        return status || rows->len ? status : STATUS_NOTHING;
    }
    g_autofree char *name = g_strdup_printf("query\n%s", query),
                    *text = export_feed(store, format, name, query, NULL, rows, NULL, &error);
    if (!text)
        return cli_fail(error);
    int status = export_deliver(options->output, text);
    return status || rows->len ? status : STATUS_NOTHING;
}
