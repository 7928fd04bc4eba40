/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The SQL function that reads an article for an address (text/street.h). */
#pragma once

#include <sqlite3.h>

/*
 * crier_address(title, data, address): whether a title and a stored document concern it.  Returns
 * SQLite's code.
 */
int addresses_register(sqlite3 *db);
