/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said of attachments. */
#include "config.h"

#include "reader/attachment.h"
#include "base/i18n.h"
#include "base/message.h"
#include "store/files.h"

char *
attachment_label(struct store *store, const struct stored_attachment *a)
{
    AUTO(stored_file_free) struct stored_file *file = files_find(store, a->url);
    int64_t bytes = file && file->size >= 0 ? file->size : a->length;
    g_autofree char *size = bytes >= 0 ? message_size((guint64)bytes) : NULL;
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
    /* TRANSLATORS: what went wrong, without a full stop; what to do about it, with one */
    return advice ? g_strdup_printf(_("%s. %s"), words, advice) : g_steal_pointer(&words);
}

bool
attachment_is_kept(struct store *store, const char *url)
{
    AUTO(stored_file_free) struct stored_file *file = store ? files_find(store, url) : NULL;
    return file && file->size >= 0;
}
