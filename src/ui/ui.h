/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reader: what crier does without a command. */
#pragma once

#include "config/commands-table.h"
#include "config/context.h"

extern struct options_reader ui_options; /* --script, --plain */

int ui_main(struct context *context, int argc, char **argv);
