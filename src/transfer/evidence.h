/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is kept of an exchange beside its bytes, for those who later ask how they were obtained: the
 * lines of the request, an empty one, and the lines of the answer, without cookies, logins and
 * whatever else may be a secret.  Inside this room only.
 */
#pragma once

#include <curl/curl.h>
#include <glib.h>
#include <stdbool.h>

/* A line of the answer, as it came. */
void evidence_note(GString *answer, const char *line, gsize length);

/*
 * Those of a hop to an address; coded: a body may come packed; headers: that libcurl is given.
 * Newly allocated.
 */
char *evidence_request(const char *url, bool post, bool coded, const char *user_agent,
                       const struct curl_slist *headers);
