/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The fetch lock, by flock(2); the locks of cursors, by fcntl(2): a byte each of one file, at a
 * place that follows from the name.  Two names that share a byte would be one in 2^62 pairs.
 * Wishes are locks of the fetch lock's first byte by fcntl(2), which many can have at once, and
 * which has nothing to do with flock(2) but on file systems that know no such lock.
 */
#include "config.h"

#include "store/lock.h"
#include "base/i18n.h"
#include "store/db.h"
#include "store/place.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

static int
fail(const char *path, const char *format, GError **error)
{
    g_set_error(error, STORE_ERROR, STORE_ERROR_READ_ONLY, format, path, g_strerror(errno));
    return -1;
}

int
lock_take(const char *store_file, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(store_file);
    if (g_mkdir_with_parents(folder, 0700) < 0)
        return fail(folder, _("cannot create '%s': %s"), error);
    /* by where links lead: one store has one lock, whatever it is called */
    g_autofree char *path = place_beside(store_file, LOCK_SUFFIX);
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0 && errno == EACCES)
        fd = open(path,
                  O_RDONLY | O_CLOEXEC); /* it is another's to read: that is enough to lock it */
    if (fd < 0)
        return fail(path, _("cannot open '%s': %s"), error);
    place_share(store_file, LOCK_SUFFIX, true);
    if (flock(fd, LOCK_EX | LOCK_NB) == 0)
        return fd;
    if (errno == EWOULDBLOCK)
        g_set_error(error, STORE_ERROR, STORE_ERROR_LOCKED, _("another fetch is running on '%s'"),
                    store_file);
    else
        fail(path, _("cannot lock '%s': %s"), error);
    close(fd);
    return -1;
}

/*
 * Asked by sharing the lock for a moment.  That closes a file of the lock, which ends wishes of
 * this process: it has none while it does not wait.
 */
bool
lock_is_held(const char *store_file)
{
    g_autofree char *path = place_beside(store_file, LOCK_SUFFIX);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return errno != ENOENT; /* who may not look believes what is written */
    bool held = flock(fd, LOCK_SH | LOCK_NB) < 0 && errno == EWOULDBLOCK;
    close(fd);
    return held;
}

/* The byte of a name: 62 bits of its digest. */
static off_t
byte_of(const char *name)
{
    guint8 digest[32];
    gsize length = sizeof digest;
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    g_checksum_update(sum, (const guchar *)name, -1);
    g_checksum_get_digest(sum, digest, &length);
    guint64 number = 0;
    for (size_t i = 0; i < sizeof number; i++)
        number = number << 8 | digest[i];
    return (off_t)(number >> 2);
}

int
lock_cursor(const char *store_file, const char *name, GError **error)
{
    g_autofree char *path = place_beside(store_file, CURSORS_SUFFIX);
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
        return fail(path, _("cannot open '%s': %s"), error);
    place_share(store_file, CURSORS_SUFFIX, true);
    struct flock lock = {
        .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = byte_of(name), .l_len = 1};
    if (fcntl(fd, F_SETLK, &lock) == 0)
        return fd;
    if (errno == EACCES || errno == EAGAIN)
        g_set_error(error, STORE_ERROR, STORE_ERROR_LOCKED,
                    _("another program is telling what is new for '%s'"), name);
    else
        fail(path, _("cannot lock '%s': %s"), error);
    close(fd);
    return -1;
}

int
lock_open_wishes(const char *store_file)
{
    g_autofree char *path = place_beside(store_file, LOCK_SUFFIX);
    return open(path, O_RDONLY | O_CLOEXEC);
}

void
lock_wish(int fd, bool wished)
{
    struct flock lock = {
        .l_type = wished ? F_RDLCK : F_UNLCK, .l_whence = SEEK_SET, .l_start = 0, .l_len = 1};
    fcntl(fd, F_SETLK, &lock);
}

bool
lock_is_wished(int fd)
{
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 0, .l_len = 1};
    return fcntl(fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
}

bool
lock_may_go_on(struct store *store, GError **error)
{
    if (!store->yields || !lock_is_wished(store->wishes))
        return true;
    g_set_error_literal(error, STORE_ERROR, STORE_ERROR_YIELDED, "another program waits to write");
    return false;
}
