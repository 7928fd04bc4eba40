/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Days that are names of streets: «улица 8 Марта», "rue du 8 mai".  Inside this room only. */
#pragma once

#include "text/date-tokens.h"

/* Whether the day without a year and hours from start to end, of the tokens of text, is a name. */
bool date_is_name(const char *text, const struct token *first, const struct token *start,
                  const struct token *end);
