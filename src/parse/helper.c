/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The side that asks: what a helper was told already, what it may take until it answers, and what
 * its end means.
 */
#include "config.h"

#include "parse/helper.h"
#include "config/portal-wire.h"
#include "parse/helper-role.h"
#include "parse/limits.h"
#include "parse/question.h"
#include "parse/result.h"

#include <errno.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define IDLE_TIME 60 /* seconds without using the processor: it waits for what nobody sends */
#define SEND_TIME 20 /* seconds: one that takes nothing of what it is sent hangs */
#define LARGE     (64 << 10) /* bytes: a larger answer is not kept */
#define TICK      100        /* milliseconds between two looks at its clock */

volatile sig_atomic_t helper_stop;

struct helper {
    struct starter *starter; /* borrowed; NULL: there is none */
    guint role;
    const GPtrArray *zones; /* borrowed, or NULL */
    int64_t page_time;      /* seconds */
    pid_t child;            /* 0: none runs */
    int fd;
    clockid_t clock;     /* of the child */
    int ending;          /* the signal that ends it */
    int64_t late;        /* seconds: the limit that was reached last */
    guint failures;      /* pictures that it could not even refuse */
    GPtrArray *portals;  /* const struct portal * that the child knows, by their numbers */
    gconstpointer shown; /* profiles or converters that it knows, or NULL */
    struct channel_frame frame;
};

/* What came of a question. */
enum answer {
    ANSWER_RESULT,
    ANSWER_NOTHING,
    ANSWER_CRASHED,
    ANSWER_LATE,
    ANSWER_MEMORY,
    ANSWER_INVALID,
    ANSWER_STOPPED,
    ANSWER_NO_HELPER,
};

struct helper *
helper_new(struct starter *starter, guint role, const GPtrArray *zones)
{
    struct helper *helper = g_new0(struct helper, 1);
    helper->starter = starter;
    helper->role = role;
    helper->zones = zones;
    helper->page_time = limits_page_time();
    helper->ending = SIGKILL;
    helper->portals = g_ptr_array_new();
    channel_frame_init(&helper->frame);
    return helper;
}

/* --- beginning and end -------------------------------------------------------------------- */

static bool
tell_zones(struct helper *helper)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    g_autoptr(GPtrArray) none = g_ptr_array_new();
    wire_put_texts(bytes, helper->zones ? helper->zones : none);
    return channel_send(helper->fd, FRAME_ZONES, bytes);
}

/* Has one running; false, with *why (owned), when none could be started. */
static bool
start(struct helper *helper, char **why)
{
    int ends[2];
    if (helper->child)
        return true;
    if (!helper->starter || !channel_pair(ends)) {
        *why = g_strdup(g_strerror(helper->starter ? errno : ENOSYS));
        return false;
    }
    helper->child = starter_start(helper->starter, helper->role, NULL, &ends[1], 1, why);
    close(ends[1]);
    if (helper->child < 0) {
        close(ends[0]);
        helper->child = 0;
        return false;
    }
    struct timeval limit = {.tv_sec = SEND_TIME};
    setsockopt(ends[0], SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    helper->fd = ends[0];
    if (clock_getcpuclockid(helper->child, &helper->clock) != 0)
        helper->clock = CLOCK_MONOTONIC;
    g_ptr_array_set_size(helper->portals, 0);
    helper->shown = NULL;
    (void)tell_zones(helper); /* if it is gone, the question will find out */
    return true;
}

/* Ends the one that runs: its wait status. */
static int
end(struct helper *helper)
{
    close(helper->fd);
    starter_signal(helper->starter, helper->child, helper->ending);
    int status = starter_wait(helper->starter, helper->child);
    helper->child = 0;
    return status;
}

void
helper_free(struct helper *helper)
{
    if (helper->child)
        end(helper);
    g_ptr_array_unref(helper->portals);
    channel_frame_clear(&helper->frame);
    g_free(helper);
}

/* What the end of one says of the question that it had. */
static enum answer
judge(struct helper *helper, int status, char **why)
{
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU) {
        helper->late = helper->page_time;
        return ANSWER_LATE;
    }
    if ((WIFEXITED(status) && WEXITSTATUS(status) == HELPER_NO_MEMORY) ||
        /* GLib's way to end where not even a message can be had */
        (WIFSIGNALED(status) && WTERMSIG(status) == SIGTRAP))
        return ANSWER_MEMORY;
    *why = WIFSIGNALED(status) ? g_strdup_printf("signal %d", WTERMSIG(status))
                               : g_strdup_printf("status %d", WEXITSTATUS(status));
    return ANSWER_CRASHED;
}

