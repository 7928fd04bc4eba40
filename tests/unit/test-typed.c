/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Addresses as people type and paste them, and what is said of those that are none. */
#include "config.h"

#include "config/settings.h"
#include "config/typed.h"
#include "unit/kit.h"

#include <glib/gstdio.h>
#include <unistd.h>

static void
typed(const char *text, const char *expected)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) urls = typed_address(text, &error);
    g_assert_no_error(error);
    g_ptr_array_add(urls, NULL);
    g_autofree char *joined = g_strjoinv(" ", (char **)urls->pdata);
    g_assert_cmpstr(joined, ==, expected);
}

/* code: CONFIG_ERROR_UNKNOWN where it may be the name of something else. */
static void
refused(const char *text, int code, const char *why)
{
    g_autoptr(GError) error = NULL;
    g_assert_null(typed_address(text, &error));
    g_assert_error(error, CONFIG_ERROR, code);
    if (!strstr(error->message, why))
        g_error("'%s' is said of '%s', not '%s'", error->message, text, why);
    g_assert_null(typed_address(text, NULL));
}

static void
test_web(void)
{
    typed("https://a.example/x", "https://a.example/x");
    typed("HTTPS://A.example/X", "https://a.example/X");
    typed("  http://a.example/ x\n/y ", "http://a.example/x/y");
    typed("http://ann:secret@a.example:8080/x?y#z", "http://ann:secret@a.example:8080/x?y#z");
    typed("http:/a.example/x", "http://a.example/x");
    typed("https:a.example", "https://a.example");
    typed("http:\\\\a.example/x", "http://a.example/x");
    typed("https：//a.example/x", "https://a.example/x");
    typed("a.example/news", "https://a.example/news http://a.example/news");
    typed("a.example:8931/x?y", "https://a.example:8931/x?y http://a.example:8931/x?y");
    typed("127.0.0.1:8931/x?y", "https://127.0.0.1:8931/x?y http://127.0.0.1:8931/x?y");
    typed("localhost/x", "https://localhost/x http://localhost/x");
    typed("[::1]:80/x", "https://[::1]:80/x http://[::1]:80/x");
    typed("//a.example/f", "https://a.example/f http://a.example/f");
}

static void
test_wrapped(void)
{
    typed("<https://a.example/>", "https://a.example/");
    typed("<URL:https://a.example/>", "https://a.example/");
    typed("«https://a.example/»", "https://a.example/");
    typed("“https://a.example/x”,", "https://a.example/x");
    typed("(\"https://a.example/x\")", "https://a.example/x");
    typed("https://a.example/x\"", "https://a.example/x");
    typed("'https://a.example/x", "https://a.example/x");
    typed("https://a.example/x_(y)", "https://a.example/x_(y)");
    typed(" a.example/x\t\n", "https://a.example/x http://a.example/x");
    typed("https://a.example/\u200bx\ufeff", "https://a.example/x");
}

static void
test_schemes(void)
{
    typed("feed:http://a.example/f", "http://a.example/f");
    typed("feed://a.example/f", "https://a.example/f http://a.example/f");
    typed("FEED:https://a.example/f", "https://a.example/f");
    typed("feed:a.example/f", "https://a.example/f http://a.example/f");
    typed("feeds://a.example/f", "https://a.example/f http://a.example/f");
    typed("webcal://a.example/city.ics", "https://a.example/city.ics http://a.example/city.ics");
    typed("webcals:https://a.example/city.ics", "https://a.example/city.ics");
}

static void
test_international(void)
{
    typed("город.рф", "https://xn--c1ac3aaj.xn--p1ai http://xn--c1ac3aaj.xn--p1ai");
    typed("https://город.рф/новости", "https://xn--c1ac3aaj.xn--p1ai/новости");
    typed("https://ann:pw@Bücher.example:81/x", "https://ann:pw@xn--bcher-kva.example:81/x");
    typed("例子。中国/新闻",
          "https://xn--fsqu00a.xn--fiqs8s/新闻 http://xn--fsqu00a.xn--fiqs8s/新闻");
}

