/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Values as bytes between the processes of one fetch (base/channel.h carries them).  Whoever reads
 * them trusts nobody: every number has its bounds, every string a length that it may have, and what
 * is read as text passed the gate (base/clean.h) or it is refused.  Both ends are the same build:
 * numbers are in the order of the machine, and nothing has a version.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* --- writing: appended to a byte array --- */

void wire_put_number(GByteArray *out, int64_t number);
void wire_put_bool(GByteArray *out, bool value);
void wire_put_bytes(GByteArray *out, const void *bytes, gsize length);
void wire_put_text(GByteArray *out, const char *text);         /* or NULL */
void wire_put_texts(GByteArray *out, const GPtrArray *texts);  /* of char *, or NULL */
void wire_put_strv(GByteArray *out, const char *const *texts); /* or NULL */

/* --- reading --- */

struct wire_input {
    const guint8 *at, *end; /* borrowed */
    bool bad;               /* something was not as it has to be; what follows reads as nothing */
};

struct wire_input wire_input(const void *bytes, gsize length);

/* A number from least to most; else least, and bad. */
int64_t wire_get_number(struct wire_input *in, int64_t least, int64_t most);
bool wire_get_bool(struct wire_input *in);

/* How many things follow, of which each takes a byte at least; else 0, and bad. */
guint wire_get_count(struct wire_input *in, guint most);

/* Any bytes; borrowed from the input; NULL when bad. */
const guint8 *wire_get_bytes(struct wire_input *in, gsize most, gsize *length);

/*
 * Text of at most `most` bytes: text_is_clean(); NULL where NULL was put, and when bad.  Newly
 * allocated.
 */
char *wire_get_text(struct wire_input *in, gsize most);
/* The same of one line: no newline, no tab. */
char *wire_get_line(struct wire_input *in, gsize most);
/* wire_get_text() where NULL may not be: "" when bad. */
char *wire_need_text(struct wire_input *in, gsize most);
/* Any bytes but NUL, as secrets and headers may be; else like wire_get_text(). */
char *wire_get_string(struct wire_input *in, gsize most);
/* Owned char *, each of wire_need_text(); NULL where NULL was put, and when bad. */
GPtrArray *wire_get_texts(struct wire_input *in, guint count, gsize most);
/* The same of strings as they are. */
GPtrArray *wire_get_strings(struct wire_input *in, guint count, gsize most);

/* Whether all was taken and nothing was bad. */
bool wire_is_done(const struct wire_input *in);
