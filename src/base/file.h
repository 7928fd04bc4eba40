/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Files that outlive the program that writes them.  A file that is replaced keeps its mode, its
 * owner (as far as the user may give it away) and the links that lead to it; whatever happens, it
 * is the old one or the new one, whole.  Errors are of G_FILE_ERROR and say what went wrong, not
 * with which file.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <sys/types.h>

/*
 * Where a name leads: absolute, all links followed, also one to what is not there yet.  Newly
 * allocated; NULL and errno when the links lead round in a circle or a folder on the way is
 * missing.
 */
char *file_target(const char *path);

/*
 * Takes a turn at changing the files of the folder in which `path` ends up: who reads, changes and
 * replaces one there does so between this and close().  Waits at most ten seconds for another
 * program.  A file system that does not lock gives a turn to everybody.  The descriptor, or -1.
 */
int file_lock(const char *path, GError **error);

/* What some editors put in front of a text in UTF-8. */
#define BYTE_ORDER_MARK "\xef\xbb\xbf"

/*
 * All of a file, newly allocated and with a 0 behind it; false and error.  length: where its length
 * goes, or NULL.
 */
bool file_get_text(const char *path, char **text, gsize *length, GError **error);

/* All of `length` bytes, whatever a signal or a full pipe cuts short; false and errno. */
bool file_write_all(int fd, const void *bytes, gsize length);
/* Until there are `length` bytes or no more; how many, or -1 and errno. */
gssize file_read_all(int fd, void *to, gsize length);

/*
 * Writes a file anew, through to the disk.  mode is for one that is not there yet.  What those that
 * were killed at it have left in the folder is removed.
 */
bool file_replace(const char *path, const char *text, gsize length, mode_t mode, GError **error);

/*
 * Gives an open file, which is to take the place of another, its mode and owner; `mode` when there
 * is none.
 */
bool file_take_after(int fd, const char *target, mode_t mode);

/* The mode of new files that others may read, if the user's umask lets them. */
mode_t file_public_mode(void);

/* Puts to the disk what a folder says of its files. */
bool file_sync_folder(const char *folder);
