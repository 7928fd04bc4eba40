/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lines of a request and of its answer, as far as anybody may read them. */
#include "config.h"

#include "transfer/evidence.h"
#include "base/clean.h"
#include "base/url.h"
#include "transfer/exchange.h"

#include <string.h>

/* Whether the name of a header begins with the first `length` bytes of the line. */
static bool
is_named(const char *line, gsize length, const char *const *names, bool within)
{
    const char *colon = memchr(line, ':', length);
    if (!colon)
        return false;
    g_autofree char *name = g_ascii_strdown(line, colon - line);
    for (; *names; names++)
        if (within ? strstr(name, *names) != NULL : g_str_equal(name, *names))
            return true;
    return false;
}

/* Adds a line, with the secrets in its addresses as ***. */
static void
append_line(GString *out, const char *line, gsize length)
{
    g_autofree char *clean = text_squeeze(line, (gssize)length), *public = url_public(clean);
    if (*public && out->len + strlen(public) < EVIDENCE_MAX)
        g_string_append_printf(out, "%s\n", public);
}

void
evidence_note(GString *answer, const char *line, gsize length)
{
    /* parts of names: whoever gives somebody a secret calls it so */
    static const char *const secret[] = {"cookie",   "auth", "token",   "secret", "session",
                                         "password", "csrf", "api-key", NULL};
    if (!is_named(line, length, secret, true))
        append_line(answer, line, length);
}

/* The codings that libcurl asks for where it is told to ask for all that it knows. */
static const char *
codings(void)
{
    int features = curl_version_info(CURLVERSION_NOW)->features;
    bool brotli = features & CURL_VERSION_BROTLI, zstd = features & CURL_VERSION_ZSTD;
    return brotli && zstd ? "deflate, gzip, br, zstd"
           : brotli       ? "deflate, gzip, br"
           : zstd         ? "deflate, gzip, zstd"
                          : "deflate, gzip";
}

/* What follows the host in an address. */
static const char *
path_of(const char *url)
{
    const char *begin = strstr(url, "://"), *path = begin ? strchr(begin + 3, '/') : NULL;
    return path ? path : "/";
}

char *
evidence_request(const char *url, bool post, bool coded, const char *user_agent,
                 const struct curl_slist *headers)
{
    /* those that a portal file adds are told by name nowhere: any of them may be a key */
    static const char *const plain[] = {
        "accept",        "accept-encoding",   "accept-language", "connection",
        "if-none-match", "if-modified-since", "content-type",    NULL};
    g_autofree char *public = url_public(url), *host = url_authority(url),
                    *path = g_strndup(path_of(public), strcspn(path_of(public), "#"));
    g_autoptr(GString) out = g_string_new(NULL);
    g_string_append_printf(out, "%s %s HTTP/1.1\nHost: %s\nUser-Agent: %s\n", post ? "POST" : "GET",
                           path, host ? host : "", user_agent);
    if (coded)
        g_string_append_printf(out, "Accept-Encoding: %s\n", codings());
    for (const struct curl_slist *header = headers; header; header = header->next)
        if (is_named(header->data, strlen(header->data), plain, false))
            append_line(out, header->data, strlen(header->data));
    return text_clean(out->str, (gssize)out->len);
}
