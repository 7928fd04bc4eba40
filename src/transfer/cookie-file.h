/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Cookies out of a file in the form that Netscape gave them, curl and wget use and browsers export:
 * a line each of domain, whether hosts below it too, path, whether https alone, seconds UTC until
 * when, name and value, with tabs between them.  The file is never written: it is the user's.
 */
#pragma once

#include <glib.h>

/*
 * The lines that are for the host of a URL, made so that no other host gets them, and those of an
 * address with https nobody without; owned char *, as CURLOPT_COOKIELIST has them.  NULL and a
 * G_FILE_ERROR when the file cannot be read.
 */
GPtrArray *cookie_file_read(const char *path, const char *url, GError **error);
