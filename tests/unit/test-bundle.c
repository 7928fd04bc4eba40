/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bundles: what is refused of the container and of its parts, read and written. */
#include "config.h"

#include "unit/bundle-kit.h"
#include "unit/kit.h"

#include <string.h>
#include <unistd.h>
#include <zstd.h>

#define BLOCK 512

/* --- archives as anybody could write them ---------------------------------------------------- */

static void
add_blocks(GByteArray *to, const void *bytes, gsize length)
{
    static const guint8 zeros[BLOCK];
    g_byte_array_append(to, bytes, (guint)length);
    g_byte_array_append(to, zeros, (BLOCK - length % BLOCK) % BLOCK);
}

/* stated: the size that the header states. */
static void
add_entry(GByteArray *tar, const char *name, char type, const char *text, gsize length,
          gsize stated)
{
    char header[BLOCK] = {0};
    g_strlcpy(header, name, 100);
    g_snprintf(header + 124, 12, "%011lo", (gulong)stated);
    header[156] = type;
    memcpy(header + 257, "ustar\00000", 8);
    memset(header + 148, ' ', 8);
    guint sum = 0;
    for (int i = 0; i < BLOCK; i++)
        sum += (guchar)header[i];
    g_snprintf(header + 148, 7, "%06o", sum);
    g_byte_array_append(tar, (const guint8 *)header, BLOCK);
    add_blocks(tar, text, length);
}

/* A part, and its line among the digests. */
static void
add_part(GByteArray *tar, GString *sums, const char *name, const char *text)
{
    g_autofree char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
    add_entry(tar, name, '0', text, strlen(text), strlen(text));
    g_string_append_printf(sums, "%s  %s\n", sum, name);
}

/* Ends it, and gives a file of it. */
static int
file_of(GByteArray *tar, const GString *sums, const char *behind)
{
    static const guint8 zeros[2 * BLOCK];
    if (sums) {
        add_entry(tar, BUNDLE_SUMS, '0', sums->str, sums->len, sums->len);
        g_byte_array_append(tar, zeros, sizeof zeros);
    }
    g_autofree char *packed = g_malloc(ZSTD_compressBound(tar->len)), *path = NULL;
    size_t length = ZSTD_compress(packed, ZSTD_compressBound(tar->len), tar->data, tar->len, 1);
    int fd = g_file_open_tmp("crier-bundle.XXXXXX", &path, NULL);
    g_assert_cmpint(fd, >=, 0);
    g_unlink(path);
    g_assert_cmpint(write(fd, packed, length), ==, (gssize)length);
    g_assert_cmpint(write(fd, behind, strlen(behind)), ==, (gssize)strlen(behind));
    lseek(fd, 0, SEEK_SET);
    return fd;
}

/* What is said of a file, read to its end; "" when all is well. */
static char *
verdict(int fd)
{
    g_autoptr(GError) error = NULL;
    AUTO(bundle_items_free) struct bundle_items *items = bundle_items_new(fd, &error);
    for (;;) {
        AUTO(bundle_item_clear) struct bundle_item item = {0};
        if (!items || !bundle_items_next(items, &item, &error))
            break;
    }
    close(fd);
    return g_strdup(error ? error->message : "");
}

static void
expect(int fd, const char *words)
{
    g_autofree char *said = verdict(fd);
    if (*words ? !strstr(said, words) : *said != '\0')
        g_error("'%s' instead of '%s'", said, words);
}

#define HEAD   "{\"format\": 1, \"program\": \"crier\", \"made\": 1761350400}"
#define PORTAL "[Portal]\n"
#define NOTHING \
    "\"portal\": null, \"portal_name\": null, \"portal_names\": null, \"edition\": null, "
#define SOURCE \
    "{\"url\": \"http://a.example/feed\", \"title\": null, \"feed_title\": null, \"title_names\": null, " NOTHING \
    "\"edition_name\": null, \"edition_names\": null, \"section\": null, \"language\": null, \"charset\": null, " \
    "\"charset_evidence\": null, \"list\": false, \"response\": null}"
#define ARTICLE(source, link, rest) \
    "{\"key\": \"i:1\", \"link\": " link \
    ", \"title\": \"t\", \"author\": null, \"publisher\": null, \"section\": null, " \
    "\"language\": null, \"published\": null, \"published_offset\": 0, \"published_precision\": 0, \"updated\": null, " \
    "\"first_seen\": 1761350400, \"withdrawn\": null, \"starts\": null, \"starts_offset\": null, \"starts_precision\": null, " \
    "\"ends\": null, \"ends_offset\": null, \"ends_precision\": null, \"place\": null, \"number\": null, \"source\": " source \
    ", \"revisions\": [], " \
    "\"attachments\": [], \"editions\": [], \"changes\": [], \"files\": [], \"page\": null" rest \
    "}"
