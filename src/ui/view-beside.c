/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Two editions of an article, paragraph by paragraph: beside each other where the terminal is wide,
 * else each paragraph above its translation.
 */
#include "config.h"

#include "base/i18n.h"
#include "document/layout.h"
#include "document/parallel.h"
#include "reader/counterpart.h"
#include "reader/heading.h"
#include "store/articles.h"
#include "store/edition-groups.h"
#include "text/language.h"
#include "ui/columns.h"
#include "ui/find.h"
#include "ui/spoken.h"
#include "ui/views.h"

#include <string.h>

#define BESIDE 100 /* cells from which two columns are wide enough to be read */

struct beside_view {
    struct view base;
    struct article_row *rows[2];   /* owned */
    struct document *documents[2]; /* owned */
    GArray *pairs;                 /* owned, of struct parallel_pair */
    struct columns columns;        /* laid out for `laid_out` cells; 0: not yet */
    int laid_out;
};

/* --- which two ---------------------------------------------------------------------------- */

static void
free_row(gpointer row)
{
    article_row_free(row);
}

/*
 * The editions of an article in other languages, in the order in which its languages stand
 * everywhere; owned.
 */
static GPtrArray *
others_of(struct app *app, const struct article_row *row)
{
    GPtrArray *rows = g_ptr_array_new_with_free_func(free_row);
    g_autoptr(GArray) others = edition_groups_others(app->session->store, row->id);
    g_auto(GStrv) languages = counterpart_languages(row, app_sources(app));
    for (char **language = languages; *language; language++)
        for (guint i = 0; i < others->len; i++) {
            AUTO(article_row_free) struct article_row *other =
                listing_article(app->session->store, g_array_index(others, int64_t, i), NULL);
            if (other && !other->deleted && !g_strcmp0(other->language, *language))
                g_ptr_array_add(rows, g_steal_pointer(&other));
        }
    return rows;
}

/* The one whose language is wanted most. */
static guint
most_wanted(const struct app *app, const GPtrArray *rows)
{
    guint best = 0;
    int least = G_MAXINT;
    for (guint i = 0; i < rows->len; i++) {
        const struct article_row *row = g_ptr_array_index(rows, i);
        int rank = language_rank(row->language, app->languages);
        if (rank < least) {
            best = i;
            least = rank;
        }
    }
    return best;
}

/* Takes an article to one side. */
static bool
take(struct beside_view *v, struct app *app, int side, int64_t article, GError **error)
{
    struct article_row *row = listing_article(app->session->store, article, error);
    struct document *document = row ? articles_document(app->session->store, article, 0, error)
                                    : NULL;
    if (!document) {
        g_clear_pointer(&row, article_row_free);
        return false;
    }
    g_clear_pointer(&v->rows[side], article_row_free);
    g_clear_pointer(&v->documents[side], document_free);
    v->rows[side] = row;
    v->documents[side] = document;
    return true;
}

static void
forget_lines(struct beside_view *v)
{
    if (v->laid_out)
        columns_clear(&v->columns);
    v->laid_out = 0;
}

/*
 * Puts the edition behind the one that is shown on the other side, the first behind the last; at
 * first the one that is wanted most.
 */
static bool
take_other(struct beside_view *v, struct app *app, GError **error)
{
    g_autoptr(GPtrArray) others = others_of(app, v->rows[0]);
    guint next = v->rows[1] ? 0 : most_wanted(app, others);
    for (guint i = 0; v->rows[1] && i < others->len; i++)
        if (((const struct article_row *)g_ptr_array_index(others, i))->id == v->rows[1]->id)
            next = i + 1;
    if (!others->len) {
        g_set_error_literal(error, STORE_ERROR, STORE_ERROR_UNKNOWN,
                            _("there is no text of this article in another language here"));
        return false;
    }
    const struct article_row *other = g_ptr_array_index(others, next % others->len);
    if (!take(v, app, 1, other->id, error))
        return false;
    g_clear_pointer(&v->pairs, g_array_unref);
    v->pairs = parallel_align(v->documents[0], v->documents[1]);
    forget_lines(v);
    return true;
}

/* --- laying out --------------------------------------------------------------------------- */

static void
add_wrapped(struct layout *to, const char *text, int width, guint style)
{
    struct rich_text rich;
    rich_init(&rich);
    rich_append(&rich, text, -1, 0, 0);
    layout_wrap(to, &rich, "", "", width, style, 0);
    rich_clear(&rich);
}

