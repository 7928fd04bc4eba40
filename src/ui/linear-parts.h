/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the linear mode share: a line is looked at, done, and waited for. */
#pragma once

#include "ui/line-input.h"
#include "ui/linear-say.h"

#include <signal.h>

/* linear.c: what the reader says of what was done, once. */
void linear_say_message(struct linear *linear);

/*
 * Whether ^C was pressed since this was asked last; on a terminal alone, where it stops what runs,
 * or leaves what is asked, as in a shell.
 */
bool linear_take_interrupt(void);
bool linear_is_interrupted(void); /* which stays to be asked for */

/* linear-pressed.c: a line as it is meant: keys that were pressed and not spelt, by their names. */
char *linear_pressed(const char *line);

/* linear-keys.c: the key that a line is in the view that is on; newly allocated. */
char *linear_key(const struct app *app, const char *line);
/* The action that a line names there by its key or its name. */
enum action linear_action(const struct app *app, const char *key, const char *word);
/* The name of an action, or what a macro does; borrowed. */
const char *linear_action_name(const struct app *app, enum action action);
/* What a line may go on with that is the beginning of a sequence: "S: d date, t title"; or NULL. */
char *linear_ways_on(const struct app *app, const char *key);
/* Where a line that does nothing here is a key, or the name of `named`; or NULL. */
char *linear_where_it_acts(const struct app *app, const char *line, enum action named);
/* What a line that does nothing in lines is a key of on a screen, in any view; or none. */
enum action linear_screen_action(const struct app *app, const char *line);
/* A key with an argument behind it, by the name of its action: "tag water"; or NULL. */
char *linear_with_name(const struct app *app, char *const *words, const char *argument);

/* linear-command.c */
void linear_take_command(struct linear *linear, const char *line);
/* A number opens the row, or in an article the link, that it names. */
void linear_open_number(struct linear *linear, const char *text);

/* linear-choice.c: a line to a choice narrows it down, or names a row. */
void linear_choose(struct linear *linear, const char *line);
void linear_narrow_down(struct app *app, const char *line);

/* linear-wait.c: a line is about to be taken; what runs beside already is not waited for. */
void linear_note_programs(struct linear *linear);
/*
 * Until nothing runs that was started by the last line; now and then it is said how
 * far it is, and at once unless the line was answered (`said`).
 */
void linear_wait(struct linear *linear, struct line_input *input, bool said);
/*
 * Until there is input, or a signal but those held back; what runs beside can go on meanwhile, and
 * says nothing.
 */
void linear_wait_for_input(struct linear *linear, struct line_input *input,
                           const sigset_t *signals);
/* Begins to fetch what is due, if its time has come, and says so; its end is told later. */
void linear_fetch_due(struct linear *linear);
