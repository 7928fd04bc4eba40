/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON Feed, version 1.1. */
#include "config.h"

#include "reader/publish.h"
#include "base/url.h"
#include "document/document.h"
#include "store/articles.h"

#include <jansson.h>
#include <string.h>

static void
set_text(json_t *o, const char *name, const char *text)
{
    if (text && *text)
        json_object_set_new(o, name, json_string(text));
}

static void
set_time(json_t *o, const char *name, const struct date *date)
{
    struct date moment = *date;
    if (moment.precision == DATE_NONE)
        return;
    moment.precision = DATE_SECOND;
    g_autofree char *text = date_iso(&moment);
    set_text(o, name, text);
}

/* Each has a media type, which the format asks for. */
static json_t *
attachments_of(struct store *store, int64_t article)
{
    json_t *array = json_array();
    g_autoptr(GPtrArray) attachments = articles_attachments(store, article);
    for (guint i = 0; i < attachments->len; i++) {
        const struct stored_attachment *a = g_ptr_array_index(attachments, i);
        if (!url_is_web(a->url))
            continue;
        g_autofree char *url = url_public(a->url);
        json_t *o = json_object();
        set_text(o, "url", url);
        set_text(o, "mime_type", a->type ? a->type : "application/octet-stream");
        set_text(o, "title", a->title);
        if (a->length >= 0)
            json_object_set_new(o, "size_in_bytes", json_integer(a->length));
        json_array_append_new(array, o);
    }
    return array;
}

static json_t *
names_of(const char *name)
{
    json_t *array = json_array(), *o = json_object();
    set_text(o, "name", name);
    json_array_append_new(array, o);
    return array;
}

static json_t *
tags_of(const struct article_row *row)
{
    json_t *array = json_array();
    if (row->section && *row->section)
        json_array_append_new(array, json_string(row->section));
    for (char **tag = row->tags; *tag; tag++)
        json_array_append_new(array, json_string(*tag));
    return array;
}

static json_t *
item_of(struct store *store, const struct published *entry, GError **error)
{
    const struct article_row *row = entry->row;
    AUTO(document_free) struct document *document = publish_document(store, row->id, error);
    if (!document)
        return NULL;
    g_autofree char *html = document_html(document),
                    *link = row->link && url_is_web(row->link) ? url_public(row->link) : NULL,
                    *modified = date_utc(entry->updated);
    json_t *o = json_object();
    set_text(o, "id", entry->id);
    set_text(o, "url", link);
    set_text(o, "title", row->title);
    json_object_set_new(o, "content_html", json_string(html));
    set_time(o, "date_published", &row->published);
    set_text(o, "date_modified", modified);
    json_object_set_new(o, "authors",
                        names_of(row->author      ? row->author
                                 : row->publisher ? row->publisher
                                                  : row->source_title));
    json_object_set_new(o, "tags", tags_of(row));
    set_text(o, "language", row->language);
    json_object_set_new(o, "attachments", attachments_of(store, row->id));
    return o;
}

char *
publication_json_feed(const struct publication *publication, struct store *store, GError **error)
{
    json_t *o = json_object(), *items = json_array();
    set_text(o, "version", "https://jsonfeed.org/version/1.1");
    set_text(o, "title", publication->title);
    set_text(o, "home_page_url", publication->home);
    set_text(o, "language", publication->language);
    json_object_set_new(o, "_crier", json_pack("{s:s}", "id", publication->id));
    bool fine = true;
    for (guint i = 0; i < publication->entries->len && fine; i++) {
        const struct published *entry = g_ptr_array_index(publication->entries, i);
        json_t *item = entry->withdrawn ? NULL : item_of(store, entry, error);
        fine = item || entry->withdrawn;
        if (item)
            json_array_append_new(items, item);
    }
    json_object_set_new(o, "items", items);
    char *text = fine ? json_dumps(o, JSON_INDENT(1)) : NULL;
    json_decref(o);
    char *whole = text ? g_strconcat(text, "\n", NULL) : NULL;
    free(text);
    return whole;
}
