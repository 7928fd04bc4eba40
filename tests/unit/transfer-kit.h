/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A starter that starts the crier-transfer of the build tree, for tests that fetch. */
#pragma once

#include "worker/roles.h"

/* Forked once, in add_tests(), with the environment that is then. */
static inline struct starter *
kit_starter(void)
{
    const char *folder = g_getenv("builddir");
    g_autofree char *path = g_build_filename(folder ? folder : ".", "crier-transfer", NULL);
    char *argv[] = {(char *)"test", NULL};
    g_setenv("CRIER_TRANSFER", path, TRUE);
    roles_begin(1, argv);
    return roles_starter();
}
