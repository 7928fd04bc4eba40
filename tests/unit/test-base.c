/* SPDX-License-Identifier: GPL-3.0-or-later */
/* URLs, files, politeness, where a program finds what belongs to it. */
#include "config.h"

#include "base/file.h"
#include "base/detail.h"
#include "base/host.h"
#include "base/number.h"
#include "base/paths.h"
#include "base/url.h"
#include "fetch/policy.h"
#include "unit/kit.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

static void
resolves(const char *base, const char *reference, const char *expected)
{
    g_autofree char *url = url_resolve(base, reference);
    g_assert_cmpstr(url, ==, expected);
}

static void
test_resolve(void)
{
    resolves("http://a.example/b/c.html", "../d.html", "http://a.example/d.html");
    resolves("http://a.example/b/", "./t20240512_1.html", "http://a.example/b/t20240512_1.html");
    resolves("http://a.example/", "//b.example/x", "http://b.example/x");
    resolves("http://a.example/", "x y.pdf", "http://a.example/x%20y.pdf");
    resolves("http://a.example/", "/новости",
             "http://a.example/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8");
    resolves("http://a.example/b?c=d", "?e=f", "http://a.example/b?e=f");
    /* a path, plain or not so plain */
    resolves("http://a.example/b?c=/d", "/e/f_1-2.html", "http://a.example/e/f_1-2.html");
    resolves("https://a.example", "/e", "https://a.example/e");
    resolves("http://a.example#x/y", "/", "http://a.example/");
    resolves("http://a.example/b/", "/c/./d/../e.html", "http://a.example/c/e.html");
    resolves("http://a.example/b/", "/..", "http://a.example/");
    resolves("http://a.example/b/", "/c/.", "http://a.example/c/");
    resolves("http://a.example:8080/b", "/c.d.html", "http://a.example:8080/c.d.html");
    resolves("http://me@a.example/b", "/c", "http://me@a.example/c");
    resolves("http://[::1]/b", "/c", "http://[::1]/c");
    resolves("HTTP://A.example/b", "/c", "http://A.example/c");
    resolves("http://a.example/b", " /c\n", "http://a.example/c");
    resolves("http://a.example/b", "/c?d=1#e", "http://a.example/c?d=1#e");
    resolves("file:///a/b.html", "/c", "file:///c");
    resolves(NULL, "relative.html", "relative.html");
    resolves("http://a.example/", "", NULL);
}

/* What is resolved without GUri is what GUri says. */
static void
test_resolve_plain(void)
{
    static const char *const bases[] = {"http://a.example/",
                                        "https://a.example/b/c.html",
                                        "http://a.example/b/../c?d=/e#f",
                                        "http://a-b.c.example/%zz",
                                        "http://a.example:8080/b",
                                        "http://127.0.0.1/b/",
                                        "http://xn--80a.example/",
                                        "http://A.example/",
                                        "http://a.example",
                                        "http://a..example/b",
                                        "http://-/b"};
    static const char *const references[] = {"/",
                                             "/n/1?a=1&b=2",
                                             "/a.b_c-d/e",
                                             "/a/../b",
                                             "/a/.",
                                             "/a?",
                                             "/a??b",
                                             "/a?b=/../c",
                                             "//b/c",
                                             "/a//b",
                                             "https://b.example/",
                                             "http://b.example/c/./d",
                                             "/.a",
                                             "http://b.example/?x",
                                             "http://b.example//c",
                                             "http://b.example/c?d/../e",
                                             "/a:b",
                                             "/a%41",
                                             "http://b.example/c#d",
                                             "http://B.example/c",
                                             "/a;b=c",
                                             "http:///c",
                                             "http://b.example:80/",
                                             "https://b.example/a.b?c=d=e",
                                             "/a...b/",
                                             "/..",
                                             "/../a",
                                             "/a/..b"};
    for (size_t b = 0; b < G_N_ELEMENTS(bases); b++)
        for (size_t r = 0; r < G_N_ELEMENTS(references); r++) {
            g_autofree char *wanted = g_uri_resolve_relative(
                bases[b], references[r], G_URI_FLAGS_ENCODED | G_URI_FLAGS_PARSE_RELAXED, NULL);
            resolves(bases[b], references[r], wanted);
        }
}

