/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Dates that bind: until when something can be done, when something takes place, from when and
 * until when something holds.  Found in prose by the words around a date, which are a table
 * (text/agenda.def); pure.  A date without such words, as of the text itself, of a decree, of what
 * has been, is none.
 */
#pragma once

#include "text/date-type.h"

/* Stored by number: what is new is appended. */
enum agenda_role { AGENDA_DEADLINE = 1, AGENDA_EVENT, AGENDA_BEGINS, AGENDA_ENDS };
#define AGENDA_ROLES 5 /* one more than the last */

struct agenda_date {
    enum agenda_role role;
    struct date date; /* as precise as it is said */
    bool
        computed; /* it does not stand there: "within 30 days of publication", a day without a year */
    char *sentence; /* owned: in which it stands, one line of at most AGENDA_SENTENCE bytes */
};

#define AGENDA_SENTENCE 400
#define AGENDA_MAX      40 /* dates of a text: a timetable is no agenda */

/*
 * Owned array of owned struct agenda_date, in the order of the text, none twice.  language: of the
 * text (BCP 47) or NULL; published: seconds UTC, what days without a year and periods count from.
 */
GPtrArray *agenda_find(const char *text, const char *language, const struct date_style *style,
                       int64_t published);

/* "deadline", "event", "begins", "ends". */
const char *agenda_role_word(enum agenda_role role);
