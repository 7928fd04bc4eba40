/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said of attachments, and writing them to files. */
#include "config.h"

#include "reader/attachment.h"
#include "base/clean.h"
#include "base/file.h"
#include "base/i18n.h"
#include "reader/save.h"
#include "store/files.h"

#include <string.h>

char *
attachment_label(struct store *store, const struct stored_attachment *a)
{
    AUTO(stored_file_free) struct stored_file *file = files_find(store, a->url);
    int64_t bytes = file && file->size >= 0 ? file->size : a->length;
    g_autofree char *size = bytes >= 0 ? g_format_size((guint64)bytes) : NULL;
    return g_strjoin(", ", a->title ? a->title : a->url, a->type ? a->type : size,
                     a->type ? size : NULL, NULL);
}

char *
attachment_trouble(struct store *store, const struct stored_attachment *a)
{
    AUTO(stored_file_free) struct stored_file *file = files_find(store, a->url);
    if (!file || !file->problem)
        return NULL;
    g_autofree char *words = problem_words(file->problem);
    const char *advice = problem_advice(file->problem->code);
    return g_strjoin(". ", words, advice, NULL);
}

bool
attachment_is_kept(struct store *store, const char *url)
{
    AUTO(stored_file_free) struct stored_file *file = store ? files_find(store, url) : NULL;
    return file && file->size >= 0;
}

bool
attachment_save(struct store *store, const char *url, const char *path, GError **error)
{
    if (g_file_test(path, G_FILE_TEST_EXISTS)) {
        g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_EXIST, _("'%s' exists already"), path);
        return false;
    }
    g_autoptr(GBytes) bytes = files_bytes(store, url);
    gsize length = 0;
    const char *data = bytes ? g_bytes_get_data(bytes, &length) : "";
    g_autoptr(GError) why = NULL;
    if (file_replace(path, data ? data : "", length, file_public_mode(), &why))
        return true;
    g_set_error(error, G_FILE_ERROR, why->code, _("cannot write '%s': %s"), path, why->message);
    return false;
}

/* "Plan 2026" of "http://e.example/files/Plan%202026.pdf?v=1", with the ending of its format. */
static char *
name_of(const struct stored_file *file)
{
    g_autofree char *path = g_strndup(file->url, strcspn(file->url, "?#"));
    g_autofree char *base = g_path_get_basename(path), *plain = g_uri_unescape_string(base, NULL);
    g_autofree char *clean = text_squeeze(plain ? plain : base, -1);
    char *dot = strrchr(clean, '.');
    if (dot && dot > clean)
        *dot = '\0';
    g_autofree char *ending = g_strconcat(".", file->format ? file->format : "bin", NULL);
    return save_name(clean, ending);
}

char *
attachment_copy(struct store *store, const char *url, GError **error)
{
    AUTO(stored_file_free) struct stored_file *file = files_find(store, url);
    g_autofree char *folder = file ? g_dir_make_tmp("crier-XXXXXX", error) : NULL;
    if (!folder)
        return NULL;
    g_autofree char *name = name_of(file);
    g_autofree char *path = g_build_filename(folder, name, NULL);
    return attachment_save(store, url, path, error) ? g_steal_pointer(&path) : NULL;
}
