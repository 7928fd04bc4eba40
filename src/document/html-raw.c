/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Taking out of a page what is no markup, and putting it back into its tree. */
#include "config.h"

#include "document/html-raw.h"
#include "document/html.h"
#include "document/html-limit.h"

#include <string.h>

/* Whether eight bytes are ASCII without controls. */
static bool
is_plain_word(const char *p)
{
    guint64 word, high = G_GUINT64_CONSTANT(0x8080808080808080);
    memcpy(&word, p, sizeof word);
    return !((word | (word - G_GUINT64_CONSTANT(0x2020202020202020))) & high);
}

/* Whether all of it is what XML calls characters, which the parser copies as they are. */
static bool
is_characters(const char *text, gsize length)
{
    const char *p = text, *end = text + length;
    while (p < end) {
        if (end - p >= 8 && is_plain_word(p)) {
            p += 8;
            continue;
        }
        guchar c = (guchar)*p;
        gunichar character = c < 0x80 ? c : g_utf8_get_char_validated(p, end - p);
        if (character > 0x10ffff || (character & 0xfffe) == 0xfffe ||
            (c < ' ' && c != '\t' && c != '\n' && c != '\r'))
            return false;
        p += g_utf8_skip[c];
    }
    return true;
}

char *
html_raw_take(const char *text, gsize length, const GArray *parts, gsize *new_length)
{
    GString *rest = g_string_sized_new(length);
    gsize done = 0;
    for (guint i = 0; i < parts->len; i++) {
        const struct html_part *part = &g_array_index(parts, struct html_part, i);
        if (!is_characters(text + part->start, part->length)) {
            g_string_free(rest, TRUE);
            return NULL;
        }
        g_string_append_len(rest, text + done, (gssize)(part->start - done));
        g_string_append_printf(rest, "%u", i);
        done = part->start + part->length;
    }
    g_string_append_len(rest, text + done, (gssize)(length - done));
    *new_length = rest->len;
    return g_string_free(rest, FALSE);
}

/* Whether a text is this number and nothing else. */
static bool
is_number(const xmlNode *text, guint number)
{
    char digits[16];
    g_snprintf(digits, sizeof digits, "%u", number);
    return !text->next && text->content && g_str_equal((const char *)text->content, digits);
}

bool
html_raw_give_back(struct html_raw *raw, xmlNode *element)
{
    xmlNode *text = element->children;
    if (!text || !html_named(element, "script style"))
        return true;
    if (raw->next == raw->parts->len || !is_number(text, raw->next))
        return false;
    const struct html_part *part = &g_array_index(raw->parts, struct html_part, raw->next++);
    xmlNodeSetContentLen(text, (const xmlChar *)raw->text + part->start, (int)part->length);
    return true;
}
