/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `crier show`: articles from the store, without a network. */
#include "config.h"

#include "base/i18n.h"
#include "base/message.h"
#include "base/number.h"
#include "base/status.h"
#include "base/url.h"
#include "cli/cli.h"
#include "cli/show.h"
#include "document/layout.h"
#include "reader/attachment.h"
#include "reader/counterpart.h"
#include "reader/heading.h"
#include "reader/lines.h"
#include "reader/page.h"
#include "reader/withdrawal.h"
#include "store/articles.h"
#include "store/citations.h"
#include "store/files.h"
#include "store/sources.h"

#include <string.h>

#define SECTION_ROWS 20 /* of a section that stands in for an article */

struct show_options {
    const char *format;
    int width, revision;
    enum layout_links links;
    const char *language;
    bool evidence;
    guint shown;  /* articles so far, of a page of several */
    bool related; /* what it cites and what cites it is shown, too */
};

static void
print_text_article(struct store *store, const struct article_row *row,
                   const struct document *document, const struct show_options *o)
{
    AUTO(layout_free) struct layout *head =
        heading_layout(store, row, &(struct heading_options){.width = o->width, .address = true});
    struct layout_options options = {.width = o->width, .links = o->links};
    AUTO(layout_free) struct layout *body = layout_new(document, &options);
    for (guint i = 0; i < head->lines->len; i++)
        print_textf(stdout, "%s\n",
                    ((const struct layout_line *)g_ptr_array_index(head->lines, i))->text);
    print_text(stdout, "\n");
    for (guint i = 0; i < body->lines->len; i++)
        print_textf(stdout, "%s\n",
                    ((const struct layout_line *)g_ptr_array_index(body->lines, i))->text);
    if (o->links == LAYOUT_LINKS_FOOTNOTE && document->links->len) {
        print_text(stdout, "\n");
        for (guint i = 0; i < document->links->len; i++) {
            g_autofree char *url = url_shown(g_ptr_array_index(document->links, i));
            print_textf(stdout, "[%u] %s\n", i + 1, url);
        }
    }
    g_autoptr(GPtrArray) attachments = articles_attachments(store, row->id);
    if (attachments->len)
        print_textf(stdout, "\n%s\n", _("Attachments:"));
    for (guint i = 0; i < attachments->len; i++) {
        const struct stored_attachment *a = g_ptr_array_index(attachments, i);
        g_autofree char *label = attachment_label(store, a),
                        *trouble = attachment_trouble(store, a), *url = url_shown(a->url);
        print_textf(stdout, "  %s\n", label);
        if (a->title)
            print_textf(stdout, "  %s\n", url);
        if (trouble)
            print_textf(stdout, "  %s\n", trouble);
    }
}

static void
print_related(struct store *store, const struct article_row *row)
{
    g_autoptr(GPtrArray) all = citations_of(store, row->id, NULL);
    const char *head = NULL;
    for (guint i = 0; all && i < all->len; i++) {
        const struct cited *cited = g_ptr_array_index(all, i);
        const char *own = cited->own ? _("Its number, and what cites it:") : _("What it cites:");
        if (head != own)
            print_textf(stdout, "\n%s\n", own);
        head = own;
        if (cited->article)
            print_textf(stdout, "  %s  %" G_GINT64_FORMAT "  %s\n", cited->number, cited->article,
                        cited->title && *cited->title ? cited->title : _("(no title)"));
        else
            print_textf(stdout, "  %s\n", cited->number);
    }
}

static json_t *
numbers_json(struct store *store, const struct article_row *row)
{
    json_t *numbers = json_array();
    g_autoptr(GPtrArray) all = citations_of(store, row->id, NULL);
    for (guint i = 0; all && i < all->len; i++) {
        const struct cited *cited = g_ptr_array_index(all, i);
        json_t *o = json_object();
        json_object_set_new(o, "number", cli_string(cited->number));
        json_object_set_new(o, "own", json_boolean(cited->own));
        json_object_set_new(o, "article",
                            cited->article ? json_integer(cited->article) : json_null());
        json_object_set_new(o, "title", cli_string(cited->title));
        json_array_append_new(numbers, o);
    }
    return numbers;
}

