/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Merging what a bundle says into a store; all of it was checked (bundle-parts.c). */
#include "config.h"

#include "store/articles.h"
#include "store/blob.h"
#include "store/bundle-find.h"
#include "store/bundle-record.h"
#include "store/bundle.h"
#include "store/db.h"
#include "store/early-marks.h"
#include "store/reading.h"
#include "store/search.h"

#include <string.h>

/* Parameters beside those of the tables. */
#define OWNER   50
#define SECOND  51
#define THIRD   52
#define _OWNER  "?50"
#define _SECOND "?51"
#define _THIRD  "?52"

static void
bind_bytes(sqlite3_stmt *s, int index, GBytes *bytes)
{
    if (bytes)
        sqlite3_bind_blob64(s, index, g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes),
                            SQLITE_STATIC);
}

static GBytes *
pack(GBytes *bytes)
{
    return blob_compress(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
}

/* The only column of the first row; `none` without one. */
static bool
find_number(struct store *store, const char *sql, int64_t id, int64_t none, int64_t *number,
            GError **error)
{
    AUTO_RESET sqlite3_stmt *s = store_prepare(store, sql, error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, id);
    int code = store_step(store, s, error);
    *number = code == SQLITE_ROW ? sqlite3_column_int64(s, 0) : none;
    return code == SQLITE_ROW || code == SQLITE_DONE;
}

void
bundle_merge_init(struct bundle_merge *merge, int64_t now)
{
    *merge = (struct bundle_merge){
        .now = now,
        .claimed = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL),
        .purged = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
        .spare = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL)};
}

int64_t
bundle_arrival(struct store *store, int64_t now)
{
    int64_t moved;
    bool known = find_number(store, "SELECT max(moved) FROM cursors WHERE moved > ?1", now, now,
                             &moved, NULL);
    return known ? MAX(moved, now) : now;
}

void
bundle_merge_clear(struct bundle_merge *merge)
{
    g_clear_pointer(&merge->claimed, g_hash_table_unref);
    g_clear_pointer(&merge->purged, g_hash_table_unref);
    g_clear_pointer(&merge->spare, g_hash_table_unref);
}

/* --- bytes as they came -------------------------------------------------------------------- */

/* insert: takes the row by its table, the owner, the bytes and the evidence. */
static bool
put_raw(struct store *store, const char *newest, const char *insert, enum bundle_kind kind,
        int64_t owner, const json_t *row, GBytes *bytes, bool *changed, GError **error)
{
    int64_t fetched;
    if (!find_number(store, newest, owner, -1, &fetched, error))
        return false;
    if (bundle_number(row, "fetched") <= fetched)
        return true;
    const char *lines = bundle_text(row, "evidence");
    g_autoptr(GBytes) packed = pack(bytes),
                      evidence = lines ? blob_compress(lines, strlen(lines)) : NULL;
    sqlite3_stmt *s = store_prepare(store, insert, error);
    if (!s)
        return false;
    bundle_row_bind(kind, s, row);
    sqlite3_bind_int64(s, OWNER, owner);
    bind_bytes(s, SECOND, packed);
    bind_bytes(s, THIRD, evidence);
    *changed = true;
    return store_run(store, s, error);
}

/* --- sources ------------------------------------------------------------------------------- */

/* One that is not subscribed to: whoever wants it says so. */
static int64_t
insert_source(struct store *store, const json_t *row, GError **error)
{
    sqlite3_stmt *s = store_prepare(
        store,
        "INSERT INTO sources(active, position, tags" BUNDLE_SOURCE(
            BUNDLE_NAME) ") VALUES(0, 0, CASE WHEN " _SECOND
                         " THEN char(10) || 'list' || char(10) ELSE '' END" BUNDLE_SOURCE(
                             BUNDLE_SLOT) ")",
        error);
    if (!s)
        return 0;
    bundle_row_bind(BUNDLE_OF_SOURCE, s, row);
    sqlite3_bind_int(s, SECOND, json_is_true(json_object_get(row, "list")));
    return store_run(store, s, error) ? sqlite3_last_insert_rowid(store->db) : 0;
}

