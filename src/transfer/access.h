/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who may be told what in a hop, and who may be asked at all: headers, cookies, forms and logins of
 * a source go to its own hosts, never from https to http; what is in a private network is reached
 * only by those who named it.  Inside this room only; one thread, that of the loop.
 */
#pragma once

#include "transfer/transfer.h"

bool access_is_https(const char *url);

/* Whether the request's headers, cookies and body may go to this URL. */
bool access_may_tell(const struct transfer *t, const char *url);
/* Whether what is for the host of the request alone may go along in this hop. */
bool access_may_tell_secrets(const struct transfer *t);
/* Whether its login may. */
bool access_may_log_in(const struct transfer *t);

/*
 * Why the hop must not be made: its time or its address; NULL when it may.  Notes when the session
 * is of a private network.
 */
struct problem *access_refusal(const struct transfer *t);

/*
 * libcurl's CURLOPT_PREREQFUNCTION, of a struct transfer: judges the address of the connection
 * itself, since a public name may resolve to a private address; notes when the request was sent,
 * and the refusal.
 */
int access_on_connected(void *user, char *server, char *own, int server_port, int own_port);

void access_add_header(struct transfer *t, const char *name, const char *value);

/*
 * Puts headers, body, login, certificate and cookies into the handle of a hop, as far as its server
 * may be told them; shared: cookies of portals that keep some (borrowed).
 */
void access_tell(struct transfer *t, CURLSH *shared);
