/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crier-worker: the only program of crier that writes what portals send.  crier starts it as a
 * child, and it has crier-transfer fetch; people need not call it.
 */
#include "config.h"

#include "config/command.h"
#include "document/html.h"
#include "fetch/roles.h"
#include "parse/helper-role.h"
#include "worker/commands.h"

static const struct command commands[] = {
    {"fetch", worker_fetch},
    {"parse", worker_parse},
    {"discover", worker_discover},
    {"reprocess", worker_reprocess},
    {"bundle", worker_bundle},
    {"portal", worker_portal},
    {"article", worker_article},
    {"download", worker_download},
    {"pictures", worker_pictures},
    {"newsboat-cache", worker_newsboat_cache},
    {NULL, NULL},
};

static starter_role *const roles[ROLE_COUNT] = {
    [ROLE_TRANSFER] = roles_be_transfer,
    [ROLE_PARSE] = helper_be_parser,
    [ROLE_CONVERT] = helper_be_converter,
    [ROLE_PICTURE] = roles_be_picture,
};

int
main(int argc, char **argv)
{
    static const struct program program = {commands, NULL, NULL};
    sandbox_enter();
    html_set_up();
    roles_begin(argc, argv, roles, G_N_ELEMENTS(roles));
    return program_main(&program, argc, argv);
}
