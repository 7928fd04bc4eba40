/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Starting crier-transfer with a channel to it, its silence, and its end. */
#include "config.h"

#include "fetch/transfer-process.h"
#include "base/i18n.h"

#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* milliseconds that a process has to end, when it is told to */
#define GRACE 1000
/* parts of the patience that it has to miss one after another: one may pass while all is stopped */
#define SILENCES 6
/* exit status of a role whose program cannot be executed */
#define NOT_EXECUTED 127

struct transfer_process {
    struct starter *starter; /* borrowed */
    pid_t pid;
    int channel;
    int patience; /* seconds */
};

struct transfer_process *
transfer_process_start(struct starter *starter, guint role, int patience, char **why)
{
    int ends[2];
    if (!channel_pair(ends))
        return NULL;
    pid_t pid = starter_start(starter, role, NULL, &ends[1], 1, why);
    close(ends[1]);
    if (pid < 0) {
        close(ends[0]);
        return NULL;
    }
    const struct timeval most = {.tv_sec = patience};
    setsockopt(ends[0], SOL_SOCKET, SO_SNDTIMEO, &most, sizeof most);
    struct transfer_process *process = g_new(struct transfer_process, 1);
    *process = (struct transfer_process){starter, pid, ends[0], patience};
    return process;
}

void
transfer_process_send(struct transfer_process *process, guint32 kind, const GByteArray *bytes)
{
    if (!channel_send(process->channel, kind, bytes))
        shutdown(process->channel, SHUT_RDWR);
}

enum channel_result
transfer_process_receive(struct transfer_process *process, struct channel_frame *frame, gsize most)
{
    const gint64 part = (gint64)process->patience * G_USEC_PER_SEC / SILENCES;
    enum channel_result result = CHANNEL_LATE;
    for (int i = 0; i < SILENCES && result == CHANNEL_LATE; i++)
        result = channel_receive(process->channel, frame, most, g_get_monotonic_time() + part);
    return result;
}

bool
transfer_process_listens(const struct transfer_process *process)
{
    struct pollfd one = {process->channel, POLLOUT, 0};
    return poll(&one, 1, 0) > 0;
}

void
transfer_process_hang_up(struct transfer_process *process)
{
    shutdown(process->channel, SHUT_WR);
}

void
transfer_process_see_off(struct transfer_process *process)
{
    struct pollfd one = {process->channel, 0, 0}; /* its end hangs up */
    if (poll(&one, 1, GRACE) == 0)
        starter_signal(process->starter, process->pid, SIGKILL);
}

static char *
why_ended(int status, const char *said)
{
    if (said)
        return g_strdup(said);
    return WIFSIGNALED(status) ? g_strdup_printf("signal %d", WTERMSIG(status))
                               : g_strdup_printf("status %d", WEXITSTATUS(status));
}

bool
transfer_process_end(struct transfer_process *process, const char *said, char **why)
{
    shutdown(process->channel, SHUT_RDWR); /* whoever sends to it waits no longer */
    starter_signal(process->starter, process->pid, SIGKILL);
    int status = starter_wait(process->starter, process->pid);
    bool executed = said || !WIFEXITED(status) || WEXITSTATUS(status) != NOT_EXECUTED;
    *why = executed ? why_ended(status, said) : g_strdup(N_("it cannot be started"));
    return executed;
}

void
transfer_process_free(struct transfer_process *process)
{
    close(process->channel);
    g_free(process);
}
