/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table files. */
#include "config.h"

#include "store/files.h"
#include "store/articles.h"
#include "store/blob.h"
#include "store/db.h"
#include "store/revisions.h"

/* --- writing ------------------------------------------------------------------------------ */

static void
bind_bytes(sqlite3_stmt *s, int index, GBytes *bytes)
{
    if (bytes)
        sqlite3_bind_blob64(s, index, g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes),
                            SQLITE_STATIC);
}

static void
bind_problem(sqlite3_stmt *s, int index, const struct problem *problem)
{
    g_autofree char *text = problem ? problem_format(problem) : NULL;
    store_bind_text(s, index, text);
}

static bool
put_failure(struct store *store, const struct file_values *v, int64_t now, GError **error)
{
    sqlite3_stmt *s = store_prepare(
        store,
        "INSERT INTO files(url, fetched, problem, permanent) VALUES(?1, ?2, ?3, ?4)"
        " ON CONFLICT(url) DO UPDATE SET problem = ?3, permanent = ?4 WHERE data IS NULL",
        error);
    if (!s)
        return false;
    store_bind_text(s, 1, v->url);
    sqlite3_bind_int64(s, 2, now);
    bind_problem(s, 3, v->problem);
    sqlite3_bind_int(s, 4, v->permanent);
    return store_run(store, s, error);
}

bool
files_put(struct store *store, const struct file_values *v, int64_t now, GError **error)
{
    if (!v->bytes)
        return put_failure(store, v, now, error);
    g_autofree char *digest = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, v->bytes);
    sqlite3_stmt *s = store_prepare(
        store,
        "INSERT INTO files(url, fetched, content_type, format, etag, last_modified, sha256, size, problem, text, data)"
        " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"
        " ON CONFLICT(url) DO UPDATE SET fetched = ?2, content_type = ?3, format = ?4, etag = ?5, last_modified = ?6,"
        " problem = CASE WHEN sha256 IS ?7 AND text IS NOT NULL THEN problem ELSE ?9 END,"
        " text = CASE WHEN sha256 IS ?7 AND text IS NOT NULL THEN text ELSE ?10 END,"
        " sha256 = ?7, size = ?8, data = ?11, permanent = 0",
        error);
    if (!s)
        return false;
    store_bind_text(s, 1, v->url);
    sqlite3_bind_int64(s, 2, now);
    const char *texts[] = {v->content_type, v->format, v->etag, v->last_modified, digest};
    for (int i = 0; i < (int)G_N_ELEMENTS(texts); i++)
        store_bind_text(s, 3 + i, texts[i]);
    sqlite3_bind_int64(s, 8, (int64_t)g_bytes_get_size(v->bytes));
    bind_problem(s, 9, v->problem);
    bind_bytes(s, 10, v->text ? v->text->packed : NULL);
    bind_bytes(s, 11, v->bytes);
    return store_run(store, s, error);
}

bool
files_want(struct store *store, const char *url, int64_t now, GError **error)
{
    sqlite3_stmt *s =
        store_prepare(store, "INSERT OR IGNORE INTO files(url, fetched) VALUES(?1, ?2)", error);
    if (!s)
        return false;
    store_bind_text(s, 1, url);
    sqlite3_bind_int64(s, 2, now);
    return store_run(store, s, error);
}

bool
files_put_text(struct store *store, const char *url, const struct stored_document *text,
               const struct problem *problem, GError **error)
{
    sqlite3_stmt *s =
        store_prepare(store, "UPDATE files SET text = ?2, problem = ?3 WHERE url = ?1", error);
    if (!s)
        return false;
    store_bind_text(s, 1, url);
    bind_bytes(s, 2, text ? text->packed : NULL);
    bind_problem(s, 3, problem);
    return store_run(store, s, error);
}

/* --- reading ------------------------------------------------------------------------------ */

void
stored_file_free(struct stored_file *file)
{
    char *strings[] = {file->url,  file->content_type,  file->format,
                       file->etag, file->last_modified, file->sha256};
    for (size_t i = 0; i < G_N_ELEMENTS(strings); i++)
        g_free(strings[i]);
    if (file->problem)
        problem_free(file->problem);
    g_free(file);
}

static struct problem *
column_problem(sqlite3_stmt *s, int column)
{
    g_autofree char *text = store_column_text(s, column);
    return text ? problem_parse(text) : NULL;
}

