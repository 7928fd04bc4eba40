/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Makes groups of rows from base rows (portal/list-kinds.h).
 *
 * A kind climbs as a whole while each of its rows stays an element of its own and these repeat as
 * well: from the field of a record to the record, from the heading of a card to the card.  Rows
 * whose links are labels ("PDF") climb until they say something.  Elements of their kind that were
 * missed among them are rows too.  What stands between rows and what
 * the headings above them say is noted with them.
 */
#include "config.h"

#include "portal/list-groups.h"
#include "base/clean.h"
#include "document/html.h"
#include "portal/features.h"
#include "portal/list-kinds.h"

#include <string.h>

#define MAX_READ  8000 /* rows of all groups, before small groups are left out */
#define MAX_SCAN  2000 /* nodes of what may be a row */
#define MAX_LINKS 30   /* of a row, and bytes of the text of one, that are compared with others */
#define MAX_LABEL 60
#define MAX_DAY   40 /* bytes of a text that is a day */
#define FEW       3  /* links whose common text may be a label */
/* rows that tell what is missing; kinds of these; siblings among which that is looked for */
#define MIN_COMPLETE 3
#define MAX_KINDS    4
#define MAX_SIBLINGS 20000
#define SEVERAL      5 /* the part of the rows that is several of them: a fifth */

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
    g_hash_table_unref(group->values);
    g_free(group);
}

/* --- from base rows to rows ------------------------------------------------------------------- */

/* What is on its way from base rows to rows: the elements as far as they have climbed. */
struct climber {
    const xmlNode *node;
    const struct list_base *base;
};

/* Whether the texts of a kind's links tell rows apart: few of them are labels. */
static bool
is_titled(const struct list_kind *kind)
{
    guint labels = 0;
    for (guint i = 0; i < kind->bases->len; i++)
        labels += list_base_at(kind, i)->label;
    return labels * 100 < kind->bases->len * LIST_COMMON;
}

static bool
is_too_large(const xmlNode *node)
{
    guint nodes = 0;
    for (const xmlNode *n = node; n && nodes <= MAX_SCAN; n = node_next(n, node))
        nodes++;
    return nodes > MAX_SCAN;
}

/* Whether a text is a day and nothing else: it tells rows apart, as short as it may be. */
static bool
is_day(const char *text)
{
    struct date date;
    return strlen(text) <= MAX_DAY && strpbrk(text, "0123456789") &&
           date_parse(text, &(struct date_style){0}, &date) && date.precision >= DATE_DAY;
}

