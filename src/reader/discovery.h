/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the worker's `discover` found behind a URL. */
#pragma once

#include <stdbool.h>

#include "base/auto.h"

struct discovery {
    bool list;         /* an HTML list, else a feed */
    char *url, *title; /* title may be NULL */
    unsigned entries;
    char **sample; /* the titles of the first ones, with their dates */
};

/* From the line that the worker prints; NULL when it is none. */
struct discovery *discovery_parse(const char *line);
void discovery_free(struct discovery *discovery);
DEFINE_AUTO_FREE(discovery, discovery_free)
