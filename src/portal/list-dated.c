/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lists whose rows lead nowhere: tables of outages, of days when waste is collected, of hearings,
 * and pages that grow, where each dated heading or paragraph begins a piece of news.
 *
 * 1. Children of one element that are alike and of which most begin with a date, or have a cell
 *    that is one, are rows; what follows a dated heading or paragraph up to the next belongs to it.
 * 2. Rows of the same kind in several places (a table a month) are one list.
 * 3. The list with the most dated text is taken.
 *
 * Such rows have no page of their own: their link is that of the page, with a fragment made of what
 * the row says.  The same row is the same entry wherever it stands tomorrow, a changed one is
 * another.  Where a day lies ahead, the days are those on which something takes place, and nothing
 * says when the rows were published.
 */
#include "config.h"

#include "base/clean.h"
#include "base/regex.h"
#include "document/html.h"
#include "portal/features.h"
#include "portal/list-parts.h"
#include "portal/page.h"
#include "portal/row.h"
#include "text/date-near.h"
#include "text/fold.h"

#include <string.h>

#define MAX_ROWS     4000 /* that are read on one page */
#define MAX_CHILDREN 8000 /* of one element that are looked at */
#define MAX_CELL     4000 /* bytes of a cell, or of a paragraph */
#define MAX_BODY     40000
#define MAX_LEAD     120 /* bytes at the beginning of a row in which its date is looked for */
#define MAX_NODES    60  /* nodes of a row in which an element that is a date is looked for */
#define MAX_DATE     48  /* bytes of a date */
#define MAX_BESIDE   16  /* bytes of a weekday and of brackets beside one */
#define MAX_TITLE    160 /* characters */
#define MIN_ROWS     3   /* two may be any pair */
/*
 * Characters that a row says beside its date, of Chinese a third as many: a street and a number.
 * Twice as many lose streets, half as many take opening hours ("Mon 9:00-12:00") for news.
 */
#define MIN_TEXT 14
/* a day later than this is one on which something takes place */
#define TOMORROW (INT64_C(2) * 86400)

struct dated_row {
    const xmlNode *node;
    struct date date;
    GPtrArray *cells;    /* owned char *: what it says without the date */
    GPtrArray *labels;   /* owned char *, of the cells; or empty */
    GString *body;       /* what follows and belongs to it */
    char *href;          /* where a row of a table leads, or NULL */
    guint shown, linked; /* weight of its text, and of that in links */
};

struct dated_group {
    GPtrArray *rows; /* owned struct dated_row * */
    guint all;       /* rows, dated or not, without what belongs to another */
    guint text;      /* weight of what the rows say */
    bool runs;       /* of headings or paragraphs, which follow one another */
};

static void
row_free(gpointer data)
{
    struct dated_row *row = data;
    g_ptr_array_unref(row->cells);
    g_ptr_array_unref(row->labels);
    g_string_free(row->body, TRUE);
    g_free(row->href);
    g_free(row);
}

static void
group_free(gpointer data)
{
    struct dated_group *group = data;
    g_ptr_array_unref(group->rows);
    g_free(group);
}

/* --- dates ----------------------------------------------------------------------------------- */

/* Of a day without a year the one that is nearest to now. */
static bool
near_date(const char *text, const struct list_options *o, struct date *out)
{
    static GRegex *clock;
    if (g_regex_match(regex_once(&clock, "^\\d{1,2}[:.]\\d\\d$"), text, 0, NULL) ||
        !date_parse_near(text, &o->dates, o->now, out))
        return false;
    if (out->precision != DATE_DAY || o->now - out->time <= INT64_C(200) * 86400)
        return true;
    g_autoptr(GDateTime) past = g_date_time_new_from_unix_utc(out->time);
    g_autoptr(GDateTime) next = past ? g_date_time_add_years(past, 1) : NULL;
    if (next)
        out->time = g_date_time_to_unix(next);
    return true;
}

static bool
is_possible(const struct date *date, const struct list_options *o)
{
    return date_is_plausible(date, o->now + LIST_AHEAD);
}

/* Whether a text is a date and nothing else but a weekday. */
static bool
is_date(const char *text, const struct list_options *o, struct date *out)
{
    gsize length = strlen(text), from, to;
    if (!length || length > MAX_DATE)
        return false;
    if (date_find(text, &o->dates, out, &from, &to))
        return length - (to - from) <= MAX_BESIDE && is_possible(out, o);
    return near_date(text, o, out) && is_possible(out, o);
}

