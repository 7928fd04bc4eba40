/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Numbers as people type them: before a key, behind the name of an action, as a line.  What leads
 * nowhere is named as it was typed, and nothing else is taken in its place.
 */
#pragma once

#include "ui/app.h"

/* Whether a text is a number, in digits of either width, and nothing else. */
bool typed_number_is(const char *text);

/* Whether it is several, as "1,3" and "2-4"; that a line is for one is said. */
bool typed_number_are_several(const char *text);
void typed_number_refuse_several(struct app *app);

/*
 * The number that a text begins with, as a count; one that is larger than any list is as large as
 * counts can be.  Words for it have its digits from now on.
 */
int typed_number_take(struct app *app, const char *text);

/* Whether a view of rows has one of that number; false: there is none, which is said. */
bool typed_number_has_row(struct app *app, struct view *view, int number);

/* Goes to the row of a number in a view of rows; false: there is none, which is said. */
bool typed_number_go(struct app *app, struct view *view, int number);

void typed_number_say_no_link(struct app *app, guint number);