/* Whether a row has text that stands in no link and is no label, or a day. */
static bool
has_own_text(const xmlNode *row)
{
    guint nodes = 0;
    for (const xmlNode *n = row; n && nodes < LIST_MAX_LOOK;) {
        g_autofree char *href = n != row && node_is(n, "a") ? row_href(n) : NULL;
        bool link = href != NULL;
        nodes++;
        g_autofree char *text = n->type == XML_TEXT_NODE && n->content
                                    ? text_squeeze((const char *)n->content, -1)
                                    : NULL;
        if (text && *text && !row_is_label(text) &&
            features_text_weight(text, NULL) >= LIST_MIN_TEXT)
            return true;
        if (text && is_day(text))
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
    for (const xmlNode *n = row; n && nodes < LIST_MAX_LOOK; n = node_next(n, row), nodes++) {
        g_autofree char *title = node_is(n, "a") ? html_attribute(n, "title") : NULL;
        if (title && features_text_weight(title, NULL) >= LIST_MIN_TEXT && !row_is_label(title))
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
    guint samples = MIN(climbers->len, LIST_SAMPLES), are = 0;
    for (guint i = 0; i < samples; i++)
        are += is(g_array_index(climbers, struct climber, i * climbers->len / samples).node);
    return are * 2 > samples;
}

/* Whether two base rows may be parts of one row. */
static bool
may_share(const struct list_base *a, const struct list_base *b, bool titled)
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
        c.node = list_parent(c.node);
        ok = c.node && !node_is(c.node, "body main html");
        const struct list_base *first = ok ? g_hash_table_lookup(seen, c.node) : NULL;
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
climb(const struct list_kind *kind)
{
    bool titled = is_titled(kind);
    GArray *best = g_array_new(FALSE, FALSE, sizeof(struct climber));
    for (guint i = 0; i < kind->bases->len; i++) {
        const struct climber c = {list_base_at(kind, i)->node, list_base_at(kind, i)};
        g_array_append_val(best, c);
    }
    bool says = titled || most(best, has_own_text);
    g_autoptr(GArray) now = g_array_ref(best);
    for (int depth = 0; depth < LIST_MAX_CLIMB; depth++) {
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

/* --- rows that were missed -------------------------------------------------------------------- */

/* What tells elements of one kind by: name and class; NULL for those that anything may be. */
static char *
kind_of(const xmlNode *node)
{
    g_autofree char *class = list_class_form(node);
    if (!class && !node_is(node, "li tr article"))
        return NULL;
    return g_strdup_printf("%s %s", (const char *)node->name, class ? class : "");
}

/* Whether an element is such a row as those of the group, by name and class and what it holds. */
static bool
is_missed(const xmlNode *node, GHashTable *kinds)
{
    g_autofree char *kind = node->type == XML_ELEMENT_NODE ? kind_of(node) : NULL;
    return kind && g_hash_table_contains(kinds, kind) && !list_is_header(node) &&
           list_holds_link(node) && list_says_enough(node);
}

/*
 * Adds the elements among these that are of their kind and were missed, because what repeats
 * nearest to their links stands within them: the three documents of one meeting.  All but a few of
 * the rows must have been found, or they are none of a kind.
 */
static void
add_missed(GPtrArray *rows, guint *seen)
{
    g_autoptr(GHashTable) known = g_hash_table_new(NULL, NULL),
                          kinds = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
                          parents = g_hash_table_new(NULL, NULL);
    for (guint i = 0; i < rows->len; i++) {
        const struct row *row = g_ptr_array_index(rows, i);
        char *kind = kind_of(row->node);
        g_hash_table_add(known, (gpointer)row->node);
        if (kind)
            g_hash_table_add(kinds, kind);
    }
    if (rows->len < MIN_COMPLETE || *seen > MAX_SIBLINGS || !g_hash_table_size(kinds) ||
        g_hash_table_size(kinds) > MAX_KINDS)
        return;
    g_autoptr(GPtrArray) all = g_ptr_array_new();
    for (guint i = 0; i < rows->len; i++) {
        struct row *row = g_ptr_array_index(rows, i);
        if (!g_hash_table_add(parents, row->node->parent))
            continue;
        for (const xmlNode *n = row->node->parent->children; n; n = n->next) {
            if (++*seen > MAX_SIBLINGS)
                return;
            if (g_hash_table_contains(known, n) || is_missed(n, kinds))
                g_ptr_array_add(all, (gpointer)n);
        }
    }
    if (all->len == rows->len || all->len > LIST_MAX_ROWS || all->len > rows->len * 2)
        return;
    for (guint i = 0; i < all->len; i++) {
        const xmlNode *node = g_ptr_array_index(all, i);
        const struct row *at = i < rows->len ? g_ptr_array_index(rows, i) : NULL;
        if (at && at->node == node)
            continue;
        if (g_hash_table_contains(known, node)) /* rows of several parents take turns */
            return;
        struct row *row = g_new0(struct row, 1);
        row->node = node;
        g_ptr_array_insert(rows, (gint)i, row);
    }
}

/* --- groups ----------------------------------------------------------------------------------- */

/* Counts one more of a text in a table of counts; returns how many there are. */
static guint
count_text(GHashTable *counts, char *text)
{
    guint same = GPOINTER_TO_UINT(g_hash_table_lookup(counts, text)) + 1;
    g_hash_table_replace(counts, text, GUINT_TO_POINTER(same));
    return same;
}

/* Notes forms of texts that several links of a row have, in most rows: "Tax figures", "Budget". */
static void
add_common(GHashTable *labels, const GPtrArray *rows)
{
    g_autoptr(GHashTable) counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < rows->len && rows->len >= FEW; i++) {
        const xmlNode *row = ((const struct row *)g_ptr_array_index(rows, i))->node;
        guint nodes = 0, links = 0;
        for (const xmlNode *n = row; n && nodes < LIST_MAX_LOOK && links < MAX_LINKS;
             n = node_next(n, row), nodes++) {
            if (!node_is(n, "a") || !n->children)
                continue;
            g_autofree char *text = html_text_of_link(n);
            links++;
            if (!*text || strlen(text) > MAX_LABEL || strpbrk(text, "0123456789"))
                continue;
            char *form = row_form(text);
            g_autofree char *kept = g_strdup(form);
            if (count_text(counts, form) * 100 >= rows->len * LIST_COMMON)
                g_hash_table_add(labels, g_steal_pointer(&kept));
        }
    }
}

/* The forms of texts that most links of a kind have. */
static GHashTable *
labels_of(const struct list_kind *kind, const GPtrArray *rows)
{
    g_autoptr(GHashTable) counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    GHashTable *labels = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    guint count = kind->bases->len;
    for (guint i = 0; i < count && count >= FEW; i++) {
        char *form = row_form(list_base_at(kind, i)->text);
        g_autofree char *kept = g_strdup(form);
        if (count_text(counts, form) * 100 >= count * LIST_COMMON)
            g_hash_table_add(labels, g_steal_pointer(&kept));
    }
    add_common(labels, rows);
    return labels;
}

/*
 * The texts that stand in several rows: kinds of documents, offices, places.  Only rows without
 * linked titles are asked for them.
 */
static GHashTable *
values_of(const GPtrArray *rows, bool titled)
{
    g_autoptr(GHashTable) counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    GHashTable *values = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < rows->len && !titled; i++) {
        const xmlNode *row = ((const struct row *)g_ptr_array_index(rows, i))->node;
        guint nodes = 0;
        for (const xmlNode *n = row; n && nodes < LIST_MAX_LOOK; n = node_next(n, row), nodes++) {
            if (n->type != XML_TEXT_NODE || text_is_blank((const char *)n->content))
                continue;
            char *text = text_squeeze((const char *)n->content, -1);
            guint same = GPOINTER_TO_UINT(g_hash_table_lookup(counts, text)) + 1;
            if (same >= FEW && same * SEVERAL >= rows->len)
                g_hash_table_add(values, g_strdup(text));
            g_hash_table_replace(counts, text, GUINT_TO_POINTER(same));
        }
    }
    return values;
}

static struct list_group *
group_of(const struct list_kind *kind, const struct row_context *context, guint *seen)
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
        g_ptr_array_add(group->rows, row);
    }
    if (!kind->headed && !kind->thinned && !kind->more)
        add_missed(group->rows, seen);
    group->labels = labels_of(kind, group->rows);
    group->values = values_of(group->rows, is_titled(kind));
    list_add_beside(group->rows);
    list_add_periods(group->rows, context);
    return group;
}

