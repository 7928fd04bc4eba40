/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `crier export --split`: a folder of feeds, one a source, portal or tag. */
#include "config.h"

#include "base/i18n.h"
#include "base/message.h"
#include "base/status.h"
#include "base/url.h"
#include "cli/export.h"
#include "reader/feed-page.h"
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
            add_row(groups, by_name, source->portal, source->portal_plain_name, source->home, row);
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
        if (!is_stale(options->output, file, options->split, suffix, written))
            continue;
        g_autofree char *packed = g_strconcat(path, EXPORT_PACKED, NULL);
        if (unlink(path) == 0 && (unlink(packed) == 0 || errno == ENOENT))
            continue;
        message_error(_("cannot remove '%s': %s"), path, g_strerror(errno));
        return STATUS_STORE;
    }
    return STATUS_OK;
}

/* --- the page that lists them ----------------------------------------------------------------- */

static int
compare_text(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The languages of articles, each once: "en, ru". */
static char *
languages_of(const GPtrArray *rows)
{
    g_autoptr(GPtrArray) list = g_ptr_array_new();
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < rows->len; i++) {
        const struct article_row *row = g_ptr_array_index(rows, i);
        if (row->language && g_hash_table_add(seen, row->language))
            g_ptr_array_add(list, row->language);
    }
    g_ptr_array_sort(list, compare_text);
    g_ptr_array_add(list, NULL);
    return g_strjoinv(", ", (char **)list->pdata);
}

static void
list_feed(GPtrArray *list, const struct group *group, const char *file, int64_t updated)
{
    struct listed_feed *feed = g_new0(struct listed_feed, 1);
    *feed = (struct listed_feed){g_strdup(file),        g_strdup(group->title),
                                 g_strdup(group->home), languages_of(group->rows),
                                 group->rows->len,      updated};
    g_ptr_array_add(list, feed);
}

/* By title, in an order that no locale changes. */
static int
compare_feeds(gconstpointer a, gconstpointer b)
{
    const struct listed_feed *one = *(const struct listed_feed *const *)a,
                             *other = *(const struct listed_feed *const *)b;
    g_autofree char *first = g_utf8_casefold(one->title ? one->title : "", -1),
                    *second = g_utf8_casefold(other->title ? other->title : "", -1);
    int order = strcmp(first, second);
    return order ? order : strcmp(one->file, other->file);
}

/* In each language; a page of that name that somebody else wrote stays. */
static int
write_pages(const struct options_export *options, GPtrArray *list)
{
    g_ptr_array_sort(list, compare_feeds);
    for (guint n = 0; feed_page_name(n); n++) {
        g_autofree char *path = g_build_filename(options->output, feed_page_name(n), NULL),
                        *text = feed_page(n, list), *old = NULL;
        if (g_file_test(path, G_FILE_TEST_IS_REGULAR) &&
            g_file_get_contents(path, &old, NULL, NULL) && !feed_page_is_ours(old)) {
            message_error(_("'%s' was not written by crier: it is left as it is"), path);
            return STATUS_STORE;
        }
        int status = export_deliver_packed(path, text, options->gzip);
        if (status)
            return status;
    }
    return STATUS_OK;
}

/* --- all of it -------------------------------------------------------------------------------- */

/* A folder of feeds. */
int
export_split(struct store *store, const struct options_export *options, const GPtrArray *rows)
{
    const char *format = options->format ? options->format : "atom";
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) groups = split_rows(store, rows, options->split, &error),
                         list = g_ptr_array_new_with_free_func(listed_feed_free);
    if (!groups)
        return cli_fail(error);
    const char *suffix = g_str_equal(format, "atom") ? ".atom" : ".json";
    g_autoptr(GHashTable) written = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < groups->len; i++) {
        const struct group *group = g_ptr_array_index(groups, i);
        int64_t updated;
        g_autofree char *name = g_strdup_printf("%s\n%s", options->split, group->name),
                        *file = g_strconcat(group->name, suffix, NULL),
                        *path = g_build_filename(options->output, file, NULL),
                        *text = export_feed(store, format, name, group->title, group->home,
                                            group->rows, &updated, &error);
        if (!text)
            return cli_fail(error);
        int status = export_deliver_packed(path, text, options->gzip);
        if (status)
            return status;
        list_feed(list, group, file, updated);
        g_hash_table_add(written, g_steal_pointer(&file));
    }
    int status = options->prune ? prune(options, suffix, written) : STATUS_OK;
    if (!status && options->index)
        status = write_pages(options, list);
    return status || rows->len ? status : STATUS_NOTHING;
}
