/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Names that tell sources apart: most portals call a section of theirs "News".  Where sources of
 * several portals and hosts are called the same, "PORTAL: NAME" says which is meant, of a feed
 * "HOST: NAME"; a name that is there once stands for itself.
 */
#pragma once

#include "store/sources.h"

/* How often what they are made of has changed, as triggers count; owned, or NULL: nobody knows. */
char *source_names_version(struct store *store);
/*
 * Names each of the active sources of a list, which has all of them and was read after that
 * version was.
 */
void source_names_tell_apart(struct store *store, const GPtrArray *sources, const char *version);

/* What a source is to be called, where its name is that of another one, too; NULL where not. */
const char *source_names_find(struct store *store, int64_t id);

/* The sources have changed. */
void source_names_forget(struct store *store);
/* Forgets them where another program has changed what they are made of; whether it has. */
bool source_names_follow(struct store *store);
