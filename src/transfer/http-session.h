/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The name of what the requests of one source have in common: cookies, the time that they take, the
 * network they are in.  All of that is where the transfers are; whoever asks has a number for it.
 */
#pragma once

#include <glib.h>

struct http_session {
    gatomicrefcount references;
    guint number;  /* of this process, from 1 */
    int deadline;  /* seconds that transfers may take in all, 0: any */
    guint process; /* the one that made the first of its transfers (fetch/pending.h); 0: none yet */
    gpointer owner; /* who told a process of it, and wants to know of its end; or NULL */
    void (*ended)(struct http_session *session);
};

struct http_session *http_session_new(int deadline);
struct http_session *http_session_ref(struct http_session *session);
void http_session_unref(struct http_session *session); /* or NULL; any thread */
