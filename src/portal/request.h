/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a portal file asks of the network for a page: URL and POST body with the page's number
 * and the token in their places.  Pure.
 */
#pragma once

#include "config/portal.h"

struct portal_request {
    char *url;
    char *post;                             /* or NULL: a GET */
    const struct portal_transfer *transfer; /* borrowed: media type, headers */
};

void portal_request_clear(struct portal_request *request);
DEFINE_AUTO_CLEAR(portal_request, portal_request_clear)

/* Where the token of a section stands; NULL if it needs none. Borrowed. */
const char *portal_token_url(const struct portal *portal, const struct portal_section *section);

/*
 * The request for page `number` (from 0) of a section; token may be NULL.  False when the
 * section says nothing about pages after the first, or its URL does not become one.
 */
bool portal_request_page(const struct portal *portal, const struct portal_section *section,
                         int number, const char *token, struct portal_request *out);

/* The request for an article whose rules say that it is asked for elsewhere; else false. */
bool portal_request_article(const struct portal *portal, const char *edition, const char *link,
                            struct portal_request *out);

/* The number (from 0) of the section's page that has this URL; 0 if none is seen in it. */
int portal_page_number(const struct portal_section *section, const char *url);
