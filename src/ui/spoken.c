/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Blocks and styles as words before and behind texts. */
#include "config.h"

#include "ui/spoken.h"
#include "base/i18n.h"
#include "base/number.h"
#include "document/layout.h"
#include "ui/spoken-parts.h"

#include <string.h>

#define MAX_LEVELS 64

/* Where an item stands. */
struct place {
    guint number, of; /* 0: it is none */
    bool marked;      /* markers of its list say more than places */
};

struct spoken {
    const struct document *document;
    struct place *places; /* of each block */
    struct notes *notes;
    guint top;    /* level of the highest headings */
    gint64 block; /* the last one of which something was said; -1: none yet */
    guint said;   /* how many of its lines */
};

static const struct block *
block_at(const struct spoken *s, gint64 number)
{
    return number >= 0 && number < s->document->blocks->len
               ? g_ptr_array_index(s->document->blocks, number)
               : NULL;
}

/* The one before, but for what is nothing; or NULL. */
static const struct block *
block_before(const struct spoken *s, gint64 number)
{
    do
        number--;
    while (number >= 0 && block_at(s, number)->type == BLOCK_GAP);
    return block_at(s, number);
}

static guint
level_of(const struct block *block)
{
    return CLAMP(block->level, 1, MAX_LEVELS - 1);
}

/* A list, as far as its items have come. */
struct list {
    GArray *items;            /* guint: blocks that begin one */
    const struct block *last; /* of these; NULL: there is none */
};

/* Whether the marker of an item says more than its place: "b.", or a 4. that is the first. */
static bool
marker_matters(const struct block *block, guint number)
{
    g_autofree char *place = g_strdup_printf("%u.", number);
    return g_ascii_isalnum(*block->marker) && !g_str_equal(block->marker, place);
}

/* All items of a list are known: those of one that is numbered in its own way say so one by one. */
static void
end_list(struct spoken *s, struct list *list)
{
    bool marked = false;
    for (guint i = 0; i < list->items->len; i++) {
        guint index = g_array_index(list->items, guint, i);
        s->places[index] = (struct place){.number = i + 1, .of = list->items->len};
        marked |= marker_matters(block_at(s, index), i + 1);
    }
    for (guint i = 0; i < list->items->len; i++)
        s->places[g_array_index(list->items, guint, i)].marked = marked;
    g_array_set_size(list->items, 0);
    list->last = NULL;
}

static void
end_lists(struct spoken *s, struct list *lists, guint from)
{
    for (guint level = from; level < MAX_LEVELS; level++)
        end_list(s, &lists[level]);
}

/* What stands in an item as likely as behind a list; document/import-list.c parts lists there. */
static bool
interrupts(const struct block *block)
{
    return block->type == BLOCK_QUOTE || block->type == BLOCK_TABLE ||
           block->type == BLOCK_PICTURE || block->type == BLOCK_PRE || block->type == BLOCK_EMBED;
}

/* Whether a list that was interrupted goes on with an item, by their markers. */
static bool
goes_on(const struct list *list, const char *marker)
{
    static const char *const first[] = {"1.", "a.", "A.", "i.", "I.", NULL};
    /* what stands before those where they begin nothing: backwards, or as letters */
    static const char *const before[] = {"2.", "b.", "B.", "ii.", "II.", "h.", "H.", NULL};
    bool counts = g_ascii_isalnum(*marker);
    return list->last && counts == g_ascii_isalnum(*list->last->marker) &&
           (!g_strv_contains(first, marker) || g_strv_contains(before, list->last->marker));
}

/*
 * Whether a list goes on with an item behind a paragraph that stands in none of its items: as
 * numbers are continued there (start="3"), and by nothing else.
 */
static bool
counts_on(const struct list *list, const char *marker)
{
    gint64 last, number;
    const char *end;
    if (!list->last)
        return false;
    const char *before = list->last->marker;
    if (number_prefix(before, G_MAXINT, &last, NULL))
        return number_prefix(marker, G_MAXINT, &number, &end) && number == last + 1;
    bool letters = g_ascii_isalpha(*before) && before[1] == '.' && g_ascii_isalpha(*marker) &&
                   marker[1] == '.';
    return letters && *marker == *before + 1;
}

