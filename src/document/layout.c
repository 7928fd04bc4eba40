/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Laying out blocks, one kind after the other: list markers, quotes, preformatted text, pictures,
 * rules.
 */
#include "config.h"

#include "document/layout.h"
#include "base/clean.h"
#include "document/drawn.h"
#include "document/layout-table.h"
#include "base/i18n.h"
#include "base/host.h"
#include "base/url.h"
#include "text/cells.h"

#include <string.h>

#define MAX_INDENTS       64
#define DEFINITION_INDENT 4

/* A document while it is laid out. */
struct laying {
    struct layout *layout;
    const struct document *document;
    struct layout_options options;
    GHashTable *numbers;      /* of links, by URL */
    int indents[MAX_INDENTS]; /* of the text of items, by depth: what goes on stands below it */
};

#define SHIFT_STEP 8 /* cells, as tabs have */

/*
 * Text whose lines stay as they are is broken where there is no room, or else it is whole and can
 * be shifted.
 */
static void
lay_pre(struct layout *layout, const struct rich_text *content, const struct layout_options *o,
        guint block)
{
    int widest = 0, width = o->tables == LAYOUT_TABLES_WHOLE ? G_MAXINT : o->width;
    guint from = layout->lines->len;
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
            widest = MAX(widest, used);
        } while (at < expanded->len);
        offset += (guint)strlen(*line) + 1;
        g_string_free(expanded, TRUE);
    }
    if (widest <= o->width)
        return;
    GArray *stops = g_array_new(FALSE, FALSE, sizeof(int));
    for (int at = 0; at < widest - o->width + SHIFT_STEP; at += SHIFT_STEP)
        g_array_append_val(stops, at);
    layout_set_stops(layout, from, stops);
}

/* URL -> number of the link to it. */
static GHashTable *
numbers_of(const struct document *document)
{
    GHashTable *numbers = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = document->links->len; i-- > 0;)
        g_hash_table_insert(numbers, g_ptr_array_index(document->links, i),
                            GUINT_TO_POINTER(i + 1));
    return numbers;
}

static guint
number_of(const struct laying *l, const char *url)
{
    return url ? GPOINTER_TO_UINT(g_hash_table_lookup(l->numbers, url)) : 0;
}

char *
layout_name_of(const char *url)
{
    g_autofree char *path = g_strndup(url, strcspn(url, "?#"));
    const char *last = strrchr(path, '/');
    g_autofree char *decoded =
        last && strchr(last, '.') && last > path + 8 ? g_uri_unescape_string(last + 1, "/") : NULL;
    if (decoded && *decoded) {
        char *name = text_squeeze(decoded, -1);
        if (*name)
            return name;
        g_free(name);
    }
    g_autofree char *host = url_authority(url);
    return host ? host_shown(host) : g_strdup(url);
}

/* Room for a picture that is drawn, above its words. */
static void
lay_picture(struct laying *l, const struct block *block, guint index)
{
    const struct drawn *drawn = l->options.pictures && block->url
                                    ? g_hash_table_lookup(l->options.pictures, block->url)
                                    : NULL;
    for (guint row = 0; drawn && row < drawn->rows; row++) {
        struct layout_line *line = layout_add(l->layout, "", 0, index);
        line->picture_row = row + 1;
        line->offset = row;
    }
}

/* "[picture: …]" or its like; where the document has a link to it, it can be focused. */
static void
lay_beside(struct laying *l, const struct block *block, guint index)
{
    const struct layout_options *o = &l->options;
    guint links[] = {number_of(l, block->url), number_of(l, block->target)};
    g_autofree char *name = block->type == BLOCK_EMBED && !block->alt ? layout_name_of(block->url)
                                                                      : NULL;
    const char *alt = block->alt ? block->alt : name;
    /* TRANSLATORS: what cannot be shown in a terminal, with its title or the name of its file */
    g_autofree char *text = !alt ? g_strdup(_("[picture]"))
                                 : g_strdup_printf(block->type == BLOCK_PICTURE ? _("[picture: %s]")
                                                   : block->level == EMBED_VIDEO ? _("[video: %s]")
                                                   : block->level == EMBED_AUDIO ? _("[audio: %s]")
                                                   : block->level == EMBED_DOCUMENT
                                                       ? _("[document: %s]")
                                                       : _("[embedded: %s]"),
                                                   alt);
    struct rich_text rich;
    rich_init(&rich);
    bool linked = o->links != LAYOUT_LINKS_NONE;
    guint style = block->type == BLOCK_EMBED ? 0 : LAYOUT_DIM;
    rich_append(&rich, text, -1, style, linked ? links[0] : 0);
    for (gsize i = 0; i < G_N_ELEMENTS(links); i++) {
        if (!links[i] || !linked || (i && links[i] == links[0]))
            continue;
        g_autofree char *shown = url_shown(g_ptr_array_index(l->document->links, links[i] - 1));
        g_autofree char *note = o->links == LAYOUT_LINKS_INLINE ? g_strdup_printf(" <%s>", shown)
                                                                : g_strdup_printf("[%u]", links[i]);
        rich_append(&rich, note, -1, LAYOUT_DIM, links[i]);
    }
    layout_wrap(l->layout, &rich, "", "", o->width, style, index);
    rich_clear(&rich);
}

