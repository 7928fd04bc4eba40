/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Finds base rows and sorts them into kinds.
 *
 * Each link belongs to a base row: the nearest element around it that repeats (row_of()).  So does
 * what heads a row and is no link: the button of an accordion, the heading of a card.  Base rows
 * that stand in the same kind of place (names of all elements around, classes of the nearest two)
 * are a kind; kinds in places that are siblings alike (tables of years, sections of months) are one
 * (is_kin()).
 *
 * Every loop over siblings and ancestors has a bound, so that a page costs what its size is.
 */
#include "config.h"

#include "portal/list-kinds.h"
#include "base/clean.h"
#include "base/regex.h"
#include "document/html.h"
#include "portal/features.h"
#include "portal/list-groups.h"

#include <string.h>

#define MAX_NEAR     60    /* siblings on each side among which some alike are looked for */
#define MAX_DEPTH    60    /* elements around that tell a place */
#define MAX_MERGED   8     /* kinds of one place with which another is compared */
#define MAX_COMPARED 10000 /* such pairs on a page */
#define MAX_SHAPE    60    /* elements of a row that make its shape */
#define MOST_LABELS  8     /* links side by side that may be of one row */
#define SIGN_OF_LIST 3     /* siblings alike that are repetition: two may be any pair */

static void
base_clear(gpointer data)
{
    struct list_base *base = data;
    g_free(base->href);
    g_free(base->text);
}

static void
kind_free(gpointer data)
{
    struct list_kind *kind = data;
    g_array_unref(kind->bases);
    g_free(kind->place);
    g_free(kind);
}

/* --- what elements have in common ------------------------------------------------------------- */

/* Words of which each follows but others: "event cat cat" of two categories is as "event cat". */
static char *
without_doubles(const char *line)
{
    g_auto(GStrv) words = g_strsplit(line, " ", -1);
    GString *out = g_string_new(words[0]);
    for (char **word = words + 1; words[0] && *word; word++)
        if (!g_str_equal(word[0], word[-1]))
            g_string_append_printf(out, " %s", *word);
    return g_string_free(out, FALSE);
}

char *
list_class_form(const xmlNode *node)
{
    static GRegex *numbers, *states;
    g_autofree char *class = html_attribute(node, "class");
    if (!class)
        return NULL;
    g_autofree char *bare =
        g_regex_replace_literal(regex_once(&numbers, "\\d+"), class, -1, 0, "", 0, NULL);
    g_autofree char *kind = g_regex_replace_literal(
        regex_once(&states,
                   "(?<=^|\\s)(?:first|last|odd|even)(?=$|\\s|[-_]|(?-i:[A-Z]))\\S*|"
                   "(?<=^|\\s|[-_])(?:odd|even|first|last|active|current|open|opened|closed|"
                   "collapsed|expanded|show|hidden|selected|alt|left|right)(?=$|\\s)|"
                   "(?-i:(?<=[a-z])(?:First|Last|Odd|Even|Alt|Alternate|Active))(?=$|\\s)"),
        bare, -1, 0, "", 0, NULL);
    g_autofree char *line = text_squeeze(kind, -1);
    return *line ? without_doubles(line) : NULL;
}

/* Whether an element has two siblings of its name near by. */
static bool
has_siblings(const xmlNode *node, guint wanted)
{
    guint same = 1, seen = 0;
    for (const xmlNode *n = node->prev; n && seen < MAX_NEAR && same < wanted; n = n->prev, seen++)
        same += n->type == XML_ELEMENT_NODE && g_str_equal(n->name, node->name);
    seen = 0;
    for (const xmlNode *n = node->next; n && seen < MAX_NEAR && same < wanted; n = n->next, seen++)
        same += n->type == XML_ELEMENT_NODE && g_str_equal(n->name, node->name);
    return same >= wanted;
}

/*
 * The element around a link that repeats: the nearest li, tr, dd, article, or div, p, heading of
 * its kind.
 */
static const xmlNode *
row_of(const xmlNode *link)
{
    const xmlNode *last = NULL; /* what may repeat too, where nothing else does */
    int depth = 0;
    for (const xmlNode *n = link; n && list_parent(n) && depth < LIST_MAX_CLIMB;
         n = n->parent, depth++) {
        if (node_is(n, "li tr dd article dl") || (node_is(n, "dt") && has_siblings(n, 2)))
            return n;
        if (node_is(n, "div p a section h2 h3 h4 h5") && has_siblings(n, SIGN_OF_LIST))
            return n;
        if (!last && node_is(n, "span strong b font td") && has_siblings(n, SIGN_OF_LIST))
            last = n;
    }
    return last;
}

