/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `crier import`: subscriptions and marks out of another reader's file.  crier-parser reads it
 * behind its fence, and crier-worker the database that newsboat has; what they say is checked once
 * more, line by line.
 */
#include "config.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/message.h"
#include "base/status.h"
#include "base/url.h"
#include "cli/cli.h"
#include "config/mark-line.h"
#include "config/outline.h"
#include "config/urls.h"
#include "reader/child.h"
#include "reader/known-address.h"
#include "reader/outside.h"
#include "store/early-marks.h"
#include "store/exchange.h"
#include "store/query.h"

#include <string.h>

#define MAX_SAID (256u << 20) /* bytes of what was read */

/* What the parser printed, as outlines. */
static GPtrArray *
take_outlines(const char *said)
{
    GPtrArray *outlines = outlines_new();
    g_auto(GStrv) lines = g_strsplit(said, "\n", -1);
    for (char **line = lines; *line && outlines->len < OUTLINES_MAX; line++) {
        struct outline *outline = **line ? outline_from_json(*line) : NULL;
        if (outline)
            g_ptr_array_add(outlines, outline);
    }
    return outlines;
}

/* The user's own tags, and whether a saved query is one. */
static void
complete(struct outline *outline, char *const *tags)
{
    if (!g_str_has_prefix(outline->url, "query:")) {
        for (char *const *tag = tags; tag && *tag; tag++) {
            g_autofree char *decoded = message_decode_argument(*tag);
            outline_add_tag(outline, decoded);
        }
        return;
    }
    const char *title = outline->url + strlen("query:"), *colon = strchr(title, ':');
    g_autoptr(GError) error = NULL;
    struct query *query = colon ? query_parse(colon + 1, clock_now(), &error) : NULL;
    if (query)
        query_free(query);
    if (error)
        outline_refuse(outline, "%s", error->message);
}

/* --- what is there by another name ---------------------------------------------------------- */

/* Whether it subscribes to an address, be it by rules for its page. */
static bool
adds_address(const struct outline *outline)
{
    return outline->outcome == OUTLINE_ADDED && url_is_web(outline->url);
}

/* The subscriptions with the portals that outlines add. */
static struct urls *
urls_with_portals(const struct session *session, const GPtrArray *outlines)
{
    const char *config_dir = session->context->config_dir;
    g_autofree char *path = g_build_filename(config_dir, "urls", NULL),
                    *old = urls_read(path, NULL);
    g_autoptr(GString) text = g_string_new(old);
    for (guint i = 0; i < outlines->len; i++) {
        const struct outline *outline = g_ptr_array_index(outlines, i);
        if (outline->outcome != OUTLINE_ADDED || outline->file ||
            !g_str_has_prefix(outline->url, "portal:"))
            continue;
        g_autofree char *line = outline_line(outline);
        g_string_append_printf(text, "\n%s", line);
    }
    struct urls *urls = urls_parse(config_dir, path, text->str);
    urls_add_system(urls, config_dir, NULL);
    return urls;
}

static void
known_free(gpointer known)
{
    if (known)
        known_address_free(known);
}

/*
 * What portals have at the addresses that outlines add: owned struct known_address *, or NULL.
 * What crier has exported was chosen beside the other lines there, and for what the catalogue has.
 */
static GPtrArray *
find_known(const struct session *session, const GPtrArray *outlines)
{
    GPtrArray *all = g_ptr_array_new_with_free_func(known_free);
    AUTO(urls_free) struct urls *urls = NULL;
    AUTO(known_places_free) struct known_places *there = NULL;
    AUTO(known_places_free) struct known_places *anywhere = NULL;
    g_ptr_array_set_size(all, (int)outlines->len);
    for (guint i = 0; i < outlines->len; i++) {
        const struct outline *outline = g_ptr_array_index(outlines, i);
        if (!adds_address(outline))
            continue;
        if (outline->own && !there)
            there = known_places_new(session->urls, NULL);
        if (!outline->own && !anywhere) {
            urls = urls_with_portals(session, outlines);
            anywhere = known_places_new(urls, session->context->config_dir);
        }
        all->pdata[i] = known_places_find(outline->own ? there : anywhere, outline->url);
    }
    return all;
}

static void
say_known(const char *address, const struct known_address *known)
{
    g_autofree char *shown = url_public(address);
    if (!known->name)
        return;
    if (known->subscribed)
        cli_say_twice(address, known);
    else
        message_warning(_("the catalogue has '%s': 'crier add %s' subscribes to %s"), shown,
                        known->line + strlen("portal:"), known->name);
}

