/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Writing documents as Markdown: CommonMark, with tables and ~~struck out~~ of GitHub's.  Text is
 * escaped wherever it could be read as markup, HTML above all.
 */
#include "config.h"

#include "document/document.h"
#include "document/table.h"

#include <string.h>

#define MAX_NESTED 32 /* deeper items are written as deep as this */

/* A document on its way out. */
struct writer {
    const struct document *document;
    GString *out;
    const char *indent; /* what lines after the first begin with */
    bool one_line;      /* in headings and tables a line break is a blank */
    bool in_table;
    gsize marked; /* where marks ended last: more of them there would be one with them */
    /* what comes is the first of a block, which may be read as another kind of block */
    bool fresh;
};

/* --- text ----------------------------------------------------------------------------------- */

/* Whether what stands at p begins a block when it begins a line. */
static bool
begins_block(const char *p, const char *end)
{
    if (strchr("#+-=>", *p))
        return true;
    while (p < end && g_ascii_isdigit(*p))
        p++;
    return p < end && (*p == '.' || *p == ')');
}

/* Escaped; start: it begins a line. */
static void
append_escaped(GString *out, const char *text, gsize length, bool start)
{
    const char *end = text + length;
    for (const char *p = text; p < end; p++) {
        if (start && *p == ' ') { /* an indent, which would mean something else */
            g_string_append(out, "\xc2\xa0");
            continue;
        }
        if (start && *p && begins_block(p, end)) {
            gsize digits = strspn(p, "0123456789");
            digits = MIN(digits, (gsize)(end - p));
            g_string_append_len(out, p, (gssize)digits);
            p += digits;
            g_string_append_c(out, '\\');
            g_string_append_c(out, *p);
            start = false;
            continue;
        }
        if (strchr("\\`*_[]<>|&~", *p))
            g_string_append_c(out, '\\');
        g_string_append_c(out, *p);
        start = *p == '\n';
    }
}

char *
markdown_text(const char *text)
{
    GString *out = g_string_new(NULL);
    g_autofree char *line = g_strdelimit(g_strdup(text), "\n\r", ' ');
    append_escaped(out, line, strlen(line), true);
    return g_string_free(out, FALSE);
}

/* What a target of a link may not hold is written as its bytes. */
static void
append_target(GString *out, const char *url)
{
    for (const char *p = url; *p; p++) {
        if ((guchar)*p <= ' ' || strchr("()<>\"\\`|", *p) || *p == 0x7f)
            g_string_append_printf(out, "%%%02X", (guchar)*p);
        else
            g_string_append_c(out, *p);
    }
}

/* A fence of more backticks than there are anywhere in the text. */
static char *
fence_for(const char *text, gsize length, guint least)
{
    guint longest = 0, run = 0;
    for (gsize i = 0; i < length; i++) {
        run = text[i] == '`' ? run + 1 : 0;
        longest = MAX(longest, run);
    }
    return g_strnfill(MAX(longest + 1, least), '`');
}

static void
append_code(struct writer *w, const char *text, gsize length)
{
    g_autofree char *fence = fence_for(text, length, 1),
                    *line = g_strdelimit(g_strndup(text, length), "\n", ' ');
    bool pad = length && (line[0] == '`' || line[length - 1] == '`');
    if (w->out->len && w->out->str[w->out->len - 1] == '`') /* two fences would be one */
        g_string_append_c(w->out, ' ');
    g_auto(GStrv) parts = g_strsplit(line, "|", -1); /* a bar would part cells even here */
    g_autofree char *joined = g_strjoinv(w->in_table ? "\\|" : "|", parts);
    g_string_append_printf(w->out, "%s%s%s%s%s", fence, pad ? " " : "", joined, pad ? " " : "",
                           fence);
    w->fresh = false;
}

static void
append_lines(struct writer *w, const char *text, gsize length)
{
    for (const char *p = text, *end = text + length; p < end;) {
        const char *line = memchr(p, '\n', (gsize)(end - p));
        bool start = w->fresh;
        w->fresh = false;
        append_escaped(w->out, p, (gsize)((line ? line : end) - p), start);
        if (line)
            g_string_append_printf(w->out, "%s%s", w->one_line ? " " : "  \n",
                                   w->one_line ? "" : w->indent);
        w->fresh = line && !w->one_line;
        p = line ? line + 1 : end;
    }
}

