/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading comma-separated values. */
#include "config.h"

#include "document/csv.h"
#include "base/clean.h"

#include <string.h>

/* What a person reads: the data of a whole register are for programs. */
#define MAX_ROWS    5000
#define MAX_COLUMNS 200

static char
separator_of(const char *text)
{
    static const char signs[] = {',', ';', '\t'};
    gsize counts[G_N_ELEMENTS(signs)] = {0};
    bool quoted = false;
    for (const char *p = text; *p && (quoted || (*p != '\n' && *p != '\f')); p++) {
        quoted ^= *p == '"';
        for (size_t i = 0; i < G_N_ELEMENTS(signs) && !quoted; i++)
            counts[i] += *p == signs[i];
    }
    size_t best = 0;
    for (size_t i = 1; i < G_N_ELEMENTS(signs); i++)
        if (counts[i] > counts[best])
            best = i;
    return signs[best];
}

/* Takes one field; *p is behind it then, at the separator, the end of the line or of the text. */
static char *
take_field(const char **p, char separator)
{
    GString *field = g_string_new(NULL);
    bool quoted = **p == '"';
    const char *at = *p + quoted;
    for (; *at; at++) {
        if (quoted && *at == '"' && at[1] == '"')
            at++;
        else if (quoted && *at == '"') {
            quoted = false;
            continue;
        } else if (!quoted && (*at == separator || *at == '\n' || *at == '\f'))
            break;
        g_string_append_c(field, *at);
    }
    *p = at;
    g_autofree char *raw = g_string_free(field, FALSE);
    return text_squeeze(raw, -1);
}

static bool
take_row(GPtrArray *row, const char **p, char separator)
{
    bool any = false;
    for (;;) {
        g_autofree char *text = take_field(p, separator);
        any |= *text != '\0';
        if (row->len < MAX_COLUMNS)
            rich_append(&block_add_cell(row)->content, text, -1, 0, 0);
        if (**p != separator)
            return any;
        (*p)++;
    }
}

/* Whether a column is empty in all rows; they may be of different lengths. */
static bool
is_empty_column(const GPtrArray *rows, guint column)
{
    for (guint r = 0; r < rows->len; r++) {
        const GPtrArray *row = g_ptr_array_index(rows, r);
        const struct table_cell *cell = column < row->len ? g_ptr_array_index(row, column) : NULL;
        if (cell && cell->content.text->len)
            return false;
    }
    return true;
}

static void
drop_empty_columns(GPtrArray *rows)
{
    guint columns = 0;
    for (guint r = 0; r < rows->len; r++)
        columns = MAX(columns, ((const GPtrArray *)g_ptr_array_index(rows, r))->len);
    for (guint column = columns; column-- > 0;) {
        if (!is_empty_column(rows, column))
            continue;
        for (guint r = 0; r < rows->len; r++) {
            GPtrArray *row = g_ptr_array_index(rows, r);
            if (column < row->len)
                g_ptr_array_remove_index(row, column);
        }
    }
}

struct document *
document_from_csv(const char *text, bool *cut)
{
    struct document *document = document_new();
    struct block *table = NULL;
    char separator = separator_of(text);
    guint rows = 0;
    *cut = false;
    for (const char *p = text; *p;) {
        if (*p == '\f') {
            table = NULL;
            p++;
            separator = separator_of(p);
            continue;
        }
        if (rows == MAX_ROWS) {
            *cut = true;
            break;
        }
        GPtrArray *row = g_ptr_array_new();
        if (take_row(row, &p, separator)) {
            table = table ? table : document_add(document, BLOCK_TABLE, 0);
            g_ptr_array_add(table->rows, row);
            rows++;
        } else {
            g_ptr_array_unref(row);
        }
        p += *p == '\n';
    }
    for (guint i = 0; i < document->blocks->len; i++)
        drop_empty_columns(((struct block *)g_ptr_array_index(document->blocks, i))->rows);
    document_finish(document);
    return document;
}
