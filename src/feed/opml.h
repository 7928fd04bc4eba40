/* SPDX-License-Identifier: GPL-3.0-or-later */
/* OPML subscription lists: bytes -> feeds with the folders they lie in. */
#pragma once

#include "config/outline.h"
#include "feed/model.h"

#define OPML_MAX_DEPTH 64 /* of folders in each other */

struct opml_feed {
    char *url, *title, *html_url;
    char **path; /* titles of the folders, outermost first */
};

struct opml {
    char *title;
    GPtrArray *outlines; /* owned struct outline *: what can be subscribed to, and what not */
    bool too_deep;       /* folders below were left out */
    GPtrArray *feeds;    /* owned struct opml_feed *, in document order */
};

struct opml *opml_parse(const char *bytes, gsize length, GError **error);
void opml_free(struct opml *opml);
DEFINE_AUTO_FREE(opml, opml_free)

/* The JSON object of the `crier opml` contract, with a final newline. */
char *opml_to_json(const struct opml *opml);
