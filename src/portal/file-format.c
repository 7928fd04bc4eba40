/* SPDX-License-Identifier: GPL-3.0-or-later */
/* By what addresses, names, types and first bytes formats are told apart. */
#include "config.h"

#include "portal/file-format.h"
#include "base/clean.h"
#include "base/regex.h"

#include <string.h>

#define FORMATS \
    "pdf|docx?|docm|xlsx?|xlsm|pptx?|wps|et|dps|ofd|ceb|zip|rar|7z|odt|ods|odp|rtf|csv|djvu|xps|epub|tiff?"

/* What a pattern with one group finds, in lower case; NULL for nothing. */
static char *
format_in(const GRegex *regex, const char *text)
{
    g_autoptr(GMatchInfo) match = NULL;
    if (!text || !g_regex_match(regex, text, 0, &match))
        return NULL;
    g_autofree char *format = g_match_info_fetch(match, 1);
    return g_ascii_strdown(format, -1);
}

char *
file_format_of_url(const char *url)
{
    static GRegex *regex;
    return format_in(regex_once(&regex, "[^/]\\.(" FORMATS ")(?:[?#&;]|$)"), url);
}

char *
file_format_of_name(const char *name, bool loose)
{
    static GRegex *whole, *bracketed;
    char *format = format_in(regex_once(&whole, "\\S\\.(" FORMATS ")\\s*(?:[(\\[（].*)?$"), name);
    return format || !loose ? format
                            : format_in(regex_once(&bracketed, "[(\\[（]\\s*\\.?(" FORMATS
                                                               ")\\b[^)\\]）]*[)\\]）]"),
                                        name);
}

char *
file_format_of_type(const char *type)
{
    static GRegex *regex;
    if (type && strstr(type, "wordprocessingml"))
        return g_strdup("docx");
    if (type && strstr(type, "spreadsheetml"))
        return g_strdup("xlsx");
    if (type && strstr(type, "msword"))
        return g_strdup("doc");
    if (type && strstr(type, "ms-excel"))
        return g_strdup("xls");
    return format_in(regex_once(&regex, "^application/(?:x-)?(pdf|zip|rtf|ofd)\\b"), type);
}

char *
file_name_of_url(const char *url)
{
    g_autofree char *path = g_strndup(url, strcspn(url, "?#"));
    g_autofree char *name = g_path_get_basename(path), *plain = g_uri_unescape_string(name, NULL);
    return text_squeeze(plain && g_utf8_validate(plain, -1, NULL) ? plain : name, -1);
}

static bool
begins(const char *bytes, gsize length, const char *magic, gsize size)
{
    return length >= size && !memcmp(bytes, magic, size);
}

char *
file_format_of_bytes(const char *bytes, gsize length, bool *picture, bool *binary)
{
    static const struct {
        const char *magic;
        gsize size;
        const char *format;
        bool picture;
    } known[] = {{"%PDF-", 5, "pdf", false},       {"{\\rtf", 5, "rtf", false},
                 {"PK\3\4", 4, NULL, false},       {"\xd0\xcf\x11\xe0", 4, NULL, false},
                 {"Rar!", 4, "rar", false},        {"7z\xbc\xaf", 4, "7z", false},
                 {"\xff\xd8\xff", 3, "jpg", true}, {"\x89PNG", 4, "png", true},
                 {"GIF8", 4, "gif", true}};
    *picture = *binary = false;
    while (length && g_ascii_isspace(*bytes)) {
        bytes++;
        length--;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
        if (!begins(bytes, length, known[i].magic, known[i].size))
            continue;
        *picture = known[i].picture;
        *binary = true;
        return g_strdup(known[i].format);
    }
    return NULL;
}

bool
file_is_picture_type(const char *type)
{
    static GRegex *regex;
    return type &&
           g_regex_match(
               regex_once(&regex, "^image/(?:p?jpe?g|png|gif|webp|bmp|avif|tiff?)\\s*(?:;|$)"),
               type, 0, NULL);
}
