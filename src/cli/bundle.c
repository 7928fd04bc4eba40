/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `crier bundle`: what is asked for, and the half that comes before `apply`, which the worker does:
 * the signature.  What was verified is what is applied: both are done to a copy, since a file on a
 * medium that was handed over need not stay what it was.
 */
#include "config.h"

#include "cli/bundle.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/message.h"
#include "base/status.h"
#include "reader/child.h"
#include "store/changes.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define PIECE (1 << 20)   /* bytes that are copied at once */
#define STALE (24 * 3600) /* seconds */

static int
fail(const char *format, const char *path)
{
    message_error(format, path, g_strerror(errno));
    return STATUS_USAGE;
}

static bool
copy(int from, int to)
{
    g_autofree char *piece = g_malloc(PIECE);
    gssize got;
    while ((got = file_read_all(from, piece, PIECE)) > 0)
        if (!file_write_all(to, piece, (gsize)got))
            return false;
    return got == 0;
}

/* Copies that a process which was killed has left. */
static void
remove_stale(const char *folder)
{
    gint64 now = g_get_real_time() / G_USEC_PER_SEC;
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir));) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        GStatBuf info;
        if (g_str_has_prefix(name, "bundle.") && g_lstat(path, &info) == 0 &&
            info.st_mtime < now - STALE)
            g_unlink(path);
    }
}

/* A copy that nobody else changes, owned; NULL, reported. */
static char *
copy_of(const char *file)
{
    g_autofree char *folder = g_build_filename(g_get_user_cache_dir(), "crier", NULL),
                    *path = g_build_filename(folder, "bundle.XXXXXX", NULL);
    int from = g_open(file, O_RDONLY | O_CLOEXEC, 0);
    if (from < 0) {
        fail(_("cannot read '%s': %s"), file);
        return NULL;
    }
    g_mkdir_with_parents(folder, 0700);
    remove_stale(folder);
    int to = g_mkstemp_full(path, O_WRONLY | O_CLOEXEC, 0600);
    bool fine = to >= 0 && copy(from, to);
    if (!fine)
        fail(_("cannot write '%s': %s"), path);
    if (!fine && to >= 0)
        g_unlink(path);
    close(from);
    if (to >= 0)
        close(to);
    return fine ? g_steal_pointer(&path) : NULL;
}

/* copy: the worker removes the file, which this process cannot any more behind its fence. */
static int
apply_file(struct context *context, const char *file, const char *shown, bool copy)
{
    g_autofree char *path = g_canonicalize_filename(file, NULL);
    char *arguments[] = {(char *)"bundle",
                         (char *)"apply",
                         path,
                         (char *)shown,
                         (char *)(copy ? "copy" : NULL),
                         NULL};
    return child_run(context, "crier-worker", arguments);
}

static int
apply_verified(struct context *context, const char *file, const struct signature *signature)
{
    g_autofree char *beside = signature_path(signature, file), *own = NULL;
    g_autoptr(GError) error = NULL;
    if (!g_file_test(beside, G_FILE_TEST_EXISTS)) {
        message_error(_("'%s' is not signed: there is no '%s'"), file, beside);
        return STATUS_SOME;
    }
    if (!(own = copy_of(file)))
        return STATUS_USAGE;
    int status = STATUS_SOME;
    if (signature_verify(signature, own, beside, &error))
        status = apply_file(context, own, file, true);
    else
        message_error(_("'%s': %s"), file, error->message);
    g_unlink(own);
    return status;
}

/* The signature that is asked for, by an option or a setting; false, reported. */
static bool
read_signature(const char *option, const char *setting, bool to_verify, struct signature *signature,
               bool *wanted)
{
    g_autoptr(GError) error = NULL;
    const char *text = option ? option : setting;
    *wanted = option || (setting && *setting);
    if (!*wanted || signature_parse(text, to_verify, signature, &error))
        return true;
    message_error("%s", error->message);
    return false;
}

static int
apply(struct context *context, const struct options_bundle *options, const char *file)
{
    AUTO(signature_clear) struct signature signature = {0};
    bool wanted;
    if (!read_signature(options->verify, context->settings->values.bundle_verify, true, &signature,
                        &wanted))
        return STATUS_USAGE;
    return wanted ? apply_verified(context, file, &signature)
                  : apply_file(context, file, file, false);
}

static int
create(struct context *context, const struct options_bundle *options, int argc, char **argv)
{
    AUTO(signature_clear) struct signature signature = {0};
    g_autofree char *query = argc > 3 ? query_from_arguments(argc - 2, argv + 1) : g_strdup("");
    const char *file = argv[argc - 1];
    bool sign;
    if (!options->cursor && !*query) {
        message_error(_(
            "a cursor or a query is needed: crier bundle create --cursor=NAME FILE, crier bundle create all FILE"));
        return STATUS_USAGE;
    }
    if (options->cursor && !cursor_name_is_right(options->cursor)) {
        message_error(
            _("--cursor: '%s' is not a name of a to z, 0 to 9, '.', '_' and '-', of 64 characters at most"),
            options->cursor);
        return STATUS_USAGE;
    }
    if (!read_signature(options->sign, context->settings->values.bundle_sign, false, &signature,
                        &sign))
        return STATUS_USAGE;
    if (sign && g_str_equal(file, "-")) {
        message_error(_("standard output cannot be signed: a file is needed"));
        return STATUS_USAGE;
    }
    return bundle_create(context, options, query, file, sign ? &signature : NULL);
}

int
cli_bundle(struct context *context, int argc, char **argv)
{
    AUTO(options_bundle_clear) struct options_bundle options = {0};
    int status;
    g_autoptr(GError) error = NULL;
    if (!command_parse(context, COMMAND_BUNDLE, &options, &argc, &argv, &status))
        return status;
    bool creates = argc >= 3 && g_str_equal(argv[1], "create"),
         applies = argc == 3 && g_str_equal(argv[1], "apply");
    if ((!creates && !applies) || !*argv[argc - 1] ||
        (applies && (options.cursor || options.sign)) || (creates && options.verify)) {
        message_error(_("'crier bundle' takes create [QUERY] FILE or apply FILE"));
        return STATUS_USAGE;
    }
    if (!context_load(context, &error)) {
        message_error("%s", error->message);
        return STATUS_USAGE;
    }
    return creates ? create(context, &options, argc, argv) : apply(context, &options, argv[2]);
}
