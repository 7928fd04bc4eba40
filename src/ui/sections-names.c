/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Names of rows in few cells.  Where the names of several would be the same when they are cut, each
 * gets the beginning of its portal's name before its own; where those are alike too, the ends
 * of these names; at last the names by which portals are subscribed to, of which there is one each.
 */
#include "config.h"

#include "ui/sections-names.h"
#include "reader/heading.h"
#include "text/cells.h"

#include <string.h>

#define NARROW 60 /* cells, below which what is unread stands without the total */

#define LEAST_HEAD 3 /* cells of a portal's name that say something of it */

/* The ways in which names that are alike are told apart. */
enum form { FORM_BEGINNING, FORM_END, FORM_IDENTITY, FORMS };

char *
section_row_counts(const struct section_row *row, int width)
{
    if (!row->counted && row->total < 0)
        return g_strdup("");
    GString *counts = g_string_new(NULL);
    g_string_printf(counts, "%" G_GINT64_FORMAT "%s", row->unread, row->more ? "+" : "");
    if (row->total >= 0 && width >= NARROW)
        g_string_append_printf(counts, "/%" G_GINT64_FORMAT "%s", row->total,
                               row->total_more ? "+" : "");
    return g_string_free(counts, FALSE);
}

int
section_row_indent(const struct section_row *row)
{
    return row->group ? 4 : 2;
}

/* "…tory": the end of a text in so many cells. */
static char *
cut_beginning(const char *text, int room, const char *ellipsis)
{
    if (cells_width(text, -1) <= room)
        return g_strdup(text);
    const char *end = text;
    while (*end && cells_width(end, -1) > room - 1)
        end = g_utf8_next_char(end);
    return g_strconcat(ellipsis, end, NULL);
}

/* The cells that a row's name may have. */
static int
room_of(const struct section_row *row, int width)
{
    g_autofree char *counts = section_row_counts(row, width);
    return width - section_row_indent(row) - cells_width(counts, -1) - 3;
}

/* Whether it is an edition whose name, with that of its portal, has not so much room. */
static bool
is_long_edition(const struct section_row *row, int room)
{
    return row->kind == SECTION_EDITION && row->last && cells_width(row->text, -1) > room;
}

static int
dot_cells(const struct app *app)
{
    return cells_width(app_sign(app, " · ", " - "), -1);
}

/* The cells that are left for the names of portals before the languages that leave the fewest. */
static int
heads_of_all(const GPtrArray *rows, const struct app *app, int width)
{
    int least = G_MAXINT;
    for (guint i = 0; i < rows->len; i++) {
        const struct section_row *row = g_ptr_array_index(rows, i);
        int room = room_of(row, width);
        if (is_long_edition(row, room))
            least = MIN(least, room - dot_cells(app) - cells_width(row->last, -1));
    }
    return least;
}

/*
 * An edition's name as those of all others are cut: some of the portal's name before the language,
 * or before the language's tag where not all of those have room; at last the language.
 */
static char *
cut_edition(const struct section_row *row, const struct app *app, int room, int heads)
{
    const char *ellipsis = app_sign(app, "…", "~"),
               *tail = heads < LEAST_HEAD && row->edition ? row->edition : row->last;
    int rest = heads < LEAST_HEAD ? room - dot_cells(app) - cells_width(tail, -1) : heads;
    if (rest < LEAST_HEAD)
        return cells_ellipsize(row->last, room, ellipsis);
    g_autofree char *head = cells_ellipsize(row->head, rest, ellipsis);
    return g_strconcat(head, app_sign(app, " · ", " - "), tail, NULL);
}

/* In a form in which it is told apart from others that are called the same. */
static char *
cut(const struct section_row *row, const struct app *app, int room, enum form form)
{
    const char *ellipsis = app_sign(app, "…", "~"), *dot = app_sign(app, " · ", " - ");
    int dot_width = dot_cells(app), last = cells_width(row->last, -1);
    /* a tag of a language where its name has no room beside that of the portal */
    bool by_tag = row->kind == SECTION_EDITION && room < last + dot_width + 4;
    g_autofree char *tail =
        by_tag ? g_strdup(row->edition)
               : cells_ellipsize(row->last, MAX(room - dot_width - 5, 3), ellipsis);
    int rest = room - dot_width - cells_width(tail, -1);
    g_autofree char *head = form == FORM_END        ? cut_beginning(row->head, rest, ellipsis)
                            : form == FORM_IDENTITY ? cut_beginning(row->portal, rest, ellipsis)
                                                    : cells_ellipsize(row->head, rest, ellipsis);
    return g_strconcat(head, dot, tail, NULL);
}

/* What must not be the same in two rows: the name, below the same head. */
static char *
key_of(const struct section_row *row)
{
    return g_strdup_printf("%p %s", (const void *)row->group, row->name);
}

/* Names those rows anew whose names are alike; false: there are none. */
static bool
tell_apart(const GPtrArray *rows, const struct app *app, int width, enum form form)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    bool any = false;
    for (guint i = 0; i < rows->len; i++) {
        char *key = key_of(g_ptr_array_index(rows, i));
        guint often = GPOINTER_TO_UINT(g_hash_table_lookup(seen, key));
        g_hash_table_replace(seen, key, GUINT_TO_POINTER(often + 1));
    }
    for (guint i = 0; i < rows->len; i++) {
        struct section_row *row = g_ptr_array_index(rows, i);
        g_autofree char *key = key_of(row);
        if (!row->head || !row->last || GPOINTER_TO_UINT(g_hash_table_lookup(seen, key)) < 2)
            continue;
        g_free(row->name);
        row->name = cut(row, app, room_of(row, width), form);
        any = true;
    }
    return any;
}

void
sections_name_rows(const GPtrArray *rows, const struct app *app, int width)
{
    int heads = heads_of_all(rows, app, width);
    for (guint i = 0; i < rows->len; i++) {
        struct section_row *row = g_ptr_array_index(rows, i);
        int room = room_of(row, width);
        g_free(row->name);
        row->name = is_long_edition(row, room)
                        ? cut_edition(row, app, room, heads)
                        : heading_name(row->text, room, app_sign(app, "…", "~"));
    }
    for (enum form form = FORM_BEGINNING; form < FORMS; form++)
        if (!tell_apart(rows, app, width, form))
            break;
}