static const char *
past_signs(const char *text)
{
    static const char *const signs[] = {" ", "-", "–", "—",  ":",  "|",  "·",  ",",
                                        ".", ")", "]", "：", "，", "）", "】", NULL};
    for (bool moved = true; moved && *text;) {
        moved = false;
        for (int i = 0; signs[i] && !moved; i++) {
            moved = g_str_has_prefix(text, signs[i]);
            text += moved ? strlen(signs[i]) : 0;
        }
    }
    return text;
}

/* Whether nothing but brackets and a weekday stands before a date: no number, no sentence. */
static bool
may_lead(const char *text, gsize length)
{
    guint words = 0;
    for (const char *p = text; p < text + length; p++) {
        if (g_ascii_isdigit(*p))
            return false;
        words += g_ascii_isspace(*p);
    }
    return length <= 24 && words <= 1;
}

/* A date at the beginning of a text; *rest: what stands behind it. */
static bool
lead_date(const char *text, const struct list_options *o, struct date *out, const char **rest)
{
    static GRegex *separator;
    g_autofree char *head = text_beginning(text, strlen(text), MAX_LEAD);
    gsize from, to;
    if (date_find(head, &o->dates, out, &from, &to) && may_lead(head, from) &&
        is_possible(out, o)) {
        *rest = past_signs(text + to);
        return true;
    }
    g_autoptr(GMatchInfo) match = NULL;
    int start, end;
    if (!g_regex_match(
            regex_once(&separator, "\\s+[-–—|]\\s+|\\s*[:：](?:\\s+|$)|\\s[-–—]|[-–—]\\s"), head, 0,
            &match) ||
        !g_match_info_fetch_pos(match, 0, &start, &end))
        return false;
    g_autofree char *first = g_strndup(head, (gsize)start);
    if (!is_date(g_strstrip(first), o, out))
        return false;
    *rest = past_signs(text + end);
    return true;
}

/* --- what a row says -------------------------------------------------------------------------- */

static bool
is_chrome(const xmlNode *node)
{
    return node_is(node,
                   "nav header footer aside form select script style noscript template button");
}

static char *
text_of(const xmlNode *node)
{
    g_autofree char *text = html_text(node);
    return text_beginning(text, strlen(text), MAX_CELL);
}

/* The beginning of what an element shows. */
static char *
head_of(const xmlNode *node)
{
    g_autoptr(GString) head = g_string_new(NULL);
    for (const xmlNode *n = node; n && head->len < MAX_LEAD; n = node_next(n, node))
        if (n->type == XML_TEXT_NODE && n->content && !is_chrome(n->parent)) {
            g_string_append_len(head, (const char *)n->content,
                                (gssize)MIN(strlen((const char *)n->content), 2 * MAX_LEAD));
            g_string_append_c(head, ' ');
        }
    g_autofree char *valid = g_utf8_make_valid(head->str, -1);
    return text_squeeze(valid, -1);
}

/* The first element within a row that is a date and nothing else. */
static const xmlNode *
date_element(const xmlNode *row, const struct list_options *o, struct date *out)
{
    int looked = 0;
    for (const xmlNode *n = row->children; n && looked < MAX_NODES;
         n = node_next(n, row), looked++) {
        if (n->type != XML_ELEMENT_NODE || is_chrome(n))
            continue;
        g_autofree char *machine = node_is(n, "time") ? html_attribute(n, "datetime") : NULL;
        if (machine && is_date(machine, o, out))
            return n;
        if (xmlChildElementCount((xmlNode *)n) > 4)
            continue;
        g_autofree char *head = head_of(n);
        if (is_date(head, o, out))
            return n;
    }
    return NULL;
}

static void
count_links(struct dated_row *row, const xmlNode *node)
{
    const struct features *features = features_of(node);
    row->shown += features ? features->text : 0;
    row->linked += features ? features->linked : 0;
}

/* Where a row leads, as it is written; newly allocated, or NULL. */
static char *
href_of(const xmlNode *row)
{
    int looked = 0;
    for (const xmlNode *n = row->children; n && looked < MAX_NODES;
         n = node_next(n, row), looked++) {
        g_autofree char *href = node_is(n, "a") ? html_attribute(n, "href") : NULL;
        if (href && *href && *href != '#' && !g_str_has_prefix(href, "mailto:") &&
            !g_str_has_prefix(href, "tel:") && !g_str_has_prefix(href, "javascript:"))
            return g_steal_pointer(&href);
    }
    return NULL;
}