struct stored_file *
files_find(struct store *store, const char *url)
{
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store,
        "SELECT url, content_type, format, etag, last_modified, coalesce(size, -1), permanent, text IS NOT NULL, problem, sha256, fetched"
        " FROM files WHERE url = ?1",
        NULL);
    if (!s)
        return NULL;
    store_bind_text(s, 1, url);
    if (sqlite3_step(s) != SQLITE_ROW)
        return NULL;
    struct stored_file *file = g_new0(struct stored_file, 1);
    char **strings[] = {&file->url, &file->content_type, &file->format, &file->etag,
                        &file->last_modified};
    for (int i = 0; i < (int)G_N_ELEMENTS(strings); i++)
        *strings[i] = store_column_text(s, i);
    file->size = sqlite3_column_int64(s, 5);
    file->permanent = sqlite3_column_int(s, 6);
    file->has_text = sqlite3_column_int(s, 7);
    file->problem = column_problem(s, 8);
    file->sha256 = store_column_text(s, 9);
    file->fetched = sqlite3_column_int64(s, 10);
    return file;
}

GBytes *
files_bytes(struct store *store, const char *url)
{
    AUTO_RESET sqlite3_stmt *s =
        store_prepare(store, "SELECT data FROM files WHERE url = ?1 AND data IS NOT NULL", NULL);
    if (!s)
        return NULL;
    store_bind_text(s, 1, url);
    if (sqlite3_step(s) != SQLITE_ROW)
        return NULL;
    const void *data = sqlite3_column_blob(s, 0);
    return g_bytes_new(data, (gsize)sqlite3_column_bytes(s, 0));
}

static struct document *
text_of(struct store *store, const char *url)
{
    AUTO_RESET sqlite3_stmt *s =
        store_prepare(store, "SELECT text FROM files WHERE url = ?1 AND text IS NOT NULL", NULL);
    if (!s)
        return NULL;
    store_bind_text(s, 1, url);
    if (sqlite3_step(s) != SQLITE_ROW)
        return NULL;
    g_autoptr(GBytes) bytes =
        blob_decompress(sqlite3_column_blob(s, 0), (gsize)sqlite3_column_bytes(s, 0), DOCUMENT_CAP);
    return bytes ? document_deserialize(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes))
                 : NULL;
}

/* --- in articles -------------------------------------------------------------------------- */

/* A document that is larger cannot be stored; what is beyond is in the attachment itself. */
#define MAX_CHARACTERS (16 << 20)

void
files_compose(struct store *store, const GPtrArray *attachments, struct document *document)
{
    gsize characters = 0;
    document_detach(document);
    guint before = document->blocks->len;
    for (guint i = 0; i < attachments->len && characters < MAX_CHARACTERS; i++) {
        const struct stored_attachment *a = g_ptr_array_index(attachments, i);
        AUTO(document_free) struct document *text = text_of(store, a->url);
        if (!text || document_is_empty(text))
            continue;
        characters += document_characters(text);
        document_attach(document, a->title && *a->title ? a->title : a->url, a->url, text);
    }
    if (document->blocks->len > before)
        document_finish(document);
}

static bool
any_text(struct store *store, const GPtrArray *attachments)
{
    for (guint i = 0; attachments && i < attachments->len; i++) {
        const struct stored_attachment *a = g_ptr_array_index(attachments, i);
        AUTO(stored_file_free) struct stored_file *file = files_find(store, a->url);
        if (file && file->has_text)
            return true;
    }
    return false;
}

struct stored_document *
files_compose_packed(struct store *store, const GPtrArray *attachments,
                     const struct stored_document *packed)
{
    if (!any_text(store, attachments))
        return NULL;
    AUTO(document_free) struct document *document = packed ? stored_document_read(packed)
                                                           : document_new();
    if (!document)
        return NULL;
    files_compose(store, attachments, document);
    return stored_document_new(document);
}

/* Whose text the newest revision is, newly allocated; NULL: the article has none. */
static char *
origin_of(struct store *store, int64_t article, char **title)
{
    *title = NULL;
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store,
        "SELECT origin, title FROM documents WHERE article = ?1 ORDER BY revision DESC LIMIT 1",
        NULL);
    if (!s)
        return NULL;
    sqlite3_bind_int64(s, 1, article);
    if (sqlite3_step(s) != SQLITE_ROW)
        return NULL;
    *title = store_column_text(s, 1);
    return store_column_text(s, 0);
}

static guint
count_attached(const struct document *document)
{
    guint count = 0;
    for (guint i = 0; i < document->blocks->len; i++)
        count += block_begins_attached(g_ptr_array_index(document->blocks, i));
    return count;
}

