/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Aligning two texts: units that say the same, then those between them that are alike, then their
 * lines in the same way, then words.
 */
#include "config.h"

#include "document/diff.h"
#include "base/i18n.h"
#include "document/align.h"
#include "document/diff-parts.h"

#include <string.h>

struct work {
    struct diff *diff;
    const struct diff_text *old, *new;
    guint block;
    bool changed; /* the block does not say what it did */
};

/* A part of what has an order in both: units, or lines of one unit. */
struct range {
    guint from, to;
};

/* --- steps -------------------------------------------------------------------------------- */

static const struct diff_line *
line_at(const struct diff_text *text, guint number)
{
    return &g_array_index(text->lines, struct diff_line, number);
}

/* Dates, addresses and digests are no words. */
static bool
has_words(const struct diff_line *line)
{
    return line->part == DIFF_TITLE || line->part == DIFF_TEXT || line->part == DIFF_CELL;
}

static void
count_words(struct work *w, const struct diff_step *step)
{
    struct diff_stat *stat = &w->diff->stat;
    if (!has_words(step->new ? step->new : step->old))
        return;
    if (step->kind == DIFF_EQUAL) {
        guint words = diff_count_words_quickly(step->new->text);
        stat->words_old += words;
        stat->words_new += words;
        return;
    }
    guint gone = step->old ? diff_count_words(step->old->text) : 0,
          fresh = step->new ? diff_count_words(step->new->text) : 0;
    stat->words_old += gone;
    stat->words_removed += gone;
    stat->words_new += fresh;
    stat->words_added += fresh;
}

/* Links are told of only where they changed. */
static void
add_step(struct work *w, const struct diff_line *old, const struct diff_line *new, bool equal)
{
    struct diff_step step = {.kind = !old    ? DIFF_INSERT
                                     : !new  ? DIFF_DELETE
                                     : equal ? DIFF_EQUAL
                                             : DIFF_REPLACE,
                             .block = w->block,
                             .old = old,
                             .new = new};
    bool link = (old ? old : new)->part == DIFF_LINK;
    w->changed = w->changed || step.kind != DIFF_EQUAL;
    if (link && (step.kind == DIFF_EQUAL || !old || !new))
        return;
    struct diff_stat none = {0};
    if (step.kind == DIFF_REPLACE)
        step.pieces = diff_pieces(old->text, new->text, has_words(new) ? &w->diff->stat : &none);
    else
        count_words(w, &step);
    g_array_append_val(w->diff->steps, step);
}

/* --- aligning ----------------------------------------------------------------------------- */

/* What align() is told of one side, and what it says. */
struct aligned {
    struct align_sequence sequence;
    guint *ids;
};

static guint
id_of_unit(const struct diff_text *text, guint number)
{
    return g_array_index(text->units, struct diff_unit, number).id;
}

static guint
id_of_line(const struct diff_text *text, guint number)
{
    return g_array_index(text->ids, guint, number);
}

static void
sketch_line(const struct diff_text *text, guint number, struct sketch *sketch)
{
    const struct diff_line *line = line_at(text, number);
    if (line->part != DIFF_LINK)
        diff_sketch(sketch, line->text);
}

static void
sketch_unit(const struct diff_text *text, guint number, struct sketch *sketch)
{
    const struct diff_unit *unit = &g_array_index(text->units, struct diff_unit, number);
    for (guint i = 0; i < unit->count; i++)
        sketch_line(text, unit->first + i, sketch);
}

/* How one of the two levels is aligned. */
struct level {
    guint (*id)(const struct diff_text *text, guint number);
    void (*sketch)(const struct diff_text *text, guint number, struct sketch *sketch);
    enum diff_part (*part)(const struct diff_text *text, guint number);
    /* old or new -1: the other has no partner; equal: both say the same */
    void (*take)(struct work *w, gint64 old, gint64 new, bool equal);
};

static void
align_side(struct aligned *side, const struct level *level, const struct diff_text *text,
           struct range range)
{
    guint count = range.to - range.from;
    side->ids = g_new(guint, count + 1);
    for (guint i = 0; i < count; i++)
        side->ids[i] = level->id(text, range.from + i);
    side->sequence = (struct align_sequence){side->ids, count, g_malloc0(count + 1)};
}

static void
aligned_clear(struct aligned *side)
{
    g_free(side->ids);
    g_free(side->sequence.changed);
}

static struct sketch *
sketches(const struct level *level, const struct diff_text *text, struct range range)
{
    struct sketch *list = g_new0(struct sketch, range.to - range.from + 1);
    for (guint i = range.from; i < range.to; i++)
        level->sketch(text, i, &list[i - range.from]);
    return list;
}

