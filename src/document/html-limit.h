/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is taken out of a page before it is parsed, because parsing it would take too long. */
#pragma once

#include <glib.h>

/* A copy of the text, of the same length, in which surplus attributes are blank; NULL when there are none. */
char *html_limit_attributes(const char *text, gsize length);
