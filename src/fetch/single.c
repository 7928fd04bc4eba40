/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fetching and storing one article. */
#include "config.h"

#include "fetch/single.h"
#include "base/i18n.h"
#include "fetch/request-builder.h"
#include "fetch/job.h"
#include "store/articles.h"
#include "store/files.h"
#include "store/raw.h"

#include <string.h>

struct request *
single_request(const struct urls *urls, const struct source *source, const char *link)
{
    const struct subscription *sub = urls_find(urls, source->url);
    return request_for_article(sub ? sub->portal : NULL,
                               sub && sub->section ? sub->section->edition->id : NULL, link);
}

static bool
put(struct store *store, const struct source *source, const struct response *r,
    const struct parse_result *result, const char *link, int64_t now, int64_t *id, GError **error)
{
    bool is_new, changed;
    *id = articles_by_link(store, source->id, link);
    if (!*id) {
        const char *title = result->page->article->title;
        AUTO(entry_free) struct entry *entry = entry_new();
        entry->link = g_strdup(link);
        entry->title = title ? g_strdup(title) : parse_made_up_title(link);
        entry->untitled = !title;
        articles_identify(store, source->id, entry);
        *id = articles_put(store, source->id, entry, 0, NULL, now, &is_new, error);
        if (*id == ARTICLES_PURGED)
            g_set_error(error, STORE_ERROR, STORE_ERROR_UNKNOWN,
                        _("the article was deleted permanently by 'crier store purge'"));
        if (*id <= 0)
            return false;
    }
    struct page_values page = {result->page->url,
                               r->content_type,
                               r->etag,
                               r->last_modified,
                               result->page->charset,
                               result->page->charset_evidence,
                               NULL,
                               false,
                               result->raw};
    return (!result->attachment ||
            job_store_attachment(store, r, result->attachment, now, error)) &&
           articles_put_page(store, *id, &page, now, error) &&
           job_store_article(store, *id, result->page->article, link, JOB_FIRST, now, &changed,
                             error);
}

/* Keeps a file that came instead of the page, and reads its text. */
static bool
keep_file(const struct context *context, const struct source *source, const struct response *r,
          struct parse_result *result, GError **error)
{
    const struct setting_values settings =
        settings_for(context->settings, source->url, source->tags);
    if (settings.fetch_attachments == FETCH_ATTACHMENTS_NEVER)
        return true;
    AUTO(converters_free) struct converters *converters =
        converters_load(context->config_dir, error);
    if (!converters)
        return false;
    parse_keep_file(result, converters, r->body->len ? (const char *)r->body->data : "",
                    r->body->len, r->content_type);
    return true;
}

int64_t
single_store(const struct context *context, struct store *store, const struct urls *urls,
             const struct source *source, const struct response *r, const char *link, int64_t now,
             GError **error)
{
    const struct subscription *sub = urls_find(urls, source->url);
    struct parse_rules rules = sub ? job_rules(context, sub, now)
                                   : (struct parse_rules){.now = now, .language = source->language};
    AUTO(parse_result_free) struct parse_result *result =
        parse_article(r->body->len ? (const char *)r->body->data : "", r->body->len,
                      r->content_type, r->url, link, &rules);
    if (!result->page || !result->page->article) {
        AUTO(problem_free) struct problem *why =
            result->page && result->page->problem
                ? problem_copy(result->page->problem)
                : problem_new(PROBLEM_NO_TEXT, link, PROBLEM_NO_NUMBER, NULL);
        g_autofree char *sentence = problem_sentence(why);
        g_set_error(error, STORE_ERROR, STORE_ERROR_UNKNOWN, "%s", sentence);
        return 0;
    }
    if (result->page->is_file && !keep_file(context, source, r, result, error))
        return 0;
    if (!result->raw)
        result->raw = raw_pack(r->body->data, result->page->is_file ? 0 : r->body->len);
    int64_t id = 0;
    if (!store_begin(store, error))
        return 0;
    if (!put(store, source, r, result, link, now, &id, error)) {
        store_rollback(store);
        return 0;
    }
    return store_commit(store, error) ? id : 0;
}
