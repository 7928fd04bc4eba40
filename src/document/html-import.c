/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Walks a libxml2 tree and writes blocks.  Inline content is collected until a block
 * begins or ends; white space is folded as a browser would.  Depth is bounded, because
 * the tree may be a hundred thousand elements deep.
 */
#include "config.h"

#include "document/html-import.h"
#include "base/clean.h"
#include "base/url.h"

#include <string.h>

#define MAX_DEPTH 512

struct importer {
    struct document *document;
    const char *base;
    struct rich_text *target; /* a table cell's, or NULL: blocks are made */
    GString *text;            /* inline content collected so far */
    GString *scratch;         /* of append_text() */
    GArray *spans;
    enum block_type type;
    guint level, item_level, quote_level;
    const char *marker;
    guint style, link;
    bool preformatted;
    int depth;
};

static bool
is_hidden(const xmlNode *node)
{
    if (html_named(node, "script style noscript template head iframe object embed button select input "
                    "textarea option svg math canvas audio video map link meta title base param"))
        return true;
    if (!node->properties)
        return false;
    g_autofree char *style = html_attribute(node, "style");
    if (style) {
        g_autofree char *tight = g_ascii_strdown(style, -1);
        char *to = tight;
        for (const char *from = tight; *from; from++)
            if (!g_ascii_isspace(*from))
                *to++ = *from;
        *to = '\0';
        if (strstr(tight, "display:none") || strstr(tight, "visibility:hidden"))
            return true;
    }
    g_autofree char *hidden = html_attribute(node, "hidden");
    g_autofree char *aria = html_attribute(node, "aria-hidden");
    return hidden || (aria && g_str_equal(aria, "true"));
}

static gunichar
fix_c1(gunichar c)
{
    /* &#151; and friends: C1 code points mean windows-1252 (HTML standard) */
    static const gunichar map[32] = {
        0x20ac, 0, 0x201a, 0x192, 0x201e, 0x2026, 0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039, 0x152, 0, 0x17d, 0,
        0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x2dc, 0x2122, 0x161, 0x203a, 0x153, 0, 0x17e, 0x178};
    return c >= 0x80 && c <= 0x9f ? map[c - 0x80] : c;
}

/* How many bytes at p are of characters that stay as they are: neither ASCII space, C1 nor U+00A0, U+3000. */
static gsize
inline_run(const char *p, const char *end)
{
    const char *start = p;
    while (p < end && (guchar)*p > ' ' && (guchar)*p != 0xc2 && (guchar)*p != 0xe3)
        p++;
    return (gsize)(p - start);
}

/* Folds white space as browsers do, and maps what stands for windows-1252. */
static void
fold_space(const struct importer *in, const char *p, const char *end, GString *out)
{
    bool after_space = in->text->len == 0 || in->text->str[in->text->len - 1] == ' ' ||
                       in->text->str[in->text->len - 1] == '\n';
    while (p < end) {
        gsize run = inline_run(p, end);
        if (run) {
            g_string_append_len(out, p, (gssize)run);
            after_space = false;
            p += run;
            continue;
        }
        gunichar c = fix_c1(g_utf8_get_char(p));
        p = g_utf8_next_char(p);
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f') {
            if (!after_space)
                g_string_append_c(out, ' ');
            after_space = true;
        } else if ((c == 0xa0 || c == 0x3000) && in->text->len == 0 && out->len == 0) {
            /* indents of paragraphs are layout, not text */
        } else if (c) {
            g_string_append_unichar(out, c);
            after_space = false;
        }
    }
}

static void
fix_preformatted(const char *p, GString *out)
{
    for (; *p; p = g_utf8_next_char(p)) {
        gunichar c = fix_c1(g_utf8_get_char(p));
        if (c)
            g_string_append_unichar(out, c);
    }
}

/* Appends inline text: white space folded unless preformatted, then cleaned. */
static void
append_text(struct importer *in, const char *raw)
{
    g_autofree char *valid = g_utf8_validate(raw, -1, NULL) ? NULL : g_utf8_make_valid(raw, -1);
    const char *text = valid ? valid : raw;
    g_string_truncate(in->scratch, 0);
    if (in->preformatted)
        fix_preformatted(text, in->scratch);
    else
        fold_space(in, text, text + strlen(text), in->scratch);
    text_clean_valid(in->scratch);
    struct rich_text rich = {in->text, in->spans};
    rich_append(&rich, in->scratch->str, (gssize)in->scratch->len, in->style, in->link);
}

