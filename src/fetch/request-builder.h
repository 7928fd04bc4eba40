/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Requests as a portal file wants them: headers, bodies, cookies, politeness. */
#pragma once

#include "fetch/http.h"
#include "portal/request.h"

/* portal and edition may be NULL: then these are plain requests. Owned by the caller. */
struct request *request_for_url(const struct portal *portal, const char *url);
struct request *request_for_article(const struct portal *portal, const char *edition,
                                    const char *link);

/* Page `number` (from 0) of a section; NULL when there can be none. */
struct request *request_for_page(const struct portal *portal, const struct portal_section *section,
                                 int number, const char *token);
