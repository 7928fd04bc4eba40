/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the process that has the store and those that read foreign bytes say to one another: results
 * and rules go through whole, damaged ones are refused, and a helper that fails costs one page.
 */
#include "config.h"

#include "base/clean.h"
#include "base/url.h"
#include "config/portal-wire.h"
#include "parse/helper-role.h"
#include "parse/helper.h"
#include "parse/question.h"
#include "parse/result.h"

#include <signal.h>
#include <string.h>

#define URL "http://a.example/page"

enum { PARSER, CONVERTER };

static starter_role *const roles[] = {helper_be_parser, helper_be_converter};
static struct starter *starter;

static const struct parse_page feed_page = {PARSE_FEED, "", 0, "text/xml", URL, NULL},
                               article_page = {PARSE_ARTICLE, "",  0,
                                               "text/html",   URL, "http://a.example/link"};

/* --- a result with everything in it --- */

static const struct date whole_date = {1750000000, 480, true, true, DATE_SECOND};
static const struct date least_date = {-62135596800, -720, false, false, DATE_DAY};

static struct document *
document_of(const char *text)
{
    struct document *document = document_from_text(text);
    document_finish(document);
    return document;
}

static struct stored_document *
packed_of(const char *text)
{
    AUTO(document_free) struct document *document = document_of(text);
    return stored_document_new(document);
}

static struct entry *
full_entry(void)
{
    struct entry *e = entry_new();
    char **texts[] = {&e->id,       &e->title,    &e->author, &e->publisher,  &e->section,
                      &e->language, &e->identity, &e->digest, &e->event.place};
    static const char *const values[] = {"id 市",   "Новый мост",  "作者",     "Город",    "раздел",
                                         "zh-Hans", "a.example/1", "0123abcd", "Площадь 1"};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        *texts[i] = g_strdup(values[i]);
    e->link = g_strdup("https://a.example/1?x=%E5%B8%82");
    e->untitled = e->shared_id = e->shared_title = true;
    e->published = whole_date;
    e->updated = least_date;
    e->event.starts = whole_date;
    e->event.ends = least_date;
    e->document = packed_of("Текст\nhttp://a.example/more");
    entry_add_attachment(e, g_strdup("http://a.example/a.pdf"), g_strdup("附件"), g_strdup("pdf"),
                         G_MAXINT64);
    entry_add_attachment(e, g_strdup("http://a.example/b.pdf"), NULL, NULL, -1);
    return e;
}

static struct parse_result *
full_feed(void)
{
    struct parse_result *r = parse_result_new(PARSE_FEED, NULL);
    r->title = g_strdup("Лента");
    r->home = g_strdup("http://a.example/");
    r->language = g_strdup("ru");
    r->next = g_strdup("http://a.example/feed?page=2");
    r->refresh = g_strdup("http://a.example/feed2");
    r->charset = g_strdup("gb18030");
    r->charset_evidence = g_strdup("http: gbk; used: http");
    r->is_index = r->needs_pages = r->redate = true;
    r->hints = (struct schedule_hints){1440, (1 << 24) - 1, 127};
    problems_add(r->warnings, problem_new(PROBLEM_BAD_DATE, "предмет", 7, "подробность"));
    problems_add(r->warnings, problem_new(PROBLEM_LIMIT, NULL, PROBLEM_NO_NUMBER, NULL));
    g_ptr_array_add(r->entries, full_entry());
    struct entry *bare = entry_new();
    bare->title = g_strdup("");
    AUTO(document_free) struct document *document = document_of("Не сжатый");
    bare->document = stored_document_plain(document);
    g_ptr_array_add(r->entries, bare);
    return r;
}

static struct article *
full_article(void)
{
    struct article *a = article_new(URL, "zh");
    a->title = g_strdup("题目");
    a->source = g_strdup("источник");
    a->author = g_strdup("автор");
    a->section = g_strdup("раздел");
    a->next = g_strdup("http://a.example/page_2");
    a->published = whole_date;
    a->updated = least_date;
    a->event = (struct event){whole_date, least_date, g_strdup("место")};
    a->method = "density";
    document_free(a->document);
    a->document = document_of("Абзац\nhttp://b.example/");
    struct edition_link *edition = g_new0(struct edition_link, 1);
    *edition = (struct edition_link){g_strdup("en"), g_strdup("http://a.example/en/"), "home"};
    g_ptr_array_add(a->editions, edition);
    struct attachment *attachment = g_new0(struct attachment, 1);
    *attachment =
        (struct attachment){g_strdup("http://a.example/x.doc"), g_strdup("附"), g_strdup("doc")};
    g_ptr_array_add(a->attachments, attachment);
    struct fact *fact = g_new0(struct fact, 1);
    *fact = (struct fact){g_strdup("索引号"), g_strdup("000014")};
    g_ptr_array_add(a->facts, fact);
    return a;
}

