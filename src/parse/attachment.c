/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the bytes of an attachment to its text as a document. */
#include "config.h"

#include "parse/attachment.h"
#include "base/i18n.h"
#include "document/csv.h"
#include "document/html-import.h"
#include "parse/convert.h"
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

static const char *
skip_blanks(const char *p)
{
    while (*p == ' ' || *p == '\t')
        p++;
    return p;
}

/* What follows blanks, one end of a line and blanks; NULL when the line does not end there. */
static const char *
next_line(const char *p)
{
    p = skip_blanks(p);
    return *p == '\n' ? skip_blanks(p + 1) : NULL;
}

/* Whether a word that ends so goes on in the next line, which begins at `next`. */
static bool
is_divided(const GString *before, const char *next)
{
    const char *last = before->len ? g_utf8_find_prev_char(before->str, before->str + before->len)
                                   : NULL;
    return last && next && g_unichar_isalpha(g_utf8_get_char(last)) &&
           g_unichar_islower(g_utf8_get_char(next));
}

/*
 * What is set in lines for paper as paragraphs: the end of a page is one of a paragraph, and a word
 * that was divided at the end of a line is one again.
 */
static char *
for_reading(const char *text)
{
    GString *out = g_string_sized_new(strlen(text));
    for (const char *p = text; *p;) {
        gunichar c = g_utf8_get_char(p);
        const char *after = g_utf8_next_char(p);
        bool soft = c == 0xad, hyphen = c == '-' || c == 0x2010;
        const char *next = soft || hyphen ? next_line(after) : NULL;
        if (soft)
            p = next ? next : after;
        else if (hyphen && is_divided(out, next))
            p = next;
        else if (c == '\f') {
            g_string_append(out, "\n\n");
            for (p = after; *p == '\n' || *p == '\f';)
                p++;
        } else {
            g_string_append_len(out, p, after - p);
            p = after;
        }
    }
    return g_string_free(out, FALSE);
}

/* --- paragraphs that an indent begins ----------------------------------------------------- */

static gsize
indent_of(const char *line)
{
    return strspn(line, " ");
}

static bool
is_blank(const char *line)
{
    return !line || !line[indent_of(line)];
}

static bool
has_columns(const char *line)
{
    return strstr(line + indent_of(line), "   ") != NULL;
}

/* Whether a line stands further to the right than one beside it, which may be blank. */
static bool
is_indented(const char *line, const char *beside)
{
    return is_blank(beside) || (indent_of(line) > indent_of(beside) + 1 && !has_columns(beside));
}

/*
 * Whether a line begins a paragraph by its indent alone, as official papers are set: those before
 * and after it begin further to the left.
 */
static bool
begins_paragraph(const char *before, const char *line, const char *after)
{
    return !is_blank(line) && !has_columns(line) && is_indented(line, before) &&
           is_indented(line, after) && !(is_blank(before) && is_blank(after));
}

/* The same text with a blank line before each of them instead of its indent. */
static char *
with_paragraphs(const char *text)
{
    g_auto(GStrv) lines = g_strsplit_set(text, "\n", -1);
    GString *out = g_string_sized_new(strlen(text));
    const char *before = NULL;
    for (char **line = lines; *line; line++) {
        bool begins = begins_paragraph(before, *line, line[1]);
        if (begins && !is_blank(before))
            g_string_append_c(out, '\n');
        const char *level = is_blank(line[1]) ? before : line[1];
        g_string_append(out, *line + (begins ? indent_of(*line) - indent_of(level) : 0));
        g_string_append_c(out, '\n');
        before = *line;
    }
    return g_string_free(out, FALSE);
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
    g_autofree char *paragraphs = with_paragraphs(lines);
    return document_from_plain(paragraphs, true);
}

/* Whether anything can be read in it; pictures lie in the attachment itself. */
static bool
has_words(const struct document *document)
{
    return document_characters(document) > 0;
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
        if (article_format_has_text(result->format))
            result->problem = problem_new(PROBLEM_NO_WORDS, url, PROBLEM_NO_NUMBER, NULL);
        return;
    }
    if (cut || more)
        result->problem =
            problem_new(PROBLEM_LIMIT, url, PROBLEM_NO_NUMBER, N_("the text of the attachment"));
    result->text = stored_document_new(document);
}

static void
run(struct attachment_text *result, const struct converter *c, const char *bytes, gsize length,
    const char *url)
{
    AUTO(conversion_clear) struct conversion done;
    convert_run(c, result->format, bytes, length, &done);
    result->late = done.late;
    if (done.why && !done.out->len)
        result->problem = problem_new(PROBLEM_CONVERTER, url, PROBLEM_NO_NUMBER, done.why);
    else
        take(result, c->gives, done.out->str, done.out->len, done.cut || done.why, url);
}

static void
convert(struct attachment_text *result, const struct converters *converters, const char *bytes,
        gsize length, const char *url)
{
    if (!converters) {
        result->problem = problem_new(PROBLEM_CONVERTER, url, PROBLEM_NO_NUMBER,
                                      N_("too many documents of this source took too long"));
        return;
    }
    const struct converter *c = converters_next(converters, result->format, NULL);
    if (!c && article_format_has_text(result->format)) {
        g_autofree char *names = converters_missing(converters, result->format);
        result->problem = problem_new(PROBLEM_NO_CONVERTER, url, PROBLEM_NO_NUMBER,
                                      names ? names : result->format);
    }
    /* where one finds nothing another may; why it did not is what the first says */
    for (; c && !result->text && !result->late;
         c = converters_next(converters, result->format, c)) {
        AUTO(problem_free) struct problem *first = g_steal_pointer(&result->problem);
        run(result, c, bytes, length, url);
        if (first && !result->text) {
            g_clear_pointer(&result->problem, problem_free);
            result->problem = g_steal_pointer(&first);
        }
    }
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

/*
 * Whether bytes are text: they have no NUL, which every format of documents has somewhere early,
 * unless they say that they are UTF-16.
 */
static bool
is_bytes_of_text(const char *bytes, gsize length)
{
    return (length > 1 && (!memcmp(bytes, "\xff\xfe", 2) || !memcmp(bytes, "\xfe\xff", 2))) ||
           !memchr(bytes, 0, MIN(length, 4096));
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
