/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A starter that starts the crier-transfer of the build tree, for tests that fetch. */
#pragma once

#include "fetch/roles.h"
#include "parse/helper-role.h"

/* Forked once, in add_tests(), with the environment that is then. */
static inline struct starter *
kit_starter(void)
{
    static starter_role *const roles[ROLE_COUNT] = {
        [ROLE_TRANSFER] = roles_be_transfer,
        [ROLE_PARSE] = helper_be_parser,
        [ROLE_CONVERT] = helper_be_converter,
        [ROLE_PICTURE] = roles_be_picture,
    };
    const char *folder = g_getenv("builddir");
    g_autofree char *path = g_build_filename(folder ? folder : ".", "crier-transfer", NULL);
    char *argv[] = {(char *)"test", NULL};
    g_setenv("CRIER_TRANSFER", path, TRUE);
    roles_begin(1, argv, roles, G_N_ELEMENTS(roles));
    return roles_starter();
}