static struct parse_result *
full_page(void)
{
    struct parse_result *r = parse_result_new(
        PARSE_ARTICLE, problem_new(PROBLEM_NO_TEXT, "http://a.example/link", 3, "почему"));
    r->page->article = full_article();
    r->page->forward = g_strdup("http://a.example/frame");
    r->page->url = g_strdup("http://a.example/link");
    r->page->charset = g_strdup("utf-8");
    r->page->charset_evidence = g_strdup("bytes");
    r->page->is_file = true;
    r->page->absence = WITHDRAWAL_LIST;
    return r;
}

static struct parse_result *
through(const struct parse_result *result, const struct parse_page *page)
{
    const struct parse_rules rules = {.keeps_files = true};
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    result_put(bytes, result);
    struct wire_input in = wire_input(bytes->data, bytes->len);
    return result_get(&in, page, &rules);
}

static void
same_date(const struct date *a, const struct date *b)
{
    g_assert_cmpint(a->time, ==, b->time);
    g_assert_cmpint(a->offset, ==, b->offset);
    g_assert_cmpint(a->zoned, ==, b->zoned);
    g_assert_cmpint(a->ambiguous, ==, b->ambiguous);
    g_assert_cmpint(a->precision, ==, b->precision);
}

static void
same_event(const struct event *a, const struct event *b)
{
    same_date(&a->starts, &b->starts);
    same_date(&a->ends, &b->ends);
    g_assert_cmpstr(a->place, ==, b->place);
}

static void
same_stored(const struct stored_document *a, const struct stored_document *b)
{
    g_assert_true(!a == !b);
    if (!a)
        return;
    g_assert_nonnull(b->packed);
    AUTO(document_free) struct document *one = stored_document_read(a),
                                        *other = stored_document_read(b);
    g_autoptr(GBytes) of_one = document_serialize(one), of_other = document_serialize(other);
    g_assert_true(g_bytes_equal(of_one, of_other));
}

static void
same_entry(const struct entry *a, const struct entry *b)
{
    g_assert_cmpstr(a->id, ==, b->id);
    g_assert_cmpstr(a->link, ==, b->link);
    g_assert_cmpstr(a->title, ==, b->title);
    g_assert_cmpstr(a->author, ==, b->author);
    g_assert_cmpstr(a->publisher, ==, b->publisher);
    g_assert_cmpstr(a->section, ==, b->section);
    g_assert_cmpstr(a->language, ==, b->language);
    g_assert_cmpstr(a->identity, ==, b->identity);
    g_assert_cmpstr(a->digest, ==, b->digest);
    g_assert_cmpint(a->untitled, ==, b->untitled);
    g_assert_cmpint(a->shared_id, ==, b->shared_id);
    g_assert_cmpint(a->shared_link, ==, b->shared_link);
    g_assert_cmpint(a->shared_title, ==, b->shared_title);
    same_date(&a->published, &b->published);
    same_date(&a->updated, &b->updated);
    same_event(&a->event, &b->event);
    same_stored(a->document, b->document);
    guint count = a->attachments ? a->attachments->len : 0;
    g_assert_cmpuint(count, ==, b->attachments ? b->attachments->len : 0);
    for (guint i = 0; i < count; i++) {
        const struct stored_attachment *one = g_ptr_array_index(a->attachments, i),
                                       *other = g_ptr_array_index(b->attachments, i);
        g_assert_cmpstr(one->url, ==, other->url);
        g_assert_cmpstr(one->title, ==, other->title);
        g_assert_cmpstr(one->type, ==, other->type);
        g_assert_cmpint(one->length, ==, other->length);
    }
}

static void
same_problem(const struct problem *a, const struct problem *b)
{
    g_assert_true(!a == !b);
    g_assert_true(!a || problem_equal(a, b));
}