/* The names of the elements within a row, a bit for each that there is; layers say nothing. */
static guint64
shape_of(const xmlNode *row)
{
    guint64 shape = 0;
    guint seen = 0;
    for (const xmlNode *n = row; n && seen < MAX_SHAPE; n = node_next(n, row)) {
        if (n->type != XML_ELEMENT_NODE || node_is(n, "b i em strong br img font u small div p"))
            continue;
        seen++;
        int columns = 1, rows = 1;
        if (node_is(n, "td th")) {
            html_integer_attribute(n, "colspan", &columns);
            html_integer_attribute(n, "rowspan", &rows);
        }
        guint kind = g_str_hash((const char *)n->name) + (guint)columns * 7 + (guint)rows * 13;
        shape |= (guint64)1 << (kind % 64);
    }
    return shape;
}

static guint
bits_of(guint64 set)
{
    guint bits = 0;
    for (; set; set &= set - 1)
        bits++;
    return bits;
}

/*
 * Whether most of the elements of two shapes are the same.  Records of one kind differ by a picture
 * or a second paragraph; a menu and a list of news share but the link.
 */
static bool
are_alike(guint64 a, guint64 b)
{
    return bits_of(a & b) * 4 >= bits_of(a | b) * 3;
}

/* The names of all elements around one, as a number; how many layers a div has says nothing. */
static guint
place_of(const xmlNode *node)
{
    guint place = 0;
    int depth = 0;
    for (const xmlNode *n = list_parent(node); n && depth < MAX_DEPTH; n = list_parent(n), depth++)
        if (!node_is(n, "div") || !list_parent(n) || !node_is(n->parent, "div"))
            place = place * 33 + g_str_hash((const char *)n->name);
    return place;
}

/* --- base rows -------------------------------------------------------------------------------- */

bool
list_says_enough(const xmlNode *row)
{
    guint nodes = 0, weight = 0;
    for (const xmlNode *n = row; n && nodes < LIST_MAX_LOOK; n = node_next(n, row), nodes++) {
        if (n->type == XML_TEXT_NODE && n->content)
            weight += features_text_weight((const char *)n->content, NULL);
        g_autofree char *title = node_is(n, "a") ? html_attribute(n, "title") : NULL;
        weight += title ? features_text_weight(title, NULL) : 0;
        if (weight >= LIST_MIN_TEXT)
            return true;
    }
    return false;
}

bool
list_holds_link(const xmlNode *row)
{
    guint nodes = 0;
    for (const xmlNode *n = row; n && nodes < LIST_MAX_LOOK; n = node_next(n, row), nodes++) {
        g_autofree char *href = row_href(n);
        if (href)
            return true;
    }
    return false;
}

/* Where kinds of rows are noted while the page is walked. */
struct collection {
    GHashTable *kinds; /* by key: struct list_kind */
    GPtrArray *order;  /* the same, borrowed */
    /* base rows met: node to struct collected */
    GHashTable *links, *heads;
    /* where the last base row stood, as most do that follow it */
    const xmlNode *parent, *name_of;
    struct list_kind *last;
};

/* Where a base row stands: its kind and number + 1 there. */
struct collected {
    struct list_kind *kind;
    guint at;
};

static struct list_kind *
kind_of(struct collection *c, const xmlNode *row, bool headed)
{
    if (c->last && c->parent == row->parent && c->last->headed == headed &&
        g_str_equal(c->name_of->name, row->name))
        return c->last;
    const xmlNode *outer = list_parent(row->parent);
    g_autofree char *class = list_class_form(row->parent),
                    *around = outer ? list_class_form(outer) : NULL;
    g_autofree char *place =
        g_strdup_printf("%c %s %x", headed ? 'h' : 'a', (const char *)row->name, place_of(row));
    char *key = g_strdup_printf("%s %p %s %s", place, class ? NULL : (const void *)row->parent,
                                class ? class : "", around ? around : "");
    struct list_kind *kind = g_hash_table_lookup(c->kinds, key);
    if (kind) {
        g_free(key);
        return kind;
    }
    kind = g_new0(struct list_kind, 1);
    kind->bases = g_array_new(FALSE, TRUE, sizeof(struct list_base));
    g_array_set_clear_func(kind->bases, base_clear);
    kind->place = g_steal_pointer(&place);
    kind->headed = headed;
    g_hash_table_insert(c->kinds, key, kind);
    g_ptr_array_add(c->order, kind);
    return kind;
}

