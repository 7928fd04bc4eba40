/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said of attachments. */
#include "config.h"

#include "reader/attachment.h"
#include "base/i18n.h"
#include "base/message.h"

#include <string.h>

char *
attachment_label(struct store *store, const struct stored_attachment *a)
{
    AUTO(stored_file_free) struct stored_file *file = files_find(store, a->url);
    int64_t bytes = file && file->size >= 0 ? file->size : a->length;
    g_autofree char *size = bytes >= 0 ? message_size((guint64)bytes) : NULL;
    return g_strjoin(_(", "), a->title ? a->title : a->url, a->type ? a->type : size,
                     a->type ? size : NULL, NULL);
}

const char *
attachment_advice(const struct stored_file *file, enum problem_code code)
{
    bool came = file->size >= 0 || code == PROBLEM_NOT_A_FILE;
    if (came) /* what is wrong with its bytes or its text has advice of its own */
        return problem_advice(code);
    return file->permanent
               ? _("The article is there without this attachment; 'crier fetch --full' asks for it again.")
               : _("The article is there without this attachment; the next fetch tries it again.");
}

char *
attachment_trouble(struct store *store, const struct stored_attachment *a)
{
    AUTO(stored_file_free) struct stored_file *file = files_find(store, a->url);
    if (!file || !file->problem)
        return NULL;
    enum problem_code code = file->problem->code;
    g_autofree char *words =
        (code == PROBLEM_CONVERTER ? problem_words_alone : problem_words)(file->problem);
    return problem_advised(words, attachment_advice(file, code));
}

/* Of a media type, whatever stands behind it. */
static enum attachment_shape
shape_of_type(const char *type)
{
    if (g_str_has_prefix(type, "text/") || g_str_has_prefix(type, "application/xhtml+xml"))
        return ATTACHMENT_PAGE;
    return g_str_has_prefix(type, "image/") ? ATTACHMENT_PICTURE : ATTACHMENT_FILE;
}

/* Of what a file's name ends with, as portals have it for a type. */
static enum attachment_shape
shape_of_ending(const char *ending)
{
    static const char *const pages[] = {"html", "htm",  "xhtml", "shtml",
                                        "txt",  "text", "csv",   NULL},
                             *const pictures[] = {"png", "jpg",  "jpeg", "gif", "webp",
                                                  "bmp", "avif", "svg",  NULL};
    if (g_strv_contains(pages, ending))
        return ATTACHMENT_PAGE;
    return g_strv_contains(pictures, ending) ? ATTACHMENT_PICTURE : ATTACHMENT_FILE;
}

/* Of the last part of its path; NULL: none. */
static char *
ending_of(const char *url)
{
    g_autofree char *path = g_strndup(url, strcspn(url, "?#"));
    const char *slash = strrchr(path, '/'), *dot = strrchr(path, '.');
    return dot && (!slash || dot > slash) ? g_strdup(dot + 1) : NULL;
}

enum attachment_shape
attachment_shape(const struct stored_attachment *a)
{
    g_autofree char *ending = a->type ? NULL : ending_of(a->url);
    const char *said = a->type ? a->type : ending;
    g_autofree char *kind = g_ascii_strdown(said ? said : "", -1);
    return strchr(kind, '/') ? shape_of_type(kind) : shape_of_ending(kind);
}

bool
attachment_is_kept(struct store *store, const char *url)
{
    AUTO(stored_file_free) struct stored_file *file = store ? files_find(store, url) : NULL;
    return file && file->size >= 0;
}
