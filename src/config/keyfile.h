/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Key files (the Desktop Entry syntax) as crier reads them: through GKeyFile, but with
 * line numbers for messages, duplicate keys and groups refused, and values raw, so that
 * regular expressions keep their backslashes.
 */
#pragma once

#include <glib.h>

#include "base/auto.h"

struct keyfile;

/* Reads a file of at most 4 MiB.  Messages name file and line. */
struct keyfile *keyfile_load(const char *path, GError **error);
struct keyfile *keyfile_parse(const char *name, const char *text, GError **error);
/* Notes all lines that are wrong, and leaves them out; NULL when there is nothing to read. */
struct keyfile *keyfile_load_noting(const char *path, GPtrArray *faults);
void keyfile_free(struct keyfile *file);

DEFINE_AUTO_FREE(keyfile, keyfile_free)

const char *keyfile_name(const struct keyfile *file);
char **keyfile_groups(const struct keyfile *file);                  /* owned by the caller */
char **keyfile_keys(const struct keyfile *file, const char *group); /* owned by the caller */
char *keyfile_value(const struct keyfile *file, const char *group, const char *key); /* or NULL */

/* The line of a key, or with key NULL of the group's header. */
int keyfile_line(const struct keyfile *file, const char *group, const char *key);