static void
add_base(struct collection *c, struct list_base base)
{
    struct list_kind *kind = kind_of(c, base.node, base.head != NULL);
    c->parent = base.node->parent;
    c->name_of = base.node;
    c->last = kind;
    struct collected *met = g_new0(struct collected, 1);
    *met = (struct collected){kind, kind->bases->len};
    g_hash_table_insert(base.head ? c->heads : c->links, (gpointer)base.node, met);
    if (kind->bases->len < LIST_MAX_ROWS) {
        g_array_append_val(kind->bases, base);
        return;
    }
    kind->more++;
    base_clear(&base);
}

/* A further link of a base row: where those before it are labels, it says what the row is about. */
static void
add_link(const struct collected *met, char *href, char *text, bool label)
{
    struct list_base *base = met->at < met->kind->bases->len ? list_base_at(met->kind, met->at)
                                                             : NULL;
    if (!base || !base->label || label) {
        g_free(href);
        g_free(text);
        return;
    }
    base_clear(base);
    base->href = href;
    base->text = text;
    base->label = false;
}

bool
list_is_header(const xmlNode *row)
{
    bool header = node_is(row, "tr");
    for (const xmlNode *n = row->children; header && n; n = n->next)
        header = !node_is(n, "td");
    return header;
}

static bool
has_lines(const xmlNode *node)
{
    guint seen = 0;
    for (const xmlNode *n = node->children; n && seen < MAX_NEAR; n = n->next, seen++)
        if (node_is(n, "br"))
            return true;
    return false;
}

/*
 * The base row of a link.  A few labels side by side in a cell or an item, "Agenda Minutes Video",
 * are no rows each: they are of the row around them.
 */
static const xmlNode *
row_of_link(const xmlNode *link, bool label)
{
    const xmlNode *row = row_of(link);
    if (row != link || !label || !list_parent(link) || has_siblings(link, MOST_LABELS + 1))
        return row;
    const xmlNode *around = row_of(link->parent);
    bool item = around && node_is(around, "li tr dd article"),
         line = around && node_is(around, "p div") && !has_lines(link->parent);
    return item || line ? around : row;
}

static void
take_link(struct collection *c, const xmlNode *link, char *href)
{
    char *text = html_text_of_link(link);
    bool label = row_is_label(text);
    const xmlNode *row = row_of_link(link, label);
    if (row && list_is_header(row))
        row = NULL;
    const struct collected *met = row ? g_hash_table_lookup(c->links, row) : NULL;
    if (!row || (!met && !list_says_enough(row))) {
        g_free(href);
        g_free(text);
        return;
    }
    if (met)
        add_link(met, href, text, label);
    else
        add_base(c, (struct list_base){row, NULL, href, text, label});
}

/* What heads a row, and is no link: "Tuesday, 21 May 2024", which unfolds what is below. */
static void
take_head(struct collection *c, const xmlNode *head)
{
    const xmlNode *row = row_of(head);
    if (!row || row == head || node_is(row, "tr dl dd dt") ||
        g_hash_table_contains(c->heads, row) || list_holds_link(head) || !list_holds_link(row))
        return;
    char *text = html_text(head);
    if (strlen(text) > 300 || features_text_weight(text, NULL) < LIST_MIN_TEXT ||
        row_is_label(text))
        g_free(text);
    else
        add_base(c, (struct list_base){row, head, NULL, text, false});
}

static void
collect(struct collection *c, const struct page *page, const struct contents *contents)
{
    for (const xmlNode *node = page_root(page); node; node = contents_next(contents, node)) {
        if (node->type != XML_ELEMENT_NODE)
            continue;
        char *href = row_is_link(node) ? row_href(node) : NULL;
        if (href)
            take_link(c, node, href);
        else if (node_is(node, "a button summary h2 h3 h4 h5") && !row_is_hidden(node))
            take_head(c, node);
    }
}

/* --- kinds that are one ----------------------------------------------------------------------- */

/*
 * Whether the words of two classes are alike: the first is, which says what an element is, or all
 * are.
 */
