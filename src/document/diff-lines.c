/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A text of an article as lines with labels, in units that are aligned as wholes. */
#include "config.h"

#include "document/diff-parts.h"
#include "document/furniture.h"
#include "document/table.h"
#include "text/date.h"

#include <string.h>

/*
 * Bytes of lines of one text that are looked through for counters; beyond them a line that only
 * counts something else is another.  A byte takes up to a microsecond.
 */
#define MASKED (64 << 10)

struct builder {
    struct diff_text *text;
    GHashTable *const *kept; /* of both versions: kept_of() */
    const struct compare_rules *ignore;
    const struct document *document;
};

/* --- digests ------------------------------------------------------------------------------ */

/* Addresses, and digests, of attachments of which the bytes are kept. */
static GHashTable *
kept_of(const struct diff_version *version)
{
    GHashTable *kept = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; version && version->attachments && i < version->attachments->len; i++) {
        const struct diff_attachment *a = g_ptr_array_index(version->attachments, i);
        if (!a->digest)
            continue;
        g_hash_table_add(kept, compare_unsigned_url(a->url));
        g_hash_table_add(kept, g_strdup(a->digest));
    }
    return kept;
}

/* Whether both have the bytes of what stands at the address, or those bytes. */
static bool
has_two_digests(GHashTable *const kept[2], const char *address, const char *digest)
{
    return (g_hash_table_contains(kept[0], address) && g_hash_table_contains(kept[1], address)) ||
           (g_hash_table_contains(kept[0], digest) && g_hash_table_contains(kept[1], digest));
}

/* --- units -------------------------------------------------------------------------------- */

static void
begin_unit(struct builder *b, enum diff_part part)
{
    struct diff_unit unit = {.first = b->text->lines->len, .part = part};
    g_array_append_val(b->text->units, unit);
}

/* One in which nothing is left is none. */
static void
end_unit(struct builder *b)
{
    guint last = b->text->units->len - 1;
    struct diff_unit *unit = &g_array_index(b->text->units, struct diff_unit, last);
    unit->count = b->text->lines->len - unit->first;
    if (!unit->count)
        g_array_set_size(b->text->units, last);
}

/* A line; all is copied. */
static void
take_line(struct builder *b, struct diff_line line, const char *key)
{
    GStringChunk *strings = b->text->strings;
    line.text = g_string_chunk_insert(strings, line.text);
    line.label = line.label ? g_string_chunk_insert_const(strings, line.label) : NULL;
    g_array_append_val(b->text->lines, line);
    g_ptr_array_add(b->text->keys, key ? g_string_chunk_insert(strings, key) : NULL);
}

/* lasting: what of the line is compared, or NULL: all. */
static void
add_line(struct builder *b, struct diff_line line, const char *lasting)
{
    g_autofree char *text = g_strdelimit(g_strdup(line.text), "\n\t", ' '),
                    *rest = lasting ? g_strdelimit(g_strdup(lasting), "\n\t", ' ') : NULL;
    line.text = g_strstrip(text);
    const char *compared = rest ? g_strstrip(rest) : line.text;
    g_autofree char *kept = *compared ? compare_kept(compared, b->ignore) : NULL;
    if (kept && *kept && !(line.part == DIFF_TEXT && furniture_is_line(kept)))
        take_line(b, line, g_str_equal(kept, line.text) ? NULL : kept);
}

static void
add_text(struct builder *b, struct diff_line line, const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **l = lines; *l; l++) {
        line.text = *l;
        add_line(b, line, NULL);
    }
}

static bool
has_fleeting(const struct rich_text *rich)
{
    for (guint i = 0; i < rich->spans->len; i++)
        if (g_array_index(rich->spans, struct span, i).style & SPAN_FLEETING)
            return true;
    return false;
}

/* What of bytes [from, until) is not fleeting; the blanks around what is are one. */
static char *
lasting_part(const struct rich_text *rich, gsize from, gsize until)
{
    GString *out = g_string_new(NULL);
    struct rich_cursor cursor = {.rich = rich};
    struct rich_piece piece;
    bool cut = false;
    while (rich_next(&cursor, &piece) && piece.start < until) {
        gsize begin = MAX(piece.start, from), end = MIN(piece.start + piece.length, until);
        if (piece.style & SPAN_FLEETING || begin >= end) {
            cut = true;
            continue;
        }
        if (cut && (!out->len || out->str[out->len - 1] == ' '))
            for (; begin < end && rich->text->str[begin] == ' '; begin++)
                ;
        g_string_append_len(out, rich->text->str + begin, (gssize)(end - begin));
        cut = false;
    }
    return g_string_free(out, FALSE);
}

