/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading revisions, comparing them, and those that begin without a new text. */
#include "config.h"

#include "store/revisions.h"
#include "base/i18n.h"
#include "store/articles.h"
#include "store/blob.h"
#include "store/changes.h"
#include "store/db.h"
#include "store/withdrawals.h"

#include <string.h>

void
revision_free(struct revision *r)
{
    g_free(r->origin);
    g_free(r->title);
    g_clear_pointer(&r->attachments, g_ptr_array_unref);
    g_clear_pointer(&r->document, document_free);
    g_free(r);
}

static void
free_revision(gpointer revision)
{
    revision_free(revision);
}

/* --- attachments: a line each, address, digest and title with tabs between ---------------- */

static GPtrArray *
read_attachments(const char *text)
{
    GPtrArray *list = g_ptr_array_new_with_free_func(diff_attachment_free);
    g_auto(GStrv) lines = g_strsplit(text ? text : "", "\n", -1);
    for (char **line = lines; *line; line++) {
        g_auto(GStrv) fields = g_strsplit(*line, "\t", 3);
        if (g_strv_length(fields) < 3)
            continue;
        struct diff_attachment *a = g_new0(struct diff_attachment, 1);
        *a = (struct diff_attachment){.url = g_strdup(fields[0]),
                                      .digest = *fields[1] ? g_strdup(fields[1]) : NULL,
                                      .title = *fields[2] ? g_strdup(fields[2]) : NULL};
        g_ptr_array_add(list, a);
    }
    return list;
}

/* --- reading ------------------------------------------------------------------------------ */

#define FACTS \
    "revision, seen, " REVISION_ORIGIN \
    ", coalesce(reread, 0), heading IS NOT NULL, heading, published," \
    " published_offset, published_precision, coalesce(updated, 0), attachments"

static struct revision *
take_revision(sqlite3_stmt *s)
{
    struct revision *r = g_new0(struct revision, 1);
    r->number = sqlite3_column_int(s, 0);
    r->seen = sqlite3_column_int64(s, 1);
    r->origin = store_column_text(s, 2);
    r->reread = sqlite3_column_int64(s, 3);
    r->has_facts = sqlite3_column_int(s, 4);
    r->title = store_column_text(s, 5);
    if (sqlite3_column_type(s, 6) != SQLITE_NULL)
        r->published = (struct date){.time = sqlite3_column_int64(s, 6),
                                     .offset = (int16_t)sqlite3_column_int(s, 7),
                                     .precision = (enum date_precision)CLAMP(
                                         sqlite3_column_int(s, 8), DATE_NONE, DATE_SECOND)};
    r->updated = sqlite3_column_int64(s, 9);
    g_autofree char *attachments = store_column_text(s, 10);
    r->attachments = read_attachments(attachments);
    return r;
}

GPtrArray *
revisions_list(struct store *store, int64_t article, GError **error)
{
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store, "SELECT " FACTS " FROM documents d WHERE article = ?1 ORDER BY revision", error);
    if (!s)
        return NULL;
    sqlite3_bind_int64(s, 1, article);
    GPtrArray *list = g_ptr_array_new_with_free_func(free_revision);
    int code;
    while ((code = store_step(store, s, error)) == SQLITE_ROW)
        g_ptr_array_add(list, take_revision(s));
    if (code != SQLITE_DONE)
        g_clear_pointer(&list, g_ptr_array_unref);
    return list;
}

struct revision *
revisions_read(struct store *store, int64_t article, int number, GError **error)
{
    AUTO(document_free) struct document *document =
        articles_document(store, article, number, error);
    AUTO_RESET sqlite3_stmt *s =
        document
            ? store_prepare(
                  store,
                  "SELECT " FACTS
                  " FROM documents d WHERE article = ?1 AND (?2 = 0 OR revision = ?2) ORDER BY revision DESC LIMIT 1",
                  error)
            : NULL;
    if (!s)
        return NULL;
    sqlite3_bind_int64(s, 1, article);
    sqlite3_bind_int(s, 2, number);
    if (store_step(store, s, error) != SQLITE_ROW)
        return NULL;
    struct revision *r = take_revision(s);
    r->document = g_steal_pointer(&document);
    return r;
}

