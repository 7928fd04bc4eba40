/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `crier extract` and `crier entries`: one page to its article or its list, offline. */
#include "config.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/message.h"
#include "base/status.h"
#include "config/command.h"
#include "portal/article.h"
#include "portal/list.h"
#include "worker/commands.h"

#include <string.h>

/*
 * What `extract` and `entries` are told alike, borrowed from their options, and what follows from
 * it.
 */
struct page_options {
    const char *url, *content_type, *portal, *section;
    struct portal *loaded; /* owned */
    const struct portal_section *found;
};

static void
page_options_clear(struct page_options *o)
{
    if (o->loaded)
        portal_free(o->loaded);
}
DEFINE_AUTO_CLEAR(page_options, page_options_clear)

static bool
load_portal(struct page_options *o)
{
    g_autoptr(GError) error = NULL;
    if (o->portal && !(o->loaded = portal_load(o->portal, &error))) {
        message_error("%s", error->message);
        return false;
    }
    if (!o->section && o->loaded && o->loaded->sections->len == 1)
        o->found = g_ptr_array_index(o->loaded->sections, 0);
    if (!o->section)
        return true;
    g_auto(GStrv) parts = g_strsplit(o->section, "/", 2);
    if (o->loaded && parts[0] && parts[1])
        o->found = portal_find_section(o->loaded, parts[0], parts[1]);
    if (!o->found)
        message_error(_("there is no section '%s' (EDITION/SECTION) in the portal file"),
                      o->section);
    return o->found != NULL;
}

/* What the portal file says of dates, else the setting; the page says the rest. */
static struct date_style
page_dates(const struct context *context, const struct page_options *o)
{
    struct date_style dates = o->loaded ? o->loaded->dates : (struct date_style){0};
    const struct setting_values settings =
        settings_for(context->settings, &(struct settings_subject){.source = o->url});
    if (!dates.zoned && *settings.fetch_timezone)
        date_style_set_zone(&dates, settings.fetch_timezone);
    return dates;
}

/*
 * Reads the file, and opens the page behind the fence of parsers.  file: NULL, or where the article
 * goes that a PDF or picture is, which came instead of a page.
 */
static struct page *
open_page(const struct page_options *o, int argc, char **argv, struct article **file)
{
    if (argc != 2) {
        message_error(_("'%s' takes one file"), argv[0]);
        return NULL;
    }
    gsize length;
    g_autofree char *bytes = worker_read(argv[1], &length);
    if (!bytes)
        return NULL;
    worker_fence_parse();
    struct charset_hints hints = {.content_type = o->content_type,
                                  .fallback = o->loaded ? o->loaded->charset : NULL};
    if (file && article_is_file(bytes, length, o->content_type, o->url)) {
        *file = article_of_file(bytes, length, o->content_type, o->url, NULL);
        length = 0; /* nothing in it is text */
    }
    return page_open(bytes, length, &hints, o->url);
}

static int
print_error(const struct page *page, const GError *error)
{
    g_autofree char *json = page_error_to_json(page, error);
    print_raw(json);
    return STATUS_SOME;
}

static int
print_article(const struct article *article, const struct page *page, const char *format)
{
    g_autofree char *text = NULL;
    if (g_str_equal(format, "json")) {
        text = article_to_json(article, page);
        print_raw(text);
        return STATUS_OK;
    }
    if (g_str_equal(format, "text"))
        text = document_plain(article->document);
    else if (g_str_equal(format, "markdown"))
        text = document_markdown(article->document);
    else
        text = document_html(article->document);
    print_text(stdout, text);
    print_text(stdout, "\n");
    return STATUS_OK;
}

int
worker_extract(struct context *context, int argc, char **argv)
{
    AUTO(options_extract_clear) struct options_extract options = {0};
    int status;
    if (!command_parse(context, COMMAND_EXTRACT, &options, &argc, &argv, &status))
        return status;
    const char *format = options.format ? options.format : "json";
    g_auto(GStrv) formats = command_option_words(COMMAND_EXTRACT, "format");
    if (!g_strv_contains((const char *const *)formats, format)) {
        message_error(_("'%s' is not one of json, text, markdown, html"), format);
        return STATUS_USAGE;
    }
    AUTO(page_options_clear) struct page_options o = {
        .url = options.url, .content_type = options.content_type, .portal = options.portal};
    if (!load_portal(&o))
        return STATUS_USAGE;
    AUTO(article_free) struct article *article = NULL;
    AUTO(page_free) struct page *page = open_page(&o, argc, argv, &article);
    struct article_options how = {
        .portal = o.loaded, .dates = page_dates(context, &o), .now = clock_now()};
    g_autoptr(GError) error = NULL;
    if (page && !article)
        article = article_extract(page, &how, &error);
    return article ? print_article(article, page, format)
           : page  ? print_error(page, error)
                   : STATUS_USAGE;
}

int
worker_entries(struct context *context, int argc, char **argv)
{
    AUTO(options_entries_clear) struct options_entries options = {0};
    int status;
    if (!command_parse(context, COMMAND_ENTRIES, &options, &argc, &argv, &status))
        return status;
    AUTO(page_options_clear) struct page_options o = {.url = options.url,
                                                      .content_type = options.content_type,
                                                      .portal = options.portal,
                                                      .section = options.section};
    if (!load_portal(&o))
        return STATUS_USAGE;
    if (!o.found) /* before the page, which is read behind a fence */
        context_load_profiles(context);
    AUTO(page_free) struct page *page = open_page(&o, argc, argv, NULL);
    struct list_options how = {o.loaded, o.found, page_dates(context, &o), clock_now(),
                               context->profiles};
    g_autoptr(GError) error = NULL;
    AUTO(list_free) struct list *list = page ? list_extract(page, &how, &error) : NULL;
    if (!list)
        return page ? print_error(page, error) : STATUS_USAGE;
    g_autofree char *json = list_to_json(list, page);
    print_raw(json);
    return STATUS_OK;
}