/* A text line by line; cell: as one line. */
static void
add_rich(struct builder *b, struct diff_line line, const struct rich_text *rich, bool cell)
{
    const char *text = rich->text->str;
    bool fleeting = has_fleeting(rich);
    for (gsize from = 0, until; from <= rich->text->len; from = until + 1) {
        until = cell ? rich->text->len : from + strcspn(text + from, "\n");
        g_autofree char *part = g_strndup(text + from, until - from),
                        *lasting = fleeting ? lasting_part(rich, from, until) : NULL;
        line.text = part;
        add_line(b, line, lasting);
    }
}

/* --- what stands around the text ---------------------------------------------------------- */

static void
add_fact(struct builder *b, enum diff_part part, const char *text)
{
    if (!text || !*text)
        return;
    begin_unit(b, part);
    add_line(b, (struct diff_line){.part = part, .text = text}, NULL);
    end_unit(b);
}

/* Known by its bytes where those of both are kept, else by its address. */
static void
add_attachment(struct builder *b, const struct diff_attachment *a)
{
    g_autofree char *address = compare_unsigned_url(a->url),
                    *digest = a->digest ? g_strdup_printf(" (sha256 %.16s)", a->digest)
                                        : g_strdup(""),
                    *text = a->title ? g_strdup_printf("%s <%s>%s", a->title, a->url, digest)
                                     : g_strdup_printf("%s%s", a->url, digest),
                    *key = g_strdup_printf("%s %s",
                                           a->digest && has_two_digests(b->kept, address, a->digest)
                                               ? a->digest
                                               : address,
                                           a->title ? a->title : "");
    begin_unit(b, DIFF_ATTACHMENT);
    take_line(b,
              (struct diff_line){.part = DIFF_ATTACHMENT,
                                 .text = text,
                                 .digest = a->digest ? strlen(text) - strlen(digest) : 0},
              key);
    end_unit(b);
}

static void
add_facts(struct builder *b, const struct diff_version *v)
{
    struct date updated = {.time = v->updated, .precision = v->updated ? DATE_SECOND : DATE_NONE};
    g_autofree char *published = date_iso(&v->published), *changed = date_iso(&updated);
    add_fact(b, DIFF_TITLE, v->title);
    add_fact(b, DIFF_PUBLISHED, published);
    add_fact(b, DIFF_UPDATED, changed);
    for (guint i = 0; v->attachments && i < v->attachments->len; i++)
        add_attachment(b, g_ptr_array_index(v->attachments, i));
}

/* --- the text ----------------------------------------------------------------------------- */

static void
add_link(struct builder *b, const struct block *block, const char *url)
{
    g_autofree char *address = compare_unsigned_url(url);
    take_line(b, (struct diff_line){.part = DIFF_LINK, .text = url, .block = block}, address);
}

static void
add_links(struct builder *b, const struct block *block, const struct rich_text *content)
{
    guint before = 0;
    for (guint i = 0; i < content->spans->len; i++) {
        const struct span *span = &g_array_index(content->spans, struct span, i);
        guint link = span->style & SPAN_FLEETING ? 0 : span->link;
        if (link && link != before && link <= b->document->links->len)
            add_link(b, block, g_ptr_array_index(b->document->links, link - 1));
        before = link;
    }
}

/* What heads a column: the cell above all others, if it is a head. */
static const char *
head_of(const struct table_grid *grid, guint row, guint column)
{
    const struct table_cell *head = table_slot(grid, 0, column)->cell;
    return row && head && head->header && head->content.text->len ? head->content.text->str : NULL;
}

static void
add_row(struct builder *b, const struct block *table, const struct table_grid *grid, guint row)
{
    begin_unit(b, DIFF_CELL);
    for (guint c = 0; c < grid->columns; c++) {
        const struct table_slot *slot = table_slot(grid, row, c);
        if (slot->first)
            add_rich(b,
                     (struct diff_line){.part = DIFF_CELL,
                                        .label = head_of(grid, row, c),
                                        .column = slot->cell->header ? 0 : c + 1,
                                        .block = table},
                     &slot->cell->content, true);
    }
    for (guint c = 0; c < grid->columns; c++)
        if (table_slot(grid, row, c)->first)
            add_links(b, table, &table_slot(grid, row, c)->cell->content);
    end_unit(b);
}

