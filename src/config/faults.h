/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mistakes of a file, noted one by one, so that people are told all of them at once. */
#pragma once

#include <glib.h>
#include <stdbool.h>

GPtrArray *faults_new(void); /* owned char * */

/* Notes what an error says, and forgets the error. */
void faults_take(GPtrArray *faults, GError **why);

/* Whether there are none; else an error that has a line for each of them. */
bool faults_none(const GPtrArray *faults, GError **error);

/* The same with an error that names the first only, for who has one line to show it. */
bool faults_none_in_line(const GPtrArray *faults, GError **error);
