/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Finds the elements of a page that repeat.
 *
 * 1. Each link belongs to a base row: the nearest element around it that repeats (row_of()).  So
 *    does what heads a row and is no link: the button of an accordion, the heading of a card.
 * 2. Base rows that stand in the same kind of place (names of all elements around, classes of the
 *    nearest two) are a group; groups in places that are siblings of one kind (tables of years,
 *    sections of months) are one (is_kin()).
 * 3. A group climbs as a whole while each of its rows stays an element of its own and these repeat
 *    as well: from the field of a record to the record, from the heading of a card to the card.
 *    Rows whose links are labels ("PDF") climb until they say something.
 * 4. What stands between rows and belongs to the one before (beside_of()), and what headings above
 *    rows say of their year or day, is noted with them.
 *
 * Every loop over siblings and ancestors has a bound, so that a page costs what its size is.
 */
#include "config.h"

#include "portal/list-groups.h"
#include "base/clean.h"
#include "base/number.h"
#include "base/regex.h"
#include "document/html.h"
#include "portal/contents.h"
#include "portal/features.h"

#include <string.h>

#define MAX_ROWS     2200 /* of a group: more than a list may have */
#define MAX_READ     8000 /* rows of all groups, before small groups are left out */
#define MAX_SCAN     2000 /* nodes of what may be a row */
#define MAX_LOOK     300  /* nodes of a row in which something that says something is looked for */
#define MAX_BESIDE   6    /* elements that belong to a row beside it */
#define MAX_CLIMB    8
#define MAX_NEAR     60    /* siblings on each side among which some alike are looked for */
#define MAX_DEPTH    60    /* elements around that tell a place */
#define MAX_MERGED   8     /* groups of one place with which another is compared */
#define MAX_COMPARED 10000 /* such pairs on a page */
#define MAX_SHAPE    60    /* elements of a row that make its shape */
#define MAX_SAMPLES  5
#define MAX_HEADING  60 /* bytes of what stands above rows and says when */

#define MIN_TEXT     8 /* weight of a text that says something: three Chinese characters */
#define SIGN_OF_LIST 3 /* siblings alike that are repetition: two may be any pair */
/* percent of the links of a group that have a text in common which is thereby a label */
#define COMMON 80

/* A base row, and the link or head by which it was found. */
struct base {
    const xmlNode *node, *head;
    char *href, *text; /* owned */
    bool label;        /* the text says only what the link does */
};

struct kind {
    GArray *bases;
    char *place; /* owned: name and place, without classes */
    guint more;
    bool headed, merged;
};

static void
base_clear(gpointer data)
{
    struct base *base = data;
    g_free(base->href);
    g_free(base->text);
}

static void
kind_free(gpointer data)
{
    struct kind *kind = data;
    g_array_unref(kind->bases);
    g_free(kind->place);
    g_free(kind);
}

static void
row_free(gpointer data)
{
    struct row *row = data;
    if (row->beside)
        g_ptr_array_unref(row->beside);
    g_free(row);
}

static void
group_free(gpointer data)
{
    struct list_group *group = data;
    g_ptr_array_unref(group->rows);
    g_hash_table_unref(group->labels);
    g_free(group);
}

static struct base *
base_at(const struct kind *kind, guint i)
{
    return &g_array_index(kind->bases, struct base, i);
}

static const xmlNode *
parent_of(const xmlNode *node)
{
    return node->parent && node->parent->type == XML_ELEMENT_NODE ? node->parent : NULL;
}

/* --- what elements have in common ------------------------------------------------------------- */

/* The words of a class that say of what kind an element is: not which of its kind, not its state. */
static char *
class_form(const xmlNode *node)
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
                   "collapsed|expanded|show|hidden|selected|alt|left|right)(?=$|\\s)"),
        bare, -1, 0, "", 0, NULL);
    char *line = text_squeeze(kind, -1);
    if (*line)
        return line;
    g_free(line);
    return NULL;
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
    for (const xmlNode *n = link; n && parent_of(n) && depth < MAX_CLIMB; n = n->parent, depth++) {
        if (node_is(n, "li tr dd article dl") || (node_is(n, "dt") && has_siblings(n, 2)))
            return n;
        if (node_is(n, "div p a section h2 h3 h4 h5") && has_siblings(n, SIGN_OF_LIST))
            return n;
        if (!last && node_is(n, "span strong b td") && has_siblings(n, SIGN_OF_LIST))
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
    for (const xmlNode *n = parent_of(node); n && depth < MAX_DEPTH; n = parent_of(n), depth++)
        if (!node_is(n, "div") || !parent_of(n) || !node_is(n->parent, "div"))
            place = place * 33 + g_str_hash((const char *)n->name);
    return place;
}

