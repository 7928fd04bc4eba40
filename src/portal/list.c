/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list page's entries, wherever it carries them, and what a row says. */
#include "config.h"

#include "base/clean.h"
#include "portal/list-parts.h"
#include "base/i18n.h"
#include "base/url.h"
#include "config/catalogue.h"
#include "document/html.h"
#include "portal/carrier.h"
#include "portal/json.h"
#include "portal/measure.h"
#include "portal/rule.h"

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
char *
list_whole_title(const xmlNode *link, char *text)
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

bool
list_add_entry(struct list *list, struct page *page, char *title, const char *href, char *summary, const struct date *date)
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

const xmlNode *
list_first_link(const xmlNode *row)
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
struct date
list_row_date(const xmlNode *row, const char *title, const struct list_options *o)
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
    if (strstr(text, "{{") || (scripts && scripts->len && measure_weight(text, NULL) < 200))
        return links && links->len < 3 && measure_weight(text, NULL) < 40 ? _("blocked") : _("filled by script");
    return _("empty");
}

/* The rows of HTML that the page carries hidden, read as a page of its own. */
void
list_by_fragment(struct list *list, struct page *page, const char *html, const char *carrier, const struct list_options *o)
{
    if (!html)
        return;
    struct charset_hints hints = {.forced = "utf-8"};
    g_autofree char *whole = g_strconcat("<html><body><ul>", html, "</ul></body></html>", NULL);
    AUTO(page_free) struct page *inner = page_open(whole, strlen(whole), &hints, page->base);
    if (o->section && portal_rule_given(&o->section->rows))
        list_by_rules(list, inner, o);
    if (!list->entries->len)
        list_by_repetition(list, inner, o);
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
        list_add_entry(list, page, g_steal_pointer(&title), row->link, row->summary ? text_squeeze(row->summary, -1) : NULL, &date);
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
    list_by_fragment(list, page, page->records, "cdata", o);
    if (!list->entries->len && page->json)
        by_data(list, page, carrier_json(page->json), "json", o);
    if (list->entries->len)
        return;
    list_by_repetition(list, page, o);
    if (is_sure(list))
        return;
    /* what is there without dates may be the menu of a list that a script fills */
    g_autoptr(GPtrArray) shown = g_steal_pointer(&list->entries);
    list->entries = g_ptr_array_new_with_free_func(entry_free);
    g_autofree char *comments = carrier_comments(page);
    list_by_fragment(list, page, comments, "comment", o);
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
        list_by_json_rules(list, page, o);
    else if (ruled && !page->records)
        list_by_rules(list, page, o);
    if (!list->entries->len && !(ruled && page->json))
        by_carriers(list, page, o);
    if (!list->entries->len) {
        g_set_error(error, PAGE_ERROR, PAGE_ERROR_EMPTY, _("there is no list on this page: %s"), why_empty(page));
        return NULL;
    }
    list->next = list_find_next(page, o);
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
