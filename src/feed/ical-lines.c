/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lines and components of iCalendar.  Programs fold lines within characters, end them with any mix
 * of CR and LF, and some do not fold at all what a user has typed in several lines: a line that is
 * no property continues the one before.
 */
#include "config.h"

#include "feed/ical-lines.h"

#include <string.h>

#define MAX_JUNK  4096       /* bytes before the calendar */
#define MAX_LINE  (1u << 20) /* bytes; longer ones are files within the calendar */
#define MAX_PART  (2u << 20) /* bytes of one component */
#define MAX_NAME  (8u << 10) /* bytes of a name with parameters, which libical copies for each */
#define MAX_PARTS 50000      /* components; ten years of a city's calendar have 20 000 */

static const char calendar[] = "BEGIN:VCALENDAR";

const char *
ical_begin(const char *bytes, gsize length)
{
    const char *end = bytes + length, *p = bytes;
    if (length >= 3 && !memcmp(p, "\xEF\xBB\xBF", 3))
        p += 3;
    while (p < end && g_ascii_isspace(*p))
        p++;
    if (p < end && strchr("<{[", *p))
        return NULL;
    for (const char *stop = p + MIN((gsize)(end - p), MAX_JUNK); p < stop;) {
        if ((gsize)(end - p) >= strlen(calendar) &&
            !g_ascii_strncasecmp(p, calendar, strlen(calendar)))
            return p;
        const char *line = memchr(p, '\n', (gsize)(stop - p));
        p = line ? line + 1 : stop;
    }
    return NULL;
}

char *
ical_unfold(const char *bytes, gsize length, gsize *out_length)
{
    GString *out = g_string_sized_new(length + 2);
    for (const char *p = bytes, *end = bytes + length; p < end;) {
        const char *line = p;
        while (p < end && *p != '\r' && *p != '\n')
            p++;
        g_string_append_len(out, line, p - line);
        while (p < end && (*p == '\r' || *p == '\n'))
            p++;
        if (p < end && (*p == ' ' || *p == '\t'))
            p++;
        else if (out->len && out->str[out->len - 1] != '\n')
            g_string_append_c(out, '\n');
    }
    *out_length = out->len;
    return g_string_free(out, FALSE);
}

/*
 * The length of the name with which a property begins (§3.1), or 0: text that a user has typed,
 * and whose program did not fold it, is told by small letters ("https://…") and blanks ("Note: …").
 */
static gsize
name_length(const char *line, const char *end, bool small_names)
{
    const char *p = line;
    bool small = false;
    for (; p < end && (g_ascii_isalnum(*p) || *p == '-'); p++)
        small |= g_ascii_islower(*p);
    bool property = p > line && p < end && (*p == ';' || *p == ':') && (!small || small_names);
    bool text = property && *p == ':' && p + 1 < end && p[1] == ' ';
    return property && !text ? (gsize)(p - line) : 0;
}

static bool
is_name(const char *line, gsize length, const char *name)
{
    return length == strlen(name) && !g_ascii_strncasecmp(line, name, length);
}

static void
part_free(gpointer data)
{
    struct ical_part *part = data;
    g_free(part->name);
    g_string_free(part->text, TRUE);
    g_free(part);
}

void
ical_parts_free(struct ical_parts *parts)
{
    g_string_free(parts->head, TRUE);
    g_ptr_array_unref(parts->parts);
    g_free(parts);
}

struct splitting {
    struct ical_parts *parts;
    struct ical_part *part; /* that is open, or NULL */
    guint depth;            /* of components in the calendar */
    bool skipped;           /* nothing can follow from the last line, or it was left out */
    bool small_names;       /* the calendar writes its names in small letters */
};

/* Whether lines at the current depth are kept: of a time zone, those of its halves too. */
static bool
is_kept(const struct splitting *s)
{
    return s->depth <= 1 || (s->depth == 2 && g_str_equal(s->part->name, "VTIMEZONE"));
}

/* Whether a value follows soon enough, or none at all. */
static bool
is_named_shortly(const char *line, gsize length)
{
    return length <= MAX_NAME || memchr(line, ':', MAX_NAME);
}

