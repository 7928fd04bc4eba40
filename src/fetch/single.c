/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fetching and storing one article. */
#include "config.h"

#include "fetch/single.h"
#include "base/i18n.h"
#include "fetch/ask.h"
#include "fetch/job.h"

#include <string.h>

struct request *
single_request(const struct urls *urls, const struct source *source, const char *link)
{
    const struct subscription *sub = urls_find(urls, source->url);
    return ask_article(sub ? sub->portal : NULL, sub && sub->section ? sub->section->edition->id : NULL, link);
}

static bool
put(struct store *store, const struct source *source, const struct response *r, const struct harvest *h, const char *link,
    int64_t now, int64_t *id, GError **error)
{
    bool is_new, changed;
    *id = articles_by_link(store, source->id, link);
    if (!*id) {
        g_autofree char *made_up = harvest_made_up_title(link);
        AUTO(entry_values_clear) struct entry_values values = {.link = link, .title = h->page->article->title ? h->page->article->title : made_up,
                                      .untitled = !h->page->article->title, .published = G_MININT64, .updated = G_MININT64};
        articles_identify(store, source->id, &values);
        *id = articles_put(store, source->id, &values, 0, NULL, now, &is_new, error);
        if (*id == ARTICLES_PURGED)
            g_set_error(error, STORE_ERROR, STORE_ERROR_UNKNOWN, _("the article was ended for good by 'crier store purge'"));
        if (*id <= 0)
            return false;
    }
    struct page_values page = {h->page->url, r->content_type, r->etag, r->last_modified, h->page->charset, h->page->charset_evidence,
                               NULL, false, h->raw};
    return articles_put_page(store, *id, &page, now, error) &&
           job_store_article(store, *id, h->page->article, link, JOB_FIRST, now, &changed, error);
}

int64_t
single_store(const struct context *context, struct store *store, const struct urls *urls, const struct source *source,
             const struct response *r, const char *link, int64_t now, GError **error)
{
    const struct subscription *sub = urls_find(urls, source->url);
    struct harvest_rules rules = sub ? job_rules(context, sub, now) : (struct harvest_rules){.now = now, .language = source->language};
    AUTO(harvest_free) struct harvest *h =
        harvest_article(r->body->len ? (const char *)r->body->data : "", r->body->len, r->content_type, r->url, link, &rules);
    if (!h->page || !h->page->article) {
        AUTO(problem_free) struct problem *why = h->page && h->page->problem ? problem_copy(h->page->problem)
                                                                             : problem_new(PROBLEM_NO_TEXT, link, PROBLEM_NO_NUMBER, NULL);
        g_autofree char *sentence = problem_sentence(why);
        g_set_error(error, STORE_ERROR, STORE_ERROR_UNKNOWN, "%s", sentence);
        return 0;
    }
    int64_t id = 0;
    if (!store_begin(store, error))
        return 0;
    if (!put(store, source, r, h, link, now, &id, error)) {
        store_rollback(store);
        return 0;
    }
    return store_commit(store, error) ? id : 0;
}
