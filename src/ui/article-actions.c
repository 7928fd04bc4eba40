/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Marking, tagging, saving, fetching articles. */
#include "config.h"

#include "ui/article-actions.h"
#include "base/clean.h"
#include "base/i18n.h"
#include "base/number.h"
#include "reader/attachment.h"
#include "reader/heading.h"
#include "reader/save.h"
#include "store/citations.h"
#include "store/edition-groups.h"
#include "ui/browser.h"
#include "ui/copy.h"
#include "ui/jobs.h"
#include "ui/path-complete.h"
#include "ui/programs.h"
#include "ui/query-complete.h"
#include "text/typed-sign.h"

#include <jansson.h>
#include <string.h>

static bool
has_mark(const struct article_row *row, enum mark mark)
{
    return mark == MARK_READ ? !row->unread : mark == MARK_STARRED ? row->starred : row->deleted;
}

/* Of a row that stands for several editions, a star of any is its own. */
static bool
shows_mark(const struct article_row *row, enum mark mark)
{
    return mark == MARK_STARRED ? article_row_is_starred(row) : has_mark(row, mark);
}

/* To who hears what was done, and then another row, the one article is told by its title. */
static void
say_one_marked(struct app *app, const struct article_row *row, enum mark mark, bool on, guint works,
               guint count)
{
    const char *format = mark == MARK_READ && on      ? _("marked as read: %s; {undo} undoes it")
                         : mark == MARK_READ          ? _("marked as unread: %s; {undo} undoes it")
                         : mark == MARK_STARRED && on ? _("starred: %s; {undo} undoes it")
                         : mark == MARK_STARRED       ? _("star taken away: %s; {undo} undoes it")
                         : on                         ? _("deleted: %s; {undo} undoes it")
                                                      : _("restored: %s; {undo} undoes it");
    g_autofree char *words = g_strdup_printf(format, heading_title(row)),
                    *text = keymap_text(app->keymap, app_top(app)->ops->context, words);
    if (works == count)
        app_say(app, "%s", text);
    else
        app_say(app, _("%s (with editions: %u)"), text, count);
    app->told = row->id;
}

static const struct article_row *
row_of(const GPtrArray *rows, int64_t article)
{
    for (guint i = 0; i < rows->len; i++)
        if (((const struct article_row *)g_ptr_array_index(rows, i))->id == article)
            return g_ptr_array_index(rows, i);
    return NULL;
}

static void
say_marked(struct app *app, const GPtrArray *rows, enum mark mark, bool folded,
           const struct mark_change *changes, guint count)
{
    bool on = changes->on;
    guint works = session_count_works(app->session, changes, count), shown = folded ? works : count;
    const struct article_row *one = app->plain && shown == 1 ? row_of(rows, changes->article)
                                                             : NULL;
    if (one) {
        say_one_marked(app, one, mark, on, shown, count);
        return;
    }
    const char *text =
        mark == MARK_READ && on      ? ngettext("%u article marked as read; {undo} undoes it",
                                                "%u articles marked as read; {undo} undoes it", shown)
        : mark == MARK_READ          ? ngettext("%u article marked as unread; {undo} undoes it",
                                                "%u articles marked as unread; {undo} undoes it", shown)
        : mark == MARK_STARRED && on ? ngettext("%u article starred; {undo} undoes it",
                                                "%u articles starred; {undo} undoes it", shown)
        : mark == MARK_STARRED       ? ngettext("%u star taken away; {undo} undoes it",
                                                "%u stars taken away; {undo} undoes it", shown)
        : on                         ? ngettext("%u article deleted; {undo} undoes it",
                                                "%u articles deleted; {undo} undoes it", shown)
                                     : ngettext("%u article restored; {undo} undoes it",
                                                "%u articles restored; {undo} undoes it", shown);
    app_say_count(app, text, folded, works, count); /* each of them takes the number */
}

void
article_action_add_editions(const struct app *app, GPtrArray *rows, enum mark mark)
{
    g_autoptr(GArray) articles = g_array_sized_new(FALSE, FALSE, sizeof(int64_t), rows->len);
    for (guint i = 0; i < rows->len; i++)
        g_array_append_val(articles, ((const struct article_row *)g_ptr_array_index(rows, i))->id);
    g_autoptr(GArray) rest = edition_groups_rest(app->session->store, articles, NULL);
    for (guint i = 0; i < rest->len; i++) {
        struct article_row *other =
            listing_article(app->session->store, g_array_index(rest, int64_t, i), NULL);
        if (other && (mark == MARK_DELETED || !other->deleted)) {
            session_overlay(app->session, other);
            g_ptr_array_add(rows, other);
        } else if (other) {
            article_row_free(other); /* its marks are not seen */
        }
    }
}

