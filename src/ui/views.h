/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What makes each kind of view, for ui/open.c alone: views ask for others with app_open(). */
#pragma once

#include "ui/view.h"

struct view *sections_view_new(struct app *app);
struct view *list_view_new(struct app *app, const struct list_scope *scope);
struct view *list_view_new_search(struct app *app, const char *words);
/* marked: words to set off in it, or NULL; they are copied. */
struct view *article_view_new(struct app *app, int64_t article, char *const *marked,
                              GError **error);
struct view *agenda_view_new(struct app *app);
/* Puts the cursor on the first date of an article, if the view is an agenda that has one. */
void agenda_go_to(struct view *view, struct app *app, int64_t article);
struct view *revisions_view_new(struct app *app, int64_t article, GError **error);
/* What changed between two of them; to 0: nothing, of an article that was withdrawn. */
struct view *diff_view_new(struct app *app, int64_t article, int from, int to, GError **error);
/* The article and another of its editions beside each other. */
struct view *beside_view_new(struct app *app, int64_t article, GError **error);
struct view *choice_view_new(const struct choice_request *request);
/* first: at the first start, with a word of welcome. */
struct view *add_view_new(struct app *app, bool first);

/* Pages of lines. */
struct view *help_view_new(struct app *app, enum action_context context);
struct view *errors_view_new(struct app *app);
struct view *notice_view_new(const char *text);
struct view *info_view_new(struct app *app, int64_t source, int64_t article);

/* Asks whether to subscribe to several addresses, a URL each, and then looks at each. */
void add_ask_many(struct app *app, const GPtrArray *urls);
