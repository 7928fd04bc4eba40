/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Writing documents as HTML.  Items become lists that nest as their depths do; what stood in
 * the text for its form gets its element back.
 */
#include "config.h"

#include "base/number.h"
#include "document/document.h"

#include <string.h>

#define MAX_NESTED 32 /* deeper items are written as deep as this */

static const struct {
    guint style;
    const char *tag;
} tags[] = {{SPAN_DELETED, "del"}, {SPAN_INSERTED, "ins"}, {SPAN_STRONG, "strong"},
            {SPAN_EMPHASIS, "em"}, {SPAN_MARKED, "mark"},  {SPAN_CODE, "code"},
            {SPAN_RAISED, "sup"},  {SPAN_LOWERED, "sub"}};

static void
append_escaped(GString *out, const char *text, gssize length)
{
    g_autofree char *escaped = g_markup_escape_text(text, length);
    g_string_append(out, escaped);
}

/* Elements open and close where styles begin and end, each within those before it in the table. */
static void
change_style(GString *out, guint from, guint to)
{
    size_t same = 0;
    while (same < G_N_ELEMENTS(tags) && (from & tags[same].style) == (to & tags[same].style))
        same++;
    for (size_t i = G_N_ELEMENTS(tags); i-- > same;)
        if (from & tags[i].style)
            g_string_append_printf(out, "</%s>", tags[i].tag);
    for (size_t i = same; i < G_N_ELEMENTS(tags); i++)
        if (to & tags[i].style)
            g_string_append_printf(out, "<%s>", tags[i].tag);
}

static void
append_rich(GString *out, const struct document *document, const struct rich_text *rich)
{
    struct rich_text bare = rich_bare(rich, SPAN_DELETED | SPAN_RAISED | SPAN_LOWERED);
    struct rich_cursor cursor = {&bare, 0, 0};
    struct rich_piece piece;
    guint style = 0, link = 0;
    while (rich_next(&cursor, &piece)) {
        if (piece.link != link) {
            change_style(out, style, 0);
            style = 0;
            if (link)
                g_string_append(out, "</a>");
            link = piece.link;
            if (link) {
                g_string_append(out, "<a href=\"");
                append_escaped(out, g_ptr_array_index(document->links, link - 1), -1);
                g_string_append(out, "\">");
            }
        }
        change_style(out, style, piece.style);
        style = piece.style;
        for (const char *p = piece.text, *end = p + piece.length; p < end;) {
            bool begins = p > piece.text || piece.start == 0 || p[-1] == '\n';
            for (; begins && p < end && *p == ' '; p++) /* an indent */
                g_string_append(out, "&nbsp;");
            const char *line = memchr(p, '\n', (gsize)(end - p));
            append_escaped(out, p, (line ? line : end) - p);
            if (line)
                g_string_append(out, "<br>");
            p = line ? line + 1 : end;
        }
    }
    change_style(out, style, 0);
    if (link)
        g_string_append(out, "</a>");
    rich_clear(&bare);
}

static void
append_table(GString *out, const struct document *document, const struct block *block)
{
    g_string_append(out, "<table>\n");
    if (block->content.text->len) {
        g_string_append(out, "<caption>");
        append_rich(out, document, &block->content);
        g_string_append(out, "</caption>\n");
    }
    for (guint r = 0; r < block->rows->len; r++) {
        const GPtrArray *row = g_ptr_array_index(block->rows, r);
        g_string_append(out, "<tr>");
        for (guint c = 0; c < row->len; c++) {
            const struct table_cell *cell = g_ptr_array_index(row, c);
            const char *tag = cell->header ? "th" : "td";
            g_string_append_printf(out, "<%s", tag);
            if (cell->columns > 1)
                g_string_append_printf(out, " colspan=\"%u\"", cell->columns);
            if (cell->rows > 1)
                g_string_append_printf(out, " rowspan=\"%u\"", cell->rows);
            g_string_append_c(out, '>');
            append_rich(out, document, &cell->content);
            g_string_append_printf(out, "</%s>", tag);
        }
        g_string_append(out, "</tr>\n");
    }
    g_string_append(out, "</table>\n");
}

static void
append_caption(GString *out, const struct document *document, const struct block *block)
{
    if (!block->content.text->len)
        return;
    g_string_append(out, "<figcaption>");
    append_rich(out, document, &block->content);
    g_string_append(out, "</figcaption>");
}