/* Some blocks of a document; owned. */
static struct layout *
lay_out_part(const struct document *document, guint from, guint count,
             const struct layout_options *options)
{
    struct document part = *document;
    part.blocks = g_ptr_array_sized_new(count);
    for (guint i = from; i < from + count; i++)
        g_ptr_array_add(part.blocks, g_ptr_array_index(document->blocks, i));
    struct layout *layout = layout_new(&part, options);
    g_ptr_array_unref(part.blocks);
    return layout;
}

/* Lays out some blocks of a document behind what is there; marked: with a line beside them. */
static void
add_blocks(struct columns *c, int side, const struct document *document, guint from, guint count,
           bool marked, bool ascii)
{
    const char *mark = !marked ? "" : ascii ? "| " : "│ ";
    struct layout_options options = {
        .width = c->width - (marked ? 2 : 0), .ascii = ascii, .links = LAYOUT_LINKS_NONE};
    AUTO(layout_free)
    struct layout *layout = lay_out_part(document, from, count, &options);
    for (guint i = 0; i < layout->lines->len; i++) {
        const struct layout_line *line = g_ptr_array_index(layout->lines, i);
        g_autofree char *text = g_strconcat(mark, line->text, NULL);
        struct layout_line *own = layout_add(c->sides[side], text, 0, 0);
        g_array_set_size(own->runs, 0);
        for (guint k = 0; k < line->runs->len; k++) {
            struct layout_run run = g_array_index(line->runs, struct layout_run, k);
            run.start += (guint)strlen(mark);
            g_array_append_val(own->runs, run);
        }
    }
}

/* Items of a list stand close; all else has a line between. */
static bool
stands_close(const struct beside_view *v, const struct parallel_pair *before,
             const struct parallel_pair *pair)
{
    for (int side = 0; side < 2; side++) {
        if (!before->count[side] || !pair->count[side])
            return false;
        guint last = before->from[side] + before->count[side] - 1;
        const struct block *a = g_ptr_array_index(v->documents[side]->blocks, last),
                           *b = g_ptr_array_index(v->documents[side]->blocks, pair->from[side]);
        if (a->type != BLOCK_ITEM || b->type != BLOCK_ITEM)
            return false;
    }
    return true;
}

/* What stands above an edition. */
static void
add_head(struct beside_view *v, int side, struct layout *to, const char *separator)
{
    const struct article_row *row = v->rows[side];
    g_autofree char *facts = heading_facts(row, separator);
    add_wrapped(to, heading_language(row->language), v->columns.width, LAYOUT_DIM);
    add_wrapped(to, heading_title(row), v->columns.width, LAYOUT_HEADING);
    if (*facts)
        add_wrapped(to, facts, v->columns.width, LAYOUT_DIM);
}

static void
add_text(struct beside_view *v, bool beside, bool ascii)
{
    const struct parallel_pair *before = NULL;
    for (int side = 0; side < 2; side++) {
        if (side && !beside)
            columns_blank(&v->columns);
        add_head(v, side, v->columns.sides[beside ? side : 0], ascii ? " - " : " · ");
    }
    columns_level(&v->columns);
    for (guint i = 0; i < v->pairs->len; i++) {
        const struct parallel_pair *pair = &g_array_index(v->pairs, struct parallel_pair, i);
        if (!before || !beside || !stands_close(v, before, pair))
            columns_blank(&v->columns);
        for (int side = 0; side < 2; side++)
            add_blocks(&v->columns, beside ? side : 0, v->documents[side], pair->from[side],
                       pair->count[side], !beside && side, ascii);
        columns_level(&v->columns);
        before = pair;
    }
}

static void
lay_out(struct view *view, struct app *app)
{
    struct beside_view *v = (struct beside_view *)view;
    if (v->laid_out != view->area.width || view->due & VIEW_LAYOUT) {
        bool beside = view->area.width >= BESIDE;
        int left, width = columns_measure(app, &view->area, beside, &left);
        forget_lines(v);
        columns_init(&v->columns, width, beside);
        add_text(v, beside, app->ascii);
        v->laid_out = view->area.width;
        view->due &= ~(unsigned)VIEW_LAYOUT;
        find_laid_out(view, -1);
    }
    view->scroll.count = columns_count(&v->columns);
    scroller_fit(&view->scroll, view->area.height);
}

static void
draw(const struct view *view, const struct app *app, struct grid *grid, bool focused)
{
    const struct beside_view *v = (const struct beside_view *)view;
    int left;
    columns_measure(app, &view->area, v->columns.sides[1] != NULL, &left);
    (void)focused;
    grid->cursor_x = left;
    grid->cursor_y = view->area.y;
    for (int i = 0; i < scroller_shown(&view->scroll); i++)
        columns_draw(&v->columns, app, grid, left, view->area.y + i, view->scroll.top + i, view);
}

