/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The roles of the reader's starter, and how they are asked: what is to be written comes by a pipe,
 * and another takes the answer.
 */
#include "config.h"

#include "reader/outside.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/message.h"
#include "base/number.h"
#include "base/status.h"
#include "base/wire.h"
#include "config/command.h"
#include "config/keyfile.h"
#include "config/outline.h"
#include "config/urls.h"
#include "fence/fence.h"
#include "fence/starter.h"
#include "reader/child.h"
#include "reader/outside-answer.h"
#include "reader/outside-browser.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define MAX_FILE     (1u << 30)
#define FEW_FILES    256 /* more than a process without a starter has open */
#define MAX_OUTLINES (2 * OUTLINES_MAX_BYTES)

enum role {
    ROLE_WORKER,
    ROLE_BROWSER,
    ROLE_SAVE,
    ROLE_COPY,
    ROLE_NAMES,
    ROLE_URLS,
    ROLE_HOOK,
    ROLE_PROGRAM,
    ROLE_TERMINAL
};

/* Set once, before there is a fence. */
static struct starter *starter;

/* --- files -------------------------------------------------------------------------------- */

/* Whether a part of the path is hidden; what leads to the home folder may be. */
static bool
is_hidden(const char *path)
{
    const char *home = g_get_home_dir();
    gsize length = strlen(home);
    bool below = g_str_has_prefix(path, home) &&
                 (path[length] == '/' || g_str_has_suffix(home, "/"));
    return strstr(below ? path + length : path, "/.") != NULL;
}

/*
 * A new file, by its own name and by where links lead, that is not hidden.  Never one that is
 * there: whoever has taken over the reader could have any file of the user's replaced.
 */
static bool
may_be_written(const char *path, GError **error)
{
    g_autofree char *whole = g_canonicalize_filename(path, NULL), *target = file_target(path);
    if (g_file_test(path, G_FILE_TEST_EXISTS))
        g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_EXIST, _("'%s' exists already"), path);
    else if (is_hidden(whole) || (target && is_hidden(target)))
        g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_PERM,
                    _("cannot write '%s': nothing is saved under names that begin with a dot"),
                    path);
    else
        return true;
    return false;
}

static bool
save(const char *path, const void *bytes, gsize length, GError **error)
{
    g_autoptr(GError) why = NULL;
    if (!may_be_written(path, error))
        return false;
    if (file_replace(path, length ? bytes : "", length, file_public_mode(), &why))
        return true;
    g_set_error(error, G_FILE_ERROR, why->code, _("cannot write '%s': %s"), path, why->message);
    return false;
}

static char *
save_copy(const char *name, const void *bytes, gsize length, GError **error)
{
    g_autofree char *plain = g_path_get_basename(name);
    g_autofree char *folder = g_dir_make_tmp(OUTSIDE_COPY "XXXXXX", error);
    if (!folder)
        return NULL;
    g_autofree char *path = g_build_filename(folder, plain, NULL);
    g_autoptr(GError) why = NULL;
    if (file_replace(path, length ? bytes : "", length, file_public_mode(), &why))
        return g_steal_pointer(&path);
    g_set_error(error, G_FILE_ERROR, why->code, _("cannot write '%s': %s"), path, why->message);
    return NULL;
}

static int
be_saver(const GPtrArray *arguments, const int *fds, guint count, gpointer data)
{
    (void)data;
    if (count != 2 || arguments->len != 1)
        return STATUS_INTERNAL;
    g_autoptr(GByteArray) bytes = outside_read(fds[0], MAX_FILE);
    g_autoptr(GError) error = NULL;
    save(g_ptr_array_index(arguments, 0), bytes->data, bytes->len, &error);
    return outside_answer(fds[1], error, NULL);
}

static int
be_copier(const GPtrArray *arguments, const int *fds, guint count, gpointer data)
{
    (void)data;
    if (count != 2 || arguments->len != 1)
        return STATUS_INTERNAL;
    g_autoptr(GByteArray) bytes = outside_read(fds[0], MAX_FILE);
    g_autoptr(GError) error = NULL;
    g_autofree char *path =
        save_copy(g_ptr_array_index(arguments, 0), bytes->data, bytes->len, &error);
    return outside_answer(fds[1], error, path);
}

#define MOST_NAMES 2000 /* of a folder */

static gint
compare_names(gconstpointer a, gconstpointer b)
{
    return g_utf8_collate(*(const char *const *)a, *(const char *const *)b);
}

