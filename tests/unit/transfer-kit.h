/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A starter that starts the crier-transfer of the build tree, for tests that fetch. */
#pragma once

#include "worker/roles.h"

/* Forked once, in add_tests(), with the environment that is then; program: NULL, or in its place. */
static inline struct starter *
kit_starter(const char *program)
{
    const char *folder = g_getenv("builddir");
    g_autofree char *path = g_build_filename(folder ? folder : ".", "crier-transfer", NULL);
    char *argv[] = {(char *)"test", NULL};
    g_setenv("CRIER_TRANSFER", program ? program : path, TRUE);
    roles_begin(1, argv);
    return roles_starter();
}
