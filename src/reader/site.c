/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing the pages: an index by language and month, and a page an article. */
#include "config.h"

#include "reader/site.h"
#include "base/i18n.h"
#include "reader/heading.h"
#include "reader/page.h"
#include "reader/publish.h"

#include <string.h>

#define NO_LANGUAGE "und" /* BCP 47 */

static const char style[] =
    ":root { color-scheme: light dark; --text: #1b1b1b; --faint: #5f5f5f; --back: #fdfcfa; --line: #d9d5cc; --link: #0b5394; }\n"
    "@media (prefers-color-scheme: dark) {\n"
    "  :root { --text: #e4e2dd; --faint: #a19d95; --back: #191919; --line: #3a3834; --link: #8ab8ea; }\n"
    "}\n"
    "html { background: var(--back); color: var(--text); font: 1.06rem/1.6 Georgia, \"Noto Serif\", \"Noto Serif CJK SC\", serif; }\n"
    "body { max-width: 42em; margin: 0 auto; padding: 1.5em 1em 4em; overflow-wrap: break-word; }\n"
    "h1, h2, nav, header p, .source, time { font-family: system-ui, \"Noto Sans\", \"Noto Sans CJK SC\", sans-serif; }\n"
    "h1 { font-size: 1.5rem; line-height: 1.25; }\n"
    "h2 { font-size: 1.1rem; margin: 2em 0 .4em; border-bottom: 1px solid var(--line); }\n"
    "a { color: var(--link); }\n"
    "nav { font-size: .9rem; margin-bottom: 1.5em; }\n"
    "nav a { margin-right: 1em; }\n"
    "ul.list { list-style: none; padding: 0; }\n"
    "ul.list li { display: grid; grid-template-columns: 3.2em 1fr; align-items: baseline; margin: .6em 0; }\n"
    "time, .count, .source, header p { color: var(--faint); font-size: .85rem; }\n"
    ".source { display: block; }\n"
    ".count { margin-right: 1.2em; }\n"
    ".months { line-height: 2; }\n"
    "header { margin-bottom: 1.5em; }\n"
    "header p { margin: .3em 0; }\n"
    "img { max-width: 100%; height: auto; }\n"
    "figure { margin: 1.5em 0; }\n"
    "figcaption { color: var(--faint); font-size: .9rem; }\n"
    "blockquote { margin-left: 0; padding-left: 1em; border-left: 3px solid var(--line); }\n"
    "pre { overflow-x: auto; }\n"
    "table { border-collapse: collapse; display: block; overflow-x: auto; }\n"
    "td, th { border: 1px solid var(--line); padding: .25em .5em; vertical-align: top; text-align: left; }\n"
    "@media (max-width: 36em) {\n"
    "  table { font-size: .85rem; line-height: 1.4; }\n"
    "  td, th { padding: .2em .35em; }\n"
    "}\n"
    "@media print {\n"
    "  html { background: none; color: #000; font-size: 11pt; }\n"
    "  body { max-width: none; padding: 0; }\n"
    "  nav { display: none; }\n"
    "  a { color: inherit; text-decoration: none; }\n"
    "  article a[href^=\"http\"]::after { content: \" <\" attr(href) \">\"; font-size: .8em; }\n"
    "  h1, h2 { break-after: avoid; }\n"
    "  img, table, figure { break-inside: avoid; }\n"
    "}\n";

/* --- what goes where ----------------------------------------------------------------------- */

struct month {
    char *name;      /* "2025-10" */
    GPtrArray *rows; /* borrowed struct article_row *, newest first */
};

struct language {
    char *code;
    GPtrArray *months; /* owned struct month *, newest first */
};

static void
month_free(gpointer data)
{
    struct month *month = data;
    g_free(month->name);
    g_ptr_array_unref(month->rows);
    g_free(month);
}

static void
language_free(gpointer data)
{
    struct language *language = data;
    g_free(language->code);
    g_ptr_array_unref(language->months);
    g_free(language);
}