/* One address of a hundred thousand bytes would be copied into each link of its page. */
static void
test_resolve_long(void)
{
    g_autofree char *much = g_strnfill(100000, 'x');
    g_autofree char *base = g_strconcat("http://a.example/", much, "/", NULL);
    resolves(base, "b.html", NULL);
    resolves(base, "/b.html", "http://a.example/b.html");
    resolves("http://a.example/", much, NULL);
    resolves(NULL, base, NULL);
    much[4000] = '\0';
    g_autofree char *shorter = g_strconcat("http://a.example/", much, NULL);
    resolves("http://a.example/", much, shorter);
}

static void
same(const char *a, const char *b)
{
    g_autofree char *one = url_identity(a);
    g_autofree char *two = url_identity(b);
    g_assert_cmpstr(one, ==, two);
}

static void
test_identity(void)
{
    same("http://a.example/x", "https://A.example/x#part");
    same("http://a.example/", "http://a.example/index.html");
    same("http://a.example/x?id=1&utm_source=mail", "http://a.example/x?id=1");
    same("http://a.example/x;jsessionid=AB12", "http://a.example/x");
    g_autofree char *odd = url_identity("http://[::1%25eth0%ff]/");
    g_assert_true(g_utf8_validate(odd, -1, NULL));
    g_assert_false(url_is_web("javascript:alert(1)"));
    g_assert_false(url_is_web("file:///etc/passwd"));
    g_assert_true(url_is_web("https://a.example"));
    g_assert_true(url_is_web("https://город.example/x"));
    /* what would be another name when it is written in ASCII */
    g_assert_false(url_is_web("https://город'里,x/"));
}

/* A host is shown as `expected`, in whatever form it comes. */
static void
shows(const char *host, const char *expected)
{
    g_autofree char *ascii = host_ascii(host), *shown = host_shown(ascii ? ascii : host),
                    *same = host_shown(host);
    g_test_message("%s", host);
    g_assert_cmpstr(shown, ==, expected);
    g_assert_cmpstr(same, ==, expected);
}

/* The first label that is not ASCII is left so. */
static void
hides(const char *host)
{
    g_autofree char *ascii = host_ascii(host), *shown = host_shown(host);
    g_test_message("%s", host);
    const char *label = ascii ? strstr(ascii, "xn--") : NULL;
    g_assert_nonnull(label);
    g_autofree char *own = g_strndup(label, strcspn(label, "."));
    g_assert_nonnull(strstr(shown, own));
}

static void
test_hosts_shown(void)
{
    static const char *const clear[] = {
        "www.town.example", "почта.рф",        "новости.село-на-реке.рф",
        "xn--.example",     "中国政府网.中国", "北京市.cn",
        "臺北市.tw",        "app广州.cn",      "東京タワーの会.jp",
        "スーパー.jp",      "ビー・エス.jp",   "서울.kr",
        "ㄅㄆㄇ注音.tw",    "münchen.de",      "lód.pl",
        "đà-nẵng.vn",       "diyarbakır.tr",   "δήμος-αθηναίων.gr",
        "գյումրի.am",       "თბილისი.ge",      "กรุงเทพ.th",
        "दिल्ली.भारत",       "київ.укр",        "сосна.com",
        "сахо.рф", /* all like Latin ones, but below a Cyrillic top level */
        "дом2.рф",          "town.example.",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(clear); i++)
        shows(clear[i], clear[i]);
}

