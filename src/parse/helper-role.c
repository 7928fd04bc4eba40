/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The side that reads foreign bytes: its limits, its fence, and its loop of questions. */
#include "config.h"

#include "parse/helper-role.h"
#include "config/portal-wire.h"
#include "document/html.h"
#include "fence/fence.h"
#include "parse/convert.h"
#include "parse/limits.h"
#include "parse/question.h"
#include "parse/result.h"
#include "text/charset.h"
#include "text/date-zone.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#define QUESTION (1100u << 20) /* bytes: as large as fetch.max-size lets a page be, and its rules */
#define MAX_TEXT (4 << 20)
#define MAX_MANY 100000
#define GRACE    3 /* seconds that programs have to end */
/* bytes: what is larger goes back to the system when it is freed */
#define LARGE_BLOCK (64 << 10)

/* --- memory ------------------------------------------------------------------------------- */

static void
end_without_memory(void)
{
    _exit(HELPER_NO_MEMORY);
}

/* --- setting up --------------------------------------------------------------------------- */

static void
set_up(const char *name)
{
    /* whoever wants it to end tells the worker, which closes the channel */
    static const int others[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE};
    static const struct rlimit none = {0, 0};
    for (size_t i = 0; i < G_N_ELEMENTS(others); i++)
        signal(others[i], SIG_IGN);
    setrlimit(RLIMIT_CORE, &none);
#ifdef __linux__
    prctl(PR_SET_NAME, name);
#endif
}

static void
end_with_parent(int number)
{
#ifdef __linux__
    prctl(PR_SET_PDEATHSIG, number);
#else
    (void)number;
#endif
}

/*
 * Where files cannot be told from one another, none can be opened behind the fence: what may be
 * needed is loaded first.  Elsewhere it is not, since all converters take 2 MB in each process.
 */
static void
warm_up(const struct channel_frame *frame)
{
    struct wire_input in = wire_input(frame->bytes->data, frame->bytes->len);
    g_autoptr(GPtrArray) zones = wire_get_strings(&in, MAX_MANY, MAX_TEXT);
    for (guint i = 0; zones && i < zones->len; i++)
        date_zone_named(g_ptr_array_index(zones, i));
    const struct fence_state could = fence_available();
    if (could.seccomp && !could.landlock) {
        charset_keep_converters();
        date_zone_keep_all();
    }
    html_set_up();
}

/* --- for tests ---------------------------------------------------------------------------- */

static bool
has(const char *bytes, gsize length, const char *word)
{
    return memmem(bytes, length, word, strlen(word)) != NULL;
}

/* What is asked for counts, whether it is written to or not; writing takes time. */
static void
fill_memory(void)
{
    for (int i = 0; i < 1000; i++) { /* bounded, where no limit holds */
        volatile char *block = g_malloc(1 << 20);
        block[0] = (char)i;
    }
}

/* Does what a page says that parsers might be brought to, where CRIER_TEST_PARSE is set. */
static void
test_hook(int fd, const char *bytes, gsize length)
{
    if (!g_getenv("CRIER_TEST_PARSE"))
        return;
    if (has(bytes, length, "crier-test:crash"))
        raise(SIGSEGV);
    if (has(bytes, length, "crier-test:exit"))
        _exit(0);
    if (has(bytes, length, "crier-test:memory"))
        fill_memory();
    if (has(bytes, length, "crier-test:sleep"))
        pause();
    for (volatile bool loops = has(bytes, length, "crier-test:loop"); loops;)
        ;
    if (has(bytes, length, "crier-test:garbage")) {
        g_autoptr(GByteArray) garbage = g_byte_array_new();
        g_byte_array_set_size(garbage, 1000);
        memset(garbage->data, 0xff, garbage->len);
        channel_send(fd, FRAME_RESULT, garbage);
        pause();
    }
}

/* --- parsing ------------------------------------------------------------------------------ */

struct known {
    GPtrArray *portals;            /* struct portal *, by their numbers */
    GPtrArray *profiles;           /* struct portal * */
    struct converters *converters; /* or NULL */
};

static void
free_portal(gpointer portal)
{
    portal_free(portal);
}

static bool
take_portals(struct wire_input *in, int64_t count, GPtrArray *to)
{
    for (int64_t i = 0; i < count && !in->bad; i++) {
        struct portal *portal = portal_get(in);
        if (portal)
            g_ptr_array_add(to, portal);
    }
    return wire_is_done(in);
}

static bool
answer_page(int fd, struct wire_input *in, const struct known *known)
{
    AUTO(question_clear) struct question question;
    if (!question_get(in, known->portals, known->profiles, &question))
        return false;
    test_hook(fd, question.page.bytes, question.page.length);
    struct parse_result *result = parse_any(&question.page, &question.rules);
    if (!result)
        return channel_send(fd, FRAME_NOTHING, NULL);
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    result_put(bytes, result);
    parse_result_free(result);
    return channel_send(fd, FRAME_RESULT, bytes);
}

/* --- attachments -------------------------------------------------------------------------- */

static bool
take_converters(struct wire_input *in, struct known *known)
{
    if (known->converters)
        converters_free(known->converters);
    known->converters = converters_get(in);
    return known->converters && wire_is_done(in);
}

