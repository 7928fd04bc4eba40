/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Signs as an input method types them: "。" and "．" for a full stop, "３" for 3, "－" for a minus.
 * Where one means something to crier, it is meant in either width; text stays as it was typed.
 */
#pragma once

#include <stdbool.h>

/*
 * The sign that text begins with, as ASCII has it, and where the text goes on behind it (may be
 * NULL); '\0' when it begins with none.
 */
char typed_sign(const char *text, const char **end);

/* Whether a text is this sign and nothing else. */
bool typed_sign_is(const char *text, char sign);

/* A line without blanks of either width around it, its first word set apart by ASCII's; owned. */
char *typed_sign_line(const char *line);
