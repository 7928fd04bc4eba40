/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a source asks for next, and what ends it: the steps of a job with made-up answers.  There is
 * nothing that transfers, so that each request comes back as it was made, and nothing goes out.
 */
#include "config.h"

#include "fetch/http.h"
#include "fetch/pipeline.h"
#include "portal/article.h"
#include "transfer/http-session.h"
#include "unit/kit.h"
#include "unit/store-kit.h"

#include <stdarg.h>

#define FEED "http://a.example/feed"
#define LIST "http://city.example/list/"
#define PORTAL \
    "[Portal]\nName=City\nHome=http://city.example/\nHeader.X-Key=k\n[Edition en]\n" \
    "[Section en/n]\nUrl=" LIST "\nDepth=3\n"
#define COUNTED PORTAL "Pages=http://city.example/list/p{page}.html\n"
#define TOKENED \
    PORTAL \
    "Token=//b\nToken.Url=http://city.example/start\nPost={\"page\": {page}, \"key\": \"{token}\"}\n"

struct steps {
    struct fixture store;
    struct pipeline p;
    struct context *context;
    struct portal *portal; /* or NULL */
    struct subscription subscription;
    struct job *job;
    GPtrArray *open; /* struct response *: requests that are not answered yet */
    guint asked;     /* of these, how many were told of already */
};

/* --- a job ----------------------------------------------------------------------------------- */

static void
start(struct steps *s, gconstpointer data)
{
    static const struct http_options options = {.connections = 1,
                                                .host_connections = 1,
                                                .limits = {.timeout = 1, .stall = 1},
                                                .max_in_flight = 1 << 20};
    set_up(&s->store, data);
    s->context = context_new();
    s->open = g_ptr_array_new();
    s->p = (struct pipeline){.store = s->store.store, .responses = g_async_queue_new(), .now = NOW};
    s->p.jobs = g_ptr_array_new(); /* whose hosts are counted */
    s->p.http = http_new(&options, s->p.responses);
}

static void
end(struct steps *s, gconstpointer data)
{
    for (guint i = 0; i < s->open->len; i++)
        response_free(g_ptr_array_index(s->open, i));
    g_ptr_array_unref(s->open);
    if (s->job)
        job_free(s->job, s->p.http);
    http_free(s->p.http);
    g_assert_cmpint(g_async_queue_length(s->p.responses), ==, 0);
    g_async_queue_unref(s->p.responses);
    g_ptr_array_unref(s->p.jobs);
    g_clear_pointer(&s->p.rechecks, g_hash_table_unref);
    if (s->portal)
        portal_free(s->portal);
    context_free(s->context);
    tear_down(&s->store, data);
}

static void
set(struct steps *s, const char *assignment)
{
    g_autoptr(GError) error = NULL;
    g_assert_true(context_set(s->context, assignment, &error));
}

/* The source of the store, to be changed before begin(). */
static struct source *
source_of(struct steps *s)
{
    g_autoptr(GPtrArray) list = sources_list(s->store.store, false, NULL);
    return g_ptr_array_steal_index(list, 0);
}

/* A feed, or the section of a portal file. */
static void
begin(struct steps *s, const char *portal, struct source *source, bool full)
{
    g_autoptr(GError) error = NULL;
    s->subscription = (struct subscription){.url = (char *)FEED};
    if (portal) {
        s->portal = portal_parse("city.portal", portal, &error);
        g_assert_no_error(error);
        s->subscription.portal = s->portal;
        s->subscription.section = g_ptr_array_index(s->portal->sections, 0);
    }
    s->job =
        job_new(s->context, NULL, &s->subscription, source ? source : source_of(s), full, 0, NOW);
    steps_begin(&s->p, s->job);
}

