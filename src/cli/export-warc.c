/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `crier export --format=warc`: to standard output, or to a file, replaced once it is whole. */
#include "config.h"

#include "base/file.h"
#include "base/i18n.h"
#include "base/message.h"
#include "base/status.h"
#include "cli/export.h"
#include "reader/warc.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static bool
put_out(const void *bytes, gsize length, gpointer data)
{
    (void)data;
    print_bytes(bytes, length);
    return true;
}

static bool
put_file(const void *bytes, gsize length, gpointer data)
{
    return file_write_all(*(const int *)data, bytes, length);
}

static int
fail(const char *path, const char *beside)
{
    message_error(_("cannot write '%s': %s"), path, g_strerror(errno));
    g_unlink(beside);
    return STATUS_STORE;
}

/* It may be larger than memory is for: written beside, then put in its place. */
static int
write_file(struct store *store, const char *path, const GPtrArray *rows)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *target = file_target(path),
                    *beside = g_strconcat(target ? target : path, ".XXXXXX", NULL);
    int fd = g_mkstemp(beside);
    if (fd < 0)
        return fail(path, beside);
    bool done = warc_write(store, rows, &(struct warc_writer){put_file, &fd}, &error);
    if (error) {
        g_close(fd, NULL);
        g_unlink(beside);
        return cli_fail(error);
    }
    done = done && file_take_after(fd, target ? target : path, file_public_mode()) &&
           fsync(fd) == 0;
    int why = errno;
    if (!g_close(fd, NULL) || !done) {
        errno = why;
        return fail(path, beside);
    }
    return g_rename(beside, target ? target : path) == 0 ? STATUS_OK : fail(path, beside);
}

int
export_warc(struct store *store, const struct options_export *options, const GPtrArray *rows)
{
    g_autoptr(GError) error = NULL;
    int status = STATUS_OK;
    if (options->output && !g_str_equal(options->output, "-"))
        status = write_file(store, options->output, rows);
    else if (!warc_write(store, rows, &(struct warc_writer){put_out, NULL}, &error))
        status = cli_fail(error);
    return status || rows->len ? status : STATUS_NOTHING;
}
