/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Running a browser.  It keeps the terminal's input and output where it is to have them; what it
 * says on its standard error is kept, to be told if it fails.
 */
#include "config.h"

#include "reader/outside-browser.h"
#include "base/clean.h"
#include "base/i18n.h"
#include "base/status.h"
#include "document/document.h"
#include "fence/starter.h"
#include "reader/outside-answer.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define MAX_WORDS 16384 /* bytes of what a program says that are kept */

/* What the terminal sends to all of its processes is for the browser alone. */
static const int terminal_signals[] = {SIGINT, SIGQUIT, SIGTSTP};

static void
set_signals(void (*handler)(int))
{
    for (size_t i = 0; i < G_N_ELEMENTS(terminal_signals); i++)
        signal(terminal_signals[i], handler);
}

/* terminal: not NULL when it has the terminal; else the terminal's keys are not for it either. */
static void
set_up(gpointer terminal)
{
    set_signals(SIG_DFL);
    starter_let_end();
    if (!terminal)
        setsid();
}

/*
 * A file in memory that does not grow: a program that outlives this one, and says more, has nobody
 * to end it by closing a pipe.  -1: there is none here.
 */
static int
open_words(void)
{
#ifdef F_ADD_SEALS
    int fd = memfd_create("crier-words", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (fd >= 0 && ftruncate(fd, MAX_WORDS) == 0 && fcntl(fd, F_ADD_SEALS, F_SEAL_GROW) == 0)
        return fd;
    if (fd >= 0)
        close(fd);
#endif
    return open("/dev/null", O_RDWR | O_CLOEXEC);
}

/* The last line that was said, without the program's name; newly allocated, may be empty. */
static char *
last_words(int fd, const char *program)
{
    g_autofree char *name = g_path_get_basename(program),
                    *head = g_strconcat(name, ": ", NULL); /* of a program: not translated */
    char said[MAX_WORDS + 1];
    ssize_t got = pread(fd, said, MAX_WORDS, 0);
    said[MAX(got, 0)] = '\0';
    g_strchomp(said);
    const char *line = strrchr(said, '\n');
    g_autofree char *valid = g_utf8_make_valid(line ? line + 1 : said, -1);
    return text_squeeze(valid + (g_str_has_prefix(valid, head) ? strlen(head) : 0), -1);
}

/* The words of a command; in each %u is the address. */
static char **
fill(const char *command, const char *url, GError **error)
{
    char **words;
    if (!g_shell_parse_argv(command, NULL, &words, error))
        return NULL;
    for (char **word = words; *word; word++) {
        g_auto(GStrv) parts = g_strsplit(*word, "%u", -1);
        g_free(*word);
        *word = g_strjoinv(url, parts);
    }
    return words;
}

static void
tell_end(const char *program, int status, const char *words, GError **error)
{
    g_autofree char *colon = *words ? g_strconcat(_(": "), words, NULL) : g_strdup("");
    if (WIFEXITED(status) && WEXITSTATUS(status) != 0)
        g_set_error(error, CHILD_ERROR, CHILD_ERROR_ENDED, _("%s ended with status %d%s"), program,
                    WEXITSTATUS(status), colon);
    else if (WIFSIGNALED(status))
        g_set_error(error, CHILD_ERROR, CHILD_ERROR_ENDED, _("%s was ended by signal %d%s"),
                    program, WTERMSIG(status), colon);
}

/* words: takes its standard error.  0 and error when it cannot start. */
static pid_t
spawn(char **argv, bool terminal, int words, GError **error)
{
    GSpawnFlags flags = G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD |
                        (terminal ? G_SPAWN_CHILD_INHERITS_STDIN : G_SPAWN_STDOUT_TO_DEV_NULL);
    pid_t pid = 0;
    g_spawn_async_with_fds(NULL, argv, NULL, flags, set_up, GINT_TO_POINTER(terminal), &pid, -1, -1,
                           words, error);
    return pid;
}

void
outside_browser_missing(const char *program, GError **error)
{
    g_set_error(error, CHILD_ERROR, CHILD_ERROR_START, _("cannot start '%s': %s"), program,
                _("there is no such program"));
}

static bool
is_there(const char *program)
{
    g_autofree char *path = g_find_program_in_path(program);
    return path != NULL;
}

char *
outside_browser_program(const char *command)
{
    /* a machine may have no xdg-open, and a browser of the terminal all the same */
    static const char *const others[] = {"w3m", "lynx", "elinks", "links2", "links"};
    g_auto(GStrv) words = NULL;
    if (!g_shell_parse_argv(command, NULL, &words, NULL))
        return NULL;
    if (is_there(words[0]))
        return g_strdup(words[0]);
    bool chosen = !g_str_equal(command, settings_table[SETTING_UI_BROWSER].fallback);
    for (gsize i = 0; i < G_N_ELEMENTS(others) && !chosen; i++)
        if (is_there(others[i]))
            return g_strdup(others[i]);
    return NULL;
}

/* The words of what runs for a command: its own, or those of what stands in for it. */
static char **
words_of(const char *command, const char *url, bool terminal, GError **error)
{
    g_auto(GStrv) own = fill(command, url, error);
    g_autofree char *program = own ? outside_browser_program(command) : NULL;
    if (!own || (program && g_str_equal(program, own[0])))
        return g_steal_pointer(&own);
    if (program && terminal)
        return g_strdupv((char *[]){program, (char *)url, NULL});
    outside_browser_missing(own[0], error);
    return NULL;
}

/* Runs the program and waits for its end. */
static void
run(const char *command, const char *url, bool terminal, GError **error)
{
    g_auto(GStrv) argv = words_of(command, url, terminal, error);
    g_autoptr(GError) why = NULL;
    if (!argv)
        return;
    int words = open_words(), status = 0;
    set_signals(SIG_IGN);
    pid_t pid = spawn(argv, terminal, words, &why);
    starter_let_end();
    while (pid && waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    g_autofree char *said = last_words(words, argv[0]);
    if (pid)
        tell_end(argv[0], status, said, error);
    else
        g_set_error(error, CHILD_ERROR, CHILD_ERROR_START, _("cannot start '%s': %s"), argv[0],
                    why->message);
    close(words);
}

/* --- the role ------------------------------------------------------------------------------ */

static bool
is_copy(const char *path)
{
    g_autofree char *begin = g_build_filename(g_get_tmp_dir(), OUTSIDE_COPY, NULL);
    return g_str_has_prefix(path, begin) && !strstr(path, "/../") &&
           g_file_test(path, G_FILE_TEST_IS_REGULAR);
}

/* Whether it is the command of the configuration, which nobody can change behind the fence. */
static bool
is_browser(struct context *context, const char *command, GError **error)
{
    if (!context_load(context, error))
        return false;
    if (g_str_equal(command, context->settings->values.ui_browser))
        return true;
    g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_UNKNOWN,
                _("%s can be changed in crier.conf and by --set only"), "ui.browser");
    return false;
}

int
outside_be_browser(const GPtrArray *arguments, const int *fds, guint count, gpointer data)
{
    if (count != 2 || arguments->len != 3)
        return STATUS_INTERNAL;
    const char *command = g_ptr_array_index(arguments, 0), *url = g_ptr_array_index(arguments, 1);
    bool terminal = g_str_equal(g_ptr_array_index(arguments, 2), "terminal");
    g_autofree char *safe = is_copy(url) ? g_strdup(url) : document_safe_url(url);
    g_autoptr(GError) error = NULL;
    if (!safe)
        g_set_error(&error, CONFIG_ERROR, CONFIG_ERROR_UNKNOWN, _("not an address of the web: %s"),
                    url);
    else if (is_browser(data, command, &error))
        run(command, safe, terminal, &error);
    return outside_answer(fds[1], error, NULL);
}
