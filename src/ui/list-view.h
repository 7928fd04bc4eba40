/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A list of articles, for the files that make it up: view-list.c (its cursor and actions),
 * list-rows.c (how it looks), list-query.c (what it lists).
 */
#pragma once

#include "reader/window.h"
#include "ui/app.h"
#include "ui/selection.h"

struct list_view {
    struct view base;
    struct window window;
    struct query *query; /* owned; the filter, the search or the saved query */
    char *title, *portal, *edition, *filter;
    char *filter_before; /* while another one is typed */
    int64_t filter_at;   /* the article on which that began, or 0 */
    char *fixed;         /* the query that the view was made for, which a filter adds to; or NULL */
    GArray *sources;     /* of int64_t: it is a list of theirs; or NULL */
    int64_t moved;       /* an article that was read and so came to stand further down; or 0 */
    int64_t left;        /* where it stood, and what came behind it stands now */
    bool search;
    bool hides; /* it is empty because what is read is hidden */
    struct selection selection;
    char *snippet;      /* of snippet_of, or NULL */
    int64_t snippet_of; /* an article, or 0 */
    int64_t now;        /* when it was laid out, seconds UTC: dates are seen from there */
    bool short_dates;   /* all that are shown have room in LIST_DATE_SHORT cells */
    bool dates_of_year; /* all that are shown are of this year */
    int64_t unread;     /* of what is listed; -1: that would have to be read first */
};

/* Whether a view is a list in which a row stands for an article in all of its languages. */
bool list_is_folded(const struct view *view);

/* Whether the portal of a list is read in another language than it is. */
bool list_has_other_edition(const struct list_view *list, const struct app *app);

/* Reads its rows anew. */
void list_load(struct list_view *list, struct app *app);
/* The same, with the cursor on the article on which it was. */
void list_reload(struct view *view, struct app *app);

/* Counts its rows up to a place, where that is more than has been counted. */
void list_count_on(struct view *view, int64_t to);

/* Counts them as far as that is cheap: it is what was asked for. */
void list_count_soon(struct list_view *list);

/* Where reading goes on behind the article under the cursor if that has moved away; else -1. */
int64_t list_left(const struct view *view);

/* Where an article stands, or what stands for it in another language; -1: nowhere. */
int64_t list_place_of(struct list_view *list, struct app *app, int64_t article);
/* Puts a list in another order; views that are none, and searches, stay as they are. */
void list_sort(struct view *view, struct app *app, enum listing_sort sort);
/* Whether a view is a list in which rows are selected. */
bool list_has_selection(const struct view *view);
/* Puts the cursor on an article, if the view is a list that has it. */
void list_go_to(struct view *view, struct app *app, int64_t article);

/* That an article is there in other languages, newly allocated; may be empty. */
char *list_others_in_words(const struct app *app, const struct article_row *row);

/* Operations of its view: ui/view.h. */
void list_lay_out(struct view *view, struct app *app);
void list_draw(const struct view *view, const struct app *app, struct grid *grid, bool focused);
void list_to_text(struct view *view, struct app *app, GString *out);
void list_row_to_text(struct view *view, struct app *app, int64_t place, GString *out);

/*
 * Lists what its fixed query and a filter (may be NULL) ask for.  False when one of them is wrong,
 * which is shown if wanted.
 */
bool list_set_filter(struct list_view *list, struct app *app, const char *filter, bool show_error);

/*
 * Goes on to the next source that has unread articles, after a list of one source; false when there
 * is none.
 */
bool list_next_unread_source(struct list_view *list, struct app *app);

/* Actions that change what is listed, or how; 0 for others. */
unsigned list_act_on_query(struct list_view *list, struct app *app, enum action action, int count);
