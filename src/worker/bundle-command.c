/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `bundle apply FILE NAME [copy]`, for `crier bundle apply`: all of the file is verified before
 * anything of it is written; articles then come in transactions of some hundred, each of them
 * whole, so that whoever is interrupted goes on by applying the file once more.
 */
#include "config.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/message.h"
#include "base/paths.h"
#include "base/status.h"
#include "base/step.h"
#include "base/url.h"
#include "config/catalogue.h"
#include "config/command.h"
#include "store/bundle.h"
#include "store/search.h"
#include "store/sources.h"
#include "worker/commands.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define BATCH       200        /* articles of a transaction */
#define BATCH_BYTES (16 << 20) /* of their parts */
#define MOST_FILES  1000       /* of portals */
#define MOST_WORDS  10u        /* commands that are printed */

struct application {
    const struct context *context;
    const char *name; /* of the file */
    struct bundle_items *items;
    struct store *store;
    GArray *sources; /* int64_t: their numbers here */
    struct bundle_merge merge;
    GPtrArray *portals; /* struct bundle_item *, owned */
    guint outcomes[BUNDLE_OUTCOMES];
    guint portals_new, portals_kept;
    bool open; /* a transaction */
    guint batch;
    gsize bytes;
};

static void
free_item(gpointer data)
{
    struct bundle_item *item = data;
    bundle_item_clear(item);
    g_free(item);
}

/* --- portal files --------------------------------------------------------------------------- */

static bool
is_same(const char *path, GBytes *bytes)
{
    g_autofree char *text = NULL;
    gsize length;
    return g_file_test(path, G_FILE_TEST_IS_REGULAR) &&
           g_file_get_contents(path, &text, &length, NULL) && length == g_bytes_get_size(bytes) &&
           !memcmp(text, g_bytes_get_data(bytes, NULL), length);
}

/* Whether there is one of that name, which stays: his own, an installed one, a table's line. */
static bool
is_there(const struct application *a, const struct bundle_item *item, const char *own)
{
    g_autofree char *folder = paths_data("portals"),
                    *installed = g_build_filename(folder, item->name, NULL),
                    *id = g_strndup(item->name, (gsize)(strrchr(item->name, '.') - item->name));
    bool exists =
        g_file_test(own, G_FILE_TEST_EXISTS) || g_file_test(installed, G_FILE_TEST_EXISTS) ||
        (g_str_has_suffix(item->name, ".portal") && catalogue_has(a->context->config_dir, id));
    return exists;
}

static bool
put_portal(struct application *a, const struct bundle_item *item, GError **error)
{
    gsize length;
    GBytes *bytes = g_ptr_array_index(item->parts, 0);
    const char *text = g_bytes_get_data(bytes, &length);
    g_autofree char *own = g_build_filename(a->context->config_dir, "portals", item->name, NULL);
    if (is_there(a, item, own)) {
        g_autofree char *folder = paths_data("portals"),
                        *installed = g_build_filename(folder, item->name, NULL);
        if (!is_same(g_file_test(own, G_FILE_TEST_EXISTS) ? own : installed, bytes)) {
            message_warning(_("'%s' is there already and differs: yours is kept"), item->name);
            a->portals_kept++;
        }
        return true;
    }
    g_autofree char *terminated = g_strndup(text, length);
    g_autoptr(GError) why = NULL;
    AUTO(portal_free) struct portal *portal = portal_parse(own, terminated, &why);
    if (!portal) {
        message_warning("%s", why->message);
        a->portals_kept++;
        return true;
    }
    if (!file_replace(own, text, length, file_public_mode(), &why)) {
        g_set_error(error, STORE_ERROR, STORE_ERROR_READ_ONLY, _("cannot write '%s': %s"), own,
                    why->message);
        return false;
    }
    a->portals_new++;
    test_step();
    return true;
}

/* Profiles first: a portal that builds on one is wrong without it. */
static bool
put_portals(struct application *a, GError **error)
{
    for (int profiles = 1; profiles >= 0; profiles--)
        for (guint i = 0; i < a->portals->len; i++) {
            const struct bundle_item *item = g_ptr_array_index(a->portals, i);
            if (g_str_has_suffix(item->name, ".profile") == profiles && !put_portal(a, item, error))
                return false;
        }
    g_ptr_array_set_size(a->portals, 0);
    return true;
}

/* --- sources and articles ------------------------------------------------------------------- */

static bool
commit(struct application *a, GError **error)
{
    if (!a->open)
        return true;
    a->open = false;
    a->batch = 0;
    a->bytes = 0;
    test_step();
    if (!store_commit(a->store, error)) {
        store_rollback(a->store);
        return false;
    }
    test_step();
    return true;
}

