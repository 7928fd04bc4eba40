/* SPDX-License-Identifier: GPL-3.0-or-later */
/* By what addresses, names, types and first bytes formats are told apart. */
#include "config.h"

#include "portal/file-format.h"
#include "base/clean.h"
#include "base/regex.h"

#include <string.h>

#define PDF_HEAD     1024       /* bytes: ISO 32000-1, appendix H.3, note 13 */
#define ARCHIVE_HEAD (64 << 10) /* bytes: the first files of an archive say what it is for */

static const char *const formats[] = {"pdf", "doc",  "docx", "docm", "xls",  "xlsx", "xlsm",
                                      "ppt", "pptx", "wps",  "et",   "dps",  "ofd",  "ceb",
                                      "zip", "rar",  "7z",   "odt",  "ods",  "odp",  "rtf",
                                      "csv", "txt",  "djvu", "xps",  "epub", "tif",  "tiff"};

/* The format whose name stands at p, and where that ends; NULL for none. */
static const char *
format_at(const char *p, const char **end)
{
    gsize length = 0;
    while (g_ascii_isalnum(p[length]))
        length++;
    *end = p + length;
    for (gsize i = 0; i < G_N_ELEMENTS(formats); i++)
        if (strlen(formats[i]) == length && !g_ascii_strncasecmp(formats[i], p, length))
            return formats[i];
    return NULL;
}

char *
file_format_of_url(const char *url)
{
    const char *end;
    for (const char *dot = url; (dot = strchr(dot, '.')); dot++) {
        const char *format = dot > url && dot[-1] != '/' ? format_at(dot + 1, &end) : NULL;
        if (format && (!*end || strchr("?#&;", *end)))
            return g_strdup(format);
    }
    return NULL;
}

/* A bracket that opens at p: its length, 0 for none. */
static gsize
opening(const char *p)
{
    return *p == '(' || *p == '[' ? 1 : g_str_has_prefix(p, "（") ? strlen("（") : 0;
}

static const char *
skip_space(const char *p)
{
    return p + strspn(p, " \t\r\n\f\v");
}

char *
file_format_of_name(const char *name)
{
    const char *end;
    for (const char *dot = name; (dot = strchr(dot, '.')); dot++) {
        const char *format = dot > name && !g_ascii_isspace(dot[-1]) ? format_at(dot + 1, &end)
                                                                     : NULL;
        if (format && (!*skip_space(end) || opening(skip_space(end))))
            return g_strdup(format);
    }
    return NULL;
}

char *
file_format_in_brackets(const char *name)
{
    for (const char *p = name, *end; *p; p++) {
        gsize bracket = opening(p);
        const char *inner = skip_space(p + bracket);
        const char *format = bracket ? format_at(inner + (*inner == '.'), &end) : NULL;
        bool goes_on = format && (*end == '_' || g_unichar_isalnum(g_utf8_get_char(end)));
        if (format && !goes_on && (strpbrk(end, ")]") || strstr(end, "）")))
            return g_strdup(format);
    }
    return NULL;
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
    g_autoptr(GMatchInfo) match = NULL;
    regex_once(&regex, "^application/(?:x-)?(pdf|zip|rtf|ofd)\\b");
    if (!type || !g_regex_match(regex, type, 0, &match))
        return NULL;
    g_autofree char *format = g_match_info_fetch(match, 1);
    return g_ascii_strdown(format, -1);
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

/* The first place of some bytes in others, or NULL. */
static const char *
find(const char *bytes, gsize length, const char *wanted, gsize size)
{
    const char *end = bytes + length;
    for (const char *p = bytes;
         size <= (gsize)(end - p) && (p = memchr(p, *wanted, (gsize)(end - p))); p++)
        if (size <= (gsize)(end - p) && !memcmp(p, wanted, size))
            return p;
    return NULL;
}

/* What an archive of an office program holds, by the names of its first files. */
static char *
format_of_archive(const char *bytes, gsize length)
{
    static const struct {
        const char *name, *format;
    } known[] = {{"mimetypeapplication/vnd.oasis.opendocument.text", "odt"},
                 {"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "ods"},
                 {"mimetypeapplication/vnd.oasis.opendocument.presentation", "odp"},
                 {"mimetypeapplication/epub+zip", "epub"},
                 {"word/document.xml", "docx"},
                 {"word/", "docx"},
                 {"xl/workbook.xml", "xlsx"},
                 {"xl/", "xlsx"},
                 {"ppt/", "pptx"},
                 {"OFD.xml", "ofd"}};
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++)
        if (find(bytes, MIN(length, ARCHIVE_HEAD), known[i].name, strlen(known[i].name)))
            return g_strdup(known[i].format);
    return NULL;
}

/* What a compound file of an office program holds: the names of its streams are UTF-16. */
static char *
format_of_compound(const char *bytes, gsize length)
{
    static const struct {
        const char name[21];
        gsize size;
        const char *format;
    } known[] = {{"W\0o\0r\0d\0D\0o\0c\0u\0", 16, "doc"},
                 {"P\0o\0w\0e\0r\0P\0o\0i\0", 16, "ppt"},
                 {"W\0o\0r\0k\0b\0o\0o\0k\0", 16, "xls"},
                 {"B\0o\0o\0k\0\0\0", 10, "xls"}};
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++)
        if (find(bytes, length, known[i].name, known[i].size))
            return g_strdup(known[i].format);
    return NULL;
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
        return known[i].format ? g_strdup(known[i].format)
               : *bytes == 'P' ? format_of_archive(bytes, length)
                               : format_of_compound(bytes, length);
    }
    /* readers of PDF take what stands before it: a mark of UTF-8, a line of the server's */
    *binary = find(bytes, MIN(length, PDF_HEAD), "%PDF-", 5) &&
              !find(bytes, MIN(length, PDF_HEAD), "<", 1);
    return *binary ? g_strdup("pdf") : NULL;
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