#define PLAIN ARTICLE("1", "\"http://a.example/1\"", "")

/* A bundle of these parts, name and text by turns. */
static int
bundle_of(const char *const *parts)
{
    g_autoptr(GByteArray) tar = g_byte_array_new();
    g_autoptr(GString) sums = g_string_new(NULL);
    for (; *parts; parts += 2)
        add_part(tar, sums, parts[0], parts[1]);
    return file_of(tar, sums, "");
}
#define BUNDLE(...) bundle_of((const char *const[]){"crier-bundle.json", HEAD, __VA_ARGS__, NULL})

static void
test_grammar(void)
{
    const char *s = "sources/0000001/source.json", *a = "articles/0000001/article.json";
    expect(BUNDLE(s, SOURCE, a, PLAIN), "");
    expect(BUNDLE("portals/a.portal", PORTAL, "portals/b.portal", PORTAL, s, SOURCE), "");
    expect(bundle_of((const char *const[]){"crier-bundle.json", "{\"format\": 2}", NULL}),
           "newer crier");
    expect(bundle_of((const char *const[]){s, SOURCE, NULL}), "not in its place");
    expect(bundle_of((const char *const[]){NULL}), "not in its place");
    expect(BUNDLE(s, SOURCE, a, PLAIN, a, PLAIN), "not in its place");
    expect(BUNDLE(a, PLAIN, s, SOURCE), "wrong 'source'");
    expect(BUNDLE(s, SOURCE, "articles/0000002/article.json", PLAIN), "not in its place");
    expect(BUNDLE(s, SOURCE, a, PLAIN, "sources/0000002/source.json", SOURCE), "not in its place");
    expect(BUNDLE(s, SOURCE, "portals/a.portal", PORTAL), "not in its place");
    expect(BUNDLE("portals/b.portal", PORTAL, "portals/a.portal", PORTAL), "not in its place");
    expect(BUNDLE("portals/a.portal", PORTAL, "portals/a.portal", PORTAL), "not in its place");
    expect(BUNDLE("portals/a.sh", PORTAL), "not in its place");
    expect(BUNDLE("portals/a/b.portal", PORTAL), "not in its place");
    expect(BUNDLE("urls", "http://a.example/"), "not in its place");
}

static void
test_objects(void)
{
    const char *s = "sources/0000001/source.json", *a = "articles/0000001/article.json";
#define REFUSED(text, words) expect(BUNDLE(s, SOURCE, a, text), words)
    REFUSED(ARTICLE("2", "null", ""), "wrong 'source'");
    REFUSED(ARTICLE("-1", "null", ""), "wrong 'source'");
    REFUSED(ARTICLE("1", "\"javascript:alert(1)\"", ""), "wrong 'link'");
    REFUSED(ARTICLE("1", "\"file:///etc/passwd\"", ""), "wrong 'link'");
    REFUSED(ARTICLE("1", "7", ""), "wrong 'link'");
    REFUSED(ARTICLE("1", "null", ", \"key\": \"twice\""), "wrong 'json'");
    REFUSED("[]", "wrong 'json'");
    REFUSED("{}", "wrong 'source'");
    REFUSED("{\"source\": 1}", "wrong 'key'");
    expect(BUNDLE(s, "{\"url\": null}"), "wrong 'url'");
    g_autoptr(GString) many = g_string_new("{\"revisions\": [");
    for (int i = 0; i < 200000; i++)
        g_string_append(many, "{},");
    g_string_append(many, "{}]}");
    expect(BUNDLE(s, many->str), "wrong 'json'");
#undef REFUSED
}

