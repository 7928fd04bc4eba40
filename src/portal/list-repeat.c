/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Finds the rows of a list by what repeats.
 *
 * 1. Each link belongs to a row: the nearest element around it that repeats (row_of()), then the
 *    largest one around that which repeats too and is about nothing else (climb()): the card around
 *    a heading.
 * 2. Rows that stand in the same kind of place (the element's name, the classes of its parent and
 *    of what is around that) are a group.  Where the parent has no class, it has to be the same
 *    parent.
 * 3. The rows of each group are read (portal/row.c), and the group scores by what distinguishes
 *    news from a menu: the text of its titles, and above all dates.  The group with the highest
 *    score is the list.
 *
 * Groups without any date are taken only if their titles are long, since menus repeat as well.
 * Lengths are weighed (portal/features.h): a Chinese title of twenty characters weighs 60, an
 * English one of ten words about 50, "Contact us" 9, 首页 6.
 */
#include "config.h"

#include "base/clean.h"
#include "base/regex.h"
#include "document/html.h"
#include "portal/list-parts.h"
#include "portal/features.h"
#include "portal/row.h"

#include <string.h>

#define MAX_ROWS   2200 /* of a group that are read: more than a list may have */
#define MAX_READ   8000 /* of all groups */
#define MAX_SCAN   2000 /* nodes of what may be a row */
#define MAX_LOOK   300  /* nodes of a row in which a link that says something is looked for */
#define MAX_BESIDE 6    /* elements that belong to a row beside it */
#define MAX_CLIMB  6

#define MIN_LINK 8 /* weight of a link's text that says something: three Chinese characters */
/* weight of a title that counts: a teaser counts no more than a long title */
#define MAX_TITLE 120

/*
 * What dates are worth beside text.  On 24 list pages whose rows are known, 20 points a date give
 * the same lists as 60, while 0 and 120 lose one of them each; so do 0 points for days in URLs,
 * where 60 do not.
 */
#define DATE_POINTS 60 /* of a row that prints a date: as much as a title */
#define DAY_POINTS  30 /* of one whose URL alone states a day: menus lead to dated pages too */
/* mean weight of titles where no row has a date: eight Chinese characters, five words */
#define MIN_UNDATED  24
#define SIGN_OF_LIST 3 /* siblings alike that are repetition: two may be any pair */

struct group {
    GPtrArray *rows;  /* owned struct row * */
    GPtrArray *parts; /* owned struct row_parts *, of these rows */
    guint more;       /* rows that are not among them */
    guint text;
    /* rows that print a date; rows that print none, but whose URL states a day */
    guint dates, days;
};

static void
row_free(gpointer data)
{
    struct row *row = data;
    if (row->beside)
        g_ptr_array_unref(row->beside);
    g_free(row);
}

static void
parts_free(gpointer data)
{
    row_parts_clear(data);
    g_free(data);
}

static void
group_free(gpointer data)
{
    struct group *group = data;
    g_ptr_array_unref(group->rows);
    g_ptr_array_unref(group->parts);
    g_free(group);
}

/* --- the element that repeats ---------------------------------------------------------------- */

static guint
siblings_of_name(const xmlNode *node, guint enough)
{
    guint same = 0;
    for (const xmlNode *sibling = node->parent->children; sibling && same < enough;
         sibling = sibling->next)
        same += sibling->type == XML_ELEMENT_NODE && g_str_equal(sibling->name, node->name);
    return same;
}

/* Whether an element has siblings that are made like it: of its name and class. */
static bool
is_repeated(const xmlNode *node)
{
    guint same = 0;
    g_autofree char *class = html_attribute(node, "class");
    for (const xmlNode *sibling = node->parent->children; sibling && same < SIGN_OF_LIST;
         sibling = sibling->next) {
        if (sibling->type != XML_ELEMENT_NODE || !g_str_equal(sibling->name, node->name))
            continue;
        g_autofree char *other = html_attribute(sibling, "class");
        same += g_strcmp0(class, other) == 0;
    }
    return same >= SIGN_OF_LIST;
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
    for (const xmlNode *n = link;
         n && n->parent && n->parent->type == XML_ELEMENT_NODE && depth < MAX_CLIMB;
         n = n->parent, depth++) {
        if (node_is(n, "li tr dd article dl") || (node_is(n, "dt") && siblings_of_name(n, 2) >= 2))
            return n;
        if (node_is(n, "div p a section h2 h3 h4 h5") &&
            siblings_of_name(n, SIGN_OF_LIST) >= SIGN_OF_LIST)
            return n;
        if (!last && node_is(n, "span strong b td") &&
            siblings_of_name(n, SIGN_OF_LIST) >= SIGN_OF_LIST)
            last = n;
    }
    return last;
}

