/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Laying blocks out: wrapping with styles kept, footnote numbers, list markers, quotes. */
#include "config.h"

#include "document/layout.h"
#include "document/layout-table.h"
#include "base/i18n.h"
#include "text/cells.h"

#include <string.h>

static void
line_free(gpointer data)
{
    struct layout_line *line = data;
    g_free(line->text);
    g_array_unref(line->runs);
    g_free(line);
}

void
layout_free(struct layout *layout)
{
    g_ptr_array_unref(layout->lines);
    g_free(layout);
}

struct layout_line *
layout_add(struct layout *layout, const char *text, guint style, guint block)
{
    struct layout_line *line = g_new0(struct layout_line, 1);
    line->text = g_strdup(text);
    line->runs = g_array_new(FALSE, FALSE, sizeof(struct layout_run));
    line->block = block;
    if (style && *text) {
        struct layout_run run = {0, (guint)strlen(text), style, 0};
        g_array_append_val(line->runs, run);
    }
    g_ptr_array_add(layout->lines, line);
    return line;
}

static void
add_run(GArray *runs, guint start, guint length, guint style, guint link)
{
    if (length && (style || link)) {
        struct layout_run run = {start, length, style, link};
        g_array_append_val(runs, run);
    }
}

void
layout_copy_runs(GArray *runs, const struct rich_text *content, gsize from, gsize to, guint shift, guint style)
{
    gsize at = from;
    for (guint i = 0; i < content->spans->len; i++) {
        const struct span *span = &g_array_index(content->spans, struct span, i);
        gsize start = MAX(span->start, from), end = MIN(span->start + span->length, to);
        if (start >= end)
            continue;
        add_run(runs, shift + (guint)(at - from), (guint)(start - at), style, 0);
        add_run(runs, shift + (guint)(start - from), (guint)(end - start), style | span->style, span->link);
        at = end;
    }
    add_run(runs, shift + (guint)(at - from), (guint)(to - at), style, 0);
}

void
layout_wrap(struct layout *layout, const struct rich_text *content, const char *first, const char *rest,
            int width, guint style, guint block)
{
    const char *text = content->text->str;
    gsize length = content->text->len, at = 0;
    g_autofree char *breaks = cells_breaks(text, length);
    const char *indent = first;
    do {
        gsize next;
        gsize end = cells_line(text, length, at, breaks, width - cells_width(indent, -1), &next);
        struct layout_line *line = layout_add(layout, indent, 0, block);
        g_autofree char *part = g_strndup(text + at, end - at);
        guint shift = (guint)strlen(indent);
        add_run(line->runs, 0, shift, strpbrk(indent, "|>•*0123456789") || (unsigned char)*indent >= 0x80 ? LAYOUT_DIM : 0, 0);
        char *whole = g_strconcat(indent, part, NULL);
        g_free(line->text);
        line->text = whole;
        line->offset = (guint)at;
        layout_copy_runs(line->runs, content, at, end, shift, style);
        at = next;
        indent = rest;
    } while (at < length);
}

/* Content with footnote numbers, or the links themselves, written into the text. */
static struct rich_text
with_links(const struct document *document, const struct rich_text *content, enum layout_links mode)
{
    struct rich_text out = {g_string_sized_new(content->text->len + 16),
                            g_array_new(FALSE, FALSE, sizeof(struct span))};
    gsize at = 0;
    for (guint i = 0; i < content->spans->len; i++) {
        const struct span *span = &g_array_index(content->spans, struct span, i);
        rich_append(&out, content->text->str + at, (gssize)(span->start - at), 0, 0);
        at = span->start + span->length;
        rich_append(&out, content->text->str + span->start, span->length, span->style,
                    mode == LAYOUT_LINKS_NONE ? 0 : span->link);
        bool last = span->link && (i + 1 == content->spans->len ||
                                   g_array_index(content->spans, struct span, i + 1).link != span->link ||
                                   g_array_index(content->spans, struct span, i + 1).start != at);
        if (!last || mode == LAYOUT_LINKS_NONE)
            continue;
        const char *url = g_ptr_array_index(document->links, span->link - 1);
        g_autofree char *note = mode == LAYOUT_LINKS_INLINE ? g_strdup_printf(" <%s>", url)
                                                            : g_strdup_printf("[%u]", span->link);
        rich_append(&out, note, -1, LAYOUT_DIM, span->link);
    }
    rich_append(&out, content->text->str + at, (gssize)(content->text->len - at), 0, 0);
    return out;
}

static void
lay_pre(struct layout *layout, const struct rich_text *content, int width, guint block)
{
    g_auto(GStrv) lines = g_strsplit(content->text->str, "\n", -1);
    guint offset = 0;
    for (char **line = lines; *line; line++) {
        GString *expanded = g_string_new(NULL);
        for (const char *p = *line; *p; p++) {
            if (*p != '\t') {
                g_string_append_c(expanded, *p);
                continue;
            }
            do
                g_string_append_c(expanded, ' ');
            while (expanded->len % 8);
        }
        gsize at = 0;
        do {
            int used;
            gsize step = cells_fit(expanded->str + at, expanded->len - at, width, &used);
            if (step == 0 && at < expanded->len)
                step = expanded->len - at;
            g_autofree char *part = g_strndup(expanded->str + at, step);
            layout_add(layout, part, LAYOUT_CODE, block)->offset = offset;
            at += step;
        } while (at < expanded->len);
        offset += (guint)strlen(*line) + 1;
        g_string_free(expanded, TRUE);
    }
}

