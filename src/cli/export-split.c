/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `crier export --split`: a folder of feeds, one a source, portal or tag. */
#include "config.h"

#include "base/i18n.h"
#include "base/message.h"
#include "base/status.h"
#include "base/url.h"
#include "cli/export.h"
#include "reader/publish.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* One feed of those that are written; also the only one. */
struct group {
    char *name, *title, *home;
    GPtrArray *rows; /* borrowed */
};

static void
group_free(gpointer data)
{
    struct group *group = data;
    g_free(group->name);
    g_free(group->title);
    g_free(group->home);
    g_ptr_array_unref(group->rows);
    g_free(group);
}

/* Text as a part of a file's name and of an address: letters and digits of ASCII alone. */
static char *
slug_of(const char *text)
{
    GString *slug = g_string_new(NULL);
    for (const char *p = text; *p && slug->len < 60; p++) {
        if (g_ascii_isalnum(*p))
            g_string_append_c(slug, g_ascii_tolower(*p));
        else if (slug->len && slug->str[slug->len - 1] != '-')
            g_string_append_c(slug, '-');
    }
    if (slug->len && slug->str[slug->len - 1] == '-')
        g_string_truncate(slug, slug->len - 1);
    return g_string_free(slug, FALSE);
}

/* The name of a tag's file: what ASCII lacks is told apart by a digest. */
static char *
tag_slug(const char *tag)
{
    g_autofree char *slug = slug_of(tag),
                    *digest = g_compute_checksum_for_string(G_CHECKSUM_SHA256, tag, -1);
    if (g_str_equal(slug, tag))
        return g_steal_pointer(&slug);
    return g_strdup_printf("%s%s%.8s", slug, *slug ? "-" : "", digest);
}

/* Adds a row to the group of that name, which is made when it is the first. */
static void
add_row(GPtrArray *groups, GHashTable *by_name, const char *name, const char *title,
        const char *home, struct article_row *row)
{
    struct group *group = g_hash_table_lookup(by_name, name);
    if (!group) {
        group = g_new0(struct group, 1);
        *group = (struct group){g_strdup(name), g_strdup(title), g_strdup(home), g_ptr_array_new()};
        g_ptr_array_add(groups, group);
        g_hash_table_insert(by_name, group->name, group);
    }
    if (row)
        g_ptr_array_add(group->rows, row);
}

static void
add_tagged(GPtrArray *groups, GHashTable *by_name, char *const *tags, struct article_row *row)
{
    for (char *const *tag = tags; *tag; tag++) {
        g_autofree char *name = tag_slug(*tag);
        add_row(groups, by_name, name, *tag, NULL, row);
    }
}

static void
add_to_groups(GPtrArray *groups, GHashTable *by_name, const char *split,
              const struct source *source, struct article_row *row)
{
    if (g_str_equal(split, "tag")) {
        if (source)
            add_tagged(groups, by_name, source->tags, row);
        if (row)
            add_tagged(groups, by_name, row->tags, row);
    } else if (source && g_str_equal(split, "portal")) {
        if (source->portal)
            add_row(groups, by_name, source->portal, source->portal_name, source->home, row);
    } else if (source) {
        g_autofree char *bare = url_public(source->url), *host = url_host(bare),
                        *slug = slug_of(source->portal ? source->url + strlen("portal:")
                                        : host         ? host
                                                       : ""),
                        *name = g_strdup_printf("%" G_GINT64_FORMAT "%s%s", source->id,
                                                *slug ? "-" : "", slug);
        add_row(groups, by_name, name, source->title, source->home, row);
    }
}

/* A group of each source, portal or tag; those that are subscribed to have one without articles. */
static GPtrArray *
split_rows(struct store *store, const GPtrArray *rows, const char *split, GError **error)
{
    g_autoptr(GPtrArray) sources = sources_list(store, true, error);
    if (!sources)
        return NULL;
    GPtrArray *groups = g_ptr_array_new_with_free_func(group_free);
    g_autoptr(GHashTable) by_name = g_hash_table_new(g_str_hash, g_str_equal),
                          by_id = g_hash_table_new(g_int64_hash, g_int64_equal);
    for (guint i = 0; i < sources->len; i++) {
        struct source *source = g_ptr_array_index(sources, i);
        g_hash_table_insert(by_id, &source->id, source);
        if (source->active)
            add_to_groups(groups, by_name, split, source, NULL);
    }
    for (guint i = 0; i < rows->len; i++) {
        struct article_row *row = g_ptr_array_index(rows, i);
        add_to_groups(groups, by_name, split, g_hash_table_lookup(by_id, &row->source), row);
    }
    return groups;
}

/*
 * Whether a file of the folder is a feed that was written by its name and is not any more; others
 * have nothing to do with it.
 */
static bool
is_stale(const char *folder, const char *file, const char *split, const char *suffix,
         GHashTable *written)
{
    if (!g_str_has_suffix(file, suffix) || g_hash_table_contains(written, file))
        return false;
    g_autofree char *bare = g_strndup(file, strlen(file) - strlen(suffix)),
                    *name = g_strdup_printf("%s\n%s", split, bare),
                    *path = g_build_filename(folder, file, NULL), *text = NULL;
    AUTO(publication_free) struct publication *feed = publication_new(name, "", NULL);
    return g_file_test(path, G_FILE_TEST_IS_REGULAR) &&
           g_file_get_contents(path, &text, NULL, NULL) && strstr(text, feed->id);
}

/* Removes the feeds of what is subscribed to no more. */
static int
prune(const struct options_export *options, const char *suffix, GHashTable *written)
{
    g_autoptr(GDir) dir = g_dir_open(options->output, 0, NULL);
    for (const char *file; dir && (file = g_dir_read_name(dir));) {
        g_autofree char *path = g_build_filename(options->output, file, NULL);
        if (!is_stale(options->output, file, options->split, suffix, written) || unlink(path) == 0)
            continue;
        message_error(_("cannot remove '%s': %s"), path, g_strerror(errno));
        return STATUS_STORE;
    }
    return STATUS_OK;
}

/* A folder of feeds. */
int
export_split(struct store *store, const struct options_export *options, const GPtrArray *rows)
{
    const char *format = options->format ? options->format : "atom";
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) groups = split_rows(store, rows, options->split, &error);
    if (!groups)
        return cli_fail(error);
    const char *suffix = g_str_equal(format, "atom") ? ".atom" : ".json";
    g_autoptr(GHashTable) written = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < groups->len; i++) {
        const struct group *group = g_ptr_array_index(groups, i);
        g_autofree char *name = g_strdup_printf("%s\n%s", options->split, group->name),
                        *file = g_strconcat(group->name, suffix, NULL),
                        *path = g_build_filename(options->output, file, NULL),
                        *text = export_feed(store, format, name, group->title, group->home,
                                            group->rows, &error);
        if (!text)
            return cli_fail(error);
        int status = export_deliver(path, text);
        if (status)
            return status;
        g_hash_table_add(written, g_steal_pointer(&file));
    }
    int status = options->prune ? prune(options, suffix, written) : STATUS_OK;
    return status || rows->len ? status : STATUS_NOTHING;
}
