/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Paths: XDG folders through GLib, the running executable through /proc where it exists. */
#include "config.h"

#include "base/paths.h"

char *
paths_config_dir(void)
{
    return g_build_filename(g_get_user_config_dir(), "crier", NULL);
}

char *
paths_store_file(void)
{
    return g_build_filename(g_get_user_data_dir(), "crier", "articles.db", NULL);
}

char *
paths_executable_dir(void)
{
    g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);
    return self ? g_path_get_dirname(self) : NULL;
}

char *
paths_data(const char *name)
{
    const char *root = g_getenv("CRIER_DATADIR");
    return g_build_filename(root && *root ? root : CRIER_DATADIR, name, NULL);
}
