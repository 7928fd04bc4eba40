/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `crier store check|info|rebuild|compact|backup FILE|restore FILE|purge`. */
#include "config.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/message.h"
#include "base/status.h"
#include "cli/cli.h"
#include "store/lock.h"
#include "store/place.h"
#include "store/search.h"
#include "store/maintenance.h"

#include <glib/gstdio.h>
#include <unistd.h>

#define WAIT_FOR_WRITER 5000 /* ms */

static int
check(const char *path)
{
    g_autoptr(GError) error = NULL;
    AUTO(store_close) struct store *store = store_open(path, STORE_READ, WAIT_FOR_WRITER, &error);
    g_autoptr(GPtrArray) faults = store ? maintenance_check(store, &error) : NULL;
    if (!faults)
        return cli_fail(error);
    for (guint i = 0; i < faults->len; i++)
        message_error("%s", (const char *)g_ptr_array_index(faults, i));
    if (faults->len) {
        message_error(_("'crier store rebuild' mends what can be mended"));
        return STATUS_SOME;
    }
    int64_t waiting = search_waiting(store);
    print_textf(stdout, _("'%s' is sound\n"), path);
    if (waiting)
        print_textf(stdout,
                    ngettext("%ld article waits for the search index\n",
                             "%ld articles wait for the search index\n", (gulong)waiting),
                    (long)waiting);
    return STATUS_OK;
}

static int
index_all(struct store *store)
{
    g_autoptr(GError) error = NULL;
    return search_index_rest(store, NULL, NULL, &error) ? STATUS_OK : cli_fail(error);
}

static int
recover(const char *path)
{
    g_autoptr(GError) error = NULL;
    AUTO(recovery_clear) struct recovery report = {0};
    bool fine = recover_store(path, clock_now(), &report, &error);
    for (guint i = 0; i < report.kept->len; i++)
        message_note("%s", (const char *)g_ptr_array_index(report.kept, i));
    for (guint i = 0; i < report.lost->len; i++)
        message_warning("%s", (const char *)g_ptr_array_index(report.lost, i));
    if (!fine)
        return cli_fail(error);
    AUTO(store_close) struct store *store = store_open(path, STORE_WRITE, WAIT_FOR_WRITER, &error);
    if (!store)
        return cli_fail(error);
    int status = index_all(store);
    print_textf(stdout,
                _("'%s' was damaged: what could be read is in a new store, the old one is '%s'\n"),
                path, report.damaged);
    return status;
}

static int
rebuild(const char *path)
{
    if (recover_log_is_foreign(path))
        return recover(path);
    g_autoptr(GError) error = NULL;
    AUTO(store_close) struct store *store = store_open(path, STORE_WRITE, WAIT_FOR_WRITER, &error);
    if (!store && !g_error_matches(error, STORE_ERROR, STORE_ERROR_CORRUPT))
        return cli_fail(error);
    bool intact = store && maintenance_is_intact(store);
    /* a damage may be in an index alone, which is made from its table */
    if (store && !intact && maintenance_rebuild(store, NULL))
        intact = maintenance_is_intact(store);
    else if (intact && !maintenance_rebuild(store, &error))
        return cli_fail(error);
    if (!intact) {
        if (store)
            store_close(g_steal_pointer(&store));
        return recover(path);
    }
    int status = index_all(store);
    if (status == STATUS_OK)
        print_textf(stdout, _("'%s': counters and indexes are made anew\n"), path);
    return status;
}

static int64_t
file_size(const char *path)
{
    GStatBuf info;
    return g_stat(path, &info) == 0 ? (int64_t)info.st_size : 0;
}

static int
compact(struct store *store, const char *path)
{
    g_autoptr(GError) error = NULL;
    int64_t before = file_size(path);
    if (!maintenance_compact(store, &error))
        return cli_fail(error);
    g_autofree char *old = message_size_binary((guint64)before);
    g_autofree char *new = message_size_binary((guint64)file_size(path));
    print_textf(stdout, _("'%s': %s, now %s\n"), path, old, new);
    return STATUS_OK;
}

static int
purge(struct store *store)
{
    g_autoptr(GError) error = NULL;
    int64_t count = maintenance_purge(store, &error);
    if (count < 0)
        return cli_fail(error);
    print_textf(stdout,
                ngettext("%ld deleted article is gone for good\n",
                         "%ld deleted articles are gone for good\n", (gulong)count),
                (long)count);
    return STATUS_OK;
}