bool
article_action_lacks(const GPtrArray *rows, enum mark mark)
{
    for (guint i = 0; i < rows->len; i++)
        if (!shows_mark(g_ptr_array_index(rows, i), mark))
            return true;
    return false;
}

bool
article_action_mark(struct app *app, const GPtrArray *rows, enum mark mark, bool on, bool folded)
{
    g_autoptr(GArray) changes = g_array_new(FALSE, FALSE, sizeof(struct mark_change));
    g_autoptr(GError) error = NULL;
    for (guint i = 0; i < rows->len; i++) {
        const struct article_row *row = g_ptr_array_index(rows, i);
        struct mark_change change = {.article = row->id, .mark = mark, .on = on};
        if (on ? !shows_mark(row, mark) : has_mark(row, mark))
            g_array_append_val(changes, change);
    }
    if (!changes->len) /* another process was faster */
        return true;
    const struct mark_change *those = (const struct mark_change *)(void *)changes->data;
    if (!session_mark(app->session, those, changes->len, &error)) {
        app_show_error(app, "%s", error->message);
        return false;
    }
    if (rows->len > 1 || mark == MARK_DELETED || app->plain)
        say_marked(app, rows, mark, folded, those, changes->len);
    return true;
}

/* --- tags ---------------------------------------------------------------------------------- */

struct tagged {
    int64_t article;
    char **tags;  /* that it has; owned */
    char **shown; /* of the row, with those of editions for which it stands; NULL: it is of such */
};

static void
tagged_clear(gpointer data)
{
    struct tagged *tagged = data;
    g_strfreev(tagged->tags);
    g_strfreev(tagged->shown);
}

/* A row, and behind it the editions for which it stands. */
static void
add_tagged(GArray *tagged, const struct article_row *row)
{
    struct tagged one = {row->id, g_strdupv(row->tags), article_row_tags(row)};
    g_array_append_val(tagged, one);
    for (guint i = 0; row->copies && i < row->copies->len; i++) {
        const struct edition_copy *copy = &g_array_index(row->copies, struct edition_copy, i);
        struct tagged other = {copy->article, g_strdupv(copy->tags), NULL};
        g_array_append_val(tagged, other);
    }
}

static guint
count_rows(const GArray *tagged)
{
    guint rows = 0;
    for (guint i = 0; i < tagged->len; i++)
        rows += g_array_index(tagged, struct tagged, i).shown != NULL;
    return rows;
}

/* Whether it lacks a tag that is given, or has one that is taken away: from all, given to one. */
static bool
is_to_change(const struct tagged *one, const char *tag, bool off)
{
    const char *const *tags = (const char *const *)(off ? one->tags : one->shown);
    return tags && g_strv_contains(tags, tag) == off;
}

static void
say_tagged(struct app *app, const GArray *tagged, const char *tag, bool off)
{
    guint rows = count_rows(tagged);
    AUTO(article_row_free)
    struct article_row *one = app->plain && rows == 1
                                  ? listing_article(app->session->store,
                                                    g_array_index(tagged, struct tagged, 0).article,
                                                    NULL)
                                  : NULL;
    g_autofree char *said =
        one /* TRANSLATORS: a tag, and the title of an article */
            ? g_strdup_printf(off ? _("tag %s taken away: %s") : _("tagged %s: %s"), tag,
                              heading_title(one))
            : off ? g_strdup_printf(_("tag taken away: %s"), tag)
                  : g_strdup_printf(ngettext("%u article tagged %s", "%u articles tagged %s", rows),
                                    rows, tag);
    /* TRANSLATORS: what was done: "tagged water: The bridge reopens; u undoes it" */
    app_say(app, _("%s; {undo} undoes it"), said);
    app->told = one ? one->id : 0;
}

