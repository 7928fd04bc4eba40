/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing documents as plain text. */
#include "config.h"

#include "base/number.h"
#include "document/document.h"
#include "document/table.h"

#include <string.h>

static void
separate(GString *out, const char *separator)
{
    if (out->len)
        g_string_append(out, separator);
}

/* Rows of cells with tabs between; a place that a cell beside or above covers is empty. */
static void
plain_table(GString *out, const struct block *block)
{
    struct table_grid grid;
    table_grid_init(&grid, block);
    for (guint r = 0; r < grid.rows; r++) {
        gsize start = out->len;
        for (guint c = 0; c < grid.columns; c++) {
            const struct table_slot *slot = table_slot(&grid, r, c);
            if (c)
                g_string_append_c(out, '\t');
            if (!slot->first)
                continue;
            gsize from = out->len;
            g_string_append_len(out, slot->cell->content.text->str,
                                (gssize)slot->cell->content.text->len);
            g_strdelimit(out->str + from, "\n\t", ' ');
        }
        while (out->len > start && out->str[out->len - 1] == '\t')
            g_string_truncate(out, out->len - 1);
        if (r + 1 < grid.rows)
            g_string_append_c(out, '\n');
    }
    table_grid_clear(&grid);
}

#define MAX_COUNTED 16 /* depths */

struct counts {
    gint64 next[MAX_COUNTED]; /* number of an item at each depth; 0: it is not counted on from 1 */
};

/* Whether a marker is a number or a letter. */
static bool
is_counted(const struct block *block)
{
    const char *marker = block->type == BLOCK_ITEM ? block->marker : NULL;
    return marker && (g_ascii_isalnum(*marker) || (*marker == '-' && g_ascii_isdigit(marker[1])));
}

/*
 * Whether the number of an item is one that its author chose: not what any list has, counted from
 * 1.
 */
static bool
says_number(const struct block *block, struct counts *counts)
{
    if (!is_counted(block))
        return false;
    guint depth = MIN(block->level, MAX_COUNTED - 1);
    gint64 number = 0; /* of letters too */
    bool negative = *block->marker == '-';
    number_prefix(block->marker + negative, G_MAXINT64 - 1, &number, NULL);
    number = negative ? -number : number;
    bool usual = number == 1 || (number && number == counts->next[depth]);
    counts->next[depth] = usual ? number + 1 : 0;
    return !usual;
}

static char *
plain(const struct document *document, bool captions)
{
    GString *out = g_string_new(NULL);
    struct counts counts = {{0}};
    for (guint i = 0; i < document->blocks->len; i++) {
        const struct block *block = g_ptr_array_index(document->blocks, i);
        bool beside = block->type == BLOCK_PICTURE || block->type == BLOCK_EMBED;
        if (beside && !captions)
            continue;
        if (block->type == BLOCK_EMBED && block->alt) {
            separate(out, "\n\n");
            g_string_append(out, block->alt);
        }
        if (block->content.text->len) {
            separate(out, "\n\n");
            if (says_number(block, &counts) || (captions && is_counted(block)))
                g_string_append_printf(out, "%s ", block->marker);
            g_string_append_len(out, block->content.text->str, (gssize)block->content.text->len);
        }
        if (block->type == BLOCK_TABLE) {
            separate(out, "\n\n");
            plain_table(out, block);
        }
    }
    return g_string_free(out, FALSE);
}

/* All numbers of items are text: one looks for "12." */
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
