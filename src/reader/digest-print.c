/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Printing a digest.  Markdown and HTML are made of documents, so that the writers of documents
 * escape what stands in them; text is laid out tightly, with what belongs to an item below its
 * title.
 */
#include "config.h"

#include "reader/digest.h"
#include "base/i18n.h"
#include "base/url.h"
#include "document/layout.h"
#include "reader/heading.h"
#include "reader/page.h"
#include "reader/withdrawal.h"
#include "store/articles.h"
#include "text/cells.h"

#include <string.h>

#define UNWRAPPED  65536 /* cells: wider than any paragraph that is read */
#define ITEM_LEVEL 3     /* of headings: groups stand above items, the title above groups */

/* --- words for people ----------------------------------------------------------------------- */

static void
add_part(GString *line, const char *separator, char *part)
{
    g_string_append_printf(line, "%s%s", line->len ? separator : "", part);
    g_free(part);
}

char *
digest_title(const struct digest *digest)
{
    const guint *n = digest->kinds, fresh = n[CHANGE_NEW], revised = n[CHANGE_REVISED],
                withdrawn = n[CHANGE_WITHDRAWN], back = n[CHANGE_RETURNED],
                older = digest->older_count;
    GString *line = g_string_new(NULL);
    /* TRANSLATORS: these stand one after the other: "12 new articles, 2 revised, 1 withdrawn" */
    if (fresh)
        add_part(line, _(", "),
                 g_strdup_printf(ngettext("%u new article", "%u new articles", fresh), fresh));
    if (revised)
        add_part(line, _(", "),
                 g_strdup_printf(ngettext("%u revised", "%u revised", revised), revised));
    if (withdrawn)
        add_part(line, _(", "),
                 g_strdup_printf(ngettext("%u withdrawn", "%u withdrawn", withdrawn), withdrawn));
    if (back)
        add_part(line, _(", "), g_strdup_printf(ngettext("%u is back", "%u are back", back), back));
    if (older)
        add_part(line, _(", "),
                 g_strdup_printf(ngettext("%u from before", "%u from before", older), older));
    return g_string_free(line, FALSE);
}

/* What has happened to it, for people; may be empty. */
static char *
notes_of(struct store *store, const struct digest_item *item)
{
    GString *line = g_string_new(NULL);
    if (item->row->withdrawn)
        add_part(line, " ", withdrawal_note(item->row));
    if (item->change.kind == CHANGE_RETURNED)
        add_part(line, " ", g_strdup(_("The portal shows this page again.")));
    struct diff_stat stat;
    if (digest_difference(store, &item->change, &stat)) {
        g_autofree char *size = diff_stat_line(&stat);
        /* TRANSLATORS: the rest says how much: "blocks +1 −2, words +12 −30" */
        add_part(line, " ", g_strdup_printf(_("The portal has changed this text: %s."), size));
    }
    return g_string_free(line, FALSE);
}

/* --- as documents --------------------------------------------------------------------------- */

static void
add_paragraph(struct document *page, const char *text, guint style)
{
    if (text && *text)
        rich_append(&document_add(page, BLOCK_PARAGRAPH, 0)->content, text, -1, style, 0);
}

static void
add_heading(struct document *page, guint level, const char *text, const char *url)
{
    guint link = url && url_is_web(url) ? document_link(page, url) : 0;
    rich_append(&document_add(page, BLOCK_HEADING, level)->content, text, -1, 0, link);
}

/* Below the heading of their article. */
static void
lower_headings(struct document *document, guint first)
{
    for (guint i = first; i < document->blocks->len; i++) {
        struct block *block = g_ptr_array_index(document->blocks, i);
        if (block->type == BLOCK_HEADING)
            block->level = MIN(block->level + ITEM_LEVEL, 6);
    }
}

/* Title, what is known of it, and the text as far as it is wanted; body is empty afterwards. */
static struct document *
document_of_item(struct store *store, const struct digest_item *item, struct document *body,
                 const struct digest_style *style)
{
    g_autofree char *facts = heading_facts(item->row, " · "),
                    *event = heading_event(item->row, " · "), *notes = notes_of(store, item);
    struct document *page = document_new();
    add_heading(page, ITEM_LEVEL, heading_title(item->row), item->row->link);
    add_paragraph(page, facts, 0);
    add_paragraph(page, event, 0);
    add_paragraph(page, notes, SPAN_EMPHASIS);
    if (style->body == DIGEST_FULL) {
        guint above = page->blocks->len;
        page_append(page, store, item->row, body);
        lower_headings(page, above);
        if (!style->remote)
            page_keep_pictures_away(page);
    } else if (style->body == DIGEST_SUMMARY) {
        g_autofree char *summary = digest_summary(body);
        add_paragraph(page, summary, 0);
    }
    return page;
}

static char *
print_document(const struct document *document, enum digest_form form)
{
    if (form == DIGEST_HTML)
        return document_html(document);
    g_autofree char *text = document_markdown(document);
    return g_strconcat(text, "\n", NULL); /* what comes next is another block */
}

static char *
heading_piece(const char *text, guint level, enum digest_form form)
{
    AUTO(document_free) struct document *document = document_new();
    add_heading(document, level, text, NULL);
    return print_document(document, form);
}

/* --- as text -------------------------------------------------------------------------------- */

static void
wrap(struct layout *layout, const char *text, const char *first, int width)
{
    struct rich_text rich;
    rich_init(&rich);
    rich_append(&rich, text, -1, 0, 0);
    if (*text)
        layout_wrap(layout, &rich, first, "  ", width, 0, 0);
    rich_clear(&rich);
}

