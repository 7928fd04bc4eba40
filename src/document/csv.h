/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Comma-separated values (RFC 4180) as a table. */
#pragma once

#include "document/document.h"

/*
 * A table for each sheet, which form feeds part; the separator is the comma, semicolon or tab of
 * which the first line has most.  Rows and columns that are empty are left out.  *cut: there was
 * more than is taken.
 */
struct document *document_from_csv(const char *text, bool *cut);
