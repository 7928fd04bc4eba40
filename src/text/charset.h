/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Bytes and what was declared about them -> valid UTF-8, always.
 *
 * Order of evidence (HTML standard, RFC 7303, and measurements on real portals): an
 * override by the user; a byte order mark; the bytes are valid UTF-8 with at least five
 * characters outside ASCII; the HTTP charset; the XML declaration or <meta> within the
 * first 8 KiB; the source's default; a statistical guess.  Labels are those of the WHATWG
 * Encoding Standard.  A malformed sequence becomes U+FFFD and never swallows a following
 * ASCII byte.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "base/auto.h"

/* What is known about the bytes; every pointer is borrowed and may be NULL. */
struct charset_hints {
    const char *forced;       /* label that the user decreed */
    const char *content_type; /* raw value of the HTTP Content-Type field */
    const char *fallback;     /* label that the source's settings give as a default */
};

struct charset_text {
    /* valid UTF-8 without BOM and without NUL; not terminated: it may be the bytes themselves */
    const char *text;
    gsize length;         /* bytes */
    char *owned;          /* text, or NULL when it lies in the bytes that were given */
    const char *encoding; /* WHATWG name, lower case; static */
    char *evidence;       /* owned; the chain, as "http: utf-8; meta: gbk; used: bytes" */
    guint malformed;      /* sequences that became U+FFFD */
    bool overruled;       /* a declaration was not believed */
};

void charset_decode(const char *bytes, gsize length, const struct charset_hints *hints,
                    struct charset_text *out);
void charset_text_clear(struct charset_text *text);
DEFINE_AUTO_CLEAR(charset_text, charset_text_clear)

/* The WHATWG name (lower case, static) for a label, or NULL if the label is unknown. */
const char *charset_for_label(const char *label);

/*
 * Loads and keeps whatever converters this system has, so that decoding opens no file afterwards.
 */
void charset_keep_converters(void);

/* A guess from the bytes alone; NULL for ASCII.  Static. */
const char *charset_guess(const char *bytes, gsize length);
