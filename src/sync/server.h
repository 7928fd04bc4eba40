/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A server that speaks the Google Reader API, as FreshRSS and Miniflux do: its login, its token,
 * and one request at a time.  crier-transfer asks it; who has the store has no socket.
 *
 * A login (ClientLogin) gives what the header Authorization of each request says, "GoogleLogin
 * auth=…"; a POST has a token of its own in its body beside it, which is asked for anew when it is
 * refused.
 */
#pragma once

#include <jansson.h>

#include "base/problem.h"
#include "config/context.h"
#include "fence/starter.h"

struct server;

/* address: sync.server without a login; login: "user:password"; all borrowed. */
struct server *server_new(const struct context *context, struct starter *starter,
                          const char *address, const char *login);
void server_free(struct server *server);
DEFINE_AUTO_FREE(server, server_free)

/*
 * Logs in; where there is no API at the address, it is looked for where FreshRSS has it below.  A
 * problem, owned, of this and all others here; NULL: it worked.
 */
struct problem *server_log_in(struct server *server);

/* A GET of "stream/items/ids" and the like, with a query or NULL; *json: its answer, owned. */
struct problem *server_get(struct server *server, const char *path, const char *query,
                           json_t **json);

/* A POST of a form; json: NULL where the answer has to be "OK". */
struct problem *server_post(struct server *server, const char *path, const char *form,
                            json_t **json);

/* Adds "name=value" to a query or a form, with what it needs before it. */
void form_add(GString *form, const char *name, const char *value);

/*
 * Whether a problem is of one request, which the server refuses, so that others may be answered:
 * not of the way to it, nor of the login.
 */
bool server_refuses(const struct problem *problem);
