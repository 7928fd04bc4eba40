/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What several parts of `crier export` write, and where it goes. */
#include "config.h"

#include "base/file.h"
#include "base/i18n.h"
#include "base/message.h"
#include "base/status.h"
#include "cli/export.h"
#include "reader/publish.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

/* Whether a file holds this text already.  What is none may have no end, or be waited for. */
static bool
holds(const char *path, const char *text, gsize length)
{
    struct stat info;
    g_autofree char *old = NULL;
    gsize had;
    return stat(path, &info) == 0 && S_ISREG(info.st_mode) && info.st_size == (off_t)length &&
           g_file_get_contents(path, &old, &had, NULL) && had == length &&
           !memcmp(old, text, length);
}

int
export_deliver(const char *path, const char *text)
{
    if (!path || g_str_equal(path, "-")) {
        print_raw(text);
        return STATUS_OK;
    }
    gsize length = strlen(text);
    if (holds(path, text, length))
        return STATUS_OK;
    g_autoptr(GError) error = NULL;
    if (file_replace(path, text, length, file_public_mode(), &error))
        return STATUS_OK;
    message_error(_("cannot write '%s': %s"), path, error->message);
    return STATUS_STORE;
}

/* As gzip, without a name and a time, so that the same text is the same bytes; NULL: no memory. */
static GByteArray *
gzip(const char *text, gsize length)
{
    z_stream z = {0};
    if (deflateInit2(&z, Z_BEST_COMPRESSION, Z_DEFLATED, MAX_WBITS + 16, 9, Z_DEFAULT_STRATEGY) !=
        Z_OK)
        return NULL;
    GByteArray *out = g_byte_array_new();
    uLong most = deflateBound(&z, length);
    bool fine = length < G_MAXUINT && most < G_MAXUINT;
    if (fine) {
        g_byte_array_set_size(out, (guint)most);
        z.next_in = (Bytef *)(gpointer)text;
        z.avail_in = (uInt)length;
        z.next_out = out->data;
        z.avail_out = (uInt)most;
        fine = deflate(&z, Z_FINISH) == Z_STREAM_END;
        g_byte_array_set_size(out, (guint)z.total_out);
    }
    deflateEnd(&z);
    if (!fine)
        g_clear_pointer(&out, g_byte_array_unref);
    return out;
}

/*
 * Whether what is packed beside a file is of it: it has its time, to the nanosecond, since that is
 * given to it last.
 */
static bool
is_in_step(const struct stat *file, const char *packed)
{
    struct stat beside;
    return stat(packed, &beside) == 0 && beside.st_mtim.tv_sec == file->st_mtim.tv_sec &&
           beside.st_mtim.tv_nsec == file->st_mtim.tv_nsec;
}

int
export_deliver_packed(const char *path, const char *text, bool pack)
{
    g_autofree char *packed = g_strconcat(path, EXPORT_PACKED, NULL);
    struct stat file;
    int status = export_deliver(path, text);
    if (status || (!pack && access(packed, F_OK) < 0))
        return status;
    if (stat(path, &file) == 0 && is_in_step(&file, packed))
        return STATUS_OK;
    g_autoptr(GByteArray) bytes = gzip(text, strlen(text));
    g_autoptr(GError) error = NULL;
    const struct timespec times[] = {{.tv_nsec = UTIME_NOW}, file.st_mtim};
    if (bytes &&
        file_replace(packed, (const char *)bytes->data, bytes->len, file_public_mode(), &error) &&
        utimensat(AT_FDCWD, packed, times, 0) == 0)
        return STATUS_OK;
    message_error(_("cannot write '%s': %s"), packed,
                  error ? error->message : g_strerror(bytes ? errno : ENOMEM));
    return STATUS_STORE;
}

char *
export_feed(struct store *store, const char *format, const char *name, const char *title,
            const char *home, const GPtrArray *rows, int64_t *updated, GError **error)
{
    AUTO(publication_free) struct publication *feed = publication_new(name, title, home);
    for (guint i = 0; i < rows->len; i++)
        if (!publication_add(feed, store, g_ptr_array_index(rows, i), error))
            return NULL;
    if (updated)
        *updated = feed->updated;
    return g_str_equal(format, "atom") ? publication_atom(feed, store, error)
                                       : publication_json_feed(feed, store, error);
}
