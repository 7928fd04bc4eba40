/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `newsboat-cache FILE`, for `crier import`: what was read and flagged in newsboat, as lines of
 * config/mark-line.h.  It is read into memory, and looked at behind the fence of foreign bytes.
 */
#include "config.h"

#include "base/i18n.h"
#include "base/message.h"
#include "base/status.h"
#include "config/mark-line.h"
#include "store/newsboat-cache.h"
#include "worker/commands.h"

static void
print_item(const struct newsboat_item *item, gpointer data)
{
    (void)data;
    char *none[] = {NULL};
    const struct mark_line line = {.source = (char *)item->feed,
                                   .id = (char *)item->guid,
                                   .link = (char *)item->link,
                                   .title = (char *)item->title,
                                   .read = item->read,
                                   .starred = item->flagged,
                                   .tags = none};
    g_autofree char *text = mark_line_to_json(&line);
    print_raw(text);
}

int
worker_newsboat_cache(struct context *context, int argc, char **argv)
{
    (void)context;
    gsize length;
    char *bytes = argc == 2 ? worker_read(argv[1], &length) : NULL;
    if (!bytes)
        return STATUS_USAGE;
    worker_fence_parse();
    g_autoptr(GError) error = NULL;
    if (newsboat_cache_read(bytes, length, print_item, NULL, &error))
        return STATUS_OK;
    message_error(_("'%s': %s"), argv[1], error->message);
    return STATUS_USAGE;
}
