/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One source after the other: the attachments of its articles, then what its feed or list said,
 * then the pages of articles.
 */
#include "config.h"

#include "fetch/reprocess.h"
#include "base/message.h"
#include "fetch/job.h"
#include "fetch/role.h"
#include "parse/helper.h"
#include "store/articles.h"
#include "store/files.h"
#include "store/listing.h"
#include "store/raw.h"

struct again {
    struct store *store;
    int64_t source, now;
    struct parse_rules rules;
    struct urls
        *section; /* owned: what its rules are of, though it is not subscribed to; or NULL */
    bool list, forced;
    const struct converters *converters;
    struct helper *parser, *converter; /* borrowed */
    GHashTable *wanted;                /* article numbers (gint64, borrowed) of the source */
    GHashTable *done;                  /* those of them that were read -> whether they changed */
};

static void
note(struct again *a, const int64_t *id, bool changed)
{
    bool before = GPOINTER_TO_INT(g_hash_table_lookup(a->done, id));
    g_hash_table_insert(a->done, (gpointer)id, GINT_TO_POINTER(before || changed));
}

static bool
read_entry(struct again *a, struct entry *e, GError **error)
{
    articles_identify(a->store, a->source, e);
    int64_t id = articles_find(a->store, a->source, e);
    const int64_t *wanted = id ? g_hash_table_lookup(a->wanted, &id) : NULL;
    if (!wanted)
        return true;
    bool is_new, changed = false;
    g_autofree char *before = articles_title(a->store, id);
    if (!articles_put(a->store, a->source, e, id, NULL, a->now, &is_new, error))
        return false;
    if (!job_store_text(a->store, id, e, true, &a->rules, a->now, &changed, error))
        return false;
    note(a, wanted, changed || (!e->untitled && g_strcmp0(before, e->title)));
    return true;
}

/* What stored bytes say, or NULL when they say nothing; who reads them has no store. */
static struct parse_result *
read_raw(struct again *a, const struct raw *raw, enum parse_kind kind)
{
    gsize length;
    const char *bytes = g_bytes_get_data(raw->bytes, &length);
    struct parse_page page = {.kind = kind,
                              .bytes = length ? bytes : "",
                              .length = length,
                              .content_type = raw->content_type,
                              .url = raw->url,
                              .link = raw->url};
    struct parse_result *result = helper_parse(a->parser, &page, &a->rules);
    if (helper_failed(result)) {
        const struct problem *why = result->page ? result->page->problem : result->problem;
        g_autofree char *sentence = problem_sentence(why);
        message_warning("%s", sentence);
        g_clear_pointer(&result, parse_result_free);
    }
    return result;
}

static bool
read_source(struct again *a, GError **error)
{
    g_autoptr(GError) why = NULL;
    AUTO(raw_free) struct raw *raw = raw_of_source(a->store, a->source, &why);
    if (!raw) {
        if (why)
            g_propagate_error(error, g_steal_pointer(&why));
        return why == NULL && !*error;
    }
    AUTO(parse_result_free) struct parse_result *result =
        read_raw(a, raw, a->list ? PARSE_LIST : PARSE_FEED);
    if (!result || result->problem)
        return true; /* rules that no longer fit the list; what is stored stays */
    for (guint i = 0; i < result->entries->len; i++)
        if (!read_entry(a, g_ptr_array_index(result->entries, i), error))
            return false;
    return raw_reread_source(a->store, a->source, result->title, result->charset,
                             result->charset_evidence, error);
}

static bool
read_page(struct again *a, const int64_t *id, GError **error)
{
    g_autoptr(GError) why = NULL;
    AUTO(raw_free) struct raw *raw = raw_of_article(a->store, *id, &why);
    if (why) {
        g_propagate_error(error, g_steal_pointer(&why));
        return false;
    }
    if (!raw)
        return true;
    AUTO(parse_result_free) struct parse_result *result = read_raw(a, raw, PARSE_ARTICLE);
    bool changed = false;
    if (!result)
        return true; /* what is stored is better than nothing */
    if (result->page->article && result->page->article->next)
        /* only its first part is kept as it came; the whole text that is stored is better */
        return true;
    /* a title that the feed or list could not read again comes from the page */
    bool retitle = a->forced && !g_hash_table_contains(a->done, id);
    if (result->page->article && !job_store_article(a->store, *id, result->page->article, raw->url,
                                                    retitle ? JOB_AGAIN_TITLE : JOB_AGAIN,
                                                    &a->rules, a->now, &changed, error))
        return false;
    note(a, id, changed);
    return raw_reread_article(a->store, *id, result->page->charset, result->page->charset_evidence,
                              error);
}

/* --- attachments -------------------------------------------------------------------------- */

/* Reads one that is kept again; what failed to come is no matter of reading. */
static bool
read_attachment(struct again *a, const char *url, GError **error)
{
    AUTO(stored_file_free) struct stored_file *file = files_find(a->store, url);
    g_autoptr(GBytes) bytes = file && file->size >= 0 ? files_bytes(a->store, url) : NULL;
    if (!bytes)
        return true;
    gsize length;
    const char *data = g_bytes_get_data(bytes, &length);
    AUTO(attachment_text_free) struct attachment_text *text = helper_convert(
        a->converter, a->converters, data, length, file->content_type, url, file->format);
    /* a converter that fails today does not take away what it read before */
    return (!text->text && file->has_text) ||
           files_put_text(a->store, url, text->text, text->problem, error);
}