/* Which of the old ones is which new one, in a range where none says the same. */
static void
pair(struct work *w, const struct level *level, struct range old, struct range new, gint *partner)
{
    guint count = old.to - old.from;
    enum diff_part part = count ? level->part(w->old, old.from) : DIFF_TEXT;
    bool whole = part == DIFF_LINK || part < DIFF_ATTACHMENT;
    if (whole && count == 1 && new.to - new.from == 1) { /* there is but one of it */
        partner[0] = level->part(w->new, new.from) == part ? 0 : -1;
        return;
    }
    g_autofree struct sketch *before = sketches(level, w->old, old),
                             *after = sketches(level, w->new, new);
    diff_pair(before, count, after, new.to - new.from, partner);
    for (guint i = 0; i < count; i++)
        if (partner[i] >= 0 &&
            level->part(w->old, old.from + i) != level->part(w->new, new.from + (guint)partner[i]))
            partner[i] = -1;
}

/* What is gone before what is new, between those that are one. */
static void
take_gap(struct work *w, const struct level *level, struct range old, struct range new)
{
    g_autofree gint *partner = g_new(gint, old.to - old.from + 1);
    if (old.from < old.to && new.from < new.to)
        pair(w, level, old, new, partner);
    else
        memset(partner, 0xff, (old.to - old.from + 1) * sizeof *partner); /* -1 */
    guint j = new.from;
    for (guint i = old.from; i < old.to; i++) {
        gint with = partner[i - old.from];
        while (with >= 0 && j < new.from + (guint)with)
            level->take(w, -1, j++, false);
        level->take(w, i, with < 0 ? -1 : (gint64)j, false);
        j += with >= 0;
    }
    while (j < new.to)
        level->take(w, -1, j++, false);
}

static void
align_range(struct work *w, const struct level *level, struct range old, struct range new)
{
    struct aligned a, b;
    align_side(&a, level, w->old, old);
    align_side(&b, level, w->new, new);
    align(&a.sequence, &b.sequence);
    guint i = 0, j = 0, n = old.to - old.from, m = new.to - new.from;
    while (i < n || j < m) {
        guint gone = i, fresh = j;
        while (i < n && a.sequence.changed[i])
            i++;
        while (j < m && b.sequence.changed[j])
            j++;
        if (i > gone || j > fresh)
            take_gap(w, level, (struct range){old.from + gone, old.from + i},
                     (struct range){new.from + fresh, new.from + j});
        if (i < n && j < m)
            level->take(w, old.from + i++, new.from + j++, true);
    }
    aligned_clear(&a);
    aligned_clear(&b);
}

/* --- lines of a unit ---------------------------------------------------------------------- */

static enum diff_part
part_of_line(const struct diff_text *text, guint number)
{
    return line_at(text, number)->part;
}

static void
take_line(struct work *w, gint64 old, gint64 new, bool equal)
{
    add_step(w, old < 0 ? NULL : line_at(w->old, (guint)old),
             new < 0 ? NULL : line_at(w->new, (guint) new), equal);
}

static const struct level lines = {id_of_line, sketch_line, part_of_line, take_line};

/* The cells of a row that kept their columns stay where they are. */
static bool
has_the_same_columns(const struct work *w, const struct diff_unit *old, const struct diff_unit *new)
{
    if (old->part != DIFF_CELL || new->part != DIFF_CELL || old->count != new->count)
        return false;
    for (guint i = 0; i < old->count; i++) {
        const struct diff_line *a = line_at(w->old, old->first + i),
                               *b = line_at(w->new, new->first + i);
        if (a->part != b->part || a->column != b->column)
            return false;
    }
    return true;
}

/* --- units -------------------------------------------------------------------------------- */

static enum diff_part
part_of_unit(const struct diff_text *text, guint number)
{
    return g_array_index(text->units, struct diff_unit, number).part;
}

static void
take_pair(struct work *w, const struct diff_unit *old, const struct diff_unit *new, bool equal)
{
    if ((equal && old->count == new->count) || has_the_same_columns(w, old, new))
        for (guint i = 0; i < old->count; i++)
            add_step(w, line_at(w->old, old->first + i), line_at(w->new, new->first + i),
                     equal ||
                         id_of_line(w->old, old->first + i) == id_of_line(w->new, new->first + i));
    else
        align_range(w, &lines, (struct range){old->first, old->first + old->count},
                    (struct range){new->first, new->first + new->count});
}