/* The requests that were made since the last time: a letter of the kind and the URL of each. */
static void
asks(struct steps *s, const char *expected)
{
    static const char kinds[] = "TSLAFP"; /* enum job_request */
    while ((int)s->open->len < s->job->pending) {
        struct response *r = g_async_queue_timeout_pop(s->p.responses, 20 * G_USEC_PER_SEC);
        g_assert_nonnull(r);
        g_assert_cmpint(r->problem->code, ==, PROBLEM_TRANSFER_ENDED);
        g_assert_true(r->request->owner == s->job && r->request->session == s->job->session);
        g_ptr_array_add(s->open, r);
    }
    g_autoptr(GString) told = g_string_new(NULL);
    for (; s->asked < s->open->len; s->asked++) {
        const struct request *q =
            ((const struct response *)g_ptr_array_index(s->open, s->asked))->request;
        g_string_append_printf(told, "%s%c %s", told->len ? " " : "", kinds[q->kind], q->url);
    }
    g_assert_cmpstr(told->str, ==, expected);
}

static struct request *
request_of(struct steps *s, const char *url)
{
    for (guint i = 0; i < s->open->len; i++) {
        struct response *r = g_ptr_array_index(s->open, i);
        if (g_str_equal(r->request->url, url))
            return r->request;
    }
    g_error("%s was not asked for", url);
}

/* --- answers --------------------------------------------------------------------------------- */

static void
free_entry(gpointer entry)
{
    entry_free(entry);
}

/* A feed or list with entries of these links. */
static struct parse_result *
links(const char *first, ...)
{
    struct parse_result *result = g_new0(struct parse_result, 1);
    result->entries = g_ptr_array_new_with_free_func(free_entry);
    result->warnings = problems_new();
    va_list args;
    va_start(args, first);
    for (const char *link = first; link; link = va_arg(args, const char *)) {
        struct entry *entry = entry_new();
        entry->link = g_strdup(link);
        g_ptr_array_add(result->entries, entry);
    }
    va_end(args);
    return result;
}

static struct parse_result *
leads_to(struct parse_result *result, const char *next)
{
    result->next = g_strdup(next);
    return result;
}

/* A page that sends its readers on instead of being the source. */
static struct parse_result *
refresh(const char *url)
{
    struct parse_result *result = links(NULL);
    result->problem = problem_new(PROBLEM_NOT_A_FEED, NULL, PROBLEM_NO_NUMBER, NULL);
    result->refresh = g_strdup(url);
    return result;
}

/* An article page: with a text, whose next part may be elsewhere, or one that forwards. */
static struct parse_result *
page(bool text, const char *next, const char *forward)
{
    struct parse_result *result = links(NULL);
    result->page = g_new0(struct parsed_page, 1);
    result->page->forward = g_strdup(forward);
    if (text) {
        result->page->article = article_new("http://a.example/", NULL);
        result->page->article->next = g_strdup(next);
        document_free(result->page->article->document);
        result->page->article->document = document_from_text("text");
    } else {
        result->page->problem = problem_new(PROBLEM_NO_TEXT, NULL, PROBLEM_NO_NUMBER, NULL);
    }
    return result;
}

/* The request for a URL is answered by a status, and what was parsed of it or a problem (taken). */
static void
give(struct steps *s, const char *url, long status, struct parsed *parsed, struct problem *problem)
{
    struct response *r = NULL;
    guint i = 0;
    for (; i < s->open->len; i++) {
        r = g_ptr_array_index(s->open, i);
        if (g_str_equal(r->request->url, url))
            break;
    }
    g_assert_cmpuint(i, <, s->asked);
    g_ptr_array_remove_index(s->open, i);
    s->asked--;
    http_taken(s->p.http);
    problem_free(r->problem);
    r->problem = problem;
    r->status = status;
    parsed->response = r;
    s->job->pending--;
    steps_take(&s->p, s->job, parsed);
    if (parsed->result)
        parse_result_free(parsed->result);
}

static void
answers(struct steps *s, const char *url, struct parse_result *result)
{
    struct parsed parsed = {.result = result};
    give(s, url, 200, &parsed, NULL);
}

static void
fails(struct steps *s, const char *url, enum problem_code code, long status)
{
    struct parsed parsed = {0};
    give(s, url, status, &parsed, problem_new(code, url, status, NULL));
}

