/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lists by rule or by repetition.  Without rules, links with enough text are grouped by
 * the kind of element that repeats around them; the group with the most text and the most
 * dates is the list.
 */
#include "config.h"

#include "portal/list.h"
#include "base/i18n.h"
#include "base/url.h"
#include "config/catalogue.h"
#include "document/html.h"
#include "portal/carrier.h"
#include "portal/json.h"
#include "portal/onward.h"
#include "portal/request.h"
#include "portal/rule.h"
#include "text/clean.h"

#include <string.h>

#define MAX_ENTRIES 2000

static void
entry_free(gpointer data)
{
    struct list_entry *entry = data;
    g_free(entry->title);
    g_free(entry->link);
    g_free(entry->summary);
    g_free(entry);
}

void
list_free(struct list *list)
{
    g_ptr_array_unref(list->entries);
    g_free(list->next);
    g_free(list->rows);
    g_free(list);
}

/* @title when the visible text is cut: "…" or "..." at its end, and the same start. */
static char *
whole_title(const xmlNode *link, char *text)
{
    g_autofree char *raw = html_attribute(link, "title");
    g_autofree char *title = raw ? text_squeeze(raw, -1) : NULL;
    if (!title || strchr(title, '<'))
        return text;
    g_autofree char *stem = g_strdup(text);
    if (g_str_has_suffix(stem, "…"))
        stem[strlen(stem) - strlen("…")] = '\0';
    while (g_str_has_suffix(stem, "."))
        stem[strlen(stem) - 1] = '\0';
    if (strlen(title) > strlen(stem) && g_str_has_prefix(title, stem) && *stem) {
        g_free(text);
        return g_steal_pointer(&title);
    }
    return text;
}

static bool
is_more_link(const char *title)
{
    static const char *const words[] = {"更多", "更多>>", "more", "more>>", "more...", "下一页", "上一页", "首页", "尾页", "末页", "next",
                                        "previous", "подробнее", "далее", "назад", "ещё", "еще", ">>", "»", NULL};
    g_autofree char *lower = g_utf8_strdown(title, -1);
    return g_strv_contains(words, lower);
}

static bool
add_entry(struct list *list, struct page *page, char *title, const char *href, char *summary, const struct date *date)
{
    g_autofree char *link = href ? page_resolve(page, href) : NULL;
    g_autofree char *own = page->url ? url_identity(page->url) : NULL;
    g_autofree char *identity = link ? url_identity(link) : NULL;
    bool bad = !link || !title || !*title || is_more_link(title) || (own && g_str_equal(own, identity)) ||
               list->entries->len >= MAX_ENTRIES;
    for (guint i = 0; i < list->entries->len && !bad; i++)
        bad = g_str_equal(((const struct list_entry *)g_ptr_array_index(list->entries, i))->link, link);
    if (bad) {
        g_free(title);
        g_free(summary);
        return false;
    }
    struct list_entry *entry = g_new0(struct list_entry, 1);
    *entry = (struct list_entry){title, g_steal_pointer(&link), summary, *date};
    g_ptr_array_add(list->entries, entry);
    return true;
}

static void by_fragment(struct list *list, struct page *page, const char *html, const char *carrier, const struct list_options *o);

static const xmlNode *
first_link(const xmlNode *row)
{
    const xmlNode *best = NULL;
    gsize most = 0;
    for (const xmlNode *n = row; n; n = node_next(n, row)) {
        if (!node_is(n, "a"))
            continue;
        g_autofree char *href = html_attribute(n, "href");
        g_autofree char *text = html_text(n);
        if (href && strlen(text) > most) {
            most = strlen(text);
            best = n;
        }
    }
    return best;
}

/* The date that a row prints outside its title. */
static struct date
row_date(const xmlNode *row, const char *title, const struct list_options *o)
{
    struct date date = {0};
    g_autofree char *text = html_text(row);
    const char *at = title && *title ? strstr(text, title) : NULL;
    g_autofree char *before = at ? g_strndup(text, at - text) : NULL;
    const char *rest = at ? at + strlen(title) : text;
    if ((date_find(rest, o->offset, &date, NULL, NULL) || (before && date_find(before, o->offset, &date, NULL, NULL))) &&
        date_is_plausible(&date, o->now))
        return date;
    return (struct date){0};
}

