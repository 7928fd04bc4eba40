/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Notes: which numbers in a text ask for one, and which blocks are the answers.  Links within a
 * page are not kept with its text, so that it is the text which says it: a raised number that is
 * no power and stands once more before a text further down.
 */
#include "config.h"

#include "base/i18n.h"
#include "base/regex.h"
#include "text/raised.h"
#include "ui/spoken-parts.h"

#include <string.h>

#define MAX_LABEL 3   /* bytes of ASCII: "123", "a", "**" */
#define MAX_WAY   100 /* bytes */

/* --- what stands above the line -------------------------------------------------------------- */

/* The run at a byte, or NULL; `next`: where it ends, or the one behind it begins. */
static const struct layout_run *
run_at(const GArray *runs, gsize at, gsize *next)
{
    guint low = 0, high = runs->len;
    while (low < high) { /* the first one that ends behind it */
        guint middle = (low + high) / 2;
        const struct layout_run *run = &g_array_index(runs, struct layout_run, middle);
        if ((gsize)run->start + run->length > at)
            high = middle;
        else
            low = middle + 1;
    }
    const struct layout_run *run = low < runs->len ? &g_array_index(runs, struct layout_run, low)
                                                   : NULL;
    bool within = run && run->start <= at;
    *next = !run ? G_MAXSIZE : within ? (gsize)run->start + run->length : run->start;
    return within ? run : NULL;
}

/* The byte behind "[1]", "[a]", "[*]" at a place that no number of a link is; 0: none is there. */
static gsize
bracketed_end(const char *text, gsize at, guint style)
{
    gsize length = text[at] == '[' ? strspn(text + at + 1, "0123456789") : 0;
    if (text[at] == '[' && !length && text[at + 1] && text[at + 2] == ']')
        length = g_ascii_isalpha(text[at + 1]) || text[at + 1] == '*';
    return length && length <= MAX_LABEL && text[at + 1 + length] == ']' && !(style & LAYOUT_DIM)
               ? at + length + 2
               : 0;
}

/* What a character is by the style that it has, or by itself. */
static enum script_kind
kind_at(const char *text, gsize at, guint style)
{
    bool raised;
    if (style & (SPAN_RAISED | SPAN_LOWERED))
        return style & SPAN_RAISED ? SCRIPT_RAISED : SCRIPT_LOWERED;
    if ((guchar)text[at] >= 0xc2 && raised_base(g_utf8_get_char(text + at), &raised))
        return raised ? SCRIPT_RAISED : SCRIPT_LOWERED;
    return bracketed_end(text, at, style) ? SCRIPT_BRACKETED : 0;
}

/* "^(n+1)" as "n+1", "⁶" as "6". */
static void
write_inner(const char *text, struct script *script)
{
    gsize from = script->start, to = script->end;
    char mark = script->kind == SCRIPT_RAISED ? '^' : '_';
    script->plain = text[from] != mark;
    if (text[from] == mark && to > from + 1)
        from++;
    if (!script->plain && text[from] == '(' && text[to - 1] == ')' && to > from + 2) {
        from++;
        to--;
    }
    g_string_truncate(script->inner, 0);
    for (const char *p = text + from; p < text + to; p = g_utf8_next_char(p)) {
        bool raised;
        gunichar c = g_utf8_get_char(p), base = raised_base(c, &raised);
        script->plain &= !base;
        g_string_append_unichar(script->inner, base ? base : c);
    }
}

bool
script_next(const char *text, const GArray *runs, gsize from, struct script *script)
{
    gsize next = from, length = strlen(text);
    const struct layout_run *run = NULL;
    enum script_kind kind = 0;
    for (gsize at = from; at < length; at = (gsize)(g_utf8_next_char(text + at) - text)) {
        if (at >= next)
            run = run_at(runs, at, &next);
        enum script_kind now = kind_at(text, at, run ? run->style : 0);
        if (kind && now != kind)
            break;
        if (!now)
            continue;
        if (!kind)
            *script = (struct script){
                .start = at, .kind = now, .link = run ? run->link : 0, .inner = script->inner};
        kind = now;
        script->end = (gsize)(g_utf8_next_char(text + at) - text);
        if (kind == SCRIPT_BRACKETED) {
            script->end = bracketed_end(text, at, 0);
            break;
        }
    }
    if (kind)
        write_inner(text, script);
    return kind != 0;
}