json_t *
cli_whole_article_json(struct store *store, const struct article_row *row,
                       const struct document *document)
{
    json_t *o = lines_article(row), *editions = json_array(), *attachments = json_array();
    g_autofree char *body = document_plain(document);
    g_autoptr(GPtrArray) stored = articles_editions(store, row->id);
    for (guint i = 0; i < stored->len; i++) {
        const struct stored_edition *e = g_ptr_array_index(stored, i);
        json_t *edition = json_object();
        json_object_set_new(edition, "language", json_string(e->language));
        json_object_set_new(edition, "url", json_string(e->url));
        json_object_set_new(edition, "scope", json_string(e->scope));
        json_object_set_new(edition, "article",
                            e->article ? json_integer(e->article) : json_null());
        json_array_append_new(editions, edition);
    }
    g_autoptr(GPtrArray) files = articles_attachments(store, row->id);
    for (guint i = 0; i < files->len; i++) {
        const struct stored_attachment *a = g_ptr_array_index(files, i);
        json_t *file = json_object();
        json_object_set_new(file, "url", json_string(a->url));
        json_object_set_new(file, "title", cli_string(a->title));
        json_object_set_new(file, "type", cli_string(a->type));
        AUTO(stored_file_free) struct stored_file *kept = files_find(store, a->url);
        bool here = kept && kept->size >= 0;
        int64_t length = here ? kept->size : a->length;
        json_object_set_new(file, "length", length >= 0 ? json_integer(length) : json_null());
        json_object_set_new(file, "kept", json_boolean(here));
        json_object_set_new(file, "problem",
                            kept && kept->problem ? problem_json(kept->problem) : json_null());
        json_array_append_new(attachments, file);
    }
    json_object_set_new(o, "publisher", cli_string(row->publisher));
    json_object_set_new(o, "revisions", json_integer(row->revisions));
    json_object_set_new(o, "body", json_string(body));
    json_object_set_new(o, "editions", editions);
    json_object_set_new(o, "files", attachments);
    json_object_set_new(o, "numbers", numbers_json(store, row));
    json_object_set_new(o, "withdrawals", withdrawals_json(store, row->id));
    return o;
}

/* HTML says itself that it is UTF-8. */
static void
print_page(struct store *store, const struct article_row *row, struct document *document,
           struct show_options *o)
{
    AUTO(document_free) struct document *page = page_compose(store, row, document);
    if (g_str_equal(o->format, "markdown")) {
        g_autofree char *text = document_markdown(page);
        print_textf(stdout, "%s%s", o->shown++ ? "\n---\n\n" : "", text);
        return;
    }
    if (!o->shown++) {
        g_autofree char *begin = page_html_begin(heading_title(row));
        print_raw(begin);
    }
    g_autofree char *article = page_html_article(row, page);
    print_raw(article);
}

static int
show_row(struct store *store, const struct article_row *row, struct show_options *o)
{
    g_autoptr(GError) error = NULL;
    if (o->evidence)
        return show_evidence(store, row, g_str_equal(o->format, "json"));
    AUTO(document_free) struct document *document =
        articles_document(store, row->id, o->revision, &error);
    if (!document && (o->revision || !g_error_matches(error, STORE_ERROR, STORE_ERROR_UNKNOWN)))
        return cli_fail(error);
    if (!document) {
        g_autoptr(GPtrArray) files = articles_attachments(store, row->id);
        if (!files->len)
            message_warning("%s", error->message);
        document = document_new();
    }
    document_link_pictures(document);
    if (g_str_equal(o->format, "text")) {
        print_text_article(store, row, document, o);
        if (o->related)
            print_related(store, row);
    } else if (g_str_equal(o->format, "json")) {
        cli_print_json(cli_whole_article_json(store, row, document));
    } else {
        print_page(store, row, document, o);
    }
    return STATUS_OK;
}

