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
 * even after blanks and non-ASCII bytes have been percent-encoded.  Without a base a
 * relative reference is returned as it is.
 */
char *url_resolve(const char *base, const char *reference);

/* Whether url is absolute and http or https: the only kind that is ever fetched. */
bool url_is_web(const char *url);

/* Host and port of an absolute URL, or of a template of one, in lower case; newly allocated, NULL for none. */
char *url_authority(const char *url);

/*
 * The form by which two links are recognised as the same page: no fragment, no session
 * id, no utm_* parameters, http and https alike, no trailing index.html.
 */
char *url_identity(const char *url);
