/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The newest document as plain text, and where the words stand in it. */
#include "config.h"

#include "reader/snippet.h"
#include "store/articles.h"
#include "text/match.h"

char *
snippet_of(struct store *store, int64_t article, const struct query *query, guint characters)
{
    if (!query || !*query->words)
        return NULL;
    AUTO(document_free) struct document *document = articles_document(store, article, 0, NULL);
    g_autofree char *text = document ? document_plain(document) : NULL;
    return text && *text ? text_snippet(text, query->words, characters) : NULL;
}
