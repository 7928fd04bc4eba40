/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a program says on stderr and prints on stdout.  Everything goes out in the
 * locale's charset: what it lacks is transliterated, else shown as '?'.  Nothing passes that
 * base/clean.h takes out.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdio.h>

extern bool message_verbose; /* --verbose */

/*
 * Sets the locale for a command line program: a C or POSIX LC_CTYPE counts as C.UTF-8, LC_NUMERIC
 * stays C, the text domain is bound, SIGPIPE ends the program quietly, and a standard stream that
 * is closed stays so: no file that is opened gets its number.
 */
void message_init(void);

/*
 * Ends the output of a program: its exit status, which is STATUS_STORE instead when a byte of its
 * results was not written, and that is said.  A reader of a pipe that has gone is no error.
 */
int message_finish(int status);

/*
 * Closes standard output before the program ends: whether all that was printed has been written.
 * Nothing may be printed afterwards.
 */
bool message_close_output(void);

/* Whether results can still be written; *gone is set when it is the reader of a pipe that went. */
bool message_output_fails(bool *gone);

/* "program: text" on stderr. */
void message_error(const char *format, ...) G_GNUC_PRINTF(1, 2);
void message_warning(const char *format, ...) G_GNUC_PRINTF(1, 2);
void message_note(const char *format, ...) G_GNUC_PRINTF(1, 2); /* only with --verbose */

/* A number with one decimal, and bytes in units of 1000 or 1024, as LC_NUMERIC has it; owned. */
char *message_decimal(double number);
char *message_size(guint64 bytes);
char *message_size_binary(guint64 bytes);

/* The columns of the terminal that standard output is, or 0 when it is none. */
int message_columns(void);

/* Text for people, in the locale's charset. */
void print_text(FILE *stream, const char *text);
void print_textf(FILE *stream, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* Text for machines: bytes as they are, always UTF-8. */
void print_raw(const char *text);
void print_bytes(const void *bytes, gsize length);
void print_rawf(const char *format, ...) G_GNUC_PRINTF(1, 2);

/* An argument of the command line as UTF-8: valid UTF-8 is taken as such. */
char *message_decode_argument(const char *argument);

/* The arguments from argv[1] on, decoded, with blanks between; newly allocated. */
char *message_join_arguments(int argc, char **argv);
