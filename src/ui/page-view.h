/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pages of lines to scroll through: the help, the errors, the information.  A line that starts with
 * '#' is a heading; one with a tab in it has two columns.
 */
#pragma once

#include "ui/view.h"

struct view *page_view_new(const char *title);
void page_view_add(struct view *view, const char *format, ...) G_GNUC_PRINTF(2, 3);
guint page_view_lines(const struct view *view);