/* Nothing is under way any more: how the job ended. */
static void
ends(struct steps *s, const char *problem)
{
    asks(s, "");
    g_assert_cmpint(s->job->pending, ==, 0);
    g_assert_cmpstr(s->job->problem ? problem_word(s->job->problem->code) : NULL, ==, problem);
}

static const struct page_arrival *
arrival(struct steps *s, const char *link)
{
    return g_hash_table_lookup(s->job->articles, link);
}

/* --- pages ----------------------------------------------------------------------------------- */

static void
test_pages_setting(struct steps *s, gconstpointer data)
{
    static const struct {
        const char *setting, *portal;
        bool full, needs, wanted;
    } cases[] = {
        {"fetch.pages=auto", NULL, false, false, false},
        {"fetch.pages=auto", NULL, true, false, true}, /* --full: of feeds too */
        {"fetch.pages=auto", NULL, false, true, true}, /* its entries are links alone */
        {"fetch.pages=auto", PORTAL "Kind=feed\n", false, false, true},
        {"fetch.pages=auto", PORTAL "Rows=//li\n", false, false, true},
        {"fetch.pages=never", PORTAL "Rows=//li\n", false, false, false},
        {"fetch.pages=always", NULL, false, false, true},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct steps one = {0};
        start(&one, data);
        set(&one, cases[i].setting);
        begin(&one, cases[i].portal, NULL, cases[i].full);
        const char *url = cases[i].portal ? LIST : FEED;
        g_autofree char *source = g_strdup_printf("S %s", url);
        asks(&one, source);
        struct parse_result *result = links("http://a.example/1", "mailto:a@b.example",
                                            "http://a.example/1", "http://b.example/2", NULL);
        result->needs_pages = cases[i].needs;
        answers(&one, url, result);
        asks(&one, cases[i].wanted ? "A http://a.example/1 A http://b.example/2" : "");
        end(&one, data);
    }
    (void)s;
}

/* fetch.page-limit, what is stored already, and what an earlier fetch left. */
static void
test_pages_known(struct steps *s, gconstpointer data)
{
    (void)data;
    set(s, "fetch.pages=always");
    set(s, "fetch.page-limit=3");
    struct page_values values = {.url = "http://a.example/1", .etag = "\"e\""};
    int64_t known = put(&s->store, "1", "http://a.example/1", "one", NOW);
    g_autoptr(GBytes) bytes = g_bytes_new_static("x", 1);
    const struct raw_packed packed = {.bytes = bytes};
    values.packed = &packed;
    g_assert_true(articles_put_page(s->store.store, known, &values, NOW, NULL));
    put(&s->store, "8", "http://a.example/8", "eight", NOW);
    put(&s->store, "9", "http://a.example/9", "nine", NOW - 1);
    begin(s, NULL, NULL, false);
    asks(s, "S " FEED);
    answers(s, FEED, links("http://a.example/1", "http://a.example/2", "http://a.example/3", NULL));
    asks(s, "A http://a.example/2 A http://a.example/3 A http://a.example/8");
    fails(s, "http://a.example/2", PROBLEM_GONE, 410);
    g_assert_cmpint(arrival(s, "http://a.example/2")->sign.kind, ==, WITHDRAWAL_STATUS);
    g_assert_true(arrival(s, "http://a.example/2")->permanent);
    fails(s, "http://a.example/3", PROBLEM_SERVER, 503);
    g_assert_cmpint(arrival(s, "http://a.example/3")->sign.kind, ==, WITHDRAWAL_NONE);
    g_assert_false(arrival(s, "http://a.example/3")->permanent);
    answers(s, "http://a.example/8", NULL); /* no page at all, as a film */
    g_assert_cmpint(arrival(s, "http://a.example/8")->problem->code, ==, PROBLEM_NOT_A_PAGE);
    ends(s, NULL); /* an article's page fails no source */
}

/*
 * A source whose pages each cost as much as one may: the parse stage reads no more of them, and
 * what is still to come is left to the next fetch.
 */
