/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What form says in HTML, said in the text itself: [-struck out-], 10⁶, x_(ij).  So no reader of
 * the text, be it the search, a diff or a terminal, can take it for something else.
 */
#include "config.h"

#include "document/document.h"
#include "text/raised.h"

#include <string.h>

#define SCRIPTS (SPAN_RAISED | SPAN_LOWERED)

/* Pieces that follow one another in one style, and their text. */
struct run {
    GArray *pieces; /* struct rich_piece */
    const char *text;
    gsize length;
    gsize from, to; /* the text without white space at its ends */
};

static guint
styles_of(const struct rich_text *rich)
{
    guint styles = 0;
    for (guint i = 0; i < rich->spans->len; i++)
        styles |= g_array_index(rich->spans, struct span, i).style;
    return styles;
}

/*
 * Collects the run that begins with `piece`; the piece after it is left there, false when there is
 * none.
 */
static bool
take_run(struct rich_cursor *cursor, struct rich_piece *piece, guint mask, struct run *run)
{
    guint kind = piece->style & mask;
    bool more = true;
    run->text = piece->text;
    run->length = 0;
    g_array_set_size(run->pieces, 0);
    do {
        g_array_append_vals(run->pieces, piece, 1);
        run->length += piece->length;
        more = rich_next(cursor, piece);
    } while (more && (piece->style & mask) == kind);
    run->from = 0;
    run->to = run->length;
    while (run->from < run->to && g_unichar_isspace(g_utf8_get_char(run->text + run->from)))
        run->from = (gsize)(g_utf8_next_char(run->text + run->from) - run->text);
    while (run->to > run->from) {
        const char *last = g_utf8_prev_char(run->text + run->to);
        if (!g_unichar_isspace(g_utf8_get_char(last)))
            break;
        run->to = (gsize)(last - run->text);
    }
    return more;
}

/*
 * Appends bytes [from, to) of a run; take: what of their styles is left out; write: how text is
 * written, or NULL.
 */
static void
append_run(struct rich_text *out, const struct run *run, gsize from, gsize to, guint take,
           void (*write)(GString *, const char *, gsize, guint style))
{
    gsize at = 0;
    for (guint i = 0; i < run->pieces->len; i++) {
        const struct rich_piece *piece = &g_array_index(run->pieces, struct rich_piece, i);
        gsize start = MAX(at, from), end = MIN(at + piece->length, to);
        at += piece->length;
        if (start >= end)
            continue;
        if (!write) {
            rich_append(out, run->text + start, (gssize)(end - start), piece->style & ~take,
                        piece->link);
            continue;
        }
        g_autoptr(GString) text = g_string_new(NULL);
        write(text, run->text + start, end - start, piece->style);
        rich_append(out, text->str, (gssize)text->len, piece->style & ~take, piece->link);
    }
}

static const struct rich_piece *
end_piece(const struct run *run, bool last)
{
    return &g_array_index(run->pieces, struct rich_piece, last ? run->pieces->len - 1 : 0);
}

static void
append_mark(struct rich_text *out, const char *mark, const struct rich_piece *like)
{
    rich_append(out, mark, -1, like->style, like->link);
}

static void
write_signs(GString *out, const char *text, gsize length, guint style)
{
    for (const char *p = text; p < text + length; p = g_utf8_next_char(p))
        g_string_append_unichar(out, raised_sign(g_utf8_get_char(p), style & SPAN_RAISED));
}

static void
form_script(struct rich_text *out, const struct run *run)
{
    append_run(out, run, 0, run->from, SCRIPTS, NULL);
    const struct rich_piece *first = end_piece(run, false), *last = end_piece(run, true);
    bool raised = first->style & SPAN_RAISED;
    const char *text = run->text + run->from, *sign;
    gsize length = run->to - run->from;
    switch (length ? raised_form(out->text->str, out->text->len, text, length, raised, &sign)
                   : RAISED_AS_IS) {
    case RAISED_AS_IS:
        append_run(out, run, run->from, run->to, 0, NULL);
        break;
    case RAISED_SIGNS:
        append_run(out, run, run->from, run->to, 0, write_signs);
        break;
    case RAISED_SIGN:
        rich_append(out, sign, -1, first->style & ~(guint)SCRIPTS, first->link);
        break;
    case RAISED_MARKED: {
        bool one = g_utf8_next_char(text) == text + length;
        append_mark(out, raised ? "^" : "_", first);
        if (!one)
            append_mark(out, "(", first);
        append_run(out, run, run->from, run->to, 0, NULL);
        if (!one)
            append_mark(out, ")", last);
        break;
    }
    }
    append_run(out, run, run->to, run->length, SCRIPTS, NULL);
}

