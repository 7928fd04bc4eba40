/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crier-transfer: the only program of crier that has a socket of the internet.  crier-worker and
 * crier-sync start it and say by a channel what is to be fetched; there is nothing that people
 * could tell it.
 */
#include "config.h"

#include "base/status.h"
#include "transfer/serve.h"

#include <signal.h>
#include <stdio.h>
#include <sys/socket.h>

#define CHANNEL 3 /* fetch/roles.c */

int
main(void)
{
    int type;
    socklen_t length = sizeof type;
    if (getsockopt(CHANNEL, SOL_SOCKET, SO_TYPE, &type, &length) != 0) {
        fputs("crier-transfer is started by crier-worker or crier-sync\n", stderr);
        return STATUS_USAGE;
    }
    signal(SIGPIPE, SIG_IGN); /* libcurl's TLS writes to whoever may have gone */
    return transfer_serve(CHANNEL);
}