static void
same_article(const struct article *a, const struct article *b)
{
    g_assert_cmpstr(a->url, ==, b->url);
    g_assert_cmpstr(a->title, ==, b->title);
    g_assert_cmpstr(a->source, ==, b->source);
    g_assert_cmpstr(a->author, ==, b->author);
    g_assert_cmpstr(a->section, ==, b->section);
    g_assert_cmpstr(a->language, ==, b->language);
    g_assert_cmpstr(a->next, ==, b->next);
    g_assert_cmpstr(a->method, ==, b->method);
    same_date(&a->published, &b->published);
    same_date(&a->updated, &b->updated);
    same_event(&a->event, &b->event);
    g_autoptr(GBytes) one = document_serialize(a->document),
                      other = document_serialize(b->document);
    g_assert_true(g_bytes_equal(one, other));
    const struct edition_link *edition = g_ptr_array_index(b->editions, 0);
    g_assert_cmpstr(edition->language, ==, "en");
    g_assert_cmpstr(edition->url, ==, "http://a.example/en/");
    g_assert_cmpstr(edition->scope, ==, "home");
    const struct attachment *attachment = g_ptr_array_index(b->attachments, 0);
    g_assert_cmpstr(attachment->url, ==, "http://a.example/x.doc");
    g_assert_cmpstr(attachment->title, ==, "附");
    g_assert_cmpstr(attachment->type, ==, "doc");
    const struct fact *fact = g_ptr_array_index(b->facts, 0);
    g_assert_cmpstr(fact->label, ==, "索引号");
    g_assert_cmpstr(fact->value, ==, "000014");
}

static void
same_result(const struct parse_result *a, const struct parse_result *b)
{
    g_assert_cmpstr(a->title, ==, b->title);
    g_assert_cmpstr(a->home, ==, b->home);
    g_assert_cmpstr(a->language, ==, b->language);
    g_assert_cmpstr(a->next, ==, b->next);
    g_assert_cmpstr(a->refresh, ==, b->refresh);
    g_assert_cmpstr(a->charset, ==, b->charset);
    g_assert_cmpstr(a->charset_evidence, ==, b->charset_evidence);
    g_assert_cmpstr(a->token, ==, b->token);
    g_assert_cmpint(a->is_index, ==, b->is_index);
    g_assert_cmpint(a->needs_pages, ==, b->needs_pages);
    g_assert_cmpint(a->redate, ==, b->redate);
    g_assert_cmpint(a->hints.ttl, ==, b->hints.ttl);
    g_assert_cmpuint(a->hints.hours, ==, b->hints.hours);
    g_assert_cmpuint(a->hints.days, ==, b->hints.days);
    same_problem(a->problem, b->problem);
    g_assert_cmpuint(a->warnings->len, ==, b->warnings->len);
    for (guint i = 0; i < a->warnings->len; i++)
        same_problem(g_ptr_array_index(a->warnings, i), g_ptr_array_index(b->warnings, i));
    g_assert_cmpuint(a->entries->len, ==, b->entries->len);
    for (guint i = 0; i < a->entries->len; i++)
        same_entry(g_ptr_array_index(a->entries, i), g_ptr_array_index(b->entries, i));
}

static void
test_feed_through(void)
{
    AUTO(parse_result_free) struct parse_result *feed = full_feed(), *back = NULL;
    back = through(feed, &feed_page);
    g_assert_nonnull(back);
    same_result(feed, back);
    g_assert_null(back->page);
}

static void
test_page_through(void)
{
    AUTO(parse_result_free) struct parse_result *page = full_page(), *back = NULL;
    back = through(page, &article_page);
    g_assert_nonnull(back);
    same_result(page, back);
    g_assert_cmpstr(back->page->forward, ==, page->page->forward);
    g_assert_cmpstr(back->page->url, ==, page->page->url);
    g_assert_cmpstr(back->page->charset, ==, page->page->charset);
    g_assert_cmpstr(back->page->charset_evidence, ==, page->page->charset_evidence);
    g_assert_true(back->page->is_file && back->page->absence == WITHDRAWAL_LIST);
    same_problem(page->page->problem, back->page->problem);
    same_article(page->page->article, back->page->article);
}

