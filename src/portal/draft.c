/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Drafting rules by trying: each candidate for a path is asked of the rows, and what it says is
 * compared with what repetition has read there.
 *
 * 1. The rows: the first path that selects the same elements; else one that selects more, if the
 *    others yield no entries, or can be told from the rows by a predicate; else that of repetition.
 * 2. The title; the link, where the structure of the rows does not give it; the day, also from what
 *    stands beside or above them.  The path that is right in every row is taken, else the one that
 *    is right in most, if it does better than the structure.
 * 3. The rules together are read as a portal file is.  One that makes the list worse is taken out
 *    again: the structure of the rows says more then.
 */
#include "config.h"

#include "portal/draft.h"
#include "base/clean.h"
#include "base/url.h"
#include "document/html.h"
#include "portal/draft-parts.h"
#include "portal/list-groups.h"
#include "portal/list.h"
#include "portal/list-parts.h"
#include "portal/row.h"
#include "portal/rule.h"

#include <string.h>

#define MAX_NODES  400  /* of a row that are looked at */
#define SAMPLE     4    /* rows in which candidates are looked for */
#define MAX_ROWS   2000 /* of a list */
#define MAX_DAY    200  /* bytes of a text that may be a day among other words */
#define FEW        40   /* rows that a candidate is tried on before it is tried on all */
#define MAX_WIDE   12   /* paths that select more than the rows */
#define MAX_OFFERS 5
#define OFFER_ROWS 200 /* of a group that are read */
/* nodes that trying may visit: a second or so; a page of usual size needs a tenth of them */
#define BUDGET   5000000
#define ROW_COST 50 /* nodes of a row, or so */

/* A row of the page, and what repetition has read in it. */
struct known_row {
    xmlNode *node;
    const struct list_entry *entry;
};

struct drafting {
    struct page *page;
    const struct list_options *options;
    const struct list *list;
    GArray *rows;    /* struct known_row: those that are entries */
    gint64 elements; /* of the page */
    gint64 left;     /* of the budget */
};

static gint64
count_elements(const struct page *page)
{
    gint64 count = 0;
    for (const xmlNode *node = page_root(page); node; node = node_next(node, NULL))
        count++;
    return count;
}

/* Whether so many nodes may still be visited. */
static bool
spend(struct drafting *d, gint64 nodes)
{
    d->left -= nodes;
    return d->left > 0;
}

/* --- asking the rows -------------------------------------------------------------------------- */

/* A rule of one path, for one question. */
struct question {
    struct portal_rule rule;
    GPtrArray *paths;
};

static void
question_init(struct question *q, const char *path)
{
    q->paths = g_ptr_array_new();
    g_ptr_array_add(q->paths, (gpointer)path);
    q->rule = (struct portal_rule){.key = "", .file = "", .paths = q->paths};
}

static void
question_clear(struct question *q)
{
    g_ptr_array_unref(q->paths);
}
DEFINE_AUTO_CLEAR(question, question_clear)

/* Whether what a path says of a row is what repetition has read. */
typedef bool says_func(struct drafting *d, const struct rule_scope *scope,
                       const struct portal_rule *rule, const struct list_entry *entry);

static bool
says_title(struct drafting *d, const struct rule_scope *scope, const struct portal_rule *rule,
           const struct list_entry *entry)
{
    (void)d;
    g_autofree char *text = rule_text(scope, rule);
    return text && g_str_equal(text, entry->title);
}

static bool
says_link(struct drafting *d, const struct rule_scope *scope, const struct portal_rule *rule,
          const struct list_entry *entry)
{
    g_autofree char *text = rule_text(scope, rule);
    g_autofree char *url = text ? page_resolve(d->page, text) : NULL;
    return url && g_str_equal(url, entry->link);
}

static bool
is_same_day(const struct date *a, const struct date *b)
{
    if (a->precision == DATE_NONE || b->precision == DATE_NONE)
        return a->precision == b->precision;
    g_autofree char *one = date_iso(a), *other = date_iso(b);
    return !strncmp(one, other, strlen("2025-11-20"));
}

