/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Programs that get an article: commands of crier.conf, one that is typed, the clipboard's.  They
 * run beside the reader, which tells how they end, or have the terminal while it waits.
 */
#pragma once

#include "store/listing.h"
#include "ui/app.h"

/*
 * Pipes the article to what is typed, runs a command, makes a bookmark, sends mail; false when the
 * action is none of these.  link: the one in focus, or NULL.
 */
bool programs_act(struct app *app, const struct article_row *row, const char *link,
                  enum action action);

/* Gives a text to the program of ui.clipboard; `said` is said when that has taken it. */
void programs_copy(struct app *app, const char *text, const char *said);

/*
 * Runs the program that waits for the terminal, which the reader has left; true when there was one.
 */
bool programs_run_foreground(struct app *app);

/* The commands that a text could go on to; owned char *. */
GPtrArray *programs_complete(struct app *app, const char *text);
