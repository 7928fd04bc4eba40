/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the bytes of an attachment to its text as a document. */
#include "config.h"

#include "fetch/attachment.h"
#include "base/i18n.h"
#include "base/regex.h"
#include "document/csv.h"
#include "document/html-import.h"
#include "fetch/convert.h"
#include "portal/article.h"
#include "text/charset.h"

#include <string.h>

/* bytes of text that are taken: some 1500 pages, as much as a reader can be shown */
#define MAX_TEXT (4 << 20)

void
attachment_text_free(struct attachment_text *text)
{
    g_free(text->format);
    if (text->text)
        stored_document_free(text->text);
    if (text->problem)
        problem_free(text->problem);
    g_free(text);
}

/* --- text as converters print it ---------------------------------------------------------- */

/*
 * What is set in lines for paper as paragraphs: the end of a page is one of a paragraph, and a word
 * that was divided at the end of a line is one again.
 */
static char *
for_reading(const char *text)
{
    static GRegex *pages, *divided;
    regex_once(&pages, "[ \\t]*\\n*\\f\\n*");
    regex_once(&divided, "(?:\\x{AD}|(?<=\\p{L})[-\\x{2010}])[ \\t]*\\n[ \\t]*(?=\\p{Ll})|\\x{AD}");
    g_autofree char *paged = g_regex_replace_literal(pages, text, -1, 0, "\n\n", 0, NULL);
    char *whole = g_regex_replace_literal(divided, paged ? paged : text, -1, 0, "", 0, NULL);
    return whole ? whole : g_strdup(paged ? paged : text);
}

static struct document *
document_of(enum converter_output kind, const char *text, bool *cut)
{
    *cut = false;
    if (kind == CONVERTER_CSV)
        return document_from_csv(text, cut);
    if (kind == CONVERTER_HTML)
        return html_import_told(text, NULL, cut);
    g_autofree char *lines = for_reading(text);
    return document_from_plain(lines, true);
}

/* Whether anything can be read in it; pictures lie in the attachment itself. */
static bool
has_words(const struct document *document)
{
    return document_characters(document) > 0;
}

/* What is a picture may hold no text at all; nothing is amiss then. */
static bool
is_picture(const char *format)
{
    static const char *const formats[] = {"png", "jpg",  "jpeg", "gif",   "webp",
                                          "bmp", "avif", "tif",  "image", NULL};
    return g_strv_contains(formats, format);
}

static void
take(struct attachment_text *result, enum converter_output kind, const char *bytes, gsize length,
     bool cut, const char *url)
{
    struct charset_hints hints = {0};
    AUTO(charset_text_clear) struct charset_text decoded;
    cut |= length > MAX_TEXT;
    charset_decode(bytes, MIN(length, MAX_TEXT), &hints, &decoded);
    g_autofree char *text = g_strndup(decoded.text, decoded.length);
    bool more;
    AUTO(document_free) struct document *document = document_of(kind, text, &more);
    if (!has_words(document)) {
        if (!is_picture(result->format))
            result->problem = problem_new(PROBLEM_NO_WORDS, url, PROBLEM_NO_NUMBER, NULL);
        return;
    }
    if (cut || more)
        result->problem =
            problem_new(PROBLEM_LIMIT, url, PROBLEM_NO_NUMBER, N_("the text of the attachment"));
    result->text = stored_document_new(document);
}

static void
convert(struct attachment_text *result, const struct converters *converters, const char *bytes,
        gsize length, const char *url)
{
    const struct converter *c = converters_find(converters, result->format);
    if (!c) {
        g_autofree char *names = converters_missing(converters, result->format);
        if (names && !is_picture(result->format)) /* nor of archives is their text expected */
            result->problem = problem_new(PROBLEM_NO_CONVERTER, url, PROBLEM_NO_NUMBER, names);
        return;
    }
    AUTO(conversion_clear) struct conversion done;
    convert_run(c, result->format, bytes, length, &done);
    if (done.why && !done.out->len)
        result->problem = problem_new(PROBLEM_CONVERTER, url, PROBLEM_NO_NUMBER, done.why);
    else
        take(result, c->gives, done.out->str, done.out->len, done.cut || done.why, url);
}

/* --- what it is --------------------------------------------------------------------------- */

static bool
is_text(const char *content_type)
{
    return content_type && !g_ascii_strncasecmp(content_type, "text/plain", strlen("text/plain"));
}

static bool
is_html_type(const char *content_type)
{
    return !content_type || strstr(content_type, "html");
}

static bool
begins_html(const char *bytes, gsize length)
{
    static const char *const signs[] = {"<!doctype html", "<html", "<head", "<body",
                                        "<table",         "<meta", "<title"};
    g_autofree char *begin = g_ascii_strdown(bytes, (gssize)MIN(length, 1024));
    for (size_t i = 0; i < G_N_ELEMENTS(signs); i++)
        if (strstr(begin, signs[i]))
            return true;
    return false;
}

/* Whether bytes are text: they have no NUL, which every format of documents has somewhere early. */
static bool
is_bytes_of_text(const char *bytes, gsize length)
{
    return !memchr(bytes, 0, MIN(length, 4096));
}

struct attachment_text *
attachment_read(const struct converters *converters, const char *bytes, gsize length,
                const char *content_type, const char *url, const char *format)
{
    struct attachment_text *result = g_new0(struct attachment_text, 1);
    g_autofree char *named = format ? g_strdup(format)
                                    : article_file_format(bytes, length, content_type, url);
    bool sniffed = article_file_is_binary(bytes, length);
    if (!sniffed && begins_html(bytes, length)) {
        /* office programs save documents as HTML, under their own endings and types */
        bool saved = named && (g_str_has_prefix(named, "xls") || g_str_has_prefix(named, "doc")) &&
                     !is_html_type(content_type);
        if (!saved) {
            result->problem = problem_new(PROBLEM_NOT_A_FILE, url, PROBLEM_NO_NUMBER, NULL);
            return result;
        }
        result->format = g_steal_pointer(&named);
        take(result, CONVERTER_HTML, bytes, length, false, url);
    } else if (!sniffed && is_bytes_of_text(bytes, length) &&
               ((named && g_str_equal(named, "csv")) || (!named && is_text(content_type)) ||
                (named && g_str_equal(named, "txt")))) {
        result->format = named ? g_steal_pointer(&named) : g_strdup("txt");
        take(result, g_str_equal(result->format, "csv") ? CONVERTER_CSV : CONVERTER_TEXT, bytes,
             length, false, url);
    } else {
        result->format = named ? g_steal_pointer(&named) : g_strdup("bin");
        convert(result, converters, bytes, length, url);
    }
    return result;
}
