/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unsubscribing while another program writes into `urls`, and undoing that. */
#include "config.h"

#include "config/context.h"
#include "reader/session.h"
#include "unit/kit.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

#define FEED "https://city.example/feed"

static char *folder, *config, *urls;

/* How often this process has the folder open. */
static guint
times_open(void)
{
    g_autoptr(GDir) open = g_dir_open("/proc/self/fd", 0, NULL);
    guint count = 0;
    for (const char *name; (name = g_dir_read_name(open));) {
        g_autofree char *entry = g_build_filename("/proc/self/fd", name, NULL),
                        *target = g_file_read_link(entry, NULL);
        count += g_strcmp0(target, config) == 0;
    }
    return count;
}

/* Who may write it puts the line in when the other has read that it is not there, and waits. */
static gpointer
write_late(gpointer lock)
{
    while (times_open() < 2)
        g_thread_yield();
    g_assert_true(g_file_set_contents(urls, FEED " town\n", -1, NULL));
    close(GPOINTER_TO_INT(lock));
    return NULL;
}

static void
says(const char *wanted)
{
    g_autofree char *text = NULL;
    g_assert_true(g_file_get_contents(urls, &text, NULL, NULL));
    g_assert_cmpstr(text, ==, wanted);
}

static void
test_late(void)
{
    g_autoptr(GError) error = NULL;
    AUTO(context_free) struct context *context = context_new();
    g_free(context->config_dir);
    g_free(context->store_file);
    context->config_dir = g_strdup(config);
    context->store_file = g_build_filename(folder, "store.db", NULL);
    g_assert_true(g_file_set_contents(urls, FEED " town\n", -1, NULL));
    AUTO(session_close) struct session *session = session_open(context, true, 1000, &error);
    g_assert_no_error(error);
    g_assert_true(g_file_set_contents(urls, "", -1, NULL));
    int lock = open(config, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    g_assert_cmpint(flock(lock, LOCK_EX), ==, 0);
    GThread *other = g_thread_new("other", write_late, GINT_TO_POINTER(lock));
    session_unsubscribe(session, (char *[]){(char *)FEED, NULL}, NULL, &error);
    g_thread_join(other);
    g_assert_no_error(error);
    says("");
    struct undone undone;
    session_undo(session, &undone, &error);
    g_assert_no_error(error);
    g_assert_true(undone.subscribed);
    undone_clear(&undone);
    says(FEED "\n");
    session_redo(session, &undone, &error);
    g_assert_no_error(error);
    undone_clear(&undone);
    says("");
}

static void
test_end(void)
{
    g_autoptr(GDir) files = g_dir_open(folder, 0, NULL);
    for (const char *name; (name = g_dir_read_name(files));) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_unlink(path);
    }
    g_unlink(urls);
    g_rmdir(config);
    g_assert_cmpint(g_rmdir(folder), ==, 0);
}

void
add_tests(void)
{
    if (!g_file_test("/proc/self/fd", G_FILE_TEST_IS_DIR))
        return; /* who waits is not seen */
    g_autofree char *made = g_dir_make_tmp("test-unsubscribe.XXXXXX", NULL);
    folder = realpath(made, NULL);
    config = g_build_filename(folder, "config", NULL);
    urls = g_build_filename(config, "urls", NULL);
    g_assert_cmpint(g_mkdir(config, 0700), ==, 0);
    g_test_add_func("/unsubscribe/late", test_late);
    g_test_add_func("/unsubscribe/end", test_end);
}
