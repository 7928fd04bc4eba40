/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inflating what is gzip by its first bytes, and telling whole documents from cut ones. */
#include "config.h"

#include "transfer/framing.h"

#include <string.h>
#include <zlib.h>

#define MAX_TIMES 3
#define CHUNK     (64 << 10)

bool
framing_is_gzip(const GByteArray *body)
{
    return body->len > 18 && body->data[0] == 0x1f && body->data[1] == 0x8b && body->data[2] == 8;
}

bool
framing_is_zlib(const GByteArray *body)
{
    return body->len > 8 && body->data[0] == 0x78 && (body->data[0] << 8 | body->data[1]) % 31 == 0;
}

/* Whether another member of a gzip file follows (RFC 1952, 2.2). */
static bool
begin_next_member(z_stream *z)
{
    return z->avail_in > 18 && z->next_in[0] == 0x1f && z->next_in[1] == 0x8b &&
           z->next_in[2] == 8 && inflateReset(z) == Z_OK;
}

/*
 * The stream at the beginning of data, in all of its members; NULL when nothing of it can be read.
 */
static GByteArray *
inflate_once(const GByteArray *data, gsize max, bool *too_large)
{
    z_stream z = {.next_in = (Bytef *)data->data, .avail_in = data->len};
    if (inflateInit2(&z, 32 + MAX_WBITS) != Z_OK)
        return NULL;
    g_autoptr(GByteArray) out = g_byte_array_new();
    int code = Z_OK;
    while (code == Z_OK && !*too_large) {
        guint before = out->len;
        g_byte_array_set_size(out, before + CHUNK);
        z.next_out = out->data + before;
        z.avail_out = CHUNK;
        code = inflate(&z, Z_NO_FLUSH);
        g_byte_array_set_size(out, before + CHUNK - z.avail_out);
        *too_large = out->len > max;
        if (code == Z_STREAM_END && begin_next_member(&z))
            code = Z_OK;
    }
    inflateEnd(&z);
    /* one without its end may have lost a checksum alone */
    bool whole = code == Z_STREAM_END || framing_is_whole((const char *)out->data, out->len);
    return out->len && whole && !*too_large ? g_steal_pointer(&out) : NULL;
}

bool
framing_inflate(GByteArray *body, gsize max, bool *too_large)
{
    *too_large = false;
    g_autoptr(GByteArray) plain = NULL;
    for (int i = 0; i < MAX_TIMES; i++) {
        const GByteArray *outer = plain ? plain : body;
        if (!framing_is_gzip(outer) && !framing_is_zlib(outer))
            break;
        GByteArray *inner = inflate_once(outer, max, too_large);
        if (!inner)
            break;
        g_clear_pointer(&plain, g_byte_array_unref);
        plain = inner;
    }
    if (!plain || *too_large)
        return false;
    g_byte_array_set_size(body, 0);
    g_byte_array_append(body, plain->data, plain->len);
    return true;
}

/* --- whole documents ---------------------------------------------------------------------- */

static bool
is_space(char c)
{
    return c == '\0' || g_ascii_isspace(c);
}

/* Behind the byte order mark, blanks, the declaration, comments, the doctype. */
static const char *
root_of(const char *p, const char *end)
{
    if (end - p >= 3 && !memcmp(p, "\xef\xbb\xbf", 3))
        p += 3;
    for (;;) {
        while (p < end && is_space(*p))
            p++;
        if (end - p < 2 || *p != '<' || (p[1] != '?' && p[1] != '!'))
            return p;
        bool comment = end - p >= 4 && !memcmp(p, "<!--", 4);
        const char *close = g_strstr_len(p, end - p, comment ? "-->" : ">");
        if (!close)
            return end;
        p = close + (comment ? 3 : 1);
    }
}

static gsize
name_length(const char *p, const char *end)
{
    gsize length = 0;
    while (p + length < end && (g_ascii_isalnum(p[length]) || strchr(":-_.", p[length])) &&
           p[length])
        length++;
    return length;
}

/*
 * The last place of text between start and end, or NULL; found from the end on, so that looking for
 * what stands before it costs what lies between.
 */
static const char *
last_place(const char *start, const char *end, const char *text)
{
    gsize length = strlen(text);
    if ((gsize)(end - start) < length)
        return NULL;
    for (const char *p = end - length;; p--) {
        if (!memcmp(p, text, length))
            return p;
        if (p == start)
            return NULL;
    }
}

/*
 * The name in the last end tag, behind which only comments and blanks stand; NULL when there is
 * none.
 */
static const char *
last_end_tag(const char *start, const char *end)
{
    while (end > start && is_space(end[-1]))
        end--;
    while (end - start > 3 && !memcmp(end - 3, "-->", 3)) {
        const char *comment = last_place(start, end, "<!--");
        if (!comment)
            return NULL;
        end = comment;
        while (end > start && is_space(end[-1]))
            end--;
    }
    if (end == start || end[-1] != '>')
        return NULL;
    const char *open = last_place(start, end, "<");
    return open && open[1] == '/' ? open + 2 : NULL;
}

static bool
is_whole_json(const char *p, const char *end)
{
    int depth = 0;
    bool text = false;
    for (; p < end; p++) {
        if (text) {
            if (*p == '\\')
                p++;
            else if (*p == '"')
                text = false;
        } else if (*p == '"') {
            text = true;
        } else if (*p == '{' || *p == '[') {
            depth++;
        } else if ((*p == '}' || *p == ']') && --depth == 0) {
            return true;
        }
    }
    return false;
}

static bool
is_name(const char *p, gsize length, const char *name)
{
    return length == strlen(name) && !g_ascii_strncasecmp(p, name, length);
}

bool
framing_is_whole(const char *bytes, gsize length)
{
    const char *end = bytes + length, *root = root_of(bytes, end);
    if (root < end && (*root == '{' || *root == '['))
        return is_whole_json(root, end);
    if (root == end || *root != '<')
        return false;
    gsize size = name_length(root + 1, end);
    const char *last = last_end_tag(root, end);
    gsize last_size = last ? name_length(last, end) : 0;
    if (!size || !last_size)
        return false;
    if (is_name(last, last_size, "html") || is_name(last, last_size, "body"))
        return true;
    return size == last_size && !memcmp(root + 1, last, size);
}

bool
framing_is_xml(const char *bytes, gsize length)
{
    const char *end = bytes + length, *root = root_of(bytes, end);
    if (end - root < 2 || *root != '<')
        return false;
    gsize size = name_length(root + 1, end);
    static const char *const roots[] = {"rss",    "feed",         "RDF", "rdf:RDF",
                                        "urlset", "sitemapindex", "opml"};
    for (size_t i = 0; i < G_N_ELEMENTS(roots); i++)
        if (is_name(root + 1, size, roots[i]))
            return true;
    return false;
}
