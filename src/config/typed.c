/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From what was typed to URLs, and what is said of the rest. */
#include "config.h"

#include "config/typed.h"
#include "base/host.h"
#include "base/i18n.h"
#include "base/url.h"
#include "config/settings.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

/* --- what stands around an address ------------------------------------------------------------ */

/* Takes one character of a set from the beginning or the end of a text; whether there was one. */
static bool
trim_one(GString *text, bool end, const char *set)
{
    const char *p = end && text->len ? g_utf8_prev_char(text->str + text->len) : text->str;
    gunichar c = g_utf8_get_char(p);
    if (!c || !g_utf8_strchr(set, -1, c))
        return false;
    g_string_erase(text, p - text->str, g_utf8_next_char(p) - p);
    return true;
}

/* Takes off the brackets that are around the whole of it; one at its end may be its own. */
static void
trim_brackets(GString *text)
{
    if (text->len > 2 && *text->str == '(' && text->str[text->len - 1] == ')') {
        g_string_erase(text, 0, 1);
        g_string_truncate(text, text->len - 1);
    }
}

/* Without what stands around an address that was copied out of a text. */
static char *
unwrap(const char *typed)
{
    GString *text = g_string_new(typed);
    bool more = true;
    while (more && text->len) {
        trim_brackets(text);
        more = trim_one(text, false, " \t\r\n\"'<«“‘„《") ||
               trim_one(text, true, " \t\r\n\"'>»”’《》,;");
    }
    return g_string_free(text, FALSE);
}

/* Without white space and what is not seen; NULL when it holds controls. */
static char *
squash(const char *text)
{
    g_autoptr(GString) out = g_string_new(NULL);
    for (const char *p = text; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (g_unichar_iscntrl(c) && !g_unichar_isspace(c))
            return NULL;
        if (!g_unichar_isspace(c) && g_unichar_type(c) != G_UNICODE_FORMAT)
            g_string_append_unichar(out, c);
    }
    return g_strdup(out->str);
}

/* --- files ------------------------------------------------------------------------------------ */

/* The path that a text is, or NULL: by its form, or since there is such a file. */
static char *
path_in(const char *text)
{
    if (!g_ascii_strncasecmp(text, "file:", strlen("file:"))) {
        const char *rest = text + strlen("file:");
        g_autofree char *whole = g_strconcat(
            "file:", g_str_has_prefix(rest, "/") && !g_str_has_prefix(rest, "//") ? "//" : "", rest,
            NULL);
        g_autofree char *host = NULL, *path = g_filename_from_uri(whole, &host, NULL);
        bool own = path && (!host || !*host || !g_ascii_strcasecmp(host, "localhost"));
        return own ? g_steal_pointer(&path) : g_strdup("");
    }
    if (g_str_has_prefix(text, "~/"))
        return g_build_filename(g_get_home_dir(), text + 2, NULL);
    bool path = (*text == '/' && text[1] != '/') || g_str_has_prefix(text, "./") ||
                g_str_has_prefix(text, "../") || g_str_equal(text, ".") || g_str_equal(text, "..");
    struct stat info;
    if (!path && !strstr(text, "://"))
        path = stat(text, &info) == 0 && S_ISREG(info.st_mode);
    return path ? g_strdup(text) : NULL;
}

/* Adds the URL of a file that can be read. */
static bool
add_file(GPtrArray *urls, const char *typed, const char *path, GError **error)
{
    g_autofree char *whole = g_canonicalize_filename(path, NULL);
    struct stat info;
    if (!*path)
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX,
                    _("'%s' names no file of this machine"), typed);
    else if (stat(whole, &info) != 0)
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX, _("cannot read '%s': %s"), whole,
                    g_strerror(errno));
    else if (!S_ISREG(info.st_mode))
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX, _("'%s' is no file"), whole);
    else
        g_ptr_array_add(urls, g_filename_to_uri(whole, NULL, NULL));
    return urls->len > 0;
}

/* --- the web ---------------------------------------------------------------------------------- */

/* How long the scheme before a colon is, where that is no host before a port; else 0. */
static gsize
scheme_length(const char *text)
{
    gsize length = 0;
    while (g_ascii_isalnum(text[length]) || (length && strchr("+-.", text[length]) && text[length]))
        length++;
    const char *rest = text + length + 1;
    if (!length || !g_ascii_isalpha(*text) || text[length] != ':')
        return 0;
    gsize port = strspn(rest, "0123456789");
    return port && (!rest[port] || strchr("/?#", rest[port])) ? 0 : length;
}

static bool
is_scheme(const char *text, gsize length, const char *const *schemes)
{
    for (; *schemes; schemes++)
        if (strlen(*schemes) == length && !g_ascii_strncasecmp(text, *schemes, length))
            return true;
    return false;
}

/* Whether a name, with a port or not, is that of a host, where no scheme says so. */
static bool
looks_like_host(const char *text)
{
    g_autofree char *host = g_strndup(text, strcspn(text, "/?#"));
    char *colon = strrchr(host, ':');
    bool port = colon && colon[1] && strspn(colon + 1, "0123456789") == strlen(colon + 1);
    if (*host == '[')
        return strchr(host, ']') != NULL;
    if (port)
        *colon = '\0';
    const char *dot = strrchr(host, '.');
    if (!*host || *host == '.' || *host == '-' || strpbrk(host, ":@!$&'()*+,;=%\\"))
        return false;
    return port || g_str_equal(host, "localhost") || (dot && dot[1]);
}

