/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * In which manner the requests of a source are made: what settings and `credentials` say of proxy,
 * time, certificates, cookies, headers and login.  What of it is secret is for one address, and no
 * request for another host gets it (url_takes_login()).
 */
#pragma once

#include "config/context.h"
#include "config/credentials.h"
#include "fetch/http.h"

struct manner {
    char *written;      /* the address that the secrets are for, without a login */
    char *login;        /* "user:password", or NULL */
    GPtrArray *secrets; /* owned char *: headers; or NULL */
    char *ca_file, *cookie_file, *client_cert, *client_key; /* or NULL */
    bool no_cookies;
    const char *user_agent; /* of the settings; NULL: crier's own */
    const char *proxy;      /* as requests have it */
    int timeout, ip;        /* as requests have them */
};

/*
 * written: perhaps with a login, which is then the one.  It borrows of the settings.
 */
struct manner *manner_new(const struct context *context, const struct settings_subject *subject,
                          const struct credentials *credentials, const char *written);
void manner_free(struct manner *manner);
DEFINE_AUTO_FREE(manner, manner_free)

/* Has a request be made so. */
void manner_apply(const struct manner *manner, struct request *request);

/* The files that any request may name: what crier-transfer has to read; owned char *. */
GPtrArray *manner_files(const struct context *context);

/*
 * The client of a command that asks for one thing after the other, as the settings have it; starter
 * and out as http_new() has them, connections: at once, also to one host.
 */
struct http *manner_http(const struct context *context, struct starter *starter, int connections,
                         GAsyncQueue *out);