static bool
is_same_class(const xmlNode *a, const xmlNode *b, bool all)
{
    g_autofree char *one = list_class_form(a), *other = list_class_form(b);
    if (!one || !other || all)
        return !g_strcmp0(one, other);
    gsize length = strcspn(one, " ");
    return length == strcspn(other, " ") && !strncmp(one, other, length);
}

static bool
is_same_id(const xmlNode *a, const xmlNode *b)
{
    g_autofree char *one = html_attribute(a, "id"), *other = html_attribute(b, "id");
    g_autofree char *form = row_form(one ? one : ""), *like = row_form(other ? other : "");
    return g_str_equal(form, like);
}

/* Whether rows of two kinds have one shape. */
static bool
is_same_shape(const struct list_kind *a, const struct list_kind *b)
{
    guint64 shapes[LIST_SAMPLES];
    guint count = MIN(a->bases->len, LIST_SAMPLES);
    for (guint i = 0; i < count; i++)
        shapes[i] = shape_of(list_base_at(a, i)->node);
    for (guint n = 0; n < MIN(b->bases->len, LIST_SAMPLES); n++) {
        guint64 shape = shape_of(list_base_at(b, n)->node);
        for (guint i = 0; i < count; i++)
            if (are_alike(shape, shapes[i]))
                return true;
    }
    return false;
}

/* The heading of a part: before its first row, or right before the part; NULL for none. */
static const xmlNode *
heading_of(const xmlNode *part, const xmlNode *row)
{
    guint nodes = 0;
    for (const xmlNode *n = part; n && n != row && nodes < LIST_MAX_LOOK;
         n = node_next(n, part), nodes++)
        if (node_is(n, "h1 h2 h3 h4 h5 h6 caption summary legend"))
            return n;
    const xmlNode *before = part->prev;
    while (before && before->type != XML_ELEMENT_NODE)
        before = before->prev;
    return before && node_is(before, "h2 h3 h4 h5 h6") ? before : NULL;
}

static int
depth_of(const xmlNode *node)
{
    int depth = 0;
    while (node && depth < 1000) {
        node = list_parent(node);
        depth++;
    }
    return depth;
}

/* The child of an element in which a node stands; NULL when it stands elsewhere. */
static const xmlNode *
child_of(const xmlNode *around, const xmlNode *node)
{
    for (int depth = 0; node && depth < MAX_DEPTH; node = list_parent(node), depth++)
        if (node->parent == around)
            return node;
    return NULL;
}

/* Whether two elements have one class, and the same: records of one kind in boxes of several. */
static bool
are_of_one_class(const xmlNode *a, const xmlNode *b)
{
    g_autofree char *one = a ? list_class_form(a) : NULL, *other = b ? list_class_form(b) : NULL;
    return one && other && is_same_class(a, b, false);
}

/*
 * Whether two kinds are parts of one list: they stand in siblings of one kind, which are no columns
 * of a layout, and their rows have one shape.  Siblings whose classes have but the first word in
 * common are boxes of different things where they have headings, unless these say a time; so are
 * those with ids of their own, unless they hold records of one class.
 */
static bool
is_kin(const struct list_kind *a, const struct list_kind *b, const struct date_style *style)
{
    const xmlNode *last = list_base_at(a, a->bases->len - 1)->node,
                  *first = list_base_at(b, 0)->node;
    const xmlNode *rows[2] = {last, first};
    const xmlNode *x = rows[0], *y = rows[1];
    int deeper = depth_of(x) - depth_of(y);
    for (int more = deeper; more > 0; more--)
        x = x->parent;
    for (int more = deeper; more < 0; more++)
        y = y->parent;
    while (x && y && x->parent != y->parent) {
        x = list_parent(x);
        y = list_parent(y);
    }
    if (!x || !y || x == y || !g_str_equal(x->name, y->name) || node_is(x, "td th body"))
        return false;
    for (int up = 0; up < 2; up++) { /* what is within these parts, around the rows */
        rows[0] = rows[0] == x ? x : rows[0]->parent;
        rows[1] = rows[1] == y ? y : rows[1]->parent;
        if (rows[0] != x && rows[1] != y && !is_same_class(rows[0], rows[1], false))
            return false;
    }
    const xmlNode *heading = heading_of(y, first);
    g_autofree char *text = heading ? html_text(heading) : NULL;
    bool alike = (text && list_is_period(text, style)) ||
                 (is_same_class(x, y, deeper || heading) &&
                  (is_same_id(x, y) || are_of_one_class(child_of(x, last), child_of(y, first))));
    return alike && is_same_shape(a, b);
}

