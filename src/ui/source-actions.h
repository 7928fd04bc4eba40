/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What keys do to a source wherever one is shown: in a row, in its list, on a page about it. */
#pragma once

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
 * What to do about a problem, with the keys that do it in a context; newly allocated, NULL for
 * nothing.
 */
char *source_action_advice(const struct app *app, enum action_context context,
                           enum problem_code code);
