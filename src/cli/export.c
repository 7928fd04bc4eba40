/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `crier export`: subscriptions, articles and marks for other programs. */
#include "config.h"

#include "cli/export.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/message.h"
#include "base/status.h"

#include <errno.h>
#include <string.h>

/* --- where it goes ------------------------------------------------------------------------- */

/*
 * Writes all of it at once, beside the file and then in its place; a file that says so already
 * is left as it is, with its time.  NULL: standard output.  An exit status.
 */
static int
deliver(const char *path, const char *text)
{
    if (!path || g_str_equal(path, "-")) {
        print_raw(text);
        return STATUS_OK;
    }
    g_autofree char *old = NULL;
    gsize had, length = strlen(text);
    if (g_file_get_contents(path, &old, &had, NULL) && had == length && !memcmp(old, text, length))
        return STATUS_OK;
    g_autoptr(GError) error = NULL;
    if (file_replace(path, text, length, file_public_mode(), &error))
        return STATUS_OK;
    message_error(_("cannot write '%s': %s"), path, error->message);
    return STATUS_STORE;
}

/* --- subscriptions ------------------------------------------------------------------------- */

/* Takes a password out of an address, and leaves the name; whether there was one. */
static bool
hide_secrets(struct outline *outline)
{
    g_autofree char *login = NULL, *bare = url_without_login(outline->url, &login);
    char *colon = login ? strchr(login, ':') : NULL;
    if (colon)
        *colon = '\0';
    g_autofree char *public = url_public(bare);
    bool secret = login || !g_str_equal(public, bare);
    g_free(outline->url);
    outline->url = colon && *login ? url_with_login(public, login) : g_steal_pointer(&public);
    return secret;
}

/* What is known of it beside its line: what it calls itself, the page that belongs to it. */
static void
describe(const struct session *session, const GPtrArray *sources, struct outline *outline)
{
    const char *name = g_str_has_prefix(outline->url, "portal:") ? outline->url + strlen("portal:")
                                                                 : NULL;
    for (guint i = 0; name && i < session->urls->portals->len; i++) {
        const struct portal *portal = g_ptr_array_index(session->urls->portals, i);
        gsize length = strlen(portal->id);
        if (strncmp(name, portal->id, length) || (name[length] && name[length] != '/'))
            continue;
        outline->shown = g_strdup(portal_plain_name(portal->names));
        outline->home = g_strdup(portal->home);
    }
    for (guint i = 0; !name && i < sources->len; i++) {
        const struct source *source = g_ptr_array_index(sources, i);
        if (!g_str_equal(source->url, outline->url))
            continue;
        outline->shown = source->title ? url_public(source->title) : NULL;
        outline->home = source->home && url_is_web(source->home) ? url_public(source->home) : NULL;
    }
}

/* The lines of `urls` that are used. */
static GPtrArray *
own_outlines(const struct session *session, GError **error)
{
    g_autofree char *path = g_build_filename(session->context->config_dir, "urls", NULL),
                    *text = urls_read(path, error);
    g_autoptr(GPtrArray) sources = session->store ? sources_list(session->store, false, error)
                                                  : g_ptr_array_new();
    if (!text || !sources)
        return NULL;
    GPtrArray *outlines = outlines_of_urls(text, false);
    guint secrets = 0;
    for (guint i = 0; i < outlines->len;) {
        struct outline *outline = g_ptr_array_index(outlines, i);
        if (outline->why || g_str_has_prefix(outline->url, "exec:") ||
            g_str_has_prefix(outline->url, "filter:")) {
            g_ptr_array_remove_index(outlines, i);
            continue;
        }
        describe(session, sources, outline);
        secrets += hide_secrets(outline);
        i++;
    }
    if (secrets)
        message_warning(ngettext("the secret of %u address is left out",
                                 "the secrets of %u addresses are left out", secrets),
                        secrets);
    return outlines;
}

static int
export_sources(struct session *session, const struct options_export *options)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) outlines = own_outlines(session, &error);
    if (!outlines)
        return cli_fail(error);
    g_autofree char *text = !g_strcmp0(options->format, "urls")
                                ? outlines_to_urls(outlines)
                                : outlines_to_opml(outlines, "crier");
    return deliver(options->output, text);
}