static gsize
size_of(const struct bundle_item *item)
{
    gsize size = 0;
    for (guint i = 0; i < item->parts->len; i++)
        size += g_bytes_get_size(g_ptr_array_index(item->parts, i));
    return size;
}

static bool
put_source(struct application *a, const struct bundle_item *item, GError **error)
{
    int64_t id = bundle_put_source(a->store, item, error);
    g_array_append_val(a->sources, id);
    return id != 0;
}

static bool
put_article(struct application *a, const struct bundle_item *item, GError **error)
{
    enum bundle_outcome outcome;
    guint place = (guint)json_integer_value(json_object_get(item->json, "source")) - 1;
    if (!bundle_put_article(a->store, g_array_index(a->sources, int64_t, place), item, &a->merge,
                            &outcome, error))
        return false;
    a->outcomes[outcome]++;
    return true;
}

static bool
put_item(struct application *a, struct bundle_item *item, GError **error)
{
    if (item->kind == BUNDLE_ITEM_PORTAL) {
        struct bundle_item *kept = g_new0(struct bundle_item, 1);
        *kept = *item;
        *item = (struct bundle_item){0};
        g_ptr_array_add(a->portals, kept);
        return true;
    }
    if (!put_portals(a, error) || (!a->open && !store_begin(a->store, error)))
        return false;
    a->open = true;
    if (!(item->kind == BUNDLE_ITEM_SOURCE ? put_source(a, item, error)
                                           : put_article(a, item, error)))
        return false;
    a->batch++;
    a->bytes += size_of(item);
    return (a->batch < BATCH && a->bytes < BATCH_BYTES) || commit(a, error);
}

/* What holds once all articles are there. */
static bool
put_end(struct application *a, GError **error)
{
    if (!a->open && !store_begin(a->store, error))
        return false;
    a->open = true;
    return bundle_put_end(a->store, &a->merge, error);
}

/* --- what its reader may want to subscribe to ------------------------------------------------ */

#define MOST_URL 512 /* bytes of an address that is shown */

/* Whether a word from elsewhere is the same to each shell, in each charset, between quotes. */
static bool
is_typed_safely(const char *word)
{
    gsize length = strlen(word);
    for (const char *p = word; *p; p++)
        if (!g_ascii_isgraph(*p) || *p == '\'' || *p == '\\')
            return false;
    return length && length <= MOST_URL;
}

/*
 * How a source is subscribed to, owned; NULL: it needs more than is known of it here, or is nothing
 * that one should copy out of what others wrote.
 */
static char *
subscribing(const struct application *a, const struct source *source)
{
    if (source->portal && g_str_has_prefix(source->url, "portal:")) {
        bool plain = strspn(source->portal, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-_.") ==
                     strlen(source->portal);
        return plain && catalogue_has(a->context->config_dir, source->portal)
                   ? g_strconcat("portal:", source->portal, NULL)
                   : NULL;
    }
    /* a secret was left out of it */
    if (!url_is_web(source->url) || strstr(source->url, "***") || !is_typed_safely(source->url))
        return NULL;
    bool list = source->tags && g_strv_contains((const char *const *)source->tags, "list");
    g_autofree char *quoted = g_shell_quote(source->url);
    return g_strconcat("--no-discover ", list ? "--tag=list " : "", quoted, NULL);
}

/* Names what came and is not subscribed to, with the commands that do it. */
static bool
print_unsubscribed(const struct application *a, GError **error)
{
    g_autoptr(GPtrArray) all = sources_list(a->store, true, error),
                         words = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GHashTable) ours = g_hash_table_new(g_int64_hash, g_int64_equal),
                          seen = g_hash_table_new(g_str_hash, g_str_equal);
    guint count = 0;
    for (guint i = 0; i < a->sources->len; i++)
        g_hash_table_add(ours, &g_array_index(a->sources, int64_t, i));
    for (guint i = 0; all && i < all->len; i++) {
        const struct source *source = g_ptr_array_index(all, i);
        if (source->active || !g_hash_table_contains(ours, &source->id))
            continue;
        g_autofree char *one = subscribing(a, source);
        count++;
        if (!one || g_hash_table_contains(seen, one))
            continue;
        g_hash_table_add(seen, one);
        g_ptr_array_add(words, g_steal_pointer(&one));
    }
    if (count)
        print_textf(
            stdout,
            ngettext("%u source of it is not subscribed to, but its articles are there\n",
                     "%u sources of it are not subscribed to, but their articles are there\n",
                     count),
            count);
    if (words->len)
        print_text(stdout, _("this subscribes:\n"));
    for (guint i = 0; i < MIN(words->len, MOST_WORDS); i++)
        print_textf(stdout, "    crier add %s\n", (const char *)g_ptr_array_index(words, i));
    if (words->len > MOST_WORDS)
        print_textf(stdout, _("    and %u more\n"), words->len - MOST_WORDS);
    return all != NULL;
}

