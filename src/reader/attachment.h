/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Attachments as people see them: a line about each, and why its text is not there. */
#pragma once

#include "store/entry.h"
#include "store/files.h"
#include "store/store.h"

/* "Plan 2026.pdf, pdf, 1.2 MB"; newly allocated. */
char *attachment_label(struct store *store, const struct stored_attachment *attachment);

/* What can be done about one with which something went wrong, translated; NULL: nothing. */
const char *attachment_advice(const struct stored_file *file, enum problem_code code);
/* Why it or its text is not there, and that; NULL when nothing is amiss. */
char *attachment_trouble(struct store *store, const struct stored_attachment *attachment);

/* What a browser takes one for. */
enum attachment_shape {
    ATTACHMENT_FILE, /* which it would save */
    ATTACHMENT_PAGE, /* or a text */
    ATTACHMENT_PICTURE
};
/* By its type; of one without by the ending of its name. */
enum attachment_shape attachment_shape(const struct stored_attachment *attachment);

/* Whether its bytes are in the store. */
bool attachment_is_kept(struct store *store, const char *url);
