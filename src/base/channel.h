/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Frames over a stream socket between two processes of crier: a kind, a length, so many bytes, and
 * at most CHANNEL_FDS open files beside them.  Sending and receiving block; whoever has more than
 * one end to look after gives each a thread.  The other end may be hostile: a frame has the length
 * that the receiver allows, or the channel is broken.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#define CHANNEL_FDS 5

enum channel_result {
    CHANNEL_FRAME,  /* a whole frame came */
    CHANNEL_END,    /* the other end was closed between two frames */
    CHANNEL_LATE,   /* the time is over; nothing of a frame has come */
    CHANNEL_BROKEN, /* closed within a frame, too long, an error of the system */
};

struct channel_frame {
    guint32 kind;
    GByteArray *bytes; /* owned; emptied before each frame */
    int fds[CHANNEL_FDS];
    guint count; /* of fds: they are the receiver's to close */
};

/* Two connected ends, both close-on-exec; false and errno. */
bool channel_pair(int ends[2]);

/*
 * Sends one frame whole; bytes may be NULL; false and errno when the other end is gone.  A signal
 * SIGPIPE is never raised.
 */
bool channel_send(int fd, guint32 kind, const GByteArray *bytes);
/* The same of two arrays, one after the other, as a head and a body are. */
bool channel_send_both(int fd, guint32 kind, const GByteArray *bytes, const void *more,
                       gsize length);
/* The same with open files; they stay the sender's too. */
bool channel_send_fds(int fd, guint32 kind, const GByteArray *bytes, const int *fds, guint count);

void channel_frame_init(struct channel_frame *frame);
void channel_frame_clear(struct channel_frame *frame); /* closes files that nobody took */

/*
 * Receives one frame of at most `most` bytes; until: monotonic microseconds until its first byte is
 * waited for, or -1.  One that came in part is waited for as long as it goes on within STALL
 * seconds.
 */
enum channel_result channel_receive(int fd, struct channel_frame *frame, gsize most, gint64 until);
