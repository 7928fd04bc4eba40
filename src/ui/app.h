/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the reader knows, and what views may ask of it: a stack of views over a session, of which
 * one has the focus; a prompt; jobs that run.  Nothing here draws or takes keys: ui/reader.h does.
 *
 * Views stand side by side where the terminal is wide enough (ui/panes.h): what the one with the
 * focus would open is shown beside it.
 */
#pragma once

#include "base/news.h"
#include "reader/keymap.h"
#include "reader/session.h"
#include "reader/state.h"
#include "ui/graphics.h"
#include "ui/job.h"
#include "ui/program.h"
#include "ui/prompt.h"
#include "ui/view.h"

/* What may run in the background: at most one of each. */
enum job_slot {
    JOB_FETCH,
    JOB_DISCOVER,
    JOB_WORK,
    JOB_WATCH,
    JOB_SYNC,
    JOB_PICTURES,
    JOB_PROGRAM, /* the first of several: ui/programs.h */
    JOB_COUNT = JOB_PROGRAM + 4
};

/* What is to be done before the next picture. */
enum app_flags {
    APP_LOAD_SOURCES = 1 << 0,
    APP_REPAINT = 1 << 1, /* all of the terminal is painted, not only what differs */
    APP_THEME = 1 << 2,   /* settings that say how the terminal looks were set anew */
    APP_ASK = 1 << 3      /* the terminal is asked how it shows pixels */
};

/* How far the fetch is that runs, or was run last. */
struct fetch_progress {
    guint done, total; /* sources */
    struct news news;
    guint failed;
    guint newly;     /* of these, of which the fetch before had not failed */
    GArray *failing; /* int64_t: sources that had failed when it began; owned, may be NULL */
    guint waiting;   /* sources whose hosts want no request yet */
    bool no_network; /* none of the hosts was reached */
    char *asked;     /* numbers of the sources, " 3 12 "; owned; NULL: any */
    int64_t bytes;
    int64_t since;     /* when it began, seconds UTC */
    char *title;       /* of a source that is waited for; owned, may be NULL */
    char *why;         /* what failed, and how; owned; NULL: nothing, or several sources */
    char *announced;   /* the words that told which sources it is of; owned, may be NULL */
    bool dropped;      /* it was stopped, and what waited for it is not fetched */
    bool begun;        /* it no longer waits for a fetch of another program */
    bool let_go;       /* that it does not wait for one any more was told when it was stopped */
    bool automatic;    /* nobody has asked for it */
    int64_t due_after; /* no fetch of what is due before, seconds UTC */
};

/* What was asked for while a fetch ran. */
struct fetch_queue {
    bool all, fresh; /* fresh: what nobody has fetched yet */
    GArray *sources; /* owned, int64_t; or NULL */
};

/* Addresses that were pasted at once, which are looked at one after the other. */
struct address_queue {
    GPtrArray *urls;  /* owned char *, those that wait; NULL: none were */
    guint all, added; /* how many there were, and how many are subscribed to now */
};

/* Makes a view of a target: the only function that knows all kinds of them. */
typedef struct view *make_view_func(struct app *app, const struct target *target, GError **error);

#define PROGRESS_FRESH 120 /* seconds after which a progress row is a crashed fetch's */
#define PROGRESS_LOOK  2   /* seconds after which it is looked whether that fetch still runs */

struct app {
    make_view_func *make_view;
    struct session *session;
    struct keymap *keymap;
    struct grid *grid;
    GPtrArray *views;   /* owned struct view *, in the order in which they were opened */
    guint focus;        /* the index of the one that has the focus */
    GPtrArray *sources; /* owned struct source *, active; app_sources() has them as they are now */
    const char *languages; /* interned: in which articles are read (config/languages.h) */
    bool folds;            /* lists show an article once that is there in several languages */
    int layout;            /* panes that were asked for with `layout`; 0: by the width */
    bool plain;            /* the linear mode: what a screen would show has to be said */
    bool ascii;            /* signs are drawn in ASCII */
    bool wide;             /* the terminal gives characters of ambiguous width two cells */
    int colors;            /* that it has: term_colors() */
    struct graphics_way graphics; /* how it shows pixels */
    bool light;                   /* the theme is for a light ground */
    bool ascii_terminal;        /* the terminal can show nothing else, whatever the settings say */
    struct reader_state *state; /* how it was left, and will be; owned */
    bool hints, quit;
    unsigned due;          /* enum app_flags, or-ed */
    int count;             /* digits typed before a key */
    GString *typed_number; /* that was typed last: ui/typed-number.h */
    GString *sequence;     /* keys of a binding of several, so far; separated by blanks */
    int64_t clicked_at;    /* of the last click, monotonic microseconds */
    int clicked_x, clicked_y;

    char *message;
    bool message_is_error;
    bool message_is_aside; /* beside a place in the text, which it is not to cover */
    int64_t told;          /* the article that it names to who listens, or 0 */
    /* owned char *: the last ones that were shown, whole, for the page of errors */
    GPtrArray *errors;

    bool terminal;         /* there is one, of which a program can have a turn */
    bool copies;           /* it may have a clipboard: ui/osc52.h */
    char *clipboard;       /* what it is to get with the next picture, or NULL */
    GPtrArray *foreground; /* of ui/programs.c: what waits to have the terminal for a while */

