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

/* Does what a line of `:` says: ui/command-line.h. */
void reader_run_command(struct app *app, const char *text);

/* Does what keys have left for later, then draws the views, the bars and the prompt. */
void reader_draw(struct app *app);

/* Draws at once, as an answer to a key: no preview is opened for it, and an old one stays. */
void reader_draw_answer(struct app *app);