static void
test_hosts_hidden(void)
{
    static const char *const odd[] = {
        "аррӏе.com",     /* Cyrillic letters like Latin ones alone */
        "раура.example", /* the same */
        "сахо.com",
        "pаypal.com", /* one Cyrillic letter among Latin ones */
        "bаnk.рф",
        "κατοικοι.com", /* Greek */
        "οορα.com",
        "googІe.com",
        "почтаpost.рф", /* Latin and Cyrillic */
        "αбв.gr",       /* Greek and Cyrillic */
        "ɡoogle.com",   /* Latin letters of phonetics, clicks */
        "goo\u01c0le.com",
        "diyarbakır.com",
        "bank\u0338.com", /* a mark that is no part of a letter */
        "town१.example",  /* digits of others */
        "१२.भारत",
        "١٢٣.example",
        "ا\u0644بلدية.example", /* right to left */
        "עיר.example",
        "丶丿.cn", /* strokes */
        "wwwノbank.example",
        "bank一.example",
        "한ㅡ국.kr",      /* a letter that is no syllable */
        "i❤town.example", /* a sign */
        "town☃.example",
        "дом☃.рф",
        "ꭰꭱꭲ.com",     /* scripts of which the look-alikes are not known */
        "한국東京タワー.jp", /* Hangul beside kana */
        "zhuㄅ.tw",
        "wɑr.com",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(odd); i++)
        hides(odd[i]);
    /* a Cyrillic label that is no top level helps nothing */
    shows("www.ехо.москва.com", "www.xn--e1asu.москва.com");
    /* what stands for nothing, or for another */
    shows("xn--a.example", "xn--a.example");
    shows("XN--80A1ACNY.xn--p1ai", "почта.рф");
    shows("ПОЧТА。РФ", "почта.рф");
    shows("WWW.Town.Example", "www.town.example");
    shows("%65vil.example", "evil.example");
    shows("%D0%BF%D0%BE%D1%87%D1%82%D0%B0.%D1%80%D1%84", "почта.рф");
    /* numbers, ports, what is no name */
    shows("2130706433", "127.0.0.1");
    shows("0x7f.1", "127.0.0.1");
    shows("0177.0.0.01", "127.0.0.1");
    shows("127.0.0.1", "127.0.0.1");
    shows("1.example", "1.example");
    g_autofree char *port = host_shown("xn--80a1acny.xn--p1ai:8080"), *six = host_shown("[::1]:80"),
                    *slash = host_shown("gov.cn%2fevil.example"), *blank = host_shown("a b");
    g_assert_cmpstr(port, ==, "почта.рф:8080");
    g_assert_cmpstr(six, ==, "[::1]:80");
    g_assert_cmpstr(slash, ==, "gov.cn%2fevil.example");
    g_assert_cmpstr(blank, ==, "a%20b");
}

static void
url_shows(const char *text, const char *expected)
{
    g_autofree char *shown = url_shown(text);
    g_assert_cmpstr(shown, ==, expected);
}

static void
test_url_shown(void)
{
    url_shows("http://xn--80a1acny.xn--p1ai/a%20b?key=x", "http://почта.рф/a%20b?key=***");
    url_shows("http://gov.example@evil.example/", "http://***@evil.example/");
    url_shows("http://xn--80a1acny.xn--p1ai: not found", "http://почта.рф: not found");
    url_shows("http://xn--80a1acny.xn--p1ai：没有", "http://почта.рф：没有");
    url_shows("a http://2130706433:80/ and http://[::1]/",
              "a http://127.0.0.1:80/ and http://[::1]/");
    url_shows("http://пример.рф/", "http://пример.рф/");
    url_shows("http://раураӏ.com/", "http://xn--80aa0cbo65f.com/");
    url_shows("http://...село.рф/", "http://...село.рф/");
    url_shows("http://a.example没有", "http://a.example没有");
    url_shows("http://a\xf0", "http://a\xf0");
    url_shows("none", "none");
    url_shows("://", "://");
    /* behind the host, what is a letter; all of ASCII stays as it is */
    url_shows("http://a.example/%D0%BF%d1%83%D1%82%D1%8C/b%2Fc%41?q=%E5%9F%8E%E5%B8%82#%C3%A9",
              "http://a.example/путь/b%2Fc%41?q=城市#é");
    url_shows("see http://a.example/%D0%BF, then 50%D0%BF",
              "see http://a.example/п, then 50%D0%BF");
    url_shows("http://a.example/%E0%A4%A8%E0%A4%97%E0%A4%B0", "http://a.example/नगर");
    /* what is not to be seen, or moves or ends what stands beside it */
    url_shows("http://a.example/%E2%80%AE%C2%A0%E2%80%8B%E3%80%80%E2%80%9D%C2%85%E3%85%A4",
              "http://a.example/%E2%80%AE%C2%A0%E2%80%8B%E3%80%80%E2%80%9D%C2%85%E3%85%A4");
    url_shows("http://a.example/%D7%90%D8%A7", "http://a.example/%D7%90%D8%A7");
    url_shows("http://a.example/%CC%81", "http://a.example/%CC%81");
    url_shows("http://a.example/%EF%BC%8F%E2%81%84", "http://a.example/%EF%BC%8F%E2%81%84");
    /* no UTF-8 */
    url_shows("http://a.example/%D0%9F%D0/%C0%AF%FF%ED%A0%80%D",
              "http://a.example/П%D0/%C0%AF%FF%ED%A0%80%D");
    resolves("http://a.example/", "http://ПРИМЕР。рф/я", "http://xn--e1afmkfd.xn--p1ai/%D1%8F");
    resolves("http://пример.рф/", "b", "http://xn--e1afmkfd.xn--p1ai/b");
    resolves(NULL, "http://пример.рф/", "http://xn--e1afmkfd.xn--p1ai/");
}