/* --- one question ------------------------------------------------------------------------- */

struct wait {
    int64_t started,
        moved;       /* monotonic microseconds: when it began, when its clock was seen to move */
    int64_t used;    /* nanoseconds of its clock then */
    int64_t first;   /* at the beginning */
    int64_t longest; /* seconds that it may take in all, or 0 */
};

static int64_t
now_of(clockid_t clock)
{
    struct timespec now;
    return clock_gettime(clock, &now) == 0
               ? now.tv_sec * G_GINT64_CONSTANT(1000000000) + now.tv_nsec
               : 0;
}

static struct wait
begin(const struct helper *helper, int64_t longest)
{
    int64_t used = now_of(helper->clock), now = g_get_monotonic_time();
    return (struct wait){now, now, used, used, longest};
}

/* The limit in seconds that was reached, or 0. */
static int64_t
is_over(const struct helper *helper, struct wait *wait)
{
    int64_t used = now_of(helper->clock), now = g_get_monotonic_time();
    if (used != wait->used) {
        wait->used = used;
        wait->moved = now;
    }
    if (used - wait->first > helper->page_time * G_GINT64_CONSTANT(1000000000))
        return helper->page_time;
    /* one that waits for programs uses no processor meanwhile */
    int64_t limit = wait->longest ? wait->longest : IDLE_TIME,
            since = wait->longest ? wait->started : wait->moved;
    return now - since > limit * G_USEC_PER_SEC ? limit : 0;
}

/* Waits for the answer; in helper->frame when there is a result.  The helper runs only then. */
static enum answer
await(struct helper *helper, int64_t longest, char **why)
{
    struct wait wait = begin(helper, longest);
    for (;;) {
        enum channel_result got =
            channel_receive(helper->fd, &helper->frame, RESULT_MAX,
                            g_get_monotonic_time() + TICK * G_TIME_SPAN_MILLISECOND);
        if (got == CHANNEL_FRAME && helper->frame.kind == FRAME_RESULT)
            return ANSWER_RESULT;
        if (got == CHANNEL_FRAME && helper->frame.kind == FRAME_NOTHING &&
            !helper->frame.bytes->len)
            return ANSWER_NOTHING;
        if (got == CHANNEL_END)
            return judge(helper, end(helper), why);
        if (got != CHANNEL_LATE) {
            int status = end(helper);
            bool alive = WIFSIGNALED(status) && WTERMSIG(status) == helper->ending;
            return alive ? ANSWER_INVALID : judge(helper, status, why);
        }
        helper->late = is_over(helper, &wait);
        if (helper_stop || helper->late) {
            end(helper);
            return helper_stop ? ANSWER_STOPPED : ANSWER_LATE;
        }
    }
}

/* A large one would stay in memory until the fetch ends. */
static void
forget_answer(struct helper *helper)
{
    if (helper->frame.bytes->len <= LARGE)
        return;
    g_byte_array_unref(helper->frame.bytes);
    helper->frame.bytes = g_byte_array_new();
}

static enum answer
ask(struct helper *helper, enum parse_frame kind, const GByteArray *question, const char *bytes,
    gsize length, int64_t longest, char **why)
{
    /* whether it was sent whole, the answer tells */
    if (channel_send_both(helper->fd, kind, question, bytes, length) || errno == EPIPE)
        return await(helper, longest, why);
    *why = g_strdup(g_strerror(errno));
    end(helper);
    return ANSWER_CRASHED;
}

