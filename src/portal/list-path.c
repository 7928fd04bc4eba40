/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An XPath of the rows that repetition has found, for a draft of a portal file.  Paths are tried
 * from the plainest on, until one selects the rows and nothing else.
 */
#include "config.h"

#include "document/html.h"
#include "portal/list-groups.h"

#include <string.h>

#define MAX_DEPTH 60

/* The attribute's value where it can stand in an XPath, else NULL. */
static char *
quotable(const xmlNode *node, const char *name)
{
    char *value = html_attribute(node, name);
    if (value && *value && !strpbrk(value, "'\"\n"))
        return value;
    g_free(value);
    return NULL;
}

/* "ul[@class='list']", "div[@id='a']": an element as a step of a path; named: it has either. */
static char *
step_of(const xmlNode *node, bool *named)
{
    static const char *const names[] = {"id", "class"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *value = quotable(node, names[i]);
        if (!value)
            continue;
        *named = true;
        return g_strdup_printf("%s[@%s='%s']", (const char *)node->name, names[i], value);
    }
    return g_strdup((const char *)node->name);
}

static const xmlNode *
node_at(const GPtrArray *rows, guint i)
{
    return ((const struct row *)g_ptr_array_index(rows, i))->node;
}

/* The innermost element around all rows. */
static const xmlNode *
common(const GPtrArray *rows)
{
    const xmlNode *around = node_at(rows, 0)->parent;
    for (guint i = 1; i < rows->len; i++) {
        bool within = false;
        for (; around && !within; around = within ? around : around->parent) {
            const xmlNode *up = node_at(rows, i)->parent;
            while (up && up != around)
                up = up->parent;
            within = up != NULL;
            if (within)
                break;
        }
    }
    return around;
}

/* "[@class='item']" where all elements so many steps above the rows have it, or share its first
   word; else "". */
static char *
predicate_at(const GPtrArray *rows, int up)
{
    g_autofree char *first = NULL;
    bool same = true;
    gsize word = 0;
    for (guint i = 0; i < rows->len; i++) {
        const xmlNode *node = node_at(rows, i);
        for (int n = 0; n < up && node; n++)
            node = node->parent;
        g_autofree char *class = node ? quotable(node, "class") : NULL;
        if (!class)
            return g_strdup("");
        if (!first) {
            first = g_steal_pointer(&class);
            word = strcspn(first, " ");
            continue;
        }
        same &= g_str_equal(first, class);
        if (strcspn(class, " ") != word || strncmp(first, class, word))
            return g_strdup("");
    }
    if (same)
        return g_strdup_printf("[@class='%s']", first);
    return word ? g_strdup_printf("[contains(concat(' ',@class,' '),' %.*s ')]", (int)word, first)
                : g_strdup("");
}

/* Which steps of a path say the class; ANYWHERE: the rows do, and may stand at any depth. */
enum predicates { NOWHERE, AT_ROWS, EVERYWHERE, ANYWHERE };

/* What the addresses of the first links of all rows begin with, up to a slash; "" for nothing. */
static char *
common_prefix(const GPtrArray *rows)
{
    g_autofree char *prefix = NULL;
    for (guint i = 0; i < rows->len; i++) {
        g_autofree char *href = NULL;
        for (const xmlNode *n = node_at(rows, i); n && !href; n = node_next(n, node_at(rows, i)))
            href = node_is(n, "a") ? quotable(n, "href") : NULL;
        if (!href)
            return g_strdup("");
        if (!prefix) {
            prefix = g_steal_pointer(&href);
            continue;
        }
        gsize same = 0;
        while (prefix[same] && prefix[same] == href[same])
            same++;
        prefix[same] = '\0';
    }
    char *slash = prefix ? strrchr(prefix, '/') : NULL;
    return slash && slash != prefix ? g_strndup(prefix, (gsize)(slash - prefix) + 1) : g_strdup("");
}

static char *
path_with(const GPtrArray *rows, const xmlNode *around, enum predicates where, const char *last)
{
    g_autofree char *path = NULL;
    int up = 0;
    for (const xmlNode *n = node_at(rows, 0); n && n != around && up < MAX_DEPTH;
         n = n->parent, up++) {
        if (where == ANYWHERE && up)
            break;
        bool says = where == EVERYWHERE || (where != NOWHERE && up == 0);
        g_autofree char *predicate = says ? predicate_at(rows, up) : g_strdup("");
        char *longer =
            g_strconcat((const char *)n->name, predicate, up ? "/" : last, path ? path : "", NULL);
        g_free(path);
        path = longer;
    }
    bool named = false;
    for (const xmlNode *n = around; n && n->type == XML_ELEMENT_NODE && !named; n = n->parent) {
        g_autofree char *step = step_of(n, &named);
        bool deep = where == ANYWHERE && n == around;
        char *longer = g_strconcat(step, deep ? "//" : "/", path, NULL);
        g_free(path);
        path = longer;
    }
    return g_strconcat("//", path, NULL);
}

/* How many nodes are selected and no rows, or rows and not selected. */
static guint
misses(struct page *page, const char *path, GHashTable *rows)
{
    g_autoptr(GPtrArray) nodes = page_select(page, NULL, path, NULL);
    guint right = 0;
    for (guint i = 0; nodes && i < nodes->len; i++)
        right += g_hash_table_contains(rows, g_ptr_array_index(nodes, i));
    return nodes ? nodes->len - right + g_hash_table_size(rows) - right : G_MAXUINT;
}

char *
list_path(struct page *page, const GPtrArray *rows)
{
    g_autofree char *prefix = common_prefix(rows),
                    *below = *prefix ? g_strdup_printf("[.//a[starts-with(@href,'%s')]]", prefix)
                                     : g_strdup("[.//a]");
    const char *const last[] = {"", "[.//@href]", below};
    g_autoptr(GHashTable) set = g_hash_table_new(NULL, NULL);
    for (guint i = 0; i < rows->len; i++)
        g_hash_table_add(set, (gpointer)node_at(rows, i));
    const xmlNode *around = common(rows);
    char *best = NULL;
    guint fewest = G_MAXUINT;
    for (guint i = 0; i < 4 * G_N_ELEMENTS(last) && fewest; i++) {
        char *path = path_with(rows, around, (enum predicates)(i % 4), last[i / 4]);
        guint wrong = misses(page, path, set);
        if (best && wrong >= fewest) {
            g_free(path);
            continue;
        }
        g_free(best);
        best = path;
        fewest = wrong;
    }
    return best;
}
