/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the folders of a context to the places of a fence. */
#include "config.h"

#include "config/enclose.h"
#include "base/file.h"
#include "base/paths.h"

#include <sys/stat.h>
#include <unistd.h>

static void
add_all(GPtrArray *paths, const char *const *more)
{
    for (const char *const *path = more; path && *path; path++)
        g_ptr_array_add(paths, g_strdup(*path));
}

/* SQLite makes files beside the store, and beside what a link to it leads to. */
static void
add_store(GPtrArray *paths, const char *file, bool create)
{
    g_autofree char *target = file_target(file), *folder = g_path_get_dirname(file);
    if (create)
        g_mkdir_with_parents(folder, 0700);
    g_ptr_array_add(paths, g_steal_pointer(&folder));
    if (target)
        g_ptr_array_add(paths, g_path_get_dirname(target));
}

/* The folder of marks of one's own, which is made for a store of somebody else (store.marks). */
static void
add_marks(GPtrArray *paths, const char *store_file)
{
    g_autofree char *marks = paths_marks_file(), *folder = g_path_get_dirname(marks);
    struct stat info;
    if (stat(store_file, &info) == 0 && info.st_uid != geteuid())
        g_mkdir_with_parents(folder, 0700);
    g_ptr_array_add(paths, g_steal_pointer(&folder));
}

/* The files may be links, and are replaced where these lead. */
static void
add_config(GPtrArray *paths, const char *folder, bool create)
{
    static const char *const names[] = {"urls", "crier.conf"};
    if (create)
        g_mkdir_with_parents(folder, 0700);
    g_ptr_array_add(paths, g_strdup(folder));
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *file = g_build_filename(folder, names[i], NULL),
                        *target = file_target(file);
        if (target && g_file_test(file, G_FILE_TEST_IS_SYMLINK))
            g_ptr_array_add(paths, g_path_get_dirname(target));
    }
}

void
context_enclose(const struct context *context, enum fence_role role, unsigned places,
                const char *const *read, const char *const *write)
{
    g_autoptr(GPtrArray) to_read = g_ptr_array_new_with_free_func(g_free),
                         to_write = g_ptr_array_new_with_free_func(g_free);
    add_all(to_read, read);
    add_all(to_write, write);
    if (places & (ENCLOSE_CONFIG | ENCLOSE_CHANGE))
        add_all(to_read, (const char *const *)context->system_dirs);
    if (places & (ENCLOSE_CONFIG | ENCLOSE_CHANGE))
        add_config(places & ENCLOSE_CHANGE ? to_write : to_read, context->config_dir,
                   places & (ENCLOSE_CREATE | ENCLOSE_CHANGE));
    if (places & ENCLOSE_STORE) {
        add_store(to_write, context->store_file, places & ENCLOSE_CREATE);
        if (role == FENCE_READER)
            add_marks(to_write, context->store_file);
    }
    g_ptr_array_add(to_read, NULL);
    g_ptr_array_add(to_write, NULL);
    fence_enter(role, &(struct fence_places){.read = (const char *const *)to_read->pdata,
                                             .write = (const char *const *)to_write->pdata});
}
