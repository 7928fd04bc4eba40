/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Languages by their tags (BCP 47), compared as RFC 4647 does: "zh" is the range of "zh" and
 * "zh-Hant", whatever the case.
 */
#pragma once

#include <stdbool.h>

/* Whether a language is of a range; NULL is of none. */
bool language_is_of(const char *language, const char *range);

/* Whether both begin with the same subtag, as zh-CN and zh-Hant do. */
bool language_is_alike(const char *one, const char *other);

/*
 * The place of a language among ranges that are separated by blanks, the most wanted first, from 0
 * on; one that is of none of them, or NULL, stands behind the last.
 */
int language_rank(const char *language, const char *ranges);
