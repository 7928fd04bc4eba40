/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the reader's starter refuses to do for a reader that somebody has taken over. */
#include "config.h"

#include "base/status.h"
#include "config/context.h"
#include "reader/child.h"
#include "reader/outside.h"
#include "unit/kit.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static struct context *context;
static char *folder;

static char *
in_folder(const char *name)
{
    return g_build_filename(folder, name, NULL);
}

static void
test_begin(void)
{
    g_unsetenv("CRIER_TEST_NO_FENCE");
    g_setenv("CRIER_WORKER", "/bin/true", TRUE);
    g_assert_true(outside_begin(context));
    g_assert_true(outside_is_ready());
}

/* The exit status of a worker with these words; /bin/true stands in for it. */
static int
status_of(const char *const *words)
{
    int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
    g_autofree char *why = NULL;
    pid_t worker = outside_start_worker(words, (const int[]){nothing, nothing, nothing}, &why);
    close(nothing);
    g_assert_cmpstr(why, ==, NULL);
    int status = outside_wait(worker);
    g_assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

#define STATUS_FOR(...) status_of((const char *const[]){__VA_ARGS__, NULL})

static void
test_worker(void)
{
    g_assert_cmpint(STATUS_FOR("fetch", "--progress=json", "--all"), ==, 0);
    g_assert_cmpint(STATUS_FOR("discover", "http://a.example/"), ==, 0);
    /* other commands, other places, and settings that would run what they name */
    g_assert_cmpint(STATUS_FOR("reprocess", "all"), ==, STATUS_INTERNAL);
    g_assert_cmpint(STATUS_FOR("fetch", "--store=/elsewhere"), ==, STATUS_INTERNAL);
    g_assert_cmpint(STATUS_FOR("fetch", "--config", "/elsewhere"), ==, STATUS_INTERNAL);
    g_assert_cmpint(STATUS_FOR("discover", "--set=fetch.ca-file=/elsewhere", "http://a.example/"),
                    ==, STATUS_INTERNAL);
    g_assert_cmpint(STATUS_FOR("article", "1", "-v"), ==, STATUS_INTERNAL);
    g_assert_cmpint(STATUS_FOR("watch", "run"), ==, STATUS_INTERNAL);
    g_assert_cmpint(STATUS_FOR("watch", "5", "--config=/elsewhere"), ==, STATUS_INTERNAL);
}

static void
test_download(void)
{
    g_autofree char *plain = in_folder("plan.pdf"), *hidden = in_folder(".profile"),
                    *below = in_folder(".ssh/plan.pdf");
    g_assert_cmpint(STATUS_FOR("download", "http://a.example/f", plain), ==, 0);
    g_assert_cmpint(STATUS_FOR("download", "http://a.example/f", hidden), ==, STATUS_SOME);
    g_assert_cmpint(STATUS_FOR("download", "http://a.example/f", below), ==, STATUS_SOME);
    g_assert_cmpint(STATUS_FOR("download", "http://a.example/f"), ==, STATUS_SOME);
}

static void
test_save(void)
{
    g_autofree char *plain = in_folder("notice.txt"), *hidden = in_folder(".bashrc"), *text = NULL;
    g_autoptr(GError) exists = NULL, refused = NULL;
    g_assert_true(outside_save(plain, "桥", strlen("桥"), NULL));
    g_assert_true(g_file_get_contents(plain, &text, NULL, NULL));
    g_assert_cmpstr(text, ==, "桥");
    g_assert_false(outside_save(plain, "x", 1, &exists));
    g_assert_error(exists, G_FILE_ERROR, G_FILE_ERROR_EXIST);
    g_assert_false(outside_save(hidden, "x", 1, &refused));
    g_assert_error(refused, G_FILE_ERROR, G_FILE_ERROR_PERM);
    g_assert_false(g_file_test(hidden, G_FILE_TEST_EXISTS));
    g_unlink(plain);
}

static bool
opens(const char *command, const char *url)
{
    int answer;
    pid_t pid = outside_show_url(context, command, url, false, &answer, NULL);
    return pid > 0 && outside_end(pid, answer, NULL);
}

static void
test_browser(void)
{
    const char *own = context->settings->values.ui_browser;
    g_autofree char *made = in_folder("made"), *other = g_strconcat("touch ", made, NULL);
    static const char *const refused[] = {"file:///etc/passwd", "javascript:1", "-x", "/etc/passwd",
                                          "/tmp/crier-x/../../etc/passwd"};
    for (size_t i = 0; i < G_N_ELEMENTS(refused); i++)
        g_assert_false(opens(own, refused[i]));
    g_assert_false(opens(other, "http://a.example/"));
    g_assert_false(g_file_test(made, G_FILE_TEST_EXISTS));
}

/* Programs of watches are those of crier.conf, whatever is asked for. */
static void
test_hook(void)
{
    g_autofree char *conf = g_build_filename(context->config_dir, "crier.conf", NULL),
                    *made = in_folder("made"), *touch = g_strconcat("touch ", made, NULL);
    g_assert_cmpint(g_mkdir(context->config_dir, 0700), ==, 0);
    g_assert_true(g_file_set_contents(
        conf, "[watch good]\nquery=all\nexec=cat\n[watch bad]\nquery=all\nexec=false\n", -1, NULL));
    struct watch_rule rule = {.name = (char *)"good", .exec = touch, .mail = (char *)"a@b.example"};
    g_autoptr(GError) unknown = NULL, no_mail = NULL, error = NULL;
    g_assert_null(outside_run_hook(context, &rule, OUTSIDE_EXEC, 1, "{}\n", &error));
    g_assert_no_error(error);
    g_assert_null(outside_run_hook(context, &rule, OUTSIDE_MAIL, 1, "", &no_mail));
    g_assert_error(no_mail, CONFIG_ERROR, CONFIG_ERROR_UNKNOWN);
    rule.name = (char *)"bad";
    AUTO(problem_free) struct problem *problem =
        outside_run_hook(context, &rule, OUTSIDE_EXEC, 1, "{}\n", &error);
    g_assert_no_error(error);
    g_assert_nonnull(problem);
    g_assert_cmpint(problem->code, ==, PROBLEM_HOOK_STATUS);
    g_assert_cmpint(problem->number, ==, 1);
    rule.name = (char *)"other";
    g_assert_null(outside_run_hook(context, &rule, OUTSIDE_EXEC, 1, "", &unknown));
    g_assert_error(unknown, CONFIG_ERROR, CONFIG_ERROR_UNKNOWN);
    g_assert_false(g_file_test(made, G_FILE_TEST_EXISTS));
    g_unlink(conf);
    g_rmdir(context->config_dir);
}

/* What such a call has answered: its errors, and its exit status. */
static char *
said_of(const struct program_call *call, int *status)
{
    g_autoptr(GError) error = NULL;
    struct child *child = child_start_program(context, call, "text", 4, &error);
    g_assert_no_error(error);
    fcntl(child->fd, F_SETFL, 0);
    while (child_read(child, NULL, NULL)) /* it says nothing when all is well */
        ;
    char *said = g_strdup(child->errors->str);
    *status = child_finish(child);
    return said;
}

/* The same of commands; what is in a field is neither a word nor a variable of its own choice. */
static void
test_program(void)
{
    g_autofree char *conf = g_build_filename(context->config_dir, "crier.conf", NULL),
                    *made = in_folder("made");
    g_assert_cmpint(g_mkdir(context->config_dir, 0700), ==, 0);
    g_assert_true(g_file_set_contents(
        conf,
        "[command good]\nexec=sh -c 'test \"$CRIER_TITLE\" = \"x; touch y\" && test \"$1\" = \"\" && cat >/dev/null' x %u\n"
        "[command own]\nexec=false\nterminal=yes\n",
        -1, NULL));
    struct program_call call = {.kind = OUTSIDE_COMMAND, .name = "good"};
    call.fields[PROGRAM_FIELD_TITLE] = "x; touch y";
    call.fields[PROGRAM_FIELD_URL] = "-o/etc/passwd"; /* no address: it is no argument either */
    int status;
    g_autofree char *good = said_of(&call, &status);
    g_assert_cmpstr(good, ==, "");
    g_assert_cmpint(status, ==, 0);
    static const char *const refused[] = {"other", "own", "touch", ""};
    for (size_t i = 0; i < G_N_ELEMENTS(refused); i++) {
        call.name = refused[i];
        g_autofree char *said = said_of(&call, &status);
        g_assert_nonnull(strstr(said, "there is no command"));
        g_assert_cmpint(status, ==, STATUS_INTERNAL);
    }
    call.kind = OUTSIDE_TYPED; /* that is for the terminal */
    call.name = "touch made";
    g_free(said_of(&call, &status));
    g_assert_cmpint(status, ==, STATUS_INTERNAL);
    g_assert_false(g_file_test(made, G_FILE_TEST_EXISTS));
    g_unlink(conf);
    g_rmdir(context->config_dir);
}

static void
test_end(void)
{
    g_assert_cmpint(g_rmdir(folder), ==, 0); /* nothing is left in it */
}

void
add_tests(void)
{
    folder = g_dir_make_tmp("test-outside.XXXXXX", NULL);
    g_autofree char *config = in_folder("config");
    context = context_new();
    g_free(context->config_dir);
    context->config_dir = g_steal_pointer(&config);
    g_test_add_func("/outside/begin", test_begin);
    g_test_add_func("/outside/worker", test_worker);
    g_test_add_func("/outside/download", test_download);
    g_test_add_func("/outside/save", test_save);
    g_test_add_func("/outside/browser", test_browser);
    g_test_add_func("/outside/hook", test_hook);
    g_test_add_func("/outside/program", test_program);
    g_test_add_func("/outside/end", test_end);
}