static void
test_empty_through(void)
{
    AUTO(parse_result_free) struct parse_result *empty = parse_result_new(PARSE_LIST, NULL),
                                                *back = NULL;
    const struct parse_page page = {PARSE_LIST, "", 0, NULL, URL, NULL};
    back = through(empty, &page);
    g_assert_nonnull(back);
    same_result(empty, back);
    AUTO(parse_result_free) struct parse_result *token = parse_result_new(PARSE_TOKEN, NULL),
                                                *token_back = NULL;
    const struct parse_page token_page = {PARSE_TOKEN, "", 0, NULL, URL, NULL};
    token->token = g_strdup("k7");
    token_back = through(token, &token_page);
    g_assert_cmpstr(token_back->token, ==, "k7");
}

/* What is longer than may be read is cut where it is written, and at a character. */
static void
test_long_text(void)
{
    AUTO(parse_result_free) struct parse_result *feed = full_feed(), *back = NULL;
    struct entry *e = g_ptr_array_index(feed->entries, 0);
    g_autoptr(GString) text = g_string_new("a");
    while (text->len < 3 << 20)
        g_string_append(text, "市");
    g_free(e->title);
    e->title = g_strdup(text->str);
    back = through(feed, &feed_page);
    g_assert_nonnull(back);
    const char *title = ((const struct entry *)g_ptr_array_index(back->entries, 0))->title;
    g_assert_true(g_utf8_validate(title, -1, NULL));
    g_assert_true(strlen(title) <= 1 << 20 && strlen(title) > (1 << 20) - 4);
    /* and a time that no calendar has */
    e->published.time = G_MAXINT64;
    g_clear_pointer(&back, parse_result_free);
    back = through(feed, &feed_page);
    g_assert_cmpint(
        ((const struct entry *)g_ptr_array_index(back->entries, 0))->published.precision, ==,
        DATE_NONE);
}

static void
test_attachment_through(void)
{
    AUTO(attachment_text_free)
    struct attachment_text *text = g_new0(struct attachment_text, 1), *back = NULL;
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    text->format = g_strdup("xlsx");
    text->text = packed_of("表");
    text->problem = problem_new(PROBLEM_LIMIT, URL, PROBLEM_NO_NUMBER, "the text");
    text->late = true;
    attachment_text_put(bytes, text);
    struct wire_input in = wire_input(bytes->data, bytes->len);
    back = attachment_text_get(&in);
    g_assert_cmpstr(back->format, ==, "xlsx");
    same_stored(text->text, back->text);
    same_problem(text->problem, back->problem);
    g_assert_true(back->late);
    g_free(text->format);
    text->format = g_strdup("../x");
    g_byte_array_set_size(bytes, 0);
    attachment_text_put(bytes, text);
    in = wire_input(bytes->data, bytes->len);
    g_assert_null(attachment_text_get(&in));
}

/* --- what is refused --- */

static void
refused(struct parse_result *result, const struct parse_page *page)
{
    g_assert_null(through(result, page));
    parse_result_free(result);
}

static void
replace(char **text, const char *by)
{
    g_free(*text);
    *text = g_strdup(by);
}

static void
test_refused(void)
{
    struct parse_result *r = full_feed();
    replace(&((struct entry *)g_ptr_array_index(r->entries, 0))->link, "javascript:alert(1)");
    refused(r, &feed_page);
    r = full_feed();
    replace(&r->next, "file:///etc/passwd");
    refused(r, &feed_page);
    r = full_feed();
    replace(&((struct entry *)g_ptr_array_index(r->entries, 0))->title, NULL);
    refused(r, &feed_page);
    /* text that did not pass the gate, or has lines; what writes it has put it right */
    static const char *const unclean[] = {"a\nb", "a\tb", "a\x1b", "a\xff"};
    for (size_t i = 0; i < G_N_ELEMENTS(unclean); i++) {
        const struct parse_rules rules = {0};
        g_autoptr(GByteArray) bytes = g_byte_array_new();
        r = full_feed();
        replace(&r->title, "QQQ");
        result_put(bytes, r);
        memcpy(memmem(bytes->data, bytes->len, "QQQ", 3), unclean[i], strlen(unclean[i]));
        struct wire_input in = wire_input(bytes->data, bytes->len);
        g_assert_null(result_get(&in, &feed_page, &rules));
        replace(&r->title, unclean[i]);
        AUTO(parse_result_free) struct parse_result *back = through(r, &feed_page);
        g_assert_nonnull(back);
        parse_result_free(r);
    }
    r = full_feed(); /* a document that is none */
    struct entry *e = g_ptr_array_index(r->entries, 0);
    g_bytes_unref(e->document->packed);
    e->document->packed = g_bytes_new_static("x", 1);
    refused(r, &feed_page);
    r = full_feed(); /* the same, not packed */
    e = g_ptr_array_index(r->entries, 0);
    g_clear_pointer(&e->document->packed, g_bytes_unref);
    e->document->plain = g_bytes_new_static("x", 1);
    refused(r, &feed_page);
    r = full_feed(); /* both entries and why there are none */
    r->problem = problem_new(PROBLEM_EMPTY, NULL, PROBLEM_NO_NUMBER, NULL);
    refused(r, &feed_page);
    refused(full_feed(), &article_page);
    refused(full_page(), &feed_page);
    r = full_page();
    replace(&r->page->url, "http://b.example/");
    refused(r, &article_page);
    r = full_page(); /* a file that is kept, without an address */
    g_ptr_array_set_size(r->page->article->attachments, 0);
    refused(r, &article_page);
    r = full_page(); /* neither an article nor why there is none */
    g_clear_pointer(&r->page->article, article_free);
    g_clear_pointer(&r->page->problem, problem_free);
    refused(r, &article_page);
}

