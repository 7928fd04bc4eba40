/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Portal files by name, in the user's folder and in the installed one. */
#include "config.h"

#include "config/catalogue.h"
#include "base/i18n.h"
#include "base/paths.h"
#include "config/settings.h"

#include <string.h>

static void
add_folder(GPtrArray *paths, GHashTable *seen, const char *folder, const char *suffix)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *name;
    while (dir && (name = g_dir_read_name(dir)))
        if (g_str_has_suffix(name, suffix) && *name != '.' &&
            g_hash_table_add(seen, g_strdup(name)))
            g_ptr_array_add(paths, g_build_filename(folder, name, NULL));
}

static int
compare_paths(gconstpointer a, gconstpointer b)
{
    const char *one = strrchr(*(const char *const *)a, '/'),
               *two = strrchr(*(const char *const *)b, '/');
    return g_strcmp0(one, two); /* by name, whichever folder it lies in */
}

static GPtrArray *
paths_of(const char *config_dir, const char *suffix)
{
    GPtrArray *paths = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autofree char *own = g_build_filename(config_dir, "portals", NULL);
    g_autofree char *installed = paths_data("portals");
    add_folder(paths, seen, own, suffix);
    add_folder(paths, seen, installed, suffix);
    g_ptr_array_sort(paths, compare_paths);
    return paths;
}

GPtrArray *
catalogue_paths(const char *config_dir)
{
    return paths_of(config_dir, ".portal");
}

static void
free_item(gpointer portal)
{
    portal_free(portal);
}

GPtrArray *
catalogue_profiles(const char *config_dir, GPtrArray *problems)
{
    g_autoptr(GPtrArray) paths = paths_of(config_dir, ".profile");
    GPtrArray *profiles = g_ptr_array_new_with_free_func(free_item);
    for (guint i = 0; i < paths->len; i++) {
        g_autoptr(GError) error = NULL;
        struct portal *profile = portal_load(g_ptr_array_index(paths, i), &error);
        if (profile && profile->fingerprint)
            g_ptr_array_add(profiles, profile);
        else if (profile)
            portal_free(profile);
        else if (problems)
            g_ptr_array_add(problems, g_strdup(error->message));
    }
    return profiles;
}

const struct portal *
catalogue_match(const GPtrArray *profiles, const char *source)
{
    for (guint i = 0; i < profiles->len; i++) {
        const struct portal *profile = g_ptr_array_index(profiles, i);
        if (g_regex_match(profile->fingerprint, source, 0, NULL))
            return profile;
    }
    return NULL;
}

/* The file of a portal, the user's before the installed one; NULL when there is none. */
static char *
find(const char *config_dir, const char *id)
{
    g_autofree char *name = g_strconcat(id, ".portal", NULL), *folder = paths_data("portals");
    g_autofree char *own = g_build_filename(config_dir, "portals", name, NULL),
                    *installed = g_build_filename(folder, name, NULL);
    if (strchr(id, '/') || *id == '.' || !*id)
        return NULL;
    if (g_file_test(own, G_FILE_TEST_EXISTS))
        return g_steal_pointer(&own);
    return g_file_test(installed, G_FILE_TEST_EXISTS) ? g_steal_pointer(&installed) : NULL;
}

bool
catalogue_has(const char *config_dir, const char *id)
{
    g_autofree char *path = find(config_dir, id);
    return path;
}

struct portal *
catalogue_open(const char *config_dir, const char *id, GError **error)
{
    g_autofree char *path = find(config_dir, id);
    if (path)
        return portal_load(path, error);
    g_autofree char *name = g_strconcat(id, ".portal", NULL), *folder = paths_data("portals"),
                    *own = g_build_filename(config_dir, "portals", name, NULL);
    if (strchr(id, '/') || *id == '.' || !*id)
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_UNKNOWN,
                    _("'%s' is not the name of a portal"), id);
    else
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_UNKNOWN,
                    _("there is no portal file '%s' in '%s' or '%s'"), name, own, folder);
    return NULL;
}
