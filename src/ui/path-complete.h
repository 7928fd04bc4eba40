/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Paths as people type them, and what Tab completes in one. */
#pragma once

#include "ui/app.h"

/* "~/" is the home folder, blanks around it are none of it; newly allocated. */
char *path_typed(const char *text);

/* For struct prompt_request: what in its folder begins so, folders with a slash behind them. */
GPtrArray *path_complete(struct app *app, const char *text);