/* --- base rows -------------------------------------------------------------------------------- */

/* Whether a row says anything. */
static bool
says_enough(const xmlNode *row)
{
    guint nodes = 0, weight = 0;
    for (const xmlNode *n = row; n && nodes < MAX_LOOK; n = node_next(n, row), nodes++) {
        if (n->type == XML_TEXT_NODE && n->content)
            weight += features_text_weight((const char *)n->content, NULL);
        g_autofree char *title = node_is(n, "a") ? html_attribute(n, "title") : NULL;
        weight += title ? features_text_weight(title, NULL) : 0;
        if (weight >= MIN_TEXT)
            return true;
    }
    return false;
}

static bool
holds_link(const xmlNode *row)
{
    guint nodes = 0;
    for (const xmlNode *n = row; n && nodes < MAX_LOOK; n = node_next(n, row), nodes++) {
        g_autofree char *href = row_href(n);
        if (href)
            return true;
    }
    return false;
}

/* Where kinds of rows are noted while the page is walked. */
struct collection {
    GHashTable *kinds; /* by key: struct kind */
    GPtrArray *order;  /* the same, borrowed */
    /* base rows met: node to struct collected */
    GHashTable *links, *heads;
    /* where the last base row stood, as most do that follow it */
    const xmlNode *parent, *name_of;
    struct kind *last;
};

/* Where a base row stands: its kind and number + 1 there. */
struct collected {
    struct kind *kind;
    guint at;
};

static struct kind *
kind_of(struct collection *c, const xmlNode *row, bool headed)
{
    if (c->last && c->parent == row->parent && c->last->headed == headed &&
        g_str_equal(c->name_of->name, row->name))
        return c->last;
    const xmlNode *outer = parent_of(row->parent);
    g_autofree char *class = class_form(row->parent), *around = outer ? class_form(outer) : NULL;
    g_autofree char *place =
        g_strdup_printf("%c %s %x", headed ? 'h' : 'a', (const char *)row->name, place_of(row));
    char *key = g_strdup_printf("%s %p %s %s", place, class ? NULL : (const void *)row->parent,
                                class ? class : "", around ? around : "");
    struct kind *kind = g_hash_table_lookup(c->kinds, key);
    if (kind) {
        g_free(key);
        return kind;
    }
    kind = g_new0(struct kind, 1);
    kind->bases = g_array_new(FALSE, TRUE, sizeof(struct base));
    g_array_set_clear_func(kind->bases, base_clear);
    kind->place = g_steal_pointer(&place);
    kind->headed = headed;
    g_hash_table_insert(c->kinds, key, kind);
    g_ptr_array_add(c->order, kind);
    return kind;
}

