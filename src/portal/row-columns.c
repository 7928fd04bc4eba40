/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the heads of a table's columns say of the cells of a row: which names the row, and which say
 * when and where it is.  The head is the first tr of a table that has such words; these are in
 * row-columns.def.
 */
#include "config.h"

#include "base/clean.h"
#include "document/html.h"
#include "portal/row.h"

#include <string.h>

#define MAX_HEAD    60  /* bytes of the head of a column */
#define MAX_COLUMNS 40  /* of a table */
#define MAX_ROWS    4   /* of a table that may be its head */
#define MAX_NODES   300 /* before these */

enum column { COLUMN_UNKNOWN, COLUMN_NAME, COLUMN_OTHER };

static const struct {
    enum column column;
    const char *words;
} words[] = {
#define COLUMN(what, language, text) {COLUMN_##what, text},
#include "portal/row-columns.def"
#undef COLUMN
};

static GHashTable *
make_table(void)
{
    GHashTable *table = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        g_auto(GStrv) split = g_strsplit(words[i].words, " ", -1);
        for (char **word = split; *word; word++)
            g_hash_table_insert(table, g_strdup(*word), GUINT_TO_POINTER(words[i].column));
    }
    return table;
}

static GHashTable *
table_of_words(void)
{
    static GHashTable *table;
    if (g_once_init_enter(&table)) {
        GHashTable *made = make_table();
        g_once_init_leave(&table, made);
    }
    return table;
}

/* What a head says: "Meeting location" is of a place, whatever else it says. */
static enum column
column_of(const xmlNode *head)
{
    g_autofree char *text = html_text(head);
    if (!*text || strlen(text) > MAX_HEAD)
        return COLUMN_UNKNOWN;
    g_autofree char *lower = g_utf8_strdown(text, -1);
    enum column column = COLUMN_UNKNOWN;
    for (char *p = lower; *p;) {
        char *start = p;
        while (*p && g_unichar_isalpha(g_utf8_get_char(p)))
            p = g_utf8_next_char(p);
        char *next = *p ? g_utf8_next_char(p) : p;
        *p = '\0';
        column = MAX(column, GPOINTER_TO_UINT(g_hash_table_lookup(table_of_words(), start)));
        p = next;
    }
    return column;
}

static guint
width_of(const xmlNode *cell)
{
    int columns = 1;
    html_integer_attribute(cell, "colspan", &columns);
    return (guint)CLAMP(columns, 1, MAX_COLUMNS);
}

/* What each column of a table is, by a tr that may be its head; whether any says so. */
static bool
read_head(const xmlNode *tr, enum column *columns)
{
    guint at = 0, cells = 0, known = 0;
    for (const xmlNode *cell = tr->children; cell && at < MAX_COLUMNS; cell = cell->next) {
        if (!node_is(cell, "td th"))
            continue;
        enum column column = column_of(cell);
        cells++;
        known += column != COLUMN_UNKNOWN;
        for (guint width = width_of(cell); width && at < MAX_COLUMNS; width--)
            columns[at++] = column;
    }
    return cells > 1 && known > 1;
}

/* The head of the table that a tr is of; false when it has none. */
static bool
find_head(const xmlNode *row, enum column *columns)
{
    const xmlNode *table = row->parent;
    for (int i = 0; i < 2 && table && !node_is(table, "table"); i++)
        table = table->parent;
    guint rows = 0, nodes = 0;
    for (const xmlNode *n = table && node_is(table, "table") ? table : NULL;
         n && n != row && rows < MAX_ROWS && nodes < MAX_NODES; n = node_next(n, table), nodes++) {
        if (!node_is(n, "tr"))
            continue;
        rows++;
        memset(columns, 0, MAX_COLUMNS * sizeof *columns);
        if (read_head(n, columns))
            return true;
    }
    return false;
}

const xmlNode *
row_columns(const xmlNode *row, GPtrArray *others)
{
    enum column columns[MAX_COLUMNS];
    if (!node_is(row, "tr") || !find_head(row, columns))
        return NULL;
    const xmlNode *name = NULL;
    guint at = 0;
    for (const xmlNode *cell = row->children; cell && at < MAX_COLUMNS; cell = cell->next) {
        if (!node_is(cell, "td th"))
            continue;
        if (columns[at] == COLUMN_OTHER)
            g_ptr_array_add(others, (gpointer)cell);
        else if (columns[at] == COLUMN_NAME && !name)
            name = cell;
        at += width_of(cell);
    }
    return name;
}
