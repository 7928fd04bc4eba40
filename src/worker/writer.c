/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the commands that write the store share: the lock, the store, what a failure exits with. */
#include "config.h"

#include "base/i18n.h"
#include "base/status.h"
#include "store/lock.h"
#include "store/place.h"
#include "store/store.h"
#include "worker/commands.h"

#include <unistd.h>

#define WRITER_TIMEOUT 10000 /* ms that a write waits for the reader's marks */

struct store *
worker_open_store(const struct context *context, bool create, int *lock, GError **error)
{
    *lock = -1;
    enum place_content content = place_look(context->store_file, error);
    if (content != PLACE_EMPTY && content != PLACE_STORE)
        return NULL;
    if (content == PLACE_EMPTY && !create) {
        g_set_error(error, STORE_ERROR, STORE_ERROR_UNKNOWN, _("there is no store '%s' yet"),
                    context->store_file);
        return NULL;
    }
    *lock = lock_take(context->store_file, error);
    struct store *store =
        *lock < 0 ? NULL : store_open(context->store_file, STORE_WRITE, WRITER_TIMEOUT, error);
    if (!store && *lock >= 0)
        close(*lock);
    return store;
}

int
worker_status_of(const GError *error)
{
    if (g_error_matches(error, STORE_ERROR, STORE_ERROR_LOCKED))
        return STATUS_BUSY;
    return error->domain == CONFIG_ERROR || g_error_matches(error, STORE_ERROR, STORE_ERROR_UNKNOWN)
               ? STATUS_USAGE
               : STATUS_STORE;
}
