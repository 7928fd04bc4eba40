/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Links, pictures and attachments of an article: focused, followed, chosen. */
#include "config.h"

#include "base/clean.h"
#include "base/i18n.h"
#include "base/url.h"
#include "reader/save.h"
#include "store/articles.h"
#include "text/cells.h"
#include "ui/article-view.h"
#include "ui/browser.h"
#include "ui/choice.h"
#include "ui/jobs.h"
#include "ui/shown-url.h"
#include "ui/typed-number.h"

#include <jansson.h>
#include <string.h>

void
article_focus_link(struct article_view *v, struct app *app, guint link)
{
    v->link = link;
    int64_t line = article_text_line_of_link(&v->text, link);
    if (line >= 0 &&
        (line < v->base.scroll.top || line >= v->base.scroll.top + v->base.scroll.height))
        v->base.scroll.top = MAX(line - v->base.scroll.height / 2, 0);
    g_autofree char *shown = article_text_shown_url(&v->text, link, cells_width("[123] ", -1));
    g_autofree char *label = app->plain ? article_text_label(&v->text, link) : NULL;
    if (!g_strcmp0(label, shown)) /* an address that is linked with itself */
        g_clear_pointer(&label, g_free);
    app_say(app, "[%u] %s%s%s", link, label ? label : "", label ? _(", ") : "", shown);
    app->message_is_aside = true;
}

void
article_next_link(struct article_view *v, struct app *app, int direction)
{
    guint links = article_text_links(&v->text);
    if (!links) {
        app_say(app, _("there are no links in this article"));
        return;
    }
    gint64 next = v->link ? (gint64)v->link + direction : direction > 0 ? 1 : links;
    article_focus_link(v, app, next < 1 ? links : next > links ? 1 : (guint)next);
}

void
article_go_to_link(struct article_view *v, struct app *app, guint link)
{
    if (link <= article_text_links(&v->text))
        article_focus_link(v, app, link);
    else
        typed_number_say_no_link(app, link);
}

static void
open_article(struct app *app, int64_t article)
{
    app_open(app, &(struct target){.kind = TARGET_ARTICLE, .article = article});
}

/* source: the name of that of which the page is an article now. */
static void
followed(struct app *app, const char *answer, gpointer source)
{
    json_t *o = answer ? json_loads(answer, 0, NULL) : NULL;
    int64_t article = json_integer_value(json_object_get(o, "article"));
    json_decref(o);
    if (!article)
        return;
    if (app_top(app)->ops->context == CONTEXT_READER && !app->prompt.active)
        open_article(app, article);
    if (!app->message || !app->message_is_error)
        /* TRANSLATORS: a page to which a link led; the name of a source, whose article it is now */
        app_say(app, _("fetched, and kept in: %s"), (const char *)source);
}

/* A title that no command takes for an option: "-> More" begins with its word. */
static const char *
behind_dashes(const char *title)
{
    return title + strspn(title, "- ");
}

/* What a link is called, to be the title of a page that has none: its words, or its file. */
static char *
title_of_link(const struct article_view *v, guint link)
{
    const char *url = article_text_url(&v->text, link);
    g_autofree char *label = article_text_label(&v->text, link),
                    *shown = article_text_shown_url(&v->text, link, 0),
                    *words = label ? text_squeeze(label, -1) : g_strdup(""),
                    *file = save_name_of_file(url);
    bool says = *behind_dashes(words) && g_strcmp0(label, shown) && !url_is_web(words);
    return g_strdup(behind_dashes(says ? words : file));
}

static bool
is_same_host(const char *url, const char *other)
{
    g_autofree char *one = url_authority(url), *two = other ? url_authority(other) : NULL;
    return one && two && g_str_equal(one, two);
}

/* What to do with an attachment that the browser would but offer to save. */
static void
advise_on_attachment(struct article_view *v, struct app *app, guint link)
{
    if (app->plain) {
        app_say(
            app,
            _("a browser in the terminal shows no documents; {save} %u saves it, {browser} %u opens it there all the same"),
            link, link);
        return;
    }
    v->link = link; /* of which the keys are */
    app_say(
        app,
        _("a browser in the terminal shows no documents; {save} saves it, {browser} opens it there all the same"));
}