/* Joins kinds of one place where they are parts of one list, in the order of the document. */
static void
merge(GPtrArray *kinds, const struct date_style *style)
{
    g_autoptr(GHashTable) places =
        g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_ptr_array_unref);
    guint compared = 0;
    for (guint i = 0; i < kinds->len; i++) {
        struct list_kind *kind = g_ptr_array_index(kinds, i);
        GPtrArray *known = g_hash_table_lookup(places, kind->place);
        if (!known) {
            known = g_ptr_array_new();
            g_hash_table_insert(places, kind->place, known);
        }
        guint from = known->len > MAX_MERGED ? known->len - MAX_MERGED : 0;
        for (guint k = from; k < known->len && !kind->merged && compared++ < MAX_COMPARED; k++) {
            struct list_kind *into = g_ptr_array_index(known, k);
            if (!is_kin(into, kind, style))
                continue;
            guint room = LIST_MAX_ROWS - MIN(into->bases->len, LIST_MAX_ROWS);
            for (guint n = 0; n < kind->bases->len; n++) {
                if (n < room)
                    g_array_append_val(into->bases, *list_base_at(kind, n));
                else
                    base_clear(list_base_at(kind, n));
            }
            into->more += kind->more + (kind->bases->len > room ? kind->bases->len - room : 0);
            g_array_set_clear_func(kind->bases, NULL);
            g_array_set_size(kind->bases, 0);
            kind->merged = true;
        }
        if (!kind->merged)
            g_ptr_array_add(known, kind);
    }
}

/* --- rows that take turns --------------------------------------------------------------------- */

/* Whether few texts of links are those of all these rows. */
static bool
repeats_itself(const struct list_kind *kind, const guint64 *shapes)
{
    g_autoptr(GHashTable) texts = g_hash_table_new(g_str_hash, g_str_equal);
    guint rows = 0;
    for (guint i = 0; i < kind->bases->len; i++)
        if (shapes[i] != shapes[0]) {
            g_hash_table_add(texts, list_base_at(kind, i)->text);
            rows++;
        }
    return g_hash_table_size(texts) * 2 <= rows;
}

/*
 * Where tr of two shapes take turns and one has links that all say the same, "Proceedings", those
 * are parts of the rows before them.
 */
static void
drop_second_rows(struct list_kind *kind)
{
    guint count = kind->bases->len, turns = 0;
    if (kind->headed || count < 6 || !node_is(list_base_at(kind, 0)->node, "tr p div"))
        return;
    g_autofree guint64 *shapes = g_new(guint64, count);
    for (guint i = 0; i < count; i++)
        shapes[i] = shape_of(list_base_at(kind, i)->node);
    for (guint i = 0; i + 1 < count; i++)
        turns += shapes[i] != shapes[i + 1] && (i + 2 >= count || shapes[i] == shapes[i + 2]);
    if (turns * 100 < (count - 1) * LIST_COMMON || !repeats_itself(kind, shapes))
        return;
    GArray *kept = g_array_new(FALSE, TRUE, sizeof(struct list_base));
    for (guint i = 0; i < count; i++) {
        if (shapes[i] == shapes[0])
            g_array_append_val(kept, *list_base_at(kind, i));
        else
            base_clear(list_base_at(kind, i));
    }
    g_array_set_clear_func(kind->bases, NULL);
    g_array_unref(kind->bases);
    g_array_set_clear_func(kept, base_clear);
    kind->bases = kept;
    kind->thinned = true;
}

GPtrArray *
list_kinds(const struct page *page, const struct contents *contents, const struct date_style *style)
{
    g_autoptr(GHashTable) kinds = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
                          links = g_hash_table_new_full(NULL, NULL, NULL, g_free),
                          heads = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    GPtrArray *order = g_ptr_array_new_with_free_func(kind_free);
    struct collection c = {.kinds = kinds, .order = order, .links = links, .heads = heads};
    collect(&c, page, contents);
    merge(order, style);
    for (guint i = 0; i < order->len; i++) {
        struct list_kind *kind = g_ptr_array_index(order, i);
        if (kind->bases->len)
            drop_second_rows(kind);
    }
    return order;
}
