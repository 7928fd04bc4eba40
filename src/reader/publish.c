/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What identifies articles and feeds for others, and when they changed. */
#include "config.h"

#include "reader/publish.h"
#include "base/url.h"
#include "document/document.h"
#include "store/articles.h"
#include "store/exchange.h"

#include <string.h>

#define UUID_BYTES 16

/* Of version 5 (RFC 9562) in a namespace of crier's own: the same for the same text, anywhere. */
char *
publish_uuid(const char *kind, const char *text)
{
    static const guint8 space[UUID_BYTES] = {0x9e, 0x1f, 0x3d, 0x6a, 0x52, 0x0c, 0x4b, 0x7e,
                                             0x8a, 0x41, 0x63, 0x72, 0x69, 0x65, 0x72, 0x17};
    guint8 hash[20];
    gsize length = sizeof hash;
    GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA1);
    g_checksum_update(sum, space, sizeof space);
    g_checksum_update(sum, (const guchar *)kind, (gssize)strlen(kind) + 1);
    g_checksum_update(sum, (const guchar *)text, (gssize)strlen(text));
    g_checksum_get_digest(sum, hash, &length);
    g_checksum_free(sum);
    hash[6] = (guint8)((hash[6] & 0x0f) | 0x50);
    hash[8] = (guint8)((hash[8] & 0x3f) | 0x80);
    GString *out = g_string_new("urn:uuid:");
    for (int i = 0; i < UUID_BYTES; i++)
        g_string_append_printf(out, "%s%02x", i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "",
                               hash[i]);
    return g_string_free(out, FALSE);
}

static void
published_free(gpointer data)
{
    struct published *entry = data;
    g_free(entry->id);
    g_free(entry);
}

struct publication *
publication_new(const char *name, const char *title, const char *home)
{
    struct publication *publication = g_new0(struct publication, 1);
    publication->id = publish_uuid("feed", name);
    publication->title = g_strdup(title);
    publication->home = home && url_is_web(home) ? url_public(home) : NULL;
    publication->entries = g_ptr_array_new_with_free_func(published_free);
    publication->ids = g_hash_table_new(g_str_hash, g_str_equal);
    return publication;
}

void
publication_free(struct publication *publication)
{
    g_free(publication->id);
    g_free(publication->title);
    g_free(publication->home);
    g_free(publication->language);
    g_hash_table_unref(publication->ids);
    g_ptr_array_unref(publication->entries);
    g_free(publication);
}

static bool
is_iri(const char *text)
{
    return text && g_regex_match_simple("^[A-Za-z][A-Za-z0-9+.-]*:[^\\s<>\"{}|\\\\^`]+$", text,
                                        G_REGEX_DOLLAR_ENDONLY, 0);
}

/* Its source's own id if that is one for the whole world, else one of source and key. */
static char *
id_of(const struct publication *publication, const struct article_origin *origin)
{
    g_autofree char *public = origin->id ? url_public(origin->id) : NULL;
    if (is_iri(origin->id) && g_str_equal(public, origin->id) &&
        !g_hash_table_contains(publication->ids, origin->id))
        return g_strdup(origin->id);
    g_autofree char *login = NULL, *source = url_without_login(origin->source, &login),
                    *name = g_strdup_printf("%s\n%s", source, origin->key);
    return publish_uuid("article", name);
}

static void
note_language(struct publication *publication, const char *language)
{
    if (!publication->entries->len)
        publication->language = g_strdup(language);
    else if (g_strcmp0(publication->language, language))
        publication->several = true;
    if (publication->several)
        g_clear_pointer(&publication->language, g_free);
}

bool
publication_add(struct publication *publication, struct store *store, const struct article_row *row,
                GError **error)
{
    AUTO(article_origin_clear) struct article_origin origin = {0};
    if (!exchange_origin(store, row->id, &origin, error))
        return false;
    struct published *entry = g_new0(struct published, 1);
    entry->row = row;
    entry->id = id_of(publication, &origin);
    entry->withdrawn = origin.withdrawn;
    /* a first text was seen when it was first fetched, which says nothing of the article */
    entry->updated = row->revised && origin.revised          ? origin.revised
                     : row->updated                          ? row->updated
                     : row->published.precision != DATE_NONE ? row->published.time
                                                             : row->first_seen;
    publication->updated = MAX(publication->updated, MAX(entry->updated, entry->withdrawn));
    note_language(publication, row->language);
    g_hash_table_add(publication->ids, entry->id);
    g_ptr_array_add(publication->entries, entry);
    return true;
}

struct document *
publish_document(struct store *store, int64_t article, GError **error)
{
    g_autoptr(GError) why = NULL;
    struct document *document = articles_document(store, article, 0, &why);
    if (document)
        return document;
    if (g_error_matches(why, STORE_ERROR, STORE_ERROR_UNKNOWN))
        return document_new();
    g_propagate_error(error, g_steal_pointer(&why));
    return NULL;
}
