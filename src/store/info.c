/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a store holds, counted and weighed. */
#include "config.h"

#include "store/maintenance.h"
#include "store/db.h"
#include "store/search.h"

#include <sys/stat.h>

static int64_t
number_of(struct store *store, const char *sql, GError **error)
{
    AUTO_RESET sqlite3_stmt *s = store_prepare(store, sql, error);
    return s && store_step(store, s, error) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : -1;
}

/* Which kind of content a table or index of the file is for. */
#define KIND \
    "CASE WHEN name LIKE 'search!_%' ESCAPE '!' THEN 1 WHEN name IN ('documents', 'sqlite_autoindex_documents_1') THEN 2" \
    " WHEN name = 'pages' THEN 3 WHEN name = 'responses' THEN 4" \
    " WHEN name IN ('files', 'sqlite_autoindex_files_1', 'files_missing', 'files_failed', 'attachments_by_url'," \
    " 'pictures', 'sqlite_autoindex_pictures_1') THEN 5 ELSE 0 END"

/* A build of SQLite may lack the table that tells. */
static void
weigh(struct store *store, struct store_info *info)
{
    int64_t *const kinds[] = {&info->list_bytes, &info->index_bytes,    &info->text_bytes,
                              &info->page_bytes, &info->response_bytes, &info->attachment_bytes};
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
        *kinds[i] = -1;
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store, "SELECT " KIND " AS kind, sum(pgsize) FROM dbstat WHERE aggregate = 1 GROUP BY kind",
        NULL);
    if (!s)
        return;
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
        *kinds[i] = 0;
    while (sqlite3_step(s) == SQLITE_ROW)
        *kinds[sqlite3_column_int(s, 0)] = sqlite3_column_int64(s, 1);
}

static int64_t
size_of(const char *path, const char *suffix)
{
    g_autofree char *file = g_strconcat(path, suffix, NULL);
    struct stat info;
    return stat(file, &info) == 0 ? (int64_t)info.st_size : 0;
}

bool
maintenance_info(struct store *store, struct store_info *info, GError **error)
{
    static const char living[] =
        "SELECT count(*) FROM articles a WHERE NOT EXISTS (SELECT 1 FROM marks m WHERE m.article = a.id AND m.deleted)";
    const struct {
        int64_t *to;
        const char *sql;
    } counts[] = {
        {&info->schema, "PRAGMA user_version"},
        {&info->application_id, "PRAGMA application_id"},
        {&info->sources, "SELECT count(*) FROM sources WHERE active"},
        {&info->former_sources, "SELECT count(*) FROM sources WHERE NOT active"},
        {&info->articles, living},
        {&info->unread, "SELECT coalesce(sum(unread), 0) FROM sources"},
        {&info->starred, "SELECT count(*) FROM marks WHERE starred = 1 AND deleted = 0"},
        {&info->deleted, "SELECT count(*) FROM marks WHERE deleted = 1"},
        {&info->texts, "SELECT count(*) FROM documents"},
        {&info->pages, "SELECT count(*) FROM pages WHERE data IS NOT NULL"},
        {&info->attachments, "SELECT count(*) FROM files WHERE data IS NOT NULL"},
        {&info->waiting, "SELECT count(*) FROM search_wait"},
        {&info->free_bytes,
         "SELECT (SELECT * FROM pragma_freelist_count) * (SELECT * FROM pragma_page_size)"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(counts); i++)
        if ((*counts[i].to = number_of(store, counts[i].sql, error)) < 0)
            return false;
    info->file_bytes = size_of(store->path, "");
    info->log_bytes = size_of(store->path, "-wal");
    weigh(store, info);
    return true;
}
