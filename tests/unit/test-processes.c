/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values, frames and children: what the processes of a fetch are made of. */
#include "config.h"

#include "base/channel.h"
#include "base/wire.h"
#include "fence/starter.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* --- values --- */

static void
test_values(void)
{
    g_autoptr(GByteArray) out = g_byte_array_new();
    g_autoptr(GPtrArray) texts = g_ptr_array_new();
    g_ptr_array_add(texts, (gpointer) "市");
    g_ptr_array_add(texts, (gpointer) "");
    wire_put_number(out, G_MININT64);
    wire_put_bool(out, true);
    wire_put_text(out, "город");
    wire_put_text(out, NULL);
    wire_put_bytes(out, "a\0b", 3);
    wire_put_texts(out, texts);
    wire_put_texts(out, NULL);
    struct wire_input in = wire_input(out->data, out->len);
    g_assert_true(wire_get_number(&in, G_MININT64, 0) == G_MININT64);
    g_assert_true(wire_get_bool(&in));
    g_autofree char *text = wire_get_text(&in, 100), *none = wire_get_text(&in, 100);
    g_assert_cmpstr(text, ==, "город");
    g_assert_null(none);
    gsize length;
    const guint8 *bytes = wire_get_bytes(&in, 3, &length);
    g_assert_cmpmem(bytes, length, "a\0b", 3);
    g_autoptr(GPtrArray) back = wire_get_texts(&in, 2, 3);
    g_autoptr(GPtrArray) nothing = wire_get_texts(&in, 2, 3);
    g_assert_cmpuint(back->len, ==, 2);
    g_assert_cmpstr(g_ptr_array_index(back, 0), ==, "市");
    g_assert_null(nothing);
    g_assert_true(wire_is_done(&in));
}

/* Each value is refused for its bounds, its length, its bytes, and what follows is nothing. */
static void
test_refused(void)
{
    const char *const unclean[] = {"\x1b[31m", "a\nb\x07", "\xe2\x80\xae", "\xff", "\xc3"};
    for (size_t i = 0; i < G_N_ELEMENTS(unclean); i++) {
        g_autoptr(GByteArray) out = g_byte_array_new();
        wire_put_text(out, unclean[i]);
        wire_put_number(out, 5);
        struct wire_input in = wire_input(out->data, out->len);
        g_assert_null(wire_get_text(&in, 100));
        g_assert_true(in.bad);
        g_assert_true(wire_get_number(&in, 0, 9) == 0);
        struct wire_input raw = wire_input(out->data, out->len);
        g_autofree char *same = wire_get_string(&raw, 100);
        g_assert_cmpstr(same, ==, unclean[i]);
    }
    g_autoptr(GByteArray) out = g_byte_array_new();
    wire_put_text(out, "abcdef");
    struct wire_input in = wire_input(out->data, out->len);
    g_assert_null(wire_get_text(&in, 5));
    g_assert_true(in.bad);
    g_byte_array_set_size(out, 0);
    wire_put_number(out, 7);
    in = wire_input(out->data, out->len);
    g_assert_true(wire_get_number(&in, 8, 9) == 8 && in.bad);
    in = wire_input(out->data, out->len - 1);
    g_assert_true(wire_get_number(&in, 0, 9) == 0 && in.bad);
    g_byte_array_set_size(out, 0);
    wire_put_bytes(out, "a\0b", 3);
    in = wire_input(out->data, out->len);
    g_assert_null(wire_get_string(&in, 10));
    g_assert_true(in.bad);
    /* a count of more than there can be */
    const guint32 many = 1000000;
    in = wire_input(&many, sizeof many);
    g_assert_cmpuint(wire_get_count(&in, G_MAXUINT), ==, 0);
    g_assert_true(in.bad);
}

/* --- frames --- */

static void
test_frames(void)
{
    int ends[2];
    g_assert_true(channel_pair(ends));
    struct channel_frame frame;
    channel_frame_init(&frame);
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    g_byte_array_append(bytes, (const guint8 *)"head", 4);
    g_assert_true(channel_send_both(ends[0], 7, bytes, "body", 4));
    g_assert_true(channel_send(ends[0], 8, NULL));
    g_assert_cmpint(channel_receive(ends[1], &frame, 8, -1), ==, CHANNEL_FRAME);
    g_assert_cmpuint(frame.kind, ==, 7);
    g_assert_cmpmem(frame.bytes->data, frame.bytes->len, "headbody", 8);
    g_assert_cmpint(channel_receive(ends[1], &frame, 8, -1), ==, CHANNEL_FRAME);
    g_assert_cmpuint(frame.bytes->len, ==, 0);
    g_assert_cmpint(channel_receive(ends[1], &frame, 8, g_get_monotonic_time()), ==, CHANNEL_LATE);
    int file = open("/dev/null", O_RDONLY | O_CLOEXEC);
    g_assert_true(channel_send_fds(ends[0], 9, NULL, &file, 1));
    close(file);
    g_assert_cmpint(channel_receive(ends[1], &frame, 0, -1), ==, CHANNEL_FRAME);
    g_assert_cmpuint(frame.count, ==, 1);
    g_assert_true(fcntl(frame.fds[0], F_GETFD) & FD_CLOEXEC);
    /* longer than may be */
    g_assert_true(channel_send(ends[0], 1, bytes));
    g_assert_cmpint(channel_receive(ends[1], &frame, 3, -1), ==, CHANNEL_BROKEN);
    close(ends[0]);
    close(ends[1]);
    /* the end, between two frames and within one */
    for (int part = 0; part < 2; part++) {
        g_assert_true(channel_pair(ends));
        if (part)
            g_assert_true(send(ends[0], "\1\0", 2, 0) == 2);
        close(ends[0]);
        g_assert_cmpint(channel_receive(ends[1], &frame, 3, -1), ==,
                        part ? CHANNEL_BROKEN : CHANNEL_END);
        g_assert_false(channel_send(ends[1], 1, NULL)); /* and no signal */
        close(ends[1]);
    }
    channel_frame_clear(&frame);
}

