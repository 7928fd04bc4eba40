/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages without text: documents and pictures that are all there is, guards, shells of scripts. */
#include "config.h"

#include "portal/article.h"
#include "portal/list.h"
#include "portal/interstitial.h"
#include "unit/kit.h"

#define NOW 1761350400
#define MENU \
    "<nav><ul><li><a href='/0'>Council</a></li><li><a href='/1'>Services</a></li><li><a href='/2'>Visitors</a></li></ul></nav>"
#define FOOT \
    "<footer><p>Copyright Town. All rights reserved. <a href='/terms.pdf'>Terms</a></p></footer>"

static struct page *
open_page(const char *body)
{
    g_autofree char *html = g_strconcat(
        "<!doctype html><html lang='en'><head><title>Notice 12 - Town</title></head><body>", body,
        "</body></html>", NULL);
    return page_open(html, strlen(html), NULL, "http://city.example/news/1.html");
}

/* "METHOD|attachment URLs|picture URLs|body", or the word for the error. */
static char *
shown(const char *body)
{
    AUTO(page_free) struct page *page = open_page(body);
    struct article_options options = {.now = NOW};
    g_autoptr(GError) error = NULL;
    AUTO(article_free) struct article *a = article_extract(page, &options, &error);
    if (!a)
        return g_strdup(page_error_word(error));
    g_autoptr(GString) out = g_string_new(a->method);
    g_string_append_c(out, '|');
    for (guint i = 0; i < a->attachments->len; i++)
        g_string_append_printf(
            out, "%s%s", i ? " " : "",
            ((const struct attachment *)g_ptr_array_index(a->attachments, i))->url);
    g_string_append_c(out, '|');
    for (guint i = 0; i < a->document->blocks->len; i++) {
        const struct block *block = g_ptr_array_index(a->document->blocks, i);
        if (block->type == BLOCK_PICTURE)
            g_string_append(out, block->url);
    }
    g_autofree char *text = document_body(a->document);
    g_string_append_printf(out, "|%s", text);
    return g_strdup(out->str);
}

static void
check(const char *body, const char *expected)
{
    g_autofree char *got = shown(body);
    g_assert_cmpstr(got, ==, expected);
}

static void
test_documents(void)
{
    static const char alone[] = "none|http://city.example/f/n12.pdf||";
    check(MENU
          "<main><h1>Notice 12</h1><p><a href='/f/n12.pdf'>Notice 12 (PDF)</a></p></main>" FOOT,
          alone);
    check(MENU "<main><h1>Notice 12</h1><iframe src='/f/n12.pdf'></iframe></main>" FOOT, alone);
    check(
        MENU
        "<main><h1>Notice 12</h1><iframe src='/js/viewer.html?file=%2Ff%2Fn12.pdf'></iframe></main>" FOOT,
        alone);
    check(MENU
          "<main><h1>Notice 12</h1><embed src='/f/n12.pdf' type='application/pdf'></main>" FOOT,
          alone);
    check(
        MENU
        "<main><h1>Notice 12</h1><object data='/f/n12.pdf'><p>No viewer. <a href='/f/n12.pdf'>Download</a></p></object></main>" FOOT,
        alone);
    check(
        MENU
        "<main><h1>Notice 12</h1><div id='v'></div><script>PDFObject.embed('/f/n12.pdf', '#v');</script></main>" FOOT,
        alone);
    /* what has no name of its own is known by its type, or by what the link says */
    check("<main><h1>Notice 12</h1><embed src='/get?id=3' type='application/pdf'></main>",
          "none|http://city.example/get?id=3||");
    check("<main><h1>Notice 12</h1><p><a href='/get.php?id=3'>Plan 2026.pdf</a></p></main>",
          "none|http://city.example/get.php?id=3||");
    check(
        "<main><h1>Notice 12</h1><p><a href='/download/3'>Plan for 2026 (PDF, 1.2 MB)</a></p></main>",
        "none|http://city.example/download/3||");
    /* no element says where the contents are */
    check(
        "<div class='header'><a href='/'>Home</a></div><div class='box'><h2>Notice 12</h2><p><a href='/f/n12.pdf'>The notice as it was posted</a></p></div>"
        "<div class='footer'>Town <a href='/terms.pdf'>Terms</a></div>",
        alone);
    check("<div class='content'><p><a href='/f/n12.pdf'>n12.pdf</a></p></div>", alone);
}

