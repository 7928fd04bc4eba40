/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where motions, clicks and searches lead. */
#include "config.h"

#include "ui/scroller.h"
#include "base/i18n.h"
#include "text/match.h"

/* The last place at which one can be. */
static int64_t
last_place(const struct scroller *s)
{
    return MAX(s->lines ? s->count - s->height : s->count - 1, 0);
}

int64_t
scroller_position(const struct scroller *s)
{
    return s->lines ? s->top : s->cursor;
}

void
scroller_go(struct scroller *s, int64_t to)
{
    int64_t *place = s->lines ? &s->top : &s->cursor;
    *place = CLAMP(to, 0, last_place(s));
}

void
scroller_fit(struct scroller *s, int height)
{
    s->height = height;
    scroller_go(s, scroller_position(s));
    if (s->lines)
        return;
    s->top = CLAMP(s->top, MAX(s->cursor - height + 1, 0), s->cursor);
    s->top = MIN(s->top, MAX(s->count - height, 0));
}

int
scroller_shown(const struct scroller *s)
{
    return (int)CLAMP(s->count - s->top, 0, s->height);
}

/* How far an action leads, in rows; 0 when it is no motion by a distance. */
static int64_t
distance(const struct scroller *s, enum action action)
{
    int page = MAX(s->height, 1);
    switch (action) {
    case ACTION_DOWN:
    case ACTION_NEXT_CHOICE:
        return 1;
    case ACTION_UP:
    case ACTION_PREVIOUS_CHOICE:
        return -1;
    case ACTION_PAGE_DOWN:
    case ACTION_NEXT_CHOICES:
        return MAX(page - 1, 1);
    case ACTION_PAGE_UP:
    case ACTION_PREVIOUS_CHOICES:
        return -MAX(page - 1, 1);
    case ACTION_HALF_DOWN:
        return MAX(page / 2, 1);
    case ACTION_HALF_UP:
        return -MAX(page / 2, 1);
    default:
        return 0;
    }
}

bool
scroller_move(struct scroller *s, enum action action, int count)
{
    int64_t by = distance(s, action);
    if (by)
        scroller_go(s, scroller_position(s) + by * MAX(count, 1));
    else if (action == ACTION_FIRST || action == ACTION_LAST)
        scroller_go(s, count ? count - 1 : action == ACTION_FIRST ? 0 : last_place(s));
    else
        return false;
    return true;
}

bool
scroller_click(struct scroller *s, int y)
{
    int64_t to = s->top + y - s->first;
    if (s->lines || y < s->first || y - s->first >= s->height || to >= s->count)
        return false;
    s->cursor = to;
    return true;
}

int64_t
scroller_find(const struct scroller *s, int64_t from, int step, bool here, const char *words,
              const char *(*text_at)(const void *data, int64_t place), const void *data)
{
    int64_t all = s->count;
    for (int64_t n = here ? 0 : 1; all && n <= all; n++) {
        int64_t place = ((from + step * n) % all + all) % all;
        if (text_holds(text_at(data, place), words))
            return place;
    }
    return -1;
}

char *
scroller_percent(const struct scroller *s)
{
    if (s->count <= s->height)
        return g_strdup(_("all"));
    return g_strdup_printf("%d%%", (int)(100 * MIN(s->top + s->height, s->count) / s->count));
}