/* --- powers ---------------------------------------------------------------------------------- */

/* Whether letters are the name of a unit that has squares and cubes. */
static bool
is_unit(const char *word, gsize length)
{
    static const char *const units[] = {"km", "hm", "dm", "cm", "mm", "nm", "µm", "um", "ft",
                                        "yd", "mi", "in", "mc", "км", "дм", "см", "мм", NULL};
    g_autofree char *name = g_strndup(word, length);
    return g_utf8_strlen(name, -1) == 1 || g_strv_contains(units, name);
}

bool
script_is_power(const char *text, const struct script *script)
{
    gsize end = script->start;
    if (script->kind != SCRIPT_RAISED || script->plain || g_str_equal(script->inner->str, "1"))
        return false;
    if (end && text[end - 1] == ')') /* (a+b)² is one, (new)² is none */
        end--;
    gsize start = end;
    while (start) {
        const char *previous = g_utf8_prev_char(text + start);
        if (!g_unichar_isalnum(g_utf8_get_char(previous)))
            break;
        start = (gsize)(previous - text);
    }
    gsize digits = strspn(text + start, "0123456789"), length = end - start;
    if (digits >= length) /* of a year it is none */
        return length && length < 4;
    gunichar first = g_utf8_get_char(text + start + digits);
    return g_unichar_isalpha(first) && (first < 0x2e80 || first == 0x7c73) && /* 米 */
           is_unit(text + start + digits, length - digits);
}

/* --- notes ----------------------------------------------------------------------------------- */

struct notes {
    const struct document *document;
    GHashTable *asked; /* what each is called -> the block that asks first, from 1 */
    GHashTable *told;  /* what each is called that has a text */
    char **labels;     /* of each block */
};

/* What a stretch asks for, one after the other; NULL where it does not look like that. */
static char **
labels_of(const char *inner)
{
    g_autofree char *text = g_strdup(inner);
    g_strdelimit(text, "[](),;", ' ');
    g_auto(GStrv) words = g_strsplit(g_strstrip(text), " ", -1);
    g_autoptr(GStrvBuilder) labels = g_strv_builder_new();
    bool any = false;
    for (char **word = words; *word; word++) {
        gsize length = strlen(*word), digits = strspn(*word, "0123456789");
        bool sign = strspn(*word, "*") == length || g_str_equal(*word, "†") ||
                    g_str_equal(*word, "‡");
        if (!length)
            continue;
        if (length > MAX_LABEL ||
            (digits < length && !sign && !(length == 1 && g_ascii_isalpha(**word))))
            return NULL;
        g_strv_builder_add(labels, *word);
        any = true;
    }
    return any ? g_strv_builder_end(labels) : NULL;
}

/* Whether nothing but white space stands before a place. */
static bool
is_first(const char *text, gsize at)
{
    return strspn(text, " \n") >= at;
}

/* What a stretch within a text asks for: no letter that stands as it would on the line, "1er". */
static char **
labels_asked(const struct script *script)
{
    const char *inner = script->inner->str;
    return script->kind == SCRIPT_LOWERED || (script->plain && g_ascii_isalpha(*inner))
               ? NULL
               : labels_of(inner);
}

static GArray *
runs_of(const struct rich_text *rich)
{
    GArray *runs = g_array_new(FALSE, FALSE, sizeof(struct layout_run));
    layout_copy_runs(runs, rich, 0, rich->text->len, 0, 0);
    return runs;
}