void
article_follow(struct article_view *v, struct app *app, guint link)
{
    const char *url = article_text_url(&v->text, link);
    if (!url) {
        if (link)
            typed_number_say_no_link(app, link);
        else
            app_say(app, app->plain ? _("the number of a link follows it; U reads them out")
                                    : _("Tab moves to a link, then Enter follows it"));
        return;
    }
    const struct stored_attachment *file = article_text_attachment(&v->text, link);
    int64_t article = articles_by_identity(app->session->store, url);
    if (article) {
        open_article(app, article);
    } else if (article_text_kind(&v->text, link) == ARTICLE_LINK_TEXT && url_is_web(url) &&
               is_same_host(url, v->text.row->link)) {
        g_autofree char *source = g_strdup_printf("%" G_GINT64_FORMAT, v->text.row->source);
        g_autofree char *title = title_of_link(v, link);
        const char *const arguments[] = {"article", source, url, *title ? title : NULL, NULL};
        jobs_run_worker(app, arguments, followed, g_strdup(v->text.row->source_name));
    } else if (file && !browser_shows(app, attachment_shape(file))) {
        advise_on_attachment(v, app, link);
    } else {
        browser_open(app, url);
    }
}

#define PAGE "page" /* the value of that choice; those of links are numbers */

static void
link_chosen(struct app *app, const struct choice_request *request, const struct choice *choice,
            const char *typed)
{
    guint link = (guint)typed_number_take(app, choice ? choice->value : typed);
    bool page = choice && g_str_equal(choice->value, PAGE);
    struct view *view = request->view;
    app_pop(app);
    if (!app_has_view(app, view))
        return;
    struct article_view *v = (struct article_view *)view;
    if (page) {
        browser_open(app, v->text.row->link);
    } else if (link > article_text_links(&v->text)) {
        typed_number_say_no_link(app, link);
    } else if (link) {
        article_focus_link(v, app, link);
        article_follow(v, app, link);
    }
}

/* The article's own page, behind its links. */
static void
offer_page(const struct article_view *v, GPtrArray *choices)
{
    const char *link = v->text.row->link;
    g_autofree char *url = link ? url_shown(link) : NULL;
    if (url)
        g_ptr_array_add(choices, choice_new_address(_("the page of the article"), url, PAGE));
}

#define BESIDE_CHOICE 4 /* cells beside what a choice says */

/* A link without words. */
static struct choice *
choice_of_address(const struct app *app, const char *head, const char *url, const char *number)
{
    int room = app->grid->width - BESIDE_CHOICE - cells_width(head, -1);
    g_autofree char *shown = app->plain ? g_strdup(url)
                                        : shown_url_fit(url, room, app_sign(app, "…", "~")),
                    *text = g_strconcat(head, shown, NULL);
    return choice_new(text, NULL, url, number);
}

void
article_choose_link(struct article_view *v, struct app *app)
{
    /* the labels of pictures and of what is embedded say so */
    const char *const kinds[] = {NULL, NULL, _("attachment"), NULL};
    guint links = article_text_links(&v->text);
    if (!links && !v->text.row->link) {
        app_say(app, _("there are no links in this article"));
        return;
    }
    GPtrArray *choices = g_ptr_array_new();
    for (guint i = 1; i <= links; i++) {
        const char *kind = kinds[article_text_kind(&v->text, i)];
        g_autofree char *number = g_strdup_printf("%u", i),
                        *label = article_text_label(&v->text, i),
                        *whole = article_text_shown_url(&v->text, i, 0);
        if (app->plain && !g_strcmp0(label, whole)) /* that is said once */
            g_clear_pointer(&label, g_free);
        /* rows have numbers when they are read out */
        g_autofree char *mark = app->plain ? g_strdup("") : g_strdup_printf("[%u] ", i),
                        *head = g_strdup_printf("%s%s%s%s", mark, kind ? kind : "",
                                                kind ? _(": ") : "", label ? label : "");
        const char *target = article_text_url(&v->text, i);
        g_autofree char *url = url_shown(target);
        /* where all leads to the host that one reads, the words tell more */
        bool own = url_is_web(target) && is_same_host(target, v->text.row->link);
        g_ptr_array_add(choices, !label ? choice_of_address(app, head, url, number)
                                 : own  ? choice_new(head, url, NULL, number)
                                        : choice_new_address(head, url, number));
    }
    offer_page(v, choices);
    struct choice_request request = {.title = _("Links"),
                                     .label = _("Link: "),
                                     .choices = choices,
                                     .chosen = link_chosen,
                                     .view = &v->base};
    app_open(app, &(struct target){.kind = TARGET_CHOICE, .choice = &request});
}

guint
article_link_at(const struct article_view *v, struct app *app, int x, int y)
{
    int left, width;
    struct area inside = v->base.area;
    app_measure(app, &inside, &left, &width);
    const struct layout_line *line = article_text_at(&v->text, v->base.scroll.top + y);
    int cell = x + inside.x - left + (line ? article_text_shifted(line, v->shift) : 0);
    for (guint i = 0; line && i < line->runs->len; i++) {
        const struct layout_run *run = &g_array_index(line->runs, struct layout_run, i);
        int from = cells_width(line->text, run->start);
        if (run->link && cell >= from &&
            cell < from + cells_width(line->text + run->start, run->length))
            return run->link;
    }
    return 0;
}