static void
tag_done(struct app *app, struct view *view, const char *text, gpointer articles)
{
    (void)view;
    const GArray *tagged = articles; /* of struct tagged */
    g_autofree char *word = g_strstrip(g_strdup(text));
    const char *behind;
    char sign = typed_sign(word, &behind);
    bool off = sign == '-';
    const char *tag = off || sign == '+' ? behind : word;
    if (!*tag)
        return;
    if (strpbrk(tag, " \t")) {
        app_refuse_answer(app, _("a tag is one word"));
        return;
    }
    g_autoptr(GArray) changes = g_array_new(FALSE, FALSE, sizeof(struct mark_change));
    g_autoptr(GError) error = NULL;
    for (guint i = 0; i < tagged->len; i++) {
        const struct tagged *one = &g_array_index(tagged, struct tagged, i);
        struct mark_change change = {
            .article = one->article, .mark = MARK_TAG, .on = !off, .tag = g_intern_string(tag)};
        if (is_to_change(one, tag, off)) /* what is so already is not undone */
            g_array_append_val(changes, change);
    }
    const struct mark_change *those = (const struct mark_change *)(void *)changes->data;
    if (changes->len && !session_mark(app->session, those, changes->len, &error))
        app_show_error(app, "%s", error->message);
    else if (!changes->len)
        app_say(app, off ? _("not tagged: %s") : _("tagged already: %s"), tag);
    else
        say_tagged(app, tagged, tag, off);
    app_reload(app);
}

void
article_action_tag(struct app *app, const GPtrArray *rows)
{
    if (!rows->len)
        return;
    GArray *tagged = g_array_new(FALSE, FALSE, sizeof(struct tagged));
    g_array_set_clear_func(tagged, tagged_clear);
    for (guint i = 0; i < rows->len; i++)
        add_tagged(tagged, g_ptr_array_index(rows, i));
    prompt_open(&app->prompt, &(struct prompt_request){.kind = PROMPT_TAG,
                                                       .label = _("Tag (- takes away): "),
                                                       .complete = tag_complete,
                                                       .done = tag_done,
                                                       .data = tagged,
                                                       .free_data = (GDestroyNotify)g_array_unref});
}

/* --- files --------------------------------------------------------------------------------- */

/* Where a file goes: what is typed, in a folder by the name that was proposed; newly allocated. */
static char *
path_of(const char *text, const char *proposed)
{
    g_autofree char *path = path_typed(text);
    return *path && (g_str_has_suffix(path, "/") || g_file_test(path, G_FILE_TEST_IS_DIR))
               ? g_build_filename(path, proposed, NULL)
               : g_steal_pointer(&path);
}

/* "notes (2).txt" after "notes.txt", "notes (3).txt" after that; newly allocated. */
static char *
name_after(const char *path)
{
    g_autofree char *folder = g_path_get_dirname(path), *name = g_path_get_basename(path);
    const char *dot = strrchr(name, '.'), *open = strrchr(name, '('), *end;
    gint64 number = 1;
    if (!dot || dot == name)
        dot = name + strlen(name);
    bool numbered = open && open > name + 1 && open[-1] == ' ' &&
                    number_prefix(open + 1, 1000000, &number, &end) && *end == ')' &&
                    end + 1 == dot;
    g_autofree char *stem = g_strndup(name, numbered ? open - 1 - name : dot - name);
    g_autofree char *next =
        g_strdup_printf("%s (%d)%s", stem, (int)(numbered ? number : 1) + 1, dot);
    return strchr(path, '/') ? g_build_filename(folder, next, NULL) : g_steal_pointer(&next);
}

#define MOST_NAMES 1000

/* The first of these that no file has; no file is written over: reader/outside.c. */
static char *
next_name(const char *path)
{
    char *name = name_after(path);
    for (int i = 0; i < MOST_NAMES && g_file_test(name, G_FILE_TEST_EXISTS); i++) {
        g_autofree char *taken = name;
        name = name_after(taken);
    }
    return name;
}

/* Where it lies, whole: who is asked for a name only is told the folder. */
static void
say_saved(struct app *app, const char *path)
{
    g_autofree char *whole = g_canonicalize_filename(path, NULL);
    app_say(app, _("saved: %s"), whole);
}

/* The same of an article, which a name that means another format does not turn into that. */
static void
say_article_saved(struct app *app, const char *path)
{
    g_autofree char *name = g_path_get_basename(path), *whole = g_canonicalize_filename(path, NULL);
    const char *dot = strrchr(name, '.');
    if (!dot || dot == name || strchr(dot, ' ') || save_format_of(path) != SAVE_TEXT ||
        !g_ascii_strcasecmp(dot, ".txt") || !g_ascii_strcasecmp(dot, ".text"))
        app_say(app, _("saved: %s"), whole);
    else
        app_say(app, _("saved as plain text: %s; .md and .html are the other forms"), whole);
}