static void
charset_says(const char *charset, const char *evidence, const char *expected)
{
    g_autofree char *text = detail_charset(charset, evidence);
    g_assert_cmpstr(text, ==, expected);
}

static void
test_detail_charset(void)
{
    charset_says("utf-8", "declared: utf-8; used: utf-8 (declared)", "utf-8 (declared)");
    charset_says("gbk", "declared: gb2312; default: gb18030; used: gbk (declared)",
                 "gb18030 (declared: gb2312)");
    charset_says("utf-8", "http: windows-1251; declared: utf-8; used: utf-8 (bytes)",
                 "utf-8 (bytes; http: windows-1251)");
    charset_says("koi8-r", "used: utf-8 (guess); malformed, so: koi8-r",
                 "koi8-r (used: utf-8 (guess); malformed, so: koi8-r)");
    charset_says("utf-8", NULL, "utf-8");
}

static void
test_hosts_akin(void)
{
    g_assert_true(host_is_akin("www.town.example", "TOWN.example."));
    g_assert_true(host_is_akin("town.example", "news.town.example"));
    g_assert_true(host_is_akin("почта.рф", "xn--80a1acny.xn--p1ai"));
    g_assert_true(host_is_akin("0x7f.1", "127.0.0.1"));
    g_assert_false(host_is_akin("town.example", "mytown.example"));
    g_assert_false(host_is_akin("bank.example", "bank.example.evil.example"));
    g_assert_false(host_is_akin("example", "town.example"));
}

static void
test_policy(void)
{
    struct response r = {.cache_control = (char *)"public, max-age=7200"};
    struct schedule_hints none = schedule_hints_parse(NULL),
                          ninety = schedule_hints_parse("90 0 0");
    g_assert_cmpint(policy_next_success(&r, 60, &none, 1000), ==, 1000 + 7200);
    g_assert_cmpint(policy_next_success(&r, 180, &none, 1000), ==, 1000 + 180 * 60);
    r.cache_control = (char *)"no-cache";
    g_assert_cmpint(policy_next_success(&r, 60, &ninety, 1000), ==, 1000 + 90 * 60);
    struct response dated = {.date = 36000, .expires = 46800};
    /* by the server's clock */
    g_assert_cmpint(policy_next_success(&dated, 60, &none, 36000), ==, 36000 + 3 * 3600);
    dated.expires = 36000 + 2 * 86400;
    g_assert_cmpint(policy_next_success(&dated, 60, &none, 36000), ==, 36000 + 86400);
    dated.expires = -1; /* "0" is no date: it is stale */
    g_assert_cmpint(policy_next_success(&dated, 60, &none, 36000), ==, 36000 + 3600);
    dated.cache_control = (char *)"No-Store, max-age=7200";
    g_assert_cmpint(policy_next_success(&dated, 60, &none, 36000), ==, 36000 + 3600);
}