static bool
is_wanted(const struct portal_section *s, const char *title, const char *link)
{
    return (!s->keep_title || g_regex_match(s->keep_title, title, 0, NULL)) &&
           (!s->keep_link || g_regex_match(s->keep_link, link, 0, NULL)) &&
           !(s->drop_title && g_regex_match(s->drop_title, title, 0, NULL)) &&
           !(s->drop_link && g_regex_match(s->drop_link, link, 0, NULL));
}

/* One row, of HTML (scope->node) or JSON (scope->json). */
static void
take_row(struct list *list, struct page *page, struct rule_scope *scope, const struct list_options *o)
{
    const struct portal_section *s = o->section;
    const xmlNode *row = scope->node, *link = row ? first_link(row) : NULL;
    g_autofree char *title = rule_text(scope, &s->title);
    if (!title && link)
        title = html_text(link);
    if (title && link)
        title = whole_title(link, title);
    g_autofree char *href = rule_text(scope, &s->link);
    if (!href && link)
        href = html_attribute(link, "href");
    g_autofree char *url = href ? page_resolve(page, href) : NULL;
    if (!title || !url || !is_wanted(s, title, url))
        return;
    scope->url = url;
    struct date date = {0};
    if (!rule_date(scope, &s->date, o->offset, o->now, &date) && row)
        date = row_date(row, title, o);
    char *summary = rule_text(scope, &s->summary);
    add_entry(list, page, g_steal_pointer(&title), url, summary, &date);
}

static void
by_rules(struct list *list, struct page *page, const struct list_options *o)
{
    struct rule_scope scope = {.page = page};
    g_autoptr(GPtrArray) rows = rule_nodes(&scope, &o->section->rows);
    if (!rows->len)
        rule_warn_empty(page, &o->section->rows);
    for (guint i = 0; i < rows->len; i++) {
        scope.node = g_ptr_array_index(rows, i);
        take_row(list, page, &scope, o);
    }
}

/* Rows of the page's JSON, or of the HTML that one of its strings holds. */
static void
by_json_rules(struct list *list, struct page *page, const struct list_options *o)
{
    const struct portal_section *s = o->section;
    json_t *root = rule_page_json(page, s->json);
    struct rule_scope scope = {.page = page, .json = root};
    g_autofree char *html = root && s->html ? json_text(json_at(root, s->html)) : NULL;
    if (root && s->html) {
        if (html)
            by_fragment(list, page, html, "json", o);
        else
            page_warn(page, "rule", "%s: Html: '%s' is no text in the page's JSON", o->portal->file, s->html);
    } else if (root) {
        const json_t *rows = rule_json(&scope, &s->rows);
        size_t i;
        const json_t *row;
        if (!json_is_array(rows) || !json_array_size(rows))
            rule_warn_empty(page, &s->rows);
        json_array_foreach(rows, i, row) {
            scope.json = row;
            take_row(list, page, &scope, o);
        }
        list->carrier = s->json ? "script" : "json";
    }
    json_decref(root);
}

/* --- by repetition ------------------------------------------------------------------ */

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

static guint
weight(const char *text)
{
    guint total = 0;
    for (const char *p = text; *p; p = g_utf8_next_char(p))
        total += g_utf8_get_char(p) >= 0x2e80 ? 3 : 1;
    return total;
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

static void
by_repetition(struct list *list, struct page *page, const struct list_options *o)
{
    g_autoptr(GHashTable) groups = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, group_free);
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
    for (const xmlNode *node = page_root(page); node; node = node_next(node, NULL)) {
        if (!node_is(node, "a") || in_chrome(node))
            continue;
        const xmlNode *row = row_of(node);
        if (!row || !row->parent || !g_hash_table_add(seen, (gpointer)row))
            continue;
        const xmlNode *link = first_link(row);
        g_autofree char *text = link ? html_text(link) : g_strdup("");
        if (weight(text) < 8)
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
        group->text += MIN(weight(text), 120);
        group->dates += row_date(row, text, o).precision != DATE_NONE;
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
        const xmlNode *link = first_link(row);
        g_autofree char *href = html_attribute(link, "href");
        g_autofree char *visible = html_text(link);
        struct date date = row_date(row, visible, o);
        char *title = whole_title(link, g_steal_pointer(&visible));
        add_entry(list, page, title, href, NULL, &date);
    }
}

