/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Bodies as servers send them: compressed when they say they are not, and the other way round;
 * shorter or longer than they say.  Pure.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Whether the bytes begin as gzip does (RFC 1952). */
bool framing_is_gzip(const GByteArray *body);

/* Whether they may be zlib's (RFC 1950), which no text begins with. */
bool framing_is_zlib(const GByteArray *body);

/*
 * Inflates either, as often as there is one in the other (at most three times); what follows a
 * stream, as padding does, is ignored.  False, the body unchanged, when it cannot be; *too_large
 * when that is for its size, which may be at most `max`.
 */
bool framing_inflate(GByteArray *body, gsize max, bool *too_large);

/*
 * Whether a document is there to its end: its root element is closed, or it is an HTML page whose
 * body is, or JSON whose brackets are.
 */
bool framing_is_whole(const char *bytes, gsize length);

/* Whether it begins as XML other than XHTML does: its end can be told. */
bool framing_is_xml(const char *bytes, gsize length);
