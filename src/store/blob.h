/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How documents, pages and responses lie in the store: compressed. */
#pragma once

#include <glib.h>

#define DOCUMENT_CAP (64 << 20)    /* bytes of a serialized document */
#define RAW_CAP      (1024u << 20) /* of a page or a response; fetch.max-size allows no more */

/*
 * A stored blob is a zstd frame; older ones are the inflated length (8 bytes, little-endian) and a
 * zlib stream.
 */
GBytes *blob_compress(const void *data, gsize length);
/* NULL when damaged or above cap */
GBytes *blob_decompress(const void *data, gsize length, gsize cap);