static void
test_pages_costly(struct steps *s, gconstpointer data)
{
    set(s, "fetch.pages=always");
    begin(s, NULL, NULL, false);
    asks(s, "S " FEED);
    answers(s, FEED, links("http://a.example/1", "http://a.example/2", "http://a.example/3", NULL));
    asks(s, "A http://a.example/1 A http://a.example/2 A http://a.example/3");
    struct parse_result *cheap = page(true, NULL, NULL), *dear = page(true, NULL, NULL);
    cheap->cost = 100000; /* as on a small machine */
    answers(s, "http://a.example/1", cheap);
    g_assert_false(s->job->costly);
    if (GPOINTER_TO_INT(data))
        s->job->large = 100 << 20;
    dear->cost = GPOINTER_TO_INT(data) ? 0 : 8 * G_USEC_PER_SEC;
    answers(s, "http://a.example/2", dear);
    g_assert_true(s->job->costly);
    fails(s, "http://a.example/3", PROBLEM_COSTLY, 200);
    g_assert_null(arrival(s, "http://a.example/3"));
    g_assert_cmpint(s->job->put_off->code, ==, PROBLEM_COSTLY);
    ends(s, NULL);
}

static void
test_pages_limit(struct steps *s, gconstpointer data)
{
    (void)data;
    set(s, "fetch.pages=always");
    set(s, "fetch.page-limit=2");
    put(&s->store, "8", "http://a.example/8", "eight", NOW);
    begin(s, NULL, NULL, false);
    asks(s, "S " FEED);
    answers(s, FEED, links("http://a.example/1", "http://a.example/2", "http://a.example/3", NULL));
    asks(s, "A http://a.example/1 A http://a.example/2");
}

/* --full asks for what is stored too, with its validator. */
static void
test_pages_full(struct steps *s, gconstpointer data)
{
    (void)data;
    int64_t known = put(&s->store, "1", "http://a.example/1", "one", NOW);
    g_autoptr(GBytes) bytes = g_bytes_new_static("x", 1);
    const struct raw_packed packed = {.bytes = bytes};
    struct page_values values = {.url = "http://a.example/1", .etag = "\"e\"", .packed = &packed};
    g_assert_true(articles_put_page(s->store.store, known, &values, NOW, NULL));
    begin(s, NULL, NULL, true);
    asks(s, "S " FEED);
    answers(s, FEED, links("http://a.example/1", NULL));
    asks(s, "A http://a.example/1");
    const struct request *q = request_of(s, "http://a.example/1");
    g_assert_cmpstr(q->etag, ==, "\"e\"");
    g_assert_cmpstr(q->link, ==, "http://a.example/1");
    struct parsed unchanged = {0};
    give(s, q->url, 304, &unchanged, NULL);
    g_assert_true(arrival(s, "http://a.example/1")->unchanged);
    g_assert_null(arrival(s, "http://a.example/1")->problem);
    ends(s, NULL);
}

/* A host that waits, and a source's deadline, leave pages to the next fetch. */
static void
test_postponed(struct steps *s, gconstpointer data)
{
    (void)data;
    set(s, "fetch.pages=always");
    begin(s, NULL, NULL, false);
    asks(s, "S " FEED);
    answers(s, FEED, links("http://a.example/1", "http://a.example/2", NULL));
    asks(s, "A http://a.example/1 A http://a.example/2");
    fails(s, "http://a.example/1", PROBLEM_DEADLINE, 0);
    fails(s, "http://a.example/2", PROBLEM_HOST_WAITS, 0);
    g_assert_cmpint(s->job->put_off->code, ==, PROBLEM_DEADLINE);
    g_assert_null(arrival(s, "http://a.example/1"));
    ends(s, NULL);
}

/* --- list pages ------------------------------------------------------------------------------ */

