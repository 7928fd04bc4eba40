/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Single articles: their documents with revisions, their pages, and what these tell.  Which article
 * an entry is, is found in articles-entry.c.
 */
#include "config.h"

#include "store/articles.h"
#include "store/articles-parts.h"
#include "base/i18n.h"
#include "base/url.h"
#include "document/compare.h"
#include "document/diff.h"
#include "store/blob.h"
#include "store/changes.h"
#include "store/db.h"
#include "store/search.h"
#include "store/withdrawals.h"

#include <string.h>

void
article_bind_time(sqlite3_stmt *s, int index, const struct date *date)
{
    if (date_is_known(date))
        sqlite3_bind_int64(s, index, date->time);
}

void
article_bind_date(sqlite3_stmt *s, int index, const struct date *date)
{
    article_bind_time(s, index, date);
    sqlite3_bind_int(s, index + 1, date->offset);
    sqlite3_bind_int(s, index + 2, (int)date->precision);
}

bool
article_before_title(struct store *store, int64_t id, const char *title, GError **error)
{
    if (!title)
        return true;
    AUTO_RESET sqlite3_stmt *s =
        store_prepare(store, "SELECT title IS NOT ?2 FROM articles WHERE id = ?1", error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, id);
    store_bind_text(s, 2, title);
    if (store_step(store, s, error) != SQLITE_ROW)
        return false;
    return !sqlite3_column_int(s, 0) || search_forget(store, id, error);
}

char *
articles_title(struct store *store, int64_t article)
{
    AUTO_RESET sqlite3_stmt *s =
        store_prepare(store, "SELECT title FROM articles WHERE id = ?1", NULL);
    if (!s)
        return NULL;
    sqlite3_bind_int64(s, 1, article);
    return sqlite3_step(s) == SQLITE_ROW ? store_column_text(s, 0) : NULL;
}

/* A document beside the newest that the article has. */
struct version {
    int revision; /* of the newest; 0: there is none */
    int64_t seen; /* the newest */
    /*
     * this takes its place: the page's, which is whole, after the feed's; or another reading of the
     * same
     */
    bool replace;
    bool reread; /* the latter: what the portal said is as old as it was */
    bool keep;   /* the newest says the same, or is the page's and this the feed's */
};

static struct document *
document_of(GBytes *bytes)
{
    return bytes ? document_deserialize(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes))
                 : NULL;
}

/* Blocks that say nothing of their own may come and go. */
static bool
is_furniture(const struct document *new, const struct document *old,
             const struct compare_rules *ignore)
{
    struct diff_version before = {.document = old}, after = {.document = new};
    AUTO(diff_free) struct diff *diff = diff_new(&before, &after, ignore);
    return !diff->differs && old->blocks->len;
}

/*
 * Whether the newest (data) says what this does; *reread when only a former version of crier read
 * it otherwise. Unpacked: how something is packed changes with the library.
 */
static bool
says_the_same(GBytes *packed, const void *data, gsize length, bool exactly,
              const struct compare_rules *ignore, bool *reread)
{
    gsize size;
    const void *mine = g_bytes_get_data(packed, &size);
    if (size == length && !memcmp(mine, data, size))
        return true;
    g_autoptr(GBytes) one = blob_decompress(mine, size, DOCUMENT_CAP),
                      other = blob_decompress(data, length, DOCUMENT_CAP);
    if (!one || !other || g_bytes_equal(one, other))
        return one && other;
    if (exactly)
        return false;
    AUTO(document_free) struct document *new = document_of(one);
    AUTO(document_free) struct document *old = document_of(other);
    *reread = *reread && new &&old &&document_has_the_same_words(new, old);
    return !*reread && new &&old &&
           (document_says_the_same(new, old) || is_furniture(new, old, ignore));
}

