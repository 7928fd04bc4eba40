/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Taking out of a page what is no markup, and putting it back into its tree.  Marks are characters
 * of private use, so that the parser takes them for the text that they stand for; their order is
 * that of the parts, since it adds to a tree only at its end.
 */
#include "config.h"

#include "document/html-raw.h"
#include "base/clean.h"
#include "document/html-reference.h"

#include <libxml/xmlversion.h>
#include <string.h>

#define MARK      0xe000 /* that of the first part */
#define MARKS     0x1000 /* then they begin anew */
#define MARK_LEAD 0xee   /* the first byte of all of them, and of no other character */
#define MARK_SIZE 3
#define WORTH     16 /* bytes: shorter text costs less than its mark */

/* Whether all of it is what XML calls characters, which the parser copies as they are. */
static bool
is_characters(const char *text, gsize length)
{
    if (text_is_clean(text, length))
        return true;
    const char *p = text, *end = text + length;
    while (p < end) {
        guchar c = (guchar)*p;
        gunichar character = c < 0x80 ? c : g_utf8_get_char_validated(p, end - p);
        if (character > 0x10ffff || (character & 0xfffe) == 0xfffe ||
            (c < ' ' && c != '\t' && c != '\n' && c != '\r'))
            return false;
        p += g_utf8_skip[c];
    }
    return true;
}

static void
note(GArray **parts, const char *text, gsize start, gsize stop, bool refers)
{
    struct html_part part = {start, stop - start, refers};
    if (!is_characters(text + start, stop - start))
        return;
    if (!*parts)
        *parts = g_array_new(FALSE, FALSE, sizeof part);
    g_array_append_val(*parts, part);
}

void
html_raw_note(GArray **parts, const char *text, gsize start, gsize stop)
{
    note(parts, text, start, stop, false);
}

/* The length of a reference that is known here; 0: the parser has to see it. */
static gsize
reference_length(const char *p, const char *end)
{
    gunichar c;
#if LIBXML_VERSION >= 21400 /* it knows elements in which there are none */
    end = p;
#endif
    return html_reference_at(p, end, &c);
}

/* White space at the edges stays, as it may be between two tags and no text. */
static void
note_run(GArray **parts, const char *text, gsize start, gsize stop, bool refers)
{
    while (start < stop && g_ascii_isspace(text[start]))
        start++;
    while (stop > start && g_ascii_isspace(text[stop - 1]))
        stop--;
    if (stop - start >= WORTH)
        note(parts, text, start, stop, refers);
}

void
html_raw_note_text(GArray **parts, const char *text, gsize start, gsize stop)
{
    const char *end = text + stop;
    bool refers = false;
    for (const char *p = text + start; (p = memchr(p, '&', (gsize)(end - p)));) {
        gsize length = reference_length(p, end);
        refers |= length > 0;
        p += length;
        if (length)
            continue;
        note_run(parts, text, start, (gsize)(p - text), refers);
        while (p < end && *p != ';' && !g_ascii_isspace(*p)) /* its name */
            p++;
        p += p < end;
        start = (gsize)(p - text);
        refers = false;
    }
    note_run(parts, text, start, stop, refers);
}

char *
html_raw_take(const char *text, gsize length, const GArray *parts, gsize *new_length)
{
    GString *rest = g_string_sized_new(length / 2);
    gsize done = 0;
    for (guint i = 0; i < parts->len; i++) {
        const struct html_part *part = &g_array_index(parts, struct html_part, i);
        g_string_append_len(rest, text + done, (gssize)(part->start - done));
        g_string_append_unichar(rest, MARK + i % MARKS);
        done = part->start + part->length;
    }
    g_string_append_len(rest, text + done, (gssize)(length - done));
    *new_length = rest->len;
    gsize marks = 0;
    for (const char *p = rest->str, *end = p + rest->len;
         (p = memchr(p, MARK_LEAD, (gsize)(end - p))); p++)
        marks++;
    return g_string_free(rest, marks != parts->len);
}

static void
append_part(GString *out, const char *p, gsize length)
{
    const char *end = p + length;
    for (const char *at; (at = memchr(p, '&', (gsize)(end - p)));) {
        gunichar c;
        g_string_append_len(out, p, at - p);
        p = at + html_reference_at(at, end, &c);
        g_string_append_unichar(out, c);
    }
    g_string_append_len(out, p, end - p);
}

/* The part whose mark stands at p; NULL when it is not the next. */
static const struct html_part *
next_part(struct html_raw *raw, const char *p)
{
    bool next = raw->next < raw->parts->len &&
                g_utf8_get_char_validated(p, -1) == MARK + raw->next % MARKS;
    return next ? &g_array_index(raw->parts, struct html_part, raw->next++) : NULL;
}

bool
html_raw_give_back(struct html_raw *raw, xmlNode *node)
{
    const char *content = (const char *)node->content,
               *mark = content ? strchr(content, (char)MARK_LEAD) : NULL;
    if (!mark)
        return true;
    const struct html_part *part = next_part(raw, mark);
    if (part && !part->refers && mark == content && !mark[MARK_SIZE]) {
        xmlNodeSetContentLen(node, (const xmlChar *)raw->text + part->start, (int)part->length);
        return true;
    }
    g_autoptr(GString) whole = g_string_new(NULL);
    for (; part; part = next_part(raw, mark)) {
        g_string_append_len(whole, content, mark - content);
        if (part->refers)
            append_part(whole, raw->text + part->start, part->length);
        else
            g_string_append_len(whole, raw->text + part->start, (gssize)part->length);
        content = mark + MARK_SIZE;
        mark = strchr(content, (char)MARK_LEAD);
        if (!mark) {
            g_string_append(whole, content);
            xmlNodeSetContentLen(node, (const xmlChar *)whole->str, (int)whole->len);
            return true;
        }
    }
    return false;
}
