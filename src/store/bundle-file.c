/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Headers of tar, zstd as a stream, digests. */
#include "config.h"

#include "store/bundle-file.h"
#include "base/file.h"
#include "base/i18n.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>
#include <zstd_errors.h>

#define BLOCK      512 /* of tar */
#define LEVEL      3
#define WINDOW_LOG 23 /* 8 MiB: pages of a portal are alike far apart; who reads needs as much */
#define DIGEST     32 /* bytes of a SHA-256 */

/*
 * Pages of one portal are packed to a fiftieth; a thousandth is none of ours, and SLACK is for
 * small ones.
 */
#define MOST_RATIO 1000
#define SLACK      (64ll << 20)

#define MOST_PARTS 20000000

/* A header of ustar, as it lies there. */
struct header {
    char name[100], mode[8], uid[8], gid[8], size[12], mtime[12], checksum[8], type, link[100],
        magic[6], version[2], owner[32], group[32], major[8], minor[8], prefix[155], pad[12];
};
G_STATIC_ASSERT(sizeof(struct header) == BLOCK);

G_DEFINE_QUARK(crier - bundle - error - quark, bundle_error)

static void
need(const void *what)
{
    if (!what)
        g_error("no memory for zstd");
}

/* The sum of a header's bytes, with blanks where the sum itself stands. */
static guint
header_sum(const struct header *header)
{
    const guint8 *bytes = (const guint8 *)header;
    guint sum = 0;
    for (size_t i = 0; i < BLOCK; i++)
        sum += bytes[i];
    for (size_t i = 0; i < sizeof header->checksum; i++)
        sum += ' ' - (guint)(guint8)header->checksum[i];
    return sum;
}

static struct header
header_of(const char *name, gsize length)
{
    struct header header = {.type = '0', .magic = "ustar", .version = {'0', '0'}};
    g_assert(strlen(name) < sizeof header.name && length <= BUNDLE_PART_CAP);
    g_strlcpy(header.name, name, sizeof header.name);
    g_strlcpy(header.mode, "0000644", sizeof header.mode);
    g_strlcpy(header.uid, "0000000", sizeof header.uid);
    g_strlcpy(header.gid, "0000000", sizeof header.gid);
    /* times are said within: the same articles are the same bytes */
    g_strlcpy(header.mtime, "00000000000", sizeof header.mtime);
    g_snprintf(header.size, sizeof header.size, "%011lo", (gulong)length);
    g_snprintf(header.checksum, sizeof header.checksum, "%06o", header_sum(&header));
    header.checksum[sizeof header.checksum - 1] = ' ';
    return header;
}

static void
digest_of(const void *bytes, gsize length, guint8 digest[DIGEST])
{
    gsize size = DIGEST;
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    const guint8 *rest = bytes;
    for (gsize part; length > 0; rest += part, length -= part) {
        part = MIN(length, G_MAXINT);
        g_checksum_update(sum, rest, (gssize)part);
    }
    g_checksum_get_digest(sum, digest, &size);
}

/* As sha256sum writes it. */
static void
append_sum(GString *sums, const guint8 digest[DIGEST], const char *name)
{
    for (int i = 0; i < DIGEST; i++)
        g_string_append_printf(sums, "%02x", digest[i]);
    g_string_append_printf(sums, "  %s\n", name);
}

/* --- writing ------------------------------------------------------------------------------ */

struct bundle_writer {
    bundle_put *put;
    gpointer data;
    ZSTD_CCtx *zstd;
    GString *sums;
    gsize size; /* of the buffer */
    char *buffer;
};

struct bundle_writer *
bundle_writer_new(bundle_put *put, gpointer data)
{
    struct bundle_writer *w = g_new0(struct bundle_writer, 1);
    *w = (struct bundle_writer){.put = put,
                                .data = data,
                                .zstd = ZSTD_createCCtx(),
                                .sums = g_string_new(NULL),
                                .size = ZSTD_CStreamOutSize()};
    need(w->zstd);
    w->buffer = g_malloc(w->size);
    ZSTD_CCtx_setParameter(w->zstd, ZSTD_c_compressionLevel, LEVEL);
    ZSTD_CCtx_setParameter(w->zstd, ZSTD_c_windowLog, WINDOW_LOG);
    ZSTD_CCtx_setParameter(w->zstd, ZSTD_c_checksumFlag, 1);
    return w;
}