/* --- subscriptions ------------------------------------------------------------------------- */

/* A line an outline; known: of each what portals have there, or NULL; an exit status. */
static int
report(const GPtrArray *outlines, const GPtrArray *known)
{
    guint counts[] = {0, 0, 0};
    for (guint i = 0; i < outlines->len; i++) {
        const struct outline *outline = g_ptr_array_index(outlines, i);
        g_autofree char *url = url_shown(outline->url);
        if (known->pdata[i])
            say_known(outline->url, known->pdata[i]);
        if (outline->file) {
            print_textf(stdout, _("added: %s, by the portal file '%s.portal'\n"), url,
                        outline->file);
            counts[OUTLINE_ADDED]++;
            continue;
        }
        counts[outline->outcome]++;
        if (outline->outcome == OUTLINE_ADDED)
            print_textf(stdout, _("added: %s\n"), url);
        else if (outline->outcome == OUTLINE_PRESENT)
            print_textf(stdout, _("present: %s\n"), url);
        else
            print_textf(stdout, _("refused: %s: %s\n"), url, outline->why);
    }
    return counts[OUTLINE_REFUSED]  ? STATUS_SOME
           : !counts[OUTLINE_ADDED] ? STATUS_NOTHING
                                    : STATUS_OK;
}

/* Says first what comes of each, and then does it: nothing is written of what cannot be. */
static int
import_outlines(struct session *session, const struct options_import *options, const char *said,
                const char *name)
{
    g_autoptr(GError) error = NULL;
    const char *config_dir = session->context->config_dir;
    g_autoptr(GPtrArray) outlines = take_outlines(said);
    for (guint i = 0; i < outlines->len; i++)
        complete(g_ptr_array_index(outlines, i), options->tag);
    if (!urls_import(config_dir, outlines, true, &error))
        return cli_fail(error);
    g_autoptr(GPtrArray) known = find_known(session, outlines);
    if (!options->dry_run &&
        (!outside_import(config_dir, outlines, &error) || !session_follow(session, &error)))
        return cli_fail(error);
    if (!outlines->len)
        message_error(_("there are no subscriptions in '%s'"), name);
    return report(outlines, known);
}

/* --- marks --------------------------------------------------------------------------------- */

struct tally {
    /* articles; fresh: of which nothing waited before; missing: of which nothing can */
    guint changed, known, waiting, fresh, missing;
};

static void
add_change(GArray *changes, int64_t article, enum mark mark, const char *tag)
{
    const struct mark_change change = {
        .article = article, .mark = mark, .on = true, .tag = tag ? g_intern_string(tag) : NULL};
    g_array_append_val(changes, change);
}

/*
 * What a line adds to the marks of its article: nothing that is marked here is taken away.  One
 * that is not there yet gets them when it comes.
 */
static bool
take_marks(struct store *store, const struct mark_line *line, GArray *changes, bool dry,
           struct tally *tally, GError **error)
{
    int64_t article = exchange_find(store, line->source, line->id, line->link);
    if (!article) {
        bool fresh = false, any = line->read || line->starred || *line->tags;
        if (!early_marks_are_kept(store)) {
            tally->missing++;
            return true;
        }
        tally->waiting += any;
        if (any && !early_marks_add(store, line, clock_now(), dry, &fresh, error))
            return false;
        tally->fresh += fresh;
        return true;
    }
    AUTO(article_row_free) struct article_row *row = listing_article(store, article, error);
    if (!row)
        return false;
    guint before = changes->len;
    if (line->read && row->unread)
        add_change(changes, article, MARK_READ, NULL);
    if (line->starred && !row->starred)
        add_change(changes, article, MARK_STARRED, NULL);
    for (char **tag = line->tags; *tag; tag++)
        if (!g_strv_contains((const char *const *)row->tags, *tag))
            add_change(changes, article, MARK_TAG, *tag);
    *(changes->len > before ? &tally->changed : &tally->known) += 1;
    return true;
}

/* Every line, in the transaction that is open; dry: only looks. */
static bool
take_all_marks(struct store *store, const char *said, bool dry, struct tally *tally, GError **error)
{
    g_autoptr(GArray) changes = g_array_new(FALSE, FALSE, sizeof(struct mark_change));
    for (const char *p = said; *p;) {
        gsize length = strcspn(p, "\n");
        g_autofree char *text = g_strndup(p, length);
        p += length + (p[length] == '\n');
        AUTO(mark_line_free) struct mark_line *line = mark_line_from_json(text);
        if (line && !take_marks(store, line, changes, dry, tally, error))
            return false;
    }
    for (guint i = 0; i < changes->len && !dry; i++)
        if (!marks_put(store, &g_array_index(changes, struct mark_change, i), error))
            return false;
    return true;
}