/* A file of this machine may name others. */
static void
test_local(void)
{
    AUTO(parse_result_free) struct parse_result *feed = full_feed(), *back = NULL;
    replace(&((struct entry *)g_ptr_array_index(feed->entries, 0))->link, "file:///srv/a.html");
    g_assert_null(through(feed, &feed_page));
    const struct parse_page local = {PARSE_FEED, "", 0, NULL, "file:///srv/feed.xml", NULL};
    back = through(feed, &local);
    g_assert_nonnull(back);
}

static void
assert_clean(const char *text)
{
    g_assert_true(!text || text_is_clean(text, strlen(text)));
}

/* Nothing in a result that was taken is what no result may be. */
static void
assert_sound(const struct parse_result *r)
{
    assert_clean(r->title);
    g_assert_true(!r->next || url_is_web(r->next));
    for (guint i = 0; i < r->entries->len; i++) {
        const struct entry *e = g_ptr_array_index(r->entries, i);
        assert_clean(e->id);
        assert_clean(e->title);
        g_assert_true(!e->link || url_is_web(e->link));
        AUTO(document_free)
        struct document *document = e->document ? stored_document_read(e->document) : NULL;
        g_assert_true(!e->document || document);
    }
    for (guint i = 0; i < r->warnings->len; i++) {
        const struct problem *problem = g_ptr_array_index(r->warnings, i);
        g_assert_true(problem->code < PROBLEM_COUNT);
        assert_clean(problem->detail);
    }
    if (r->page && r->page->article)
        assert_clean(r->page->article->title);
}

static void
mutate(GByteArray *bytes, GRand *random)
{
    int changes = g_rand_int_range(random, 1, 4);
    for (int i = 0; i < changes && bytes->len; i++) {
        guint at = (guint)g_rand_int_range(random, 0, (gint32)bytes->len);
        switch (g_rand_int_range(random, 0, 4)) {
        case 0:
            bytes->data[at] = (guint8)g_rand_int_range(random, 0, 256);
            break;
        case 1:
            bytes->data[at] ^= (guint8)(1 << g_rand_int_range(random, 0, 8));
            break;
        case 2:
            g_byte_array_remove_range(bytes, at, MIN(8, bytes->len - at));
            break;
        default:
            g_byte_array_set_size(bytes, at);
        }
    }
}

static void
test_mutations(void)
{
    const guint rounds = g_test_slow() ? 1000000 : 100000;
    g_autoptr(GRand) random = g_rand_new_with_seed(15);
    const struct parse_rules rules = {0};
    AUTO(parse_result_free) struct parse_result *feed = full_feed(), *page = full_page();
    guint taken = 0;
    for (guint i = 0; i < rounds; i++) {
        bool one = i % 2;
        g_autoptr(GByteArray) bytes = g_byte_array_new();
        result_put(bytes, one ? feed : page);
        mutate(bytes, random);
        struct wire_input in = wire_input(bytes->data, bytes->len);
        AUTO(parse_result_free)
        struct parse_result *back = result_get(&in, one ? &feed_page : &article_page, &rules);
        if (back)
            assert_sound(back);
        taken += back != NULL;
    }
    g_test_message("%u of %u were taken", taken, rounds);
    g_assert_cmpuint(taken, <, rounds / 2);
}

