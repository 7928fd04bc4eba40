/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is copied of an article: its address, its title, its text, or words with their source. */
#pragma once

#include "store/listing.h"
#include "ui/app.h"

/* Where one is in it. */
struct copy_place {
    const char *link; /* in focus: copied in place of the article's own; or NULL */
    guint block;      /* of the document, from which a quotation is taken */
    int count;        /* of paragraphs; 0: one */
};

/*
 * Shows why an article's text cannot be had: that it is not in the store with what fetches it, and
 * not with a number that nobody has heard.
 */
void copy_show_no_text(struct app *app, const struct article_row *row, const GError *error);

/* Copies, and says what; false when the action does not copy. */
bool copy_act(struct app *app, const struct article_row *row, const struct copy_place *place,
              enum action action);