static void
ask_path(struct app *app, const char *label, const char *text, struct prompt_request request)
{
    request.kind = PROMPT_FILE;
    request.label = label;
    request.text = text;
    request.complete = path_complete;
    prompt_open(&app->prompt, &request);
}

/* Of an answer that cannot be used: it stays to be changed; who types lines types a new one. */
static const char *
after_refusal(const struct app *app, const char *answer, const char *proposed)
{
    return app->plain ? proposed : answer;
}

/* What another file's name keeps from being saved is asked for again, with one that is free. */
static void
ask_again(struct app *app, const char *path, struct prompt_request request)
{
    g_autofree char *next = next_name(path), *name = g_path_get_basename(path);
    g_autofree char *label = g_strdup_printf(_("'%s' exists already; save as: "), name);
    request.quoted = name;
    ask_path(app, label, next, request);
}

static void save_done(struct app *app, struct view *view, const char *text, gpointer article);

static struct prompt_request
request_of_article(const struct article_row *row)
{
    return (struct prompt_request){
        .done = save_done, .data = g_memdup2(&row->id, sizeof row->id), .free_data = g_free};
}

static void
ask_for_article(struct app *app, const struct article_row *row, const char *text)
{
    ask_path(app, _("Save as (.txt .md .html): "), text, request_of_article(row));
}

/* A name that is refused stays to be changed. */
static void
save_done(struct app *app, struct view *view, const char *text, gpointer article)
{
    (void)view;
    g_autoptr(GError) error = NULL;
    AUTO(article_row_free) struct article_row *row =
        listing_article(app->session->store, *(int64_t *)article, &error);
    g_autofree char *proposed = row ? save_name(heading_title(row), ".txt") : g_strdup("");
    g_autofree char *path = path_of(text, proposed);
    if (!*path)
        return;
    if (row && save_article(app->session->store, row, path, &error)) {
        say_article_saved(app, path);
    } else if (row && g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_EXIST)) {
        ask_again(app, path, request_of_article(row));
    } else {
        if (row)
            copy_show_no_text(app, row, error);
        else
            app_show_error(app, "%s", error->message);
        if (row && error->domain == G_FILE_ERROR)
            ask_for_article(app, row, after_refusal(app, text, proposed));
    }
}

void
article_action_save(struct app *app, const struct article_row *row)
{
    g_autofree char *name = save_name(heading_title(row), ".txt");
    ask_for_article(app, row, name);
}

static void
downloaded(struct app *app, const char *answer, gpointer data)
{
    if (answer)
        say_saved(app, data);
}

static void download_done(struct app *app, struct view *view, const char *text, gpointer url);

static struct prompt_request
request_of_file(const char *url)
{
    return (struct prompt_request){
        .done = download_done, .data = g_strdup(url), .free_data = g_free};
}

static void
download_done(struct app *app, struct view *view, const char *text, gpointer url)
{
    (void)view;
    g_autofree char *proposed = save_name_of_file(url), *path = path_of(text, proposed);
    const char *const arguments[] = {"download", url, path, NULL};
    g_autoptr(GError) error = NULL;
    if (*path && g_file_test(path, G_FILE_TEST_EXISTS)) {
        ask_again(app, path, request_of_file(url));
    } else if (*path && attachment_is_kept(app->session->store, url)) {
        if (save_attachment(app->session->store, url, path, &error)) {
            say_saved(app, path);
        } else {
            app_show_error(app, "%s", error->message);
            ask_path(app, _("Save attachment as: "), after_refusal(app, text, proposed),
                     request_of_file(url));
        }
    } else if (*path)
        jobs_run_worker(app, arguments, downloaded, g_strdup(path));
}

void
article_action_download(struct app *app, const char *url)
{
    g_autofree char *name = save_name_of_file(url);
    ask_path(app, _("Save attachment as: "), name, request_of_file(url));
}

/* What is known of an article before its page is asked for. */
struct page_before {
    int64_t article;
    int revisions;
};

/* Whether the view on which one is would show the texts of an article by its key. */
static bool
is_of_top(const struct app *app, int64_t article)
{
    struct view *view = app_top(app);
    if (view->ops->article)
        return view->ops->article(view) == article;
    bool lists = view->ops->context & (CONTEXT_LIST | CONTEXT_AGENDA);
    return lists && view->ops->target && view->ops->target(view, NULL) == article;
}

