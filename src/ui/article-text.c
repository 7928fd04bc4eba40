/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Composing an article's lines. */
#include "config.h"

#include "ui/article-text.h"
#include "base/clean.h"
#include "base/i18n.h"
#include "base/url.h"
#include "document/drawn.h"
#include "reader/attachment.h"
#include "reader/heading.h"
#include "store/articles.h"
#include "store/edition-groups.h"
#include "text/cells.h"
#include "text/match.h"
#include "ui/shown-url.h"

#include <string.h>

/* Tags; NULL is none. */
static bool
are_same(char *const *some, char *const *others)
{
    if (!some || !others)
        return (!some || !*some) && (!others || !*others);
    return g_strv_equal((const char *const *)some, (const char *const *)others);
}

/* What the other editions of an article have, with marks that wait; owned, or NULL. */
static GArray *
copies_of(const struct session *session, const struct article_row *row)
{
    struct article_row others = {.id = row->id, .group = row->group};
    session_join(session, &others);
    session_overlay(session, &others);
    return others.copies;
}

/* Whether the same of them have a star. */
static bool
are_starred_alike(const GArray *copies, const GArray *others)
{
    guint count = copies ? copies->len : 0;
    bool same = count == (others ? others->len : 0);
    for (guint i = 0; same && i < count; i++) {
        const struct edition_copy *one = &g_array_index(copies, struct edition_copy, i),
                                  *other = &g_array_index(others, struct edition_copy, i);
        same = one->article == other->article && one->starred == other->starred;
    }
    return same;
}

bool
article_text_load(struct article_text *t, const struct session *session, int64_t article,
                  bool joined, GError **error)
{
    struct store *store = session->store;
    struct article_row *row = listing_article(store, article, error);
    if (!row)
        return false;
    if (joined)
        session_join(session, row);
    session_overlay(session, row);
    g_autoptr(GBytes) stored = articles_stored_text(store, article);
    bool same = t->row && t->row->id == row->id && t->row->revisions == row->revisions && stored &&
                t->stored && g_bytes_equal(stored, t->stored);
    g_autoptr(GError) why = NULL;
    struct document *document = same ? NULL : articles_document(store, article, 0, &why);
    if (!same && !document && !g_error_matches(why, STORE_ERROR, STORE_ERROR_UNKNOWN)) {
        article_row_free(row);
        g_propagate_error(error, g_steal_pointer(&why));
        return false;
    }
    g_auto(GStrv) tags = article_row_tags(row), had = t->row ? article_row_tags(t->row) : NULL;
    bool head_changed = !same || t->row->withdrawn != row->withdrawn ||
                        g_strcmp0(t->row->title, row->title) || !are_same(had, tags);
    g_autoptr(GArray) copies = g_steal_pointer(&t->copies);
    t->copies = copies_of(session, row);
    head_changed |= !are_starred_alike(t->copies, copies);
    if (t->row)
        article_row_free(t->row);
    t->row = row;
    if (head_changed)
        g_clear_pointer(&t->layout, layout_free);
    if (same)
        return true;
    g_clear_pointer(&t->stored, g_bytes_unref);
    t->stored = g_steal_pointer(&stored);
    if (t->document)
        document_free(t->document);
    t->document = document ? document : document_new();
    t->text_links = t->document->links->len;
    document_link_pictures(t->document);
    if (t->files)
        g_ptr_array_unref(t->files);
    t->files = articles_attachments(store, article);
    return true;
}

void
article_text_clear(struct article_text *t)
{
    g_clear_pointer(&t->row, article_row_free);
    g_clear_pointer(&t->copies, g_array_unref);
    g_clear_pointer(&t->document, document_free);
    g_clear_pointer(&t->stored, g_bytes_unref);
    g_clear_pointer(&t->layout, layout_free);
    g_clear_pointer(&t->files, g_ptr_array_unref);
}

/* A line that is one link. */
static void
add_link_line(struct article_text *t, const char *text, guint style, guint link, guint block)
{
    struct layout_line *line = layout_add(t->layout, text, 0, block);
    struct layout_run run = {0, (guint)strlen(text), style, link};
    g_array_append_val(line->runs, run);
}

static void
add_trouble(struct article_text *t, const char *trouble, guint block)
{
    struct rich_text rich;
    rich_init(&rich);
    rich_append(&rich, trouble, -1, 0, 0);
    layout_wrap(t->layout, &rich, "    ", "    ", t->width, LAYOUT_DIM, block);
    rich_clear(&rich);
}

#define BEFORE_NOTE 6 /* cells: "[123] " */

char *
article_text_shown_url(const struct article_text *t, guint link, int before)
{
    g_autofree char *url = url_shown(article_text_url(t, link));
    return t->width < 0 ? g_steal_pointer(&url) /* read out, not shown */
                        : shown_url_host(url, t->width - before);
}

