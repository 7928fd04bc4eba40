/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Headers of requests that portal files and settings add: which names may be set (RFC 9110), and
 * what one is as a line.  Pure.
 */
#pragma once

#include <stdbool.h>

/*
 * Whether it is a header's name, and none that only the transfer itself may say: of the connection,
 * of the body's length and coding, of conditions.
 */
bool header_may_be_set(const char *name);

/* Whether it can be a value: one line, without control characters. */
bool header_is_value(const char *value);
