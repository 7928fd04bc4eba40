/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The processes beside the writing one that a fetch is made of, by their place among the roles of
 * the starter that is given to it (fence/starter.h; the table is in worker.c).
 */
#pragma once

enum fetch_role {
    ROLE_TRANSFER, /* fds: its end of a channel.  Becomes crier-transfer */
    ROLE_PARSE,    /* the same.  Reads feeds and pages (parse/helper-role.h) */
    ROLE_CONVERT,  /* the same.  Reads attachments with programs */
    ROLE_PICTURE,  /* the same.  Becomes crier-picture */
    ROLE_COUNT
};