static bool
version_find(struct store *store, int64_t article, const struct stored_document *document,
             const char *origin, bool again, const struct compare_rules *ignore, struct version *v,
             GError **error)
{
    *v = (struct version){0};
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store,
        "SELECT revision, data, origin, seen, hash FROM documents WHERE article = ?1 ORDER BY revision DESC LIMIT 1",
        error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, article);
    if (sqlite3_step(s) != SQLITE_ROW)
        return true;
    const char *old = (const char *)sqlite3_column_text(s, 2);
    v->revision = sqlite3_column_int(s, 0);
    v->seen = sqlite3_column_int64(s, 3);
    bool reread = g_strcmp0((const char *)sqlite3_column_text(s, 4), DOCUMENT_READING) != 0;
    v->keep = (g_str_equal(origin, "feed") && g_str_equal(old, "page")) ||
              says_the_same(document->packed, sqlite3_column_blob(s, 1),
                            (gsize)sqlite3_column_bytes(s, 1), again, ignore, &reread);
    v->reread = reread && !v->keep;
    v->replace = again || v->reread || (g_str_equal(origin, "page") && g_str_equal(old, "feed"));
    return true;
}

/*
 * `hash` holds the reading that made it (document/compare.h); a digest, or nothing, is of former
 * versions.
 */
static bool
put_version(struct store *store, int64_t article, int revision,
            const struct stored_document *document, const char *origin, const char *title,
            int64_t seen, int64_t reread, GError **error)
{
    g_autofree char *attachments = articles_kept_attachments(store, article);
    sqlite3_stmt *s = store_prepare(
        store,
        "INSERT INTO documents(article, revision, seen, hash, origin, title, data, heading, published,"
        " published_offset, published_precision, updated, attachments, reread)"
        " SELECT ?1, ?2, ?3, '" DOCUMENT_READING
        "', ?4, ?5, ?6, title, published, published_offset, published_precision, updated, ?7, ?8 FROM articles WHERE id = ?1"
        " ON CONFLICT(article, revision) DO UPDATE SET seen = excluded.seen, hash = excluded.hash, origin = excluded.origin,"
        " title = excluded.title, data = excluded.data, heading = excluded.heading, published = excluded.published,"
        " published_offset = excluded.published_offset, published_precision = excluded.published_precision,"
        " updated = excluded.updated, attachments = excluded.attachments, reread = excluded.reread",
        error);
    if (!s)
        return false;
    store_bind_text(s, 7, attachments);
    if (reread)
        sqlite3_bind_int64(s, 8, reread);
    sqlite3_bind_int64(s, 1, article);
    sqlite3_bind_int(s, 2, revision);
    sqlite3_bind_int64(s, 3, seen);
    store_bind_text(s, 4, origin);
    store_bind_text(s, 5, title);
    sqlite3_bind_blob64(s, 6, g_bytes_get_data(document->packed, NULL),
                        g_bytes_get_size(document->packed), SQLITE_STATIC);
    if (!store_run(store, s, error) ||
        !(s = store_prepare(store, "UPDATE articles SET revisions = ?2 WHERE id = ?1", error)))
        return false;
    sqlite3_bind_int64(s, 1, article);
    sqlite3_bind_int(s, 2, revision);
    return store_run(store, s, error);
}

bool
articles_put_document(struct store *store, int64_t article, const struct stored_document *document,
                      const char *origin, const char *title, bool again, int64_t now,
                      const struct compare_rules *ignore, bool *changed, GError **error)
{
    *changed = false;
    struct version v;
    if (!version_find(store, article, document, origin, again, ignore, &v, error))
        return false;
    if (v.keep)
        return true;
    bool replaces = v.revision && v.replace, reread = v.revision && (again || v.reread);
    int revision = v.revision + !replaces;
    *changed = search_forget(store, article, error) &&
               put_version(store, article, revision, document, origin, title, reread ? v.seen : now,
                           reread ? now : 0, error) &&
               (replaces || revision == 1 ||
                changes_note(store, article, CHANGE_REVISED, revision, now, error));
    return *changed;
}

/* A title in place of one that was made up is nothing that the portal has changed. */
static bool
take_title_over(struct store *store, int64_t article, const struct page_facts *f, GError **error)
{
    sqlite3_stmt *s = store_prepare(
        store, "UPDATE documents SET heading = ?2 WHERE article = ?1 AND heading = ?3", error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, article);
    store_bind_text(s, 2, f->title);
    store_bind_text(s, 3, f->made_up);
    return store_run(store, s, error);
}