static bool
answer_attachment(int fd, struct wire_input *in, const struct known *known)
{
    g_autofree char *type = wire_get_string(in, MAX_TEXT), *url = wire_get_string(in, MAX_TEXT),
                    *format = wire_get_string(in, MAX_TEXT);
    bool converts = wire_get_bool(in);
    if (in->bad || !url || (converts && !known->converters))
        return false;
    const char *bytes = (const char *)in->at;
    gsize length = (gsize)(in->end - in->at);
    limits_time(limits_page_time()); /* what it runs has limits of its own */
    test_hook(fd, bytes, length);
    AUTO(attachment_text_free)
    struct attachment_text *text =
        attachment_read(converts ? known->converters : NULL, bytes, length, type, url, format);
    g_autoptr(GByteArray) answer = g_byte_array_new();
    attachment_text_put(answer, text);
    return channel_send(fd, FRAME_RESULT, answer);
}

/* --- both --------------------------------------------------------------------------------- */

/* What is asked; false: whoever asks is gone, or is not of this build. */
static bool
take(int fd, const struct channel_frame *frame, struct known *known)
{
    struct wire_input in = wire_input(frame->bytes->data, frame->bytes->len);
    switch ((enum parse_frame)frame->kind) {
    case FRAME_PORTAL:
        return take_portals(&in, 1, known->portals);
    case FRAME_PROFILES:
        g_ptr_array_set_size(known->profiles, 0);
        return take_portals(&in, wire_get_number(&in, 0, MAX_MANY), known->profiles);
    case FRAME_PAGE:
        return answer_page(fd, &in, known);
    case FRAME_CONVERTERS:
        return take_converters(&in, known);
    case FRAME_ATTACHMENT:
        return answer_attachment(fd, &in, known);
    default:
        return false;
    }
}

static int
serve(int fd, enum fence_role role, const struct fence_places *places)
{
    struct known known = {g_ptr_array_new_with_free_func(free_portal),
                          g_ptr_array_new_with_free_func(free_portal), NULL};
    struct channel_frame frame;
    channel_frame_init(&frame);
    limits_memory(end_without_memory);
    if (channel_receive(fd, &frame, QUESTION, -1) != CHANNEL_FRAME || frame.kind != FRAME_ZONES)
        return EXIT_FAILURE;
    warm_up(&frame);
    fence_enter(role, places);
    while (channel_receive(fd, &frame, QUESTION, -1) == CHANNEL_FRAME && take(fd, &frame, &known))
        if (frame.bytes->len > LARGE_BLOCK) { /* or the largest page so far would stay */
            g_byte_array_unref(frame.bytes);
            frame.bytes = g_byte_array_new();
        }
    return EXIT_SUCCESS;
}

int
helper_be_parser(const GPtrArray *arguments, const int *fds, guint count, gpointer data)
{
    (void)arguments;
    (void)data;
    if (count != 1)
        return EXIT_FAILURE;
    set_up("crier-parse");
    end_with_parent(SIGKILL);
    return serve(fds[0], FENCE_PARSE, NULL);
}

/* --- the converter and its keeper --------------------------------------------------------- */

static volatile sig_atomic_t kept; /* the process of which the keeper's signals are */

static void
on_stop(int number)
{
    (void)number;
    convert_stop = 1;
}

/* It has a while to end what it runs. */
static void
on_keeper_signal(int number)
{
    kill(kept, number == SIGALRM ? SIGKILL : SIGTERM);
    alarm(GRACE);
}

static void
handle(int number, void (*handler)(int))
{
    struct sigaction action = {.sa_handler = handler};
    sigaction(number, &action, NULL);
}

static int
convert_in(const char *folder, int fd, const sigset_t *mask)
{
    const char *const writes[] = {folder, NULL}; /* none where none could be made */
    const struct fence_places places = {.write = writes};
    end_with_parent(SIGKILL);
    handle(SIGTERM, on_stop);
    sigprocmask(SIG_SETMASK, mask, NULL);
    convert_folder = folder;
    return serve(fd, FENCE_CONVERT, &places);
}

/*
 * The one that reads attachments may write in its folder alone, and so cannot remove it: whoever
 * made it waits for its end, and sees nothing foreign.
 */
int
helper_be_converter(const GPtrArray *arguments, const int *fds, guint count, gpointer data)
{
    g_autofree char *folder = convert_make_folder(NULL);
    sigset_t blocked, before;
    (void)arguments;
    (void)data;
    if (count != 1)
        return EXIT_FAILURE;
    set_up("crier-convert");
    end_with_parent(SIGTERM);
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGTERM);
    sigprocmask(SIG_BLOCK, &blocked, &before);
    handle(SIGTERM, on_keeper_signal);
    handle(SIGALRM, on_keeper_signal);
    kept = fork();
    if (kept == 0)
        return convert_in(folder, fds[0], &before);
    close(fds[0]);
    int status = 0;
    if (kept > 0) {
        sigprocmask(SIG_SETMASK, &before, NULL);
        while (waitpid(kept, &status, 0) < 0 && errno == EINTR)
            ;
    }
    if (folder)
        convert_remove_folder(folder);
    if (kept > 0 && WIFSIGNALED(status)) { /* as it ended, so does its keeper */
        signal(WTERMSIG(status), SIG_DFL);
        raise(WTERMSIG(status));
    }
    return kept > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_FAILURE;
}