/* Cuts white space at the end, and spans with it. */
static void
trim_end(GString *text, GArray *spans)
{
    while (text->len) {
        const char *last = g_utf8_find_prev_char(text->str, text->str + text->len);
        gunichar c = g_utf8_get_char(last);
        if (c != ' ' && c != '\n' && c != 0xa0 && c != 0x3000 && c != '\t')
            break;
        g_string_truncate(text, last - text->str);
    }
    for (guint i = spans->len; i-- > 0;) {
        struct span *span = &g_array_index(spans, struct span, i);
        if (span->start >= text->len)
            g_array_set_size(spans, i);
        else if (span->start + span->length > text->len)
            span->length = (guint)text->len - span->start;
    }
}

static void
append_rich(struct rich_text *to, const GString *text, const GArray *spans)
{
    if (to->text->len && text->len)
        g_string_append_c(to->text, '\n');
    guint shift = (guint)to->text->len;
    g_string_append_len(to->text, text->str, (gssize)text->len);
    for (guint i = 0; i < spans->len; i++) {
        struct span span = g_array_index(spans, struct span, i);
        span.start += shift;
        g_array_append_val(to->spans, span);
    }
}

static void
flush(struct importer *in)
{
    trim_end(in->text, in->spans);
    if (in->text->len) {
        if (in->target) {
            append_rich(in->target, in->text, in->spans);
        } else {
            enum block_type type = in->type;
            guint level = in->level;
            if (type == BLOCK_PARAGRAPH && in->marker) {
                type = BLOCK_ITEM;
                level = in->item_level;
            } else if (type == BLOCK_PARAGRAPH && in->quote_level) {
                type = BLOCK_QUOTE;
                level = in->quote_level;
            }
            struct block *block = document_add(in->document, type, level);
            if (type == BLOCK_ITEM)
                block->marker = g_strdup(in->marker);
            append_rich(&block->content, in->text, in->spans);
            if (type == BLOCK_ITEM)
                in->marker = NULL; /* a second paragraph of the item stands without */
        }
    }
    g_string_truncate(in->text, 0);
    g_array_set_size(in->spans, 0);
}

static void walk(struct importer *in, const xmlNode *node);

static void
walk_children(struct importer *in, const xmlNode *node)
{
    if (++in->depth < MAX_DEPTH)
        for (const xmlNode *child = node->children; child; child = child->next)
            walk(in, child);
    in->depth--;
}

static void
walk_block(struct importer *in, const xmlNode *node, enum block_type type, guint level)
{
    flush(in);
    enum block_type old_type = in->type;
    guint old_level = in->level;
    in->type = type;
    in->level = level;
    walk_children(in, node);
    flush(in);
    in->type = old_type;
    in->level = old_level;
}

static void
walk_list(struct importer *in, const xmlNode *list)
{
    flush(in);
    bool ordered = html_named(list, "ol");
    g_autofree char *start = html_attribute(list, "start");
    int number = start ? atoi(start) : 1;
    in->item_level++;
    const char *outer = in->marker;
    for (const xmlNode *child = list->children; child; child = child->next) {
        if (child->type != XML_ELEMENT_NODE || !html_named(child, "li")) {
            walk(in, child);
            continue;
        }
        g_autofree char *marker = ordered ? g_strdup_printf("%d.", number++) : g_strdup("•");
        in->marker = in->target ? NULL : marker;
        walk_block(in, child, BLOCK_PARAGRAPH, 0);
        in->marker = NULL;
    }
    in->marker = outer;
    in->item_level--;
}

static void
collect_rows(const xmlNode *node, GPtrArray *rows, int depth)
{
    for (const xmlNode *child = node->children; child && depth < MAX_DEPTH; child = child->next) {
        if (child->type != XML_ELEMENT_NODE)
            continue;
        if (html_named(child, "tr"))
            g_ptr_array_add(rows, (gpointer)child);
        else if (html_named(child, "thead tbody tfoot"))
            collect_rows(child, rows, depth + 1);
    }
}

/* Whether a table only arranges the page: one column, nested tables, long cells with blocks. */
static bool
is_layout_table(const GPtrArray *rows)
{
    guint widest = 0;
    for (guint r = 0; r < rows->len; r++) {
        const xmlNode *row = g_ptr_array_index(rows, r);
        guint cells = 0;
        for (const xmlNode *cell = row->children; cell; cell = cell->next) {
            if (cell->type != XML_ELEMENT_NODE || !html_named(cell, "td th"))
                continue;
            cells++;
            guint paragraphs = 0;
            for (const xmlNode *child = cell->children; child; child = child->next) {
                if (child->type != XML_ELEMENT_NODE)
                    continue;
                if (html_named(child, "table"))
                    return true;
                paragraphs += html_named(child, "p div") && xmlChildElementCount((xmlNode *)child) + 1 > 0;
            }
            if (paragraphs > 4)
                return true;
        }
        widest = MAX(widest, cells);
    }
    return widest < 2 || rows->len < 1;
}

