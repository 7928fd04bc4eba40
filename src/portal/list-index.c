/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pages that hold no list but lead to one a year or a month: links that say "2026", "November 2026",
 * "Archive 2023", and whose addresses differ in nothing else.  A list with such a menu beside it is
 * a list, and so is the page of one of the years, which has the others beside it.
 */
#include "config.h"

#include "base/number.h"
#include "base/regex.h"
#include "base/url.h"
#include "document/html.h"
#include "portal/list-parts.h"

#include <string.h>

#define MAX_LINKS   4000 /* of a page that are looked at */
#define MAX_WORDS   40   /* bytes of a link's text: a month, a year and a count */
#define MAX_REST    12   /* characters beside month and year: "Archive", "Jahrgang" */
#define MIN_PERIODS 2
#define MAX_PERIODS 500
#define PER_YEAR    13

struct period {
    char *url;
    int month; /* of all time: PER_YEAR times the year, and the month; 0: the whole year */
    guint at;  /* its place among the links */
};

static void
period_free(gpointer data)
{
    struct period *period = data;
    g_free(period->url);
    g_free(period);
}

/* The month that a word names, from 1 on; 0 for none. */
static int
month_of_word(const char *word, int year, const struct list_options *o)
{
    struct date date;
    struct date_style style = o->dates; /* the words of the page, on no clock */
    style.offset = 0;
    style.zone = NULL;
    g_autofree char *day = g_strdup_printf("15 %s %d", word, year);
    if (!date_parse(day, &style, &date) || date.precision != DATE_DAY)
        return 0;
    g_autoptr(GDateTime) moment = g_date_time_new_from_unix_utc(date.time);
    return moment && g_date_time_get_day_of_month(moment) == 15 ? g_date_time_get_month(moment) : 0;
}

/*
 * The year or month that a text is; *word: the name of the month, the caller's, or NULL.  False
 * where it says more.
 */
