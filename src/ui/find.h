/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Finding in what a view shows, while one types: the view says where a text stands next
 * (view_ops.find), and this does the rest.
 */
#pragma once

#include "ui/app.h"

/*
 * The place from `from` on (that one too when `here`), round the end, whose text holds view->find; -1:
 * none.  text_at() gives the text of one of the `all` places, borrowed.
 */
int64_t find_round(const struct view *view, int64_t all, int64_t from, int step, bool here,
                   const char *(*text_at)(const struct view *view, int64_t place));

/* Asks what to find, goes to the next or previous of it, or ends it; false when the action is none of these now. */
bool find_act(struct app *app, enum action action);
