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

#define LEAST_ROWS  4           /* however low the terminal is */
#define MOST_PIXELS (32u << 20) /* of all views; what comes then is shown in cells */

static void
free_drawn(gpointer drawn)
{
    drawn_free(drawn);
}

void
article_pictures_clear(struct article_pictures *p)
{
    g_clear_pointer(&p->drawn, g_hash_table_unref);
    g_free(p->why);
    *p = (struct article_pictures){0};
}

static bool
are_on(const struct app *app)
{
#ifdef WITH_PICTURES
    bool on = app->state->pictures == STATE_UNKNOWN
                  ? app->session->context->settings->values.ui_pictures != UI_PICTURES_NO
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

/* Of the pictures of an article, those that are kept, and those that are neither kept nor shown. */
struct counts {
    guint kept, unknown, failed;
};

static bool
is_drawn(const struct article_view *v, const char *url)
{
    const struct drawn *drawn = v->pictures.article == v->text.row->id && v->pictures.drawn
                                    ? g_hash_table_lookup(v->pictures.drawn, url)
                                    : NULL;
    return drawn && drawn->columns <= v->pictures.request.columns;
}

static struct counts
count(const struct article_view *v, const struct app *app)
{
    struct counts counts = {0};
    g_autoptr(GPtrArray) addresses = drawn_addresses(v->text.document);
    for (guint i = 0; i < addresses->len; i++) {
        const char *url = g_ptr_array_index(addresses, i);
        enum picture_kept kept = pictures_find(app->session->store, v->text.row->id, url);
        counts.kept += kept == PICTURE_KEPT;
        /* what could not be kept is there nevertheless */
        counts.unknown += kept == PICTURE_UNKNOWN && !is_drawn(v, url);
        counts.failed += kept == PICTURE_FAILED && !is_drawn(v, url);
    }
    return counts;
}

/* A number that is another one when the text names other pictures. */
static guint
hash_addresses(const struct document *document)
{
    guint hash = 0;
    for (guint i = 0; i < document->blocks->len; i++) {
        const struct block *block = g_ptr_array_index(document->blocks, i);
        if (block->type == BLOCK_PICTURE && block->url)
            hash = hash * 31 + g_str_hash(block->url);
    }
    return hash;
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
        .symbols = app->ascii || app->wide ? DRAWN_ASCII : DRAWN_BLOCKS,
        .ground = app->light ? DRAWN_LIGHT : DRAWN_DARK,
        .cell_width = app->graphics.cell_width,
        .cell_height = app->graphics.cell_height,
        .palette = app->graphics.colors};
}

static bool
same_request(const struct drawn_request *a, const struct drawn_request *b)
{
    return a->columns == b->columns && a->rows == b->rows && a->colors == b->colors &&
           a->symbols == b->symbols && a->ground == b->ground && a->cell_width == b->cell_width &&
           a->cell_height == b->cell_height && a->palette == b->palette;
}

/* --- the worker ---------------------------------------------------------------------------- */

struct asking {
    struct view *view;
    int64_t article;
    struct drawn_request request;
    bool fetches; /* somebody waits for them */
};

/* The view that asked, if it still shows that article; perhaps in another size by now. */
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

static char *
why_not(const json_t *said)
{
    AUTO(problem_free) struct problem *problem = problem_from_json(said);
    return problem ? problem_words(problem) : g_strdup(_("what came cannot be drawn"));
}

static void
on_line(struct app *app, const char *line, gpointer data)
{
    const struct asking *asking = data;
    struct article_view *v = asker(app, asking);
    /* what is of another size will be drawn anew */
    bool wanted = v && same_request(&asking->request, &v->pictures.request);
    json_t *o = wanted ? json_loads(line, 0, NULL) : NULL;
    const char *url = json_string_value(json_object_get(o, "url"));
    if (url) {
        struct drawn *drawn =
            read_cells(json_string_value(json_object_get(o, "cells")), &asking->request);
        if (drawn && raster_live() > MOST_PIXELS)
            g_clear_pointer(&drawn->raster, raster_unref);
        if (drawn)
            g_hash_table_replace(v->pictures.drawn, g_strdup(url), drawn);
        if (!drawn && !v->pictures.failed++)
            v->pictures.why = why_not(json_object_get(o, "error"));
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
        app_show_error(app,
                       ngettext("%u picture cannot be shown: %s", "%u pictures cannot be shown: %s",
                                v->pictures.failed),
                       v->pictures.failed, v->pictures.why ? v->pictures.why : "");
    else if (v && asking->fetches && are_on(app) && app_top(app) == &v->base)
        app_say(app, _("{pictures} hides the pictures again"));
}

/* What is being asked, or NULL. */
static const struct asking *
asked(const struct app *app)
{
    const struct job *job = &app->jobs[JOB_PICTURES];
    return job_runs(job) ? job->data : NULL;
}

/* Whether pictures of the article are being fetched. */
static bool
is_fetching(const struct article_view *v, const struct app *app)
{
    const struct asking *asking = asked(app);
    return asking && asking->fetches && asking->article == v->text.row->id;
}

/* What is asked now takes the place of what was; another view begins anew when one is back. */
static void
take_place(const struct article_view *v, struct app *app)
{
    const struct asking *asking = asked(app);
    struct article_view *other = asking ? asker(app, asking) : NULL;
    if (other && other != v) {
        other->pictures.request = (struct drawn_request){0};
        other->pictures.interrupted = asking->fetches;
    }
    job_abandon(&app->jobs[JOB_PICTURES]);
}

static void
start(struct article_view *v, struct app *app, bool fetches)
{
    const struct drawn_request *r = &v->pictures.request;
    guint numbers[] = {r->columns, r->rows,       r->colors,      r->symbols,
                       r->ground,  r->cell_width, r->cell_height, r->palette};
    char *words[G_N_ELEMENTS(numbers)];
    g_autofree char *article = g_strdup_printf("%" G_GINT64_FORMAT, v->pictures.article);
    for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++)
        words[i] = g_strdup_printf("%u", numbers[i]);
    const char *arguments[G_N_ELEMENTS(numbers) + 4] = {"pictures", article};
    for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++)
        arguments[i + 2] = words[i];
    arguments[G_N_ELEMENTS(numbers) + 2] = fetches ? "fetch" : NULL;
    struct asking *asking = g_new(struct asking, 1);
    *asking = (struct asking){&v->base, v->pictures.article, *r, fetches};
    v->pictures.failed = 0;
    g_clear_pointer(&v->pictures.why, g_free);
    v->pictures.fetched |= fetches;
    v->pictures.interrupted = false;
    take_place(v, app);
    jobs_start(
        app, JOB_PICTURES, arguments,
        &(struct job){.on_line = on_line, .on_end = on_end, .data = asking, .free_data = g_free});
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        g_free(words[i]);
}

