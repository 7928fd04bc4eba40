/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The pictures of the article that is read, drawn in cells: which are there, and having a worker
 * draw or fetch them (worker/pictures-command.c).  The reader sees cells alone, never a picture's
 * bytes.
 */
#pragma once

#include "document/drawn.h"
#include "ui/app.h"

struct article_view;

struct article_pictures {
    GHashTable *drawn; /* owned char * (addresses) -> owned struct drawn *; NULL: none yet */
    int64_t article;   /* of which they are */
    guint addresses;   /* by which it is seen that the text names others now */
    struct drawn_request request;
    guint failed;     /* of those that were asked for last */
    char *why;        /* of the first of them; owned, or NULL */
    bool fetched;     /* they have been asked for of the network, or are */
    bool interrupted; /* what fetched them had to give way */
};

void article_pictures_clear(struct article_pictures *pictures);

/* What is laid out of them: NULL when none are shown. */
GHashTable *article_pictures_shown(const struct article_view *view, const struct app *app);

/*
 * Has those drawn that are shown, and that are kept (by fetch.pictures: also those that are not),
 * unless they are drawn for this size already.
 */
void article_pictures_update(struct article_view *view, struct app *app, int width);

/* Whether there are pictures in the article whose words stand in their places. */
bool article_pictures_wait(const struct article_view *view, const struct app *app);

/*
 * The key: fetches what is missing and shows all of them; when they are shown, and none is missing
 * or it has been asked for, shows their words again.
 */
void article_pictures_toggle(struct article_view *view, struct app *app);
