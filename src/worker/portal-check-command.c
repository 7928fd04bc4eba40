/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `crier portal check FILE`: what each rule of a portal file matches on the portal's own
 * pages, and the tests that lie in the file, on saved pages where they are present.
 */
#include "config.h"

#include "base/clean.h"
#include "base/clock.h"
#include "base/detail.h"
#include "base/i18n.h"
#include "base/message.h"
#include "base/status.h"
#include "config/catalogue.h"
#include "feed/feed.h"
#include "feed/ical.h"
#include "fetch/request-builder.h"
#include "parse/parse.h"
#include "portal/embedded.h"
#include "portal/list.h"
#include "portal/rule.h"
#include "worker/commands.h"

#include <string.h>

struct check {
    const struct context *context;
    const struct portal *portal;
    bool offline;
    guint failed, skipped, doubts;
};

/* A page with what it was decoded from; bytes of a saved page, or of a response. */
struct document_bytes {
    char *data, *content_type, *url;
    gsize length;
};

static void
bytes_clear(struct document_bytes *bytes)
{
    g_clear_pointer(&bytes->data, g_free);
    g_clear_pointer(&bytes->content_type, g_free);
    g_clear_pointer(&bytes->url, g_free);
}
DEFINE_AUTO_CLEAR(document_bytes, bytes_clear)

/* The path of a saved copy, if there is one; owned. */
static char *
saved_path(const char *page)
{
    const char *corpora = g_getenv("CRIER_CORPORA");
    g_autofree char *path = page && corpora ? g_build_filename(corpora, page, NULL) : NULL;
    return path && g_file_test(path, G_FILE_TEST_IS_REGULAR) ? g_steal_pointer(&path) : NULL;
}

/* A saved copy where there is one, else what the request (taken) brings. */
static bool
load(struct check *c, struct request *request, const char *page, struct document_bytes *out)
{
    g_autofree char *url = g_strdup(request->url), *path = saved_path(page);
    *out = (struct document_bytes){0};
    if (path && g_file_get_contents(path, &out->data, &out->length, NULL)) {
        out->url = g_steal_pointer(&url);
        request_free(request);
        worker_bound(page);
        return true;
    }
    AUTO(response_free) struct response *r = worker_ask(c->context, request);
    if (!r)
        return false;
    out->length = r->body->len;
    out->data = g_memdup2(r->body->len ? (const char *)r->body->data : "",
                          r->body->len + (r->body->len == 0));
    out->content_type = g_strdup(r->content_type);
    out->url = g_strdup(r->url);
    return true;
}

static void
take_text(char **to, const char *text)
{
    g_free(*to);
    *to = g_strdup(text);
}

static struct page *
open_page(const struct check *c, const struct document_bytes *bytes,
          const struct portal_section *section)
{
    struct charset_hints hints = {.content_type = bytes->content_type,
                                  .fallback = section && section->charset ? section->charset
                                              : section && section->edition->charset
                                                  ? section->edition->charset
                                                  : c->portal->charset};
    return page_open(bytes->data, bytes->length, &hints, bytes->url);
}

static void complain(struct check *c, const char *format, ...) G_GNUC_PRINTF(2, 3);

static void
complain(struct check *c, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *text = g_strdup_vprintf(format, args);
    va_end(args);
    print_textf(stdout, "    ! %s\n", text);
    c->failed++;
}

/* What may be meant so, and is no fault for that. */
static void
doubt(gpointer data, const char *sentence)
{
    struct check *c = data;
    print_textf(stdout, "    ? %s\n", sentence);
    c->doubts++;
}

/* "    Title     20  A notice about …" */
static void
print_rule(const struct portal_rule *rule, const char *name, guint count, const char *first)
{
    if (!portal_rule_given(rule))
        return;
    g_autofree char *line = first ? text_squeeze(first, -1) : g_strdup("");
    g_autofree char *cut = g_utf8_strlen(line, -1) > 60 ? g_utf8_substring(line, 0, 60)
                                                        : g_strdup(line);
    print_textf(stdout, "    %-8s %5u  %s%s\n", name, count, cut,
                strlen(cut) < strlen(line) ? "…" : "");
}