/* --- comparing ---------------------------------------------------------------------------- */

/* What is not known of both is not compared. */
static struct diff_version
version_of(const struct revision *r, bool facts)
{
    struct diff_version v = {.document = r->document};
    if (facts) {
        v.title = r->title;
        v.published = r->published;
        v.updated = r->updated;
        v.attachments = r->attachments;
    }
    return v;
}

static struct diff *
diff_of(const struct revision *old, const struct revision *new, const struct compare_rules *ignore)
{
    bool facts = old->has_facts && (!new || new->has_facts);
    struct diff_version before = version_of(old, facts),
                        after = new ? version_of(new, facts) : (struct diff_version){0};
    return diff_new(&before, new ? &after : NULL, ignore);
}

struct comparison *
revisions_compare(struct store *store, int64_t article, int from, int to,
                  const struct compare_rules *ignore, GError **error)
{
    AUTO(revision_free) struct revision *old = revisions_read(store, article, from, error);
    AUTO(revision_free)
    struct revision *new = old &&to ? revisions_read(store, article, to, error) : NULL;
    if (!old || (to && !new))
        return NULL;
    struct comparison *c = g_new0(struct comparison, 1);
    c->diff = diff_of(old, new, ignore);
    c->old = g_steal_pointer(&old);
    c->new = g_steal_pointer(&new);
    return c;
}

void
comparison_free(struct comparison *c)
{
    diff_free(c->diff);
    revision_free(c->old);
    g_clear_pointer(&c->new, revision_free);
    g_free(c);
}

/* --- revisions without a new text --------------------------------------------------------- */

/* The newest revision, and what the article says of itself now. */
struct facts {
    int revision;
    char *then_title, *now_title, *then_attachments, *now_attachments; /* owned; then_: or NULL */
};

static void
facts_clear(struct facts *f)
{
    g_free(f->then_title);
    g_free(f->now_title);
    g_free(f->then_attachments);
    g_free(f->now_attachments);
}
DEFINE_AUTO_CLEAR(facts, facts_clear)

static bool
read_facts(struct store *store, int64_t article, struct facts *f, GError **error)
{
    *f = (struct facts){0};
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store,
        "SELECT d.revision, d.heading, a.title, d.attachments, a.attachments > 0 FROM articles a"
        " JOIN documents d ON d.article = a.id AND d.revision = a.revisions WHERE a.id = ?1"
        " AND NOT (d.heading IS a.title AND d.attachments = '' AND a.attachments = 0)",
        error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, article);
    int code = store_step(store, s, error);
    if (code != SQLITE_ROW)
        return code == SQLITE_DONE;
    f->revision = sqlite3_column_int(s, 0);
    f->then_title = store_column_text(s, 1);
    f->now_title = store_column_text(s, 2);
    f->then_attachments = store_column_text(s, 3);
    f->now_attachments = sqlite3_column_int(s, 4) ? articles_kept_attachments(store, article)
                                                  : g_strdup("");
    return true;
}

/* Whether they are another title or other attachments to a reader. */
static bool
facts_differ(const struct facts *f, const struct compare_rules *ignore)
{
    g_autoptr(GPtrArray) then = read_attachments(f->then_attachments),
                         now = read_attachments(f->now_attachments);
    struct diff_version old = {.title = f->then_title, .attachments = then},
                        new = {.title = f->now_title, .attachments = now};
    AUTO(diff_free) struct diff *diff = diff_new(&old, &new, ignore);
    return diff->differs;
}

#define FACTS_OF_ARTICLE \
    "(heading, published, published_offset, published_precision, updated, attachments) =" \
    " (SELECT title, published, published_offset, published_precision, updated, ?3 FROM articles WHERE id = ?1)"