/* The marker of an item with its indent, and the indent of the lines below. */
static void
lay_marker(struct laying *l, const struct block *block, char **first, char **rest)
{
    const struct layout_options *o = &l->options;
    int depth = CLAMP((int)block->level - 1, 0, MIN(MAX(o->width / 8, 0), MAX_INDENTS - 1));
    if (block->marker) {
        const char *marker = o->ascii && (guchar)*block->marker >= 0x80 ? "*" : block->marker;
        *first = g_strdup_printf("%*s%s ", depth * 2, "", marker);
        l->indents[depth] = cells_width(*first, -1);
    } else {
        int indent = l->indents[depth] ? l->indents[depth] : depth * 2 + 2;
        *first = g_strdup_printf("%*s", MIN(indent, o->width / 2), "");
    }
    *rest = g_strdup_printf("%*s", cells_width(*first, -1), "");
}

/* A bar for each level in half of the width; of more than have room there the number. */
static char *
quote_bars(guint level, int width, bool ascii)
{
    GString *bars = g_string_new(NULL);
    if (level > (guint)MAX(width / 4, 4)) {
        g_string_printf(bars, "%u%s", level, ascii ? "| " : "│ ");
        return g_string_free(bars, FALSE);
    }
    for (guint i = 0; i < MAX(level, 1); i++)
        g_string_append(bars, ascii ? "| " : "│ ");
    return g_string_free(bars, FALSE);
}

static void
lay_rule(struct layout *layout, const struct layout_options *o, guint index)
{
    GString *rule = g_string_new(NULL);
    for (int i = 0; i < MIN(o->width, 20); i++)
        g_string_append(rule, o->ascii ? "-" : "─");
    layout_add(layout, rule->str, LAYOUT_DIM, index);
    g_string_free(rule, TRUE);
}

/*
 * What a picture has is told apart by places, too: itself, what it is called, its caption.  The
 * place of each line from `first` on is behind the one before.
 */
static void
count_on(struct layout *layout, guint first)
{
    guint base = 0;
    for (guint i = first + 1; i < layout->lines->len; i++) {
        const struct layout_line *before = g_ptr_array_index(layout->lines, i - 1);
        struct layout_line *line = g_ptr_array_index(layout->lines, i);
        if (line->offset + base <= before->offset)
            base = before->offset + 1 - line->offset;
        line->offset += base;
    }
}

static void
lay_block(struct laying *l, const struct block *block, guint index)
{
    struct layout *layout = l->layout;
    const struct layout_options *o = &l->options;
    if (block->type == BLOCK_RULE) {
        lay_rule(layout, o, index);
        return;
    }
    if (block->type == BLOCK_PICTURE)
        lay_picture(l, block, index);
    if (block->type == BLOCK_PICTURE || block->type == BLOCK_EMBED)
        lay_beside(l, block, index);
    struct rich_text content;
    rich_init(&content);
    layout_with_links(l->document, &block->content, o, &content);
    g_autofree char *first = NULL, *rest = NULL;
    guint style = 0;
    switch (block->type) {
    case BLOCK_HEADING:
        style = LAYOUT_HEADING;
        break;
    case BLOCK_ITEM:
        lay_marker(l, block, &first, &rest);
        break;
    case BLOCK_DEFINITION:
        rest = g_strdup_printf("%*s", MIN(DEFINITION_INDENT, o->width / 4), "");
        first = g_strdup(rest);
        break;
    case BLOCK_QUOTE:
        first = quote_bars(block->level, o->width, o->ascii);
        rest = g_strdup(first);
        style = LAYOUT_QUOTE;
        break;
    case BLOCK_TERM:
    case BLOCK_TABLE: /* its caption */
        style = LAYOUT_STRONG;
        break;
    case BLOCK_PICTURE:
        style = LAYOUT_DIM;
        break;
    default:
        break;
    }
    if (block->type == BLOCK_PRE)
        lay_pre(layout, &content, o, index);
    else if (content.text->len || block->type == BLOCK_PARAGRAPH || block->type == BLOCK_ITEM)
        layout_wrap(layout, &content, first ? first : "", rest ? rest : "", o->width, style, index);
    if (block->type == BLOCK_TABLE)
        layout_table(layout, l->document, block, o, index);
    rich_clear(&content);
}

/* Whether a block stands right below the one before it. */
static bool
is_tight(const struct block *block, const struct block *before)
{
    guint quotes = block_quotations(block);
    if (block_quotations(before) != quotes || block_shared_quotations(block, before) != quotes)
        return false;
    if (block->type == BLOCK_DEFINITION)
        return before->type == BLOCK_TERM || before->type == BLOCK_DEFINITION;
    return block->type == BLOCK_ITEM && before->type == BLOCK_ITEM && block->marker &&
           before->marker;
}

struct layout *
layout_new(const struct document *document, const struct layout_options *options)
{
    struct layout *layout = layout_new_empty();
    g_autoptr(GHashTable) numbers = numbers_of(document);
    struct laying l = {
        .layout = layout, .document = document, .options = *options, .numbers = numbers};
    l.options.width = MAX(options->width, 1);
    const struct block *last = NULL;
    for (guint i = 0; i < document->blocks->len; i++) {
        if (options->lines && layout->lines->len >= options->lines)
            break;
        const struct block *block = g_ptr_array_index(document->blocks, i);
        layout->blocks = i + 1;
        if (block->type == BLOCK_GAP) {
            last = last ? block : NULL;
            continue;
        }
        if (block->type == BLOCK_RULE && last && last->type == BLOCK_RULE)
            continue; /* between them something was left out */
        if (last && !is_tight(block, last))
            layout_add(layout, "", 0, i);
        guint first = layout->lines->len;
        lay_block(&l, block, i);
        if (block->type == BLOCK_PICTURE)
            count_on(layout, first);
        last = block;
    }
    return layout;
}
