/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The views, one file each. */
#pragma once

#include "base/clean.h"
#include "ui/app.h"

struct view *sections_view_new(struct app *app);

/* A list of articles of a source, an edition (portal and edition), a query, the starred or all. */
struct list_scope {
    int64_t source;               /* or 0 */
    const char *portal, *edition; /* or NULL */
    const char *query;            /* or NULL */
    bool starred;
    const char *title;
};
struct view *list_view_new(struct app *app, const struct list_scope *scope);
struct view *list_view_new_search(struct app *app, const char *words);

/*
 * Moves the cursor of the list below an article to the next article (step +1, -1; unread
 * ones alone if asked) and returns its number, 0 if there is none.
 */
int64_t list_view_step(struct view *view, struct app *app, int step, bool unread);
bool is_list_view(const struct view *view);

struct view *article_view_new(struct app *app, int64_t article, GError **error);

/* Sets off the words for which the article was found; they are copied. */
void article_view_mark(struct view *view, char *const *words);

/* A choice among things, narrowed down by typing. */
struct choice {
    char *text;   /* what is shown */
    char *detail; /* beside it, dim; or NULL */
    char *more;   /* also looked through for what is typed; or NULL */
    char *value;  /* what choosing it means */
};
struct choice_request {
    const char *title, *intro; /* intro may be NULL */
    const char *label;         /* before what is typed */
    GPtrArray *choices;        /* struct choice *, of choice_new(); taken over */
    /* The choice, NULL when none is under the cursor, and what was typed.  The view is still there. */
    void (*chosen)(struct app *app, const struct choice *choice, const char *typed);
    const char *(*empty)(struct app *app, const char *typed); /* what to say when nothing matches */
};
struct choice *choice_new(const char *text, const char *detail, const char *more, const char *value);
struct view *choice_view_new(const struct choice_request *request);

/* To subscribe: the catalogue, or a URL.  first: at the first start, with a word of welcome. */
struct view *add_view_new(struct app *app, bool first);

/* Pages of lines. */
struct view *help_view_new(struct app *app, enum action_context context);
struct view *errors_view_new(struct app *app);
struct view *info_view_new(struct app *app, int64_t source, int64_t article);

/* Scrolling that lists and pages share: the new top or cursor for an action, in [0, last];
   -1 when the action is no motion. */
int64_t motion(enum action action, int64_t at, int64_t last, int page, int count);