static void
number_items(struct spoken *s)
{
    struct list lists[MAX_LEVELS] = {0};
    bool interrupted = false, parted = false, left = false;
    for (guint level = 0; level < MAX_LEVELS; level++)
        lists[level].items = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < s->document->blocks->len; i++) {
        const struct block *block = block_at(s, i);
        guint level = level_of(block);
        if (block->type == BLOCK_GAP) {
            parted = true;
        } else if (interrupts(block)) {
            interrupted = true;
        } else if (block->type == BLOCK_PARAGRAPH) {
            end_lists(s, lists, 2);
            left = true;
        } else if (block->type != BLOCK_ITEM && !block->in_item) {
            end_lists(s, lists, 0);
        } else if (block->type == BLOCK_ITEM && block->marker) {
            struct list *list = &lists[level];
            end_lists(s, lists, level + 1);
            if (left ? !counts_on(list, block->marker)
                     : parted || (interrupted && !goes_on(list, block->marker)))
                end_list(s, list);
            if (list->last && block_quotations(list->last) != block_quotations(block))
                end_list(s, list);
            g_array_append_val(list->items, i);
            list->last = block;
            interrupted = parted = left = false;
        }
    }
    end_lists(s, lists, 0);
    for (guint level = 0; level < MAX_LEVELS; level++)
        g_array_unref(lists[level].items);
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
    s->notes = notes_new(document);
    return s;
}