/* What `failing` is after one more failure of a source asked once an hour. */
static void
fails(struct failing *failing, int64_t retry_after, guint seed, int64_t now)
{
    struct schedule_hints none = schedule_hints_parse(NULL);
    *failing = policy_failed(failing, 60, &none, retry_after, seed, now);
}

static void
test_failures(void)
{
    enum { HOUR = 3600 };
    struct failing one = {0, 0}, other;
    fails(&one, 0, 7, 0);
    g_assert_cmpint(one.failures, ==, 1);
    g_assert_cmpint(one.next_due, ==, HOUR);
    /* by hand, again and again, before it is due */
    for (int i = 1; i < 6; i++)
        fails(&one, 0, 7, i);
    g_assert_cmpint(one.failures, ==, 1);
    g_assert_cmpint(one.next_due, ==, HOUR);
    /* who has waited waits longer, up to a day; a timer is never a moment too early */
    fails(&one, 0, 7, HOUR - 60);
    g_assert_cmpint(one.failures, ==, 2);
    g_assert_true(one.next_due >= 3 * HOUR - 60 && one.next_due < 7 * HOUR / 2);
    other = one;
    fails(&one, 0, 7, one.next_due);
    fails(&other, 0, 8, other.next_due);
    g_assert_cmpint(one.next_due, !=, other.next_due);
    for (int i = 0; i < 100; i++)
        fails(&one, 0, 7, one.next_due);
    other = one;
    fails(&one, 0, 7, one.next_due);
    g_assert_cmpint(one.failures, ==, 104);
    g_assert_true(one.next_due - other.next_due >= 24 * HOUR &&
                  one.next_due - other.next_due < 30 * HOUR);
    /* what a server asks for holds, whenever it asks */
    struct failing asked = {0, 500};
    fails(&asked, 50000, 7, 0);
    g_assert_cmpint(asked.next_due, ==, 50000);
    fails(&asked, 60000, 7, 10);
    g_assert_cmpint(asked.failures, ==, 1);
    g_assert_cmpint(asked.next_due, ==, 60000);
    /* an interval that has become shorter, and a clock that was wrong */
    struct failing slow = {1, 23 * HOUR}, wrong = {1, 1000 * HOUR};
    fails(&slow, 0, 7, 0);
    g_assert_cmpint(slow.next_due, ==, HOUR);
    fails(&wrong, 0, 7, 0);
    g_assert_cmpint(wrong.failures, ==, 2);
}

/* 2025-10-25 00:00 UTC is a Saturday. */
static void
test_schedule_hints(void)
{
    const struct response r = {0};
    const int64_t saturday = 1761350400, hour = 3600;
    static const struct {
        struct schedule_hints hints;
        int64_t hours; /* until the next fetch, at midnight and an interval of an hour */
    } rows[] = {
        {{-1, 0, 0}, 1},
        {{-1, 1u << 1 | 1u << 2, 0}, 3},
        {{-1, 1u << 0, 0}, 1},
        {{-1, 0, 1u << 6}, 24},           /* not on Saturday */
        {{-1, 0, 1u << 6 | 1u << 0}, 48}, /* nor on Sunday */
        {{-1, 1u << 0, 1u << 6}, 25},
        {{-1, 0xffffff, 0}, 1}, /* never: nobody means that */
        {{-1, 0, 0x7f}, 1},
        {{600, 1u << 10, 0}, 11},
        {{G_MAXINT64, 0, 0}, 24},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *text = schedule_hints_format(&rows[i].hints);
        struct schedule_hints again = schedule_hints_parse(text);
        g_assert_cmpint(again.ttl, ==, rows[i].hints.ttl);
        g_assert_cmpint(policy_next_success(&r, 60, &again, saturday), ==,
                        saturday + rows[i].hours * hour);
    }
    /* a feed may state a negative ttl, which is none */
    g_assert_cmpuint(schedule_hints_parse("-10 7 1").hours, ==, 7);
    g_assert_cmpint(schedule_hints_parse("-10 7 1").ttl, ==, -1);
    struct schedule_hints night = {-1, 1u << 1, 0};
    /* at the full hour */
    g_assert_cmpint(policy_next_success(&r, 90, &night, saturday), ==, saturday + 2 * hour);
}

