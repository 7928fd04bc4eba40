/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A feed as the JSON object of the `crier parse` contract. */
#pragma once

#include "feed/model.h"

#include <stdio.h>

/* Writes the object with a final newline. */
void feed_print(const struct feed *feed, FILE *out);
