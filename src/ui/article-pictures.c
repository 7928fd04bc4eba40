/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asking for pictures, and what comes of it. */
#include "config.h"

#include "ui/article-pictures.h"
#include "base/i18n.h"
#include "base/status.h"
#include "base/url.h"
#include "store/pictures.h"
#include "ui/article-view.h"
#include "ui/jobs.h"

#include <jansson.h>

#define LEAST_ROWS 4 /* however low the terminal is */

static void
free_drawn(gpointer drawn)
{
    drawn_free(drawn);
}

void
article_pictures_clear(struct article_pictures *p)
{
    g_clear_pointer(&p->drawn, g_hash_table_unref);
    *p = (struct article_pictures){0};
}

static bool
are_on(const struct app *app)
{
#ifdef WITH_PICTURES
    bool on = app->state->pictures == STATE_UNKNOWN
                  ? app->session->context->settings->values.ui_pictures
                  : app->state->pictures > 0;
    return on && !app->plain;
#else
    (void)app;
    return false;
#endif
}

GHashTable *
article_pictures_shown(const struct article_view *v, const struct app *app)
{
    return are_on(app) && v->pictures.article == v->text.row->id ? v->pictures.drawn : NULL;
}

/* How many of the pictures of an article stand in the store in that way; kept: enum picture_kept. */
static guint
count(const struct article_view *v, const struct app *app, enum picture_kept kept)
{
    guint found = 0;
    for (guint i = 0; i < v->text.document->blocks->len; i++) {
        const struct block *block = g_ptr_array_index(v->text.document->blocks, i);
        found += block->type == BLOCK_PICTURE && block->url && url_is_web(block->url) &&
                 pictures_find(app->session->store, v->text.row->id, block->url) == kept;
    }
    return found;
}

static struct drawn_request
request_of(const struct article_view *v, const struct app *app, int width)
{
    return (struct drawn_request){
        .columns = (guint)CLAMP(width, 1, DRAWN_MAX_COLUMNS),
        .rows = (guint)CLAMP(v->base.area.height * 2 / 3, LEAST_ROWS, DRAWN_MAX_ROWS),
        .colors = app->colors >= 1 << 24 ? DRAWN_RGB
                  : app->colors >= 256   ? DRAWN_256
                  : app->colors >= 16    ? DRAWN_16
                                         : DRAWN_MONOCHROME,
        .symbols = app->ascii || app->wide ? DRAWN_ASCII : DRAWN_BLOCKS};
}

static bool
same_request(const struct drawn_request *a, const struct drawn_request *b)
{
    return a->columns == b->columns && a->rows == b->rows && a->colors == b->colors &&
           a->symbols == b->symbols;
}

/* --- the worker ---------------------------------------------------------------------------- */

struct asking {
    struct view *view;
    int64_t article;
    bool fetches; /* somebody waits for them */
};

/* The view that asked, if it still shows that article. */
static struct article_view *
asker(const struct app *app, const struct asking *asking)
{
    struct article_view *v = (struct article_view *)asking->view;
    return app_has_view(app, asking->view) && v->pictures.article == asking->article ? v : NULL;
}

static struct drawn *
read_cells(const char *text, const struct drawn_request *request)
{
    gsize length;
    g_autofree guchar *bytes = text ? g_base64_decode(text, &length) : NULL;
    if (!bytes)
        return NULL;
    struct wire_input in = wire_input(bytes, length);
    return drawn_get(&in, request);
}

static void
on_line(struct app *app, const char *line, gpointer data)
{
    struct article_view *v = asker(app, data);
    json_t *o = v ? json_loads(line, 0, NULL) : NULL;
    const char *url = json_string_value(json_object_get(o, "url"));
    if (url) {
        struct drawn *drawn =
            read_cells(json_string_value(json_object_get(o, "cells")), &v->pictures.request);
        if (drawn)
            g_hash_table_replace(v->pictures.drawn, g_strdup(url), drawn);
        v->pictures.failed += !drawn;
        v->base.due |= VIEW_LAYOUT;
    }
    json_decref(o);
}

