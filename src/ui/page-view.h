/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pages of lines to scroll through: the help, the errors, the information.  A line that starts with
 * '#' is a heading; one with a tab in it has two columns.  Keys act on the source that the page or
 * the line under its cursor is about.
 */
#pragma once

#include "ui/view.h"

/* A page that is filled anew when the store or the settings have changed. */
struct page_request {
    const char *title;
    void (*fill)(struct view *view, struct app *app);
    int64_t source, article; /* what it is about, or 0 */
    bool rows;               /* it has a cursor, and each line is about a source of its own */
};

struct view *page_view_new(const char *title);
struct view *page_view_new_filled(struct app *app, const struct page_request *request);
void page_view_add(struct view *view, const char *format, ...) G_GNUC_PRINTF(2, 3);
guint page_view_lines(const struct view *view);

/* What a page was made for. */
const struct page_request *page_view_request(const struct view *view);
/* The source that lines added from now on are about; 0: none. */
void page_view_of(struct view *view, int64_t source);
/* It is the help, over which none is opened. */
void page_view_set_help(struct view *view);
