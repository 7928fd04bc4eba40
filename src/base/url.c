/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * URLs through GUri.  What portals write is not always an RFC 3986 reference: blanks and
 * bytes outside ASCII are percent-encoded before GUri sees them, everything else is left
 * as it came, so that a link that worked in a browser works here.
 */
#include "config.h"

#include "base/url.h"
#include "base/host.h"
#include "base/number.h"

#include <string.h>

/* bytes of a URL: servers need take no more than 8000 (RFC 9110, 4.1), and many do not */
#define MAX_URL 8192

#define RELAXED (G_URI_FLAGS_ENCODED | G_URI_FLAGS_PARSE_RELAXED)

/* How many bytes of text may stand in a URL. */
static gsize
clean_length(const char *text)
{
    static const bool may[256] = {['!'] = true,         ['#' ... ';'] = true, ['='] = true,
                                  ['?' ... '['] = true, [']'] = true,         ['_'] = true,
                                  ['a' ... 'z'] = true, ['~'] = true};
    gsize length = 0;
    while (may[(guchar)text[length]])
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

/* --- hosts -------------------------------------------------------------------------------- */

/* Where the authority of the URL at text ends, its start being behind "://". */
static gsize
authority_length(const char *authority)
{
    return strcspn(authority, "/?#\\ \t\r\n\"'<>");
}

/* Where the host of a URL begins whose "://" is at p, and its length, without a port. */
static const char *
find_host(const char *p, gsize *length)
{
    const char *start = p + strlen("://");
    gsize all = authority_length(start);
    const char *at = g_strrstr_len(start, (gssize)all, "@"), *host = at ? at + 1 : start;
    /* an address of IPv6 has one form alone */
    *length = *host == '[' ? 0 : MIN(strcspn(host, ":"), all - (gsize)(host - start));
    return host;
}

char *
url_ascii(const char *url)
{
    const char *found = strstr(url, "://");
    if (!found)
        return g_strdup(url);
    gsize length;
    const char *host = find_host(found, &length);
    g_autofree char *own = g_strndup(host, length),
                    *ascii = g_str_is_ascii(own) && !strchr(own, '%') ? NULL : host_ascii(own);
    return ascii ? g_strdup_printf("%.*s%s%s", (int)(host - url), url, ascii, host + length)
                 : g_strdup(url);
}

/* How much of what stands behind "://" may be a name, in whatever letters. */
static gsize
name_length(const char *host, gsize length)
{
    const char *p = host, *end = host + length;
    while (p < end && ((guchar)*p >= 0x80 ? g_unichar_isalnum(g_utf8_get_char(p)) ||
                                                g_unichar_ismark(g_utf8_get_char(p))
                                          : g_ascii_isalnum(*p) || strchr("-._%", *p)))
        p = g_utf8_next_char(p);
    return (gsize)(p - host);
}

/* The byte that is written as "%d0" at p; -1: none above ASCII is. */
static int
high_byte(const char *p)
{
    int high = *p == '%' ? g_ascii_xdigit_value(p[1]) : -1,
        low = high >= 8 ? g_ascii_xdigit_value(p[2]) : -1;
    return low < 0 ? -1 : high * 16 + low;
}

/*
 * Whether a character that was encoded in an address can be shown as itself: a letter, a mark or a
 * digit that is to be seen and moves nothing beside it.
 */
static bool
is_shown_decoded(gunichar c, bool behind_letter)
{
    bool leftward = (c >= 0x590 && c < 0x900) || (c >= 0xfb1d && c < 0xfe00) ||
                    (c >= 0xfe70 && c < 0xff00) || (c >= 0x10800 && c < 0x11000) ||
                    (c >= 0x1e800 && c < 0x1f000);
    bool filler = c == 0x115f || c == 0x1160 || c == 0x3164 || c == 0xffa0;
    if (leftward || filler || g_unichar_iszerowidth(c))
        return g_unichar_ismark(c) && !leftward && behind_letter && c != 0x034f &&
               (c < 0xfe00 || c > 0xfe0f);
    return g_unichar_isalnum(c) || (g_unichar_ismark(c) && behind_letter);
}

/*
 * The end of an address, with what stands there in percents and UTF-8 as its letters: what is of
 * ASCII, and all that is no letter, stays encoded.
 */
static void
append_decoded(GString *out, const char *p, gsize length)
{
    bool letter = false; /* the one before */
    for (const char *end = p + length; p < end;) {
        char bytes[5] = "";
        int count = 0, byte;
        gunichar c = (gunichar)-1;
        while (count < 4 && end - p >= 3 * (count + 1) && (byte = high_byte(p + 3 * count)) >= 0) {
            bytes[count++] = (char)byte;
            c = g_utf8_get_char_validated(bytes, count);
            if (c != (gunichar)-2)
                break;
        }
        if (count && c < (gunichar)-2 && is_shown_decoded(c, letter) &&
            host_can_be_written(bytes)) {
            g_string_append_len(out, bytes, count);
            p += 3 * count;
            letter = true;
        } else {
            g_string_append_c(out, *p++);
            letter = false;
        }
    }
}

char *
url_shown(const char *text)
{
    g_autofree char *public = url_public(text);
    if (!g_utf8_validate(public, -1, NULL)) /* whoever prints it makes it so */
        return g_steal_pointer(&public);
    GString *out = g_string_new(NULL);
    const char *p = public;
    for (const char *found; (found = strstr(p, "://"));) {
        gsize length;
        const char *host = find_host(found, &length);
        gsize dots = MIN(strspn(host, "."), length); /* of one whose beginning was left out */
        host += dots;
        length = name_length(host, length - dots);
        g_autofree char *own = g_strndup(host, length),
                        *shown = length ? host_shown(own) : g_strdup("");
        g_string_append_len(out, p, host - p);
        g_string_append(out, shown);
        p = host + length;
        gsize rest = strcspn(p, " \t\r\n\"'<>");
        append_decoded(out, p, rest);
        p += rest;
    }
    g_string_append(out, p);
    return g_string_free(out, FALSE);
}

/* --- resolving ---------------------------------------------------------------------------- */

/* The length of the port at p with its colon, as GUri writes it; 0: there is none. */
static gsize
port_length(const char *p)
{
    gint64 port;
    const char *end;
    bool some = p[0] == ':' && p[1] != '0' && number_prefix(p + 1, G_MAXUINT16, &port, &end);
    return some && port < G_MAXUINT16 ? (gsize)(end - p) : 0;
}

/* How long the origin of a URL is, "https://town.example", when it is of the web and plain; or 0. */
static gsize
plain_origin(const char *url)
{
    gsize scheme = g_str_has_prefix(url, "https://")  ? strlen("https://")
                   : g_str_has_prefix(url, "http://") ? strlen("http://")
                                                      : 0;
    gsize host = 0;
    for (const char *p = url + scheme;
         scheme && (g_ascii_islower(p[host]) || g_ascii_isdigit(p[host]) || p[host] == '-' ||
                    p[host] == '.');)
        host++;
    gsize length = scheme + host + port_length(url + scheme + host);
    return host && url[length] == '/' ? length : 0;
}

/* Whether it is a path, and maybe a query, in which nothing is to be encoded or resolved. */
static bool
is_plain_path(const char *path)
{
    if (path[0] != '/' || path[1] == '/')
        return false;
    const char *p = path;
    while (g_ascii_isalnum(*p) || (*p == '/' && p[1] != '.') || (*p == '?' && p[1]) || *p == '-' ||
           *p == '_' || *p == '.' || *p == '=' || *p == '&')
        p++;
    return !*p;
}

static char *
join(const char *a, gsize a_length, const char *b, gsize b_length)
{
    char *both = g_malloc(a_length + b_length + 1);
    if (a_length)
        memcpy(both, a, a_length);
    memcpy(both + a_length, b, b_length + 1);
    return both;
}

/* Resolves what most references are, of which GUri would say the same; NULL: it has to be asked. */
static char *
resolve_plain(const char *base, const char *reference)
{
    gsize origin = base ? plain_origin(base) : 0;
    if (base && !origin)
        return NULL;
    if (is_plain_path(reference + plain_origin(reference))) {
        bool whole = *reference != '/';
        gsize kept = whole ? 0 : origin, length = strlen(reference);
        if ((whole || base) && kept + length <= MAX_URL)
            return join(base, kept, reference, length);
    }
    return NULL;
}

char *
url_resolve(const char *base, const char *reference)
{
    if (!reference)
        return NULL;
    char *plain = resolve_plain(base, reference);
    if (plain)
        return plain;
    g_autofree char *trimmed = g_strstrip(g_strdup(reference));
    if (!*trimmed || strlen(trimmed) > MAX_URL)
        return NULL;
    if (!base && has_scheme(trimmed) && g_uri_is_valid(trimmed, RELAXED, NULL))
        return url_ascii(trimmed);
    g_autofree char *clean = encode_stray(trimmed);
    if (!has_scheme(trimmed) && strpbrk(trimmed, " \t\r\n") && !strpbrk(trimmed, "/?."))
        return NULL;
    if (!base || !has_scheme(base)) /* "#top": against such a base nothing can be resolved */
        return g_steal_pointer(&clean);
    g_autofree char *clean_base = encode_stray(base);
    g_autofree char *resolved = g_uri_resolve_relative(clean_base, clean, RELAXED, NULL);
    return resolved && strlen(resolved) <= MAX_URL ? url_ascii(resolved) : NULL;
}

/* RFC 3986 lets a name have these; no host has them, and what ends with one is read in two ways. */
#define NO_NAME "!$&'()*+,;=\"<>^`{|}~"

/* Whether it begins with a scheme of the web. */
static bool
has_web_scheme(const char *url)
{
    return !g_ascii_strncasecmp(url, "http://", 7) || !g_ascii_strncasecmp(url, "https://", 8);
}

bool
url_is_plain(const char *url)
{
    if (!has_web_scheme(url))
        return false;
    const char *host = strchr(url, ':') + strlen("://"), *end = host;
    while (g_ascii_isalnum(*end) || *end == '-' || *end == '.')
        end++;
    const char *behind = end + port_length(end);
    return end > host && (!*behind || *behind == '/') && !behind[clean_length(behind)];
}

bool
url_is_web(const char *url)
{
    if (!url || !has_web_scheme(url))
        return false;
    if (url_is_plain(url))
        return true; /* GUri has nothing to say of it */
    g_autofree char *clean = encode_stray(url);
    g_autoptr(GUri) uri = g_uri_parse(clean, RELAXED, NULL);
    const char *name = uri ? g_uri_get_host(uri) : NULL;
    return name && *name && !strpbrk(name, NO_NAME);
}

bool
url_is_file(const char *url)
{
    return url && !g_ascii_strncasecmp(url, "file:///", strlen("file:///"));
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

char *
url_host(const char *url)
{
    g_autofree char *authority = url_authority(url);
    if (!authority || !*authority)
        return NULL;
    if (*authority == '[')
        return g_strndup(authority + 1, strcspn(authority + 1, "]"));
    return g_strndup(authority, strcspn(authority, ":"));
}

char *
url_host_shown(const char *url)
{
    g_autofree char *authority = url_authority(url);
    return authority ? host_shown(authority) : NULL;
}

char *
url_without_login(const char *url, char **login)
{
    *login = NULL;
    const char *start = strstr(url, "://");
    if (!start)
        return g_strdup(url);
    start += strlen("://");
    const char *at = g_strrstr_len(start, (gssize)authority_length(start), "@");
    if (!at)
        return g_strdup(url);
    g_autofree char *raw = g_strndup(start, (gsize)(at - start));
    *login = g_uri_unescape_string(raw, NULL);
    if (!*login)
        *login = g_steal_pointer(&raw);
    return g_strdup_printf("%.*s%s", (int)(start - url), url, at + 1);
}

char *
url_with_login(const char *url, const char *login)
{
    const char *start = strstr(url, "://"), *colon = strchr(login, ':');
    g_return_val_if_fail(start, g_strdup(url));
    start += strlen("://");
    g_autofree char *user = colon ? g_strndup(login, (gsize)(colon - login)) : g_strdup(login);
    g_autofree char *safe_user = g_uri_escape_string(user, NULL, FALSE);
    g_autofree char *password = colon ? g_uri_escape_string(colon + 1, NULL, FALSE) : NULL;
    return g_strdup_printf("%.*s%s%s%s@%s", (int)(start - url), url, safe_user, password ? ":" : "",
                           password ? password : "", start);
}

/* The scheme and authority of an absolute URL, its default port written out; NULL for none. */
static char *
origin_of(const char *url)
{
    g_autofree char *authority = url_authority(url);
    if (!authority || !*authority)
        return NULL;
    bool https = !g_ascii_strncasecmp(url, "https:", 6);
    const char *colon = strrchr(authority, ':');
    bool port = colon && !strchr(colon, ']');
    return g_strconcat(https ? "https://" : "http://", authority,
                       port    ? ""
                       : https ? ":443"
                               : ":80",
                       NULL);
}

bool
url_takes_login(const char *written, const char *url)
{
    g_autofree char *one = origin_of(written), *other = origin_of(url);
    if (!one || !other)
        return false;
    if (g_str_equal(one, other))
        return true;
    g_autofree char *host = url_host(written), *same = url_host(url);
    return host && !g_strcmp0(host, same) && g_str_has_prefix(one, "http:") &&
           g_str_has_suffix(one, ":80") && g_str_has_prefix(other, "https:") &&
           g_str_has_suffix(other, ":443");
}

/* --- secrets ------------------------------------------------------------------------------ */

bool
url_names_secret(const char *name, gsize length)
{
    static const char *const names[] = {
        "token",    "access_token", "auth_token", "private_token", "auth",      "key",
        "apikey",   "api_key",      "api-key",    "appkey",        "secret",    "client_secret",
        "password", "passwd",       "pass",       "pwd",           "signature", "sig"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (strlen(names[i]) == length && !g_ascii_strncasecmp(names[i], name, length))
            return true;
    return false;
}

/*
 * Copies what stands behind the authority of a URL, up to a blank, without the values of secret
 * parameters.
 */
static const char *
append_rest(GString *out, const char *p)
{
    const char *end = p + strcspn(p, " \t\r\n\"'<>");
    const char *query = memchr(p, '?', (gsize)(end - p));
    while (query) {
        const char *name = query + 1, *stop = name + strcspn(name, "&;# \t\r\n\"'<>");
        const char *equals = memchr(name, '=', (gsize)(stop - name));
        if (equals && equals + 1 < stop && url_names_secret(name, (gsize)(equals - name))) {
            g_string_append_len(out, p, equals + 1 - p);
            g_string_append(out, "***");
            p = stop;
        }
        query = stop < end && (*stop == '&' || *stop == ';') ? stop : NULL;
    }
    g_string_append_len(out, p, end - p);
    return end;
}

char *
url_public(const char *text)
{
    GString *out = g_string_new(NULL);
    const char *found;
    while ((found = strstr(text, "://"))) {
        const char *start = found + strlen("://");
        gsize length = authority_length(start);
        const char *at = g_strrstr_len(start, (gssize)length, "@");
        g_string_append_len(out, text, start - text);
        if (at) {
            const char *colon = memchr(start, ':', (gsize)(at - start));
            g_string_append_printf(out, "%.*s***@", (int)(colon ? colon + 1 - start : 0), start);
            length -= (gsize)(at + 1 - start);
            start = at + 1;
        }
        g_string_append_len(out, start, (gssize)length);
        text = append_rest(out, start + length);
    }
    g_string_append(out, text);
    return g_string_free(out, FALSE);
}

/* --- identity ----------------------------------------------------------------------------- */

/* "sid=9f86d081884c7d65…" is of a visit, "sid=101" of a story. */
static bool
is_session_value(const char *value)
{
    gsize length = strlen(value), digits = 0, letters = 0;
    for (const char *p = value; *p; p++) {
        digits += g_ascii_isdigit(*p);
        letters += g_ascii_isalpha(*p);
        if (!g_ascii_isalnum(*p))
            return false;
    }
    return length >= 16 && digits >= 4 && letters >= 2;
}

/* Of a visit, whatever its value: PHP's and Java's; of none but by its form: others. */
static bool
is_session(const char *parameter)
{
    static const char *const always[] = {"phpsessid=", "jsessionid=", "aspsessionid"};
    static const char *const some[] = {
        "sid=", "session=", "sessionid=", "session_id=", "zenid=", "oscsid="};
    for (size_t i = 0; i < G_N_ELEMENTS(always); i++)
        if (!g_ascii_strncasecmp(parameter, always[i], strlen(always[i])))
            return true;
    for (size_t i = 0; i < G_N_ELEMENTS(some); i++)
        if (!g_ascii_strncasecmp(parameter, some[i], strlen(some[i])))
            return is_session_value(parameter + strlen(some[i]));
    return false;
}

/* Says where the reader comes from. */
static bool
is_noise(const char *parameter)
{
    static const char *const noise[] = {
        "utm_", "sphrase_id=", "clear_cache=", "fbclid=", "gclid=", "yclid=", "_openstat="};
    for (size_t i = 0; i < G_N_ELEMENTS(noise); i++)
        if (!g_ascii_strncasecmp(parameter, noise[i], strlen(noise[i])))
            return true;
    return false;
}

/* The address of a page within an application that is one document to HTTP. */
static bool
is_route(const char *fragment)
{
    return (*fragment == '/' && fragment[1]) || (*fragment == '!' && fragment[1]);
}

static void
append_query(GString *out, const char *query, bool strict)
{
    g_auto(GStrv) parameters = g_strsplit(query, "&", -1);
    char separator = '?';
    for (char **p = parameters; *p; p++) {
        if (is_session(*p) || (!strict && is_noise(*p)))
            continue;
        g_string_append_printf(out, "%c%s", separator, *p);
        separator = '&';
    }
}

static char *
identity(const char *url, bool strict)
{
    g_autofree char *clean = encode_stray(url);
    g_autoptr(GUri) uri = g_uri_parse(clean, RELAXED, NULL);
    if (!uri || !g_uri_get_host(uri))
        return g_strdup(url);
    GString *out = g_string_new(NULL);
    const char *scheme = g_uri_get_scheme(uri);
    g_string_append(out,
                    g_str_equal(scheme, "http") || g_str_equal(scheme, "https") ? "web" : scheme);
    /* GUri decodes what stands behind a '%' in an IPv6 address */
    g_autofree char *valid = g_utf8_make_valid(g_uri_get_host(uri), -1),
                    *host = g_ascii_strdown(valid, -1);
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
    if (g_uri_get_query(uri))
        append_query(out, g_uri_get_query(uri), strict);
    const char *fragment = g_uri_get_fragment(uri);
    if (fragment && *fragment && (strict || is_route(fragment)))
        g_string_append_printf(out, "#%s", fragment);
    return g_string_free(out, FALSE);
}

char *
url_identity(const char *url)
{
    return identity(url, false);
}

char *
url_strict_identity(const char *url)
{
    return identity(url, true);
}
