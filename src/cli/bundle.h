/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the halves of `crier bundle` share. */
#pragma once

#include "cli/cli.h"
#include "reader/signature.h"

/* `crier bundle create`; signature: or NULL. */
int bundle_create(struct context *context, const struct options_bundle *options, const char *query,
                  const char *file, const struct signature *signature);
