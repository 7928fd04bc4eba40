/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One process of crier-transfer, as the client that has it started (fetch/http.h) sees it: its
 * number with the starter and the channel to it, how long it may be silent, and why it ended.  What
 * is said over the channel is the client's (transfer/frames.h).
 *
 * One thread receives.  Sending is one at a time, which the client sees to; it may meet receiving.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "base/channel.h"
#include "fence/starter.h"

struct transfer_process;

/*
 * Has the starter (borrowed) start one in this role.  patience: seconds after which its silence, or
 * that it takes nothing, is its end.  NULL: none was started, and *why is set (untranslated,
 * owned), unless it is the system that refused a channel.
 */
struct transfer_process *transfer_process_start(struct starter *starter, guint role, int patience,
                                                char **why);

/*
 * Sends a frame; bytes may be NULL.  When nobody takes it, the process is at its end, which whoever
 * receives is told.
 */
void transfer_process_send(struct transfer_process *process, guint32 kind, const GByteArray *bytes);

/* The next frame, of `most` bytes at most; CHANNEL_LATE: it has been silent for too long. */
enum channel_result transfer_process_receive(struct transfer_process *process,
                                             struct channel_frame *frame, gsize most);

/* Whether what is sent is taken: nobody is held up by a process that itself waits to be heard. */
bool transfer_process_listens(const struct transfer_process *process);

/* Says that nothing is asked of it any more, after which it ends by itself. */
void transfer_process_hang_up(struct transfer_process *process);
/* Waits for it to end, and ends it when it does not; another thread may still receive. */
void transfer_process_see_off(struct transfer_process *process);

/*
 * Ends it, if it has not ended, and waits for that; by whoever receives.  said: what was wrong with
 * it, or NULL: it is asked.  *why: owned, untranslated.  False: it could not be executed, which no
 * other of its role can either.
 */
bool transfer_process_end(struct transfer_process *process, const char *said, char **why);

/* Closes the channel; after its end. */
void transfer_process_free(struct transfer_process *process);
