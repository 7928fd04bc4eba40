/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Plain text as a document: its author set the lines, and they are kept.  Blank lines part
 * paragraphs, indents stay, and what is set in columns is preformatted.
 */
#include "config.h"

#include "base/clean.h"
#include "document/document.h"

#include <string.h>

#define TAB 8
/* characters, wide ones twice: what is longer may have been broken for its length */
#define FULL_LINE 50

/* A line without white space at its end, tabs at its beginning as blanks. */
static char *
line_of(const char *raw)
{
    g_autofree char *text = g_strdup(raw);
    g_strchomp(text);
    GString *line = g_string_new(NULL);
    const char *p = text;
    for (; *p == ' ' || *p == '\t'; p++)
        do
            g_string_append_c(line, ' ');
        while (*p == '\t' && line->len % TAB);
    g_string_append(line, p);
    return g_string_free(line, FALSE);
}

static bool
is_blank_line(const char *line)
{
    return text_is_blank(line);
}

/* Blanks in a row within a line, or a tab: what stands behind them is a column. */
static bool
has_column(const char *line)
{
    while (*line == ' ')
        line++;
    return strchr(line, '\t') || strstr(line, "   ");
}

/* "- item", "* item", "1. item", "a) item": it begins anew whatever the line before is. */
static bool
begins_item(const char *line)
{
    while (*line == ' ')
        line++;
    if (strchr("-*+", *line) && *line)
        return line[1] == ' ';
    if (g_str_has_prefix(line, "•") || g_str_has_prefix(line, "–") || g_str_has_prefix(line, "—"))
        return true;
    const char *p = line + (g_ascii_isalpha(*line) ? 1 : strspn(line, "0123456789"));
    return p > line && p - line <= 3 && (*p == '.' || *p == ')') && (p[1] == ' ' || !p[1]);
}

/* The length of a line where wide characters count twice, whatever the locale. */
static glong
width_of(const char *line)
{
    glong width = 0;
    for (const char *p = line; *p; p = g_utf8_next_char(p))
        width += 1 + g_unichar_iswide(g_utf8_get_char(p));
    return width;
}

/*
 * Whether lines were broken where the next word would not have fitted, not where their author
 * wanted.
 */
static bool
is_broken_for_length(const char *line, const char *next, glong longest)
{
    if (longest < FULL_LINE || begins_item(next))
        return false;
    return width_of(line) * 4 >= longest * 3;
}

/* Whether a character is of a script that sets no blank between words. */
static bool
is_unspaced(gunichar c)
{
    return g_unichar_iswide(c) && g_unichar_get_script(c) != G_UNICODE_SCRIPT_HANGUL;
}

/* What stands between two lines that are one: nothing in Chinese and Japanese, else a blank. */
static const char *
joint(const char *before, const char *after)
{
    const char *last = g_utf8_find_prev_char(before, before + strlen(before));
    return last && is_unspaced(g_utf8_get_char(last)) && is_unspaced(g_utf8_get_char(after)) ? ""
                                                                                             : " ";
}

static void
add_paragraph(struct document *document, GPtrArray *lines, bool wrapped)
{
    if (!lines->len)
        return;
    guint columns = 0;
    glong longest = 0;
    gsize common = G_MAXSIZE;
    for (guint i = 0; i < lines->len; i++) {
        const char *line = g_ptr_array_index(lines, i);
        columns += has_column(line);
        longest = MAX(longest, width_of(line));
        common = MIN(common, strspn(line, " "));
    }
    bool set = columns > 1 || (columns && lines->len > 1 && columns * 2 >= lines->len);
    struct rich_text *text = &document_add(document, set ? BLOCK_PRE : BLOCK_PARAGRAPH, 0)->content;
    for (guint i = 0; i < lines->len; i++) {
        const char *line = (const char *)g_ptr_array_index(lines, i) + common;
        const char *before = i ? g_ptr_array_index(lines, i - 1) : NULL;
        bool joined = before && wrapped && !set && is_broken_for_length(before, line, longest);
        const char *shown = joined ? line + strspn(line, " ") : line;
        if (before)
            rich_append(text, joined ? joint(before, shown) : "\n", -1, 0, 0);
        rich_append(text, shown, -1, 0, 0);
    }
    g_ptr_array_set_size(lines, 0);
}

struct document *
document_from_plain(const char *text, bool wrapped)
{
    struct document *document = document_new();
    g_autofree char *clean = text_clean(text, -1);
    g_auto(GStrv) raw = g_strsplit_set(clean, "\n", -1);
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    for (char **line = raw; *line; line++) {
        if (is_blank_line(*line))
            add_paragraph(document, lines, wrapped);
        else
            g_ptr_array_add(lines, line_of(*line));
    }
    add_paragraph(document, lines, wrapped);
    document_finish(document);
    return document;
}

struct document *
document_from_text(const char *text)
{
    struct document *document = document_new();
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line; line++) {
        g_autofree char *clean = text_squeeze(*line, -1);
        if (*clean)
            rich_append(&document_add(document, BLOCK_PARAGRAPH, 0)->content, clean, -1, 0, 0);
    }
    document_finish(document);
    return document;
}