/*
 * Of an article that one has left it is said which it is: the key would be another one's.
 * first: the page's text took the place of the feed's, or of none.
 */
static void
say_changed(struct app *app, const struct article_row *row, bool first)
{
    g_autofree char *title = heading_title_shown(row);
    bool here = is_of_top(app, row->id);
    if (here && first)
        app_say(app, _("the page was fetched: its text is there now"));
    else if (here)
        app_say(app, _("the page was fetched: its text has changed; {revisions} shows how"));
    else if (first)
        /* TRANSLATORS: the title of an article of which one has asked for the page */
        app_say(app, _("%s: the page was fetched: its text is there now"), title);
    else
        /* TRANSLATORS: the title of an article of which one has asked for the page */
        app_say(app, _("%s: the page was fetched: its text has changed"), title);
}

static void
page_fetched(struct app *app, const char *answer, gpointer data)
{
    const struct page_before *before = data;
    AUTO(article_row_free)
    struct article_row *row = answer ? listing_article(app->session->store, before->article, NULL)
                                     : NULL;
    json_t *o = answer ? json_loads(answer, 0, NULL) : NULL;
    bool changed = json_is_true(json_object_get(o, "changed"));
    json_decref(o);
    if (row && before->revisions && row->revisions > before->revisions)
        say_changed(app, row, false); /* the page has another text than the one that was there */
    else if (row && changed)
        say_changed(app, row, true);
    else if (answer)
        app_say(app, _("the page was fetched"));
    app_reload(app);
}

void
article_action_fetch_page(struct app *app, const struct article_row *row)
{
    g_autofree char *source = g_strdup_printf("%" G_GINT64_FORMAT, row->source);
    const char *const arguments[] = {"article", source, row->link, NULL};
    const struct page_before before = {row->id, row->revisions};
    if (row->link)
        jobs_run_worker(app, arguments, page_fetched, g_memdup2(&before, sizeof before));
    else
        app_say(app, _("this article has no page of its own"));
}

void
article_action_related(struct app *app, const struct article_row *row)
{
    if (!citations_has_related(app->session->store, row->id)) {
        app_say(app, _("nothing is related to it by the number of a document"));
        return;
    }
    g_autofree char *query = g_strdup_printf("related:%" G_GINT64_FORMAT, row->id),
                    *title = g_strdup_printf(_("Related to: %s"), heading_title(row));
    app_open(app, &(struct target){.kind = TARGET_LIST, .scope = {.query = query, .title = title}});
}

/* --- rows ---------------------------------------------------------------------------------- */

static bool
is_of_article(enum action action)
{
    switch (action) {
    case ACTION_BOOKMARK:
    case ACTION_BROWSER:
    case ACTION_COPY_LINK:
    case ACTION_COPY_QUOTATION:
    case ACTION_COPY_TEXT:
    case ACTION_COPY_TITLE:
    case ACTION_DELETE:
    case ACTION_FETCH_PAGE:
    case ACTION_INFO:
    case ACTION_MAIL:
    case ACTION_PIPE:
    case ACTION_PIPE_HTML:
    case ACTION_PIPE_MARKDOWN:
    case ACTION_RELATED:
    case ACTION_REVISIONS:
    case ACTION_RUN:
    case ACTION_SAVE:
    case ACTION_TAG:
    case ACTION_TOGGLE_READ:
    case ACTION_TOGGLE_STAR:
        return true;
    default:
        return false;
    }
}

bool
article_action_on_row(struct app *app, const struct article_row *row, enum action action, int count)
{
    if (!is_of_article(action))
        return false;
    if (!row) {
        app_say(app, _("there is no article here"));
        return true;
    }
    switch (action) {
    case ACTION_BROWSER:
        if (row->link)
            browser_open(app, row->link);
        else
            app_say(app, _("this article has no page of its own"));
        return true;
    case ACTION_SAVE:
        article_action_save(app, row);
        return true;
    case ACTION_FETCH_PAGE:
        article_action_fetch_page(app, row);
        return true;
    case ACTION_RELATED:
        article_action_related(app, row);
        return true;
    case ACTION_REVISIONS:
        app_open(app, &(struct target){.kind = TARGET_REVISIONS, .article = row->id});
        return true;
    case ACTION_INFO:
        app_open(app,
                 &(struct target){.kind = TARGET_INFO, .source = row->source, .article = row->id});
        return true;
    default:
        return copy_act(app, row, &(struct copy_place){.count = count}, action) ||
               programs_act(app, row, NULL, action);
    }
}
