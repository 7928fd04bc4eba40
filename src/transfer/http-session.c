/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers for sessions, counted by the requests that are of them. */
#include "config.h"

#include "transfer/http-session.h"

struct http_session *
http_session_new(int deadline)
{
    static gint last;
    struct http_session *session = g_new0(struct http_session, 1);
    g_atomic_ref_count_init(&session->references);
    session->number = (guint)g_atomic_int_add(&last, 1) + 1;
    session->deadline = deadline;
    return session;
}

struct http_session *
http_session_ref(struct http_session *session)
{
    g_atomic_ref_count_inc(&session->references);
    return session;
}

void
http_session_unref(struct http_session *session)
{
    if (!session || !g_atomic_ref_count_dec(&session->references))
        return;
    if (session->owner)
        session->ended(session);
    g_free(session);
}
