/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When to look at a store: what inotify tells of its folder, and looks that follow. */
#include "config.h"

#include "store/watch.h"
#include "base/file.h"

#include <sys/inotify.h>
#include <unistd.h>

#define FIRST  (100 * 1000)   /* from what was written to the look that follows */
#define LAST   (8 * FIRST)    /* each is twice as late as the one before; this is the last one */
#define ALWAYS G_USEC_PER_SEC /* between looks where nothing tells of changes */
#define EVENTS (IN_MODIFY | IN_CREATE | IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR)

struct watch {
    int fd;       /* of inotify, or -1 */
    gint64 pause; /* before the next look; 0: none is due */
    gint64 next;  /* when it is due */
};

struct watch *
watch_new(const char *path, const char *marks)
{
    g_autofree char *target = file_target(path);
    g_autofree char *folder = g_path_get_dirname(target ? target : path),
                    *beside = g_path_get_dirname(marks);
    struct watch *watch = g_new0(struct watch, 1);
    g_mkdir_with_parents(folder, 0700);
    watch->fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (watch->fd >= 0 && inotify_add_watch(watch->fd, folder, EVENTS) < 0) {
        close(watch->fd);
        watch->fd = -1;
    }
    /* one that is not there gets no marks before the next start, or is the store's */
    if (watch->fd >= 0)
        inotify_add_watch(watch->fd, beside, EVENTS);
    return watch;
}

void
watch_free(struct watch *watch)
{
    if (watch->fd >= 0)
        close(watch->fd);
    g_free(watch);
}

int
watch_descriptor(const struct watch *watch)
{
    /* who writes all the time is looked at by the clock */
    return watch->pause == FIRST ? -1 : watch->fd;
}

int
watch_timeout(const struct watch *watch, gint64 now)
{
    if (!watch->pause && watch->fd >= 0)
        return -1;
    return (int)CLAMP((watch->next - now + 999) / 1000, 0, ALWAYS / 1000);
}

/* Takes all events; whether there were any.  A folder that has gone is not watched any more. */
static bool
take_events(struct watch *watch)
{
    _Alignas(struct inotify_event) char events[4096];
    bool any = false;
    gssize got;
    while (watch->fd >= 0 && (got = read(watch->fd, events, sizeof events)) > 0) {
        any = true;
        for (gssize at = 0; at < got;) {
            const struct inotify_event *event = (const void *)(events + at);
            at += (gssize)(sizeof *event + event->len);
            if (event->mask & (IN_IGNORED | IN_MOVE_SELF | IN_UNMOUNT)) {
                close(watch->fd);
                watch->fd = -1;
                break;
            }
        }
    }
    return any;
}

void
watch_look(struct watch *watch, struct store *store, gint64 now)
{
    if (take_events(watch))
        watch->pause = FIRST;
    else if (watch->fd < 0 && now >= watch->next)
        watch->pause = ALWAYS;
    else if (!watch->pause || now < watch->next)
        return;
    else if (watch->pause < LAST)
        watch->pause *= 2;
    else if (!store || !store_is_being_written(store))
        watch->pause = 0;
    watch->next = now + watch->pause;
}