/* --- articles ------------------------------------------------------------------------------ */

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

static char *
write_feed(struct store *store, const char *format, const char *name, const char *title,
           const char *home, const GPtrArray *rows, GError **error)
{
    AUTO(publication_free) struct publication *feed = publication_new(name, title, home);
    for (guint i = 0; i < rows->len; i++)
        if (!publication_add(feed, store, g_ptr_array_index(rows, i), error))
            return NULL;
    return g_str_equal(format, "atom") ? publication_atom(feed, store, error)
                                       : publication_json_feed(feed, store, error);
}

/* A folder of feeds. */
static int
export_split(struct store *store, const struct options_export *options, const char *format,
             const GPtrArray *rows)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) groups = split_rows(store, rows, options->split, &error);
    if (!groups)
        return cli_fail(error);
    int status = rows->len ? STATUS_OK : STATUS_NOTHING;
    for (guint i = 0; i < groups->len; i++) {
        const struct group *group = g_ptr_array_index(groups, i);
        g_autofree char *name = g_strdup_printf("%s\n%s", options->split, group->name),
                        *file = g_strdup_printf("%s.%s", group->name,
                                                g_str_equal(format, "atom") ? "atom" : "json"),
                        *path = g_build_filename(options->output, file, NULL),
                        *text = write_feed(store, format, name, group->title, group->home,
                                           group->rows, &error);
        if (!text)
            return cli_fail(error);
        int one = deliver(path, text);
        status = one ? one : status;
        if (one)
            break;
    }
    return status;
}

/* Where the pages of a site go, and what came of it. */
struct site {
    const char *folder;
    int status;
};

static bool
put_page(const char *name, const char *text, gpointer data)
{
    struct site *site = data;
    g_autofree char *path = g_build_filename(site->folder, name, NULL);
    site->status = deliver(path, text);
    return site->status == STATUS_OK;
}

static int
export_site(struct store *store, const struct options_export *options, const GPtrArray *rows)
{
    g_autoptr(GError) error = NULL;
    struct site site = {options->output, STATUS_OK};
    if (!site_write(store, rows, &(struct site_writer){put_page, &site}, &error))
        return error ? cli_fail(error) : site.status;
    return rows->len ? STATUS_OK : STATUS_NOTHING;
}

static int
export_mbox(struct store *store, const struct options_export *options, const GPtrArray *rows)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) all = g_string_new(NULL);
    for (guint i = 0; i < rows->len; i++) {
        const struct article_row *row = g_ptr_array_index(rows, i);
        g_autofree char *line = mailbox_separator(row),
                        *message = mailbox_message(store, row, &error);
        if (!message)
            return cli_fail(error);
        g_string_append_printf(all, "%s%s\n", line, message);
    }
    int status = deliver(options->output, all->str);
    return status || rows->len ? status : STATUS_NOTHING;
}

/* Adds the names of the messages in a folder of a maildir, without their flags. */
static void
note_messages(GHashTable *names, const char *maildir, const char *folder)
{
    g_autofree char *path = g_build_filename(maildir, folder, NULL);
    g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir));)
        g_hash_table_add(names, g_strndup(name, strcspn(name, ":")));
}

/* Each message once, wherever its reader has put it since. */
static int
export_maildir(struct store *store, const struct options_export *options, const GPtrArray *rows)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    note_messages(names, options->output, "cur");
    note_messages(names, options->output, "new");
    for (guint i = 0; i < rows->len; i++) {
        const struct article_row *row = g_ptr_array_index(rows, i);
        g_autofree char *name = mailbox_name(row),
                        *path = g_build_filename(options->output, "new", name, NULL);
        if (g_hash_table_contains(names, name))
            continue;
        g_autofree char *message = mailbox_message(store, row, &error);
        if (!message)
            return cli_fail(error);
        int status = deliver(path, message);
        if (status)
            return status;
    }
    return rows->len ? STATUS_OK : STATUS_NOTHING;
}

