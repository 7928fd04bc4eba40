/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `crier show --evidence`: how the text of an article was obtained, and digests of what came. */
#include "config.h"

#include "base/i18n.h"
#include "base/message.h"
#include "base/status.h"
#include "base/url.h"
#include "cli/cli.h"
#include "cli/show.h"
#include "document/document.h"
#include "store/articles.h"
#include "store/files.h"
#include "store/raw.h"
#include "text/date.h"

#include <string.h>

/* The lines up to the empty one, and those behind it. */
static json_t *
lines_of(const char *evidence, bool answer)
{
    const char *middle = evidence ? strstr(evidence, "\n\n") : NULL;
    if (!middle)
        return json_null();
    json_t *lines = json_array();
    g_autofree char *part = answer ? g_strdup(middle + 2)
                                   : g_strndup(evidence, (gsize)(middle - evidence));
    g_auto(GStrv) split = g_strsplit(part, "\n", -1);
    for (char **line = split; *line; line++)
        if (**line)
            json_array_append_new(lines, json_string(*line));
    return lines;
}

/* An exchange; intact: null where no digest was kept when the bytes came. */
static json_t *
exchange_json(const struct raw *raw)
{
    gsize length;
    const guchar *bytes = g_bytes_get_data(raw->bytes, &length);
    g_autofree char *now = g_compute_checksum_for_data(G_CHECKSUM_SHA256, bytes, length),
                    *url = url_public(raw->url);
    json_t *o = json_object();
    json_object_set_new(o, "url", json_string(url));
    json_object_set_new(o, "fetched", cli_time(raw->fetched));
    json_object_set_new(o, "content_type", cli_string(raw->content_type));
    json_object_set_new(o, "bytes", json_integer((json_int_t)length));
    json_object_set_new(o, "sha256", json_string(raw->sha256 ? raw->sha256 : now));
    json_object_set_new(o, "intact",
                        raw->sha256 ? json_boolean(g_str_equal(raw->sha256, now)) : json_null());
    json_object_set_new(o, "request", lines_of(raw->evidence, false));
    json_object_set_new(o, "response", lines_of(raw->evidence, true));
    return o;
}

static json_t *
files_json(struct store *store, int64_t article)
{
    json_t *files = json_array();
    g_autoptr(GPtrArray) attachments = articles_attachments(store, article);
    for (guint i = 0; i < attachments->len; i++) {
        const struct stored_attachment *a = g_ptr_array_index(attachments, i);
        AUTO(stored_file_free) struct stored_file *file = files_find(store, a->url);
        if (!file || file->size < 0)
            continue;
        g_autofree char *url = url_public(a->url);
        json_t *o = json_object();
        json_object_set_new(o, "url", json_string(url));
        json_object_set_new(o, "fetched", cli_time(file->fetched));
        json_object_set_new(o, "bytes", json_integer(file->size));
        json_object_set_new(o, "sha256", cli_string(file->sha256));
        json_array_append_new(files, o);
    }
    return files;
}

/* NULL and error when what is stored cannot be read. */
static json_t *
evidence_json(struct store *store, const struct article_row *row, GError **error)
{
    g_autoptr(GError) why = NULL;
    AUTO(raw_free) struct raw *page = raw_of_article(store, row->id, &why);
    AUTO(raw_free) struct raw *list = why ? NULL : raw_of_source(store, row->source, &why);
    if (why) {
        g_propagate_error(error, g_steal_pointer(&why));
        return NULL;
    }
    json_t *o = json_object(), *texts = json_array();
    g_autoptr(GPtrArray) revisions = raw_texts(store, row->id);
    for (guint i = 0; i < revisions->len; i++) {
        const struct raw_text *r = g_ptr_array_index(revisions, i);
        json_t *text = json_object();
        json_object_set_new(text, "revision", json_integer(r->revision));
        json_object_set_new(text, "seen", cli_time(r->seen));
        json_object_set_new(text, "origin", json_string(r->origin));
        json_object_set_new(text, "sha256", cli_string(r->sha256));
        json_array_append_new(texts, text);
    }
    json_object_set_new(o, "article", json_integer(row->id));
    json_object_set_new(o, "link", cli_string(row->link));
    json_object_set_new(o, "texts", texts);
    json_object_set_new(o, "page", page ? exchange_json(page) : json_null());
    json_object_set_new(o, "source", list ? exchange_json(list) : json_null());
    json_object_set_new(o, "files", files_json(store, row->id));
    return o;
}

/* --- for people ---------------------------------------------------------------------------- */

static void
print_lines(json_t *exchange, const char *name, const char *sign)
{
    size_t i;
    json_t *line;
    json_array_foreach(json_object_get(exchange, name), i, line)
    {
        print_textf(stdout, "  %s %s\n", sign, json_string_value(line));
    }
}

static void
print_exchange(json_t *exchange, const char *title)
{
    if (json_is_null(exchange))
        return;
    json_t *intact = json_object_get(exchange, "intact");
    print_textf(stdout, "\n%s %s\n", title, json_string_value(json_object_get(exchange, "url")));
    print_textf(stdout, _("  fetched %s, %ld bytes\n"),
                json_string_value(json_object_get(exchange, "fetched")),
                (long)json_integer_value(json_object_get(exchange, "bytes")));
    print_textf(stdout, "  SHA-256 %s%s\n", json_string_value(json_object_get(exchange, "sha256")),
                json_is_false(intact)  ? _(" (the stored bytes are others)")
                : json_is_null(intact) ? _(" (of the stored bytes; none was kept when they came)")
                                       : "");
    print_lines(exchange, "request", ">");
    print_lines(exchange, "response", "<");
}

/* What a text is, with its number, when it was seen, and its digest. */
static const char *
text_words(const char *origin)
{
    if (!g_strcmp0(origin, "title"))
        return _(
            "  text %d: as before, below another title from the list or feed, seen %s, SHA-256 %s\n");
    return !g_strcmp0(origin, "page") ? _("  text %d: from its page, seen %s, SHA-256 %s\n")
                                      : _("  text %d: from the feed, seen %s, SHA-256 %s\n");
}

static void
print_evidence(json_t *o, const struct article_row *row)
{
    size_t i;
    json_t *item;
    print_textf(stdout, "%s\n", row->title);
    json_array_foreach(json_object_get(o, "texts"), i, item)
    {
        print_textf(stdout, text_words(json_string_value(json_object_get(item, "origin"))),
                    (int)json_integer_value(json_object_get(item, "revision")),
                    json_string_value(json_object_get(item, "seen")),
                    json_string_value(json_object_get(item, "sha256")));
    }
    print_exchange(json_object_get(o, "page"), _("Page:"));
    print_exchange(json_object_get(o, "source"), _("Source:"));
    json_array_foreach(json_object_get(o, "files"), i, item)
    {
        print_textf(stdout, "\n%s %s\n", _("Attachment:"),
                    json_string_value(json_object_get(item, "url")));
        print_textf(stdout, _("  fetched %s, %ld bytes\n"),
                    json_string_value(json_object_get(item, "fetched")),
                    (long)json_integer_value(json_object_get(item, "bytes")));
        print_textf(stdout, "  SHA-256 %s\n", json_string_value(json_object_get(item, "sha256")));
    }
}

int
show_evidence(struct store *store, const struct article_row *row, bool json)
{
    g_autoptr(GError) error = NULL;
    json_t *o = evidence_json(store, row, &error);
    if (!o)
        return cli_fail(error);
    if (json) {
        cli_print_json(o);
        return STATUS_OK;
    }
    print_evidence(o, row);
    json_decref(o);
    return STATUS_OK;
}
