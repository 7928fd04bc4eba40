/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a page says of its article in JSON-LD (schema.org Article and its kinds), or of an event.
 * Inside this room
 * only.
 */
#pragma once

#include "portal/page.h"

struct linked_data {
    char *headline, *body, *published, *modified, *author, *section; /* owned; NULL when absent */
    char *page_published;        /* of what is no article, as the page itself */
    char *starts, *ends, *place; /* of the first event */
    guint events;                /* how many there are */
};

void linked_data_read(struct page *page, struct linked_data *out);
void linked_data_clear(struct linked_data *data);
DEFINE_AUTO_CLEAR(linked_data, linked_data_clear)