/*
 * What lies in a folder, a name a line, "NAME/" of a folder; newly allocated.  Hidden ones are not
 * told of, since nothing may be saved there.
 */
static char *
names_in(const char *folder)
{
    g_autofree char *whole = g_canonicalize_filename(folder, NULL), *target = file_target(folder);
    g_autoptr(GDir) dir =
        is_hidden(whole) || (target && is_hidden(target)) ? NULL : g_dir_open(folder, 0, NULL);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    const char *name;
    while (dir && names->len < MOST_NAMES && (name = g_dir_read_name(dir))) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (*name != '.' && !strpbrk(name, "\n\r") && g_utf8_validate(name, -1, NULL))
            g_ptr_array_add(
                names, g_strconcat(name, g_file_test(path, G_FILE_TEST_IS_DIR) ? "/" : "", NULL));
    }
    g_ptr_array_sort(names, compare_names);
    g_ptr_array_add(names, NULL);
    return g_strjoinv("\n", (char **)names->pdata);
}

static int
be_lister(const GPtrArray *arguments, const int *fds, guint count, gpointer data)
{
    (void)data;
    if (count != 2 || arguments->len != 1)
        return STATUS_INTERNAL;
    g_autofree char *names = names_in(g_ptr_array_index(arguments, 0));
    return outside_answer(fds[1], NULL, names);
}

/* --- the worker, whose downloads are files too -------------------------------------------- */

#define BESIDE 10 /* added to the niceness of what goes on while somebody reads */

/* No option but those that the reader gives: others lead to other stores and configurations. */
static bool
has_known_options(const GPtrArray *arguments)
{
    static const char *const options[] = {"--all", "--progress=json", "--wait", NULL};
    for (guint i = 1; i < arguments->len; i++) {
        const char *argument = g_ptr_array_index(arguments, i);
        if (*argument == '-' && !g_strv_contains(options, argument))
            return false;
    }
    return true;
}

/* The command is one that the reader has run; a file that it writes is one that may be saved. */
static int
be_worker(const GPtrArray *arguments, const int *fds, guint count, gpointer data)
{
    static const char *const commands[] = {"fetch",    "discover", "article",
                                           "download", "pictures", NULL};
    static const char *const formats[] = {"table", "json", NULL};
    const char *command = arguments->len ? g_ptr_array_index(arguments, 0) : "";
    g_autoptr(GError) error = NULL;
    gint64 since;
    setpgid(0, 0); /* who ends a program on the terminal does not end a fetch */
    if (g_str_equal(command, "fetch") || g_str_equal(command, "sync"))
        (void)nice(BESIDE); /* it takes what keys leave of the processors */
    if (count == 3 && arguments->len == 2 && g_str_equal(command, "watch") &&
        number_parse(g_ptr_array_index(arguments, 1), 0, G_MAXINT64, &since))
        return child_become_watches(data, since, fds);
    if (count == 3 && arguments->len == 2 && g_str_equal(command, "sync") &&
        g_strv_contains(formats, g_ptr_array_index(arguments, 1)))
        return child_become_sync(data, g_ptr_array_index(arguments, 1), fds);
    if (count != 3 || !g_strv_contains(commands, command) || !has_known_options(arguments))
        return STATUS_INTERNAL;
    if (g_str_equal(command, "download") &&
        (arguments->len != 3 || !may_be_written(g_ptr_array_index(arguments, 2), &error))) {
        g_autofree char *line = g_strdup_printf("crier: %s\n", error ? error->message : command);
        file_write_all(fds[1], line, strlen(line));
        file_write_all(fds[2], COMMAND_BEGIN COMMAND_END, strlen(COMMAND_BEGIN COMMAND_END));
        return STATUS_SOME;
    }
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    for (guint i = 0; i < arguments->len; i++)
        g_ptr_array_add(words, g_ptr_array_index(arguments, i));
    g_ptr_array_add(words, NULL);
    return child_become_worker(data, (const char *const *)words->pdata, fds);
}

/* --- subscriptions ------------------------------------------------------------------------ */

