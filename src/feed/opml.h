/* SPDX-License-Identifier: GPL-3.0-or-later */
/* OPML subscription lists: bytes -> feeds with the folders they lie in. */
#pragma once

#include "feed/model.h"

struct opml_feed {
    char *url, *title, *html_url;
    char **path; /* titles of the folders, outermost first */
};

struct opml {
    char *title;
    GPtrArray *feeds; /* owned struct opml_feed *, in document order */
};

struct opml *opml_parse(const char *bytes, gsize length, GError **error);
void opml_free(struct opml *opml);
DEFINE_AUTO_FREE(opml, opml_free)

/* The JSON object of the `crier opml` contract, with a final newline. */
char *opml_to_json(const struct opml *opml);
