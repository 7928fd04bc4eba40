/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The help.  It begins with the view one comes from and what is needed first there; then come all
 * keys by groups, signs and queries.  That of the linear mode speaks of lines one types.
 */
#include "config.h"

#include "base/i18n.h"
#include "ui/action-groups.h"
#include "ui/app.h"
#include "ui/page-view.h"
#include "ui/views.h"

#include <string.h>

static const char *
name_of(enum action_context context)
{
    return context == CONTEXT_SECTIONS  ? _("In the first view: what you have subscribed to")
           : context == CONTEXT_LIST    ? _("In a list of articles")
           : context == CONTEXT_READER  ? _("In an article")
           : context == CONTEXT_CHOICE  ? _("Where one chooses")
           : context == CONTEXT_CHANGES ? _("In the texts that an article had")
           : context == CONTEXT_AGENDA  ? _("In the agenda")
           : context == CONTEXT_BESIDE  ? _("In two editions beside each other")
                                        : _("On a page");
}

/* "n, next-unread" */
static void
add_line(struct view *v, const struct app *app, enum action_context context, enum action action)
{
    const struct action_info *info = &actions_table[action];
    g_autofree char *keys = keymap_keys(app->keymap, context, action);
    g_autofree char *typed = app->plain ? action_typed_key(app->keymap, context, action) : NULL;
    const char *help = action_help(action, app->plain);
    if (app->plain)
        page_view_add(v, "%s%s%s\t%s", typed ? typed : "", typed ? _(", ") : "", info->name, help);
    else
        page_view_add(v, "%s%s\t%s", *keys ? "" : ":", *keys ? keys : info->name, help);
}

/* Of a group what does something in the view one comes from. */
static void
add_actions(struct view *v, const struct app *app, enum action_context context, const char *title,
            const enum action *actions)
{
    bool any = false;
    for (const enum action *action = actions; *action != ACTION_NONE; action++) {
        if (!app_takes(app, *action))
            continue;
        if (!any)
            page_view_add(v, "#%s", title);
        any = true;
        add_line(v, app, context, *action);
    }
    if (any)
        page_view_add(v, "%s", "");
}

static void
add_signs(struct view *v, const struct app *app)
{
    page_view_add(v, "#%s", _("Signs in lists"));
    page_view_add(v, "%s\t%s", app_sign(app, "●", "N"), C_("an article", "unread"));
    page_view_add(v, "%s\t%s", app_sign(app, "★", "*"), _("starred"));
    page_view_add(v, "%s\t%s", app_sign(app, "Δ", "~"), _("the portal has changed the text"));
    page_view_add(v, "%s\t%s", app_sign(app, "✗", "x"),
                  _("the portal has withdrawn it; or: the source failed"));
    page_view_add(v, "@\t%s", _("has attachments"));
    g_autofree char *signs = g_strdup_printf("%s @", app_sign(app, "Δ", "~"));
    page_view_add(v, "%s\t%s", signs,
                  _("also behind the title, where another sign has their column"));
    page_view_add(
        v, "~\t%s",
        _("before a date: none is stated that can be true; the article was first seen then"));
    g_autofree char *warned =
        keymap_text(app->keymap, CONTEXT_SECTIONS, _("the source has warnings; {errors} tells"));
    page_view_add(v, "!\t%s", warned);
    page_view_add(v, "%s", "");
}

static void
add_lines_one_types(struct view *v)
{
    page_view_add(v, "#%s", _("Lines"));
    page_view_add(
        v, "%s",
        _("Each line that you type is answered.  A number opens the row, or in an article the link, that it names.  An empty line reads on.  What stands below is typed as a line: the key, or the name, behind which may stand what it would ask for, or the number of the row that is meant, as in: search bridge, and: delete 3"));
    page_view_add(
        v, "%s",
        _("Without a number a key acts on the row that was told alone last, or on the first of those that were read together; the answer names it."));
    page_view_add(
        v, "%s",
        _("set plain.page=20 has long texts read out by so many lines; set ui.dates=relative says how long ago things were."));
    page_view_add(v, "%s", "");
}

struct view *
help_view_new(struct app *app, enum action_context context)
{
    struct view *v = page_view_new(_("Help"));
    page_view_set_help(v);
    if (app->plain)
        add_lines_one_types(v);
    add_actions(v, app, context, name_of(context), action_first_needs(context));
    struct action_group groups[ACTION_GROUPS];
    action_groups(context, app->plain, groups);
    for (int i = 0; i < ACTION_GROUPS; i++)
        add_actions(v, app, context, gettext(groups[i].title), groups[i].actions);
    g_autoptr(GPtrArray) macros = keymap_macros(app->keymap, context);
    for (guint i = 0; i < macros->len; i++) {
        const struct continuation *way = g_ptr_array_index(macros, i);
        page_view_add(v, "%s\t%s", way->key, keymap_word(app->keymap, way->action));
    }
    if (!app->plain) {
        page_view_add(v, "%s\t%s", app_sign(app, "1…9", "1..9"),
                      _("before a key: how often, or which row or link"));
        if (app->session->context->settings->values.ui_mouse)
            page_view_add(
                v, "%s\t%s", _("mouse"),
                _("the wheel scrolls, a click goes there, a second one opens; :set ui.mouse=no gives it back to the terminal"));
        page_view_add(v, "%s", "");
        add_signs(v, app);
    }
    page_view_add(v, "#%s", _("Queries"));
    page_view_add(
        v, "%s",
        _("Words search title and text. Also is:unread is:starred is:revised is:former source:NAME section:NAME lang:ru tag:T title:W since:3d before:2026-01-01 seen:1d changed:1d has:attachment has:date due:7d related:5 state:withdrawn; -x excludes, \"a phrase\", (a OR b)."));
    return v;
}
