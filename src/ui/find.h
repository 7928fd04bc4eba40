/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Finding in what a view shows, while one types: the view says where a text stands next
 * (view_ops.find), and this does the rest.
 */
#pragma once

#include "ui/app.h"

/*
 * Asks what to find, goes to the next or previous of it, or ends it; false when the action is none
 * of these now.
 */
bool find_act(struct app *app, enum action action, int count);

/*
 * A text was laid out anew, in lines that are others: line is the one now where that on which one
 * was begins, -1: nobody knows it, or one is elsewhere.
 */
void find_laid_out(struct view *view, int64_t line);

/* How matches in a line of a text are set off: those of the line on which one is, as such. */
enum style find_style(const struct view *view, int64_t line);
