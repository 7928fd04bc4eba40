/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An article on the screen, for the files that make it up: view-article.c (its text and actions),
 * article-links.c (what leads on from it) and article-pictures.c.
 */
#pragma once

#include "ui/app.h"
#include "ui/article-pictures.h"
#include "ui/article-text.h"

struct article_view {
    struct view base;
    struct article_text text;
    bool read;   /* it has been entered: its place is kept */
    bool placed; /* the place that was kept has been gone to */
    guint link;  /* in focus, or 0 */
    /*
     * the language to which `edition` led last, while this article stayed, and the page of an
     * edition that was named just now; owned, or NULL
     */
    char *asked, *elsewhere;
    bool whole; /* tables are drawn whole, shifted by `shift` cells */
    int shift;
    struct article_pictures pictures;
    char **marked; /* words that the article was found by, or NULL */
};

void article_focus_link(struct article_view *article, struct app *app, guint link);
/* The next one (1) or the one before (-1), round the ends. */
void article_next_link(struct article_view *article, struct app *app, int direction);
/* That one, where there is one. */
void article_go_to_link(struct article_view *article, struct app *app, guint link);
/* To an article in the store, to one that the portal has, or out of the program. */
void article_follow(struct article_view *article, struct app *app, guint link);
/* Lets one choose from all of them. */
void article_choose_link(struct article_view *article, struct app *app);
/* The link at a place of the view's area, or 0. */
guint article_link_at(const struct article_view *article, struct app *app, int x, int y);
