/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * When and where it takes place what a page is about, where that is stated for machines: schema.org
 * Event in JSON-LD or microdata, h-event and hCalendar in classes.  Inside this room only.
 */
#pragma once

#include "portal/linked-data.h"
#include "text/event.h"

/*
 * out: zeroed, or the event, which the caller clears.  A page that tells of several is a list and
 * no event.  style: how its dates are written.
 */
void event_find(struct page *page, const struct linked_data *linked, const struct date_style *style,
                struct event *out);