/* By their own links: to the depth, none twice, and none after one that says nothing new. */
static void
test_depth(struct steps *s, gconstpointer data)
{
    (void)data;
    set(s, "fetch.pages=never");
    begin(s, PORTAL "Rows=//li\nNext=//a\n", NULL, false);
    asks(s, "S " LIST);
    answers(s, LIST, leads_to(links("http://city.example/1", NULL), LIST "2"));
    asks(s, "L " LIST "2");
    answers(s, LIST "2", leads_to(links("http://city.example/2", NULL), LIST "3"));
    asks(s, "L " LIST "3");
    answers(s, LIST "3", leads_to(links("http://city.example/3", NULL), LIST "4"));
    ends(s, NULL);
    g_assert_cmpuint(s->job->results->len, ==, 3);
}

static void
test_list_ends(struct steps *s, gconstpointer data)
{
    static const struct {
        const char *link, *next; /* of the second page */
        int64_t last_success;
    } cases[] = {
        {"http://city.example/1", LIST "3", 0}, /* nothing new */
        {"http://city.example/2", LIST "2", 0}, /* to itself */
        {"http://city.example/2", LIST, 0},     /* back to the first */
        {"http://city.example/2", NULL, 0},
        {NULL, NULL, NOW - 60}, /* a known source: its first page alone */
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct steps one = {0};
        start(&one, data);
        set(&one, "fetch.pages=never");
        struct source *source = source_of(&one);
        source->last_success = cases[i].last_success;
        begin(&one, PORTAL "Rows=//li\nNext=//a\n", source, false);
        asks(&one, "S " LIST);
        answers(&one, LIST, leads_to(links("http://city.example/1", NULL), LIST "2"));
        if (cases[i].link) {
            asks(&one, "L " LIST "2");
            answers(&one, LIST "2", leads_to(links(cases[i].link, NULL), cases[i].next));
        }
        ends(&one, NULL);
        end(&one, data);
    }
    (void)s;
}

/* By numbers of the portal file: to go past the last one is no mistake, another failure is told. */
static void
test_counted(struct steps *s, gconstpointer data)
{
    static const struct {
        long status;
        enum problem_code code;
        guint warnings;
        bool put_off, own; /* own: the page's own link is followed instead */
    } cases[] = {
        {404, PROBLEM_NOT_FOUND, 0, false},
        {404, PROBLEM_NOT_FOUND, 1, false, true},
        {500, PROBLEM_SERVER, 1, false},
        {0, PROBLEM_HOST_WAITS, 0, true},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct steps one = {0};
        start(&one, data);
        begin(&one, cases[i].own ? PORTAL "Rows=//li\nNext=//a\n" : COUNTED "Rows=//li\n", NULL,
              false);
        asks(&one, "S " LIST);
        /* where pages are counted, a link counts for nothing */
        answers(&one, LIST, leads_to(links("http://city.example/1", NULL), LIST "x"));
        const char *second = cases[i].own ? LIST "x" : LIST "p2.html";
        g_autofree char *asked = g_strdup_printf("L %s", second);
        asks(&one, asked);
        g_assert_cmpstr(g_ptr_array_index(request_of(&one, second)->headers, 0), ==, "X-Key: k");
        fails(&one, second, cases[i].code, cases[i].status);
        const struct parse_result *first = g_ptr_array_index(one.job->results, 0);
        g_assert_cmpuint(first->warnings->len, ==, cases[i].warnings);
        g_assert_cmpint(!!one.job->put_off, ==, cases[i].put_off);
        asks(&one, "A http://city.example/1"); /* the articles are wanted all the same */
        g_assert_null(one.job->problem);
        end(&one, data);
    }
    (void)s;
}

/* What an index of sitemaps names is the feed; a second index is not followed. */
static void
test_index(struct steps *s, gconstpointer data)
{
    (void)data;
    begin(s, NULL, NULL, false);
    asks(s, "S " FEED);
    struct parse_result *first = leads_to(links(NULL), "http://a.example/map1"),
                        *second = leads_to(links(NULL), "http://a.example/map2");
    first->is_index = second->is_index = true;
    answers(s, FEED, first);
    asks(s, "L http://a.example/map1");
    answers(s, "http://a.example/map1", second);
    ends(s, NULL);
    g_assert_cmpuint(first->warnings->len, ==, 1);
    g_assert_cmpint(((const struct problem *)g_ptr_array_index(first->warnings, 0))->code, ==,
                    PROBLEM_LIMIT);
}