/* A number alone in the first cell counts the rows. */
static bool
is_index(const char *cell)
{
    return strspn(cell, "0123456789.№# ") == strlen(cell);
}

static void
add_cell(struct dated_row *row, const char *text, const char *label)
{
    if (text_is_blank(text) || (!row->cells->len && is_index(text)))
        return;
    g_ptr_array_add(row->cells, g_strdup(text));
    g_ptr_array_add(row->labels, g_strdup(label ? label : ""));
}

/* Whether all that a cell says is a link, as "View PDF". */
static bool
is_linked(const xmlNode *cell)
{
    const struct features *features = features_of(cell);
    return features && features->linked && features->linked * 10 >= features->text * 9;
}

/* labels: char *, of the columns. */
static bool
read_cells(const xmlNode *tr, const GPtrArray *labels, const struct list_options *o,
           struct dated_row *row)
{
    bool dated = false;
    guint column = 0, others = 0;   /* others: cells that are dates too */
    g_autofree char *linked = NULL; /* what leads on is no name of a row that has another */
    for (const xmlNode *cell = tr->children; cell; cell = cell->next) {
        if (!node_is(cell, "td th"))
            continue;
        g_autofree char *text = text_of(cell);
        const char *label = column < labels->len ? g_ptr_array_index(labels, column) : NULL,
                   *rest = NULL;
        struct date other;
        column++;
        if (!dated && is_date(text, o, &row->date))
            dated = true;
        else if (!dated && lead_date(text, o, &row->date, &rest))
            dated = true, add_cell(row, rest, label);
        else if (dated && is_date(text, o, &other))
            others++, add_cell(row, text, label);
        else if (dated && is_linked(cell))
            linked = linked ? linked : g_steal_pointer(&text);
        else
            add_cell(row, text, label);
    }
    if (linked && !row->cells->len)
        add_cell(row, linked, NULL);
    return dated && (!others || others < row->cells->len); /* all dates: a calendar's own form */
}

static bool
read_text(const xmlNode *node, const struct list_options *o, struct dated_row *row)
{
    g_autofree char *head = head_of(node);
    const char *rest;
    struct date date;
    bool leads = is_date(head, o, &date) || lead_date(head, o, &date, &rest);
    const xmlNode *element = leads ? NULL : date_element(node, o, &row->date);
    if (!leads && !element)
        return false;
    g_autofree char *text = text_of(node);
    if (element) {
        g_autofree char *own = text_of(element);
        char *at = *own ? strstr(text, own) : NULL;
        g_autofree char *before = at ? g_strndup(text, (gsize)(at - text)) : g_strdup(text);
        g_autofree char *all = g_strconcat(before, at ? past_signs(at + strlen(own)) : "", NULL);
        add_cell(row, g_strstrip(all), NULL);
        return true;
    }
    if (is_date(text, o, &row->date))
        return true; /* what it is about follows */
    if (!lead_date(text, o, &row->date, &rest))
        return false;
    add_cell(row, rest, NULL);
    return true;
}

/* The caller's; NULL when the element has no date. */
static struct dated_row *
read_row(const xmlNode *node, const GPtrArray *labels, const struct list_options *o)
{
    struct dated_row *row = g_new0(struct dated_row, 1);
    row->node = node;
    row->cells = g_ptr_array_new_with_free_func(g_free);
    row->labels = g_ptr_array_new_with_free_func(g_free);
    row->body = g_string_new(NULL);
    bool dated = node_is(node, "tr") ? read_cells(node, labels, o, row) : read_text(node, o, row);
    if (!dated) {
        row_free(row);
        return NULL;
    }
    count_links(row, node);
    row->href = node_is(node, "tr") ? href_of(node) : NULL;
    return row;
}

/* --- rows that belong together ---------------------------------------------------------------- */

struct reading {
    const struct list_options *options;
    GHashTable *groups; /* signature -> struct dated_group *, owned */
    GPtrArray *order;   /* the same, borrowed, as they stand on the page */
    guint read;         /* rows */
};

static guint
depth_of(const xmlNode *node)
{
    guint depth = 0;
    for (const xmlNode *n = node->parent; n; n = n->parent)
        depth++;
    return depth;
}

/* What rows of one list have in common, wherever they stand. */
static char *
signature(const xmlNode *parent, const char *name, const GPtrArray *labels)
{
    g_autofree char *class = html_attribute(parent, "class");
    GString *out = g_string_new(name);
    g_string_append_printf(out, "|%u|%s", depth_of(parent), class ? class : "");
    for (guint i = 0; i < labels->len; i++)
        g_string_append_printf(out, "|%s", (const char *)g_ptr_array_index(labels, i));
    return g_string_free(out, FALSE);
}

