/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The file `credentials`: logins by host, in the form of netrc as curl and wget read it,
 *
 *     machine HOST[:PORT] login USER password PASSWORD
 *
 * in any number of lines; quotation marks hold blanks, a backslash the next character in them, and
 * a # that begins a word what follows to the end of the line.  Without a port it is that of the
 * scheme.  A login is for https, and for http only where it stays in this machine or the line says
 * "machine http://HOST".  `default` is refused: it would tell everybody.
 */
#pragma once

#include <glib.h>

#include "base/auto.h"

struct credentials;

/*
 * Reads the file of the folder; one that is not there holds none.  NULL and a CONFIG_ERROR for one
 * that others may read or that is another's, and for one that is wrong, in words without what
 * stands in it.
 */
struct credentials *credentials_load(const char *config_dir, GError **error);
/* The same of a text; file: as errors name it. */
struct credentials *credentials_parse(const char *file, const char *text, GError **error);
void credentials_free(struct credentials *credentials);
DEFINE_AUTO_FREE(credentials, credentials_free)

/* "user:password" for a URL's scheme, host and port, or NULL; borrowed. */
const char *credentials_find(const struct credentials *credentials, const char *url);