static bool
find_source(struct store *store, const char *url, int64_t *id, GError **error)
{
    AUTO_RESET sqlite3_stmt *s =
        store_prepare(store, "SELECT id FROM sources WHERE url = ?1", error);
    if (!s)
        return false;
    store_bind_text(s, 1, url);
    int code = store_step(store, s, error);
    *id = code == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
    return code == SQLITE_ROW || code == SQLITE_DONE;
}

int64_t
bundle_put_source(struct store *store, const struct bundle_item *item, GError **error)
{
    int64_t id;
    bool changed;
    if (!find_source(store, bundle_text(item->json, "url"), &id, error) ||
        (!id && !(id = insert_source(store, item->json, error))))
        return 0;
    const json_t *response = json_object_get(item->json, "response");
    if (!json_is_object(response))
        return id;
    return put_raw(store, "SELECT fetched FROM responses WHERE source = ?1",
                   "INSERT OR REPLACE INTO responses(source, data, evidence" BUNDLE_RESPONSE(
                       BUNDLE_NAME) ") VALUES(" _OWNER ", " _SECOND
                                    ", " _THIRD BUNDLE_RESPONSE(BUNDLE_SLOT) ")",
                   BUNDLE_OF_RESPONSE, id, response, g_ptr_array_index(item->parts, 0), &changed,
                   error)
               ? id
               : 0;
}

/* --- what is said of it --------------------------------------------------------------------- */

static int64_t
insert_article(struct store *store, int64_t source, json_t *row, GError **error)
{
    static const char *const needed[] = {"published_offset", "published_precision"};
    for (size_t i = 0; i < G_N_ELEMENTS(needed); i++)
        if (json_is_null(json_object_get(row, needed[i])))
            json_object_set_new(row, needed[i], json_integer(0));
    sqlite3_stmt *s =
        store_prepare(store,
                      "INSERT INTO articles(source, identity, sort" BUNDLE_ARTICLE(
                          BUNDLE_NAME) ") VALUES(" _OWNER ", " _SECOND
                                       ", coalesce(?8, ?12)" BUNDLE_ARTICLE(BUNDLE_SLOT) ")",
                      error);
    if (!s)
        return 0;
    bundle_row_bind(BUNDLE_OF_ARTICLE, s, row);
    sqlite3_bind_int64(s, OWNER, source);
    bundle_bind_identity(s, SECOND, row);
    if (!store_run(store, s, error))
        return 0;
    int64_t id = sqlite3_last_insert_rowid(store->db);
    const char *key = bundle_text(row, "key");
    /* a longer key is of an id or a link that articles share: it says nothing of one of them */
    bool shared = strchr(key, '\n'), has_id = g_str_has_prefix(key, "i:") && !shared;
    return search_add(store, id, error) &&
                   early_marks_take(store, source, id, has_id ? key + strlen("i:") : NULL,
                                    shared ? NULL : bundle_text(row, "link"), error)
               ? id
               : 0;
}

/* What is said of it, of a text that is newer than those that were there. */
static bool
update_article(struct store *store, int64_t id, const json_t *row, GError **error)
{
    sqlite3_stmt *s = store_prepare(
        store,
        "UPDATE articles SET link = coalesce(?2, link), identity = coalesce(" _SECOND ", identity),"
        " title = CASE WHEN ?3 = '' THEN title ELSE ?3 END, author = coalesce(?4, author),"
        " publisher = coalesce(?5, publisher), section = coalesce(?6, section), language = coalesce(?7, language),"
        " published = coalesce(?8, published),"
        " published_offset = CASE WHEN ?8 IS NULL THEN published_offset ELSE coalesce(?9, 0) END,"
        " published_precision = CASE WHEN ?8 IS NULL THEN published_precision ELSE coalesce(?10, 0) END,"
        " updated = coalesce(?11, updated), sort = coalesce(?8, published, first_seen),"
        " starts = ?14, starts_offset = ?15, starts_precision = ?16, ends = ?17, ends_offset = ?18,"
        " ends_precision = ?19, place = ?20, number = coalesce(?21, number) WHERE id = " _OWNER,
        error);
    if (!s)
        return false;
    bundle_row_bind(BUNDLE_OF_ARTICLE, s, row);
    sqlite3_bind_int64(s, OWNER, id);
    bundle_bind_identity(s, SECOND, row);
    return store_run(store, s, error) && reading_again(store, id, NULL, error);
}

