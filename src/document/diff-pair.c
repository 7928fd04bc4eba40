/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which of the blocks between two that stayed is which, changed: the pairs that are most alike in
 * all, in order.  Where there are many, each is compared with those that stand about as far in.
 */
#include "config.h"

#include "document/diff-parts.h"

#define COMPARISONS (1 << 20) /* of two sketches: some 20 ms */
#define BAND_MIN    9

/*
 * Dice's coefficient, less what two of so many words have in common by chance: both sketches have
 * few bits.
 */
int
diff_similarity(const struct sketch *a, const struct sketch *b)
{
    int in_a = 0, in_b = 0, both = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(a->bits); i++) {
        in_a += __builtin_popcountll(a->bits[i]);
        in_b += __builtin_popcountll(b->bits[i]);
        both += __builtin_popcountll(a->bits[i] & b->bits[i]);
    }
    /* in parts of SKETCH_BITS */
    int chance = in_a * in_b, all = (in_a + in_b) * (SKETCH_BITS / 2) - chance,
        more = both * SKETCH_BITS - chance;
    return all > 0 ? (int)((gint64)1000 * MAX(more, 0) / all) : in_a == in_b ? 1000 : 0;
}

enum choice { SKIP_OLD, SKIP_NEW, PAIR };

/* Row i: the best sums with the old ones up to i and the new ones up to each of the band. */
struct band {
    gint64 old, new, width;
    guint8 *choices; /* old x width */
};

static gint64
band_start(const struct band *b, gint64 i)
{
    return CLAMP(i * b->new / b->old - b->width / 2, 0, b->new - b->width);
}

/* The sum at a place of the row above, which begins at start; left of it there is none yet. */
static int
sum_at(const int *row, gint64 start, gint64 width, gint64 at)
{
    return at < start ? 0 : row[MIN(at - start, width - 1)];
}

static void
fill(struct band *b, const struct sketch *old, const struct sketch *new)
{
    int least = b->old == 1 && b->new == 1 ? DIFF_SIMILAR_ONLY : DIFF_SIMILAR;
    g_autofree int *above = g_new0(int, b->width), *row = g_new0(int, b->width);
    gint64 start_above = 0;
    for (gint64 i = 0; i < b->old; i++) {
        gint64 start = band_start(b, i);
        for (gint64 k = 0; k < b->width; k++) {
            gint64 j = start + k;
            int up = i ? sum_at(above, start_above, b->width, j) : 0, left = k ? row[k - 1] : 0;
            int alike = diff_similarity(&old[i], &new[j]);
            int pair =
                alike < least ? -1 : alike + (i ? sum_at(above, start_above, b->width, j - 1) : 0);
            row[k] = MAX(MAX(up, left), pair);
            b->choices[i * b->width + k] = pair == row[k] ? PAIR : up >= left ? SKIP_OLD : SKIP_NEW;
        }
        int *other = above;
        above = row;
        row = other;
        start_above = start;
    }
}

static void
follow(const struct band *b, gint *partner)
{
    for (gint64 i = b->old - 1, j = b->new - 1; i >= 0 && j >= 0;) {
        gint64 k = j - band_start(b, i);
        enum choice choice = k < 0           ? SKIP_OLD
                             : k >= b->width ? SKIP_NEW
                                             : (enum choice)b->choices[i * b->width + k];
        if (choice == PAIR)
            partner[i] = (gint)j;
        i -= choice != SKIP_NEW;
        j -= choice != SKIP_OLD;
    }
}

void
diff_pair(const struct sketch *old, guint old_count, const struct sketch *new, guint new_count,
          gint *partner)
{
    for (guint i = 0; i < old_count; i++)
        partner[i] = -1;
    if (!old_count || !new_count)
        return;
    struct band band = {old_count, new_count, 0, NULL};
    band.width = CLAMP(COMPARISONS / (gint64)old_count, BAND_MIN, (gint64)new_count);
    band.width = MIN(band.width, (gint64)new_count);
    g_autofree guint8 *choices = g_malloc(band.old * band.width);
    band.choices = choices;
    fill(&band, old, new);
    follow(&band, partner);
}