/* --- all of it ------------------------------------------------------------------------------ */

/* Reads all of it and writes nothing. */
static bool
verify(struct application *a, GError **error)
{
    g_autoptr(GError) why = NULL;
    guint files = 0;
    for (;;) {
        AUTO(bundle_item_clear) struct bundle_item item = {0};
        if (!bundle_items_next(a->items, &item, &why))
            break;
        files += item.kind == BUNDLE_ITEM_PORTAL;
    }
    if (!why && files > MOST_FILES)
        g_set_error(&why, BUNDLE_ERROR, BUNDLE_ERROR_BAD, _("it has more than %d parts"),
                    MOST_FILES);
    if (!why)
        return true;
    g_propagate_error(error, g_steal_pointer(&why));
    return false;
}

static bool
put_all(struct application *a, GError **error)
{
    g_autoptr(GError) why = NULL;
    bool fine = bundle_items_again(a->items, &why);
    while (fine) {
        AUTO(bundle_item_clear) struct bundle_item item = {0};
        if (!bundle_items_next(a->items, &item, &why))
            break;
        fine = put_item(a, &item, &why);
    }
    fine = fine && !why && put_portals(a, &why) && put_end(a, &why) && commit(a, &why);
    if (fine)
        return true;
    if (a->open)
        store_rollback(a->store);
    a->open = false;
    g_propagate_error(error, g_steal_pointer(&why));
    return false;
}

static int
run(struct application *a, GError **error)
{
    if (!verify(a, error))
        return STATUS_SOME;
    int lock;
    a->store = worker_open_store(a->context, true, &lock, error);
    if (!a->store)
        return worker_status_of(*error);
    /* only now does nobody move a cursor: what was verified before may have taken minutes */
    bundle_merge_init(&a->merge, bundle_arrival(a->store, clock_now()));
    /* what is not indexed is found by reading */
    bool fine = put_all(a, error) && search_index_rest(a->store, NULL, NULL, error);
    if (fine)
        print_textf(stdout, _("articles: %u new, %u changed, %u as they were, %u purged before\n"),
                    a->outcomes[BUNDLE_NEW], a->outcomes[BUNDLE_CHANGED], a->outcomes[BUNDLE_SAME],
                    a->outcomes[BUNDLE_PURGED]);
    if (fine && (a->portals_new || a->portals_kept))
        print_textf(stdout, _("portal files: %u new, %u left out\n"), a->portals_new,
                    a->portals_kept);
    fine = fine && print_unsubscribed(a, error);
    close(lock);
    store_close(a->store);
    return fine                               ? STATUS_OK
           : (*error)->domain == BUNDLE_ERROR ? STATUS_SOME
                                              : worker_status_of(*error);
}

int
worker_bundle(struct context *context, int argc, char **argv)
{
    AUTO(options_bundle_clear) struct options_bundle options = {0};
    int status;
    g_autoptr(GError) error = NULL;
    if (!command_parse(context, COMMAND_BUNDLE, &options, &argc, &argv, &status))
        return status;
    if (argc < 4 || argc > 5 || !g_str_equal(argv[1], "apply") || !context_load(context, &error))
        return STATUS_USAGE;
    int fd = open(argv[2], O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0) {
        message_error(_("cannot read '%s': %s"), argv[3], g_strerror(errno));
        return STATUS_USAGE;
    }
    if (argc == 5)
        g_unlink(argv[2]);
    g_autofree char *portals = g_build_filename(context->config_dir, "portals", NULL);
    g_mkdir_with_parents(portals, 0700);
    json_object_seed(0); /* from a device that it would open later */
    worker_enclose(context, ENCLOSE_CONFIG | ENCLOSE_STORE | ENCLOSE_CREATE, NULL,
                   (const char *const[]){portals, NULL});
    struct application a = {.context = context,
                            .name = argv[3],
                            .items = bundle_items_new(fd, &error),
                            .sources = g_array_new(FALSE, FALSE, sizeof(int64_t)),
                            .portals = g_ptr_array_new_with_free_func(free_item)};
    status = a.items ? run(&a, &error) : STATUS_USAGE;
    if (error && error->domain == BUNDLE_ERROR)
        message_error(_("'%s': %s"), a.name, error->message);
    else if (error)
        message_error("%s", error->message);
    if (a.items)
        bundle_items_free(a.items);
    g_array_unref(a.sources);
    bundle_merge_clear(&a.merge);
    g_ptr_array_unref(a.portals);
    close(fd);
    return status;
}