static struct dated_group *
group_for(struct reading *r, const xmlNode *parent, const char *name, const GPtrArray *labels)
{
    g_autofree char *key = signature(parent, name, labels);
    struct dated_group *group = g_hash_table_lookup(r->groups, key);
    if (group)
        return group;
    group = g_new0(struct dated_group, 1);
    group->rows = g_ptr_array_new_with_free_func(row_free);
    static const char *const runs[] = {"p",  "h1", "h2", "h3",     "h4", "h5",
                                       "h6", "dt", "b",  "strong", NULL};
    group->runs = g_strv_contains(runs, name);
    g_hash_table_insert(r->groups, g_steal_pointer(&key), group);
    g_ptr_array_add(r->order, group);
    return group;
}

/* The names of a table's columns, from a row of <th> in it or in its head. */
static GPtrArray *
labels_of(const xmlNode *parent)
{
    GPtrArray *labels = g_ptr_array_new_with_free_func(g_free);
    const xmlNode *table = node_is(parent, "tbody") && parent->parent ? parent->parent : parent;
    if (!node_is(table, "table"))
        return labels;
    int looked = 0;
    for (const xmlNode *n = table->children; n && looked < MAX_NODES;
         n = node_next(n, table), looked++) {
        if (!node_is(n, "tr"))
            continue;
        guint heads = 0, cells = 0;
        for (const xmlNode *cell = n->children; cell; cell = cell->next) {
            heads += node_is(cell, "th");
            cells += node_is(cell, "td th");
        }
        bool head = cells >= 2 && (heads == cells || node_is(n->parent, "thead"));
        for (const xmlNode *cell = n->children; head && cell; cell = cell->next)
            if (node_is(cell, "td th"))
                g_ptr_array_add(labels, text_of(cell));
        break;
    }
    return labels;
}

static void
add_to_body(struct dated_row *row, const xmlNode *node)
{
    g_autofree char *text = node->type == XML_ELEMENT_NODE && !is_chrome(node) ? text_of(node)
                                                                               : NULL;
    if (text && *text && row->body->len + strlen(text) < MAX_BODY)
        g_string_append_printf(row->body, "%s%s", row->body->len ? "\n\n" : "", text);
    if (text)
        count_links(row, node);
}

/* Reads the children of that name; what stands between dated ones belongs to the one before. */
static void
read_children(struct reading *r, const xmlNode *parent, const char *name)
{
    g_autoptr(GPtrArray) labels = labels_of(parent);
    struct dated_group *group = group_for(r, parent, name, labels);
    struct dated_row *last = NULL;
    for (const xmlNode *child = parent->children; child && r->read < MAX_ROWS;
         child = child->next) {
        if (child->type != XML_ELEMENT_NODE)
            continue;
        bool candidate = !strcmp((const char *)child->name, name);
        struct dated_row *row = candidate ? read_row(child, labels, r->options) : NULL;
        r->read += candidate;
        group->all += candidate && (row || !last || !group->runs);
        if (row) {
            g_ptr_array_add(group->rows, row);
            last = row;
        } else if (last) {
            add_to_body(last, child);
        }
    }
}

/* Whether it is worth reading as a row. */
static bool
may_be_dated(const xmlNode *node, const struct list_options *o)
{
    struct date date;
    const char *rest;
    g_autofree char *head = head_of(node);
    if (is_date(head, o, &date) || lead_date(head, o, &date, &rest))
        return true;
    return node_is(node, "tr li") &&
           (date_find(head, &o->dates, &date, NULL, NULL) || date_element(node, o, &date));
}

/*
 * The name that most of an element's children have, of those that can be rows: headings before the
 * paragraphs below them.
 */
static const char *
name_of_rows(const xmlNode *parent, const struct list_options *o)
{
    static const char *const names[] = {"tr", "li", "h2", "h3",      "h4",      "h5",
                                        "h6", "dt", "p",  "section", "article", "div"};
    guint counts[G_N_ELEMENTS(names)] = {0}, dated[G_N_ELEMENTS(names)] = {0}, looked = 0;
    for (const xmlNode *child = parent->children; child && looked < MAX_CHILDREN;
         child = child->next) {
        looked++;
        for (size_t i = 0; child->type == XML_ELEMENT_NODE && i < G_N_ELEMENTS(names); i++) {
            if (strcmp((const char *)child->name, names[i]))
                continue;
            counts[i]++;
            /* the first few tell: most elements of a page have no dates at all */
            if (counts[i] > 12 && !dated[i])
                continue;
            dated[i] += dated[i] < MIN_ROWS && may_be_dated(child, o);
        }
    }
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (counts[i] >= MIN_ROWS && dated[i])
            return names[i];
    return NULL;
}