static bool
says_day(struct drafting *d, const struct rule_scope *scope, const struct portal_rule *rule,
         const struct list_entry *entry)
{
    struct date date;
    rule_date(scope, rule, &d->options->dates, d->options->now, &date);
    return is_same_day(&date, &entry->published);
}

/* In how many of the first `most` rows a path is right; strict: 0 as soon as it is wrong in one. */
static guint
ask(struct drafting *d, const char *path, says_func *says, guint most, bool strict)
{
    AUTO(question_clear) struct question q;
    question_init(&q, path);
    guint warnings = d->page->warnings->len, count = MIN(d->rows->len, most), right = 0;
    for (guint i = 0; i < count && (!strict || right == i) && spend(d, ROW_COST); i++) {
        const struct known_row *row = &g_array_index(d->rows, struct known_row, i);
        const struct rule_scope scope = {
            .page = d->page, .node = row->node, .url = row->entry->link};
        right += says(d, &scope, &q.rule, row->entry);
    }
    g_ptr_array_set_size(d->page->warnings, (int)warnings);
    return strict && right < count ? 0 : right;
}

/* The first path that is right in every row; owned, or NULL. */
static char *
first_right(struct drafting *d, const GPtrArray *paths, says_func *says)
{
    for (guint i = 0; i < paths->len; i++) {
        const char *path = g_ptr_array_index(paths, i);
        if (ask(d, path, says, FEW, true) && ask(d, path, says, MAX_ROWS, true))
            return g_strdup(path);
    }
    return NULL;
}

/* The path that is right in most rows, and in more than half of some; owned, or NULL. */
static char *
most_right(struct drafting *d, const GPtrArray *paths, says_func *says)
{
    const char *best = NULL;
    guint most = 0;
    for (guint i = 0; i < paths->len; i++) {
        const char *path = g_ptr_array_index(paths, i);
        if (ask(d, path, says, FEW, false) * 2 <= MIN(d->rows->len, FEW))
            continue;
        guint right = ask(d, path, says, MAX_ROWS, false);
        if (right <= most)
            continue;
        best = path;
        most = right;
    }
    return g_strdup(best);
}

/* --- where a row says it ---------------------------------------------------------------------- */

/* Adds paths to what says something within an element; from: the path to that from the row. */
typedef void find_func(struct drafting *d, GPtrArray *paths, const char *from,
                       const xmlNode *within, const struct list_entry *entry);

static bool
is_attribute(const xmlNode *node, const char *name, const char *value)
{
    g_autofree char *text = html_attribute(node, name);
    g_autofree char *clean = text ? text_squeeze(text, -1) : NULL;
    return clean && g_str_equal(clean, value);
}

static void
find_title(struct drafting *d, GPtrArray *paths, const char *from, const xmlNode *within,
           const struct list_entry *entry)
{
    (void)d;
    guint nodes = 0;
    for (const xmlNode *n = within; n && nodes < MAX_NODES; n = node_next(n, within), nodes++) {
        if (n->type != XML_ELEMENT_NODE)
            continue;
        g_autofree char *text = html_text(n);
        if (g_str_equal(text, entry->title))
            draft_paths_to(paths, from, within, n, NULL);
        if (is_attribute(n, "title", entry->title))
            draft_paths_to(paths, from, within, n, "title");
    }
}

static void
find_link(struct drafting *d, GPtrArray *paths, const char *from, const xmlNode *within,
          const struct list_entry *entry)
{
    guint nodes = 0;
    for (const xmlNode *n = within; n && nodes < MAX_NODES; n = node_next(n, within), nodes++) {
        g_autofree char *href = n->type == XML_ELEMENT_NODE ? html_attribute(n, "href") : NULL;
        g_autofree char *url = href ? page_resolve(d->page, href) : NULL;
        if (url && g_str_equal(url, entry->link))
            draft_paths_to(paths, from, within, n, "href");
    }
}

/* Whether a text is that day, as a rule would read it. */
static bool
has_day(struct drafting *d, const char *text, const struct date *day)
{
    struct date date;
    if (strlen(text) > MAX_DAY || strlen(text) < 6)
        return false;
    return (date_parse(text, &d->options->dates, &date) ||
            date_find(text, &d->options->dates, &date, NULL, NULL)) &&
           is_same_day(&date, day);
}

