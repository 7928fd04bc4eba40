/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a target to its view. */
#include "config.h"

#include "ui/open.h"
#include "ui/views.h"

struct view *
open_make_view(struct app *app, const struct target *target, GError **error)
{
    switch (target->kind) {
    case TARGET_SECTIONS:
        return sections_view_new(app);
    case TARGET_LIST:
        return list_view_new(app, &target->scope);
    case TARGET_SEARCH:
        return list_view_new_search(app, target->words);
    case TARGET_ARTICLE:
        return article_view_new(app, target->article, target->marked, error);
    case TARGET_REVISIONS:
        return revisions_view_new(app, target->article, error);
    case TARGET_DIFF:
        return diff_view_new(app, target->article, target->from, target->to, error);
    case TARGET_BESIDE:
        return beside_view_new(app, target->article, error);
    case TARGET_CHOICE:
        return choice_view_new(target->choice);
    case TARGET_ADD:
    case TARGET_WELCOME:
        return add_view_new(app, target->kind == TARGET_WELCOME);
    case TARGET_HELP:
        return help_view_new(app, target->context);
    case TARGET_AGENDA:
        return agenda_view_new(app);
    case TARGET_ERRORS:
        return errors_view_new(app);
    case TARGET_NOTICE:
        return notice_view_new(target->words);
    case TARGET_INFO:
        return info_view_new(app, target->source, target->article);
    }
    return NULL;
}
