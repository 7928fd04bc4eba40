/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A fuzz target is one LLVMFuzzerTestOneInput().  Built for libFuzzer it is linked with
 * that; otherwise this main() runs it once over each file that it is given, so that
 * `make check` replays the corpus with any compiler.
 */
#pragma once

#include "config.h"

#include <glib.h>
#include <locale.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#ifdef CRIER_LIBFUZZER
int LLVMFuzzerInitialize(int *argc, char ***argv);

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    setlocale(LC_ALL, "C.UTF-8");
    return 0;
}
#else
int
main(int argc, char **argv)
{
    setlocale(LC_ALL, "C.UTF-8");
    for (int i = 1; i < argc; i++) {
        g_autofree char *bytes = NULL;
        gsize length;
        g_autoptr(GError) error = NULL;
        if (!g_file_get_contents(argv[i], &bytes, &length, &error)) {
            fprintf(stderr, "%s\n", error->message);
            return 1;
        }
        LLVMFuzzerTestOneInput((const uint8_t *)bytes, length);
    }
    return 0;
}
#endif