static void
find_day(struct drafting *d, GPtrArray *paths, const char *from, const xmlNode *within,
         const struct list_entry *entry)
{
    static const char *const attributes[] = {"datetime", "content", "data-date"};
    guint nodes = 0;
    if (entry->published.precision == DATE_NONE)
        return;
    for (const xmlNode *n = within; n && nodes < MAX_NODES; n = node_next(n, within), nodes++) {
        if (n->type != XML_ELEMENT_NODE)
            continue;
        for (size_t i = 0; i < G_N_ELEMENTS(attributes); i++) {
            g_autofree char *value = html_attribute(n, attributes[i]);
            if (value && has_day(d, value, &entry->published))
                draft_paths_to(paths, from, within, n, attributes[i]);
        }
        g_autofree char *text = html_text(n);
        if ((n != within || !g_str_equal(from, ".")) && has_day(d, text, &entry->published))
            draft_paths_to(paths, from, within, n, NULL);
    }
}

/* Rows spread over the list, in which candidates are looked for. */
static const struct known_row *
sample(struct drafting *d, guint i)
{
    return &g_array_index(d->rows, struct known_row, i * d->rows->len / SAMPLE);
}

static GPtrArray *
candidates(struct drafting *d, find_func *find)
{
    GPtrArray *paths = draft_paths_new();
    for (guint i = 0; i < SAMPLE; i++)
        find(d, paths, ".", sample(d, i)->node, sample(d, i)->entry);
    return paths;
}

static const xmlNode *
element_beside(const xmlNode *node, bool after)
{
    do
        node = after ? node->next : node->prev;
    while (node && node->type != XML_ELEMENT_NODE);
    return node;
}

/* The element of a name that ends last before a node. */
static const xmlNode *
before(const xmlNode *node, const char *name)
{
    for (guint nodes = 0; node && node->type == XML_ELEMENT_NODE && nodes < MAX_NODES; nodes++) {
        const xmlNode *prev = node->prev;
        if (!prev) {
            node = node->parent;
            continue;
        }
        node = prev;
        while (node->type == XML_ELEMENT_NODE && !html_named_any(node, name) && node->last)
            node = node->last;
        if (html_named_any(node, name))
            return node;
        while (node->type != XML_ELEMENT_NODE && node->prev)
            node = node->prev;
        if (node->type != XML_ELEMENT_NODE)
            node = node->parent;
        else if (html_named_any(node, name))
            return node;
    }
    return NULL;
}

/* What stands beside the rows or above them may say their day. */
static GPtrArray *
candidates_around(struct drafting *d, find_func *find)
{
    static const char *const heads[] = {"h1", "h2", "h3", "h4", "h5", "h6", "th", "dt", "caption"};
    GPtrArray *paths = draft_paths_new();
    for (guint i = 0; i < SAMPLE; i++) {
        const struct known_row *row = sample(d, i);
        const xmlNode *next = element_beside(row->node, true),
                      *prev = element_beside(row->node, false);
        if (next)
            find(d, paths, "./following-sibling::*[1]", next, row->entry);
        if (prev)
            find(d, paths, "./preceding-sibling::*[1]", prev, row->entry);
        for (size_t n = 0; n < G_N_ELEMENTS(heads); n++) {
            const xmlNode *head = before(row->node, heads[n]);
            g_autofree char *from = g_strdup_printf("./preceding::%s[1]", heads[n]);
            if (head)
                find(d, paths, from, head, row->entry);
        }
    }
    return paths;
}

/* --- reading a draft as a portal file is ------------------------------------------------------ */

static void
put(GString *to, const char *key, const char *value)
{
    if (value)
        g_string_append_printf(to, "%s=%s\n", key, value);
}

char *
list_draft_lines(const struct list_draft *draft)
{
    GString *lines = g_string_new(NULL);
    put(lines, "Rows", draft->rows);
    put(lines, "Title", draft->title);
    put(lines, "Link", draft->link);
    put(lines, "Date", draft->date);
    put(lines, "Next", draft->next);
    return g_string_free(lines, FALSE);
}