/* Another number is looked for when the index takes the article (store/reading.h). */
static bool
put_number(struct store *store, int64_t article, const char *number, GError **error)
{
    AUTO_RESET sqlite3_stmt *known =
        store_prepare(store, "SELECT number IS NOT ?2 FROM articles WHERE id = ?1", error);
    if (!known)
        return false;
    sqlite3_bind_int64(known, 1, article);
    store_bind_text(known, 2, number);
    if (sqlite3_step(known) != SQLITE_ROW || !sqlite3_column_int(known, 0))
        return true;
    sqlite3_stmt *s = store_prepare(store, "UPDATE articles SET number = ?2 WHERE id = ?1", error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, article);
    store_bind_text(s, 2, number);
    return store_run(store, s, error) && search_forget(store, article, error);
}

bool
articles_put_facts(struct store *store, int64_t article, const struct page_facts *f, GError **error)
{
    g_autofree char *old = f->title ? articles_title(store, article) : NULL;
    bool replaces = f->title && (!f->made_up || g_strcmp0(old, f->made_up) == 0);
    if (!article_before_title(store, article, replaces ? f->title : NULL, error))
        return false;
    sqlite3_stmt *s = store_prepare(
        store,
        "UPDATE articles SET author = coalesce(author, ?2), publisher = coalesce(publisher, ?3), section = coalesce(section, ?4),"
        " language = coalesce(language, ?5),"
        " published_offset = CASE WHEN published IS NULL THEN ?7 ELSE published_offset END,"
        " published_precision = CASE WHEN published IS NULL THEN ?8 ELSE published_precision END,"
        " sort = coalesce(published, ?6, sort), published = coalesce(published, ?6),"
        " title = coalesce(?9, title) WHERE id = ?1",
        error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, article);
    const char *texts[] = {f->author, f->publisher, f->section, f->language};
    for (int i = 0; i < (int)G_N_ELEMENTS(texts); i++)
        store_bind_text(s, 2 + i, texts[i]);
    article_bind_date(s, 6, &f->published);
    store_bind_text(s, 9, replaces ? f->title : NULL);
    return store_run(store, s, error) && put_number(store, article, f->number, error) &&
           (!replaces || !f->made_up || take_title_over(store, article, f, error));
}

bool
articles_put_edition(struct store *store, int64_t article, const char *language, const char *url,
                     const char *scope, GError **error)
{
    sqlite3_stmt *s = store_prepare(
        store,
        "INSERT INTO editions(article, language, url, identity, scope) VALUES(?1, ?2, ?3, ?4, ?5)"
        " ON CONFLICT(article, language) DO UPDATE SET url = ?3, identity = ?4, scope = ?5"
        " WHERE url <> ?3 OR identity <> ?4 OR scope <> ?5",
        error);
    if (!s)
        return false;
    g_autofree char *identity = url_identity(url);
    sqlite3_bind_int64(s, 1, article);
    store_bind_text(s, 2, language);
    store_bind_text(s, 3, url);
    store_bind_text(s, 4, identity);
    store_bind_text(s, 5, scope);
    return store_run(store, s, error);
}

static void
edition_free(gpointer data)
{
    struct stored_edition *edition = data;
    g_free(edition->language);
    g_free(edition->url);
    g_free(edition->scope);
    g_free(edition);
}

/* Whether an article is one of those that stand for the same in other languages. */
#define OF_GROUP(alias) \
    "coalesce(" alias ".edition_group = (SELECT edition_group FROM articles WHERE id = ?1), 0)"

GPtrArray *
articles_editions(struct store *store, int64_t article)
{
    GPtrArray *list = g_ptr_array_new_with_free_func(edition_free);
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store,
        /* others may link to the same page */
        "SELECT e.language, e.url, e.scope, coalesce((SELECT a.id FROM articles a"
        " WHERE a.identity = e.identity ORDER BY " OF_GROUP(
            "a") " DESC, a.id LIMIT 1), 0), 1"
                 " FROM editions e WHERE e.article = ?1"
                 /* and articles that name this one as theirs */
                 " UNION SELECT b.language, b.link, 'article', b.id, " OF_GROUP(
                     "b") " FROM editions e JOIN articles b ON b.id = e.article"
                          " WHERE e.identity = (SELECT identity FROM articles WHERE id = ?1) AND e.scope = 'article' AND b.id <> ?1"
                          " AND b.language IS NOT NULL AND b.link IS NOT NULL"
                          " AND NOT EXISTS (SELECT 1 FROM editions o JOIN articles oa ON oa.identity = o.identity WHERE o.article = ?1 AND o.language = b.language)"
                          " ORDER BY 1, 5 DESC, 4",
        NULL);
    if (!s)
        return list;
    sqlite3_bind_int64(s, 1, article);
    const struct stored_edition *last = NULL; /* that is here */
    while (sqlite3_step(s) == SQLITE_ROW) {
        int64_t other = sqlite3_column_int64(s, 3);
        if (other && last && !g_strcmp0(last->language, (const char *)sqlite3_column_text(s, 0)))
            continue;
        struct stored_edition *e = g_new0(struct stored_edition, 1);
        *e = (struct stored_edition){store_column_text(s, 0), store_column_text(s, 1),
                                     store_column_text(s, 2), other};
        g_ptr_array_add(list, e);
        last = other ? e : last;
    }
    return list;
}