/* How many rows a group must have to be looked at: more where a page is full of small ones. */
static guint
least_rows(const GPtrArray *kinds)
{
    guint rows = 0;
    for (guint i = 0; i < kinds->len; i++)
        rows += ((const struct list_kind *)g_ptr_array_index(kinds, i))->bases->len;
    return rows > MAX_READ ? 5 : 2;
}

/* Adds the group of a kind, unless one is known that begins with the same row and is no shorter. */
static void
add_group(GPtrArray *groups, GHashTable *begun, struct list_kind *kind,
          const struct contents *contents, const struct row_context *context, guint *seen)
{
    struct list_group *group = group_of(kind, context, seen);
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
    AUTO(contents_free) struct contents *contents = contents_new(page);
    g_autoptr(GPtrArray) kinds = list_kinds(page, contents, &context->dates);
    g_autoptr(GHashTable) begun = g_hash_table_new(NULL, NULL); /* groups by their first row */
    GPtrArray *groups = g_ptr_array_new_with_free_func(group_free);
    guint least = least_rows(kinds), seen = 0; /* siblings among which rows were looked for */
    /* those found by their links first: what heads the same rows adds nothing to them */
    for (int headed = 0; headed < 2; headed++)
        for (guint i = 0; i < kinds->len; i++) {
            struct list_kind *kind = g_ptr_array_index(kinds, i);
            if (kind->bases->len >= least && kind->headed == (headed == 1))
                add_group(groups, begun, kind, contents, context, &seen);
        }
    return groups;
}