static void
add_block(struct builder *b, const struct block *block)
{
    struct diff_line line = {.part = DIFF_TEXT, .block = block};
    if (block->fleeting)
        return;
    begin_unit(b, DIFF_TEXT);
    if (block->type == BLOCK_EMBED && block->alt)
        add_text(b, line, block->alt);
    add_rich(b, line, &block->content, false);
    add_links(b, block, &block->content);
    if (block->url)
        add_link(b, block, block->url);
    end_unit(b);
    if (block->type != BLOCK_TABLE)
        return;
    struct table_grid grid;
    table_grid_init(&grid, block);
    for (guint r = 0; r < grid.rows; r++)
        add_row(b, block, &grid, r);
    table_grid_clear(&grid);
}

static struct diff_text *
text_new(const struct diff_version *version, GHashTable *const kept[2],
         const struct compare_rules *ignore)
{
    struct diff_text *text = g_new0(struct diff_text, 1);
    text->lines = g_array_new(FALSE, FALSE, sizeof(struct diff_line));
    text->keys = g_ptr_array_new();
    text->ids = g_array_new(FALSE, FALSE, sizeof(guint));
    text->units = g_array_new(FALSE, FALSE, sizeof(struct diff_unit));
    text->strings = g_string_chunk_new(8192);
    if (!version)
        return text;
    struct builder b = {text, kept, ignore, version->document};
    add_facts(&b, version);
    const struct document *document = version->document;
    for (guint i = 0, related; document && i < document->blocks->len; i += MAX(related, 1)) {
        related = furniture_related(document, i);
        if (!related)
            add_block(&b, g_ptr_array_index(document->blocks, i));
    }
    return text;
}

void
diff_text_free(struct diff_text *text)
{
    g_array_unref(text->lines);
    g_ptr_array_unref(text->keys);
    g_array_unref(text->ids);
    g_array_unref(text->units);
    g_string_chunk_free(text->strings);
    g_free(text);
}

/* --- what is the same --------------------------------------------------------------------- */

static guint
number_of(GHashTable *numbers, const char *key)
{
    gpointer number = g_hash_table_lookup(numbers, key);
    if (!number) {
        number = GUINT_TO_POINTER(g_hash_table_size(numbers) + 1);
        g_hash_table_insert(numbers, g_strdup(key), number);
    }
    return GPOINTER_TO_UINT(number);
}

/* What all lines say as they are; borrowed. */
static GHashTable *
said_in(const struct diff_text *text)
{
    GHashTable *said = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < text->lines->len; i++)
        g_hash_table_add(said, (gpointer)g_array_index(text->lines, struct diff_line, i).text);
    return said;
}

static void
number_lines(struct diff_text *text, GHashTable *numbers, GHashTable *said_there)
{
    gsize room = MASKED;
    for (guint i = 0; i < text->lines->len; i++) {
        const char *key = g_ptr_array_index(text->keys, i),
                   *said = key ? key : g_array_index(text->lines, struct diff_line, i).text;
        gsize length = strlen(said);
        bool masks = !key && length <= room && !g_hash_table_contains(said_there, said);
        g_autofree char *masked = masks ? compare_masked(said) : NULL;
        room -= masks ? length : 0;
        guint number = number_of(numbers, masked ? masked : said);
        g_array_append_val(text->ids, number);
    }
}

/* By its lines; a link is not the text that stands for it. */
static void
number_units(struct diff_text *text, GHashTable *numbers)
{
    GString *says = g_string_new(NULL);
    for (guint i = 0; i < text->units->len; i++) {
        struct diff_unit *unit = &g_array_index(text->units, struct diff_unit, i);
        g_string_truncate(says, 0);
        for (guint n = unit->first; n < unit->first + unit->count; n++)
            g_string_append_printf(says, "%u:%d\n", g_array_index(text->ids, guint, n),
                                   g_array_index(text->lines, struct diff_line, n).part ==
                                       DIFF_LINK);
        unit->id = number_of(numbers, says->str);
    }
    g_string_free(says, TRUE);
}

void
diff_texts_new(const struct diff_version *const versions[2], const struct compare_rules *ignore,
               struct diff_text *texts[2])
{
    GHashTable *kept[2] = {kept_of(versions[0]), kept_of(versions[1])}, *said[2];
    for (int i = 0; i < 2; i++) {
        texts[i] = text_new(versions[i], kept, ignore);
        said[i] = said_in(texts[i]);
    }
    g_autoptr(GHashTable) numbers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (int i = 0; i < 2; i++) {
        number_lines(texts[i], numbers, said[!i]);
        number_units(texts[i], numbers);
    }
    for (int i = 0; i < 2; i++) {
        g_hash_table_unref(kept[i]);
        g_hash_table_unref(said[i]);
    }
}