static bool
run(struct store *store, const char *sql, int64_t article, int revision, const char *attachments,
    int64_t now, GError **error)
{
    sqlite3_stmt *s = store_prepare(store, sql, error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, article);
    if (sqlite3_bind_parameter_count(s) > 1)
        sqlite3_bind_int(s, 2, revision);
    if (sqlite3_bind_parameter_count(s) > 2)
        store_bind_text(s, 3, attachments);
    if (sqlite3_bind_parameter_count(s) > 3)
        sqlite3_bind_int64(s, 4, now);
    return store_run(store, s, error);
}

/* The text of a revision as the next one's, with what is said of the article now. */
static bool
begin_revision(struct store *store, int64_t article, const struct facts *f, int64_t now,
               GError **error)
{
    return run(store,
               "INSERT INTO documents(article, revision, seen, hash, origin, title, data, heading, published,"
               " published_offset, published_precision, updated, attachments)"
               " SELECT d.article, d.revision + 1, ?4, d.hash, d.origin, d.title, d.data, a.title, a.published,"
               " a.published_offset, a.published_precision, a.updated, ?3"
               " FROM documents d JOIN articles a ON a.id = d.article WHERE d.article = ?1 AND d.revision = ?2",
               article, f->revision, f->now_attachments, now, error) &&
           run(store, "UPDATE articles SET revisions = ?2 + 1 WHERE id = ?1", article, f->revision,
               NULL, now, error) &&
           changes_note(store, article, CHANGE_REVISED, f->revision + 1, now, error) &&
           (g_str_equal(f->then_title, f->now_title) ||
            withdrawals_want_page(store, article, now, error));
}

/* How many of the attachments have digests: those that came later are no change. */
static guint
count_digests(const char *text)
{
    g_autoptr(GPtrArray) list = read_attachments(text);
    guint count = 0;
    for (guint i = 0; i < list->len; i++)
        count += ((const struct diff_attachment *)g_ptr_array_index(list, i))->digest != NULL;
    return count;
}

bool
revisions_settle(struct store *store, int64_t article, bool again, int64_t now,
                 const struct compare_rules *ignore, bool *changed, GError **error)
{
    AUTO(facts_clear) struct facts f;
    if (!read_facts(store, article, &f, error))
        return false;
    bool known = f.then_title && f.then_attachments,
         same = known && g_str_equal(f.then_title, f.now_title) &&
                g_str_equal(f.then_attachments, f.now_attachments);
    if (!f.revision || same)
        return true;
    bool differs = known && facts_differ(&f, ignore);
    if (differs && !again) {
        *changed = true;
        return begin_revision(store, article, &f, now, error);
    }
    if (known && !differs && count_digests(f.now_attachments) <= count_digests(f.then_attachments))
        return true; /* a counter, a signature: not written each time */
    return run(store,
               "UPDATE documents SET " FACTS_OF_ARTICLE " WHERE article = ?1 AND revision = ?2",
               article, f.revision, f.now_attachments, now, error);
}

/* --- unread again ------------------------------------------------------------------------- */

/* The first and the last revision that began at a time; 0: none did. */
static bool
revised_at(struct store *store, int64_t article, int64_t now, int *first, int *last, GError **error)
{
    AUTO_RESET sqlite3_stmt *s =
        store_prepare(store,
                      "SELECT coalesce(min(revision), 0), coalesce(max(revision), 0) FROM changes"
                      " WHERE article = ?1 AND kind = 1 AND at = ?2",
                      error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, article);
    sqlite3_bind_int64(s, 2, now);
    if (store_step(store, s, error) != SQLITE_ROW)
        return false;
    *first = sqlite3_column_int(s, 0);
    *last = sqlite3_column_int(s, 1);
    return true;
}

bool
revisions_unread_again(struct store *store, int64_t article, guint percent, int64_t now,
                       GError **error)
{
    int first, last;
    if (!revised_at(store, article, now, &first, &last, error))
        return false;
    if (first < 2)
        return true;
    AUTO(comparison_free)
    struct comparison *c = revisions_compare(store, article, first - 1, last, NULL, error);
    if (!c)
        return false;
    return diff_percent(&c->diff->stat) < percent ||
           run(store, "UPDATE marks SET read = 0 WHERE article = ?1 AND read = 1", article, 0, NULL,
               now, error);
}
