/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lock that keeps two fetches off one store: a file beside it, released by the kernel
   when its holder ends, however it ends. */
#pragma once

#include <glib.h>

/* The descriptor that holds the lock, or -1: STORE_ERROR_LOCKED when another fetch holds it. */
int lock_take(const char *store_file, GError **error);
