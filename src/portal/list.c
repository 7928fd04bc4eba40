/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The order in which a page is asked for its list: by rules, in what is shown, in what is embedded.
 */
#include "config.h"

#include "portal/list.h"
#include "base/clean.h"
#include "base/i18n.h"
#include "config/catalogue.h"
#include "document/html.h"
#include "portal/embedded.h"
#include "portal/endpoints.h"
#include "portal/list-parts.h"
#include "portal/page-json.h"
#include "portal/reason.h"
#include "portal/row.h"
#include "portal/rule.h"

#include <string.h>

static void
refuse(const struct list *list, struct page *page, GError **error)
{
    for (guint i = 0; i < page->warnings->len; i++) {
        const struct page_warning *w = g_ptr_array_index(page->warnings, i);
        if (g_str_equal(w->code, "rule") || g_str_equal(w->code, "json") ||
            g_str_equal(w->code, "limit")) {
            g_set_error(error, PAGE_ERROR, PAGE_ERROR_EMPTY, "there is no list on this page: %s",
                        w->message);
            return;
        }
    }
    enum page_error reason = page_reason(page);
    if (reason == PAGE_ERROR_EMPTY) {
        g_autoptr(GPtrArray) endpoints = endpoints_find(page);
        if (endpoints->len)
            reason = PAGE_ERROR_SCRIPT;
    }
    bool seen = reason == PAGE_ERROR_EMPTY && list->doubts.seen;
    if (seen)
        page_warn(page, "rows-seen", "%u rows repeat on this page", list->doubts.seen);
    g_set_error_literal(
        error, PAGE_ERROR, (int)reason,
        reason == PAGE_ERROR_BLOCKED  ? N_("there is no list on this page: blocked")
        : reason == PAGE_ERROR_SCRIPT ? N_("there is no list on this page: filled by script")
        : seen ? N_("there is no list on this page: rows repeat, but none is one for sure")
               : N_("there is no list on this page"));
}

/* The rows of HTML that the page carries hidden, read as a page of its own. */
static void
by_fragment(struct list *list, struct page *page, const char *html, const char *carrier,
            const struct list_options *o)
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

/* The date of a record; *near: it has no year, or says so by words. */
static bool
record_date(const struct record *record, const struct list_options *o, struct date *out, bool *near)
{
    bool full = record->date && date_parse(record->date, &o->dates, out);
    *near = !full && record->date && date_parse_near(record->date, &o->dates, o->now, out);
    return full || *near;
}

/* Whether days that lie ahead are among them: then they are when something takes place. */
static bool
are_ahead(const GPtrArray *records, const struct list_options *o)
{
    for (guint i = 0; i < records->len; i++) {
        struct date date;
        bool near;
        const struct record *record = g_ptr_array_index(records, i);
        if (record->takes_place)
            return true;
        if (record_date(record, o, &date, &near) && !date_is_plausible(&date, o->now) &&
            date_is_plausible(&date, o->now + LIST_AHEAD))
            return true;
    }
    return false;
}

/* A record without a link, which is known by its id, else by all it says. */
static void
add_unlinked(struct list *list, struct page *page, const struct record *record,
             const struct date *date, bool takes_place)
{
    g_autofree char *all = record->id ? g_strdup(record->id)
                                      : g_strconcat(record->title, "\n", record->date, NULL);
    g_autofree char *digest = g_compute_checksum_for_string(G_CHECKSUM_SHA1, all, -1);
    digest[12] = '\0';
    g_autofree char *title = text_squeeze(record->title, -1);
    list_add_own(list, page, title, record->summary ? text_squeeze(record->summary, -1) : NULL,
                 digest, date, takes_place);
}