/* A rule relative to rows, which are nodes or (json) values: in how many it says something. */
static void
check_field(struct check *c, struct page *page, const GPtrArray *rows, bool json,
            const struct portal_rule *rule)
{
    if (!portal_rule_given(rule))
        return;
    guint count = 0;
    g_autofree char *first = NULL;
    for (guint i = 0; i < rows->len; i++) {
        void *row = g_ptr_array_index(rows, i);
        struct rule_scope scope = {
            .page = page, .node = json ? NULL : row, .json = json ? row : NULL};
        g_autofree char *text = rule_text(&scope, rule);
        count += text != NULL;
        if (text && !first)
            first = g_steal_pointer(&text);
    }
    print_rule(rule, rule->key, count, first);
    if (rows->len && !count && !rule->from_url)
        complain(c, _("%s:%d: %s matches in no row"), rule->file, rule->line, rule->key);
}

/* One of the whole page. */
static void
check_rule(struct check *c, const struct rule_scope *scope, const struct portal_rule *rule,
           bool needed)
{
    if (!portal_rule_given(rule))
        return;
    g_autofree char *text = rule_text(scope, rule);
    g_autoptr(GPtrArray) nodes = scope->json ? g_ptr_array_new() : rule_nodes(scope, rule);
    print_rule(rule, rule->key, nodes->len ? nodes->len : text != NULL, text);
    if (needed && !nodes->len && !text)
        complain(c, _("%s:%d: %s matches nothing"), rule->file, rule->line, rule->key);
}

/* Rules that are wrong, and what else the page had to say. */
static void
check_warnings(struct check *c, const struct page *page)
{
    for (guint i = 0; i < page->warnings->len; i++) {
        const struct page_warning *w = g_ptr_array_index(page->warnings, i);
        g_autofree char *shown = detail_shown(w->message);
        /* that is counted where it is looked for */
        if (g_str_equal(w->code, "rule") && !strstr(w->message, "matches nothing"))
            complain(c, "%s", shown);
        else if (g_str_equal(w->code, "json"))
            complain(c, "%s: %s", c->portal->file, shown);
        else if (!g_str_equal(w->code, "rule"))
            print_textf(stdout, "    %s: %s\n", w->code, shown);
    }
}

static void
check_article_rules(struct check *c, struct page *page, const struct portal_article *rules,
                    const char *url)
{
    json_t *json = rules->format == PORTAL_JSON ? rule_page_json(page, rules->json) : NULL;
    const struct rule_scope scope = {.page = page, .json = json, .url = url};
    if (rules->format == PORTAL_HTML || json) {
        check_rule(c, &scope, &rules->title, true);
        check_rule(c, &scope, &rules->date, true);
        check_rule(c, &scope, &rules->source, false);
        check_rule(c, &scope, &rules->author, false);
        check_rule(c, &scope, &rules->section, false);
        check_rule(c, &scope, &rules->number, false);
        check_rule(c, &scope, &rules->body, true);
        check_rule(c, &scope, &rules->remove, false);
        check_rule(c, &scope, &rules->ignore_elements, false);
        check_rule(c, &scope, &rules->attachments, false);
        check_rule(c, &scope, &rules->next, false);
    }
    json_decref(json);
}

static void
check_article(struct check *c, const struct portal_section *section, const char *url)
{
    AUTO(bytes_clear) struct document_bytes bytes = {0};
    print_textf(stdout, "  %s\n", url);
    if (!load(c, request_for_article(c->portal, section->edition->id, url), NULL, &bytes)) {
        complain(c, _("it cannot be read"));
        return;
    }
    const struct portal_article *rules = portal_article_rules(c->portal, section->edition->id, url);
    if (rules && rules->url)
        take_text(&bytes.url, url);
    AUTO(page_free) struct page *page = open_page(c, &bytes, section);
    if (rules)
        check_article_rules(c, page, rules, url);
    struct article_options o = {.portal = c->portal,
                                .edition = section->edition->id,
                                .language = section->edition->language,
                                .first = url,
                                .dates = c->portal->dates,
                                .now = clock_now()};
    g_autoptr(GError) error = NULL;
    AUTO(article_free) struct article *article = article_extract(page, &o, &error);
    check_warnings(c, page);
    if (!article) {
        complain(c, "%s", _(error->message));
        return;
    }
    g_autofree char *date =
        article->published.precision == DATE_NONE ? g_strdup("-") : date_iso(&article->published);
    print_textf(stdout, _("    read: %s, %s, characters: %lu (%s)\n"),
                article->title ? article->title : "-", date,
                (unsigned long)document_characters(article->document), article->method);
    if (article->next)
        print_textf(stdout, _("    next part: %s\n"), article->next);
}

