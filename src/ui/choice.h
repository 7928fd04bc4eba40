/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one can be asked to choose from; TARGET_CHOICE is the view that asks. */
#pragma once

#include <glib.h>
#include <stdbool.h>

struct app;
struct view;

/* A thing to choose. */
struct choice {
    char *text;   /* what is shown */
    char *detail; /* beside it, dim; or NULL */
    char *more;   /* also looked through for what is typed; or NULL */
    char *value;  /* what choosing it means */
    bool address; /* the detail is one: it is cut last, and its host after the rest of it */
    char *folded; /* all that is looked through, in the form that is searched; NULL: not yet */
};
struct choice *choice_new(const char *text, const char *detail, const char *more,
                          const char *value);
/* The same with an address, in the form of url_shown(), beside it. */
struct choice *choice_new_address(const char *text, const char *address, const char *value);
void choice_free(gpointer choice); /* a GDestroyNotify */

/* For the linear mode, of a view of TARGET_CHOICE: types a text in place of what was typed. */
void choice_type(struct view *view, const char *text);
/* What was typed, borrowed. */
const char *choice_typed(const struct view *view);
/* Whether its choices are a menu; whether it makes something of text that no choice has. */
bool choice_is_menu(const struct view *view);
bool choice_takes_text(const struct view *view);
/*
 * Leaves what is asked, and what it was asked from; at the start, where nothing is subscribed to,
 * there is nothing else than to choose, and the first of these stays.
 */
void choice_leave(struct app *app);
/* What one can type, as a sentence. */
const char *choice_hint(const struct view *view);
/* It is said again, and with it that hint, which is else said once. */
void choice_explain(struct view *view);

#define CHOICE_LINE '\t'

/* A choice among things, narrowed down by typing. */
struct choice_request {
    /*
     * Copied; the intro may be NULL.  A '#' begins a heading in it, CHOICE_LINE what has one line.
     */
    const char *title, *intro;
    const char *label;  /* before what is typed; copied */
    GPtrArray *choices; /* struct choice *, of choice_new(); taken over */
    /*
     * Called with the choice, NULL when none is under the cursor, and what was typed.  The choice
     * is still the view on top; chosen() may close it, and with it what it was given here.
     */
    void (*chosen)(struct app *app, const struct choice_request *request,
                   const struct choice *choice, const char *typed);
    /*
     * Another choice is under the cursor, NULL: none, as when one leaves without choosing; or NULL.
     */
    void (*moved)(struct app *app, const struct choice_request *request,
                  const struct choice *choice);
    /*
     * A few things: letters are keys, as in a list, and digits name a row; nothing is narrowed
     * down.
     */
    bool menu;
    /* what to say when nothing matches; or NULL */
    const char *(*empty)(struct app *app, const char *typed);
    /* whether such a text can be chosen all the same; or NULL: it never can */
    bool (*takes)(const struct app *app, const char *typed);
    /* called when it is closed, whichever way; or NULL */
    void (*closed)(struct app *app);
    /* the view that asks, or NULL; app_has_view() tells whether it is still open */
    struct view *view;
    gpointer data;            /* for chosen(); taken over */
    GDestroyNotify free_data; /* or NULL */
};