static void
test_none(void)
{
    refused("", CONFIG_ERROR_SYNTAX, "empty");
    refused(" \"\" ", CONFIG_ERROR_SYNTAX, "empty");
    refused("Saint Petersburg", CONFIG_ERROR_UNKNOWN, "neither an address nor a file");
    refused("St. Louis", CONFIG_ERROR_UNKNOWN, "neither an address nor a file");
    refused("qiqihar/ru", CONFIG_ERROR_UNKNOWN, "neither an address nor a file");
    refused("ann@a.example", CONFIG_ERROR_UNKNOWN, "neither an address nor a file");
    refused("ftp://a.example/x", CONFIG_ERROR_SYNTAX, "not 'ftp:'");
    refused("javascript:alert(1)", CONFIG_ERROR_SYNTAX, "not 'javascript:'");
    refused("mailto:a@b.example", CONFIG_ERROR_SYNTAX, "not 'mailto:'");
    refused("portal:qiqihar", CONFIG_ERROR_SYNTAX, "not 'portal:'");
    refused("exec:cat /etc/passwd", CONFIG_ERROR_SYNTAX, "not 'exec:'");
    refused("feed:ftp://a.example/", CONFIG_ERROR_SYNTAX, "not 'ftp:'");
    refused("http://", CONFIG_ERROR_SYNTAX, "no host in 'http://'");
    refused("https:///?x", CONFIG_ERROR_SYNTAX, "no host");
    refused("https://:80/", CONFIG_ERROR_SYNTAX, "no host");
    refused("feed:", CONFIG_ERROR_SYNTAX, "no host");
    refused("http://a.example/\033[31m", CONFIG_ERROR_SYNTAX, "control character");
    refused("\377\376", CONFIG_ERROR_SYNTAX, "not UTF-8");
}

/* Puts the folder's name into a text with a %s. */
static void
check_file(const char *folder, const char *text, const char *file)
{
    g_auto(GStrv) parts = g_strsplit(text, "%s", 2);
    g_autofree char *whole = g_strjoinv(folder, parts),
                    *expected = g_strdup_printf("file://%s/%s", folder, file);
    typed(whole, expected);
}

static void
test_files(void)
{
    g_autofree char *folder = g_dir_make_tmp("crier-typed-XXXXXX", NULL),
                    *before = g_get_current_dir();
    g_assert_cmpint(g_chdir(folder), ==, 0);
    g_free(folder);
    folder = g_get_current_dir();
    g_assert_true(g_file_set_contents("feed.xml", "<rss/>", -1, NULL));
    g_assert_true(g_file_set_contents("my news.html", "<p>", -1, NULL));
    g_assert_cmpint(g_mkdir("folder.org", 0700), ==, 0);
    check_file(folder, "%s/feed.xml", "feed.xml");
    check_file(folder, "file://%s/feed.xml", "feed.xml");
    check_file(folder, "file://localhost%s/feed.xml", "feed.xml");
    check_file(folder, "file:%s/feed.xml", "feed.xml");
    check_file(folder, "FILE://%s/my%20news.html", "my%20news.html");
    check_file(folder, "\"%s/my news.html\"", "my%20news.html");
    check_file(folder, "./folder.org/../feed.xml", "feed.xml");
    check_file(folder, "feed.xml", "feed.xml");
    check_file(folder, "my news.html", "my%20news.html");
    typed("folder.org", "https://folder.org http://folder.org");
    typed("other.xml", "https://other.xml http://other.xml");
    refused("./other.xml", CONFIG_ERROR_SYNTAX, "No such file");
    refused("/nowhere/feed.xml", CONFIG_ERROR_SYNTAX, "No such file");
    refused("./folder.org", CONFIG_ERROR_SYNTAX, "is no file");
    refused("/dev/null", CONFIG_ERROR_SYNTAX, "is no file");
    refused("..", CONFIG_ERROR_SYNTAX, "is no file");
    refused("file://other.example/feed.xml", CONFIG_ERROR_SYNTAX, "no file of this machine");
    refused("file:", CONFIG_ERROR_SYNTAX, "no file of this machine");
    g_remove("feed.xml");
    g_remove("my news.html");
    g_rmdir("folder.org");
    g_assert_cmpint(g_chdir(before), ==, 0);
    g_rmdir(folder);
}

void
add_tests(void)
{
    g_test_add_func("/web", test_web);
    g_test_add_func("/wrapped", test_wrapped);
    g_test_add_func("/schemes", test_schemes);
    g_test_add_func("/international", test_international);
    g_test_add_func("/none", test_none);
    g_test_add_func("/files", test_files);
}
