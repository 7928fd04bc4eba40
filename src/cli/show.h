/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of `crier show` share. */
#pragma once

#include <stdbool.h>

#include "store/listing.h"

/* Prints how an article's text was obtained, for people or as JSON; an exit status. */
int show_evidence(struct store *store, const struct article_row *row, bool json);
