/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What keys do to a source wherever one is shown: in a row, in its list, on a page about it. */
#pragma once

#include "reader/trouble.h"
#include "ui/app.h"

/* The source with a number, borrowed; NULL: it is not subscribed to. */
const struct source *source_action_find(struct app *app, int64_t source);

/*
 * Opens a source's page in the browser: the site that it belongs to, or where it fails, what is at
 * its address now.
 */
void source_action_browse(struct app *app, int64_t source);
/* Opens the home page of its portal in that edition, else the same. */
void source_action_browse_site(struct app *app, int64_t source);

/* Asks whether to unsubscribe from it. */
void source_action_remove(struct app *app, int64_t source);

/*
 * Asks whether to take out what has these URLs (session_unsubscribe()); quoted: what the label
 * names; name: or NULL.
 */
void source_action_ask_remove(struct app *app, const char *label, const char *quoted,
                              const char *name, char *const *urls);

/*
 * What to do about a problem of a source, with the keys that do it in a context, and when its next
 * fetch is due where that is not soon; newly allocated, NULL for nothing.
 */
char *source_action_advice(const struct app *app, enum action_context context,
                           const struct source *source, const struct problem *problem);
/* The warnings of a source with such advice for a page of lines, owned struct trouble *. */
GPtrArray *source_action_troubles(const struct app *app, const struct source *source);
