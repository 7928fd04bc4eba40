/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crier-picture: decodes pictures and draws them in cells and pixels, behind a fence and with
 * nothing in it.  crier-worker starts it and says by a channel what is to be drawn; there is
 * nothing that people could tell it.
 */
#include "config.h"

#include "base/status.h"
#include "picture/serve.h"

#include <stdio.h>
#include <sys/socket.h>

#define CHANNEL 3 /* fetch/roles.c */

int
main(void)
{
    int type;
    socklen_t length = sizeof type;
    if (getsockopt(CHANNEL, SOL_SOCKET, SO_TYPE, &type, &length) != 0) {
        fputs("crier-picture is started by crier-worker\n", stderr);
        return STATUS_USAGE;
    }
    return picture_serve(CHANNEL);
}