static void
write_file(const char *folder, const char *name, const char *text, int mode)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_assert_true(
        g_file_set_contents_full(path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, mode, NULL));
}

static void
finds_program(const char *argv0, const char *expected)
{
    g_autofree char *path = paths_program(argv0);
    g_assert_cmpstr(path, ==, expected);
}

static void
test_program(void)
{
    g_autofree char *made = g_dir_make_tmp("crier-test-XXXXXX", NULL),
                    *top = g_canonicalize_filename(made, NULL);
    g_autofree char *before = g_get_current_dir(), *path = g_strdup(g_getenv("PATH"));
    g_autofree char *bin = g_build_filename(top, "a b", NULL),
                    *program = g_build_filename(bin, "town-crier", NULL);
    g_autofree char *other = g_build_filename(top, "link", NULL),
                    *search = g_strconcat("/nonexistent:", bin, NULL);
    g_mkdir(bin, 0700);
    write_file(bin, "town-crier", "#!/bin/sh\n", 0755);
    g_assert_cmpint(symlink(program, other), ==, 0);
    finds_program(program, program);
    finds_program(other, program);
    finds_program("town-crier", NULL);
    finds_program("", NULL);
    finds_program(NULL, NULL);
    g_assert_cmpint(g_chdir(top), ==, 0);
    finds_program("a b/town-crier", program);
    finds_program("./link", program);
    g_setenv("PATH", search, TRUE);
    finds_program("town-crier", program);
    g_unsetenv("PATH");
    g_assert_cmpint(g_chdir(bin), ==, 0);
    finds_program("town-crier", NULL); /* never from the current folder */
    g_setenv("PATH", path ? path : "/usr/bin:/bin", TRUE);
    g_assert_cmpint(g_chdir(before), ==, 0);
    g_unlink(other);
    g_unlink(program);
    g_rmdir(bin);
    g_rmdir(top);
}

static void
is_tree(const char *folder, const char *expected)
{
    struct build_tree tree;
    g_assert_true(paths_build_tree(folder, &tree) == (expected != NULL));
    g_assert_cmpstr(tree.data, ==, expected);
    g_assert_true((tree.locale != NULL) == (expected != NULL));
    g_free(tree.data);
    g_free(tree.locale);
}

static void
test_build_tree(void)
{
    g_autofree char *made = g_dir_make_tmp("crier-test-XXXXXX", NULL),
                    *top = g_canonicalize_filename(made, NULL);
    g_autofree char *data = g_build_filename(top, "data", NULL),
                    *build = g_build_filename(top, "build", NULL);
    g_autofree char *marker = g_build_filename(build, "crier-build-tree", NULL),
                    *absolute = g_strdup_printf("srcdir=%s", top);
    g_mkdir(data, 0700);
    g_mkdir(build, 0700);
    is_tree(build, NULL);
    write_file(build, "crier-build-tree", "# what it is\nsrcdir=..\n", 0644);
    is_tree(build, data);
    write_file(build, "crier-build-tree", absolute, 0644);
    is_tree(build, data);
    write_file(build, "crier-build-tree", "", 0644);
    is_tree(build, NULL);
    write_file(build, "crier-build-tree", "srcdir=../gone\n", 0644);
    is_tree(build, NULL);
    g_unlink(marker);
    g_rmdir(build);
    g_rmdir(data);
    g_rmdir(top);
}

static void
number_is(const char *text, gint64 min, gint64 max, bool right, gint64 expected)
{
    gint64 number = 7;
    g_assert_true(number_parse(text, min, max, &number) == right);
    g_assert_cmpint(number, ==, right ? expected : 7);
}