/* The objects of `show --format=json`, a line each. */
static int
export_lines(struct store *store, const struct options_export *options, const GPtrArray *rows)
{
    g_autoptr(GString) all = g_string_new(NULL);
    for (guint i = 0; i < rows->len; i++) {
        g_autoptr(GError) error = NULL;
        const struct article_row *row = g_ptr_array_index(rows, i);
        AUTO(document_free) struct document *document = publish_document(store, row->id, &error);
        if (!document)
            return cli_fail(error);
        json_t *o = cli_whole_article_json(store, row, document);
        char *line = json_dumps(o, JSON_COMPACT | JSON_REAL_PRECISION(6));
        json_decref(o);
        g_string_append_printf(all, "%s\n", line);
        free(line);
        if (!options->output) { /* as it comes */
            print_raw(all->str);
            g_string_truncate(all, 0);
        }
    }
    return options->output ? deliver(options->output, all->str) : STATUS_OK;
}

static int
export_articles(struct store *store, const struct options_export *options, const char *query,
                const GPtrArray *rows)
{
    g_autoptr(GError) error = NULL;
    const char *format = options->format ? options->format : "atom";
    if (options->split)
        return export_split(store, options, format, rows);
    if (g_str_equal(format, "html"))
        return export_site(store, options, rows);
    if (g_str_equal(format, "mbox"))
        return export_mbox(store, options, rows);
    if (g_str_equal(format, "maildir"))
        return export_maildir(store, options, rows);
    if (g_str_equal(format, "json")) {
        int status = export_lines(store, options, rows);
        return status || rows->len ? status : STATUS_NOTHING;
    }
    g_autofree char *name = g_strdup_printf("query\n%s", query),
                    *text = write_feed(store, format, name, query, NULL, rows, &error);
    if (!text)
        return cli_fail(error);
    int status = deliver(options->output, text);
    return status || rows->len ? status : STATUS_NOTHING;
}

/* --- marks --------------------------------------------------------------------------------- */

static bool
append_marks(GString *out, struct store *store, const struct article_row *row, GError **error)
{
    AUTO(article_origin_clear) struct article_origin origin = {0};
    if (row->unread && !row->starred && !*row->tags)
        return true;
    if (!exchange_origin(store, row->id, &origin, error))
        return false;
    g_autofree char *login = NULL, *source = url_without_login(origin.source, &login);
    const struct mark_line line = {.source = source,
                                   .id = origin.id,
                                   .link = row->link,
                                   .title = *row->title ? row->title : NULL,
                                   .read = !row->unread,
                                   .starred = row->starred,
                                   .tags = row->tags};
    g_autofree char *json = line.id || line.link ? mark_line_to_json(&line) : NULL;
    g_string_append(out, json ? json : "");
    return true;
}

static int
export_marks(struct store *store, const struct options_export *options, const GPtrArray *rows)
{
    g_autoptr(GString) out = g_string_new(NULL);
    g_autoptr(GError) error = NULL;
    for (guint i = 0; i < rows->len; i++)
        if (!append_marks(out, store, g_ptr_array_index(rows, i), &error))
            return cli_fail(error);
    int status = deliver(options->output, out->str);
    return status || out->len ? status : STATUS_NOTHING;
}

/* --- the command --------------------------------------------------------------------------- */

/* What is exported, by what was said of it. */
static const char *
what_of(const struct options_export *options, const char *query)
{
    if (options->what)
        return options->what;
    return *query || options->split ||
                   (options->format && !g_str_equal(options->format, "opml") &&
                    !g_str_equal(options->format, "urls") &&
                    !g_str_equal(options->format, "newsboat"))
               ? "articles"
               : "sources";
}

/* Whether the format is a folder by itself. */
static bool
is_folder(const struct options_export *options)
{
    return !g_strcmp0(options->format, "html") || !g_strcmp0(options->format, "maildir");
}

static bool
is_feed(const struct options_export *options)
{
    return !options->format || g_str_equal(options->format, "atom") ||
           g_str_equal(options->format, "jsonfeed");
}