static void
append_lines(GString *out, const struct layout *layout)
{
    for (guint i = 0; i < layout->lines->len; i++)
        g_string_append_printf(
            out, "%s\n", ((const struct layout_line *)g_ptr_array_index(layout->lines, i))->text);
}

static void
append_body(GString *out, struct store *store, const struct article_row *row, struct document *body,
            int width)
{
    AUTO(document_free) struct document *page = document_new();
    page_append(page, store, row, body);
    if (document_is_empty(page))
        return;
    struct layout_options options = {.width = width, .links = LAYOUT_LINKS_INLINE};
    AUTO(layout_free) struct layout *layout = layout_new(page, &options);
    g_string_append_c(out, '\n');
    append_lines(out, layout);
}

static char *
text_of_item(struct store *store, const struct digest_item *item, struct document *body,
             const struct digest_style *style)
{
    int width = style->width ? style->width : UNWRAPPED;
    g_autofree char *facts = heading_facts(item->row, " · "),
                    *event = heading_event(item->row, " · "), *notes = notes_of(store, item),
                    *url = item->row->link ? url_shown(item->row->link) : NULL,
                    *summary = style->body == DIGEST_SUMMARY ? digest_summary(body) : NULL;
    AUTO(layout_free) struct layout *head = layout_new_empty();
    wrap(head, heading_title(item->row), "• ", width);
    const char *const lines[] = {facts, event, notes, summary};
    for (size_t i = 0; i < G_N_ELEMENTS(lines); i++)
        wrap(head, lines[i] ? lines[i] : "", "  ", width);
    if (url) { /* whole, so that it can be copied */
        g_autofree char *line = g_strconcat("  ", url, NULL);
        layout_add(head, line, 0, 0);
    }
    GString *out = g_string_new(NULL);
    append_lines(out, head);
    if (style->body == DIGEST_FULL)
        append_body(out, store, item->row, body, width);
    g_string_append_c(out, '\n');
    return g_string_free(out, FALSE);
}

static char *
text_of_group(const char *name)
{
    GString *out = g_string_new(name);
    g_string_append_c(out, '\n');
    for (int i = MIN(cells_width(name, -1), 72); i > 0; i--)
        g_string_append_c(out, '-');
    g_string_append_c(out, '\n');
    return g_string_free(out, FALSE);
}

/* --- pieces --------------------------------------------------------------------------------- */

char *
digest_begin(const struct digest *digest, const struct digest_style *style)
{
    g_autofree char *title = digest_title(digest);
    if (style->form == DIGEST_TEXT)
        return g_strconcat(title, "\n\n", NULL);
    g_autofree char *heading = heading_piece(title, 1, style->form);
    if (style->form == DIGEST_MARKDOWN)
        return g_steal_pointer(&heading);
    g_autofree char *begin = page_html_begin(title);
    return g_strconcat(begin, heading, NULL);
}

char *
digest_print_item(const struct digest_cursor *cursor, const struct digest_style *style,
                  GError **error)
{
    struct store *store = cursor->store;
    const struct digest_item *item = &cursor->item;
    AUTO(document_free) struct document *body = NULL;
    if (style->body != DIGEST_NONE) {
        g_autoptr(GError) why = NULL;
        body = articles_document(store, item->row->id, 0, &why);
        if (why && !g_error_matches(why, STORE_ERROR, STORE_ERROR_UNKNOWN)) {
            g_propagate_error(error, g_steal_pointer(&why));
            return NULL;
        }
    }
    if (!body)
        body = document_new();
    g_autofree char *group = !cursor->begins ? g_strdup("")
                             : style->form == DIGEST_TEXT
                                 ? text_of_group(item->group)
                                 : heading_piece(item->group, 2, style->form);
    g_autofree char *text = NULL;
    if (style->form == DIGEST_TEXT) {
        text = text_of_item(store, item, body, style);
    } else {
        AUTO(document_free)
        struct document *page = document_of_item(store, item, body, style);
        text = style->form == DIGEST_HTML ? page_html_article(item->row, page)
                                          : print_document(page, style->form);
    }
    return g_strconcat(group, text, NULL);
}

char *
digest_end(const struct digest *digest, const struct digest_style *style)
{
    guint more_count = digest->changes.more;
    g_autofree char *more =
        more_count ? g_strdup_printf(ngettext("%u more has come", "%u more have come", more_count),
                                     more_count)
                   : NULL;
    GString *out = g_string_new(NULL);
    AUTO(document_free) struct document *page = document_new();
    for (guint i = 0; i <= digest->older->len; i++) {
        const char *line = i < digest->older->len ? g_ptr_array_index(digest->older, i) : more;
        if (line && style->form == DIGEST_TEXT)
            g_string_append_printf(out, "+ %s\n", line);
        else
            add_paragraph(page, line, 0);
    }
    if (page->blocks->len) {
        g_autofree char *text = print_document(page, style->form);
        g_string_append(out, text);
    }
    if (style->form == DIGEST_HTML)
        g_string_append(out, page_html_end);
    return g_string_free(out, FALSE);
}

char *
digest_print(struct store *store, const struct digest *digest, const struct digest_style *style,
             GError **error)
{
    g_autoptr(GString) out = g_string_new(NULL);
    g_autofree char *begin = digest_begin(digest, style), *end = digest_end(digest, style);
    g_string_append(out, begin);
    AUTO(digest_cursor_clear) struct digest_cursor cursor = digest_items(store, digest);
    g_autoptr(GError) why = NULL;
    while (digest_next(&cursor, &why)) {
        g_autofree char *text = digest_print_item(&cursor, style, &why);
        if (!text)
            break;
        g_string_append(out, text);
    }
    if (why) {
        g_propagate_error(error, g_steal_pointer(&why));
        return NULL;
    }
    g_string_append(out, end);
    return g_strdup(out->str);
}