void
bundle_writer_free(struct bundle_writer *w)
{
    ZSTD_freeCCtx(w->zstd);
    g_string_free(w->sums, TRUE);
    g_free(w->buffer);
    g_free(w);
}

static bool
pack(struct bundle_writer *w, const void *bytes, gsize length, ZSTD_EndDirective mode)
{
    ZSTD_inBuffer in = {bytes, length, 0};
    for (;;) {
        ZSTD_outBuffer out = {w->buffer, w->size, 0};
        size_t left = ZSTD_compressStream2(w->zstd, &out, &in, mode);
        need(ZSTD_isError(left) ? NULL : w);
        if (out.pos && !w->put(w->buffer, out.pos, w->data))
            return false;
        if (mode == ZSTD_e_end ? left == 0 : in.pos == in.size)
            return true;
    }
}

static bool
put_part(struct bundle_writer *w, const char *name, const void *bytes, gsize length)
{
    static const char zeros[BLOCK];
    struct header header = header_of(name, length);
    return pack(w, &header, sizeof header, ZSTD_e_continue) &&
           pack(w, bytes, length, ZSTD_e_continue) &&
           pack(w, zeros, (BLOCK - length % BLOCK) % BLOCK, ZSTD_e_continue);
}

bool
bundle_writer_add(struct bundle_writer *w, const char *name, const void *bytes, gsize length)
{
    guint8 digest[DIGEST];
    digest_of(bytes, length, digest);
    append_sum(w->sums, digest, name);
    return put_part(w, name, bytes, length);
}

bool
bundle_writer_end(struct bundle_writer *w)
{
    static const char zeros[2 * BLOCK];
    return put_part(w, BUNDLE_SUMS, w->sums->str, w->sums->len) &&
           pack(w, zeros, sizeof zeros, ZSTD_e_end);
}

/* --- reading ------------------------------------------------------------------------------ */

/* What a part was when it was verified. */
struct seen {
    guint8 digest[DIGEST];
    guint name; /* a hash of it */
};

struct bundle_reader {
    int fd;
    ZSTD_DCtx *zstd;
    char *in, *out;
    gsize in_size, in_length, in_at, out_size, out_length, out_at;
    bool ended; /* the frame */
    gint64 unpacked, most;
    GArray *seen; /* struct seen */
    bool again;   /* the second time */
    guint at;     /* then: how many came */
};

struct bundle_reader *
bundle_reader_new(int fd, GError **error)
{
    struct stat info;
    if (fstat(fd, &info) < 0 || !S_ISREG(info.st_mode)) {
        g_set_error_literal(error, BUNDLE_ERROR, BUNDLE_ERROR_READ, _("it is not a regular file"));
        return NULL;
    }
    struct bundle_reader *r = g_new0(struct bundle_reader, 1);
    *r = (struct bundle_reader){.fd = fd,
                                .zstd = ZSTD_createDCtx(),
                                .in_size = ZSTD_DStreamInSize(),
                                .out_size = ZSTD_DStreamOutSize(),
                                .most = info.st_size > G_MAXINT64 / (2 * MOST_RATIO)
                                            ? G_MAXINT64
                                            : info.st_size * MOST_RATIO + SLACK,
                                .seen = g_array_new(FALSE, FALSE, sizeof(struct seen))};
    need(r->zstd);
    ZSTD_DCtx_setParameter(r->zstd, ZSTD_d_windowLogMax, WINDOW_LOG);
    r->in = g_malloc(r->in_size);
    r->out = g_malloc(r->out_size);
    return r;
}

void
bundle_reader_free(struct bundle_reader *r)
{
    ZSTD_freeDCtx(r->zstd);
    g_free(r->in);
    g_free(r->out);
    g_array_unref(r->seen);
    g_free(r);
}

void
bundle_part_clear(struct bundle_part *part)
{
    g_clear_pointer(&part->name, g_free);
    g_clear_pointer(&part->bytes, g_bytes_unref);
}

static bool G_GNUC_PRINTF(2, 3) bad(GError **error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_set_error_literal(error, BUNDLE_ERROR, BUNDLE_ERROR_BAD, text);
    return false;
}