/* --- rules --- */

#define PORTAL \
    "[Portal]\nName=City\nHome=http://u:hidden@city.example/\n" \
    "Header.Cookie=hidden\nTimeZone=Europe/Warsaw\n" \
    "DateOrder=month-day-year\n" \
    "[Edition zh]\nLanguage=zh-Hans\nCharset=gb18030\n" \
    "[Section zh/news]\nUrl=http://u:hidden@city.example/news\n" \
    "Post=hidden\nHeader.X-Key=hidden\n" \
    "Rows=//li\nTitle=a\nTitle.2=b\nTitle.Strip=x+\nLink=a/@href\n" \
    "Date=i\nDate.Format=%d.%m.%Y\nKeep.Link=/news/\n" \
    "[Article zh]\nMatch=/(n)ews/\nTitle=//h1\nBody=//div[@id='b']\nStop=^end$\n" \
    "Counterpart.en=http://city.example/{1}\n"

static struct portal *
portal_of(void)
{
    GError *error = NULL;
    struct portal *portal = portal_parse("city.portal", PORTAL, &error);
    g_assert_no_error(error);
    return portal;
}

static bool
contains(const GByteArray *bytes, const char *word)
{
    return memmem(bytes->data, bytes->len, word, strlen(word)) != NULL;
}

static void
test_portal_through(void)
{
    AUTO(portal_free) struct portal *portal = portal_of(), *back = NULL;
    g_autoptr(GByteArray) bytes = g_byte_array_new(), again = g_byte_array_new();
    portal_put(bytes, portal);
    g_assert_true(contains(bytes, "//li"));
    g_assert_false(contains(bytes, "hidden"));
    struct wire_input in = wire_input(bytes->data, bytes->len);
    back = portal_get(&in);
    g_assert_true(wire_is_done(&in));
    const struct portal_section *section = portal_find_section(back, "zh", "news");
    g_assert_cmpstr(section->url, ==, "http://city.example/news");
    g_assert_cmpstr(section->edition->language, ==, "zh-Hans");
    g_assert_cmpstr(g_ptr_array_index(section->title.paths, 1), ==, "b");
    g_assert_cmpint(section->title.line, ==, portal_find_section(portal, "zh", "news")->title.line);
    g_assert_true(g_regex_match(section->keep_link, "/news/", 0, NULL));
    g_assert_cmpstr(back->dates.zone, ==, "Europe/Warsaw");
    g_assert_cmpint(back->dates.order, ==, DATE_MONTH_FIRST);
    g_assert_nonnull(portal_article_rules(back, "zh", "http://city.example/news/"));
    g_assert_null(portal_article_rules(back, "zh", "http://city.example/"));
    portal_put(again, back);
    g_assert_cmpmem(bytes->data, bytes->len, again->data, again->len);
}

static void
test_question_through(void)
{
    AUTO(portal_free) struct portal *portal = portal_of();
    const struct portal_section *section = portal_find_section(portal, "zh", "news");
    g_autoptr(GPtrArray) portals = g_ptr_array_new(), profiles = g_ptr_array_new();
    const struct parse_page page = {PARSE_LIST, "<p>", 3, "text/html", URL, "http://a.example/l"};
    const struct parse_rules rules = {.portal = portal,
                                      .section = section,
                                      .profiles = profiles,
                                      .language = "zh",
                                      .charset_forced = "gbk",
                                      .charset_default = "big5",
                                      .dates = {-150, "Europe/Warsaw", true, DATE_YEAR_FIRST, 7, 9},
                                      .now = 1750000000,
                                      .keeps_files = true};
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    AUTO(question_clear) struct question q;
    g_ptr_array_add(portals, portal);
    question_put(bytes, &page, &rules, 0);
    g_byte_array_append(bytes, (const guint8 *)"<p>", 3);
    struct wire_input in = wire_input(bytes->data, bytes->len);
    g_assert_true(question_get(&in, portals, profiles, &q));
    g_assert_cmpint(q.page.kind, ==, PARSE_LIST);
    g_assert_cmpmem(q.page.bytes, q.page.length, "<p>", 3);
    g_assert_cmpstr(q.page.content_type, ==, "text/html");
    g_assert_cmpstr(q.page.url, ==, URL);
    g_assert_cmpstr(q.page.link, ==, "http://a.example/l");
    g_assert_true(q.rules.portal == portal && q.rules.section == section);
    g_assert_true(q.rules.profiles == profiles && q.rules.keeps_files);
    g_assert_cmpstr(q.rules.language, ==, "zh");
    g_assert_cmpstr(q.rules.charset_forced, ==, "gbk");
    g_assert_cmpstr(q.rules.charset_default, ==, "big5");
    g_assert_cmpint(q.rules.dates.offset, ==, -150);
    g_assert_cmpstr(q.rules.dates.zone, ==, "Europe/Warsaw");
    g_assert_true(q.rules.dates.zoned);
    g_assert_cmpint(q.rules.dates.order, ==, DATE_YEAR_FIRST);
    g_assert_cmpint(q.rules.dates.language, ==, 7);
    g_assert_cmpint(q.rules.dates.home, ==, 9);
    g_assert_cmpint(q.rules.now, ==, 1750000000);
}

