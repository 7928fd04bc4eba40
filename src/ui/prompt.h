/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The line into which one types: editing, a history for each kind of question, completion.
 */
#pragma once

#include "ui/grid.h"

struct app;
struct view;

/*
 * What is asked decides which answers Up brings back; those to PROMPT_CONFIRM, one key each, are
 * not kept.
 */
enum prompt_kind {
    PROMPT_COMMAND,
    PROMPT_SEARCH,
    PROMPT_FILTER,
    PROMPT_FIND,
    PROMPT_TAG,
    PROMPT_FILE,
    PROMPT_NAME,
    PROMPT_PROGRAM,
    PROMPT_CONFIRM,
    PROMPT_KINDS
};

/* How the history calls a kind (reader/history.h); NULL: its answers are not kept. */
extern const char *const prompt_kind_names[PROMPT_KINDS];

struct prompt_request {
    enum prompt_kind kind;
    const char *label, *text; /* text may be NULL */
    const char *quoted;       /* what the label names, which may be cut (ui/question.h); or NULL */
    struct view *view;        /* the view that asks, which the callbacks get; NULL when none does */
    void (*done)(struct app *app, struct view *view, const char *text, gpointer data);
    /* while one types; or NULL */
    void (*change)(struct app *app, struct view *view, const char *text);
    void (*cancel)(struct app *app, struct view *view); /* or NULL */
    /* What the text could go on to; owned char *, whole texts; or NULL. */
    GPtrArray *(*complete)(struct app *app, const char *text);
    gpointer data;            /* for done(); taken over */
    GDestroyNotify free_data; /* or NULL */
};

struct prompt {
    struct app *app;               /* borrowed, handed on to the callbacks */
    bool active, dirty;            /* dirty: change() is due */
    bool refused;                  /* done() cannot use the answer, which is to be changed */
    struct prompt_request request; /* label and quoted owned, text unused */
    GString *text;
    gsize cursor;                     /* bytes */
    GPtrArray *history[PROMPT_KINDS]; /* owned char *, the newest last */
    GPtrArray *fresh;                 /* owned char *: "KIND\tANSWER" of this session */
    guint back;                       /* how far up in it; 0: not */
    char *kept;                       /* what was typed before Up, or NULL */
    GPtrArray *candidates;            /* of the last completion, or NULL */
    guint candidate;
};

void prompt_init(struct prompt *prompt, struct app *app);
void prompt_clear(struct prompt *prompt);

void prompt_open(struct prompt *prompt, const struct prompt_request *request);
/* A key while it is active; it may end by it. */
void prompt_key(struct prompt *prompt, const char *key);
/* Puts a text where the cursor is, as much as there is room for; not into a question. */
void prompt_insert(struct prompt *prompt, const char *text);
/* Whether a key with Alt does something there. */
bool prompt_knows_alt(const struct prompt *prompt, const char *key);
/*
 * Called within done(): the answer stays in its line to be changed, and why is said by who asked.
 */
void prompt_refuse(struct prompt *prompt);
/* Answers at once, as if typed. */
void prompt_answer(struct prompt *prompt, const char *text);
/* Calls change() if the text has changed since. */
void prompt_run_change(struct prompt *prompt);
/* A view is closed: what it asks is asked no longer, and no callback is called for it. */
void prompt_forget(struct prompt *prompt, const struct view *view);

/*
 * In the last line, which one types into; above it what of the question has no room beside that,
 * and the candidates of a completion.  said: a message stands in the line above.
 */
void prompt_draw(const struct prompt *prompt, struct grid *grid, int y, bool said);
