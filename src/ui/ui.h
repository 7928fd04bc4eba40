/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reader: what crier does without a command. */
#pragma once

#include <signal.h>

#include "config/context.h"

/* The signal that asks the reader to end; 0: none did. */
extern volatile sig_atomic_t ui_asked_to_end;

extern const GOptionEntry ui_options[]; /* --script */

int ui_main(struct context *context, int argc, char **argv);
