/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The form in which text is compared and searched: case folded, NFKC (so full-width
 * letters equal ASCII ones), Ё as Е.
 */
#pragma once

char *text_fold(const char *text);