/* More of the file; at its end nothing comes. */
static bool
read_more(struct bundle_reader *r, GError **error)
{
    gssize got = file_read_all(r->fd, r->in, r->in_size);
    if (got < 0) {
        g_set_error_literal(error, BUNDLE_ERROR, BUNDLE_ERROR_READ, g_strerror(errno));
        return false;
    }
    r->in_at = 0;
    r->in_length = (gsize)got;
    return true;
}

/* Unpacks into the buffer, which is empty; false at the end of the frame, too. */
static bool
unpack(struct bundle_reader *r, GError **error)
{
    r->out_at = r->out_length = 0;
    while (!r->out_length && !r->ended) {
        if (r->in_at == r->in_length && !read_more(r, error))
            return false;
        ZSTD_inBuffer in = {r->in, r->in_length, r->in_at};
        ZSTD_outBuffer out = {r->out, r->out_size, 0};
        bool last = in.size == 0;
        size_t left = ZSTD_decompressStream(r->zstd, &out, &in);
        if (ZSTD_isError(left)) {
            need(ZSTD_getErrorCode(left) == ZSTD_error_memory_allocation ? NULL : r);
            return r->unpacked || r->in_at
                       ? bad(error, _("it is damaged: %s"), ZSTD_getErrorName(left))
                       : bad(error, _("it is not a bundle"));
        }
        r->in_at = in.pos;
        r->out_length = out.pos;
        r->unpacked += (gint64)out.pos;
        r->ended = left == 0;
        if (last && !out.pos && !r->ended)
            return bad(error, _("it ends too early"));
        if (r->unpacked > r->most)
            return bad(error, _("it unpacks to more than a thousand times its size"));
    }
    return r->out_length > 0;
}

/* Appends `length` unpacked bytes, or passes over them (NULL). */
static bool
take(struct bundle_reader *r, GByteArray *to, gsize length, GError **error)
{
    g_autoptr(GError) why = NULL;
    while (length) {
        if (r->out_at == r->out_length && !unpack(r, &why)) {
            if (!why)
                return bad(error, _("it ends too early"));
            g_propagate_error(error, g_steal_pointer(&why));
            return false;
        }
        gsize part = MIN(length, r->out_length - r->out_at);
        if (to)
            g_byte_array_append(to, (const guint8 *)r->out + r->out_at, (guint)part);
        r->out_at += part;
        length -= part;
    }
    return true;
}

/* A number of tar: octal digits, then blanks and NULs. */
static bool
read_octal(const char *text, gsize width, guint64 *number)
{
    gsize i = 0;
    *number = 0;
    for (; i < width && text[i] >= '0' && text[i] <= '7'; i++)
        *number = *number * 8 + (guint64)(text[i] - '0');
    bool digits = i > 0;
    while (i < width && (text[i] == ' ' || text[i] == '\0'))
        i++;
    return digits && i == width;
}