/* The rows that a section's rule selects, borrowed of page and json. */
static GPtrArray *
rows_of(struct page *page, const struct portal_section *s, const json_t *json)
{
    const struct rule_scope scope = {.page = page, .json = json};
    if (!json)
        return rule_nodes(&scope, &s->rows);
    GPtrArray *rows = g_ptr_array_new();
    size_t i;
    json_t *row;
    json_array_foreach(rule_json(&scope, &s->rows), i, row) g_ptr_array_add(rows, row);
    return rows;
}

static void
check_list_rules(struct check *c, struct page *page, const struct portal_section *s)
{
    json_t *json = s->format == PORTAL_JSON ? rule_page_json(page, s->json) : NULL;
    g_autoptr(GPtrArray) rows = rows_of(page, s, json);
    print_rule(&s->rows, "Rows", rows->len, NULL);
    if (!rows->len)
        complain(c, _("%s:%d: %s matches nothing"), s->rows.file, s->rows.line, "Rows");
    const struct portal_rule *fields[] = {&s->title, &s->link, &s->date, &s->summary};
    for (size_t i = 0; i < G_N_ELEMENTS(fields); i++)
        check_field(c, page, rows, json != NULL, fields[i]);
    if (!json) {
        const struct rule_scope scope = {.page = page, .url = page->url};
        check_rule(c, &scope, &s->next, false);
    }
    json_decref(json);
}

/* Compares what rules give with what repetition finds; page was asked for the list. */
static void
compare_list(struct check *c, const struct portal_section *s, const struct document_bytes *bytes,
             const struct list *list)
{
    AUTO(page_free) struct page *page = open_page(c, bytes, s);
    struct list_options o = {.dates = c->portal->dates, .now = clock_now()};
    page_settle_dates(page, s->edition->language, &o.dates);
    bool ruled = portal_rule_given(&s->rows) && s->format == PORTAL_HTML;
    AUTO(list_free) struct list *repeated = ruled ? list_extract(page, &o, NULL) : NULL;
    const struct worker_listener listener = {doubt, c};
    worker_doubt(list, repeated, s, &listener);
}

static void
check_list(struct check *c, const struct portal_section *s, const struct document_bytes *bytes)
{
    AUTO(page_free) struct page *page = open_page(c, bytes, s);
    g_autofree char *records = embedded_records(page);
    if (portal_rule_given(&s->rows) && !records && !s->html)
        check_list_rules(c, page, s);
    struct list_options o = {
        .portal = c->portal, .section = s, .dates = c->portal->dates, .now = clock_now()};
    g_autoptr(GError) error = NULL;
    AUTO(list_free) struct list *list = list_extract(page, &o, &error);
    check_warnings(c, page);
    if (!list) {
        complain(c, "%s", _(error->message));
        return;
    }
    print_textf(stdout, _("    entries: %u (%s)\n"), list->entries->len, list->carrier);
    if (!list->entries->len) /* it leads to the lists of years or months */
        return;
    compare_list(c, s, bytes, list);
    check_article(c, s, ((const struct list_entry *)g_ptr_array_index(list->entries, 0))->link);
}

/* NULL with a complaint when it is none. */
static struct feed *
open_feed(struct check *c, const struct document_bytes *bytes)
{
    struct feed_options o = {.charset = {.content_type = bytes->content_type},
                             .url = bytes->url,
                             .dates = c->portal->dates,
                             .sitemaps = true,
                             .calendars = ical_read};
    g_autoptr(GError) error = NULL;
    struct feed *feed = feed_parse(bytes->data, bytes->length, &o, &error);
    if (!feed)
        complain(c, "%s", _(error->message));
    return feed;
}

static void
check_feed(struct check *c, const struct portal_section *s, const struct document_bytes *bytes)
{
    AUTO(feed_free) struct feed *feed = open_feed(c, bytes);
    if (!feed)
        return;
    print_textf(stdout, _("    entries: %u (%s)\n"), feed->items->len, feed->format);
    const struct feed_item *first = feed->items->len ? g_ptr_array_index(feed->items, 0) : NULL;
    if (first && first->link)
        check_article(c, s, first->link);
}