/* Whether an element holds links with words to two places. */
static bool
leads_apart(const xmlNode *root)
{
    g_autofree char *first = NULL;
    guint seen = 0, nodes = 0;
    for (const xmlNode *node = root; node; node = node_next(node, root)) {
        if (++nodes > MAX_SCAN || seen > 50)
            return true; /* what is so large is no row */
        if (!row_is_link(node))
            continue;
        seen++;
        g_autofree char *text = html_text(node),
                        *href = features_text_weight(text, NULL) >= MIN_LINK ? row_href(node)
                                                                             : NULL;
        if (!href)
            continue;
        if (first && !g_str_equal(first, href))
            return true;
        if (!first)
            first = g_steal_pointer(&href);
    }
    return false;
}

/*
 * The largest element around a row that repeats itself and is about nothing else: a card around a
 * heading.
 */
static const xmlNode *
climb(const xmlNode *row)
{
    const xmlNode *best = row;
    int depth = 0;
    for (const xmlNode *up = row->parent;
         up && up->parent && up->parent->type == XML_ELEMENT_NODE && depth < MAX_CLIMB;
         up = up->parent, depth++) {
        if (node_is(up, "body main table tbody ul ol") || leads_apart(up))
            break;
        if (is_repeated(up))
            best = up;
    }
    return best;
}

/* Whether an element is what stands around the contents: a menu, a header, a footer, a pager. */
static bool
is_boilerplate(const xmlNode *node)
{
    static GRegex *regex;
    regex_once(&regex,
               "(^|[^a-z])(nav|menu|foot|footer|header|crumbs?|breadcrumbs?|position|sidebar|links|"
               "friend|pager|pages?|pagination)([^a-z]|$)");
    if (!node_is(node, "nav footer header") &&
        (node_is(node, "body html") || !node_matches(node, regex)))
        return false;
    /* an article in a list has a head and a foot of its own */
    const xmlNode *up = node->parent;
    for (int i = 0; i < 3 && up && up->type == XML_ELEMENT_NODE && !node_is(node, "nav");
         i++, up = up->parent)
        if (node_is(up, "article"))
            return false;
    return true;
}

/* The node after this one that is in no menu, header or footer. */
static const xmlNode *
next_of_contents(const xmlNode *node)
{
    const xmlNode *next = node_next(node, NULL);
    while (next && next->type == XML_ELEMENT_NODE && is_boilerplate(next)) {
        while (next && !next->next)
            next = next->parent && next->parent->type == XML_ELEMENT_NODE ? next->parent : NULL;
        next = next ? next->next : NULL;
    }
    return next;
}

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

/* --- groups ----------------------------------------------------------------------------------- */

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
    const xmlNode *row = ((const struct row *)g_ptr_array_index(group->rows, 0))->node;
    g_autofree char *path = g_strdup((const char *)row->name);
    bool named = false;
    for (const xmlNode *n = row->parent; n && n->type == XML_ELEMENT_NODE && !named;
         n = n->parent) {
        g_autofree char *step = step_of(n, &named);
        char *longer = g_strconcat(step, "/", path, NULL);
        g_free(path);
        path = longer;
    }
    return g_strconcat("//", path, NULL);
}

static struct group *
group_of(GHashTable *groups, GPtrArray *order, const xmlNode *row)
{
    const xmlNode *outer = row->parent->parent && row->parent->parent->type == XML_ELEMENT_NODE
                               ? row->parent->parent
                               : NULL;
    g_autofree char *class = html_attribute(row->parent, "class"),
                    *around = outer ? html_attribute(outer, "class") : NULL;
    g_autofree char *key = g_strdup_printf("%s %p %s %s", (const char *)row->name,
                                           class ? NULL : (const void *)row->parent,
                                           class ? class : "", around ? around : "");
    struct group *group = g_hash_table_lookup(groups, key);
    if (!group) {
        group = g_new0(struct group, 1);
        group->rows = g_ptr_array_new_with_free_func(row_free);
        group->parts = g_ptr_array_new_with_free_func(parts_free);
        g_hash_table_insert(groups, g_steal_pointer(&key), group);
        g_ptr_array_add(order, group);
    }
    return group;
}

/* Whether a row has a link, or a heading beside it, that says enough to be one of a list's. */
static bool
says_enough(const xmlNode *row)
{
    guint nodes = 0;
    for (const xmlNode *node = row; node && nodes < MAX_LOOK;
         node = node_next(node, row), nodes++) {
        bool link = row_is_link(node);
        g_autofree char *text = link || node_is(node, "h2 h3 h4 h5") ? html_text(node) : NULL,
                        *title = link ? html_attribute(node, "title") : NULL;
        if ((text && features_text_weight(text, NULL) >= MIN_LINK) ||
            (title && features_text_weight(title, NULL) >= MIN_LINK))
            return true;
    }
    return false;
}

