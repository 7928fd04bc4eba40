/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the requests of one source share, counted by them. */
#include "config.h"

#include "transfer/http-session.h"

struct http_session *
http_session_new(int deadline)
{
    struct http_session *session = g_new0(struct http_session, 1);
    g_atomic_ref_count_init(&session->references);
    session->deadline = deadline;
    session->jar = curl_share_init(); /* one thread uses it: no locks */
    curl_share_setopt(session->jar, CURLSHOPT_SHARE, CURL_LOCK_DATA_COOKIE);
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
    curl_share_cleanup(session->jar);
    g_free(session);
}