/* --- texts --------------------------------------------------------------------------------- */

/* The newest that an article has. */
struct newest {
    int revision; /* 0: none */
    int64_t seen, reread;
    bool feed;                   /* its origin */
    GBytes *plain;               /* owned, or NULL */
    char *heading, *attachments; /* owned, or NULL */
    bool held;                   /* the bundle has it, too */
};

static void
newest_clear(struct newest *n)
{
    g_clear_pointer(&n->plain, g_bytes_unref);
    g_clear_pointer(&n->heading, g_free);
    g_clear_pointer(&n->attachments, g_free);
}
DEFINE_AUTO_CLEAR(newest, newest_clear)

static bool
find_newest(struct store *store, int64_t id, struct newest *n, GError **error)
{
    *n = (struct newest){.seen = -1};
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store,
        "SELECT revision, seen, coalesce(reread, 0), origin = 'feed', data, heading, attachments FROM documents"
        " WHERE article = ?1 ORDER BY revision DESC LIMIT 1",
        error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, id);
    int code = store_step(store, s, error);
    if (code == SQLITE_ROW)
        *n = (struct newest){.revision = sqlite3_column_int(s, 0),
                             .seen = sqlite3_column_int64(s, 1),
                             .reread = sqlite3_column_int64(s, 2),
                             .feed = sqlite3_column_int(s, 3),
                             .plain = blob_decompress(sqlite3_column_blob(s, 4),
                                                      (gsize)sqlite3_column_bytes(s, 4),
                                                      DOCUMENT_CAP),
                             .heading = store_column_text(s, 5),
                             .attachments = store_column_text(s, 6)};
    return code == SQLITE_ROW || code == SQLITE_DONE;
}

static bool
put_text(struct store *store, int64_t id, int revision, const json_t *row, GBytes *plain,
         GError **error)
{
    g_autoptr(GBytes) packed = pack(plain);
    sqlite3_stmt *s =
        store_prepare(store,
                      "INSERT OR REPLACE INTO documents(article, revision, data" BUNDLE_REVISION(
                          BUNDLE_NAME) ") VALUES(" _OWNER ", " _SECOND
                                       ", " _THIRD BUNDLE_REVISION(BUNDLE_SLOT) ")",
                      error);
    if (!s)
        return false;
    bundle_row_bind(BUNDLE_OF_REVISION, s, row);
    sqlite3_bind_int64(s, OWNER, id);
    sqlite3_bind_int(s, SECOND, revision);
    bind_bytes(s, THIRD, packed);
    return store_run(store, s, error);
}

/*
 * Whether two lists of attachments (revisions.c: a line each, address, digest, title) are the same,
 * as far as both have digests: one that was kept later is no other.
 */
static bool
same_attachments(const char *a, const char *b)
{
    g_auto(GStrv) left = g_strsplit(a, "\n", -1), right = g_strsplit(b, "\n", -1);
    bool same = g_strv_length(left) == g_strv_length(right);
    for (int i = 0; same && left[i]; i++) {
        g_auto(GStrv) one = g_strsplit(left[i], "\t", 3), other = g_strsplit(right[i], "\t", 3);
        same = g_strv_length(one) == 3 && g_strv_length(other) == 3
                   ? g_str_equal(one[0], other[0]) && g_str_equal(one[2], other[2]) &&
                         (!*one[1] || !*other[1] || g_str_equal(one[1], other[1]))
                   : g_str_equal(left[i], right[i]);
    }
    return same;
}

