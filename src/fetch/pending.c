/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table of the requests that wait, and a set of their sessions, under one lock. */
#include "config.h"

#include "fetch/pending.h"

/* A request that waits for its response. */
struct asked {
    struct request *request;
    bool begun; /* by the process that runs */
};

struct pending {
    void (*ended)(struct http_session *session);
    gpointer owner;

    GMutex lock; /* held for moments; of what follows, and what sessions say of processes */
    GHashTable *requests; /* serial -> struct asked * */
    GHashTable *sessions; /* struct http_session *: of which a process was told */
};

struct pending *
pending_new(void (*ended)(struct http_session *session), gpointer owner)
{
    struct pending *pending = g_new0(struct pending, 1);
    pending->ended = ended;
    pending->owner = owner;
    g_mutex_init(&pending->lock);
    pending->requests = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    pending->sessions = g_hash_table_new(NULL, NULL);
    return pending;
}

/* With `lock`. */
static void
insert(struct pending *pending, struct request *request, bool begun)
{
    struct asked *asked = g_new(struct asked, 1);
    *asked = (struct asked){request, begun};
    g_hash_table_insert(pending->requests, GUINT_TO_POINTER(request->serial), asked);
}

bool
pending_add(struct pending *pending, struct request *request, guint process)
{
    struct http_session *session = request->session;
    g_mutex_lock(&pending->lock);
    bool lost = session && session->process && session->process != process;
    if (!lost)
        insert(pending, request, false);
    if (!lost && session) {
        session->owner = pending->owner;
        session->ended = pending->ended;
        g_hash_table_add(pending->sessions, session);
    }
    g_mutex_unlock(&pending->lock);
    return !lost;
}

bool
pending_begin(struct pending *pending, guint serial, guint process)
{
    g_mutex_lock(&pending->lock);
    struct asked *asked = g_hash_table_lookup(pending->requests, GUINT_TO_POINTER(serial));
    if (asked) {
        asked->begun = true;
        if (asked->request->session)
            asked->request->session->process = process;
    }
    g_mutex_unlock(&pending->lock);
    return asked != NULL;
}

struct request *
pending_take(struct pending *pending, guint serial)
{
    g_mutex_lock(&pending->lock);
    struct asked *asked = g_hash_table_lookup(pending->requests, GUINT_TO_POINTER(serial));
    struct request *request = asked ? asked->request : NULL;
    g_hash_table_remove(pending->requests, GUINT_TO_POINTER(serial));
    g_mutex_unlock(&pending->lock);
    return request;
}

void
pending_put_back(struct pending *pending, struct request *request)
{
    g_mutex_lock(&pending->lock);
    insert(pending, request, true);
    g_mutex_unlock(&pending->lock);
}

void
pending_forget(struct pending *pending, struct http_session *session)
{
    g_mutex_lock(&pending->lock);
    g_hash_table_remove(pending->sessions, session);
    g_mutex_unlock(&pending->lock);
}

static gint
by_serial(gconstpointer a, gconstpointer b)
{
    const struct request *one = *(struct request *const *)a, *other = *(struct request *const *)b;
    return one->serial < other->serial ? -1 : one->serial > other->serial;
}

void
pending_part(struct pending *pending, guint process, GPtrArray *lost, GPtrArray *left)
{
    GHashTableIter iter;
    gpointer value;
    g_mutex_lock(&pending->lock);
    g_hash_table_iter_init(&iter, pending->requests);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        const struct asked *asked = value;
        const struct http_session *session = asked->request->session;
        bool begun = asked->begun || (session && session->process == process);
        g_ptr_array_add(begun ? lost : left, asked->request);
    }
    g_hash_table_remove_all(pending->requests);
    g_mutex_unlock(&pending->lock);
    g_ptr_array_sort(lost, by_serial);
    g_ptr_array_sort(left, by_serial);
}

static void
let_go_of_sessions(struct pending *pending)
{
    GHashTableIter iter;
    gpointer session;
    g_hash_table_iter_init(&iter, pending->sessions);
    while (g_hash_table_iter_next(&iter, &session, NULL)) {
        ((struct http_session *)session)->owner = NULL;
        ((struct http_session *)session)->process = 0;
    }
}

void
pending_free(struct pending *pending)
{
    GHashTableIter iter;
    gpointer value;
    let_go_of_sessions(pending);
    g_hash_table_iter_init(&iter, pending->requests);
    while (g_hash_table_iter_next(&iter, NULL, &value))
        request_free(((struct asked *)value)->request);
    g_hash_table_unref(pending->requests);
    g_hash_table_unref(pending->sessions);
    g_mutex_clear(&pending->lock);
    g_free(pending);
}
