/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of the first view, with what they count, grouped by portal and edition or by tag. */
#pragma once

#include "ui/app.h"

enum section_kind {
    SECTION_ALL = 1,
    SECTION_STARRED,
    SECTION_QUERY,
    SECTION_EDITION,
    SECTION_SOURCE,
    SECTION_TAG,
    SECTION_FORMER
};

struct section_row {
    enum section_kind kind;
    char *text;
    int64_t unread, total, source; /* total -1: it is not known */
    bool counted;                  /* of a query or stars: what is unread is known */
    bool more, total_more;         /* of those: it may be more */
    char *portal, *edition, *url, *query;
    char *of; /* of a section: its portal and edition; or NULL */
    /* of an edition, or of a section under a tag: its portal's name, with which the text begins; */
    /* its own, with which it ends; NULL when it has none */
    char *head, *last;
    char *name; /* the text in the cells that there are (ui/sections-names.h); or NULL */
    bool failed, warned;
    GArray *sources;           /* of a tag: int64_t */
    struct section_row *group; /* of a source: what it stands under, borrowed; or NULL */
    char *fold;                /* of a group: what it is called among those that are folded */
    bool folded, hidden;
    guint shown; /* of a group: rows under it */
};

/* With this begins the url of a row of the articles that have a tag, which stands in no file. */
#define SECTIONS_TAGGED "tag:"

/*
 * The rows as the state of the reader wants them, owned struct section_row *: without what is
 * folded, and without what is read where that is hidden; the row with the number `own` stays, on
 * which one is.
 */
GPtrArray *sections_rows(struct app *app, int64_t own);

/* The number of a row by which it is known again; never 0. */
int64_t section_row_number(const struct section_row *row);

/*
 * Of the first view: to the first row of a source, by its address; to that of its edition where
 * this is wanted (`group`), or where it has no row of its own now.
 */
void sections_go_to(struct view *view, struct app *app, const char *url, bool group);

/* Of the first view: to the row of former subscriptions, if an article is of one. */
void sections_go_to_former(struct view *view, struct app *app, int64_t article);

/* Whether a row of SECTION_TAG is a tag, and not what has none. */
bool sections_is_tag(const struct section_row *row);

/* Whether any source or article has a tag. */
bool sections_any_tag(struct app *app);
