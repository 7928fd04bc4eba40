/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records of WARC 1.1, of what the store holds as it came. */
#include "config.h"

#include "reader/warc.h"
#include "base/url.h"
#include "reader/publish.h"
#include "store/articles.h"
#include "store/files.h"
#include "store/raw.h"
#include "text/date.h"

#include <string.h>

#define CONFORMS "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
#define BITS     5 /* of a letter of base32 */

/* --- records ------------------------------------------------------------------------------- */

struct record {
    const char *type, *id, *date, *url, *content_type, *concurrent, *protocol; /* NULL: none */
    const GString *block;
    gsize payload; /* where it begins in the block; 0: it has none of its own */
};

/* "sha256:" and base32 (RFC 4648), as labels of digests are written. */
static char *
digest_of(const char *bytes, gsize length)
{
    guint8 hash[32];
    gsize size = sizeof hash;
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    g_checksum_update(sum, (const guchar *)bytes, (gssize)length);
    g_checksum_get_digest(sum, hash, &size);
    GString *out = g_string_new("sha256:");
    for (gsize bit = 0; bit < size * 8; bit += BITS) {
        guint pair = (guint)hash[bit / 8] << 8 | (bit / 8 + 1 < size ? hash[bit / 8 + 1] : 0);
        g_string_append_c(out,
                          "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[pair >> (16 - BITS - bit % 8) & 31]);
    }
    while ((out->len - strlen("sha256:")) % 8)
        g_string_append_c(out, '=');
    return g_string_free(out, FALSE);
}

static void
append_field(GString *out, const char *name, const char *value)
{
    if (value)
        g_string_append_printf(out, "%s: %s\r\n", name, value);
}

static bool
put_record(const struct warc_writer *to, const struct record *r)
{
    g_autoptr(GString) head = g_string_new("WARC/1.1\r\n");
    g_autofree char *id = g_strdup_printf("<%s>", r->id),
                    *other = r->concurrent ? g_strdup_printf("<%s>", r->concurrent) : NULL,
                    *block = digest_of(r->block->str, r->block->len),
                    *payload = r->payload ? digest_of(r->block->str + r->payload,
                                                      r->block->len - r->payload)
                                          : NULL,
                    *length = g_strdup_printf("%" G_GSIZE_FORMAT, r->block->len);
    append_field(head, "WARC-Type", r->type);
    append_field(head, "WARC-Record-ID", id);
    append_field(head, "WARC-Date", r->date);
    append_field(head, "WARC-Target-URI", r->url);
    append_field(head, "WARC-Concurrent-To", other);
    append_field(head, "WARC-Protocol", r->protocol);
    append_field(head, "WARC-Block-Digest", block);
    append_field(head, "WARC-Payload-Digest", payload);
    append_field(head, "Content-Type", r->content_type);
    append_field(head, "Content-Length", length);
    g_string_append(head, "\r\n");
    return to->put(head->str, head->len, to->data) &&
           to->put(r->block->str, r->block->len, to->data) && to->put("\r\n\r\n", 4, to->data);
}

/* --- exchanges ----------------------------------------------------------------------------- */

/* A status line or one of a request as HTTP/1.1 has it: other versions have none, but in text. */
static void
append_first_line(GString *block, const char *line)
{
    if (!g_str_has_prefix(line, "HTTP/")) {
        g_string_append_printf(block, "%s\r\n", line);
        return;
    }
    const char *code = line + strcspn(line, " "), *reason = *code ? strchr(code + 1, ' ') : NULL;
    g_string_append_printf(block, "HTTP/1.1%s%s\r\n", *code ? code : " 200", reason ? "" : " OK");
}

/* A header of the answer; those that spoke of the body as it was sent do not speak of this one. */
static void
append_header(GString *block, const char *line)
{
    static const char *const sent[] = {
        "content-encoding:", "content-length:", "transfer-encoding:"};
    for (size_t i = 0; i < G_N_ELEMENTS(sent); i++)
        if (!g_ascii_strncasecmp(line, sent[i], strlen(sent[i])))
            g_string_append(block, "X-Archive-Orig-");
    g_string_append_printf(block, "%s\r\n", line);
}

static GString *
block_of(char *const *lines, bool answer)
{
    GString *block = g_string_new(NULL);
    for (guint i = 0; lines[i]; i++) {
        if (i == 0)
            append_first_line(block, lines[i]);
        else if (*lines[i] && answer)
            append_header(block, lines[i]);
        else if (*lines[i])
            g_string_append_printf(block, "%s\r\n", lines[i]);
    }
    return block;
}

/* The request, and the answer with the bytes. */
static bool
put_exchange(const struct warc_writer *to, const struct raw *raw, const char *date, const char *url,
             const char *id)
{
    const char *middle = strstr(raw->evidence, "\n\n");
    g_autofree char *asked = g_strndup(raw->evidence, (gsize)(middle - raw->evidence)),
                    *request_id = publish_uuid("warc-request", id);
    g_auto(GStrv) asked_lines = g_strsplit(asked, "\n", -1),
                  answer_lines = g_strsplit(middle + 2, "\n", -1);
    g_autoptr(GString) request = block_of(asked_lines, false),
                       answer = block_of(answer_lines, true);
    gsize length;
    const char *bytes = g_bytes_get_data(raw->bytes, &length);
    g_string_append(request, "\r\n");
    g_string_append_printf(answer, "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n", length);
    gsize payload = answer->len;
    g_string_append_len(answer, bytes, (gssize)length);
    const char *protocol = g_str_has_prefix(middle + 2, "HTTP/2") ? "h2" : NULL;
    return put_record(to, &(struct record){.type = "response",
                                           .id = id,
                                           .date = date,
                                           .url = url,
                                           .content_type = "application/http;msgtype=response",
                                           .protocol = protocol,
                                           .block = answer,
                                           .payload = payload}) &&
           put_record(to, &(struct record){.type = "request",
                                           .id = request_id,
                                           .date = date,
                                           .url = url,
                                           .content_type = "application/http;msgtype=request",
                                           .concurrent = id,
                                           .protocol = protocol,
                                           .block = request});
}

/* Bytes of which it is not known how they were asked for. */
static bool
put_resource(const struct warc_writer *to, GBytes *bytes, const char *type, const char *date,
             const char *url, const char *id)
{
    gsize length;
    const char *data = g_bytes_get_data(bytes, &length);
    g_autoptr(GString) block = g_string_new_len(data, (gssize)length);
    return put_record(
        to, &(struct record){.type = "resource",
                             .id = id,
                             .date = date,
                             .url = url,
                             .content_type = type && *type ? type : "application/octet-stream",
                             .block = block});
}

static bool
put_raw(const struct warc_writer *to, const struct raw *raw)
{
    g_autofree char *date = date_utc(raw->fetched), *login = NULL,
                    *bare = url_without_login(raw->url, &login), *url = url_public(bare),
                    *name =
                        g_strdup_printf("%s\n%s\n%s", url, date, raw->sha256 ? raw->sha256 : ""),
                    *id = publish_uuid("warc", name);
    const char *middle = raw->evidence ? strstr(raw->evidence, "\n\n") : NULL;
    return middle && g_str_has_prefix(middle + 2, "HTTP/")
               ? put_exchange(to, raw, date, url, id)
               : put_resource(to, raw->bytes, raw->content_type, date, url, id);
}

/* --- what of the store --------------------------------------------------------------------- */

static bool
put_files(struct store *store, const struct article_row *row, GHashTable *done,
          const struct warc_writer *to)
{
    g_autoptr(GPtrArray) attachments = articles_attachments(store, row->id);
    for (guint i = 0; i < attachments->len; i++) {
        const struct stored_attachment *a = g_ptr_array_index(attachments, i);
        AUTO(stored_file_free) struct stored_file *file = files_find(store, a->url);
        g_autoptr(GBytes) bytes = file && file->size >= 0 ? files_bytes(store, a->url) : NULL;
        if (!bytes || !g_hash_table_add(done, g_strdup(a->url)))
            continue;
        g_autofree char *url = url_public(a->url), *date = date_utc(file->fetched),
                        *name = g_strdup_printf("%s\n%s", url, date),
                        *id = publish_uuid("warc-file", name);
        if (!put_resource(to, bytes, file->content_type, date, url, id))
            return false;
    }
    return true;
}

static bool
put_info(const struct warc_writer *to, const GPtrArray *rows)
{
    int64_t newest = 0;
    for (guint i = 0; i < rows->len; i++)
        newest = MAX(newest, ((const struct article_row *)g_ptr_array_index(rows, i))->first_seen);
    g_autofree char *date = date_utc(newest), *id = publish_uuid("warcinfo", date);
    g_autoptr(GString) block = g_string_new("software: crier/" PACKAGE_VERSION "\r\n"
                                            "format: WARC File Format 1.1\r\n"
                                            "conformsTo: " CONFORMS "\r\n");
    return put_record(to, &(struct record){.type = "warcinfo",
                                           .id = id,
                                           .date = date,
                                           .content_type = "application/warc-fields",
                                           .block = block});
}

bool
warc_write(struct store *store, const GPtrArray *rows, const struct warc_writer *to, GError **error)
{
    g_autoptr(GHashTable)
        sources = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL),
        files = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    if (!put_info(to, rows))
        return false;
    for (guint i = 0; i < rows->len; i++) {
        const struct article_row *row = g_ptr_array_index(rows, i);
        g_autoptr(GError) why = NULL;
        bool fresh = g_hash_table_add(sources, g_memdup2(&row->source, sizeof row->source));
        AUTO(raw_free) struct raw *list = fresh ? raw_of_source(store, row->source, &why) : NULL;
        AUTO(raw_free) struct raw *page = why ? NULL : raw_of_article(store, row->id, &why);
        if (why) {
            g_propagate_error(error, g_steal_pointer(&why));
            return false;
        }
        if ((list && !put_raw(to, list)) || (page && !put_raw(to, page)) ||
            !put_files(store, row, files, to))
            return false;
    }
    return true;
}
