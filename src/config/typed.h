/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Addresses as people type and paste them. */
#pragma once

#include <glib.h>

/*
 * What a person may mean: URLs that can be subscribed to, in the order in which they are to be
 * tried.
 *
 * - a URL of the web; "feed:", "webcal:" and "URL:" before it are taken off, and blanks and line
 *   breaks within, brackets and quotation marks around it;
 * - without a scheme https, then http, for where no secure connection can be made;
 * - a file, as a path or a "file:" URL, if it is there: "file:///…".  A name without a folder is a
 *   path only where there is such a file in the current one.
 *
 * A host's name outside ASCII becomes its ASCII form (IDNA).  NULL and CONFIG_ERROR_UNKNOWN, with
 * what is wrong, when it is no address.  Owned char *.
 */
GPtrArray *typed_address(const char *typed, GError **error);
