/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The dates that articles set, as the table `agenda` has them (store/reading.h). */
#pragma once

#include "store/query.h"
#include "store/store.h"
#include "text/agenda.h"

struct agenda_row {
    int64_t article, group;                 /* group: of its editions, or 0 */
    char *title, *link, *source, *language; /* owned, of the article; title may be empty */
    /* owned: in the language of who reads, and what tells it from others (store/source-names.h) */
    char *source_label, *source_name;
    char *sentence;                /* owned */
    char *identity;                /* owned: of the article, the same in any store */
    int64_t first_seen, withdrawn; /* seconds UTC; 0: it is there */
    struct date date;
    enum agenda_role role;
    bool computed, unread, starred;
};

struct agenda_request {
    const struct query *query; /* borrowed; or NULL: all */
    int64_t from, to; /* seconds UTC: dates at or after, before; a day counts until its end */
    gint64 limit;     /* 0: none */
    /*
     * borrowed, or NULL: of what several editions of an article say of one day, only what that says
     * which comes first in these (language_rank())
     */
    const char *languages;
};

/* Owned array of owned struct agenda_row, by date; no deleted articles. */
GPtrArray *agenda_rows(struct store *store, const struct agenda_request *request, GError **error);