/* The marks around a style, from the outermost to the innermost. */
static const struct {
    guint style;
    const char *mark;
} marks[] = {{SPAN_DELETED, "~~"}, {SPAN_STRONG | SPAN_MARKED, "**"}, {SPAN_EMPHASIS, "*"}};

static bool
is_space(gunichar c)
{
    return !c || g_unichar_isspace(c);
}

static bool
is_sign(gunichar c)
{
    return g_unichar_ispunct(c) || (c < 0x80 && g_ascii_ispunct((char)c));
}

/*
 * Whether marks work between these characters (CommonMark 6.2): they stand beside the text on one
 * side, and where that is punctuation, beside a blank or punctuation on the other.
 */
static bool
is_flanking(gunichar inside, gunichar outside)
{
    return !is_space(inside) && (!is_sign(inside) || is_space(outside) || is_sign(outside));
}

static void
append_marks(struct writer *w, guint style, bool close)
{
    for (gsize i = 0; i < G_N_ELEMENTS(marks); i++) {
        const gsize at = close ? G_N_ELEMENTS(marks) - 1 - i : i;
        if (!(style & marks[at].style))
            continue;
        g_string_append(w->out, marks[at].mark);
        w->fresh = false;
    }
}

static const guint shown = SPAN_DELETED | SPAN_STRONG | SPAN_MARKED | SPAN_EMPHASIS | SPAN_CODE;

/* A piece in its marks; after: what follows it, 0 for nothing. */
static void
append_piece(struct writer *w, const struct rich_piece *piece, gunichar after)
{
    const char *text = piece->text;
    gsize from = 0, to = piece->length;
    while (from < to && g_unichar_isspace(g_utf8_get_char(text + from)))
        from = (gsize)(g_utf8_next_char(text + from) - text);
    while (to > from && g_unichar_isspace(g_utf8_get_char(g_utf8_prev_char(text + to))))
        to = (gsize)(g_utf8_prev_char(text + to) - text);
    append_lines(w, text, from);
    if (from == to)
        return;
    bool code = piece->style & SPAN_CODE;
    gunichar before = w->out->len ? g_utf8_get_char(g_utf8_prev_char(w->out->str + w->out->len))
                                  : 0;
    gunichar first = code ? '`' : g_utf8_get_char(text + from),
             last = code ? '`' : g_utf8_get_char(g_utf8_prev_char(text + to));
    bool works = w->out->len != w->marked && is_flanking(first, before) &&
                 is_flanking(last, to < piece->length ? ' ' : after);
    guint style = works ? piece->style : 0;
    /* by words, since it may not read as in force */
    bool told = !works && piece->style & SPAN_DELETED;
    g_string_append(w->out, told ? "\\[-" : "");
    append_marks(w, style, false);
    if (code)
        append_code(w, text + from, to - from);
    else
        append_lines(w, text + from, to - from);
    append_marks(w, style, true);
    w->marked = style & (SPAN_DELETED | SPAN_STRONG | SPAN_MARKED | SPAN_EMPHASIS) ? w->out->len
                                                                                   : G_MAXSIZE;
    g_string_append(w->out, told ? "-\\]" : "");
    append_lines(w, text + to, piece->length - to);
}

static void
append_rich(struct writer *w, const struct rich_text *rich)
{
    struct rich_text bare = rich_bare(rich, SPAN_DELETED);
    struct rich_cursor cursor = {&bare, 0, 0};
    struct rich_piece piece, next = {0};
    bool more = rich_next(&cursor, &piece);
    w->fresh = !w->one_line;
    for (guint link = 0; more; piece = next) {
        piece.style &= shown;
        /* pieces that differ in nothing that is shown are one */
        while ((more = rich_next(&cursor, &next)) && next.link == piece.link &&
               (next.style & shown) == piece.style)
            piece.length += next.length;
        if (piece.link && piece.link != link) {
            g_string_append_c(w->out, '[');
            w->fresh = false;
        }
        link = piece.link;
        bool ends = link && (!more || next.link != link);
        append_piece(w, &piece,
                     ends                 ? ']'
                     : !more              ? 0
                     : next.style & shown ? '*'
                                          : g_utf8_get_char(next.text));
        if (ends) {
            g_string_append(w->out, "](");
            append_target(w->out, g_ptr_array_index(w->document->links, link - 1));
            g_string_append_c(w->out, ')');
        }
    }
    rich_clear(&bare);
}