static bool
period_of(const char *text, const struct list_options *o, int *period, char **word)
{
    static GRegex *year_at, *number_at, *count_at, *sign_at;
    *word = NULL;
    if (!*text || strlen(text) > MAX_WORDS)
        return false;
    g_autofree char *bare = g_regex_replace_literal(
        regex_once(&count_at, "\\s*[(\\[（]\\d+[)\\]）]\\s*$"), text, -1, 0, "", 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    if (!bare || !g_regex_match(regex_once(&year_at, "(?<!\\d)((?:19|20)\\d\\d)(?!\\d)\\s*年?"),
                                bare, 0, &match))
        return false;
    int start, end;
    g_autofree char *digits = g_match_info_fetch(match, 1);
    gint64 year;
    if (!number_parse(digits, 1900, 2099, &year) || !g_match_info_fetch_pos(match, 0, &start, &end))
        return false;
    g_autofree char *before = g_strndup(bare, (gsize)start);
    g_autofree char *rest = g_strconcat(before, " ", bare + end, NULL);
    g_autofree char *valid =
        g_regex_replace_literal(regex_once(&sign_at, "[,.:/\\-–|'’]"), rest, -1, 0, " ", 0, NULL);
    g_strstrip(valid);
    g_autoptr(GMatchInfo) numbered = NULL;
    gint64 month = 0;
    if (g_regex_match(regex_once(&number_at, "^(\\d{1,2})\\s*月?$"), valid, 0, &numbered)) {
        g_autofree char *number = g_match_info_fetch(numbered, 1);
        if (!number_parse(number, 1, 12, &month))
            return false;
    } else if (*valid) {
        month = strpbrk(valid, "0123456789") ? 0 : month_of_word(valid, (int)year, o);
        if (month)
            *word = g_utf8_strdown(valid, -1);
        else if (strpbrk(valid, "0123456789") || g_utf8_strlen(valid, -1) > MAX_REST)
            return false;
    }
    *period = (int)(year * PER_YEAR + month);
    return true;
}

/* An address without what tells one period from another; the caller's. */
static char *
shape_of(const char *url, const char *word)
{
    static GRegex *digits;
    g_autofree char *lower = g_ascii_strdown(url, -1);
    g_autofree char *shape =
        g_regex_replace_literal(regex_once(&digits, "\\d+"), lower, -1, 0, "#", 0, NULL);
    if (!shape || !word)
        return g_steal_pointer(&shape);
    g_autoptr(GString) out = g_string_new(shape);
    g_string_replace(out, word, "@", 0);
    return g_strdup(out->str);
}

static bool
is_file(const char *url)
{
    static GRegex *files;
    return g_regex_match(
        regex_once(&files, "\\.(?:pdf|docx?|xlsx?|pptx?|od[tsp]|rtf|zip|jpe?g|png|epub)(?:[?#]|$)"),
        url, 0, NULL);
}

static int
newest_first(gconstpointer a, gconstpointer b)
{
    const struct period *x = *(const struct period *const *)a,
                        *y = *(const struct period *const *)b;
    return x->month != y->month ? (x->month < y->month ? 1 : -1) : x->at < y->at ? -1 : 1;
}

static void
add_period(GHashTable *groups, GPtrArray *order, struct page *page, const xmlNode *link, guint at,
           const struct list_options *o)
{
    g_autofree char *text = html_text_of_link(link), *word = NULL;
    int month = 0;
    if (!period_of(text, o, &month, &word))
        return;
    g_autofree char *href = html_attribute(link, "href"),
                    *url = href && *href ? page_resolve(page, href) : NULL;
    if (!url || is_file(url))
        return;
    g_autofree char *shape = shape_of(url, word);
    GPtrArray *group = shape ? g_hash_table_lookup(groups, shape) : NULL;
    if (shape && !group) {
        group = g_ptr_array_new_with_free_func(period_free);
        g_hash_table_insert(groups, g_strdup(shape), group);
        g_ptr_array_add(order, group);
    }
    if (!group || group->len >= MAX_PERIODS)
        return;
    struct period *period = g_new0(struct period, 1);
    *period = (struct period){g_steal_pointer(&url), month, at};
    g_ptr_array_add(group, period);
}

/* Whether the page is itself that of one of the periods. */
static bool
holds_own(const GPtrArray *group, const struct page *page)
{
    g_autofree char *own = page->url ? url_strict_identity(page->url) : NULL;
    for (guint i = 0; own && i < group->len; i++) {
        g_autofree char *other =
            url_strict_identity(((const struct period *)g_ptr_array_index(group, i))->url);
        if (g_str_equal(own, other))
            return true;
    }
    return false;
}

static GPtrArray *
urls_of(GPtrArray *group, int64_t now)
{
    g_autoptr(GDateTime) today = g_date_time_new_from_unix_utc(now);
    int year = today ? g_date_time_get_year(today) : 0,
        latest = today ? year * PER_YEAR + g_date_time_get_month(today) : G_MAXINT;
    g_ptr_array_sort(group, newest_first);
    /* where only years past have pages of their own, this year's is the page itself */
    const struct period *newest = g_ptr_array_index(group, 0);
    if (newest->month / PER_YEAR < year - 1)
        return g_ptr_array_new_with_free_func(g_free);
    GPtrArray *urls = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < group->len; i++) {
        const struct period *period = g_ptr_array_index(group, i);
        if (period->month <= latest &&
            !g_ptr_array_find_with_equal_func(urls, period->url, g_str_equal, NULL))
            g_ptr_array_add(urls, g_strdup(period->url));
    }
    return urls;
}

void
list_find_index(struct list *list, struct page *page, const struct list_options *o)
{
    g_autoptr(GHashTable) groups =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
    g_autoptr(GPtrArray) order = g_ptr_array_new();
    guint links = 0;
    for (const xmlNode *node = page_root(page); node && links < MAX_LINKS;
         node = node_next(node, NULL))
        if (node_is(node, "a"))
            add_period(groups, order, page, node, links++, o);
    for (guint i = 0; i < order->len; i++) {
        GPtrArray *group = g_ptr_array_index(order, i);
        if (group->len < MIN_PERIODS || (list->index && list->index->len >= group->len) ||
            holds_own(group, page))
            continue;
        g_autoptr(GPtrArray) urls = urls_of(group, o->now);
        if (urls->len < MIN_PERIODS)
            continue;
        if (list->index)
            g_ptr_array_unref(list->index);
        list->index = g_steal_pointer(&urls);
    }
}

bool
list_is_of_periods(const struct list *list)
{
    guint same = 0;
    for (guint i = 0; list->index && i < list->entries->len; i++)
        same += g_ptr_array_find_with_equal_func(
            list->index, ((const struct list_entry *)g_ptr_array_index(list->entries, i))->link,
            g_str_equal, NULL);
    return same * 5 >= list->entries->len * 4;
}
