/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tells contents and what stands around them apart.  While the tree is walked, the text and the
 * links that were met are counted; what an element that is suspected holds is the difference
 * between its end and its beginning.
 */
#include "config.h"

#include "portal/contents.h"
#include "base/regex.h"
#include "document/html.h"

/*
 * Percent of the page's text that a suspect must hold to be contents, by its class; by its name, or
 * whatever it is.
 */
#define LARGE_CLASS 30
#define LARGE_NAME  80
/*
 * A menu: nearly all of its text is linked, and a link has fewer letters than this on average.
 * Titles of news have 24 and more, items of menus 5 to 18.
 */
#define MENU_LINKED 90
#define MENU_LETTER 22
#define MAX_NEAR    12  /* siblings on each side that are looked at */
#define MOST_NESTED 200 /* suspects within suspects */

struct contents {
    GHashTable *around;   /* elements that are no contents */
    GHashTable *doubtful; /* elements that are large, or they would be none */
    const xmlNode *main;  /* what is marked up as the contents, and holds some; or NULL */
};

struct count {
    guint64 text, linked;  /* letters; a character of CJK is three */
    guint links, headings; /* links that have text */
};

struct suspect {
    const xmlNode *node;
    struct count before;
};

struct walk {
    struct count count;
    GArray *open;   /* struct suspect, outermost first */
    GArray *closed; /* the same, with what they hold */
    guint in_link;
    guint64 before_link;
};

static guint64
letters(const xmlChar *text)
{
    guint64 count = 0;
    for (; *text; text++) {
        if (*text > ' ' && *text < 0x80)
            count++;
        else if (*text >= 0xe0)
            count += 3;
        else if (*text >= 0xc0)
            count++;
    }
    return count;
}

/* Whether an element has two siblings of its name near by; where alike, of its class too. */
static bool
is_one_of_many(const xmlNode *node, bool alike)
{
    g_autofree char *class = alike ? html_attribute(node, "class") : NULL;
    if (alike && !class)
        return false;
    guint same = 0;
    for (int after = 0; after <= 1; after++) {
        guint seen = 0;
        for (const xmlNode *n = after ? node->next : node->prev; n && seen < MAX_NEAR;
             n = after ? n->next : n->prev, seen++) {
            if (n->type != XML_ELEMENT_NODE || !g_str_equal(n->name, node->name))
                continue;
            g_autofree char *other = alike ? html_attribute(n, "class") : NULL;
            same += !alike || g_strcmp0(class, other) == 0;
        }
    }
    return same >= 2;
}

static bool
is_suspect(const xmlNode *node)
{
    static GRegex *regex;
    regex_once(&regex,
               "(^|[^a-z])(nav|menu|foot|footer|header|crumbs?|breadcrumbs?|position|sidebar|links|"
               "friend|pager|pages?|pagination)([^a-z]|$)");
    if (!node_is(node, "nav footer header aside") &&
        (node_is(node, "body html main") || !node_matches(node, regex)))
        return false;
    /* an article in a list has a head and a foot of its own */
    const xmlNode *up = node->parent;
    for (int i = 0; i < 3 && up && up->type == XML_ELEMENT_NODE && !node_is(node, "nav");
         i++, up = up->parent)
        if (node_is(up, "article li td") ||
            (node_is(up, "section div") && is_one_of_many(up, node_is(up, "div"))))
            return false;
    return true;
}

static bool
is_main(const xmlNode *node)
{
    g_autofree char *role = html_attribute(node, "role");
    return node_is(node, "main") || (role && g_str_equal(role, "main"));
}

static void
enter(struct walk *w, const xmlNode *node)
{
    if (node->type == XML_TEXT_NODE && node->content) {
        guint64 count = letters(node->content);
        w->count.text += count;
        w->count.linked += w->in_link ? count : 0;
    }
    if (node->type != XML_ELEMENT_NODE)
        return;
    if (node_is(node, "a") && !w->in_link++)
        w->before_link = w->count.linked;
    w->count.headings += node_is(node, "h1");
    if (w->open->len < MOST_NESTED && (is_main(node) || is_suspect(node))) {
        const struct suspect suspect = {node, w->count};
        g_array_append_val(w->open, suspect);
    }
}