bool
articles_put_page(struct store *store, int64_t article, const struct page_values *p, int64_t now,
                  GError **error)
{
    if (p->error) {
        if (!withdrawals_missed_page(store, article, now, error))
            return false;
        /* a page that was once fetched is not lost because it fails today */
        sqlite3_stmt *s = store_prepare(
            store,
            "INSERT INTO pages(article, url, fetched, error, permanent) VALUES(?1, ?2, ?3, ?4, ?5)"
            " ON CONFLICT(article) DO UPDATE SET fetched = ?3, error = ?4, permanent = ?5",
            error);
        if (!s)
            return false;
        sqlite3_bind_int64(s, 1, article);
        store_bind_text(s, 2, p->url);
        sqlite3_bind_int64(s, 3, now);
        store_bind_text(s, 4, p->error);
        sqlite3_bind_int(s, 5, p->permanent);
        return store_run(store, s, error);
    }
    sqlite3_stmt *s = store_prepare(
        store,
        "INSERT OR REPLACE INTO pages(article, url, content_type, etag, last_modified, charset, charset_evidence, fetched, data, evidence, sha256)"
        " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, article);
    const char *texts[] = {p->url,           p->content_type, p->etag,
                           p->last_modified, p->charset,      p->charset_evidence};
    for (int i = 0; i < (int)G_N_ELEMENTS(texts); i++)
        store_bind_text(s, 2 + i, texts[i]);
    sqlite3_bind_int64(s, 8, now);
    sqlite3_bind_blob64(s, 9, g_bytes_get_data(p->packed->bytes, NULL),
                        g_bytes_get_size(p->packed->bytes), SQLITE_STATIC);
    raw_bind_evidence(s, 10, p->packed);
    return store_run(store, s, error) && withdrawals_saw_page(store, article, false, now, error);
}

bool
articles_page_stands(struct store *store, int64_t article, int64_t now, GError **error)
{
    sqlite3_stmt *s = store_prepare(
        store,
        "UPDATE pages SET error = NULL, permanent = 0 WHERE article = ?1 AND error IS NOT NULL",
        error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, article);
    return store_run(store, s, error) && withdrawals_saw_page(store, article, true, now, error);
}

bool
articles_needs_page(struct store *store, int64_t article)
{
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store, "SELECT 1 FROM pages WHERE article = ?1 AND (data IS NOT NULL OR permanent)", NULL);
    if (!s)
        return true;
    sqlite3_bind_int64(s, 1, article);
    return sqlite3_step(s) != SQLITE_ROW;
}

bool
articles_may_be_back(struct store *store, int64_t article, int64_t before)
{
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store,
        "SELECT 1 FROM articles a JOIN pages p ON p.article = a.id LEFT JOIN rechecks r ON r.article = a.id"
        " WHERE a.id = ?1 AND (a.withdrawn IS NOT NULL OR r.kind IS NOT NULL)"
        " AND max(p.fetched, coalesce(r.asked, 0)) < ?2",
        NULL);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, article);
    sqlite3_bind_int64(s, 2, before);
    return sqlite3_step(s) == SQLITE_ROW;
}

bool
articles_is_retitled(struct store *store, int64_t article, const char *title, int64_t before)
{
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store,
        "SELECT 1 FROM articles a JOIN pages p ON p.article = a.id LEFT JOIN rechecks r ON r.article = a.id"
        " WHERE a.id = ?1 AND a.title IS NOT ?2 AND max(p.fetched, coalesce(r.asked, 0)) < ?3",
        NULL);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, article);
    store_bind_text(s, 2, title);
    sqlite3_bind_int64(s, 3, before);
    return sqlite3_step(s) == SQLITE_ROW;
}

