/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is wrong with an XPath, in words of ours: those of libxml2 are in English and name its own
 * workings.  base/detail.def has them for translators.
 */
#pragma once

struct _xmlError;

/* error may be NULL: then nothing more is known. */
const char *xpath_words(const struct _xmlError *error);
