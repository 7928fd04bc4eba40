/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * When and where something takes place that a source tells of, which is not when it was
 * published.  As precise as it is stated; `ends` of whole days is the last one.  Zeroed, it is no
 * event.
 */
#pragma once

#include "base/auto.h"
#include "text/date.h"

struct event {
    struct date starts, ends; /* ends: none where nothing says so */
    char *place;              /* owned, one line; or NULL */
};

static inline bool
event_is_known(const struct event *event)
{
    return date_is_known(&event->starts) || event->place;
}

static inline void
event_clear(struct event *event)
{
    g_free(event->place);
    *event = (struct event){0};
}

static inline struct event
event_copy(const struct event *event)
{
    struct event copy = *event;
    copy.place = g_strdup(event->place);
    return copy;
}