/* All of them or none; an exit status. */
static int
import_marks(struct session *session, const struct options_import *options, const char *said)
{
    g_autoptr(GError) error = NULL;
    struct tally tally = {0};
    if (!cli_has_store(session))
        return STATUS_NOTHING;
    struct store *store = session->store;
    bool dry = options->dry_run;
    if (!dry && !store_begin(store, &error))
        return cli_fail(error);
    bool done = take_all_marks(store, said, dry, &tally, &error);
    if (!dry && !done)
        store_rollback(store);
    if (!done || (!dry && !store_commit(store, &error)))
        return cli_fail(error);
    if (tally.missing)
        print_textf(stdout, _("articles marked: %u, as they were: %u, not in the store: %u\n"),
                    tally.changed, tally.known, tally.missing);
    else
        print_textf(stdout, _("articles marked: %u, as they were: %u, marked when they come: %u\n"),
                    tally.changed, tally.known, tally.waiting);
    return tally.changed || tally.fresh ? STATUS_OK : STATUS_NOTHING;
}

/* --- the command --------------------------------------------------------------------------- */

/* Of two: what was refused, else what was done, else nothing. */
static int
worse(int a, int b)
{
    return a == STATUS_NOTHING ? b : b == STATUS_NOTHING ? a : MAX(a, b);
}

/* The files that are read. */
struct files {
    char *list, *cache; /* cache: newsboat's, or NULL */
    const char *format;
};

static void
files_clear(struct files *files)
{
    g_free(files->list);
    g_free(files->cache);
}
DEFINE_AUTO_CLEAR(files, files_clear)

/* Those that were named, or what lies in newsboat's folder. */
static void
find_files(const struct options_import *options, const char *name, struct files *files)
{
    bool folder = g_file_test(name, G_FILE_TEST_IS_DIR) &&
                  (!options->format || g_str_equal(options->format, "auto") ||
                   g_str_equal(options->format, "newsboat"));
    *files = (struct files){folder ? g_build_filename(name, "urls", NULL) : g_strdup(name),
                            g_strdup(options->newsboat_cache),
                            folder            ? "newsboat"
                            : options->format ? options->format
                                              : "auto"};
    g_autofree char *cache = g_build_filename(name, "cache.db", NULL);
    if (folder && !files->cache && g_file_test(cache, G_FILE_TEST_IS_REGULAR))
        files->cache = g_steal_pointer(&cache);
}

/* What the file, and the cache if there is one, are to the programs that may read them. */
static int
read_all(struct context *context, const struct files *files, GByteArray *said, GByteArray *cache)
{
    int status = child_capture(
        context, "crier-parser",
        (char *[]){(char *)"outlines", (char *)files->format, files->list, NULL}, MAX_SAID, said);
    if (status != STATUS_OK || !files->cache)
        return status;
    return child_capture(context, "crier-worker",
                         (char *[]){(char *)"newsboat-cache", files->cache, NULL}, MAX_SAID, cache);
}

int
cli_import(struct context *context, int argc, char **argv)
{
    AUTO(options_import_clear) struct options_import options = {0};
    int status;
    if (!command_parse(context, COMMAND_IMPORT, &options, &argc, &argv, &status))
        return status;
    if (argc != 2) {
        message_error(_("'%s' takes one file"), "import");
        return STATUS_USAGE;
    }
    if (!cli_choice(COMMAND_IMPORT, "format", options.format))
        return STATUS_USAGE;
    if (!outside_begin(context))
        return STATUS_INTERNAL;
    g_autoptr(GByteArray) said = g_byte_array_new(), cache = g_byte_array_new();
    AUTO(files_clear) struct files files;
    find_files(&options, argv[1], &files);
    status = read_all(context, &files, said, cache);
    if (status != STATUS_OK)
        return status;
    AUTO(session_close) struct session *session = cli_session(context, !options.dry_run, &status);
    if (!session)
        return status;
    const char *text = (const char *)said->data;
    status = g_str_has_prefix(text, MARK_LINE_FORMAT)
                 ? import_marks(session, &options, text)
                 : import_outlines(session, &options, text, files.list);
    if (files.cache && (status <= STATUS_SOME || status == STATUS_NOTHING))
        status = worse(status, import_marks(session, &options, (const char *)cache->data));
    return status;
}
