/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * URLs through GUri.  What portals write is not always an RFC 3986 reference: blanks and
 * bytes outside ASCII are percent-encoded before GUri sees them, everything else is left
 * as it came, so that a link that worked in a browser works here.
 */
#include "config.h"

#include "base/url.h"

#include <string.h>

#define RELAXED (G_URI_FLAGS_ENCODED | G_URI_FLAGS_PARSE_RELAXED)

static bool
is_stray(unsigned char c)
{
    return c <= ' ' || c >= 0x7f || strchr("\"<>\\^`{|}", c);
}

/* How many bytes of text may stand in a URL. */
static gsize
clean_length(const char *text)
{
    gsize length = 0;
    while (text[length] && (g_ascii_isalnum(text[length]) || !is_stray((unsigned char)text[length])))
        length++;
    return length;
}

static char *
encode_stray(const char *text)
{
    GString *out = g_string_sized_new(strlen(text) + 16);
    while (*text) {
        gsize clean = clean_length(text);
        g_string_append_len(out, text, (gssize)clean);
        text += clean;
        if (*text && *text != '\t' && *text != '\n' && *text != '\r')
            g_string_append_printf(out, "%%%02X", (unsigned char)*text);
        text += *text != '\0';
    }
    return g_string_free(out, FALSE);
}

static bool
has_scheme(const char *text)
{
    const char *p = text;
    if (!g_ascii_isalpha(*p))
        return false;
    while (g_ascii_isalnum(*p) || *p == '+' || *p == '-' || *p == '.')
        p++;
    return *p == ':';
}

char *
url_resolve(const char *base, const char *reference)
{
    if (!reference)
        return NULL;
    g_autofree char *trimmed = g_strstrip(g_strdup(reference));
    if (!*trimmed)
        return NULL;
    if (!base && has_scheme(trimmed) && g_uri_is_valid(trimmed, RELAXED, NULL))
        return g_steal_pointer(&trimmed);
    g_autofree char *clean = encode_stray(trimmed);
    if (!has_scheme(trimmed) && strpbrk(trimmed, " \t\r\n") && !strpbrk(trimmed, "/?."))
        return NULL;
    if (!base || !has_scheme(base)) /* "#top": against such a base nothing can be resolved */
        return g_steal_pointer(&clean);
    g_autofree char *clean_base = encode_stray(base);
    return g_uri_resolve_relative(clean_base, clean, RELAXED, NULL);
}

bool
url_is_web(const char *url)
{
    if (!url || (g_ascii_strncasecmp(url, "http://", 7) && g_ascii_strncasecmp(url, "https://", 8)))
        return false;
    const char *host = strchr(url, ':') + strlen("://"), *end = host;
    while (g_ascii_isalnum(*end) || *end == '-' || *end == '.')
        end++;
    if (end > host && (!*end || *end == '/') && !end[clean_length(end)])
        return true; /* as nearly all are: GUri has nothing to say of it */
    g_autofree char *clean = encode_stray(url);
    g_autoptr(GUri) uri = g_uri_parse(clean, RELAXED, NULL);
    return uri && g_uri_get_host(uri) && *g_uri_get_host(uri);
}

char *
url_authority(const char *url)
{
    const char *start = url ? strstr(url, "://") : NULL;
    if (!start)
        return NULL;
    g_autofree char *whole = g_strndup(start + 3, strcspn(start + 3, "/?#"));
    const char *at = strrchr(whole, '@');
    return g_ascii_strdown(at ? at + 1 : whole, -1);
}

static bool
is_noise(const char *parameter)
{
    static const char *const noise[] = {"utm_", "phpsessid=", "jsessionid=", "sid=", "sphrase_id=",
                                        "clear_cache="};
    for (size_t i = 0; i < G_N_ELEMENTS(noise); i++)
        if (!g_ascii_strncasecmp(parameter, noise[i], strlen(noise[i])))
            return true;
    return false;
}

char *
url_identity(const char *url)
{
    g_autofree char *clean = encode_stray(url);
    g_autoptr(GUri) uri = g_uri_parse(clean, RELAXED, NULL);
    if (!uri || !g_uri_get_host(uri))
        return g_strdup(url);
    GString *out = g_string_new(NULL);
    const char *scheme = g_uri_get_scheme(uri);
    g_string_append(out, g_str_equal(scheme, "http") || g_str_equal(scheme, "https") ? "web" : scheme);
    g_autofree char *host = g_ascii_strdown(g_uri_get_host(uri), -1);
    g_string_append_printf(out, "://%s", host);
    int port = g_uri_get_port(uri);
    if (port > 0 && port != 80 && port != 443)
        g_string_append_printf(out, ":%d", port);

    g_autofree char *path = g_strdup(g_uri_get_path(uri));
    char *session = strstr(path, ";jsessionid=");
    if (session)
        *session = '\0';
    if (g_str_has_suffix(path, "/index.html"))
        path[strlen(path) - strlen("index.html")] = '\0';
    g_string_append(out, *path ? path : "/");

    const char *query = g_uri_get_query(uri);
    if (query) {
        g_auto(GStrv) parameters = g_strsplit(query, "&", -1);
        char separator = '?';
        for (char **p = parameters; *p; p++) {
            if (is_noise(*p))
                continue;
            g_string_append_printf(out, "%c%s", separator, *p);
            separator = '&';
        }
    }
    return g_string_free(out, FALSE);
}