/* Whether a text says nothing that the newest does not: the same words, title and attachments. */
static bool
is_known(const struct newest *n, GBytes *plain, const json_t *row)
{
    const char *heading = bundle_text(row, "heading"),
               *attachments = bundle_text(row, "attachments");
    return n->plain && g_bytes_equal(n->plain, plain) &&
           (!heading || !g_strcmp0(n->heading, heading)) &&
           (!attachments || !n->attachments || same_attachments(n->attachments, attachments));
}

/*
 * One text, if it is newer than the newest; n follows.  The page's, which is whole, takes the place
 * of the feed's, unless the bundle has that, too, as a former one; and one that was read again that
 * of its former reading.
 */
static bool
merge_text(struct store *store, int64_t id, struct newest *n, const json_t *row, GBytes *plain,
           bool *taken, GError **error)
{
    int64_t seen = bundle_number(row, "seen"), reread = bundle_number(row, "reread");
    bool again = n->revision && seen == n->seen && reread > n->reread;
    if (!again && (seen <= n->seen || is_known(n, plain, row))) {
        n->held |= seen >= n->seen;
        return true;
    }
    bool feed = g_str_equal(bundle_text(row, "origin"), "feed"),
         replaces = again || (n->revision && n->feed && !feed && !n->held);
    int revision = n->revision + !replaces;
    if ((!*taken && !search_forget(store, id, error)) ||
        !put_text(store, id, revision, row, plain, error) ||
        (revision > 1 && !replaces &&
         !changes_note(store, id, CHANGE_REVISED, revision, seen, error)))
        return false;
    newest_clear(n);
    *n = (struct newest){.revision = revision,
                         .seen = seen,
                         .reread = reread,
                         .feed = feed,
                         .plain = g_bytes_ref(plain),
                         .heading = g_strdup(bundle_text(row, "heading")),
                         .attachments = g_strdup(bundle_text(row, "attachments")),
                         .held = true};
    *taken = true;
    return true;
}

static bool
merge_texts(struct store *store, int64_t id, const struct bundle_item *item, bool *taken,
            GError **error)
{
    AUTO(newest_clear) struct newest n;
    if (!find_newest(store, id, &n, error))
        return false;
    const json_t *rows = json_object_get(item->json, "revisions");
    for (size_t i = 0; i < json_array_size(rows); i++)
        if (!merge_text(store, id, &n, json_array_get(rows, i), g_ptr_array_index(item->parts, i),
                        taken, error))
            return false;
    if (!*taken)
        return true;
    sqlite3_stmt *s =
        store_prepare(store, "UPDATE articles SET revisions = ?2 WHERE id = ?1", error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, id);
    sqlite3_bind_int(s, 2, n.revision);
    return store_run(store, s, error);
}

/* --- what belongs to it -------------------------------------------------------------------- */

static bool
put_attachments(struct store *store, int64_t id, const json_t *json, GError **error)
{
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(stored_attachment_free);
    size_t i;
    json_t *row;
    json_array_foreach(json_object_get(json, "attachments"), i, row)
    {
        struct stored_attachment *a = g_new0(struct stored_attachment, 1);
        *a = (struct stored_attachment){
            g_strdup(bundle_text(row, "url")), g_strdup(bundle_text(row, "title")),
            g_strdup(bundle_text(row, "type")),
            json_is_integer(json_object_get(row, "length")) ? bundle_number(row, "length") : -1,
            NAMED_UNKNOWN};
        g_ptr_array_add(list, a);
    }
    return articles_put_attachments(store, id, list, NAMED_UNKNOWN, error);
}

static bool
put_editions(struct store *store, int64_t id, const json_t *json, GError **error)
{
    size_t i;
    json_t *row;
    json_array_foreach(json_object_get(json, "editions"), i, row)
    {
        if (!articles_put_edition(store, id, bundle_text(row, "language"), bundle_text(row, "url"),
                                  bundle_text(row, "scope"), error))
            return false;
    }
    return true;
}