/* --- paging ------------------------------------------------------------------------- */

static char *
find_next(struct page *page, const struct list_options *o)
{
    const struct portal_section *s = o->section;
    if (s && portal_rule_given(&s->next)) {
        struct rule_scope scope = {.page = page, .url = page->url};
        g_autofree char *href = rule_text(&scope, &s->next);
        return href ? page_resolve(page, href) : NULL;
    }
    if (!s)
        return onward_list(page);
    /* what needs a token or a body is no URL that somebody could follow; a fetch knows them */
    AUTO(portal_request_clear) struct portal_request request;
    bool paged = portal_request_page(o->portal, s, portal_page_number(s, page->url) + 1, NULL, &request);
    if (!paged)
        return onward_list(page);
    return request.post || portal_rule_given(&s->token) ? NULL : g_steal_pointer(&request.url);
}

static const char *
why_empty(struct page *page)
{
    for (guint i = 0; i < page->warnings->len; i++) {
        const struct page_warning *w = g_ptr_array_index(page->warnings, i);
        if (g_str_equal(w->code, "rule") || g_str_equal(w->code, "json"))
            return w->message;
    }
    g_autofree char *text = page_root(page) ? html_text(page_root(page)) : g_strdup("");
    g_autoptr(GPtrArray) scripts = page_select(page, NULL, "//script", NULL);
    g_autoptr(GPtrArray) links = page_select(page, NULL, "//a[@href]", NULL);
    if (strstr(text, "{{") || (scripts && scripts->len && weight(text) < 200))
        return links && links->len < 3 && weight(text) < 40 ? _("blocked") : _("filled by script");
    return _("empty");
}

/* The rows of HTML that the page carries hidden, read as a page of its own. */
static void
by_fragment(struct list *list, struct page *page, const char *html, const char *carrier, const struct list_options *o)
{
    if (!html)
        return;
    struct charset_hints hints = {.forced = "utf-8"};
    g_autofree char *whole = g_strconcat("<html><body><ul>", html, "</ul></body></html>", NULL);
    AUTO(page_free) struct page *inner = page_open(whole, strlen(whole), &hints, page->base);
    if (o->section && portal_rule_given(&o->section->rows))
        by_rules(list, inner, o);
    if (!list->entries->len)
        by_repetition(list, inner, o);
    for (guint i = 0; i < inner->warnings->len; i++) {
        const struct page_warning *w = g_ptr_array_index(inner->warnings, i);
        page_warn(page, w->code, "%s", w->message);
    }
    if (list->entries->len)
        list->carrier = carrier;
}

static void
by_data(struct list *list, struct page *page, GPtrArray *rows, const char *carrier, const struct list_options *o)
{
    for (guint i = 0; rows->len >= 2 && i < rows->len; i++) {
        const struct carrier_row *row = g_ptr_array_index(rows, i);
        struct date date = {0};
        if (!row->date || !date_parse(row->date, o->offset, &date) || !date_is_plausible(&date, o->now))
            date = (struct date){0};
        g_autofree char *title = text_squeeze(row->title, -1);
        add_entry(list, page, g_steal_pointer(&title), row->link, row->summary ? text_squeeze(row->summary, -1) : NULL, &date);
    }
    if (list->entries->len)
        list->carrier = carrier;
    g_ptr_array_unref(rows);
}

/* Rows that a browser shows, with dates: the list itself and not a menu beside it. */
static bool
is_sure(const struct list *list)
{
    guint dated = 0;
    for (guint i = 0; i < list->entries->len; i++)
        dated += ((const struct list_entry *)g_ptr_array_index(list->entries, i))->published.precision != DATE_NONE;
    return dated >= 3 || dated * 2 > list->entries->len;
}

