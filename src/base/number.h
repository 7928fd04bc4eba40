/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Numbers in text that others wrote.  Both functions read ASCII digits alone: no spaces, no bases,
 * no locale, and no number overflows.  Neither touches *out when it returns false.
 *
 *     gint64 page;
 *     if (!number_parse("12", 1, 999, &page))
 *         return false;
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/*
 * Decimal digits (a sign where min < 0) that are the whole text, within min…max; false otherwise.
 */
bool number_parse(const char *text, gint64 min, gint64 max, gint64 *out);

/*
 * As many digits as text begins with; *end stands behind them; saturates at max; false when there
 * are none.  end may be NULL; max is not negative.
 */
bool number_prefix(const char *text, gint64 max, gint64 *out, const char **end);