static struct problem *
problem_of(const struct helper *helper, enum answer answer, const char *url, const char *why)
{
    switch (answer) {
    case ANSWER_LATE:
        return problem_new(PROBLEM_READER_LATE, url, helper->late, NULL);
    case ANSWER_MEMORY:
        return problem_new(PROBLEM_READER_MEMORY, url, PROBLEM_NO_NUMBER, NULL);
    case ANSWER_INVALID:
        return problem_new(PROBLEM_READER_INVALID, url, PROBLEM_NO_NUMBER, NULL);
    case ANSWER_NO_HELPER:
        return problem_new(PROBLEM_NO_READER, url, PROBLEM_NO_NUMBER, why);
    default:
        return problem_new(PROBLEM_READER_CRASHED, url, PROBLEM_NO_NUMBER, why ? why : "stop");
    }
}

static bool
is_failure(const struct problem *problem)
{
    static const enum problem_code codes[] = {PROBLEM_READER_CRASHED, PROBLEM_READER_LATE,
                                              PROBLEM_READER_MEMORY,  PROBLEM_READER_INVALID,
                                              PROBLEM_NO_READER,      PROBLEM_NOT_TRIED};
    for (size_t i = 0; problem && i < G_N_ELEMENTS(codes); i++)
        if (problem->code == codes[i])
            return true;
    return false;
}

/* --- pages -------------------------------------------------------------------------------- */

/* The number of a portal, which the child is told if it does not know it; -1 for none. */
static int64_t
tell_portal(struct helper *helper, const struct portal *portal)
{
    guint number;
    if (!portal)
        return -1;
    if (g_ptr_array_find(helper->portals, portal, &number))
        return number;
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    portal_put(bytes, portal);
    (void)channel_send(helper->fd, FRAME_PORTAL, bytes);
    g_ptr_array_add(helper->portals, (gpointer)portal);
    return helper->portals->len - 1;
}

static void
tell_profiles(struct helper *helper, const GPtrArray *profiles)
{
    if (!profiles || helper->shown == profiles)
        return;
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    wire_put_number(bytes, profiles->len);
    for (guint i = 0; i < profiles->len; i++)
        portal_put(bytes, g_ptr_array_index(profiles, i));
    (void)channel_send(helper->fd, FRAME_PROFILES, bytes);
    helper->shown = profiles;
}

static enum answer
ask_page(struct helper *helper, const struct parse_page *page, const struct parse_rules *rules,
         char **why)
{
    if (helper_stop)
        return ANSWER_STOPPED;
    if (!start(helper, why))
        return ANSWER_NO_HELPER;
    g_autoptr(GByteArray) question = g_byte_array_new();
    tell_profiles(helper, rules->profiles);
    question_put(question, page, rules, tell_portal(helper, rules->portal));
    return ask(helper, FRAME_PAGE, question, page->bytes, page->length, 0, why);
}

static struct parse_result *
take_result(struct helper *helper, const struct parse_page *page, const struct parse_rules *rules)
{
    struct wire_input in = wire_input(helper->frame.bytes->data, helper->frame.bytes->len);
    struct parse_result *result = result_get(&in, page, rules);
    forget_answer(helper);
    return result;
}

struct parse_result *
helper_parse(struct helper *helper, const struct parse_page *page, const struct parse_rules *rules)
{
    g_autofree char *why = NULL;
    enum answer answer = ask_page(helper, page, rules, &why);
    if (answer == ANSWER_NOTHING && page->kind == PARSE_ARTICLE)
        return NULL;
    struct parse_result *result = answer == ANSWER_RESULT ? take_result(helper, page, rules) : NULL;
    if (result)
        return result;
    if (answer == ANSWER_RESULT || answer == ANSWER_NOTHING) {
        end(helper); /* what gave it may be another's by now */
        answer = ANSWER_INVALID;
    }
    result = parse_result_new(page->kind, problem_of(helper, answer, page->url, why));
    if (result->page)
        result->page->url = g_strdup(page->url);
    return result;
}