/* What is drawn anew has pixels when it comes; until then its cells are shown. */
static void
drop_pixels(const struct article_pictures *p)
{
    GHashTableIter iter;
    gpointer drawn;
    g_hash_table_iter_init(&iter, p->drawn);
    while (g_hash_table_iter_next(&iter, NULL, &drawn))
        g_clear_pointer(&((struct drawn *)drawn)->raster, raster_unref);
}

static void
begin(struct article_view *v, int width, const struct app *app)
{
    guint addresses = hash_addresses(v->text.document);
    struct drawn_request request = request_of(v, app, width);
    if (v->pictures.article != v->text.row->id)
        article_pictures_clear(&v->pictures);
    if (!v->pictures.drawn)
        v->pictures.drawn = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_drawn);
    if (v->pictures.addresses != addresses)
        v->pictures.fetched = false;
    v->pictures.article = v->text.row->id;
    v->pictures.addresses = addresses;
    if (!same_request(&request, &v->pictures.request))
        drop_pixels(&v->pictures);
    v->pictures.request = request;
}

void
article_pictures_update(struct article_view *v, struct app *app, int width)
{
    struct drawn_request wanted = request_of(v, app, width);
    if (!are_on(app) || (v->pictures.article == v->text.row->id &&
                         v->pictures.addresses == hash_addresses(v->text.document) &&
                         same_request(&wanted, &v->pictures.request)))
        return;
    begin(v, width, app);
    struct counts counts = count(v, app);
    if (counts.kept + counts.unknown)
        app->due |= APP_ASK;
    /* once: in a store that keeps nothing they would be asked for with each new size */
    bool opened = app->session->context->settings->values.fetch_pictures == FETCH_PICTURES_OPENED &&
                  !v->pictures.fetched && counts.unknown,
         fetches = opened || v->pictures.interrupted || is_fetching(v, app);
    if (fetches || counts.kept)
        start(v, app, fetches);
}

bool
article_pictures_wait(const struct article_view *v, const struct app *app)
{
#ifdef WITH_PICTURES
    const struct document *document = v->text.document;
    for (guint i = 0; document && !are_on(app) && i < document->blocks->len; i++) {
        const struct block *block = g_ptr_array_index(document->blocks, i);
        if (block->type == BLOCK_PICTURE && block->url && url_is_web(block->url))
            return true;
    }
#else
    (void)v;
    (void)app;
#endif
    return false;
}

/* --- the key ------------------------------------------------------------------------------- */

void
article_pictures_toggle(struct article_view *v, struct app *app)
{
#ifndef WITH_PICTURES
    (void)v;
    app_say(app, _("this crier was built without pictures"));
#else
    struct counts counts = count(v, app);
    guint missing = counts.unknown + counts.failed;
    bool busy = missing && is_fetching(v, app),
         fetched = v->pictures.article == v->text.row->id && v->pictures.fetched;
    g_autoptr(GPtrArray) all = drawn_addresses(v->text.document);
    v->base.due |= VIEW_LAYOUT;
    if (!all->len) {
        app_say(app, _("there are no pictures in this article"));
    } else if (are_on(app) && !busy && (fetched || !counts.unknown)) {
        app->state->pictures = 0;
        app_say(app, _("pictures are hidden; {pictures} shows them again"));
    } else {
        const struct asking *asking = asked(app);
        app->state->pictures = 1;
        app->due |= APP_ASK;
        begin(v, v->text.width, app);
        if (missing)
            app_say(app, ngettext("fetching %u picture...", "fetching %u pictures...", missing),
                    missing);
        if (!busy || asker(app, asking) != v ||
            !same_request(&asking->request, &v->pictures.request))
            start(v, app, missing > 0);
    }
#endif
}
