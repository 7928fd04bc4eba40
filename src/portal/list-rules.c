/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows and the next page by the rules of a portal file, in HTML and in JSON. */
#include "config.h"

#include "portal/list-parts.h"
#include "portal/pagination.h"
#include "portal/request.h"
#include "portal/row.h"
#include "portal/rule.h"

/* rows that are read: a list takes 2000 entries, and a section may drop most of its rows */
#define MAX_READ 8000

/* Whether an expression of the section is there and matches. */
static bool
said(struct page *page, const GRegex *regex, const char *text)
{
    g_autoptr(GError) error = NULL;
    if (!regex || !page)
        return regex && g_regex_match(regex, text, 0, NULL);
    bool found = page_match(page, regex, text, NULL, &error);
    if (error)
        page_warn_once(page, "rule", error->message);
    return found;
}

bool
list_wants(struct page *page, const struct portal_section *s, const char *title, const char *link)
{
    if (!s)
        return true;
    return (!s->keep_title || said(page, s->keep_title, title)) &&
           (!s->keep_link || said(page, s->keep_link, link)) && !said(page, s->drop_title, title) &&
           !said(page, s->drop_link, link);
}

static void
parts_free(gpointer parts)
{
    row_parts_clear(parts);
    g_free(parts);
}

/* One row, of HTML (scope->node) or JSON (scope->json); NULL when it is none, or not wanted. */
static struct row_parts *
read_row(struct page *page, struct rule_scope *scope, const struct list_options *o)
{
    const struct portal_section *s = o->section;
    const struct row row = {.node = scope->node};
    const struct row_context context = {.dates = o->dates, .now = o->now};
    struct row_parts *parts = g_new0(struct row_parts, 1);
    if (row.node)
        row_read(&row, &context, parts);
    char *title = rule_text(scope, &s->title), *href = rule_text(scope, &s->link),
         *summary = rule_text(scope, &s->summary);
    if (title) {
        g_free(parts->title);
        g_clear_pointer(&parts->uncut, g_free);
        parts->title = parts->link ? row_whole_title(parts->link, title) : title;
    }
    if (href) {
        g_free(parts->href);
        parts->href = href;
    }
    g_free(parts->summary); /* what a portal file does not ask for it does not want */
    parts->summary = summary;
    g_autofree char *url = parts->href ? page_resolve(page, parts->href) : NULL;
    if (!parts->title || !url || !list_wants(page, s, parts->title, url)) {
        parts_free(parts);
        return NULL;
    }
    scope->url = url;
    struct date date = {0};
    if (rule_date(scope, &s->date, &o->dates, o->now, &date)) {
        parts->published = date;
        parts->near = false;
    }
    scope->url = NULL;
    return parts;
}

/* Adds what rows say, taken together. */
static void
add_rows(struct list *list, struct page *page, const GPtrArray *rows, const struct list_options *o)
{
    row_settle_titles(rows);
    for (guint i = 0; i < rows->len; i++)
        list_add_row(list, page, g_ptr_array_index(rows, i), o);
}

void
list_by_rules(struct list *list, struct page *page, const struct list_options *o)
{
    struct rule_scope scope = {.page = page};
    g_autoptr(GPtrArray) rows = rule_nodes(&scope, &o->section->rows);
    if (!rows->len)
        rule_warn_empty(page, &o->section->rows);
    g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(parts_free);
    if (rows->len > MAX_READ)
        list->cut += rows->len - MAX_READ;
    for (guint i = 0; i < MIN(rows->len, MAX_READ); i++) {
        scope.node = g_ptr_array_index(rows, i);
        struct row_parts *parts = read_row(page, &scope, o);
        if (parts)
            g_ptr_array_add(found, parts);
    }
    add_rows(list, page, found, o);
}

char *
list_by_json_rules(struct list *list, struct page *page, const struct list_options *o)
{
    const struct portal_section *s = o->section;
    json_t *root = rule_page_json(page, s->json);
    struct rule_scope scope = {.page = page, .json = root};
    char *html = root && s->html ? rule_json_text(rule_json_at(root, s->html)) : NULL;
    if (root && s->html) {
        if (!html)
            page_warn(page, "rule", "%s: Html: '%s' is no text in the page's JSON", o->portal->file,
                      s->html);
    } else if (root) {
        const json_t *rows = rule_json(&scope, &s->rows);
        size_t i;
        const json_t *row;
        if (!json_is_array(rows) || !json_array_size(rows))
            rule_warn_empty(page, &s->rows);
        g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(parts_free);
        json_array_foreach(rows, i, row)
        {
            scope.json = row;
            struct row_parts *parts = read_row(page, &scope, o);
            if (parts)
                g_ptr_array_add(found, parts);
        }
        add_rows(list, page, found, o);
        list->carrier = s->json ? "script" : "json";
    }
    json_decref(root);
    return html;
}

/* --- paging ----------------------------------------------------------------------------------- */

char *
list_find_next(struct page *page, const struct list_options *o)
{
    const struct portal_section *s = o->section;
    if (s && portal_rule_given(&s->next)) {
        struct rule_scope scope = {.page = page, .url = page->url};
        g_autofree char *href = rule_text(&scope, &s->next);
        return href ? page_resolve(page, href) : NULL;
    }
    if (!s)
        return pagination_list(page);
    /* what needs a token or a body is no URL that somebody could follow; a fetch knows them */
    AUTO(portal_request_clear) struct portal_request request;
    bool paged =
        portal_request_page(o->portal, s, portal_page_number(s, page->url) + 1, NULL, &request);
    if (!paged)
        return pagination_list(page);
    return request.post || portal_rule_given(&s->token) ? NULL : g_steal_pointer(&request.url);
}
