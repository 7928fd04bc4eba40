/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Composing a message.  Headers outside ASCII are encoded words (RFC 2047), bodies quoted-printable
 * or base64 (RFC 2045), whichever is shorter to read: nothing is sent as it is.
 */
#include "config.h"

#include "text/mail.h"
#include "text/cells.h"

#include <string.h>
#include <unilbrk.h>

#define LINE  76 /* characters of a line of a header or an encoded body */
#define FLOW  72 /* cells of a line of text, before the blank that says that it goes on */
#define WORD  "=?UTF-8?B?"
#define ATEXT "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-/=?^_`{|}~"

static bool
is_ascii(const char *text)
{
    for (const char *p = text; *p; p++)
        if ((guchar)*p >= 0x80)
            return false;
    return true;
}

static bool
has_control(const char *text)
{
    for (const char *p = text; *p; p++)
        if (g_ascii_iscntrl(*p))
            return true;
    return false;
}

/* --- headers ------------------------------------------------------------------------------ */

/* The characters of the last line. */
static gsize
column(const GString *out)
{
    const char *line = memrchr(out->str, '\n', out->len);
    return line ? (gsize)(out->str + out->len - line) - 1 : out->len;
}

/* Encoded words, none longer than its line has room for, each of whole characters. */
static void
append_encoded(GString *out, const char *text)
{
    while (*text) {
        gsize used = column(out) + 1 + strlen(WORD "?="),
              room = used < LINE ? (LINE - used) / 4 * 3 : 0;
        gsize length = 0;
        for (const char *p = text; *p && (gsize)(g_utf8_next_char(p) - text) <= room;)
            length = (gsize)((p = g_utf8_next_char(p)) - text);
        if (length) {
            g_autofree char *encoded = g_base64_encode((const guchar *)text, length);
            g_string_append_printf(out, WORD "%s?=", encoded);
        }
        text += length;
        if (*text)
            g_string_append(out, "\n ");
    }
}

/* Words that are broken between lines where there is a blank. */
static void
append_folded(GString *out, const char *text)
{
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    for (char **word = words; *word; word++) {
        if (word > words)
            g_string_append(out, column(out) + 1 + strlen(*word) > LINE ? "\n " : " ");
        g_string_append(out, *word);
    }
}

static bool
must_be_encoded(const char *text)
{
    if (!is_ascii(text) || has_control(text) || strstr(text, "=?") || strstr(text, "  "))
        return true;
    gsize longest = 0;
    for (const char *p = text; *p; p += strspn(p, " ")) {
        gsize word = strcspn(p, " ");
        longest = MAX(longest, word);
        p += word;
    }
    return longest > LINE / 2;
}

static void
append_header(GString *out, const char *name, const char *value)
{
    g_string_append_printf(out, "%s: ", name);
    if (must_be_encoded(value))
        append_encoded(out, value);
    else
        append_folded(out, value);
    g_string_append_c(out, '\n');
}

