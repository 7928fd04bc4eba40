/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a row of a table or the names of its columns say of its hours.  What says where or when does
 * not: "Торговая, 5" below "Адрес" is no market, "Дата проведения" heads any table.
 */
#include "config.h"

#include "base/regex.h"
#include "text/agenda-parts.h"
#include "text/street.h"

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

struct agenda_columns {
    enum meaning topic; /* of their table */
    guint count;        /* of names; 0: there are none */
    unsigned said;      /* by the names */
    bool places[];      /* which are of places, by their names */
};

struct agenda_columns *
agenda_columns_new(const char *language, char *const *names, enum meaning topic)
{
    guint count = names ? g_strv_length((GStrv)names) : 0;
    struct agenda_columns *columns = g_malloc0(sizeof *columns + count * sizeof(bool));
    columns->topic = topic;
    columns->count = count;
    for (guint i = 0; i < count; i++) {
        columns->said |= name_says(language, names[i]);
        columns->places[i] = is_place(names[i]);
    }
    return columns;
}

/* Where something is may say what holds there: "Mill Street closed", but "a concert hall". */
static unsigned
cell_says(const char *language, const char *cell, bool place)
{
    static GRegex *of_ways;
    if (!agenda_says(language, cell))
        return 0;
    g_autofree char *unnamed = street_leave_out(cell, place);
    g_autofree char *rest =
        g_regex_replace_literal(regex_once(&of_ways, ways), unnamed, -1, 0, "", 0, NULL);
    unsigned said = rest ? agenda_says(language, rest) : 0;
    return place ? said & HOLDS : said;
}

enum meaning
agenda_row_topic(const char *language, const struct agenda_columns *columns, const char *row)
{
    if (!(1u << columns->topic & (HOLDS | 1u << EVENT)))
        return columns->topic;
    g_auto(GStrv) cells = g_strsplit(row, "\t", 0);
    bool named = columns->count == g_strv_length(cells);
    unsigned said = columns->said;
    for (guint i = 0; cells[i]; i++)
        said |= cell_says(language, cells[i], named && columns->places[i]);
    bool event = said & 1u << EVENT, holds = said & HOLDS;
    return event == holds ? columns->topic : event ? EVENT : BEGINS;
}
