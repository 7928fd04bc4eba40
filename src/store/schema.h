/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The schema: which there are, and bringing a store to the newest. */
#pragma once

#include <sqlite3.h>

#include "store/store.h"

/* "crie": PRAGMA application_id of every store from schema 8 on */
#define STORE_APPLICATION 0x63726965

/* Stands in `languages` for articles that say none, and are in that of their source. */
#define NO_LANGUAGE "'-'"

/* By what `titles` are told apart, of article a and source s: "zh" of "zh-CN". */
#define TITLE_LANGUAGE "lower(substr(coalesce(a.language, s.language, ''), 1, 2))"

/*
 * What `unread` and `languages` hold, from what the other tables say.  Migration 11 is made of it:
 * a later schema states its own.
 */
#define SCHEMA_UNREAD \
    "SELECT a.sort, a.id FROM articles a LEFT JOIN marks m ON m.article = a.id" \
    " WHERE coalesce(m.read OR m.deleted, 0) = 0 ORDER BY a.sort, a.id"
#define SCHEMA_LANGUAGES \
    "SELECT a.source AS source, coalesce(a.language, " NO_LANGUAGE \
    ") AS language, sum(coalesce(m.deleted, 0) = 0)," \
    " sum(coalesce(m.read OR m.deleted, 0) = 0)" \
    " FROM articles a LEFT JOIN marks m ON m.article = a.id GROUP BY 1, 2"

/* The same of `titles`, for migration 29: what the search index has. */
#define SCHEMA_TITLES \
    "SELECT " TITLE_LANGUAGE " AS language, crier_title_key(a.title) AS key, a.id AS article" \
    " FROM articles a CROSS JOIN sources s ON s.id = a.source" \
    " WHERE a.id NOT IN (SELECT article FROM search_wait)"

bool schema_migrate(struct store *store, GError **error);
int schema_version(void);
/* the SQL that brings a store to it from the one before */
const char *schema_migration(int version);
int schema_register_former(sqlite3 *db); /* what migrations before 8 need; an SQLite status */