/*
 * An article in another language; where the store does not have it, the section in which it would
 * stand.
 */
static int
show_counterpart(struct session *session, const struct article_row *row, struct show_options *o)
{
    AUTO(counterpart_free) struct counterpart *c =
        counterpart_find(session->store, row, o->language);
    if (!c) {
        message_error(_("article %ld has no edition '%s'"), (long)row->id, o->language);
        return STATUS_USAGE;
    }
    g_autoptr(GError) error = NULL;
    AUTO(article_row_free) struct article_row *other =
        c->article ? listing_article(session->store, c->article, &error) : NULL;
    if (other)
        return show_row(session->store, other, o);
    message_error(_("the '%s' edition of article %ld is not in the store: %s"), o->language,
                  (long)row->id, c->url ? c->url : c->section->url);
    if (!c->section || !g_str_equal(o->format, "text"))
        return STATUS_USAGE;
    struct listing listing = {.source = c->section->id};
    return cli_print_listing(session, &listing, SECTION_ROWS, "table");
}

static int
show_number(struct session *session, const char *text, struct show_options *o)
{
    struct store *store = session->store;
    gint64 number;
    if (!number_parse(text, 1, G_MAXINT64, &number)) {
        message_error(_("'%s' is not the number of an article"), text);
        return STATUS_USAGE;
    }
    g_autoptr(GError) error = NULL;
    AUTO(article_row_free) struct article_row *row = listing_article(store, number, &error);
    if (!row)
        return cli_fail(error);
    if (!o->language || (row->language && !g_ascii_strcasecmp(row->language, o->language)))
        return show_row(store, row, o);
    return show_counterpart(session, row, o);
}

int
cli_show(struct context *context, int argc, char **argv)
{
    AUTO(options_show_clear) struct options_show options = {0};
    int status;
    if (!command_parse(context, COMMAND_SHOW, &options, &argc, &argv, &status))
        return status;
    if (!cli_choice(COMMAND_SHOW, "format", options.format) ||
        !cli_choice(COMMAND_SHOW, "links", options.links))
        return STATUS_USAGE;
    if (argc < 2) {
        message_error(_("the number of an article is missing"));
        return STATUS_USAGE;
    }
    if (!cli_not_negative("width", options.width) ||
        !cli_not_negative("revision", options.revision))
        return STATUS_USAGE;
    if (options.evidence && options.format && !g_str_equal(options.format, "text") &&
        !g_str_equal(options.format, "json")) {
        message_error(_("'%s' and '%s' exclude each other"), "--evidence", options.format);
        return STATUS_USAGE;
    }
    AUTO(session_close) struct session *session = cli_session(context, false, &status);
    if (!session)
        return status;
    if (!cli_has_store(session))
        return STATUS_USAGE;
    int measure = context->settings->values.read_measure;
    int terminal = cli_width();
    struct show_options o = {
        .format = options.format ? options.format : "text",
        .width = options.width ? options.width
                 : terminal    ? MIN(terminal, measure)
                               : measure,
        .revision = options.revision,
        .links = g_strcmp0(options.links, "none") == 0     ? LAYOUT_LINKS_NONE
                 : g_strcmp0(options.links, "inline") == 0 ? LAYOUT_LINKS_INLINE
                                                           : LAYOUT_LINKS_FOOTNOTE,
        .language = options.lang,
        .evidence = options.evidence,
        .related = options.related,
    };
    for (int i = 1; i < argc; i++) {
        if (i > 1 && g_str_equal(o.format, "text"))
            print_text(stdout, "\n\n");
        int one = show_number(session, argv[i], &o);
        status = one ? one : status;
    }
    if (o.shown && g_str_equal(o.format, "html"))
        print_raw(page_html_end);
    return status;
}
