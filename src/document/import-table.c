/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of data; those that only arrange the page are walked like any other element. */
#include "config.h"

#include "document/importer.h"

#include <string.h>

#define MAX_SPAN 1000

/* A row, and how many there are from it to the end of its group: no cell spans further. */
struct row {
    const xmlNode *node;
    guint left;
};

static bool
is_hidden(const xmlNode *node)
{
    struct import_looks looks;
    import_look(node, &looks);
    return looks.hidden;
}

#define is_shown(node, literal) (html_named(node, literal) && !is_hidden(node))

static void
collect_group(const xmlNode *group, GArray *rows)
{
    guint from = rows->len;
    for (const xmlNode *child = group->children; child; child = child->next) {
        if (is_shown(child, "tr")) {
            struct row row = {child, 0};
            g_array_append_val(rows, row);
        }
    }
    for (guint i = from; i < rows->len; i++)
        g_array_index(rows, struct row, i).left = rows->len - i;
}

/* In the order in which they are shown: <tfoot> is last wherever it stands. */
static GArray *
collect_rows(const xmlNode *table)
{
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(struct row));
    for (int foot = 0; foot <= 1; foot++) {
        for (const xmlNode *child = table->children; child; child = child->next) {
            bool now = foot ? html_named(child, "tfoot") : html_named(child, "thead tbody tr");
            if (!now || is_hidden(child))
                continue;
            if (!html_named(child, "tr")) {
                collect_group(child, rows);
                continue;
            }
            guint from = rows->len; /* rows without a group are one */
            const xmlNode *last = child;
            for (; child; child = child->next) {
                if (child->type == XML_ELEMENT_NODE && !html_named(child, "tr"))
                    break;
                last = child;
                if (is_shown(child, "tr")) {
                    struct row row = {child, 0};
                    g_array_append_val(rows, row);
                }
            }
            child = last;
            for (guint n = from; n < rows->len; n++)
                g_array_index(rows, struct row, n).left = rows->len - n;
        }
    }
    return rows;
}

/* Whether a table only arranges the page: one column, nested tables, long cells with blocks. */
static bool
is_layout_table(const GArray *rows)
{
    guint widest = 0;
    for (guint r = 0; r < rows->len; r++) {
        const xmlNode *row = g_array_index(rows, struct row, r).node;
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
                paragraphs += html_named(child, "p div");
            }
            if (paragraphs > 4)
                return true;
        }
        widest = MAX(widest, cells);
    }
    return widest < 2 || rows->len < 1;
}

/* How many columns or rows a cell spans; rest: what 0 means, and what is no number. */
static guint
span_of(const xmlNode *cell, const char *name, guint rest)
{
    g_autofree char *value = html_attribute(cell, name);
    int number = value ? 0 : 1;
    if (value)
        html_integer(value, &number, NULL);
    return number == 0 ? rest : (guint)CLAMP(number, 1, MAX_SPAN);
}

/* The cells of a row; false when there is no text in them. */
static bool
walk_row(struct importer *in, const struct row *row, GPtrArray *cells)
{
    bool text = false;
    guint outer = in->style;
    struct import_looks looks;
    import_look(row->node, &looks);
    in->style |= looks.style & SPAN_DELETED;
    for (const xmlNode *child = row->node->children; child; child = child->next) {
        if (!is_shown(child, "td th"))
            continue;
        struct table_cell *cell = block_add_cell(cells);
        cell->header = html_named(child, "th");
        cell->columns = span_of(child, "colspan", 1);
        cell->rows = MIN(span_of(child, "rowspan", row->left), row->left);
        guint style = in->style;
        import_look(child, &looks);
        in->style |= looks.style & SPAN_DELETED;
        import_into(in, child, &cell->content);
        in->style = style;
        text |= cell->content.text->len > 0;
    }
    in->style = outer;
    return text;
}

/* Takes out rows without text, and shortens what spans them from above. */
static void
drop_rows(GPtrArray *rows, const bool *empty)
{
    g_autofree guint *before = g_new0(guint, rows->len + 1); /* rows that go, above this one */
    for (guint r = 0; r < rows->len; r++)
        before[r + 1] = before[r] + empty[r];
    if (!before[rows->len])
        return;
    for (guint r = 0; r < rows->len; r++) {
        const GPtrArray *row = g_ptr_array_index(rows, r);
        for (guint c = 0; c < row->len; c++) {
            struct table_cell *cell = g_ptr_array_index(row, c);
            cell->rows -= before[MIN(r + cell->rows, rows->len)] - before[r + 1];
        }
    }
    guint kept = 0;
    for (guint r = 0; r < rows->len; r++) {
        gpointer row = rows->pdata[r];
        rows->pdata[r] = rows->pdata[kept];
        rows->pdata[kept] = row;
        kept += !empty[r];
    }
    g_ptr_array_set_size(rows, (int)kept);
}

static void
walk_caption(struct importer *in, const xmlNode *table, struct block *block)
{
    for (const xmlNode *child = table->children; child; child = child->next)
        if (is_shown(child, "caption"))
            import_into(in, child, &block->content);
}

void
import_table(struct importer *in, const xmlNode *table)
{
    import_flush(in);
    g_autoptr(GArray) rows = collect_rows(table);
    if (in->target || is_layout_table(rows)) {
        import_block(in, table, in->type, in->level);
        return;
    }
    struct block *block = import_add(in, BLOCK_TABLE, 0);
    walk_caption(in, table, block);
    g_autofree bool *empty = g_new0(bool, rows->len);
    for (guint r = 0; r < rows->len; r++) {
        GPtrArray *cells = g_ptr_array_new();
        g_ptr_array_add(block->rows, cells);
        empty[r] = !walk_row(in, &g_array_index(rows, struct row, r), cells);
    }
    drop_rows(block->rows, empty);
    if (!block->rows->len && block->content.text->len)
        block->type = BLOCK_PARAGRAPH;
    if (block->type == BLOCK_PARAGRAPH || block->rows->len)
        return;
    in->quote_begins = block->quote_begins; /* with what follows it */
    g_ptr_array_remove_index(in->document->blocks, in->document->blocks->len - 1);
}