static void
note_asked(struct notes *n, const struct rich_text *rich, guint block)
{
    const char *text = rich->text->str;
    g_autoptr(GArray) runs = runs_of(rich);
    g_autoptr(GString) inner = g_string_new(NULL);
    struct script script = {.inner = inner};
    for (gsize at = 0; script_next(text, runs, at, &script); at = script.end) {
        g_auto(GStrv) labels = labels_asked(&script);
        if (!labels || is_first(text, script.start) || script_is_power(text, &script))
            continue;
        for (char **label = labels; *label; label++)
            if (!g_hash_table_contains(n->asked, *label))
                g_hash_table_insert(n->asked, g_strdup(*label), GUINT_TO_POINTER(block + 1));
    }
}

/* Where at the end of a note begins what leads back to where it was asked for; or its end. */
static gsize
way_back(const char *text, gsize from, gsize to)
{
    static GRegex *ways;
    if (to > from + MAX_WAY) /* nothing longer is looked for */
        from = to - MAX_WAY;
    while (((guchar)text[from] & 0xc0) == 0x80)
        from++;
    const GRegex *regex = regex_once(
        &ways,
        "(?:\\s*(?:[↩↵↑⇑⤴⤶⬆⏎🔙]|\\s\\^)[\\x{fe0e}\\x{fe0f}]?[0-9¹²³⁴⁵⁶⁷⁸⁹⁰]*(?:\\[[0-9]+\\])?)+\\s*$");
    g_autofree char *part = g_strndup(text + from, to - from);
    g_autoptr(GMatchInfo) match = NULL;
    int start, end;
    return g_regex_match(regex, part, 0, &match) && g_match_info_fetch_pos(match, 0, &start, &end)
               ? from + (gsize)start
               : to;
}

/* The same where a note begins with it: "^ a b Text". */
static gsize
way_back_first(const char *text, gsize from)
{
    static GRegex *ways;
    const GRegex *regex = regex_once(
        &ways, "^\\s*[↩↵↑⇑⤴⤶⬆^][\\x{fe0e}\\x{fe0f}]?(?:\\[[0-9]+\\])?(?:\\s+[a-z]\\b)*\\s+");
    g_autoptr(GMatchInfo) match = NULL;
    int start, end;
    return g_regex_match(regex, text + from, 0, &match) &&
                   g_match_info_fetch_pos(match, 0, &start, &end)
               ? from + (gsize)end
               : from;
}

/* What a text begins with, as the note that it is then; `end`: the byte behind it. */
static char *
first_label(const char *text, const GArray *runs, gsize from, gsize *end)
{
    g_autoptr(GString) inner = g_string_new(NULL);
    struct script script = {.inner = inner};
    gsize signs = from + strspn(text + from, "*");
    if (g_str_has_prefix(text + from, "†") || g_str_has_prefix(text + from, "‡"))
        signs = from + strlen("†");
    bool stands = script_next(text, runs, from, &script) &&
                  (script.start == from || is_first(text + from, script.start - from));
    g_auto(GStrv) labels = stands && script.kind != SCRIPT_LOWERED ? labels_of(inner->str) : NULL;
    if (labels && !labels[1]) {
        *end = script.end;
    } else if (signs > from && signs <= from + MAX_LABEL) {
        *end = signs;
        return g_strndup(text + from, signs - from);
    } else {
        return NULL;
    }
    return g_strdup(labels[0]);
}

/* "1" of "1."; NULL for what is no number of an item. */
static char *
marker_label(const struct block *block)
{
    gsize length = block->type == BLOCK_ITEM && block->marker ? strlen(block->marker) : 0;
    return length > 1 && g_ascii_isalnum(*block->marker) ? g_strndup(block->marker, length - 1)
                                                         : NULL;
}

static bool
is_asked(const struct notes *n, const char *label, guint block)
{
    guint asked = GPOINTER_TO_UINT(g_hash_table_lookup(n->asked, label));
    return asked && asked <= block;
}

