/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `crier portal check` and `crier portal new URL`: the workbench for portal files. */
#include "config.h"

#include "base/i18n.h"
#include "base/message.h"
#include "base/status.h"
#include "config/command.h"
#include "config/typed.h"
#include "worker/commands.h"

int
worker_portal(struct context *context, int argc, char **argv)
{
    AUTO(options_portal_clear) struct options_portal options = {0};
    int status;
    g_autoptr(GError) error = NULL;
    if (!command_parse(context, COMMAND_PORTAL, &options, &argc, &argv, &status))
        return status;
    if (!context_load(context, &error)) {
        message_error("%s", error->message);
        return STATUS_USAGE;
    }
    if (argc == 2 && g_str_equal(argv[1], "check") && (options.all || options.sample > 0))
        return worker_portal_survey(context, &options);
    if (argc == 3 && g_str_equal(argv[1], "check"))
        return worker_portal_check(context, argv[2], options.offline);
    if (argc == 3 && g_str_equal(argv[1], "new")) {
        g_autoptr(GPtrArray) urls = typed_address(argv[2], &error);
        g_auto(GStrv) files = urls ? worker_files(urls) : NULL;
        worker_enclose(context, ENCLOSE_CONFIG, (const char *const *)files, NULL);
        if (urls)
            return worker_portal_new(context, urls);
        message_error("%s", error->message);
        return STATUS_USAGE;
    }
    message_error(_("'crier portal' takes list, show ID, check FILE, check --all or new URL"));
    return STATUS_USAGE;
}
