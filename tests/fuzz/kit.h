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
#include <string.h>

#include "base/clean.h"

#define FUZZ_NOW 1761350400 /* seconds UTC */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What a target takes its values from, one after the other; behind the end there are zeros. */
struct bytes {
    const uint8_t *at, *end;
};

static inline uint8_t
bytes_number(struct bytes *in)
{
    return in->at < in->end ? *in->at++ : 0;
}

/* The bytes up to a separator, which is passed over, or the end; newly allocated. */
static inline char *
bytes_until(struct bytes *in, char separator)
{
    gsize left = (gsize)(in->end - in->at);
    const uint8_t *stop = left ? memchr(in->at, separator, left) : NULL;
    gsize length = stop ? (gsize)(stop - in->at) : left;
    char *text = g_strndup((const char *)in->at, length);
    in->at += length + (stop != NULL);
    return text;
}

/* The same as text that passed the gate. */
static inline char *
bytes_text(struct bytes *in, char separator)
{
    g_autofree char *raw = bytes_until(in, separator);
    return text_clean(raw, -1);
}

static inline void
assert_clean(const char *text)
{
    g_assert_true(!text || text_is_clean(text, strlen(text)));
}

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