bool
articles_has_page(struct store *store, int64_t article)
{
    AUTO_RESET sqlite3_stmt *s =
        store_prepare(store, "SELECT 1 FROM pages WHERE article = ?1 AND data IS NOT NULL", NULL);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, article);
    return sqlite3_step(s) == SQLITE_ROW;
}

bool
articles_page_was_at(struct store *store, int64_t article, const char *url)
{
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store, "SELECT 1 FROM pages WHERE article = ?1 AND data IS NOT NULL AND url = ?2", NULL);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, article);
    store_bind_text(s, 2, url);
    return sqlite3_step(s) == SQLITE_ROW;
}

bool
articles_page_failed(struct store *store, int64_t source, const char *link)
{
    int64_t id = articles_by_link(store, source, link);
    AUTO_RESET sqlite3_stmt *s =
        store_prepare(store, "SELECT 1 FROM pages WHERE article = ?1 AND error IS NOT NULL", NULL);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, id);
    return sqlite3_step(s) == SQLITE_ROW;
}

GPtrArray *
articles_missing_pages(struct store *store, int64_t source, int limit)
{
    GPtrArray *links = g_ptr_array_new_with_free_func(g_free);
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store,
        "SELECT a.link FROM articles a LEFT JOIN pages p ON p.article = a.id WHERE a.source = ?1 AND a.link IS NOT NULL"
        " AND p.data IS NULL AND coalesce(p.permanent, 0) = 0 ORDER BY a.sort DESC LIMIT ?2",
        NULL);
    if (!s)
        return links;
    sqlite3_bind_int64(s, 1, source);
    sqlite3_bind_int(s, 2, limit);
    while (sqlite3_step(s) == SQLITE_ROW)
        g_ptr_array_add(links, store_column_text(s, 0));
    return links;
}

bool
articles_page_tag(struct store *store, int64_t article, char **etag, char **last_modified,
                  char **url)
{
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store, "SELECT etag, last_modified, url FROM pages WHERE article = ?1 AND data IS NOT NULL",
        NULL);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, article);
    if (sqlite3_step(s) != SQLITE_ROW)
        return false;
    *etag = store_column_text(s, 0);
    *last_modified = store_column_text(s, 1);
    *url = store_column_text(s, 2);
    return true;
}

GBytes *
articles_stored_text(struct store *store, int64_t article)
{
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store, "SELECT data FROM documents WHERE article = ?1 ORDER BY revision DESC LIMIT 1",
        NULL);
    if (!s)
        return NULL;
    sqlite3_bind_int64(s, 1, article);
    return sqlite3_step(s) == SQLITE_ROW
               ? g_bytes_new(sqlite3_column_blob(s, 0), (gsize)sqlite3_column_bytes(s, 0))
               : NULL;
}

struct document *
articles_document(struct store *store, int64_t article, int revision, GError **error)
{
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store,
        "SELECT data FROM documents WHERE article = ?1 AND (?2 = 0 OR revision = ?2) ORDER BY revision DESC LIMIT 1",
        error);
    if (!s)
        return NULL;
    sqlite3_bind_int64(s, 1, article);
    sqlite3_bind_int(s, 2, revision);
    int code = store_step(store, s, error);
    if (code == SQLITE_DONE) {
        if (revision)
            g_set_error(error, STORE_ERROR, STORE_ERROR_UNKNOWN,
                        _("article %ld has no revision %d"), (long)article, revision);
        else
            g_set_error(error, STORE_ERROR, STORE_ERROR_UNKNOWN,
                        _("the text of article %ld is not in the store"), (long)article);
        return NULL;
    }
    if (code != SQLITE_ROW)
        return NULL;
    g_autoptr(GBytes) bytes =
        blob_decompress(sqlite3_column_blob(s, 0), (gsize)sqlite3_column_bytes(s, 0), DOCUMENT_CAP);
    struct document *document =
        bytes ? document_deserialize(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes)) : NULL;
    if (!document)
        g_set_error(error, STORE_ERROR, STORE_ERROR_CORRUPT,
                    _("the stored text of article %ld is damaged"), (long)article);
    return document;
}
