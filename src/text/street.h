/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whether a text concerns an address, street and house: "ул. Ленина, 20, 22, 24–36 (чётные)" is
 * told from "ул. Ленина, 124" and "Ленинградская, 24".  Pure.  The words of streets and houses are
 * a table, streets.def.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "base/auto.h"

struct street_address;

/* As people write theirs: "улица Ленина, 24", "站前大街128号", "24 Main St"; NULL: no street in it. */
struct street_address *street_parse(const char *text);
void street_free(struct street_address *address);
DEFINE_AUTO_FREE(street_address, street_free)

/* Whether it has a house, or says by a kind that it is a street: else any word would be one. */
bool street_is_address(const struct street_address *address);

/* What stands wherever the street is named, as a word to search for, which may go on; borrowed. */
const char *street_word(const struct street_address *address);

/*
 * A line without the names of streets in it, newly allocated: of "Concert on Market Street" is left
 * "Concert on  ".  place: it is where something is, and other names are left out too.
 */
char *street_leave_out(const char *line, bool place);

/*
 * What a cell of a table is by its form.  MAYBE: a name and a house, where nothing says that it is
 * of a street ("Markthof 2"); it is one where the others of its column are.
 */
enum street_cell { STREET_OTHER, STREET_MAYBE, STREET_ADDRESS };
enum street_cell street_cell(const char *cell);

enum street_hit {
    STREET_NONE,
    STREET_WHOLE, /* the street is named without houses, or none was asked for */
    STREET_HOUSE, /* the house, alone, in a list or in a range */
};

/*
 * What a title (or NULL) and a text of valid UTF-8 say of an address: lines are paragraphs or rows
 * of tables, with tabs between cells.  A title names a street in general where the text has its
 * houses.
 */
enum street_hit street_find(const struct street_address *address, const char *title,
                            const char *text);