static void
test_list_of_documents(void)
{
    check(
        MENU
        "<main><h1>Papers</h1><p>What the council had before it in its last session.</p><ul>"
        "<li><a href='/f/a.pdf'>Agenda</a></li><li><a href='/f/b.docx'>Minutes</a></li></ul></main>" FOOT,
        "density|http://city.example/f/a.pdf http://city.example/f/b.docx||What the council had before it in its last session.\n\nAgenda\n\nMinutes");
    AUTO(page_free) struct page *page = open_page(
        "<main><h1>N</h1><p><a href='/f/a.pdf'><img alt='The agenda' src='/pdf.png'></a></p></main>");
    struct article_options options = {.now = NOW};
    AUTO(article_free) struct article *a = article_extract(page, &options, NULL);
    const struct attachment *attachment = g_ptr_array_index(a->attachments, 0);
    g_assert_cmpstr(attachment->title, ==, "The agenda");
    g_assert_cmpstr(attachment->type, ==, "pdf");
}

static void
test_pictures(void)
{
    static const char alone[] = "none||http://city.example/i/fair.jpg|";
    check(MENU "<main><h1>Notice 12</h1><p><img src='/i/fair.jpg'></p></main>" FOOT, alone);
    check(
        MENU
        "<div class='content'><h1>Notice 12</h1><a href='/i/large.jpg'><img src='/i/fair.jpg'></a></div>" FOOT,
        alone);
    check("<h1>Notice 12</h1><p><img src='/i/fair.jpg'></p>", alone);
    check(
        MENU
        "<main><h1>Notice 12</h1><p><img src='/logo.png'></p><p><a href='/other.html'><img src='/i/fair.jpg'></a></p></main>" FOOT,
        "empty");
    check("<div><img src='/i/fair.jpg'></div><p>Hi</p>", "empty");
}

static void
test_files(void)
{
    AUTO(article_free) struct article *a =
        article_of_file("%PDF-1.7", 8, "text/html", "http://city.example/f/Plan%202026.pdf", "en");
    const struct attachment *attachment = g_ptr_array_index(a->attachments, 0);
    g_assert_cmpstr(attachment->title, ==, "Plan 2026.pdf");
    g_assert_cmpstr(attachment->type, ==, "pdf");
    AUTO(article_free) struct article *typed =
        article_of_file("", 0, "application/pdf", "http://city.example/get?id=1", NULL);
    g_assert_cmpuint(typed->attachments->len, ==, 1);
    AUTO(article_free) struct article *zipped = article_of_file(
        "PK\3\4", 4, "application/octet-stream", "http://city.example/a.docx", NULL);
    g_assert_cmpstr(((const struct attachment *)g_ptr_array_index(zipped->attachments, 0))->type,
                    ==, "docx");
    AUTO(article_free) struct article *poster =
        article_of_file("\xff\xd8\xff", 3, "image/jpeg", "http://city.example/a.jpg", NULL);
    g_assert_cmpuint(poster->attachments->len, ==, 0);
    g_assert_false(document_is_empty(poster->document));
    g_assert_null(article_of_file("<html>", 6, "text/html", "http://city.example/a.pdf", NULL));
    g_assert_null(article_of_file("<html>", 6, NULL, "http://city.example/", NULL));
}

/* A frame that shows a document is no page to go on to. */
static void
test_frames(void)
{
    AUTO(page_free) struct page *document = open_page("<iframe src='/f/n12.pdf'></iframe>");
    g_assert_null(interstitial_target(document));
    AUTO(page_free) struct page *page = open_page("<iframe src='/real.html'></iframe>");
    g_autofree char *hop = interstitial_target(page);
    g_assert_cmpstr(hop, ==, "http://city.example/real.html");
}

static char *
reason(const char *body)
{
    AUTO(page_free) struct page *page = open_page(body);
    struct list_options options = {.now = NOW};
    g_autoptr(GError) error = NULL;
    g_assert_null(list_extract(page, &options, &error));
    const char *message = strrchr(error->message, ':'); /* none: there is no more to say */
    return g_strdup_printf("%s%s", page_error_word(error), message ? message : "");
}