static void
add_line(struct splitting *s, const char *line, gsize length)
{
    GString *to = s->part ? s->part->text : s->parts->head;
    bool room = length <= MAX_LINE && to->len + length <= MAX_PART &&
                is_named_shortly(line, length);
    s->skipped = !room || !is_kept(s);
    if (s->part && !room)
        s->part->cut = true;
    if (s->skipped)
        return;
    g_string_append_len(to, line, (gssize)length);
    g_string_append(to, "\r\n");
}

/* A line that is no property: more of the text before. */
static void
add_to_last(struct splitting *s, const char *line, gsize length)
{
    if (!s->part || s->skipped || s->part->text->len + length > MAX_PART)
        return;
    g_string_truncate(s->part->text, s->part->text->len - 2);
    g_string_append(s->part->text, "\\n");
    g_string_append_len(s->part->text, line, (gssize)length);
    g_string_append(s->part->text, "\r\n");
    s->part->repaired = true;
}

static void
begin(struct splitting *s, const char *line, gsize length, const char *name, int number)
{
    if (is_name(name, length - (gsize)(name - line), "VCALENDAR")) {
        s->part = NULL; /* calendars that stand one behind the other are one */
        s->depth = 0;
        return;
    }
    s->depth++;
    if (s->depth == 1) {
        s->part = g_new0(struct ical_part, 1);
        s->part->name = g_ascii_strup(name, (gssize)(length - (gsize)(name - line)));
        s->part->text = g_string_new(NULL);
        s->part->line = number;
        if (s->parts->parts->len < MAX_PARTS) {
            g_ptr_array_add(s->parts->parts, s->part);
        } else {
            s->parts->cut = true;
            part_free(s->part);
            s->part = NULL;
            return;
        }
    }
    if (s->part)
        add_line(s, line, length);
    s->skipped = true;
}

static void
end(struct splitting *s, const char *line, gsize length)
{
    if (s->part)
        add_line(s, line, length);
    if (s->depth && !--s->depth)
        s->part = NULL;
    s->skipped = true;
}

static void
take_line(struct splitting *s, const char *line, gsize length, int number)
{
    gsize name = name_length(line, line + length, s->small_names), bare = length;
    bool has_value = name && line[name] == ':';
    while (bare && g_ascii_isspace(line[bare - 1]))
        bare--;
    if (has_value && is_name(line, name, "BEGIN"))
        begin(s, line, bare, line + name + 1, number);
    else if (has_value && is_name(line, name, "END"))
        end(s, line, bare);
    else if (!name)
        add_to_last(s, line, length);
    else if (s->part || !s->depth)
        add_line(s, line, length);
}

struct ical_parts *
ical_split(const char *text, gsize length)
{
    struct ical_parts *parts = g_new0(struct ical_parts, 1);
    parts->parts = g_ptr_array_new_with_free_func(part_free);
    parts->head = g_string_new("BEGIN:VCALENDAR\r\n");
    struct splitting s = {.parts = parts, .small_names = length && g_ascii_islower(*text)};
    int number = 1;
    for (const char *p = text, *stop = text + length; p < stop; number++) {
        const char *line_end = memchr(p, '\n', (gsize)(stop - p));
        if (!line_end)
            line_end = stop;
        take_line(&s, p, (gsize)(line_end - p), number);
        p = line_end + 1;
    }
    parts->truncated = s.depth > 0;
    for (; s.part && s.depth; s.depth--)
        if (s.depth == 1)
            g_string_append_printf(s.part->text, "END:%s\r\n", s.part->name);
    g_string_append(parts->head, "END:VCALENDAR\r\n");
    return parts;
}

char *
ical_raw_value(const struct ical_part *part, const char *name)
{
    for (const char *line = part->text->str; line;) {
        const char *stop = strstr(line, "\r\n");
        gsize length = strcspn(line, ";:\r\n");
        if (is_name(line, length, name)) {
            const char *value = memchr(line, ':', stop ? (gsize)(stop - line) : strlen(line));
            return value && stop ? g_strndup(value + 1, (gsize)(stop - value - 1)) : NULL;
        }
        line = stop ? stop + 2 : NULL;
    }
    return NULL;
}
