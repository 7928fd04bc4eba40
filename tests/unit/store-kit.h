/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A store of one source in a folder of its own, for the tests of the store. */
#pragma once

#include "config/settings.h"
#include "store/articles.h"
#include "store/listing.h"
#include "store/marks.h"
#include "store/search.h"
#include "store/sources.h"
#include "store/maintenance.h"

#include <glib/gstdio.h>

#define NOW 1761350400

struct fixture {
    char *folder, *path;
    struct store *store;
    int64_t source;
};

static inline void
set_up(struct fixture *f, gconstpointer data)
{
    (void)data;
    g_autoptr(GError) error = NULL;
    f->folder = g_dir_make_tmp("crier-store.XXXXXX", NULL);
    f->path = g_build_filename(f->folder, "articles.db", NULL);
    f->store = store_open(f->path, STORE_WRITE, 0, &error);
    g_assert_no_error(error);
    AUTO(urls_free) struct urls *urls =
        urls_parse("/nowhere", "urls", "http://a.example/feed \"city\" \"~City\"\n");
    g_assert_true(sources_sync(f->store, urls, &error));
    g_autoptr(GPtrArray) list = sources_list(f->store, false, &error);
    g_assert_cmpuint(list->len, ==, 1);
    f->source = ((const struct source *)g_ptr_array_index(list, 0))->id;
}

static inline void
tear_down(struct fixture *f, gconstpointer data)
{
    (void)data;
    store_close(f->store);
    static const char *const suffixes[] = {"", "-wal", "-shm"};
    for (size_t i = 0; i < G_N_ELEMENTS(suffixes); i++) {
        g_autofree char *path = g_strconcat(f->path, suffixes[i], NULL);
        g_unlink(path);
    }
    g_rmdir(f->folder);
    g_free(f->folder);
    g_free(f->path);
}

static inline int64_t
put_entry(struct fixture *f, struct entry *entry)
{
    bool is_new;
    g_autoptr(GError) error = NULL;
    articles_identify(f->store, f->source, entry);
    int64_t article = articles_put(f->store, f->source, entry, 0, NULL, NOW, &is_new, &error);
    g_assert_no_error(error);
    g_assert_cmpint(article, >, 0);
    return article;
}

static inline int64_t
put(struct fixture *f, const char *id, const char *link, const char *title, int64_t published)
{
    AUTO(entry_free) struct entry *entry = entry_new();
    entry->id = g_strdup(id);
    entry->link = g_strdup(link);
    entry->title = g_strdup(title);
    entry->published = (struct date){.time = published, .precision = DATE_SECOND};
    return put_entry(f, entry);
}

static inline int64_t
put_date(struct fixture *f, const char *id, const struct date *published)
{
    AUTO(entry_free) struct entry *entry = entry_new();
    entry->id = g_strdup(id);
    entry->title = g_strdup(id);
    entry->published = *published;
    return put_entry(f, entry);
}

static inline void
put_text(struct fixture *f, int64_t article, const char *text, const char *origin)
{
    AUTO(document_free) struct document *document = document_from_text(text);
    bool changed;
    AUTO(stored_document_free) struct stored_document *stored = stored_document_new(document);
    g_assert_true(articles_put_document(f->store, article, stored, origin, NULL, false, NOW, NULL,
                                        &changed, NULL));
}

static inline int64_t
hits(struct fixture *f, const char *text)
{
    g_autoptr(GError) error = NULL;
    AUTO(query_free) struct query *query = query_parse(text, NOW, &error);
    g_assert_no_error(error);
    struct listing listing = {.query = query};
    int64_t count = listing_count(f->store, &listing, &error);
    g_assert_no_error(error);
    return count;
}

/* The numbers of a listing's rows as text, by windows of some length. */
static inline char *
numbers(struct fixture *f, const struct listing *l, int64_t length)
{
    GString *out = g_string_new(NULL);
    for (int64_t offset = 0;; offset += length) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GPtrArray) rows = listing_rows(f->store, l, offset, length, &error);
        g_assert_no_error(error);
        for (guint i = 0; i < rows->len; i++)
            g_string_append_printf(out, "%" G_GINT64_FORMAT " ",
                                   ((const struct article_row *)g_ptr_array_index(rows, i))->id);
        if (length < 0 || (int64_t)rows->len < length)
            return g_string_free(out, FALSE);
    }
}
