/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Bundles of strangers: whatever a file says, reading it ends with items that are as they have to
 * be or with an error, the second reading gives the same, and what it says can be applied to a
 * store, where it changes nothing the second time.  The first byte picks what the others are: the
 * file (f), the archive in its frame (t), or its parts, a name, a line break and what lies in it up
 * to a byte 0x1e, which get headers and digests here: so what lies behind these is reached.
 */
#include "config.h"

#include "base/url.h"
#include "document/document.h"
#include "fuzz/folder-kit.h"
#include "store/bundle-record.h"
#include "store/bundle.h"
#include "store/db.h"

#include <unistd.h>
#include <zstd.h>

#define BLOCK     512
#define MOST_SIZE (1 << 20)

/* --- files ---------------------------------------------------------------------------------- */

static int
file_of(const void *bytes, gsize length)
{
    static int fd = -1;
    if (fd < 0) {
        g_autofree char *path = g_build_filename(folder(), "bundle.XXXXXX", NULL);
        fd = g_mkstemp(path);
        g_unlink(path);
    }
    g_assert_cmpint(ftruncate(fd, 0), ==, 0);
    g_assert_cmpint(pwrite(fd, bytes, length, 0), ==, (gssize)length);
    lseek(fd, 0, SEEK_SET);
    return fd;
}

static int
file_of_archive(const void *bytes, gsize length)
{
    gsize size = ZSTD_compressBound(length);
    g_autofree char *packed = g_malloc(size);
    return file_of(packed, ZSTD_compress(packed, size, bytes, length, 1));
}

static void
add_entry(GByteArray *tar, const char *name, const void *bytes, gsize length)
{
    static const guint8 zeros[BLOCK];
    char header[BLOCK] = {0};
    guint sum = 0;
    g_strlcpy(header, name, 100);
    g_snprintf(header + 124, 12, "%011lo", (gulong)length);
    header[156] = '0';
    memcpy(header + 257, "ustar\00000", 8);
    memset(header + 148, ' ', 8);
    for (int i = 0; i < BLOCK; i++)
        sum += (guchar)header[i];
    g_snprintf(header + 148, 7, "%06o", sum);
    g_byte_array_append(tar, (const guint8 *)header, BLOCK);
    g_byte_array_append(tar, bytes, (guint)length);
    g_byte_array_append(tar, zeros, (BLOCK - length % BLOCK) % BLOCK);
}

static int
file_of_parts(struct bytes *in)
{
    static const guint8 zeros[2 * BLOCK];
    g_autoptr(GByteArray) tar = g_byte_array_new();
    g_autoptr(GString) sums = g_string_new(NULL);
    while (in->at < in->end) {
        g_autofree char *name = bytes_until(in, '\n');
        gsize left = (gsize)(in->end - in->at);
        const uint8_t *stop = left ? memchr(in->at, 0x1e, left) : NULL;
        gsize length = stop ? (gsize)(stop - in->at) : left;
        g_autofree char *sum =
            g_compute_checksum_for_data(G_CHECKSUM_SHA256, left ? in->at : zeros, length);
        add_entry(tar, name, left ? in->at : zeros, length);
        g_string_append_printf(sums, "%s  %s\n", sum, name);
        in->at += length + (stop != NULL);
    }
    add_entry(tar, BUNDLE_SUMS, sums->str, sums->len);
    g_byte_array_append(tar, zeros, sizeof zeros);
    return file_of_archive(tar->data, tar->len);
}

/* --- what must hold -------------------------------------------------------------------------- */

static void
check_item(const struct bundle_item *item)
{
    const char *link = bundle_text(item->json, "link");
    size_t i;
    json_t *row;
    if (item->kind == BUNDLE_ITEM_PORTAL)
        g_assert_true(bundle_is_portal_name(item->name));
    g_assert_true(!link || url_is_web(link));
    json_array_foreach(json_object_get(item->json, "attachments"), i, row)
    {
        g_assert_true(url_is_web(bundle_text(row, "url")));
    }
    for (i = 0; i < json_array_size(json_object_get(item->json, "revisions")); i++) {
        gsize length;
        const void *text = g_bytes_get_data(g_ptr_array_index(item->parts, i), &length);
        g_assert_true(document_is_stored(text, length));
    }
}

/* Verifies all of it, as whoever applies it does; *count: of its items. */
static bool
verify(struct bundle_items *items, guint *count)
{
    g_autoptr(GError) error = NULL;
    for (*count = 0;; ++*count) {
        AUTO(bundle_item_clear) struct bundle_item item = {0};
        if (!bundle_items_next(items, &item, &error))
            return !error;
        check_item(&item);
    }
}

/* again: all of it was applied before. */
static void
apply(struct store *store, struct bundle_items *items, guint count, bool again)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) sources = g_array_new(FALSE, FALSE, sizeof(int64_t));
    AUTO(bundle_merge_clear) struct bundle_merge merge;
    bundle_merge_init(&merge, FUZZ_NOW);
    g_assert_true(bundle_items_again(items, &error));
    for (guint i = 0; i < count; i++) {
        AUTO(bundle_item_clear) struct bundle_item item = {0};
        enum bundle_outcome outcome;
        bool came = bundle_items_next(items, &item, &error);
        g_assert_no_error(error);
        g_assert_true(came);
        if (item.kind == BUNDLE_ITEM_SOURCE) {
            int64_t id = bundle_put_source(store, &item, &error);
            g_assert_no_error(error);
            g_array_append_val(sources, id);
        } else if (item.kind == BUNDLE_ITEM_ARTICLE) {
            guint source = (guint)bundle_number(item.json, "source");
            bundle_put_article(store, g_array_index(sources, int64_t, source - 1), &item, &merge,
                               &outcome, &error);
            g_assert_no_error(error);
            g_assert_true(!again || outcome == BUNDLE_SAME || outcome == BUNDLE_PURGED);
        }
    }
    g_assert_true(bundle_put_end(store, &merge, &error));
}

static struct store *store;

static void
close_store(void)
{
    store_close(store);
}

/* One for all inputs: whatever they write is rolled back. */
static void
open_store(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = g_build_filename(folder(), "articles.db", NULL);
    store = store_open(path, STORE_WRITE, 0, &error);
    g_assert_no_error(error);
    g_assert_true(store_exec(
        store,
        "INSERT INTO sources(id, url, active, position) VALUES(1, 'http://a.example/feed', 1, 1);"
        "INSERT INTO purged(source, key, identity, first_seen, title)"
        " VALUES(1, 'i:purged', 'a.example/1', 1761350400, 't')",
        &error));
    atexit(close_store);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > MOST_SIZE)
        return 0;
    if (!store)
        open_store();
    struct bytes in = {data, data + size};
    uint8_t kind = bytes_number(&in);
    gsize length = (gsize)(in.end - in.at);
    int fd = kind == 'f'   ? file_of(in.at, length)
             : kind == 't' ? file_of_archive(in.at, length)
                           : file_of_parts(&in);
    g_autoptr(GError) error = NULL;
    guint count;
    AUTO(bundle_items_free) struct bundle_items *items = bundle_items_new(fd, &error);
    g_assert_no_error(error);
    if (!verify(items, &count))
        return 0;
    g_assert_true(store_begin(store, &error));
    apply(store, items, count, false);
    apply(store, items, count, true);
    store_rollback(store);
    return 0;
}