static void
test_parts(void)
{
    const char *s = "sources/0000001/source.json", *a = "articles/0000001/article.json";
    g_autoptr(GRegex) empty = g_regex_new("\"revisions\": \\[\\]", 0, 0, NULL);
    g_autofree char *text = g_regex_replace_literal(
        empty, PLAIN, -1, 0,
        "\"revisions\": [{\"seen\": 1, \"hash\": \"\", \"origin\": \"feed\", \"title\": null, \"heading\": null,"
        " \"published\": null, \"published_offset\": null, \"published_precision\": null, \"updated\": null,"
        " \"attachments\": null, \"reread\": null}]",
        0, NULL);
    expect(BUNDLE(s, SOURCE, a, text), "not in its place");
    expect(BUNDLE(s, SOURCE, a, text, "articles/0000001/page", ""), "not in its place");
    expect(BUNDLE(s, SOURCE, a, text, "articles/0000001/text.1", "no document"),
           "wrong 'document'");
    expect(BUNDLE(s, SOURCE, a, PLAIN, "articles/0000001/page", "page"), "not in its place");
}

static void
test_container(void)
{
    static const char *const names[] = {"../evil", "/etc/evil", "a/../../evil",    "a//b",
                                        ".hidden", "a/.hidden", "portals/\033[2J", "",
                                        "a\\b"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        expect(BUNDLE(names[i], ""), "is none of a bundle");
    for (const char *type = "123456xgL"; *type; type++) {
        g_autoptr(GByteArray) tar = g_byte_array_new();
        g_autoptr(GString) sums = g_string_new(NULL);
        add_part(tar, sums, "crier-bundle.json", HEAD);
        add_entry(tar, "link", *type, "", 0, 0);
        expect(file_of(tar, sums, ""), "is none of a bundle");
    }
    g_autoptr(GByteArray) large = g_byte_array_new();
    add_entry(large, "crier-bundle.json", '0', HEAD, strlen(HEAD), (gsize)BUNDLE_PART_CAP + 1);
    expect(file_of(large, NULL, ""), "larger than 512 MiB");
}

static void
test_digests(void)
{
    g_autoptr(GByteArray) tar = g_byte_array_new(), none = g_byte_array_new(),
                          swapped = g_byte_array_new(), short_one = g_byte_array_new();
    g_autoptr(GString) sums = g_string_new(NULL), others = g_string_new(NULL),
                       more = g_string_new(NULL);
    add_part(tar, sums, "crier-bundle.json", HEAD);
    add_entry(tar, "portals/a.portal", '0', "[Evil]", 6, 6);
    g_autofree char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, PORTAL, -1);
    g_string_append_printf(sums, "%s  portals/a.portal\n", sum);
    expect(file_of(tar, sums, ""), "'portals/a.portal' was altered");
    add_part(none, others, "crier-bundle.json", HEAD);
    g_string_truncate(others, 0);
    expect(file_of(none, others, ""), "digests are not those");
    add_part(swapped, more, "crier-bundle.json", HEAD);
    g_string_append(more, sums->str);
    expect(file_of(swapped, more, ""), "digests are not those");
    g_string_truncate(more, 0);
    add_part(short_one, more, "crier-bundle.json", HEAD);
    expect(file_of(short_one, more, "more"), "something behind its end");
}

static bool
append(const void *bytes, gsize length, gpointer data)
{
    g_byte_array_append(data, bytes, (guint)length);
    return true;
}

static int
file_of_bytes(const void *bytes, gsize length)
{
    g_autofree char *path = NULL;
    int fd = g_file_open_tmp("crier-bundle.XXXXXX", &path, NULL);
    g_unlink(path);
    g_assert_cmpint(write(fd, bytes, length), ==, (gssize)length);
    lseek(fd, 0, SEEK_SET);
    return fd;
}

#define UNPACKED 16384

static bool
unpacks_to(const GByteArray *packed, const char *plain, size_t length)
{
    g_autofree char *mine = g_malloc(UNPACKED);
    return ZSTD_decompress(mine, UNPACKED, packed->data, packed->len) == length &&
           !memcmp(mine, plain, length);
}

/* Wherever it is cut or a bit is turned, it is no bundle, unless that says the same. */
static void
test_damage(void)
{
    g_autoptr(GByteArray) whole = g_byte_array_new();
    AUTO(bundle_writer_free) struct bundle_writer *w = bundle_writer_new(append, whole);
    g_assert_true(bundle_put_head(w, NOW) && bundle_writer_end(w));
    expect(file_of_bytes(whole->data, whole->len), "");
    for (guint cut = 0; cut < whole->len; cut++) {
        g_autofree char *said = verdict(file_of_bytes(whole->data, cut));
        g_assert_cmpstr(said, !=, "");
    }
    g_autofree char *plain = g_malloc(UNPACKED);
    size_t length = ZSTD_decompress(plain, UNPACKED, whole->data, whole->len);
    g_assert_false(ZSTD_isError(length));
    for (guint at = 0; at < whole->len; at++) {
        whole->data[at] ^= 0x10;
        g_autofree char *said = verdict(file_of_bytes(whole->data, whole->len));
        g_assert_true(*said || unpacks_to(whole, plain, length));
        whole->data[at] ^= 0x10;
    }
    expect(file_of_bytes("not a bundle", 12), "not a bundle");
}