/* Whether what was asked for goes together; reports it otherwise. */
static bool
is_possible(const struct options_export *options, const char *what, const char *query)
{
    static const struct {
        const char *what, *formats[8];
    } all[] = {{"sources", {"opml", "urls", "newsboat"}},
               {"articles", {"atom", "jsonfeed", "json", "html", "mbox", "maildir", "warc"}},
               {"state", {"json", "newsboat"}}};
    bool folder = is_folder(options);
    bool fits = !options->format, file = options->output && !g_str_equal(options->output, "-");
    for (size_t i = 0; i < G_N_ELEMENTS(all); i++)
        for (const char *const *format = all[i].formats; *format; format++)
            fits |= g_str_equal(all[i].what, what) && !g_strcmp0(*format, options->format);
    if (!fits)
        message_error(_("'%s' and '%s' exclude each other"), what, options->format);
    else if (g_str_equal(what, "sources") && *query)
        message_error(_("'%s' takes no argument"), "export --what=sources");
    else if (options->split && (!g_str_equal(what, "articles") || !file || !is_feed(options)))
        message_error(_("--split is for feeds in the folder that --output names"));
    else if (options->prune && !options->split)
        message_error(_("--prune goes with --split"));
    else if (folder && !file)
        message_error(_("'%s' goes to a folder, which --output names"), options->format);
    else
        return true;
    return false;
}

static bool
make_folder(const char *folder, GError **error)
{
    if (g_mkdir_with_parents(folder, 0777) == 0)
        return true;
    g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_FAILED, _("cannot create '%s': %s"), folder,
                g_strerror(errno));
    return false;
}

/* The folder that is written to, or NULL; one of several files is made, before the fence. */
static char *
folder_of(const struct options_export *options, GError **error)
{
    static const char *const parts[] = {"tmp", "new", "cur"};
    if (!options->output || g_str_equal(options->output, "-"))
        return NULL;
    if (!options->split && !is_folder(options)) {
        g_autofree char *target = file_target(options->output);
        return g_path_get_dirname(target ? target : options->output);
    }
    bool fine = make_folder(options->output, error);
    for (size_t i = 0; i < G_N_ELEMENTS(parts) && !g_strcmp0(options->format, "maildir"); i++) {
        g_autofree char *part = g_build_filename(options->output, parts[i], NULL);
        fine = fine && make_folder(part, error);
    }
    return g_strdup(options->output);
}

static int
export_rows(struct session *session, const struct options_export *options, const char *what,
            const char *text, const struct query *query)
{
    g_autoptr(GError) error = NULL;
    struct listing listing = {.query = query};
    if (!cli_has_store(session))
        return STATUS_NOTHING;
    g_autoptr(GPtrArray) rows = listing_rows(session->store, &listing, 0, -1, &error);
    if (!rows)
        return cli_fail(error);
    return g_str_equal(what, "state") ? export_marks(session->store, options, rows)
           : options->split           ? export_split(session->store, options, rows)
                                      : export_articles(session->store, options, text, rows);
}

int
cli_export(struct context *context, int argc, char **argv)
{
    AUTO(options_export_clear) struct options_export options = {0};
    int status;
    if (!command_parse(context, COMMAND_EXPORT, &options, &argc, &argv, &status))
        return status;
    g_autoptr(GError) error = NULL;
    g_autofree char *text = argc > 1 ? query_from_arguments(argc, argv) : g_strdup("");
    const char *what = what_of(&options, text);
    if (!cli_choice(COMMAND_EXPORT, "what", options.what) ||
        !cli_choice(COMMAND_EXPORT, "format", options.format) ||
        !cli_choice(COMMAND_EXPORT, "split", options.split) || !is_possible(&options, what, text))
        return STATUS_USAGE;
    bool sources = g_str_equal(what, "sources");
    AUTO(query_free)
    struct query *query =
        sources || !query_is_needed(text, &error) ? NULL : query_parse(text, clock_now(), &error);
    if (error)
        return cli_fail(error);
    g_autofree char *folder = folder_of(&options, &error);
    if (error) {
        message_error("%s", error->message);
        return STATUS_STORE;
    }
    AUTO(session_close) struct session *session = cli_session_writing(context, folder, &status);
    if (!session)
        return status;
    return sources ? export_sources(session, &options)
                   : export_rows(session, &options, what, text, query);
}