bool
helper_failed(const struct parse_result *result)
{
    return result &&
           (is_failure(result->problem) || (result->page && is_failure(result->page->problem)));
}

struct parse_result *
helper_give_up(const struct parse_page *page, guint failures)
{
    struct problem *why = problem_new(PROBLEM_NOT_TRIED, page->url, failures, NULL);
    struct parse_result *result = parse_result_new(page->kind, why);
    if (result->page)
        result->page->url = g_strdup(page->url);
    return result;
}

/* --- attachments -------------------------------------------------------------------------- */

static int64_t
longest_of(const struct converters *converters)
{
    int64_t sum = IDLE_TIME;
    for (guint i = 0; converters && i < converters->all->len; i++) {
        const struct converter *c = g_ptr_array_index(converters->all, i);
        sum += c->program ? c->timeout : 0;
    }
    return sum;
}

static enum answer
ask_attachment(struct helper *helper, const struct converters *converters, const char *bytes,
               gsize length, const char *content_type, const char *url, const char *format,
               char **why)
{
    helper->ending = SIGTERM; /* it ends what it runs, and removes its folder */
    if (helper_stop)
        return ANSWER_STOPPED;
    if (!start(helper, why))
        return ANSWER_NO_HELPER;
    if (converters && helper->shown != converters) {
        g_autoptr(GByteArray) all = g_byte_array_new();
        converters_put(all, converters);
        (void)channel_send(helper->fd, FRAME_CONVERTERS, all);
        helper->shown = converters;
    }
    g_autoptr(GByteArray) question = g_byte_array_new();
    wire_put_text(question, content_type);
    wire_put_text(question, url);
    wire_put_text(question, format);
    wire_put_bool(question, converters != NULL);
    return ask(helper, FRAME_ATTACHMENT, question, bytes, length, longest_of(converters), why);
}

/* Its bytes are kept, as what its type and address say that it is. */
static struct attachment_text *
without_text(struct problem *problem, const char *content_type, const char *url, const char *format)
{
    struct attachment_text *text = g_new0(struct attachment_text, 1);
    text->format = format ? g_strdup(format) : article_document_format(content_type, url);
    if (!text->format)
        text->format = g_strdup("bin");
    text->problem = problem;
    return text;
}

struct attachment_text *
helper_convert(struct helper *helper, const struct converters *converters, const char *bytes,
               gsize length, const char *content_type, const char *url, const char *format)
{
    g_autofree char *why = NULL;
    enum answer answer =
        ask_attachment(helper, converters, bytes, length, content_type, url, format, &why);
    if (answer == ANSWER_RESULT) {
        struct wire_input in = wire_input(helper->frame.bytes->data, helper->frame.bytes->len);
        struct attachment_text *text = attachment_text_get(&in);
        forget_answer(helper);
        if (text)
            return text;
    }
    if (answer == ANSWER_RESULT || answer == ANSWER_NOTHING) {
        end(helper);
        answer = ANSWER_INVALID;
    }
    return without_text(problem_of(helper, answer, url, why), content_type, url, format);
}

/* --- pictures ----------------------------------------------------------------------------- */

struct drawn *
helper_draw(struct helper *helper, const struct drawn_request *request, const void *bytes,
            gsize length)
{
    g_autofree char *why = NULL;
    if (helper_stop)
        return NULL;
    if (!start(helper, &why)) {
        helper->failures++;
        return NULL;
    }
    g_autoptr(GByteArray) question = g_byte_array_new();
    drawn_request_put(question, request);
    enum answer answer = ask(helper, FRAME_PICTURE, question, bytes, length, 0, &why);
    helper->failures += answer != ANSWER_RESULT && answer != ANSWER_NOTHING;
    if (answer != ANSWER_RESULT)
        return NULL;
    struct wire_input in = wire_input(helper->frame.bytes->data, helper->frame.bytes->len);
    struct drawn *drawn = drawn_get(&in, request);
    forget_answer(helper);
    if (drawn)
        return drawn;
    end(helper);
    helper->failures++;
    return NULL;
}

guint
helper_failures(const struct helper *helper)
{
    return helper->failures;
}
