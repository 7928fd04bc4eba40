/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a view is: the operations by which the reader draws one and hands it keys, and targets, by
 * which views ask for other views without knowing them.
 */
#pragma once

#include "reader/actions.h"
#include "ui/grid.h"

struct app;
struct choice_request;
struct view;

/* The column that a view stands in, from left to right; PANE_WHOLE stands alone. */
enum pane { PANE_SECTIONS, PANE_LIST, PANE_ARTICLE, PANE_WHOLE };

/* What is shown of how much, in lines or rows. */
struct extent {
    int64_t first, shown, all;
};

enum click { CLICK_SINGLE, CLICK_DOUBLE };

struct view_ops {
    enum action_context context;
    enum pane pane;
    /* Paints its area; whether it has the focus decides where the cursor stands. */
    void (*draw)(struct view *view, struct app *app, struct grid *grid, const struct area *area, bool focused);
    /* Whether it knew the action; what it did not use falls through to the reader. */
    bool (*act)(struct view *view, struct app *app, enum action action, int count);
    /* The store, the settings or the width have changed. */
    void (*reload)(struct view *view, struct app *app);
    /* For the bars; owned by the caller. */
    char *(*title)(struct view *view, struct app *app);
    char *(*position)(struct view *view, struct app *app);
    /* A number that stays the same while the same thing is under the cursor; 0: nothing. */
    int64_t (*selected)(struct view *view, struct app *app);
    /* A view of what is under the cursor, to stand beside this one or to be entered; or NULL. */
    struct view *(*open)(struct view *view, struct app *app);
    /* It has got the focus: it is read now, not only seen. */
    void (*entered)(struct view *view, struct app *app);
    void (*extent)(const struct view *view, struct extent *extent);
    /* A click at a place of its area.  True: what is under the cursor now is to be opened. */
    bool (*click)(struct view *view, struct app *app, int x, int y, enum click click);
    /* The portal and edition that it shows; borrowed, may be NULL. */
    void (*location)(const struct view *view, const char **portal, const char **edition);
    /* The row or line that it stands on. */
    int64_t *(*cursor)(struct view *view);
    /* Where view->find stands next from a row or line on (that one too when `here`); -1: nowhere. */
    int64_t (*find)(struct view *view, int64_t from, int step, bool here);
    /* Moves on to another article (step +1 or -1; to unread ones alone if asked) and returns its number; 0: none. */
    int64_t (*step)(struct view *view, struct app *app, int step, bool unread);
    /* Its content line by line, for the linear mode. */
    void (*to_text)(struct view *view, struct app *app, GString *out);
    /* A key that no action takes: for views into which one types. */
    bool (*type)(struct view *view, struct app *app, const char *key);
    void (*free)(struct view *view, struct app *app);
};

/* The head of each kind of view. */
struct view {
    const struct view_ops *ops;
    int64_t opened_for;  /* what was under the cursor of the view below when this one was opened */
    struct area area;    /* where it was drawn last */
    bool stale;          /* reload() is due before it is used or seen */
    char *find;          /* the text that is searched for in it, or NULL */
    int64_t found_from;  /* where the cursor stood when that was asked */
};

/* --- targets -------------------------------------------------------------------------- */

enum target_kind {
    TARGET_SECTIONS,
    TARGET_LIST,
    TARGET_SEARCH,  /* words */
    TARGET_ARTICLE, /* article, marked */
    TARGET_CHOICE,  /* choice */
    TARGET_ADD,     /* to subscribe: the catalogue, or a URL */
    TARGET_WELCOME, /* the same at the first start */
    TARGET_HELP,    /* context */
    TARGET_ERRORS,
    TARGET_INFO     /* source, article */
};

/* A list of articles of a source, an edition (portal and edition), a query, the starred or all. */
struct list_scope {
    int64_t source;               /* or 0 */
    const char *portal, *edition; /* or NULL */
    const char *query;            /* or NULL */
    bool starred;
    const char *title;
};

/* What a view is wanted of; all of it borrowed but for what is said to be taken over. */
struct target {
    enum target_kind kind;
    struct list_scope scope;
    const char *words;
    int64_t source, article;
    char *const *marked; /* words for which the article was found, or NULL */
    const struct choice_request *choice;
    enum action_context context;
};
