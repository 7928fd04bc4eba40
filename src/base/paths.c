/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Paths: XDG folders through GLib; data and translations of an installation, or of the build tree
 * that the running executable lies in.
 */
#include "config.h"

#include "base/paths.h"
#include "base/i18n.h"
#include "base/message.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Set once, before there are threads. */
static char *executable_dir;
static struct build_tree build_tree;

char *
paths_config_dir(void)
{
    return g_build_filename(g_get_user_config_dir(), "crier", NULL);
}

char **
paths_system_configs(void)
{
    g_autoptr(GStrvBuilder) folders = g_strv_builder_new();
    const char *stated = g_getenv("CRIER_SYSCONFDIR"), *shared = g_getenv("XDG_CONFIG_DIRS");
    if (stated) {
        if (*stated)
            g_strv_builder_add(folders, stated);
        return g_strv_builder_end(folders);
    }
    g_auto(GStrv) roots = g_strsplit(shared ? shared : "", ":", -1);
    for (char **one = roots; *one; one++) {
        g_autofree char *folder = g_build_filename(*one, "crier", NULL);
        if (g_path_is_absolute(folder) && !g_str_equal(folder, CRIER_SYSCONFDIR))
            g_strv_builder_add(folders, folder);
    }
    g_strv_builder_add(folders, CRIER_SYSCONFDIR);
    return g_strv_builder_end(folders);
}

bool
paths_is_for_all(const char *path)
{
    if (!g_file_test(path, G_FILE_TEST_EXISTS))
        return false;
    if (access(path, R_OK) == 0)
        return true;
    message_note(_("'%s' cannot be read, and is passed over: %s"), path, g_strerror(errno));
    return false;
}

char *
paths_store_file(void)
{
    return g_build_filename(g_get_user_data_dir(), "crier", "articles.db", NULL);
}

char *
paths_state_dir(void)
{
    const char *stated = g_getenv("XDG_STATE_HOME");
    return stated && g_path_is_absolute(stated)
               ? g_build_filename(stated, "crier", NULL)
               : g_build_filename(g_get_home_dir(), ".local", "state", "crier", NULL);
}

char *
paths_marks_file(void)
{
    return g_build_filename(g_get_user_data_dir(), "crier", "marks.db", NULL);
}

char *
paths_program(const char *argv0)
{
    /* without $PATH GLib would look into the current folder */
    if (!argv0 || !*argv0 || (!strchr(argv0, '/') && !g_getenv("PATH")))
        return NULL;
    g_autofree char *found = g_find_program_in_path(argv0);
    char *real = found ? realpath(found, NULL) : NULL;
    char *path = g_strdup(real);
    free(real);
    return path;
}

bool
paths_build_tree(const char *folder, struct build_tree *tree)
{
    *tree = (struct build_tree){0};
    g_autofree char *marker = g_build_filename(folder, "crier-build-tree", NULL), *text = NULL;
    if (!g_file_get_contents(marker, &text, NULL, NULL))
        return false;
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line; line++) {
        if (!g_str_has_prefix(*line, "srcdir="))
            continue;
        g_autofree char *source = g_canonicalize_filename(*line + strlen("srcdir="), folder);
        g_autofree char *data = g_build_filename(source, "data", NULL);
        if (!g_file_test(data, G_FILE_TEST_IS_DIR))
            continue; /* it has been moved away from its sources */
        tree->data = g_steal_pointer(&data);
        tree->locale = g_build_filename(folder, "locale", NULL);
        return true;
    }
    return false;
}

void
paths_init(const char *argv0)
{
    if (executable_dir)
        return;
    g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);
    if (!self)
        self = paths_program(argv0);
    executable_dir = self ? g_path_get_dirname(self) : NULL;
    if (executable_dir)
        paths_build_tree(executable_dir, &build_tree);
}

const char *
paths_executable_dir(void)
{
    return executable_dir;
}

static const char *
root(const char *variable, const char *built, const char *installed)
{
    const char *stated = g_getenv(variable);
    return stated && *stated ? stated : built ? built : installed;
}

char *
paths_data(const char *name)
{
    return g_build_filename(root("CRIER_DATADIR", build_tree.data, CRIER_DATADIR), name, NULL);
}

const char *
paths_locale(void)
{
    return root("CRIER_LOCALEDIR", build_tree.locale, LOCALEDIR);
}

char *
paths_find(const char *config_dir, const char *kind, const char *name, const char *suffix)
{
    if (!*name || strchr(name, '/'))
        return NULL;
    g_autofree char *file = g_strdup_printf("%s.%s", name, suffix);
    g_autofree char *folder = paths_data(kind);
    g_autofree char *own = g_build_filename(config_dir, kind, file, NULL),
                    *installed = g_build_filename(folder, file, NULL);
    if (g_file_test(own, G_FILE_TEST_EXISTS))
        return g_steal_pointer(&own);
    return g_file_test(installed, G_FILE_TEST_EXISTS) ? g_steal_pointer(&installed) : NULL;
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
paths_names(const char *config_dir, const char *kind, const char *suffix, const char *built_in)
{
    g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autofree char *own = g_build_filename(config_dir, kind, NULL), *installed = paths_data(kind);
    add_names(names, own, suffix);
    add_names(names, installed, suffix);
    g_hash_table_add(names, g_strdup(built_in));
    GPtrArray *sorted = g_ptr_array_new_with_free_func(g_free);
    GHashTableIter iter;
    gpointer name;
    g_hash_table_iter_init(&iter, names);
    while (g_hash_table_iter_next(&iter, &name, NULL))
        g_ptr_array_add(sorted, g_strdup(name));
    g_ptr_array_sort(sorted, compare_names);
    return sorted;
}

char *
paths_names_text(const char *config_dir, const char *kind, const char *suffix, const char *built_in)
{
    g_autoptr(GPtrArray) names = paths_names(config_dir, kind, suffix, built_in);
    g_ptr_array_add(names, NULL);
    return g_strjoinv(_(", "), (char **)names->pdata);
}
