/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * When to look whether another program has written the store, so that whoever shows it sleeps for
 * as long as nobody does: the folder of the store is watched with inotify(7).  Where that cannot be
 * had, a look is due each second.
 *
 * SQLite writes what it commits into the log before it is valid, so one look is not enough:
 * more follow, later and later, until nobody is writing.  They also keep those who write all the
 * time from waking the reader more than ten times a second.
 *
 * Times are monotonic microseconds.
 */
#pragma once

#include "store/store.h"

struct watch;

/*
 * Begins to watch a store, which need not be there; its folder is made.  marks: the file of marks
 * beside it (own-marks.h), there or not.  To be called before the fence is entered: what watches
 * files can watch all of them.
 */
struct watch *watch_new(const char *path, const char *marks);
void watch_free(struct watch *watch);
DEFINE_AUTO_FREE(watch, watch_free)

/* A descriptor that can be read when it is time to look; -1: there is none now. */
int watch_descriptor(const struct watch *watch);
/* Milliseconds until it is time to look anyway; -1: that time will not come. */
int watch_timeout(const struct watch *watch, gint64 now);
/*
 * To be called before the store is looked at: learns what was written since, and whether to look
 * again.  store: may be NULL.
 */
void watch_look(struct watch *watch, struct store *store, gint64 now);
