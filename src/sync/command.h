/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command of crier-sync. */
#pragma once

#include "config/context.h"

/* `sync`; an exit status. */
int sync_command(struct context *context, int argc, char **argv);
