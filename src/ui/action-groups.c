/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The groups of actions. */
#include "config.h"

#include "ui/action-groups.h"
#include "base/i18n.h"

#define END ACTION_NONE

static const struct action_group all_groups[ACTION_GROUPS - 1] = {
    {N_("Reading"),
     {ACTION_OPEN, ACTION_PAGE_DOWN, ACTION_PAGE_UP, ACTION_NEXT_UNREAD, ACTION_PREVIOUS_UNREAD,
      ACTION_NEXT, ACTION_PREVIOUS, ACTION_NEXT_CHANGE, ACTION_PREVIOUS_CHANGE, ACTION_BACK,
      ACTION_CLOSE, ACTION_QUIT, END}},
    {N_("Articles"),
     {ACTION_TOGGLE_STAR, ACTION_TOGGLE_READ, ACTION_MARK_ALL_READ, ACTION_TAG, ACTION_DELETE,
      ACTION_UNDO, ACTION_REDO, ACTION_BROWSER, ACTION_EDITION, ACTION_BESIDE, ACTION_RELATED,
      ACTION_REVISIONS, ACTION_INFO, ACTION_FETCH_PAGE, END}},
    {N_("To other programs"),
     {ACTION_SAVE, ACTION_COPY_LINK, ACTION_COPY_TITLE, ACTION_COPY_TEXT, ACTION_COPY_QUOTATION,
      ACTION_PIPE, ACTION_PIPE_MARKDOWN, ACTION_PIPE_HTML, ACTION_RUN, ACTION_BOOKMARK, ACTION_MAIL,
      END}},
    {N_("Links"), {ACTION_NEXT_LINK, ACTION_PREVIOUS_LINK, ACTION_LINKS, ACTION_PICTURES, END}},
    {N_("Searching and choosing"),
     {ACTION_SEARCH, ACTION_FIND, ACTION_FILTER, ACTION_CLEAR_FILTER, ACTION_HIDE_READ,
      ACTION_FOLD_EDITIONS, ACTION_SORT_DATE, ACTION_SORT_TITLE, ACTION_SORT_SOURCE,
      ACTION_SORT_UNREAD, ACTION_SORT_RANK, ACTION_SAVE_QUERY, ACTION_SELECT, ACTION_SELECT_ROW,
      ACTION_AGENDA, END}},
    {N_("Sources"),
     {ACTION_ADD, ACTION_FETCH, ACTION_FETCH_ALL, ACTION_SYNC, ACTION_CANCEL, ACTION_ERRORS,
      ACTION_REMOVE, ACTION_FOLD, ACTION_GROUP, END}},
    {N_("Moving"),
     {ACTION_DOWN, ACTION_UP, ACTION_HALF_DOWN, ACTION_HALF_UP, ACTION_FIRST, ACTION_LAST,
      ACTION_CHOOSE, ACTION_NEXT_CHOICE, ACTION_PREVIOUS_CHOICE, ACTION_NEXT_CHOICES,
      ACTION_PREVIOUS_CHOICES, ACTION_LEAVE, END}},
    {N_("The screen"),
     {ACTION_MENU, ACTION_HELP, ACTION_COMMAND, ACTION_THEME, ACTION_LAYOUT, ACTION_NEXT_PANE,
      ACTION_PREVIOUS_PANE, ACTION_SHIFT_RIGHT, ACTION_SHIFT_LEFT, ACTION_SHIFT_RESET,
      ACTION_REDRAW, END}},
};

const enum action *
action_first_needs(enum action_context context)
{
    static const enum action
        sections[] = {ACTION_OPEN,   ACTION_NEXT_UNREAD, ACTION_FETCH_ALL, ACTION_ADD,
                      ACTION_SEARCH, ACTION_MENU,        ACTION_CLOSE,     END},
        list[] = {ACTION_OPEN,   ACTION_NEXT_UNREAD, ACTION_TOGGLE_STAR, ACTION_FILTER,
                  ACTION_SEARCH, ACTION_MENU,        ACTION_CLOSE,       END},
        agenda[] = {ACTION_OPEN,
                    ACTION_NEXT_UNREAD,
                    ACTION_TOGGLE_STAR,
                    ACTION_BROWSER,
                    ACTION_MENU,
                    ACTION_CLOSE,
                    END},
        article[] = {ACTION_PAGE_DOWN, ACTION_NEXT_UNREAD, ACTION_LINKS, ACTION_BROWSER,
                     ACTION_SAVE,      ACTION_MENU,        ACTION_CLOSE, END},
        page[] = {ACTION_PAGE_DOWN, ACTION_FIND, ACTION_CLOSE, END},
        choice[] = {ACTION_CHOOSE, ACTION_NEXT_CHOICE, ACTION_LEAVE, END},
        changes[] = {ACTION_OPEN, ACTION_NEXT_CHANGE, ACTION_CLOSE, END};
    return context == CONTEXT_SECTIONS  ? sections
           : context == CONTEXT_LIST    ? list
           : context == CONTEXT_AGENDA  ? agenda
           : context == CONTEXT_READER  ? article
           : context == CONTEXT_CHOICE  ? choice
           : context == CONTEXT_CHANGES ? changes
                                        : page;
}