static void
leave(struct walk *w, const xmlNode *node)
{
    if (node_is(node, "a") && !--w->in_link)
        w->count.links += w->count.linked > w->before_link;
    struct suspect *last = w->open->len ? &g_array_index(w->open, struct suspect, w->open->len - 1)
                                        : NULL;
    if (!last || last->node != node)
        return;
    const struct count *b = &last->before, *now = &w->count;
    struct suspect held = {node,
                           {now->text - b->text, now->linked - b->linked, now->links - b->links,
                            now->headings - b->headings}};
    g_array_append_val(w->closed, held);
    g_array_set_size(w->open, w->open->len - 1);
}

static void
walk(struct walk *w, const xmlNode *root)
{
    for (const xmlNode *node = root; node;) {
        bool skip = node_is(node, "script style template noscript select");
        enter(w, node);
        if (node->type == XML_ELEMENT_NODE && node->children && !skip) {
            node = node->children;
            continue;
        }
        while (node && (node == root || !node->next)) {
            leave(w, node);
            node = node == root ? NULL : node->parent;
        }
        if (node) {
            leave(w, node);
            node = node->next;
        }
    }
}

static bool
is_menu(const struct count *held)
{
    return held->links && held->linked * 100 >= held->text * MENU_LINKED &&
           held->linked < (guint64)held->links * MENU_LETTER;
}

/* Whether a suspect is no contents, by what it holds of the whole. */
static bool
is_around(const struct suspect *suspect, const struct count *whole)
{
    const struct count *held = &suspect->before;
    if (is_main(suspect->node))
        return false;
    if (node_is(suspect->node, "nav footer header aside"))
        return held->text * 100 < whole->text * LARGE_NAME;
    if (held->headings || held->text * 100 >= whole->text * LARGE_NAME)
        return false;
    bool large = held->text * 100 >= whole->text * LARGE_CLASS || held->links * 2 > whole->links;
    return !large || is_menu(held);
}

struct contents *
contents_new(const struct page *page)
{
    struct contents *contents = g_new0(struct contents, 1);
    contents->around = g_hash_table_new(NULL, NULL);
    contents->doubtful = g_hash_table_new(NULL, NULL);
    g_autoptr(GArray) open = g_array_new(FALSE, FALSE, sizeof(struct suspect)),
                      closed = g_array_new(FALSE, FALSE, sizeof(struct suspect));
    struct walk w = {.open = open, .closed = closed};
    if (page_root(page))
        walk(&w, page_root(page));
    for (guint i = 0; i < closed->len; i++) {
        const struct suspect *suspect = &g_array_index(closed, struct suspect, i);
        if (is_main(suspect->node)) {
            if (suspect->before.text * 100 >= w.count.text * LARGE_CLASS)
                contents->main = suspect->node;
        } else if (is_around(suspect, &w.count))
            g_hash_table_add(contents->around, (gpointer)suspect->node);
        else if (!suspect->before.headings &&
                 suspect->before.text * 100 < w.count.text * LARGE_NAME)
            g_hash_table_add(contents->doubtful, (gpointer)suspect->node);
    }
    return contents;
}

void
contents_free(struct contents *contents)
{
    g_hash_table_unref(contents->around);
    g_hash_table_unref(contents->doubtful);
    g_free(contents);
}

const xmlNode *
contents_next(const struct contents *contents, const xmlNode *node)
{
    const xmlNode *next = node_next(node, NULL);
    while (next && g_hash_table_contains(contents->around, next)) {
        while (next && !next->next)
            next = next->parent && next->parent->type == XML_ELEMENT_NODE ? next->parent : NULL;
        next = next ? next->next : NULL;
    }
    return next;
}

bool
contents_is_doubtful(const struct contents *contents, const xmlNode *node)
{
    bool within = !contents->main;
    int depth = 0;
    for (; node && depth < MOST_NESTED; node = node->parent, depth++) {
        if (g_hash_table_contains(contents->doubtful, node))
            return true;
        within = within || node == contents->main;
    }
    return !within;
}