static void
collect(struct reading *r, struct page *page)
{
    for (const xmlNode *node = page_root(page); node && r->read < MAX_ROWS;) {
        if (node->type != XML_ELEMENT_NODE) {
            node = node_next(node, NULL);
            continue;
        }
        const struct features *features = features_of(node);
        if (is_chrome(node) || !features || features->hints & HINT_COMMENT) {
            const xmlNode *n = node;
            while (n && !n->next)
                n = n->parent;
            node = n ? n->next : NULL;
            continue;
        }
        const char *name =
            node->children && node->children != node->last ? name_of_rows(node, r->options) : NULL;
        if (name)
            read_children(r, node, name);
        node = node_next(node, NULL);
    }
}

/* --- the list --------------------------------------------------------------------------------- */

static guint
length_of(const char *text)
{
    return MAX(features_text_weight(text, NULL), (guint)g_utf8_strlen(text, -1));
}

static guint
weight_of(const struct dated_row *row)
{
    guint weight = length_of(row->body->str);
    for (guint i = 0; i < row->cells->len; i++)
        weight += length_of(g_ptr_array_index(row->cells, i));
    return weight;
}

/* Days that go up or down, as in a diary: a history tells of years here and there. */
static bool
is_in_order(const GPtrArray *rows)
{
    guint up = 0, down = 0;
    for (guint i = 1; i < rows->len; i++) {
        const struct dated_row *a = g_ptr_array_index(rows, i - 1), *b = g_ptr_array_index(rows, i);
        up += a->date.time < b->date.time;
        down += a->date.time > b->date.time;
    }
    return MIN(up, down) * 10 <= rows->len;
}

/* leading: whether rows may lead somewhere. */
static bool
is_list(struct dated_group *group, bool leading)
{
    guint linked = 0;
    group->text = 0;
    for (guint i = 0; i < group->rows->len;) {
        const struct dated_row *row = g_ptr_array_index(group->rows, i);
        guint weight = weight_of(row);
        if (weight < MIN_TEXT) {
            g_ptr_array_remove_index(group->rows, i);
            continue;
        }
        group->text += MIN(weight, 120);
        linked += row->href ? !leading : row->linked * 2 > row->shown;
        i++;
    }
    return group->rows->len >= MIN_ROWS && group->rows->len * 2 >= group->all &&
           linked * 2 < group->rows->len && (!group->runs || is_in_order(group->rows));
}

/* The beginning of a text: its first sentence, where that is not too long. */
static char *
first_words(const char *text)
{
    static GRegex *end;
    regex_once(&end, "[.!?](?=\\s+\\p{Lu})|[。！？]|\\n");
    g_autoptr(GMatchInfo) match = NULL;
    int from, to;
    g_autofree char *first = NULL;
    if (g_utf8_strlen(text, -1) > MAX_TITLE / 2 && g_regex_match(end, text, 0, &match) &&
        g_match_info_fetch_pos(match, 0, &from, &to) && from > 20)
        first = g_strndup(text, (gsize)from);
    const char *line = first ? first : text;
    if (g_utf8_strlen(line, -1) <= MAX_TITLE)
        return g_strdup(line);
    g_autofree char *cut = g_utf8_substring(line, 0, MAX_TITLE);
    char *blank = strrchr(cut, ' ');
    if (blank && blank > cut + strlen(cut) / 2)
        *blank = '\0';
    return g_strconcat(cut, "…", NULL);
}

static char *
title_of(const struct dated_row *row)
{
    GString *all = g_string_new(NULL);
    for (guint i = 0; i < row->cells->len; i++)
        g_string_append_printf(all, "%s%s", i ? " · " : "",
                               (const char *)g_ptr_array_index(row->cells, i));
    if (!all->len) {
        const char *end = strstr(row->body->str, "\n\n");
        g_string_append_len(all, row->body->str, end ? end - row->body->str : -1);
    }
    g_autofree char *words = first_words(all->str);
    g_string_free(all, TRUE);
    return text_squeeze(words, -1);
}

