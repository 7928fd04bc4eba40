/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a helper is (parse/helper.h): roles of the starter.  fds: its end of a channel.  Each fences
 * itself before it is told anything foreign, and ends when the other end is closed.
 */
#pragma once

#include "fence/starter.h"

#define HELPER_NO_MEMORY 71 /* the exit status of one that needed more memory than it may have */

/* Parses pages: no file but zones and converters of charsets, no network, one thread. */
int helper_be_parser(const GPtrArray *arguments, const int *fds, guint count, gpointer data);

/* Reads attachments with programs, in a folder that is removed after it. */
int helper_be_converter(const GPtrArray *arguments, const int *fds, guint count, gpointer data);
