/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lines of standard input for who must be able to look whether there are some while something else
 * runs.  Bytes are taken as they come; what is longer than a line may be is cut, and is one line
 * still.
 */
#pragma once

#include "base/auto.h"

#include <glib.h>
#include <stdbool.h>

struct line_input {
    GQueue *lines;  /* owned char *, in the locale's charset, without line feeds */
    GString *begun; /* a line that has no end yet */
    bool ended;
};

void line_input_init(struct line_input *input);
void line_input_clear(struct line_input *input);
DEFINE_AUTO_CLEAR(line_input, line_input_clear)

/* Waits for bytes and takes what is there; does nothing at the end.  A signal ends the waiting. */
void line_input_read(struct line_input *input);
/* The next line, owned; NULL: none is there yet, or none will be. */
char *line_input_take(struct line_input *input);
