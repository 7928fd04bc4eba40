/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The agenda for people and for their calendars: the names of roles, and iCalendar (RFC 5545).
 * Written twice of the same dates a calendar is the same byte for byte.
 */
#pragma once

#include "store/agenda.h"

/* "Deadline", "Event", "Begins", "Ends", in the reader's language. */
const char *calendar_role(enum agenda_role role);

/*
 * Rows (struct agenda_row *) as one VCALENDAR, newly allocated, its lines ended by CR LF.  A UID is
 * of the article and of which of its dates of that role it is, whatever store it is in, so that a
 * date that is put off is the same event at another time.  What was withdrawn is cancelled.
 */
char *calendar_write(const GPtrArray *rows);
