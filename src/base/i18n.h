/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * gettext's marks.  _() for what people read, N_() in tables, nothing for machine output.
 */
#pragma once

#include <libintl.h>

#define _(text) gettext(text)
#define N_(text) text
