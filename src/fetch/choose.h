/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which sources a fetch is for, and which of them were told to wait. */
#pragma once

#include "config/context.h"
#include "config/urls.h"
#include "fetch/fetch.h"
#include "store/sources.h"

/* How sources are chosen for a fetch, and how many are left out because they were told to wait. */
struct fetch_choice {
    const struct fetch_options *options;
    const struct context *context;
    const struct urls *urls;
    GHashTable *hosts;  /* that want no requests: name -> until when */
    int64_t now, until; /* until: the first of those that wait */
    guint waiting;
};

/* The sources to fetch; owned struct source *. NULL and error for an unknown name. */
GPtrArray *fetch_choose(struct store *store, struct fetch_choice *choice, GError **error);
