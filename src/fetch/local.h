/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of this machine as sources: what a request for "file:///…" is answered with. */
#pragma once

#include "transfer/exchange.h"

/*
 * Answers a request for a file, as a server would: 200 with its bytes, 304 when its validator is
 * the one that was sent, else a problem.  Only what the user has named is read, and only regular
 * files.
 */
void local_read(struct response *response, gsize max_size);