static guint
span_of(const xmlNode *cell, const char *name)
{
    g_autofree char *value = html_attribute(cell, name);
    return value ? (guint)CLAMP(atoi(value), 1, 1000) : 1;
}

static void
walk_table(struct importer *in, const xmlNode *table)
{
    flush(in);
    g_autoptr(GPtrArray) rows = g_ptr_array_new();
    collect_rows(table, rows, in->depth);
    if (in->target || is_layout_table(rows)) {
        walk_block(in, table, in->type, in->level);
        return;
    }
    struct block *block = document_add(in->document, BLOCK_TABLE, 0);
    for (guint r = 0; r < rows->len; r++) {
        const xmlNode *node = g_ptr_array_index(rows, r);
        GPtrArray *row = g_ptr_array_new();
        bool text = false;
        for (const xmlNode *child = node->children; child; child = child->next) {
            if (child->type != XML_ELEMENT_NODE || !html_named(child, "td th") || is_hidden(child))
                continue;
            struct table_cell *cell = block_add_cell(row);
            cell->header = html_named(child, "th");
            cell->columns = span_of(child, "colspan");
            cell->rows = span_of(child, "rowspan");
            in->target = &cell->content;
            walk_children(in, child);
            flush(in);
            in->target = NULL;
            text |= cell->content.text->len > 0;
        }
        if (text)
            g_ptr_array_add(block->rows, row);
        else
            g_ptr_array_unref(row);
    }
    if (!block->rows->len)
        g_ptr_array_remove_index(in->document->blocks, in->document->blocks->len - 1);
}

/* An attribute as an absolute URL of a scheme that may be shown, or NULL. */
static char *
url_attribute(const struct importer *in, const xmlNode *node, const char *name)
{
    g_autofree char *raw = html_attribute(node, name);
    if (!raw || *raw == '#')
        return NULL;
    g_autofree char *url = url_resolve(in->base, raw);
    g_autofree char *clean = url ? text_squeeze(url, -1) : NULL;
    if (clean && (url_is_web(clean) || g_str_has_prefix(clean, "mailto:")))
        return g_steal_pointer(&clean);
    return NULL;
}

static void
walk_picture(struct importer *in, const xmlNode *node)
{
    g_autofree char *url = url_attribute(in, node, "src");
    if (!url)
        url = url_attribute(in, node, "data-src");
    if (!url)
        return;
    g_autofree char *raw = html_attribute(node, "alt");
    g_autofree char *alt = raw ? text_squeeze(raw, -1) : NULL;
    g_autofree char *width = html_attribute(node, "width");
    g_autofree char *height = html_attribute(node, "height");
    if ((width && atoi(width) > 0 && atoi(width) < 20) || (height && atoi(height) > 0 && atoi(height) < 20))
        return; /* spacers and bullets */
    if (in->target) {
        if (alt && *alt)
            append_text(in, alt);
        return;
    }
    flush(in);
    struct block *block = document_add(in->document, BLOCK_PICTURE, 0);
    block->url = g_steal_pointer(&url);
    block->alt = alt && *alt ? g_steal_pointer(&alt) : NULL;
}

static void
walk_figure(struct importer *in, const xmlNode *node)
{
    flush(in);
    guint before = in->document->blocks->len;
    const xmlNode *caption = NULL;
    for (const xmlNode *child = node->children; child; child = child->next) {
        if (child->type == XML_ELEMENT_NODE && html_named(child, "figcaption"))
            caption = child;
        else
            walk(in, child);
    }
    flush(in);
    if (!caption)
        return;
    struct block *picture = NULL;
    for (guint i = before; i < in->document->blocks->len; i++) {
        struct block *block = g_ptr_array_index(in->document->blocks, i);
        if (block->type == BLOCK_PICTURE)
            picture = block;
    }
    if (!picture || in->target) {
        walk_block(in, caption, BLOCK_PARAGRAPH, 0);
        return;
    }
    in->target = &picture->content;
    walk_children(in, caption);
    flush(in);
    in->target = NULL;
}

/* A caption outside of a figure belongs to the picture right before it. */
static void
walk_caption(struct importer *in, const xmlNode *node)
{
    flush(in);
    guint length = in->document->blocks->len;
    struct block *last = length ? g_ptr_array_index(in->document->blocks, length - 1) : NULL;
    if (!last || last->type != BLOCK_PICTURE || last->content.text->len || in->target) {
        walk_block(in, node, BLOCK_PARAGRAPH, 0);
        return;
    }
    in->target = &last->content;
    walk_children(in, node);
    flush(in);
    in->target = NULL;
}

