/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Laying out changes.  Words that are gone stand in [-…-], those that are new in {+…+}, whatever
 * the terminal can show: the styles only set them off.
 */
#include "config.h"

#include "ui/diff-lines.h"
#include "base/i18n.h"

#include <string.h>

enum side { OLD, NEW, BOTH };

char *
diff_time(int64_t time)
{
    g_autoptr(GDateTime) moment = g_date_time_new_from_unix_local(time);
    return moment ? g_date_time_format(moment, "%Y-%m-%d %H:%M") : g_strdup("");
}

char *
diff_text_name(const struct revision *r)
{
    g_autofree char *time = r ? diff_time(r->seen) : NULL;
    return r ? g_strdup_printf(_("Text %d, %s"), r->number, time) : g_strdup(_("withdrawn"));
}

char *
diff_size_words(const struct diff_stat *stat)
{
    return g_strdup_printf(_("paragraphs: %u new, %u gone; words: %u new, %u gone"),
                           stat->blocks_added, stat->blocks_removed, stat->words_added,
                           stat->words_removed);
}

bool
diff_is_of_one(const struct comparison *c)
{
    return c->new && c->old->number == c->new->number;
}

gsize
diff_shown_length(const struct diff_step *step, const struct diff_line *line)
{
    const struct diff_line *old = step->old, *new = step->new;
    bool alone = step->kind == DIFF_REPLACE && old->digest == new->digest &&
                 !strncmp(old->text, new->text, old->digest);
    return line->digest && !alone ? line->digest : strlen(line->text);
}

/* --- one step ----------------------------------------------------------------------------- */

static void
append_marked(struct rich_text *rich, enum diff_kind kind, const char *text, gsize length)
{
    const struct diff_marks *marks = &diff_marks_plain;
    bool gone = kind == DIFF_DELETE, fresh = kind == DIFF_INSERT;
    guint style = gone ? SPAN_DELETED : fresh ? SPAN_INSERTED : 0;
    rich_append(rich, gone ? marks->gone : fresh ? marks->fresh : "", -1, style, 0);
    rich_append(rich, text, (gssize)length, style, 0);
    rich_append(rich, gone ? marks->gone_end : fresh ? marks->fresh_end : "", -1, style, 0);
}

static bool
belongs(enum diff_kind kind, enum side side)
{
    return side == BOTH || kind == DIFF_EQUAL || (kind == DIFF_DELETE) == (side == OLD);
}

/* What a side says of a step; false when it says nothing. */
static bool
text_of_step(struct rich_text *rich, const struct diff_step *step, enum side side)
{
    const struct diff_line *line = side == OLD || !step->new ? step->old : step->new;
    if (!line || (step->kind != DIFF_REPLACE && !belongs(step->kind, side)))
        return false;
    g_autofree char *label = diff_label(line);
    if (*label) {
        rich_append(rich, label, -1, SPAN_STRONG, 0);
        rich_append(rich, _(": "), -1, SPAN_STRONG, 0);
    }
    if (step->kind != DIFF_REPLACE)
        append_marked(rich, step->kind, line->text, diff_shown_length(step, line));
    for (guint i = 0; step->pieces && i < step->pieces->len; i++) {
        const struct diff_piece *piece = &g_array_index(step->pieces, struct diff_piece, i);
        const struct diff_line *whole = piece->kind == DIFF_DELETE ? step->old : step->new;
        gsize at = (gsize)(piece->text - whole->text), end = diff_shown_length(step, whole);
        if (belongs(piece->kind, side) && at < end)
            append_marked(rich, piece->kind, piece->text, MIN(piece->length, end - at));
    }
    return true;
}

static guint
style_of_block(const struct diff_line *line)
{
    if (line->part == DIFF_TITLE || (line->block && line->block->type == BLOCK_HEADING))
        return LAYOUT_HEADING;
    return line->block && line->block->type == BLOCK_QUOTE ? LAYOUT_QUOTE : 0;
}

static void
add_step(struct layout *column, const struct diff_step *step, enum side side, int width)
{
    struct rich_text rich;
    rich_init(&rich);
    const struct diff_line *line = step->new ? step->new : step->old;
    bool item = line->part == DIFF_TEXT && line->block && line->block->type == BLOCK_ITEM;
    if (text_of_step(&rich, step, side))
        layout_wrap(column, &rich, item ? "• " : "", item ? "  " : "", width, style_of_block(line),
                    0);
    rich_clear(&rich);
}

