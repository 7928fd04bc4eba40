/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One page outside of a fetch: an article that somebody wants to read now. */
#pragma once

#include "config/context.h"
#include "config/urls.h"
#include "fence/starter.h"
#include "fetch/http.h"
#include "store/sources.h"

/* The request for an article's page, with what the source's portal wants; owned by the caller. */
struct request *single_request(const struct urls *urls, const struct source *source,
                               const char *link);

/* A page by its link; title: what it is called where it says nothing of that itself, or NULL. */
struct single_page {
    const char *link, *title; /* borrowed */
};

/*
 * Reads an answer to it and stores it as an article of the source, a new one or the one that has
 * that link; *changed tells whether its text is another one now, be it that of the feed before.
 * Returns its number; 0 and an error when the page holds none or it cannot be stored.
 */
int64_t single_store(const struct context *context, struct starter *starter, struct store *store,
                     const struct urls *urls, const struct source *source,
                     const struct response *response, const struct single_page *page, int64_t now,
                     bool *changed, GError **error);
