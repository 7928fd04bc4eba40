/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The reader over an app: keys and actions change its state and draw nothing, reader_draw() fills
 * the grid from it.
 */
#pragma once

#include "ui/app.h"

/* An app with the first view, or with the one that welcomes; app_free() ends it. */
struct app *reader_new(struct session *session, int width, int height, bool plain, GError **error);

/* A key by its name: reader/keymap.h. */
void reader_key(struct app *app, const char *key);

/* Does an action as its key would; false when nothing here knows it. */
bool reader_act(struct app *app, enum action action, int count);

/* Does what a line of `:` says (ui/command-line.h); false when it says nothing that can be done. */
bool reader_run_command(struct app *app, const char *text);

/* Does what keys have left for later, then draws the views, the bars and the prompt. */
void reader_draw(struct app *app);

/* Draws at once, as an answer to a key: no preview is opened for it, and an old one stays. */
void reader_draw_answer(struct app *app);

/*
 * What views that are seen have to do when there is nothing else (view_ops.idle): when the first of
 * it is due, in monotonic microseconds, G_MAXINT64: never; and a piece of it, be it due or not.
 */
int64_t reader_idle_due(const struct app *app);
void reader_idle(struct app *app, bool (*interrupt)(gpointer data), gpointer data);