/* --- helpers --- */

#define RSS(text) \
    "<rss version='2.0'><channel><title>T</title><item><title>" text "</title>" \
    "<link>http://a.example/1</link><description>Words of it</description></item>" \
    "</channel></rss>"

static struct parse_result *
ask(struct helper *helper, const char *text)
{
    const struct parse_page page = {PARSE_FEED, text, strlen(text), "text/xml", URL, NULL};
    const struct parse_rules rules = {.now = 1750000000};
    return helper_parse(helper, &page, &rules);
}

static void
reads(struct helper *helper, const char *title)
{
    AUTO(parse_result_free) struct parse_result *r = ask(helper, RSS("News"));
    g_assert_false(helper_failed(r));
    g_assert_null(r->problem);
    g_assert_cmpstr(((const struct entry *)g_ptr_array_index(r->entries, 0))->title, ==, title);
}

/* Each failure is told for what it is, and the next page is read. */
static void
test_failures(void)
{
    static const struct {
        const char *page;
        enum problem_code code;
    } cases[] = {
        {RSS("crier-test:crash"), PROBLEM_READER_CRASHED},
        {RSS("crier-test:exit"), PROBLEM_READER_CRASHED},
        {RSS("crier-test:loop"), PROBLEM_READER_LATE},
        {RSS("crier-test:garbage"), PROBLEM_READER_INVALID},
        {RSS("crier-test:memory"), PROBLEM_READER_MEMORY},
    };
    AUTO(helper_free) struct helper *helper = helper_new(starter, PARSER, NULL);
    reads(helper, "News");
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
#ifdef WITH_SANITIZE
        if (cases[i].code == PROBLEM_READER_MEMORY)
            continue; /* without a limit */
#endif
        AUTO(parse_result_free) struct parse_result *r = ask(helper, cases[i].page);
        g_assert_true(helper_failed(r));
        g_assert_cmpstr(problem_word(r->problem->code), ==, problem_word(cases[i].code));
        g_assert_cmpuint(r->entries->len, ==, 0);
        reads(helper, "News");
    }
}

static void
test_no_helper(void)
{
    AUTO(helper_free) struct helper *helper = helper_new(NULL, PARSER, NULL);
    AUTO(parse_result_free) struct parse_result *r = ask(helper, RSS("News"));
    g_assert_cmpint(r->problem->code, ==, PROBLEM_NO_READER);
    g_assert_true(helper_failed(r));
}

static gpointer
stop_soon(gpointer data)
{
    (void)data;
    g_usleep(50000);
    helper_stop = 1;
    return NULL;
}

/* Whoever waits is told at once when the fetch is to end. */
static void
test_stop(void)
{
    AUTO(helper_free) struct helper *helper = helper_new(starter, PARSER, NULL);
    reads(helper, "News");
    GThread *thread = g_thread_new(NULL, stop_soon, NULL);
    gint64 begin = g_get_monotonic_time();
    AUTO(parse_result_free) struct parse_result *r = ask(helper, RSS("crier-test:sleep"));
    g_thread_join(thread);
    helper_stop = 0;
    g_assert_nonnull(r->problem);
    g_assert_cmpint(g_get_monotonic_time() - begin, <, 20 * G_USEC_PER_SEC);
    reads(helper, "News");
}