/* --- blocks --------------------------------------------------------------------------------- */

static void
append_table(struct writer *w, const struct block *block)
{
    if (block->content.text->len) {
        append_rich(w, &block->content);
        g_string_append(w->out, "\n\n");
    }
    struct table_grid grid;
    table_grid_init(&grid, block);
    w->one_line = w->in_table = true;
    for (guint r = 0; r < grid.rows; r++) {
        g_string_append_c(w->out, '|');
        for (guint c = 0; c < grid.columns; c++) {
            const struct table_slot *slot = table_slot(&grid, r, c);
            g_string_append_c(w->out, ' ');
            if (slot->first)
                append_rich(w, &slot->cell->content);
            g_string_append(w->out, " |");
        }
        g_string_append_c(w->out, '\n');
        if (r)
            continue;
        g_string_append_c(w->out, '|');
        for (guint c = 0; c < grid.columns; c++)
            g_string_append(w->out, " --- |");
        g_string_append_c(w->out, '\n');
    }
    w->one_line = w->in_table = false;
    table_grid_clear(&grid);
}

static void
append_caption(struct writer *w, const struct block *block)
{
    if (!block->content.text->len)
        return;
    g_string_append_c(w->out, '\n');
    append_rich(w, &block->content);
    g_string_append_c(w->out, '\n');
}

static void
append_picture(struct writer *w, const struct block *block)
{
    g_autofree char *alt = markdown_text(block->alt ? block->alt : "");
    if (block->target)
        g_string_append_c(w->out, '[');
    if (block->url) {
        g_string_append_printf(w->out, "![%s](", alt);
        append_target(w->out, block->url);
        g_string_append_c(w->out, ')');
    } else if (*alt) {
        g_string_append_printf(w->out, "*%s*", alt);
    }
    if (block->target) {
        g_string_append(w->out, "](");
        append_target(w->out, block->target);
        g_string_append_c(w->out, ')');
    }
    g_string_append_c(w->out, '\n');
    append_caption(w, block);
}

static void
append_embedded(struct writer *w, const struct block *block)
{
    g_autofree char *title = markdown_text(block->alt ? block->alt : block->url);
    g_string_append_printf(w->out, "[%s](", title);
    append_target(w->out, block->url);
    g_string_append(w->out, ")\n");
    append_caption(w, block);
}

static void
append_pre(struct writer *w, const struct block *block)
{
    const GString *text = block->content.text;
    g_autofree char *fence = fence_for(text->str, text->len, 3);
    g_string_append_printf(w->out, "%s\n%s\n%s\n", fence, text->str, fence);
}

/* --- items ---------------------------------------------------------------------------------- */

/* How far each depth of the list that is open is indented, and which bullet it has. */
struct list {
    guint indents[MAX_NESTED + 1]; /* of the text of an item at depth n; [0] is 0 */
    guint depth;
    bool other; /* the other bullet: two lists beside one another are told apart by it */
};

/* Markdown counts with up to nine digits. */
static bool
is_number(const char *marker)
{
    gsize digits = strspn(marker, "0123456789");
    return digits && digits <= 9 && g_str_equal(marker + digits, ".");
}

