/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Blocks and styles as words before and behind texts. */
#include "config.h"

#include "ui/spoken.h"
#include "base/i18n.h"

#include <string.h>

#define MAX_LEVELS 64

/* Where an item stands. */
struct place {
    guint number, of; /* 0: it is none */
};

struct spoken {
    const struct document *document;
    struct place *places; /* of each block */
    guint top;            /* level of the highest headings */
    gint64 block;         /* the last one of which something was said; -1: none yet */
};

static const struct block *
block_at(const struct spoken *s, gint64 number)
{
    return number >= 0 && number < s->document->blocks->len
               ? g_ptr_array_index(s->document->blocks, number)
               : NULL;
}

static guint
level_of(const struct block *block)
{
    return CLAMP(block->level, 1, MAX_LEVELS - 1);
}

/* Items are counted forwards, and how many there are is seen backwards. */
static void
number_items(struct spoken *s)
{
    guint counts[MAX_LEVELS] = {0}, totals[MAX_LEVELS] = {0};
    for (guint i = 0; i < s->document->blocks->len; i++) {
        const struct block *block = block_at(s, i);
        guint level = level_of(block);
        if (block->type != BLOCK_ITEM)
            memset(counts, 0, sizeof counts);
        else if (block->marker)
            s->places[i].number = ++counts[level];
        for (guint deeper = level + 1; block->marker && deeper < MAX_LEVELS; deeper++)
            counts[deeper] = 0;
    }
    for (guint i = s->document->blocks->len; i-- > 0;) {
        struct place *place = &s->places[i];
        guint level = level_of(block_at(s, i));
        if (!place->number)
            continue;
        place->of = totals[level] = MAX(totals[level], place->number);
        if (place->number == 1)
            totals[level] = 0;
    }
}

struct spoken *
spoken_new(const struct document *document)
{
    struct spoken *s = g_new0(struct spoken, 1);
    *s = (struct spoken){.document = document, .top = G_MAXUINT, .block = -1};
    s->places = g_new0(struct place, document->blocks->len + 1);
    for (guint i = 0; i < document->blocks->len; i++)
        if (block_at(s, i)->type == BLOCK_HEADING)
            s->top = MIN(s->top, block_at(s, i)->level);
    number_items(s);
    return s;
}

void
spoken_free(struct spoken *s)
{
    g_free(s->places);
    g_free(s);
}

/* --- inside of a line ------------------------------------------------------------------------ */

/* A stretch of text in one of the styles that have words, as far as it has come. */
struct stretch {
    guint style; /* LAYOUT_DELETED, LAYOUT_INSERTED, or 0 */
    GString *text;
};

/* Whether the sign that ends it is still to come: the number of a link is within it, too. */
static bool
is_open(const struct stretch *stretch)
{
    return stretch->style == LAYOUT_DELETED && g_str_has_prefix(stretch->text->str, "[-") &&
           !g_str_has_suffix(stretch->text->str, "-]");
}

/* Words for what has ended; next: the text that follows. */
static void
end_stretch(struct stretch *stretch, GString *out, const char *next)
{
    const char *text = stretch->text->str;
    gsize length = stretch->text->len;
    if (stretch->style == LAYOUT_DELETED && g_str_has_prefix(text, "[-")) { /* document/form.c */
        text += 2;
        length -= 2 + (g_str_has_suffix(text, "-]") ? 2 : 0);
    }
    g_autofree char *inner = g_strndup(text, length);
    if (stretch->style && *inner)
        g_string_append_printf(out,
                               stretch->style == LAYOUT_DELETED
                                   /* TRANSLATORS: read out in a text, before and behind a part */
                                   ? _("struck out: %s, end")
                                   : _("inserted: %s, end"),
                               inner);
    else
        g_string_append(out, inner);
    if (stretch->style && *inner && *next == ' ') /* what follows is heard apart from it */
        g_string_append_c(out, ',');
    g_string_truncate(stretch->text, 0);
}

/* The text of a line from a byte on. */
static char *
styled_text(const struct layout_line *line, gsize from)
{
    GString *out = g_string_new(NULL);
    struct stretch stretch = {.text = g_string_new(NULL)};
    gsize at = from, length = strlen(line->text);
    for (guint i = 0; i <= line->runs->len && at < length; i++) {
        const struct layout_run *run =
            i < line->runs->len ? &g_array_index(line->runs, struct layout_run, i) : NULL;
        gsize begin = run ? MAX(run->start, at) : length,
              end = run ? MAX(run->start + run->length, begin) : length;
        bool open = is_open(&stretch);
        guint style = !run                                  ? 0
                      : open || run->style & LAYOUT_DELETED ? LAYOUT_DELETED
                      : run->style & LAYOUT_INSERTED        ? LAYOUT_INSERTED
                                                            : 0;
        if (begin > at && stretch.style && !open) {
            end_stretch(&stretch, out, line->text + at);
            stretch.style = 0;
        }
        g_string_append_len(stretch.text, line->text + at, (gssize)(begin - at));
        if (style != stretch.style) {
            end_stretch(&stretch, out, line->text + begin);
            stretch.style = style;
        }
        g_string_append_len(stretch.text, line->text + begin, (gssize)(end - begin));
        at = end;
    }
    end_stretch(&stretch, out, "");
    g_string_free(stretch.text, TRUE);
    return g_string_free(out, FALSE);
}

