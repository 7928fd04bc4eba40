/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the requests of one source have in common: cookies, the time that they take, the network
 * they are in.  After it was made, the transfer thread alone reads and changes it.
 */
#pragma once

#include <curl/curl.h>
#include <glib.h>
#include <stdbool.h>

struct http_session {
    gatomicrefcount references;
    int deadline;    /* seconds, 0: none */
    gint64 spent;    /* microseconds of transfers that have ended */
    bool is_private; /* what the user named is in a private network itself */
    CURLSH *jar;     /* cookies */
};

/* seconds that transfers may take in all; 0: any */
struct http_session *http_session_new(int deadline);
struct http_session *http_session_ref(struct http_session *session);
void http_session_unref(struct http_session *session);
