/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `crier store check|rebuild|compact|backup FILE|purge`. */
#include "config.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/message.h"
#include "base/status.h"
#include "cli/cli.h"
#include "store/lock.h"
#include "store/search.h"
#include "store/upkeep.h"

#include <glib/gstdio.h>
#include <unistd.h>

#define WAIT_FOR_WRITER 5000 /* ms */

static int
check(const char *path)
{
    g_autoptr(GError) error = NULL;
    AUTO(store_close) struct store *store = store_open(path, STORE_READ, WAIT_FOR_WRITER, &error);
    g_autoptr(GPtrArray) faults = store ? upkeep_check(store, &error) : NULL;
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
        print_textf(stdout, ngettext("%ld article waits for the search index\n", "%ld articles wait for the search index\n", (gulong)waiting),
                    (long)waiting);
    return STATUS_OK;
}

static int
index_all(struct store *store)
{
    g_autoptr(GError) error = NULL;
    return index_rest(store, NULL, &error) ? STATUS_OK : cli_fail(error);
}

static int
salvage(const char *path)
{
    g_autoptr(GError) error = NULL;
    AUTO(salvage_clear) struct salvage report = {0};
    bool fine = salvage_store(path, clock_now(), &report, &error);
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
    print_textf(stdout, _("'%s' was damaged: what could be read is in a new store, the old one is '%s'\n"), path, report.damaged);
    return status;
}

static int
rebuild(const char *path)
{
    g_autoptr(GError) error = NULL;
    AUTO(store_close) struct store *store = store_open(path, STORE_WRITE, WAIT_FOR_WRITER, &error);
    if (!store && !g_error_matches(error, STORE_ERROR, STORE_ERROR_CORRUPT))
        return cli_fail(error);
    bool intact = store && upkeep_is_intact(store);
    /* a damage may be in an index alone, which is made from its table */
    if (store && !intact && upkeep_rebuild(store, NULL))
        intact = upkeep_is_intact(store);
    else if (intact && !upkeep_rebuild(store, &error))
        return cli_fail(error);
    if (!intact) {
        if (store)
            store_close(g_steal_pointer(&store));
        return salvage(path);
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
    if (!upkeep_compact(store, &error))
        return cli_fail(error);
    g_autofree char *old = g_format_size_full((guint64)before, G_FORMAT_SIZE_IEC_UNITS);
    g_autofree char *new = g_format_size_full((guint64)file_size(path), G_FORMAT_SIZE_IEC_UNITS);
    print_textf(stdout, _("'%s': %s, now %s\n"), path, old, new);
    return STATUS_OK;
}

static int
purge(struct store *store)
{
    g_autoptr(GError) error = NULL;
    int64_t count = upkeep_purge(store, &error);
    if (count < 0)
        return cli_fail(error);
    print_textf(stdout, ngettext("%ld deleted article is gone for good\n", "%ld deleted articles are gone for good\n", (gulong)count), (long)count);
    return STATUS_OK;
}

static int
backup(const char *path, const char *file)
{
    g_autoptr(GError) error = NULL;
    AUTO(store_close) struct store *store = store_open(path, STORE_READ, WAIT_FOR_WRITER, &error);
    if (!store || !upkeep_backup(store, file, &error))
        return cli_fail(error);
    print_textf(stdout, _("'%s' is copied to '%s'\n"), path, file);
    return STATUS_OK;
}

/* The commands during which no fetch may run. */
static int
alone(const char *path, const char *command)
{
    g_autoptr(GError) error = NULL;
    if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
        message_error(_("there is no store '%s' yet"), path);
        return STATUS_USAGE;
    }
    int lock = lock_take(path, &error);
    if (lock < 0)
        return cli_fail(error);
    int status;
    if (g_str_equal(command, "rebuild")) {
        status = rebuild(path);
    } else {
        AUTO(store_close) struct store *store = store_open(path, STORE_WRITE, WAIT_FOR_WRITER, &error);
        status = !store ? cli_fail(error) : g_str_equal(command, "compact") ? compact(store, path) : purge(store);
    }
    close(lock);
    return status;
}

int
cli_store(struct context *context, int argc, char **argv)
{
    static const char *const commands[] = {"check", "rebuild", "compact", "purge", NULL};
    const GOptionEntry entries[] = {{NULL}};
    int status;
    if (!command_parse(context, command_info("store"), entries, &argc, &argv, &status))
        return status;
    const char *command = argc > 1 ? argv[1] : "";
    if (argc == 3 && g_str_equal(command, "backup"))
        return backup(context->store_file, argv[2]);
    if (argc != 2 || !g_strv_contains(commands, command)) {
        message_error(_("check, rebuild, compact, backup FILE or purge is needed: crier store check"));
        return STATUS_USAGE;
    }
    return g_str_equal(command, "check") ? check(context->store_file) : alone(context->store_file, command);
}
