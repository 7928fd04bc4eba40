/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Aligning two documents by dynamic programming. */
#include "config.h"

#include "document/parallel.h"
#include "text/cells.h"

#include <string.h>

#define MAX_STEPS 4000000u /* blocks of one times blocks of the other; larger ones go in step */

/* As Gale and Church have them, in hundredths of a natural logarithm. */
#define COST_ALONE   450
#define COST_TWO     230
#define VARIANCE     6.8
#define COST_MOST    1200 /* of lengths, however much they differ */
#define COST_KIND    300  /* tuned on the demo portal's texts and kinds, as the next two */
#define MOST_KEPT    32   /* numbers of a block that are compared */
#define COST_NUMBERS 150  /* both have numbers, and none in common */
#define GAIN_NUMBERS 100  /* for each in common, as far as MOST_NUMBERS */
#define MOST_NUMBERS 4

/* What is compared of a block. */
struct shape {
    enum block_type type;
    guint level;
    double length;   /* cells */
    GArray *numbers; /* guint: hashes of what digits make */
};

static void
shape_clear(gpointer data)
{
    g_array_unref(((struct shape *)data)->numbers);
}

static void
add_text(struct shape *s, const char *text)
{
    s->length += cells_width(text, -1);
    for (const char *p = text; *p;) {
        gsize digits = strspn(p, "0123456789");
        if (!digits) {
            p++;
            continue;
        }
        g_autofree char *number = g_strndup(p, digits);
        guint hash = g_str_hash(number);
        if (s->numbers->len < MOST_KEPT)
            g_array_append_val(s->numbers, hash);
        p += digits;
    }
}

static GArray *
shapes_of(const struct document *d)
{
    GArray *shapes = g_array_new(FALSE, TRUE, sizeof(struct shape));
    g_array_set_clear_func(shapes, shape_clear);
    for (guint i = 0; i < d->blocks->len; i++) {
        const struct block *b = g_ptr_array_index(d->blocks, i);
        struct shape s = {.type = b->type, .level = b->level};
        s.numbers = g_array_new(FALSE, FALSE, sizeof(guint));
        if (b->content.text)
            add_text(&s, b->content.text->str);
        for (guint r = 0; b->rows && r < b->rows->len; r++) {
            const GPtrArray *row = g_ptr_array_index(b->rows, r);
            for (guint c = 0; c < row->len; c++)
                add_text(&s,
                         ((const struct table_cell *)g_ptr_array_index(row, c))->content.text->str);
        }
        g_array_append_val(shapes, s);
    }
    return shapes;
}

static double
sum_of(const GArray *shapes)
{
    double sum = 0;
    for (guint i = 0; i < shapes->len; i++)
        sum += g_array_index(shapes, struct shape, i).length;
    return sum;
}

struct aligning {
    GArray *shapes[2];
    double ratio; /* of the other's length to the one's */
};

static const struct shape *
shape_at(const struct aligning *a, int side, guint i)
{
    return &g_array_index(a->shapes[side], struct shape, i);
}

static guint
numbers_in_common(const struct shape *one, const struct shape *other)
{
    guint common = 0;
    for (guint i = 0; i < one->numbers->len && common < MOST_NUMBERS; i++)
        for (guint k = 0; k < other->numbers->len; k++)
            if (g_array_index(one->numbers, guint, i) == g_array_index(other->numbers, guint, k)) {
                common++;
                break;
            }
    return common;
}

static double
cost_of_lengths(const struct aligning *a, double one, double other)
{
    double expected = one * a->ratio, mean = (expected + other) / 2;
    if (mean <= 0)
        return 0;
    double delta = (other - expected) * (other - expected) / (VARIANCE * mean);
    return MIN(delta * 50, COST_MOST); /* -100 ln of what a normal distribution has beyond it */
}

