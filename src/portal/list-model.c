/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list while it is filled: which entries it takes, and the days that their URLs state. */
#include "config.h"

#include "portal/list-model.h"
#include "base/clean.h"
#include "base/url.h"
#include "portal/row.h"

#include <string.h>

#define MAX_ENTRIES   2000
#define MAX_URL_WORDS 200 /* bytes of the last part of a URL in which a day is looked for */

static void
entry_free(gpointer data)
{
    struct list_entry *entry = data;
    g_free(entry->title);
    g_free(entry->link);
    g_free(entry->summary);
    g_free(entry);
}

GPtrArray *
list_new_entries(void)
{
    return g_ptr_array_new_with_free_func(entry_free);
}

struct list *
list_new(void)
{
    struct list *list = g_new0(struct list, 1);
    list->entries = list_new_entries();
    list->carrier = "rows";
    return list;
}

bool
list_is_full(const struct list *list)
{
    return list->entries->len >= MAX_ENTRIES;
}

void
list_free(struct list *list)
{
    g_ptr_array_unref(list->entries);
    if (list->index)
        g_ptr_array_unref(list->index);
    g_free(list->next);
    g_free(list->rows);
    if (list->row_nodes)
        g_ptr_array_unref(list->row_nodes);
    g_free(list);
}

/*
 * Whether a day without a year, which was taken for the last such one, is that of a URL that states
 * the year.
 */
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
    both.time = day->time + ((int64_t)day->offset - printed->offset) * 60 +
                (((printed->time + (int64_t)printed->offset * 60) % 86400) + 86400) % 86400;
    return both;
}

static bool
is_more_link(const char *title)
{
    static const char *const words[] = {"更多",   "更多>>",   "more",      "more>>", "more...",
                                        "下一页", "上一页",   "首页",      "尾页",   "末页",
                                        "next",   "previous", "подробнее", "далее",  "назад",
                                        "ещё",    "еще",      ">>",        "»",      NULL};
    g_autofree char *lower = g_utf8_strdown(title, -1);
    return g_strv_contains(words, lower);
}

/* The entry with a link; NULL for none. */
static const struct list_entry *
entry_with(const struct list *list, const char *link)
{
    for (guint i = 0; i < list->entries->len; i++) {
        const struct list_entry *entry = g_ptr_array_index(list->entries, i);
        if (g_str_equal(entry->link, link))
            return entry;
    }
    return NULL;
}

/*
 * Whether a row is an entry though its link is that of another: each has a day, and they differ in
 * that or in their title, as meetings that share their papers.
 */
static bool
is_another(const struct list_entry *entry, const struct row_parts *parts, const struct date *date)
{
    return entry->published.precision != DATE_NONE && date->precision != DATE_NONE &&
           (date_compare(&entry->published, date) || !g_str_equal(entry->title, parts->title));
}

/* Takes title and summary; does nothing when the row is no entry, or one that is there already. */
static void
add_entry(struct list *list, struct page *page, struct row_parts *parts, const struct date *date)
{
    g_autofree char *link = parts->href ? page_resolve(page, parts->href) : NULL,
                    *second = parts->second ? page_resolve(page, parts->second) : NULL;
    g_autofree char *own = page->url ? url_identity(page->url) : NULL;
    g_autofree char *identity = link ? url_identity(link) : NULL;
    if (!link || !parts->title || !*parts->title || is_more_link(parts->title) ||
        (own && g_str_equal(own, identity)))
        return;
    if (list_is_full(list)) {
        list->cut++;
        return;
    }
    const struct list_entry *same = entry_with(list, link);
    if (same && second && !entry_with(list, second)) {
        g_free(link);
        link = g_steal_pointer(&second);
    } else if (same && !is_another(same, parts, date)) {
        list->doubts.doubles += !g_str_equal(same->title, parts->title);
        return;
    }
    struct list_entry *entry = g_new0(struct list_entry, 1);
    *entry = (struct list_entry){g_steal_pointer(&parts->title), g_steal_pointer(&link),
                                 g_steal_pointer(&parts->summary), *date};
    g_ptr_array_add(list->entries, entry);
}

/* The day that the last words of a URL name: "…/notice-october-21-2022.html", "?t=21-nov-2022" */
static bool
day_in_words(const char *url, const struct list_options *o, struct date *out)
{
    const char *last = strrchr(url, '/');
    if (!last || strlen(last) > MAX_URL_WORDS)
        return false;
    g_autofree char *words = g_uri_unescape_string(last + 1, NULL);
    if (!words || !g_utf8_validate(words, -1, NULL))
        return false;
    g_strdelimit(words, "-_+=?&.", ' ');
    g_autofree char *line = text_squeeze(words, -1);
    return date_find(line, &o->dates, out, NULL, NULL) && date_is_plausible(out, o->now);
}

void
list_add_row(struct list *list, struct page *page, struct row_parts *parts,
             const struct list_options *o)
{
    g_autofree char *url = page_resolve(page, parts->href);
    struct date day, date = parts->published;
    bool stated = url && (date.precision == DATE_NONE || parts->near) &&
                  row_url_day(url, &o->dates, o->now, &day);
    stated = stated || (url && parts->near && day_in_words(url, o, &day));
    if (stated && (date.precision == DATE_NONE || is_same_day(&date, &day)))
        date = take_day(&date, &day);
    add_entry(list, page, parts, &date);
}

void
list_add_own(struct list *list, struct page *page, const char *title, char *summary,
             const char *digest, const struct date *date, bool takes_place)
{
    g_autofree char *bare = page->url ? g_strndup(page->url, strcspn(page->url, "#"))
                                      : g_strdup("");
    g_autofree char *link = g_strconcat(bare, LIST_OWN_FRAGMENT, digest, NULL);
    bool known = list_is_full(list);
    list->cut += known;
    for (guint i = 0; i < list->entries->len && !known; i++)
        known = g_str_equal(((const struct list_entry *)g_ptr_array_index(list->entries, i))->link,
                            link);
    if (known) {
        g_free(summary);
        return;
    }
    struct list_entry *entry = g_new0(struct list_entry, 1);
    entry->title = g_strdup(title);
    entry->link = g_steal_pointer(&link);
    entry->summary = summary;
    *(takes_place ? &entry->starts : &entry->published) = *date;
    entry->own = true;
    g_ptr_array_add(list->entries, entry);
}
