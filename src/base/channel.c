/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Frames: a head of two numbers, then bytes; open files travel with the head. */
#include "config.h"

#include "base/channel.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#define STALL 60 /* seconds within which the rest of a frame has to come */

struct head {
    guint32 kind;
    guint32 length;
};

bool
channel_pair(int ends[2])
{
    return socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0;
}

/* --- sending ------------------------------------------------------------------------------- */

static void
skip(struct msghdr *message, gsize sent)
{
    while (message->msg_iovlen && sent >= message->msg_iov->iov_len) {
        sent -= message->msg_iov->iov_len;
        message->msg_iov++;
        message->msg_iovlen--;
    }
    if (message->msg_iovlen) {
        message->msg_iov->iov_base = (char *)message->msg_iov->iov_base + sent;
        message->msg_iov->iov_len -= sent;
    }
}

static bool
send_all(int fd, struct msghdr *message)
{
    skip(message, 0);
    while (message->msg_iovlen) {
        ssize_t sent = sendmsg(fd, message, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent < 0)
            return false;
        message->msg_control = NULL; /* the files went with the first bytes */
        message->msg_controllen = 0;
        skip(message, (gsize)sent);
    }
    return true;
}

static bool
send_parts(int fd, guint32 kind, const GByteArray *bytes, const void *more, gsize length,
           const int *fds, guint count)
{
    gsize first = bytes ? bytes->len : 0;
    if (count > CHANNEL_FDS || length > G_MAXUINT32 - first) {
        errno = EMSGSIZE;
        return false;
    }
    struct head head = {kind, (guint32)(first + length)};
    struct iovec parts[] = {{&head, sizeof head},
                            {first ? bytes->data : NULL, first},
                            {length ? (void *)(guintptr)more : NULL, length}};
    struct msghdr message = {.msg_iov = parts, .msg_iovlen = G_N_ELEMENTS(parts)};
    union {
        struct cmsghdr align;
        char room[CMSG_SPACE(sizeof(int) * CHANNEL_FDS)];
    } control;
    if (count) {
        memset(&control, 0, sizeof control);
        message.msg_control = control.room;
        message.msg_controllen = CMSG_SPACE(sizeof(int) * count);
        struct cmsghdr *files = CMSG_FIRSTHDR(&message);
        files->cmsg_level = SOL_SOCKET;
        files->cmsg_type = SCM_RIGHTS;
        files->cmsg_len = CMSG_LEN(sizeof(int) * count);
        memcpy(CMSG_DATA(files), fds, sizeof(int) * count);
    }
    return send_all(fd, &message);
}

bool
channel_send(int fd, guint32 kind, const GByteArray *bytes)
{
    return send_parts(fd, kind, bytes, NULL, 0, NULL, 0);
}

bool
channel_send_both(int fd, guint32 kind, const GByteArray *bytes, const void *more, gsize length)
{
    return send_parts(fd, kind, bytes, more, length, NULL, 0);
}

bool
channel_send_fds(int fd, guint32 kind, const GByteArray *bytes, const int *fds, guint count)
{
    return send_parts(fd, kind, bytes, NULL, 0, fds, count);
}

/* --- receiving ----------------------------------------------------------------------------- */

void
channel_frame_init(struct channel_frame *frame)
{
    *frame = (struct channel_frame){.bytes = g_byte_array_new()};
}

static void
close_files(struct channel_frame *frame)
{
    for (guint i = 0; i < frame->count; i++)
        if (frame->fds[i] >= 0)
            close(frame->fds[i]);
    frame->count = 0;
}

void
channel_frame_clear(struct channel_frame *frame)
{
    close_files(frame);
    g_byte_array_unref(frame->bytes);
}

/* Takes the open files of a message; those that are too many are closed. */
static void
take_files(struct msghdr *message, struct channel_frame *frame)
{
    for (struct cmsghdr *c = CMSG_FIRSTHDR(message); c; c = CMSG_NXTHDR(message, c)) {
        if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS)
            continue;
        gsize count = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (gsize i = 0; i < count; i++) {
            int fd;
            memcpy(&fd, CMSG_DATA(c) + i * sizeof(int), sizeof fd);
            if (frame->count < CHANNEL_FDS)
                frame->fds[frame->count++] = fd;
            else
                close(fd);
        }
    }
}

/* Waits until there is something; false when the time is over, or on an error. */
static bool
wait_for(int fd, int milliseconds)
{
    struct pollfd one = {fd, POLLIN, 0};
    int ready;
    while ((ready = poll(&one, 1, milliseconds)) < 0 && errno == EINTR)
        ;
    return ready > 0;
}

static int
milliseconds_until(gint64 until)
{
    if (until < 0)
        return -1;
    gint64 left = (until - g_get_monotonic_time() + 999) / 1000;
    return (int)CLAMP(left, 0, G_MAXINT);
}

/* Bytes into `to`; -1 on an error, 0 at the end.  Waits for them until then. */
static ssize_t
receive_some(int fd, void *to, gsize length, struct channel_frame *frame, gint64 until)
{
    struct iovec part = {to, length};
    union {
        struct cmsghdr align;
        char room[CMSG_SPACE(sizeof(int) * CHANNEL_FDS)];
    } control;
    struct msghdr message = {.msg_iov = &part,
                             .msg_iovlen = 1,
                             .msg_control = control.room,
                             .msg_controllen = sizeof control.room};
    ssize_t got;
    while ((got = recvmsg(fd, &message, MSG_CMSG_CLOEXEC | MSG_DONTWAIT)) < 0)
        if (errno != EINTR && (errno != EAGAIN || !wait_for(fd, milliseconds_until(until))))
            return -1;
    take_files(&message, frame);
    return got;
}

static bool
receive_all(int fd, void *to, gsize length, struct channel_frame *frame, gint64 until)
{
    gsize done = 0;
    while (done < length) {
        ssize_t got = receive_some(fd, (char *)to + done, length - done, frame, until);
        if (got <= 0)
            return false;
        done += (gsize)got;
    }
    return true;
}

enum channel_result
channel_receive(int fd, struct channel_frame *frame, gsize most, gint64 until)
{
    struct head head;
    close_files(frame);
    g_byte_array_set_size(frame->bytes, 0);
    if (!wait_for(fd, milliseconds_until(until)))
        return CHANNEL_LATE;
    gint64 whole = g_get_monotonic_time() + STALL * G_TIME_SPAN_SECOND;
    ssize_t got = receive_some(fd, &head, sizeof head, frame, whole);
    if (got == 0 || (got < 0 && errno == ECONNRESET))
        return CHANNEL_END;
    if (got < 0 || !receive_all(fd, (char *)&head + got, sizeof head - (gsize)got, frame, whole) ||
        head.length > most)
        return CHANNEL_BROKEN;
    frame->kind = head.kind;
    g_byte_array_set_size(frame->bytes, head.length);
    return receive_all(fd, frame->bytes->data, head.length, frame, whole) ? CHANNEL_FRAME
                                                                          : CHANNEL_BROKEN;
}
