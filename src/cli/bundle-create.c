/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `crier bundle create`: written beside and put in its place once it is whole and signed; only then
 * the cursor moves, so that things are told twice rather than never.
 */
#include "config.h"

#include "cli/bundle.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/message.h"
#include "base/paths.h"
#include "base/status.h"
#include "base/step.h"
#include "fence/starter.h"
#include "store/bundle-record.h"
#include "store/bundle.h"
#include "store/lock.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define WAIT_FOR_MOVE 60000 /* ms: what was told is not to be told again for a writer's sake */

struct creation {
    struct session *session;
    const struct options_bundle *options;
    char *cursor;                      /* as the store knows it; owned, or NULL */
    const struct signature *signature; /* or NULL */
    struct starter *starter;           /* that signs; or NULL */
    const char *file;
    int64_t now;
    struct query *query; /* owned; or NULL */
    struct bundle_contents contents;
    guint articles; /* that are in it */
    guint sources;
};

static void
creation_clear(struct creation *c)
{
    if (c->query)
        query_free(c->query);
    g_clear_pointer(&c->cursor, g_free);
    g_clear_pointer(&c->starter, starter_free);
    bundle_contents_clear(&c->contents);
}
DEFINE_AUTO_CLEAR(creation, creation_clear)

/* --- signing, which the fence does not let this process do ---------------------------------- */

static int
be_signer(const GPtrArray *arguments, const int *fds, guint count, gpointer data)
{
    (void)fds, (void)count, (void)data;
    g_autoptr(GPtrArray) argv = g_ptr_array_new();
    for (guint i = 0; i < arguments->len; i++)
        g_ptr_array_add(argv, g_ptr_array_index(arguments, i));
    g_ptr_array_add(argv, NULL);
    execvp(g_ptr_array_index(argv, 0), (char **)argv->pdata);
    message_error(_("cannot start '%s': %s"), (const char *)g_ptr_array_index(argv, 0),
                  g_strerror(errno));
    return STATUS_INTERNAL;
}

static starter_role *const roles[] = {be_signer};

static bool
sign(const struct creation *c, const char *file, const char *to)
{
    g_autoptr(GPtrArray) words = signature_command(c->signature, file, to);
    g_autofree char *why = NULL;
    g_ptr_array_set_size(words, (gint)words->len - 1);
    pid_t child = starter_start(c->starter, 0, words, NULL, 0, &why);
    int status = child < 0 ? -1 : starter_wait(c->starter, child);
    if (status >= 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return true;
    message_error(_("'%s' was not signed"), c->file);
    return false;
}

/* --- portal files --------------------------------------------------------------------------- */

/* Notes the file of a portal or profile by its name, the user's own before an installed one. */
static void
want_file(const struct context *context, GTree *files, const char *id, const char *ending)
{
    if (!id)
        return;
    g_autofree char *name = g_strconcat(id, ending, NULL),
                    *own = g_build_filename(context->config_dir, "portals", name, NULL),
                    *folder = paths_data("portals"),
                    *installed = g_build_filename(folder, name, NULL);
    const char *path = g_file_test(own, G_FILE_TEST_IS_REGULAR)         ? own
                       : g_file_test(installed, G_FILE_TEST_IS_REGULAR) ? installed
                                                                        : NULL;
    if (path && bundle_is_portal_name(name))
        g_tree_replace(files, g_steal_pointer(&name), g_strdup(path));
}

static int
compare_names(gconstpointer a, gconstpointer b, gpointer data)
{
    (void)data;
    return strcmp(a, b);
}

/*
 * Adds those that a source uses, whether it is subscribed to or came by a bundle itself: name ->
 * path, in order.
 */
static void
want_files(const struct creation *c, GTree *files, const char *url)
{
    const struct context *context = c->session->context;
    const struct subscription *sub = urls_find(c->session->urls, url);
    AUTO(urls_free)
    struct urls *section = sub ? NULL : urls_of_section(context->config_dir, url);
    if (section)
        sub = urls_find(section, url);
    if (!sub || !sub->portal)
        return;
    want_file(context, files, sub->portal->id, ".portal");
    want_file(context, files, sub->portal->profile, ".profile");
    want_file(context, files, sub->section ? sub->section->profile : NULL, ".profile");
}

/*
 * Writes an item, or says why not: nobody could apply a bundle with it.  *count is its number once
 * it is written; false and errno.
 */
static bool
put_item(struct bundle_writer *w, const struct bundle_item *item, const char *name, guint *count)
{
    g_autoptr(GError) why = NULL;
    if (!bundle_put_item(w, item, *count + 1, &why))
        return false;
    if (why)
        message_warning(_("'%s': %s"), name, why->message);
    else
        ++*count;
    return true;
}

struct portal_writer {
    struct bundle_writer *writer;
    guint count;
    bool failed;
};

static gboolean
put_portal(gpointer name, gpointer path, gpointer data)
{
    struct portal_writer *w = data;
    char *text;
    gsize length;
    if (!g_file_get_contents(path, &text, &length, NULL))
        return FALSE; /* it was taken away meanwhile */
    AUTO(bundle_item_clear)
    struct bundle_item item = {
        .kind = BUNDLE_ITEM_PORTAL,
        .name = g_strdup(name),
        .parts = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref)};
    g_ptr_array_add(item.parts, g_bytes_new_take(text, length));
    w->failed = !put_item(w->writer, &item, path, &w->count);
    return w->failed;
}