static void
by_carriers(struct list *list, struct page *page, const struct list_options *o)
{
    by_fragment(list, page, page->records, "cdata", o);
    if (!list->entries->len && page->json)
        by_data(list, page, carrier_json(page->json), "json", o);
    if (list->entries->len)
        return;
    by_repetition(list, page, o);
    if (is_sure(list))
        return;
    /* what is there without dates may be the menu of a list that a script fills */
    g_autoptr(GPtrArray) shown = g_steal_pointer(&list->entries);
    list->entries = g_ptr_array_new_with_free_func(entry_free);
    g_autofree char *comments = carrier_comments(page);
    by_fragment(list, page, comments, "comment", o);
    if (!list->entries->len)
        by_data(list, page, carrier_scripts(page), "script", o);
    if (list->entries->len < 2 || !is_sure(list)) {
        list->carrier = "rows";
        g_ptr_array_unref(list->entries);
        list->entries = g_steal_pointer(&shown);
    }
}

struct list *
list_by_profile(struct page *page, const struct list_options *o)
{
    const struct portal *profile = o->profiles && !o->section ? catalogue_match(o->profiles, page->source) : NULL;
    if (!profile || !profile->sections->len)
        return NULL;
    const struct portal_section *s = g_ptr_array_index(profile->sections, 0);
    if (!portal_rule_given(&s->rows))
        return NULL;
    guint warnings = page->warnings->len;
    struct list_options options = {.portal = profile, .section = s, .offset = o->offset, .now = o->now};
    AUTO(list_free) struct list *list = list_extract(page, &options, NULL);
    if (list && list->entries->len >= 2 && is_sure(list))
        return g_steal_pointer(&list);
    g_ptr_array_set_size(page->warnings, (int)warnings); /* it was only a try */
    return NULL;
}

struct list *
list_extract(struct page *page, const struct list_options *o, GError **error)
{
    struct list *profiled = list_by_profile(page, o);
    if (profiled)
        return profiled;
    AUTO(list_free) struct list *list = g_new0(struct list, 1);
    list->entries = g_ptr_array_new_with_free_func(entry_free);
    list->carrier = "rows";
    bool ruled = o->section && portal_rule_given(&o->section->rows);
    if (o->section && o->section->format == PORTAL_JSON)
        by_json_rules(list, page, o);
    else if (ruled && !page->records)
        by_rules(list, page, o);
    if (!list->entries->len && !(ruled && page->json))
        by_carriers(list, page, o);
    if (!list->entries->len) {
        g_set_error(error, PAGE_ERROR, PAGE_ERROR_EMPTY, _("there is no list on this page: %s"), why_empty(page));
        return NULL;
    }
    list->next = find_next(page, o);
    return g_steal_pointer(&list);
}

char *
list_to_json(const struct list *list, const struct page *page)
{
    json_t *o = json_object(), *entries = json_array();
    for (guint i = 0; i < list->entries->len; i++) {
        const struct list_entry *entry = g_ptr_array_index(list->entries, i);
        json_t *e = json_object();
        g_autofree char *date = entry->published.precision == DATE_NONE ? NULL : date_iso(&entry->published);
        json_object_set_new(e, "title", string_or_null(entry->title));
        json_object_set_new(e, "link", string_or_null(entry->link));
        json_object_set_new(e, "published", string_or_null(date));
        json_object_set_new(e, "summary", string_or_null(entry->summary));
        json_array_append_new(entries, e);
    }
    json_object_set_new(o, "entries", entries);
    json_object_set_new(o, "next", string_or_null(list->next));
    json_object_set_new(o, "carrier", json_string(list->carrier));
    json_object_set_new(o, "warnings", page_warnings_json(page));
    char *text = json_dumps(o, JSON_COMPACT);
    json_decref(o);
    char *line = g_strconcat(text, "\n", NULL);
    free(text);
    return line;
}
