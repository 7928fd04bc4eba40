/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The language by whose tables a text is read: what it says, else by its script. */
#pragma once

/*
 * "zh" of the tag "zh-Hant-TW"; without a tag that of the first letters of text: "zh", "ru" or
 * "en".  Newly allocated; NULL when there are no letters.
 */
char *script_language(const char *tag, const char *text);
