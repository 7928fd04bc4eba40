/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The reader's state: a stack of views over a session, a prompt, the children that run.
 * Handlers change the state and draw nothing; app_draw() fills the grid from it.
 */
#pragma once

#include "reader/actions.h"
#include "reader/child.h"
#include "reader/session.h"
#include "ui/grid.h"

struct app;
struct view;

struct view_ops {
    enum action_context context;
    /* Rows [top, top + height) of the grid are the view's. */
    void (*draw)(struct view *view, struct app *app, struct grid *grid, int top, int height);
    /* Whether it knew the action; what it did not use falls through to the app. */
    bool (*act)(struct view *view, struct app *app, enum action action, int count);
    /* The store has changed. */
    void (*reload)(struct view *view, struct app *app);
    /* For the bars; owned by the caller. */
    char *(*title)(struct view *view, struct app *app);
    char *(*position)(struct view *view, struct app *app);
    void (*free)(struct view *view);
};

struct view {
    const struct view_ops *ops;
};

struct app {
    struct session *session;
    struct keymap *keymap;
    struct grid *grid;
    GPtrArray *views; /* owned struct view *, the last is on top */
    bool ascii, hints, quit, repaint;
    int count; /* digits typed before a key */

    char *message;
    bool message_is_error;
    GPtrArray *complaints; /* owned char *: the last errors, whole, for the errors page */

    bool prompting;
    char *prompt_label;
    GString *prompt;
    gsize prompt_cursor; /* bytes */
    void (*prompt_done)(struct app *app, const char *text);

    struct child *fetch, *discover;
    guint fetch_done, fetch_total, fetch_new, fetch_failed;
    char *fetch_title;
    char *elsewhere; /* the progress of a fetch that another program runs, or NULL */
    char *found; /* the worker's answer to `discover` */
    int64_t version; /* of the store, when views were last loaded */
};

struct app *app_new(struct session *session, int width, int height, GError **error);
void app_free(struct app *app);
DEFINE_AUTO_FREE(app, app_free)

void app_resize(struct app *app, int width, int height);
void app_key(struct app *app, const char *key);
void app_draw(struct app *app);

/* Descriptors to poll; at most 2.  app_poll() reads what waits there and looks at the store. */
int app_descriptors(const struct app *app, int fds[2]);
void app_poll(struct app *app);
bool app_idle(const struct app *app); /* no child runs and no mark waits */

/* --- for views ------------------------------------------------------------------------ */

struct view *app_top(const struct app *app);
void app_push(struct app *app, struct view *view);
void app_pop(struct app *app);
void app_say(struct app *app, const char *format, ...) G_GNUC_PRINTF(2, 3);
void app_complain(struct app *app, const char *format, ...) G_GNUC_PRINTF(2, 3);
void app_prompt(struct app *app, const char *label, const char *text, void (*done)(struct app *app, const char *text));
void app_reload(struct app *app);

/* Starts a fetch of a source, or of all (0). */
void app_fetch(struct app *app, int64_t source);
/* Asks what is behind a URL and subscribes to it. */
void app_discover(struct app *app, const char *url);
void app_open_url(struct app *app, const char *url);
bool app_mark(struct app *app, int64_t article, enum mark mark, bool on);
void app_mark_listing(struct app *app, const struct listing *listing); /* all of it as read */

/* The sign for a state: its glyph, or ASCII where glyphs cannot be shown. */
const char *app_sign(const struct app *app, const char *glyph, const char *ascii);

/* The part of the text column: its first cell and width by read.measure and read.align. */
void app_measure(const struct app *app, int *left, int *width);