static void
test_number(void)
{
    number_is("0", 0, 0, true, 0);
    number_is("0042", 1, 42, true, 42);
    number_is("43", 1, 42, false, 0);
    number_is("", 0, 9, false, 0);
    number_is("-", -9, 9, false, 0);
    number_is("+3", 0, 9, false, 0);
    number_is("+3", -9, 9, true, 3);
    number_is("-3", -9, 9, true, -3);
    number_is("-10", -9, 9, false, 0);
    number_is("-0", 0, 9, false, 0);
    number_is(" 1", 0, 9, false, 0);
    number_is("1 ", 0, 9, false, 0);
    number_is("0x1", 0, 9, false, 0);
    number_is("9223372036854775807", 0, G_MAXINT64, true, G_MAXINT64);
    number_is("9223372036854775808", 0, G_MAXINT64, false, 0);
    number_is("-9223372036854775808", G_MININT64, 0, true, G_MININT64);
    number_is("-9223372036854775809", G_MININT64, 0, false, 0);
    number_is("99999999999999999999999", 0, G_MAXINT64, false, 0);
}

static void
prefix_is(const char *text, gint64 max, gint64 expected, const char *rest)
{
    gint64 number = -1;
    const char *end;
    g_assert_true(number_prefix(text, max, &number, &end) == (expected >= 0));
    g_assert_cmpint(number, ==, expected);
    g_assert_cmpstr(end, ==, rest);
}

static void
test_number_prefix(void)
{
    prefix_is("12px", 99, 12, "px");
    prefix_is("120px", 99, 99, "px");
    prefix_is("7", 5, 5, "");
    prefix_is("50", 5, 5, "");
    prefix_is("00", 0, 0, "");
    prefix_is("", 9, -1, "");
    prefix_is("-1", 9, -1, "-1");
    prefix_is(" 1", 9, -1, " 1");
    prefix_is("9223372036854775808.", G_MAXINT64, G_MAXINT64, ".");
}

/* A file is replaced; what one that was killed at it has left is swept, and nothing else. */
static void
test_sweep(void)
{
    g_autofree char *folder = g_dir_make_tmp("crier-file.XXXXXX", NULL);
    static const char *const names[] = {".crier-new.abc123", ".crier-new.held00", ".crier-new.mine",
                                        ".crier.backup"};
    char *paths[G_N_ELEMENTS(names)];
    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        paths[i] = g_build_filename(folder, names[i], NULL);
        g_assert_true(g_file_set_contents(paths[i], "x", 1, NULL));
    }
    int held = open(paths[1], O_RDONLY | O_CLOEXEC);
    g_assert_cmpint(flock(held, LOCK_EX), ==, 0);
    g_autofree char *file = g_build_filename(folder, "urls", NULL);
    g_autoptr(GError) error = NULL;
    g_assert_true(file_replace(file, "new", 3, 0600, &error));
    g_assert_no_error(error);
    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        g_assert_cmpint(g_access(paths[i], F_OK), ==, i == 0 ? -1 : 0);
        g_unlink(paths[i]);
        g_free(paths[i]);
    }
    close(held);
    g_unlink(file);
    g_assert_cmpint(g_rmdir(folder), ==, 0);
}

void
add_tests(void)
{
    g_test_add_func("/number/parse", test_number);
    g_test_add_func("/number/prefix", test_number_prefix);
    g_test_add_func("/url/resolve", test_resolve);
    g_test_add_func("/url/resolve-plain", test_resolve_plain);
    g_test_add_func("/url/resolve-long", test_resolve_long);
    g_test_add_func("/url/identity", test_identity);
    g_test_add_func("/host/shown", test_hosts_shown);
    g_test_add_func("/host/hidden", test_hosts_hidden);
    g_test_add_func("/host/akin", test_hosts_akin);
    g_test_add_func("/url/shown", test_url_shown);
    g_test_add_func("/detail/charset", test_detail_charset);
    g_test_add_func("/file/sweep", test_sweep);
    g_test_add_func("/paths/program", test_program);
    g_test_add_func("/paths/build-tree", test_build_tree);
    g_test_add_func("/policy", test_policy);
    g_test_add_func("/policy/failures", test_failures);
    g_test_add_func("/policy/schedule-hints", test_schedule_hints);
}
