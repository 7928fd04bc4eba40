/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Keys, clicks, resizes and text at random, for tests: nothing that one can type may break the
 * reader.
 */
#pragma once

#include "ui/app.h"

/*
 * False, with what was pressed last on stderr, when the screen is inconsistent. Quitting is not
 * pressed.
 */
bool monkey_run(struct app *app, guint32 seed, int count);

/* Presses a key, unless it would quit, start another program or name a file. */
void monkey_press(struct app *app, const char *key);