static int
backup(const char *path, const char *file)
{
    g_autoptr(GError) error = NULL;
    AUTO(store_close) struct store *store = store_open(path, STORE_READ, WAIT_FOR_WRITER, &error);
    if (!store || !maintenance_backup(store, file, &error))
        return cli_fail(error);
    print_textf(stdout, _("'%s' is copied to '%s'\n"), path, file);
    return STATUS_OK;
}

/* Checked before anything is locked or changed. */
static int
restore(const char *path, const char *file)
{
    g_autoptr(GError) error = NULL;
    AUTO(restore_clear) struct restore restore = {0};
    g_autofree char *ready = maintenance_prepare_restore(path, file, &restore, &error);
    for (guint i = 0; i < restore.faults->len; i++)
        message_error("%s", (const char *)g_ptr_array_index(restore.faults, i));
    if (!ready && error)
        return cli_fail(error);
    if (!ready) {
        message_error(_("nothing was changed"));
        return STATUS_SOME;
    }
    int lock = lock_take(path, &error);
    bool fine = lock >= 0 && maintenance_restore(path, ready, clock_now(), &restore, &error);
    int status = fine                                                    ? STATUS_OK
                 : g_error_matches(error, STORE_ERROR, STORE_ERROR_BUSY) ? STATUS_BUSY
                                                                         : session_status(error);
    if (fine && restore.former)
        print_textf(stdout, _("'%s' is restored from '%s'; the former store is '%s'\n"), path, file,
                    restore.former);
    else if (fine)
        print_textf(stdout, _("'%s' is restored from '%s'\n"), path, file);
    else
        message_error("%s", error->message);
    if (!fine)
        place_remove(ready);
    if (lock >= 0)
        close(lock);
    return status;
}

static json_t *
bytes_json(int64_t bytes)
{
    return bytes < 0 ? json_null() : json_integer(bytes);
}

static void
print_info_json(const char *path, const struct store_info *info)
{
    const struct {
        const char *name;
        int64_t number;
    } numbers[] = {
        {"schema", info->schema},
        {"application_id", info->application_id},
        {"bytes", info->file_bytes},
        {"log_bytes", info->log_bytes},
        {"free_bytes", info->free_bytes},
        {"sources", info->sources},
        {"former_sources", info->former_sources},
        {"articles", info->articles},
        {"unread", info->unread},
        {"starred", info->starred},
        {"deleted", info->deleted},
        {"texts", info->texts},
        {"pages", info->pages},
        {"attachments", info->attachments},
        {"waiting", info->waiting},
    };
    json_t *o = json_object(), *by = json_object();
    json_object_set_new(o, "file", json_string(path));
    json_object_set_new(o, "version", json_string(PACKAGE_VERSION));
    for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++)
        json_object_set_new(o, numbers[i].name, json_integer(numbers[i].number));
    json_object_set_new(by, "lists", bytes_json(info->list_bytes));
    json_object_set_new(by, "index", bytes_json(info->index_bytes));
    json_object_set_new(by, "texts", bytes_json(info->text_bytes));
    json_object_set_new(by, "pages", bytes_json(info->page_bytes));
    json_object_set_new(by, "responses", bytes_json(info->response_bytes));
    json_object_set_new(by, "attachments", bytes_json(info->attachment_bytes));
    json_object_set_new(o, "bytes_by", by);
    cli_print_json(o);
}

static void
print_size(const char *what, int64_t bytes)
{
    g_autofree char *size = bytes < 0 ? g_strdup("?") : message_size_binary((guint64)bytes);
    print_textf(stdout, "  %s%s%s\n", what, _(": "), size);
}