/* --- what goes in --------------------------------------------------------------------------- */

/* Sources in the order of their first articles, and their numbers in the bundle. */
static bool
put_sources(struct creation *c, struct bundle_writer *w, GHashTable *numbers, GError **error)
{
    g_autoptr(GPtrArray) all = sources_list(c->session->store, true, error);
    if (!all)
        return false;
    GTree *files = g_tree_new_full(compare_names, NULL, g_free, g_free);
    for (guint i = 0; i < all->len; i++) {
        const struct source *source = g_ptr_array_index(all, i);
        if (g_hash_table_contains(numbers, &source->id))
            want_files(c, files, source->url);
    }
    struct portal_writer portals = {.writer = w};
    g_tree_foreach(files, put_portal, &portals);
    g_tree_unref(files);
    g_autoptr(GHashTable) seen = g_hash_table_new(g_int64_hash, g_int64_equal);
    for (guint i = 0; !portals.failed && i < c->contents.sources->len; i++) {
        int64_t *id = &g_array_index(c->contents.sources, int64_t, i);
        if (!g_hash_table_add(seen, id))
            continue;
        AUTO(bundle_item_clear) struct bundle_item item = {0};
        guint before = c->sources;
        if (!bundle_read_source(c->session->store, *id, &item, error))
            return false;
        portals.failed = !put_item(w, &item, bundle_text(item.json, "url"), &c->sources);
        if (c->sources > before)
            g_hash_table_insert(numbers, g_memdup2(id, sizeof *id), GUINT_TO_POINTER(c->sources));
    }
    return !portals.failed;
}

static bool
put_articles(struct creation *c, struct bundle_writer *w, GHashTable *numbers, GError **error)
{
    g_autoptr(GHashTable) told = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < c->contents.articles->len; i++) {
        guint before = c->articles;
        int64_t id = g_array_index(c->contents.articles, int64_t, i),
                source = g_array_index(c->contents.sources, int64_t, i);
        guint number = GPOINTER_TO_UINT(g_hash_table_lookup(numbers, &source));
        AUTO(bundle_item_clear) struct bundle_item item = {0};
        bool found;
        if (!number)
            continue; /* its source was left out */
        if (!bundle_read_article(c->session->store, id, number, told, &item, &found, error))
            return false;
        const char *link = found ? bundle_text(item.json, "link") : NULL;
        if (found &&
            !put_item(w, &item, link ? link : bundle_text(item.json, "title"), &c->articles))
            return false;
        if (c->articles > before)
            bundle_tell(told, &item);
    }
    return true;
}

/* False with an error of the store, or without one and errno. */
static bool
put_all(struct creation *c, bundle_put *put, gpointer data, GError **error)
{
    AUTO(bundle_writer_free) struct bundle_writer *w = bundle_writer_new(put, data);
    g_autoptr(GHashTable)
        numbers = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    for (guint i = 0; i < c->contents.sources->len; i++) {
        const int64_t *id = &g_array_index(c->contents.sources, int64_t, i);
        if (!g_hash_table_contains(numbers, id))
            g_hash_table_insert(numbers, g_memdup2(id, sizeof *id), NULL);
    }
    return bundle_put_head(w, c->now) && put_sources(c, w, numbers, error) &&
           put_articles(c, w, numbers, error) && bundle_writer_end(w);
}

/* --- where it goes -------------------------------------------------------------------------- */

static bool
put_out(const void *bytes, gsize length, gpointer data)
{
    (void)data;
    print_bytes(bytes, length);
    return true;
}

static bool
put_file(const void *bytes, gsize length, gpointer data)
{
    return file_write_all(*(const int *)data, bytes, length);
}

static int
fail(const struct creation *c, const GError *error)
{
    if (error)
        return cli_fail(error);
    message_error(_("cannot write '%s': %s"), c->file, g_strerror(errno));
    return STATUS_STORE;
}

