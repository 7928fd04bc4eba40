/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The starter of the worker's processes (fence/starter.h), one for all commands.  It is forked
 * before anything else is done, so that neither the secrets of the command line and of the
 * configuration nor a foreign byte is in what it starts.
 */
#pragma once

#include "fence/starter.h"
#include "fetch/role.h"

/*
 * Forks it.  It lives until the process exits, longer than whatever is registered by atexit()
 * after this.
 */
void roles_begin(int argc, char **argv);

/* It; NULL when it could not be forked. */
struct starter *roles_starter(void);