static void
on_end(struct app *app, const struct job_end *end, gpointer data)
{
    const struct asking *asking = data;
    const struct article_view *v = asker(app, asking);
    if (end->status != STATUS_OK && !end->stopped)
        app_show_error(app, "%s",
                       *end->words ? end->words : _("the worker failed and did not say why"));
    else if (v && asking->fetches && v->pictures.failed)
        app_say(app,
                ngettext("%u picture cannot be shown", "%u pictures cannot be shown",
                         v->pictures.failed),
                v->pictures.failed);
    else if (v && asking->fetches)
        app_say(app, _("P hides the pictures again"));
}

static void
start(struct article_view *v, struct app *app, bool fetches)
{
    const struct drawn_request *r = &v->pictures.request;
    guint numbers[] = {r->columns, r->rows, r->colors, r->symbols};
    char *words[G_N_ELEMENTS(numbers)];
    g_autofree char *article = g_strdup_printf("%" G_GINT64_FORMAT, v->pictures.article);
    for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++)
        words[i] = g_strdup_printf("%u", numbers[i]);
    const char *const arguments[] = {
        "pictures", article, words[0], words[1], words[2], words[3], fetches ? "fetch" : NULL,
        NULL};
    struct asking *asking = g_new(struct asking, 1);
    *asking = (struct asking){&v->base, v->pictures.article, fetches};
    v->pictures.failed = 0;
    job_abandon(&app->jobs[JOB_PICTURES]); /* what is read now is what is meant */
    jobs_start(
        app, JOB_PICTURES, arguments,
        &(struct job){.on_line = on_line, .on_end = on_end, .data = asking, .free_data = g_free});
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        g_free(words[i]);
}

static void
begin(struct article_view *v, int width, const struct app *app)
{
    if (v->pictures.article != v->text.row->id)
        article_pictures_clear(&v->pictures);
    if (!v->pictures.drawn)
        v->pictures.drawn = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_drawn);
    v->pictures.article = v->text.row->id;
    v->pictures.request = request_of(v, app, width);
}

void
article_pictures_update(struct article_view *v, struct app *app, int width)
{
    struct drawn_request wanted = request_of(v, app, width);
    if (!are_on(app) ||
        (v->pictures.article == v->text.row->id && same_request(&wanted, &v->pictures.request)))
        return;
    bool fetches = app->session->context->settings->values.fetch_pictures ==
                       FETCH_PICTURES_OPENED &&
                   count(v, app, PICTURE_UNKNOWN);
    begin(v, width, app);
    if (fetches || count(v, app, PICTURE_KEPT))
        start(v, app, fetches);
}

/* --- the key ------------------------------------------------------------------------------- */

void
article_pictures_toggle(struct article_view *v, struct app *app)
{
#ifndef WITH_PICTURES
    (void)v;
    app_say(app, _("this crier was built without pictures"));
#else
    guint unknown = count(v, app, PICTURE_UNKNOWN), failed = count(v, app, PICTURE_FAILED),
          all = unknown + failed + count(v, app, PICTURE_KEPT);
    v->base.due |= VIEW_LAYOUT;
    if (app->plain) {
        app_say(app, _("pictures are not shown in this mode"));
    } else if (!all) {
        app_say(app, _("there are no pictures in this article"));
    } else if (are_on(app) && !unknown) {
        app->state->pictures = 0;
        app_say(app, _("pictures are hidden; P shows them again"));
    } else {
        app->state->pictures = 1;
        begin(v, v->text.width, app);
        if (unknown + failed)
            app_say(app,
                    ngettext("fetching %u picture...", "fetching %u pictures...", unknown + failed),
                    unknown + failed);
        start(v, app, unknown + failed > 0);
    }
#endif
}