static void
walk_inline(struct importer *in, const xmlNode *node)
{
    guint style = in->style, link = in->link;
    if (html_named(node, "b strong"))
        in->style |= SPAN_STRONG;
    else if (html_named(node, "i em cite dfn var"))
        in->style |= SPAN_EMPHASIS;
    else if (html_named(node, "code kbd samp tt"))
        in->style |= SPAN_CODE;
    else if (html_named(node, "a")) {
        g_autofree char *url = url_attribute(in, node, "href");
        if (url)
            in->link = document_link(in->document, url);
    } else if (html_named(node, "q")) {
        append_text(in, "“");
    }
    walk_children(in, node);
    if (html_named(node, "q"))
        append_text(in, "”");
    in->style = style;
    in->link = link;
}

static void
walk(struct importer *in, const xmlNode *node)
{
    if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) {
        append_text(in, (const char *)node->content);
        return;
    }
    if (node->type != XML_ELEMENT_NODE || is_hidden(node))
        return;
    const char *name = (const char *)node->name;
    if (name[0] == 'h' && name[1] >= '1' && name[1] <= '6' && !name[2]) {
        walk_block(in, node, in->target ? in->type : BLOCK_HEADING, (guint)(name[1] - '0'));
    } else if (html_named(node, "br")) {
        if (in->text->len || in->preformatted)
            g_string_append_c(in->text, '\n');
        /* two in a row end a paragraph, as pages without <p> mean it */
        if (g_str_has_suffix(in->text->str, "\n\n") && !in->preformatted)
            flush(in);
    } else if (html_named(node, "img")) {
        walk_picture(in, node);
    } else if (html_named(node, "figure")) {
        walk_figure(in, node);
    } else if (html_named(node, "figcaption")) {
        walk_caption(in, node);
    } else if (html_named(node, "hr")) {
        flush(in);
        if (!in->target)
            document_add(in->document, BLOCK_RULE, 0);
    } else if (html_named(node, "ul ol menu dir")) {
        walk_list(in, node);
    } else if (html_named(node, "table")) {
        walk_table(in, node);
    } else if (html_named(node, "pre listing xmp")) {
        bool outer = in->preformatted;
        flush(in);
        in->preformatted = true;
        walk_block(in, node, in->target ? in->type : BLOCK_PRE, 0);
        in->preformatted = outer;
    } else if (html_named(node, "blockquote")) {
        flush(in);
        in->quote_level++;
        walk_block(in, node, BLOCK_PARAGRAPH, 0);
        in->quote_level--;
    } else if (html_named(node, "p div section article main header footer aside nav address li dl dt dd "
                           "figcaption center body html fieldset legend details summary tr td th tbody "
                           "thead tfoot caption hgroup ucapcontent ucaptitle publishtime")) {
        walk_block(in, node, in->type, in->level);
    } else {
        walk_inline(in, node);
    }
}

/* "\n" inside a paragraph before a flush may hang at its end; empty rules at the edges go. */
static void
tidy(struct document *document)
{
    while (document->blocks->len) {
        const struct block *last = g_ptr_array_index(document->blocks, document->blocks->len - 1);
        if (last->type != BLOCK_RULE)
            break;
        g_ptr_array_remove_index(document->blocks, document->blocks->len - 1);
    }
    while (document->blocks->len) {
        const struct block *first = g_ptr_array_index(document->blocks, 0);
        if (first->type != BLOCK_RULE)
            break;
        g_ptr_array_remove_index(document->blocks, 0);
    }
}

void
html_import(struct document *document, const xmlNode *node, const char *base)
{
    struct importer in = {
        .document = document,
        .base = base,
        .text = g_string_new(NULL),
        .scratch = g_string_new(NULL),
        .spans = g_array_new(FALSE, FALSE, sizeof(struct span)),
        .type = BLOCK_PARAGRAPH,
    };
    if (is_hidden(node)) /* who asks for it means it */
        walk_children(&in, node);
    else
        walk(&in, node);
    flush(&in);
    tidy(document);
    g_string_free(in.text, TRUE);
    g_string_free(in.scratch, TRUE);
    g_array_unref(in.spans);
}

struct document *
html_import_fragment(const char *html, const char *base)
{
    struct document *document = document_new();
    AUTO(xmlFreeDoc) struct _xmlDoc *page = html_parse(html, strlen(html));
    xmlNode *root = page ? xmlDocGetRootElement(page) : NULL;
    if (root)
        html_import(document, root, base);
    return document;
}