/* Folders of small letters and digits, no hidden file, nothing that leads elsewhere. */
static bool
is_name(const char *name)
{
    static const char plain[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-/";
    return *name && strspn(name, plain) == strlen(name) && g_ascii_isalnum(*name) &&
           !strstr(name, "..") && !strstr(name, "//") && !strstr(name, "/.");
}

/* A header of nothing but a plain file; the name as it is said in errors otherwise. */
static char *
read_header(const struct header *h, gsize *size, GError **error)
{
    guint64 sum, length;
    g_autofree char *name = g_strndup(h->name, sizeof h->name - 1);
    if (memcmp(h->magic, "ustar", sizeof h->magic) ||
        !read_octal(h->checksum, sizeof h->checksum, &sum) || sum != header_sum(h)) {
        bad(error, _("it is not a bundle"));
        return NULL;
    }
    if (!is_name(name) || h->prefix[0] || h->type != '0') {
        g_autofree char *shown = g_strescape(name, NULL);
        bad(error, _("a part '%s' is none of a bundle"), shown);
        return NULL;
    }
    if (!read_octal(h->size, sizeof h->size, &length) || length > BUNDLE_PART_CAP) {
        bad(error, _("its part '%s' is larger than %d MiB"), name, (int)(BUNDLE_PART_CAP >> 20));
        return NULL;
    }
    *size = (gsize)length;
    return g_steal_pointer(&name);
}

/* Behind the digests: the end of the archive, of the frame and of the file. */
static bool
read_end(struct bundle_reader *r, GError **error)
{
    g_autoptr(GByteArray) rest = g_byte_array_new();
    g_autoptr(GError) why = NULL;
    if (!take(r, rest, 2 * BLOCK, error))
        return false;
    for (guint i = 0; i < rest->len; i++)
        if (rest->data[i])
            return bad(error, _("there is something behind its end"));
    if (r->out_at < r->out_length || unpack(r, &why))
        return bad(error, _("there is something behind its end"));
    if (!why && r->in_at == r->in_length)
        read_more(r, &why);
    if (why) {
        g_propagate_error(error, g_steal_pointer(&why));
        return false;
    }
    return r->in_at == r->in_length || bad(error, _("there is something behind its end"));
}

/* Whether the digests are those of the parts, in their order. */
static bool
check_sums(struct bundle_reader *r, const GByteArray *bytes, GError **error)
{
    const char *rest = (const char *)bytes->data, *end = rest + bytes->len;
    for (guint i = 0; i < r->seen->len; i++) {
        const struct seen *seen = &g_array_index(r->seen, struct seen, i);
        g_autoptr(GString) sum = g_string_new(NULL);
        const char *stop = rest < end ? memchr(rest, '\n', (gsize)(end - rest)) : NULL;
        append_sum(sum, seen->digest, "");
        gsize head = sum->len - 1;
        if (!stop || (gsize)(stop - rest) < head)
            return bad(error, _("its digests are not those of its parts"));
        g_autofree char *name = g_strndup(rest + head, (gsize)(stop - rest) - head);
        if (g_str_hash(name) != seen->name)
            return bad(error, _("its digests are not those of its parts"));
        if (memcmp(rest, sum->str, head))
            return bad(error, _("its part '%s' was altered: the digest is another"), name);
        rest = stop + 1;
    }
    return rest == end || bad(error, _("its digests are not those of its parts"));
}

static bool
read_sums(struct bundle_reader *r, const GByteArray *bytes, GError **error)
{
    if (!r->again)
        return check_sums(r, bytes, error) && read_end(r, error);
    return r->at == r->seen->len || bad(error, _("it was altered while it was read"));
}

/* What a part is the first time, and whether it is that the second. */
static bool
note_part(struct bundle_reader *r, const char *name, const GByteArray *bytes, GError **error)
{
    struct seen seen = {.name = g_str_hash(name)};
    digest_of(bytes->data, bytes->len, seen.digest);
    if (r->again) {
        const struct seen *was = r->at < r->seen->len ? &g_array_index(r->seen, struct seen, r->at)
                                                      : NULL;
        r->at++;
        return (was && was->name == seen.name && !memcmp(was->digest, seen.digest, DIGEST)) ||
               bad(error, _("it was altered while it was read"));
    }
    if (r->seen->len == MOST_PARTS)
        return bad(error, _("it has more than %d parts"), MOST_PARTS);
    g_array_append_val(r->seen, seen);
    return true;
}

bool
bundle_reader_next(struct bundle_reader *r, struct bundle_part *part, GError **error)
{
    struct header header;
    g_autoptr(GByteArray) bytes = g_byte_array_sized_new(sizeof header);
    gsize size;
    *part = (struct bundle_part){0};
    if (!take(r, bytes, sizeof header, error))
        return false;
    memcpy(&header, bytes->data, sizeof header);
    g_autofree char *name = read_header(&header, &size, error);
    g_byte_array_set_size(bytes, 0);
    if (!name || !take(r, bytes, size, error) ||
        !take(r, NULL, (BLOCK - size % BLOCK) % BLOCK, error))
        return false;
    if (g_str_equal(name, BUNDLE_SUMS)) {
        read_sums(r, bytes, error);
        return false;
    }
    if (!note_part(r, name, bytes, error))
        return false;
    part->name = g_steal_pointer(&name);
    part->bytes = g_byte_array_free_to_bytes(g_steal_pointer(&bytes));
    return true;
}

bool
bundle_reader_again(struct bundle_reader *r, GError **error)
{
    if (lseek(r->fd, 0, SEEK_SET) < 0) {
        g_set_error_literal(error, BUNDLE_ERROR, BUNDLE_ERROR_READ, g_strerror(errno));
        return false;
    }
    ZSTD_DCtx_reset(r->zstd, ZSTD_reset_session_only);
    r->in_length = r->in_at = r->out_length = r->out_at = 0;
    r->unpacked = 0;
    r->ended = false;
    r->again = true;
    r->at = 0;
    return true;
}
