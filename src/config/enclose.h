/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The fence of a process that has a configuration or a store: which of the user's folders stay
 * open to it.
 */
#pragma once

#include "config/context.h"
#include "fence/fence.h"

enum enclose_places {
    ENCLOSE_CONFIG = 1 << 0, /* the folders of the configuration, to read */
    ENCLOSE_STORE = 1 << 1,  /* the folder of the store, and the one where links lead, to write */
    ENCLOSE_CREATE = 1 << 2, /* both are made when they are not there, as they will be needed */
    ENCLOSE_CHANGE = 1 << 3, /* the folder of the configuration, made and written */
};

/*
 * Enters the fence of a role, once (fence_enter()).  read, write: more paths, NULL-terminated, or
 * NULL.
 */
void context_enclose(const struct context *context, enum fence_role role, unsigned places,
                     const char *const *read, const char *const *write);
