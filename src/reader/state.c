/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file of how the reader was left. */
#include "config.h"

#include "reader/state.h"
#include "base/file.h"

#define GROUP     "reader"
#define MAX_VALUE 9 /* of layout, sort and pictures, of which each has a few */

static int
read_number(GKeyFile *file, const char *key)
{
    g_autoptr(GError) error = NULL;
    int value = g_key_file_get_integer(file, GROUP, key, &error);
    return error || value < 0 || value > MAX_VALUE ? STATE_UNKNOWN : value;
}

struct reader_state *
state_load(const char *path)
{
    struct reader_state *state = g_new0(struct reader_state, 1);
    g_autoptr(GKeyFile) file = g_key_file_new();
    g_key_file_load_from_file(file, path, G_KEY_FILE_NONE, NULL);
    state->layout = read_number(file, "layout");
    state->sort = read_number(file, "sort");
    state->pictures = read_number(file, "pictures");
    state->by_tag = g_key_file_get_boolean(file, GROUP, "by-tag", NULL);
    state->hide_read = g_key_file_get_boolean(file, GROUP, "hide-read", NULL);
    state->folded = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_auto(GStrv) folded = g_key_file_get_string_list(file, GROUP, "folded", NULL, NULL);
    for (char **group = folded; group && *group; group++)
        g_hash_table_add(state->folded, g_strdup(*group));
    return state;
}

static int
compare(gconstpointer a, gconstpointer b)
{
    return g_strcmp0(*(const char *const *)a, *(const char *const *)b);
}

bool
state_save(const struct reader_state *state, const char *path, GError **error)
{
    g_autoptr(GKeyFile) file = g_key_file_new();
    if (state->layout != STATE_UNKNOWN)
        g_key_file_set_integer(file, GROUP, "layout", state->layout);
    if (state->sort != STATE_UNKNOWN)
        g_key_file_set_integer(file, GROUP, "sort", state->sort);
    if (state->pictures != STATE_UNKNOWN)
        g_key_file_set_integer(file, GROUP, "pictures", state->pictures);
    g_key_file_set_boolean(file, GROUP, "by-tag", state->by_tag);
    g_key_file_set_boolean(file, GROUP, "hide-read", state->hide_read);
    guint count;
    g_autofree gpointer *groups = g_hash_table_get_keys_as_array(state->folded, &count);
    qsort(groups, count, sizeof *groups, compare);
    if (count)
        g_key_file_set_string_list(file, GROUP, "folded", (const char *const *)groups, count);
    gsize length;
    g_autofree char *text = g_key_file_to_data(file, &length, NULL);
    return file_replace(path, text, length, 0600, error);
}

void
state_free(struct reader_state *state)
{
    g_hash_table_unref(state->folded);
    g_free(state);
}
