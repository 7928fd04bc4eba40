/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `crier-worker pictures ARTICLE COLUMNS ROWS COLORS SYMBOLS GROUND CELL-WIDTH CELL-HEIGHT PALETTE
 * [fetch]`: draws the pictures of an article in cells, and in pixels where the width and height of
 * a cell are not 0 (document/drawn.h), and prints a line {"url", "cells"} for each, or {"url",
 * "error"} for one that cannot be shown, where "error" may be absent.  With `fetch` those that are not kept are asked for, one after the
 * other, and kept.  For the reader.
 */
#include "config.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/message.h"
#include "base/number.h"
#include "base/status.h"
#include "config/urls.h"
#include "fetch/roles.h"
#include "parse/helper.h"
#include "store/articles.h"
#include "store/listing.h"
#include "store/pictures.h"
#include "store/sources.h"
#include "transfer/exchange.h"
#include "worker/commands.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WRITER_WAIT 10000 /* ms that a write waits for others */

struct drawing {
    struct context *context;
    struct store *store;
    const struct subscription *sub; /* of the article's source, or NULL */
    struct helper *helper;
    struct drawn_request request;
    int64_t article;
    gsize most; /* bytes that one may have */
    bool fetches;
};

static void
release(gpointer body)
{
    g_byte_array_unref(body);
}

/* What came of asking for one, which is kept if it is a picture; or NULL. */
static GBytes *
fetch(const struct drawing *d, const char *url, const struct problem **why)
{
    g_autoptr(GError) error = NULL;
    AUTO(response_free) struct response *r = worker_ask_unnamed(d->context, d->sub, url, d->most);
    GBytes *bytes = r && drawn_format(r->body->data, r->body->len) != DRAWN_NONE
                        ? g_bytes_new_with_free_func(r->body->data, r->body->len, release,
                                                     g_byte_array_ref(r->body))
                        : NULL;
    *why = r ? NULL : worker_why();
    if (!store_is_read_only(d->store) &&
        !pictures_put(d->store, d->article, url, bytes, clock_now(), &error))
        message_error("%s", error->message);
    return bytes;
}

static void
print(const char *url, const struct drawn *drawn, const struct problem *why)
{
    json_t *o = json_pack("{s:s}", "url", url);
    if (drawn) {
        g_autoptr(GByteArray) bytes = g_byte_array_new();
        drawn_put(bytes, drawn);
        g_autofree char *text = g_base64_encode(bytes->data, bytes->len);
        json_object_set_new(o, "cells", json_string(text));
    }
    if (why)
        json_object_set_new(o, "error", problem_json(why));
    char *text = json_dumps(o, JSON_COMPACT);
    print_rawf("%s\n", text ? text : "{}");
    fflush(stdout); /* each is shown as it comes */
    free(text);
    json_decref(o);
}

static void
draw(const struct drawing *d, const char *url)
{
    const struct problem *why = NULL;
    g_autoptr(GBytes) bytes = pictures_bytes(d->store, d->article, url);
    if (!bytes && d->fetches)
        bytes = fetch(d, url, &why);
    if (!bytes && !d->fetches)
        return;
    gsize length = 0;
    const void *data = bytes ? g_bytes_get_data(bytes, &length) : NULL;
    struct drawn *drawn = length ? helper_draw(d->helper, &d->request, data, length) : NULL;
    print(url, drawn, why);
    if (drawn)
        drawn_free(drawn);
}

/* After a few that end the process which draws, or take too long, the others are not tried. */
static void
draw_all(const struct drawing *d, const struct document *document)
{
    g_autoptr(GPtrArray) addresses = drawn_addresses(document);
    for (guint i = 0; i < addresses->len && helper_failures(d->helper) < HELPER_FAILURES; i++)
        draw(d, g_ptr_array_index(addresses, i));
}

static gsize
most_of(const struct drawing *d, const struct source *source)
{
    const struct settings_subject subject = {d->sub ? d->sub->url : source->url,
                                             d->sub ? d->sub->tags : NULL,
                                             d->sub ? subscription_address(d->sub) : NULL};
    return (gsize)settings_for(d->context->settings, &subject).fetch_attachment_size << 20;
}

static int
draw_article(struct drawing *d, GError **error)
{
    AUTO(urls_free) struct urls *urls = urls_load(d->context->config_dir, error);
    if (!urls)
        return STATUS_USAGE;
    AUTO(store_close) struct store *store =
        store_open(d->context->store_file, STORE_READ, WRITER_WAIT, error);
    if (!store)
        return worker_status_of(*error);
    AUTO(article_row_free) struct article_row *row = listing_article(store, d->article, error);
    AUTO(document_free) struct document *document =
        row ? articles_document(store, d->article, 0, error) : NULL;
    if (!document)
        return worker_status_of(*error);
    g_autofree char *name = g_strdup_printf("%" G_GINT64_FORMAT, row->source);
    AUTO(source_free) struct source *source = sources_find(store, name, error);
    if (!source)
        return STATUS_USAGE;
    AUTO(helper_free) struct helper *helper = helper_new(roles_starter(), ROLE_PICTURE, NULL);
    d->store = store;
    d->sub = urls_find(urls, source->url);
    d->most = most_of(d, source);
    d->helper = helper;
    draw_all(d, document);
    return STATUS_OK;
}

static bool
parse(int argc, char **argv, struct drawing *d)
{
    static const gint64 most[] = {G_MAXINT64,     DRAWN_MAX_COLUMNS, DRAWN_MAX_ROWS,
                                  DRAWN_RGB,      DRAWN_BLOCKS,      DRAWN_LIGHT,
                                  DRAWN_MAX_CELL, DRAWN_MAX_CELL,    RASTER_MAX_COLORS};
    gint64 numbers[G_N_ELEMENTS(most)];
    if (argc < 10)
        return false;
    for (guint i = 0; i < G_N_ELEMENTS(most); i++)
        if (!number_parse(argv[i + 1], i < 3, most[i], &numbers[i]))
            return false;
    d->article = numbers[0];
    d->request = (struct drawn_request){(guint)numbers[1],
                                        (guint)numbers[2],
                                        (enum drawn_colors)numbers[3],
                                        (enum drawn_symbols)numbers[4],
                                        (enum drawn_ground)numbers[5],
                                        (guint)numbers[6],
                                        (guint)numbers[7],
                                        (guint)numbers[8]};
    d->fetches = argc > 10 && g_str_equal(argv[10], "fetch");
    return true;
}

int
worker_pictures(struct context *context, int argc, char **argv)
{
    struct drawing d = {.context = context};
    g_autoptr(GError) error = NULL;
    if (!parse(argc, argv, &d)) {
        message_error(_("there is no article %ld"), 0L);
        return STATUS_USAGE;
    }
    worker_enclose(context, ENCLOSE_CONFIG | ENCLOSE_STORE, NULL, NULL);
    int status = context_load(context, &error) ? draw_article(&d, &error) : STATUS_USAGE;
    if (error)
        message_error("%s", error->message);
    return status;
}
