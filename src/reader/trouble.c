/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words for what failed beside a list that works. */
#include "config.h"

#include "reader/trouble.h"
#include "base/i18n.h"
#include "reader/attachment.h"
#include "store/articles.h"
#include "store/files.h"

bool
trouble_is_of_part(const struct source *source, const struct problem *warning)
{
    return warning->subject && g_strcmp0(warning->subject, source->public_url) != 0;
}

const char *
trouble_advice(struct store *store, const struct source *source, const struct problem *warning)
{
    if (!trouble_is_of_part(source, warning))
        return NULL;
    AUTO(stored_file_free) struct stored_file *file = files_find(store, warning->subject);
    if (file)
        return attachment_advice(file, warning->code);
    int64_t article = articles_by_link(store, source->id, warning->subject);
    return articles_needs_page(store, article)
               ? _("The list itself works. Of an article whose page cannot be read crier keeps what it has, and the next fetch tries the page again.")
               : _("The list itself works. Of an article whose page cannot be read crier keeps what it has; 'crier fetch --full' asks for the page again.");
}

static void
trouble_free(gpointer data)
{
    struct trouble *trouble = data;
    g_free(trouble->words);
    g_free(trouble->advice);
    g_free(trouble);
}

GPtrArray *
troubles_of(const struct source *source, trouble_adviser *adviser, gpointer data)
{
    GPtrArray *all = g_ptr_array_new_with_free_func(trouble_free);
    for (guint w = 0; w < source->warnings->len; w++) {
        const struct problem *warning = g_ptr_array_index(source->warnings, w);
        struct trouble *trouble = g_new(struct trouble, 1);
        *trouble = (struct trouble){problem_sentence(warning), adviser(source, warning, data)};
        for (guint i = 0; trouble->advice && i < all->len; i++) {
            struct trouble *before = g_ptr_array_index(all, i);
            if (!g_strcmp0(before->advice, trouble->advice))
                g_clear_pointer(&before->advice, g_free);
        }
        g_ptr_array_add(all, trouble);
    }
    return all;
}