/* What the rules give, or NULL. */
static struct list *
read_draft(struct drafting *d, const struct list_draft *draft)
{
    g_autofree char *lines = list_draft_lines(draft);
    g_autofree char *text = g_strconcat("[Portal]\nName=x\n[Edition x]\n[Section x/x]\n"
                                        "Url=http://draft.example/\n",
                                        lines, NULL);
    AUTO(portal_free) struct portal *portal = portal_parse("draft.portal", text, NULL);
    if (!portal)
        return NULL;
    struct list_options o = *d->options;
    o.portal = portal;
    o.section = g_ptr_array_index(portal->sections, 0);
    guint warnings = d->page->warnings->len;
    struct list *list = list_new();
    list_by_rules(list, d->page, &o);
    list->next = draft->next ? list_find_next(d->page, &o) : NULL;
    g_ptr_array_set_size(d->page->warnings, (int)warnings);
    return list;
}

/* How many entries are as repetition has them, in the same place of the list. */
static guint
count_same(const struct list *a, const struct list *b)
{
    guint same = 0;
    for (guint i = 0; i < MIN(a->entries->len, b->entries->len); i++) {
        const struct list_entry *x = g_ptr_array_index(a->entries, i),
                                *y = g_ptr_array_index(b->entries, i);
        same += g_str_equal(x->link, y->link) && g_str_equal(x->title, y->title) &&
                is_same_day(&x->published, &y->published);
    }
    return same;
}

/* Reads the draft as it is now; the one before is kept in it unless this one is as good. */
static bool
is_as_good(struct drafting *d, struct list_draft *draft)
{
    struct list *list = read_draft(d, draft);
    guint same = list ? count_same(list, d->list) : 0;
    bool good =
        list && same >= draft->same &&
        (!draft->list || same > draft->same || list->entries->len == draft->list->entries->len);
    if (!good && list)
        list_free(list);
    if (!good)
        return false;
    if (draft->list)
        list_free(draft->list);
    draft->list = list;
    draft->same = same;
    return true;
}

/* Takes a rule (its path, or NULL) into the draft, if that makes it no worse. */
static void
take(struct drafting *d, struct list_draft *draft, char **rule, char *path)
{
    if (!path)
        return;
    char *old = *rule;
    *rule = path;
    if (is_as_good(d, draft)) {
        g_free(old);
        return;
    }
    g_free(path);
    *rule = old;
}

/* --- the rules -------------------------------------------------------------------------------- */

/* Whether a path selects all rows; *more: how many others. */
static bool
selects(struct drafting *d, const char *path, guint *more)
{
    g_autoptr(GPtrArray) nodes = spend(d, d->elements) ? page_select(d->page, NULL, path, NULL)
                                                       : NULL;
    guint at = 0;
    for (guint i = 0; nodes && i < nodes->len && at < d->rows->len; i++)
        at += g_ptr_array_index(nodes, i) == g_array_index(d->rows, struct known_row, at).node;
    *more = nodes ? nodes->len - at : 0;
    return nodes && at == d->rows->len;
}

/* Whether rules that select these rows give the same links in the same order. */
static bool
gives_links(struct drafting *d, const char *path)
{
    const struct list_draft only = {.rows = (char *)path};
    AUTO(list_free) struct list *list =
        spend(d, d->elements + (gint64)d->rows->len * ROW_COST) ? read_draft(d, &only) : NULL;
    bool same = list && list->entries->len == d->list->entries->len;
    for (guint i = 0; same && i < list->entries->len; i++)
        same =
            g_str_equal(((const struct list_entry *)g_ptr_array_index(list->entries, i))->link,
                        ((const struct list_entry *)g_ptr_array_index(d->list->entries, i))->link);
    return same;
}

/* "/minutes/": the longest folder that the links of all rows are in, or NULL. */
static char *
common_folder(struct drafting *d)
{
    g_autofree char *common = NULL;
    for (guint i = 0; i < d->rows->len; i++) {
        const char *link = g_array_index(d->rows, struct known_row, i).entry->link;
        const char *path = strstr(link, "://") ? strchr(strstr(link, "://") + 3, '/') : NULL;
        if (!path)
            return NULL;
        gsize length = 0;
        while (common && common[length] && common[length] == path[length])
            length++;
        if (common)
            common[length] = '\0';
        else
            common = g_strndup(path, strcspn(path, "?#"));
    }
    char *slash = common ? strrchr(common, '/') : NULL;
    if (!slash || slash == common || strpbrk(common, "'\""))
        return NULL;
    slash[1] = '\0';
    return g_steal_pointer(&common);
}