static void
print_info_table(const char *path, const struct store_info *info)
{
    print_textf(stdout, _("%s: schema %ld, crier %s\n"), path, (long)info->schema, PACKAGE_VERSION);
    print_textf(stdout, _("  sources: %ld, not subscribed to any more: %ld\n"), (long)info->sources,
                (long)info->former_sources);
    print_textf(stdout, _("  articles: %ld, unread: %ld, starred: %ld, deleted: %ld\n"),
                (long)info->articles, (long)info->unread, (long)info->starred, (long)info->deleted);
    print_textf(
        stdout,
        _("  texts with earlier ones: %ld, pages as they came: %ld, waiting for the index: %ld\n"),
        (long)info->texts, (long)info->pages, (long)info->waiting);
    print_textf(stdout, _("  attachments as they came: %ld\n"), (long)info->attachments);
    print_size(_("file"), info->file_bytes);
    print_size(_("log that is not written back yet"), info->log_bytes);
    print_size(_("free in the file"), info->free_bytes);
    print_size(_("lists and marks"), info->list_bytes);
    print_size(_("search index"), info->index_bytes);
    print_size(_("texts"), info->text_bytes);
    print_size(_("pages as they came"), info->page_bytes);
    print_size(_("feeds as they came"), info->response_bytes);
    print_size(_("attachments as they came"), info->attachment_bytes);
}

static int
info(const char *path, bool json)
{
    g_autoptr(GError) error = NULL;
    AUTO(store_close) struct store *store = store_open(path, STORE_READ, WAIT_FOR_WRITER, &error);
    struct store_info info = {0};
    if (!store || !maintenance_info(store, &info, &error))
        return cli_fail(error);
    if (json)
        print_info_json(path, &info);
    else
        print_info_table(path, &info);
    return STATUS_OK;
}

/* The commands during which no fetch may run. */
static int
alone(const char *path, const char *command)
{
    g_autoptr(GError) error = NULL;
    enum place_content content = place_look(path, &error);
    if (content == PLACE_EMPTY)
        g_set_error(&error, STORE_ERROR, STORE_ERROR_UNKNOWN, _("there is no store '%s' yet"),
                    path);
    if (content != PLACE_STORE && content != PLACE_DAMAGED)
        return cli_fail(error);
    g_clear_error(&error);
    int lock = lock_take(path, &error);
    if (lock < 0)
        return cli_fail(error);
    int status;
    if (g_str_equal(command, "rebuild")) {
        status = rebuild(path);
    } else {
        AUTO(store_close) struct store *store =
            store_open(path, STORE_WRITE, WAIT_FOR_WRITER, &error);
        status = !store                            ? cli_fail(error)
                 : g_str_equal(command, "compact") ? compact(store, path)
                                                   : purge(store);
    }
    close(lock);
    return status;
}

/* file: of a copy that is written or read, or NULL. */
static void
enclose(const struct context *context, const char *file, bool create)
{
    g_autofree char *folder = file ? g_path_get_dirname(file) : NULL, *target = NULL;
    if (file && (target = file_target(file))) {
        g_free(folder);
        folder = g_path_get_dirname(target);
    }
    const char *const folders[] = {folder, NULL};
    context_enclose(context, FENCE_READER, ENCLOSE_STORE | (create ? ENCLOSE_CREATE : 0), NULL,
                    folders);
}

int
cli_store(struct context *context, int argc, char **argv)
{
    static const char *const commands[] = {"check", "info", "rebuild", "compact", "purge", NULL};
    AUTO(options_store_clear) struct options_store options = {0};
    int status;
    if (!command_parse(context, COMMAND_STORE, &options, &argc, &argv, &status))
        return status;
    const char *command = argc > 1 ? argv[1] : "";
    bool of_file = g_str_equal(command, "backup") || g_str_equal(command, "restore");
    if (argc != (of_file ? 3 : 2) || (!of_file && !g_strv_contains(commands, command)) ||
        (of_file && !*argv[2])) {
        message_error(_(
            "check, info, rebuild, compact, backup FILE, restore FILE or purge is needed: crier store check"));
        return STATUS_USAGE;
    }
    if (options.format && !g_str_equal(command, "info")) {
        message_error(_("--format belongs to 'crier store info'"));
        return STATUS_USAGE;
    }
    if (!cli_choice(COMMAND_STORE, "format", options.format))
        return STATUS_USAGE;
    const char *path = context->store_file;
    enclose(context, of_file ? argv[2] : NULL, g_str_equal(command, "restore"));
    if (of_file)
        return g_str_equal(command, "backup") ? backup(path, argv[2]) : restore(path, argv[2]);
    if (g_str_equal(command, "info"))
        return info(path, g_strcmp0(options.format, "json") == 0);
    return g_str_equal(command, "check") ? check(path) : alone(path, command);
}
