/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What parsing gave, as bytes from the process that saw foreign bytes to the one that has the
 * store.  Writing keeps to the bounds that reading has; reading trusts nothing: what does not fit
 * makes the whole result bad.
 */
#pragma once

#include "base/wire.h"
#include "parse/parse.h"

#define RESULT_MAX \
    (96 << 20) /* bytes of a result: a document (DOCUMENT_CAP) and what is beside it */

/* All but raw and attachment, which are none of a parser's. */
void result_put(GByteArray *out, const struct parse_result *result);

/*
 * The result of such a page; NULL when it is bad: text that did not pass the gate, addresses that
 * are none of the web (or, of a page that is one itself, files), documents that no store would
 * take, more than there may be of anything.  Owned by the caller.
 */
struct parse_result *result_get(struct wire_input *in, const struct parse_page *page,
                                const struct parse_rules *rules);

/* The same of the text of an attachment. */
void attachment_text_put(GByteArray *out, const struct attachment_text *text);
struct attachment_text *attachment_text_get(struct wire_input *in);