static void
append_picture(GString *out, const struct document *document, const struct block *block)
{
    g_autofree char *url = g_markup_escape_text(block->url ? block->url : "", -1);
    g_autofree char *alt = g_markup_escape_text(block->alt ? block->alt : "", -1);
    g_autofree char *target = block->target ? g_markup_escape_text(block->target, -1) : NULL;
    g_string_append(out, "<figure>");
    if (target)
        g_string_append_printf(out, "<a href=\"%s\">", target);
    if (block->url)
        g_string_append_printf(out, "<img src=\"%s\" alt=\"%s\">", url, alt);
    else
        g_string_append_printf(out, "<em>%s</em>", alt);
    if (target)
        g_string_append(out, "</a>");
    append_caption(out, document, block);
    g_string_append(out, "</figure>\n");
}

/* A link, since what is embedded is another's page, and nothing here is to load it unasked. */
static void
append_embedded(GString *out, const struct document *document, const struct block *block)
{
    g_autofree char *url = g_markup_escape_text(block->url, -1);
    g_autofree char *title = g_markup_escape_text(block->alt ? block->alt : block->url, -1);
    g_string_append_printf(out, "<figure><a href=\"%s\">%s</a>", url, title);
    append_caption(out, document, block);
    g_string_append(out, "</figure>\n");
}

/* --- lists ---------------------------------------------------------------------------------- */

struct lists {
    const char *open[MAX_NESTED]; /* "ul", "ol", "dl" */
    guint depth;                  /* each has an item that is not closed, but for "dl" */
};

static void
close_lists(GString *out, struct lists *lists, guint depth)
{
    while (lists->depth > depth) {
        const char *list = lists->open[--lists->depth];
        g_string_append_printf(out, "%s</%s>\n", g_str_equal(list, "dl") ? "" : "</li>", list);
    }
}

/*
 * The number that a marker shows, as lists of its kind count: "12." and "c."; *kind is for the type
 * attribute.
 */
static bool
number_of(const char *marker, gint64 *number, char *kind)
{
    const char *end;
    *kind = '1';
    *number = 0;
    if (g_ascii_isdigit(*marker) || (*marker == '-' && g_ascii_isdigit(marker[1]))) {
        bool negative = *marker == '-';
        /* at most one that is too large */
        number_prefix(marker + negative, (gint64)G_MAXINT + 2, number, &end);
        *number = negative ? -*number : *number;
        return g_str_equal(end, ".") && *number >= G_MININT && *number <= G_MAXINT;
    }
    /* letters count like digits of base 26; so read, Roman numbers show the same too */
    const char *p = marker;
    bool upper = g_ascii_isupper(*p);
    for (; upper ? g_ascii_isupper(*p) : g_ascii_islower(*p); p++)
        if ((*number = *number * 26 + g_ascii_tolower(*p) - 'a' + 1) > G_MAXINT)
            return false;
    *kind = upper ? 'A' : 'a';
    return p > marker && g_str_equal(p, ".");
}

/* Makes the list that is wanted at a depth the innermost. */
static void
open_lists(GString *out, struct lists *lists, guint depth, const char *list)
{
    close_lists(out, lists, depth);
    if (lists->depth == depth && !g_str_equal(lists->open[depth - 1], list))
        close_lists(out, lists, depth - 1);
    while (lists->depth < depth) {
        bool last = lists->depth + 1 == depth;
        lists->open[lists->depth++] = last ? list : "ul";
        g_string_append_printf(out, "%s<%s>",
                               out->len && out->str[out->len - 1] != '\n' ? "\n" : "",
                               last ? list : "ul");
        if (!last)
            g_string_append(out, "<li>");
    }
}