static void
append_item(struct writer *w, const struct block *block, struct list *list)
{
    guint depth = CLAMP(block->level, 1, MAX_NESTED);
    bool goes_on = !block->marker && list->depth >= depth;
    depth = MIN(depth, list->depth + 1); /* an item without one above it is no deeper */
    guint outer = list->indents[depth - 1];
    if (goes_on) {
        g_string_append_printf(w->out, "\n%*s", (int)list->indents[depth], "");
    } else {
        bool number = block->marker && is_number(block->marker);
        const char *sign = number ? block->marker : list->other ? "*" : "-";
        list->indents[depth] = outer + (guint)strlen(sign) + 1;
        g_string_append_printf(w->out, "%*s%s ", (int)outer, "", sign);
        /* one that Markdown does not know */
        if (block->marker && !number && (guchar)*block->marker < 0x80) {
            append_escaped(w->out, block->marker, strlen(block->marker), true);
            g_string_append_c(w->out, ' ');
        }
    }
    list->depth = depth;
    g_autofree char *indent = g_strnfill(list->indents[depth], ' ');
    w->indent = indent;
    append_rich(w, &block->content);
    w->indent = "";
    g_string_append_c(w->out, '\n');
}

static void
append_quote(struct writer *w, const struct block *block)
{
    GString *bars = g_string_new(NULL);
    for (guint n = 0; n < CLAMP(block->level, 1, MAX_NESTED); n++)
        g_string_append(bars, "> ");
    g_string_append(w->out, bars->str);
    w->indent = bars->str;
    append_rich(w, &block->content);
    w->indent = "";
    g_string_append_c(w->out, '\n');
    g_string_free(bars, TRUE);
}

/* A term is strong; its definition is the next line of the same paragraph. */
static void
append_term(struct writer *w, const struct block *block)
{
    struct rich_text strong;
    rich_init(&strong);
    struct rich_cursor cursor = {&block->content, 0, 0};
    for (struct rich_piece piece; rich_next(&cursor, &piece);)
        rich_append(&strong, piece.text, (gssize)piece.length, piece.style | SPAN_STRONG,
                    piece.link);
    append_rich(w, &strong);
    rich_clear(&strong);
    g_string_append_c(w->out, '\n');
}

static void
append_block(struct writer *w, const struct block *block)
{
    switch (block->type) {
    case BLOCK_HEADING:
        for (guint n = 0; n < CLAMP(block->level, 1, 6); n++)
            g_string_append_c(w->out, '#');
        g_string_append_c(w->out, ' ');
        w->one_line = true;
        append_rich(w, &block->content);
        w->one_line = false;
        if (w->out->str[w->out->len - 1] == '#') /* it would close the heading */
            g_string_insert_c(w->out, (gssize)w->out->len - 1, '\\');
        g_string_append_c(w->out, '\n');
        break;
    case BLOCK_QUOTE:
        append_quote(w, block);
        break;
    case BLOCK_PRE:
        append_pre(w, block);
        break;
    case BLOCK_TABLE:
        append_table(w, block);
        break;
    case BLOCK_PICTURE:
        append_picture(w, block);
        break;
    case BLOCK_EMBED:
        append_embedded(w, block);
        break;
    case BLOCK_RULE:
        g_string_append(w->out, "---\n");
        break;
    case BLOCK_TERM:
        append_term(w, block);
        break;
    default:
        append_rich(w, &block->content);
        g_string_append_c(w->out, '\n');
    }
}

char *
document_markdown(const struct document *document)
{
    struct writer w = {document, g_string_new(NULL), "", false, false, G_MAXSIZE, false};
    struct list list = {.depth = 0};
    enum block_type last = 0;
    for (guint i = 0; i < document->blocks->len; i++) {
        const struct block *block = g_ptr_array_index(document->blocks, i);
        if (block->type == BLOCK_GAP) {
            list.other = !list.other;
            last = block->type;
            list.depth = 0;
            continue;
        }
        bool defines = block->type == BLOCK_DEFINITION && last == BLOCK_TERM;
        if (defines && w.out->len)
            g_string_insert(w.out, (gssize)w.out->len - 1, "  ");
        if (w.out->len && !defines && !(block->type == BLOCK_ITEM && last == BLOCK_ITEM))
            g_string_append_c(w.out, '\n');
        if (block->type == BLOCK_ITEM) {
            append_item(&w, block, &list);
        } else {
            list.depth = 0;
            append_block(&w, block);
        }
        last = block->type;
    }
    return g_string_free(w.out, FALSE);
}
