/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Picking cookies from a file, and narrowing them to one host. */
#include "config.h"

#include "transfer/cookie-file.h"
#include "base/file.h"
#include "base/url.h"

#include <string.h>
#include <sys/stat.h>

#define MAX_BYTES (4 << 20)

enum field { DOMAIN, BELOW, PATH, SECURE, EXPIRES, NAME, VALUE, FIELDS };

static bool
is_yes(const char *text)
{
    return !g_ascii_strcasecmp(text, "TRUE");
}

/* Whether a cookie of that domain is sent to the host; below: also to those below it. */
static bool
is_for(const char *domain, bool below, const char *host)
{
    domain += *domain == '.';
    gsize length = strlen(domain), whole = strlen(host);
    if (!g_ascii_strcasecmp(domain, host))
        return true;
    return below && length && whole > length + 1 && host[whole - length - 1] == '.' &&
           !g_hostname_is_ip_address(host) && !g_ascii_strcasecmp(host + whole - length, domain);
}

/* One line for the host alone; NULL when it is not for it, or is none. */
static char *
narrow(const char *line, const char *host, bool https)
{
    static const char http_only[] = "#HttpOnly_";
    if (g_str_has_prefix(line, http_only))
        line += strlen(http_only);
    else if (*line == '#')
        return NULL;
    g_auto(GStrv) f = g_strsplit(line, "\t", FIELDS);
    guint count = g_strv_length(f);
    if (count < VALUE || !is_for(f[DOMAIN], is_yes(f[BELOW]), host))
        return NULL;
    return g_strdup_printf("%s\tFALSE\t%s\t%s\t%s\t%s\t%s", host, f[PATH],
                           https || is_yes(f[SECURE]) ? "TRUE" : "FALSE", f[EXPIRES], f[NAME],
                           count > VALUE ? f[VALUE] : "");
}

static bool
is_too_large(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && (!S_ISREG(info.st_mode) || info.st_size > MAX_BYTES);
}

GPtrArray *
cookie_file_read(const char *path, const char *url, GError **error)
{
    g_autofree char *text = NULL, *host = url_host(url);
    if (!host || is_too_large(path)) {
        g_set_error_literal(error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "it is no file of cookies");
        return NULL;
    }
    if (!file_get_text(path, &text, NULL, error))
        return NULL;
    bool https = !g_ascii_strncasecmp(url, "https:", strlen("https:"));
    GPtrArray *cookies = g_ptr_array_new_with_free_func(g_free);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line; line++) {
        char *one = narrow(g_strchomp(*line), host, https);
        if (one)
            g_ptr_array_add(cookies, one);
    }
    return cookies;
}
