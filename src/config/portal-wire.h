/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Portals as bytes, for a process that reads their pages and may open no file.  What only the
 * transfer needs stays here: headers, bodies of requests, logins in addresses; and names and tests,
 * which no page is read by.
 */
#pragma once

#include "base/wire.h"
#include "config/portal.h"

void portal_put(GByteArray *out, const struct portal *portal);

/* The one that was put; NULL, and bad, when it is none.  Owned by the caller. */
struct portal *portal_get(struct wire_input *in);