static bool
put_change(struct store *store, int64_t id, const json_t *row, GError **error)
{
    sqlite3_stmt *s =
        store_prepare(store,
                      "INSERT INTO changes(article" BUNDLE_CHANGE(
                          BUNDLE_NAME) ") VALUES(" _OWNER BUNDLE_CHANGE(BUNDLE_SLOT) ")",
                      error);
    if (!s)
        return false;
    bundle_row_bind(BUNDLE_OF_CHANGE, s, row);
    sqlite3_bind_int64(s, OWNER, id);
    return store_run(store, s, error);
}

/* That it was withdrawn, or is back, as far as that is later than what is known. */
static bool
put_presence(struct store *store, int64_t id, const json_t *json, bool *changed, GError **error)
{
    int64_t known;
    if (!find_number(
            store,
            "SELECT max(at) FROM changes WHERE article = ?1 AND kind IN (2, 3) HAVING count(*) > 0",
            id, -1, &known, error))
        return false;
    size_t i;
    json_t *row;
    bool later = false;
    json_array_foreach(json_object_get(json, "changes"), i, row)
    {
        if (bundle_number(row, "at") <= known)
            continue;
        later = true;
        if (!put_change(store, id, row, error))
            return false;
    }
    if (!later)
        return true;
    *changed = true;
    sqlite3_stmt *s =
        store_prepare(store, "UPDATE articles SET withdrawn = ?2 WHERE id = ?1", error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, id);
    if (json_is_integer(json_object_get(json, "withdrawn")))
        sqlite3_bind_int64(s, 2, bundle_number(json, "withdrawn"));
    return store_run(store, s, error);
}

/* A bundle that brings a file again and again has its articles written once. */
#define ARRIVED " ON CONFLICT(article) DO UPDATE SET at = excluded.at WHERE at <> excluded.at"

/* That a bundle has changed an article, or those that attach a file. */
static bool
note_arrival(struct store *store, int64_t article, const char *file, int64_t now, GError **error)
{
    sqlite3_stmt *s = store_prepare(
        store,
        file
            ? "INSERT INTO arrivals(article, at) SELECT article, ?2 FROM attachments WHERE url = ?1" ARRIVED
            : "INSERT INTO arrivals(article, at) SELECT ?1, ?2 WHERE true" ARRIVED,
        error);
    if (!s)
        return false;
    if (file)
        store_bind_text(s, 1, file);
    else
        sqlite3_bind_int64(s, 1, article);
    sqlite3_bind_int64(s, 2, now);
    return store_run(store, s, error);
}

/* An attachment that is kept, unless these bytes are, or later ones. */
static bool
put_file(struct store *store, const json_t *row, GBytes *bytes, GBytes *text, int64_t now,
         bool *changed, GError **error)
{
    g_autofree char *digest = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, bytes);
    g_autoptr(GBytes) packed = text ? pack(text) : NULL;
    json_object_set_new((json_t *)row, "sha256", json_string(digest));
    json_object_set_new((json_t *)row, "size", json_integer((json_int_t)g_bytes_get_size(bytes)));
    json_object_set_new((json_t *)row, "permanent", json_integer(0));
    sqlite3_stmt *s = store_prepare(
        store,
        "INSERT INTO files(data, text" BUNDLE_FILE(BUNDLE_NAME) ") VALUES(" _SECOND ", " _THIRD BUNDLE_FILE(
            BUNDLE_SLOT) ") ON CONFLICT(url) DO UPDATE SET data = excluded.data, text = excluded.text,"
                         " content_type = excluded.content_type, format = excluded.format, etag = excluded.etag,"
                         " last_modified = excluded.last_modified, fetched = excluded.fetched, sha256 = excluded.sha256,"
                         " size = excluded.size, problem = excluded.problem, permanent = 0"
                         " WHERE files.data IS NULL OR (files.sha256 IS NOT excluded.sha256 AND excluded.fetched > files.fetched)",
        error);
    if (!s)
        return false;
    bundle_row_bind(BUNDLE_OF_FILE, s, row);
    bind_bytes(s, SECOND, bytes);
    bind_bytes(s, THIRD, packed);
    if (!store_run(store, s, error))
        return false;
    bool taken = sqlite3_changes(store->db) > 0;
    *changed |= taken;
    return !taken || note_arrival(store, 0, bundle_text(row, "url"), now, error);
}

