/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The attachments that articles have, by address, and who names them; what is kept of them is in
 * files.c.
 */
#include "config.h"

#include "store/articles.h"
#include "store/db.h"

GPtrArray *
articles_attachments(struct store *store, int64_t article)
{
    GPtrArray *list = g_ptr_array_new_with_free_func(stored_attachment_free);
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store,
        "SELECT url, title, type, coalesce(length, -1), named FROM attachments WHERE article = ?1 ORDER BY position",
        NULL);
    if (!s)
        return list;
    sqlite3_bind_int64(s, 1, article);
    while (sqlite3_step(s) == SQLITE_ROW) {
        struct stored_attachment *a = g_new0(struct stored_attachment, 1);
        *a = (struct stored_attachment){store_column_text(s, 0), store_column_text(s, 1),
                                        store_column_text(s, 2), sqlite3_column_int64(s, 3),
                                        sqlite3_column_int(s, 4)};
        g_ptr_array_add(list, a);
    }
    return list;
}

/* --- what the feed names and what the page does --------------------------------------------- */

/*
 * By whom those are named of which that is not known, before the other names some: a page's, where
 * the article has its text of it or, unless that has just come, any page.
 */
static enum attachment_naming
usual_naming(struct store *store, int64_t article, enum attachment_naming by)
{
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store,
        by == NAMED_BY_FEED
            ? "SELECT 1 FROM pages WHERE article = ?1 AND data IS NOT NULL"
            : "SELECT 1 FROM documents WHERE article = ?1 AND origin = 'page' LIMIT 1",
        NULL);
    if (!s)
        return NAMED_BY_PAGE;
    sqlite3_bind_int64(s, 1, article);
    return sqlite3_step(s) == SQLITE_ROW ? NAMED_BY_PAGE : NAMED_BY_FEED;
}

/* Returns by whom those are named of which that was not known, if there are such. */
static enum attachment_naming
settle_naming(struct store *store, int64_t article, const GPtrArray *stored,
              enum attachment_naming by)
{
    enum attachment_naming usual = NAMED_UNKNOWN;
    for (guint i = 0; i < stored->len; i++) {
        struct stored_attachment *a = g_ptr_array_index(stored, i);
        if (a->named)
            continue;
        usual = usual ? usual : usual_naming(store, article, by);
        a->named = (int)usual;
    }
    return usual;
}

/* With a name of the same address in the list, or a new one. */
static struct stored_attachment *
find_or_add(GPtrArray *list, const char *url)
{
    for (guint i = 0; i < list->len; i++) {
        struct stored_attachment *a = g_ptr_array_index(list, i);
        if (g_str_equal(a->url, url))
            return a;
    }
    struct stored_attachment *a = g_new0(struct stored_attachment, 1);
    a->url = g_strdup(url);
    a->length = -1;
    g_ptr_array_add(list, a);
    return a;
}

/*
 * Adds those of a list that have all of the bits (0: all).  What the first says of one stays, which
 * is the page, but for its size, which the feed knows.
 */
static void
merge(GPtrArray *into, const GPtrArray *from, int named, enum attachment_naming by)
{
    for (guint i = 0; i < from->len; i++) {
        const struct stored_attachment *a = g_ptr_array_index(from, i);
        if ((a->named & named) != named)
            continue;
        struct stored_attachment *to = find_or_add(into, a->url);
        to->named |= (int)by;
        if (!to->title)
            to->title = g_strdup(a->title);
        if (!to->type)
            to->type = g_strdup(a->type);
        to->length = a->length >= 0 ? a->length : to->length;
    }
}

/* What an article has when one of the two names these: first those of the page. */
static GPtrArray *
merged(const GPtrArray *stored, const GPtrArray *named, enum attachment_naming by)
{
    GPtrArray *list = g_ptr_array_new_with_free_func(stored_attachment_free);
    if (by == NAMED_UNKNOWN) {
        merge(list, named, 0, NAMED_UNKNOWN);
        return list;
    }
    bool of_page = by == NAMED_BY_PAGE;
    merge(list, of_page ? named : stored, of_page ? 0 : NAMED_BY_PAGE, NAMED_BY_PAGE);
    merge(list, of_page ? stored : named, of_page ? NAMED_BY_FEED : 0, NAMED_BY_FEED);
    return list;
}

