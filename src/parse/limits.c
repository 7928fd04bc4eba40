/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The limits are the kernel's: RLIMIT_DATA and RLIMIT_CPU. */
#include "config.h"

#include "parse/limits.h"
#include "base/memory.h"
#include "base/number.h"

#include <glib.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>

/* bytes of its own: with the libraries less than 300 MB stay in memory */
#define MEMORY (272 << 20)
/*
 * seconds: the slowest of 4000 real pages took 0.9, and a slow machine needs five times as long as
 * the one on which they were read
 */
#define PAGE_TIME 10

static void (*on_end)(void);

/* GLib's message says so, to which libxml2 and jansson are led too (base/memory.h). */
static GLogWriterOutput
on_log(GLogLevelFlags level, const GLogField *fields, gsize count, gpointer data)
{
    for (gsize i = 0; level & G_LOG_LEVEL_ERROR && i < count; i++)
        if (g_str_equal(fields[i].key, "MESSAGE") && strstr(fields[i].value, "failed to allocate"))
            on_end();
    return g_log_writer_default(level, fields, count, data);
}

#define NO_LESS (1 << 20) /* bytes: what malloc asks the kernel for when the heap cannot grow */

/*
 * That message is made in memory too, of which there may be none left: GLib then calls itself until
 * the stack ends.  Where it makes its locks it aborts.
 */
static void
on_fault(int number)
{
    if (mmap(NULL, NO_LESS, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) ==
        MAP_FAILED)
        on_end();
    raise(number); /* that it is another fault, the default says when this returns */
}

static void
watch_the_stack(void)
{
    static char other[16 << 10];
    const stack_t stack = {.ss_sp = other, .ss_size = sizeof(other)};
    struct sigaction action = {.sa_handler = on_fault, .sa_flags = SA_ONSTACK | SA_RESETHAND};
    sigemptyset(&action.sa_mask);
    if (sigaltstack(&stack, NULL) == 0)
        sigaction(SIGSEGV, &action, NULL);
    sigaction(SIGABRT, &action, NULL);
}

static bool
is_sanitized(void)
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    return true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || \
    __has_feature(memory_sanitizer)
    return true;
#else
    return false;
#endif
#else
    return false;
#endif
}

void
limits_memory(void (*ended)(void))
{
    struct rlimit now;
    if (!on_end) /* GLib takes one writer, once */
        g_log_set_writer_func(on_log, NULL, NULL);
    on_end = ended;
    /* the hard limit stays, for the programs that one may start */
    if (!is_sanitized() && getrlimit(RLIMIT_DATA, &now) == 0) {
        now.rlim_cur = MIN(now.rlim_max, (rlim_t)MEMORY);
        setrlimit(RLIMIT_DATA, &now);
        watch_the_stack();
    }
    memory_set_up();
    memory_give_back();
}

int64_t
limits_page_time(void)
{
    const char *stated = g_getenv("CRIER_TEST_PARSE_SECONDS");
    gint64 seconds;
    return stated && number_parse(stated, 1, PAGE_TIME, &seconds) ? seconds : PAGE_TIME;
}

void
limits_time(int64_t seconds)
{
    struct rusage used;
    struct rlimit now;
    if (getrusage(RUSAGE_SELF, &used) != 0 || getrlimit(RLIMIT_CPU, &now) != 0)
        return;
    int64_t took = used.ru_utime.tv_sec + used.ru_stime.tv_sec;
    bool begun = used.ru_utime.tv_usec + used.ru_stime.tv_usec > 0; /* a second that is not whole */
    now.rlim_cur = MIN(now.rlim_max, (rlim_t)(took + begun + seconds));
    setrlimit(RLIMIT_CPU, &now);
}