/* The number of the link to a URL, 0 if the document has none. */
static guint
link_of(const struct document *document, const char *url)
{
    for (guint i = 0; url && i < document->links->len; i++)
        if (g_str_equal(g_ptr_array_index(document->links, i), url))
            return i + 1;
    return 0;
}

/* Its alternative text; where the document has a link to it, it can be focused. */
static void
lay_picture(struct layout *layout, const struct document *document, const struct block *block, const struct layout_options *o, guint index)
{
    const char *alt = block->alt ? block->alt : "";
    guint link = o->links == LAYOUT_LINKS_FOOTNOTE ? link_of(document, block->url) : 0;
    g_autofree char *text = *alt ? g_strdup_printf(_("[picture: %s]"), alt) : g_strdup(_("[picture]"));
    g_autofree char *number = link ? g_strdup_printf("[%u]", link) : g_strdup("");
    struct rich_text rich = {g_string_new(NULL), g_array_new(FALSE, FALSE, sizeof(struct span))};
    rich_append(&rich, text, -1, LAYOUT_DIM, link);
    rich_append(&rich, number, -1, LAYOUT_DIM, link);
    layout_wrap(layout, &rich, "", "", o->width, LAYOUT_DIM, index);
    g_string_free(rich.text, TRUE);
    g_array_unref(rich.spans);
}

static void
lay_block(struct layout *layout, const struct document *document, const struct block *block,
          const struct layout_options *o, guint index)
{
    struct rich_text content = with_links(document, &block->content, o->links);
    g_autofree char *first = NULL, *rest = NULL;
    guint style = 0;
    switch (block->type) {
    case BLOCK_HEADING:
        style = LAYOUT_HEADING;
        break;
    case BLOCK_ITEM: {
        const char *marker = block->marker ? block->marker : "-";
        if (o->ascii && (unsigned char)*marker >= 0x80)
            marker = "*";
        int depth = CLAMP((int)block->level - 1, 0, MAX(o->width / 8, 0));
        first = g_strdup_printf("%*s%s ", depth * 2, "", marker);
        rest = g_strdup_printf("%*s", cells_width(first, -1), "");
        break;
    }
    case BLOCK_QUOTE: {
        GString *bar = g_string_new(NULL);
        for (guint i = 0; i < MIN(MAX(block->level, 1), 4); i++)
            g_string_append(bar, o->ascii ? "| " : "│ ");
        first = g_string_free(bar, FALSE);
        rest = g_strdup(first);
        style = LAYOUT_QUOTE;
        break;
    }
    case BLOCK_PRE:
        lay_pre(layout, &content, o->width, index);
        goto out;
    case BLOCK_TABLE:
        layout_table(layout, block, o, index);
        goto out;
    case BLOCK_PICTURE:
        lay_picture(layout, document, block, o, index);
        style = LAYOUT_DIM;
        if (!content.text->len)
            goto out;
        break;
    case BLOCK_RULE: {
        GString *rule = g_string_new(NULL);
        for (int i = 0; i < MIN(o->width, 20); i++)
            g_string_append(rule, o->ascii ? "-" : "─");
        layout_add(layout, rule->str, LAYOUT_DIM, index);
        g_string_free(rule, TRUE);
        goto out;
    }
    case BLOCK_PARAGRAPH:
        break;
    }
    layout_wrap(layout, &content, first ? first : "", rest ? rest : "", o->width, style, index);
out:
    g_string_free(content.text, TRUE);
    g_array_unref(content.spans);
}

struct layout *
layout_new(const struct document *document, const struct layout_options *options)
{
    struct layout *layout = g_new0(struct layout, 1);
    layout->lines = g_ptr_array_new_with_free_func(line_free);
    struct layout_options o = *options;
    o.width = MAX(o.width, 1);
    enum block_type last = 0;
    for (guint i = 0; i < document->blocks->len; i++) {
        const struct block *block = g_ptr_array_index(document->blocks, i);
        bool tight = block->type == BLOCK_ITEM && last == BLOCK_ITEM;
        if (block->type == BLOCK_RULE && last == BLOCK_RULE)
            continue; /* between them something was left out */
        if (i && !tight)
            layout_add(layout, "", 0, i);
        lay_block(layout, document, block, &o, i);
        last = block->type;
    }
    return layout;
}

guint
layout_find(const struct layout *layout, guint block, guint offset)
{
    guint best = 0;
    for (guint i = 0; i < layout->lines->len; i++) {
        const struct layout_line *line = g_ptr_array_index(layout->lines, i);
        if (line->block > block || (line->block == block && line->offset > offset))
            break;
        best = i;
    }
    return best;
}
