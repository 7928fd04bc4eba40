/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON as programs write it -> JSON as RFC 8259 has it.  For feeds, and for what pages carry. */
#pragma once

#include <glib.h>

/* Newly allocated; worth reading only after jansson has refused the text, which is valid UTF-8. */
char *json_repair(const char *text, gsize length);