/* spoken: with the addresses of pictures, whose numbers are heard and not shown with them. */
static void
add_notes(struct article_text *t, struct store *store, bool spoken)
{
    guint block = t->document->blocks->len;
    const GPtrArray *files = t->files;
    if (files->len) {
        layout_add(t->layout, "", 0, block);
        layout_add(t->layout, _("Attachments:"), LAYOUT_STRONG, block);
    }
    for (guint i = 0; i < files->len; i++) {
        const struct stored_attachment *file = g_ptr_array_index(files, i);
        guint link = document_link(t->document, file->url);
        g_autofree char *label = attachment_label(store, file),
                        *trouble = attachment_trouble(store, file);
        g_autofree char *text = g_strdup_printf("[%u] %s", link, label);
        add_link_line(t, text, 0, link, block);
        if (trouble)
            add_trouble(t, trouble, block);
    }
    guint links = spoken ? article_text_links(t) : t->text_links;
    if (links) {
        layout_add(t->layout, "", 0, block);
        layout_add(t->layout, _("Links:"), LAYOUT_STRONG, block);
    }
    for (guint i = 0; i < links; i++) {
        if (i >= t->text_links && article_text_kind(t, i + 1) == ARTICLE_LINK_ATTACHMENT)
            continue; /* it stands above */
        g_autofree char *url = article_text_shown_url(t, i + 1, BEFORE_NOTE),
                        *text = g_strdup_printf("[%u] %s", i + 1, url);
        add_link_line(t, text, LAYOUT_DIM, i + 1, block);
    }
}

/* What the user has tagged it with: else a tag could be taken away by heart only. */
static void
add_tags(struct layout *head, const struct article_row *row, int width)
{
    g_auto(GStrv) words = article_row_tags(row);
    if (!*words)
        return;
    g_autofree char *tags = g_strjoinv(_(", "), words),
                    *text = g_strdup_printf(_("Tags: %s"), tags);
    struct rich_text rich;
    rich_init(&rich);
    rich_append(&rich, text, -1, 0, 0);
    layout_wrap(head, &rich, "", "", width, LAYOUT_DIM, 0);
    rich_clear(&rich);
}

void
article_text_lay_out(struct article_text *t, const struct app *app,
                     const struct layout_options *options)
{
    struct store *store = app->session->store;
    const char *star = app->plain ? NULL : app_sign(app, "★", "*");
    g_clear_pointer(&t->layout, layout_free);
    t->layout = layout_new(t->document, options);
    AUTO(layout_free) struct layout *head =
        heading_layout(store, t->row,
                       &(struct heading_options){.width = options->width,
                                                 .ascii = options->ascii,
                                                 .address = true,
                                                 .keymap = app->keymap,
                                                 .copies = t->copies,
                                                 .star = star});
    add_tags(head, t->row, options->width);
    layout_add(head, "", 0, 0);
    if (document_is_empty(t->document) && !t->files->len) {
        g_autofree char *absent = keymap_text(
            app->keymap, CONTEXT_READER,
            t->row->link
                ? _("The text is not in the store yet. {fetch-page} fetches it, {browser} opens it in the browser.")
                : _("This article has no text, and no page of its own."));
        layout_add(head, absent, LAYOUT_DIM, 0);
    }
    t->body = head->lines->len;
    g_ptr_array_extend_and_steal(head->lines, t->layout->lines);
    t->layout->lines = g_steal_pointer(&head->lines);
    head->lines = g_ptr_array_new();
    t->width = options->width;
    t->notes = t->layout->lines->len;
    if (article_text_is_whole(t))
        add_notes(t, store, options->tables == LAYOUT_TABLES_RECORDS);
}

bool
article_text_is_whole(const struct article_text *t)
{
    return t->layout && t->layout->blocks == t->document->blocks->len;
}

const struct layout_line *
article_text_at(const struct article_text *t, int64_t line)
{
    return line >= 0 && line < article_text_lines(t) ? g_ptr_array_index(t->layout->lines, line)
                                                     : NULL;
}

int64_t
article_text_lines(const struct article_text *t)
{
    return t->layout ? t->layout->lines->len : 0;
}

int64_t
article_text_all_lines(const struct article_text *t)
{
    int64_t lines = article_text_lines(t);
    return !t->layout || article_text_is_whole(t)
               ? lines
               : lines * t->document->blocks->len / MAX(t->layout->blocks, 1);
}

bool
article_text_place(const struct article_text *t, int64_t line, guint *block, guint *offset)
{
    const struct layout_line *at = line >= t->body && line < t->notes ? article_text_at(t, line)
                                                                      : NULL;
    if (!at)
        return false;
    *block = at->block;
    *offset = at->offset;
    return true;
}