bool
files_recompose(struct store *store, int64_t article, bool again, int64_t now, bool *changed,
                GError **error)
{
    *changed = false;
    g_autofree char *title = NULL, *origin = origin_of(store, article, &title);
    g_autoptr(GPtrArray) attachments = articles_attachments(store, article);
    if (!origin && !any_text(store, attachments))
        return true;
    AUTO(document_free) struct document *document =
        origin ? articles_document(store, article, 0, error) : document_new();
    if (!document)
        return false;
    guint before = count_attached(document);
    files_compose(store, attachments, document);
    guint after = count_attached(document);
    if (!before && !after)
        return true;
    AUTO(stored_document_free) struct stored_document *stored = stored_document_new(document);
    return articles_put_document(store, article, stored, origin ? origin : "feed", title,
                                 origin && (again || before != after), now, NULL, changed, error);
}

GArray *
files_articles(struct store *store, const char *url)
{
    GArray *articles = g_array_new(FALSE, FALSE, sizeof(int64_t));
    AUTO_RESET sqlite3_stmt *s =
        store_prepare(store, "SELECT DISTINCT article FROM attachments WHERE url = ?1", NULL);
    if (!s)
        return articles;
    store_bind_text(s, 1, url);
    while (sqlite3_step(s) == SQLITE_ROW) {
        int64_t article = sqlite3_column_int64(s, 0);
        g_array_append_val(articles, article);
    }
    return articles;
}

/* Below, CROSS JOIN has the few that failed looked up first, by their own index. */
GPtrArray *
files_missing(struct store *store, int64_t source, int limit)
{
    GPtrArray *urls = g_ptr_array_new_with_free_func(g_free);
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store,
        "SELECT DISTINCT f.url FROM files f CROSS JOIN attachments t ON t.url = f.url CROSS JOIN articles a ON a.id = t.article"
        " WHERE f.data IS NULL AND f.permanent = 0 AND a.source = ?1 LIMIT ?2",
        NULL);
    if (!s)
        return urls;
    sqlite3_bind_int64(s, 1, source);
    sqlite3_bind_int(s, 2, limit);
    while (sqlite3_step(s) == SQLITE_ROW)
        g_ptr_array_add(urls, store_column_text(s, 0));
    return urls;
}

GPtrArray *
files_problems(struct store *store, int64_t source, int limit)
{
    GPtrArray *problems = problems_new();
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store,
        "SELECT DISTINCT f.problem FROM files f CROSS JOIN attachments t ON t.url = f.url CROSS JOIN articles a ON a.id = t.article"
        " WHERE f.problem IS NOT NULL AND a.source = ?1 ORDER BY a.id DESC LIMIT ?2",
        NULL);
    if (!s)
        return problems;
    sqlite3_bind_int64(s, 1, source);
    sqlite3_bind_int(s, 2, limit);
    while (sqlite3_step(s) == SQLITE_ROW) {
        struct problem *problem = column_problem(s, 0);
        if (problem)
            problems_add(problems, problem);
    }
    return problems;
}

static GPtrArray *
warnings_of(struct store *store, int64_t source)
{
    AUTO_RESET sqlite3_stmt *s =
        store_prepare(store, "SELECT warnings FROM sources WHERE id = ?1", NULL);
    g_autofree char *text = NULL;
    if (s) {
        sqlite3_bind_int64(s, 1, source);
        text = sqlite3_step(s) == SQLITE_ROW ? store_column_text(s, 0) : NULL;
    }
    return problems_parse(text);
}

bool
files_settle_warnings(struct store *store, int64_t source, GError **error)
{
    g_autoptr(GPtrArray) warnings = warnings_of(store, source);
    guint before = warnings->len;
    for (guint i = warnings->len; i-- > 0;) {
        const struct problem *old = g_ptr_array_index(warnings, i);
        AUTO(stored_file_free) struct stored_file *file =
            old->subject ? files_find(store, old->subject) : NULL;
        if (file && !(file->problem && file->problem->code == old->code))
            g_ptr_array_remove_index(warnings, i);
    }
    if (warnings->len == before)
        return true;
    g_autofree char *text = problems_format(warnings);
    sqlite3_stmt *s = store_prepare(store, "UPDATE sources SET warnings = ?2 WHERE id = ?1", error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, source);
    store_bind_text(s, 2, text);
    return store_run(store, s, error);
}
