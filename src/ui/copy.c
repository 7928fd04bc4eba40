/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Composing what is copied. */
#include "config.h"

#include "ui/copy.h"
#include "base/clean.h"
#include "base/i18n.h"
#include "reader/heading.h"
#include "store/articles.h"
#include "ui/osc52.h"
#include "ui/programs.h"

#include <string.h>

/* To the terminal, or the program of ui.clipboard. */
static void
hand_over(struct app *app, const char *text, const char *said)
{
    gsize length = strlen(text);
    if (*app->session->context->settings->values.ui_clipboard) {
        programs_copy(app, text, said);
    } else if (!app->copies) {
        app_show_error(app, _("this terminal has no clipboard; ui.clipboard can name a program"));
    } else if (length > OSC52_MAX) {
        app_show_error(app,
                       _("too long for the clipboard of a terminal (%u kB of %u); {save} saves it"),
                       (unsigned)(length / 1000), OSC52_MAX / 1000);
    } else {
        g_free(app->clipboard);
        app->clipboard = g_strdup(text);
        app_say(app, "%s", said);
    }
}

static void
copy_link(struct app *app, const struct article_row *row, const char *link)
{
    const char *url = link ? link : row->link;
    if (!url) {
        app_say(app, _("this article has no address"));
        return;
    }
    g_autofree char *said = g_strdup_printf(_("copied: %s"), url);
    hand_over(app, url, said);
}

static void
copy_title(struct app *app, const struct article_row *row)
{
    g_autofree char *said = g_strdup_printf(_("copied: %s"), heading_title(row));
    hand_over(app, heading_title(row), said);
}

void
copy_show_no_text(struct app *app, const struct article_row *row, const GError *error)
{
    if (g_error_matches(error, STORE_ERROR, STORE_ERROR_UNKNOWN))
        app_show_error(app, row->link
                                ? _("the text is not in the store yet; {fetch-page} fetches it")
                                : _("this article has no text"));
    else
        app_show_error(app, "%s", error->message);
}

/* The text of the article; NULL when there is none, which is said. */
static struct document *
text_of(struct app *app, const struct article_row *row)
{
    struct document *document = articles_document(app->session->store, row->id, 0, NULL);
    if (document && !document_is_empty(document))
        return document;
    if (document)
        document_free(document);
    app_say(app, row->link ? _("the text is not in the store yet; {fetch-page} fetches it")
                           : _("this article has no text"));
    return NULL;
}

static void
copy_text(struct app *app, const struct article_row *row)
{
    AUTO(document_free) struct document *document = text_of(app, row);
    if (!document)
        return;
    g_autofree char *text = document_plain(document);
    hand_over(app, text, _("copied: the text"));
}

/* Paragraphs from a place on, each in one line. */
static char *
paragraphs(const struct document *document, guint block, int count)
{
    GString *text = g_string_new(NULL);
    for (guint i = block; i < document->blocks->len && count > 0; i++) {
        const struct block *b = g_ptr_array_index(document->blocks, i);
        g_autofree char *line = text_squeeze(b->content.text->str, -1);
        if (!*line)
            continue;
        g_string_append_printf(text, "%s%s", text->len ? "\n" : "", line);
        count--;
    }
    return g_string_free(text, FALSE);
}

/* The words in quotation marks, then what they are from, where and when. */
static void
copy_quotation(struct app *app, const struct article_row *row, const struct copy_place *place)
{
    AUTO(document_free) struct document *document = text_of(app, row);
    if (!document)
        return;
    g_autofree char *words = paragraphs(document, place->block, MAX(place->count, 1));
    if (!*words) {
        app_say(app, _("there is nothing to quote here"));
        return;
    }
    g_autofree char *date = heading_date(&row->published);
    const char *source = row->publisher ? row->publisher : row->source_name;
    /* TRANSLATORS: quotation marks of the language around %s */
    GString *text = g_string_new(NULL);
    g_string_printf(text, _("“%s”"), words);
    g_string_append_printf(text, "\n— %s", heading_title(row));
    const char *const parts[] = {source, date, row->link};
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++)
        if (parts[i] && *parts[i])
            g_string_append_printf(text, "%s%s", _(", "), parts[i]);
    g_string_append_c(text, '\n');
    g_autofree char *whole = g_string_free(text, FALSE),
                    *said = g_strdup_printf(_("copied: %s"), words);
    hand_over(app, whole, said);
}

bool
copy_act(struct app *app, const struct article_row *row, const struct copy_place *place,
         enum action action)
{
    switch (action) {
    case ACTION_COPY_LINK:
        copy_link(app, row, place->link);
        return true;
    case ACTION_COPY_TITLE:
        copy_title(app, row);
        return true;
    case ACTION_COPY_TEXT:
        copy_text(app, row);
        return true;
    case ACTION_COPY_QUOTATION:
        copy_quotation(app, row, place);
        return true;
    default:
        return false;
    }
}
