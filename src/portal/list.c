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
#include "portal/reason.h"
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

/* Whether a day without a year, which was taken for the last such one, is that of a URL that states the year. */
static bool
is_same_day(const struct date *guessed, const struct date *stated)
{
    g_autofree char *a = date_iso(guessed), *b = date_iso(stated);
    return a && b && !strncmp(a + 4, b + 4, strlen("-11-20"));
}

/* The day of a URL, with the time that the row prints. */
static struct date
take_day(const struct date *printed, const struct date *day)
{
    if (printed->precision <= DATE_DAY)
        return *day;
    struct date both = *printed;
    both.time = day->time + (((printed->time + (int64_t)printed->offset * 60) % 86400) + 86400) % 86400;
    return both;
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
    bool bad = !link || !title || !*title || is_more_link(title) || (own && g_str_equal(own, identity));
    if (!bad && list->entries->len >= MAX_ENTRIES) {
        list->cut++;
        bad = true;
    }
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

void
list_add_row(struct list *list, struct page *page, struct row_parts *parts, const struct list_options *o)
{
    g_autofree char *url = page_resolve(page, parts->href);
    struct date day, date = parts->published;
    bool stated = url && (date.precision == DATE_NONE || parts->near) && row_url_day(url, o->offset, o->now, &day);
    if (stated && (date.precision == DATE_NONE || is_same_day(&date, &day)))
        date = take_day(&date, &day);
    list_add_entry(list, page, g_steal_pointer(&parts->title), parts->href, g_steal_pointer(&parts->summary), &date);
}

static void
refuse(struct page *page, GError **error)
{
    for (guint i = 0; i < page->warnings->len; i++) {
        const struct page_warning *w = g_ptr_array_index(page->warnings, i);
        if (g_str_equal(w->code, "rule") || g_str_equal(w->code, "json") || g_str_equal(w->code, "limit")) {
            g_set_error(error, PAGE_ERROR, PAGE_ERROR_EMPTY, "there is no list on this page: %s", w->message);
            return;
        }
    }
    enum page_error reason = page_reason(page);
    g_set_error_literal(error, PAGE_ERROR, (int)reason,
                        reason == PAGE_ERROR_BLOCKED  ? N_("there is no list on this page: blocked")
                        : reason == PAGE_ERROR_SCRIPT ? N_("there is no list on this page: filled by script")
                                                      : N_("there is no list on this page: empty"));
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
        AUTO(row_parts_clear) struct row_parts parts = {.title = text_squeeze(row->title, -1), .href = g_strdup(row->link),
                                                        .summary = row->summary ? text_squeeze(row->summary, -1) : NULL};
        bool full = row->date && date_parse(row->date, o->offset, &parts.published);
        parts.near = !full && row->date && date_parse_near(row->date, o->offset, o->now, DATE_ORDER_OPEN, &parts.published);
        if ((!full && !parts.near) || !date_is_plausible(&parts.published, o->now))
            parts.published = (struct date){0};
        list_add_row(list, page, &parts, o);
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
        refuse(page, error);
        return NULL;
    }
    if (list->cut && list->entries->len == MAX_ENTRIES)
        page_warn(page, "limit", "the first %u of %u entries were taken", list->entries->len, list->entries->len + list->cut);
    else if (list->cut)
        page_warn(page, "limit", "%u rows were not read", list->cut);
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
