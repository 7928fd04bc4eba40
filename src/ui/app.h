/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The reader's state: a stack of views over a session, of which one has the keys; a prompt, the
 * children that run.  Handlers change the state and draw nothing; app_draw() fills the grid from it.
 *
 * Views stand side by side where the terminal is wide enough (ui/panes.h): what the one with the
 * keys would open is shown beside it.
 */
#pragma once

#include "reader/child.h"
#include "reader/keymap.h"
#include "reader/session.h"
#include "ui/grid.h"
#include "ui/prompt.h"

struct app;
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
    /* Paints its area; whether it has the keys decides where the cursor stands. */
    void (*draw)(struct view *view, struct app *app, struct grid *grid, const struct area *area, bool focused);
    /* Whether it knew the action; what it did not use falls through to the app. */
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
    /* It has got the keys: it is read now, not only seen. */
    void (*entered)(struct view *view, struct app *app);
    void (*extent)(const struct view *view, struct extent *extent);
    /* A click at a place of its area.  True: what is under the cursor now is to be opened. */
    bool (*click)(struct view *view, struct app *app, int x, int y, enum click click);
    /* The portal and edition that it shows; borrowed, may be NULL. */
    void (*where)(const struct view *view, const char **portal, const char **edition);
    /* The row or line that it stands on, and where view->find stands next from one on (that one too when `here`); -1: nowhere. */
    int64_t *(*place)(struct view *view);
    int64_t (*find)(struct view *view, int64_t from, int step, bool here);
    /* Its content line by line, for the linear mode. */
    void (*speak)(struct view *view, struct app *app, GString *out);
    /* A key that no action takes: for views into which one types. */
    bool (*type)(struct view *view, struct app *app, const char *key);
    void (*free)(struct view *view, struct app *app);
};

struct view {
    const struct view_ops *ops;
    int64_t opened_for;  /* what was under the cursor of the view below when this one was opened */
    struct area area;    /* where it was drawn last */
    bool stale;          /* reload() is due before it is used or seen */
    char *find;          /* that is searched for in it, or NULL */
    int64_t found_from;  /* where it stood when that was asked */
};

struct app {
    struct session *session;
    struct keymap *keymap;
    struct grid *grid;
    GPtrArray *views; /* owned struct view *, in the order in which they were opened */
    guint focus;      /* the index of the one that has the keys */
    GPtrArray *sources; /* owned struct source *, active; app_sources() has them as they are now */
    bool sources_stale;
    int layout;       /* panes that were asked for with `layout`; 0: by the width */
    bool ascii, ascii_terminal; /* wanted; and the terminal can do no more */
    bool hints, quit, repaint;
    bool typing;      /* a key has just been answered: what may take long is put off */
    bool hurried;     /* the next frame is an answer to a key: nothing is opened for it beside a list */
    guint looks;      /* changes when theme or mouse were set anew */
    int count;        /* digits typed before a key */
    GString *sequence; /* keys of a binding of several, so far; separated by blanks */
    int64_t clicked_at; /* of the last click, monotonic microseconds */
    int clicked_x, clicked_y;

    char *message;
    bool message_is_error;
    GPtrArray *complaints; /* owned char *: the last errors, whole, for the errors page */

    struct prompt prompt;

    struct child *fetch, *discover, *errand;
    guint fetch_done, fetch_total, fetch_new, fetch_failed;
    int64_t fetch_bytes;
    char *fetch_title; /* of the source that was fetched last */
    char *elsewhere; /* the progress of a fetch that another program runs, or NULL */
    char *found; /* the worker's answer to `discover` */
    void (*errand_done)(struct app *app, const char *answer, gpointer data);
    gpointer errand_data; /* owned: g_free */
    char *errand_answer;
    int64_t version; /* of the store, when views were last loaded */
    int64_t loaded_at; /* when that was, monotonic microseconds */
};

struct app *app_new(struct session *session, int width, int height, GError **error);
void app_free(struct app *app);
DEFINE_AUTO_FREE(app, app_free)

enum mouse { MOUSE_CLICK, MOUSE_WHEEL_UP, MOUSE_WHEEL_DOWN };

void app_resize(struct app *app, int width, int height);
void app_key(struct app *app, const char *key);
void app_mouse(struct app *app, enum mouse what, int x, int y);

/* What keys have put off until all that wait were taken; then app_draw(). */
void app_settle(struct app *app);
void app_draw(struct app *app);

/* Does an action as its key would; false when nothing here knows it. */
bool app_act(struct app *app, enum action action, int count);

/* Descriptors to poll; at most APP_DESCRIPTORS.  app_poll() reads what waits there and looks at the store. */
#define APP_DESCRIPTORS 3
int app_descriptors(const struct app *app, int fds[APP_DESCRIPTORS]);
void app_poll(struct app *app);
int app_patience(const struct app *app); /* milliseconds after which app_poll() has something to do anyway */
bool app_idle(const struct app *app); /* no child runs and no mark waits */

/* Settings have changed. */
bool app_apply_settings(struct app *app, GError **error);

/* --- for views ------------------------------------------------------------------------ */

/* The view that has the keys. */
struct view *app_top(const struct app *app);

/* Puts a view over the one that has the keys, in place of what was there, and gives it the keys. */
void app_push(struct app *app, struct view *view);
/* Goes into what is under the cursor of the view that has the keys. */
void app_enter(struct app *app);
/* Closes the views from an index on, the newest first. */
void app_close_from(struct app *app, guint index);
/* Closes the view that has the keys, and what was opened from it; the first one stays. */
void app_pop(struct app *app);
/* The view from which this one was opened, or NULL. */
struct view *app_below(const struct app *app, const struct view *view);

void app_say(struct app *app, const char *format, ...) G_GNUC_PRINTF(2, 3);
void app_complain(struct app *app, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* The store or the settings have changed: each view is loaded anew when it is used or seen next. */
void app_reload(struct app *app);
void app_refresh(struct app *app, struct view *view); /* now, if that is due */
const GPtrArray *app_sources(struct app *app);

/* Starts a fetch of a source, or of all (0). */
void app_fetch(struct app *app, int64_t source);
/* Asks what is behind a URL; app_discovered(), of ui/view-add.c, takes app->found or what went wrong. */
void app_discover(struct app *app, const char *url);
void app_discovered(struct app *app, const char *error);
void app_open_url(struct app *app, const char *url);
/*
 * Lets a worker do something beside a fetch and calls done() with its last line, NULL when it failed
 * and its words were shown.  data is freed by g_free.  False when one runs already.
 */
bool app_errand(struct app *app, const char *const *arguments, void (*done)(struct app *app, const char *answer, gpointer data), gpointer data);
bool app_mark(struct app *app, int64_t article, enum mark mark, bool on);
void app_mark_listing(struct app *app, const struct listing *listing); /* all of it as read */

/* The sign for a state: its glyph, or ASCII where glyphs cannot be shown. */
const char *app_sign(const struct app *app, const char *glyph, const char *ascii);

/* The text column of an area: its first cell and width by read.measure and read.align. */
void app_measure(const struct app *app, const struct area *area, int *left, int *width);
