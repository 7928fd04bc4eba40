/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What SQL statements ask of us beside the search (store/search.h): SQL functions over one value,
 * which know nothing of the store.
 */
#pragma once

#include <sqlite3.h>

/*
 * crier_named(names, folded): whether one of a source's translated names folds to that.
 * crier_identity(url): url_identity().
 * crier_digest(bytes): their SHA-256 in hexadecimal.
 * crier_language_rank(language, ranges): language_rank().
 * crier_problem(text), crier_problems(text): a sentence, or lines "code: sentence", that a store of
 * before schema 7 holds, as problems.
 * Returns SQLite's code.
 */
int functions_register(sqlite3 *db);
