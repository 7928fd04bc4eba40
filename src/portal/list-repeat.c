/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rows by repetition: links with enough text are grouped by the kind of element that repeats
 * around them; the group with the most text and the most dates is the list.
 */
#include "config.h"

#include "document/html.h"
#include "portal/list-parts.h"
#include "portal/measure.h"

#include <string.h>

struct group {
    GPtrArray *rows;
    guint text, dates;
};

static void
group_free(gpointer data)
{
    struct group *group = data;
    g_ptr_array_unref(group->rows);
    g_free(group);
}

/* The element around a link that repeats: the nearest li, tr, dd, article, or div, p of its kind. */
static const xmlNode *
row_of(const xmlNode *link)
{
    int depth = 0;
    for (const xmlNode *n = link; n && n->type == XML_ELEMENT_NODE && depth < 6; n = n->parent, depth++) {
        if (node_is(n, "li tr dd article dl"))
            return n;
        if (n->parent && node_is(n, "div p a")) {
            guint same = 0;
            for (const xmlNode *sibling = n->parent->children; sibling; sibling = sibling->next)
                same += sibling->type == XML_ELEMENT_NODE && g_str_equal(sibling->name, n->name);
            if (same >= 3)
                return n;
        }
    }
    return NULL;
}

static bool
in_chrome(const xmlNode *node)
{
    static GRegex *regex;
    if (g_once_init_enter(&regex))
        g_once_init_leave(&regex, g_regex_new("(^|[^a-z])(nav|menu|foot|footer|header|crumbs?|breadcrumbs?|position|sidebar|links|"
                                              "friend|pager|pages?|pagination)([^a-z]|$)", G_REGEX_CASELESS, 0, NULL));
    for (const xmlNode *n = node; n && n->type == XML_ELEMENT_NODE; n = n->parent)
        if (node_is(n, "nav footer header") || (!node_is(n, "body html") && node_matches(n, regex)))
            return true;
    return false;
}

/* "ul[@class='list']", "div[@id='a']": an element as a step of a path; named: it has either. */
static char *
step_of(const xmlNode *node, bool *named)
{
    static const char *const names[] = {"id", "class"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *value = html_attribute(node, names[i]);
        if (!value || !*value || strpbrk(value, "'\"\n"))
            continue;
        *named = true;
        return g_strdup_printf("%s[@%s='%s']", (const char *)node->name, names[i], value);
    }
    return g_strdup((const char *)node->name);
}

/* An XPath that selects a group's rows: from the nearest element with a name of its own down. */
static char *
path_of(const struct group *group)
{
    const xmlNode *row = g_ptr_array_index(group->rows, 0);
    g_autofree char *path = g_strdup((const char *)row->name);
    bool named = false;
    for (const xmlNode *n = row->parent; n && n->type == XML_ELEMENT_NODE && !named; n = n->parent) {
        g_autofree char *step = step_of(n, &named);
        char *longer = g_strconcat(step, "/", path, NULL);
        g_free(path);
        path = longer;
    }
    return g_strconcat("//", path, NULL);
}

void
list_by_repetition(struct list *list, struct page *page, const struct list_options *o)
{
    g_autoptr(GHashTable) groups = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, group_free);
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
    for (const xmlNode *node = page_root(page); node; node = node_next(node, NULL)) {
        if (!node_is(node, "a") || in_chrome(node))
            continue;
        const xmlNode *row = row_of(node);
        if (!row || !row->parent || !g_hash_table_add(seen, (gpointer)row))
            continue;
        const xmlNode *link = list_first_link(row);
        g_autofree char *text = link ? html_text(link) : g_strdup("");
        if (measure_weight(text, NULL) < 8)
            continue;
        g_autofree char *class = html_attribute(row->parent, "class");
        g_autofree char *key = g_strdup_printf("%s %p %s", (const char *)row->name,
                                               class ? NULL : (const void *)row->parent, class ? class : "");
        struct group *group = g_hash_table_lookup(groups, key);
        if (!group) {
            group = g_new0(struct group, 1);
            group->rows = g_ptr_array_new();
            g_hash_table_insert(groups, g_steal_pointer(&key), group);
        }
        g_ptr_array_add(group->rows, (gpointer)row);
        group->text += MIN(measure_weight(text, NULL), 120);
        group->dates += list_row_date(row, text, o).precision != DATE_NONE;
    }
    const struct group *best = NULL;
    double most = 0;
    GHashTableIter iter;
    gpointer value;
    g_hash_table_iter_init(&iter, groups);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        const struct group *group = value;
        double score = group->text + 60.0 * group->dates;
        if (group->rows->len < 2 || (!group->dates && group->text / group->rows->len < 24))
            continue;
        if (score > most) {
            most = score;
            best = group;
        }
    }
    if (best) {
        g_free(list->rows);
        list->rows = path_of(best);
    }
    for (guint i = 0; best && i < best->rows->len; i++) {
        const xmlNode *row = g_ptr_array_index(best->rows, i);
        const xmlNode *link = list_first_link(row);
        g_autofree char *href = html_attribute(link, "href");
        g_autofree char *visible = html_text(link);
        struct date date = list_row_date(row, visible, o);
        char *title = list_whole_title(link, g_steal_pointer(&visible));
        list_add_entry(list, page, title, href, NULL, &date);
    }
}