/* How many bytes at the beginning of a line are looks; the first line of an item has its marker. */
static gsize
looks(const struct block *block, const char *text, bool first)
{
    gsize length = 0;
    if (block->type == BLOCK_QUOTE) {
        while (g_str_has_prefix(text + length, "| "))
            length += 2;
        return length;
    }
    if (block->type != BLOCK_ITEM && block->type != BLOCK_DEFINITION)
        return 0;
    length = strspn(text, " ");
    if (first && block->type == BLOCK_ITEM && block->marker) {
        const char *end = strchr(text + length, ' ');
        length = end ? (gsize)(end + 1 - text) : strlen(text);
    }
    return length;
}

/* --- before and behind it -------------------------------------------------------------------- */

/* Whether the marker of an item says more than its place: "b.", or a 4. that is the first. */
static bool
marker_matters(const struct block *block, const struct place *place)
{
    g_autofree char *number = g_strdup_printf("%u.", place->number);
    return g_ascii_isalnum(*block->marker) && !g_str_equal(block->marker, number);
}

static char *
item_in_words(const struct spoken *s, guint index, const char *text)
{
    const struct block *block = block_at(s, index);
    const struct place *place = &s->places[index];
    if (!place->number)
        return g_strdup_printf(_("same item: %s"), text);
    g_autofree char *marked = marker_matters(block, place)
                                  ? g_strdup_printf("%s %s", block->marker, text)
                                  : g_strdup(text);
    return block->level > 1
               ? g_strdup_printf(_("item %u of %u, level %u: %s"), place->number, place->of,
                                 block->level, marked)
               : g_strdup_printf(_("item %u of %u: %s"), place->number, place->of, marked);
}

/* The first line of a block. */
static char *
begun_in_words(const struct spoken *s, guint index, const char *text)
{
    const struct block *block = block_at(s, index), *before = block_at(s, (gint64)index - 1);
    guint level = block->type == BLOCK_HEADING ? block->level - s->top + 1 : block->level;
    switch (block->type) {
    case BLOCK_HEADING:
        return level > 1 ? g_strdup_printf(_("heading level %u: %s"), level, text)
                         : g_strdup_printf(_("heading: %s"), text);
    case BLOCK_ITEM:
        return item_in_words(s, index, text);
    case BLOCK_QUOTE:
        if (before && before->type == BLOCK_QUOTE && before->level == level)
            return g_strdup(text); /* it goes on */
        return level > 1 || (before && before->type == BLOCK_QUOTE)
                   ? g_strdup_printf(_("quotation level %u: %s"), level, text)
                   : g_strdup_printf(_("quotation: %s"), text);
    case BLOCK_PRE:
        /* TRANSLATORS: text whose lines and columns stand as they were written */
        return g_strdup_printf(_("preformatted: %s"), text);
    case BLOCK_RULE:
        /* TRANSLATORS: a line between two parts of a text */
        return g_strdup(_("separator"));
    default:
        return g_strdup(text);
    }
}

/* What ended before a block: said in the empty line that stands there. */
static const char *
ended_in_words(struct spoken *s, gint64 next)
{
    const struct block *last = block_at(s, s->block), *block = block_at(s, next);
    if (!last || s->block == next)
        return "";
    s->block = -1; /* once */
    if (last->type == BLOCK_PRE)
        return _("end of preformatted text");
    return last->type == BLOCK_QUOTE && (!block || block->type != BLOCK_QUOTE)
               ? _("end of quotation")
               : "";
}

char *
spoken_line(struct spoken *s, const struct layout_line *line, guint from)
{
    gint64 index = (gint64)line->block + from;
    const struct block *block = block_at(s, index);
    if (!*line->text)
        return g_strdup(ended_in_words(s, index));
    if (!block)
        return g_strdup(line->text);
    bool begins = s->block != index;
    s->block = index;
    g_autofree char *text = styled_text(line, looks(block, line->text, begins));
    return begins ? begun_in_words(s, (guint)index, text) : g_steal_pointer(&text);
}