char *
mail_date(int64_t time, int offset)
{
    static const char days[][4] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    static const char months[][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    g_autoptr(GDateTime) d = g_date_time_new_from_unix_utc(time + (int64_t)offset * 60);
    if (!d)
        d = g_date_time_new_from_unix_utc(0);
    int minutes = ABS(offset);
    return g_strdup_printf(
        "%s, %02d %s %d %02d:%02d:%02d %c%02d%02d", days[g_date_time_get_day_of_week(d) - 1],
        g_date_time_get_day_of_month(d), months[g_date_time_get_month(d) - 1],
        g_date_time_get_year(d), g_date_time_get_hour(d), g_date_time_get_minute(d),
        g_date_time_get_second(d), offset < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

static void
append_date(GString *out, int64_t time, int offset)
{
    g_autofree char *date = mail_date(time, offset);
    g_string_append_printf(out, "Date: %s\n", date);
}

/* --- addresses ---------------------------------------------------------------------------- */

static bool
is_dot_atom(const char *text)
{
    g_auto(GStrv) atoms = g_strsplit(text, ".", -1);
    if (!*atoms)
        return false;
    for (char **atom = atoms; *atom; atom++)
        if (!**atom || strspn(*atom, ATEXT) != strlen(*atom))
            return false;
    return true;
}

/* "name@host", its host in ASCII; NULL when it is none. */
static char *
bare_address(const char *text)
{
    const char *at = strrchr(text, '@');
    g_autofree char *local = at ? g_strndup(text, (gsize)(at - text)) : g_strdup(text);
    if (!is_dot_atom(local))
        return NULL;
    if (!at)
        return g_steal_pointer(&local);
    g_autofree char *host = g_hostname_to_ascii(at + 1);
    gsize length = host ? strlen(host) : 0;
    bool literal = length > 2 && *host == '[' && host[length - 1] == ']' &&
                   strspn(host + 1, "0123456789abcdefABCDEFIPv.:") == length - 2;
    return host && (literal || is_dot_atom(host)) ? g_strdup_printf("%s@%s", local, host) : NULL;
}

static void
append_phrase(GString *out, const char *name)
{
    if (must_be_encoded(name)) {
        append_encoded(out, name);
    } else if (strspn(name, ATEXT " ") == strlen(name)) {
        g_string_append(out, name);
    } else {
        g_string_append_c(out, '"');
        for (const char *p = name; *p; p++)
            g_string_append_printf(out, "%s%c", strchr("\"\\", *p) ? "\\" : "", *p);
        g_string_append_c(out, '"');
    }
}

char *
mail_address(const char *text)
{
    if (!g_utf8_validate(text, -1, NULL) || has_control(text))
        return NULL;
    g_autofree char *whole = g_strstrip(g_strdup(text));
    gsize length = strlen(whole);
    char *open = strrchr(whole, '<');
    if (!open)
        return bare_address(whole);
    if (whole[length - 1] != '>')
        return NULL;
    whole[length - 1] = '\0';
    *open = '\0';
    g_autofree char *address = bare_address(open + 1);
    if (!address)
        return NULL;
    char *name = g_strstrip(whole);
    length = strlen(name);
    if (length > 1 && *name == '"' && name[length - 1] == '"') {
        name[length - 1] = '\0';
        name++;
    }
    GString *out = g_string_new(NULL);
    if (*name) {
        append_phrase(out, name);
        g_string_append_c(out, column(out) + strlen(address) + 3 > LINE ? '\n' : ' ');
        if (out->str[out->len - 1] == '\n')
            g_string_append_c(out, ' ');
    }
    g_string_append_printf(out, *name ? "<%s>" : "%s", address);
    return g_string_free(out, FALSE);
}

/* A line each; the first behind the name, if there is room. */
static void
append_addresses(GString *out, const char *name, char *const *list)
{
    g_string_append_printf(out, "%s:", name);
    for (char *const *one = list; *one; one++) {
        g_autofree char *address = mail_address(*one);
        bool fits = one == list && address && column(out) + 1 + strcspn(address, "\n") <= LINE;
        g_string_append_printf(out, "%s%s %s", one > list ? "," : "", fits ? "" : "\n",
                               address ? address : "");
    }
    g_string_append_c(out, '\n');
}

/* --- bodies ------------------------------------------------------------------------------- */

/* Lines that a reader of mail would take for a quotation, or a mailbox for a new message. */
static void
append_stuffed(GString *out, const char *line, gsize length)
{
    if (length && (*line == ' ' || *line == '>' ||
                   (length >= strlen("From ") && !strncmp(line, "From ", strlen("From ")))))
        g_string_append_c(out, ' ');
    g_string_append_len(out, line, (gssize)length);
}

/*
 * A paragraph in lines that go on: each but the last ends with a blank that does not count
 * (DelSp=yes), so that writing without blanks flows too.  Addresses are not broken.
 */
static void
append_flowed(GString *out, const char *text, gsize length)
{
    while (length && text[length - 1] == ' ')
        length--;
    g_autofree char *line = g_strndup(text, length), *breaks = cells_breaks(line, length);
    gsize from = 0, may = 0;
    int cells = 0, cells_may = 0;
    for (gsize at = 0; at < length;) {
        int wide;
        if (at > from && breaks[at] == UC_BREAK_POSSIBLE && line[at - 1] != '/') {
            may = at;
            cells_may = cells;
        }
        gsize step = cells_next_cluster(line + at, &wide);
        bool blank = line[at] == ' ';
        if (cells + wide > FLOW && may > from && !blank) {
            append_stuffed(out, line + from, may - from);
            g_string_append(out, " \n");
            from = may;
            cells -= cells_may;
            cells_may = 0;
        }
        cells += wide;
        at += MAX(step, 1);
    }
    append_stuffed(out, line + from, length - from);
    g_string_append_c(out, '\n');
}

static char *
flow(const char *text)
{
    GString *out = g_string_new(NULL);
    for (const char *p = text; *p;) {
        gsize length = strcspn(p, "\n");
        append_flowed(out, p, length);
        p += length + (p[length] == '\n');
    }
    return g_string_free(out, FALSE);
}

static void
append_base64(GString *out, const char *text, gsize length)
{
    for (gsize at = 0; at < length; at += LINE / 4 * 3) {
        gsize part = MIN(length - at, (gsize)(LINE / 4 * 3));
        g_autofree char *encoded = g_base64_encode((const guchar *)text + at, part);
        g_string_append_printf(out, "%s\n", encoded);
    }
}

/* Whether a byte stands for itself; first, last: of its line. */
static bool
is_literal(const char *p, bool first, bool last)
{
    if (*p == ' ')
        return !last;
    if (first && (*p == '.' || (*p == 'F' && !strncmp(p, "From ", strlen("From ")))))
        return false;
    return *p > ' ' && *p < 0x7f && *p != '=';
}

static void
append_quoted(GString *out, const char *text, gsize length)
{
    gsize used = 0;
    for (const char *p = text, *end = text + length; p < end; p++) {
        if (*p == '\n') {
            g_string_append_c(out, '\n');
            used = 0;
            continue;
        }
        bool last = p + 1 == end || p[1] == '\n';
        gsize width = is_literal(p, !used, last) ? 1 : 3;
        if (used + width > (gsize)(last ? LINE : LINE - 1)) {
            g_string_append(out, "=\n");
            used = 0;
            width = is_literal(p, true, last) ? 1 : 3;
        }
        g_string_append_printf(out, width == 1 ? "%c" : "=%02X", (guchar)*p);
        used += width;
    }
    if (length && text[length - 1] != '\n')
        g_string_append(out, "\n");
}

static void
append_part(GString *out, const char *boundary, const char *type, const char *text)
{
    gsize length = strlen(text), others = 0;
    for (gsize i = 0; i < length; i++)
        others += (guchar)text[i] >= 0x80 || text[i] == '=';
    bool quoted = others * 6 < length; /* two bytes more for each, or a third of all */
    g_string_append_printf(out, "--%s\nContent-Type: %s\nContent-Transfer-Encoding: %s\n\n",
                           boundary, type, quoted ? "quoted-printable" : "base64");
    if (quoted)
        append_quoted(out, text, length);
    else
        append_base64(out, text, length);
    g_string_append_c(out, '\n');
}

char *
mail_compose(const struct mail *mail)
{
    GString *out = g_string_new(NULL);
    append_date(out, mail->date, mail->offset);
    append_addresses(out, "From", (char *const[]){(char *)mail->from, NULL});
    if (mail->to && *mail->to)
        append_addresses(out, "To", mail->to);
    append_header(out, "Subject", mail->subject);
    g_string_append_printf(out, "Message-ID: <%s>\n", mail->id);
    if (mail->list)
        g_string_append_printf(out, "List-Id: <%s>\n", mail->list);
    g_string_append(out, "Auto-Submitted: auto-generated\nMIME-Version: 1.0\n");
    /* what stands in no encoded body: '=' and '_' one behind the other */
    g_autofree char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, mail->id, -1);
    g_autofree char *boundary = g_strdup_printf("=_%.32s", sum);
    g_string_append_printf(out, "Content-Type: multipart/alternative;\n boundary=\"%s\"\n\n",
                           boundary);
    g_autofree char *text = flow(mail->text);
    append_part(out, boundary, "text/plain; charset=utf-8; format=flowed; delsp=yes", text);
    append_part(out, boundary, "text/html; charset=utf-8", mail->html);
    g_string_append_printf(out, "--%s--\n", boundary);
    return g_string_free(out, FALSE);
}
