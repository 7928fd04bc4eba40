/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is kept of an exchange beside its bytes, for those who later ask how they were obtained: the
 * lines of the request, an empty one, and the lines of the answer, without cookies, logins and
 * whatever else may be a secret.  Inside this room only.
 */
#pragma once

#include "transfer/transfer.h"

/* A line of the answer, as it came. */
void evidence_note(GString *answer, const char *line, gsize length);

/* The lines of a hop that is prepared; newly allocated. */
char *evidence_request(const struct transfer *t, const char *user_agent);
