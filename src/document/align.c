/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Myers' algorithm: from both ends furthest reaching paths are followed, diagonal by diagonal,
 * until they meet; what lies on both sides of that point is aligned on its own.  Elements that only
 * one of the two has are set aside first, so that a text that changed wholly costs nothing.
 */
#include "config.h"

#include "document/align.h"

#include <stdbool.h>
#include <string.h>

/*
 * How many steps the paths may take before one of them is believed to lead on well enough: what
 * this costs grows with its square, and what is left over shrinks by at least so many.  With the
 * work that all of them together may be, of some 10 ns each; two texts of 100 000 words that share
 * only common ones took 0.1 s.
 */
#define STEPS_MIN 16
#define STEPS_MAX 256
#define WORK      (1 << 24)

struct box {
    gint64 a0, a1, b0, b1; /* [a0, a1) of the old and [b0, b1) of the new */
};

struct point {
    gint64 x, y;
};

struct state {
    const guint *a, *b;         /* elements that both have */
    guint8 *a_gone, *b_gone;    /* what is found to have no partner */
    gint64 *forward, *backward; /* by diagonal x - y: the furthest x; both ends have room beyond */
    gint64 steps;
};

/* --- where both paths meet ---------------------------------------------------------------- */

/* One direction of the search: the diagonals that it has reached. */
struct reach {
    gint64 low, high;
};

static void
widen(struct reach *reach, const struct box *box, gint64 *furthest, gint64 beyond)
{
    gint64 low = box->a0 - box->b1, high = box->a1 - box->b0;
    if (reach->low > low)
        furthest[--reach->low - 1] = beyond;
    else
        reach->low++;
    if (reach->high < high)
        furthest[++reach->high + 1] = beyond;
    else
        reach->high--;
}

static bool
step_forward(struct state *s, const struct box *box, struct reach *reach, const struct reach *other,
             struct point *meet)
{
    widen(reach, box, s->forward, -1);
    for (gint64 d = reach->high; d >= reach->low; d -= 2) {
        gint64 below = s->forward[d - 1], above = s->forward[d + 1];
        gint64 x = below < above ? above : below + 1, y = x - d;
        for (; x < box->a1 && y < box->b1 && s->a[x] == s->b[y]; x++)
            y++;
        s->forward[d] = x;
        if (other && other->low <= d && d <= other->high && s->backward[d] <= x) {
            *meet = (struct point){x, y};
            return true;
        }
    }
    return false;
}

static bool
step_backward(struct state *s, const struct box *box, struct reach *reach,
              const struct reach *other, struct point *meet)
{
    widen(reach, box, s->backward, G_MAXINT64);
    for (gint64 d = reach->high; d >= reach->low; d -= 2) {
        gint64 below = s->backward[d - 1], above = s->backward[d + 1];
        gint64 x = below < above ? below : above - 1, y = x - d;
        for (; box->a0 < x && box->b0 < y && s->a[x - 1] == s->b[y - 1]; x--)
            y--;
        s->backward[d] = x;
        if (other && other->low <= d && d <= other->high && x <= s->forward[d]) {
            *meet = (struct point){x, y};
            return true;
        }
    }
    return false;
}

/* The point that is furthest from its end, of all that the paths have reached. */
static struct point
furthest(const struct state *s, const struct box *box, const struct reach *f, const struct reach *b)
{
    struct point ahead = {box->a0, box->b0}, back = {box->a1, box->b1};
    for (gint64 d = f->high; d >= f->low; d -= 2) {
        gint64 x = MIN(MIN(s->forward[d], box->a1), box->b1 + d);
        if (x + x - d > ahead.x + ahead.y)
            ahead = (struct point){x, x - d};
    }
    for (gint64 d = b->high; d >= b->low; d -= 2) {
        gint64 x = MAX(MAX(s->backward[d], box->a0), box->b0 + d);
        if (x + x - d < back.x + back.y)
            back = (struct point){x, x - d};
    }
    gint64 way = ahead.x + ahead.y - box->a0 - box->b0, rest = box->a1 + box->b1 - back.x - back.y;
    return way > rest ? ahead : back;
}

