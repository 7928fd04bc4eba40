/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Addresses, a line each: a base, a reference, a login, a text with addresses in it, what somebody
 * types, Link headers.  What is resolved stays what it is, and no secret is shown.
 */
#include "config.h"

#include <arpa/inet.h>

#include "base/url.h"
#include "config/typed.h"
#include "document/address.h"
#include "document/document.h"
#include "transfer/network.h"
#include "fuzz/kit.h"
#include "portal/discover.h"
#include "portal/file-format.h"

#define SECRET "s3cr3t0f0urs"

static void
check_stable(char *(*form)(const char *text), const char *text)
{
    g_autofree char *once = form(text), *twice = once ? form(once) : NULL;
    g_assert_cmpstr(once, ==, twice);
    g_assert_true(!once || g_utf8_validate(once, -1, NULL));
}

static void
resolve(const char *base, const char *reference)
{
    g_autofree char *url = url_resolve(base, reference);
    if (!url || !url_is_web(url) || !url_is_web(base))
        return;
    /* from then on it stays what it is */
    g_autofree char *again = url_resolve(base, url), *same = url_resolve(base, again),
                    *alone = url_resolve(NULL, url);
    g_assert_cmpstr(same, ==, again);
    g_assert_cmpstr(alone, ==, url);
}

/* A login and secret parameters that are put into a URL are not shown. */
static void
hide(const char *url, const char *login)
{
    if (!url_is_web(url) || strstr(url, SECRET) || strstr(login, SECRET))
        return;
    g_autofree char *had = NULL, *bare = url_without_login(url, &had);
    g_autofree char *secret = g_strconcat(login, ":" SECRET, NULL);
    g_autofree char *with = url_with_login(bare, secret), *shown = url_public(with);
    g_assert_null(strstr(shown, SECRET));
    g_autofree char *got = NULL, *without = url_without_login(with, &got);
    g_assert_cmpstr(without, ==, bare);
    if (!strpbrk(login, ":%"))
        g_assert_cmpstr(got, ==, secret);
    static const char *const forms[] = {"%s?a=1&token=%s&b=2", "%s?API_KEY=%s", "%s?x&password=%s"};
    if (strpbrk(bare, "#? \t\n\"'<>"))
        return;
    for (size_t i = 0; i < G_N_ELEMENTS(forms); i++) {
        g_autofree char *asked = g_strdup_printf(forms[i], bare, SECRET),
                        *hidden = url_public(asked);
        g_assert_null(strstr(hidden, SECRET));
    }
}

static void
check_network(const char *url)
{
    bool private = network_is_private_host(url);
    g_autofree char *host = url_host(url);
    struct in_addr v4;
    struct in6_addr v6;
    if (!host || inet_pton(AF_INET, host, &v4) + inet_pton(AF_INET6, host, &v6) != 1)
        return;
    g_assert_true(private == network_is_private_ip(host));
    guint first = ntohl(v4.s_addr) >> 24, second = ntohl(v4.s_addr) >> 16 & 0xff;
    if (inet_pton(AF_INET, host, &v4) == 1)
        g_assert_true(private ||
                      !(first == 0 || first == 10 || first == 127 ||
                        (first == 192 && second == 168) || (first == 172 && second >> 4 == 1) ||
                        (first == 169 && second == 254)));
}

static void
find(const char *text)
{
    guint looks = ADDRESS_MAX_LOOKS;
    g_autoptr(GArray) found = address_find(text, strlen(text), &looks);
    gsize last = 0;
    for (guint i = 0; found && i < found->len; i++) {
        const struct address *address = &g_array_index(found, struct address, i);
        g_assert_true(address->start >= last && address->length &&
                      address->start + address->length <= strlen(text));
        last = address->start + address->length;
        g_autofree char *safe = document_safe_url(address->url);
        g_assert_nonnull(safe);
    }
}

static void
type(const char *text)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) meant = typed_address(text, &error);
    g_assert_true((meant == NULL) == (error != NULL));
    for (guint i = 0; meant && i < meant->len; i++) {
        const char *url = g_ptr_array_index(meant, i);
        g_assert_true(url_is_web(url) || url_is_file(url));
        assert_clean(url);
    }
}

static void
read_links(const char *links)
{
    static const char html[] = "<p>One";
    AUTO(page_free) struct page *page =
        page_open(html, strlen(html), NULL, "http://city.example/news/");
    g_autoptr(GPtrArray) found = discover_feeds(page, links);
    for (guint i = 0; i < found->len; i++) {
        const struct discovered *feed = g_ptr_array_index(found, i);
        g_assert_true(url_is_web(feed->url));
        assert_clean(feed->title);
    }
}

static void
name_file(const char *url)
{
    g_autofree char *name = file_name_of_url(url), *format = file_format_of_url(url),
                    *named = file_format_of_name(name), *bracketed = file_format_in_brackets(name),
                    *type = file_format_of_type(name);
    g_assert_nonnull(name);
    assert_clean(name);
    g_assert_true((!format || *format) && (!named || *named) && (!bracketed || *bracketed) &&
                  (!type || *type));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes in = {data, data + size};
    g_autofree char *base = bytes_text(&in, '\n'), *reference = bytes_text(&in, '\n');
    g_autofree char *login = bytes_text(&in, '\n'), *text = bytes_text(&in, '\n');
    g_autofree char *typed = bytes_text(&in, '\n'), *links = bytes_text(&in, '\n');
    resolve(base, reference);
    g_autofree char *identity = url_identity(base), *strict = url_strict_identity(base);
    g_assert_true(g_utf8_validate(identity, -1, NULL) && g_utf8_validate(strict, -1, NULL));
    check_stable(url_public, text);
    check_stable(document_safe_url, base);
    hide(base, login);
    check_network(base);
    find(text);
    type(typed);
    read_links(links);
    name_file(base);
    return 0;
}
