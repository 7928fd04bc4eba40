/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * gettext's marks.  _() for what people read, N_() in tables, nothing for machine output.
 */
#pragma once

#ifdef ENABLE_NLS
#include <libintl.h>
#else /* --disable-nls */
#define gettext(text)          (text)
#define ngettext(one, many, n) ((n) == 1 ? (one) : (many))
#endif

#define _(text)  gettext(text)
#define N_(text) text
