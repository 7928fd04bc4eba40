/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Replacing files: a new one beside the old, synced, then renamed over it. */
#include "config.h"

#include "base/file.h"
#include "base/i18n.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_LINKS 40       /* as many as the kernel follows */
#define PATIENCE  10000000 /* microseconds */
#define PAUSE     5000
#define PART      ".crier-new." /* nobody calls a file of his own so */
#define TEMPLATE  "XXXXXX"      /* g_mkstemp_full() */
#define MAX_TRIES 10

char *
file_target(const char *path)
{
    g_autofree char *at = g_canonicalize_filename(path, NULL);
    for (int i = 0; i < MAX_LINKS; i++) {
        char *real = realpath(at, NULL);
        if (real) {
            char *copy = g_strdup(real);
            free(real);
            return copy;
        }
        if (errno != ENOENT)
            return NULL;
        /* the last name is missing, or a link to what is missing */
        g_autofree char *folder = g_path_get_dirname(at), *name = g_path_get_basename(at);
        char *there = realpath(folder, NULL);
        if (!there)
            return NULL;
        g_autofree char *entry = g_build_filename(there, name, NULL);
        g_autofree char *link = g_file_read_link(entry, NULL);
        char *next = link ? g_canonicalize_filename(link, there) : NULL;
        free(there);
        if (!next)
            return g_steal_pointer(&entry);
        g_free(at);
        at = next;
    }
    errno = ELOOP;
    return NULL;
}

static bool
fail(GError **error)
{
    int why = errno;
    g_set_error_literal(error, G_FILE_ERROR, g_file_error_from_errno(why), g_strerror(why));
    return false;
}

int
file_lock(const char *path, GError **error)
{
    g_autofree char *target = file_target(path);
    g_autofree char *folder = target ? g_path_get_dirname(target) : NULL;
    int fd = folder ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    if (fd < 0) {
        fail(error);
        return -1;
    }
    gint64 start = g_get_monotonic_time();
    while (flock(fd, LOCK_EX | LOCK_NB) < 0) {
        if (errno != EWOULDBLOCK && errno != EINTR)
            return fd;
        if (g_get_monotonic_time() - start > PATIENCE) {
            g_set_error_literal(error, G_FILE_ERROR, G_FILE_ERROR_AGAIN,
                                _("another program has been changing it for ten seconds"));
            close(fd);
            return -1;
        }
        g_usleep(PAUSE);
    }
    return fd;
}

bool
file_get_text(const char *path, char **text, gsize *length, GError **error)
{
    char part[16384];
    gssize got = -1;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    while (fd >= 0 && (got = file_read_all(fd, part, sizeof part)) > 0)
        g_byte_array_append(bytes, (const guint8 *)part, (guint)got);
    bool fine = got == 0 || fail(error);
    if (fd >= 0)
        close(fd);
    if (!fine)
        return false;
    if (length)
        *length = bytes->len;
    g_byte_array_append(bytes, (const guint8 *)"", 1);
    *text = (char *)g_byte_array_free(g_steal_pointer(&bytes), FALSE);
    return true;
}

bool
file_write_all(int fd, const void *bytes, gsize length)
{
    const char *from = bytes;
    while (length > 0) {
        ssize_t done = write(fd, from, MIN(length, (gsize)SSIZE_MAX));
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return false;
        from += done;
        length -= (gsize)done;
    }
    return true;
}

gssize
file_read_all(int fd, void *to, gsize length)
{
    gsize there = 0;
    while (there < length) {
        ssize_t got = read(fd, (char *)to + there, length - there);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return -1;
        if (got == 0)
            break;
        there += (gsize)got;
    }
    return (gssize)there;
}

bool
file_sync_folder(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return false;
    /* some file systems sync no folders */
    bool fine = fsync(fd) == 0 || errno == EINVAL || errno == EROFS;
    close(fd);
    return fine;
}

mode_t
file_public_mode(void)
{
    mode_t mask = umask(077);
    umask(mask);
    return 0666 & ~mask;
}

bool
file_take_after(int fd, const char *target, mode_t mode)
{
    struct stat old, new;
    if (stat(target, &old) < 0)
        return fchmod(fd, mode) == 0;
    if (fstat(fd, &new) < 0)
        return false;
    mode = old.st_mode & 07777;
    /* what cannot be kept must not leave its rights to another */
    if (new.st_gid != old.st_gid && fchown(fd, (uid_t)-1, old.st_gid) < 0)
        mode &= ~(mode_t)070;
    if (new.st_uid != old.st_uid && fchown(fd, old.st_uid, (gid_t)-1) < 0)
        mode &= ~(mode_t)07000;
    return fchmod(fd, mode) == 0;
}

/* Removes new files that nobody writes any more: who writes one holds it locked. */
static void
sweep(const char *folder)
{
    g_autoptr(GDir) all = g_dir_open(folder, 0, NULL);
    const char *name;
    while (all && (name = g_dir_read_name(all))) {
        if (!g_str_has_prefix(name, PART) || strlen(name) != strlen(PART TEMPLATE))
            continue;
        g_autofree char *path = g_build_filename(folder, name, NULL);
        int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
        struct stat info;
        if (fd >= 0 && fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && info.st_uid == geteuid() &&
            flock(fd, LOCK_EX | LOCK_NB) == 0)
            g_unlink(path);
        if (fd >= 0)
            close(fd);
    }
}

/* A new file in the folder, locked so that no one sweeps it; its name in *part; -1 and errno. */
static int
make_part(const char *folder, char **part)
{
    for (int i = 0; i < MAX_TRIES; i++) {
        *part = g_build_filename(folder, PART TEMPLATE, NULL);
        int fd = g_mkstemp_full(*part, O_WRONLY | O_CLOEXEC, 0600);
        struct stat info;
        /* swept before it was locked: another */
        if (fd < 0 || flock(fd, LOCK_EX) < 0 || fstat(fd, &info) < 0 || info.st_nlink)
            return fd;
        close(fd);
        g_free(*part);
    }
    *part = NULL;
    errno = EAGAIN;
    return -1;
}

bool
file_replace(const char *path, const char *text, gsize length, mode_t mode, GError **error)
{
    g_autofree char *target = file_target(path);
    if (!target)
        return fail(error);
    struct stat old;
    bool exists = stat(target, &old) == 0;
    if (exists && !S_ISREG(old.st_mode)) {
        g_set_error_literal(error, G_FILE_ERROR, G_FILE_ERROR_INVAL, _("it is not a regular file"));
        return false;
    }
    if (exists && access(target, W_OK) < 0) /* a rename would not ask */
        return fail(error);
    g_autofree char *folder = g_path_get_dirname(target);
    sweep(folder);
    g_autofree char *part = NULL;
    int fd = make_part(folder, &part);
    if (fd < 0)
        return fail(error);
    bool fine = file_write_all(fd, text, length) && file_take_after(fd, target, mode) &&
                fsync(fd) == 0;
    int why = errno;
    if (close(fd) < 0 && fine) {
        fine = false;
        why = errno;
    }
    if (fine && g_rename(part, target) < 0) {
        fine = false;
        why = errno;
    }
    if (!fine) {
        g_unlink(part);
        errno = why;
        return fail(error);
    }
    file_sync_folder(folder);
    return true;
}
