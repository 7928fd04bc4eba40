/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reader: what crier does without a command. */
#pragma once

#include "config/context.h"

extern const GOptionEntry ui_options[]; /* --script */

int ui_main(struct context *context, int argc, char **argv);
