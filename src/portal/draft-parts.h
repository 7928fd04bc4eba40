/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Paths to nodes of a page, by what is likely to stay.  Inside this room only. */
#pragma once

#include "portal/page.h"

/*
 * A set of paths in the order in which they are preferred: owned char *, none twice, no more than
 * draft_paths_full() allows.
 */
GPtrArray *draft_paths_new(void);
bool draft_paths_full(const GPtrArray *paths);

/* Adds a path (taken), unless it is there. */
void draft_paths_add(GPtrArray *paths, char *path);

/*
 * Adds paths from one node to another within it: by class and id, by name, by its place among
 * its siblings.  attribute: of that node, instead of its text, or NULL.  from: what stands before
 * the path, "." for a node within the context node.
 */
void draft_paths_to(GPtrArray *paths, const char *from, const xmlNode *root, const xmlNode *node,
                    const char *attribute);

/* Adds paths of the whole page that may select these elements (const xmlNode *) and no others. */
void draft_paths_of_rows(GPtrArray *paths, const GPtrArray *rows);

/*
 * Adds what may tell rows from others that a path selects as well: predicates, "[td[2]]".  common:
 * what the addresses of all rows hold, up to NULL.
 */
void draft_predicates(GPtrArray *predicates, const xmlNode *row, const char *const *common);

/* Adds paths of the whole page to one element. */
void draft_paths_of(GPtrArray *paths, const xmlNode *node, const char *attribute);
