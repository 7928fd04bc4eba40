/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * URLs as RFC 3986 has them, through GUri: resolving, comparing, refusing.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/*
 * Resolves reference against base (NULL: none) after trimming it.  NULL when the result
 * is no URL: a reference with inner white space and no scheme, or one that GUri refuses
 * even after blanks and non-ASCII bytes have been percent-encoded; and when it is longer than
 * 8192 bytes: a base of a hundred thousand would be copied into each link.  Without a base a
 * relative reference is returned as it is.  A host is in ASCII (IDNA) in what is resolved.
 */
char *url_resolve(const char *base, const char *reference);

/* Whether url is absolute and http or https: the only kind that is ever followed. */
bool url_is_web(const char *url);

/* Whether it is one of the web in ASCII, in which nothing is to be encoded: nearly all are. */
bool url_is_plain(const char *url);

/* Whether it names a file of this machine: read only where the user has subscribed to it. */
bool url_is_file(const char *url);

/*
 * Host and port of an absolute URL, or of a template of one, in lower case; newly allocated, NULL
 * for none.
 */
char *url_authority(const char *url);

/* Its host alone, without the brackets of an IPv6 address; newly allocated, NULL for none. */
char *url_host(const char *url);

/* Its host and port as people are shown them; newly allocated, NULL for none. */
char *url_host_shown(const char *url);

/*
 * The form by which two links are recognised as the same page: no fragment unless it is the address
 * within an application ("#/news/101", "#!news"), no session id, no parameters that only say where
 * readers come from, http and https alike, no trailing index.html.
 */
char *url_identity(const char *url);

/*
 * The same, but with the fragment and all parameters except session ids: what tells links apart
 * that have one identity and stand in one document.
 */
char *url_strict_identity(const char *url);

/*
 * Text in which no URL shows a secret: "user:password@" becomes "user:***@", a name without a
 * password "***@", and values of parameters that are called token, key, password and the like
 * "***".
 */
char *url_public(const char *text);

/* Whether a parameter whose name has that length is called like something that opens doors. */
bool url_names_secret(const char *name, gsize length);

/*
 * url_public() for people: each URL with its host as it is shown (base/host.h), and with letters
 * for what stands behind that in percents.  Never for machines, nor to be followed.
 */
char *url_shown(const char *text);

/* A URL with its host in ASCII, where it can be one; newly allocated. */
char *url_ascii(const char *url);

/*
 * A URL without what stands before the '@' of its authority; *login gets that, decoded
 * ("user:password"), or NULL when there is none.  Both newly allocated.
 */
char *url_without_login(const char *url, char **login);

/* The same URL with a login ("user:password") in it; newly allocated. */
char *url_with_login(const char *url, const char *login);

/*
 * Whether a login that is written in an address is for a URL: the scheme, host and port are the
 * same, or it is the same host over TLS, both at the ports where one looks for them.
 */
bool url_takes_login(const char *written, const char *url);