/* --- children --- */

/* Says what it was told, and ends as it was told. */
static int
role_echo(const GPtrArray *arguments, const int *fds, guint count, gpointer data)
{
    const char *word = g_ptr_array_index(arguments, 0);
    if (count == 1 && write(fds[0], word, strlen(word)) < 0)
        return 1;
    return GPOINTER_TO_INT(data);
}

static int
role_wait(const GPtrArray *arguments, const int *fds, guint count, gpointer data)
{
    (void)arguments, (void)fds, (void)count, (void)data;
    for (;;)
        pause();
    return 0;
}

/* Whether a descriptor is open in it. */
static int
role_has(const GPtrArray *arguments, const int *fds, guint count, gpointer data)
{
    (void)fds, (void)count, (void)data;
    return fcntl((int)strlen(g_ptr_array_index(arguments, 0)), F_GETFD) >= 0;
}

static starter_role *const roles[] = {role_echo, role_wait, role_has};
static const struct starter_roles all = {roles, G_N_ELEMENTS(roles), GINT_TO_POINTER(42)};

static pid_t
start(struct starter *starter, guint role, const char *word, int fd)
{
    g_autoptr(GPtrArray) arguments = g_ptr_array_new();
    char *why = NULL;
    g_ptr_array_add(arguments, (gpointer)word);
    pid_t pid = starter_start(starter, role, arguments, &fd, fd >= 0, &why);
    g_assert_cmpstr(why, ==, NULL);
    return pid;
}

static void
test_starter(void)
{
    AUTO(starter_free) struct starter *starter = starter_new(&all);
    g_assert_nonnull(starter);
    int ends[2];
    g_assert_true(channel_pair(ends));
    pid_t waiting = start(starter, 1, "", -1), echo = start(starter, 0, "слово", ends[1]);
    close(ends[1]);
    int status = starter_wait(starter, echo);
    g_assert_true(WIFEXITED(status));
    g_assert_cmpint(WEXITSTATUS(status), ==, 42);
    char said[64] = "";
    g_assert_cmpint(read(ends[0], said, sizeof said - 1), ==, strlen("слово"));
    g_assert_cmpstr(said, ==, "слово");
    g_assert_cmpint(read(ends[0], said, 1), ==, 0); /* nobody else holds the other end */
    close(ends[0]);
    g_assert_cmpint(starter_wait(starter, echo), ==, -1);
    starter_signal(starter, waiting, SIGKILL);
    status = starter_wait(starter, waiting);
    g_assert_true(WIFSIGNALED(status));
    g_assert_cmpint(WTERMSIG(status), ==, SIGKILL);
    char *why = NULL;
    g_assert_cmpint(starter_start(starter, 3, NULL, NULL, 0, &why), ==, -1);
    g_assert_cmpstr(why, ==, g_strerror(EINVAL));
    g_free(why);
}

/* What was open before is not, though nobody has said that it be closed. */
static void
test_starter_files(void)
{
    g_autofree char *name = NULL;
    int open_before = fcntl(STDERR_FILENO, F_DUPFD, 40);
    AUTO(starter_free) struct starter *starter = starter_new(&all);
    name = g_strnfill((gsize)open_before, 'x');
    int status = starter_wait(starter, start(starter, 2, name, -1));
    g_assert_true(WIFEXITED(status));
    g_assert_cmpint(WEXITSTATUS(status), ==, 0);
    status = starter_wait(starter, start(starter, 2, "xx", -1)); /* its messages */
    g_assert_cmpint(WEXITSTATUS(status), ==, 1);
    close(open_before);
}

/* Whoever asks it goes: so do its children. */
static void
test_starter_end(void)
{
    struct starter *starter = starter_new(&all);
    int ends[2];
    g_assert_true(channel_pair(ends));
    start(starter, 1, "", ends[1]);
    close(ends[1]);
    starter_free(starter);
    char byte;
    g_assert_cmpint(read(ends[0], &byte, 1), ==, 0);
    close(ends[0]);
}

static gpointer
start_many(gpointer starter)
{
    for (int i = 0; i < 20; i++) {
        pid_t pid = start(starter, 0, "", -1);
        g_assert_cmpint(WEXITSTATUS(starter_wait(starter, pid)), ==, 42);
    }
    return NULL;
}

static void
test_starter_threads(void)
{
    AUTO(starter_free) struct starter *starter = starter_new(&all);
    GThread *threads[4];
    for (size_t i = 0; i < G_N_ELEMENTS(threads); i++)
        threads[i] = g_thread_new("start", start_many, starter);
    for (size_t i = 0; i < G_N_ELEMENTS(threads); i++)
        g_thread_join(threads[i]);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/wire/values", test_values);
    g_test_add_func("/wire/refused", test_refused);
    g_test_add_func("/channel/frames", test_frames);
    g_test_add_func("/starter/children", test_starter);
    g_test_add_func("/starter/files", test_starter_files);
    g_test_add_func("/starter/end", test_starter_end);
    g_test_add_func("/starter/threads", test_starter_threads);
    return g_test_run();
}