/* The day of an article where it was published, "2025-10-06"; else that on which it was seen. */
static char *
day_of(const struct article_row *row)
{
    struct date day = row->published;
    if (day.precision == DATE_NONE)
        day = (struct date){.time = row->first_seen};
    day.precision = DATE_DAY;
    return date_iso(&day);
}

/* A code that can be a part of a file's name. */
static char *
code_of(const struct article_row *row)
{
    bool fine = row->language && *row->language && strlen(row->language) <= 20;
    for (const char *p = row->language; fine && *p; p++)
        fine = g_ascii_isalnum(*p) || *p == '-';
    return fine ? g_ascii_strdown(row->language, -1) : g_strdup(NO_LANGUAGE);
}

static struct language *
language_of(GPtrArray *languages, const char *code)
{
    for (guint i = 0; i < languages->len; i++) {
        struct language *language = g_ptr_array_index(languages, i);
        if (g_str_equal(language->code, code))
            return language;
    }
    struct language *language = g_new0(struct language, 1);
    *language = (struct language){g_strdup(code), g_ptr_array_new_with_free_func(month_free)};
    g_ptr_array_add(languages, language);
    return language;
}

static struct month *
month_of(struct language *language, const char *name)
{
    for (guint i = language->months->len; i-- > 0;) { /* the newest are looked at last */
        struct month *month = g_ptr_array_index(language->months, i);
        if (g_str_equal(month->name, name))
            return month;
    }
    struct month *month = g_new0(struct month, 1);
    *month = (struct month){g_strdup(name), g_ptr_array_new()};
    g_ptr_array_add(language->months, month);
    return month;
}

static int
by_code(gconstpointer a, gconstpointer b)
{
    return strcmp((*(const struct language *const *)a)->code,
                  (*(const struct language *const *)b)->code);
}

static GPtrArray *
sort_rows(const GPtrArray *rows)
{
    GPtrArray *languages = g_ptr_array_new_with_free_func(language_free);
    for (guint i = 0; i < rows->len; i++) {
        struct article_row *row = g_ptr_array_index(rows, i);
        g_autofree char *code = code_of(row), *day = day_of(row), *name = g_strndup(day, 7);
        g_ptr_array_add(month_of(language_of(languages, code), name)->rows, row);
    }
    g_ptr_array_sort(languages, by_code);
    return languages;
}

/* --- pages --------------------------------------------------------------------------------- */

static void
append_escaped(GString *out, const char *text)
{
    g_autofree char *escaped = g_markup_escape_text(text, -1);
    g_string_append(out, escaped);
}

/* Nothing is loaded but the stylesheet and pictures, and nobody is told from where. */
static GString *
begin_page(const char *language, const char *title)
{
    GString *out = g_string_new("<!DOCTYPE html>\n<html");
    if (language && !g_str_equal(language, NO_LANGUAGE))
        g_string_append_printf(out, " lang=\"%s\"", language);
    g_string_append(
        out,
        ">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta name=\"referrer\" content=\"no-referrer\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'self'; img-src http: https:\">\n"
        "<title>");
    append_escaped(out, title);
    g_string_append(out,
                    "</title>\n<link rel=\"stylesheet\" href=\"style.css\">\n</head>\n<body>\n");
    return out;
}

static bool
put_page(const struct site_writer *to, const char *name, GString *page)
{
    g_string_append(page, "</body>\n</html>\n");
    bool fine = to->put(name, page->str, to->data);
    g_string_free(page, TRUE);
    return fine;
}

static void
append_link(GString *out, const char *file, const char *text)
{
    g_string_append_printf(out, "<a href=\"%s\">", file);
    append_escaped(out, text);
    g_string_append(out, "</a>");
}

static const char *
language_name(const char *code)
{
    return g_str_equal(code, NO_LANGUAGE) ? "–" : heading_language(code);
}

