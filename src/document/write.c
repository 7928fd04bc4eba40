/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing documents as plain text, Markdown and HTML. */
#include "config.h"

#include "document/document.h"

#include <string.h>

/* Calls `emit` for each stretch of rich text with its style and link. */
typedef void (*emit_func)(GString *out, const struct document *document, const char *text,
                          gsize length, guint style, guint link);

static void
each_stretch(GString *out, const struct document *document, const struct rich_text *rich, emit_func emit)
{
    gsize at = 0;
    for (guint i = 0; i < rich->spans->len; i++) {
        const struct span *span = &g_array_index(rich->spans, struct span, i);
        if (span->start > at)
            emit(out, document, rich->text->str + at, span->start - at, 0, 0);
        emit(out, document, rich->text->str + span->start, span->length, span->style, span->link);
        at = span->start + span->length;
    }
    if (at < rich->text->len)
        emit(out, document, rich->text->str + at, rich->text->len - at, 0, 0);
}

static void
separate(GString *out, const char *separator)
{
    if (out->len)
        g_string_append(out, separator);
}

static char *
plain(const struct document *document, bool captions)
{
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < document->blocks->len; i++) {
        const struct block *block = g_ptr_array_index(document->blocks, i);
        if (block->type == BLOCK_RULE || (block->type == BLOCK_PICTURE && !captions))
            continue;
        if (block->type == BLOCK_TABLE) {
            separate(out, "\n\n");
            for (guint r = 0; r < block->rows->len; r++) {
                const GPtrArray *row = g_ptr_array_index(block->rows, r);
                if (r)
                    g_string_append_c(out, '\n');
                for (guint c = 0; c < row->len; c++) {
                    const struct table_cell *cell = g_ptr_array_index(row, c);
                    g_autofree char *text = g_strdelimit(g_strdup(cell->content.text->str), "\n\t", ' ');
                    g_string_append_printf(out, "%s%s", c ? "\t" : "", text);
                }
            }
            continue;
        }
        if (!block->content.text->len)
            continue;
        separate(out, "\n\n");
        g_string_append(out, block->content.text->str);
    }
    return g_string_free(out, FALSE);
}

char *
document_plain(const struct document *document)
{
    return plain(document, true);
}

char *
document_body(const struct document *document)
{
    return plain(document, false);
}

static void
markdown_escape(GString *out, const char *text, gsize length)
{
    for (gsize i = 0; i < length; i++) {
        if (strchr("\\`*_[]<>|", text[i]))
            g_string_append_c(out, '\\');
        g_string_append_c(out, text[i]);
    }
}

static void
markdown_stretch(GString *out, const struct document *document, const char *text, gsize length, guint style, guint link)
{
    const char *mark = style & SPAN_CODE ? "`" : style & SPAN_STRONG ? "**" : style & SPAN_EMPHASIS ? "*" : "";
    if (link)
        g_string_append_c(out, '[');
    g_string_append(out, mark);
    if (style & SPAN_CODE)
        g_string_append_len(out, text, (gssize)length);
    else
        markdown_escape(out, text, length);
    g_string_append(out, mark);
    if (link)
        g_string_append_printf(out, "](%s)", (const char *)g_ptr_array_index(document->links, link - 1));
}

static void
markdown_table(GString *out, const struct document *document, const struct block *block)
{
    guint columns = 0;
    for (guint r = 0; r < block->rows->len; r++)
        columns = MAX(columns, ((const GPtrArray *)g_ptr_array_index(block->rows, r))->len);
    for (guint r = 0; r < block->rows->len; r++) {
        const GPtrArray *row = g_ptr_array_index(block->rows, r);
        g_string_append_c(out, '|');
        for (guint c = 0; c < columns; c++) {
            g_string_append_c(out, ' ');
            if (c < row->len) {
                const struct table_cell *cell = g_ptr_array_index(row, c);
                gsize start = out->len;
                each_stretch(out, document, &cell->content, markdown_stretch);
                for (gsize i = start; i < out->len; i++)
                    if (out->str[i] == '\n')
                        out->str[i] = ' ';
            }
            g_string_append(out, " |");
        }
        g_string_append_c(out, '\n');
        if (r == 0) {
            g_string_append_c(out, '|');
            for (guint c = 0; c < columns; c++)
                g_string_append(out, " --- |");
            g_string_append_c(out, '\n');
        }
    }
}

char *
document_markdown(const struct document *document)
{
    GString *out = g_string_new(NULL);
    enum block_type last = 0;
    for (guint i = 0; i < document->blocks->len; i++) {
        const struct block *block = g_ptr_array_index(document->blocks, i);
        separate(out, block->type == BLOCK_ITEM && last == BLOCK_ITEM ? "" : "\n");
        last = block->type;
        switch (block->type) {
        case BLOCK_HEADING:
            for (guint n = 0; n < CLAMP(block->level, 1, 6); n++)
                g_string_append_c(out, '#');
            g_string_append_c(out, ' ');
            break;
        case BLOCK_ITEM:
            for (guint n = 1; n < block->level; n++)
                g_string_append(out, "  ");
            g_string_append_printf(out, "%s ", block->marker && g_ascii_isdigit(*block->marker) ? block->marker : "-");
            break;
        case BLOCK_QUOTE:
            for (guint n = 0; n < MAX(block->level, 1); n++)
                g_string_append(out, "> ");
            break;
        case BLOCK_PRE:
            g_string_append_printf(out, "```\n%s\n```\n", block->content.text->str);
            continue;
        case BLOCK_TABLE:
            markdown_table(out, document, block);
            continue;
        case BLOCK_PICTURE:
            g_string_append(out, "![");
            if (block->alt)
                markdown_escape(out, block->alt, strlen(block->alt));
            g_string_append_printf(out, "](%s)\n", block->url ? block->url : "");
            if (block->content.text->len) {
                g_string_append_c(out, '\n');
                each_stretch(out, document, &block->content, markdown_stretch);
                g_string_append_c(out, '\n');
            }
            continue;
        case BLOCK_RULE:
            g_string_append(out, "---\n");
            continue;
        case BLOCK_PARAGRAPH:
            break;
        }
        each_stretch(out, document, &block->content, markdown_stretch);
        g_string_append_c(out, '\n');
    }
    return g_string_free(out, FALSE);
}