static void
add_base(struct collection *c, struct base base)
{
    struct kind *kind = kind_of(c, base.node, base.head != NULL);
    c->parent = base.node->parent;
    c->name_of = base.node;
    c->last = kind;
    struct collected *met = g_new0(struct collected, 1);
    *met = (struct collected){kind, kind->bases->len};
    g_hash_table_insert(base.head ? c->heads : c->links, (gpointer)base.node, met);
    if (kind->bases->len < MAX_ROWS) {
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
    struct base *base = met->at < met->kind->bases->len ? base_at(met->kind, met->at) : NULL;
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

static void
take_link(struct collection *c, const xmlNode *link, char *href)
{
    const xmlNode *row = row_of(link);
    const struct collected *met = row ? g_hash_table_lookup(c->links, row) : NULL;
    if (!row || (!met && !says_enough(row))) {
        g_free(href);
        return;
    }
    char *text = html_text(link);
    bool label = row_is_label(text);
    if (met)
        add_link(met, href, text, label);
    else
        add_base(c, (struct base){row, NULL, href, text, label});
}

/* What heads a row, and is no link: "Tuesday, 21 May 2024", which unfolds what is below. */
static void
take_head(struct collection *c, const xmlNode *head)
{
    const xmlNode *row = row_of(head);
    if (!row || row == head || node_is(row, "tr dl dd dt") ||
        g_hash_table_contains(c->heads, row) || holds_link(head) || !holds_link(row))
        return;
    char *text = html_text(head);
    if (strlen(text) > 300 || features_text_weight(text, NULL) < MIN_TEXT || row_is_label(text))
        g_free(text);
    else
        add_base(c, (struct base){row, head, NULL, text, false});
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
        else if (node_is(node, "a button summary h2 h3 h4 h5"))
            take_head(c, node);
    }
}

/* --- kinds that are one ------------------------------------------------------------------------ */

/*
 * Whether the words of two classes are alike: the first is, which says what an element is, or all
 * are.
 */
static bool
is_same_class(const xmlNode *a, const xmlNode *b, bool all)
{
    g_autofree char *one = class_form(a), *other = class_form(b);
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
is_same_shape(const struct kind *a, const struct kind *b)
{
    guint64 shapes[MAX_SAMPLES];
    guint count = MIN(a->bases->len, MAX_SAMPLES);
    for (guint i = 0; i < count; i++)
        shapes[i] = shape_of(base_at(a, i)->node);
    for (guint n = 0; n < MIN(b->bases->len, MAX_SAMPLES); n++) {
        guint64 shape = shape_of(base_at(b, n)->node);
        for (guint i = 0; i < count; i++)
            if (are_alike(shape, shapes[i]))
                return true;
    }
    return false;
}

/* Whether a part of a page has a heading of its own before its first row. */
static bool
has_heading(const xmlNode *part, const xmlNode *row)
{
    guint nodes = 0;
    for (const xmlNode *n = part; n && n != row && nodes < MAX_LOOK;
         n = node_next(n, part), nodes++)
        if (node_is(n, "h1 h2 h3 h4 h5 h6"))
            return true;
    return false;
}

static int
depth_of(const xmlNode *node)
{
    int depth = 0;
    while (node && depth < 1000) {
        node = parent_of(node);
        depth++;
    }
    return depth;
}

/*
 * Whether two kinds are parts of one list: they stand in siblings of one kind, which are no columns
 * of a layout, and their rows have one shape.  Siblings whose classes have but the first word in
 * common are boxes of different things where they have headings.
 */
static bool
is_kin(const struct kind *a, const struct kind *b)
{
    const xmlNode *x = base_at(a, a->bases->len - 1)->node, *y = base_at(b, 0)->node;
    for (int up = 1; up <= 2; up++) {
        const xmlNode *of_x = up == 1 ? x->parent : x->parent->parent,
                      *of_y = up == 1 ? y->parent : y->parent->parent;
        if (of_x != of_y && (!of_x || !of_y || !is_same_class(of_x, of_y, false)))
            return false;
    }
    int deeper = depth_of(x) - depth_of(y);
    for (int more = deeper; more > 0; more--)
        x = x->parent;
    for (int more = deeper; more < 0; more++)
        y = y->parent;
    while (x && y && x->parent != y->parent) {
        x = parent_of(x);
        y = parent_of(y);
    }
    if (!x || !y || x == y || !g_str_equal(x->name, y->name) || node_is(x, "td th body"))
        return false;
    bool all = deeper || has_heading(y, base_at(b, 0)->node);
    return is_same_class(x, y, all) && is_same_id(x, y) && is_same_shape(a, b);
}

/* Joins kinds of one place where they are parts of one list, in the order of the document. */
static void
merge(GPtrArray *kinds)
{
    g_autoptr(GHashTable) places =
        g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_ptr_array_unref);
    guint compared = 0;
    for (guint i = 0; i < kinds->len; i++) {
        struct kind *kind = g_ptr_array_index(kinds, i);
        GPtrArray *known = g_hash_table_lookup(places, kind->place);
        if (!known) {
            known = g_ptr_array_new();
            g_hash_table_insert(places, kind->place, known);
        }
        guint from = known->len > MAX_MERGED ? known->len - MAX_MERGED : 0;
        for (guint k = from; k < known->len && !kind->merged && compared++ < MAX_COMPARED; k++) {
            struct kind *into = g_ptr_array_index(known, k);
            if (!is_kin(into, kind))
                continue;
            guint room = MAX_ROWS - MIN(into->bases->len, MAX_ROWS);
            for (guint n = 0; n < kind->bases->len; n++) {
                if (n < room)
                    g_array_append_val(into->bases, *base_at(kind, n));
                else
                    base_clear(base_at(kind, n));
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
repeats_itself(const struct kind *kind, const guint64 *shapes)
{
    g_autoptr(GHashTable) texts = g_hash_table_new(g_str_hash, g_str_equal);
    guint rows = 0;
    for (guint i = 0; i < kind->bases->len; i++)
        if (shapes[i] != shapes[0]) {
            g_hash_table_add(texts, base_at(kind, i)->text);
            rows++;
        }
    return g_hash_table_size(texts) * 2 <= rows;
}

/*
 * Where tr of two shapes take turns and one has links that all say the same, "Proceedings", those
 * are parts of the rows before them.
 */
static void
drop_second_rows(struct kind *kind)
{
    guint count = kind->bases->len, turns = 0;
    if (kind->headed || count < 6 || !node_is(base_at(kind, 0)->node, "tr p div"))
        return;
    g_autofree guint64 *shapes = g_new(guint64, count);
    for (guint i = 0; i < count; i++)
        shapes[i] = shape_of(base_at(kind, i)->node);
    for (guint i = 0; i + 1 < count; i++)
        turns += shapes[i] != shapes[i + 1] && (i + 2 >= count || shapes[i] == shapes[i + 2]);
    if (turns * 100 < (count - 1) * COMMON || !repeats_itself(kind, shapes))
        return;
    GArray *kept = g_array_new(FALSE, TRUE, sizeof(struct base));
    for (guint i = 0; i < count; i++) {
        if (shapes[i] == shapes[0])
            g_array_append_val(kept, *base_at(kind, i));
        else
            base_clear(base_at(kind, i));
    }
    g_array_set_clear_func(kind->bases, NULL);
    g_array_unref(kind->bases);
    g_array_set_clear_func(kept, base_clear);
    kind->bases = kept;
}

/* --- from base rows to rows -------------------------------------------------------------------- */

/* What is on its way from base rows to rows: the elements as far as they have climbed. */
struct climber {
    const xmlNode *node;
    const struct base *base;
};

/* Whether the texts of a kind's links tell rows apart: few of them are labels. */
static bool
is_titled(const struct kind *kind)
{
    guint labels = 0;
    for (guint i = 0; i < kind->bases->len; i++)
        labels += base_at(kind, i)->label;
    return labels * 100 < kind->bases->len * COMMON;
}

static bool
is_too_large(const xmlNode *node)
{
    guint nodes = 0;
    for (const xmlNode *n = node; n && nodes <= MAX_SCAN; n = node_next(n, node))
        nodes++;
    return nodes > MAX_SCAN;
}

/* Whether a row has text that stands in no link and is no label. */
static bool
has_own_text(const xmlNode *row)
{
    guint nodes = 0;
    for (const xmlNode *n = row; n && nodes < MAX_LOOK;) {
        g_autofree char *href = n != row && node_is(n, "a") ? row_href(n) : NULL;
        bool link = href != NULL;
        nodes++;
        g_autofree char *text = n->type == XML_TEXT_NODE && n->content
                                    ? text_squeeze((const char *)n->content, -1)
                                    : NULL;
        if (text && features_text_weight(text, NULL) >= MIN_TEXT && !row_is_label(text))
            return true;
        if (!link) {
            n = node_next(n, row);
            continue;
        }
        while (n && n != row && !n->next)
            n = n->parent;
        n = !n || n == row ? NULL : n->next;
    }
    return false;
}

/* Whether a link in a row has an attribute that says something. */
static bool
has_told_text(const xmlNode *row)
{
    guint nodes = 0;
    for (const xmlNode *n = row; n && nodes < MAX_LOOK; n = node_next(n, row), nodes++) {
        g_autofree char *title = node_is(n, "a") ? html_attribute(n, "title") : NULL;
        if (title && features_text_weight(title, NULL) >= MIN_TEXT && !row_is_label(title))
            return true;
    }
    return false;
}

/* Whether the element before a row says something: its heading, its name in bold. */
static bool
has_text_before(const xmlNode *row)
{
    const xmlNode *n = row->prev;
    while (n && n->type != XML_ELEMENT_NODE)
        n = n->prev;
    return n && node_is(n, "h2 h3 h4 h5 h6 p div dt strong b") && has_own_text(n);
}

/* Whether most of some rows, taken from all over the group, are of a kind. */
static bool
most(const GArray *climbers, bool (*is)(const xmlNode *))
{
    guint samples = MIN(climbers->len, MAX_SAMPLES), are = 0;
    for (guint i = 0; i < samples; i++)
        are += is(g_array_index(climbers, struct climber, i * climbers->len / samples).node);
    return are * 2 > samples;
}

/* Whether two base rows may be parts of one row. */
static bool
may_share(const struct base *a, const struct base *b, bool titled)
{
    if (a->head || b->head)
        return false;
    return (titled && (a->label || b->label)) || !g_strcmp0(a->href, b->href);
}

/*
 * The parents of all, each once; NULL where that is no step to rows: they are the page's, or two
 * rows would become one.  says: what they are now says something; as long as it does not, all may
 * share a parent.
 */
static GArray *
step_up(const GArray *climbers, bool titled, bool says)
{
    GArray *up = g_array_sized_new(FALSE, FALSE, sizeof(struct climber), climbers->len);
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
    bool ok = true;
    for (guint i = 0; i < climbers->len && ok; i++) {
        struct climber c = g_array_index(climbers, struct climber, i);
        c.node = parent_of(c.node);
        ok = c.node && !node_is(c.node, "body main html");
        const struct base *first = ok ? g_hash_table_lookup(seen, c.node) : NULL;
        if (!ok)
            break;
        if (!first) {
            g_hash_table_insert(seen, (gpointer)c.node, (gpointer)c.base);
            g_array_append_val(up, c);
        } else if (says) {
            ok = may_share(first, c.base, titled);
        }
    }
    if (ok && up->len >= 2 && !most(up, is_too_large))
        return up;
    g_array_unref(up);
    return NULL;
}

/* Whether at least half of the elements stand beside another of them, of their name. */
static bool
do_repeat(const GArray *climbers)
{
    guint beside = 0;
    for (guint i = 0; i < climbers->len; i++) {
        const xmlNode *node = g_array_index(climbers, struct climber, i).node;
        bool alike = false;
        for (int step = -1; step <= 1 && !alike; step += 2) {
            guint at = i + (guint)step;
            const xmlNode *other =
                at < climbers->len ? g_array_index(climbers, struct climber, at).node : NULL;
            alike = other && other->parent == node->parent && g_str_equal(other->name, node->name);
        }
        beside += alike;
    }
    return beside * 2 >= climbers->len;
}

static GArray *
climb(const struct kind *kind)
{
    bool titled = is_titled(kind);
    GArray *best = g_array_new(FALSE, FALSE, sizeof(struct climber));
    for (guint i = 0; i < kind->bases->len; i++) {
        const struct climber c = {base_at(kind, i)->node, base_at(kind, i)};
        g_array_append_val(best, c);
    }
    bool says = titled || most(best, has_own_text);
    g_autoptr(GArray) now = g_array_ref(best);
    for (int depth = 0; depth < MAX_CLIMB; depth++) {
        GArray *up = step_up(now, titled, says);
        if (!up)
            break;
        g_array_unref(now);
        now = up;
        says = says || most(now, has_own_text);
        if (!says || !do_repeat(now))
            continue;
        g_array_unref(best);
        best = g_array_ref(now);
    }
    if (!says && !most(best, has_told_text) && !most(best, has_text_before))
        g_array_set_size(best, 0);
    return best;
}

/* --- what belongs to a row --------------------------------------------------------------------- */

/* What stands in the line of a link that is a row by itself: after it, else before it. */
static void
add_line(GPtrArray *beside, const xmlNode *link)
{
    for (int after = 1; after >= 0 && !beside->len; after--)
        for (const xmlNode *n = after ? link->next : link->prev;
             n && !node_is(n, "a br p div ul table") && beside->len < MAX_BESIDE;
             n = after ? n->next : n->prev)
            if (n->type == XML_ELEMENT_NODE ||
                (n->type == XML_TEXT_NODE && !text_is_blank((const char *)n->content)))
                g_ptr_array_add(beside, (gpointer)n);
}

/*
 * What stands beside a row and belongs to it: dd with dt, what follows a heading up to the next,
 * the rest of a line.
 */
static GPtrArray *
beside_of(const xmlNode *node)
{
    g_autoptr(GPtrArray) beside = g_ptr_array_new();
    if (node_is(node, "a"))
        add_line(beside, node);
    const char *end = node_is(node, "dt")            ? "dt"
                      : node_is(node, "h2 h3 h4 h5") ? "h1 h2 h3 h4 h5"
                                                     : NULL;
    for (const xmlNode *n = end ? node->next : NULL;
         n && !node_is(n, end) && beside->len < MAX_BESIDE; n = n->next)
        if (n->type == XML_ELEMENT_NODE)
            g_ptr_array_add(beside, (gpointer)n);
    if (node_is(node, "dd")) {
        const xmlNode *term = node->prev;
        while (term && !node_is(term, "dt"))
            term = term->prev;
        if (term)
            g_ptr_array_add(beside, (gpointer)term);
    }
    return beside->len ? g_steal_pointer(&beside) : NULL;
}

/* The next or the previous sibling. */
static const xmlNode *
step(const xmlNode *node, bool after)
{
    return after ? node->next : node->prev;
}

/* The elements after a row, or before it, up to another row, or as many as a row may have. */
static GPtrArray *
neighbours(const struct row *row, const xmlNode *end, bool after)
{
    GPtrArray *found = g_ptr_array_new();
    guint seen = 0;
    for (const xmlNode *n = step(row->node, after); n && n != end && seen < 4 * MAX_BESIDE;
         n = step(n, after), seen++) {
        bool heading = node_is(n, "h1 h2 h3 h4 h5 h6");
        if (found->len >= MAX_BESIDE || (heading && after))
            break;
        if (n->type == XML_ELEMENT_NODE && !node_is(n, "br hr script style"))
            g_ptr_array_insert(found, after ? -1 : 0, (gpointer)n);
        if (heading)
            break;
    }
    return found;
}

/*
 * What stands between rows of one parent, for each row; NULL where not nearly all rows have
 * something on that side, the outermost too: then it is not theirs.
 */
static GPtrArray *
all_neighbours(const GPtrArray *rows, bool after)
{
    GPtrArray *all = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    guint with = 0, pairs = 0, largest = 0;
    for (guint i = 0; i < rows->len; i++) {
        const struct row *row = g_ptr_array_index(rows, i);
        guint at = after ? i + 1 : i - 1;
        const struct row *other = at < rows->len ? g_ptr_array_index(rows, at) : NULL;
        bool pair = other && other->node->parent == row->node->parent;
        GPtrArray *found = neighbours(row, pair ? other->node : NULL, after);
        g_ptr_array_add(all, found);
        with += found->len > 0;
        pairs += pair;
        largest = pair ? MAX(largest, found->len) : largest;
    }
    if (pairs && with * 100 >= rows->len * COMMON && largest) {
        for (guint i = 0; i < all->len; i++) {
            GPtrArray *found = g_ptr_array_index(all, i);
            if (found->len > largest)
                g_ptr_array_remove_range(found, after ? largest : 0, found->len - largest);
        }
        return all;
    }
    g_ptr_array_unref(all);
    return NULL;
}

/* Whether something follows the last row; then what stands between rows belongs to that before. */
static bool
has_follower(const GPtrArray *rows)
{
    g_autoptr(GPtrArray) found = neighbours(g_ptr_array_index(rows, rows->len - 1), NULL, true);
    return found->len > 0;
}

/*
 * Where something stands between nearly all rows, it belongs to them: the second tr of a record,
 * the p after a linked p; or the heading before a line of links.
 */
static void
add_neighbours(GPtrArray *rows)
{
    bool after = has_follower(rows);
    g_autoptr(GPtrArray) all = all_neighbours(rows, after);
    for (guint i = 0; all && i < rows->len; i++) {
        struct row *row = g_ptr_array_index(rows, i);
        GPtrArray *found = g_ptr_array_index(all, i);
        if (row->beside || !found->len)
            continue;
        row->beside = g_ptr_array_ref(found);
        row->before = !after;
    }
}

/* --- what the headings above rows say of when --------------------------------------------------- */

struct period {
    struct date day;
    int year;
    bool bare; /* the year stands alone, or after a month */
};

/* Whether a text is a year alone, or a month of it: a day completes it to a date. */
static bool
is_bare_year(const char *text, int offset)
{
    struct date date;
    g_autofree char *first = g_strconcat("1 ", text, NULL), *last = g_strconcat(text, "1日", NULL);
    return strlen(text) <= 4 || date_parse(first, offset, &date) || date_parse(last, offset, &date);
}

/* The year or the day that an element says, and nothing else but words. */
static bool
take_period(const xmlNode *node, const struct row_context *context, struct period *out)
{
    static GRegex *year;
    bool heading = node_is(node, "h1 h2 h3 h4 h5 h6 caption th summary legend button dt strong b");
    if (!heading && !node_is(node, "p div span li tr td thead"))
        return false;
    guint nodes = 0, bytes = 0;
    for (const xmlNode *n = node; n; n = node_next(n, node)) {
        bytes += n->type == XML_TEXT_NODE && n->content ? (guint)strlen((const char *)n->content)
                                                        : 0;
        if (++nodes > 20 || bytes > 4 * MAX_HEADING)
            return false;
    }
    g_autofree char *text = html_text(node);
    if (!*text || strlen(text) > MAX_HEADING)
        return false;
    struct period found = {.bare = is_bare_year(text, context->offset)};
    bool day = !found.bare &&
               (date_parse(text, context->offset, &found.day) ||
                date_parse_near(text, context->offset, context->now, context->order, &found.day));
    day = day && date_is_plausible(&found.day, context->now) && found.day.precision == DATE_DAY;
    if (day) {
        *out = found;
        return true;
    }
    g_autoptr(GMatchInfo) match = NULL;
    if (!heading ||
        !g_regex_match(regex_once(&year, "(?<!\\d)((?:19|20)\\d\\d)(?!\\d)"), text, 0, &match))
        return false;
    g_autofree char *digits = g_match_info_fetch(match, 1);
    gint64 number = 0;
    number_prefix(digits, 9999, &number, NULL);
    found.day = (struct date){0};
    found.year = (int)number;
    *out = found;
    return true;
}

static bool
is_within(const xmlNode *node, const xmlNode *around)
{
    for (int depth = 0; node && depth < MAX_DEPTH; depth++, node = node->parent)
        if (node == around)
            return true;
    return false;
}

/*
 * Looks above a row, up to the row before, for what says when; true when a new period begins there.
 */
static bool
period_above(const xmlNode *row, const xmlNode *before, const struct row_context *context,
             struct period *out)
{
    int up = 0;
    for (const xmlNode *n = row; n && up < MAX_CLIMB; n = parent_of(n), up++) {
        int seen = 0;
        for (const xmlNode *s = n->prev; s && seen < MAX_BESIDE; s = s->prev) {
            if (s->type != XML_ELEMENT_NODE)
                continue;
            seen++;
            if (before && is_within(before, s))
                return false;
            if (take_period(s, context, out))
                return true;
        }
    }
    return false;
}

/*
 * Days hold only where there are several, for one alone may be the page's clock; so do years in
 * other words, for one may be what the list is about.
 */
static void
add_periods(GPtrArray *rows, const struct row_context *context)
{
    struct period now = {0};
    const xmlNode *before = NULL;
    guint days = 0, years = 0;
    for (guint i = 0; i < rows->len; i++) {
        struct row *row = g_ptr_array_index(rows, i);
        struct period found = {0};
        if (period_above(row->node, before, context, &found)) {
            days += found.day.precision != DATE_NONE && date_compare(&now.day, &found.day);
            years += !found.year ? 0 : found.bare ? 2 : found.year != now.year;
            now = found;
        }
        row->day = now.day;
        row->year = now.year;
        before = row->node;
    }
    for (guint i = 0; i < rows->len; i++) {
        struct row *row = g_ptr_array_index(rows, i);
        if (days < 2)
            row->day = (struct date){0};
        if (years < 2)
            row->year = 0;
    }
}

/* --- groups ------------------------------------------------------------------------------------ */

/* The forms of texts that most links of a kind have. */
static GHashTable *
labels_of(const struct kind *kind)
{
    g_autoptr(GHashTable) counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    GHashTable *labels = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    guint count = kind->bases->len;
    for (guint i = 0; i < count && count >= SIGN_OF_LIST; i++) {
        char *form = row_form(base_at(kind, i)->text);
        guint same = GPOINTER_TO_UINT(g_hash_table_lookup(counts, form)) + 1;
        if (same * 100 >= count * COMMON)
            g_hash_table_add(labels, g_strdup(form));
        g_hash_table_replace(counts, form, GUINT_TO_POINTER(same));
    }
    return labels;
}

static struct list_group *
group_of(const struct kind *kind, const struct row_context *context)
{
    g_autoptr(GArray) climbers = climb(kind);
    if (climbers->len < 2)
        return NULL;
    struct list_group *group = g_new0(struct list_group, 1);
    group->rows = g_ptr_array_new_with_free_func(row_free);
    group->more = kind->more;
    group->headed = kind->headed;
    for (guint i = 0; i < climbers->len; i++) {
        const struct climber *c = &g_array_index(climbers, struct climber, i);
        struct row *row = g_new0(struct row, 1);
        row->node = c->node;
        row->head = c->base->head;
        row->beside = beside_of(c->node);
        g_ptr_array_add(group->rows, row);
    }
    group->labels = labels_of(kind);
    add_neighbours(group->rows);
    add_periods(group->rows, context);
    return group;
}

/* How many rows a group must have to be looked at: more where a page is full of small ones. */
static guint
least_rows(const GPtrArray *kinds)
{
    guint rows = 0;
    for (guint i = 0; i < kinds->len; i++)
        rows += ((const struct kind *)g_ptr_array_index(kinds, i))->bases->len;
    return rows > MAX_READ ? 5 : 2;
}

/* Adds the group of a kind, unless one is known that begins with the same row and is no shorter. */
static void
add_group(GPtrArray *groups, GHashTable *begun, struct kind *kind, const struct contents *contents,
          const struct row_context *context)
{
    drop_second_rows(kind);
    struct list_group *group = group_of(kind, context);
    if (!group)
        return;
    const xmlNode *first = ((const struct row *)g_ptr_array_index(group->rows, 0))->node;
    const struct list_group *other = g_hash_table_lookup(begun, first);
    if (other && other->rows->len >= group->rows->len) {
        group_free(group);
        return;
    }
    group->doubtful = contents_is_doubtful(contents, first);
    g_hash_table_insert(begun, (gpointer)first, group);
    g_ptr_array_add(groups, group);
}

GPtrArray *
list_groups(const struct page *page, const struct row_context *context)
{
    g_autoptr(GHashTable) kinds = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, kind_free),
                          links = g_hash_table_new_full(NULL, NULL, NULL, g_free),
                          heads = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    g_autoptr(GHashTable) begun = g_hash_table_new(NULL, NULL);
    g_autoptr(GPtrArray) order = g_ptr_array_new();
    struct collection c = {.kinds = kinds, .order = order, .links = links, .heads = heads};
    GPtrArray *groups = g_ptr_array_new_with_free_func(group_free);
    AUTO(contents_free) struct contents *contents = contents_new(page);
    collect(&c, page, contents);
    merge(order);
    /* those found by their links first: what heads the same rows adds nothing to them */
    guint least = least_rows(order);
    for (int headed = 0; headed < 2; headed++)
        for (guint i = 0; i < order->len; i++) {
            struct kind *kind = g_ptr_array_index(order, i);
            if (kind->bases->len >= least && kind->headed == (headed == 1))
                add_group(groups, begun, kind, contents, context);
        }
    return groups;
}