/* The token of a section, or NULL with a complaint. */
static char *
find_token(struct check *c, const struct portal_section *s, const char *url)
{
    AUTO(bytes_clear) struct document_bytes bytes = {0};
    if (!load(c, request_for_url(c->portal, url), NULL, &bytes)) {
        complain(c, _("it cannot be read"));
        return NULL;
    }
    const struct parse_rules rules = {
        .portal = c->portal, .section = s, .charset_default = c->portal->charset};
    AUTO(parse_result_free)
    struct parse_result *result =
        parse_token(bytes.data, bytes.length, bytes.content_type, bytes.url, &rules);
    char *token = g_steal_pointer(&result->token);
    print_rule(&s->token, "Token", token != NULL, token);
    if (!token)
        complain(c, _("%s:%d: %s matches nothing"), s->token.file, s->token.line, "Token");
    return token;
}

static void
check_section(struct check *c, const struct portal_section *s)
{
    print_textf(stdout, "%s/%s  %s  %s\n", s->edition->id, s->id,
                s->kind == PORTAL_FEED ? "feed" : "list", s->url);
    const char *token_url = portal_token_url(c->portal, s);
    g_autofree char *token = token_url ? find_token(c, s, token_url) : NULL;
    if (token_url && !token)
        return;
    AUTO(bytes_clear) struct document_bytes bytes = {0};
    struct request *request = request_for_page(c->portal, s, 0, token);
    if (!request || !load(c, request, NULL, &bytes))
        complain(c, _("it cannot be read"));
    else if (s->kind == PORTAL_FEED)
        check_feed(c, s, &bytes);
    else
        check_list(c, s, &bytes);
}

/* --- tests within the file -------------------------------------------------------------- */

static void
compare(struct check *c, const char *name, const char *wanted, const char *got, bool prefix)
{
    if (!wanted)
        return;
    g_autofree char *clean = text_squeeze(wanted, -1);
    if (got && (prefix ? g_str_has_prefix(got, clean) : g_str_equal(got, clean)))
        return;
    complain(c, _("%s is '%s', not '%s'"), name, got ? got : "", clean);
}

static void
run_feed_test(struct check *c, const struct portal_test *test, const struct document_bytes *bytes)
{
    AUTO(feed_free) struct feed *feed = open_feed(c, bytes);
    if (!feed)
        return;
    const struct feed_item *first = feed->items->len ? g_ptr_array_index(feed->items, 0) : NULL;
    if (!first) {
        complain(c, "%s", _("the feed has no entries"));
        return;
    }
    g_autofree char *wanted = test->rows ? g_strdup_printf("%d", test->rows) : NULL;
    g_autofree char *rows = g_strdup_printf("%u", feed->items->len),
                    *title = first->title ? text_squeeze(first->title, -1) : NULL;
    g_autofree char *date = date_is_known(&first->published) ? date_utc(first->published.time)
                                                             : NULL;
    compare(c, "Rows", wanted, rows, false);
    compare(c, "Title", test->title, title, false);
    compare(c, "Date", test->date, date, true);
}

static void
run_list_test(struct check *c, const struct portal_test *test, const struct document_bytes *bytes)
{
    AUTO(page_free) struct page *page = open_page(c, bytes, test->section);
    struct list_options o = {.portal = c->portal,
                             .section = test->section,
                             .dates = c->portal->dates,
                             .now = clock_now()};
    g_autoptr(GError) error = NULL;
    AUTO(list_free) struct list *list = list_extract(page, &o, &error);
    check_warnings(c, page);
    if (!list) {
        complain(c, "%s", _(error->message));
        return;
    }
    const struct list_entry none = {0}, *first = &none; /* it leads to lists of years or months */
    if (list->entries->len) {
        compare_list(c, test->section, bytes, list);
        first = g_ptr_array_index(list->entries, 0);
    }
    g_autofree char *date = first->published.precision == DATE_NONE ? NULL
                                                                    : date_iso(&first->published);
    g_autofree char *wanted = test->rows ? g_strdup_printf("%d", test->rows) : NULL;
    g_autofree char *rows = g_strdup_printf("%u", list->entries->len);
    compare(c, "Rows", wanted, rows, false);
    compare(c, "Title", test->title, first->title, false);
    compare(c, "Date", test->date, date, true);
}