static bool
put_article(struct store *store, const struct language *language, const struct month *month,
            const struct article_row *row, const struct site_writer *to, GError **error)
{
    AUTO(document_free) struct document *body = publish_document(store, row->id, error);
    if (!body)
        return false;
    AUTO(document_free) struct document *head = page_head(row), *rest = document_new();
    page_append(rest, store, row, body);
    g_autofree char *above = document_html(head), *html = document_html(rest),
                    *name = g_strdup_printf("%" G_GINT64_FORMAT ".html", row->id),
                    *up = g_strdup_printf("%s-%s.html", language->code, month->name);
    GString *out = begin_page(language->code, heading_title(row));
    g_string_append(out, "<nav>");
    append_link(out, "index.html", _("Index"));
    g_string_append_c(out, ' ');
    append_link(out, up, month->name);
    g_string_append_printf(out, "</nav>\n<article>\n<header>\n%s</header>\n%s</article>\n", above,
                           html);
    return put_page(to, name, out);
}

static bool
put_month(const struct language *language, guint at, const struct site_writer *to)
{
    const struct month *month = g_ptr_array_index(language->months, at);
    g_autofree char *name = g_strdup_printf("%s-%s.html", language->code, month->name),
                    *title = g_strdup_printf("%s · %s", month->name, language_name(language->code));
    GString *out = begin_page(language->code, title);
    g_string_append(out, "<nav>");
    append_link(out, "index.html", _("Index"));
    for (int step = 1; step >= -1; step -= 2) { /* the month before, then the one after */
        guint other = at + (guint)step;
        if (other >= language->months->len)
            continue;
        const struct month *beside = g_ptr_array_index(language->months, other);
        g_autofree char *file = g_strdup_printf("%s-%s.html", language->code, beside->name),
                        *text = g_strdup_printf(step > 0 ? "← %s" : "%s →", beside->name);
        g_string_append_c(out, ' ');
        append_link(out, file, text);
    }
    g_string_append(out, "</nav>\n<h1>");
    append_escaped(out, title);
    g_string_append(out, "</h1>\n<ul class=\"list\">\n");
    for (guint i = 0; i < month->rows->len; i++) {
        const struct article_row *row = g_ptr_array_index(month->rows, i);
        g_autofree char *day = day_of(row),
                        *file = g_strdup_printf("%" G_GINT64_FORMAT ".html", row->id);
        g_string_append_printf(out, "<li><time datetime=\"%s\">%s</time> <div>", day, day + 5);
        append_link(out, file, heading_title(row));
        g_string_append(out, " <span class=\"source\">");
        append_escaped(out, row->source_label);
        g_string_append(out, "</span></div></li>\n");
    }
    g_string_append(out, "</ul>\n");
    return put_page(to, name, out);
}

static bool
put_index(const GPtrArray *languages, const struct site_writer *to)
{
    GString *out = begin_page(NULL, _("News"));
    g_string_append(out, "<h1>");
    append_escaped(out, _("News"));
    g_string_append(out, "</h1>\n");
    for (guint i = 0; i < languages->len; i++) {
        const struct language *language = g_ptr_array_index(languages, i);
        g_string_append_printf(out, "<h2 lang=\"%s\">", language->code);
        append_escaped(out, language_name(language->code));
        g_string_append(out, "</h2>\n<p class=\"months\">");
        for (guint j = 0; j < language->months->len; j++) {
            const struct month *month = g_ptr_array_index(language->months, j);
            g_autofree char *file = g_strdup_printf("%s-%s.html", language->code, month->name);
            append_link(out, file, month->name);
            g_string_append_printf(out, " <span class=\"count\">%u</span> ", month->rows->len);
        }
        g_string_append(out, "</p>\n");
    }
    return put_page(to, "index.html", out);
}

bool
site_write(struct store *store, const GPtrArray *rows, const struct site_writer *to, GError **error)
{
    g_autoptr(GPtrArray) languages = sort_rows(rows);
    if (!to->put("style.css", style, to->data))
        return false;
    for (guint i = 0; i < languages->len; i++) {
        const struct language *language = g_ptr_array_index(languages, i);
        for (guint j = 0; j < language->months->len; j++) {
            const struct month *month = g_ptr_array_index(language->months, j);
            for (guint k = 0; k < month->rows->len; k++)
                if (!put_article(store, language, month, g_ptr_array_index(month->rows, k), to,
                                 error))
                    return false;
            if (!put_month(language, j, to))
                return false;
        }
    }
    return put_index(languages, to); /* last: it leads to nothing that is not there */
}