/*
 * What stands behind "scheme://", its host in ASCII; NULL when there is no host, or when that can
 * be no name of one.
 */
static char *
with_ascii_host(const char *rest)
{
    gsize length = strcspn(rest, "/?#");
    g_autofree char *authority = g_strndup(rest, length);
    char *at = strrchr(authority, '@'), *host = at ? at + 1 : authority;
    gsize name = *host == '[' ? strlen(host) : strcspn(host, ":");
    if (!name)
        return NULL;
    g_autofree char *typed = g_strndup(host, name), *ascii = host_ascii(typed);
    if (!ascii && g_str_is_ascii(host))
        return g_strdup(rest);
    return ascii ? g_strdup_printf("%.*s%s%s%s", (int)(host - authority), authority, ascii,
                                   host + name, rest + length)
                 : NULL;
}

static void
add_web(GPtrArray *urls, const char *scheme, const char *rest)
{
    g_autofree char *url = g_strconcat(scheme, "://", rest, NULL);
    if (url_is_web(url))
        g_ptr_array_add(urls, g_steal_pointer(&url));
}

/*
 * What was typed without "feed:" and the like, and with "https：//" and "https:\\" as one means
 * them; `bare`: there was one of these or "//" before what may be a host alone.
 */
static char *
normalise(const char *text, bool *bare)
{
    static const char *const wrappers[] = {"feed", "feeds", "webcal", "webcals", "url", NULL},
                             *const web[] = {"http", "https", NULL}, wide[] = "：";
    gsize letters = 0;
    while (g_ascii_isalpha(text[letters]))
        letters++;
    if (g_str_has_prefix(text + letters, wide)) {
        g_autofree char *narrow =
            g_strdup_printf("%.*s:%s", (int)letters, text, text + letters + strlen(wide));
        return normalise(narrow, bare);
    }
    gsize length = scheme_length(text);
    if (is_scheme(text, length, web)) {
        const char *rest = text + length + 1;
        rest += strspn(rest, "/\\");
        return g_strdup_printf("%.*s://%s", (int)length, text, rest);
    }
    if (length && is_scheme(text, length, wrappers)) {
        *bare = true;
        return normalise(text + length + 1, bare);
    }
    *bare |= g_str_has_prefix(text, "//");
    return g_strdup(text + (g_str_has_prefix(text, "//") ? 2 : 0));
}

/* Whether another address stands behind the first; what is broken in two is one. */
static bool
are_several(const char *text)
{
    static const char *const beginnings[] = {"http://", "https://", "file:", "feed:"};
    for (const char *blank = text; *(blank += strcspn(blank, " \t\r\n"));) {
        blank += strspn(blank, " \t\r\n");
        for (size_t i = 0; i < G_N_ELEMENTS(beginnings); i++)
            if (!g_ascii_strncasecmp(blank, beginnings[i], strlen(beginnings[i])))
                return true;
    }
    return false;
}

static bool
add_address(GPtrArray *urls, const char *text, GError **error)
{
    g_autofree char *squashed = squash(text);
    if (!squashed) {
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX, "%s",
                    _("there is a control character in the address"));
        return false;
    }
    bool bare = false, blanks = strpbrk(text, " \t\r\n") != NULL;
    g_autofree char *url = normalise(squashed, &bare);
    gsize length = scheme_length(url);
    const char *stated = length ? url : NULL,
               *rest = stated && strstr(url, "://") ? strstr(url, "://") + 3 : url;
    if (stated && g_ascii_strncasecmp(url, "http", 4)) {
        g_autofree char *scheme = g_strndup(url, length);
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX,
                    _("'%s': crier reads http, https and files, not '%s:'"), text, scheme);
        return false;
    }
    g_autofree char *ascii = with_ascii_host(rest);
    if (stated && ascii) {
        g_autofree char *scheme = g_ascii_strdown(url, (gssize)length);
        add_web(urls, scheme, ascii);
    } else if (!stated && ascii && !strstr(url, "://") && !(blanks && !bare) &&
               looks_like_host(ascii)) {
        add_web(urls, "https", ascii);
        add_web(urls, "http", ascii);
    }
    if (!urls->len && (stated || bare))
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX, _("there is no host in '%s'"), text);
    else if (!urls->len)
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_UNKNOWN,
                    _("'%s' is neither an address nor a file"), text);
    return urls->len > 0;
}

GPtrArray *
typed_address(const char *typed, GError **error)
{
    g_autoptr(GPtrArray) urls = g_ptr_array_new_with_free_func(g_free);
    if (!g_utf8_validate(typed, -1, NULL)) {
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX, "%s", _("the address is not UTF-8"));
        return NULL;
    }
    g_autofree char *text = unwrap(typed);
    if (!*text) {
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX, "%s", _("the address is empty"));
        return NULL;
    }
    if (are_several(text)) {
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX, "%s",
                    _("these are several addresses; one is added at a time"));
        return NULL;
    }
    g_autofree char *path = path_in(text);
    bool found = path ? add_file(urls, text, path, error) : add_address(urls, text, error);
    return found ? g_steal_pointer(&urls) : NULL;
}
