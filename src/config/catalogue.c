/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Portals by name, in files and tables, in the user's folder and in the installed one. */
#include "config.h"

#include "config/catalogue.h"
#include "base/i18n.h"
#include "base/paths.h"
#include "config/catalogue-table.h"
#include "config/settings.h"
#include "text/match.h"

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

/* --- portals ----------------------------------------------------------------------------- */

/*
 * All tables, the user's own first; those of a folder in any order, since an id is of
 * one country.
 */
static GPtrArray *
tables_of(const char *config_dir)
{
    GPtrArray *paths = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *own = g_build_filename(config_dir, "portals", NULL);
    g_autofree char *installed = paths_data("portals");
    const char *const folders[] = {own, installed};
    for (size_t i = 0; i < G_N_ELEMENTS(folders); i++) {
        g_autoptr(GDir) dir = g_dir_open(folders[i], 0, NULL);
        const char *name;
        while (dir && (name = g_dir_read_name(dir)))
            if (g_str_has_suffix(name, ".tsv") && g_ascii_isupper(*name))
                g_ptr_array_add(paths, g_build_filename(folders[i], name, NULL));
    }
    return paths;
}

static int
compare_ids(gconstpointer a, gconstpointer b)
{
    const struct portal *one = *(const struct portal *const *)a,
                        *two = *(const struct portal *const *)b;
    return strcmp(one->id, two->id);
}

GPtrArray *
catalogue_portals(const char *config_dir, GPtrArray *problems)
{
    GPtrArray *portals = g_ptr_array_new_with_free_func(free_item);
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GPtrArray) paths = catalogue_paths(config_dir);
    for (guint i = 0; i < paths->len; i++) {
        g_autoptr(GError) error = NULL;
        struct portal *portal = portal_load(g_ptr_array_index(paths, i), &error);
        if (portal && g_hash_table_add(seen, g_strdup(portal->id)))
            g_ptr_array_add(portals, portal);
        else if (portal)
            portal_free(portal);
        else if (problems)
            g_ptr_array_add(problems, g_strdup(error->message));
    }
    g_autoptr(GPtrArray) tables = tables_of(config_dir);
    for (guint i = 0; i < tables->len; i++)
        catalogue_table_read(g_ptr_array_index(tables, i), NULL, portals, seen, problems);
    g_ptr_array_sort(portals, compare_ids);
    return portals;
}

static bool
is_id(const char *text)
{
    return *text && *text != '.' && !strchr(text, '/');
}

/* The file of a portal, the user's before the installed one; NULL when there is none. */
static char *
find(const char *config_dir, const char *id)
{
    g_autofree char *name = g_strconcat(id, ".portal", NULL), *folder = paths_data("portals");
    g_autofree char *own = g_build_filename(config_dir, "portals", name, NULL),
                    *installed = g_build_filename(folder, name, NULL);
    if (!is_id(id))
        return NULL;
    if (g_file_test(own, G_FILE_TEST_EXISTS))
        return g_steal_pointer(&own);
    return g_file_test(installed, G_FILE_TEST_EXISTS) ? g_steal_pointer(&installed) : NULL;
}

/*
 * The portal of that id in a table, or NULL.  What a table calls by an id begins with its country
 * ("dk-aarhus"), so that one file or two are read and not a hundred.
 */
static struct portal *
find_in_tables(const char *config_dir, const char *id)
{
    if (!is_id(id) || strlen(id) < 4 || id[2] != '-')
        return NULL;
    g_autofree char *country = g_ascii_strup(id, 2), *folder = paths_data("portals");
    g_autofree char *name = g_strconcat(country, ".tsv", NULL);
    g_autofree char *own = g_build_filename(config_dir, "portals", name, NULL),
                    *installed = g_build_filename(folder, name, NULL);
    g_autoptr(GPtrArray) found = g_ptr_array_new();
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    const char *const paths[] = {own, installed};
    for (size_t i = 0; i < G_N_ELEMENTS(paths) && !found->len; i++)
        if (g_file_test(paths[i], G_FILE_TEST_EXISTS))
            catalogue_table_read(paths[i], id, found, seen, NULL);
    return found->len ? g_ptr_array_index(found, 0) : NULL;
}

bool
catalogue_has(const char *config_dir, const char *id)
{
    g_autofree char *path = find(config_dir, id);
    AUTO(portal_free) struct portal *portal = path ? NULL : find_in_tables(config_dir, id);
    return path || portal;
}

struct portal *
catalogue_open(const char *config_dir, const char *id, GError **error)
{
    g_autofree char *path = find(config_dir, id);
    if (path)
        return portal_load(path, error);
    struct portal *portal = find_in_tables(config_dir, id);
    if (portal)
        return portal;
    g_autofree char *name = g_strconcat(id, ".portal", NULL), *folder = paths_data("portals"),
                    *own = g_build_filename(config_dir, "portals", NULL);
    if (!is_id(id))
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_UNKNOWN,
                    _("'%s' is not the name of a portal"), id);
    else
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_UNKNOWN,
                    _("there is no portal file '%s' in '%s' or '%s'"), name, own, folder);
    return NULL;
}

/* --- searching --------------------------------------------------------------------------- */

static void
add_names(GString *to, GHashTable *names)
{
    GHashTableIter iter;
    gpointer name;
    if (!names)
        return;
    g_hash_table_iter_init(&iter, names);
    while (g_hash_table_iter_next(&iter, NULL, &name))
        g_string_append_printf(to, "%s\n", (const char *)name);
}

char *
catalogue_search_text(const struct portal *portal)
{
    GString *text = g_string_new(portal->id);
    g_string_append_c(text, '\n');
    add_names(text, portal->names);
    const struct portal_place *place = &portal->place;
    const char *const more[] = {place->spellings, place->region, place->country};
    for (size_t i = 0; i < G_N_ELEMENTS(more); i++)
        if (more[i])
            g_string_append_printf(text, "%s\n", more[i]);
    const char *const things[][2] = {{"country.", place->country}, {"region.", place->region}};
    for (size_t i = 0; i < G_N_ELEMENTS(things); i++) {
        g_autofree char *thing = things[i][1] ? g_strconcat(things[i][0], things[i][1], NULL)
                                              : NULL;
        if (thing)
            add_names(text, catalogue_words(thing));
    }
    return g_string_free(text, FALSE);
}

bool
catalogue_matches(const struct portal *portal, const char *typed)
{
    g_autofree char *text = catalogue_search_text(portal);
    g_auto(GStrv) words = g_strsplit(typed, " ", -1);
    for (char **word = words; *word; word++)
        if (**word && !text_holds(text, *word))
            return false;
    return true;
}
