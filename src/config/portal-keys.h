/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The keys of portal files, one table a group: how each is written, checked, kept and freed.
 * Inside this room only.
 */
#pragma once

#include "config/keyfile.h"
#include "config/portal.h"

enum portal_group {
    GROUP_PORTAL,
    GROUP_PROFILE,
    GROUP_EDITION,
    GROUP_SECTION,
    GROUP_ARTICLE,
    GROUP_TEST
};

/* A group, or a key of it, on its way into the struct that the group fills. */
struct portal_reader {
    const struct keyfile *file;
    struct portal *portal;
    const char *group;
    const char *key, *value; /* NULL: the group itself */
    GError **error;
};

/* Fills base from a group's keys; false and the reader's error for what is wrong. */
bool portal_keys_read(struct portal_reader *reader, enum portal_group group, void *base);

/* Frees the members that the keys fill. */
void portal_keys_clear(enum portal_group group, void *base);

/* Sets the error with file, line and reason; always false. */
bool portal_read_fail(const struct portal_reader *reader, const char *format, ...)
    G_GNUC_PRINTF(2, 3);