static void
take_alone(struct work *w, const struct diff_text *text, const struct diff_unit *unit)
{
    for (guint i = 0; i < unit->count; i++) {
        const struct diff_line *line = line_at(text, unit->first + i);
        add_step(w, text == w->old ? line : NULL, text == w->old ? NULL : line, false);
    }
}

static void
take_unit(struct work *w, gint64 old, gint64 new, bool equal)
{
    const struct diff_unit *a = old < 0 ? NULL
                                        : &g_array_index(w->old->units, struct diff_unit, old),
                           *b = new < 0 ? NULL
                                        : &g_array_index(w->new->units, struct diff_unit, new);
    w->changed = false;
    w->block++;
    if (a && b)
        take_pair(w, a, b, equal);
    else
        take_alone(w, a ? w->old : w->new, a ? a : b);
    w->diff->differs = w->diff->differs || w->changed;
    if (w->changed && (a ? a : b)->part >= DIFF_TEXT) {
        w->diff->stat.blocks_removed += a != NULL;
        w->diff->stat.blocks_added += b != NULL;
    }
}

static const struct level units = {id_of_unit, sketch_unit, part_of_unit, take_unit};

/* Those of one kind that follow from `from` on: title, dates, attachments, and all of the text. */
static struct range
range_of(const struct diff_text *text, guint from, enum diff_part part)
{
    struct range range = {from, from};
    while (range.to < text->units->len && MIN(part_of_unit(text, range.to), DIFF_TEXT) == part)
        range.to++;
    return range;
}

/* --- the whole ---------------------------------------------------------------------------- */

static void
clear_step(gpointer step)
{
    g_clear_pointer(&((struct diff_step *)step)->pieces, g_array_unref);
}

struct diff *
diff_new(const struct diff_version *old, const struct diff_version *new,
         const struct compare_rules *ignore)
{
    const struct diff_version *const versions[2] = {old, new};
    struct diff *diff = g_new0(struct diff, 1);
    diff->steps = g_array_new(FALSE, FALSE, sizeof(struct diff_step));
    g_array_set_clear_func(diff->steps, clear_step);
    diff_texts_new(versions, ignore, diff->texts);
    struct work w = {.diff = diff, .old = diff->texts[0], .new = diff->texts[1]};
    struct range a = {0, 0}, b = {0, 0};
    for (enum diff_part part = DIFF_TITLE; part <= DIFF_TEXT; part++) {
        a = range_of(w.old, a.to, part);
        b = range_of(w.new, b.to, part);
        align_range(&w, &units, a, b);
    }
    return diff;
}

void
diff_free(struct diff *diff)
{
    g_array_unref(diff->steps);
    diff_text_free(diff->texts[0]);
    diff_text_free(diff->texts[1]);
    g_free(diff);
}

void
diff_attachment_free(gpointer attachment)
{
    struct diff_attachment *a = attachment;
    g_free(a->url);
    g_free(a->title);
    g_free(a->digest);
    g_free(a);
}

guint
diff_percent(const struct diff_stat *stat)
{
    guint64 changed = (guint64)stat->words_added + stat->words_removed,
            all = (guint64)stat->words_old + stat->words_new;
    if (!changed)
        return stat->blocks_added || stat->blocks_removed ? 1 : 0;
    return (guint)CLAMP(100 * changed / MAX(all, 1), 1, 100);
}

const char *
diff_kind_code(enum diff_kind kind)
{
    static const char *const codes[] = {"equal", "insert", "delete", "replace"};
    return codes[kind];
}

const char *
diff_part_code(enum diff_part part)
{
    static const char *const codes[] = {"title", "published", "updated", "attachment",
                                        "text",  "cell",      "link"};
    return codes[part];
}

char *
diff_label(const struct diff_line *line)
{
    static const char *const labels[] = {[DIFF_TITLE] = N_("Title"),
                                         [DIFF_PUBLISHED] = N_("Published"),
                                         [DIFF_UPDATED] = N_("Updated"),
                                         [DIFF_ATTACHMENT] = N_("Attachment"),
                                         [DIFF_LINK] = N_("Link")};
    if (line->label)
        return g_strdup(line->label);
    if (line->part == DIFF_CELL && line->column)
        return g_strdup_printf(_("Column %u"), line->column);
    return g_strdup(labels[line->part] ? gettext(labels[line->part]) : "");
}

char *
diff_stat_line(const struct diff_stat *stat)
{
    /* TRANSLATORS: how many blocks (paragraphs, rows of tables) and words are new and are gone */
    return g_strdup_printf(_("blocks +%u −%u, words +%u −%u"), stat->blocks_added,
                           stat->blocks_removed, stat->words_added, stat->words_removed);
}