/* How many steps from `from` on are the cells of a row that stayed; 0: none begins there. */
static guint
row_that_stayed(const GArray *steps, guint from)
{
    const struct diff_step *first = &g_array_index(steps, struct diff_step, from);
    guint end = from;
    for (; end < steps->len; end++) {
        const struct diff_step *step = &g_array_index(steps, struct diff_step, end);
        if (step->block != first->block)
            break;
        if (step->kind != DIFF_EQUAL || step->new->part != DIFF_CELL)
            return 0;
    }
    return end - from;
}

static void
add_row(struct layout *column, const GArray *steps, guint from, guint count, int width,
        const char *bar)
{
    struct rich_text rich;
    rich_init(&rich);
    for (guint i = from; i < from + count; i++) {
        const struct diff_step *step = &g_array_index(steps, struct diff_step, i);
        rich_append(&rich, i > from ? bar : "", -1, 0, 0);
        rich_append(&rich, step->new->text, -1, step->new->column ? 0 : SPAN_STRONG, 0);
    }
    layout_wrap(column, &rich, "", "  ", width, 0, 0);
    rich_clear(&rich);
}

/* --- all of them -------------------------------------------------------------------------- */

static void
add_wrapped(struct layout *column, const char *text, int width, guint style)
{
    struct rich_text rich;
    rich_init(&rich);
    rich_append(&rich, text, -1, style, 0);
    layout_wrap(column, &rich, "", "", width, 0, 0);
    rich_clear(&rich);
}

static void
add_head(struct diff_lines *d, const struct comparison *c)
{
    g_autofree char *old = diff_text_name(c->old), *new = diff_text_name(c->new),
                    *size = diff_stat_line(&c->diff->stat);
    bool one = diff_is_of_one(c);
    g_autofree char *both = one ? g_strdup(old) : g_strdup_printf("%s – %s", old, new);
    add_wrapped(d->columns.sides[0], d->columns.sides[1] ? old : both, d->columns.width,
                SPAN_STRONG);
    if (d->columns.sides[1])
        add_wrapped(d->columns.sides[1], new, d->columns.width, SPAN_STRONG);
    columns_level(&d->columns);
    if (!one)
        add_wrapped(d->columns.sides[d->columns.sides[1] != NULL], size, d->columns.width, 0);
    columns_level(&d->columns);
    columns_blank(&d->columns);
}

/*
 * Paragraphs stand apart; what is said of the text, items, the cells of a row, and rows that stayed
 * (rows: both did) do not.
 */
static bool
stands_apart(const struct diff_step *before, const struct diff_step *step, bool rows)
{
    const struct diff_line *a = before->new ? before->new : before->old,
                           *b = step->new ? step->new : step->old;
    bool items = a->block && b->block && a->block->type == BLOCK_ITEM &&
                 b->block->type == BLOCK_ITEM;
    return before->block != step->block && b->part >= DIFF_TEXT && !items && !rows;
}

struct diff_lines *
diff_lines_new(const struct comparison *c, int width, bool beside, bool ascii)
{
    /* beside each other texts have the other bar between them */
    const char *bar = beside || ascii ? " | " : " │ ";
    struct diff_lines *d = g_new0(struct diff_lines, 1);
    columns_init(&d->columns, width, beside);
    d->changes = g_array_new(FALSE, FALSE, sizeof(struct diff_place));
    add_head(d, c);
    const struct diff_step *before = NULL;
    const GArray *steps = c->diff->steps;
    bool stayed = false; /* what was before is a row that did */
    for (guint i = 0; i < steps->len; i++) {
        const struct diff_step *step = &g_array_index(steps, struct diff_step, i);
        guint cells = !before || before->block != step->block ? row_that_stayed(steps, i) : 0;
        if (before && stands_apart(before, step, stayed && cells))
            columns_blank(&d->columns);
        for (int k = 0; cells && k <= beside; k++)
            add_row(d->columns.sides[k], steps, i, cells, width, bar);
        before = step;
        stayed = cells > 0;
        if (cells) {
            columns_level(&d->columns);
            i += cells - 1;
            continue;
        }
        struct diff_place place = {.first = columns_count(&d->columns)};
        add_step(d->columns.sides[0], step, beside ? OLD : BOTH, width);
        if (beside)
            add_step(d->columns.sides[1], step, NEW, width);
        columns_level(&d->columns);
        place.end = columns_count(&d->columns);
        if (step->kind != DIFF_EQUAL)
            g_array_append_val(d->changes, place);
    }
    return d;
}

void
diff_lines_free(struct diff_lines *d)
{
    columns_clear(&d->columns);
    g_array_unref(d->changes);
    g_free(d);
}
