/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changes in words: where little of a line changed those words, else the line as it was and is. */
#include "config.h"

#include "ui/diff-spoken.h"
#include "base/i18n.h"
#include "ui/diff-lines.h"

#include <string.h>

char *
diff_spoken_texts(const struct comparison *c)
{
    g_autofree char *old = diff_text_name(c->old), *new = diff_text_name(c->new);
    return g_strdup_printf(_("was: %s\nnow: %s"), old, new);
}

/* Whether most of the line stayed; of dates and the like one hears the whole. */
static bool
mostly_stayed(const struct diff_step *step)
{
    gsize stayed = 0;
    if (step->new->part != DIFF_TITLE && step->new->part < DIFF_TEXT)
        return false;
    for (guint i = 0; step->pieces && i < step->pieces->len; i++) {
        const struct diff_piece *piece = &g_array_index(step->pieces, struct diff_piece, i);
        stayed += piece->kind == DIFF_EQUAL ? piece->length : 0;
    }
    return 2 * stayed >= MIN(strlen(step->old->text), strlen(step->new->text));
}

/* Whether what has been said so far is set apart from what follows. */
static bool
is_apart(const GString *out)
{
    return !out->len || strchr(" \n", out->str[out->len - 1]) ||
           g_str_has_suffix(out->str, _(", "));
}

/* A stretch in words, apart from what stands on both of its sides. */
static void
append_piece(GString *out, const struct diff_piece *piece, const char *next)
{
    g_autofree char *text = g_strndup(piece->text, piece->length);
    g_autofree char *inner = g_strstrip(g_strdup(text));
    if (piece->kind == DIFF_EQUAL || !*inner) {
        bool close = out->len && out->str[out->len - 1] == ' ';
        g_string_append(out, piece->kind != DIFF_EQUAL ? "" : text + (close && *text == ' '));
        return;
    }
    if (!is_apart(out))
        g_string_append_c(out, ' ');
    g_string_append_printf(out,
                           piece->kind == DIFF_DELETE
                               /* TRANSLATORS: read out in a text, before and behind a part */
                               ? _("struck out: %s, end")
                               : _("inserted: %s, end"),
                           inner);
    bool ends = !*next || g_ascii_ispunct(*next) || g_unichar_ispunct(g_utf8_get_char(next));
    g_string_append(out, ends ? "" : _(", "));
}

static char *
changed_words(const struct diff_step *step)
{
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < step->pieces->len; i++) {
        const struct diff_piece *piece = &g_array_index(step->pieces, struct diff_piece, i);
        append_piece(out, piece, i + 1 < step->pieces->len ? piece[1].text : "");
    }
    return g_string_free(out, FALSE);
}

/* Which row of a table a cell is in, by its first cell, where that stayed and is another one. */
static void
append_row(const struct diff *diff, const struct diff_step *step, GString *out)
{
    const struct diff_step *all = (const struct diff_step *)(void *)diff->steps->data,
                           *first = step;
    while (first > all && first[-1].block == step->block)
        first--;
    bool names = first != step && first->kind == DIFF_EQUAL && first->new->part == DIFF_CELL;
    if (names)
        g_string_append_printf(out, "%s%s%s%s", first->new->label ? first->new->label : "",
                               first->new->label ? " " : "", first->new->text, _(": "));
}

/* What a line says; newly allocated, NULL: there is none. */
static char *
shown(const struct diff_step *step, const struct diff_line *line)
{
    return line ? g_strndup(line->text, diff_shown_length(step, line)) : NULL;
}

void
diff_spoken_step(const struct diff *diff, const struct diff_step *step, GString *out)
{
    const struct diff_line *old = step->old, *new = step->new;
    g_autofree char *label = diff_label(new ? new : old), *was = shown(step, old),
                    *now = shown(step, new);
    append_row(diff, step, out);
    if (*label)
        g_string_append_printf(out, "%s%s", label, _(": "));
    if (step->kind == DIFF_REPLACE && mostly_stayed(step)) {
        g_autofree char *words = changed_words(step);
        /* TRANSLATORS: a paragraph, with words that were struck out and inserted */
        g_string_append_printf(out, _("changed: %s"), words);
    } else if (step->kind == DIFF_REPLACE) {
        g_string_append_printf(out, _("was: %s\nnow: %s"), was, now);
    } else if (step->kind == DIFF_EQUAL) {
        g_string_append(out, now);
    } else if (step->kind == DIFF_INSERT) {
        g_string_append_printf(out, _("added: %s"), now);
    } else {
        g_string_append_printf(out, _("removed: %s"), was);
    }
}
