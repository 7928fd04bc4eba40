/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fetch lock, by flock(2). */
#include "config.h"

#include "store/lock.h"
#include "base/i18n.h"
#include "store/place.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

int
lock_take(const char *store_file, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(store_file);
    g_mkdir_with_parents(folder, 0700);
    /* by where links lead: one store has one lock, whatever it is called */
    g_autofree char *path = place_beside(store_file, ".lock");
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0 && errno == EACCES)
        fd = open(path,
                  O_RDONLY | O_CLOEXEC); /* it is another's to read: that is enough to lock it */
    if (fd < 0) {
        g_set_error(error, STORE_ERROR, STORE_ERROR_READ_ONLY, _("cannot open '%s': %s"), path,
                    g_strerror(errno));
        return -1;
    }
    place_share(store_file, ".lock", true);
    if (flock(fd, LOCK_EX | LOCK_NB) == 0)
        return fd;
    if (errno == EWOULDBLOCK)
        g_set_error(error, STORE_ERROR, STORE_ERROR_LOCKED, _("another fetch is running on '%s'"),
                    store_file);
    else
        g_set_error(error, STORE_ERROR, STORE_ERROR_READ_ONLY, _("cannot lock '%s': %s"), path,
                    g_strerror(errno));
    close(fd);
    return -1;
}