/* What the row says in full, where that is more than its title. */
static char *
summary_of(const struct dated_row *row, const char *title)
{
    GString *text = g_string_new(NULL);
    bool labelled = false;
    for (guint i = 0; i < row->cells->len; i++) {
        const char *label = g_ptr_array_index(row->labels, i);
        labelled |= *label;
        g_string_append_printf(text, "%s%s%s%s", i ? "\n\n" : "", label, *label ? ": " : "",
                               (const char *)g_ptr_array_index(row->cells, i));
    }
    if (row->body->len)
        g_string_append_printf(text, "%s%s", text->len ? "\n\n" : "", row->body->str);
    bool more = (labelled || row->cells->len > 1 || row->body->len) && strcmp(text->str, title);
    more |= strlen(text->str) > strlen(title);
    return g_string_free(text, !more);
}

/* What a row says, without what changes from one visit to the next. */
static char *
digest_of(const struct dated_row *row)
{
    static GRegex *volatile_parts;
    regex_once(
        &volatile_parts,
        "\\d+\\s*(?:views?|reads?|просмотр\\p{L}*|переглядів|aufrufe|vues|vistas|次浏览|次阅读|次)|"
        "(?:in|через|noch|dans|en)\\s+\\d+\\s+\\p{L}+|\\d+\\s*(?:days?|天|дн\\p{L}*)\\s*(?:left|ago|后|前|назад)");
    g_autofree char *date = date_iso(&row->date);
    g_autoptr(GString) all = g_string_new(date);
    for (guint i = 0; i < row->cells->len; i++)
        g_string_append_printf(all, "\n%s", (const char *)g_ptr_array_index(row->cells, i));
    if (!row->cells->len) /* the text below a heading may grow, its beginning hardly */
        g_string_append_printf(all, "\n%.*s", 200, row->body->str);
    g_autofree char *valid = g_utf8_make_valid(all->str, -1);
    g_autofree char *lower = g_utf8_casefold(valid, -1);
    g_autofree char *lasting = g_regex_replace_literal(volatile_parts, lower, -1, 0, "", 0, NULL);
    g_autofree char *same = g_utf8_normalize(lasting ? lasting : lower, -1, G_NORMALIZE_ALL);
    g_autofree char *line = text_squeeze(same ? same : lower, -1);
    char *digest = g_compute_checksum_for_string(G_CHECKSUM_SHA1, line, -1);
    digest[12] = '\0';
    return digest;
}

static bool
is_ahead(const GPtrArray *rows, int64_t now)
{
    for (guint i = 0; i < rows->len; i++)
        if (((const struct dated_row *)g_ptr_array_index(rows, i))->date.time > now + TOMORROW)
            return true;
    return false;
}

static void
add_linked(struct list *list, struct page *page, const struct dated_row *row, char *title,
           bool ahead, const struct list_options *o)
{
    AUTO(row_parts_clear) struct row_parts parts = {.title = title,
                                                    .href = g_strdup(row->href),
                                                    .summary = summary_of(row, title),
                                                    .dated = true};
    if (!ahead)
        parts.published = row->date;
    guint before = list->entries->len;
    list_add_row(list, page, &parts, o);
    if (ahead && list->entries->len > before)
        ((struct list_entry *)g_ptr_array_index(list->entries, before))->starts = row->date;
}

void
list_by_dates(struct list *list, struct page *page, bool leading, const struct list_options *o)
{
    struct reading r = {o, g_hash_table_new_full(g_str_hash, g_str_equal, g_free, group_free),
                        g_ptr_array_new(), 0};
    page_count_features(page);
    collect(&r, page);
    const struct dated_group *best = NULL;
    for (guint i = 0; i < r.order->len; i++) {
        struct dated_group *group = g_ptr_array_index(r.order, i);
        if (is_list(group, leading) && (!best || group->text > best->text))
            best = group;
    }
    bool ahead = best && is_ahead(best->rows, o->now);
    for (guint i = 0; best && i < best->rows->len; i++) {
        const struct dated_row *row = g_ptr_array_index(best->rows, i);
        g_autofree char *title = title_of(row), *digest = digest_of(row);
        if (row->href) {
            add_linked(list, page, row, g_steal_pointer(&title), ahead, o);
            continue;
        }
        list_add_own(list, page, title, summary_of(row, title), digest, &row->date, ahead);
    }
    g_hash_table_unref(r.groups);
    g_ptr_array_unref(r.order);
}
