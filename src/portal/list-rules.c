/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows and the next page by the rules of a portal file, in HTML and in JSON. */
#include "config.h"

#include "document/html.h"
#include "portal/list-parts.h"
#include "portal/onward.h"
#include "portal/request.h"
#include "portal/rule.h"

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
    const xmlNode *row = scope->node, *link = row ? list_first_link(row) : NULL;
    g_autofree char *title = rule_text(scope, &s->title);
    if (!title && link)
        title = html_text(link);
    if (title && link)
        title = list_whole_title(link, title);
    g_autofree char *href = rule_text(scope, &s->link);
    if (!href && link)
        href = html_attribute(link, "href");
    g_autofree char *url = href ? page_resolve(page, href) : NULL;
    if (!title || !url || !is_wanted(s, title, url))
        return;
    scope->url = url;
    struct date date = {0};
    if (!rule_date(scope, &s->date, o->offset, o->now, &date) && row)
        date = list_row_date(row, title, o);
    char *summary = rule_text(scope, &s->summary);
    list_add_entry(list, page, g_steal_pointer(&title), url, summary, &date);
}

void
list_by_rules(struct list *list, struct page *page, const struct list_options *o)
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
void
list_by_json_rules(struct list *list, struct page *page, const struct list_options *o)
{
    const struct portal_section *s = o->section;
    json_t *root = rule_page_json(page, s->json);
    struct rule_scope scope = {.page = page, .json = root};
    g_autofree char *html = root && s->html ? json_text(json_at(root, s->html)) : NULL;
    if (root && s->html) {
        if (html)
            list_by_fragment(list, page, html, "json", o);
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

/* --- paging ------------------------------------------------------------------------- */

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
        return onward_list(page);
    /* what needs a token or a body is no URL that somebody could follow; a fetch knows them */
    AUTO(portal_request_clear) struct portal_request request;
    bool paged = portal_request_page(o->portal, s, portal_page_number(s, page->url) + 1, NULL, &request);
    if (!paged)
        return onward_list(page);
    return request.post || portal_rule_given(&s->token) ? NULL : g_steal_pointer(&request.url);
}
