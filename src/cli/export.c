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
    else if ((options->index || options->gzip) && !options->split)
        message_error(_("--index and --gzip go with --split"));
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
