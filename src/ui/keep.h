/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What one session of the reader leaves to the next: panes, order, groups, answers, in two files of
 * the user's state folder (reader/state.h, reader/history.h).  ui.history=0 keeps nothing.
 */
#pragma once

#include "ui/app.h"

/* The folder, which is made; newly allocated.  Before the fence. */
char *keep_folder(void);

void keep_load(struct app *app);

/* A failure is not told: the screen is gone, and nothing that was written by hand is lost. */
void keep_save(struct app *app);