/* What unpacks to much more than it is: refused before it is there. */
static void
test_bomb(void)
{
    gsize size = 256 << 20;
    g_autofree char *zeros = g_malloc0(size);
    g_autoptr(GByteArray) tar = g_byte_array_new();
    add_entry(tar, "crier-bundle.json", '0', zeros, size, size);
    expect(file_of(tar, NULL, ""), "a thousand times its size");
}

/* A file that changes after it was verified. */
static void
test_twice(void)
{
    int fd = BUNDLE("portals/a.portal", PORTAL), other = BUNDLE("portals/b.portal", PORTAL);
    g_autoptr(GError) error = NULL;
    AUTO(bundle_items_free) struct bundle_items *items = bundle_items_new(fd, &error);
    AUTO(bundle_item_clear) struct bundle_item one = {0}, none = {0}, again = {0};
    g_assert_true(bundle_items_next(items, &one, &error));
    g_assert_cmpstr(one.name, ==, "a.portal");
    g_assert_false(bundle_items_next(items, &none, &error));
    g_assert_no_error(error);
    g_assert_cmpint(dup2(other, fd), ==, fd);
    g_assert_true(bundle_items_again(items, &error));
    g_assert_false(bundle_items_next(items, &again, &error));
    g_assert_error(error, BUNDLE_ERROR, BUNDLE_ERROR_BAD);
    close(fd);
    close(other);
}

/* What whoever reads would refuse is not written. */
static void
test_limits(struct fixture *f, gconstpointer data)
{
    (void)data;
    int64_t article = put(f, "1", "http://a.example/1", "Trams", NOW);
    run_sql(f, "INSERT INTO attachments(article, position, url, length)"
               " VALUES(1, 0, 'http://a.example/1.pdf', 9223372036854775807)");
    AUTO(bundle_item_clear) struct bundle_item item = item_of(f, article);
    const json_t *one = json_array_get(json_object_get(item.json, "attachments"), 0);
    g_assert_true(json_is_null(json_object_get(one, "length")));
    AUTO(bundle_item_clear) struct bundle_item source = {0}, portal = {0};
    g_autoptr(GError) error = NULL, why = NULL, large = NULL;
    g_assert_true(bundle_read_source(f->store, f->source, &source, &error));
    g_autoptr(GByteArray) whole = g_byte_array_new();
    AUTO(bundle_writer_free) struct bundle_writer *w = bundle_writer_new(append, whole);
    g_assert_true(bundle_put_head(w, NOW));
    portal.kind = BUNDLE_ITEM_PORTAL;
    portal.name = g_strdup("a.portal");
    portal.parts = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
    g_ptr_array_add(portal.parts, g_bytes_new_take(g_malloc0((4 << 20) + 1), (4 << 20) + 1));
    g_assert_true(bundle_put_item(w, &portal, 0, &large));
    g_assert_error(large, BUNDLE_ERROR, BUNDLE_ERROR_BAD);
    g_assert_true(bundle_put_item(w, &source, 1, &error) && bundle_put_item(w, &item, 1, &error));
    g_assert_no_error(error);
    json_object_set_new(item.json, "title", json_null());
    g_assert_true(bundle_put_item(w, &item, 2, &why));
    g_assert_error(why, BUNDLE_ERROR, BUNDLE_ERROR_BAD);
    g_assert_true(bundle_writer_end(w));
    expect(file_of_bytes(whole->data, whole->len), "");
}

void
add_tests(void)
{
    g_test_add_func("/bundle/grammar", test_grammar);
    g_test_add_func("/bundle/objects", test_objects);
    g_test_add_func("/bundle/parts", test_parts);
    g_test_add_func("/bundle/container", test_container);
    g_test_add_func("/bundle/digests", test_digests);
    g_test_add_func("/bundle/damage", test_damage);
    g_test_add_func("/bundle/bomb", test_bomb);
    g_test_add_func("/bundle/twice", test_twice);
    g_test_add("/bundle/limits", struct fixture, NULL, set_up, test_limits, tear_down);
}