/* Signature and file in their places: whoever finds an old file by a new signature refuses it. */
static int
put_in_place(const struct creation *c, const char *beside, const char *target)
{
    g_autofree char *signed_beside = NULL, *signature = NULL;
    if (c->signature) {
        signed_beside = signature_path(c->signature, beside);
        signature = signature_path(c->signature, target);
        if (!sign(c, beside, signed_beside)) {
            g_unlink(signed_beside);
            return STATUS_STORE;
        }
        test_step();
        if (g_rename(signed_beside, signature) < 0) {
            int status = fail(c, NULL);
            g_unlink(signed_beside);
            return status;
        }
    }
    test_step();
    if (g_rename(beside, target) < 0)
        return fail(c, NULL);
    g_autofree char *folder = g_path_get_dirname(target);
    file_sync_folder(folder);
    return STATUS_OK;
}

static int
write_file(struct creation *c)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *found = file_target(c->file), *target = found ? NULL : g_strdup(c->file),
                    *beside = NULL;
    if (found)
        target = g_strdup(found);
    beside = g_strconcat(target, ".XXXXXX", NULL);
    int fd = g_mkstemp(beside);
    if (fd < 0)
        return fail(c, NULL);
    bool done = put_all(c, put_file, &fd, &error) &&
                file_take_after(fd, target, file_public_mode()) && fsync(fd) == 0;
    int why = errno;
    done = close(fd) == 0 && done;
    errno = why;
    test_step();
    int status = done ? put_in_place(c, beside, target) : fail(c, error);
    if (status != STATUS_OK)
        g_unlink(beside);
    return status;
}

static int
write_out(struct creation *c)
{
    g_autoptr(GError) error = NULL;
    if (!put_all(c, put_out, NULL, &error))
        return fail(c, error);
    return message_close_output() ? STATUS_OK : STATUS_STORE;
}

/* --- all of it ------------------------------------------------------------------------------ */

static int
make(struct creation *c)
{
    struct store *store = c->session->store;
    const char *cursor = c->cursor;
    struct changes_place from = {0};
    bool found = false, out = g_str_equal(c->file, "-");
    g_autoptr(GError) error = NULL;
    if (cursor && !cursor_get(store, cursor, &from, &found, &error))
        return cli_fail(error);
    if (!bundle_choose(store, c->query, &from, found ? bundle_moved(store, cursor, c->now) : 0,
                       &c->contents, &error))
        return cli_fail(error);
    if (!c->contents.articles->len) {
        message_error(_("nothing matched"));
        return STATUS_NOTHING;
    }
    int status = out ? write_out(c) : write_file(c);
    if (status != STATUS_OK)
        return status;
    test_step();
    store_set_timeout(store, WAIT_FOR_MOVE);
    if (cursor && !cursor_put(store, cursor, &c->contents.end, c->now, &error))
        return cli_fail(error);
    if (!out)
        print_textf(stdout, _("articles: %u, sources: %u\n"), c->articles, c->sources);
    return STATUS_OK;
}

/* No fetch runs meanwhile: what it writes late it has dated before this. */
static int
make_by_cursor(struct creation *c)
{
    g_autoptr(GError) error = NULL;
    struct store *store = c->session->store;
    if (!store_takes_marks(store)) {
        message_error(_("'%s' cannot be written: a cursor cannot move"), store_path(store));
        return STATUS_STORE;
    }
    int fetching = lock_take(store_path(store), &error),
        lock = fetching < 0 ? -1 : lock_cursor(store_marks_path(store), c->cursor, &error);
    int status = lock < 0 ? cli_fail(error) : make(c);
    if (lock >= 0)
        close(lock);
    if (fetching >= 0)
        close(fetching);
    return status;
}

int
bundle_create(struct context *context, const struct options_bundle *options, const char *query,
              const char *file, const struct signature *signature)
{
    int status;
    g_autoptr(GError) error = NULL;
    AUTO(creation_clear)
    struct creation c = {.options = options,
                         /* not one of a digest: no name that can be typed has a colon */
                         .cursor = options->cursor ? g_strconcat("bundle:", options->cursor, NULL)
                                                   : NULL,
                         .signature = signature,
                         .file = file,
                         .now = clock_now()};
    if (*query && !(c.query = query_parse(query, c.now, &error))) {
        message_error("%s", error->message);
        return STATUS_USAGE;
    }
    if (signature) {
        const struct starter_roles table = {.roles = roles, .count = G_N_ELEMENTS(roles)};
        c.starter = starter_new(&table);
        if (!c.starter)
            return fail(&c, NULL);
    }
    g_autofree char *target = g_str_equal(file, "-") ? NULL : file_target(file),
                    *folder = g_str_equal(file, "-") ? NULL
                                                     : g_path_get_dirname(target ? target : file);
    AUTO(session_close) struct session *session = cli_session_writing(context, folder, &status);
    if (!session)
        return status;
    if (!cli_has_store(session))
        return STATUS_USAGE;
    c.session = session;
    return options->cursor ? make_by_cursor(&c) : make(&c);
}