int64_t
article_text_line(const struct article_text *t, guint block, guint offset)
{
    int64_t best = t->body;
    for (int64_t i = t->body; i < t->notes; i++) {
        const struct layout_line *line = article_text_at(t, i);
        if (line->block > block || (line->block == block && line->offset > offset))
            break;
        best = i;
    }
    return best;
}

static const struct layout_run *
run_of_link(const struct layout_line *line, guint link)
{
    for (guint r = 0; r < line->runs->len; r++)
        if (g_array_index(line->runs, struct layout_run, r).link == link)
            return &g_array_index(line->runs, struct layout_run, r);
    return NULL;
}

int64_t
article_text_line_of_link(const struct article_text *t, guint link)
{
    for (int64_t i = 0; i < article_text_lines(t); i++)
        if (run_of_link(article_text_at(t, i), link))
            return i;
    return -1;
}

guint
article_text_links(const struct article_text *t)
{
    return t->document->links->len;
}

const char *
article_text_url(const struct article_text *t, guint link)
{
    return link && link <= t->document->links->len ? g_ptr_array_index(t->document->links, link - 1)
                                                   : NULL;
}

const struct stored_attachment *
article_text_attachment(const struct article_text *t, guint link)
{
    const char *url = article_text_url(t, link);
    for (guint i = 0; url && i < t->files->len; i++) {
        const struct stored_attachment *file = g_ptr_array_index(t->files, i);
        if (g_str_equal(file->url, url))
            return file;
    }
    return NULL;
}

enum article_link
article_text_kind(const struct article_text *t, guint link)
{
    const char *url = article_text_url(t, link);
    if (article_text_attachment(t, link))
        return ARTICLE_LINK_ATTACHMENT;
    for (guint i = 0; url && i < t->document->blocks->len; i++) {
        const struct block *block = g_ptr_array_index(t->document->blocks, i);
        if (block->type == BLOCK_EMBED && g_str_equal(block->url, url))
            return ARTICLE_LINK_EMBEDDED;
    }
    return link <= t->text_links ? ARTICLE_LINK_TEXT : ARTICLE_LINK_PICTURE;
}

/* Appends what a text has for a link where it stands first; false when it has none. */
static bool
append_linked(GString *label, const struct rich_text *rich, guint link)
{
    struct rich_cursor cursor = {rich, 0, 0};
    for (struct rich_piece piece; rich_next(&cursor, &piece);) {
        if (piece.link == link)
            g_string_append_len(label, piece.text, (gssize)piece.length);
        else if (label->len)
            break;
    }
    return label->len > 0;
}

/* The words that the document links, which may go on in the next line. */
static char *
linked_words(const struct document *document, guint link)
{
    g_autoptr(GString) label = g_string_new(NULL);
    for (guint i = 0; i < document->blocks->len; i++) {
        const struct block *block = g_ptr_array_index(document->blocks, i);
        bool found = append_linked(label, &block->content, link);
        for (guint r = 0; block->rows && r < block->rows->len && !found; r++) {
            const GPtrArray *row = g_ptr_array_index(block->rows, r);
            for (guint c = 0; c < row->len && !found; c++)
                found = append_linked(
                    label, &((const struct table_cell *)g_ptr_array_index(row, c))->content, link);
        }
        if (found)
            return text_squeeze(label->str, (gssize)label->len);
    }
    return NULL;
}

char *
article_text_label(const struct article_text *t, guint link)
{
    char *words = linked_words(t->document, link);
    const struct layout_line *line = words ? NULL
                                           : article_text_at(t, article_text_line_of_link(t, link));
    if (!line || (line->block == t->document->blocks->len &&
                  article_text_kind(t, link) == ARTICLE_LINK_TEXT))
        return words;
    const struct layout_run *run = run_of_link(line, link);
    g_autofree char *number = g_strdup_printf("[%u] ", link);
    gsize skip = g_str_has_prefix(line->text + run->start, number) ? strlen(number) : 0;
    g_autofree char *label = g_strndup(line->text + run->start + skip, run->length - skip);
    number[strlen(number) - 1] = '\0';
    if (!skip && g_str_has_suffix(label, number)) /* its number stands behind it, too */
        label[strlen(label) - strlen(number)] = '\0';
    return *label ? g_steal_pointer(&label) : NULL;
}

int
article_text_shifted(const struct layout_line *line, int shift)
{
    return line->stops && shift > 0
               ? g_array_index(line->stops, int, MIN(shift, (int)line->stops->len - 1))
               : 0;
}

int
article_text_most_shift(const struct article_text *t)
{
    guint most = 0;
    for (int64_t i = 0; i < article_text_lines(t); i++) {
        const struct layout_line *line = article_text_at(t, i);
        if (line->stops)
            most = MAX(most, line->stops->len - 1);
    }
    return (int)most;
}

