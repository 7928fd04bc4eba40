/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crier-sync: marks and subscriptions, both ways, with a server of the Google Reader API.  crier
 * starts it.  It has the store and the login, and reads JSON, but no page and no feed; it has
 * crier-transfer ask the server, which alone has a socket.
 */
#include "config.h"

#include "config/command.h"
#include "fetch/roles.h"
#include "sync/command.h"

#include <sys/resource.h>

static const struct command commands[] = {{"sync", sync_command}, {NULL, NULL}};

static starter_role *const roles[] = {[ROLE_TRANSFER] = roles_be_transfer};

int
main(int argc, char **argv)
{
    static const struct program program = {commands, NULL, NULL};
    static const struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none); /* there is a password in it */
    roles_begin(argc, argv, roles, G_N_ELEMENTS(roles));
    return program_main(&program, argc, argv);
}