/* Lines of JSON, which are lines of `urls` only when that says so. */
static int
import(const int *fds, const char *folder)
{
    g_autoptr(GByteArray) bytes = outside_read(fds[0], MAX_OUTLINES);
    g_autoptr(GPtrArray) outlines = outlines_new();
    g_autoptr(GError) error = NULL;
    g_byte_array_append(bytes, (const guint8 *)"", 1);
    g_auto(GStrv) lines = g_strsplit((const char *)bytes->data, "\n", -1);
    for (char **line = lines; *line && outlines->len < OUTLINES_MAX; line++) {
        struct outline *outline = **line ? outline_from_json(*line) : NULL;
        if (outline)
            g_ptr_array_add(outlines, outline);
    }
    urls_import(folder, outlines, false, &error);
    return outside_answer(fds[1], error, NULL);
}

/* Of two texts, one behind the other, the first is `length` bytes long. */
static int
exchange(const int *fds, const char *folder, const char *length)
{
    g_autoptr(GByteArray) bytes = outside_read(fds[0], MAX_OUTLINES);
    g_autoptr(GError) error = NULL;
    gint64 first;
    bool done = false;
    if (!number_parse(length, 0, bytes->len, &first))
        return STATUS_INTERNAL;
    g_autofree char *old = g_strndup((const char *)bytes->data, (gsize)first);
    g_byte_array_append(bytes, (const guint8 *)"", 1);
    urls_exchange(folder, old, (const char *)bytes->data + first, &done, &error);
    return outside_answer(fds[1], error, done ? "done" : NULL);
}

static int
be_editor(const GPtrArray *arguments, const int *fds, guint count, gpointer data)
{
    const struct context *context = data;
    const char *folder = context->config_dir;
    g_autoptr(GError) error = NULL;
    if (count == 2 && arguments->len == 1)
        return import(fds, folder);
    if (count == 2 && arguments->len == 2)
        return exchange(fds, folder, g_ptr_array_index(arguments, 1));
    if (count != 2 || arguments->len < 3)
        return STATUS_INTERNAL;
    g_auto(GStrv) words = g_new0(char *, arguments->len + 1);
    for (guint i = 0; i < arguments->len; i++)
        words[i] = g_strdup(g_ptr_array_index(arguments, i));
    if (g_str_equal(words[0], "append"))
        urls_append(folder, words[1], *words[2] ? words[2] + 1 : NULL, words + 3, &error);
    else if (g_str_equal(words[0], "query"))
        urls_append_query(folder, words[1], words[2], &error);
    else
        urls_remove(folder, words + 2, &error);
    return outside_answer(fds[1], error, NULL);
}

/* --- asking ------------------------------------------------------------------------------- */

static starter_role *const roles[] = {
    [ROLE_WORKER] = be_worker,
    [ROLE_BROWSER] = outside_be_browser,
    [ROLE_SAVE] = be_saver,
    [ROLE_COPY] = be_copier,
    [ROLE_NAMES] = be_lister,
    [ROLE_URLS] = be_editor,
    [ROLE_HOOK] = outside_be_hook,
    [ROLE_PROGRAM] = outside_be_program,
    [ROLE_TERMINAL] = outside_be_terminal_program,
};

static void
end(void)
{
    starter_free(starter);
    starter = NULL;
}

bool
outside_begin(struct context *context)
{
    const struct starter_roles table = {
        .roles = roles,
        .count = G_N_ELEMENTS(roles),
        .data = context,
        /* a reader that quits at once has asked for it all the same */
        .held = (1u << ROLE_BROWSER) | (1u << ROLE_PROGRAM)};
    if (starter || fence_is_off())
        return true;
    starter = starter_new(&table);
    if (!starter)
        message_error(_("cannot start '%s': %s"), "crier-starter", g_strerror(errno));
    else
        atexit(end);
    return starter != NULL;
}

bool
outside_is_ready(void)
{
    return starter != NULL;
}

static void
put_bytes(int fd, const void *bytes, gsize length)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
    sigaction(SIGPIPE, &ignore, &before);
    file_write_all(fd, bytes, length);
    sigaction(SIGPIPE, &before, NULL);
}

int
outside_wait(pid_t child)
{
    int status = 0;
    if (starter)
        return starter_wait(starter, child);
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    return status;
}

/* As the starter does: the end of a pipe that the child would hold itself never comes. */
static void
close_others(const int *fds, guint count)
{
    for (int fd = STDERR_FILENO + 1; fd < FEW_FILES; fd++) {
        bool given = false;
        for (guint i = 0; i < count; i++)
            given |= fds[i] == fd;
        if (!given)
            close(fd);
    }
}

