/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `crier portal check FILE`: what each rule of a portal file matches on the portal's own
 * pages, and the tests that lie in the file, on saved pages where they are present.
 */
#include "config.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/message.h"
#include "base/status.h"
#include "feed/feed.h"
#include "fetch/http.h"
#include "portal/article.h"
#include "portal/list.h"
#include "text/clean.h"
#include "worker/commands.h"

#include <string.h>

struct check {
    const struct context *context;
    const struct portal *portal;
    guint failed;
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

static bool
load(struct check *c, const char *url, const char *saved, struct document_bytes *out)
{
    *out = (struct document_bytes){0};
    const char *corpora = g_getenv("CRIER_CORPORA");
    g_autofree char *path = saved && corpora ? g_build_filename(corpora, saved, NULL) : NULL;
    if (path && g_file_get_contents(path, &out->data, &out->length, NULL)) {
        out->url = g_strdup(url);
        return true;
    }
    AUTO(response_free) struct response *r = worker_get(c->context, url);
    if (!r)
        return false;
    out->length = r->body->len;
    out->data = g_memdup2(r->body->len ? (const char *)r->body->data : "", r->body->len + (r->body->len == 0));
    out->content_type = g_strdup(r->content_type);
    out->url = g_strdup(r->url);
    return true;
}

static struct page *
open_page(const struct check *c, const struct document_bytes *bytes, const struct portal_section *section)
{
    struct charset_hints hints = {.content_type = bytes->content_type,
                                  .fallback = section && section->charset ? section->charset
                                              : section && section->edition->charset ? section->edition->charset
                                              : c->portal->charset};
    return page_open(bytes->data, bytes->length, &hints, bytes->url);
}

static void
complain(struct check *c, const char *format, ...) G_GNUC_PRINTF(2, 3);

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

/* "    Title     20  A notice about …" */
static void
print_rule(const struct portal_rule *rule, const char *name, guint count, const char *first)
{
    if (!rule->xpaths || !rule->xpaths->len)
        return;
    g_autofree char *line = first ? text_squeeze(first, -1) : g_strdup("");
    g_autofree char *cut = g_utf8_strlen(line, -1) > 60 ? g_utf8_substring(line, 0, 60) : g_strdup(line);
    print_textf(stdout, "    %-8s %5u  %s%s\n", name, count, cut, strlen(cut) < strlen(line) ? "…" : "");
}

/* A rule relative to rows: in how many it says something. */
static void
check_field(struct check *c, struct page *page, const GPtrArray *rows, const struct portal_rule *rule, const char *name)
{
    guint count = 0;
    g_autofree char *first = NULL;
    for (guint i = 0; i < rows->len; i++) {
        g_autofree char *text = page_rule_text(page, g_ptr_array_index(rows, i), rule, c->portal);
        count += text != NULL;
        if (text && !first)
            first = g_steal_pointer(&text);
    }
    print_rule(rule, name, count, first);
    if (rule->xpaths && rule->xpaths->len && rows->len && !count)
        complain(c, _("line %d: %s matches in no row"), rule->line, name);
}

/* One that selects nodes of the whole page. */
static void
check_rule(struct check *c, struct page *page, const struct portal_rule *rule, const char *name, bool needed)
{
    if (!rule->xpaths || !rule->xpaths->len)
        return;
    g_autofree char *text = page_rule_text(page, NULL, rule, c->portal);
    g_autoptr(GPtrArray) nodes = page_rule_nodes(page, NULL, rule, c->portal);
    print_rule(rule, name, nodes->len ? nodes->len : text != NULL, text);
    if (needed && !nodes->len && !text)
        complain(c, _("line %d: %s matches nothing"), rule->line, name);
}

static void
check_article(struct check *c, const struct portal_section *section, const char *url)
{
    AUTO(bytes_clear) struct document_bytes bytes;
    print_textf(stdout, "  %s\n", url);
    if (!load(c, url, NULL, &bytes)) {
        complain(c, _("it cannot be read"));
        return;
    }
    AUTO(page_free) struct page *page = open_page(c, &bytes, section);
    const struct portal_article *rules = portal_article_rules(c->portal, section->edition->id, url);
    if (rules) {
        check_rule(c, page, &rules->title, "Title", true);
        check_rule(c, page, &rules->date, "Date", true);
        check_rule(c, page, &rules->source, "Source", false);
        check_rule(c, page, &rules->author, "Author", false);
        check_rule(c, page, &rules->section, "Section", false);
        check_rule(c, page, &rules->body, "Body", true);
        check_rule(c, page, &rules->remove, "Remove", false);
    }
    struct article_options o = {c->portal, section->edition->id, section->edition->language, c->portal->offset, clock_now()};
    g_autoptr(GError) error = NULL;
    AUTO(article_free) struct article *article = article_extract(page, &o, &error);
    if (!article) {
        complain(c, "%s", error->message);
        return;
    }
    g_autofree char *date = article->published.precision == DATE_NONE ? g_strdup("-") : date_iso(&article->published);
    print_textf(stdout, _("    read: %s, %s, characters: %lu (%s)\n"), article->title ? article->title : "-", date,
                (unsigned long)document_characters(article->document), article->method);
}

static void
check_list(struct check *c, const struct portal_section *s, const struct document_bytes *bytes)
{
    AUTO(page_free) struct page *page = open_page(c, bytes, s);
    if (s->rows.xpaths && s->rows.xpaths->len) {
        g_autoptr(GPtrArray) rows = page_rule_nodes(page, NULL, &s->rows, c->portal);
        print_rule(&s->rows, "Rows", rows->len, NULL);
        if (!rows->len)
            complain(c, _("line %d: %s matches nothing"), s->rows.line, "Rows");
        check_field(c, page, rows, &s->title, "Title");
        check_field(c, page, rows, &s->link, "Link");
        check_field(c, page, rows, &s->date, "Date");
        check_field(c, page, rows, &s->summary, "Summary");
        check_rule(c, page, &s->next, "Next", false);
    }
    struct list_options o = {c->portal, s, c->portal->offset, clock_now()};
    g_autoptr(GError) error = NULL;
    AUTO(list_free) struct list *list = list_extract(page, &o, &error);
    if (!list) {
        complain(c, "%s", error->message);
        return;
    }
    print_textf(stdout, _("    entries: %u (%s)\n"), list->entries->len, list->carrier);
    check_article(c, s, ((const struct list_entry *)g_ptr_array_index(list->entries, 0))->link);
}

static void
check_feed(struct check *c, const struct portal_section *s, const struct document_bytes *bytes)
{
    struct feed_options o = {.charset = {.content_type = bytes->content_type}, .url = bytes->url,
                             .default_offset = c->portal->offset, .sitemaps = true};
    g_autoptr(GError) error = NULL;
    AUTO(feed_free) struct feed *feed = feed_parse(bytes->data, bytes->length, &o, &error);
    if (!feed) {
        complain(c, "%s", error->message);
        return;
    }
    print_textf(stdout, _("    entries: %u (%s)\n"), feed->items->len, feed->format);
    const struct feed_item *first = feed->items->len ? g_ptr_array_index(feed->items, 0) : NULL;
    if (first && first->link)
        check_article(c, s, first->link);
}

static void
check_section(struct check *c, const struct portal_section *s)
{
    print_textf(stdout, "%s/%s  %s  %s\n", s->edition->id, s->id, s->kind == PORTAL_FEED ? "feed" : "list", s->url);
    AUTO(bytes_clear) struct document_bytes bytes;
    if (!load(c, s->url, NULL, &bytes))
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
run_list_test(struct check *c, const struct portal_test *test, const struct document_bytes *bytes)
{
    AUTO(page_free) struct page *page = open_page(c, bytes, test->section);
    struct list_options o = {c->portal, test->section, c->portal->offset, clock_now()};
    g_autoptr(GError) error = NULL;
    AUTO(list_free) struct list *list = list_extract(page, &o, &error);
    if (!list) {
        complain(c, "%s", error->message);
        return;
    }
    const struct list_entry *first = g_ptr_array_index(list->entries, 0);
    g_autofree char *date = first->published.precision == DATE_NONE ? NULL : date_iso(&first->published);
    g_autofree char *wanted = test->rows ? g_strdup_printf("%d", test->rows) : NULL;
    g_autofree char *rows = g_strdup_printf("%u", list->entries->len);
    compare(c, "Rows", wanted, rows, false);
    compare(c, "Title", test->title, first->title, false);
    compare(c, "Date", test->date, date, true);
}

static void
run_article_test(struct check *c, const struct portal_test *test, const struct document_bytes *bytes)
{
    AUTO(page_free) struct page *page = open_page(c, bytes, NULL);
    const struct portal_edition *edition = test->edition ? portal_find_edition(c->portal, test->edition) : NULL;
    struct article_options o = {c->portal, test->edition, edition ? edition->language : NULL, c->portal->offset, clock_now()};
    g_autoptr(GError) error = NULL;
    AUTO(article_free) struct article *article = article_extract(page, &o, &error);
    if (!article) {
        complain(c, "%s", error->message);
        return;
    }
    g_autofree char *date = article->published.precision == DATE_NONE ? NULL : date_iso(&article->published);
    compare(c, "Title", test->title, article->title, false);
    compare(c, "Date", test->date, date, true);
}

static void
run_test(struct check *c, const struct portal_test *test)
{
    guint before = c->failed;
    print_textf(stdout, _("test %s\n"), test->name);
    AUTO(bytes_clear) struct document_bytes bytes;
    if (!load(c, test->url, test->page, &bytes))
        complain(c, _("it cannot be read"));
    else if (test->section)
        run_list_test(c, test, &bytes);
    else
        run_article_test(c, test, &bytes);
    if (c->failed == before)
        print_textf(stdout, _("    passed\n"));
}

int
worker_portal_check(struct context *context, const char *file)
{
    g_autoptr(GError) error = NULL;
    AUTO(portal_free) struct portal *portal = portal_load(file, &error);
    if (!portal) {
        message_error("%s", error->message);
        return STATUS_USAGE;
    }
    struct check c = {context, portal, 0};
    for (guint i = 0; i < portal->sections->len; i++)
        check_section(&c, g_ptr_array_index(portal->sections, i));
    for (guint i = 0; i < portal->tests->len; i++)
        run_test(&c, g_ptr_array_index(portal->tests, i));
    print_textf(stdout, _("sections: %u, tests: %u, complaints: %u\n"), portal->sections->len, portal->tests->len, c.failed);
    return c.failed ? STATUS_SOME : STATUS_OK;
}
