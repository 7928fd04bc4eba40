/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A set of articles, a bit for each number: what the search index finds is collected in one, and
 * asked of it while articles are met in another order.
 */
#pragma once

#include <glib.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

struct hits;

struct hits *hits_new(void);
void hits_free(struct hits *hits);
void hits_add(struct hits *hits, int64_t article);
bool hits_has(const struct hits *hits, int64_t article);
int64_t hits_count(const struct hits *hits);
/* Leaves of a set what another has, too. */
void hits_keep(struct hits *hits, const struct hits *other);
/* The article of the set whose number follows; -1: there is none. */
int64_t hits_next(const struct hits *hits, int64_t article);

/* Binds a set, borrowed until the statement is reset, as the first argument of the functions. */
void hits_bind(sqlite3_stmt *statement, int index, struct hits *hits);

/*
 * crier_hits_add(set, article), an aggregate, which is NULL; crier_hits_has(set, article).  An
 * SQLite status.
 */
int hits_register(sqlite3 *db);