static void
html_stretch(GString *out, const struct document *document, const char *text, gsize length, guint style, guint link)
{
    static const struct {
        guint style;
        const char *tag;
    } tags[] = {{SPAN_STRONG, "strong"}, {SPAN_EMPHASIS, "em"}, {SPAN_CODE, "code"}};
    if (link) {
        g_autofree char *url = g_markup_escape_text(g_ptr_array_index(document->links, link - 1), -1);
        g_string_append_printf(out, "<a href=\"%s\">", url);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(tags); i++)
        if (style & tags[i].style)
            g_string_append_printf(out, "<%s>", tags[i].tag);
    g_autofree char *escaped = g_markup_escape_text(text, (gssize)length);
    g_auto(GStrv) lines = g_strsplit(escaped, "\n", -1);
    g_autofree char *broken = g_strjoinv("<br>", lines);
    g_string_append(out, broken);
    for (size_t i = G_N_ELEMENTS(tags); i-- > 0;)
        if (style & tags[i].style)
            g_string_append_printf(out, "</%s>", tags[i].tag);
    if (link)
        g_string_append(out, "</a>");
}

static void
html_table(GString *out, const struct document *document, const struct block *block)
{
    g_string_append(out, "<table>\n");
    for (guint r = 0; r < block->rows->len; r++) {
        const GPtrArray *row = g_ptr_array_index(block->rows, r);
        g_string_append(out, "<tr>");
        for (guint c = 0; c < row->len; c++) {
            const struct table_cell *cell = g_ptr_array_index(row, c);
            const char *tag = cell->header ? "th" : "td";
            g_string_append_printf(out, "<%s", tag);
            if (cell->columns > 1)
                g_string_append_printf(out, " colspan=\"%u\"", cell->columns);
            if (cell->rows > 1)
                g_string_append_printf(out, " rowspan=\"%u\"", cell->rows);
            g_string_append_c(out, '>');
            each_stretch(out, document, &cell->content, html_stretch);
            g_string_append_printf(out, "</%s>", tag);
        }
        g_string_append(out, "</tr>\n");
    }
    g_string_append(out, "</table>\n");
}

char *
document_html(const struct document *document)
{
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < document->blocks->len; i++) {
        const struct block *block = g_ptr_array_index(document->blocks, i);
        g_autofree char *tag = NULL;
        switch (block->type) {
        case BLOCK_HEADING:
            tag = g_strdup_printf("h%u", CLAMP(block->level, 1, 6));
            break;
        case BLOCK_ITEM: /* each its own list: valid, and needs no look ahead */
            tag = g_strdup("li");
            g_string_append(out, block->marker && g_ascii_isdigit(*block->marker) ? "<ol" : "<ul>");
            if (block->marker && g_ascii_isdigit(*block->marker))
                g_string_append_printf(out, " start=\"%d\">", atoi(block->marker));
            break;
        case BLOCK_QUOTE:
            tag = g_strdup("blockquote");
            break;
        case BLOCK_PRE: {
            g_autofree char *text = g_markup_escape_text(block->content.text->str, -1);
            g_string_append_printf(out, "<pre>%s</pre>\n", text);
            continue;
        }
        case BLOCK_TABLE:
            html_table(out, document, block);
            continue;
        case BLOCK_PICTURE: {
            g_autofree char *url = g_markup_escape_text(block->url ? block->url : "", -1);
            g_autofree char *alt = g_markup_escape_text(block->alt ? block->alt : "", -1);
            g_string_append_printf(out, "<figure><img src=\"%s\" alt=\"%s\">", url, alt);
            if (block->content.text->len) {
                g_string_append(out, "<figcaption>");
                each_stretch(out, document, &block->content, html_stretch);
                g_string_append(out, "</figcaption>");
            }
            g_string_append(out, "</figure>\n");
            continue;
        }
        case BLOCK_RULE:
            g_string_append(out, "<hr>\n");
            continue;
        case BLOCK_PARAGRAPH:
            tag = g_strdup("p");
            break;
        }
        g_string_append_printf(out, "<%s>", tag);
        each_stretch(out, document, &block->content, html_stretch);
        g_string_append_printf(out, "</%s>", tag);
        if (block->type == BLOCK_ITEM)
            g_string_append(out, block->marker && g_ascii_isdigit(*block->marker) ? "</ol>" : "</ul>");
        g_string_append_c(out, '\n');
    }
    return g_string_free(out, FALSE);
}
