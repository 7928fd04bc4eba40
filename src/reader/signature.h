/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Signatures of files by the programs that people have for them, minisign and gpg: beside the file,
 * as these make them, so that both tell without crier who signed.  The programs are started by
 * argv; none of this is behind a fence.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "base/auto.h"

/* "minisign:KEY" or "gpg:KEY". */
struct signature {
    bool gpg;
    char *key; /* owned */
};
/* to_verify: a key of gpg is a whole fingerprint.  CONFIG_ERROR. */
bool signature_parse(const char *text, bool to_verify, struct signature *signature, GError **error);
void signature_clear(struct signature *signature);
DEFINE_AUTO_CLEAR(signature, signature_clear)

/* Where that of a file lies; newly allocated. */
char *signature_path(const struct signature *signature, const char *file);

/* What signs `file` as `to`; owned char *, NULL behind the last. */
GPtrArray *signature_command(const struct signature *signature, const char *file, const char *to);

/*
 * Whether `beside` is the key's signature of `file`; G_SPAWN_ERROR when the program is not there.
 */
bool signature_verify(const struct signature *signature, const char *file, const char *beside,
                      GError **error);