/*
 * Reads all attachments of the articles again, each in a transaction of its own: converters take
 * their time, and others may want to write.
 */
static bool
read_attachments(struct again *a, GError **error)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    GHashTableIter iter;
    gpointer id;
    g_hash_table_iter_init(&iter, a->wanted);
    while (g_hash_table_iter_next(&iter, &id, NULL)) {
        g_autoptr(GPtrArray) attachments = articles_attachments(a->store, *(const int64_t *)id);
        for (guint i = 0; i < attachments->len; i++) {
            const struct stored_attachment *one = g_ptr_array_index(attachments, i);
            if (g_hash_table_add(seen, g_strdup(one->url)) && !read_attachment(a, one->url, error))
                return false;
        }
    }
    return true;
}

/* Has an article say what its attachments say now, where nothing else of it was read again. */
static bool
recompose(struct again *a, const int64_t *id, GError **error)
{
    bool changed;
    if (!files_recompose(a->store, *id, true, a->now, &changed, error))
        return false;
    if (changed)
        note(a, id, true);
    return true;
}

static bool
read_all(struct again *a, GError **error)
{
    if (!read_source(a, error))
        return false;
    GHashTableIter iter;
    gpointer id;
    g_hash_table_iter_init(&iter, a->wanted);
    while (g_hash_table_iter_next(&iter, &id, NULL))
        if (!read_page(a, id, error) || !recompose(a, id, error))
            return false;
    return files_settle_warnings(a->store, a->source, error);
}

static void
count(const struct again *a, struct reprocess_result *result)
{
    GHashTableIter iter;
    gpointer changed;
    g_hash_table_iter_init(&iter, a->done);
    while (g_hash_table_iter_next(&iter, NULL, &changed))
        result->changed += changed != NULL;
    result->again += g_hash_table_size(a->done);
    result->missing += g_hash_table_size(a->wanted) - g_hash_table_size(a->done);
}

static struct again
prepare(const struct context *context, const struct urls *urls, const struct source *source,
        const char *charset, int64_t now)
{
    struct again a = {.source = source->id, .now = now, .forced = charset != NULL};
    const struct subscription *sub = urls_find(urls, source->url);
    if (!sub) {
        a.section = urls_of_section(context->config_dir, source->url);
        sub = urls_find(a.section, source->url);
    }
    if (sub) {
        a.rules = job_rules(context, sub, now);
        a.list = job_is_list(sub);
    } else { /* not subscribed to, and of no portal that is known */
        a.rules = (struct parse_rules){.now = now, .language = source->language};
        a.list = source->tags && g_strv_contains((const char *const *)source->tags, "list");
    }
    if (charset)
        a.rules.charset_forced = charset;
    return a;
}

static void
unref_table(gpointer table)
{
    g_hash_table_unref(table);
}

/* Of each source the numbers of its articles, as a set; they are those in the rows. */
static GHashTable *
group_by_source(const GPtrArray *rows)
{
    GHashTable *groups = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, unref_table);
    for (guint r = 0; r < rows->len; r++) {
        struct article_row *row = g_ptr_array_index(rows, r);
        GHashTable *group = g_hash_table_lookup(groups, &row->source);
        if (!group) {
            group = g_hash_table_new(g_int64_hash, g_int64_equal);
            g_hash_table_insert(groups, &row->source, group);
        }
        g_hash_table_insert(group, &row->id, &row->id);
    }
    return groups;
}

static bool
read_wanted(struct again *a, GError **error)
{
    if (!read_attachments(a, error) || !store_begin(a->store, error))
        return false;
    if (read_all(a, error))
        return store_commit(a->store, error);
    store_rollback(a->store);
    return false;
}

bool
reprocess_articles(const struct context *context, struct starter *starter, struct store *store,
                   const struct urls *urls, const GPtrArray *rows, const char *charset, int64_t now,
                   struct reprocess_result *result, GError **error)
{
    *result = (struct reprocess_result){0};
    g_autoptr(GPtrArray) sources = sources_list(store, true, error);
    AUTO(converters_free) struct converters *converters =
        sources ? converters_load(context->config_dir, error) : NULL;
    if (!converters)
        return false;
    AUTO(helper_free) struct helper *parser = helper_new(starter, ROLE_PARSE, NULL);
    AUTO(helper_free) struct helper *converter = helper_new(starter, ROLE_CONVERT, NULL);
    g_autoptr(GHashTable) wanted = group_by_source(rows);
    for (guint i = 0; i < sources->len; i++) {
        const struct source *source = g_ptr_array_index(sources, i);
        GHashTable *group = g_hash_table_lookup(wanted, &source->id);
        if (!group)
            continue;
        struct again a = prepare(context, urls, source, charset, now);
        a.store = store;
        a.converters = converters;
        a.parser = parser;
        a.converter = converter;
        a.wanted = group;
        a.done = g_hash_table_new(g_int64_hash, g_int64_equal);
        bool ok = read_wanted(&a, error);
        count(&a, result);
        g_hash_table_unref(a.done);
        if (a.section)
            urls_free(a.section);
        if (!ok)
            return false;
    }
    return true;
}