/* --- the source itself ----------------------------------------------------------------------- */

static void
test_conditional(struct steps *s, gconstpointer data)
{
    (void)data;
    struct source *source = source_of(s);
    source->etag = g_strdup("\"e\"");
    source->validated = g_strdup(FEED);
    set(s, "fetch.pages=always");
    put(&s->store, "8", "http://a.example/8", "eight", NOW);
    begin(s, NULL, source, false);
    asks(s, "S " FEED);
    const struct request *q = request_of(s, FEED);
    g_assert_cmpstr(q->etag, ==, "\"e\"");
    g_assert_cmpstr(q->validated, ==, FEED);
    g_assert_true(q->named);
    struct parsed unchanged = {0};
    give(s, FEED, 304, &unchanged, NULL);
    g_assert_true(s->job->unchanged);
    asks(s, "A http://a.example/8"); /* that is missing still */
    g_assert_false(request_of(s, "http://a.example/8")->named);
    answers(s, "http://a.example/8", page(true, NULL, NULL));
    ends(s, NULL);
}

static void
test_unconditional(struct steps *s, gconstpointer data)
{
    (void)data;
    struct source *source = source_of(s);
    source->etag = g_strdup("\"e\"");
    begin(s, NULL, source, true);
    asks(s, "S " FEED);
    g_assert_null(request_of(s, FEED)->etag);
    fails(s, FEED, PROBLEM_NOT_FOUND, 404);
    ends(s, "not-found");
}

/* A host that wants no requests now is no failure. */
static void
test_waiting(struct steps *s, gconstpointer data)
{
    (void)data;
    begin(s, NULL, NULL, false);
    asks(s, "S " FEED);
    fails(s, FEED, PROBLEM_HOST_WAITS, 0);
    g_assert_true(s->job->waiting);
    ends(s, NULL);
}

/* Five pages that lead on are followed; never to where it was before. */
static void
test_refreshes(struct steps *s, gconstpointer data)
{
    (void)data;
    begin(s, NULL, NULL, false);
    g_autofree char *url = g_strdup(FEED);
    asks(s, "S " FEED);
    for (int i = 1; i <= 5; i++) {
        g_autofree char *next = g_strdup_printf("http://b.example/%d", i),
                        *asked = g_strdup_printf("S %s", next);
        answers(s, url, refresh(next));
        asks(s, asked);
        g_assert_false(request_of(s, next)->named); /* the user did not name this one */
        g_free(url);
        url = g_steal_pointer(&next);
    }
    answers(s, url, refresh("http://b.example/6"));
    ends(s, "not-a-feed");
}

static void
test_refresh_back(struct steps *s, gconstpointer data)
{
    (void)data;
    begin(s, NULL, NULL, false);
    asks(s, "S " FEED);
    answers(s, FEED, refresh("http://a.example/2"));
    asks(s, "S http://a.example/2");
    g_assert_true(request_of(s, "http://a.example/2")->named); /* on the same host */
    answers(s, "http://a.example/2", refresh(FEED));
    ends(s, "not-a-feed");
}

/* Where a source had moved for good works no more: the written address is asked, once. */
static void
test_moved_back(struct steps *s, gconstpointer data)
{
    (void)data;
    struct source *source = source_of(s);
    source->moved_to = g_strdup("http://b.example/feed");
    begin(s, NULL, source, false);
    asks(s, "S http://b.example/feed");
    fails(s, "http://b.example/feed", PROBLEM_HOST, 0);
    asks(s, "S " FEED);
    g_assert_true(s->job->moved_back);
    fails(s, FEED, PROBLEM_SERVER, 500);
    ends(s, "server-error");
}

