/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The forms in which text is compared: case folded, NFKC (so full-width letters equal ASCII ones),
 * Ё as Е.  For search Traditional ideographs are Simplified ones as well, and Latin and Greek
 * letters lose their accents (é is e, ł is l, ß is ss), as all scripts do that may be left out:
 * stress in Cyrillic, vowel points in Hebrew and Arabic.  The text is valid UTF-8; newly allocated.
 */
#pragma once

char *text_fold(const char *text);
char *text_search_form(const char *text);