static void
append_item(GString *out, const struct document *document, const struct block *block,
            struct lists *lists)
{
    guint depth = CLAMP(block->level, 1, MAX_NESTED);
    if (!block->marker && lists->depth >= depth && !g_str_equal(lists->open[depth - 1], "dl")) {
        close_lists(out, lists, depth);
        g_string_append(out, "<p>");
        append_rich(out, document, &block->content);
        g_string_append(out, "</p>");
        return;
    }
    gint64 number;
    char kind;
    bool ordered = block->marker && number_of(block->marker, &number, &kind);
    bool goes_on = lists->depth >= depth &&
                   g_str_equal(lists->open[depth - 1], ordered ? "ol" : "ul");
    open_lists(out, lists, depth, ordered ? "ol" : "ul");
    if (goes_on)
        g_string_append(out, "</li>\n");
    g_string_append(out, "<li");
    if (ordered && kind != '1')
        g_string_append_printf(out, " type=\"%c\"", kind);
    if (ordered)
        g_string_append_printf(out, " value=\"%" G_GINT64_FORMAT "\"", number);
    g_string_append_c(out, '>');
    /* a marker that no list counts */
    if (!ordered && block->marker && (guchar)*block->marker < 0x80) {
        append_escaped(out, block->marker, -1);
        g_string_append_c(out, ' ');
    }
    append_rich(out, document, &block->content);
}

static void
append_definition(GString *out, const struct document *document, const struct block *block,
                  struct lists *lists)
{
    const char *tag = block->type == BLOCK_TERM ? "dt" : "dd";
    open_lists(out, lists, 1, "dl");
    g_string_append_printf(out, "<%s>", tag);
    append_rich(out, document, &block->content);
    g_string_append_printf(out, "</%s>\n", tag);
}

static void
append_simple(GString *out, const struct document *document, const struct block *block,
              const char *tag)
{
    g_string_append_printf(out, "<%s>", tag);
    append_rich(out, document, &block->content);
    g_string_append_printf(out, "</%s>\n", tag);
}

static void
append_block(GString *out, const struct document *document, const struct block *block)
{
    static const char *const headings[] = {"h1", "h2", "h3", "h4", "h5", "h6"};
    switch (block->type) {
    case BLOCK_HEADING:
        append_simple(out, document, block, headings[CLAMP(block->level, 1, 6) - 1]);
        break;
    case BLOCK_QUOTE:
        append_simple(out, document, block, "blockquote");
        break;
    case BLOCK_PRE: /* a line break at its beginning would be left out */
        g_string_append(out, *block->content.text->str == '\n' ? "<pre>\n" : "<pre>");
        append_escaped(out, block->content.text->str, -1);
        g_string_append(out, "</pre>\n");
        break;
    case BLOCK_TABLE:
        append_table(out, document, block);
        break;
    case BLOCK_PICTURE:
        append_picture(out, document, block);
        break;
    case BLOCK_EMBED:
        append_embedded(out, document, block);
        break;
    case BLOCK_RULE:
        g_string_append(out, "<hr>\n");
        break;
    case BLOCK_GAP:
        break;
    default:
        append_simple(out, document, block, "p");
    }
}

char *
document_html(const struct document *document)
{
    GString *out = g_string_new(NULL);
    struct lists lists = {.depth = 0};
    for (guint i = 0; i < document->blocks->len; i++) {
        const struct block *block = g_ptr_array_index(document->blocks, i);
        if (block->type == BLOCK_ITEM) {
            append_item(out, document, block, &lists);
        } else if (block->type == BLOCK_TERM || block->type == BLOCK_DEFINITION) {
            append_definition(out, document, block, &lists);
        } else {
            close_lists(out, &lists, 0);
            append_block(out, document, block);
        }
    }
    close_lists(out, &lists, 0);
    return g_string_free(out, FALSE);
}

/*
 * What is void gets its end, and a reference of HTML is one of XML.  Each '<' and each "&nbsp;" of
 * the HTML is ours: those of the text are escaped.
 */
char *
document_xhtml(const struct document *document)
{
    static const char *const voids[] = {"<br", "<hr", "<img"};
    g_autofree char *html = document_html(document);
    GString *out = g_string_new(NULL);
    for (const char *p = html; *p;) {
        gsize plain = strcspn(p, "<&");
        g_string_append_len(out, p, (gssize)plain);
        p += plain;
        if (g_str_has_prefix(p, "&nbsp;")) {
            g_string_append(out, "&#160;");
            p += strlen("&nbsp;");
            continue;
        }
        bool empty = false;
        for (size_t i = 0; i < G_N_ELEMENTS(voids); i++)
            empty |= g_str_has_prefix(p, voids[i]);
        gsize length = *p == '<' ? strcspn(p, ">") : *p == '&';
        g_string_append_len(out, p, (gssize)length);
        g_string_append(out, empty ? "/" : "");
        p += length;
    }
    return g_string_free(out, FALSE);
}
