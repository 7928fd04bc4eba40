/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The schema: which there are, and bringing a store to the newest. */
#pragma once

#include <sqlite3.h>

#include "store/store.h"

/* "crie": PRAGMA application_id of every store from schema 8 on */
#define STORE_APPLICATION 0x63726965

bool schema_migrate(struct store *store, GError **error);
int schema_version(void);
/* the SQL that brings a store to it from the one before */
const char *schema_migration(int version);
int schema_register_former(sqlite3 *db); /* what migrations before 8 need; an SQLite status */