/* A child in a role; where there is no starter, of this process, with that context. */
static pid_t
start(enum role role, const GPtrArray *arguments, const int *fds, guint count,
      struct context *context, char **why)
{
    if (starter)
        return starter_start(starter, role, arguments, fds, count, why);
    pid_t pid = fork();
    if (pid == 0) {
        close_others(fds, count);
        _exit(roles[role](arguments, fds, count, context));
    }
    if (pid < 0)
        *why = g_strdup(g_strerror(errno));
    return pid;
}

/* Has a role done; what it made goes to *text, newly allocated, where that is not NULL. */
static bool
ask_with(enum role role, struct context *context, const GPtrArray *arguments, const void *bytes,
         gsize length, char **text, GError **error)
{
    int in[2], out[2];
    g_autofree char *why = NULL;
    if (!g_unix_open_pipe(in, FD_CLOEXEC, error))
        return false;
    if (!g_unix_open_pipe(out, FD_CLOEXEC, error)) {
        close(in[0]);
        close(in[1]);
        return false;
    }
    const int fds[] = {in[0], out[1]};
    pid_t pid = start(role, arguments, fds, G_N_ELEMENTS(fds), context, &why);
    close(in[0]);
    close(out[1]);
    if (pid > 0)
        put_bytes(in[1], bytes, length);
    close(in[1]);
    g_autoptr(GByteArray) said = outside_read(out[0], OUTSIDE_ANSWER);
    close(out[0]);
    if (pid > 0) {
        outside_wait(pid);
        return outside_take_answer(said, text, error);
    }
    g_set_error(error, CHILD_ERROR, CHILD_ERROR_START, _("cannot start '%s': %s"), "crier", why);
    return false;
}

static bool
ask(enum role role, const GPtrArray *arguments, const void *bytes, gsize length, char **text,
    GError **error)
{
    return ask_with(role, NULL, arguments, bytes, length, text, error);
}

static bool
ask_one(enum role role, const char *argument, const void *bytes, gsize length, char **text,
        GError **error)
{
    g_autoptr(GPtrArray) arguments = g_ptr_array_new();
    g_ptr_array_add(arguments, (gpointer)argument);
    return ask(role, arguments, bytes, length, text, error);
}

pid_t
outside_start_worker(const char *const *arguments, const int fds[3], char **why)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    for (const char *const *word = arguments; *word; word++)
        g_ptr_array_add(words, (gpointer)*word);
    return starter_start(starter, ROLE_WORKER, words, fds, 3, why);
}

void
outside_signal(pid_t worker, int number)
{
    starter_signal(starter, worker, number);
}

/* Has a role begin whose answer comes later; its end is taken by outside_end(). */
static pid_t
begin(enum role role, struct context *context, const GPtrArray *arguments, int *answer,
      GError **error)
{
    int out[2];
    g_autofree char *why = NULL;
    if (!g_unix_open_pipe(out, FD_CLOEXEC, error))
        return -1;
    const int fds[] = {out[1], out[1]};
    pid_t pid = start(role, arguments, fds, G_N_ELEMENTS(fds), context, &why);
    close(out[1]);
    *answer = out[0];
    if (pid > 0)
        return pid;
    close(out[0]);
    g_set_error(error, CHILD_ERROR, CHILD_ERROR_START, _("cannot start '%s': %s"), "crier", why);
    return -1;
}

pid_t
outside_show_url(struct context *context, const char *command, const char *url, bool terminal,
                 int *answer, GError **error)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    g_ptr_array_add(words, (gpointer)command);
    g_ptr_array_add(words, (gpointer)url);
    g_ptr_array_add(words, (char *)(terminal ? "terminal" : ""));
    return begin(ROLE_BROWSER, context, words, answer, error);
}

bool
outside_end(pid_t pid, int answer, GError **error)
{
    g_autoptr(GByteArray) said = outside_read(answer, OUTSIDE_ANSWER);
    close(answer);
    outside_wait(pid);
    return outside_take_answer(said, NULL, error);
}

struct problem *
outside_run_hook(struct context *context, const struct watch_rule *rule, enum outside_hook kind,
                 guint hits, const char *text, GError **error)
{
    gsize length = strlen(text);
    if (!starter)
        return outside_hook_run(context, rule, kind, hits, text, length);
    g_autofree char *number = g_strdup_printf("%d", (int)kind),
                    *count = g_strdup_printf("%u", hits), *said = NULL;
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    g_ptr_array_add(words, rule->name);
    g_ptr_array_add(words, number);
    g_ptr_array_add(words, count);
    if (!ask(ROLE_HOOK, words, text, length, &said, error))
        return NULL;
    return said && *said ? problem_parse(said) : NULL;
}

