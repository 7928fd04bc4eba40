/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Atom, RFC 4287. */
#include "config.h"

#include "reader/publish.h"
#include "base/url.h"
#include "document/document.h"
#include "store/articles.h"

#include <string.h>

static void
append_escaped(GString *out, const char *text)
{
    g_autofree char *escaped = g_markup_escape_text(text, -1);
    g_string_append(out, escaped);
}

static void
append_element(GString *out, const char *indent, const char *name, const char *text)
{
    if (!text)
        return;
    g_string_append_printf(out, "%s<%s>", indent, name);
    append_escaped(out, text);
    g_string_append_printf(out, "</%s>\n", name);
}

static void
append_attribute(GString *out, const char *name, const char *value)
{
    if (!value || !*value)
        return;
    g_string_append_printf(out, " %s=\"", name);
    append_escaped(out, value);
    g_string_append_c(out, '"');
}

static void
append_time(GString *out, const char *indent, const char *name, int64_t time)
{
    g_autofree char *text = date_utc(time);
    append_element(out, indent, name, text);
}

static void
append_person(GString *out, const char *indent, const char *name)
{
    g_string_append_printf(out, "%s<author><name>", indent);
    append_escaped(out, name);
    g_string_append(out, "</name></author>\n");
}

/* A day without a time is its midnight, where it was written. */
static void
append_published(GString *out, const struct date *published)
{
    struct date moment = *published;
    if (moment.precision == DATE_NONE)
        return;
    moment.precision = DATE_SECOND;
    g_autofree char *text = date_iso(&moment);
    append_element(out, "    ", "published", text);
}

static void
append_enclosures(GString *out, struct store *store, int64_t article)
{
    g_autoptr(GPtrArray) attachments = articles_attachments(store, article);
    for (guint i = 0; i < attachments->len; i++) {
        const struct stored_attachment *a = g_ptr_array_index(attachments, i);
        if (!url_is_web(a->url))
            continue;
        g_autofree char *length = a->length >= 0 ? g_strdup_printf("%" G_GINT64_FORMAT, a->length)
                                                 : NULL,
                        *url = url_public(a->url);
        g_string_append(out, "    <link rel=\"enclosure\"");
        append_attribute(out, "href", url);
        append_attribute(out, "type", a->type);
        append_attribute(out, "length", length);
        append_attribute(out, "title", a->title);
        g_string_append(out, "/>\n");
    }
}

static void
append_category(GString *out, const char *term)
{
    if (!term || !*term)
        return;
    g_string_append(out, "    <category");
    append_attribute(out, "term", term);
    g_string_append(out, "/>\n");
}

/* What is withdrawn is told as such, so that readers take it back. */
static void
append_deleted(GString *out, const struct published *entry)
{
    g_autofree char *when = date_utc(entry->withdrawn);
    g_string_append(out, "  <at:deleted-entry");
    append_attribute(out, "ref", entry->id);
    append_attribute(out, "when", when);
    g_string_append(out, "/>\n");
}

static bool
append_entry(GString *out, struct store *store, const struct published *entry, GError **error)
{
    const struct article_row *row = entry->row;
    AUTO(document_free) struct document *document = publish_document(store, row->id, error);
    if (!document)
        return false;
    g_string_append(out, "  <entry");
    append_attribute(out, "xml:lang", row->language);
    g_string_append(out, ">\n");
    append_element(out, "    ", "id", entry->id);
    append_element(out, "    ", "title", row->title);
    append_published(out, &row->published);
    append_time(out, "    ", "updated", entry->updated);
    append_person(out, "    ",
                  row->author      ? row->author
                  : row->publisher ? row->publisher
                                   : row->source_title);
    if (row->link && url_is_web(row->link)) {
        g_autofree char *link = url_public(row->link);
        g_string_append(out, "    <link rel=\"alternate\" type=\"text/html\"");
        append_attribute(out, "href", link);
        append_attribute(out, "hreflang", row->language);
        g_string_append(out, "/>\n");
    }
    append_enclosures(out, store, row->id);
    append_category(out, row->section);
    for (char **tag = row->tags; *tag; tag++)
        append_category(out, *tag);
    g_autofree char *html = document_xhtml(document);
    g_string_append_printf(
        out,
        "    <content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\">\n%s</div></content>\n"
        "  </entry>\n",
        html);
    return true;
}

char *
publication_atom(const struct publication *publication, struct store *store, GError **error)
{
    g_autoptr(GString) out = g_string_new("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                                          "<feed xmlns=\"http://www.w3.org/2005/Atom\""
                                          " xmlns:at=\"http://purl.org/atompub/tombstones/1.0\"");
    append_attribute(out, "xml:lang", publication->language);
    g_string_append(out, ">\n");
    append_element(out, "  ", "id", publication->id);
    append_element(out, "  ", "title", publication->title);
    append_time(out, "  ", "updated", publication->updated);
    append_person(out, "  ", publication->title);
    g_string_append(out, "  <generator version=\"" PACKAGE_VERSION "\">crier</generator>\n");
    if (publication->home) {
        g_string_append(out, "  <link rel=\"alternate\" type=\"text/html\"");
        append_attribute(out, "href", publication->home);
        g_string_append(out, "/>\n");
    }
    for (guint i = 0; i < publication->entries->len; i++) {
        const struct published *entry = g_ptr_array_index(publication->entries, i);
        if (entry->withdrawn)
            append_deleted(out, entry);
        else if (!append_entry(out, store, entry, error))
            return NULL;
    }
    g_string_append(out, "</feed>\n");
    return g_string_free(g_steal_pointer(&out), FALSE);
}
