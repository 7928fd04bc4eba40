/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The container of bundles: a tar archive (ustar) of named parts within a zstd frame, so that
 * `tar --zstd -xf` takes it apart; its last part is "SHA256SUMS", a digest of each part before it,
 * as `sha256sum -c` reads them.  What lies in the parts is not known here (bundle-parts.h).
 *
 * What is read was written by strangers: nothing but plain files with the names of a bundle, each
 * once, with bounds of each part and of all together.  A part is held in memory, never the bundle.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "base/auto.h"

#define BUNDLE_ERROR bundle_error_quark()
GQuark bundle_error_quark(void);
enum bundle_error {
    BUNDLE_ERROR_READ, /* the file cannot be read */
    BUNDLE_ERROR_BAD,  /* it is no bundle, or one that was damaged or altered */
    BUNDLE_ERROR_NEWER /* of a newer version of the format */
};

#define BUNDLE_PART_CAP (512u << 20) /* bytes of a part */
#define BUNDLE_SUMS     "SHA256SUMS"

/* --- writing ------------------------------------------------------------------------------ */

/* Takes bytes; false and errno when they could not be written. */
typedef bool bundle_put(const void *bytes, gsize length, gpointer data);

struct bundle_writer;
struct bundle_writer *bundle_writer_new(bundle_put *put, gpointer data);
/* A part, whose name is one of a bundle; false and errno. */
bool bundle_writer_add(struct bundle_writer *writer, const char *name, const void *bytes,
                       gsize length);
/* The digests, and the end of the frame. */
bool bundle_writer_end(struct bundle_writer *writer);
void bundle_writer_free(struct bundle_writer *writer);
DEFINE_AUTO_FREE(bundle_writer, bundle_writer_free)

/* --- reading ------------------------------------------------------------------------------ */

struct bundle_part {
    char *name;    /* owned */
    GBytes *bytes; /* owned */
};
void bundle_part_clear(struct bundle_part *part);
DEFINE_AUTO_CLEAR(bundle_part, bundle_part_clear)

/*
 * A bundle is read twice: first all of it is verified, up to the digests and the end of the file;
 * then, after bundle_reader_again(), its parts come once more, and each is held to what it was.
 */
struct bundle_reader;

/* fd: of a regular file, borrowed. */
struct bundle_reader *bundle_reader_new(int fd, GError **error);
void bundle_reader_free(struct bundle_reader *reader);
DEFINE_AUTO_FREE(bundle_reader, bundle_reader_free)

/*
 * The next part but the digests.  False at the end, where all digests were right, and with an
 * error.
 */
bool bundle_reader_next(struct bundle_reader *reader, struct bundle_part *part, GError **error);
bool bundle_reader_again(struct bundle_reader *reader, GError **error);