/* Neither of the two is empty, and neither their first nor their last elements are the same. */
static struct point
meeting(struct state *s, const struct box *box)
{
    struct reach f = {box->a0 - box->b0, box->a0 - box->b0},
                 b = {box->a1 - box->b1, box->a1 - box->b1};
    bool odd = (f.low - b.low) & 1;
    struct point meet;
    s->forward[f.low] = box->a0;
    s->backward[b.low] = box->a1;
    for (gint64 step = 1;; step++) {
        if (step_forward(s, box, &f, odd ? &b : NULL, &meet) ||
            step_backward(s, box, &b, odd ? NULL : &f, &meet))
            return meet;
        if (step >= s->steps)
            return furthest(s, box, &f, &b);
    }
}

/* --- the sequences ------------------------------------------------------------------------ */

static void
trim(const struct state *s, struct box *box)
{
    while (box->a0 < box->a1 && box->b0 < box->b1 && s->a[box->a0] == s->b[box->b0])
        box->a0++, box->b0++;
    while (box->a0 < box->a1 && box->b0 < box->b1 && s->a[box->a1 - 1] == s->b[box->b1 - 1])
        box->a1--, box->b1--;
}

/* The larger part goes round the loop, so that the depth is logarithmic. */
static void
align_box(struct state *s, struct box box)
{
    for (;;) {
        trim(s, &box);
        if (box.a0 == box.a1 || box.b0 == box.b1) {
            memset(s->a_gone + box.a0, 1, box.a1 - box.a0);
            memset(s->b_gone + box.b0, 1, box.b1 - box.b0);
            return;
        }
        struct point p = meeting(s, &box);
        struct box first = {box.a0, p.x, box.b0, p.y}, last = {p.x, box.a1, p.y, box.b1};
        bool more = p.x + p.y - box.a0 - box.b0 > box.a1 + box.b1 - p.x - p.y;
        align_box(s, more ? last : first);
        box = more ? first : last;
    }
}

/* The elements that the other has too: their numbers, and where they stand. */
static guint
common(const struct align_sequence *sequence, const guint8 *there, guint *elements, guint *places)
{
    guint count = 0;
    for (guint i = 0; i < sequence->length; i++) {
        sequence->changed[i] = !there[sequence->elements[i]];
        if (sequence->changed[i])
            continue;
        elements[count] = sequence->elements[i];
        places[count++] = i;
    }
    return count;
}

static guint
largest(const struct align_sequence *sequence, guint at_least)
{
    for (guint i = 0; i < sequence->length; i++)
        at_least = MAX(at_least, sequence->elements[i]);
    return at_least;
}

static guint8 *
elements_of(const struct align_sequence *sequence, guint largest)
{
    guint8 *there = g_malloc0((gsize)largest + 1);
    for (guint i = 0; i < sequence->length; i++)
        there[sequence->elements[i]] = 1;
    return there;
}

void
align(struct align_sequence *old, struct align_sequence *new)
{
    guint last = largest(new, largest(old, 0));
    g_autofree guint8 *in_old = elements_of(old, last), *in_new = elements_of(new, last);
    g_autofree guint *a = g_new(guint, old->length + 1), *b = g_new(guint, new->length + 1),
                     *a_places = g_new(guint, old->length + 1),
                     *b_places = g_new(guint, new->length + 1);
    gsize n = common(old, in_new, a, a_places), m = common(new, in_old, b, b_places);
    gsize diagonals = n + m + 3;
    g_autofree gint64 *forward = g_new(gint64, diagonals), *backward = g_new(gint64, diagonals);
    g_autofree guint8 *a_gone = g_malloc0(n + 1), *b_gone = g_malloc0(m + 1);
    struct state s = {.a = a,
                      .b = b,
                      .a_gone = a_gone,
                      .b_gone = b_gone,
                      .forward = forward + m + 1,
                      .backward = backward + m + 1,
                      .steps = CLAMP((gint64)(WORK / (n + m + 1)), STEPS_MIN, STEPS_MAX)};
    align_box(&s, (struct box){0, (gint64)n, 0, (gint64)m});
    for (gsize i = 0; i < n; i++)
        old->changed[a_places[i]] = a_gone[i];
    for (gsize i = 0; i < m; i++)
        new->changed[b_places[i]] = b_gone[i];
}
