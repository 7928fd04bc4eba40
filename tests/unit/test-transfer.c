/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What transfers are made of: URLs and their secrets, problems, bodies as servers send them,
 * addresses.
 */
#include "config.h"

#include "base/clean.h"
#include "base/problem.h"
#include "base/url.h"
#include "transfer/network.h"
#include "transfer/framing.h"
#include "transfer/header-time.h"
#include "unit/kit.h"

#include <zlib.h>

#include <string.h>

static void
differs(const char *a, const char *b)
{
    g_autofree char *one = url_identity(a), *two = url_identity(b);
    g_assert_cmpstr(one, !=, two);
}

static void
test_identity(void)
{
    differs("http://a.example/x?sid=101", "http://a.example/x?sid=102");
    differs("http://a.example/#/news/101", "http://a.example/#/news/102");
    differs("http://a.example/p#!news?id=1", "http://a.example/p#!news?id=2");
    g_autofree char *session = url_identity("http://a.example/x?sid=9f86d081884c7d659a2feaa0&id=1");
    g_assert_cmpstr(session, ==, "web://a.example/x?id=1");
    g_autofree char *strict =
        url_strict_identity("https://a.example/x?utm_source=a&PHPSESSID=1#part");
    g_assert_cmpstr(strict, ==, "web://a.example/x?utm_source=a#part");
}

static void
shown_as(const char *text, const char *expected)
{
    g_autofree char *public = url_public(text);
    g_assert_cmpstr(public, ==, expected);
}

static void
test_public(void)
{
    shown_as("http://ann:secret@a.example/x", "http://ann:***@a.example/x");
    shown_as("https://TOKEN@a.example/x", "https://***@a.example/x");
    shown_as("no: http://a:b@c/ and https://d:e@f/?q=@",
             "no: http://a:***@c/ and https://d:***@f/?q=@");
    shown_as("http://a.example/x@y", "http://a.example/x@y");
    shown_as("http://a:p@ss@b/", "http://a:***@b/");
    shown_as("http://a/f?id=1&token=abc&x=2#t", "http://a/f?id=1&token=***&x=2#t");
    shown_as("http://a/f?KEY=abc", "http://a/f?KEY=***");
    shown_as("http://a/f?monkey=abc", "http://a/f?monkey=abc");
    shown_as("plain", "plain");
}

static void
test_login(void)
{
    g_autofree char *login = NULL,
                    *url = url_without_login("http://ann:s%40cret@a.example:81/x?y=z@", &login);
    g_assert_cmpstr(url, ==, "http://a.example:81/x?y=z@");
    g_assert_cmpstr(login, ==, "ann:s@cret");
    g_assert_true(url_takes_login("http://a.example/x", "http://A.example:80/y"));
    g_assert_true(url_takes_login("http://a.example/x", "https://a.example/y"));
    g_assert_false(url_takes_login("https://a.example/x", "http://a.example/y"));
    g_assert_false(url_takes_login("http://a.example/x", "http://a.example:81/y"));
    g_assert_false(url_takes_login("http://a.example/x", "http://b.a.example/y"));
    g_assert_false(url_takes_login("http://a.example:8080/x", "https://a.example/y"));
}

static void
test_address(void)
{
    static const char *const private[] = {"127.0.0.1",     "10.1.2.3",    "172.31.0.1",
                                          "192.168.0.1",   "169.254.1.1", "100.64.0.1",
                                          "0.0.0.0",       "::1",         "::",
                                          "fe80::1%eth0",  "fd00::1",     "::ffff:10.0.0.1",
                                          "64:ff9b::a00:1"},
                             *const public[] = {"8.8.8.8",     "172.32.0.1",     "192.169.0.1",
                                                "2001:db8::1", "::ffff:8.8.8.8", "nonsense"};
    for (size_t i = 0; i < G_N_ELEMENTS(private); i++)
        g_assert_true(network_is_private_ip(private[i]));
    for (size_t i = 0; i < G_N_ELEMENTS(public); i++)
        g_assert_false(network_is_private_ip(public[i]));
    g_assert_true(network_is_private_host("http://[::1]:80/"));
    g_assert_true(network_is_private_host("http://LOCALHOST./"));
    g_assert_true(network_is_private_host("http://printer.local/"));
    g_assert_false(network_is_private_host("http://localhost.example.org/"));
}

static void
whole(const char *text, bool expected)
{
    g_assert_cmpint(framing_is_whole(text, strlen(text)), ==, expected);
}

static void
test_whole(void)
{
    whole("<?xml version='1.0'?><!-- a --><rss><channel/></rss>\n<!-- made by x -->\n", true);
    whole("<rss><channel><item><title>a</title></item>", false);
    whole("<rss><channel></channel></rs", false);
    whole("<!DOCTYPE html><html><body>a</body>", true);
    whole("<html><body><p>a</p>", false);
    whole("\xef\xbb\xbf <feed xmlns='x'></feed>", true);
    whole("{\"a\": \"}\", \"b\": [1]}", true);
    whole("{\"a\": \"}\", \"b\": [1]", false);
    whole("", false);
    whole("text", false);
    whole("<", false);
}

/* A page may end in any number of comments: what they cost is what they are long. */
static void
test_comments(void)
{
    g_autoptr(GString) page = g_string_new("<rss></rss>");
    for (int i = 0; i < 200000; i++)
        g_string_append(page, "<!-- -->");
    whole(page->str, true);
    page->str[0] = ' ';
    whole(page->str, false);
}

