/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A picture drawn in cells: what each cell shows, and in which colours.  It comes from the process
 * that decoded foreign bytes (src/picture.c) and goes as bytes through the worker to the reader,
 * each of which believes it nothing: its size is bounded, each symbol is one of a few that take one
 * cell everywhere, each colour a number.
 */
#pragma once

#include "base/auto.h"
#include "base/wire.h"
#include "document/document.h"
#include "document/raster.h"

#define DRAWN_MAX_COLUMNS 200
#define DRAWN_MAX_ROWS    100
#define DRAWN_MAX_CELL    64 /* pixels of either side */
#define DRAWN_MOST        40 /* pictures of one article */

/* The addresses of a document's pictures, each once, at most DRAWN_MOST; borrowed const char *. */
GPtrArray *drawn_addresses(const struct document *document);

/* What bytes begin like, of what can be drawn here. */
enum drawn_format { DRAWN_NONE, DRAWN_PNG, DRAWN_JPEG, DRAWN_WEBP, DRAWN_GIF };
enum drawn_format drawn_format(const void *bytes, gsize length);

/* What a terminal has; numbers of colours as ui/term.h says them. */
enum drawn_colors { DRAWN_MONOCHROME, DRAWN_16, DRAWN_256, DRAWN_RGB };
enum drawn_symbols { DRAWN_ASCII, DRAWN_BLOCKS };
enum drawn_ground { DRAWN_DARK, DRAWN_LIGHT }; /* what its own colours are taken for */

/* How it is to be drawn: at most so large, its sides in proportion. */
struct drawn_request {
    guint columns, rows;
    enum drawn_colors colors;
    enum drawn_symbols symbols;
    enum drawn_ground ground;
    guint cell_width, cell_height; /* in pixels, where these are wanted too; else 0 */
    guint palette;                 /* colours that they may have */
};

#define DRAWN_COLOR (1u << 24) /* one is stated: a number of the palette, or 0xrrggbb */

struct drawn_cell {
    guint32 symbol;     /* the character */
    guint32 ink, paper; /* 0: the terminal's own; else DRAWN_COLOR and the colour */
};

struct drawn {
    guint columns, rows;
    enum drawn_colors colors;
    struct drawn_cell *cells; /* owned; a row after the other */
    struct raster *raster;    /* a reference; or NULL: there are cells alone */
};

struct drawn *drawn_new(guint columns, guint rows, enum drawn_colors colors);
void drawn_free(struct drawn *drawn);
DEFINE_AUTO_FREE(drawn, drawn_free)

/* Whether a character may be a symbol. */
bool drawn_is_symbol(guint32 c);

void drawn_request_put(GByteArray *out, const struct drawn_request *request);
/* false when it is none. */
bool drawn_request_get(struct wire_input *in, struct drawn_request *request);

void drawn_put(GByteArray *out, const struct drawn *drawn);
/* NULL when it is none, or larger than was asked for. */
struct drawn *drawn_get(struct wire_input *in, const struct drawn_request *request);
