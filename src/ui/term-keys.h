/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For ui/term.c: answers of the terminal, which ui/term-keys.c takes out of the keys. */
#pragma once

#include <glib.h>

/* Answers that are on their way are not for who has the terminal next; keys until then are lost. */
void keys_await_answers(void);
/* Milliseconds until characters that were held are keys; -1: there are none. */
int keys_timeout(gint64 now);
