/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `crier-worker article SOURCE URL [TITLE]`: fetches one page, stores it as an article of the
 * source, which is called so if the page does not say how, and prints
 * {"article": NUMBER, "changed": WHETHER ITS TEXT IS ANOTHER ONE}.
 * `crier-worker download URL FILE`: fetches a file, which must not be there yet, and prints
 * {"file", "bytes"}.  For the reader.
 */
#include "config.h"

#include "base/clean.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/message.h"
#include "base/status.h"
#include "base/url.h"
#include "fetch/roles.h"
#include "fetch/single.h"
#include "store/articles.h"
#include "store/search.h"
#include "store/withdrawals.h"
#include "worker/commands.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <string.h>
#include <unistd.h>

/*
 * One page says nothing of the others, and so not that its article was withdrawn
 * (fetch/presence.h): that it is not there is a doubt, which the next fetch follows.
 */
static void
note_absence(struct store *store, const struct source *source, const char *url)
{
    const struct problem *why = worker_why();
    if (!why || (why->code != PROBLEM_NOT_FOUND && why->code != PROBLEM_GONE))
        return;
    const struct withdrawal_sign sign = {
        .kind = WITHDRAWAL_STATUS, .place = (char *)url, .status = (int)why->number};
    int64_t id = articles_by_link(store, source->id, url);
    if (id && articles_has_page(store, id))
        withdrawals_take_sign(store, id, &sign, WITHDRAWAL_NEVER, clock_now(), NULL);
}

static int
fetch_article(struct context *context, const char *name, const struct single_page *page,
              GError **error)
{
    const char *url = page->link;
    AUTO(urls_free) struct urls *urls = urls_load(context->config_dir, error);
    if (!urls)
        return STATUS_USAGE;
    context_load_profiles(context);
    AUTO(store_close) struct store *store =
        store_open(context->store_file, STORE_READ, 5000, error);
    if (!store)
        return worker_status_of(*error);
    AUTO(source_free) struct source *source = sources_find(store, name, error);
    if (!source)
        return STATUS_USAGE;
    AUTO(response_free) struct response *r =
        worker_ask_for(context, urls_find(urls, source->url), single_request(urls, source, url));
    if (!r) {
        note_absence(store, source, url);
        return worker_request_status();
    }
    bool changed;
    int64_t id = single_store(context, roles_starter(), store, urls, source, r, page, clock_now(),
                              &changed, error);
    if (!id)
        return STATUS_SOME;
    /* where others leave it no turn it waits for the next fetch, and sets no dates until then */
    search_index_article(store, id, NULL);
    print_rawf("{\"article\": %" G_GINT64_FORMAT ", \"changed\": %s}\n", id,
               changed ? "true" : "false");
    return STATUS_OK;
}

int
worker_article(struct context *context, int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    if (argc < 3 || !url_is_web(argv[2])) {
        message_error(_("'%s' is not an http or https URL"), argc < 3 ? "" : argv[2]);
        return STATUS_USAGE;
    }
    worker_enclose(context, ENCLOSE_CONFIG | ENCLOSE_STORE, NULL, NULL);
    g_autofree char *title = argc > 3 ? text_squeeze(argv[3], -1) : NULL;
    const struct single_page page = {argv[2], title && *title ? title : NULL};
    int status = context_load(context, &error) ? fetch_article(context, argv[1], &page, &error)
                                               : STATUS_USAGE;
    if (error)
        message_error("%s", error->message);
    return status;
}

/*
 * Writes to a file that is not there yet; false, reported, when that fails: then nothing is left
 * behind.
 */
static bool
write_new(const char *path, const GByteArray *bytes)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    int failure = fd < 0 || !file_write_all(fd, bytes->data, bytes->len) ? errno : 0;
    if (fd >= 0 && close(fd) < 0 && !failure)
        failure = errno;
    if (!failure)
        return true;
    if (fd >= 0)
        unlink(path);
    message_error(_("cannot write '%s': %s"), path, g_strerror(failure));
    return false;
}

int
worker_download(struct context *context, int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    if (argc < 3 || !url_is_web(argv[1])) {
        message_error(_("'%s' is not an http or https URL"), argc < 2 ? "" : argv[1]);
        return STATUS_USAGE;
    }
    if (!context_load(context, &error)) {
        message_error("%s", error->message);
        return STATUS_USAGE;
    }
    g_autofree char *folder = g_path_get_dirname(argv[2]);
    worker_enclose(context, ENCLOSE_CONFIG, NULL, (const char *const[]){folder, NULL});
    AUTO(response_free) struct response *r = worker_get(context, argv[1]);
    if (!r)
        return worker_request_status();
    if (!write_new(argv[2], r->body))
        return STATUS_SOME;
    json_t *o = json_pack("{s:s, s:I}", "file", argv[2], "bytes", (json_int_t)r->body->len);
    char *text = o ? json_dumps(o, JSON_COMPACT) : NULL;
    print_rawf("%s\n", text ? text : "{}"); /* a name that is not UTF-8 cannot be in JSON */
    free(text);
    json_decref(o);
    return STATUS_OK;
}
