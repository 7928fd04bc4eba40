/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What several parts of `crier export` write, and where it goes. */
#include "config.h"

#include "base/file.h"
#include "base/i18n.h"
#include "base/message.h"
#include "base/status.h"
#include "cli/export.h"
#include "reader/publish.h"

#include <string.h>

int
export_deliver(const char *path, const char *text)
{
    if (!path || g_str_equal(path, "-")) {
        print_raw(text);
        return STATUS_OK;
    }
    g_autofree char *old = NULL;
    gsize had, length = strlen(text);
    if (g_file_get_contents(path, &old, &had, NULL) && had == length && !memcmp(old, text, length))
        return STATUS_OK;
    g_autoptr(GError) error = NULL;
    if (file_replace(path, text, length, file_public_mode(), &error))
        return STATUS_OK;
    message_error(_("cannot write '%s': %s"), path, error->message);
    return STATUS_STORE;
}

char *
export_feed(struct store *store, const char *format, const char *name, const char *title,
            const char *home, const GPtrArray *rows, GError **error)
{
    AUTO(publication_free) struct publication *feed = publication_new(name, title, home);
    for (guint i = 0; i < rows->len; i++)
        if (!publication_add(feed, store, g_ptr_array_index(rows, i), error))
            return NULL;
    return g_str_equal(format, "atom") ? publication_atom(feed, store, error)
                                       : publication_json_feed(feed, store, error);
}