/* What it costs that blocks before i and k, so many of each, belong together. */
static double
cost_of(const struct aligning *a, guint i, guint k, guint ones, guint others)
{
    if (!ones || !others)
        return COST_ALONE;
    double lengths[2] = {0, 0};
    for (guint n = 1; n <= ones; n++)
        lengths[0] += shape_at(a, 0, i - n)->length;
    for (guint n = 1; n <= others; n++)
        lengths[1] += shape_at(a, 1, k - n)->length;
    const struct shape *one = shape_at(a, 0, i - ones), *other = shape_at(a, 1, k - others);
    const struct shape *last[] = {shape_at(a, 0, i - 1), shape_at(a, 1, k - 1)};
    double cost = cost_of_lengths(a, lengths[0], lengths[1]);
    if (ones + others > 2)
        cost += COST_TWO;
    if (last[0]->type != one->type || last[1]->type != other->type)
        cost += COST_KIND;
    if (one->type != other->type)
        cost += COST_KIND;
    else if (one->level != other->level)
        cost += COST_KIND / 3;
    guint common = numbers_in_common(one, other);
    if (common)
        cost -= GAIN_NUMBERS * (double)common;
    else if (one->numbers->len && other->numbers->len)
        cost += COST_NUMBERS;
    return cost;
}

static const struct {
    guint ones, others;
} steps[] = {{1, 1}, {1, 0}, {0, 1}, {2, 1}, {1, 2}};

/* The number of the step by which each place is reached at the least cost; owned. */
static guint8 *
find_steps(const struct aligning *a, guint n, guint m)
{
    gsize width = (gsize)m + 1;
    guint8 *best = g_malloc0((n + 1) * width);
    double *costs = g_new0(double, 3 * width); /* of the row, and of two before it */
    for (guint i = 0; i <= n; i++) {
        for (guint k = 0; k <= m; k++) {
            double least = i + k ? G_MAXDOUBLE : 0;
            for (guint s = 0; s < G_N_ELEMENTS(steps); s++) {
                guint ones = steps[s].ones, others = steps[s].others;
                if (ones > i || others > k)
                    continue;
                double cost = costs[((i - ones) % 3) * width + (k - others)] +
                              cost_of(a, i, k, ones, others);
                if (cost < least) {
                    least = cost;
                    best[i * width + k] = (guint8)s;
                }
            }
            costs[(i % 3) * width + k] = least;
        }
    }
    g_free(costs);
    return best;
}

static GArray *
in_step(guint n, guint m)
{
    GArray *pairs = g_array_new(FALSE, FALSE, sizeof(struct parallel_pair));
    for (guint i = 0; i < MAX(n, m); i++) {
        struct parallel_pair pair = {{MIN(i, n), MIN(i, m)}, {i < n, i < m}};
        g_array_append_val(pairs, pair);
    }
    return pairs;
}

GArray *
parallel_align(const struct document *one, const struct document *other)
{
    guint n = one->blocks->len, m = other->blocks->len;
    if ((guint64)n * m > MAX_STEPS)
        return in_step(n, m);
    struct aligning a = {{shapes_of(one), shapes_of(other)}, 1};
    double lengths[2] = {sum_of(a.shapes[0]), sum_of(a.shapes[1])};
    if (lengths[0] > 0 && lengths[1] > 0)
        a.ratio = lengths[1] / lengths[0];
    g_autofree guint8 *best = find_steps(&a, n, m);
    GArray *pairs = g_array_new(FALSE, FALSE, sizeof(struct parallel_pair));
    while (n || m) {
        guint8 s = best[n * ((gsize)other->blocks->len + 1) + m];
        n -= steps[s].ones;
        m -= steps[s].others;
        struct parallel_pair pair = {{n, m}, {steps[s].ones, steps[s].others}};
        g_array_prepend_val(pairs, pair);
    }
    g_array_unref(a.shapes[0]);
    g_array_unref(a.shapes[1]);
    return pairs;
}