static void
run_article_test(struct check *c, const struct portal_test *test, struct document_bytes *bytes)
{
    const struct portal_article *rules = portal_article_rules(c->portal, test->edition, test->url);
    if (rules && rules->url && test->url)
        take_text(&bytes->url, test->url);
    AUTO(page_free) struct page *page = open_page(c, bytes, NULL);
    const struct portal_edition *edition =
        test->edition ? portal_find_edition(c->portal, test->edition) : NULL;
    struct article_options o = {.portal = c->portal,
                                .edition = test->edition,
                                .language = edition ? edition->language : NULL,
                                .dates = c->portal->dates,
                                .now = clock_now()};
    g_autoptr(GError) error = NULL;
    AUTO(article_free) struct article *article = article_extract(page, &o, &error);
    check_warnings(c, page);
    if (!article) {
        complain(c, "%s", _(error->message));
        return;
    }
    g_autofree char *date =
        article->published.precision == DATE_NONE ? NULL : date_iso(&article->published);
    g_autofree char *body = document_plain(article->document);
    g_autofree char *line = text_squeeze(body, -1);
    g_autofree char *start = g_utf8_strlen(line, -1) > 60 ? g_utf8_substring(line, 0, 60)
                                                          : g_strdup(line);
    compare(c, "Title", test->title, article->title, false);
    compare(c, "Date", test->date, date, true);
    if (test->body && !g_str_has_prefix(line, test->body))
        compare(c, "Body", test->body, start, true);
}

/* A test's page: saved, or asked for; false, reported, when it is neither. */
static bool
load_test(struct check *c, const struct portal_test *test, struct document_bytes *bytes)
{
    const char *url = test->url ? test->url : c->portal->home;
    const struct portal_section *s = test->section;
    struct request *request = s && g_str_equal(url, s->url)
                                  ? request_for_page(c->portal, s, 0, NULL)
                              : s ? request_for_url(c->portal, url)
                                  : request_for_article(c->portal, test->edition, url);
    g_autofree char *saved = saved_path(test->page);
    if (!saved && (c->offline || !test->url)) {
        request_free(request);
        print_textf(stdout, _("    skipped: there is no saved page\n"));
        c->skipped++;
        return false;
    }
    if (load(c, request, test->page, bytes))
        return true;
    complain(c, _("it cannot be read"));
    return false;
}

static void
run_test(struct check *c, const struct portal_test *test)
{
    guint before = c->failed;
    print_textf(stdout, _("test %s\n"), test->name);
    AUTO(bytes_clear) struct document_bytes bytes = {0};
    if (!load_test(c, test, &bytes))
        return;
    if (test->section && test->section->kind == PORTAL_FEED)
        run_feed_test(c, test, &bytes);
    else if (test->section)
        run_list_test(c, test, &bytes);
    else
        run_article_test(c, test, &bytes);
    if (c->failed == before)
        print_textf(stdout, _("    passed\n"));
}

/* --- before anything is asked for ------------------------------------------------------- */

/* Whether every XPath of the file is one; what is wrong is said, and nothing is asked for then. */
static bool
check_syntax(struct check *c)
{
    g_autoptr(GPtrArray) faults = rule_faults(c->portal);
    for (guint i = 0; i < faults->len; i++) {
        g_autofree char *shown = detail_shown(g_ptr_array_index(faults, i));
        complain(c, "%s", shown);
    }
    return !faults->len;
}

static int
finish(const struct check *c)
{
    print_textf(stdout, _("sections: %u, tests: %u, skipped: %u, complaints: %u\n"),
                c->portal->sections->len, c->portal->tests->len, c->skipped, c->failed);
    if (c->doubts)
        print_textf(stdout, _("warnings: %u\n"), c->doubts);
    return c->failed ? STATUS_SOME : STATUS_OK;
}

int
worker_portal_check(struct context *context, const char *file, bool offline)
{
    g_autoptr(GError) error = NULL;
    /* one of the catalogue by its id, where there is no such file */
    AUTO(portal_free)
    struct portal *portal = !g_file_test(file, G_FILE_TEST_EXISTS) &&
                                    catalogue_has(context->config_dir, file)
                                ? catalogue_open(context->config_dir, file, &error)
                                : portal_load(file, &error);
    if (!portal) {
        message_error("%s", error->message);
        return STATUS_USAGE;
    }
    setvbuf(stdout, NULL, _IOLBF, 0); /* what is known of a page that is too much */
    const char *const saved[] = {g_getenv("CRIER_CORPORA"), NULL};
    worker_enclose(context, ENCLOSE_CONFIG, saved, NULL);
    struct check c = {.context = context, .portal = portal, .offline = offline};
    if (!check_syntax(&c))
        return finish(&c);
    for (guint i = 0; i < portal->sections->len && !offline && !portal->fingerprint; i++)
        check_section(&c, g_ptr_array_index(portal->sections, i));
    for (guint i = 0; i < portal->tests->len; i++)
        run_test(&c, g_ptr_array_index(portal->tests, i));
    return finish(&c);
}