static void
test_reasons(void)
{
    static const char *const refusals[] = {
        "<h1>Access Denied</h1><p>You don't have permission to access \"http://city.example/\" on this server. Reference #18.2d</p>",
        "<h1>403 Forbidden</h1><hr>nginx",
        "<h1>Just a moment...</h1><p>Checking your browser before accessing the site. This process is automatic.</p>",
        "<h1>您的访问被拦截</h1><p>由于您访问的URL有可能对网站造成安全威胁，您的访问被阻断。</p>",
        "<h1>安全验证</h1><p>请输入验证码后继续访问。</p>",
        "<h1>Доступ ограничен</h1><p>Подтвердите, что вы не робот.</p>",
        "<div class='g-recaptcha'></div><script src='/api.js'></script>",
        "<h1>Zugriff verweigert</h1><p>Ihre Anfrage wurde vom System abgelehnt und gemeldet.</p>",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(refusals); i++) {
        g_autofree char *word = shown(refusals[i]), *of_list = reason(refusals[i]);
        g_assert_cmpstr(word, ==, "blocked");
        g_assert_cmpstr(of_list, ==, "blocked: blocked");
    }
    static const char *const shells[] = {
        "<div id='app'></div><script src='/app.js'></script>",
        MENU "<div id='app'>Loading...</div><script src='/app.js'></script>" FOOT,
        "<ul><li ng-repeat='n in news'><a href='{{n.url}}'>{{n.title}}</a></li></ul><script src='/app.js'></script>",
        MENU "<ul id='newsList'></ul><script>$.get('/api/news', show);</script>" FOOT,
    };
    for (size_t i = 0; i < G_N_ELEMENTS(shells); i++) {
        g_autofree char *of_list = reason(shells[i]);
        g_assert_cmpstr(of_list, ==, "filled-by-script: filled by script");
    }
    g_autofree char *nothing = reason("<p>There is nothing here.</p>");
    g_assert_cmpstr(nothing, ==, "empty");
}

/* Words of guards in the text of an article mean nothing. */
static void
test_no_refusal(void)
{
    g_autofree char *got = shown(
        "<h1>Access to the old bridge is denied to lorries</h1><p>The council has decided, after a long debate, that access is denied to "
        "lorries of more than ten tons; drivers who have been blocked may call the office, which is open every day.</p>");
    g_assert_true(g_str_has_prefix(got, "density|"));
    g_autofree char *chinese = shown(
        "<h1>全市开展安全验证和人机识别设备检查</h1><p>为加强公共安全，市公安局对全市人机识别设备开展检查，请各单位配合，检查时间为十一月二十日至三十日。</p>");
    g_assert_true(g_str_has_prefix(chinese, "density|"));
}

/* What a page of nothing but pictures costs grows with it, and not with its square. */
static void
test_many_pictures(void)
{
    g_autoptr(GString) body = g_string_new(NULL);
    for (int i = 0; i < 40000; i++)
        g_string_append_printf(body, "<img src='a%d.jpg'>", i);
    g_test_timer_start();
    check(body->str, "empty");
    g_assert_cmpfloat(g_test_timer_elapsed(), <, 10);
}

/* So does what lies ever deeper, of which nothing is lost. */
static void
test_many_levels(void)
{
    g_autoptr(GString) body = g_string_new("<main><h1>Notice 12</h1>");
    for (int i = 0; i < 24000; i++)
        g_string_append(body, "<p>a<time datetime='2026-11-20'>");
    g_string_append(body, "<p>The last words of the notice.</main>");
    g_test_timer_start();
    AUTO(page_free) struct page *page = open_page(body->str);
    struct article_options options = {.now = NOW};
    AUTO(article_free) struct article *a = article_extract(page, &options, NULL);
    g_autofree char *text = document_body(a->document);
    g_assert_nonnull(strstr(text, "The last words of the notice."));
    g_assert_cmpfloat(g_test_timer_elapsed(), <, 10);
}

void
add_tests(void)
{
    g_test_add_func("/shown/many-levels", test_many_levels);
    g_test_add_func("/shown/many-pictures", test_many_pictures);
    g_test_add_func("/shown/documents", test_documents);
    g_test_add_func("/shown/list-of-documents", test_list_of_documents);
    g_test_add_func("/shown/pictures", test_pictures);
    g_test_add_func("/shown/files", test_files);
    g_test_add_func("/shown/frames", test_frames);
    g_test_add_func("/shown/reasons", test_reasons);
    g_test_add_func("/shown/no-refusal", test_no_refusal);
}