/* The token comes first, and then stands in what is asked for. */
static void
test_token(struct steps *s, gconstpointer data)
{
    (void)data;
    set(s, "fetch.pages=never");
    begin(s, TOKENED "Rows=//li\n", NULL, false);
    asks(s, "T http://city.example/start");
    struct parse_result *token = parse_result_new(PARSE_TOKEN, NULL);
    token->token = g_strdup("k7");
    answers(s, "http://city.example/start", token);
    asks(s, "S " LIST);
    g_assert_cmpstr(request_of(s, LIST)->post, ==, "{\"page\": 1, \"key\": \"k7\"}");
    answers(s, LIST, links("http://city.example/1", NULL));
    asks(s, "L " LIST); /* another page by its body */
    g_assert_cmpstr(request_of(s, LIST)->post, ==, "{\"page\": 2, \"key\": \"k7\"}");
    answers(s, LIST, links(NULL));
    ends(s, NULL);
}

static void
test_no_token(struct steps *s, gconstpointer data)
{
    static const struct {
        enum problem_code code; /* PROBLEM_COUNT: the page came */
        const char *ends;
        bool waiting;
    } cases[] = {
        {PROBLEM_COUNT, "token", false},
        {PROBLEM_READER_CRASHED, "reader-crashed", false},
        {PROBLEM_FORBIDDEN, "forbidden", false},
        {PROBLEM_HOST_WAITS, NULL, true},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct steps one = {0};
        start(&one, data);
        begin(&one, TOKENED "Rows=//li\n", NULL, false);
        asks(&one, "T http://city.example/start");
        if (cases[i].code == PROBLEM_COUNT)
            answers(&one, "http://city.example/start", NULL);
        else if (cases[i].code == PROBLEM_READER_CRASHED) /* what came could not be read */
            answers(&one, "http://city.example/start",
                    parse_result_new(PARSE_TOKEN, problem_new(cases[i].code, NULL, 0, NULL)));
        else
            fails(&one, "http://city.example/start", cases[i].code, 0);
        ends(&one, cases[i].ends);
        g_assert_cmpint(one.job->waiting, ==, cases[i].waiting);
        end(&one, data);
    }
    (void)s;
}

/* A login goes to the host that it was written for. */
static void
test_login(struct steps *s, gconstpointer data)
{
    (void)data;
    set(s, "fetch.pages=always");
    s->subscription.url = NULL;
    struct source *source = source_of(s);
    struct subscription sub = {.url = (char *)"http://ann:secret@a.example/feed"};
    s->job = job_new(s->context, NULL, &sub, source, false, 0, NOW);
    steps_begin(&s->p, s->job);
    asks(s, "S " FEED);
    g_assert_cmpstr(request_of(s, FEED)->login, ==, "ann:secret");
    answers(s, FEED, links("http://a.example/1", "http://b.example/2", NULL));
    asks(s, "A http://a.example/1 A http://b.example/2");
    g_assert_cmpstr(request_of(s, "http://a.example/1")->login, ==, "ann:secret");
    g_assert_null(request_of(s, "http://b.example/2")->login);
}

/* --- articles -------------------------------------------------------------------------------- */

#define LINK "http://a.example/1"

static void
begin_article(struct steps *s)
{
    set(s, "fetch.pages=always");
    begin(s, NULL, NULL, false);
    asks(s, "S " FEED);
    answers(s, FEED, links(LINK, NULL));
    asks(s, "A " LINK);
}

/* Later parts are put behind the first; one that fails leaves what came. */
static void
test_parts(struct steps *s, gconstpointer data)
{
    (void)data;
    begin_article(s);
    answers(s, LINK, page(true, LINK "?2", NULL));
    asks(s, "P " LINK "?2");
    g_assert_cmpstr(request_of(s, LINK "?2")->link, ==, LINK);
    answers(s, LINK "?2", page(true, LINK "?3", NULL));
    asks(s, "P " LINK "?3");
    g_autofree char *text = document_plain(arrival(s, LINK)->result->page->article->document);
    g_assert_cmpstr(g_strstrip(text), ==, "text\n\ntext");
    fails(s, LINK "?3", PROBLEM_NOT_FOUND, 404);
    g_assert_true(arrival(s, LINK)->partial);
    g_assert_cmpint(arrival(s, LINK)->problem->code, ==, PROBLEM_NOT_FOUND);
    ends(s, NULL);
}