void
spoken_free(struct spoken *s)
{
    notes_free(s->notes);
    g_free(s->places);
    g_free(s);
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

static char *
item_in_words(const struct spoken *s, guint index, const char *text)
{
    const struct block *block = block_at(s, index);
    const struct place *place = &s->places[index];
    if (!place->number)
        return g_strdup_printf(_("same item: %s"), text);
    g_autofree char *marked = place->marked ? g_strdup_printf("%s %s", block->marker, text)
                                            : g_strdup(text);
    return block->level > 1
               ? g_strdup_printf(_("item %u of %u, level %u: %s"), place->number, place->of,
                                 block->level, marked)
               : g_strdup_printf(_("item %u of %u: %s"), place->number, place->of, marked);
}

/* Where the number of a link to an address begins with which a text ends, "[3]"; or its end. */
static gsize
before_number(const struct spoken *s, const char *text, gsize length, const char *url)
{
    gsize from = length ? length - 1 : 0;
    gint64 number;
    while (from && g_ascii_isdigit(text[from - 1]))
        from--;
    guint links = s->document->links->len;
    bool numbered = from && text[length - 1] == ']' && text[from - 1] == '[' &&
                    number_prefix(text + from, links + 1, &number, NULL) && number &&
                    number <= links;
    return numbered && !g_strcmp0(g_ptr_array_index(s->document->links, number - 1), url) ? from - 1
                                                                                          : length;
}

/* "[picture: A bridge][3]" without signs; what nobody described is called by its file. */
static char *
beside_in_words(const struct spoken *s, const struct block *block, const char *text)
{
    gsize length = strlen(text), end = before_number(s, text, length, block->target);
    end = before_number(s, text, end, block->url);
    g_autofree char *name = block->alt || !block->url ? NULL : layout_name_of(block->url),
                    *inner = *text == '[' && end > 1 ? g_strndup(text + 1, end - 2)
                                                     : g_strndup(text, end),
                    *bare = block->type != BLOCK_PICTURE || block->alt ? NULL
                            : name ? g_strdup_printf(_("picture without description: %s"), name)
                                   : g_strdup(_("picture without description"));
    return g_strdup_printf("%s%s%s", bare ? bare : inner, end < length ? " " : "", text + end);
}

/* The first line of a block. */
static char *
begun_in_words(const struct spoken *s, guint index, const char *text)
{
    const struct block *block = block_at(s, index);
    guint level = block->type == BLOCK_HEADING ? block->level - s->top + 1 : block->level;
    const char *note = notes_label(s->notes, index);
    if (note) /* TRANSLATORS: a footnote with its number */
        return g_strdup_printf(_("note %s: %s"), note, text);
    switch (block->type) {
    case BLOCK_HEADING:
        return level > 1 ? g_strdup_printf(_("heading level %u: %s"), level, text)
                         : g_strdup_printf(_("heading: %s"), text);
    case BLOCK_ITEM:
        return item_in_words(s, index, text);
    case BLOCK_PRE:
        /* TRANSLATORS: text whose lines and columns stand as they were written */
        return g_strdup_printf(_("preformatted: %s"), text);
    case BLOCK_RULE:
        /* TRANSLATORS: a line between two parts of a text */
        return g_strdup(_("separator"));
    case BLOCK_TERM:
        /* TRANSLATORS: of a list of terms and what they mean */
        return g_strdup_printf(_("term: %s"), text);
    case BLOCK_DEFINITION:
        return g_strdup_printf(_("definition: %s"), text);
    case BLOCK_TABLE: /* its caption, or its first cell */
        return g_strdup_printf(_("table: %s"), text);
    case BLOCK_PICTURE:
    case BLOCK_EMBED:
        return beside_in_words(s, block, text);
    default:
        return g_strdup(text);
    }
}

/* The same with the quotation that begins with it, or to which it goes back. */
static char *
quoted_in_words(const struct spoken *s, guint index, const char *words)
{
    const struct block *block = block_at(s, index), *before = block_before(s, index);
    guint quotes = block_quotations(block), shared = block_shared_quotations(block, before);
    if (!quotes || (quotes == shared && quotes == block_quotations(before)))
        return g_strdup(words); /* it goes on */
    return quotes > 1 || shared ? g_strdup_printf(_("quotation level %u: %s"), quotes, words)
                                : g_strdup_printf(_("quotation: %s"), words);
}

/* What ended before a block: said in the empty line that stands there. */
static char *
ended_in_words(struct spoken *s, gint64 next)
{
    const struct block *last = block_at(s, s->block), *block = block_at(s, next);
    if (!last || s->block == next)
        return g_strdup("");
    s->block = -1; /* once */
    const char *inner = last->type == BLOCK_PRE     ? _("end of preformatted text")
                        : last->type == BLOCK_TABLE ? _("end of table")
                                                    : "",
               *outer = block_quotations(last) && !(block && block_shared_quotations(block, last))
                            ? _("end of quotation")
                            : "";
    return *inner && *outer ? g_strdup_printf(_("%s; %s"), inner, outer)
                            : g_strconcat(inner, outer, NULL);
}

/* Items in a cell of a table stand in one line: "Houses: 1 to 9; 12" of "Houses: • 1 to 9 • 12". */
static void
say_items(char **text)
{
    GString *said = g_string_new(*text);
    g_string_replace(said, ": • ", ": ", 0);
    g_string_replace(said, " • ", "; ", 0);
    if (g_str_has_prefix(said->str, "• "))
        g_string_erase(said, 0, strlen("• "));
    g_free(*text);
    *text = g_string_free(said, FALSE);
}

/* Whether a line of a table is a title above rows of it. */
static bool
is_title(const struct block *block, const struct layout_line *line)
{
    return block->type == BLOCK_TABLE && line->runs->len &&
           g_array_index(line->runs, struct layout_run, 0).style & LAYOUT_HEADING;
}

char *
spoken_line(struct spoken *s, const struct layout_line *line, guint from)
{
    gint64 index = (gint64)line->block + from;
    const struct block *block = block_at(s, index);
    if (!*line->text)
        return ended_in_words(s, index);
    if (!block)
        return g_strdup(line->text);
    bool begins = s->block != index,
         beside = block->type == BLOCK_PICTURE || block->type == BLOCK_EMBED;
    s->said = begins ? 1 : s->said + 1;
    s->block = index;
    gsize start = looks(block, line->text, begins), end = strlen(line->text);
    notes_strip(s->notes, (guint)index, begins, line, &start, &end);
    g_autofree char *text = spoken_text(s->notes, line, start, end, block->type != BLOCK_PRE);
    if (block->type == BLOCK_TABLE)
        say_items(&text);
    g_autofree char *begun = begins ? begun_in_words(s, (guint)index, text) : NULL;
    return begins                   ? quoted_in_words(s, (guint)index, begun)
           : is_title(block, line)  ? g_strdup_printf(_("heading: %s"), text)
           : beside && s->said == 2 ? g_strdup_printf(_("caption: %s"), text)
                                    : g_steal_pointer(&text);
}
