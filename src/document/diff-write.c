/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changes as text: for people, with marks around words; as diff -u has them, by lines. */
#include "config.h"

#include "document/diff.h"

#include <string.h>

#define CONTEXT 3 /* lines around what changed, as diff -u has them */

const struct diff_marks diff_marks_plain = {"[-", "-]", "{+", "+}"};
const struct diff_marks diff_marks_terminal = {"\033[9m", "\033[29m", "\033[4m", "\033[24m"};

static const struct diff_step *
step_at(const struct diff *diff, guint i)
{
    return &g_array_index(diff->steps, struct diff_step, i);
}

/* --- by words ----------------------------------------------------------------------------- */

static void
append_marked(GString *out, enum diff_kind kind, const char *text, gsize length,
              const struct diff_marks *marks)
{
    g_string_append(out, kind == DIFF_DELETE   ? marks->gone
                         : kind == DIFF_INSERT ? marks->fresh
                                               : "");
    g_string_append_len(out, text, (gssize)length);
    g_string_append(out, kind == DIFF_DELETE   ? marks->gone_end
                         : kind == DIFF_INSERT ? marks->fresh_end
                                               : "");
}

static void
append_step(GString *out, const struct diff_step *step, const struct diff_marks *marks)
{
    const struct diff_line *line = step->new ? step->new : step->old;
    g_autofree char *label = diff_label(line);
    if (*label)
        g_string_append_printf(out, "%s: ", label);
    if (line->block && line->block->type == BLOCK_ITEM && line->part == DIFF_TEXT)
        g_string_append(out, "• ");
    if (step->kind != DIFF_REPLACE)
        append_marked(out, step->kind, line->text, strlen(line->text), marks);
    for (guint i = 0; step->pieces && i < step->pieces->len; i++) {
        const struct diff_piece *piece = &g_array_index(step->pieces, struct diff_piece, i);
        append_marked(out, piece->kind, piece->text, piece->length, marks);
    }
    g_string_append_c(out, '\n');
}

/*
 * Blocks that changed, and those that stand beside such a one; of tables only rows that changed,
 * which say themselves of what they are.
 */
static GHashTable *
blocks_to_show(const struct diff *diff)
{
    GHashTable *blocks = g_hash_table_new(g_direct_hash, g_direct_equal);
    g_autoptr(GHashTable) changed = g_hash_table_new(g_direct_hash, g_direct_equal);
    for (guint i = 0; i < diff->steps->len; i++) {
        const struct diff_step *step = step_at(diff, i);
        if (step->kind == DIFF_EQUAL)
            continue;
        for (guint b = step->block - 1; b <= step->block + 1; b++)
            g_hash_table_add(blocks, GUINT_TO_POINTER(b));
        g_hash_table_add(changed, GUINT_TO_POINTER(step->block));
    }
    for (guint i = 0; i < diff->steps->len; i++) {
        const struct diff_step *step = step_at(diff, i);
        gpointer block = GUINT_TO_POINTER(step->block);
        if (step->new && step->new->part == DIFF_CELL && !g_hash_table_contains(changed, block))
            g_hash_table_remove(blocks, block);
    }
    return blocks;
}

/* Paragraphs stand apart; items, rows and what stands above the text do not. */
static bool
stands_apart(const struct diff_step *before, const struct diff_step *step)
{
    const struct diff_line *a = before->new ? before->new : before->old,
                           *b = step->new ? step->new : step->old;
    bool items = a->block && b->block && a->block->type == BLOCK_ITEM &&
                 b->block->type == BLOCK_ITEM;
    return before->block != step->block && b->part >= DIFF_TEXT && !items;
}

