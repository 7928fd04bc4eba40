/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lines with styled runs: text wrapped to a width with its styles kept, and footnote numbers behind
 * links.
 */
#include "config.h"

#include "document/layout-lines.h"
#include "base/url.h"
#include "document/address.h"
#include "text/cells.h"
#include "text/raised.h"

#include <string.h>

static void
line_free(gpointer data)
{
    struct layout_line *line = data;
    g_free(line->text);
    g_array_unref(line->runs);
    g_clear_pointer(&line->stops, g_array_unref);
    g_free(line);
}

struct layout *
layout_new_empty(void)
{
    struct layout *layout = g_new0(struct layout, 1);
    layout->lines = g_ptr_array_new_with_free_func(line_free);
    return layout;
}

void
layout_free(struct layout *layout)
{
    g_ptr_array_unref(layout->lines);
    g_free(layout);
}

void
layout_set_stops(struct layout *layout, guint from, GArray *stops)
{
    for (guint i = from; i < layout->lines->len; i++)
        ((struct layout_line *)g_ptr_array_index(layout->lines, i))->stops = g_array_ref(stops);
    g_array_unref(stops);
}

struct layout_line *
layout_add(struct layout *layout, const char *text, guint style, guint block)
{
    struct layout_line *line = g_new0(struct layout_line, 1);
    line->text = g_strdup(text);
    line->runs = g_array_new(FALSE, FALSE, sizeof(struct layout_run));
    line->block = block;
    if (style && *text) {
        struct layout_run run = {0, (guint)strlen(text), style, 0};
        g_array_append_val(line->runs, run);
    }
    g_ptr_array_add(layout->lines, line);
    return line;
}

static void
add_run(GArray *runs, guint start, guint length, guint style, guint link)
{
    if (length && (style || link)) {
        struct layout_run run = {start, length, style, link};
        g_array_append_val(runs, run);
    }
}

void
layout_copy_runs(GArray *runs, const struct rich_text *content, gsize from, gsize to, guint shift,
                 guint style)
{
    gsize at = from;
    guint first = 0;
    /* the first that ends behind `from` */
    for (guint low = 0, high = content->spans->len; low < high;) {
        guint middle = (low + high) / 2;
        const struct span *span = &g_array_index(content->spans, struct span, middle);
        if ((gsize)span->start + span->length > from)
            first = high = middle;
        else
            first = low = middle + 1;
    }
    for (guint i = first; i < content->spans->len; i++) {
        const struct span *span = &g_array_index(content->spans, struct span, i);
        gsize start = MAX(span->start, from), end = MIN(span->start + span->length, to);
        if (span->start >= to)
            break;
        if (start >= end)
            continue;
        add_run(runs, shift + (guint)(at - from), (guint)(start - at), style, 0);
        add_run(runs, shift + (guint)(start - from), (guint)(end - start),
                style | (span->style & ~(guint)SPAN_FLEETING), span->link);
        at = end;
    }
    add_run(runs, shift + (guint)(at - from), (guint)(to - at), style, 0);
}

void
layout_wrap(struct layout *layout, const struct rich_text *content, const char *first,
            const char *rest, int width, guint style, guint block)
{
    const char *text = content->text->str;
    gsize length = content->text->len, at = 0;
    g_autofree char *breaks = cells_breaks(text, length);
    const char *indent = first;
    do {
        gsize next;
        gsize end = cells_line(text, length, at, breaks, width - cells_width(indent, -1), &next);
        struct layout_line *line = layout_add(layout, indent, 0, block);
        g_autofree char *part = g_strndup(text + at, end - at);
        guint shift = (guint)strlen(indent);
        add_run(line->runs, 0, shift, strspn(indent, " ") < shift ? LAYOUT_DIM : 0, 0);
        char *whole = g_strconcat(indent, part, NULL);
        g_free(line->text);
        line->text = whole;
        line->offset = (guint)at;
        layout_copy_runs(line->runs, content, at, end, shift, style);
        at = next;
        indent = rest;
    } while (at < length);
}

/* Appends a piece; ascii: with 10^6 for 10⁶. */
static void
append_shown(struct rich_text *out, const char *text, gsize length, guint style, guint link,
             bool ascii)
{
    g_autofree char *own = ascii ? g_strndup(text, length) : NULL,
                    *plain = ascii
                                 ? raised_ascii(
                                       own, out->text->len ? out->text->str[out->text->len - 1] : 0)
                                 : NULL;
    if (plain)
        rich_append(out, plain, -1, style, link);
    else
        rich_append(out, text, (gssize)length, style, link);
}

/*
 * What stands behind a link whose words are `text`, with the host where they name another's; NULL
 * for nothing.
 */
static char *
note_of(enum layout_links links, guint link, const char *url, const char *text)
{
    if (links == LAYOUT_LINKS_INLINE) {
        g_autofree char *shown = url_shown(url);
        bool says_it = g_str_equal(text, url) || g_str_equal(text, shown) ||
                       (g_str_has_prefix(url, "mailto:") && g_str_equal(text, url + 7));
        return says_it ? NULL : g_strdup_printf(" <%s>", shown);
    }
    g_autofree char *host = address_contradicted(text, strlen(text), url);
    if (links == LAYOUT_LINKS_NONE)
        return host ? g_strdup_printf("[%s]", host) : NULL;
    return host ? g_strdup_printf("[%u: %s]", link, host) : g_strdup_printf("[%u]", link);
}

void
layout_with_links(const struct document *document, const struct rich_text *content,
                  const struct layout_options *o, struct rich_text *out)
{
    bool ascii = !o->raised && (o->ascii || !raised_is_shown());
    struct rich_cursor cursor = {content, 0, 0};
    struct rich_piece piece, next;
    gsize start = 0; /* of the link */
    guint open = 0;
    for (bool more = rich_next(&cursor, &piece); more; piece = next) {
        if (piece.link != open)
            start = piece.start;
        open = piece.link;
        append_shown(out, piece.text, piece.length, piece.style,
                     o->links == LAYOUT_LINKS_NONE ? 0 : piece.link, ascii);
        more = rich_next(&cursor, &next);
        if (!open || (more && next.link == open))
            continue;
        const char *url = g_ptr_array_index(document->links, open - 1);
        g_autofree char *text =
            g_strndup(content->text->str + start, piece.start + piece.length - start);
        g_autofree char *note = note_of(o->links, open, url, text);
        if (note)
            rich_append(out, note, -1, LAYOUT_DIM, o->links == LAYOUT_LINKS_NONE ? 0 : open);
    }
}
