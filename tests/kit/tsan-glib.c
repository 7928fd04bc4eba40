/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A library for LD_PRELOAD that tells ThreadSanitizer what GLib's locks and queues order: GLib is
 * not built with it, and locks by futex(2), which it does not see.  For programs built with
 * -fsanitize=thread (HACKING.md says how).
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <glib.h>

void __tsan_acquire(void *address);
void __tsan_release(void *address);

#define REAL(name) \
    static __typeof__(&name) real; \
    if (!real) \
    real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

/* --- locks ---------------------------------------------------------------------------------- */

void(g_mutex_lock)(GMutex *mutex)
{
    REAL(g_mutex_lock);
    real(mutex);
    __tsan_acquire(mutex);
}

gboolean(g_mutex_trylock)(GMutex *mutex)
{
    REAL(g_mutex_trylock);
    gboolean got = real(mutex);
    if (got)
        __tsan_acquire(mutex);
    return got;
}

void(g_mutex_unlock)(GMutex *mutex)
{
    REAL(g_mutex_unlock);
    __tsan_release(mutex);
    real(mutex);
}

void
g_cond_wait(GCond *cond, GMutex *mutex)
{
    REAL(g_cond_wait);
    __tsan_release(mutex);
    real(cond, mutex);
    __tsan_acquire(mutex);
}

gboolean
g_cond_wait_until(GCond *cond, GMutex *mutex, gint64 end)
{
    REAL(g_cond_wait_until);
    __tsan_release(mutex);
    gboolean in_time = real(cond, mutex, end);
    __tsan_acquire(mutex);
    return in_time;
}

gboolean(g_once_init_enter)(volatile void *location)
{
    REAL(g_once_init_enter);
    gboolean first = real(location);
    if (!first)
        __tsan_acquire((void *)(guintptr)location);
    return first;
}

void(g_once_init_leave)(volatile void *location, gsize result)
{
    REAL(g_once_init_leave);
    __tsan_release((void *)(guintptr)location);
    real(location, result);
}

/* --- queues: what is pushed happens before it is popped -------------------------------------- */

void
g_async_queue_push(GAsyncQueue *queue, gpointer data)
{
    REAL(g_async_queue_push);
    __tsan_release(queue);
    real(queue, data);
}

#define POPPING(name, parameters, arguments) \
    gpointer name parameters \
    { \
        REAL(name); \
        gpointer data = real arguments; \
        if (data) \
            __tsan_acquire(queue); \
        return data; \
    }

POPPING(g_async_queue_pop, (GAsyncQueue * queue), (queue))
POPPING(g_async_queue_try_pop, (GAsyncQueue * queue), (queue))
POPPING(g_async_queue_timeout_pop, (GAsyncQueue * queue, guint64 time), (queue, time))

/* --- threads --------------------------------------------------------------------------------- */

struct start {
    GThreadFunc run;
    gpointer data;
};
static int ended; /* its address stands for the ends of all threads */

static gpointer
run_thread(gpointer data)
{
    struct start *start = data;
    __tsan_acquire(start);
    gpointer result = start->run(start->data);
    __tsan_release(&ended);
    return result;
}

GThread *
g_thread_new(const char *name, GThreadFunc run, gpointer data)
{
    REAL(g_thread_new);
    struct start *start = g_new0(struct start, 1); /* as long as the program */
    *start = (struct start){run, data};
    __tsan_release(start);
    return real(name, run_thread, start);
}

gpointer
g_thread_join(GThread *thread)
{
    REAL(g_thread_join);
    gpointer result = real(thread);
    __tsan_acquire(&ended);
    return result;
}

struct pool {
    GFunc run;
    gpointer user;
};

static void
run_in_pool(gpointer data, gpointer user)
{
    struct pool *pool = user;
    __tsan_acquire(pool);
    pool->run(data, pool->user);
    __tsan_release(pool);
}

static struct pool *last_pool;

GThreadPool *
g_thread_pool_new(GFunc run, gpointer user, gint most, gboolean exclusive, GError **error)
{
    REAL(g_thread_pool_new);
    last_pool = g_new0(struct pool, 1);
    *last_pool = (struct pool){run, user};
    return real(run_in_pool, last_pool, most, exclusive, error);
}

gboolean
g_thread_pool_push(GThreadPool *pool, gpointer data, GError **error)
{
    REAL(g_thread_pool_push);
    __tsan_release(last_pool);
    return real(pool, data, error);
}

void
g_thread_pool_free(GThreadPool *pool, gboolean immediate, gboolean wait)
{
    REAL(g_thread_pool_free);
    real(pool, immediate, wait);
    if (wait)
        __tsan_acquire(last_pool);
}