static void
by_embedded_rows(struct list *list, struct page *page, GPtrArray *rows, const char *carrier,
                 const struct list_options *o)
{
    bool ahead = are_ahead(rows, o);
    for (guint i = 0; rows->len >= 2 && i < rows->len; i++) {
        const struct record *row = g_ptr_array_index(rows, i);
        AUTO(row_parts_clear) struct row_parts parts = {
            .title = text_squeeze(row->title, -1),
            .href = g_strdup(row->link),
            .summary = row->summary ? text_squeeze(row->summary, -1) : NULL};
        bool known = record_date(row, o, &parts.published, &parts.near);
        if (!known || !date_is_plausible(&parts.published, o->now + (ahead ? LIST_AHEAD : 0)))
            parts.published = (struct date){0};
        if (!row->link) {
            add_unlinked(list, page, row, &parts.published, ahead);
            continue;
        }
        guint before = list->entries->len;
        const struct date day = parts.published;
        list_add_row(list, page, &parts, o);
        struct list_entry *entry =
            list->entries->len > before ? g_ptr_array_index(list->entries, before) : NULL;
        if (entry && ahead) {
            entry->starts = day;
            entry->published = (struct date){0};
        }
    }
    if (list->entries->len) {
        list->carrier = carrier;
        list->doubts = (struct list_doubts){0};
    }
    g_ptr_array_unref(rows);
}

/* How much the rows say, of which what is longer than a title counts no more than one. */
static guint
said_by(const GPtrArray *entries)
{
    guint said = 0;
    for (guint i = 0; i < entries->len; i++) {
        const struct list_entry *entry = g_ptr_array_index(entries, i);
        said += MIN((guint)strlen(entry->title), 120);
    }
    return said;
}

static bool
is_dated(const struct list_entry *entry)
{
    return date_is_known(&entry->published) || date_is_known(&entry->starts);
}

/* Rows that a browser shows, with dates: the list itself and not a menu beside it. */
static bool
is_sure(const struct list *list)
{
    guint dated = 0;
    for (guint i = 0; i < list->entries->len; i++)
        dated += is_dated(g_ptr_array_index(list->entries, i));
    return dated >= 3 || dated * 2 > list->entries->len;
}

static void
by_what_it_holds(struct list *list, struct page *page, const char *records,
                 const struct list_options *o)
{
    by_fragment(list, page, records, "cdata", o);
    if (!list->entries->len && page->json)
        by_embedded_rows(list, page, embedded_json(page->json), "json", o);
    if (!list->entries->len && !page->json)
        by_embedded_rows(list, page, embedded_xml(page), "xml", o);
    if (list->entries->len)
        return;
    list_by_repetition(list, page, o);
    if (is_sure(list))
        return;
    const struct list_doubts doubts = list->doubts;
    /* what is there without dates may be the menu of a list that a script fills */
    g_autoptr(GPtrArray) shown = g_steal_pointer(&list->entries);
    list->entries = list_new_entries();
    g_autofree char *comments = embedded_comments(page);
    by_fragment(list, page, comments, "comment", o);
    if (!list->entries->len)
        by_embedded_rows(list, page, embedded_scripts(page), "script", o);
    if (list->entries->len < 2 || !is_sure(list)) {
        list->carrier = "rows";
        g_ptr_array_set_size(list->entries, 0);
        list_by_dates(list, page, !shown->len, o);
        if (list->entries->len && said_by(list->entries) * 2 > said_by(shown)) {
            list->doubts = (struct list_doubts){0};
            return;
        }
        g_ptr_array_unref(list->entries);
        list->entries = g_steal_pointer(&shown);
        list->doubts = doubts;
    }
}

/* A page that leads to lists of years or months, and holds nothing else. */
static void
by_periods(struct list *list, struct page *page, const struct list_options *o)
{
    list_find_index(list, page, o);
    if (!list->index)
        return;
    if (!list_is_of_periods(list)) {
        g_clear_pointer(&list->index, g_ptr_array_unref);
        return;
    }
    g_ptr_array_set_size(list->entries, 0);
    list->carrier = "none";
}

/* What a portal file's rules find, in HTML or in JSON. */
static void
by_rules(struct list *list, struct page *page, const struct list_options *o)
{
    if (o->section->format != PORTAL_JSON) {
        list_by_rules(list, page, o);
        return;
    }
    g_autofree char *html = list_by_json_rules(list, page, o);
    by_fragment(list, page, html, "json", o);
}

/* One date that may be either of two days makes the whole list doubtful. */
static void
warn_of_ambiguous(struct page *page, const struct list *list)
{
    guint ambiguous = 0;
    for (guint i = 0; i < list->entries->len; i++) {
        const struct list_entry *entry = g_ptr_array_index(list->entries, i);
        ambiguous += entry->published.ambiguous || entry->starts.ambiguous;
    }
    if (ambiguous)
        page_warn(page, "ambiguous-dates",
                  "nothing tells day from month in the dates of %u entries", ambiguous);
}