char *
diff_words(const struct diff *diff, const struct diff_marks *marks)
{
    g_autoptr(GHashTable) shown = blocks_to_show(diff);
    GString *out = g_string_new(NULL);
    const struct diff_step *before = NULL;
    for (guint i = 0; i < diff->steps->len; i++) {
        const struct diff_step *step = step_at(diff, i);
        /* dates and the like that stayed say nothing; the title says of what this is */
        bool fact = !(step->new ? step->new : step->old)->block;
        if (!g_hash_table_contains(shown, GUINT_TO_POINTER(step->block)) ||
            (fact && step->kind == DIFF_EQUAL))
            continue;
        if (before && step->block > before->block + 1 && !fact)
            g_string_append(out, before->new && !before->new->block ? "" : "\n…\n");
        if (before && stands_apart(before, step))
            g_string_append_c(out, '\n');
        append_step(out, step, marks);
        before = step;
    }
    return g_string_free(out, FALSE);
}

/* --- by lines ----------------------------------------------------------------------------- */

/* Untranslated: what reads it may be a program. */
static void
append_line(GString *out, char sign, const struct diff_line *line)
{
    const char *code =
        line->part == DIFF_TEXT || line->part == DIFF_CELL ? "" : diff_part_code(line->part);
    g_string_append_c(out, sign);
    if (*code)
        g_string_append_printf(out, "%c%s: ", g_ascii_toupper(*code), code + 1);
    else if (line->label)
        g_string_append_printf(out, "%s: ", line->label);
    g_string_append_printf(out, "%s\n", line->text);
}

/* What is gone stands before what came in its place. */
static guint
append_run(GString *out, const struct diff *diff, guint from, guint to)
{
    guint end = from;
    while (end < to && step_at(diff, end)->kind != DIFF_EQUAL)
        end++;
    for (guint i = from; i < end; i++)
        if (step_at(diff, i)->old)
            append_line(out, '-', step_at(diff, i)->old);
    for (guint i = from; i < end; i++)
        if (step_at(diff, i)->new)
            append_line(out, '+', step_at(diff, i)->new);
    return end;
}

/* Where a hunk that begins at a change ends: behind what changed less than twice CONTEXT apart. */
static guint
hunk_end(const struct diff *diff, guint from)
{
    guint end = from;
    for (guint i = from; i < diff->steps->len && i <= end + 2 * CONTEXT; i++)
        if (step_at(diff, i)->kind != DIFF_EQUAL)
            end = i;
    return MIN(end + 1 + CONTEXT, diff->steps->len);
}

/* "12,3"; "12" for one line; of none, the line before it. */
static void
append_place(GString *out, char sign, guint before, guint count)
{
    g_string_append_printf(out, "%c%u", sign, before + (count > 0));
    if (count != 1)
        g_string_append_printf(out, ",%u", count);
}

static void
append_hunk(GString *out, const struct diff *diff, guint from, guint to, const guint at[2])
{
    guint count[2] = {0, 0};
    for (guint i = from; i < to; i++) {
        count[0] += step_at(diff, i)->old != NULL;
        count[1] += step_at(diff, i)->new != NULL;
    }
    g_string_append(out, "@@ ");
    append_place(out, '-', at[0], count[0]);
    g_string_append_c(out, ' ');
    append_place(out, '+', at[1], count[1]);
    g_string_append(out, " @@\n");
    for (guint i = from; i < to;) {
        if (step_at(diff, i)->kind == DIFF_EQUAL)
            append_line(out, ' ', step_at(diff, i++)->new);
        else
            i = append_run(out, diff, i, to);
    }
}

char *
diff_unified(const struct diff *diff, const char *from, const char *to)
{
    GString *out = g_string_new(NULL);
    g_string_append_printf(out, "--- %s\n+++ %s\n", from, to);
    guint at[2] = {0, 0};
    for (guint i = 0, done = 0; i < diff->steps->len; i++) {
        if (step_at(diff, i)->kind == DIFF_EQUAL)
            continue;
        guint start = MAX(done, i > CONTEXT ? i - CONTEXT : 0), end = hunk_end(diff, i);
        for (; done < start; done++) {
            at[0] += step_at(diff, done)->old != NULL;
            at[1] += step_at(diff, done)->new != NULL;
        }
        append_hunk(out, diff, start, end, at);
        for (; done < end; done++) {
            at[0] += step_at(diff, done)->old != NULL;
            at[1] += step_at(diff, done)->new != NULL;
        }
        i = end - 1;
    }
    return g_string_free(out, FALSE);
}