static void
collect(GHashTable *groups, GPtrArray *order, const struct page *page)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
    for (const xmlNode *node = page_root(page); node; node = next_of_contents(node)) {
        if (!row_is_link(node))
            continue;
        const xmlNode *near = row_of(node);
        if (!near || !g_hash_table_add(seen, (gpointer)near))
            continue;
        const xmlNode *node_of_row = climb(near);
        if ((node_of_row != near && !g_hash_table_add(seen, (gpointer)node_of_row)) ||
            !says_enough(node_of_row))
            continue;
        struct group *group = group_of(groups, order, node_of_row);
        if (group->rows->len >= MAX_ROWS) {
            group->more++;
            continue;
        }
        struct row *row = g_new0(struct row, 1);
        *row = (struct row){node_of_row, beside_of(node_of_row)};
        g_ptr_array_add(group->rows, row);
    }
}

/* --- what a group says ---------------------------------------------------------------------- */

/* How a page of this language writes days and months, where its numbers do not tell. */
static enum date_order
order_of_language(const struct page *page)
{
    g_autofree char *language = page_language(page);
    if (!language || g_str_has_prefix(language, "zh") || g_str_has_prefix(language, "ja") ||
        g_str_has_prefix(language, "ko"))
        return DATE_ORDER_OPEN;
    bool american = !g_ascii_strcasecmp(language, "en") || !g_ascii_strcasecmp(language, "en-US");
    return american ? DATE_MONTH_FIRST : DATE_DAY_FIRST;
}

/* Reads the rows; what one of them says of the order of day and month holds for all. */
static void
read_rows(struct group *group, struct row_context context)
{
    for (int round = 0; round < 2; round++) {
        enum date_order told = DATE_ORDER_OPEN;
        g_ptr_array_set_size(group->parts, 0);
        group->text = group->dates = group->days = 0;
        guint near = 0;
        for (guint i = 0; i < group->rows->len; i++) {
            struct row_parts *parts = g_new0(struct row_parts, 1);
            row_read(g_ptr_array_index(group->rows, i), &context, parts);
            g_ptr_array_add(group->parts, parts);
        }
        row_settle_titles(group->parts);
        for (guint i = 0; i < group->parts->len; i++) {
            const struct row_parts *parts = g_ptr_array_index(group->parts, i);
            group->text += parts->title ? MIN(features_text_weight(parts->title, NULL), MAX_TITLE)
                                        : 0;
            struct date day;
            group->dates += parts->dated;
            group->days += !parts->dated && parts->href &&
                           row_url_day(parts->href, context.offset, context.now, &day);
            near += parts->near;
            if (told == DATE_ORDER_OPEN)
                told = parts->order;
        }
        /*
         * a date without a year on fewer than half of the rows may be anything: a score, a size, a
         * part
         */
        for (guint i = 0; near * 2 < group->rows->len && i < group->parts->len; i++) {
            struct row_parts *parts = g_ptr_array_index(group->parts, i);
            if (!parts->near)
                continue;
            parts->published = (struct date){0};
            parts->dated = parts->near = false;
            group->dates--;
        }
        if (!near || told == DATE_ORDER_OPEN || told == context.order)
            return;
        context.order = told;
    }
}

static const struct group *
best_of(const GPtrArray *groups, const struct row_context *context)
{
    const struct group *best = NULL;
    double most = 0;
    guint read = 0;
    for (guint i = 0; i < groups->len; i++) {
        struct group *group = g_ptr_array_index(groups, i);
        if (group->rows->len < 2 || read + group->rows->len > MAX_READ)
            continue;
        read += group->rows->len;
        read_rows(group, *context);
        double score = group->text + (double)DATE_POINTS * group->dates +
                       (double)DAY_POINTS * group->days;
        if (!group->dates && group->text / group->rows->len < MIN_UNDATED)
            continue;
        if (score > most) {
            most = score;
            best = group;
        }
    }
    return best;
}

void
list_by_repetition(struct list *list, struct page *page, const struct list_options *o)
{
    g_autoptr(GHashTable)
        groups = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, group_free);
    g_autoptr(GPtrArray) order = g_ptr_array_new();
    const struct row_context context = {o->offset, o->now, order_of_language(page)};
    collect(groups, order, page);
    const struct group *best = best_of(order, &context);
    if (!best)
        return;
    g_free(list->rows);
    list->rows = path_of(best);
    for (guint i = 0; i < best->parts->len; i++) {
        struct row_parts *parts = g_ptr_array_index(best->parts, i);
        if (parts->href)
            list_add_row(list, page, parts, o);
    }
    list->cut += best->more;
}