/* ".pdf": the end that the links of all rows have, or NULL. */
static char *
common_end(struct drafting *d)
{
    const char *first = NULL;
    for (guint i = 0; i < d->rows->len; i++) {
        const char *link = g_array_index(d->rows, struct known_row, i).entry->link;
        const char *dot = strrchr(link, '.');
        if (!dot || strlen(dot) < 3 || strlen(dot) > 6 || strpbrk(dot, "/?#'") ||
            (first && g_ascii_strcasecmp(dot, first)))
            return NULL;
        first = dot;
    }
    return g_strdup(first);
}

/* A path among those that select more than the rows, with what tells the rows from the others. */
static char *
path_with_predicate(struct drafting *d, const GPtrArray *wide)
{
    g_autoptr(GPtrArray) predicates = draft_paths_new();
    g_autofree char *folder = common_folder(d), *end = common_end(d);
    const char *const common[] = {folder, end, NULL};
    draft_predicates(predicates, g_array_index(d->rows, struct known_row, 0).node,
                     folder ? common : common + 1);
    guint more;
    for (guint i = 0; i < MIN(wide->len, MAX_WIDE); i++)
        for (guint n = 0; n < predicates->len; n++) {
            g_autofree char *path =
                g_strconcat(g_ptr_array_index(wide, i), g_ptr_array_index(predicates, n), NULL);
            if (selects(d, path, &more) && !more)
                return g_steal_pointer(&path);
        }
    return NULL;
}

static char *
path_of_rows(struct drafting *d)
{
    g_autoptr(GPtrArray) paths = draft_paths_new(), wide = g_ptr_array_new();
    draft_paths_of_rows(paths, d->list->row_nodes);
    for (guint i = 0; i < paths->len; i++) {
        char *path = g_ptr_array_index(paths, i);
        guint more;
        if (!selects(d, path, &more))
            continue;
        if (!more)
            return g_strdup(path);
        if (more <= d->rows->len * 2 + FEW)
            g_ptr_array_add(wide, path);
    }
    for (guint i = 0; i < MIN(wide->len, MAX_WIDE); i++)
        if (gives_links(d, g_ptr_array_index(wide, i)))
            return g_strdup(g_ptr_array_index(wide, i));
    char *told = path_with_predicate(d, wide);
    return told ? told : g_strdup(d->list->rows);
}

static void
draft_day(struct drafting *d, struct list_draft *draft)
{
    g_autoptr(GPtrArray) own = candidates(d, find_day);
    take(d, draft, &draft->date, first_right(d, own, says_day));
    if (draft->date)
        return;
    g_autoptr(GPtrArray) around = candidates_around(d, find_day);
    take(d, draft, &draft->date, first_right(d, around, says_day));
    if (draft->date || draft->same == d->list->entries->len)
        return;
    take(d, draft, &draft->date, most_right(d, own, says_day));
    if (!draft->date)
        take(d, draft, &draft->date, most_right(d, around, says_day));
}

static void
draft_next(struct drafting *d, struct list_draft *draft)
{
    if (!d->list->next)
        return;
    g_autoptr(GPtrArray) paths = draft_paths_new();
    for (const xmlNode *node = page_root(d->page); node; node = node_next(node, NULL)) {
        g_autofree char *href = node_is(node, "a link") ? html_attribute(node, "href") : NULL;
        g_autofree char *url = href ? page_resolve(d->page, href) : NULL,
                        *text = url ? html_text(node) : NULL;
        /* the link "2" leads to the second page from every page */
        if (url && g_str_equal(url, d->list->next) && !g_ascii_isdigit(*text))
            draft_paths_of(paths, node, "href");
    }
    for (guint i = 0; i < paths->len && !draft->next; i++) {
        draft->next = g_strdup(g_ptr_array_index(paths, i));
        AUTO(list_free) struct list *list = read_draft(d, draft);
        if (!list || g_strcmp0(list->next, d->list->next))
            g_clear_pointer(&draft->next, g_free);
    }
}

