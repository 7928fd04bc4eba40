/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists, with the markers that HTML gives their items (HTML 4.4.5, 4.4.8). */
#include "config.h"

#include "document/importer.h"

#include <string.h>

struct numbering {
    bool ordered;
    char kind; /* as the type attribute: '1', 'a', 'A', 'i', 'I'; '0': none */
    gint64 next;
    int step;
};

/* The number that an attribute states; *number stays what it is where it states none. */
static void
take_number(const xmlNode *node, const char *name, gint64 *number)
{
    int stated;
    if (html_integer_attribute(node, name, &stated))
        *number = stated;
}

/* The kind that an element's type or style asks for, or `otherwise`. */
static char
kind_of(const xmlNode *node, char otherwise)
{
    static const struct {
        const char *name;
        char kind;
    } styles[] = {{"lower-alpha", 'a'}, {"lower-latin", 'a'}, {"upper-alpha", 'A'},
                  {"upper-latin", 'A'}, {"lower-roman", 'i'}, {"upper-roman", 'I'},
                  {"decimal", '1'},     {"none", '0'}};
    g_autofree char *type = html_attribute(node, "type"), *style = html_attribute(node, "style");
    g_autofree char *lower = style ? g_ascii_strdown(style, -1) : NULL;
    const char *at = lower ? strstr(lower, "list-style") : NULL;
    for (size_t i = 0; at && i < G_N_ELEMENTS(styles); i++)
        if (g_strstr_len(at, (gssize)strcspn(at, ";"), styles[i].name))
            return styles[i].kind;
    return type && strlen(type) == 1 && strchr("1aAiI", *type) ? *type : otherwise;
}

static char *
roman(gint64 number)
{
    static const struct {
        int value;
        const char *sign;
    } signs[] = {{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"},
                 {90, "xc"},  {50, "l"},   {40, "xl"}, {10, "x"},   {9, "ix"},
                 {5, "v"},    {4, "iv"},   {1, "i"}};
    GString *out = g_string_new(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(signs); i++)
        for (; number >= signs[i].value; number -= signs[i].value)
            g_string_append(out, signs[i].sign);
    return g_string_free(out, FALSE);
}

/* a, b, …, z, aa, ab */
static char *
letters(gint64 number)
{
    char buffer[16], *p = buffer + sizeof buffer;
    *--p = '\0';
    for (; number > 0; number = (number - 1) / 26)
        *--p = (char)('a' + (number - 1) % 26);
    return g_strdup(p);
}

static char *
marker_of(const struct numbering *n, char kind, gint64 number)
{
    if (!n->ordered || kind == '0')
        return g_strdup("•");
    bool is_roman = g_ascii_tolower(kind) == 'i' && number > 0 && number < 4000;
    g_autofree char *sign = is_roman ? roman(number)
                            : g_ascii_tolower(kind) == 'a' && number > 0
                                ? letters(number)
                                : g_strdup_printf("%" G_GINT64_FORMAT, number);
    g_autofree char *cased = kind == 'A' || kind == 'I' ? g_ascii_strup(sign, -1) : g_strdup(sign);
    return g_strconcat(cased, ".", NULL);
}

static void
numbering_begin(struct numbering *n, const xmlNode *list)
{
    g_autofree char *reversed = html_attribute(list, "reversed");
    *n = (struct numbering){html_named(list, "ol"), '1', 1, reversed ? -1 : 1};
    if (n->ordered)
        n->kind = kind_of(list, '1');
    if (reversed) {
        n->next = 0;
        for (const xmlNode *child = list->children; child; child = child->next)
            n->next += child->type == XML_ELEMENT_NODE && html_named(child, "li");
    }
    take_number(list, "start", &n->next);
}

static void
walk_item(struct importer *in, const xmlNode *item, struct numbering *n)
{
    struct import_looks looks;
    import_look(item, &looks);
    if (looks.hidden)
        return;
    if (n->ordered)
        take_number(item, "value", &n->next);
    g_autofree char *marker = marker_of(n, n->ordered ? kind_of(item, n->kind) : '0', n->next);
    n->next += n->step;
    guint style = in->style, quotes = in->item_quotes;
    bool in_item = in->in_item;
    in->style |= looks.style & ~(guint)(SPAN_RAISED | SPAN_LOWERED);
    in->marker = marker;
    in->in_item = true;
    in->item_quotes = in->quote_level;
    import_block(in, item, BLOCK_PARAGRAPH, 0);
    in->marker = NULL;
    in->in_item = in_item;
    in->item_quotes = quotes;
    in->style = style;
}

/* What stands in an item as likely as between two lists, of which nothing else tells it. */
static bool
may_be_of_item(const struct block *block)
{
    return block->type == BLOCK_QUOTE || block->type == BLOCK_TABLE ||
           block->type == BLOCK_PICTURE || block->type == BLOCK_PRE || block->type == BLOCK_EMBED;
}

/* Two lists beside one another are not one, nor are those between which no text stands. */
static void
part_lists(struct importer *in)
{
    const GPtrArray *blocks = in->document->blocks;
    if (in->target || !in->list_end || in->list_level != in->item_level)
        return;
    guint i = in->list_end;
    while (i < blocks->len && may_be_of_item(g_ptr_array_index(blocks, i)))
        i++;
    if (i == blocks->len)
        document_add(in->document, BLOCK_GAP, 0);
    in->list_end = 0; /* what stands between is looked at once */
}

static const xmlNode *
last_item(const xmlNode *list)
{
    const xmlNode *child = list->last;
    while (child && !(child->type == XML_ELEMENT_NODE && html_named(child, "li")))
        child = child->prev;
    return child;
}

void
import_list(struct importer *in, const xmlNode *list)
{
    import_flush(in);
    struct numbering numbering;
    numbering_begin(&numbering, list);
    const char *outer = in->marker;
    part_lists(in);
    in->item_level = MIN(in->item_level + 1, IMPORT_DEPTH);
    guint before = in->document->blocks->len;
    const xmlNode *last = last_item(list);
    guint quotes = in->item_quotes;
    bool in_item = in->in_item;
    in->depth++;
    for (const xmlNode *child = list->children; child && in->depth < IMPORT_DEPTH;
         child = child->next) {
        if (child->type != XML_ELEMENT_NODE || !html_named(child, "li")) {
            import_walk(in, child);
            continue;
        }
        import_flush(in);
        walk_item(in, child, &numbering);
        /* what stands before the next item, as no list may have it, belongs to this one */
        in->in_item = child == last ? in_item : true;
        in->item_quotes = child == last ? quotes : in->quote_level;
    }
    in->in_item = in_item;
    in->item_quotes = quotes;
    in->depth--;
    import_flush(in);
    in->marker = outer;
    in->item_level--;
    if (in->document->blocks->len > before) {
        in->list_end = in->document->blocks->len;
        in->list_level = in->item_level;
    }
}
