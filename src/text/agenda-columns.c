/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a row of a table or the names of its columns say of its hours.  What says where or when does
 * not: "Торговая, 5" below "Адрес" is no market, "Дата проведения" heads any table.
 */
#include "config.h"

#include "base/regex.h"
#include "text/agenda-parts.h"
#include "text/street.h"

#include <string.h>

#define PLACE(language, pattern) "|" pattern
#define ANYTHING(language, pattern)
#define WAY(language, pattern)
#define NOTHING "(?!)"
static const char place_names[] = NOTHING
#include "text/agenda-columns.def"
    ;
#undef ANYTHING
#define ANYTHING(language, pattern) "|" pattern
static const char names_of_anything[] = NOTHING
#include "text/agenda-columns.def"
    ;
#undef PLACE
#undef ANYTHING
#undef WAY
#define PLACE(language, pattern)
#define ANYTHING(language, pattern)
#define WAY(language, pattern) "|" pattern
static const char ways[] = NOTHING
#include "text/agenda-columns.def"
    ;

#define ROWS 40 /* of a table, by whose cells a column is known */

#define HOLDS (1u << BEGINS | 1u << ENDS) /* what makes the same of hours of a day */

static bool
is_place(const char *name)
{
    static GRegex *places;
    return g_regex_match(regex_once(&places, place_names), name, 0, NULL);
}

static unsigned
name_says(const char *language, const char *name)
{
    static GRegex *of_anything;
    g_autofree char *rest = g_regex_replace_literal(regex_once(&of_anything, names_of_anything),
                                                    name, -1, 0, "", 0, NULL);
    return rest ? agenda_says(language, rest) : 0;
}

struct column {
    bool place;     /* its name says that its cells are where */
    bool addresses; /* they say it: one is an address, and most have the form of one */
};

struct agenda_columns {
    enum meaning topic; /* of their table */
    guint count;
    unsigned said; /* by their names */
    struct column columns[];
};

static bool
may_say_otherwise(enum meaning topic)
{
    return 1u << topic & (HOLDS | 1u << EVENT);
}

/* Looks at the cells of rows that are asked and have as many as there are columns. */
static void
read_cells(struct agenda_columns *columns, const char *rows)
{
    g_autofree struct {
        guint any, maybe, addresses;
    } *cells = g_malloc0_n(columns->count, sizeof *cells);
    gsize length = strcspn(rows, "\n");
    for (guint n = 0; n < ROWS && memchr(rows, '\t', length); n++) {
        g_autofree char *row = g_strndup(rows, length <= AGENDA_LONGEST ? length : 0);
        g_auto(GStrv) texts = g_strsplit(row, "\t", 0);
        bool same = g_strv_length(texts) == columns->count;
        for (guint i = 0; same && texts[i]; i++) {
            enum street_cell is = street_cell(texts[i]);
            cells[i].any += *texts[i] != '\0';
            cells[i].maybe += is != STREET_OTHER;
            cells[i].addresses += is == STREET_ADDRESS;
        }
        rows += length + (rows[length] != '\0');
        length = strcspn(rows, "\n");
    }
    for (guint i = 0; i < columns->count; i++)
        columns->columns[i].addresses = cells[i].addresses && 2 * cells[i].maybe > cells[i].any;
}

struct agenda_columns *
agenda_columns_new(const char *language, char *const *names, const char *rows, enum meaning topic)
{
    g_autofree char *row = g_strndup(rows, strcspn(rows, "\n"));
    g_auto(GStrv) cells = g_strsplit(row, "\t", 0);
    guint count = g_strv_length(names ? (GStrv)names : cells);
    struct agenda_columns *columns = g_malloc0(sizeof *columns + count * sizeof *columns->columns);
    columns->topic = topic;
    columns->count = count;
    for (guint i = 0; names && names[i]; i++) {
        columns->said |= name_says(language, names[i]);
        columns->columns[i].place = is_place(names[i]);
    }
    if (may_say_otherwise(topic))
        read_cells(columns, rows);
    return columns;
}

/* Whether a cell of a column, or of none, is where something is. */
static bool
is_where(const struct column *column, const char *cell)
{
    if (column && column->place)
        return true;
    enum street_cell is = street_cell(cell);
    return is == STREET_ADDRESS || (is == STREET_MAYBE && column && column->addresses);
}

/* Where something is may say what holds there: "Mill Street closed", but "a concert hall". */
static unsigned
cell_says(const char *language, const struct column *column, const char *cell)
{
    static GRegex *of_ways;
    if (!agenda_says(language, cell))
        return 0;
    bool place = is_where(column, cell);
    g_autofree char *unnamed = street_leave_out(cell, place);
    g_autofree char *rest =
        g_regex_replace_literal(regex_once(&of_ways, ways), unnamed, -1, 0, "", 0, NULL);
    unsigned said = rest ? agenda_says(language, rest) : 0;
    return place ? said & HOLDS : said;
}

enum meaning
agenda_row_topic(const char *language, const struct agenda_columns *columns, const char *row)
{
    if (!may_say_otherwise(columns->topic))
        return columns->topic;
    g_auto(GStrv) cells = g_strsplit(row, "\t", 0);
    bool same = columns->count == g_strv_length(cells);
    unsigned said = columns->said;
    for (guint i = 0; cells[i]; i++)
        said |= cell_says(language, same ? &columns->columns[i] : NULL, cells[i]);
    bool event = said & 1u << EVENT, holds = said & HOLDS;
    return event == holds ? columns->topic : event ? EVENT : BEGINS;
}
