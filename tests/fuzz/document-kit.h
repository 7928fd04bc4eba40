/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What holds for every document, wherever it comes from: its text is clean, its spans are in order,
 * its links are safe, it is stored as it is, and what is written of it holds no markup but its
 * writers' own.
 */
#pragma once

#include "base/url.h"
#include "document/document.h"
#include "fuzz/kit.h"

/* --- what it holds -------------------------------------------------------------------------- */

static inline void
check_rich(const struct rich_text *rich, guint links)
{
    g_assert_true(text_is_clean(rich->text->str, rich->text->len));
    guint last = 0;
    for (guint i = 0; i < rich->spans->len; i++) {
        const struct span *span = &g_array_index(rich->spans, struct span, i);
        guint end = span->start + span->length;
        g_assert_true(span->start >= last && end >= span->start && end <= rich->text->len);
        g_assert_true(span->link <= links && !(span->style & ~(guint)SPAN_ALL));
        g_assert_true(((guchar)rich->text->str[span->start] & 0xc0) != 0x80 &&
                      ((guchar)rich->text->str[end] & 0xc0) != 0x80);
        last = end;
    }
}

static inline void
check_url(const char *url)
{
    if (!url)
        return;
    assert_clean(url);
    g_autofree char *safe = document_safe_url(url);
    g_assert_cmpstr(safe, ==, url);
}

static inline void
check_parts(const struct document *document)
{
    for (guint i = 0; i < document->links->len; i++)
        check_url(g_ptr_array_index(document->links, i));
    for (guint i = 0; i < document->blocks->len; i++) {
        const struct block *block = g_ptr_array_index(document->blocks, i);
        check_rich(&block->content, document->links->len);
        assert_clean(block->marker);
        assert_clean(block->alt);
        check_url(block->url);
        check_url(block->target);
        for (guint r = 0; block->rows && r < block->rows->len; r++) {
            const GPtrArray *row = g_ptr_array_index(block->rows, r);
            for (guint c = 0; c < row->len; c++) {
                const struct table_cell *cell = g_ptr_array_index(row, c);
                g_assert_true(cell->columns && cell->rows);
                check_rich(&cell->content, document->links->len);
            }
        }
    }
}

/* --- its HTML ------------------------------------------------------------------------------- */

static inline bool
is_one_of(const char *name, gsize length, const char *const *names)
{
    for (; *names; names++)
        if (strlen(*names) == length && !memcmp(name, *names, length))
            return true;
    return false;
}

/* An address that may be followed; the letters of a scheme are as they came. */
static inline void
check_target(const char *url)
{
    g_assert_true(url_is_web(url) || !g_ascii_strncasecmp(url, "mailto:", strlen("mailto:")) ||
                  !g_ascii_strncasecmp(url, "tel:", strlen("tel:")));
}

/* An attribute that the writer writes, its value in quotation marks; where it ends. */
static inline const char *
check_attribute(const char *p)
{
    static const char *const known[] = {"href", "src",   "alt",  "colspan", "rowspan",
                                        "type", "value", "lang", NULL};
    gsize length = strcspn(p, "=");
    g_assert_true(is_one_of(p, length, known) && p[length] == '=' && p[length + 1] == '"');
    const char *value = p + length + 2, *end = strchr(value, '"');
    g_assert_nonnull(end);
    g_assert_null(memchr(value, '<', (gsize)(end - value)));
    g_autofree char *url = g_strndup(value, (gsize)(end - value));
    if (p[0] == 'h' || p[0] == 's')
        check_target(url);
    return end + 1;
}

/* Tags of the writer's own, each closed in its turn. */
static inline void
check_html(const char *html)
{
    static const char *const known[] = {
        "a",      "article", "blockquote", "br",     "caption", "code", "dd", "del", "dl",
        "dt",     "em",      "figcaption", "figure", "h1",      "h2",   "h3", "h4",  "h5",
        "h6",     "hr",      "img",        "ins",    "li",      "mark", "ol", "p",   "pre",
        "strong", "sub",     "sup",        "table",  "td",      "th",   "tr", "ul",  NULL};
    static const char *const empty[] = {"br", "hr", "img", NULL};
    g_autoptr(GArray) open = g_array_new(FALSE, FALSE, sizeof(const char *));
    for (const char *p = html; (p = strchr(p, '<'));) {
        bool closes = p[1] == '/';
        const char *name = p + 1 + closes;
        gsize length = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789");
        g_assert_true(is_one_of(name, length, known));
        p = name + length;
        while (*p == ' ' && !closes)
            p = check_attribute(p + 1);
        g_assert_true(*p == '>');
        if (closes) {
            g_assert_cmpuint(open->len, >, 0);
            const char *last = g_array_index(open, const char *, open->len - 1);
            g_assert_true(!strncmp(last, name, length) && !g_ascii_isalnum(last[length]));
            g_array_set_size(open, open->len - 1);
        } else if (!is_one_of(name, length, empty)) {
            g_array_append_val(open, name);
        }
    }
    g_assert_cmpuint(open->len, ==, 0);
}

/* --- its Markdown --------------------------------------------------------------------------- */

/* Behind the run of backticks that closes what one of `length` opens; NULL when none does. */
static inline const char *
behind_code(const char *p, gsize length)
{
    while ((p = strchr(p, '`'))) {
        gsize run = strspn(p, "`");
        p += run;
        if (run == length)
            return p;
    }
    return NULL;
}

/* Behind the address of a link that begins at p. */
static inline const char *
behind_address(const char *p)
{
    gsize length = strcspn(p, ")<>\"`\\| \n");
    g_assert_true(p[length] == ')');
    g_autofree char *url = g_strndup(p, length);
    check_target(url);
    return p + length;
}

/* Outside of code and addresses no '<' and no '&' begins anything: each is escaped. */
static inline void
check_markdown(const char *text)
{
    for (const char *p = text; *p;) {
        gsize ticks = strspn(p, "`");
        g_assert_true(*p != '<' && *p != '&');
        if (ticks)
            g_assert_nonnull(p = behind_code(p + ticks, ticks));
        else if (p[0] == ']' && p[1] == '(')
            p = behind_address(p + 2);
        else
            p += *p == '\\' && p[1] ? 2 : 1;
    }
}

/* --- all of it ------------------------------------------------------------------------------ */

static inline void
check_document(const struct document *document)
{
    check_parts(document);
    g_autofree char *plain = document_plain(document), *body = document_body(document);
    g_autofree char *markdown = document_markdown(document), *html = document_html(document);
    assert_clean(plain);
    assert_clean(body);
    assert_clean(markdown);
    assert_clean(html);
    check_html(html);
    check_markdown(markdown);
    g_autoptr(GBytes) stored = document_serialize(document);
    AUTO(document_free) struct document *again =
        document_deserialize(g_bytes_get_data(stored, NULL), g_bytes_get_size(stored));
    g_assert_nonnull(again);
    g_autoptr(GBytes) same = document_serialize(again);
    g_assert_true(g_bytes_equal(stored, same));
    g_autofree char *same_html = document_html(again);
    g_assert_cmpstr(same_html, ==, html);
}