static void
append_gzip(GByteArray *out, const void *data, gsize length)
{
    z_stream z = {.next_in = (Bytef *)data, .avail_in = (uInt)length};
    g_assert_cmpint(deflateInit2(&z, 9, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY), ==,
                    Z_OK);
    guint before = out->len;
    g_byte_array_set_size(out, before + (guint)deflateBound(&z, length));
    z.next_out = out->data + before;
    z.avail_out = out->len - before;
    g_assert_cmpint(deflate(&z, Z_FINISH), ==, Z_STREAM_END);
    g_byte_array_set_size(out, before + (guint)z.total_out);
    deflateEnd(&z);
}

/* What is too large at any depth stays as it came. */
static void
test_nested(void)
{
    g_autofree char *plain = g_strnfill(100000, 'a');
    g_autoptr(GByteArray) once = g_byte_array_new(), twice = g_byte_array_new();
    append_gzip(once, plain, 100000);
    append_gzip(twice, once->data, once->len);
    g_autofree char *before = g_memdup2(twice->data, twice->len);
    guint length = twice->len;
    bool too_large;
    g_assert_false(framing_inflate(twice, 5000, &too_large));
    g_assert_true(too_large);
    g_assert_cmpmem(twice->data, twice->len, before, length);
    g_assert_true(framing_inflate(twice, 200000, &too_large));
    g_assert_cmpmem(twice->data, twice->len, plain, 100000);
}

static void
test_header_times(void)
{
    g_assert_cmpint(header_time("Thu, 01 Jan 1970 10:00:00 GMT"), ==, 36000);
    g_assert_cmpint(header_time("Sunday, 06-Nov-94 08:49:37 GMT"), ==, 784111777);
    g_assert_cmpint(header_time("Sun Nov  6 08:49:37 1994"), ==, 784111777);
    g_assert_cmpint(header_time("0"), ==, -1);
    g_assert_cmpint(header_time(NULL), ==, 0);
    g_assert_cmpint(header_retry_after("120", 1000), ==, 1120);
    g_assert_cmpint(header_retry_after("99999999", 1000), ==, 1000 + 7 * 86400);
    g_assert_cmpint(header_retry_after("Sat, 25 Oct 2025 01:00:00 GMT", 1761350400), ==,
                    1761350400 + 3600);
    g_assert_cmpint(header_retry_after("Sat, 25 Oct 2025 01:00:00 GMT", 1761350400 + 7200), ==, 0);
    g_assert_cmpint(header_retry_after("soon", 1000), ==, -1);
    g_assert_cmpint(header_retry_after(NULL, 1000), ==, 0);
}

static void
test_problem(void)
{
    AUTO(problem_free) struct problem *p =
        problem_new(PROBLEM_TIMEOUT, "http://u:secret@a/\x1b[31m", 60, "\xff\x1b]0;x\x07");
    g_assert_cmpstr(p->subject, ==, "http://u:***@a/[31m");
    g_assert_true(text_is_clean(p->detail, strlen(p->detail)));
    g_autofree char *sentence = problem_sentence(p);
    g_assert_cmpstr(sentence, ==, "http://u:***@a/[31m: no whole answer within 60 s");
    AUTO(problem_free) struct problem *parted =
        problem_new(PROBLEM_TIMEOUT, "http:/\xe2\x80\x8b/u:secret@a/", 60, NULL);
    g_assert_cmpstr(parted->subject, ==, "http://u:***@a/");
    g_autofree char *kept = problem_format(p);
    AUTO(problem_free) struct problem *back = problem_parse(kept);
    g_assert_true(back && problem_equal(p, back));
    g_assert_null(problem_parse("{\"code\": \"of-a-later-crier\"}"));
    g_assert_null(problem_parse("a sentence"));

    AUTO(problem_free) struct problem *bare =
        problem_new(PROBLEM_NOT_A_FEED, NULL, PROBLEM_NO_NUMBER, NULL);
    g_autofree char *words = problem_words(bare);
    g_assert_cmpstr(words, ==, "it is no feed");
    AUTO(problem_free) struct problem *tricky =
        problem_new(PROBLEM_MALFORMED, NULL, 3, "{n} %s {detail}");
    g_autofree char *literal = problem_words(tricky);
    g_assert_cmpstr(literal, ==, "malformed: {n} %s {detail}");
    /* every word is one, and none is used twice */
    for (int i = 0; i < PROBLEM_COUNT; i++) {
        enum problem_code code;
        g_assert_true(problem_by_word(problem_word((enum problem_code)i), &code));
        g_assert_cmpint(code, ==, i);
    }
}

static void
test_clean(void)
{
    static const char *const clean[] = {"",         "plain",    "строка\tс\nпереводом",
                                        "齐齐哈尔", "a\u00a0b", "\U0001f600"},
                             *const dirty[] = {"\x1b",   "a\x7f", "\xc2\x9b", "\xff",    "\u202e",
                                               "\u00ad", "a\r\n", "\u2028",   "\xe4\xb8"};
    for (size_t i = 0; i < G_N_ELEMENTS(clean); i++)
        g_assert_true(text_is_clean(clean[i], strlen(clean[i])));
    for (size_t i = 0; i < G_N_ELEMENTS(dirty); i++) {
        g_assert_false(text_is_clean(dirty[i], strlen(dirty[i])));
        g_autofree char *cleaned = text_clean(dirty[i], -1);
        g_assert_true(text_is_clean(cleaned, strlen(cleaned)));
    }
}

void
add_tests(void)
{
    g_test_add_func("/url/stories", test_identity);
    g_test_add_func("/url/public", test_public);
    g_test_add_func("/url/login", test_login);
    g_test_add_func("/address", test_address);
    g_test_add_func("/framing/whole", test_whole);
    g_test_add_func("/header-times", test_header_times);
    g_test_add_func("/framing/comments", test_comments);
    g_test_add_func("/framing/nested", test_nested);
    g_test_add_func("/problem", test_problem);
    g_test_add_func("/clean", test_clean);
}