/* Says what was left out, and which page follows. */
static void
finish(struct list *list, struct page *page, const struct list_options *o)
{
    if (list->cut && list_is_full(list))
        page_warn(page, "limit", "the first %u of %u entries were taken", list->entries->len,
                  list->entries->len + list->cut);
    else if (list->cut)
        page_warn(page, "limit", "%u rows were not read", list->cut);
    list_warn(list, page);
    warn_of_ambiguous(page, list);
    list->next = list_find_next(page, o);
}

struct list *
list_by_profile(struct page *page, const struct list_options *o)
{
    const struct portal *profile =
        o->profiles && !o->section ? catalogue_match(o->profiles, page->source) : NULL;
    if (!profile || !profile->sections->len)
        return NULL;
    const struct portal_section *s = g_ptr_array_index(profile->sections, 0);
    if (!portal_rule_given(&s->rows))
        return NULL;
    guint warnings = page->warnings->len;
    struct list_options options = {
        .portal = profile, .section = s, .dates = o->dates, .now = o->now};
    AUTO(list_free) struct list *list = list_new();
    by_rules(list, page, &options);
    if (list->entries->len >= 2 && is_sure(list)) {
        finish(list, page, &options);
        return g_steal_pointer(&list);
    }
    g_ptr_array_set_size(page->warnings, (int)warnings); /* it was only a try */
    return NULL;
}

struct list *
list_extract(struct page *page, const struct list_options *stated, GError **error)
{
    struct list_options settled = *stated;
    const struct list_options *o = &settled;
    page_settle_dates(page, o->section ? o->section->edition->language : NULL, &settled.dates);
    struct list *profiled = list_by_profile(page, o);
    if (profiled)
        return profiled;
    AUTO(list_free) struct list *list = list_new();
    g_autofree char *records = embedded_records(page);
    bool ruled = o->section &&
                 (portal_rule_given(&o->section->rows) || o->section->format == PORTAL_JSON);
    if (ruled && (!records || o->section->format == PORTAL_JSON))
        by_rules(list, page, o);
    if (!list->entries->len && !(ruled && page->json))
        by_what_it_holds(list, page, records, o);
    if (!ruled && !page->json && (!list->entries->len || !is_sure(list)))
        by_periods(list, page, o);
    if (list->index)
        return g_steal_pointer(&list);
    if (!list->entries->len) {
        refuse(list, page, error);
        return NULL;
    }
    finish(list, page, o);
    return g_steal_pointer(&list);
}

char *
list_to_json(const struct list *list, const struct page *page)
{
    json_t *o = json_object(), *entries = json_array();
    for (guint i = 0; i < list->entries->len; i++) {
        const struct list_entry *entry = g_ptr_array_index(list->entries, i);
        json_t *e = json_object();
        g_autofree char *date =
            entry->published.precision == DATE_NONE ? NULL : date_iso(&entry->published);
        json_object_set_new(e, "title", page_json_string(entry->title));
        json_object_set_new(e, "link", page_json_string(entry->link));
        g_autofree char *starts = date_is_known(&entry->starts) ? date_iso(&entry->starts) : NULL;
        json_object_set_new(e, "published", page_json_string(date));
        json_object_set_new(e, "starts", page_json_string(starts));
        json_object_set_new(e, "summary", page_json_string(entry->summary));
        json_array_append_new(entries, e);
    }
    json_t *index = json_array();
    for (guint i = 0; list->index && i < list->index->len; i++)
        json_array_append_new(index, page_json_string(g_ptr_array_index(list->index, i)));
    json_object_set_new(o, "entries", entries);
    json_object_set_new(o, "index", index);
    json_object_set_new(o, "next", page_json_string(list->next));
    json_object_set_new(o, "carrier", json_string(list->carrier));
    json_object_set_new(o, "warnings", page_warnings_json(page));
    char *text = json_dumps(o, JSON_COMPACT);
    json_decref(o);
    char *line = g_strconcat(text, "\n", NULL);
    free(text);
    return line;
}