/* The same page gives the same there and here, by rules of a portal and without. */
static void
test_alike(void)
{
    static const char list[] = "<ul><li><a href='/news/1'>One bridge</a><i>06.01.2025</i>"
                               "<li><a href='/news/2'>Two bridges</a><i>06.02.2025</i></ul>";
    static const char text[] =
        "<html><head><title>T</title></head><body><h1>One bridge</h1><div id='b'><p>It was opened "
        "in the morning.</p><p>end</p></div></body></html>";
    AUTO(portal_free) struct portal *portal = portal_of();
    AUTO(helper_free) struct helper *helper = helper_new(starter, PARSER, NULL);
    const struct parse_rules of_portal = {.portal = portal,
                                          .section = portal_find_section(portal, "zh", "news"),
                                          .language = "zh",
                                          .dates = portal->dates,
                                          .now = 1750000000},
                             bare = {.now = 1750000000};
    const struct parse_page pages[] = {
        {PARSE_LIST, list, strlen(list), "text/html", "http://city.example/news", NULL},
        {PARSE_ARTICLE, text, strlen(text), "text/html", "http://city.example/news/1",
         "http://city.example/news/1"},
        {PARSE_FEED, list, strlen(list), "text/html", "http://city.example/news", NULL},
    };
    for (size_t i = 0; i < 2 * G_N_ELEMENTS(pages); i++) {
        const struct parse_page *page = &pages[i / 2];
        const struct parse_rules *rules = i % 2 ? &of_portal : &bare;
        AUTO(parse_result_free) struct parse_result *here = parse_any(page, rules),
                                                    *there = helper_parse(helper, page, rules);
        g_autoptr(GByteArray) one = g_byte_array_new(), other = g_byte_array_new();
        here->cost = there->cost; /* which is of the clock */
        result_put(one, here);
        result_put(other, there);
        g_assert_cmpmem(one->data, one->len, other->data, other->len);
    }
    const struct parse_page film = {PARSE_ARTICLE, "\0\1", 2, "video/mp4", URL, URL};
    g_assert_null(helper_parse(helper, &film, &bare));
}

static void
test_convert(void)
{
    AUTO(helper_free) struct helper *helper = helper_new(starter, CONVERTER, NULL);
    static const char csv[] = "a,b\n1,2\n", crash[] = "crier-test:crash";
    AUTO(attachment_text_free)
    struct attachment_text *text =
        helper_convert(helper, NULL, csv, strlen(csv), "text/csv", "http://a.example/a.csv", NULL);
    g_assert_cmpstr(text->format, ==, "csv");
    g_assert_nonnull(text->text);
    AUTO(attachment_text_free)
    struct attachment_text *none = helper_convert(helper, NULL, crash, strlen(crash), "text/plain",
                                                  "http://a.example/a.pdf", NULL);
    g_assert_cmpstr(none->format, ==, "pdf"); /* its bytes are kept all the same */
    g_assert_cmpint(none->problem->code, ==, PROBLEM_READER_CRASHED);
    AUTO(attachment_text_free)
    struct attachment_text *again =
        helper_convert(helper, NULL, csv, strlen(csv), "text/csv", "http://a.example/a.csv", NULL);
    g_assert_nonnull(again->text);
}

int
main(int argc, char **argv)
{
    g_setenv("CRIER_TEST_PARSE", "1", TRUE);
    g_setenv("CRIER_TEST_PARSE_SECONDS", "1", TRUE);
    const struct starter_roles table = {.roles = roles, .count = G_N_ELEMENTS(roles)};
    starter = starter_new(&table); /* before anything else, as the worker does */
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/helper/feed", test_feed_through);
    g_test_add_func("/helper/page", test_page_through);
    g_test_add_func("/helper/empty", test_empty_through);
    g_test_add_func("/helper/long", test_long_text);
    g_test_add_func("/helper/attachment", test_attachment_through);
    g_test_add_func("/helper/refused", test_refused);
    g_test_add_func("/helper/local", test_local);
    g_test_add_func("/helper/mutations", test_mutations);
    g_test_add_func("/helper/portal", test_portal_through);
    g_test_add_func("/helper/question", test_question_through);
    g_test_add_func("/helper/failures", test_failures);
    g_test_add_func("/helper/none", test_no_helper);
    g_test_add_func("/helper/stop", test_stop);
    g_test_add_func("/helper/alike", test_alike);
    g_test_add_func("/helper/convert", test_convert);
    int status = g_test_run();
    starter_free(starter);
    return status;
}