static void
form_deleted(struct rich_text *out, const struct run *run)
{
    append_run(out, run, 0, run->from, SPAN_DELETED, NULL);
    if (run->to > run->from) {
        append_mark(out, "[-", &(struct rich_piece){.style = SPAN_DELETED});
        append_run(out, run, run->from, run->to, 0, NULL);
        append_mark(out, "-]", &(struct rich_piece){.style = SPAN_DELETED});
    }
    append_run(out, run, run->to, run->length, SPAN_DELETED, NULL);
}

/* Rewrites the runs of some styles, and copies what is between them. */
static void
rewrite(struct rich_text *rich, guint mask, void (*form)(struct rich_text *, const struct run *))
{
    struct rich_text out;
    rich_init(&out);
    struct rich_cursor cursor = {rich, 0, 0};
    struct rich_piece piece;
    struct run run = {.pieces = g_array_new(FALSE, FALSE, sizeof(struct rich_piece))};
    for (bool more = rich_next(&cursor, &piece); more;) {
        if (piece.style & mask) {
            more = take_run(&cursor, &piece, mask, &run);
            form(&out, &run);
        } else {
            rich_append(&out, piece.text, (gssize)piece.length, piece.style, piece.link);
            more = rich_next(&cursor, &piece);
        }
    }
    g_array_unref(run.pieces);
    /* what others point to stays the same */
    g_string_assign(rich->text, out.text->str);
    g_array_set_size(rich->spans, 0);
    g_array_append_vals(rich->spans, out.spans->data, out.spans->len);
    rich_clear(&out);
}

void
rich_form(struct rich_text *rich)
{
    guint styles = styles_of(rich);
    if (styles & SCRIPTS)
        rewrite(rich, SCRIPTS, form_script);
    if (styles & SPAN_DELETED)
        rewrite(rich, SPAN_DELETED, form_deleted);
}

/* --- and back ------------------------------------------------------------------------------- */

static void
write_bases(GString *out, const char *text, gsize length, guint style)
{
    (void)style;
    for (const char *p = text; p < text + length; p = g_utf8_next_char(p)) {
        bool raised;
        gunichar c = g_utf8_get_char(p), base = raised_base(c, &raised);
        g_string_append_unichar(out, base == '-' ? 0x2212 : base ? base : c);
    }
}

static void
bare_script(struct rich_text *out, const struct run *run)
{
    char mark = end_piece(run, false)->style & SPAN_RAISED ? '^' : '_';
    gsize from = 0, to = run->length;
    if (to > 1 && run->text[0] == mark) {
        from = 1;
        if (run->text[1] == '(' && run->text[to - 1] == ')' && to > 3) {
            from = 2;
            to--;
        }
        append_run(out, run, from, to, 0, NULL);
    } else {
        append_run(out, run, from, to, 0, write_bases);
    }
}

static void
bare_deleted(struct rich_text *out, const struct run *run)
{
    bool marked = run->length >= 4 && g_str_has_prefix(run->text, "[-") &&
                  !strncmp(run->text + run->length - 2, "-]", 2);
    append_run(out, run, marked ? 2 : 0, run->length - (marked ? 2 : 0), 0, NULL);
}

struct rich_text
rich_bare(const struct rich_text *rich, guint styles)
{
    struct rich_text out = {g_string_new_len(rich->text->str, (gssize)rich->text->len),
                            g_array_new(FALSE, FALSE, sizeof(struct span))};
    g_array_append_vals(out.spans, rich->spans->data, rich->spans->len);
    styles &= styles_of(rich);
    if (styles & SPAN_DELETED)
        rewrite(&out, SPAN_DELETED, bare_deleted);
    if (styles & SCRIPTS)
        rewrite(&out, SCRIPTS, bare_script);
    return out;
}
