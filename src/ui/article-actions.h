/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What lists and articles do alike with articles. */
#pragma once

#include "ui/app.h"

/* Whether one of the rows (struct article_row *) has not the mark: read, starred or deleted. */
bool article_action_lacks(const GPtrArray *rows, enum mark mark);

/*
 * Gives the mark to rows, or takes it away, as one step of undo.  Says what was done; folded: in a
 * list with one row for an article in all of its languages.  False when it could not.
 */
bool article_action_mark(struct app *app, const GPtrArray *rows, enum mark mark, bool on,
                         bool folded);

/*
 * Adds the editions for which a row stands, owned, each once: no other one takes its place.  Of
 * what was deleted deletion alone is seen.
 */
void article_action_add_editions(const struct app *app, GPtrArray *rows, enum mark mark);

/* Asks for a tag to add to the rows, or to take away with - before it. */
void article_action_tag(struct app *app, const GPtrArray *rows);

/* Asks for a file and writes the article into it: Markdown, HTML or text by the file's name. */
void article_action_save(struct app *app, const struct article_row *row);

/* Asks for a file; an attachment that is kept is written there, others the worker fetches. */
void article_action_download(struct app *app, const char *url);

/* Lets the worker fetch the article's page. */
void article_action_fetch_page(struct app *app, const struct article_row *row);

/*
 * What rows do alike that are of an article: all but marks, which may be of several at once.  row:
 * NULL where there is none, which is said.  False when it is no such action.
 */
bool article_action_on_row(struct app *app, const struct article_row *row, enum action action,
                           int count);

/* Opens the list of what the article cites by the number of a document, and of what cites it. */
void article_action_related(struct app *app, const struct article_row *row);
