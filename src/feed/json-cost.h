/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much memory it takes to read a JSON text, told before it is read. */
#pragma once

#include <glib.h>

/*
 * About the bytes that jansson allocates in all for the first value of text: "[0,0,0…" becomes
 * twenty times its size.  The text need not be well-formed.
 */
gsize json_cost(const char *text, gsize length);
