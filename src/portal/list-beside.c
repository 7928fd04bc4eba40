/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What stands beside rows and belongs to them: dd with dt, what follows a heading up to the next,
 * the rest of a line; and what stands between nearly all rows.
 */
#include "config.h"

#include "base/clean.h"
#include "portal/list-groups.h"
#include "portal/list-kinds.h"

#define MAX_BESIDE 6 /* elements that belong to a row */

static bool
ends_line(const xmlNode *node)
{
    return node_is(node, "a br hr p div ul ol dl table section article h1 h2 h3 h4 h5 h6");
}

/* What stands in the line of a link that is a row by itself: after it, else before it. */
static void
add_line(GPtrArray *beside, const xmlNode *link)
{
    for (int after = 1; after >= 0 && !beside->len; after--)
        for (const xmlNode *n = after ? link->next : link->prev;
             n && !ends_line(n) && beside->len < MAX_BESIDE; n = after ? n->next : n->prev)
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
         n && !html_named_any(n, end) && beside->len < MAX_BESIDE; n = n->next)
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
    if (pairs && with * 100 >= rows->len * LIST_COMMON && largest) {
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
void
list_add_beside(GPtrArray *rows)
{
    for (guint i = 0; i < rows->len; i++) {
        struct row *row = g_ptr_array_index(rows, i);
        row->beside = beside_of(row->node);
    }
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
