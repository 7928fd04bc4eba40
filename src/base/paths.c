/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Paths: XDG folders through GLib, the running executable through /proc where it exists. */
#include "config.h"

#include "base/paths.h"

#include <string.h>

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

char *
paths_find(const char *config_dir, const char *kind, const char *name, const char *suffix)
{
    g_autofree char *file = g_strdup_printf("%s.%s", name, suffix);
    g_autofree char *folder = paths_data(kind);
    g_autofree char *own = g_build_filename(config_dir, kind, file, NULL);
    return g_file_test(own, G_FILE_TEST_EXISTS) ? g_steal_pointer(&own) : g_build_filename(folder, file, NULL);
}

static void
add_names(GHashTable *names, const char *folder, const char *suffix)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *file;
    while (dir && (file = g_dir_read_name(dir))) {
        const char *dot = strrchr(file, '.');
        if (dot && dot > file && g_str_equal(dot + 1, suffix) && g_utf8_validate(file, -1, NULL))
            g_hash_table_add(names, g_strndup(file, (gsize)(dot - file)));
    }
}

static int
compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

GPtrArray *
paths_names(const char *config_dir, const char *kind, const char *suffix)
{
    g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autofree char *own = g_build_filename(config_dir, kind, NULL), *installed = paths_data(kind);
    add_names(names, own, suffix);
    add_names(names, installed, suffix);
    GPtrArray *sorted = g_ptr_array_new_with_free_func(g_free);
    GHashTableIter iter;
    gpointer name;
    g_hash_table_iter_init(&iter, names);
    while (g_hash_table_iter_next(&iter, &name, NULL))
        g_ptr_array_add(sorted, g_strdup(name));
    g_ptr_array_sort(sorted, compare_names);
    return sorted;
}
