/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a view is: the operations by which the reader draws one and hands it keys, and targets, by
 * which views ask for other views without knowing them.
 */
#pragma once

#include "reader/actions.h"
#include "ui/grid.h"
#include "ui/scroller.h"

struct app;
struct choice_request;
struct target;
struct view;

/* The column that a view stands in, from left to right; PANE_WHOLE stands alone. */
enum pane { PANE_SECTIONS, PANE_LIST, PANE_ARTICLE, PANE_WHOLE };

/* What the bars say of a view. */
struct view_info {
    char *title, *position;       /* owned; position may be NULL */
    char *note;                   /* stands behind the title, never cut; owned, may be NULL */
    const char *portal, *edition; /* what it shows; borrowed, may be NULL */
};
/* Whether a blank stands before the note: wide brackets have theirs. */
bool view_info_is_spaced(const struct view_info *info);
void view_info_clear(struct view_info *info);

/* What an action has done and what is due after it, or-ed. */
enum view_flags {
    VIEW_DONE = 1 << 0,          /* the view knew the action; others fall through to the reader */
    VIEW_CHANGED_STORE = 1 << 1, /* all views are to be loaded anew */
    VIEW_LOAD = 1 << 2,          /* load() is due before the view is used or seen */
    VIEW_LAYOUT = 1 << 3         /* what lay_out() kept from before is not to be used */
};

/* Whether there is something where a click fell, and whether the cursor was on it before. */
enum view_click { VIEW_CLICK_NOTHING, VIEW_CLICK_OTHER, VIEW_CLICK_SAME };

#define UNBROKEN 10000 /* cells: no paragraph is broken; who listens needs no lines */

/*
 * How a view is brought up to date.  `load` and `lay_out` come before `draw`, which reads neither
 * the store nor files and changes nothing.  What a view scrolls through is in view->scroll, and
 * motions are the reader's work.  Operations below `free` may be NULL.
 */
struct view_ops {
    enum action_context context;
    enum pane pane;
    bool no_scroll_bar;

    /* Makes ready what its area shows: rows, lines, the limits of view->scroll. */
    void (*lay_out)(struct view *view, struct app *app);
    /* Paints its area; whether it has the focus decides where the cursor stands. */
    void (*draw)(const struct view *view, const struct app *app, struct grid *grid, bool focused);
    /* What it did, enum view_flags, or 0; count is what was typed before the key, or 0. */
    unsigned (*act)(struct view *view, struct app *app, enum action action, int count);
    void (*describe)(const struct view *view, const struct app *app, struct view_info *info);
    /* Its content line by line, for the linear mode; of rows only what is said before them. */
    void (*to_text)(struct view *view, struct app *app, GString *out);
    void (*free)(struct view *view, struct app *app);

    /* A row in words, without its number and a line feed; NULL in views that have no rows. */
    void (*row_to_text)(struct view *view, struct app *app, int64_t place, GString *out);
    /* What is said behind the last row, and is none that one could go to; or NULL. */
    void (*rest_to_text)(struct view *view, struct app *app, GString *out);
    /* The store or the settings have changed. */
    void (*load)(struct view *view, struct app *app);
    /*
     * What is under the cursor, which is opened beside this view or entered.  Returns a number that
     * stays the same while it is the same thing; 0: nothing.  target may be NULL.
     */
    int64_t (*target)(struct view *view, struct target *target);
    /* The article whose text it shows. */
    int64_t (*article)(const struct view *view);
    /* Whether what it shows now has use for an action that is of none to most; or NULL. */
    bool (*offers)(const struct view *view, const struct app *app, enum action action);
    /* Whether it never has what an action of its context would be done to; or NULL. */
    bool (*lacks)(const struct view *view, enum action action);
    /*
     * Where view->find stands next from a row or line on (that one too when `here`); -1: nowhere.
     */
    int64_t (*find)(struct view *view, int64_t from, int step, bool here);
    /*
     * Which match, from 1 on, the one at a place is, 0: not known, and *count, how many there are,
     * with *more at least; NULL: they are gone through by find().
     */
    int64_t (*found)(struct view *view, int64_t at, int64_t most, int64_t *count, bool *more);
    /* It has got the focus: it is read now, not only seen. */
    void (*focus)(struct view *view, struct app *app);
    /* It has the focus again: one has left what was opened from it. */
    void (*back)(struct view *view, struct app *app);
    /* A key that no action takes: for views into which one types. */
    bool (*type)(struct view *view, struct app *app, const char *key);
    /*
     * What can wait until there is nothing else to do: when it is due (monotonic microseconds,
     * G_MAXINT64: never), and a piece of it, which interrupt(), which may be NULL, can end.
     */
    int64_t (*idle_due)(const struct view *view);
    void (*idle)(struct view *view, struct app *app, bool (*interrupt)(gpointer data),
                 gpointer data);
    /* A click at a place of its area, where there are no rows to click on. */
    enum view_click (*click)(struct view *view, struct app *app, int x, int y);
};

/* The head of each kind of view. */
struct view {
    const struct view_ops *ops;
    struct scroller scroll;
    int64_t opened_for; /* what was under the cursor of the view below when this one was opened */
    struct area area;   /* where it stands */
    unsigned due;       /* VIEW_LOAD, VIEW_LAYOUT */
    char *find;         /* the text that is searched for in it, or NULL */
    int64_t found_from; /* where the cursor stood when that was asked */
    /*
     * What the linear mode has read out of it: whether it was begun, when it had how many rows, and
     * which of its rows or lines, the last one excluded.  In a text `head` lines, which to_text()
     * counts, stand before what it says: marks and tags add some and take some away.
     */
    bool said;
    int64_t said_count, said_from, said_end;
    int64_t head, said_head; /* now, and when it was read out */
    /* the match on which one is, and where that has led: the end of a text does not go up */
    int64_t found_at, found_position;
};

/* --- targets -------------------------------------------------------------------------- */

enum target_kind {
    TARGET_SECTIONS,
    TARGET_LIST,
    TARGET_AGENDA,
    TARGET_SEARCH,    /* words */
    TARGET_ARTICLE,   /* article, marked */
    TARGET_REVISIONS, /* article */
    TARGET_DIFF,      /* article, from, to */
    TARGET_BESIDE,    /* article, and another of its editions */
    TARGET_CHOICE,    /* choice */
    TARGET_ADD,       /* to subscribe: the catalogue, or a URL */
    TARGET_WELCOME,   /* the same at the first start */
    TARGET_HELP,      /* context */
    TARGET_ERRORS,
    TARGET_NOTICE, /* words: a page of lines, of which those that begin with '#' are headings */
    TARGET_INFO    /* source, article */
};

/* A list of articles of a source, an edition (portal and edition), a query, the starred or all. */
struct list_scope {
    int64_t source;               /* or 0 */
    const char *portal, *edition; /* or NULL */
    const GArray *sources;        /* of int64_t: those alone; or NULL */
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
    int from, to;        /* revisions; to 0: nothing */
    char *const *marked; /* words for which the article was found, or NULL */
    const struct choice_request *choice;
    enum action_context context;
};
