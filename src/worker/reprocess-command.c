/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `crier reprocess QUERY [--charset=C]`. */
#include "config.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/message.h"
#include "base/status.h"
#include "config/command.h"
#include "fetch/http.h"
#include "fetch/reprocess.h"
#include "fetch/roles.h"
#include "store/listing.h"
#include "store/marks.h"
#include "store/search.h"
#include "text/charset.h"
#include "worker/commands.h"

#include <unistd.h>

static int
run(struct context *context, const struct query *query, const char *charset, GError **error)
{
    AUTO(urls_free) struct urls *urls = urls_load(context->config_dir, error);
    if (!urls)
        return STATUS_USAGE;
    worker_enclose(context, ENCLOSE_CONFIG | ENCLOSE_STORE, NULL, NULL);
    context_load_profiles(context);
    int lock;
    AUTO(store_close) struct store *store = worker_open_store(context, false, &lock, error);
    if (!store)
        return worker_status_of(*error);
    struct listing listing = {.query = query};
    g_autoptr(GPtrArray) rows = listing_rows(store, &listing, 0, -1, error);
    struct reprocess_result result;
    int status = STATUS_STORE;
    if (rows && !rows->len) {
        message_error(_("nothing matched"));
        status = STATUS_NOTHING;
    } else if (rows && reprocess_articles(context, roles_starter(), store, urls, rows, charset,
                                          clock_now(), &result, error)) {
        /* what is not indexed is found by reading; the error is told */
        search_index_rest(store, NULL, NULL, error);
        print_textf(stdout, _("read again: %u, changed: %u, without stored bytes: %u\n"),
                    result.again, result.changed, result.missing);
        status = *error ? STATUS_STORE : result.again ? STATUS_OK : STATUS_SOME;
    } else if (*error) {
        status = worker_status_of(*error);
    }
    close(lock);
    return status;
}

int
worker_reprocess(struct context *context, int argc, char **argv)
{
    AUTO(options_reprocess_clear) struct options_reprocess options = {0};
    int status;
    if (!command_parse(context, COMMAND_REPROCESS, &options, &argc, &argv, &status))
        return status;
    if (argc < 2) {
        message_error(_("a query is needed: crier reprocess source:NAME"));
        return STATUS_USAGE;
    }
    if (options.charset && !charset_for_label(options.charset)) {
        message_error(_("no charset is called '%s'"), options.charset);
        return STATUS_USAGE;
    }
    g_autoptr(GError) error = NULL;
    g_autofree char *text = query_from_arguments(argc, argv);
    AUTO(query_free) struct query *query =
        query_is_needed(text, &error) ? query_parse(text, clock_now(), &error) : NULL;
    if (query && context_load(context, &error))
        status = run(context, query, options.charset, &error);
    else
        status = STATUS_USAGE;
    if (error)
        message_error("%s", error->message);
    return status;
}
