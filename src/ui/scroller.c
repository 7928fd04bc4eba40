/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where motions lead. */
#include "config.h"

#include "ui/scroller.h"

int64_t
scroller_motion(enum action action, int64_t at, int64_t last, int page, int count)
{
    int64_t n = MAX(count, 1), to;
    page = MAX(page, 1);
    switch (action) {
    case ACTION_DOWN:
        to = at + n;
        break;
    case ACTION_UP:
        to = at - n;
        break;
    case ACTION_PAGE_DOWN:
        to = at + n * MAX(page - 1, 1);
        break;
    case ACTION_PAGE_UP:
        to = at - n * MAX(page - 1, 1);
        break;
    case ACTION_HALF_DOWN:
        to = at + n * MAX(page / 2, 1);
        break;
    case ACTION_HALF_UP:
        to = at - n * MAX(page / 2, 1);
        break;
    case ACTION_FIRST:
        to = count ? count - 1 : 0;
        break;
    case ACTION_LAST:
        to = count ? count - 1 : last;
        break;
    default:
        return -1;
    }
    return CLAMP(to, 0, MAX(last, 0));
}