/* place: of the first of their parts. */
static bool
put_files(struct store *store, const struct bundle_item *item, guint place, int64_t now,
          bool *changed, GError **error)
{
    size_t i;
    json_t *row;
    json_array_foreach(json_object_get(item->json, "files"), i, row)
    {
        bool texts = json_is_true(json_object_get(row, "text"));
        GBytes *bytes = g_ptr_array_index(item->parts, place),
               *text = texts ? g_ptr_array_index(item->parts, place + 1) : NULL;
        place += 1 + texts;
        if (!put_file(store, row, bytes, text, now, changed, error))
            return false;
    }
    return true;
}

static bool
put_bytes(struct store *store, int64_t id, const struct bundle_item *item, int64_t now,
          bool *changed, GError **error)
{
    guint place = (guint)json_array_size(json_object_get(item->json, "revisions"));
    const json_t *page = json_object_get(item->json, "page");
    if (json_is_object(page) &&
        !put_raw(store, "SELECT fetched FROM pages WHERE article = ?1 AND data IS NOT NULL",
                 "INSERT OR REPLACE INTO pages(article, data, evidence" BUNDLE_PAGE(
                     BUNDLE_NAME) ") VALUES(" _OWNER ", " _SECOND
                                  ", " _THIRD BUNDLE_PAGE(BUNDLE_SLOT) ")",
                 BUNDLE_OF_PAGE, id, page, g_ptr_array_index(item->parts, place++), changed, error))
        return false;
    return put_files(store, item, place, now, changed, error);
}

/* The files of an article that was purged, which others of the bundle may attach as well. */
static bool
put_spare(struct store *store, const struct bundle_item *item, struct bundle_merge *merge,
          GError **error)
{
    guint place = (guint)json_array_size(json_object_get(item->json, "revisions")) +
                  json_is_object(json_object_get(item->json, "page"));
    bool changed = false;
    bundle_tell(merge->spare, item);
    return put_files(store, item, place, merge->now, &changed, error);
}

bool
bundle_put_end(struct store *store, struct bundle_merge *merge, GError **error)
{
    GHashTableIter iter;
    gpointer url;
    g_hash_table_iter_init(&iter, merge->spare);
    while (g_hash_table_iter_next(&iter, &url, NULL)) {
        sqlite3_stmt *s = store_prepare(
            store,
            "DELETE FROM files WHERE url = ?1 AND NOT EXISTS (SELECT 1 FROM attachments WHERE url = ?1)",
            error);
        if (!s)
            return false;
        store_bind_text(s, 1, url);
        if (!store_run(store, s, error))
            return false;
    }
    return true;
}

bool
bundle_put_article(struct store *store, int64_t source, const struct bundle_item *item,
                   struct bundle_merge *merge, enum bundle_outcome *outcome, GError **error)
{
    int64_t id;
    bool purged, taken = false, changed = false;
    if (!bundle_find_article(store, source, item->json, merge, &id, &purged, error))
        return false;
    bool is_new = !id && !purged;
    *outcome = BUNDLE_PURGED;
    if (purged)
        return put_spare(store, item, merge, error);
    if (is_new && !(id = insert_article(store, source, item->json, error)))
        return false;
    if (!merge_texts(store, id, item, &taken, error) ||
        ((taken || is_new) && (!put_attachments(store, id, item->json, error) ||
                               !put_editions(store, id, item->json, error))) ||
        (taken && !is_new && !update_article(store, id, item->json, error)) ||
        !put_presence(store, id, item->json, &changed, error) ||
        !put_bytes(store, id, item, merge->now, &changed, error) ||
        (!is_new && (taken || changed) && !note_arrival(store, id, NULL, merge->now, error)))
        return false;
    g_hash_table_add(merge->claimed, g_memdup2(&id, sizeof id));
    *outcome = is_new ? BUNDLE_NEW : taken || changed ? BUNDLE_CHANGED : BUNDLE_SAME;
    return true;
}
