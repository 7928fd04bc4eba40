/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The starter of the processes of a program that has crier-transfer fetch (fence/starter.h), one
 * for all of its commands.  It is forked before anything else is done, so that neither the secrets
 * of the command line and of the configuration nor a foreign byte is in what it starts.
 */
#pragma once

#include "fence/starter.h"
#include "fetch/role.h"

/*
 * Forks it.  table: what it can start, by enum fetch_role.  It lives until the process exits,
 * longer than whatever is registered by atexit() after this.
 */
void roles_begin(int argc, char **argv, starter_role *const *table, guint count);

/* It; NULL when it could not be forked. */
struct starter *roles_starter(void);

/* ROLE_TRANSFER, ROLE_PICTURE. */
starter_role roles_be_transfer;
starter_role roles_be_picture;
