/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A folder of its own for a target that reads files; it is gone when the target ends. */
#pragma once

#include <glib/gstdio.h>
#include <stdlib.h>

#include "fuzz/kit.h"

static char *folder_path;

/* Files that the targets have there. */
static const char *const folder_files[] = {
    "urls",        "urls.lock",       "crier.conf",      "converters",      "keymap.keys",
    "articles.db", "articles.db-wal", "articles.db-shm", "articles.db.lock"};

static void
folder_remove(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(folder_files); i++) {
        g_autofree char *path = g_build_filename(folder_path, folder_files[i], NULL);
        g_unlink(path);
    }
    g_rmdir(folder_path);
    g_free(folder_path);
}

/* Borrowed.  It lies in memory where it can: what is written through to a disk takes long. */
static inline const char *
folder(void)
{
    if (folder_path)
        return folder_path;
    folder_path = g_strdup("/dev/shm/crier-fuzz.XXXXXX");
    if (!g_mkdtemp(folder_path)) {
        g_free(folder_path);
        folder_path = g_dir_make_tmp("crier-fuzz.XXXXXX", NULL);
    }
    g_assert_nonnull(folder_path);
    atexit(folder_remove);
    return folder_path;
}

static inline void
folder_write(const char *name, const char *text)
{
    g_autofree char *path = g_build_filename(folder(), name, NULL);
    FILE *file = fopen(path, "w");
    g_assert_nonnull(file);
    fputs(text, file);
    g_assert_cmpint(fclose(file), ==, 0);
}