/* No part twice, and no more than thirty, which is said. */
static void
test_many_parts(struct steps *s, gconstpointer data)
{
    bool circle = GPOINTER_TO_INT(data);
    begin_article(s);
    g_autofree char *url = g_strdup(LINK);
    for (int i = 1; i <= (circle ? 2 : 30); i++) {
        g_autofree char *next = g_strdup_printf("%s?%d", LINK, i),
                        *asked = g_strdup_printf("P %s", next);
        answers(s, url, page(true, next, NULL));
        asks(s, asked);
        g_free(url);
        url = g_steal_pointer(&next);
    }
    answers(s, url, page(true, circle ? LINK "?1" : LINK "?31", NULL));
    ends(s, NULL);
    g_assert_false(arrival(s, LINK)->partial);
    const struct problem *limit = parse_result_limit(arrival(s, LINK)->result);
    g_assert_cmpstr(limit ? limit->detail : NULL, ==,
                    circle ? NULL : "the first 31 parts of the article were read");
}

/* A page without text forwards: what it leads to is the article, if there is one. */
static void
test_forward(struct steps *s, gconstpointer data)
{
    bool found = GPOINTER_TO_INT(data);
    begin_article(s);
    answers(s, LINK, page(false, NULL, "http://b.example/text"));
    asks(s, "F http://b.example/text");
    answers(s, "http://b.example/text",
            found ? page(true, "http://b.example/more", NULL)
                  : page(false, NULL, "http://b.example/further"));
    if (found) {
        asks(s, "P http://b.example/more");
        answers(s, "http://b.example/more", page(true, NULL, NULL));
    }
    ends(s, NULL);
    g_assert_cmpint(arrival(s, LINK)->result->page->article != NULL, ==, found);
}

void
add_tests(void)
{
    static const struct {
        const char *path;
        void (*run)(struct steps *s, gconstpointer data);
        int data;
    } tests[] = {
        {"/steps/pages-setting", test_pages_setting, 0},
        {"/steps/pages-known", test_pages_known, 0},
        {"/steps/pages-limit", test_pages_limit, 0},
        {"/steps/pages-costly", test_pages_costly, 0},
        {"/steps/pages-large", test_pages_costly, 1},
        {"/steps/pages-full", test_pages_full, 0},
        {"/steps/postponed", test_postponed, 0},
        {"/steps/depth", test_depth, 0},
        {"/steps/list-ends", test_list_ends, 0},
        {"/steps/counted", test_counted, 0},
        {"/steps/index", test_index, 0},
        {"/steps/conditional", test_conditional, 0},
        {"/steps/unconditional", test_unconditional, 0},
        {"/steps/waiting", test_waiting, 0},
        {"/steps/refreshes", test_refreshes, 0},
        {"/steps/refresh-back", test_refresh_back, 0},
        {"/steps/moved-back", test_moved_back, 0},
        {"/steps/token", test_token, 0},
        {"/steps/no-token", test_no_token, 0},
        {"/steps/login", test_login, 0},
        {"/steps/parts", test_parts, 0},
        {"/steps/many-parts", test_many_parts, 0},
        {"/steps/parts-in-a-circle", test_many_parts, 1},
        {"/steps/forward", test_forward, 1},
        {"/steps/forward-in-vain", test_forward, 0},
    };
    g_autofree char *now = g_strdup_printf("%d", NOW);
    g_setenv("CRIER_NOW", now, TRUE);
    for (size_t i = 0; i < G_N_ELEMENTS(tests); i++)
        g_test_add(tests[i].path, struct steps, GINT_TO_POINTER(tests[i].data), start, tests[i].run,
                   end);
}
