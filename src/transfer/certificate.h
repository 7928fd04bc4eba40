/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Why a server is not believed to be the one that was asked for: what libcurl and the library that
 * it speaks TLS with tell of a certificate, as a problem of ours.  Nothing here can turn the
 * verification off.
 */
#pragma once

#include "transfer/exchange.h"

#include <curl/curl.h>

/* Has `easy` take no TLS below 1.2 (RFC 8996), of a proxy neither, and keep what it learns. */
void certificate_prepare(CURL *easy);

/*
 * Has `easy` trust the certificates in `file` and no others; NULL: those that SSL_CERT_FILE,
 * CURL_CA_BUNDLE and SSL_CERT_DIR name, or else the system's.
 */
void certificate_trust(CURL *easy, const char *file);

/*
 * The problem that a transfer of `url` for a request ended with by `code`, why being libcurl's
 * words for it; NULL when TLS is not to blame.
 */
struct problem *certificate_problem(CURL *easy, CURLcode code, const char *url,
                                    const struct request *request, const char *why);

/*
 * Until when the certificate of the server holds, seconds UTC; 0: there was none, or the connection
 * was used before.
 */
int64_t certificate_expires(CURL *easy);
