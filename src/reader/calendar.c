/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing iCalendar.  libical, which reads it in the worker, takes longer to start than crier. */
#include "config.h"

#include "reader/calendar.h"
#include "base/i18n.h"
#include "text/date.h"

#include <string.h>

#define LINE_LONGEST 75 /* octets (RFC 5545 §3.1) */

const char *
calendar_role(enum agenda_role role)
{
    static const char *const names[AGENDA_ROLES] = {"", N_("Deadline"), N_("Event"), N_("Begins"),
                                                    N_("Ends")};
    return _(names[role]);
}

/* A content line, folded between characters. */
static void
put_line(GString *out, const char *name, const char *value)
{
    g_autofree char *line = g_strconcat(name, ":", value, NULL);
    gsize room = LINE_LONGEST;
    for (const char *p = line; *p;) {
        const char *next = g_utf8_next_char(p);
        gsize length = (gsize)(next - p);
        if (length > room) {
            g_string_append(out, "\r\n ");
            room = LINE_LONGEST - 1;
        }
        g_string_append_len(out, p, (gssize)length);
        room -= length;
        p = next;
    }
    g_string_append(out, "\r\n");
}

/* TEXT (§3.3.11). */
static void
put_text(GString *out, const char *name, const char *text)
{
    GString *escaped = g_string_new(NULL);
    for (const char *p = text; *p; p++) {
        if (strchr("\\;,", *p))
            g_string_append_c(escaped, '\\');
        if (*p == '\n')
            g_string_append(escaped, "\\n");
        else
            g_string_append_c(escaped, *p);
    }
    put_line(out, name, escaped->str);
    g_string_free(escaped, TRUE);
}

static char *
formatted(int64_t time, const char *format)
{
    g_autoptr(GDateTime) moment = g_date_time_new_from_unix_utc(time);
    return moment ? g_date_time_format(moment, format) : g_strdup("19700101");
}

static void
put_moment(GString *out, const char *name, int64_t time)
{
    g_autofree char *text = formatted(time, "%Y%m%dT%H%M%SZ");
    put_line(out, name, text);
}

/* A whole day is a date without zone: the day on which it is where it is set. */
static void
put_start(GString *out, const struct date *date)
{
    if (date->precision != DATE_DAY) {
        put_moment(out, "DTSTART", date->time);
        return;
    }
    g_autofree char *day = formatted(date->time + (int64_t)date->offset * 60, "%Y%m%d");
    put_line(out, "DTSTART;VALUE=DATE", day);
}

static void
put_event(GString *out, const struct agenda_row *row, guint number)
{
    g_autofree char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, row->identity, -1);
    g_autofree char *uid =
        g_strdup_printf("%.32s-%s-%u@crier.invalid", sum, agenda_role_word(row->role), number);
    g_autofree char *summary = g_strdup_printf(_("%s: %s"), calendar_role(row->role), row->title);
    put_line(out, "BEGIN", "VEVENT");
    put_line(out, "UID", uid);
    put_moment(out, "DTSTAMP", row->first_seen);
    put_start(out, &row->date);
    put_text(out, "SUMMARY", summary);
    put_text(out, "DESCRIPTION", row->sentence);
    if (row->link)
        put_line(out, "URL", row->link);
    put_line(out, "CATEGORIES", agenda_role_word(row->role));
    put_line(out, "TRANSP", "TRANSPARENT");
    put_line(out, "STATUS", row->withdrawn ? "CANCELLED" : "CONFIRMED");
    put_line(out, "END", "VEVENT");
}

char *
calendar_write(const GPtrArray *rows)
{
    GString *out = g_string_new(NULL);
    g_autoptr(GHashTable) numbers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    put_line(out, "BEGIN", "VCALENDAR");
    put_line(out, "VERSION", "2.0");
    put_line(out, "PRODID", "-//crier//" PACKAGE_VERSION "//EN");
    put_line(out, "CALSCALE", "GREGORIAN");
    for (guint i = 0; i < rows->len; i++) {
        const struct agenda_row *row = g_ptr_array_index(rows, i);
        char *key = g_strdup_printf("%" G_GINT64_FORMAT " %d", row->article, (int)row->role);
        guint number = GPOINTER_TO_UINT(g_hash_table_lookup(numbers, key)) + 1;
        g_hash_table_replace(numbers, key, GUINT_TO_POINTER(number));
        put_event(out, row, number);
    }
    put_line(out, "END", "VCALENDAR");
    return g_string_free(out, FALSE);
}
