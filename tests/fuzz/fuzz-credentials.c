/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The file of logins, and in the first line an address that asks for one: what is found is a login,
 * over http only where it stays in this machine or a line says http; no error shows a password.
 */
#include "config.h"

#include "base/url.h"
#include "config/credentials.h"
#include "config/settings.h"
#include "fuzz/kit.h"

static bool
is_near(const char *url)
{
    g_autofree char *host = url_host(url);
    return host && (g_str_equal(host, "localhost") || g_str_equal(host, "::1") ||
                    g_str_has_prefix(host, "127."));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes in = {data, data + size};
    g_autofree char *url = bytes_until(&in, '\n'),
                    *text = g_strndup((const char *)in.at, (gsize)(in.end - in.at));
    g_autoptr(GError) error = NULL;
    struct credentials *credentials = credentials_parse("credentials", text, &error);
    g_assert_true((credentials != NULL) != (error != NULL));
    if (error)
        g_assert_null(strstr(error->message, "SECRET"));
    if (!credentials)
        return 0;
    const char *login = url_is_web(url) ? credentials_find(credentials, url) : NULL;
    if (login) {
        g_assert_nonnull(strchr(login, ':'));
        bool plain = !g_ascii_strncasecmp(url, "http:", strlen("http:"));
        g_assert_true(!plain || is_near(url) || strstr(text, "http://"));
    }
    credentials_free(credentials);
    return 0;
}