    struct prompt prompt;

    struct job jobs[JOB_COUNT];
    struct fetch_progress fetch;
    struct fetch_queue fetch_queue;
    struct address_queue addresses;
    GPtrArray *programs; /* owned struct program *, of ui/browser.c */
    char *elsewhere;     /* the progress of a fetch that another program runs, or NULL */
    char *sync;          /* what a sync has to do, or why the last did not work; or NULL */
    int64_t version;     /* of the store, when views were last loaded */
    int64_t loaded_at;   /* when that was, monotonic microseconds */
    int64_t named_at;    /* when names of sources were looked at, the same */
    bool names_due;      /* they may have changed since */
    int64_t room_at;     /* when it is looked whether a full disk has room, the same */
    int64_t followed_at; /* when it was looked whether that other fetch runs */
};

/* An app without views.  make_view is what app_open() and app_open_target() use. */
struct app *app_new(struct session *session, int width, int height, make_view_func *make_view,
                    GError **error);
void app_free(struct app *app);
DEFINE_AUTO_FREE(app, app_free)

void app_resize(struct app *app, int width, int height);

/*
 * Takes over what the settings say, after they have changed, but for what keys change, too (layout,
 * folds).  False and error when keys are wrong: the old ones stay.
 */
bool app_apply_settings(struct app *app, GError **error);

/* --- the stack of views (stack.c) ------------------------------------------------------- */

/* The view that has the focus. */
struct view *app_top(const struct app *app);
/* Whether the key of an action does it there, or may. */
bool app_takes(const struct app *app, enum action action);
/* The view from which this one was opened, or NULL. */
struct view *app_below(const struct app *app, const struct view *view);
/* Whether a view that somebody remembers is still open. */
bool app_has_view(const struct app *app, const struct view *view);

/*
 * Makes a view of what is under the cursor of another; it is not on the stack yet.  NULL when
 * nothing is there, and on an error, which is shown.
 */
struct view *app_open_target(struct app *app, struct view *view);
/*
 * Opens a view over the one that has the focus, in place of what was there, and gives it the
 * focus.  An error is shown.
 */
void app_open(struct app *app, const struct target *target);
/* Gives the focus to an open view. */
void app_focus(struct app *app, guint index);
/* Goes into what is under the cursor of the view that has the focus. */
void app_enter(struct app *app);
/* Closes the views from an index on, the newest first. */
void app_close_from(struct app *app, guint index);
/* Closes the view that has the focus, and what was opened from it; the first one stays. */
void app_pop(struct app *app);
/* Tells the view that has the focus that one is back in it. */
void app_back(struct app *app);

/* --- services -------------------------------------------------------------------------- */

/*
 * Shows a message until the next key; an error is also kept for the page of errors.  {ACTION} in
 * the format is the key of that action where one is (reader/keymap.h).
 */
void app_say(struct app *app, const char *format, ...) G_GNUC_PRINTF(2, 3);
void app_show_error(struct app *app, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* An error that is not kept: what was typed is none of what there is to type. */
void app_refuse(struct app *app, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* The same of the answer to a question, which stays open with it on the screen. */
void app_refuse_answer(struct app *app, const char *why);
/*
 * There are no more unread articles in a direction; `beyond`: how many there are in the other one,
 * -1: some.
 */
void app_say_no_unread(struct app *app, int direction, int64_t beyond);
/* The store or the settings have changed: each view is loaded anew when it is used or seen next. */
void app_reload(struct app *app);
/* Reads the names of sources that may have changed, and loads all again where they have. */
void app_follow_names(struct app *app);
/* Looks whether another program fetches, and how far it is. */
void app_follow_fetch(struct app *app);
/* Whether the fetch that was asked for waits for the end of another program's. */
bool app_fetch_follows(const struct app *app);
/* Loads a view now, if that is due. */
void app_refresh(struct app *app, struct view *view);
/* The active sources as they are now; borrowed struct source *. */
const GPtrArray *app_sources(struct app *app);

/* An article is opened and so counts as read, which is nothing to undo. */
bool app_note_read(struct app *app, int64_t article);
/*
 * Marks articles (int64_t) as read, after a question if they are many.  folded: their list shows an
 * article in all of its languages as one.
 */
void app_mark_all(struct app *app, const GArray *articles, bool folded);
void app_mark_listing(struct app *app, const struct listing *listing); /* all of it, likewise */
/*
 * Says a sentence with the number of articles in it, as the lists show them (`works`), and how many
 * they are with their editions; folded: these have one row.
 */
void app_say_count(struct app *app, const char *format, bool folded, guint works, guint count);

/* The languages of folded lists (store/listing.h), NULL where nothing is to be folded; borrowed. */
const char *app_folded(const struct app *app);

/* What stands between two parts of a name: a dot, to who listens a comma. */
const char *app_dot(const struct app *app);
/* The sign for a state: its glyph, or ASCII where glyphs cannot be shown. */
const char *app_sign(const struct app *app, const char *glyph, const char *ascii);

/* "PORTAL · EDITION" of a portal's source, newly allocated. */
char *app_edition_title(const struct app *app, const struct source *source);

/* The text column of an area: its first cell and width by read.measure and read.align. */
void app_measure(const struct app *app, const struct area *area, int *left, int *width);