pid_t
outside_start_program(struct context *context, const struct program_call *call, const int fds[4],
                      char **why)
{
    g_autoptr(GPtrArray) words = program_call_words(call);
    return start(ROLE_PROGRAM, words, fds, 4, context, why);
}

bool
outside_run_on_terminal(struct context *context, const struct program_call *call, const void *bytes,
                        gsize length, bool *ran, GError **error)
{
    g_autoptr(GPtrArray) words = program_call_words(call);
    g_autofree char *said = NULL;
    bool fine = ask_with(ROLE_TERMINAL, context, words, bytes, length, &said, error);
    *ran = said && *said;
    return fine;
}

bool
outside_save(const char *path, const void *bytes, gsize length, GError **error)
{
    return starter ? ask_one(ROLE_SAVE, path, bytes, length, NULL, error)
                   : save(path, bytes, length, error);
}

char **
outside_names(const char *folder)
{
    g_autofree char *names = NULL;
    if (!starter)
        names = names_in(folder);
    else if (!ask_one(ROLE_NAMES, folder, NULL, 0, &names, NULL))
        return NULL;
    g_auto(GStrv) all = g_strsplit(names && *names ? names : "", "\n", -1);
    return g_steal_pointer(&all);
}

char *
outside_save_copy(const char *name, const void *bytes, gsize length, GError **error)
{
    char *path = NULL;
    if (!starter)
        return save_copy(name, bytes, length, error);
    return ask_one(ROLE_COPY, name, bytes, length, &path, error) ? path : NULL;
}

bool
outside_subscribe(const char *config_dir, const char *url, const char *title, char *const *tags,
                  GError **error)
{
    if (!starter)
        return urls_append(config_dir, url, title, tags, error);
    g_autofree char *stated = title ? g_strconcat("=", title, NULL) : g_strdup("");
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    g_ptr_array_add(words, (gpointer) "append");
    g_ptr_array_add(words, (gpointer)url);
    g_ptr_array_add(words, stated);
    for (char *const *tag = tags; tag && *tag; tag++)
        g_ptr_array_add(words, *tag);
    return ask(ROLE_URLS, words, NULL, 0, NULL, error);
}

bool
outside_save_query(const char *config_dir, const char *title, const char *query, GError **error)
{
    if (!starter)
        return urls_append_query(config_dir, title, query, error);
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    g_ptr_array_add(words, (gpointer) "query");
    g_ptr_array_add(words, (gpointer)title);
    g_ptr_array_add(words, (gpointer)query);
    return ask(ROLE_URLS, words, NULL, 0, NULL, error);
}

bool
outside_import(const char *config_dir, const GPtrArray *outlines, GError **error)
{
    if (!starter)
        return urls_import(config_dir, outlines, false, error);
    g_autoptr(GString) lines = g_string_new(NULL);
    for (guint i = 0; i < outlines->len; i++) {
        const struct outline *outline = g_ptr_array_index(outlines, i);
        g_autofree char *line = outline->outcome == OUTLINE_ADDED ? outline_to_json(outline) : NULL;
        g_string_append(lines, line ? line : "");
    }
    return ask_one(ROLE_URLS, "import", lines->str, lines->len, NULL, error);
}

bool
outside_unsubscribe(const char *config_dir, char *const *names, GError **error)
{
    if (!starter)
        return urls_remove(config_dir, names, error);
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    g_ptr_array_add(words, (gpointer) "remove");
    g_ptr_array_add(words, (gpointer) "");
    for (char *const *name = names; *name; name++)
        g_ptr_array_add(words, *name);
    return ask(ROLE_URLS, words, NULL, 0, NULL, error);
}

bool
outside_exchange_urls(const char *config_dir, const char *old, const char *text, bool *done,
                      GError **error)
{
    if (!starter)
        return urls_exchange(config_dir, old, text, done, error);
    g_autofree char *length = g_strdup_printf("%zu", strlen(old)),
                    *bytes = g_strconcat(old, text, NULL), *said = NULL;
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    g_ptr_array_add(words, (gpointer) "exchange");
    g_ptr_array_add(words, length);
    bool fine = ask(ROLE_URLS, words, bytes, strlen(bytes), &said, error);
    *done = said && *said;
    return fine;
}
