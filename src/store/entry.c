/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entries, their attachments and their text in packed form. */
#include "config.h"

#include "store/entry.h"
#include "store/blob.h"

struct stored_document *
stored_document_new(const struct document *document)
{
    struct stored_document *stored = g_new0(struct stored_document, 1);
    g_autoptr(GBytes) bytes = document_serialize(document);
    gsize length;
    const void *data = g_bytes_get_data(bytes, &length);
    stored->packed = blob_compress(data, length);
    return stored;
}

struct stored_document *
stored_document_plain(const struct document *document)
{
    struct stored_document *stored = g_new0(struct stored_document, 1);
    stored->plain = document_serialize(document);
    return stored;
}

struct document *
stored_document_read(const struct stored_document *stored)
{
    gsize length;
    const void *data = stored->packed ? g_bytes_get_data(stored->packed, &length) : NULL;
    g_autoptr(GBytes) bytes = data ? blob_decompress(data, length, DOCUMENT_CAP)
                                   : g_bytes_ref(stored->plain);
    return bytes ? document_deserialize(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes))
                 : NULL;
}

void
stored_document_free(struct stored_document *stored)
{
    g_clear_pointer(&stored->packed, g_bytes_unref);
    g_clear_pointer(&stored->plain, g_bytes_unref);
    g_free(stored);
}

void
stored_attachment_free(gpointer data)
{
    struct stored_attachment *attachment = data;
    g_free(attachment->url);
    g_free(attachment->title);
    g_free(attachment->type);
    g_free(attachment);
}

struct entry *
entry_new(void)
{
    return g_new0(struct entry, 1);
}

void
entry_free(struct entry *entry)
{
    char *strings[] = {entry->id,        entry->link,    entry->title,    entry->author,
                       entry->publisher, entry->section, entry->language, entry->identity,
                       entry->digest,    entry->key};
    for (size_t i = 0; i < G_N_ELEMENTS(strings); i++)
        g_free(strings[i]);
    event_clear(&entry->event);
    if (entry->document)
        stored_document_free(entry->document);
    if (entry->attachments)
        g_ptr_array_unref(entry->attachments);
    g_free(entry);
}

void
entry_add_attachment(struct entry *entry, char *url, char *title, char *type, int64_t length)
{
    if (!entry->attachments)
        entry->attachments = g_ptr_array_new_with_free_func(stored_attachment_free);
    struct stored_attachment *attachment = g_new0(struct stored_attachment, 1);
    *attachment = (struct stored_attachment){url, title, type, length, NAMED_UNKNOWN};
    g_ptr_array_add(entry->attachments, attachment);
}

void
raw_packed_free(struct raw_packed *packed)
{
    g_bytes_unref(packed->bytes);
    g_clear_pointer(&packed->evidence, g_bytes_unref);
    g_free(packed->sha256);
    g_free(packed);
}
