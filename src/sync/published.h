/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Portals without feeds, which no server can fetch, as the feeds that `crier export --split=portal`
 * publishes of them at an address (the setting sync.feeds).
 */
#pragma once

#include "config/urls.h"

struct published {
    char *url, *identity; /* of the feed; url_identity() */
    const char *portal;   /* its id; borrowed, as what follows, of the subscriptions */
    const char *title;
    const char *folder; /* the first tag, or NULL */
};

/* One a portal of which a list is subscribed to, owned struct published *; base: empty: none. */
GPtrArray *published_portals(const struct urls *urls, const char *base);
/* NULL: none. */
const struct published *published_find(const GPtrArray *published, const char *identity);
/* The one that has the articles of a subscription; NULL: none. */
const struct published *published_of(const GPtrArray *published, const struct subscription *sub);
