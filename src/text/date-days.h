/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Days in words, "the fifth of November", "с пятого по десятое ноября".  Inside this room only. */
#pragma once

#include "text/date-tokens.h"

/* Makes one token of the words of each, a number as the others.  The tokens are those of text. */
void date_join_days(GArray *tokens, const char *text, const struct date_style *style);

/* Whether a text has any, told by its bytes. */
bool date_has_days(const char *text, const struct date_style *style);