/* --- drawing ----------------------------------------------------------------------------- */

static enum style
style_of(const struct layout_run *run, guint focus)
{
    if (run->link && run->link == focus)
        return STYLE_FOCUS;
    if (run->style & LAYOUT_HEADING)
        return STYLE_HEADING;
    /* the text says that it is struck out; this only sets it back */
    if (run->style & (LAYOUT_DIM | LAYOUT_DELETED))
        return STYLE_DIM;
    if (run->link)
        return STYLE_LINK;
    if (run->style & (LAYOUT_STRONG | LAYOUT_MARKED))
        return STYLE_STRONG;
    if (run->style & LAYOUT_CODE)
        return STYLE_CODE;
    if (run->style & (LAYOUT_EMPHASIS | LAYOUT_INSERTED))
        return STYLE_EMPHASIS;
    return run->style & LAYOUT_QUOTE ? STYLE_QUOTE : STYLE_NORMAL;
}

/* Sets a stretch of a line off, as far as it is inside of the text column. */
static void
restyle(struct grid *grid, int left, int width, int shift, int y, const char *text, gsize start,
        gsize length, enum style style)
{
    int from = cells_width(text, (gssize)start) - shift,
        to = from + cells_width(text + start, (gssize)length);
    from = MAX(from, 0);
    to = MIN(to, width);
    if (to > from)
        grid_restyle(grid, left + from, y, to - from, style);
}

/* One row of a picture. */
static void
draw_picture(const struct article_text *t, struct grid *grid, const struct article_place *p,
             const struct layout_line *line)
{
    const struct block *block = g_ptr_array_index(t->document->blocks, line->block);
    const struct drawn *drawn = p->pictures ? g_hash_table_lookup(p->pictures, block->url) : NULL;
    if (!drawn || line->picture_row > drawn->rows)
        return;
    const struct drawn_cell *cells = drawn->cells + (line->picture_row - 1) * drawn->columns;
    for (int x = 0; x < MIN((int)drawn->columns, p->width); x++)
        grid_put_symbol(grid, p->left + x, p->y, cells[x].symbol, cells[x].ink, cells[x].paper);
    if (drawn->raster && (int)drawn->columns <= p->width)
        grid_put_graphic(grid, p->left, p->y, (int)drawn->columns, (int)line->picture_row - 1,
                         drawn->raster);
}

/* A mark in the last cell of a line that goes on beyond it, and can be shifted. */
static void
mark_cut(struct grid *grid, const struct article_place *p, const struct layout_line *line,
         int shift)
{
    gsize length = strlen(line->text);
    while (length && line->text[length - 1] == ' ')
        length--;
    if (line->stops && cells_width(line->text, (gssize)length) - shift > p->width)
        grid_put(grid, p->left + p->width - 1, p->y, ">", 1, STYLE_STRONG);
}

void
article_text_draw(const struct article_text *t, struct grid *grid, const struct article_place *p,
                  const struct layout_line *line)
{
    if (line->picture_row) {
        draw_picture(t, grid, p, line);
        return;
    }
    int shift = article_text_shifted(line, p->shift), used = 0;
    gsize skipped = shift ? cells_fit(line->text, strlen(line->text), shift, &used) : 0;
    /* half of a wide character */
    int indent = shift - used > 0 && line->text[skipped] ? shift - used : 0;
    grid_put(grid, p->left + indent, p->y, line->text + skipped, p->width - indent, STYLE_NORMAL);
    for (guint i = 0; i < line->runs->len; i++) {
        const struct layout_run *run = &g_array_index(line->runs, struct layout_run, i);
        restyle(grid, p->left, p->width, shift, p->y, line->text, run->start, run->length,
                style_of(run, p->focus));
        int x = p->left + cells_width(line->text, run->start) - shift;
        bool seen = run->link && x >= p->left && x < p->left + p->width;
        if (seen && run->link == p->focus && p->focused) {
            grid->cursor_x = x;
            grid->cursor_y = p->y;
        }
        if (seen && p->hyperlinks)
            grid_hyperlink(
                grid, x, p->y,
                MIN(cells_width(line->text + run->start, run->length), p->left + p->width - x),
                article_text_url(t, run->link));
    }
    g_autoptr(GArray) matches = p->words ? text_matches(line->text, p->words, p->anywhere, 0)
                                         : NULL;
    for (guint i = 0; matches && i < matches->len; i++) {
        struct text_range match = g_array_index(matches, struct text_range, i);
        restyle(grid, p->left, p->width, shift, p->y, line->text, match.start, match.length,
                p->found);
    }
    mark_cut(grid, p, line, shift);
}
