/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The exit statuses of crier and crier-worker: a contract with scripts, never renumbered.
 */
#pragma once

enum exit_status {
    STATUS_OK = 0,
    STATUS_USAGE = 1,     /* wrong use, bad configuration, unknown source or article */
    STATUS_SOME = 2,      /* some sources failed, or a check found a fault; the rest is done */
    STATUS_ALL = 3,       /* all sources failed */
    STATUS_NOTHING = 4,   /* nothing matched */
    STATUS_INTERNAL = 70, /* a fault of crier itself */
    STATUS_STORE = 74,    /* the store cannot be read or written */
    STATUS_BUSY = 75,     /* another fetch is running on this store */
};
