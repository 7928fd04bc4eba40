/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fetching and storing one article. */
#include "config.h"

#include "fetch/single.h"
#include "base/i18n.h"
#include "fetch/job.h"
#include "fetch/request-builder.h"
#include "fetch/role.h"
#include "parse/helper.h"
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
    const struct parse_result *result, const struct single_page *wanted,
    const struct parse_rules *rules, int64_t now, int64_t *id, bool *changed, GError **error)
{
    const char *link = wanted->link;
    bool is_new;
    *id = articles_by_link(store, source->id, link);
    if (!*id) {
        const char *own = result->page->article->title, *title = own ? own : wanted->title;
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
           job_store_article(store, *id, result->page->article, link, JOB_FIRST, rules, now,
                             changed, error) &&
           job_settle(store, *id, link, rules, 0, now, changed, error);
}

/* Keeps a file that came instead of the page, and has its text read. */
static bool
keep_file(const struct context *context, struct starter *starter, const struct response *r,
          struct parse_result *result, GError **error)
{
    AUTO(converters_free) struct converters *converters =
        converters_load(context->config_dir, error);
    if (!converters)
        return false;
    AUTO(helper_free) struct helper *helper = helper_new(starter, ROLE_CONVERT, NULL);
    const char *bytes = r->body->len ? (const char *)r->body->data : "",
               *url = parse_file_url(result);
    parse_take_attachment(
        result, url, bytes, r->body->len,
        helper_convert(helper, converters, bytes, r->body->len, r->content_type, url, NULL));
    return true;
}

/* What a response to single_request() says, read where nothing else is. */
static struct parse_result *
read_page(struct starter *starter, const struct response *r, const char *link,
          const struct parse_rules *rules)
{
    g_autoptr(GPtrArray) zones = g_ptr_array_new();
    if (rules->dates.zone)
        g_ptr_array_add(zones, (gpointer)rules->dates.zone);
    AUTO(helper_free) struct helper *helper = helper_new(starter, ROLE_PARSE, zones);
    struct parse_page page = {.kind = PARSE_ARTICLE,
                              .bytes = r->body->len ? (const char *)r->body->data : "",
                              .length = r->body->len,
                              .content_type = r->content_type,
                              .url = r->url,
                              .link = link};
    struct parse_result *result = helper_parse(helper, &page, rules);
    return result
               ? result
               : parse_result_new(PARSE_ARTICLE, problem_new(PROBLEM_NOT_A_PAGE, link,
                                                             PROBLEM_NO_NUMBER, r->content_type));
}

int64_t
single_store(const struct context *context, struct starter *starter, struct store *store,
             const struct urls *urls, const struct source *source, const struct response *r,
             const struct single_page *page, int64_t now, bool *changed, GError **error)
{
    const char *link = page->link;
    const struct subscription *sub = urls_find(urls, source->url);
    struct parse_rules rules = sub ? job_rules(context, sub, now)
                                   : (struct parse_rules){.now = now, .language = source->language};
    AUTO(parse_result_free) struct parse_result *result = read_page(starter, r, link, &rules);
    bool absent = result->page->absence == WITHDRAWAL_SAYS;
    if (!result->page->article || absent) {
        AUTO(problem_free)
        struct problem *why = absent ? problem_new(PROBLEM_NO_TEXT, link, PROBLEM_NO_NUMBER, NULL)
                                     : problem_copy(result->page->problem);
        g_autofree char *sentence = problem_sentence(why);
        g_set_error(error, STORE_ERROR, STORE_ERROR_UNKNOWN, "%s", sentence);
        return 0;
    }
    if (result->page->is_file && rules.keeps_files &&
        !keep_file(context, starter, r, result, error))
        return 0;
    if (!result->raw)
        job_pack(result, r);
    int64_t id = 0;
    if (!store_begin(store, error))
        return 0;
    if (!put(store, source, r, result, page, &rules, now, &id, changed, error)) {
        store_rollback(store);
        return 0;
    }
    return store_commit(store, error) ? id : 0;
}