/* The first block of a list at the end of all, each item of which is asked for; else that end. */
static guint
list_of_notes(const struct notes *n)
{
    const GPtrArray *blocks = n->document->blocks;
    guint end = 0, first;
    while (end < blocks->len && !block_begins_attached(g_ptr_array_index(blocks, end)))
        end++;
    for (first = end; first; first--) {
        const struct block *block = g_ptr_array_index(blocks, first - 1);
        g_autofree char *label = marker_label(block);
        if (block->type != BLOCK_ITEM)
            break;
        if (block->marker && (!label || !is_asked(n, label, first - 1)))
            return end;
    }
    return first;
}

static void
take_text(struct notes *n, guint index, bool listed)
{
    const struct block *block = g_ptr_array_index(n->document->blocks, index);
    const struct rich_text *rich = &block->content;
    gsize end = 0;
    if (block->type != BLOCK_PARAGRAPH && block->type != BLOCK_ITEM &&
        block->type != BLOCK_DEFINITION && block->type != BLOCK_QUOTE)
        return;
    g_autoptr(GArray) runs = runs_of(rich);
    g_autofree char *label = first_label(rich->text->str, runs, 0, &end),
                    *marker = marker_label(block);
    if (label && (!is_asked(n, label, index) || end + 1 >= rich->text->len))
        g_clear_pointer(&label, g_free);
    bool leads_back = way_back(rich->text->str, 0, rich->text->len) < rich->text->len ||
                      way_back_first(rich->text->str, 0) > 0;
    if (!label && marker && (listed || leads_back) && is_asked(n, marker, index))
        label = g_steal_pointer(&marker);
    if (!label)
        return;
    g_hash_table_add(n->told, g_strdup(label));
    n->labels[index] = g_steal_pointer(&label);
}

struct notes *
notes_new(const struct document *document)
{
    struct notes *n = g_new0(struct notes, 1);
    guint count = document->blocks->len;
    *n = (struct notes){.document = document, .labels = g_new0(char *, count + 1)};
    n->asked = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    n->told = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < count; i++) {
        const struct block *block = g_ptr_array_index(document->blocks, i);
        if (block->type != BLOCK_PRE)
            note_asked(n, &block->content, i);
        for (guint r = 0; block->rows && r < block->rows->len; r++) {
            const GPtrArray *row = g_ptr_array_index(block->rows, r);
            for (guint c = 0; c < row->len; c++)
                note_asked(n, &((const struct table_cell *)g_ptr_array_index(row, c))->content, i);
        }
    }
    guint list = list_of_notes(n);
    for (guint i = 0; i < count; i++)
        take_text(n, i, i >= list);
    return n;
}

void
notes_free(struct notes *n)
{
    for (guint i = 0; i < n->document->blocks->len; i++)
        g_free(n->labels[i]);
    g_free(n->labels);
    g_hash_table_unref(n->asked);
    g_hash_table_unref(n->told);
    g_free(n);
}

const char *
notes_label(const struct notes *n, guint block)
{
    return n->labels[block];
}

char *
notes_asked(const struct notes *n, const char *text, const struct script *script)
{
    const char *url = script->link ? g_ptr_array_index(n->document->links, script->link - 1) : "";
    bool leads = script->kind == SCRIPT_RAISED && strchr(url, '#');
    if (!script->start || script_is_power(text, script))
        return NULL;
    g_auto(GStrv) labels = labels_asked(script);
    for (char **label = labels; label && *label; label++)
        if (!leads && !g_hash_table_contains(n->told, *label))
            return NULL;
    return labels ? g_strjoinv(_(", "), labels) : NULL;
}

void
notes_strip(const struct notes *n, guint block, bool first, const struct layout_line *line,
            gsize *from, gsize *to)
{
    gsize end;
    if (!n->labels[block])
        return;
    g_autofree char *label = first ? first_label(line->text, line->runs, *from, &end) : NULL;
    if (label && g_str_equal(label, n->labels[block]))
        *from = end + strspn(line->text + end, " .:)");
    if (first)
        *from = way_back_first(line->text, *from);
    *to = MAX(way_back(line->text, *from, *to), *from);
}
