/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a process may use that reads foreign bytes: some memory in all, and some time of the
 * processor for each thing that it reads.
 */
#pragma once

#include <stdint.h>

/*
 * Whatever asks for more memory from now on (by malloc, GLib, libxml2, jansson) has `ended` called,
 * which never returns.
 */
void limits_memory(void (*ended)(void));

/* The seconds that one thing may take; CRIER_TEST_PARSE_SECONDS makes them fewer. */
int64_t limits_page_time(void);

/* SIGXCPU comes after so many seconds of the processor, counted from now. */
void limits_time(int64_t seconds);