/* --- storing -------------------------------------------------------------------------------- */

static bool
same_list(const GPtrArray *a, const GPtrArray *b)
{
    for (guint i = 0; a->len == b->len && i < a->len; i++) {
        const struct stored_attachment *one = g_ptr_array_index(a, i),
                                       *other = g_ptr_array_index(b, i);
        if (g_strcmp0(one->url, other->url) || g_strcmp0(one->title, other->title) ||
            g_strcmp0(one->type, other->type) || one->length != other->length ||
            one->named != other->named)
            return false;
    }
    return a->len == b->len;
}

static bool
insert(struct store *store, int64_t article, int position, const struct stored_attachment *a,
       GError **error)
{
    sqlite3_stmt *s =
        store_prepare(store,
                      "INSERT INTO attachments(article, position, url, title, type, length, named)"
                      " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                      error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, article);
    sqlite3_bind_int(s, 2, position);
    store_bind_text(s, 3, a->url);
    store_bind_text(s, 4, a->title);
    store_bind_text(s, 5, a->type);
    if (a->length >= 0)
        sqlite3_bind_int64(s, 6, a->length);
    sqlite3_bind_int(s, 7, a->named);
    return store_run(store, s, error);
}

static bool
replace(struct store *store, int64_t article, const GPtrArray *list, GError **error)
{
    sqlite3_stmt *s = store_prepare(store, "DELETE FROM attachments WHERE article = ?1", error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, article);
    if (!store_run(store, s, error))
        return false;
    for (guint i = 0; i < list->len; i++)
        if (!insert(store, article, (int)i + 1, g_ptr_array_index(list, i), error))
            return false;
    s = store_prepare(
        store, "UPDATE articles SET attachments = ?2 WHERE id = ?1 AND attachments <> ?2", error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, article);
    sqlite3_bind_int(s, 2, (int)list->len);
    return store_run(store, s, error);
}

/* What a former version did not keep of the feed is nothing that the portal has added. */
static bool
take_over(struct store *store, int64_t article, const char *before, GError **error)
{
    sqlite3_stmt *s = store_prepare(
        store,
        "UPDATE documents SET attachments = ?2 WHERE article = ?1 AND attachments = ?3"
        " AND revision = (SELECT revisions FROM articles WHERE id = ?1)",
        error);
    if (!s)
        return false;
    g_autofree char *now = articles_kept_attachments(store, article);
    sqlite3_bind_int64(s, 1, article);
    store_bind_text(s, 2, now);
    store_bind_text(s, 3, before);
    return store_run(store, s, error);
}

bool
articles_put_attachments(struct store *store, int64_t article, const GPtrArray *attachments,
                         enum attachment_naming by, GError **error)
{
    g_autoptr(GPtrArray) stored = articles_attachments(store, article);
    enum attachment_naming settled = by != NAMED_UNKNOWN ? settle_naming(store, article, stored, by)
                                                         : NAMED_UNKNOWN;
    g_autoptr(GPtrArray) list = merged(stored, attachments, by);
    if (!settled && same_list(stored, list))
        return true;
    g_autofree char *before = settled == NAMED_BY_PAGE && by == NAMED_BY_FEED
                                  ? articles_kept_attachments(store, article)
                                  : NULL;
    return replace(store, article, list, error) &&
           (!before || take_over(store, article, before, error));
}

static void
append_field(GString *out, const char *text, char end)
{
    g_autofree char *field = g_strdelimit(g_strdup(text ? text : ""), "\t\n", ' ');
    g_string_append_printf(out, "%s%c", field, end);
}

char *
articles_kept_attachments(struct store *store, int64_t article)
{
    GString *out = g_string_new(NULL);
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store,
        "SELECT t.url, f.sha256, t.title FROM attachments t LEFT JOIN files f ON f.url = t.url"
        " WHERE t.article = ?1 ORDER BY t.position",
        NULL);
    if (s)
        sqlite3_bind_int64(s, 1, article);
    while (s && sqlite3_step(s) == SQLITE_ROW)
        for (int i = 0; i < 3; i++) {
            g_autofree char *text = store_column_text(s, i);
            append_field(out, text, i < 2 ? '\t' : '\n');
        }
    return g_string_free(out, FALSE);
}
