/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reading a file as a source.  It is opened without waiting for it, since a pipe in its place would
 * hold up all transfers.
 */
#include "config.h"

#include "fetch/local.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static void
fail(struct response *r, const char *why)
{
    r->problem = problem_new(PROBLEM_FILE, r->request->url, PROBLEM_NO_NUMBER, why);
}

/* What changes with the file: when it was written, its size, and which file it is. */
static char *
validator_of(const struct stat *info)
{
    return g_strdup_printf("\"%" G_GINT64_FORMAT ".%09ld-%" G_GINT64_FORMAT "-%" G_GUINT64_FORMAT
                           "\"",
                           (gint64)info->st_mtim.tv_sec, (long)info->st_mtim.tv_nsec,
                           (gint64)info->st_size, (guint64)info->st_ino);
}

/* Reads to the end; false when that fails, or when there is more than may be. */
static bool
read_all(int fd, struct response *r, gsize max_size)
{
    guint8 bytes[65536];
    ssize_t got;
    while ((got = read(fd, bytes, sizeof bytes)) != 0) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            fail(r, g_strerror(errno));
            return false;
        }
        if (r->body->len + (gsize)got > max_size) {
            r->problem =
                problem_new(PROBLEM_TOO_LARGE, r->request->url, (int64_t)(max_size >> 20), NULL);
            return false;
        }
        g_byte_array_append(r->body, bytes, (guint)got);
    }
    return true;
}

static void
read_open(int fd, struct response *r, gsize max_size)
{
    struct stat info;
    if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)) {
        fail(r, NULL);
        return;
    }
    r->etag = validator_of(&info);
    if (!g_strcmp0(r->request->etag, r->etag)) {
        r->status = 304;
        return;
    }
    if (read_all(fd, r, max_size))
        r->status = 200;
}

void
local_read(struct response *r, gsize max_size)
{
    const struct request *request = r->request;
    r->url = g_strdup(request->url);
    if (!request->named) {
        r->problem = problem_new(PROBLEM_REDIRECT, request->url, PROBLEM_NO_NUMBER, request->url);
        return;
    }
    g_autofree char *path = g_filename_from_uri(request->url, NULL, NULL);
    int fd = path ? open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY) : -1;
    if (fd < 0) {
        fail(r, path ? g_strerror(errno) : NULL);
        return;
    }
    read_open(fd, r, max_size);
    close(fd);
}