/* The title, and the link where the rows alone do not give it. */
static void
draft_entry(struct drafting *d, struct list_draft *draft)
{
    g_autoptr(GPtrArray) titles = candidates(d, find_title);
    take(d, draft, &draft->title, first_right(d, titles, says_title));
    if (!gives_links(d, draft->rows)) {
        g_autoptr(GPtrArray) links = candidates(d, find_link);
        char *right = first_right(d, links, says_link);
        take(d, draft, &draft->link, right ? right : most_right(d, links, says_link));
    }
    if (!draft->title && draft->same < d->list->entries->len)
        take(d, draft, &draft->title, most_right(d, titles, says_title));
}

struct list_draft *
list_draft(struct page *page, const struct list *list, const struct list_options *stated)
{
    struct list_options options = *stated;
    page_settle_dates(page, NULL, &options.dates); /* as they were when the list was found */
    g_autoptr(GArray) known = g_array_new(FALSE, FALSE, sizeof(struct known_row));
    struct drafting d = {page, &options, list, known, count_elements(page), BUDGET};
    struct list_draft *draft = g_new0(struct list_draft, 1);
    if (!list->row_nodes || !list->row_nodes->len || list->row_nodes->len != list->entries->len ||
        !g_str_equal(list->carrier, "rows"))
        return draft;
    for (guint i = 0; i < list->entries->len; i++) {
        const struct known_row row = {g_ptr_array_index(list->row_nodes, i),
                                      g_ptr_array_index(list->entries, i)};
        g_array_append_val(known, row);
    }
    draft->rows = path_of_rows(&d);
    is_as_good(&d, draft);
    draft_entry(&d, draft);
    draft_day(&d, draft);
    draft_next(&d, draft);
    return draft;
}

void
list_draft_free(struct list_draft *draft)
{
    char *texts[] = {draft->rows, draft->title, draft->link, draft->date, draft->next};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        g_free(texts[i]);
    if (draft->list)
        list_free(draft->list);
    g_free(draft);
}

/* --- where nothing was taken for the list ----------------------------------------------------- */

void
list_offer_free(gpointer data)
{
    struct list_offer *offer = data;
    g_free(offer->rows);
    g_free(offer->title);
    g_free(offer);
}

/* What a group offers, or NULL when fewer than two of its rows say anything. */
static struct list_offer *
offer_of(struct page *page, const struct list_group *group, const struct row_context *context)
{
    struct list_offer *offer = g_new0(struct list_offer, 1);
    for (guint i = 0; i < MIN(group->rows->len, OFFER_ROWS); i++) {
        AUTO(row_parts_clear) struct row_parts parts = {0};
        row_read(g_ptr_array_index(group->rows, i), context, &parts);
        if (!parts.title || !*parts.title || !parts.href)
            continue;
        if (!offer->count++)
            offer->title = g_strdup(parts.title);
    }
    if (offer->count >= 2)
        offer->rows = list_path(page, group->rows);
    if (offer->rows)
        return offer;
    list_offer_free(offer);
    return NULL;
}

static int
by_count(gconstpointer a, gconstpointer b)
{
    return (int)(*(const struct list_offer *const *)b)->count -
           (int)(*(const struct list_offer *const *)a)->count;
}

GPtrArray *
list_offers(struct page *page, const struct list_options *o)
{
    const struct row_context context = {.dates = o->dates, .now = o->now};
    g_autoptr(GPtrArray) groups = list_groups(page, &context);
    GPtrArray *offers = g_ptr_array_new_with_free_func(list_offer_free);
    for (guint i = 0; i < MIN(groups->len, FEW); i++) {
        struct list_offer *offer = offer_of(page, g_ptr_array_index(groups, i), &context);
        if (offer)
            g_ptr_array_add(offers, offer);
    }
    g_ptr_array_sort(offers, by_count);
    if (offers->len > MAX_OFFERS)
        g_ptr_array_set_size(offers, MAX_OFFERS);
    return offers;
}
