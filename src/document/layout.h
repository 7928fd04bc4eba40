/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A document laid out to a width in terminal cells: lines of text with styled runs.  Pure;
 * the screen and `crier show` both print what it makes.
 */
#pragma once

#include "document/document.h"
#include "document/layout-lines.h"

struct layout *layout_new(const struct document *document, const struct layout_options *options);

/* "film.mp4" of "http://…/film.mp4", else the host: what a thing without a title is called. */
char *layout_name_of(const char *url);