/* --- acting ------------------------------------------------------------------------------- */

static unsigned
act(struct view *view, struct app *app, enum action action, int count)
{
    g_autoptr(GError) error = NULL;
    (void)count;
    if (action != ACTION_EDITION)
        return 0;
    if (!take_other((struct beside_view *)view, app, &error))
        app_show_error(app, "%s", error->message);
    return VIEW_DONE | VIEW_LAYOUT;
}

static const char *
text_at(const void *data, int64_t place)
{
    return columns_text(&((const struct beside_view *)data)->columns, 0, place);
}

static int64_t
find(struct view *view, int64_t from, int direction, bool here)
{
    if (!((const struct beside_view *)view)->laid_out)
        return -1;
    return scroller_find(&view->scroll, from, direction, here, view->find, text_at, view);
}

static void
describe(const struct view *view, const struct app *app, struct view_info *info)
{
    const struct beside_view *v = (const struct beside_view *)view;
    (void)app;
    info->title = g_strdup_printf(_("%s – %s: %s"), heading_language(v->rows[0]->language),
                                  heading_language(v->rows[1]->language),
                                  heading_title(v->rows[0]));
    info->position = v->laid_out ? scroller_percent(&view->scroll) : NULL;
    info->portal = v->rows[0]->portal;
    info->edition = v->rows[0]->edition;
}

/* The other language is named before each of its paragraphs. */
static void
say_blocks(const struct beside_view *v, int side, const struct parallel_pair *pair,
           struct spoken *spoken, GString *out)
{
    const struct layout_options options = {.width = UNBROKEN,
                                           .ascii = true,
                                           .raised = true,
                                           .links = LAYOUT_LINKS_NONE,
                                           .tables = LAYOUT_TABLES_RECORDS};
    AUTO(layout_free)
    struct layout *layout =
        lay_out_part(v->documents[side], pair->from[side], pair->count[side], &options);
    gint64 named = -1;
    for (guint i = 0; i < layout->lines->len; i++) {
        const struct layout_line *line = g_ptr_array_index(layout->lines, i);
        if (side && *line->text && line->block != named) {
            g_string_append_printf(out, "%s%s", heading_language(v->rows[side]->language), _(": "));
            named = line->block;
        }
        g_autofree char *words = spoken_line(spoken, line, pair->from[side]);
        g_string_append_printf(out, "%s\n", words);
    }
}

static void
to_text(struct view *view, struct app *app, GString *out)
{
    const struct beside_view *v = (const struct beside_view *)view;
    (void)app;
    for (int side = 0; side < 2; side++) {
        g_autofree char *facts = heading_facts(v->rows[side], _(", "));
        if (side) /* that of the first is the title of the view */
            g_string_append_printf(out, "%s%s%s\n", heading_language(v->rows[side]->language),
                                   _(": "), heading_title(v->rows[side]));
        if (*facts)
            g_string_append_printf(out, "%s\n", facts);
    }
    AUTO(spoken_free) struct spoken *first = spoken_new(v->documents[0]);
    AUTO(spoken_free) struct spoken *second = spoken_new(v->documents[1]);
    for (guint i = 0; i < v->pairs->len; i++) {
        g_string_append_c(out, '\n');
        for (int side = 0; side < 2; side++)
            say_blocks(v, side, &g_array_index(v->pairs, struct parallel_pair, i),
                       side ? second : first, out);
    }
}

static void
free_view(struct view *view, struct app *app)
{
    struct beside_view *v = (struct beside_view *)view;
    (void)app;
    forget_lines(v);
    for (int side = 0; side < 2; side++) {
        g_clear_pointer(&v->rows[side], article_row_free);
        g_clear_pointer(&v->documents[side], document_free);
    }
    g_clear_pointer(&v->pairs, g_array_unref);
    g_free(v);
}

static const struct view_ops beside_ops = {
    .context = CONTEXT_BESIDE,
    .pane = PANE_WHOLE,
    .lay_out = lay_out,
    .draw = draw,
    .act = act,
    .describe = describe,
    .to_text = to_text,
    .free = free_view,
    .find = find,
};

struct view *
beside_view_new(struct app *app, int64_t article, GError **error)
{
    struct beside_view *v = g_new0(struct beside_view, 1);
    v->base.ops = &beside_ops;
    v->base.scroll.lines = true;
    if (take(v, app, 0, article, error) && take_other(v, app, error))
        return &v->base;
    free_view(&v->base, app);
    return NULL;
}
