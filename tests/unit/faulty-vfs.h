/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A SQLite VFS over the default one that fails at the n-th write, sync, truncation, removal or
 * lock.  To be registered before a store is opened; counts over all files.
 */
#pragma once

#include <sqlite3.h>
#include <stdbool.h>

enum fault {
    FAULT_NONE,
    FAULT_ERROR, /* one operation fails: a bad block */
    FAULT_FULL,  /* from then on nothing more fits */
    /* from then on nothing happens any more; the write is torn: kill -9, a power cut */
    FAULT_DEATH,
    FAULT_LOCKS, /* no locks and no shared memory: some network file systems */
};

void faulty_register(void); /* the default from then on */

/* The fault for the operation number `at` from now on (from 1). */
void faulty_arm(enum fault fault, int at);
bool faulty_struck(void); /* whether it has come to that */