bool
action_is_of_screen(enum action action)
{
    static const enum action of_screen[] = {
        ACTION_LAYOUT,     ACTION_NEXT_PANE,   ACTION_PREVIOUS_PANE, ACTION_SHIFT_RIGHT,
        ACTION_SHIFT_LEFT, ACTION_SHIFT_RESET, ACTION_REDRAW,        ACTION_THEME,
        ACTION_HALF_DOWN,  ACTION_HALF_UP,     ACTION_PICTURES};
    for (size_t i = 0; i < G_N_ELEMENTS(of_screen); i++)
        if (of_screen[i] == action)
            return true;
    return false;
}

const char *
action_help(enum action action, bool plain)
{
    const struct action_info *info = &actions_table[action];
    if (!plain)
        return gettext(info->help);
    switch (
        action) { /* there is neither a focus nor a pane, and a line is taken when it is whole */
    case ACTION_OPEN:
        return gettext(info->word);
    case ACTION_PAGE_DOWN:
        return _("read on; at the end of an article, the next unread one");
    case ACTION_PAGE_UP:
        return _(
            "the text again from its beginning; in lists, the rows before, or the first ones once more");
    case ACTION_BROWSER:
        return _("open the article's page outside, or the link whose number stands behind");
    case ACTION_COPY_QUOTATION:
        return _("copy the paragraph that was read last, as a quotation with its source");
    case ACTION_BACK:
        return _("back to where one came from");
    case ACTION_FIND:
        return _("find in this list or text");
    case ACTION_FILTER:
        return _("filter the list by a query");
    default:
        return gettext(info->help);
    }
}

char *
action_typed_key(const struct keymap *keymap, enum action_context context, enum action action)
{
    g_autofree char *keys = keymap_keys(keymap, context, action);
    g_auto(GStrv) all = g_strsplit(keys, " ", -1);
    for (char **key = all; *key; key++) {
        if (g_str_equal(*key, "Backslash"))
            return g_strdup("\\");
        /* not of one key: a name, as "Up", or a sequence */
        g_autoptr(GString) spelled = g_string_new(NULL);
        for (const char *p = *key; *p; p = g_utf8_next_char(p))
            g_string_append_printf(spelled, "%s%.*s", spelled->len ? " " : "",
                                   (int)(g_utf8_next_char(p) - p), p);
        bool more;
        if (keymap_action(keymap, context, spelled->str, &more) == action)
            return g_strdup(*key);
    }
    return NULL;
}

static void
take(struct action_group *group, enum action action)
{
    int count = 0;
    while (group->actions[count] != ACTION_NONE)
        count++;
    group->actions[count] = action;
    group->actions[count + 1] = ACTION_NONE;
}

void
action_groups(enum action_context context, bool plain, struct action_group groups[ACTION_GROUPS])
{
    bool taken[ACTION_COUNT] = {false};
    for (int g = 0; g < ACTION_GROUPS; g++) {
        bool more = g == ACTION_GROUPS - 1;
        groups[g].title = more ? N_("More") : all_groups[g].title;
        if (plain && !more && all_groups[g].actions[0] == ACTION_MENU)
            groups[g].title = N_("Help and commands");
        groups[g].actions[0] = ACTION_NONE;
        for (int i = 0; more ? i < ACTION_COUNT : all_groups[g].actions[i] != ACTION_NONE; i++) {
            enum action action = more ? (enum action)i : all_groups[g].actions[i];
            bool there = actions_table[action].contexts & context;
            if (there && !taken[action] && !(plain && action_is_of_screen(action)))
                take(&groups[g], action);
            taken[action] = true;
        }
    }
}

const char *
action_place(enum action_context context)
{
    return context == CONTEXT_SECTIONS  ? _("the first view")
           : context == CONTEXT_LIST    ? _("a list of articles")
           : context == CONTEXT_READER  ? _("an article")
           : context == CONTEXT_PAGE    ? _("the help and other pages")
           : context == CONTEXT_AGENDA  ? _("the agenda")
           : context == CONTEXT_CHANGES ? _("the texts that an article had")
                                        : _("two editions beside each other");
}

char *
action_places(enum action action, enum action_context here)
{
    GString *text = g_string_new(NULL);
    for (int i = 0; CONTEXT_KEYED >> i; i++) {
        enum action_context context = (enum action_context)(1 << i);
        if (context != CONTEXT_CHOICE && context != here &&
            actions_table[action].contexts & context)
            g_string_append_printf(text, "%s%s", text->len ? _(", ") : "", action_place(context));
    }
    return g_string_free(text, !text->len);
}
